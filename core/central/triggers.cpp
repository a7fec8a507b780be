#include "core/central/triggers.h"

#include <algorithm>
#include <array>

#include "core/base/log.h"
#include "core/base/random.h"
#include "core/central/stations.h"

namespace guzheng {

namespace {

constexpr std::array<std::string_view, 6> kTriggerStates{"queued", "taken", "captured", "failed", "lapsed", "withdrawn"};
constexpr const char* kOrderColumns =
    "SELECT number, body, signature, script, signed_by, asked_by, asked_ms, deadline_ms, state, attempts, after_ms, holder, lease, lease_ms, package, why FROM capture_order";

std::string subject_of(std::int64_t number) { return "order/" + std::to_string(number); }

Status check_why(const std::string& why, bool needed) {
  if (needed && std::all_of(why.begin(), why.end(), [](char c) { return c == ' '; })) return fail(ErrorKind::Invalid, "a reason is missing");
  if (why.size() > TriggerQueue::kLongestWhy || !is_utf8(why) || std::any_of(why.begin(), why.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }))
    return fail(ErrorKind::Invalid, "a reason is one line of at most " + std::to_string(TriggerQueue::kLongestWhy) + " bytes");
  return ok();
}

bool is_package_of(const std::string& package, const std::string& station) {
  return package.size() <= 100 && package.starts_with(station + "-") && std::all_of(package.begin(), package.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c == '-'; });
}

}  // namespace

std::string_view to_string(TriggerState state) { return kTriggerStates.at(static_cast<std::size_t>(state)); }

bool may_order_capture(const CentralPerson& person, const std::string& unit) {
  return !unit.empty() && person.unit == unit && (person.role == CentralRole::Officer || person.role == CentralRole::Leader);
}

Status add_capture_event(Database& database, const std::string& subject, const CaptureEvent& event) {
  GZ_TRY_ASSIGN(const auto last, database.query("SELECT COALESCE(MAX(seq), 0) FROM capture_event WHERE subject = ?", {subject}));
  return database.run("INSERT INTO capture_event(subject, seq, at_ms, what, who, package, why) VALUES(?, ?, ?, ?, ?, ?, ?)",
                      {subject, std::get<std::int64_t>(last.at(0).at(0)) + 1, event.at.ms, event.what, event.who, event.package, event.why});
}

Result<std::vector<CaptureEvent>> capture_events(Database& database, const std::string& subject) {
  GZ_TRY_ASSIGN(const auto rows, database.query("SELECT at_ms, what, who, package, why FROM capture_event WHERE subject = ? ORDER BY seq", {subject}));
  std::vector<CaptureEvent> out;
  for (const auto& row : rows) {
    const auto text = [&](std::size_t at) { return std::get<std::string>(row.at(at)); };
    out.push_back({{std::get<std::int64_t>(row.at(0))}, text(1), text(2), text(3), text(4)});
  }
  return out;
}

struct TriggerQueue::Row {
  Trigger trigger;
  std::string script, lease;
  std::int64_t deadline_ms = 0, after_ms = 0, lease_ms = 0;
};

Status TriggerQueue::together(const std::function<Status(Notes&)>& work) {
  Notes notes;
  GZ_TRY(database_.together([&]() -> Status {
    notes.clear();                                 // it may be done anew
    return work(notes);
  }));
  for (const auto& body : notes)
    if (note_) note_("op.central-trigger", body);
  return ok();
}

Result<std::vector<TriggerQueue::Row>> TriggerQueue::rows(const std::string& where, const std::vector<SqlValue>& values) {
  GZ_TRY_ASSIGN(const auto found, database_.query(std::string(kOrderColumns) + " " + where, values));
  std::vector<Row> out;
  for (const auto& row : found) {
    const auto text = [&](std::size_t at) { return std::get<std::string>(row.at(at)); };
    const auto number = [&](std::size_t at) { return std::get<std::int64_t>(row.at(at)); };
    Row one;
    auto order = parse_trigger_order(text(1));
    if (!order) return fail(ErrorKind::Io, "an order that is stored cannot be read: " + order.error().what);
    one.trigger = {number(0), std::move(*order), text(1), std::get<Bytes>(row.at(2)), text(4), text(5), {number(6)}, TriggerState::Failed, static_cast<int>(number(9)), text(11), text(14), text(15)};
    one.script = text(3);
    one.deadline_ms = number(7);
    one.after_ms = number(10);
    one.lease = text(12);
    one.lease_ms = number(13);
    const auto state = std::find(kTriggerStates.begin(), kTriggerStates.end(), text(8));
    if (state == kTriggerStates.end()) return fail(ErrorKind::Io, "an order that is stored has the state " + text(8));
    one.trigger.state = static_cast<TriggerState>(state - kTriggerStates.begin());
    out.push_back(std::move(one));
  }
  return out;
}

