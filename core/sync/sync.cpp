#include "core/sync/sync.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <set>

#include "core/base/digest.h"
#include "core/seal/seal.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kFirstStep = R"(
CREATE TABLE package(id TEXT PRIMARY KEY, edition TEXT NOT NULL, state TEXT NOT NULL, zip_sha256 TEXT NOT NULL, bytes INTEGER NOT NULL, upload TEXT NOT NULL, why TEXT NOT NULL,
                     log_number INTEGER NOT NULL, receipt TEXT NOT NULL);
)";
constexpr std::string_view kSecondStep = R"(
CREATE TABLE place(id TEXT PRIMARY KEY, place INTEGER NOT NULL);
CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL);
)";
const SqlMigrations& sync_schema() {
  static const SqlMigrations steps{kFirstStep, kSecondStep};
  return steps;
}

constexpr SyncState kStates[] = {SyncState::Waiting, SyncState::Sending, SyncState::Sent, SyncState::Synced, SyncState::Refused};
constexpr std::string_view kAgain = "again";      // in place of an upload's path: what the system said of these bytes does not count
constexpr std::size_t kLeastPiece = 64u << 10;
constexpr std::int64_t kShortPieceUs = 4'000'000, kLongPieceUs = 12'000'000;   // a piece that takes less is doubled, one that takes more is halved
constexpr int kMostTries = 5;                      // of one piece that came otherwise than it was sent

SyncTrouble trouble_of(const Error& error) {
  switch (error.kind) {
    case ErrorKind::Network:
    case ErrorKind::Timeout: return SyncTrouble::Line;
    case ErrorKind::Denied: return SyncTrouble::Denied;
    case ErrorKind::Exists: return SyncTrouble::Busy;
    case ErrorKind::Cancelled: return SyncTrouble::Stopped;
    default: return SyncTrouble::Answer;
  }
}

// "ID" of "ID", "ID.after", "ID.report", …
std::string package_of(const std::string& name) { return name.substr(0, name.find('.')); }

// A receipt takes the place of an earlier one as a whole: text and signature are never of two.
Status put_receipt(const fs::path& bag, const PackageReceipt& receipt) {
  const fs::path folder = folder_beside(bag, "receipt"), fresh = folder.string() + ".new";
  std::error_code ec;
  fs::remove_all(fresh, ec);
  GZ_TRY(make_private_folder(fresh));
  GZ_TRY(write_atomically(fresh / "central.txt", as_bytes(receipt.text), true));
  GZ_TRY(write_atomically(fresh / "central.txt.p7s", receipt.text_signature, true));
  if (::renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, folder.c_str(), fs::exists(folder, ec) ? RENAME_EXCHANGE : RENAME_NOREPLACE) != 0) return fail_errno("put " + folder.string() + " in place");
  GZ_TRY(sync_folder(folder.parent_path()));
  fs::remove_all(fresh, ec);                       // the earlier one, if there was any
  return ok();
}

}  // namespace

struct Sync::Row {
  std::string package, edition, zip_sha256, upload, why, receipt;
  SyncState state = SyncState::Waiting;
  std::uint64_t bytes = 0;
  std::int64_t index = -1;

  [[nodiscard]] SyncedPackage shown() const { return {package, zip_sha256, why, state, bytes, index, edition}; }
};

// One package in hand. A step that fails says whose trouble it is: this station's, unless it is told otherwise.
struct Sync::Work {
  Row row;
  const fs::path& bag;
  const std::string& fingerprint;
  CentralLink& link;
  const SyncWatch& watch;
  SyncTrouble trouble = SyncTrouble::Here;

  Failure of_line(const Error& error) { return trouble = trouble_of(error), fail(error); }
  Failure stopped() { return trouble = SyncTrouble::Stopped, fail(ErrorKind::Cancelled, "sending was stopped"); }
};

std::string_view to_string(SyncState state) {
  switch (state) {
    case SyncState::Waiting: return "waiting";
    case SyncState::Sending: return "sending";
    case SyncState::Sent: return "sent";
    case SyncState::Synced: return "synced";
    case SyncState::Refused: return "refused";
  }
  return "waiting";
}

