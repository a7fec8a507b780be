// script --check FILE | --from PACKAGE -o FILE [--desk DIR | --policy FILE --officer BADGE] [--reason TEXT]
#include <memory>

#include "app/guzheng-evidence/desk.h"
#include "app/guzheng-evidence/program.h"
#include "core/base/file.h"
#include "core/session/script.h"
#include "core/session/script_derive.h"
#include "core/session/script_write.h"

namespace guzheng::evidence {

namespace fs = std::filesystem;

namespace {

struct ScriptArguments {
  std::string check, from, out, reason;
  DeskChoice desk;
};

void check(const ScriptArguments& arguments, Program& program) {
  std::vector<ScriptProblem> problems;
  const auto script = read_script(arguments.check, &problems);
  if (!script && problems.empty()) return program.could_not("读不了脚本", "The script could not be read", script.error());
  for (const auto& problem : problems) program.complain(in_words(problem, program.language));
  if (!script) {
    program.complain(program.say("脚本不能用：改正以上各处再核对。", "The script cannot be run: mend the above and check again."));
    program.exit_code = kUsage;
    return;
  }
  program.print(script->name + std::string(program.say("：", ": ")) + std::to_string(script->steps.size()) + std::string(program.say(" 步，可以执行。", " steps, can be run.")));
  for (const auto& name : secrets_in(*script)) program.print(std::string(program.say("执行时须给出口令：--secret ", "Needs when it is run: --secret ")) + name + "=" + std::string(program.say("文件", "FILE")));
}

Result<DerivedScript> derive(const ScriptArguments& arguments, Program& program) {
  std::error_code ec;
  if (fs::exists(arguments.out, ec)) return fail(ErrorKind::Exists, arguments.out + " is there already");
  PolicyDesk desk;
  if (arguments.desk.named()) { GZ_TRY_ASSIGN(desk, open_for_reading(arguments.desk, arguments.from, "script", arguments.reason, program)); }
  GZ_TRY_ASSIGN(const auto package, open_package(arguments.from, desk.bureau.opener.get()));
  GZ_TRY_ASSIGN(auto made, script_from_package(*package));
  GZ_TRY(write_text(arguments.out, script_text(made.script)));
  return made;
}

void run(const ScriptArguments& arguments, Program& program) {
  if (arguments.check.empty() == arguments.from.empty() || arguments.from.empty() != arguments.out.empty()) {
    program.complain(program.say("用法：script --check 文件，或 script --from 证据包 -o 文件。", "Usage: script --check FILE, or script --from PACKAGE -o FILE."));
    program.exit_code = kUsage;
    return;
  }
  if (!arguments.check.empty()) return check(arguments, program);
  const auto made = derive(arguments, program);
  if (!made) return program.could_not("没有生成脚本", "No script was made", made.error());
  const auto count = [](int number) { return std::to_string(number); };
  program.print(arguments.out + std::string(program.say("：", ": ")) + std::to_string(made->script["steps"].size()) + std::string(program.say(" 步，点按文字 ", " steps, taps on text: ")) + count(made->by_text) +
                std::string(program.say(" 处，按位置点按 ", ", by place: ")) + count(made->by_place) + std::string(program.say(" 处（备注里写明原因）。", " (their remarks say why).")));
  for (const auto& line : made->left_out) program.complain(line);
  program.print(program.say("请先看一遍、试运行一次，再用于无人值守的取证。", "Read it and try it once before it captures unattended."));
}

}  // namespace

void add_script(CLI::App& app, Program& program) {
  auto* command = app.add_subcommand("script");
  const auto arguments = std::make_shared<ScriptArguments>();
  command->add_option("--check", arguments->check);
  command->add_option("--from", arguments->from);
  command->add_option("-o,--out", arguments->out);
  command->add_option("--reason", arguments->reason);
  add_desk_options(*command, arguments->desk);
  set_manual(*command, "script", program.language);
  command->callback([arguments, &program] { run(*arguments, program); });
}

}  // namespace guzheng::evidence
