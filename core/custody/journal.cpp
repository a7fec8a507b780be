#include "core/custody/journal.h"

#include <unistd.h>

#include <algorithm>

#include "core/base/digest.h"
#include "core/custody/line.h"

namespace guzheng {

namespace fs = std::filesystem;

Result<JournalLine> parse_journal_line(std::string_view line) { return parse_line(line, check_journal_body); }

Result<std::vector<JournalLine>> parse_journal(std::string_view text) {
  if (text.empty()) return fail(ErrorKind::Invalid, "the journal is empty");
  if (text.back() != '\n') return fail(ErrorKind::Invalid, "the journal does not end with a line feed");
  std::vector<JournalLine> lines;
  ChainCheck chain;
  while (!text.empty()) {
    const auto end = text.find('\n');
    int zone = 0;
    GZ_TRY_ASSIGN(auto line, parse_line(text.substr(0, end), check_journal_body, &zone));
    GZ_TRY(chain.next(line, zone));
    lines.push_back(std::move(line));
    text.remove_prefix(end + 1);
  }
  return lines;
}

std::string journal_text(std::string_view text) {
  std::string out;
  const auto replace = [&out] { out += "\xEF\xBF\xBD"; };
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    const std::size_t length = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    const auto piece = text.substr(i, length);
    if (piece.size() < length || !is_utf8(piece)) {
      replace();
      ++i;
      continue;
    }
    const bool c1 = c == 0xc2 && static_cast<unsigned char>(piece[1]) < 0xa0;
    if (c == 0x7f || c1) replace();
    else out += piece;
    i += length;
  }
  return out;
}

Journal::Journal(AppendFile file, const Clock& clock) : clock_(clock), file_(std::move(file)) {}

Result<std::unique_ptr<Journal>> Journal::create(const fs::path& path, const Clock& clock) {
  GZ_TRY_ASSIGN(auto file, AppendFile::create(path));
  GZ_TRY(sync_folder(path.has_parent_path() ? path.parent_path() : fs::path(".")));
  return std::unique_ptr<Journal>(new Journal(std::move(file), clock));
}

Result<std::unique_ptr<Journal>> Journal::reopen(const fs::path& path, const Clock& clock, const JournalLine& last) {
  GZ_TRY_ASSIGN(const auto text, read_text(path, 1u << 30));
  if (text.empty() || text.back() != '\n')
    return fail(ErrorKind::Invalid, path.string() + " does not end with a whole line");
  const auto before = text.size() > 1 ? text.rfind('\n', text.size() - 2) : std::string::npos;
  const auto start = before == std::string::npos ? 0 : before + 1;
  if (sha256_hex(as_bytes(std::string_view(text).substr(start))) != last.digest)
    return fail(ErrorKind::Tampered, path.string() + " does not end with the line to go on from");
  GZ_TRY_ASSIGN(auto file, AppendFile::reopen(path));
  if (file.size() != text.size()) return fail(ErrorKind::Io, path.string() + " changed while it was opened");
  std::unique_ptr<Journal> journal(new Journal(std::move(file), clock));
  GZ_TRY(journal->file_.sync());             // whoever wrote it may not have
  journal->proven_ = text.size();
  journal->head_ = {last.seq, last.digest, last.time};
  journal->empty_ = false;
  return journal;
}

// A line goes out in one write(2). When the disk fills in its middle, the half line is cut off again, so that
// what stands stays a journal; no whole line is ever touched.
Status Journal::write_whole(std::string_view line) {
  if (torn_) return fail(ErrorKind::Io, file_.path().string() + " ends with half a line");
  if (unmended_) return fail(failed_->in("nothing more can be recorded: the journal does not reach the disk; end the session"));
  const auto before = file_.size();
  auto written = file_.write(as_bytes(line));
  if (!written && ::truncate(file_.path().c_str(), static_cast<off_t>(before)) != 0) torn_ = true;
  return written;
}

Result<JournalHead> Journal::append(std::string_view kind, std::string_view body) {
  const std::lock_guard lock(mutex_);
  // the clock may step back, the journal may not
  const WallTime now = empty_ ? clock_.wall() : std::max(clock_.wall(), head_.time);
  JournalLine line{empty_ ? 0 : head_.seq + 1, empty_ ? std::string(kZeroDigest) : head_.digest, now,
                   std::string(kind), std::string(body), {}};
  GZ_TRY_ASSIGN(const auto text,
                format_line(line.seq, line.previous, now, clock_.zone_minutes(), kind, body, check_journal_body));
  GZ_TRY(write_whole(text));
  unproven_ += text;
  line.digest = sha256_hex(as_bytes(text));
  head_ = {line.seq, line.digest, line.time};
  empty_ = false;
  if (listener_) listener_(line);
  return head_;
}

Result<JournalHead> Journal::append(std::string_view kind, const Json& body) {
  GZ_TRY_ASSIGN(const auto text, canonical_json(body));
  return append(kind, text);
}

Status Journal::sync() {
  const std::lock_guard one(syncing_);
  return sync_file();
}

Status Journal::sync_file() {
  std::uint64_t seen = 0;
  bool unmended = false;
  {
    const std::lock_guard lock(mutex_);
    seen = file_.size();
    unmended = unmended_;
  }
  const Status synced = unmended ? Status() : file_.sync();            // lines go on meanwhile
  const std::lock_guard lock(mutex_);
  if (synced && !unmended) {
    unproven_.erase(0, static_cast<std::size_t>(seen - proven_));
    proven_ = seen;
    return ok();
  }
  if (!failed_) failed_ = synced.error();
  unmended_ = true;
  return write_anew();
}

// The proven bytes are read back and must end where the lines in memory begin: the chain says so.
Status Journal::write_anew() {
  const auto path = file_.path();
  GZ_TRY_ASSIGN(auto text, read_text(path, 1u << 30));
  if (text.size() < proven_) return fail(failed_->in(path.string() + " is shorter than what was synced"));
  text.resize(static_cast<std::size_t>(proven_));
  text += unproven_;
  if (text.empty()) return fail(*failed_);
  if (const auto lines = parse_journal(text); !lines) return fail(lines.error().in(path.string() + " cannot be written anew"));
  GZ_TRY(write_atomically(path, as_bytes(text)));
  GZ_TRY_ASSIGN(file_, AppendFile::reopen(path));
  proven_ = text.size();
  unproven_.clear();
  unmended_ = false;
  return ok();
}

Status Journal::close() {
  const std::lock_guard one(syncing_);
  GZ_TRY(sync_file());
  const std::lock_guard lock(mutex_);
  return file_.close();
}

std::optional<Error> Journal::failed_sync() const {
  const std::lock_guard lock(mutex_);
  return failed_;
}

JournalHead Journal::head() const {
  const std::lock_guard lock(mutex_);
  return head_;
}

void Journal::on_line(std::function<void(const JournalLine&)> listener) {
  const std::lock_guard lock(mutex_);
  listener_ = std::move(listener);
}

}  // namespace guzheng
