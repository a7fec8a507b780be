// export PACKAGE -o ZIP
#include <memory>

#include "app/guzheng-evidence/program.h"
#include "core/seal/seal.h"

namespace guzheng::evidence {

namespace {

struct ExportArguments {
  std::string package, zip;
};

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
  program.print(program.say("请把上面的摘要写入移交记录；收件人用 guzheng-evidence verify 校验。",
                            "Write the digest into the hand-over record; the receiver checks with guzheng-evidence verify."));
}

}  // namespace

void add_export(CLI::App& app, Program& program) {
  auto* command = app.add_subcommand("export");
  const auto arguments = std::make_shared<ExportArguments>();
  command->add_option("PACKAGE", arguments->package)->required();
  command->add_option("-o,--output", arguments->zip)->required();
  set_manual(*command, "export", program.language);
  command->callback([arguments, &program] { run(*arguments, program); });
}

}  // namespace guzheng::evidence
