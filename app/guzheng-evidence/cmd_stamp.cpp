// stamp VAULT|PACKAGE [--desk DIR | --policy FILE --officer BADGE] [--list]
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "app/guzheng-evidence/desk.h"
#include "app/guzheng-evidence/program.h"
#include "core/seal/late_stamps.h"
#include "core/seal/package_reader.h"

namespace guzheng::evidence {

namespace fs = std::filesystem;

namespace {

struct StampArguments {
  std::string place;
  DeskChoice desk;
  bool list = false;
};

// The package itself, or every sealed one of a vault.
std::vector<fs::path> packages_at(const fs::path& place) {
  std::error_code ec;
  if (fs::is_regular_file(place / "seal/seal.txt", ec)) return {place};
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(place / "sealed", ec))
    if (fs::is_regular_file(entry.path() / "seal/seal.txt", ec)) out.push_back(entry.path());
  std::sort(out.begin(), out.end());
  return out;
}

class StampRun {
 public:
  StampRun(Program& program, const PolicyDesk& people, StampDesk& desk, bool list) : program_(program), people_(people), desk_(desk), list_(list) {}

  void package(const fs::path& bag) {
    LateStamps found;
    if (const auto noted = note_opening(people_, bag, kToStamp, program_.clock); !noted) return failed(bag, noted.error());
    const auto files = open_package(bag, people_.bureau.opener.get());           // heads and journal may lie encrypted
    if (!files) return failed(bag, files.error());
    const PayloadReader read = [&](const std::string& path) { return (*files)->whole(path); };
    if (list_) {
      auto rows = stamps_of(bag, read);
      if (!rows) return failed(bag, rows.error());
      for (auto& row : *rows) (row.pending ? found.pending : found.came).push_back(std::move(row));
    } else {
      auto fetched = fetch_late_stamps(bag, read, desk_);
      if (!fetched) return failed(bag, fetched.error());
      found = std::move(*fetched);
      if (!found.came.empty()) {
        note_done(people_, program_, "op.stamp", Json{{"came", found.came.size()}, {"package", bag.filename().string()}, {"pending", found.pending.size()}});
        follow_copy(bag, program_);
      }
    }
    came_ += found.came.size();
    pending_ += found.pending.size();
    if (found.came.empty() && found.pending.empty()) return;
    program_.print(bag.filename().string());
    for (const auto& row : found.came) program_.print("  " + sentence(row));
    for (const auto& row : found.pending)
      program_.print(fmt::format("  {}{}{}", name(row), colon(), program_.say("待时间戳", "time stamp to come")));
    if (!found.pending.empty() && !list_)
      program_.complain(fmt::format("{}{}", program_.say("时间戳机构没有给出可用的时间戳，稍后可再运行本命令：", "No authority gave a time stamp that can be used; run this again later: "),
                                    found.problem.what));
  }

#ifdef GUZHENG_WITH_VAULT
  // The operation log's own, which are the station's and not a package's.
  void log(const fs::path& log) {
    LogStampsFetched found;
    if (list_) {
      auto rows = log_stamps(log);
      if (!rows) return failed(log, rows.error());
      for (auto& row : *rows) (row.pending ? found.pending : found.came).push_back(std::move(row));
    } else {
      auto fetched = stamp_log(log, desk_, program_.clock, people_.bureau.station);
      if (!fetched) return failed(log, fetched.error());
      found = std::move(*fetched);
    }
    pending_ += found.pending.size();
    came_ += found.came.size();
    for (const auto& head : found.came) {
      const std::string lag = fmt::format("{:.1f}", static_cast<double>(head.lag_ms(program_.clock.wall())) / 3'600'000);
      program_.print(fmt::format("{} {}{}{} {}{}{}{}", program_.say("操作日志", "Operation log"), head.day, colon(), format_time(head.info.time, program_.clock.zone_minutes()),
                                 head.info.authority, program_.say("，晚 ", ", "), lag, program_.say(" 小时", " h after its line")));
    }
    for (const auto& head : found.pending) program_.print(waiting_for(head, program_));
    if (!found.pending.empty() && !list_) program_.complain(found.problem.what);
  }
#endif

