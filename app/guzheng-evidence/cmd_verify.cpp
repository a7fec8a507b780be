// verify PACKAGE [--org-ca PEM] [--tsa-ca PEM] [--crl PEM] [--certificate FILE] [--desk DIR | --policy FILE --officer BADGE] [--reason TEXT] [--json]
//   [--central PEM] [--witness FILE | --server URL]
#include <memory>

#include "app/guzheng-evidence/desk.h"
#include "app/guzheng-evidence/program.h"
#include "app/guzheng-evidence/witness_check.h"
#ifdef GUZHENG_WITH_VAULT
#include "app/guzheng-evidence/central_place.h"
#endif
#include "core/base/file.h"
#include "core/identity/practice.h"
#include "core/seal/proof_page.h"

namespace guzheng::evidence {

namespace {

struct VerifyArguments {
  std::string package, org_ca, tsa_ca, crl, certificate, reason, central, witness, server;
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

// The statements: of --witness, of --server, or those that lie beside the bag; "" for none.
Result<std::string> witnessed(const VerifyArguments& arguments, [[maybe_unused]] const std::string& id, [[maybe_unused]] Program& program) {
  constexpr std::uint64_t kMostLines = 1u << 30;
  if (!arguments.witness.empty()) return read_text(arguments.witness, kMostLines);
#ifdef GUZHENG_WITH_VAULT
  if (!arguments.server.empty()) {
    const CentralChoice choice{arguments.server, arguments.desk.desk, arguments.desk.people.policy, arguments.central};
    GZ_TRY_ASSIGN(auto place, station_place(choice, program.clock));
    GZ_TRY_ASSIGN(const auto link, CentralLink::open(witness_place(choice, std::move(place)).address));
    std::string out;
    std::int64_t after = -1;
    for (bool more = true; more;) {
      const auto page = link->heads(id, after);
      if (!page && page.error().kind == ErrorKind::NotFound) return out;
      if (!page) return fail(page.error());
      more = page->more && !page->lines.empty();
      out += page->lines;
      if (!more) break;
      const auto last = page->lines.rfind('\n', page->lines.size() - 2);
      GZ_TRY_ASSIGN(const auto newest, parse_signed_head(std::string_view(page->lines).substr(last == std::string::npos ? 0 : last + 1, page->lines.size() - 1 - (last == std::string::npos ? 0 : last + 1))));
      GZ_TRY_ASSIGN(const auto statement, parse_head_statement(newest.text));
      after = static_cast<std::int64_t>(statement.report.seq);
    }
    return out;
  }
#endif
  const auto bag = package_folder(arguments.package);
  const auto beside = bag.parent_path() / (bag.filename().string() + ".witness") / "heads.jsonl";
  std::error_code ec;
  return std::filesystem::exists(beside, ec) ? read_text(beside, kMostLines) : Result<std::string>(std::string());
}

// Whose statements are believed: --central, or where the desk's bureau publishes it. "": nobody's.
Result<std::string> central_of(const VerifyArguments& arguments, const PolicyDesk& desk) {
  std::filesystem::path file = arguments.central;
  if (file.empty() && arguments.desk.named()) file = arguments.desk.people.policy.empty() ? bureau_folder(arguments.desk.desk) / "central.crt" : desk.policy.root.parent_path() / "central.crt";
  std::error_code ec;
  if (file.empty() || (arguments.central.empty() && !std::filesystem::exists(file, ec))) return std::string();
  return read_text(file, 1u << 20);
}

Status hold_to_witness(const VerifyArguments& arguments, const VerifyOptions& options, const PolicyDesk& desk, Program& program, Verification& verified, WitnessCheck& check) {
  GZ_TRY_ASSIGN(const auto lines, witnessed(arguments, verified.id, program));
  GZ_TRY_ASSIGN(const auto central, central_of(arguments, desk));
  if (lines.empty()) return ok();
  if (central.empty() || options.roots.org_pem.empty()) {
    check.why = program.say("没有给出中心系统的证书（--central）和单位根证书", "neither --central nor a desk says whose statements are believed");
    return ok();
  }
  check = check_witness(arguments.package, lines, options.opener, {central, options.roots.org_pem, options.roots.crl_pem, program.clock.wall()}, verified);
  return ok();
}

Result<Verification> verify(const VerifyArguments& arguments, Program& program, WitnessCheck& check) {
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
  if (verified) GZ_TRY(hold_to_witness(arguments, options, keys, program, *verified, check));
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

// Was a witness asked for? Then it is said, too, that there is none.
bool asked(const VerifyArguments& arguments) { return !arguments.central.empty() || !arguments.witness.empty() || !arguments.server.empty(); }

void run(const VerifyArguments& arguments, Program& program) {
  WitnessCheck check;
  const auto verified = verify(arguments, program, check);
  if (!verified) return program.could_not("无法校验 " + arguments.package, "Could not verify " + arguments.package, verified.error());
  if (arguments.json) {
    Json out = to_json(*verified);
    if (asked(arguments) || check.looked || !check.why.empty()) out["witness"] = to_json(check);
    program.print(out.dump());
  } else {
    for (const auto& line : verification_lines(*verified, program.language)) program.print(line);
    if (asked(arguments) || check.looked || !check.why.empty()) tell_witness(check, *verified, program);
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
  command->add_option("--central", arguments->central);
  auto* witness = command->add_option("--witness", arguments->witness);
#ifdef GUZHENG_WITH_VAULT
  command->add_option("--server", arguments->server)->excludes(witness);
#else
  static_cast<void>(witness);
#endif
  command->add_flag("--json", arguments->json);
  set_manual(*command, "verify", program.language);
  command->callback([arguments, &program] { run(*arguments, program); });
}

}  // namespace guzheng::evidence
