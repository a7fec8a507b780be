#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/seal/check_trust.h"
#include "core/seal/package_names.h"

namespace guzheng {

namespace {

constexpr std::int64_t kLateMs = 120'000;
constexpr const char* kPending = "待时间戳";

// Every certificate in a token is in the chain that vouches for it: whatever else lay there would be signed by nobody.
void check_inside(const SignedMessage& message, const TrustAnswer& trust, const std::string& path, VerifyReport& report) {
  for (const auto& other : message.others) {
    const auto digest = certificate_sha256(other.get());
    if (std::find(trust.chain_sha256.begin(), trust.chain_sha256.end(), digest) == trust.chain_sha256.end())
      report.broken("stamp.form", path, "a certificate inside has nothing to do with the authority");
  }
}

// A token holds while its authority's certificates do; after that, if a renewal covered it in time.
void check_still_held(const SignedMessage& message, const std::string& path, const std::string& package_path, const RootsGiven& roots,
                      VerifyReport& report) {
  const auto renewed = roots.renewed.find(package_path);
  const WallTime until = renewed == roots.renewed.end() ? roots.now : renewed->second;
  const auto trust = check_trust(message.signer.get(), roots.tsa, message.others, nullptr, until);
  if (trust.problem == TrustProblem::None) return;
  report.missing("renewal");
  report.note("stamp.expired", path, renewed == roots.renewed.end() ? "the authority's certificate has expired and no renewal covers the token"
                                                                    : "the renewal came after the authority's certificate had expired");
}

void check_authority(const SignedMessage& message, WallTime time, const std::string& path, const std::string& package_path,
                     const RootsGiven& roots, VerifyReport& report) {
  if (!may_stamp(message.signer.get()))
    report.broken("stamp.authority", path, "the signer's certificate is not for time stamping alone");
  report.rests_on(basis_of("authority", message.signer.get()));
  if (roots.tsa.empty()) return report.missing("tsa-root");
  const auto trust = check_trust(message.signer.get(), roots.tsa, message.others, nullptr, time);
  if (trust.problem != TrustProblem::None)
    return report.broken("stamp.authority", path, "the authority is not vouched for by the given root: " + trust.text);
  check_inside(message, trust, path, report);
  check_still_held(message, path, package_path, roots, report);
}

}  // namespace

std::optional<WallTime> check_stamp(std::string_view tsr, const std::string& path, const std::string& imprint_sha256,
                                    const RootsGiven& roots, VerifyReport& report) {
  auto token = read_stamp_response(as_bytes(tsr));
  if (!token) {
    report.broken("stamp.form", path, token.error().what);
    return std::nullopt;
  }
  if (to_hex(token->imprint) != imprint_sha256) {
    report.broken("stamp.imprint", path, "the time stamp is over other bytes");
    return std::nullopt;
  }
  if (roots.now.ms != 0 && token->time.ms > roots.now.ms + kTokenSlackMs) report.broken("stamp.time", path, "the token lies in the future");
  check_authority(token->message, token->time, path, path.starts_with("data/") ? roots.id + "/" + path : path, roots, report);
  return token->time;
}

namespace {

class Stamps {
 public:
  Stamps(const Bag& bag, const JournalFacts& journal, const RootsGiven& roots, VerifyReport& report)
      : bag_(bag), journal_(journal), roots_(roots), report_(report) {}

  StampFacts run() {
    if (!journal_.lines.empty()) check_beacon();
    for (const auto* which : {".tsr", ".2.tsr"}) check_heads(which);
    check_anchors();
    if (!journal_.lines.empty()) check_final();
    if (!journal_.lines.empty()) check_second_final();
    check_sealed();
    check_no_strays();
    return facts_;
  }

 private:
  std::optional<WallTime> stamp(const std::string& path, bool beside, const std::string& imprint) {
    const std::string_view text = beside ? bag_.beside_text(path) : bag_.text(path);
    auto time = check_stamp(text, beside ? bag_.id + "." + path : path, imprint, roots_, report_);
    if (time) ++facts_.good;
    return time;
  }

  void check_beacon() {
    const auto& first = journal_.lines.front();
    const std::string random = kTstFolder + "beacon", token = random + ".tsr";
    if (first.kind != "tsa.beacon") {
      if (bag_.has(random) || bag_.has(token)) report_.broken("stamp.beacon", token, "a beacon that line 0 does not name");
      return;
    }
    const std::string_view text = bag_.text(random);
    if (text.size() != 65 || !is_hex_digest(text.substr(0, 64)) || text.back() != '\n')
      report_.broken("stamp.beacon", random, "not 64 hex digits and LF");
    if (first.body != "sha256:" + bag_.sha256(token)) report_.broken("stamp.beacon", token, "not the beacon that line 0 names");
    facts_.beacon = beacon_token(token);
    if (bag_.has(random + ".2.tsr")) second_beacon_ = beacon_token(random + ".2.tsr");
  }

