#include "core/central/ingest.h"

#include <algorithm>
#include <optional>
#include <thread>

#include "core/base/digest.h"
#include "core/base/log.h"
#include "core/central/calendar_time.h"

namespace guzheng {

namespace {

// An object as the verifier reads it. What fails otherwise than by missing bytes is remembered: it is no damage of evidence.
class StoredZip final : public RandomAccess {
 public:
  StoredZip(std::unique_ptr<ObjectReader> reader, std::shared_ptr<std::optional<Error>> trouble) : reader_(std::move(reader)), trouble_(std::move(trouble)) {}
  [[nodiscard]] std::uint64_t size() const override { return reader_->size(); }
  bool read_at(std::uint64_t offset, std::span<std::uint8_t> into) const override {
    const auto done = reader_->read_at(offset, into);
    if (!done && done.error().kind != ErrorKind::Invalid && !*trouble_) *trouble_ = done.error();
    return done.has_value();
  }

 private:
  const std::unique_ptr<ObjectReader> reader_;
  const std::shared_ptr<std::optional<Error>> trouble_;
};

// Stores, database and key have troubles of their own, of the same kinds as a refusal: they never decide about a package.
template <typename T>
Result<T> as_trouble(Result<T> result) {
  if (!result && Ingest::is_refusal(result.error().kind)) result.error().kind = ErrorKind::Io;
  return result;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& part : parts) out += (out.empty() ? "" : "; ") + part;
  return out;
}

std::string first_finding(const Verification& v) {
  if (v.damage.empty()) return "damaged";
  const auto& one = v.damage.front();
  return one.rule + " " + one.path + ": " + one.what + (v.damage.size() > 1 ? " (and " + std::to_string(v.damage.size() - 1) + " more)" : "");
}

}  // namespace

