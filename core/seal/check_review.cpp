#include "core/seal/check_review.h"

#include <openssl/objects.h>

#include <map>
#include <set>

#include "core/seal/package_names.h"
#include "core/seal/review.h"

namespace guzheng {

namespace {

constexpr const char* kRecord = "review.json";

class Reviews {
 public:
  Reviews(const Bag& bag, const JournalFacts& journal, const StampFacts& stamps, const RootsGiven& roots, WallTime now,
          VerifyReport& report)
      : bag_(bag), journal_(journal), stamps_(stamps), roots_(roots), now_(now), report_(report) {}

  Review run() {
    const Json order = bag_.attached("order");
    out_.needed = text_at(order, "type") == kAutomaticOrder;
    collect();
    int wanted = 1;
    for (const auto& [number, names] : editions_) {
      if (number != wanted++) report_.broken("beside.review", shown(number), "reviews are not numbered from 001 by one");
      check(number, names);
    }
    if (out_.needed && out_.number == 0) report_.incomplete("待复核");
    if (out_.needed && out_.number > 0 && !out_.confirmed) report_.incomplete("复核不予确认：" + out_.reason);
    return out_;
  }

 private:
  static std::string folder(int number) {
    const std::string digits = std::to_string(number);
    return "review/" + std::string(3 - digits.size(), '0') + digits + "/";
  }
  std::string shown(int number) const { return bag_.id + "." + folder(number) + kRecord; }

  void collect() {
    static const std::set<std::string> names{kRecord, std::string(kRecord) + ".p7s", std::string(kRecord) + ".p7s.tsr"};
    for (const auto& [path, file] : bag_.beside) {
      if (!path.starts_with("review/")) continue;
      const auto number = path.size() > 11 ? fixed_number(path.substr(7, 3), 3) : -1;
      if (number < 1 || path[10] != '/' || !names.contains(path.substr(11)))
        report_.broken("beside.extra", bag_.id + "." + path, "nothing of this name belongs there");
      else editions_[static_cast<int>(number)].insert(path.substr(11));
    }
  }

  void check(int number, const std::set<std::string>& names) {
    const auto broken = [&](const char* rule, const std::string& what) { report_.broken(rule, shown(number), what); };
    const std::string path = folder(number) + kRecord;
    if (!names.contains(kRecord)) return broken("beside.review", "the record itself is not there");
    std::string_view text = bag_.beside_text(path);
    if (!text.ends_with('\n')) return broken("beside.form", "not canonical JSON followed by one LF");
    text.remove_suffix(1);
    const auto record = parse_canonical_json(text);
    if (!record || !has_form(*record)) return broken("beside.form", "not the record of a review in canonical JSON followed by one LF");
    if (text_at(*record, "package") != bag_.id || text_at(*record, "fingerprint") != bag_.sha256("seal/seal.txt"))
      broken("beside.fingerprint", "it is the review of another package, or of other contents of this one");
    const auto at = parse_time(text_at(*record, "at"));
    const WallTime closed = journal_.lines.empty() ? WallTime{} : journal_.lines.back().time;
    if (!at || at->ms + kTokenSlackMs < closed.ms || at->ms > now_.ms + kTokenSlackMs || at->ms < last_ms_)
      broken("stamp.time", "reviewed before the package was closed, before an older review, or in the future");
    else last_ms_ = at->ms;
    const auto* before = number > 1 ? bag_.find_beside(folder(number - 1) + kRecord) : nullptr;
    if (text_at(*record, "previous") != (before ? before->digests.sha256 : ""))
      broken("beside.review", "it does not name the review before it, or names one that is not there");
    check_signature_of(number, names, *record);
    out_.number = number;
    out_.confirmed = text_at(*record, "result") == kReviewConfirmed;
    out_.at = text_at(*record, "at");
    out_.reason = text_at(*record, "reason");
    const Json by = record->value("by", Json::object());
    out_.by = text_at(by, "name") + "（" + text_at(by, "badge") + "）";
  }

  static bool has_form(const Json& record) {
    if (!record.is_object() || record.size() != 6U + record.contains("previous") || !record.contains("by") || !record["by"].is_object() || record["by"].size() != 4) return false;
    for (const char* key : {"at", "fingerprint", "package", "reason", "result"})
      if (text_at(record, key).empty()) return false;
    for (const char* key : {"badge", "certificate_sha256", "name"})
      if (text_at(record["by"], key).empty()) return false;
    const std::string result = text_at(record, "result");
    return record["by"].contains("unit") && (result == kReviewConfirmed || result == kReviewRefused);
  }

  void check_signature_of(int number, const std::set<std::string>& names, const Json& record) {
    const std::string path = folder(number) + kRecord, signature = path + ".p7s", where = shown(number) + ".p7s";
    if (!names.contains(std::string(kRecord) + ".p7s")) return report_.broken("beside.signature", shown(number), "a review without its signature");
    std::optional<WallTime> stamped;
    if (!names.contains(std::string(kRecord) + ".p7s.tsr")) report_.incomplete("复核记录待时间戳");
    else stamped = check_stamp(bag_.beside_text(signature + ".tsr"), where + ".tsr", bag_.find_beside(signature)->digests.sha256, roots_, report_);
    if (stamped && stamps_.seal && *stamped < *stamps_.seal)
      report_.broken("stamp.time", where + ".tsr", "the review's stamp is older than the seal's");
    const Json& by = record["by"];
    (void)check_detached(bag_, bag_.beside_text(signature), where, bag_.find_beside(path)->digests.sha256,
                         text_at(by, "certificate_sha256"), roots_, SignedWhen{stamped.value_or(now_), true, stamped.has_value()}, report_);
    const auto message = read_signed_message(as_bytes(bag_.beside_text(signature)));
    if (message && (subject_text(message->signer.get(), NID_commonName) != text_at(by, "name") ||
                    subject_text(message->signer.get(), NID_serialNumber) != text_at(by, "badge")))
      report_.broken("signer.people", where, "its certificate has another name or badge than the record");
  }

  const Bag& bag_;
  const JournalFacts& journal_;
  const StampFacts& stamps_;
  const RootsGiven& roots_;
  const WallTime now_;
  VerifyReport& report_;
  std::map<int, std::set<std::string>> editions_;
  std::int64_t last_ms_ = 0;
  Review out_;
};

}  // namespace

Review check_review(const Bag& bag, const JournalFacts& journal, const StampFacts& stamps, const RootsGiven& roots, WallTime now,
                    VerifyReport& report) {
  return Reviews(bag, journal, stamps, roots, now, report).run();
}

}  // namespace guzheng
