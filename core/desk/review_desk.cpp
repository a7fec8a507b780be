#include "core/desk/review_desk.h"

#include <algorithm>

#include "core/custody/openings.h"
#include "core/desk/trust.h"
#include "core/desk/workers.h"
#include "core/seal/renew.h"
#include "core/seal/review.h"
#include "core/seal/seal.h"

namespace guzheng {

// What the work needs, kept alive by it: who is at the desk may change meanwhile.
struct ReviewDesk::Job {
  std::string id;
  std::filesystem::path folder;
  Bureau bureau;
  const Clock* clock = nullptr;
  std::shared_ptr<std::atomic<bool>> stop;
};

namespace {

std::string officer_words(const Json& person) { return text_at(person, "name") + "（" + text_at(person, "badge") + "）"; }

// data/attach/people.json of what was sealed: the officer named second.
Result<Json> named_second(const PackageReader& files) {
  GZ_TRY_ASSIGN(const auto text, files.text("data/attach/people.json", 1u << 20));
  GZ_TRY_ASSIGN(const auto json, parse_json(text.ends_with('\n') ? std::string_view(text).substr(0, text.size() - 1) : text));
  const auto officers = json.is_object() ? json.value("officers", Json::array()) : Json::array();
  return officers.size() == 2 ? officers[1] : Json::object();
}

std::shared_ptr<Signer> holder_of(const std::string& certificate_sha256, const std::vector<std::shared_ptr<Signer>>& officers) {
  const auto it = std::find_if(officers.begin(), officers.end(), [&](const auto& officer) { return officer->info().sha256 == certificate_sha256; });
  return it == officers.end() ? nullptr : *it;
}

Error nobody() { return {ErrorKind::Denied, "nobody is logged in at this desk: there is no key to sign with"}; }

Result<StampTable> late_stamps(const std::filesystem::path& bag, const Bureau& bureau, const Clock& clock) {
  GZ_TRY_ASSIGN(const auto files, open_package(bag, bureau.opener.get()));
  const PayloadReader read = [&](const std::string& path) { return files->whole(path); };
  StampDesk desk(bureau, clock);
  GZ_TRY_ASSIGN(auto fetched, fetch_late_stamps(bag, read, desk));
  StampTable out{{}, std::move(fetched.pending), true, fetched.problem.what};
  GZ_TRY_ASSIGN(auto rows, stamps_of(bag, read));        // the whole table, with what had come before
  for (auto& row : rows)
    if (!row.pending) out.came.push_back(std::move(row));
  return out;
}

Result<LaterSignature> second_signs(const std::filesystem::path& bag, const Bureau& bureau, const Clock& clock) {
  GZ_TRY_ASSIGN(const auto files, open_package(bag, bureau.opener.get()));
  GZ_TRY_ASSIGN(const auto people, files->text("data/attach/people.json", 1u << 20));
  GZ_TRY_ASSIGN(const auto second, named_second(*files));
  const auto officer = holder_of(text_at(second, "certificate_sha256"), bureau.officers);
  if (!officer) return fail(ErrorKind::Denied, officer_words(second) + " is not at this desk, and nobody else can sign as the second officer");
  return sign_later(bag, people, *officer, bureau, clock);
}

}  // namespace

Result<PackageStanding> standing_of(const PackageEntry& entry, const Opener* opener, const std::vector<std::shared_ptr<Signer>>& officers) {
  PackageStanding out;
  out.id = entry.id;
  out.automatic = text_at(entry.order, "type") == kAutomaticOrder;
  GZ_TRY_ASSIGN(const auto files, open_package(entry.folder, opener));
  GZ_TRY_ASSIGN(const auto newest, newest_review(*files));
  out.reviews = newest.editions;
  out.confirmed = newest.confirmed;
  if (newest.editions > 0) out.by = officer_words(newest.by);
  out.at = newest.at;
  out.reason = newest.reason;
  std::error_code ec;
  const auto late = folder_beside(entry.folder, "after") / "sig-officer2.p7s";
  const bool signed_at_once = files->has("seal/sig-officer2.p7s");
  if (signed_at_once || (std::filesystem::exists(late, ec) && std::filesystem::exists(late.string() + ".tsr", ec))) return out;
  GZ_TRY_ASSIGN(const auto second, named_second(*files));
  out.signs_later = officer_words(second);
  out.may_sign = holder_of(text_at(second, "certificate_sha256"), officers) != nullptr;
  return out;
}

void ReviewDesk::fail_with(const std::string& act, const std::string& id, const Error& error) {
  busy_ = false;
  emit failed(act, id, error);
}

std::shared_ptr<ReviewDesk::Job> ReviewDesk::begin(const std::string& act, const std::string& id) {
  const auto* entry = vault_.entry(id);
  if (busy_) return nullptr;               // its answer is to come
  if (!entry || !station_.is_open()) {
    emit failed(act, id, entry ? Error{ErrorKind::Invalid, "the workstation is not open"} : Error{ErrorKind::NotFound, id + " is not in the vault's list"});
    return nullptr;
  }
  busy_ = true;
  stop_ = std::make_shared<std::atomic<bool>>(false);
  return std::make_shared<Job>(Job{id, entry->folder, station_.bureau(), &station_.clock(), stop_});
}

// Tells at most a hundred times.
VerifyOptions ReviewDesk::options(const std::shared_ptr<Job>& job) {
  auto last = std::make_shared<std::uint64_t>(~0ull);
  const auto tell = [this, id = job->id, stop = job->stop, last](std::uint64_t done, std::uint64_t total) {
    const auto percent = total ? done * 100 / total : 0;
    if (percent != std::exchange(*last, percent))
      post(this, [this, id, done, total] { emit progress(id, static_cast<qint64>(done), static_cast<qint64>(total)); });
    return !stop->load();
  };
  return {{}, job->clock, tell, job->bureau.opener.get()};
}

void ReviewDesk::cancel() {
  if (stop_) stop_->store(true);
}

void ReviewDesk::look(const std::string& id) {
  const auto* entry = vault_.entry(id);
  if (!entry || !station_.is_open() || entry->locked) return;
  run_then(station_.quick(), this,
           [entry = *entry, bureau = station_.bureau()] { return standing_of(entry, bureau.opener.get(), bureau.officers); },
           [this, id](Result<PackageStanding> standing) {
             if (standing) emit stands(*standing);
             else emit failed("look", id, standing.error());
           });
}

void ReviewDesk::review(const std::string& id, bool confirmed, const std::string& reason) {
  const auto job = begin("review", id);
  if (!job) return;
  if (job->bureau.officers.empty()) return fail_with("review", id, nobody());
  const auto officer = job->bureau.practice && job->bureau.officers.size() > 1 ? job->bureau.officers[1] : job->bureau.officers.front();
  station_.record_opening(id, kToReview);
  run_then(station_.bulk(), this,
           [job, officer, record = ReviewRecord{confirmed, reason}, wanted = options(job), trust = trust_of(station_)] {
             VerifyOptions with = wanted;
             with.roots = trust_now(trust);
             return review_package(record, job->folder, *officer, job->bureau, with);
           },
           [this, id, confirmed, reason, by = officer->info().subject_cn](Result<WrittenReview> done) {
             if (!done) return fail_with("review", id, done.error());
             busy_ = false;
             station_.record("op.review", Json{{"by", by}, {"package", id}, {"reason", reason}, {"result", confirmed ? "confirmed" : "refused"}});
             station_.follow(id);
             emit reviewed(id, confirmed, done->stamped);
             station_.encrypt_pending();
           });
}

void ReviewDesk::fetch_stamps(const std::string& id) {
  const auto job = begin("stamp", id);
  if (!job) return;
  station_.record_opening(id, kToStamp);
  run_then(station_.bulk(), this, [job] { return late_stamps(job->folder, job->bureau, *job->clock); },
           [this, id](Result<StampTable> done) {
             if (!done) return fail_with("stamp", id, done.error());
             busy_ = false;
             station_.record("op.stamp", Json{{"came", done->came.size()}, {"package", id}, {"pending", done->pending.size()}});
             station_.follow(id);
             emit stamps(id, *done);
           });
}

void ReviewDesk::sign_later(const std::string& id) {
  const auto job = begin("sign", id);
  if (!job) return;
  if (job->bureau.officers.empty()) return fail_with("sign", id, nobody());
  station_.record_opening(id, kToSign);
  run_then(station_.bulk(), this, [job] { return second_signs(job->folder, job->bureau, *job->clock); },
           [this, id](Result<LaterSignature> done) {
             if (!done) return fail_with("sign", id, done.error());
             busy_ = false;
             station_.record("op.sign", Json{{"fresh", done->fresh}, {"package", id}, {"stamped", done->stamped}});
             station_.follow(id);
             emit signed_later(id, done->stamped);
           });
}

void ReviewDesk::renew(const std::string& id) {
  const auto job = begin("renew", id);
  if (!job) return;
  station_.record_opening(id, kToRenew);
  run_then(station_.bulk(), this, [job, wanted = options(job), trust = trust_of(station_)] {
             VerifyOptions with = wanted;
             with.roots = trust_now(trust);
             return renew_package(job->folder, job->bureau, with);
           },
           [this, id](Result<RenewOutcome> done) {
             if (!done) return fail_with("renew", id, done.error());
             busy_ = false;
             station_.record("op.renew", Json{{"files", done->files}, {"package", id}, {"stamps", done->stamps}});
             station_.follow(id);
             emit renewed(id, static_cast<int>(done->files), static_cast<int>(done->stamps));
           });
}

}  // namespace guzheng
