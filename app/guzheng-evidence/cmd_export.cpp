// export PACKAGE… (-o ZIP | --folder DIR | --image FILE) [--desk DIR | --policy FILE --officer BADGE] [--to WHOM] [--medium WHAT] [--reason TEXT]
#include <memory>

#include "app/guzheng-evidence/desk.h"
#include "app/guzheng-evidence/program.h"
#include "core/seal/seal.h"
#ifdef GUZHENG_WITH_VAULT
#include "core/vault/handover.h"
#endif

namespace guzheng::evidence {

namespace fs = std::filesystem;

namespace {

struct ExportArguments {
  std::vector<std::string> packages;
  std::string zip, folder, image, volume, to, medium, reason;
  DeskChoice desk;
};

constexpr std::string_view kChinese = "无法导出", kEnglish = "Could not export";

void note_export(const ExportArguments& arguments, const PolicyDesk& desk, const std::string& id, const std::string& place, const std::string& digest,
                 Program& program) {
  note_done(desk, program, "op.export", Json{{"file", place}, {"medium", arguments.medium}, {"package", id}, {"sha256", digest}, {"to", arguments.to}});
}

// 移交: who, when, medium, signed by the desk's first officer or the one who logged in; ID.handover/ beside the ZIP.
Status record_hand_over(const ExportArguments& arguments, const fs::path& bag, const std::string& digest, const PolicyDesk& desk, Program& program) {
  const ExportRecord record{arguments.to, arguments.medium, digest};
  GZ_TRY_ASSIGN(const auto written, write_export_record(record, bag, arguments.zip, *desk.officer1, desk.bureau, program.clock));
  program.print(std::string(program.say("移交记录：", "Hand-over record: ")) + written.string());
  return ok();
}

void one_zip(const ExportArguments& arguments, const fs::path& bag, const PolicyDesk& desk, Program& program) {
  std::error_code ec;
  if (fs::exists(arguments.zip, ec)) return program.could_not(kChinese, kEnglish, {ErrorKind::Exists, arguments.zip + " is there already"});
  const auto digest = export_package(bag, arguments.zip, {}, desk.bureau.opener.get());
  if (!digest) return program.could_not(kChinese, kEnglish, digest.error());
  program.print(std::string(program.say("已导出：", "Exported: ")) + arguments.zip);
  program.print("SHA-256: " + *digest);
  if (!arguments.desk.named())
    return program.print(program.say("请把上面的摘要写入移交记录；收件人用 guzheng-evidence verify 校验。",
                                     "Write the digest into the hand-over record; the receiver checks with guzheng-evidence verify."));
  note_export(arguments, desk, bag.filename().string(), arguments.zip, *digest, program);
  if (const auto recorded = record_hand_over(arguments, bag, *digest, desk, program); !recorded)
    program.could_not("已导出，但没有写成移交记录", "Exported, but the hand-over record was not written", recorded.error());
}

// Whoever exports; nobody when neither desk nor policy was given. One login for all packages, each opening journalled.
Result<PolicyDesk> open_keys(const ExportArguments& arguments, const std::vector<fs::path>& bags, Program& program) {
  if (!arguments.desk.named()) return PolicyDesk{};
  GZ_TRY_ASSIGN(auto desk, open_chosen_desk(arguments.desk, program));
  for (const auto& bag : bags) GZ_TRY(note_opening(desk, bag, {"export", arguments.reason}, program.clock));
  return desk;
}

#ifdef GUZHENG_WITH_VAULT
void tell(const ExportArguments& arguments, const HandedOver& done, const PolicyDesk& desk, Program& program) {
  for (const auto& one : done.packages) {
    program.print(one.id + ".zip  SHA-256: " + one.zip_sha256);
    if (!one.stamped) program.complain(one.id + std::string(program.say("：移交记录没有取得时间戳，凭签名有效", ": the hand-over record has no time stamp and stands on its signature")));
    note_export(arguments, desk, one.id, done.folder.string(), one.zip_sha256, program);
  }
}

void medium(const ExportArguments& arguments, const std::vector<fs::path>& bags, const PolicyDesk& desk, Program& program) {
  if (!desk.officer1)
    return program.could_not(kChinese, kEnglish, {ErrorKind::Cancelled, "a hand-over is signed: name the desk (--desk DIR) or the policy and officer (--policy, --officer)"});
  const HandOver what{bags, arguments.to, arguments.medium};
  const bool disc = !arguments.image.empty();
  const auto done = disc ? hand_over_disc(what, arguments.image, arguments.volume, *desk.officer1, desk.bureau, program.clock)
                         : hand_over(what, arguments.folder, *desk.officer1, desk.bureau, program.clock);
  if (!done) return program.could_not(kChinese, kEnglish, done.error());
  tell(arguments, *done, desk, program);
  program.print(std::string(disc ? program.say("光盘映像：", "Disc image: ") : program.say("移交文件夹：", "Folder: ")) + done->folder.string());
  if (disc) program.print("SHA-256: " + done->image_sha256);
}
#endif

void run(const ExportArguments& arguments, Program& program) {
  std::vector<fs::path> bags;
  for (const auto& package : arguments.packages) bags.push_back(package_folder(package));
  if (bags.size() > 1 && !arguments.zip.empty())
    return program.could_not(kChinese, kEnglish, {ErrorKind::Invalid, "-o takes one package; several go into one --folder or --image"});
  const auto desk = open_keys(arguments, bags, program);
  if (!desk) return program.could_not(kChinese, kEnglish, desk.error());
#ifdef GUZHENG_WITH_VAULT
  if (arguments.zip.empty()) return medium(arguments, bags, *desk, program);
#endif
  one_zip(arguments, bags.front(), *desk, program);
}

}  // namespace

void add_export(CLI::App& app, Program& program) {
  auto* command = app.add_subcommand("export");
  const auto arguments = std::make_shared<ExportArguments>();
  command->add_option("PACKAGE", arguments->packages)->required();
  auto* place = command->add_option_group("place");
  place->add_option("-o,--output", arguments->zip);
#ifdef GUZHENG_WITH_VAULT
  place->add_option("--folder", arguments->folder);
  auto* image = place->add_option("--image", arguments->image);
  command->add_option("--volume", arguments->volume)->needs(image);
  arguments->volume = kDiscName;
#endif
  place->require_option(1);
  add_desk_options(*command, arguments->desk);
  command->add_option("--to", arguments->to);
  command->add_option("--medium", arguments->medium);
  command->add_option("--reason", arguments->reason);
  set_manual(*command, "export", program.language);
  command->callback([arguments, &program] { run(*arguments, program); });
}

}  // namespace guzheng::evidence
