// What an insider with all keys can do to a package, for vectors:
//   vector_tool BUREAU DAYS_AGO reseal BAG STATE    digests, manifests, signatures, seal and its stamp all fit a changed bag again; STATE is
//                                                   the new Package-State's reason, or "" for 完整
//   vector_tool BUREAU DAYS_AGO sign WHO FILE       FILE.p7s by station, officer1, officer2 or another name of tests/support/sample_bureau.h
//   vector_tool BUREAU DAYS_AGO stamp AUTHORITY FILE    FILE.tsr by tsa, tsa2 or tsa3
//   vector_tool BUREAU DAYS_AGO record BAG ZIP      exports the bag to ZIP and writes the record of its hand-over beside it
//   vector_tool BUREAU DAYS_AGO encrypt WHICH BAG   takes it into the vault form; WHICH: stamped (its list), unstamped, or renewed: by the
//                                                   station's renewed certificate, with the stamp that this needs
//   vector_tool BUREAU DAYS_AGO renew AUTHORITY BAG the next ID.renew/NNN, by the program's own function
#include <cstdio>
#include <cstdlib>

#include "core/base/file.h"
#include "core/seal/renew.h"
#include "core/seal/seal.h"
#include "core/seal/vault_form.h"
#include "tests/support/sample_bureau.h"

namespace fs = std::filesystem;
using namespace guzheng;

namespace {

class PastClock final : public Clock {
 public:
  explicit PastClock(std::int64_t days) : days_(days) {}
  [[nodiscard]] WallTime wall() const override { return {system_.wall().ms - days_ * 86'400'000}; }
  [[nodiscard]] MonotonicTime monotonic() const override { return system_.monotonic(); }
  [[nodiscard]] int zone_minutes() const override { return system_.zone_minutes(); }

 private:
  SystemClock system_;
  std::int64_t days_;
};

Status reseal(const Bureau& bureau, const fs::path& bag, const std::string& reason, const Clock& clock) {
  for (const char* name : {"seal", "bagit.txt", "bag-info.txt", "VERIFY.txt", "verify.sh", "manifest-md5.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"})
    fs::remove_all(bag / name);
  fs::remove_all(folder_beside(bag, "after"));
  std::vector<PayloadFile> payload;
  for (const auto& entry : fs::recursive_directory_iterator(bag / "data")) {
    if (!entry.is_regular_file()) continue;
    GZ_TRY_ASSIGN(auto digests, digest_file(entry.path()));
    payload.push_back({entry.path().lexically_relative(bag).string(), std::move(digests)});
  }
  BagInfo info{bag.filename().string(), bureau.system_owner, bureau.name, bureau.station, "0.1.0", clock.wall(), {}, bureau.practice};
  if (!reason.empty()) info.incomplete_reasons.push_back(reason);
  const SealSigners signers{bureau.station_signer, bureau.officers.at(0), bureau.officers.at(1), ""};
  GZ_TRY_ASSIGN(const auto outcome, seal_bag(bag, info, payload, signers, bureau, clock));
  std::printf("%s\n", outcome.fingerprint.c_str());
  return ok();
}

Status act(const fs::path& folder, const std::string& what, const std::string& first, const std::string& second, const Clock& clock) {
  GZ_TRY_ASSIGN(const auto bureau, test::open_sample_bureau(folder, clock, what == "stamp" || what == "renew" ? first : "tsa"));
  if (what == "reseal") return reseal(bureau, fs::absolute(first), second, clock);
  if (what == "renew") {
    VerifyOptions options;
    GZ_TRY_ASSIGN(const auto tsa, read_text(folder / "tsa-roots.pem"));
    options.roots = {bureau.org_root_pem, tsa, {}};
    options.clock = &clock;
    GZ_TRY_ASSIGN(const auto done, renew_package(second, bureau, options));
    std::printf("%s\n", done.folder.c_str());
    return ok();
  }
  if (what == "encrypt") {
    StampDesk desk(bureau, clock);
    GZ_TRY_ASSIGN(auto recipients, vault_recipients(bureau));
    auto station = bureau.station_signer;
    if (first == "renewed") { GZ_TRY_ASSIGN(station, test::sample_signer(folder, "station-renewed", clock)); }
    GZ_TRY_ASSIGN(const auto done, encrypt_package(fs::absolute(second), {std::move(recipients), station.get(), {}, first == "unstamped" || first == "-" ? nullptr : &desk}));
    std::printf("%llu\n", static_cast<unsigned long long>(done.parts));
    return ok();
  }
  if (what == "record") {
    GZ_TRY_ASSIGN(const auto digest, export_package(fs::absolute(first), second));
    GZ_TRY_ASSIGN(const auto written, write_export_record({"示例市市场监督管理局法制科", "光盘", digest}, fs::absolute(first), second, *bureau.officers.at(0), bureau, clock));
    std::printf("%s\n", written.c_str());
    return ok();
  }
  GZ_TRY_ASSIGN(const auto content, read_file(second));
  if (what == "stamp") {
    GZ_TRY_ASSIGN(const auto token, bureau.authorities.at(0)->stamp(sha256(content)));
    return write_atomically(second + ".tsr", token);
  }
  if (what != "sign") return fail(ErrorKind::Invalid, "no such act: " + what);
  // a practice bureau has no others
  auto signer = first == "station" ? bureau.station_signer : bureau.officers.at(first == "officer1" ? 0 : 1);
  if (first.starts_with("station-")) { GZ_TRY_ASSIGN(signer, test::sample_signer(folder, first, clock)); }
  GZ_TRY_ASSIGN(const auto signature, signer->sign_detached(content));
  return write_atomically(second + ".p7s", signature);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) return 1;
  const PastClock clock(std::atoll(argv[2]));
  const auto done = act(argv[1], argv[3], argv[4], argv[5], clock);
  if (!done) std::fprintf(stderr, "%s\n", done.error().what.c_str());
  return done ? 0 : 2;
}