Result<std::unique_ptr<Sync>> Sync::open(SyncParts parts) {
  GZ_TRY(make_private_folder(parts.folder));
  std::unique_ptr<Sync> out(new Sync(std::move(parts)));
  const auto& folder = out->parts_.folder;
  out->lock_ = UniqueFd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!out->lock_) return fail_errno("open " + folder.string());
  if (::flock(out->lock_.get(), LOCK_EX | LOCK_NB) != 0) return fail(ErrorKind::Exists, "another process sends from " + folder.string());
  GZ_TRY_ASSIGN(out->database_, Database::open(folder / "queue.sqlite", sync_schema()));
  GZ_TRY(out->tidy());
  return out;
}

// ZIPs that nobody goes on with.
Status Sync::tidy() {
  GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT id FROM package WHERE state IN ('sending', 'sent')"));
  std::set<std::string> wanted;
  for (const auto& row : rows) wanted.insert(std::get<std::string>(row.at(0)) + ".zip");
  std::error_code ec;
  std::vector<fs::path> left;
  for (fs::directory_iterator it(parts_.folder, ec), end; !ec && it != end; it.increment(ec))
    if (it->path().extension() == ".zip" && !wanted.contains(it->path().filename().string())) left.push_back(it->path());
  for (const auto& one : left) fs::remove(one, ec);
  return ok();
}

Result<std::map<std::string, std::string>> Sync::editions(const fs::path& sealed, const std::vector<std::string>& packages) {
  std::map<std::string, std::vector<std::string>> lines;
  for (const auto& one : packages) lines[one];
  std::error_code ec;
  for (fs::directory_iterator beside(sealed, ec), end; !ec && beside != end; beside.increment(ec)) {
    const std::string name = beside->path().filename().string();
    const auto package = lines.find(package_of(name));
    if (package == lines.end()) continue;
    if (name.starts_with(package->first + ".receipt") || name == package->first + ".handover" || name == package->first + ".witness") continue;
    for (fs::recursive_directory_iterator it(beside->path(), ec), last; !ec && it != last; it.increment(ec))
      if (it->is_regular_file(ec)) package->second.push_back(it->path().lexically_relative(sealed).string() + " " + std::to_string(it->file_size(ec)));
  }
  if (ec) return fail(ErrorKind::Io, "look through " + sealed.string() + ": " + ec.message());
  std::map<std::string, std::string> out;
  for (auto& [package, names] : lines) {
    std::sort(names.begin(), names.end());
    std::string all;
    for (const auto& one : names) all += one + "\n";
    out[package] = sha256_hex(as_bytes(all));
  }
  return out;
}

fs::path Sync::zip_of(const Row& row) const { return parts_.folder / (row.package + ".zip"); }

Result<Sync::Row> Sync::row_of(const std::string& package) {
  Row out;
  out.package = package;
  GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT edition, state, zip_sha256, bytes, upload, why, log_number, receipt FROM package WHERE id = ?", {package}));
  if (rows.empty()) return out;
  const auto text = [&](std::size_t column) { return std::get<std::string>(rows[0].at(column)); };
  const auto state = std::find_if(std::begin(kStates), std::end(kStates), [&](SyncState one) { return to_string(one) == text(1); });
  if (state == std::end(kStates)) return out;      // what this program does not know is done again: the central system gives the same receipt
  out.edition = text(0);
  out.state = *state;
  out.zip_sha256 = text(2);
  out.bytes = static_cast<std::uint64_t>(std::get<std::int64_t>(rows[0].at(3)));
  out.upload = text(4);
  out.why = text(5);
  out.index = std::get<std::int64_t>(rows[0].at(6));
  out.receipt = text(7);
  return out;
}

