// export PACKAGE -o ZIP [--desk DIR [--to WHOM] [--medium WHAT] [--reason TEXT]]
#include <memory>

#include "app/guzheng-evidence/desk.h"
#include "app/guzheng-evidence/program.h"
#include "core/seal/seal.h"

namespace guzheng::evidence {

namespace {

struct ExportArguments {
  std::string package, zip, desk, to, medium, reason;
  PeopleOptions people;
  [[nodiscard]] bool hands_over() const { return !desk.empty() || !people.policy.empty(); }
};

// 移交: who, when, medium, signed by the desk's first officer or the one who logged in; ID.handover/ beside the ZIP.
Status hand_over(const ExportArguments& arguments, const std::filesystem::path& bag, const std::string& digest, const Bureau& bureau,
                 Program& program) {
  const ExportRecord record{arguments.to, arguments.medium, digest};
  GZ_TRY_ASSIGN(const auto written, write_export_record(record, bag, arguments.zip, *bureau.officers.at(0), bureau, program.clock));
  program.print(std::string(program.say("移交记录：", "Hand-over record: ")) + written.string());
  return ok();
}

// Whoever exports; nobody when neither desk nor policy was given.
Result<PolicyDesk> open_keys(const ExportArguments& arguments, const std::filesystem::path& bag, Program& program) {
  if (!arguments.people.policy.empty()) return open_policy_for_reading(arguments.people, bag, "export", arguments.reason, program);
  PolicyDesk desk;
  if (!arguments.desk.empty()) { GZ_TRY_ASSIGN(desk.bureau, open_for_reading(arguments.desk, bag, "export", arguments.reason, program.clock)); }
  return desk;
}

void run(const ExportArguments& arguments, Program& program) {
  std::error_code ec;
  if (std::filesystem::exists(arguments.zip, ec))
    return program.could_not("无法导出", "Could not export", {ErrorKind::Exists, arguments.zip + " is there already"});
  std::filesystem::path bag = std::filesystem::absolute(arguments.package, ec).lexically_normal();
  if (!bag.has_filename()) bag = bag.parent_path();
  const auto desk = open_keys(arguments, bag, program);
  if (!desk) return program.could_not("无法导出", "Could not export", desk.error());
  const auto digest = export_package(bag, arguments.zip, {}, desk->bureau.opener.get());
  if (!digest) return program.could_not("无法导出", "Could not export", digest.error());
  program.print(std::string(program.say("已导出：", "Exported: ")) + arguments.zip);
  program.print("SHA-256: " + *digest);
  if (arguments.hands_over()) {
    if (const auto recorded = hand_over(arguments, bag, *digest, desk->bureau, program); !recorded)
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
  command->add_option("--reason", arguments->reason);
  set_manual(*command, "export", program.language);
  command->callback([arguments, &program] { run(*arguments, program); });
}

}  // namespace guzheng::evidence
