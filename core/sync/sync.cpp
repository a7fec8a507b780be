#include "core/sync/sync.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>

#include "core/base/digest.h"
#include "core/seal/seal.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kFirstStep = R"(
CREATE TABLE package(id TEXT PRIMARY KEY, edition TEXT NOT NULL, state TEXT NOT NULL, zip_sha256 TEXT NOT NULL, bytes INTEGER NOT NULL, upload TEXT NOT NULL, why TEXT NOT NULL,
                     log_number INTEGER NOT NULL, receipt TEXT NOT NULL);
)";
const SqlMigrations& sync_schema() {
  static const SqlMigrations steps{kFirstStep};
  return steps;
}

constexpr SyncState kStates[] = {SyncState::Waiting, SyncState::Sending, SyncState::Sent, SyncState::Synced, SyncState::Refused};
constexpr std::size_t kFirstPiece = 512u << 10;    // after a cut; doubled with every piece that gets through, so that a bad line comes on too
constexpr int kMostTries = 5;                      // of one piece that came otherwise than it was sent

// What the package consists of now, by names, sizes and times of what lies in the bag and beside it; receipts and hand-overs are not sent for their own sake, and what the system witnessed it has itself.
Result<std::string> edition_of(const fs::path& bag) {
  std::vector<std::string> lines;
  std::error_code ec;
  const std::string id = bag.filename().string();
  for (fs::directory_iterator beside(bag.parent_path(), ec), end; !ec && beside != end; beside.increment(ec)) {
    const std::string name = beside->path().filename().string();
    if (name != id && !name.starts_with(id + ".")) continue;
    if (name.starts_with(id + ".receipt") || name == id + ".handover" || name == id + ".witness") continue;
    for (fs::recursive_directory_iterator it(beside->path(), ec), last; !ec && it != last; it.increment(ec)) {
      if (!it->is_regular_file(ec)) continue;
      lines.push_back(it->path().lexically_relative(bag.parent_path()).string() + " " + std::to_string(it->file_size(ec)));
    }
  }
  if (ec) return fail(ErrorKind::Io, "look through " + bag.string() + ": " + ec.message());
  std::sort(lines.begin(), lines.end());
  std::string all;
  for (const auto& line : lines) all += line + "\n";
  return sha256_hex(as_bytes(all));
}

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

  [[nodiscard]] SyncedPackage shown() const { return {package, zip_sha256, why, state, bytes, index}; }
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

Result<SyncedPackage> Sync::advance(const fs::path& bag, const std::string& fingerprint, const std::function<bool(std::uint64_t, std::uint64_t)>& progress) {
  GZ_TRY_ASSIGN(Row row, row_of(bag.filename().string()));
  GZ_TRY_ASSIGN(const auto edition, edition_of(bag));
  if (edition != row.edition) row = Row{row.package, edition, "", "", "", "", SyncState::Waiting, 0, -1};
  if (row.state == SyncState::Synced || row.state == SyncState::Refused) return row.shown();
  const auto work = [&]() -> Status {
    std::error_code ec;
    const bool there = row.state != SyncState::Waiting && fs::file_size(zip_of(row), ec) == row.bytes && !ec;
    if (row.state == SyncState::Waiting || (row.state == SyncState::Sending && !there)) GZ_TRY(make_zip(bag, row, progress));
    if (row.state == SyncState::Sending) GZ_TRY(send(row, progress));
    return ask(bag, fingerprint, row);
  };
  const auto done = work();
  row.why = done ? row.why : done.error().what;
  GZ_TRY(put(row));
  if (!done) return fail(done.error());
  return row.shown();
}

Status Sync::make_zip(const fs::path& bag, Row& row, const std::function<bool(std::uint64_t, std::uint64_t)>& progress) {
  std::error_code ec;
  fs::remove(zip_of(row), ec);
  GZ_TRY_ASSIGN(row.zip_sha256, write_upload(bag, zip_of(row), [&](std::uint64_t, std::uint64_t total) { return !progress || progress(0, total); }));
  row.bytes = fs::file_size(zip_of(row), ec);
  if (ec) return fail(ErrorKind::Io, "size of " + zip_of(row).string() + ": " + ec.message());
  row.upload.clear();
  row.state = SyncState::Sending;
  return put(row);
}

