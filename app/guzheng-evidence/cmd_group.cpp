// group PACKAGE PACKAGE… [--missing N=REASON]… [--desk DIR] | --policy FILE --officer BADGE
#include <memory>

#include "app/guzheng-evidence/desk.h"
#include "app/guzheng-evidence/program.h"
#include "core/seal/group.h"

namespace guzheng::evidence {

namespace {

struct GroupArguments {
  std::vector<std::string> packages, missing;
  DeskChoice desk;
};

Result<std::map<int, std::string>> read_reasons(const GroupArguments& arguments) {
  std::map<int, std::string> out;
  for (const auto& text : arguments.missing) {
    const auto equals = text.find('=');
    const int number = equals == std::string::npos ? 0 : std::atoi(text.c_str());
    if (number < 1 || number > kMostMembers || equals + 1 == text.size()) return fail(ErrorKind::Invalid, "--missing " + text + " is not N=REASON");
    out[number] = text.substr(equals + 1);
  }
  return out;
}

Result<WrittenGroup> complete(const GroupArguments& arguments, Program& program) {
  GZ_TRY_ASSIGN(const auto reasons, read_reasons(arguments));
  GZ_TRY_ASSIGN(const auto desk, open_chosen_desk(arguments.desk, program));
  const auto officer = desk.officer1 ? desk.officer1 : desk.bureau.officers.empty() ? nullptr : desk.bureau.officers[0];
  if (!officer) return fail(ErrorKind::Invalid, "the desk has no officer who could sign");
  std::vector<std::filesystem::path> bags;
  for (const auto& package : arguments.packages) {
    bags.push_back(package_folder(package));
    GZ_TRY(note_opening(desk, bags.back(), kToGroup, program.clock));
  }
  GZ_TRY_ASSIGN(auto written, complete_group(bags, reasons, desk.bureau.opener.get(), *officer, desk.bureau, program.clock));
  Json ids = Json::array();
  for (const auto& bag : bags) ids.push_back(bag.filename().string());
  note_done(desk, program, "op.group", Json{{"by", officer->info().subject_cn}, {"members", std::move(ids)}, {"missing", arguments.missing}});
  for (const auto& bag : bags) follow_copy(bag, program);
  return written;
}

void run(const GroupArguments& arguments, Program& program) {
  const auto written = complete(arguments, program);
  if (!written) return program.could_not("没有写成组记录", "The group's record was not written", written.error());
  for (const auto& record : written->records) program.print(std::string(program.say("组记录：", "Record: ")) + record.string());
  if (!written->stamped) program.complain(program.say("组记录没有取得时间戳：时间戳机构没有应答。", "The record has no time stamp: no authority answered."));
}

}  // namespace

void add_group(CLI::App& app, Program& program) {
  auto* command = app.add_subcommand("group");
  const auto arguments = std::make_shared<GroupArguments>();
  command->add_option("PACKAGE", arguments->packages)->required();
  command->add_option("--missing", arguments->missing)->take_all()->allow_extra_args(false);
  add_desk_options(*command, arguments->desk);
  set_manual(*command, "group", program.language);
  command->callback([arguments, &program] { run(*arguments, program); });
}

}  // namespace guzheng::evidence
