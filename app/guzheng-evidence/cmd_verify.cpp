// verify PACKAGE [--org-ca PEM] [--tsa-ca PEM] [--crl PEM] [--certificate FILE] [--desk DIR | --policy FILE --officer BADGE] [--reason TEXT] [--json]
#include <memory>

#include "app/guzheng-evidence/desk.h"
#include "app/guzheng-evidence/program.h"
#include "core/base/file.h"
#include "core/identity/practice.h"
#include "core/seal/proof_page.h"

namespace guzheng::evidence {

namespace {

struct VerifyArguments {
  std::string package, org_ca, tsa_ca, crl, certificate, reason;
  DeskChoice desk;
  bool json = false;
};

Result<std::string> read_root(const std::string& path) {
  if (path.empty()) return std::string();
  GZ_TRY_ASSIGN(auto pem, read_text(path, 1u << 20));
  if (const auto info = describe_certificate(as_bytes(pem)); !info)
    return fail(ErrorKind::Invalid, path + " 不是 PEM 证书 (no certificate in PEM)");
  return pem;
}

Result<Verification> verify(const VerifyArguments& arguments, Program& program) {
  VerifyOptions options;
  options.clock = &program.clock;
  GZ_TRY_ASSIGN(options.roots.org_pem, read_root(arguments.org_ca));
  GZ_TRY_ASSIGN(options.roots.tsa_pem, read_root(arguments.tsa_ca));
  if (!arguments.crl.empty()) { GZ_TRY_ASSIGN(options.roots.crl_pem, read_text(arguments.crl, 16u << 20)); }
  PolicyDesk keys;                           // used until the verification is over
  if (arguments.desk.named()) {
    GZ_TRY_ASSIGN(keys, open_for_reading(arguments.desk, package_folder(arguments.package), "verify", arguments.reason, program));
    options.opener = keys.bureau.opener.get();
    // a desk knows its roots and its newest revocation list; whoever verifies may still name others
    if (options.roots.org_pem.empty()) options.roots.org_pem = keys.bureau.org_root_pem;
    if (options.roots.tsa_pem.empty()) options.roots.tsa_pem = keys.bureau.tsa_root_pem;
    if (options.roots.crl_pem.empty()) options.roots.crl_pem = keys.bureau.org_crl_pem;
  }
  auto verified = verify_package(arguments.package, options);
  if (verified && arguments.desk.named())
    note_done(keys, program, "op.verify", Json{{"fingerprint", verified->fingerprint}, {"package", verified->id}, {"verdict", std::string(to_string(verified->verdict))}});
  return verified;
}

// 核验证明: plain text, or HTML by the file's name. Never over an existing file.
Status write_certificate(const VerifyArguments& arguments, const Verification& verified, const Program& program) {
  const std::filesystem::path file = arguments.certificate;
  std::error_code ec;
  if (std::filesystem::exists(file, ec)) return fail(ErrorKind::Exists, file.string() + " is there already");
  const CertificateFacts facts{verified, std::filesystem::path(arguments.package).lexically_normal().string(), GUZHENG_VERSION, program.clock.wall(),
                               program.clock.zone_minutes()};
  const bool html = file.extension() == ".html" || file.extension() == ".htm";
  return write_atomically(file, as_bytes(html ? certificate_html(facts) : certificate_text(facts)));
}

void run(const VerifyArguments& arguments, Program& program) {
  const auto verified = verify(arguments, program);
  if (!verified) return program.could_not("无法校验 " + arguments.package, "Could not verify " + arguments.package, verified.error());
  if (arguments.json) {
    program.print(to_json(*verified).dump());
  } else {
    for (const auto& line : verification_lines(*verified, program.language)) program.print(line);
  }
  program.exit_code = exit_code(verified->verdict);
  if (arguments.certificate.empty()) return;
  if (const auto written = write_certificate(arguments, *verified, program); !written)
    program.could_not("已校验，但没有写成核验证明", "Verified, but the certificate was not written", written.error());
}

}  // namespace

void add_verify(CLI::App& app, Program& program) {
  auto* command = app.add_subcommand("verify");
  const auto arguments = std::make_shared<VerifyArguments>();
  command->add_option("PACKAGE", arguments->package)->required();
  command->add_option("--org-ca", arguments->org_ca);
  command->add_option("--tsa-ca", arguments->tsa_ca);
  command->add_option("--crl", arguments->crl);
  add_desk_options(*command, arguments->desk);
  command->add_option("--reason", arguments->reason);
  command->add_option("--certificate", arguments->certificate);
  command->add_flag("--json", arguments->json);
  set_manual(*command, "verify", program.language);
  command->callback([arguments, &program] { run(*arguments, program); });
}

}  // namespace guzheng::evidence
