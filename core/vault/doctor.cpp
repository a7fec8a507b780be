#include "core/vault/doctor.h"

#include <algorithm>

#include "core/base/digest.h"
#include "core/custody/oplog.h"
#include "core/vault/log_stamps.h"
#include "core/vault/retention.h"
#include "core/vault/second_copy.h"

namespace guzheng {

namespace {

constexpr std::int64_t kDay = 24 * 3600 * 1000LL;
constexpr std::int64_t kExpiresSoon = 60 * kDay;

class Doctor {
 public:
  Doctor(Vault& vault, const Bureau& bureau, const Clock& clock, const DoctorRequest& request) : vault_(vault), bureau_(bureau), clock_(clock), request_(request) {}

  std::vector<Diagnosis> run() {
    permissions();
    disk();
    catalogue();
    unfinished();
    plain();
    copy();
    certificates();
    authorities();
    log();
    log_stamp();
    retention();
    return std::move(out_);
  }

 private:
  void say(std::string id, Health health, std::string subject = {}, std::string detail = {}) {
    out_.push_back({std::move(id), health, std::move(subject), std::move(detail)});
  }

  void permissions() {
    const auto faults = vault_.check_permissions();
    for (const auto& fault : faults) say("vault.permissions", fault.repaired ? Health::Attention : Health::Bad, fault.path.string(), fault.what + (fault.repaired ? "; put right" : ""));
    if (faults.empty()) say("vault.permissions", Health::Good, vault_.folder().string());
  }

  void disk() {
    const auto free = free_bytes(vault_.folder());
    if (!free) return say("disk.space", Health::Bad, vault_.folder().string(), free.error().what);
    const auto& limits = vault_.limits();
    const std::string detail = std::to_string(*free >> 20) + " MiB free; a session needs " + std::to_string(limits.start_bytes >> 20) + " MiB";
    say("disk.space", *free < limits.start_bytes ? Health::Bad : *free < limits.warn_bytes ? Health::Attention : Health::Good, vault_.folder().string(), detail);
  }

  void catalogue() {
    const auto gone = vault_.reconcile();
    if (!gone) return say("vault.catalogue", Health::Bad, {}, gone.error().what);
    for (const auto& id : *gone) say("vault.gone", Health::Bad, id, "in the catalogue, but its folder is not there");
    if (vault_.catalogue().made_anew()) say("vault.catalogue", Health::Attention, {}, "it was damaged and has been made anew from the folders");
    else say("vault.catalogue", Health::Good);
    const auto rows = vault_.catalogue().rows();
    if (!rows) return;
    for (const auto& row : *rows) {
      if (row.scrub_result == "damaged") say("scrub.age", Health::Bad, row.id, "the last scrub found it damaged");
      else if (row.last_scrub.ms == 0) never_.push_back(row.id);
      else if (clock_.wall().ms - row.last_scrub.ms > request_.scrub_days * kDay) old_.push_back(row.id);
    }
    if (!never_.empty()) say("scrub.age", Health::Attention, never_.front(), std::to_string(never_.size()) + " packages were never scrubbed");
    if (!old_.empty()) say("scrub.age", Health::Attention, old_.front(), std::to_string(old_.size()) + " packages were scrubbed too long ago");
    if (never_.empty() && old_.empty()) say("scrub.age", Health::Good);
  }

  void unfinished() {
    std::vector<Error> troubles;
    const auto bags = vault_.unfinished(&troubles);
    if (!bags) return say("vault.unfinished", Health::Bad, {}, bags.error().what);
    for (const auto& bag : *bags) say("vault.unfinished", Health::Attention, bag.id, "killed before it was sealed");
    for (const auto& trouble : troubles) say("vault.unfinished", Health::Bad, {}, trouble.what);
    if (bags->empty() && troubles.empty()) say("vault.unfinished", Health::Good);
  }

  void plain() {
    const auto ids = vault_.unencrypted();
    if (!ids) return say("vault.plain", Health::Bad, {}, ids.error().what);
    for (const auto& id : *ids) say("vault.plain", Health::Attention, id, "lies in plain bytes");
    if (ids->empty()) say("vault.plain", Health::Good);
  }

  void copy() {
    const auto place = second_copy_of(vault_.folder());
    if (!place) return say("copy.none", Health::Bad, {}, place.error().what);
    if (place->empty()) return say("copy.none", Health::Attention);
    const auto there = check_second_copy(vault_.folder(), *place);
    if (!there) return say("copy.away", there.error().kind == ErrorKind::NotFound ? Health::Attention : Health::Bad, place->string(), there.error().what);
    const auto behind = not_in_step(vault_.folder(), *place);
    if (!behind) return say("copy.step", Health::Bad, place->string(), behind.error().what);
    for (const auto& id : *behind) say("copy.step", Health::Attention, id, "its second copy is not in step");
    if (behind->empty()) say("copy.step", Health::Good, place->string());
  }

  void certificate(const std::string& pem, const char* whose) {
    if (pem.empty()) return;
    const auto info = describe_certificate(as_bytes(pem));
    if (!info) return say("certificate", Health::Bad, whose, info.error().what);
    const std::int64_t left = info->not_after.ms - clock_.wall().ms;
    const Health health = left <= 0 || info->not_before > clock_.wall() ? Health::Bad : left < kExpiresSoon ? Health::Attention : Health::Good;
    say("certificate", health, info->subject_cn + " (" + whose + ")", "valid until " + format_time(info->not_after, clock_.zone_minutes()).substr(0, 10));
  }