  std::optional<WallTime> beacon_token(const std::string& token) {
    const WallTime line = journal_.lines.front().time;
    const auto time = stamp(token, false, bag_.sha256(kTstFolder + "beacon"));
    if (time && time->ms > line.ms + kTokenSlackMs) report_.broken("stamp.time", token, "the beacon is younger than line 0");
    if (time && line.ms - time->ms > kLateMs) report_.broken("stamp.time", token, "the beacon is more than 120 s older than line 0");
    return time;
  }

  // Tokens over heads in order of their lines, one authority's at a time.
  void check_heads(const std::string& suffix) {
    std::optional<WallTime> before = suffix == ".tsr" ? facts_.beacon : second_beacon_;
    for (std::size_t i = 0; i < journal_.lines.size(); ++i) {
      const std::string name = fmt::format("{:08}.head", i);
      if (!bag_.has(kTstFolder + name)) continue;
      if (suffix == ".tsr" && bag_.text(kTstFolder + name) != journal_.lines[i].digest + "\n")
        report_.broken("stamp.head", kTstFolder + name, "not the head of its line and LF");
      const bool late = !bag_.has(kTstFolder + name + suffix) && bag_.find_beside("after/" + name + suffix);
      const std::string path = late ? "after/" + name + suffix : kTstFolder + name + suffix;
      if (!late && !bag_.has(path)) continue;
      const auto time = stamp(path, late, bag_.sha256(kTstFolder + name));
      if (!time) continue;
      if (time->ms + kTokenSlackMs < journal_.lines[i].time.ms) report_.broken("stamp.time", path, "the token is older than its line");
      check_lateness(path, i, *time);
      if (late) continue;                                  // perhaps after the seal: its order says nothing
      if (before && *time < *before) report_.broken("stamp.time", path, "the token is older than the one before it");
      before = time;
    }
    (suffix == ".tsr" ? last_head_ : second_last_head_) = before;
  }

  // A late token proves its line from its own time on only: the journal must have said so, and the package is not whole.
  void check_lateness(const std::string& path, std::size_t line, WallTime time) {
    if (time.ms - journal_.lines[line].time.ms <= kLateMs) return;
    report_.incomplete(std::string(kLateStampGap));
    std::size_t until = line;                              // the last line written before the token
    while (until + 1 < journal_.lines.size() && journal_.lines[until + 1].time <= time) ++until;
    if (!journal_.says_late(line, until)) report_.broken("stamp.time", path, "the token came more than 120 s after its line and no gap says so");
  }

  void check_anchors() {
    std::set<std::size_t> anchored;
    for (const auto& anchor : journal_.anchors) {
      const std::string head = kTstFolder + fmt::format("{:08}.head", anchor.stamped), token = head + ".tsr";
      anchored.insert(anchor.stamped);
      if (!bag_.has(head)) report_.broken("stamp.anchor", head, "an anchor names it and it is not there");
      if (!anchor.sha256.empty()) {
        if (bag_.sha256(token) != anchor.sha256 && bag_.sha256(head + ".2.tsr") != anchor.sha256)
          report_.broken("stamp.anchor", token, "not the token that its anchor names");
      } else {
        if (bag_.has(token)) report_.broken("stamp.anchor", token, "its anchor calls it pending");
        if (!bag_.find_beside("after/" + fmt::format("{:08}.head.tsr", anchor.stamped))) check_pending(anchor, token);
      }
    }
    for (const auto& [path, file] : bag_.files) {
      if (!path.starts_with(kTstFolder) || !path.ends_with(".head")) continue;
      const auto number = fixed_number(path.substr(kTstFolder.size(), path.size() - kTstFolder.size() - 5), 8);
      if (number >= 0 && !anchored.contains(static_cast<std::size_t>(number)))
        report_.broken("stamp.anchor", path, "a head without an anchor");
    }
  }

  void check_pending(const AnchorLine& anchor, const std::string& token) {
    report_.incomplete(kPending);
    if (!journal_.says_late(anchor.stamped, journal_.lines.size() - 1))
      report_.broken("stamp.pending", token, "it never came and no gap says so");
  }

