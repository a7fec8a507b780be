#include "core/seal/verify.h"

#include <algorithm>

#include "core/base/file.h"
#include "core/seal/check_beside.h"
#include "core/seal/check_content.h"
#include "core/seal/check_copies.h"
#include "core/seal/check_group.h"
#include "core/seal/check_locked.h"
#include "core/seal/check_receipt.h"
#include "core/seal/check_renew.h"
#include "core/seal/check_review.h"
#include "core/seal/parts_source.h"
#include "core/seal/sha512.h"
#include "core/seal/tree.h"
#include "core/seal/verify_source.h"
#include "core/seal/zip_reader.h"

namespace guzheng {

namespace {

Result<RootsGiven> read_roots(const TrustRoots& given) {
  RootsGiven roots;
  roots.org = certificates_from_pem(given.org_pem);
  roots.tsa = certificates_from_pem(given.tsa_pem);
  if (!given.org_pem.empty() && roots.org.empty()) return fail(ErrorKind::Invalid, "the organisation's root is no certificate in PEM");
  if (!given.tsa_pem.empty() && roots.tsa.empty()) return fail(ErrorKind::Invalid, "the time-stamp authority's root is no certificate in PEM");
  roots.crls = crls_from_pem(given.crl_pem);
  if (!given.crl_pem.empty() && roots.crls.empty()) return fail(ErrorKind::Invalid, "the revocation list is none in PEM");
  for (const auto& crl : roots.crls)
    if (!is_crl_of(crl.get(), roots.org)) return fail(ErrorKind::Invalid, "the revocation list is not one of the organisation's root that was given");
  return roots;
}

bool any_practice(const std::vector<CertificatePtr>& certificates) {
  for (const auto& certificate : certificates)
    if (has_practice_mark(certificate.get())) return true;
  return false;
}

// Practice roots make a practice package, whatever it says of itself; so do its own certificates.
bool practice_roots(const Bag& bag, const RootsGiven& roots) {
  bool found = any_practice(roots.org) || any_practice(roots.tsa);
  for (const char* name : {"station", "officer1", "officer2", "org", "tsa"})
    found = found || any_practice(certificates_from_pem(bag.text(std::string("seal/certs/") + name + ".crt")));
  return found;
}

Verdict decide(const VerifyReport& report, const Verification& v) {
  if (report.broken_count() > 0) return Verdict::Damaged;
  if (!v.missing.empty()) return Verdict::CannotTell;
  if (v.practice) return Verdict::Practice;
  return v.incomplete.empty() ? Verdict::Whole : Verdict::Incomplete;
}

void check_order_signature(const Bag& bag, const RootsGiven& roots, WallTime at, VerifyReport& report) {
  const std::string path = "data/attach/order.json.p7s";
  if (!bag.has(path)) return;
  std::string officer1;
  const Json people = bag.attached("people");
  if (people.is_object() && people.contains("officers") && people["officers"].is_array() && !people["officers"].empty())
    officer1 = text_at(people["officers"][0], "certificate_sha256");
  (void)check_detached(bag, bag.text(path), path, bag.sha256("data/attach/order.json"), officer1, roots, {at}, report);
}

void count(const Bag& bag, const JournalFacts& journal, Verification& v) {
  v.id = bag.id;
  v.fingerprint = bag.sha256("seal/seal.txt");
  v.journal_lines = journal.lines.size();
  v.shots = static_cast<std::uint64_t>(
      std::count_if(journal.shots.begin(), journal.shots.end(), [](const auto& shot) { return shot.path.ends_with(".png"); }));
  for (const auto& [path, film] : bag.films) v.packets += film.pts_us.size();
  for (const auto* files : {&bag.files, &bag.beside})
    for (const auto& [path, file] : *files) {
      ++v.files;
      v.bytes += file.digests.size;
    }
  if (!journal.lines.empty()) {
    v.opened = journal.lines.front().time;
    v.closed = journal.lines.back().time;
  }
}

Verification check_all(const Bag& bag, const PathDigests& digests, RootsGiven& roots, const std::filesystem::path& around, VerifyReport& report) {
  Verification v;
  v.renewals = check_renewals(bag, digests, roots, report);        // before all tokens: it says how long each must stand
  check_manifests(bag, report);
  const TagFacts tags = check_tags(bag, report);
  check_seal(bag, report);
  const JournalFacts journal = check_journal(bag, report);
  count(bag, journal, v);
  const StampFacts stamps = check_stamps(bag, journal, roots, report);
  const WallTime at = stamps.seal_or(v.closed);
  const SignerFacts signers = check_signers(bag, roots, at, stamps, report);
  check_order_signature(bag, roots, v.closed, report);
  check_bindings(bag, journal, tags, report);
  check_values(bag, journal, tags, report);
  const bool marked = check_marks(bag, journal, tags, report);
  check_film(bag, journal, report);
  check_sound(bag, journal, report);
  check_beside(bag, journal, roots, report);
  v.receipt = check_receipt(bag, report);
  check_copies(bag, report);
  v.review = check_review(bag, journal, stamps, roots, roots.now, report);
  v.group = check_group(bag, journal, roots, around, report);
  v.practice = marked || practice_roots(bag, roots);
  v.stamps = stamps.good;
  v.signatures = signers.good;
  if (stamps.seal) v.seal_stamp = *stamps.seal;
  if (const auto it = tags.info.find("Package-State"); it != tags.info.end()) v.state = it->second;
  for (const auto& reason : tags.reasons) v.incomplete.push_back(reason);
  return v;
}

// Of a folder: where other packages may lie.
std::filesystem::path around(const std::filesystem::path& package, const std::string& id) {
  std::error_code ec;
  auto full = std::filesystem::absolute(package, ec).lexically_normal();
  if (!full.has_filename()) full = full.parent_path();
  if (!std::filesystem::is_directory(full, ec)) return {};
  return full.filename() == id ? full.parent_path() : full;
}

// An export's record lies beside the ZIP, in no package: it is read with it, and held to the file when it names it (a ZIP
// may have been renamed since).
Status load_export_record(const std::filesystem::path& package, Bag& bag, VerifyReport& report) {
  std::error_code ec;
  const auto zip = std::filesystem::absolute(package, ec).lexically_normal();
  const auto folder = zip.parent_path() / (bag.id + ".handover");
  if (!std::filesystem::is_regular_file(zip, ec) || !is_package_id(bag.id) || !std::filesystem::is_regular_file(folder / "export.json", ec)) return ok();
  const std::string record = "export.json";
  for (const auto& item : std::filesystem::directory_iterator(folder, ec))
    if (const auto name = item.path().filename().string(); name != record && name != record + ".p7s" && name != record + ".p7s.tsr")
      report.broken("beside.extra", bag.id + ".handover/" + name, "nothing of this name belongs there");
  for (const auto& name : {record, record + ".p7s", record + ".p7s.tsr"}) {
    if (!std::filesystem::is_regular_file(folder / name, ec)) continue;
    GZ_TRY_ASSIGN(const Bytes bytes, read_file(folder / name, 1u << 20));
    TripleDigester digester;
    digester.update(bytes);
    bag.beside["handover/" + name] = {digester.finish(), true, std::string(as_text(bytes)), {}};
  }
  const auto value = parse_json(bag.beside_text("handover/export.json"));
  if (!value || !value->is_object() || text_at(*value, "file") != zip.filename().string()) return ok();
  GZ_TRY_ASSIGN(const FileDigests digests, digest_file(zip));
  if (text_at(*value, "sha256") != digests.sha256 || integer_at(*value, "bytes", -1) != static_cast<std::int64_t>(digests.size))
    report.broken("beside.export", bag.id + ".handover/export.json", "the ZIP beside it is not the file that was handed over");
  return ok();
}

// The source as files of a package, and these loaded. What the container and the list of parts promise is held to them on the way.
Result<Bag> load(std::unique_ptr<PackageSource>& source, const VerifyOptions& options, VerifyReport& report) {
  if (has_vault_form(*source)) { GZ_TRY_ASSIGN(source, open_parts_source(std::move(source), options.opener, report)); }
  check_tree(source->id(), source->entries(), report);
  return load_bag(*source, {options.progress}, report);
}

Result<Verification> judge(const Bag& bag, PackageSource& source, RootsGiven& roots, const std::filesystem::path& around_it, const VerifyOptions& options,
                           VerifyReport& report) {
  PathDigests digests;
  if (has_renewals(bag)) { GZ_TRY_ASSIGN(digests, sha512_of(source, options.progress)); }
  roots.now = options.clock->wall();
  roots.id = bag.id;
  for (const auto& root : roots.org) report.rests_on(basis_of("org-root", root.get()));
  for (const auto& root : roots.tsa) report.rests_on(basis_of("tsa-root", root.get()));
  Verification v = bag.locked.empty() ? check_all(bag, digests, roots, around_it, report)
                                      : check_locked(bag, digests, source.key_holders(), roots, around_it, report);
  v.practice = v.practice || practice_roots(bag, roots);
  v.damage = report.damage();
  for (const auto& reason : report.incomplete_reasons()) v.incomplete.push_back(reason);
  v.missing = report.missing_things();
  v.notes = report.notes();
  v.rests_on = report.bases();
  v.verdict = decide(report, v);
  return v;
}

ReceivedPackage received(const Bag& bag, Verification verification) {
  ReceivedPackage out;
  out.verification = std::move(verification);
  const Json order = bag.attached("order");
  out.automatic = text_at(order, "type") == "自动取证";
  out.case_no = text_at(order, "case");
  if (const auto station = describe_certificate(as_bytes(bag.text("seal/certs/station.crt")))) out.station_cn = station->subject_cn;
  for (const auto& [path, file] : bag.files)
    if (path.ends_with(".tsr") && path.starts_with("data/attach/tst/")) out.tokens[bag.id + "/" + path] = file.digests.sha256;
  for (const auto& [path, file] : bag.beside) {
    const bool after = path.starts_with("after/");
    if (after && path.ends_with(".tsr")) out.tokens[bag.id + "." + path] = file.digests.sha256;
    else if (after || path.starts_with("group/") || path.starts_with("review/")) out.files[bag.id + "." + path] = file.digests.sha256;
  }
  return out;
}

}  // namespace

Result<Verification> verify_package(const std::filesystem::path& package, const VerifyOptions& options) {
  if (!options.clock) return fail(ErrorKind::Bug, "verify_package needs a clock");
  VerifyReport report;
  GZ_TRY_ASSIGN(RootsGiven roots, read_roots(options.roots));
  std::unique_ptr<PackageSource> source;
  const auto look = [&]() -> Result<Bag> {
    report = {};
    GZ_TRY_ASSIGN(source, open_package_source(package, report));
    return load(source, options, report);
  };
  auto looked = look();
  if (!looked && looked.error().kind == ErrorKind::NotFound) looked = look();        // the vault encrypted it meanwhile
  if (!looked) return fail(looked.error());
  Bag bag = std::move(*looked);
  GZ_TRY(load_export_record(package, bag, report));
  return judge(bag, *source, roots, around(package, bag.id), options, report);
}

Result<ReceivedPackage> verify_received(std::unique_ptr<RandomAccess> zip, const VerifyOptions& options) {
  if (!options.clock) return fail(ErrorKind::Bug, "verify_received needs a clock");
  VerifyReport report;
  GZ_TRY_ASSIGN(RootsGiven roots, read_roots(options.roots));
  GZ_TRY_ASSIGN(auto source, zip_source_over(std::move(zip), report));
  GZ_TRY_ASSIGN(const Bag bag, load(source, options, report));
  GZ_TRY_ASSIGN(auto verification, judge(bag, *source, roots, {}, options, report));
  return received(bag, std::move(verification));
}

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::Whole: return "whole";
    case Verdict::Practice: return "practice";
    case Verdict::Incomplete: return "incomplete";
    case Verdict::CannotTell: return "cannot-tell";
    case Verdict::Damaged: return "damaged";
  }
  return "damaged";
}