Status Sync::put(const Row& row) {
  return database_->run("INSERT OR REPLACE INTO package(id, edition, state, zip_sha256, bytes, upload, why, log_number, receipt) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        {row.package, row.edition, std::string(to_string(row.state)), row.zip_sha256, static_cast<std::int64_t>(row.bytes), row.upload, row.why, row.index, row.receipt});
}

Result<std::vector<SyncedPackage>> Sync::all() {
  GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT id FROM package ORDER BY id"));
  std::vector<SyncedPackage> out;
  for (const auto& one : rows) {
    GZ_TRY_ASSIGN(const auto row, row_of(std::get<std::string>(one.at(0))));
    out.push_back(row.shown());
  }
  return out;
}

Status Sync::again(const std::string& package) {
  return database_->run("UPDATE package SET state = 'waiting', upload = ?, why = '' WHERE id = ? AND state = 'refused'", {std::string(kAgain), package});
}

Result<std::map<std::string, std::int64_t>> Sync::places() {
  GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT id, place FROM place"));
  std::map<std::string, std::int64_t> out;
  for (const auto& row : rows) out[std::get<std::string>(row.at(0))] = std::get<std::int64_t>(row.at(1));
  return out;
}

Status Sync::put_first(const std::string& package) {
  return database_->run("INSERT OR REPLACE INTO place(id, place) VALUES(?, (SELECT coalesce(max(place), 0) + 1 FROM place))", {package});
}
Status Sync::forget_place(const std::string& package) { return database_->run("DELETE FROM place WHERE id = ?", {package}); }

Result<std::string> Sync::setting(const std::string& name) {
  GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT value FROM setting WHERE name = ?", {name}));
  return rows.empty() ? std::string() : std::get<std::string>(rows[0].at(0));
}
Status Sync::set(const std::string& name, const std::string& value) { return database_->run("INSERT OR REPLACE INTO setting(name, value) VALUES(?, ?)", {name, value}); }

Result<KeptReceipt> Sync::receipt(const fs::path& bag) {
  GZ_TRY_ASSIGN(const Row row, row_of(bag.filename().string()));
  if (row.state != SyncState::Synced) return fail(ErrorKind::NotFound, row.package + " has no receipt");
  GZ_TRY_ASSIGN(const auto receipt, parse_receipt(row.receipt));
  KeptReceipt out;
  GZ_TRY_ASSIGN(out.text, parse_receipt_text(receipt.text));
  GZ_TRY_ASSIGN(out.entry, parse_log_entry(receipt.entry));
  GZ_TRY_ASSIGN(const auto checkpoint, parse_checkpoint(receipt.checkpoint.text));
  out.index = receipt.index;
  out.log_size = checkpoint.size;
  out.file = folder_beside(bag, "receipt") / "central.txt";
  return out;
}

Result<SyncStep> Sync::advance(const fs::path& bag, const std::string& fingerprint, CentralLink& link, const SyncWatch& watch) {
  const std::string id = bag.filename().string();
  Work work{{}, bag, fingerprint, link, watch};
  GZ_TRY_ASSIGN(work.row, row_of(id));
  const auto looked = editions(bag.parent_path(), {id});
  if (!looked) return SyncStep{work.row.shown(), SyncTrouble::Here, looked.error()};
  if (const auto& edition = looked->at(id); edition != work.row.edition) work.row = Row{id, edition, "", "", "", "", SyncState::Waiting, 0, -1};
  Row& row = work.row;
  if (row.state == SyncState::Synced || row.state == SyncState::Refused) return SyncStep{row.shown(), SyncTrouble::None, {}};
  const auto steps = [&]() -> Status {
    std::error_code ec;
    const bool there = row.state != SyncState::Waiting && fs::file_size(zip_of(row), ec) == row.bytes && !ec;
    if (row.state == SyncState::Waiting || (row.state == SyncState::Sending && !there)) GZ_TRY(make_zip(work));
    if (row.state == SyncState::Sending) GZ_TRY(send(work));
    return ask(work);
  };
  const auto done = steps();
  row.why = done ? row.why : work.trouble == SyncTrouble::Stopped ? "" : done.error().what;
  GZ_TRY(put(row));
  return done ? SyncStep{row.shown(), SyncTrouble::None, {}} : SyncStep{row.shown(), work.trouble, done.error()};
}

Status Sync::make_zip(Work& work) {
  Row& row = work.row;
  const auto& packing = work.watch.packing;
  std::error_code ec;
  fs::remove(zip_of(row), ec);
  auto made = write_upload(work.bag, zip_of(row), [&](std::uint64_t done, std::uint64_t total) { return !packing || packing(done, total); });
  if (!made && made.error().kind == ErrorKind::Cancelled) return work.stopped();
  if (!made) return fail(made.error());
  row.zip_sha256 = std::move(*made);
  row.bytes = fs::file_size(zip_of(row), ec);
  if (ec) return fail(ErrorKind::Io, "size of " + zip_of(row).string() + ": " + ec.message());
  if (row.upload != kAgain) row.upload.clear();
  row.state = SyncState::Sending;
  return put(row);
}

// Where the upload stands; one that is not there, or no more, is begun.
Result<std::uint64_t> Sync::where(Work& work) {
  Row& row = work.row;
  if (!row.upload.empty() && row.upload != kAgain) {
    auto stands = work.link.offset(row.upload);
    if (stands) return stands;
    if (stands.error().kind != ErrorKind::NotFound) return work.of_line(stands.error());
  }
  auto path = work.link.create(row.package, row.zip_sha256, row.bytes);
  if (!path) return work.of_line(path.error());
  row.upload = std::move(*path);
  GZ_TRY(put(row));
  return std::uint64_t{0};
}

Status Sync::send(Work& work) {
  Row& row = work.row;
  const auto go_on = [&](std::uint64_t at) { return !work.watch.stands || work.watch.stands(at, row.bytes); };
  // it may have come whole before this program was killed, or long ago and been forgotten here
  if (row.upload != kAgain) {
    const auto known = work.link.outcome(row.package, row.zip_sha256);
    if (!known) return work.of_line(known.error());
    if (known->state != CentralOutcome::State::Unknown) return row.state = SyncState::Sent, put(row);
  }
  const UniqueFd file(::open(zip_of(row).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!file) return fail_errno("open " + zip_of(row).string());
  GZ_TRY_ASSIGN(std::uint64_t at, where(work));
  Bytes piece(static_cast<std::size_t>(std::min<std::uint64_t>(parts_.piece_bytes, row.bytes)));
  std::size_t size = std::min(parts_.first_piece, piece.size());
  for (int tries = 0; at < row.bytes;) {
    if (!go_on(at)) return work.stopped();
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(size, row.bytes - at));
    if (::pread(file.get(), piece.data(), wanted, static_cast<off_t>(at)) != static_cast<ssize_t>(wanted)) return fail(ErrorKind::Io, "read " + zip_of(row).string());
    const auto began = parts_.clock->monotonic();
    const auto now = work.link.send(row.upload, at, ByteView(piece.data(), wanted), work.watch.valve);
    const auto took = parts_.clock->monotonic().us - began.us;
    if (now && *now > row.bytes) return work.of_line({ErrorKind::Protocol, "the central system says that it has more than was sent"});
    if (now) {
      at = *now;
      tries = 0;
      if (took < kShortPieceUs) size = std::min(size * 2, piece.size());
      else if (took > kLongPieceUs) size = std::min(std::max(size / 2, kLeastPiece), piece.size());
      continue;
    }
    const bool elsewhere = now.error().kind == ErrorKind::Invalid || now.error().kind == ErrorKind::NotFound || now.error().kind == ErrorKind::Tampered;
    if (!elsewhere || ++tries > kMostTries) return work.of_line(now.error());
    GZ_TRY_ASSIGN(at, where(work));
  }
  row.state = SyncState::Sent;
  GZ_TRY(put(row));
  return go_on(row.bytes) ? ok() : Status(work.stopped());
}

Status Sync::ask(Work& work) {
  Row& row = work.row;
  const auto outcome = work.link.outcome(row.package, row.zip_sha256);
  if (!outcome) return work.of_line(outcome.error());
  row.why.clear();
  std::error_code ec;
  switch (outcome->state) {
    case CentralOutcome::State::Waiting: return ok();
    case CentralOutcome::State::Unknown:           // the central system has neither bytes nor receipt: it is sent again
      row.state = SyncState::Waiting;
      row.upload.clear();
      row.why = "the central system does not have it any more";
      return ok();
    case CentralOutcome::State::Refused:
      row.state = SyncState::Refused;
      row.why = outcome->why;
      fs::remove(zip_of(row), ec);
      return ok();
    case CentralOutcome::State::Received: return take_receipt(work, outcome->receipt);
  }
  return ok();
}

Status Sync::take_receipt(Work& work, const std::string& line) {
  Row& row = work.row;
  GZ_TRY_ASSIGN(const auto trust, parts_.trust());
  work.trouble = SyncTrouble::Receipt;
  GZ_TRY_ASSIGN(const auto receipt, parse_receipt(line));
  GZ_TRY_ASSIGN(const auto checked, check_package_receipt(receipt, {row.package, work.fingerprint, row.zip_sha256}, trust));
  if (!checked.synced()) return fail(ErrorKind::Tampered, "the receipt names one store only, and two hold what is synced");
  work.trouble = SyncTrouble::Here;
  GZ_TRY(put_receipt(work.bag, receipt));
  row.state = SyncState::Synced;
  row.index = static_cast<std::int64_t>(receipt.index);
  row.receipt = line;
  std::error_code ec;
  fs::remove(zip_of(row), ec);
  return ok();
}

}  // namespace guzheng
