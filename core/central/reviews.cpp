#include "core/central/reviews.h"

#include <algorithm>
#include <array>

#include "core/base/log.h"
#include "core/central/calendar_time.h"

namespace guzheng {

namespace {

constexpr std::array<std::string_view, 4> kCaptureStates{"review", "confirmed", "refused", "expired"};
constexpr const char* kCaptureColumns =
    "SELECT package, station, fingerprint, received_ms, until_ms, state, review, reviewed_by, reviewed_at, why, case_no, case_by, case_ms, kept_until_ms FROM automatic_capture";

CaptureState state_of(const Review& review) { return review.number == 0 ? CaptureState::Review : review.confirmed ? CaptureState::Confirmed : CaptureState::Refused; }

bool is_case_number(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c != ' '; }) && text.size() <= ReviewInbox::kLongestCase && is_utf8(text) &&
         std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

}  // namespace

std::string_view to_string(CaptureState state) { return kCaptureStates.at(static_cast<std::size_t>(state)); }

Result<std::vector<AutomaticCapture>> ReviewInbox::rows(const std::string& where, const std::vector<SqlValue>& values) {
  GZ_TRY_ASSIGN(const auto found, parts_.database->query(std::string(kCaptureColumns) + " " + where, values));
  std::vector<AutomaticCapture> out;
  for (const auto& row : found) {
    const auto text = [&](std::size_t at) { return std::get<std::string>(row.at(at)); };
    const auto number = [&](std::size_t at) { return std::get<std::int64_t>(row.at(at)); };
    AutomaticCapture one{text(0), text(1), text(2), {number(3)}, {number(4)}, CaptureState::Review, static_cast<int>(number(6)), text(7), text(8), text(9), text(10), text(11), {number(12)}, {number(13)}};
    const auto state = std::find(kCaptureStates.begin(), kCaptureStates.end(), text(5));
    if (state == kCaptureStates.end()) return fail(ErrorKind::Io, "an automatic capture that is stored has the state " + text(5));
    one.state = static_cast<CaptureState>(state - kCaptureStates.begin());
    out.push_back(std::move(one));
  }
  return out;
}

Status ReviewInbox::event(const std::string& package, const std::string& what, const std::string& who, const std::string& why) {
  return add_capture_event(*parts_.database, "package/" + package, {parts_.clock->wall(), what, who, package, why});
}

Status ReviewInbox::received_within(const ReceivedPackage& package, const std::string& station, WallTime until) {
  if (!package.automatic) return ok();
  const auto& v = package.verification;
  const auto state = state_of(v.review);
  GZ_TRY_ASSIGN(const auto known, rows("WHERE package = ?", {v.id}));
  if (known.empty()) {
    GZ_TRY(parts_.database->run("INSERT INTO automatic_capture(package, station, fingerprint, received_ms, until_ms, state, review, reviewed_by, reviewed_at, why, case_no, case_by, case_ms, "
                                "kept_until_ms) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 0, 0)",
                                {v.id, station, v.fingerprint, parts_.clock->wall().ms, until.ms, std::string(to_string(state)), std::int64_t{v.review.number}, v.review.by, v.review.at, v.review.reason, package.case_no}));
    GZ_TRY(event(v.id, "received", station, ""));
  } else if (v.review.number > known.front().review) {
    // kept_until 0: what came with this review is kept as what it is now; what came before is looked after by care()
    GZ_TRY(parts_.database->run("UPDATE automatic_capture SET state = ?, review = ?, reviewed_by = ?, reviewed_at = ?, why = ?, kept_until_ms = 0 WHERE package = ?",
                                {std::string(to_string(state)), std::int64_t{v.review.number}, v.review.by, v.review.at, v.review.reason, v.id}));
  } else {
    return ok();
  }
  return v.review.number == 0 ? ok() : event(v.id, std::string(to_string(state)), v.review.by, v.review.reason);
}

Result<std::vector<AutomaticCapture>> ReviewInbox::list(const std::optional<std::vector<std::string>>& stations, std::optional<CaptureState> state, WallTime below) {
  if (stations && stations->empty()) return std::vector<AutomaticCapture>();
  std::string where = "WHERE 1 = 1";
  std::vector<SqlValue> values;
  if (stations) {
    std::string marks;
    for (const auto& one : *stations) {
      marks += marks.empty() ? "?" : ", ?";
      values.emplace_back(one);
    }
    where += " AND station IN (" + marks + ")";
  }
  if (state) {
    where += " AND state = ?";
    values.emplace_back(std::string(to_string(*state)));
  }
  if (below.ms > 0) {
    where += " AND received_ms < ?";
    values.emplace_back(below.ms);
  }
  return rows(where + " ORDER BY received_ms DESC, package DESC LIMIT " + std::to_string(kPage), values);
}

Result<AutomaticCapture> ReviewInbox::read(const std::string& package) {
  GZ_TRY_ASSIGN(auto found, rows("WHERE package = ?", {package}));
  if (found.empty()) return fail(ErrorKind::NotFound, "no automatic capture with that number was received here");
  return std::move(found.front());
}