Result<TriggerQueue::Row> TriggerQueue::row(std::int64_t number) {
  GZ_TRY_ASSIGN(auto found, rows("WHERE number = ?", {number}));
  if (found.empty()) return fail(ErrorKind::NotFound, "no order with that number");
  return std::move(found.front());
}

Status TriggerQueue::event(Notes& notes, std::int64_t number, const CaptureEvent& event) {
  Json body{{"number", number}, {"what", event.what}};
  const auto add = [&](const char* key, const std::string& value) {
    if (!value.empty()) body[key] = value;
  };
  add("package", event.package);
  add("who", event.who);
  add("why", event.why);
  notes.push_back(std::move(body));
  return add_capture_event(database_, subject_of(number), event);
}

Status TriggerQueue::may_ask(const CheckedTrigger& checked, const std::string& asked_by) {
  const auto& unit = checked.order.unit;
  const auto signer = people_.by_badge(checked.badge);
  if (!signer && signer.error().kind != ErrorKind::NotFound) return fail(signer.error());
  if (!signer || signer->name != checked.name) return fail(ErrorKind::Denied, "the order is signed by " + checked.name + " " + checked.badge + ", whom this system does not know");
  if (!may_order_capture(*signer, unit)) return fail(ErrorKind::Denied, "captures of a unit are ordered by its officers and leaders, and " + checked.badge + " is none of " + unit);
  if (!checked.order.station.empty()) {
    GZ_TRY_ASSIGN(const auto theirs, people_.unit_of(checked.order.station));
    if (theirs != unit) return fail(ErrorKind::Denied, checked.order.station + " is no station of " + unit);
  }
  if (is_station_id(asked_by)) {
    GZ_TRY_ASSIGN(const auto theirs, people_.unit_of(asked_by));
    return theirs == unit ? ok() : Status(fail(ErrorKind::Denied, "the order is of another unit than the station that brings it"));
  }
  GZ_TRY_ASSIGN(const auto person, people_.by_badge(asked_by));
  return may_order_capture(person, unit) ? ok() : Status(fail(ErrorKind::Denied, "an order is brought by an officer or leader of its unit"));
}

Result<Trigger> TriggerQueue::ask(const SignedTrigger& trigger, const std::string& asked_by) {
  GZ_TRY_ASSIGN(const auto checked, check_trigger(trigger, root_pem_, crl_pem_(), now()));
  GZ_TRY(may_ask(checked, asked_by));
  const auto& order = checked.order;
  std::int64_t number = 0;
  GZ_TRY(together([&](Notes& notes) -> Status {
    GZ_TRY_ASSIGN(const auto known, database_.query("SELECT number, body FROM capture_order WHERE id = ?", {order.id}));
    if (!known.empty()) {
      if (std::get<std::string>(known[0].at(1)) != trigger.text) return fail(ErrorKind::Exists, "another order has the id " + order.id);
      number = std::get<std::int64_t>(known[0].at(0));
      return ok();
    }
    GZ_TRY_ASSIGN(const auto last, database_.query("SELECT COALESCE(MAX(number), 0) FROM capture_order"));
    number = std::get<std::int64_t>(last.at(0).at(0)) + 1;
    GZ_TRY(database_.run("INSERT INTO capture_order(number, id, unit, station, phone_kind, phone_node, phone_serial, body, signature, script, signed_by, asked_by, asked_ms, deadline_ms, state, "
                         "attempts, after_ms, holder, lease, lease_ms, package, why) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', 0, 0, '', '', 0, '', '')",
                         {number, order.id, order.unit, order.station, order.phone.kind, order.phone.node, order.phone.serial, trigger.text, trigger.signature, trigger.script, checked.badge, asked_by,
                          now().ms, order.deadline.ms}));
    return event(notes, number, {now(), "asked", asked_by, "", ""});
  }));
  return read(number);
}

Status TriggerQueue::give_back(Notes& notes, const Row& row, const CaptureEvent& what) {
  const auto& trigger = row.trigger;
  const auto number = trigger.number;
  GZ_TRY(event(notes, number, what));
  const bool last = trigger.attempts >= settings_.attempts;
  // the lease stays known: whoever had it may still bring a package, as long as nobody else takes the order
  GZ_TRY(database_.run("UPDATE capture_order SET state = ?, after_ms = ?, lease_ms = 0, why = ? WHERE number = ?",
                       {std::string(to_string(last ? TriggerState::Failed : TriggerState::Queued)), now().ms + settings_.retry_ms, what.why, number}));
  return last ? event(notes, number, {now(), "failed", "", "", "given up after " + std::to_string(trigger.attempts) + " attempts; the last: " + what.why}) : ok();
}