// One thread at a time, of all servers, decides about a package id.
class Ingest::Turn {
 public:
  Turn(Ingest& ingest, std::string id) : ingest_(ingest), id_(std::move(id)) {
    std::unique_lock lock(ingest_.mutex_);
    ingest_.changed_.wait(lock, [&] { return !ingest_.busy_.contains(id_); });
    ingest_.busy_.insert(id_);
  }
  ~Turn() {
    if (leased_) ingest_.parts_.leases->give(lease());
    const std::lock_guard lock(ingest_.mutex_);
    ingest_.busy_.erase(id_);
    ingest_.changed_.notify_all();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  // Before other servers too. Cancelled: the program ends.
  Status among_servers() {
    while (ingest_.parts_.leases != nullptr && !leased_) {
      GZ_TRY_ASSIGN(leased_, ingest_.parts_.leases->take(lease()));
      if (leased_) break;
      if (ingest_.parts_.stopping && ingest_.parts_.stopping()) return fail(ErrorKind::Cancelled, "the program ends");
      std::this_thread::sleep_for(kAskAgain);
    }
    return ok();
  }

 private:
  [[nodiscard]] std::string lease() const { return "package/" + id_; }
  static constexpr std::chrono::milliseconds kAskAgain{200};
  Ingest& ingest_;
  const std::string id_;
  bool leased_ = false;
};

bool Ingest::is_refusal(ErrorKind kind) {
  return kind == ErrorKind::Tampered || kind == ErrorKind::Exists || kind == ErrorKind::Denied || kind == ErrorKind::Invalid;
}

Result<PackageReceipt> Ingest::take(const std::string& incoming, const std::string& station) {
  GZ_TRY_ASSIGN(const auto object, as_trouble(parts_.first->head(incoming)));
  std::string package;
  auto decided = decide(incoming, station, object, package);
  if (!decided && !is_refusal(decided.error().kind)) return decided;
  if (!decided) note_refusal(station, package, object.sha256, decided.error());
  if (const auto gone = parts_.first->remove(incoming); !gone) log_warn("central", "an upload that is decided stays: " + gone.error().what);
  return decided;
}

Result<PackageReceipt> Ingest::decide(const std::string& incoming, const std::string& station, const StoredObject& object, std::string& package) {
  if (auto known = receipt(object.sha256, station); known || known.error().kind != ErrorKind::NotFound) return known;
  GZ_TRY_ASSIGN(const auto found, verify(incoming));
  package = found.verification.id;
  GZ_TRY(admit(found, station));
  Turn turn(*this, package);
  GZ_TRY(as_trouble(turn.among_servers()));
  if (auto known = receipt(object.sha256, station); known || known.error().kind != ErrorKind::NotFound) return known;      // the same, at the same time
  GZ_TRY(fits_earlier(found));
  return as_trouble(keep(incoming, station, object, found));
}

Result<PackageReceipt> Ingest::receipt(const std::string& zip_sha256, const std::string& station) {
  GZ_TRY_ASSIGN(const auto rows, as_trouble(parts_.database->query("SELECT receipt FROM received WHERE zip_sha256 = ? AND station = ?", {zip_sha256, station})));
  if (rows.empty()) return fail(ErrorKind::NotFound, "no package with the digest " + zip_sha256 + " was received from " + station);
  auto read = parse_receipt(std::get<std::string>(rows[0].at(0)));
  if (!read) return fail(ErrorKind::Io, "the receipt that is stored cannot be read: " + read.error().what);
  return read;
}

Result<ReceivedPackage> Ingest::verify(const std::string& incoming) const {
  GZ_TRY_ASSIGN(auto reader, as_trouble(parts_.first->open(incoming)));
  const auto trouble = std::make_shared<std::optional<Error>>();
  VerifyOptions options;
  options.roots = parts_.roots;
  if (parts_.crl_pem) options.roots.crl_pem = parts_.crl_pem();
  options.clock = parts_.clock;
  options.opener = parts_.opener;
  options.progress = [&](std::uint64_t, std::uint64_t) { return !(parts_.stopping && parts_.stopping()); };
  auto found = verify_received(std::make_unique<StoredZip>(std::move(reader), trouble), options);
  // what the store could not give was taken for missing bytes: it is the store's trouble, whatever the verdict
  if (*trouble) return fail(ErrorKind::Io, "the first store could not be read: " + (*trouble)->what);
  return found;
}

Status Ingest::admit(const ReceivedPackage& package, const std::string& station) const {
  const auto& v = package.verification;
  if (v.verdict == Verdict::Damaged) return fail(ErrorKind::Tampered, first_finding(v));
  if (v.verdict == Verdict::CannotTell) return fail(ErrorKind::Denied, "whether it is whole cannot be told here: " + joined(v.missing));
  if (!v.id.starts_with(station + "-")) return fail(ErrorKind::Denied, v.id + " is no package of " + station);
  if (v.practice != parts_.practice)
    return fail(ErrorKind::Denied, v.practice ? v.id + " is a practice package, and this system keeps evidence" : v.id + " is evidence, and this is a practice system");
  return ok();
}

Status Ingest::fits_earlier(const ReceivedPackage& package) {
  const auto& v = package.verification;
  GZ_TRY_ASSIGN(const auto rows, as_trouble(parts_.database->query("SELECT fingerprint, receipt FROM received WHERE package = ?", {v.id})));
  for (const auto& row : rows) {
    if (const auto& before = std::get<std::string>(row.at(0)); before != v.fingerprint)
      return fail(ErrorKind::Exists, v.id + " was received with the fingerprint " + before + ", and this is other evidence (" + v.fingerprint + ")");
    const auto earlier = parse_receipt(std::get<std::string>(row.at(1)));
    const auto text = earlier ? parse_receipt_text(earlier->text) : Result<ReceiptText>(fail(earlier.error()));
    if (!text) return fail(ErrorKind::Io, "the receipt that is stored cannot be read: " + text.error().what);
    const auto gone = [&](const std::map<std::string, std::string>& named, const std::map<std::string, std::string>& there) -> std::optional<std::string> {
      for (const auto& [path, digest] : named)
        if (const auto it = there.find(path); it == there.end() || it->second != digest) return path;
      return std::nullopt;
    };
    auto lost = gone(text->tokens, package.tokens);
    if (!lost) lost = gone(text->files, package.files);
    if (lost) return fail(ErrorKind::Tampered, *lost + " was there when the package was received before, and is gone or another now");
  }
  return ok();
}

Result<PackageReceipt> Ingest::keep(const std::string& incoming, const std::string& station, const StoredObject& object, const ReceivedPackage& package) {
  const auto& v = package.verification;
  const WallTime now = parts_.clock->wall();
  const bool shortly = package.automatic && !v.review.confirmed;
  const WallTime until = shortly ? days_later(now, parts_.keep.automatic_days) : months_later(now, parts_.keep.case_months, parts_.clock->zone_minutes());
  const std::string name = (shortly ? "automatic/" : "case/") + v.id + "/" + object.sha256 + ".zip";
  GZ_TRY_ASSIGN(const auto here, parts_.first->copy(incoming, name, until));
  GZ_TRY_ASSIGN(const auto there, copy_between(*parts_.first, *parts_.second, name, until));
  if (here.sha256 != object.sha256 || there.sha256 != object.sha256) return fail(ErrorKind::Io, "a store gave another digest for " + name);

  const ReceiptText said{v.id, v.fingerprint, parts_.system_name, object.sha256, now, package.tokens, package.files};
  PackageReceipt out;
  GZ_TRY_ASSIGN(out.text, write_receipt_text(said, parts_.clock->zone_minutes()));
  GZ_TRY_ASSIGN(out.text_signature, parts_.signer->sign_detached(as_bytes(out.text)));
  LogEntry entry{v.id, v.fingerprint, object.sha256, object.size, station, std::string(to_string(v.verdict)), sha256_hex(as_bytes(out.text)), now, {}};
  entry.stores = {{parts_.first->name(), here.retain_until.value_or(until)}, {parts_.second->name(), there.retain_until.value_or(until)}};
  GZ_TRY_ASSIGN(out.entry, write_log_entry(entry));
  GZ_TRY(parts_.database->together([&]() -> Status {
    GZ_TRY_ASSIGN(auto place, parts_.log->append_within(out.entry));
    out.index = place.index;
    out.checkpoint = std::move(place.checkpoint);
    out.proof = std::move(place.proof);
    GZ_TRY_ASSIGN(const auto json, write_receipt(out));
    if (parts_.received) GZ_TRY(parts_.received(package, station, until));
    return parts_.database->run("INSERT INTO received(zip_sha256, package, fingerprint, station, object, log_number, receipt) VALUES(?, ?, ?, ?, ?, ?, ?)",
                                {object.sha256, v.id, v.fingerprint, station, name, static_cast<std::int64_t>(out.index), json});
  }));
  return out;
}

void Ingest::note_refusal(const std::string& station, const std::string& package, const std::string& zip_sha256, const Error& why) {
  log_warn("central", "refused: " + station + " " + package + " " + zip_sha256 + ": " + why.what);
  const auto noted = parts_.database->run("INSERT INTO refused(at, station, package, zip_sha256, kind, why) VALUES(?, ?, ?, ?, ?, ?)",
                                          {format_time(parts_.clock->wall(), parts_.clock->zone_minutes()), station, package, zip_sha256, std::string(to_string(why.kind)), why.what});
  if (!noted) log_error("central", "the refusal could not be written down: " + noted.error().what);
}

}  // namespace guzheng
