#include "core/training/shell/interpreter.h"

#include <fmt/format.h>

#include <charconv>

namespace guzheng::training {

const CommandTable& all_commands() {
  static const CommandTable table = [] {
    CommandTable made;
    add_file_commands(made);
    add_system_commands(made);
    add_dumpsys_commands(made);
    add_screen_commands(made);
    return made;
  }();
  return table;
}

int Interpreter::run(std::string_view line) {
  const auto parsed = parse_line(line);
  if (!parsed) {
    io_.err("/system/bin/sh: " + parsed.error().what + "\n");
    return 1;
  }
  int code = 0;
  for (const auto& pipeline : *parsed) {
    if (pipeline.joint == Joint::IfOk && code != 0) continue;
    if (pipeline.joint == Joint::IfFailed && code == 0) continue;
    code = run_pipeline(pipeline);
    variables_["?"] = std::to_string(code);
    if (exited_ || (io_.stopped && io_.stopped())) break;
  }
  return code;
}

int Interpreter::run_pipeline(const Pipeline& pipeline) {
  std::string piped;
  int code = 0;
  for (std::size_t i = 0; i < pipeline.commands.size(); ++i) {
    const bool last = i + 1 == pipeline.commands.size();
    std::string collected;
    const auto out = last ? io_.out : [&](std::string_view text) { collected += text; };
    code = run_command(pipeline.commands[i], i == 0 ? nullptr : &piped, out);
    piped = std::move(collected);
  }
  return code;
}

int Interpreter::run_command(const SimpleCommand& command, const std::string* piped, const std::function<void(std::string_view)>& out) {
  variables_["EPOCHREALTIME"] = fmt::format("{}.{:03}000", phone_.clock.wall().ms / 1000, phone_.clock.wall().ms % 1000);
  auto variables = variables_;
  for (const auto& [name, value] : command.assignments)
    (command.words.empty() ? variables_ : variables)[name] = expand(value, variables_);
  std::vector<std::string> args;
  for (const auto& word : command.words) args.push_back(expand(word, variables_));

  const std::string out_path = command.out_file ? expand(*command.out_file, variables_) : "";
  const std::string err_path = command.err_file ? expand(*command.err_file, variables_) : "";
  std::string to_file, err_to_file;
  std::function<void(std::string_view)> own_out = out;
  if (!out_path.empty()) own_out = [&](std::string_view text) { to_file += text; };
  std::function<void(std::string_view)> own_err = io_.err;
  if (command.err_to_out) own_err = own_out;
  else if (!err_path.empty()) own_err = [&](std::string_view text) { err_to_file += text; };

  if (command.out_to_err) own_out = own_err;

  int code = 0;
  if (!args.empty() && args[0] == "exit") {
    exited_ = true;
    std::from_chars(args.size() > 1 ? args[1].data() : "0", args.size() > 1 ? args[1].data() + args[1].size() : nullptr, code);
    return code & 0xff;
  }
  if (!args.empty()) {
    auto name = args[0].substr(args[0].starts_with("/system/bin/") ? 12 : 0);
    const auto it = all_commands().find(name);
    Call call{phone_, args, variables, piped, io_, own_out, own_err};
    if (it != all_commands().end()) code = it->second(call);
    else {
      own_err(fmt::format("/system/bin/sh: {}: inaccessible or not found\n", args[0]));
      code = 127;
    }
  }
  const auto store = [&](const std::string& path, std::string text) {
    if (path.empty() || path == "/dev/null") return;
    Bytes content;
    if (command.append)
      if (const auto old = phone_.files.read(path)) content = **old;
    append(content, as_bytes(text));
    if (const auto status = phone_.files.write(path, std::move(content), 0644, phone_.clock.wall().ms / 1000); !status) {
      io_.err(fmt::format("/system/bin/sh: can't create {}: {}\n", path, to_text(status.error())));
      code = 1;
    }
  };
  store(out_path, std::move(to_file));
  store(err_path, std::move(err_to_file));
  return code;
}

}  // namespace guzheng::training