Status TriggerQueue::tidy_within(Notes& notes) {
  GZ_TRY_ASSIGN(const auto gone, rows("WHERE state = 'taken' AND lease_ms <= ? ORDER BY number", {now().ms}));
  for (const auto& one : gone) GZ_TRY(give_back(notes, one, {now(), "again", one.trigger.holder, "", "the worker has said nothing for too long"}));
  GZ_TRY_ASSIGN(const auto late, rows("WHERE state = 'queued' AND deadline_ms <= ? ORDER BY number", {now().ms}));
  for (const auto& one : late) {
    const std::string why = "the deadline passed before it was captured" + (one.trigger.why.empty() ? std::string() : "; " + one.trigger.why);
    GZ_TRY(database_.run("UPDATE capture_order SET state = 'lapsed', why = ? WHERE number = ?", {why, one.trigger.number}));
    GZ_TRY(event(notes, one.trigger.number, {now(), "lapsed", "", "", why}));
  }
  return ok();
}

Status TriggerQueue::tidy() {
  // asked first, so that an idle server writes nothing
  GZ_TRY_ASSIGN(const auto due, database_.query("SELECT 1 FROM capture_order WHERE (state = 'taken' AND lease_ms <= ?) OR (state = 'queued' AND deadline_ms <= ?) LIMIT 1", {now().ms, now().ms}));
  if (due.empty()) return ok();
  return together([&](Notes& notes) { return tidy_within(notes); });
}

Result<std::optional<TakenTrigger>> TriggerQueue::take(const std::string& station, const TriggerPhone& phone) {
  GZ_TRY_ASSIGN(const auto unit, people_.unit_of(station));
  if (unit.empty()) return fail(ErrorKind::Denied, station + " works for no unit: guzheng-central unit set");
  std::optional<TakenTrigger> out;
  GZ_TRY(together([&](Notes& notes) -> Status {
    out.reset();
    GZ_TRY(tidy_within(notes));
    GZ_TRY_ASSIGN(const auto fit, rows("WHERE state = 'queued' AND unit = ? AND after_ms <= ? AND (station = '' OR station = ?) AND (phone_kind = '' OR phone_kind = ?) AND (phone_node = '' OR "
                                       "phone_node = ?) AND (phone_serial = '' OR phone_serial = ?) ORDER BY number",
                                       {unit, now().ms, station, phone.kind, phone.node, phone.serial}));
    for (const auto& one : fit) {
      const auto number = one.trigger.number;
      const SignedTrigger order{one.trigger.text, one.trigger.signature, one.script};
      const auto checked = check_trigger(order, root_pem_, crl_pem_(), now());
      const Status still = checked ? may_ask(*checked, one.trigger.asked_by) : Status(fail(checked.error()));
      if (!still && still.error().kind != ErrorKind::Denied && still.error().kind != ErrorKind::Invalid && still.error().kind != ErrorKind::NotFound) return still;
      if (!still) {                                // since it was asked for, its signer was revoked or taken out, or who brought it
        GZ_TRY(database_.run("UPDATE capture_order SET state = 'failed', why = ? WHERE number = ?", {still.error().what, number}));
        GZ_TRY(event(notes, number, {now(), "failed", "", "", still.error().what}));
        continue;
      }
      out = TakenTrigger{number, order, random_hex(16), settings_.lease_ms};
      GZ_TRY(database_.run("UPDATE capture_order SET state = 'taken', attempts = attempts + 1, holder = ?, lease = ?, lease_ms = ? WHERE number = ?", {station, out->lease, now().ms + settings_.lease_ms, number}));
      return event(notes, number, {now(), "taken", station, "", ""});
    }
    return ok();
  }));
  return out;
}

Result<std::int64_t> TriggerQueue::renew(std::int64_t number, const std::string& station, const std::string& lease) {
  GZ_TRY(together([&](Notes&) -> Status {
    GZ_TRY_ASSIGN(const auto one, row(number));
    if (one.trigger.holder != station) return fail(ErrorKind::NotFound, "no order with that number was given to this station");
    const bool theirs = one.trigger.state == TriggerState::Taken && one.lease == lease && one.lease_ms > now().ms;
    if (!theirs) return fail(ErrorKind::Exists, "the lease has run out, or the order is settled: it is no longer this worker's");
    return database_.run("UPDATE capture_order SET lease_ms = ? WHERE number = ?", {now().ms + settings_.lease_ms, number});
  }));
  return settings_.lease_ms;
}