Result<AutomaticCapture> ReviewInbox::file_case(const std::string& package, const CentralPerson& person, const std::string& unit, const std::string& case_no) {
  GZ_TRY_ASSIGN(const auto before, read(package));
  if (!may_order_capture(person, unit)) return fail(ErrorKind::Denied, "a case is filed by an officer or leader of the package's unit");
  if (!is_case_number(case_no)) return fail(ErrorKind::Invalid, "the case number is missing, too long or no text of one line");
  bool fresh = false;
  GZ_TRY(parts_.database->together([&]() -> Status {
    fresh = false;
    GZ_TRY_ASSIGN(const auto now, read(package));
    if (now.case_no == case_no) return ok();
    if (!now.case_no.empty()) return fail(ErrorKind::Exists, package + " belongs to the case " + now.case_no);
    fresh = true;
    GZ_TRY(parts_.database->run("UPDATE automatic_capture SET case_no = ?, case_by = ?, case_ms = ?, kept_until_ms = 0 WHERE package = ?", {case_no, person.badge, parts_.clock->wall().ms, package}));
    return event(package, "case", person.badge, case_no);
  }));
  if (fresh && parts_.note) parts_.note("op.central-case", {{"case", case_no}, {"package", package}, {"person", person.badge}});
  GZ_TRY_ASSIGN(const auto now, read(package));
  if (now.state != CaptureState::Confirmed || now.kept_until.ms > 0) return now;
  // what the stores cannot do now, care() does: the case stands
  if (const auto kept = keep_long(now); !kept) log_warn("central", "retention of " + package + " is not lengthened yet: " + kept.error().what);
  return read(package);
}

Status ReviewInbox::keep_long(const AutomaticCapture& capture) {
  const auto until = months_later(parts_.clock->wall(), parts_.keep.case_months, parts_.clock->zone_minutes());
  GZ_TRY_ASSIGN(const auto editions, parts_.database->query("SELECT object FROM received WHERE package = ? ORDER BY log_number", {capture.package}));
  int kept = 0;
  for (const auto& row : editions) {
    const auto object = std::get<std::string>(row.at(0));
    for (ObjectStore* const store : {parts_.first, parts_.second}) {
      const auto there = store->head(object);
      if (!there && there.error().kind == ErrorKind::NotFound) {        // its own retention was over, or scrub has to make it anew
        log_warn("central", object + " is not in " + store->name() + ": its retention cannot be lengthened");
        continue;
      }
      if (!there) return fail(there.error());
      if (!there->retain_until || *there->retain_until < until) GZ_TRY(store->retain(object, until));
      ++kept;
    }
  }
  if (kept == 0) return fail(ErrorKind::NotFound, "no store holds anything of " + capture.package);
  GZ_TRY(parts_.database->together([&]() -> Status {
    GZ_TRY(parts_.database->run("UPDATE automatic_capture SET kept_until_ms = ? WHERE package = ?", {until.ms, capture.package}));
    return event(capture.package, "long-term", "", format_time(until, parts_.clock->zone_minutes()));
  }));
  if (parts_.note) parts_.note("op.central-long-term", {{"case", capture.case_no}, {"copies", kept}, {"package", capture.package}, {"until", format_time(until, parts_.clock->zone_minutes())}});
  return ok();
}

// The line first: it may stand twice, but nothing expires without one.
Status ReviewInbox::expire(const AutomaticCapture& capture) {
  const int zone = parts_.clock->zone_minutes();
  if (parts_.note)
    parts_.note("op.central-expired", {{"fingerprint", capture.fingerprint}, {"package", capture.package}, {"received_at", format_time(capture.received_at, zone)}, {"station", capture.station}, {"until", format_time(capture.until, zone)}});
  return parts_.database->together([&]() -> Status {
    GZ_TRY_ASSIGN(const auto now, read(capture.package));
    if (now.state != CaptureState::Review) return ok();                    // a review came at the last moment
    GZ_TRY(parts_.database->run("UPDATE automatic_capture SET state = 'expired' WHERE package = ?", {capture.package}));
    return event(capture.package, "expired", "", "nobody reviewed it until " + format_time(capture.until, zone));
  });
}

Result<int> ReviewInbox::care() {
  Status trouble = ok();
  GZ_TRY_ASSIGN(const auto cases, rows("WHERE state = 'confirmed' AND case_no <> '' AND kept_until_ms = 0 LIMIT 100", {}));
  for (const auto& one : cases)
    if (auto done = keep_long(one); !done) trouble = fail(done.error().in(one.package));
  GZ_TRY_ASSIGN(const auto over, rows("WHERE state = 'review' AND until_ms <= ? ORDER BY until_ms LIMIT 100", {parts_.clock->wall().ms}));
  int expired = 0;
  for (const auto& one : over) {
    const auto done = expire(one);
    if (done) ++expired;
    else trouble = fail(done.error().in(one.package));
  }
  GZ_TRY(trouble);
  return expired;
}

}  // namespace guzheng