int exit_code(Verdict verdict) {
  switch (verdict) {
    case Verdict::Whole: return 0;
    case Verdict::Practice: return 6;
    case Verdict::Incomplete: return 4;
    case Verdict::CannotTell: return 5;
    case Verdict::Damaged: return 3;
  }
  return 3;
}

Json to_json(const Verification& v) {
  const auto findings = [](const std::vector<Finding>& list) {
    Json out = Json::array();
    for (const auto& one : list) out.push_back({{"rule", one.rule}, {"path", one.path}, {"what", one.what}});
    return out;
  };
  Json bases = Json::array();
  for (const auto& one : v.rests_on) bases.push_back({{"role", one.role}, {"name", one.name}, {"badge", one.badge}, {"sha256", one.sha256}});
  const auto time = [](WallTime t) { return t.ms == 0 ? Json(nullptr) : Json(format_time(t)); };
  Json members = Json::array();
  for (const auto& row : v.group.rows)
    members.push_back({{"member", row.number}, {"package", row.package}, {"fingerprint", row.fingerprint}, {"reason", row.reason}, {"state", row.state}});
  Json out{{"verdict", std::string(to_string(v.verdict))}, {"practice", v.practice}, {"id", v.id}, {"fingerprint", v.fingerprint},
          {"state", v.state}, {"damage", findings(v.damage)}, {"incomplete", v.incomplete}, {"missing", v.missing}, {"notes", findings(v.notes)}, {"rests_on", bases}, {"files", v.files},
          {"bytes", v.bytes}, {"journal_lines", v.journal_lines}, {"stamps", v.stamps}, {"signatures", v.signatures}, {"renewals", v.renewals},
          {"packets", v.packets}, {"shots", v.shots}, {"opened", time(v.opened)}, {"closed", time(v.closed)},
          {"seal_stamp", time(v.seal_stamp)},
          {"review", {{"needed", v.review.needed}, {"confirmed", v.review.confirmed}, {"number", v.review.number},
                      {"by", v.review.by}, {"at", v.review.at}, {"reason", v.review.reason}}}};
  if (!v.receipt.by.empty()) out["receipt"] = {{"at", time(v.receipt.at)}, {"by", v.receipt.by}, {"zip_sha256", v.receipt.zip_sha256}};
  if (!v.group.group.empty() || !v.group.rows.empty())
    out["group"] = {{"id", v.group.group}, {"member", v.group.member}, {"members", v.group.members}, {"rows", members}};
  return out;
}

}  // namespace guzheng