Result<Trigger> TriggerQueue::settle(std::int64_t number, const std::string& station, const TriggerOutcome& outcome) {
  using R = TriggerOutcome::Result;
  GZ_TRY(check_why(outcome.why, outcome.result != R::Captured));
  if (outcome.result == R::Captured || !outcome.package.empty())
    if (outcome.result == R::Failed || !is_package_of(outcome.package, station)) return fail(ErrorKind::Invalid, "'" + outcome.package + "' is no package of " + station);
  bool late = false;
  GZ_TRY(together([&](Notes& notes) -> Status {
    late = false;
    GZ_TRY_ASSIGN(const auto one, row(number));
    const auto& trigger = one.trigger;
    GZ_TRY_ASSIGN(const auto events, capture_events(database_, subject_of(number)));
    const auto held = [&](const CaptureEvent& event) { return event.what == "taken" && event.who == station; };
    if (std::none_of(events.begin(), events.end(), held)) return fail(ErrorKind::NotFound, "no order with that number was given to this station");
    const bool last_holder = trigger.holder == station && one.lease == outcome.lease && !outcome.lease.empty();
    if (trigger.state == TriggerState::Captured && trigger.package == outcome.package && outcome.result == R::Captured) return ok();       // told again
    // a package that comes from who had the order last counts, even when the lease ran out meanwhile
    const bool counts = last_holder && (trigger.state == TriggerState::Taken || (outcome.result == R::Captured && (trigger.state == TriggerState::Queued || trigger.state == TriggerState::Failed || trigger.state == TriggerState::Lapsed)));
    if (!counts) {
      late = true;
      const auto known = [&](const CaptureEvent& event) { return event.package == outcome.package; };
      if (outcome.package.empty() || std::any_of(events.begin(), events.end(), known)) return ok();
      return event(notes, number, {now(), "late", station, outcome.package, outcome.why});
    }
    if (outcome.result == R::Again) return give_back(notes, one, {now(), "again", station, outcome.package, outcome.why});
    const auto state = outcome.result == R::Captured ? TriggerState::Captured : TriggerState::Failed;
    GZ_TRY(database_.run("UPDATE capture_order SET state = ?, package = ?, why = ?, lease_ms = 0 WHERE number = ?", {std::string(to_string(state)), outcome.package, outcome.why, number}));
    return event(notes, number, {now(), std::string(to_string(state)), station, outcome.package, outcome.why});
  }));
  if (late) return fail(ErrorKind::Exists, "the order is settled, or another worker has it: what was captured is noted as late");
  return read(number);
}

Result<Trigger> TriggerQueue::withdraw(std::int64_t number, const CentralPerson& person, const std::string& why) {
  GZ_TRY(check_why(why, true));
  GZ_TRY(together([&](Notes& notes) -> Status {
    GZ_TRY_ASSIGN(const auto one, row(number));
    const auto& unit = one.trigger.order.unit;
    if (!may_see_packages(person, unit)) return fail(ErrorKind::NotFound, "no order with that number");
    if (!may_order_capture(person, unit)) return fail(ErrorKind::Denied, "an order is withdrawn by an officer or leader of its unit");
    if (one.trigger.state != TriggerState::Queued) return fail(ErrorKind::Exists, "it is no longer queued: " + std::string(to_string(one.trigger.state)));
    GZ_TRY(database_.run("UPDATE capture_order SET state = 'withdrawn', why = ? WHERE number = ?", {why, number}));
    return event(notes, number, {now(), "withdrawn", person.badge, "", why});
  }));
  return read(number);
}

Result<Trigger> TriggerQueue::read(std::int64_t number) {
  GZ_TRY_ASSIGN(auto one, row(number));
  return std::move(one.trigger);
}

Result<std::vector<Trigger>> TriggerQueue::list(const std::optional<std::string>& unit, std::int64_t below) {
  GZ_TRY(tidy());
  std::string where = "WHERE 1 = 1";
  std::vector<SqlValue> values;
  if (unit) {
    where += " AND unit = ?";
    values.emplace_back(*unit);
  }
  if (below > 0) {
    where += " AND number < ?";
    values.emplace_back(below);
  }
  GZ_TRY_ASSIGN(auto found, rows(where + " ORDER BY number DESC LIMIT " + std::to_string(kPage), values));
  std::vector<Trigger> out;
  for (auto& one : found) out.push_back(std::move(one.trigger));
  return out;
}

Result<std::vector<CaptureEvent>> TriggerQueue::history(const Trigger& trigger) {
  GZ_TRY_ASSIGN(auto out, capture_events(database_, subject_of(trigger.number)));
  if (trigger.package.empty()) return out;
  GZ_TRY_ASSIGN(const auto more, capture_events(database_, "package/" + trigger.package));
  out.insert(out.end(), more.begin(), more.end());
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
  return out;
}

}  // namespace guzheng
