// Files and text: ls cat echo true false stat rm mkdir df grep head wc sleep md5sum sha256sum
#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <thread>

#include "core/base/digest.h"
#include "core/training/shell/interpreter.h"

namespace guzheng::training {

namespace {
std::string mode_text(std::uint32_t mode) {
  std::string out = (mode & 0170000) == 0040000 ? "d" : "-";
  for (int shift = 6; shift >= 0; shift -= 3) {
    out += mode >> shift & 4 ? 'r' : '-';
    out += mode >> shift & 2 ? 'w' : '-';
    const bool sticky = shift == 6 && (mode & 04000);
    out += mode >> shift & 1 ? (sticky ? 's' : 'x') : '-';
  }
  return out;
}

std::string minute(std::int64_t seconds) {
  auto text = format_time({seconds * 1000}).substr(0, 16);
  text[10] = ' ';
  return text;
}

int do_echo(Call& call) {
  const bool bare = call.arg(1) == "-n";
  std::string text;
  for (std::size_t i = bare ? 2 : 1; i < call.args.size(); ++i) text += (text.empty() && i == (bare ? 2u : 1u) ? "" : " ") + call.args[i];
  call.out(text + (bare ? "" : "\n"));
  return 0;
}

int do_cat(Call& call) {
  int code = 0;
  if (call.args.size() < 2) {
    if (call.piped) call.out(*call.piped);
    else if (call.io.read)
      for (auto more = call.io.read(); !more.empty(); more = call.io.read()) call.out(more);
    return 0;
  }
  for (std::size_t i = 1; i < call.args.size(); ++i) {
    if (call.args[i] == "/proc/uptime") {
      const double up = static_cast<double>(call.phone.clock.monotonic().us - call.phone.booted_us) / 1e6;
      call.out(fmt::format("{:.2f} {:.2f}\n", up, up * 3.1));
      continue;
    }
    const auto content = call.phone.files.read(call.args[i]);
    if (content) {
      call.out(as_text(**content));
    } else {
      call.err(fmt::format("cat: {}: {}\n", call.args[i], to_text(content.error())));
      code = 1;
    }
  }
  return code;
}

int list_one(Call& call, const std::string& path, bool details, bool itself) {
  const auto stat = call.phone.files.stat(path);
  if (!stat) {
    call.err(fmt::format("ls: {}: {}\n", path, to_text(stat.error())));
    return 1;
  }
  std::vector<FileEntry> entries = {{path, *stat}};
  if (stat->folder() && !itself) {
    auto inside = call.phone.files.list(path);
    if (!inside) {
      call.err(fmt::format("ls: {}: {}\n", path, to_text(inside.error())));
      return 1;
    }
    entries = std::move(*inside);
    if (details) call.out(fmt::format("total {}\n", entries.size() * 4));
  }
  for (const auto& entry : entries) {
    if (details)
      call.out(fmt::format("{} 1 {} {} {:>8} {} {}\n", mode_text(entry.stat.mode), "shell", "shell", entry.stat.size,
                           minute(entry.stat.mtime), entry.name));
    else call.out(entry.name + "\n");
  }
  return 0;
}

int do_ls(Call& call) {
  bool details = false, itself = false;
  std::vector<std::string> paths;
  for (std::size_t i = 1; i < call.args.size(); ++i) {
    if (!call.args[i].starts_with('-')) paths.push_back(call.args[i]);
    else {
      details |= call.args[i].find('l') != std::string::npos;
      itself |= call.args[i].find('d') != std::string::npos;
    }
  }
  if (paths.empty()) paths.emplace_back("/");
  int code = 0;
  for (const auto& path : paths) code |= list_one(call, path, details, itself);
  return code;
}

int do_stat(Call& call) {
  if (call.arg(1) != "-c" && call.arg(1) != "-L") {
    const auto stat = call.phone.files.stat(call.arg(1));
    if (!stat) return call.err(fmt::format("stat: '{}': {}\n", call.arg(1), to_text(stat.error()))), 1;
    call.out(fmt::format("  File: {}\n  Size: {}\t Access: ({:04o}/{})\n", call.arg(1), stat->size, stat->mode & 07777, mode_text(stat->mode)));
    return 0;
  }
  const auto stat = call.phone.files.stat(call.arg(3));
  if (!stat) return call.err(fmt::format("stat: '{}': {}\n", call.arg(3), to_text(stat.error()))), 1;
  call.out((call.arg(2) == "%s" ? std::to_string(stat->size) : call.arg(2) == "%a" ? fmt::format("{:o}", stat->mode & 07777) : call.arg(3)) + "\n");
  return 0;
}

int do_rm(Call& call) {
  int code = 0;
  bool force = false;
  for (std::size_t i = 1; i < call.args.size(); ++i) {
    if (call.args[i].starts_with('-')) {
      force |= call.args[i].find('f') != std::string::npos;
      continue;
    }
    const auto status = call.phone.files.remove(call.args[i]);
    if (status || (force && status.error().kind == ErrorKind::NotFound)) continue;
    call.err(fmt::format("rm: {}: {}\n", call.args[i], to_text(status.error())));
    code = 1;
  }
  return code;
}

int do_mkdir(Call& call) {
  const bool parents = call.arg(1) == "-p";
  const auto& path = call.args.back();
  const auto status = call.phone.files.make_folder(path);
  if (status || (parents && status.error().kind == ErrorKind::Exists)) return 0;
  call.err(fmt::format("mkdir: '{}': {}\n", path, to_text(status.error())));
  return 1;
}

int do_df(Call& call) {
  const bool full = call.phone.files.full();
  const std::uint64_t total = 112'640'000, used = full ? total - 2'048 : 38'912'000;      // KiB
  const bool human = call.arg(1) == "-h";
  const auto size = [&](std::uint64_t kib) { return human ? fmt::format("{}G", kib / (1024 * 1024)) : std::to_string(kib); };
  call.out(fmt::format("Filesystem       {:>10} {:>10} {:>10} Use% Mounted on\n", human ? "Size" : "1K-blocks", "Used", human ? "Avail" : "Available"));
  call.out(fmt::format("/dev/block/dm-7  {:>10} {:>10} {:>10} {:>3}% /data\n", size(total), size(used), size(total - used), used * 100 / total));
  return 0;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string input_of(Call& call, std::size_t file_at) {
  if (file_at < call.args.size()) {
    const auto content = call.phone.files.read(call.args[file_at]);
    if (content) return std::string(as_text(**content));
    call.err(fmt::format("{}: {}: {}\n", call.args[0], call.args[file_at], to_text(content.error())));
    return {};
  }
  return call.piped ? *call.piped : std::string();
}

int do_grep(Call& call) {
  bool ignore_case = false, invert = false, count = false, quiet = false;
  std::size_t i = 1;
  for (; i < call.args.size() && call.args[i].starts_with('-') && call.args[i].size() > 1; ++i) {
    ignore_case |= call.args[i].find('i') != std::string::npos;
    invert |= call.args[i].find('v') != std::string::npos;
    count |= call.args[i].find('c') != std::string::npos;
    quiet |= call.args[i].find('q') != std::string::npos;
  }
  const auto lower = [&](std::string text) {
    if (ignore_case)
      for (auto& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
  };
  const auto pattern = lower(call.arg(i));
  const auto text = input_of(call, i + 1);
  int found = 0;
  for (const auto line : lines_of(text)) {
    if ((lower(std::string(line)).find(pattern) != std::string::npos) == invert) continue;
    ++found;
    if (!count && !quiet) call.out(std::string(line) + "\n");
  }
  if (count) call.out(std::to_string(found) + "\n");
  return found > 0 ? 0 : 1;
}

int do_head(Call& call) {
  int wanted = 10;
  std::size_t file_at = 1;
  if (call.arg(1) == "-n") {
    std::from_chars(call.arg(2).data(), call.arg(2).data() + call.arg(2).size(), wanted);
    file_at = 3;
  }
  const auto text = input_of(call, file_at);
  for (const auto line : lines_of(text)) {
    if (wanted-- <= 0) break;
    call.out(std::string(line) + "\n");
  }
  return 0;
}

int do_wc(Call& call) {
  const bool flagged = call.arg(1).starts_with('-');
  const auto text = input_of(call, flagged ? 2 : 1);
  call.out(fmt::format("{}\n", call.arg(1) == "-c" ? text.size() : lines_of(text).size()));
  return 0;
}

int do_sleep(Call& call) {
  double seconds = 0;
  std::from_chars(call.arg(1).data(), call.arg(1).data() + call.arg(1).size(), seconds);
  for (int i = 0; i < static_cast<int>(seconds * 20) && !(call.io.stopped && call.io.stopped()); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  return 0;
}

int digest_command(Call& call, DigestKind kind) {
  for (std::size_t i = 1; i < call.args.size(); ++i) {
    const auto content = call.phone.files.read(call.args[i]);
    if (!content) return call.err(fmt::format("{}: {}: {}\n", call.args[0], call.args[i], to_text(content.error()))), 1;
    call.out(fmt::format("{}  {}\n", digest_hex(kind, **content), call.args[i]));
  }
  return 0;
}
}  // namespace

void add_file_commands(CommandTable& table) {
  table["echo"] = do_echo;
  table["cat"] = do_cat;
  table["ls"] = do_ls;
  table["stat"] = do_stat;
  table["rm"] = do_rm;
  table["mkdir"] = do_mkdir;
  table["df"] = do_df;
  table["grep"] = do_grep;
  table["head"] = do_head;
  table["wc"] = do_wc;
  table["sleep"] = do_sleep;
  table["true"] = [](Call&) { return 0; };
  table[":"] = [](Call&) { return 0; };
  table["chmod"] = [](Call&) { return 0; };
  table["false"] = [](Call&) { return 1; };
  table["md5sum"] = [](Call& call) { return digest_command(call, DigestKind::Md5); };
  table["sha1sum"] = [](Call& call) { return digest_command(call, DigestKind::Sha1); };
  table["sha256sum"] = [](Call& call) { return digest_command(call, DigestKind::Sha256); };
}

}  // namespace guzheng::training