  void end() {
    if (failed_) return;
    program_.exit_code = pending_ > 0 ? kIncomplete : kWhole;
    if (came_ == 0 && pending_ == 0) program_.print(program_.say("没有尚缺时间戳的证据包。", "No package lacks a time stamp."));
  }

 private:
  [[nodiscard]] std::string_view colon() const { return program_.say("：", ": "); }

  void failed(const fs::path& bag, const Error& error) {
    program_.could_not("无法补取时间戳 " + bag.filename().string(), "Could not fetch time stamps of " + bag.filename().string(), error);
    failed_ = true;
  }

  [[nodiscard]] std::string name(const StampRow& row) const {
    std::string out;
    switch (row.of) {
      case StampOf::Beacon: out = program_.say("开始", "beginning"); break;
      case StampOf::Line: out = fmt::format("{} {:08}", program_.say("日志行", "journal line"), row.line); break;
      case StampOf::Final: out = program_.say("日志末行", "last journal line"); break;
      case StampOf::Seal: out = program_.say("封签", "seal"); break;
      case StampOf::SecondSignature: out = program_.say("第二执法人员签名", "second officer's signature"); break;
      case StampOf::GroupRecord: out = program_.say("并行取证的组记录", "record of the group"); break;
      case StampOf::PartsList: out = program_.say("密文清单的签名", "signature of the list of encrypted parts"); break;
    }
    return row.second ? out + std::string(program_.say("（第二机构）", " (second authority)")) : out;
  }

  [[nodiscard]] std::string sentence(const StampRow& row) const {
    const std::string time = format_time(row.info.time, program_.clock.zone_minutes());
    if (row.line_time.ms == 0) return fmt::format("{}{}{} {}", name(row), colon(), time, row.info.authority);
    return fmt::format("{}{}{} {}{}{:.1f}{}", name(row), colon(), time, row.info.authority, program_.say("，晚 ", ", "),
                       static_cast<double>(row.lag_ms()) / 1000, program_.say(" 秒", " s after it"));
  }

  Program& program_;
  const PolicyDesk& people_;
  StampDesk& desk_;
  const bool list_;
  std::size_t came_ = 0, pending_ = 0;
  bool failed_ = false;
};

void run(const StampArguments& arguments, Program& program) {
  const auto bags = packages_at(package_folder(arguments.place));
  std::error_code ec;
  if (bags.empty() && !fs::is_directory(fs::path(arguments.place) / "sealed", ec))
    return program.could_not("无法补取时间戳 " + arguments.place, "Could not fetch time stamps for " + arguments.place,
                             {ErrorKind::NotFound, "neither a sealed package nor a vault"});
  const auto people = open_chosen_desk(arguments.desk, program);
  if (!people) return program.could_not("无法打开工作台", "Could not open the desk", people.error());
  StampDesk desk(people->bureau, program.clock);
  StampRun stamps(program, *people, desk, arguments.list);
  for (const auto& bag : bags) stamps.package(bag);
#ifdef GUZHENG_WITH_VAULT
  program.at_end = nullptr;                  // here one waits for it
  stamps.log(log_file(people->home));
#endif
  stamps.end();
}

}  // namespace

void add_stamp(CLI::App& app, Program& program) {
  auto* command = app.add_subcommand("stamp");
  const auto arguments = std::make_shared<StampArguments>();
  command->add_option("PACKAGE", arguments->place)->required();
  add_desk_options(*command, arguments->desk);
  command->add_flag("--list", arguments->list);
  set_manual(*command, "stamp", program.language);
  command->callback([arguments, &program] { run(*arguments, program); });
}

}  // namespace guzheng::evidence