  void check_final() {
    const std::string head = kTstFolder + "final.head", token = head + ".tsr";
    const auto& last = journal_.lines.back();
    if (!bag_.has(head)) return report_.broken("stamp.final", head, "the head of the last line is missing");
    if (bag_.text(head) != last.digest + "\n") report_.broken("stamp.head", head, "not the head of the last line and LF");
    const bool late = !bag_.has(token) && bag_.find_beside("after/final.head.tsr");
    if (!late && !bag_.has(token)) return report_.incomplete(kPending);
    const auto time = stamp(late ? "after/final.head.tsr" : token, late, bag_.sha256(head));
    if (!time) return;
    if (time->ms + kTokenSlackMs < last.time.ms) report_.broken("stamp.time", token, "the token is older than its line");
    if (late) {                                            // the journal was closed: only the seal can say so
      if (time->ms - last.time.ms > kLateMs) report_.incomplete(std::string(kLateStampGap));
      return;
    }
    facts_.final_head = time;
    if (last_head_ && *time < *last_head_) report_.broken("stamp.time", token, "the token is older than the one before it");
    if (time->ms - last.time.ms > kLateMs) report_.broken("stamp.time", token, "the token came more than 120 s after the last line");
  }

  // The second authority's token over the last line: as the first one's, and it may miss.
  void check_second_final() {
    const std::string head = kTstFolder + "final.head", token = head + ".2.tsr", after = "after/final.head.2.tsr";
    const auto& last = journal_.lines.back();
    const bool late = !bag_.has(token) && bag_.find_beside(after);
    if (!late && !bag_.has(token)) return;
    const std::string& path = late ? after : token;
    const auto time = stamp(path, late, bag_.sha256(head));
    if (!time) return;
    if (time->ms + kTokenSlackMs < last.time.ms) report_.broken("stamp.time", path, "the token is older than its line");
    if (late && time->ms - last.time.ms > kLateMs) report_.incomplete(std::string(kLateStampGap));
    if (late) return;
    if (second_last_head_ && *time < *second_last_head_) report_.broken("stamp.time", path, "the token is older than the one before it");
    if (time->ms - last.time.ms > kLateMs) report_.broken("stamp.time", path, "the token came more than 120 s after the last line");
  }

  void check_sealed() {
    const std::string path = "after/seal.txt.tsr";
    const std::string second = "after/seal.txt.2.tsr";
    if (bag_.find_beside(second)) check_seal_time(second, stamp(second, true, bag_.sha256("seal/seal.txt")));
    if (!bag_.find_beside(path)) return report_.incomplete(kPending);
    facts_.seal = stamp(path, true, bag_.sha256("seal/seal.txt"));
    if (facts_.seal && facts_.final_head && *facts_.seal < *facts_.final_head)
      report_.broken("stamp.time", path, "the seal's stamp is older than that of the journal's end");
    check_seal_time(path, facts_.seal);
  }

  void check_seal_time(const std::string& path, std::optional<WallTime> time) {
    if (!time) return;
    if (!journal_.lines.empty() && time->ms + kTokenSlackMs < journal_.lines.back().time.ms)
      report_.broken("stamp.time", path, "the seal's stamp is older than the journal's end");
  }

  // Every token has its head or beacon.
  void check_no_strays() {
    for (const auto& [path, file] : bag_.files) {
      if (!path.starts_with(kTstFolder) || !path.ends_with(".tsr")) continue;
      std::string of = path.substr(0, path.size() - (path.ends_with(".2.tsr") ? 6 : 4));
      const bool outside = of.ends_with(".head") && fixed_number(of.substr(kTstFolder.size(), 8), 8) >= static_cast<std::int64_t>(journal_.lines.size());
      if (!bag_.has(of) || outside) report_.broken("stamp.head", path, "a token without what it stamps");
    }
    for (const auto& [path, file] : bag_.files)
      if (path.starts_with(kTstFolder) && path.ends_with(".head") && fixed_number(path.substr(kTstFolder.size(), 8), 8) >= static_cast<std::int64_t>(journal_.lines.size()))
        report_.broken("stamp.head", path, "the journal has no such line");
  }

  const Bag& bag_;
  const JournalFacts& journal_;
  const RootsGiven& roots_;
  VerifyReport& report_;
  StampFacts facts_;
  std::optional<WallTime> last_head_, second_beacon_, second_last_head_;
};

}  // namespace

StampFacts check_stamps(const Bag& bag, const JournalFacts& journal, const RootsGiven& roots, VerifyReport& report) {
  return Stamps(bag, journal, roots, report).run();
}

}  // namespace guzheng
