#include "core/session/ledger.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "core/base/cold_read.h"
#include "core/base/log.h"

namespace guzheng {

namespace fs = std::filesystem;

Ballast::Ballast(const fs::path& bag) : file_(bag.parent_path() / (bag.filename().string() + ".ballast")) {}

Status Ballast::reserve() {
  const UniqueFd fd(::open(file_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!fd) return fail_errno("create " + file_.string());
  {
    const std::lock_guard lock(mutex_);
    held_ = true;
  }
  if (const int error = ::posix_fallocate(fd.get(), 0, static_cast<off_t>(kBytes)); error != 0) {
    release();
    return fail(error_from_errno(error, "reserve " + file_.string()));
  }
  return ok();
}

void Ballast::release() {
  const std::lock_guard lock(mutex_);        // a second thread goes on when the first has made the room
  if (std::exchange(held_, false)) ::unlink(file_.c_str());
}

void Ledger::watch() {
  journal_->on_line([this](const JournalLine& line) {
    char seq[16];
    std::snprintf(seq, sizeof seq, "%08llu", static_cast<unsigned long long>(line.seq));
    const std::string text = std::string(seq) + ' ' + line.previous + ' ' + format_time(line.time, clock_.zone_minutes()) + ' ' +
                             line.kind + ' ' + line.body + '\n';
    journal_digests_.update(as_bytes(text));
    ++lines_;
  });
}

Result<std::unique_ptr<Ledger>> Ledger::create(const fs::path& bag, const Clock& clock) {
  std::unique_ptr<Ledger> ledger(new Ledger(bag, clock));
  GZ_TRY_ASSIGN(ledger->journal_, Journal::create(bag / kJournal, clock));
  ledger->watch();
  return ledger;
}

Result<std::unique_ptr<Ledger>> Ledger::resume(const fs::path& bag, const Clock& clock, const std::vector<JournalLine>& lines,
                                               std::vector<PayloadFile> payload) {
  std::unique_ptr<Ledger> ledger(new Ledger(bag, clock));
  GZ_TRY(read_cold(bag / kJournal, [&](ByteView piece) {
    ledger->journal_digests_.update(piece);
    return ok();
  }));
  if (lines.empty()) {
    // the file was cut to nothing: begin it anew
    std::error_code ec;
    fs::remove(bag / kJournal, ec);
    GZ_TRY_ASSIGN(ledger->journal_, Journal::create(bag / kJournal, clock));
  } else {
    GZ_TRY_ASSIGN(ledger->journal_, Journal::reopen(bag / kJournal, clock, lines.back()));
  }
  ledger->lines_ = lines.size();
  for (auto& file : payload) ledger->payload_[file.path] = file.digests;
  ledger->watch();
  return ledger;
}

template <typename Body>
Result<JournalHead> Ledger::write(std::string_view kind, const Body& body) {
  if (kind == "session.close") {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  auto head = journal_->append(kind, body);
  if (!head && head.error().kind == ErrorKind::NoSpace && ballast_) {
    log_warn("session", "the disk is full: ballast given back for the journal");
    ballast_->release();
    head = journal_->append(kind, body);
  }
  return head;
}

Result<JournalHead> Ledger::line(std::string_view kind, const Json& body) { return write(kind, body); }
Result<JournalHead> Ledger::line(std::string_view kind, const std::string& body) { return write(kind, body); }

Status Ledger::sync() {
  auto synced = journal_->sync();
  if (!synced && synced.error().kind == ErrorKind::NoSpace && ballast_) {
    ballast_->release();
    synced = journal_->sync();
  }
  const auto failure = journal_->failed_sync();
  if (!failure) return synced;
  {
    const std::lock_guard lock(mutex_);
    if (failed_sync_.empty()) failed_sync_ = format_time(clock_.wall(), clock_.zone_minutes()) + " " + failure->what;
    // as long as it does not reach the disk no line can be written; after session.close none may be
    if (!synced || ended_ || std::exchange(failure_told_, true)) return synced;
  }
  const Json body{{"item", ""}, {"text", journal_text("记录没有写到磁盘上（" + failed_sync() + "），已从内存另写一份并重新落盘")}};
  if (auto told = line("note", body); !told) return Failure(std::move(told.error()));
  return journal_->sync();
}

std::string Ledger::failed_sync() const {
  const std::lock_guard lock(mutex_);
  return failed_sync_;
}

Status Ledger::sync_if_dirty() {
  const std::uint64_t seen = lines_;
  if (seen == synced_) return ok();
  GZ_TRY(sync());
  synced_ = seen;
  return ok();
}

Result<FileDigests> Ledger::put(const std::string& path, ByteView bytes) {
  const FileDigests digests = digest_bytes(bytes);
  auto written = write_atomically(bag_ / path, bytes);
  if (!written && written.error().kind == ErrorKind::NoSpace && ballast_) {
    ballast_->release();
    written = write_atomically(bag_ / path, bytes);
  }
  if (!written) {
    // renamed, and its folder not synced: a file that no line will name must not stand
    if (!has(path)) ::unlink((bag_ / path).c_str());
    return Failure(std::move(written.error()));
  }
  add(path, digests);
  return digests;
}

Result<FileDigests> Ledger::put_json(const std::string& path, const Json& value) {
  GZ_TRY_ASSIGN(const std::string text, canonical_json(value));
  return put(path, as_bytes(text + "\n"));
}

void Ledger::add(const std::string& path, const FileDigests& digests) {
  const std::lock_guard lock(mutex_);
  payload_[path] = digests;
}

std::string torn_path(const fs::path& bag, const std::string& name) {
  std::error_code ec;
  const std::string stem = std::string(kRaw) + "torn-" + name;
  std::string path = stem + ".bin";
  for (int n = 2; fs::exists(fs::symlink_status(bag / path, ec)); ++n) path = stem + "." + std::to_string(n) + ".bin";
  return path;
}

Status Ledger::put_aside(const std::string& path) {
  const std::string to = torn_path(bag_, fs::path(path).filename().string());
  if (::rename((bag_ / path).c_str(), (bag_ / to).c_str()) != 0) return fail_errno("move " + path);
  GZ_TRY(sync_folder(bag_ / kRaw));
  const std::lock_guard lock(mutex_);
  auto moved = payload_.extract(path);
  if (moved.empty()) return ok();
  moved.key() = to;
  payload_.insert(std::move(moved));
  aside_.push_back(to);
  return ok();
}

std::vector<std::string> Ledger::aside() const {
  const std::lock_guard lock(mutex_);
  return aside_;
}

bool Ledger::has(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  return payload_.contains(path);
}

Json Ledger::files(const std::vector<std::string>& paths) const {
  std::vector<std::string> sorted = paths;
  std::sort(sorted.begin(), sorted.end());
  Json out = Json::array();
  const std::lock_guard lock(mutex_);
  for (const auto& path : sorted)
    if (const auto it = payload_.find(path); it != payload_.end()) out.push_back({{"path", path}, {"sha256", it->second.sha256}});
  return out;
}

Result<std::vector<PayloadFile>> Ledger::close() {
  GZ_TRY(journal_->close());
  const FileDigests journal = journal_digests_.finish();
  GZ_TRY_ASSIGN(const FileDigests standing, cold_digests(bag_ / kJournal));
  if (standing.size != journal.size || standing.sha256 != journal.sha256)
    return fail(ErrorKind::Tampered, "journal.log is not the journal that was written");
  add(std::string(kJournal), journal);
  std::vector<PayloadFile> out;
  const std::lock_guard lock(mutex_);
  for (const auto& [path, digests] : payload_) out.push_back({path, digests});
  return out;
}

}  // namespace guzheng
