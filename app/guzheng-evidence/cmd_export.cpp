// export PACKAGE -o ZIP [--desk DIR [--to WHOM] [--medium WHAT]]
#include <memory>

#include "app/guzheng-evidence/desk.h"
#include "app/guzheng-evidence/program.h"
#include "core/seal/seal.h"

namespace guzheng::evidence {

namespace {

struct ExportArguments {
  std::string package, zip, desk, to, medium;
  PeopleOptions people;
  [[nodiscard]] bool hands_over() const { return !desk.empty() || !people.policy.empty(); }
};

// 移交: who, when, medium, signed by the desk's first officer or the one who logged in; ID.handover/ beside the ZIP.
Status hand_over(const ExportArguments& arguments, const std::filesystem::path& bag, const std::string& digest, Program& program) {
  PolicyDesk desk;
  if (!arguments.people.policy.empty()) { GZ_TRY_ASSIGN(desk, open_policy_desk(arguments.people, program)); }
  else { GZ_TRY_ASSIGN(desk.bureau, open_desk(arguments.desk, program.clock)); }
  const Bureau& bureau = desk.bureau;
  const ExportRecord record{arguments.to, arguments.medium, digest};
  GZ_TRY_ASSIGN(const auto written, write_export_record(record, bag, arguments.zip, *bureau.officers.at(0), bureau, program.clock));
  program.print(std::string(program.say("移交记录：", "Hand-over record: ")) + written.string());
  return ok();
}

void run(const ExportArguments& arguments, Program& program) {
  std::error_code ec;
  if (std::filesystem::exists(arguments.zip, ec))
    return program.could_not("无法导出", "Could not export", {ErrorKind::Exists, arguments.zip + " is there already"});
  std::filesystem::path bag = std::filesystem::absolute(arguments.package, ec).lexically_normal();
  if (!bag.has_filename()) bag = bag.parent_path();
  const auto digest = export_package(bag, arguments.zip);
  if (!digest) return program.could_not("无法导出", "Could not export", digest.error());
  program.print(std::string(program.say("已导出：", "Exported: ")) + arguments.zip);
  program.print("SHA-256: " + *digest);
  if (arguments.hands_over()) {
    if (const auto recorded = hand_over(arguments, bag, *digest, program); !recorded)
      return program.could_not("已导出，但没有写成移交记录", "Exported, but the hand-over record was not written", recorded.error());
  }
  if (!arguments.hands_over()) program.print(program.say("请把上面的摘要写入移交记录；收件人用 guzheng-evidence verify 校验。",
                            "Write the digest into the hand-over record; the receiver checks with guzheng-evidence verify."));
}

}  // namespace

void add_export(CLI::App& app, Program& program) {
  auto* command = app.add_subcommand("export");
  const auto arguments = std::make_shared<ExportArguments>();
  command->add_option("PACKAGE", arguments->package)->required();
  command->add_option("-o,--output", arguments->zip)->required();
  auto* desk = command->add_option("--desk", arguments->desk);
  add_people_options(*command, arguments->people, false);
  desk->excludes(command->get_option("--policy"));
  command->add_option("--to", arguments->to);
  command->add_option("--medium", arguments->medium);
  set_manual(*command, "export", program.language);
  command->callback([arguments, &program] { run(*arguments, program); });
}

}  // namespace guzheng::evidence
