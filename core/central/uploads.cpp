#include "core/central/uploads.h"

#include <algorithm>
#include <optional>

#include "core/base/log.h"
#include "core/base/random.h"
#include "core/base/thread_name.h"

namespace guzheng {

namespace {

std::string incoming_object(const std::string& id) { return "incoming/" + id; }

std::optional<UploadState> upload_state(std::string_view text) {
  for (const auto state : {UploadState::Open, UploadState::Ingesting, UploadState::Received, UploadState::Refused})
    if (to_string(state) == text) return state;
  return std::nullopt;
}

ErrorKind refusal_kind(const std::string& text) {
  for (const auto kind : {ErrorKind::Tampered, ErrorKind::Exists, ErrorKind::Denied, ErrorKind::Invalid})
    if (to_string(kind) == text) return kind;
  return ErrorKind::Bug;
}

}  // namespace

std::string_view to_string(UploadState state) {
  switch (state) {
    case UploadState::Open: return "open";
    case UploadState::Ingesting: return "ingesting";
    case UploadState::Received: return "received";
    case UploadState::Refused: return "refused";
  }
  return "open";
}

struct UploadDesk::Row {
  std::string id, station, staged, metadata, zip_sha256, kind, why, package, expected;
  std::uint64_t length = 0;
  WallTime expires;
  UploadState state = UploadState::Open;
};

Result<std::unique_ptr<UploadDesk>> UploadDesk::open(Database& database, ObjectStore& store, Ingest& ingest, const Clock& clock, const UploadLimits& limits, Leases* leases) {
  std::unique_ptr<UploadDesk> desk(new UploadDesk(database, store, ingest, clock, limits, leases));
  GZ_TRY(desk->adopt());
  GZ_TRY(desk->tidy());
  GZ_TRY(desk->finish_whole());
  desk->thread_ = std::thread([raw = desk.get()] { raw->run(); });
  return desk;
}

// Whole, and the process ended before it was handed over.
Status UploadDesk::finish_whole() {
  GZ_TRY_ASSIGN(const auto rows, database_.query("SELECT id, staged, length FROM upload WHERE state = 'open'"));
  for (const auto& row : rows) {
    const auto stands = store_.staged(std::get<std::string>(row.at(1)));
    const bool completing = !stands && stands.error().kind == ErrorKind::Exists;
    if (completing || (stands && *stands == static_cast<std::uint64_t>(std::get<std::int64_t>(row.at(2))))) GZ_TRY(finish(std::get<std::string>(row.at(0))));
  }
  return ok();
}

Status UploadDesk::adopt() {
  GZ_TRY_ASSIGN(const auto rows, database_.query("SELECT id FROM upload WHERE state = 'ingesting'"));
  for (const auto& row : rows) {
    const auto& id = std::get<std::string>(row.at(0));
    if (leases_ != nullptr) {                      // who decides about it just now goes on
      GZ_TRY_ASSIGN(const auto held, database_.query("SELECT 1 FROM lease WHERE name = ? AND until_ms + ? > ?", {"ingest/" + id, Leases::kMargin, clock_.wall().ms}));
      if (!held.empty()) continue;
    }
    const std::lock_guard lock(mutex_);
    if (std::find(queue_.begin(), queue_.end(), id) == queue_.end()) queue_.push_back(id);
  }
  return ok();
}

UploadDesk::~UploadDesk() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

Result<UploadDesk::Row> UploadDesk::row(const std::string& id, const std::string& station) {
  GZ_TRY_ASSIGN(const auto rows, database_.query("SELECT staged, length, metadata, expires_ms, state, zip_sha256, kind, why, package, expected FROM upload WHERE id = ? AND station = ?", {id, station}));
  if (rows.empty()) return fail(ErrorKind::NotFound, "no such upload of this station");
  const auto& r = rows[0];
  const auto text = [&](std::size_t column) { return std::get<std::string>(r.at(column)); };
  const auto state = upload_state(text(4));
  if (!state) return fail(ErrorKind::Io, "an upload in an unknown state");
  return Row{id, station, text(0), text(2), text(5), text(6), text(7), text(8), text(9), static_cast<std::uint64_t>(std::get<std::int64_t>(r.at(1))), {std::get<std::int64_t>(r.at(3))}, *state};
}

UploadStatus UploadDesk::shown(const Row& row, std::uint64_t offset) const {
  return {row.id, row.state, offset, row.length, row.metadata, row.package, row.expected, row.expires, row.zip_sha256, refusal_kind(row.kind), row.why};
}

Result<std::uint64_t> UploadDesk::offset_of(const Row& row) {
  if (row.state != UploadState::Open) return row.length;
  auto stands = store_.staged(row.staged);
  if (!stands && stands.error().kind == ErrorKind::Exists) return row.length;
  return stands;
}

Result<UploadStatus> UploadDesk::create(const std::string& station, std::uint64_t length, const std::string& metadata, const std::string& package, const std::string& expected) {
  if (length == 0 || length > limits_.most_bytes) return fail(ErrorKind::Invalid, "an upload has 1 to " + std::to_string(limits_.most_bytes) + " bytes");
  GZ_TRY_ASSIGN(const auto open_ones, database_.query("SELECT count(*) FROM upload WHERE station = ? AND state = 'open'", {station}));
  if (std::get<std::int64_t>(open_ones.at(0).at(0)) >= limits_.most_open) return fail(ErrorKind::Denied, station + " has too many uploads that are not whole");
  const std::string id = random_hex(16);           // nobody can guess it
  GZ_TRY_ASSIGN(const std::string staged, store_.begin(incoming_object(id)));
  Row made{id, station, staged, metadata, "", "", "", package, expected, length, {clock_.wall().ms + limits_.idle_ms}, UploadState::Open};
  if (const auto put = database_.run("INSERT INTO upload(id, station, staged, length, metadata, expires_ms, state, zip_sha256, kind, why, package, expected) VALUES(?, ?, ?, ?, ?, ?, 'open', '', '', '', ?, ?)",
                                     {made.id, station, staged, static_cast<std::int64_t>(length), metadata, made.expires.ms, package, expected}); !put) {
    (void)store_.abandon(staged);
    return fail(put.error());
  }
  return shown(made, 0);
}

Result<UploadStatus> UploadDesk::status(const std::string& id, const std::string& station) {
  GZ_TRY_ASSIGN(auto found, row(id, station));
  GZ_TRY_ASSIGN(const auto offset, offset_of(found));
  // its last bytes came, and that server was gone before it said so; none of ours starts anew for it
  if (leases_ != nullptr && found.state == UploadState::Open && offset == found.length) {
    GZ_TRY(finish(id));
    found.state = UploadState::Ingesting;
  }
  return shown(found, offset);
}

Result<std::unique_ptr<UploadDesk::Writing>> UploadDesk::write(const std::string& id, const std::string& station, std::uint64_t offset) {
  GZ_TRY_ASSIGN(const auto found, row(id, station));
  if (found.state != UploadState::Open) return fail(ErrorKind::Invalid, "the upload is whole already");
  GZ_TRY_ASSIGN(auto hold, Hold::take(*this, id));
  std::unique_ptr<Writing> out(new Writing(*this, std::move(hold), station, found.staged, offset, found.length));
  GZ_TRY_ASSIGN(const auto stands, offset_of(found));
  if (stands != offset) return fail(ErrorKind::Invalid, "the upload stands at byte " + std::to_string(stands));
  return out;
}

Result<UploadStatus> UploadDesk::by_digest(const std::string& zip_sha256, const std::string& station) {
  GZ_TRY_ASSIGN(const auto rows, database_.query("SELECT id FROM upload WHERE station = ? AND (expected = ? OR zip_sha256 = ?) ORDER BY rowid DESC LIMIT 1", {station, zip_sha256, zip_sha256}));
  if (rows.empty()) return fail(ErrorKind::NotFound, "no upload of this station has that digest");
  return status(std::get<std::string>(rows[0].at(0)), station);
}

Result<std::int64_t> UploadDesk::open_count() {
  GZ_TRY_ASSIGN(const auto rows, database_.query("SELECT count(*) FROM upload WHERE state = 'open'"));
  return std::get<std::int64_t>(rows.at(0).at(0));
}

Result<std::unique_ptr<UploadDesk::Hold>> UploadDesk::Hold::take(UploadDesk& desk, const std::string& id) {
  const auto taken = [] { return fail(ErrorKind::Exists, "another request writes to this upload"); };
  {
    const std::lock_guard lock(desk.mutex_);
    if (!desk.held_.insert(id).second) return taken();
  }
  std::unique_ptr<Hold> out(new Hold(desk, id));
  if (desk.leases_ == nullptr) return out;
  GZ_TRY_ASSIGN(out->leased_, desk.leases_->take(out->lease()));
  if (!out->leased_) return taken();
  return out;
}

UploadDesk::Hold::~Hold() {
  if (leased_) desk_.leases_->give(lease());
  const std::lock_guard lock(desk_.mutex_);
  desk_.held_.erase(id);
}

Status UploadDesk::Hold::still() {
  if (!leased_) return ok();
  GZ_TRY_ASSIGN(const bool ours, desk_.leases_->still(lease()));
  return ours ? ok() : Status(fail(ErrorKind::Timeout, "this server was not heard of for too long, and another may have gone on with the upload"));
}

Status UploadDesk::Writing::take(ByteView bytes) {
  if (bytes.size() > room()) return fail(ErrorKind::Invalid, "more bytes than the upload has");
  if (bytes.empty()) return ok();
  GZ_TRY(desk_.store_.append(staged_, offset_, bytes));
  offset_ += bytes.size();
  return ok();
}

Result<UploadStatus> UploadDesk::Writing::end() {
  GZ_TRY(desk_.store_.flush(staged_));
  GZ_TRY(hold_->still());
  GZ_TRY(desk_.database_.run("UPDATE upload SET expires_ms = ? WHERE id = ?", {desk_.clock_.wall().ms + desk_.limits_.idle_ms, hold_->id}));
  if (room() == 0) GZ_TRY(desk_.finish(hold_->id));
  GZ_TRY_ASSIGN(const auto now, desk_.row(hold_->id, station_));
  return desk_.shown(now, offset_);
}

// Killed in here it is done again at the next start: completing twice is harmless.
Status UploadDesk::finish(const std::string& id) {
  GZ_TRY_ASSIGN(const auto rows, database_.query("SELECT staged FROM upload WHERE id = ?", {id}));
  if (rows.empty()) return fail(ErrorKind::NotFound, "no such upload");
  GZ_TRY(database_.run("UPDATE upload SET state = 'ingesting' WHERE id = ? AND state = 'open'", {id}));
  queue(id);
  return ok();
}

Status UploadDesk::terminate(const std::string& id, const std::string& station) {
  GZ_TRY_ASSIGN(const auto hold, Hold::take(*this, id));
  GZ_TRY_ASSIGN(const auto found, row(id, station));
  if (found.state == UploadState::Ingesting) return fail(ErrorKind::Exists, "the upload is being decided");
  return forget(id, found.staged);
}

Status UploadDesk::forget(const std::string& id, const std::string& staged) {
  GZ_TRY(store_.abandon(staged));
  return database_.run("DELETE FROM upload WHERE id = ?", {id});
}

Result<int> UploadDesk::expire() {
  GZ_TRY_ASSIGN(const auto rows, database_.query("SELECT id, staged FROM upload WHERE state <> 'ingesting' AND expires_ms < ?", {clock_.wall().ms}));
  int gone = 0;
  for (const auto& one : rows) {
    const auto& id = std::get<std::string>(one.at(0));
    const auto hold = Hold::take(*this, id);
    if (!hold && hold.error().kind == ErrorKind::Exists) continue;
    if (!hold) return fail(hold.error());
    GZ_TRY(forget(id, std::get<std::string>(one.at(1))));
    ++gone;
  }
  if (leases_ != nullptr) GZ_TRY(tidy());
  return gone;
}

// What a killed process left that no upload knows any more. With other servers beside it is removed only when it was so a minute ago too: one that was begun
// just now is written down a moment later.
Status UploadDesk::tidy() {
  std::set<std::string> found;
  const auto is_stray = [&](const char* column, const std::string& value, const std::string& name) -> Result<bool> {
    GZ_TRY_ASSIGN(const auto rows, database_.query(std::string("SELECT 1 FROM upload WHERE ") + column + " = ?", {value}));
    if (!rows.empty()) return false;
    found.insert(name);
    return leases_ == nullptr || strays_.contains(name);
  };
  GZ_TRY_ASSIGN(const auto staged, store_.uploads());
  for (const auto& one : staged) {
    GZ_TRY_ASSIGN(const bool stray, is_stray("staged", one, one));
    if (stray) GZ_TRY(store_.abandon(one));
  }
  GZ_TRY_ASSIGN(const auto objects, store_.list("incoming/", "", 100'000));
  for (const auto& one : objects) {
    GZ_TRY_ASSIGN(const bool stray, is_stray("id", one.substr(std::string_view("incoming/").size()), one));
    if (!stray) continue;
    if (const auto gone = store_.remove(one); !gone && gone.error().kind != ErrorKind::NotFound) return gone;
  }
  strays_ = std::move(found);
  return ok();
}

std::size_t UploadDesk::waiting() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

void UploadDesk::queue(const std::string& id) {
  const std::lock_guard lock(mutex_);
  queue_.push_back(id);
  changed_.notify_all();
}

// One package after the other: verifying one keeps the digests of three threads busy. With other servers beside it looks now and then for what one of them left.
void UploadDesk::run() {
  name_this_thread("ingest");
  std::unique_lock lock(mutex_);
  const auto woken = [&] { return stop_ || !queue_.empty(); };
  while (true) {
    if (leases_ == nullptr) changed_.wait(lock, woken);
    else if (!changed_.wait_for(lock, std::chrono::seconds(3), woken)) {
      lock.unlock();
      if (const auto looked = adopt(); !looked) log_warn("central", "uploads of other servers could not be looked for: " + looked.error().what);
      lock.lock();
      continue;
    }
    if (stop_) return;
    const std::string id = queue_.front();
    lock.unlock();
    const bool decided = decide_among_servers(id);
    lock.lock();
    queue_.pop_front();
    if (decided) continue;
    queue_.push_back(id);                          // the others first; a store that is away comes back
    changed_.wait_for(lock, std::chrono::seconds(5), [&] { return stop_; });
  }
}

// What another server decides about is none of ours; should that one be gone, it is adopted later.
bool UploadDesk::decide_among_servers(const std::string& id) {
  if (leases_ == nullptr) return decide(id);
  const std::string lease = "ingest/" + id;
  const auto ours = leases_->take(lease);
  if (!ours) return log_warn("central", "upload " + id + " waits: " + ours.error().what), false;
  if (!*ours) return true;
  const bool decided = decide(id);
  leases_->give(lease);
  return decided;
}

// False: its store or the database is away, and the same is asked again later.
bool UploadDesk::decide(const std::string& id) {
  const auto later = [&](const Error& why) { return log_warn("central", "upload " + id + " waits: " + why.what), false; };
  const auto rows = database_.query("SELECT station, staged, zip_sha256, expected, state FROM upload WHERE id = ?", {id});
  if (!rows) return later(rows.error());
  if (rows->empty()) return true;
  const auto text = [&](std::size_t column) { return std::get<std::string>((*rows)[0].at(column)); };
  if (text(4) != to_string(UploadState::Ingesting)) return true;         // another server was before us
  const std::string station = text(0), object = incoming_object(id);
  auto whole = store_.head(object);
  if (!whole && whole.error().kind == ErrorKind::NotFound) whole = store_.complete(text(1), "", std::nullopt);
  if (!whole && whole.error().kind == ErrorKind::NotFound) return decided_before(id, station, text(2));
  if (!whole) return later(whole.error());
  if (const auto put = database_.run("UPDATE upload SET zip_sha256 = ? WHERE id = ?", {whole->sha256, id}); !put) return later(put.error());
  if (const auto expected = text(3); !expected.empty() && whole->sha256 != expected) return refuse_other(id, object, whole->sha256, expected);
  const auto taken = ingest_.take(object, station);
  if (!taken && !Ingest::is_refusal(taken.error().kind)) return later(taken.error());
  return taken ? put_outcome(id, UploadState::Received, ErrorKind::Bug, "") : put_outcome(id, UploadState::Refused, taken.error().kind, taken.error().what);
}

bool UploadDesk::refuse_other(const std::string& id, const std::string& object, const std::string& digest, const std::string& expected) {
  if (const auto gone = store_.remove(object); !gone) return log_warn("central", "upload " + id + " waits: " + gone.error().what), false;
  return put_outcome(id, UploadState::Refused, ErrorKind::Tampered, "what came has the digest " + digest + ", and " + expected + " was announced: send it again");
}

// Neither bytes nor object: an ingest that was killed after it had decided, before that was written down here.
bool UploadDesk::decided_before(const std::string& id, const std::string& station, const std::string& zip_sha256) {
  const auto receipt = ingest_.receipt(zip_sha256, station);
  if (receipt) return put_outcome(id, UploadState::Received, ErrorKind::Bug, "");
  if (receipt.error().kind != ErrorKind::NotFound) return false;
  return put_outcome(id, UploadState::Refused, ErrorKind::Invalid, "the system stopped while it decided, and the bytes are gone: send it again");
}

bool UploadDesk::put_outcome(const std::string& id, UploadState state, ErrorKind kind, const std::string& why) {
  const auto put = database_.run("UPDATE upload SET state = ?, kind = ?, why = ?, expires_ms = ? WHERE id = ?",
                                 {std::string(to_string(state)), state == UploadState::Refused ? std::string(to_string(kind)) : std::string(), why, clock_.wall().ms + limits_.idle_ms, id});
  if (!put) log_error("central", "the outcome of upload " + id + " could not be written down: " + put.error().what);
  return put.has_value();
}

}  // namespace guzheng