  void certificates() {
    certificate(bureau_.org_root_pem, "root");
    certificate(bureau_.tsa_root_pem, "time-stamp root");
    if (bureau_.archive_pem.empty()) say("certificate", Health::Bad, "archive", "the bureau has none: nothing can be encrypted");
    certificate(bureau_.archive_pem, "archive");
    certificate(bureau_.ingest_pem, "ingest");
    if (bureau_.station_signer) certificate(bureau_.station_signer->certificate_pem(), "station");
    for (const auto& officer : bureau_.officers) certificate(officer->certificate_pem(), "officer");
    for (const auto& pem : bureau_.officer_encryption_pems) certificate(pem, "officer's encryption");
  }

  void authorities() {
    if (!request_.ask_authorities) return;
    if (bureau_.authorities.empty()) say("authority", Health::Bad, {}, "no time-stamp authority is set up");
    const Bytes imprint = sha256(as_bytes("guzheng-evidence doctor"));
    for (const auto& authority : bureau_.authorities) {
      const auto answer = authority->stamp(imprint);
      say("authority", answer ? Health::Good : Health::Bad, authority->name(), answer ? std::string() : answer.error().what);
    }
  }

  void log() {
    if (request_.log.empty()) return;
    const auto reading = read_operation_log(request_.log);
    if (!reading) return say("log.chain", Health::Bad, request_.log.string(), reading.error().what);
    if (reading->broken_at) say("log.chain", Health::Bad, request_.log.string(), "line " + std::to_string(*reading->broken_at) + ": " + reading->why);
    else say("log.chain", Health::Good, request_.log.string(), std::to_string(reading->lines.size()) + " lines");
  }

  // Until when each package must be kept. Time that has passed is no fault: it is told, and nothing here deletes anything.
  void retention() {
    const auto list = vault_.list();
    if (!list) return say("retention", Health::Bad, {}, list.error().what);
    for (const auto& entry : *list) {
      const Retention kept = retention_of(entry, vault_.retention(), clock_);
      const char* as = kept.as == KeptAs::Automatic ? "automatic capture" : kept.as == KeptAs::CaseEvidence ? "case evidence" : "encrypted, kept as case evidence";
      say("retention", Health::Good, entry.id, std::string(as) + ", to be kept until " + kept.until +
          (kept.passed() ? "; passed " + std::to_string(-kept.days_left) + " days ago, nothing was deleted" : ""));
    }
    if (list->empty()) say("retention", Health::Good);
  }

  static std::string hours(std::int64_t ms) { return std::to_string(ms / 3'600'000) + " h"; }

  // The daily time stamps of the log's head: what they prove, what waits, which days have none.
  void log_stamp() {
    std::error_code ec;
    if (request_.log.empty() || (!std::filesystem::exists(request_.log, ec) && !std::filesystem::exists(log_stamps_folder(request_.log), ec))) return;
    const auto found = check_log_stamps(request_.log, bureau_.tsa_root_pem, clock_);
    if (!found) return say("log.stamp", Health::Bad, request_.log.string(), found.error().what);
    for (const auto& what : found->broken) say("log.stamp", Health::Bad, request_.log.string(), what);
    for (const auto& one : found->stamps)
      if (one.pending) say("log.stamp", Health::Attention, one.day, "no time stamp yet, waiting for " + hours(one.lag_ms(clock_.wall())) + "; queued");
    for (const auto& day : found->bare_days) say("log.stamp", Health::Attention, day, "lines of this day lie behind the last time stamp: were they cut off, nobody could tell. The next day's stamp takes them in");
    std::string last = "none yet", late, behind;
    if (found->unstamped > 0) behind = "; " + std::to_string(found->unstamped) + " lines behind it, since " + format_time(*found->unstamped_since, clock_.zone_minutes());
    std::size_t good = 0;
    for (const auto& one : found->stamps) {
      if (one.pending) continue;
      ++good;
      last = "the last at " + format_time(one.info.time, clock_.zone_minutes()) + " by " + one.info.authority;
    }
    for (const auto& [day, lag] : found->late_days) late += (late.empty() ? "; days without their own, stamped later: " : ", ") + day + " (" + hours(lag) + ")";
    if (found->broken.empty()) say("log.stamp", Health::Good, request_.log.string(), std::to_string(good) + " stamps, " + last + behind + late);
  }

  Vault& vault_;
  const Bureau& bureau_;
  const Clock& clock_;
  const DoctorRequest& request_;
  std::vector<std::string> never_, old_;
  std::vector<Diagnosis> out_;
};

}  // namespace

std::vector<Diagnosis> examine(Vault& vault, const Bureau& bureau, const Clock& clock, const DoctorRequest& request) {
  return Doctor(vault, bureau, clock, request).run();
}

Health worst(const std::vector<Diagnosis>& all) {
  Health out = Health::Good;
  for (const auto& one : all) out = std::max(out, one.health);
  return out;
}

}  // namespace guzheng