// Where the upload stands; one that is not there, or no more, is begun.
Result<std::uint64_t> Sync::where(Row& row) {
  if (!row.upload.empty()) {
    auto stands = parts_.link->offset(row.upload);
    if (stands || stands.error().kind != ErrorKind::NotFound) return stands;
  }
  GZ_TRY_ASSIGN(row.upload, parts_.link->create(row.package, row.zip_sha256, row.bytes));
  GZ_TRY(put(row));
  return std::uint64_t{0};
}

Status Sync::send(Row& row, const std::function<bool(std::uint64_t, std::uint64_t)>& progress) {
  // it may have come whole before this program was killed, or long ago and been forgotten here
  GZ_TRY_ASSIGN(const auto known, parts_.link->outcome(row.package, row.zip_sha256));
  if (known.state != CentralOutcome::State::Unknown) return row.state = SyncState::Sent, put(row);
  const UniqueFd file(::open(zip_of(row).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!file) return fail_errno("open " + zip_of(row).string());
  GZ_TRY_ASSIGN(std::uint64_t at, where(row));
  Bytes piece(static_cast<std::size_t>(std::min<std::uint64_t>(parts_.piece_bytes, row.bytes)));
  std::size_t size = std::min(kFirstPiece, piece.size());
  for (int tries = 0; at < row.bytes;) {
    if (progress && !progress(at, row.bytes)) return fail(ErrorKind::Cancelled, "sending was stopped");
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(size, row.bytes - at));
    if (::pread(file.get(), piece.data(), wanted, static_cast<off_t>(at)) != static_cast<ssize_t>(wanted)) return fail(ErrorKind::Io, "read " + zip_of(row).string());
    const auto now = parts_.link->send(row.upload, at, ByteView(piece.data(), wanted));
    if (now && *now > row.bytes) return fail(ErrorKind::Protocol, "the central system says that it has more than was sent");
    if (now) {
      at = *now;
      tries = 0;
      size = std::min(size * 2, piece.size());
      continue;
    }
    const bool elsewhere = now.error().kind == ErrorKind::Invalid || now.error().kind == ErrorKind::NotFound || now.error().kind == ErrorKind::Tampered;
    if (!elsewhere || ++tries > kMostTries) return fail(now.error());
    GZ_TRY_ASSIGN(at, where(row));
  }
  if (progress && !progress(row.bytes, row.bytes)) return fail(ErrorKind::Cancelled, "sending was stopped");
  row.state = SyncState::Sent;
  return put(row);
}

Status Sync::ask(const fs::path& bag, const std::string& fingerprint, Row& row) {
  GZ_TRY_ASSIGN(const auto outcome, parts_.link->outcome(row.package, row.zip_sha256));
  row.why.clear();
  std::error_code ec;
  switch (outcome.state) {
    case CentralOutcome::State::Waiting: return ok();
    case CentralOutcome::State::Unknown:           // the central system has neither bytes nor receipt: it is sent again
      row.state = SyncState::Waiting;
      row.why = "the central system does not have it any more";
      return ok();
    case CentralOutcome::State::Refused:
      row.state = SyncState::Refused;
      row.why = outcome.why;
      fs::remove(zip_of(row), ec);
      return ok();
    case CentralOutcome::State::Received: break;
  }
  GZ_TRY_ASSIGN(const auto receipt, parse_receipt(outcome.receipt));
  GZ_TRY_ASSIGN(const auto checked, check_package_receipt(receipt, {row.package, fingerprint, row.zip_sha256}, {parts_.central_pem, parts_.org_roots_pem, parts_.org_crl_pem, parts_.clock->wall()}));
  if (!checked.synced()) return fail(ErrorKind::Tampered, "the receipt names one store only, and two hold what is synced");
  GZ_TRY(put_receipt(bag, receipt));
  row.state = SyncState::Synced;
  row.index = static_cast<std::int64_t>(receipt.index);
  row.receipt = outcome.receipt;
  fs::remove(zip_of(row), ec);
  return ok();
}

}  // namespace guzheng
