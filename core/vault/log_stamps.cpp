#include "core/vault/log_stamps.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <algorithm>
#include <cerrno>
#include <map>

#include "core/base/digest.h"
#include "core/base/log.h"
#include "core/custody/line.h"
#include "core/seal/package_names.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kMostToken = 1u << 20;
constexpr const char* kStampKind = "op.log-stamp";
const std::string kFolder = "operations.stamps";

// "20261121-00000042.head"
std::optional<LogStamp> named(const std::string& name) {
  if (name.size() != 22 || name[8] != '-' || name.substr(17) != ".head") return {};
  std::uint64_t line = 0;
  for (std::size_t i = 0; i < 17; ++i) {
    if (i == 8) continue;
    if (name[i] < '0' || name[i] > '9') return {};
    if (i > 8) line = line * 10 + static_cast<std::uint64_t>(name[i] - '0');
  }
  LogStamp out;
  out.day = name.substr(0, 8);
  out.line = line;
  out.name = name;
  return out;
}

std::string day_of(WallTime time, const Clock& clock) { return format_day(time, clock.zone_minutes()); }

std::vector<LogStamp> heads_in(const fs::path& folder) {
  std::vector<LogStamp> out;
  std::error_code ec;
  for (fs::directory_iterator it(folder, ec), end; !ec && it != end; it.increment(ec))
    if (auto head = named(it->path().filename().string())) {
      head->pending = !fs::exists(it->path().string() + ".tsr", ec);
      out.push_back(std::move(*head));
    }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return out;
}

std::map<std::uint64_t, const JournalLine*> by_number(const OperationLogReading& reading) {
  std::map<std::uint64_t, const JournalLine*> out;
  for (const auto& line : reading.lines) out.emplace(line.seq, &line);
  return out;
}

// Disk only: nothing of the network is asked before the head stands.
Status note_head(const fs::path& log, OperationLog& writer, const Clock& clock) {
  const fs::path folder = log_stamps_folder(log);
  GZ_TRY(make_private_folder(folder));
  const LogStampsHeld held(log);
  const std::string today = day_of(clock.wall(), clock);
  const auto heads = heads_in(folder);
  if (std::any_of(heads.begin(), heads.end(), [&](const auto& head) { return head.day == today; })) return ok();
  GZ_TRY_ASSIGN(const auto head, writer.head());
  if (!head) return ok();
  return write_atomically(folder / fmt::format("{}-{:08}.head", today, head->seq), as_bytes(head->digest + "\n"), true);
}

// Another program may have been quicker: its token stays.
Status keep_token(const fs::path& log, OperationLog& writer, const LogStamp& head, ByteView tsr, std::string_view who) {
  const LogStampsHeld held(log);
  const fs::path file = log_stamps_folder(log) / (head.name + ".tsr");
  std::error_code ec;
  if (fs::exists(file, ec)) return ok();
  GZ_TRY(write_atomically(file, tsr, true));
  const auto line = writer.append(kStampKind, Json{{"file", kFolder + "/" + head.name + ".tsr"}, {"sha256", sha256_hex(tsr)}, {"who", who}});
  return line ? ok() : Status(fail(line.error()));
}

}  // namespace

fs::path log_stamps_folder(const fs::path& log) { return log.parent_path() / kFolder; }

LogStampsHeld::LogStampsHeld(const fs::path& log) : fd_(::open(log_stamps_folder(log).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)) {
  int error = fd_ ? 0 : errno;
  while (fd_ && (error = ::flock(fd_.get(), LOCK_EX) == 0 ? 0 : errno) == EINTR) {}
  if (error == 0 || (!fd_ && error == ENOENT)) return;       // no folder: nothing was stamped yet
  log_warn("vault", "the operation log's stamps could not be held still, two programs may stamp one head: " + error_from_errno(error, log_stamps_folder(log).string()).what);
}

bool log_stamp_due(const fs::path& log, const Clock& clock) {
  std::error_code ec;
  if (!fs::exists(log, ec) || fs::is_empty(log, ec)) return false;
  const auto heads = heads_in(log_stamps_folder(log));
  const bool waits = std::any_of(heads.begin(), heads.end(), [](const auto& head) { return head.pending; });
  return waits || heads.empty() || heads.back().day < day_of(clock.wall(), clock);
}

Result<std::vector<LogStamp>> log_stamps(const fs::path& log) {
  GZ_TRY_ASSIGN(const auto reading, read_operation_log(log));
  const auto lines = by_number(reading);
  const fs::path folder = log_stamps_folder(log);
  auto heads = heads_in(folder);
  for (auto& head : heads) {
    if (const auto it = lines.find(head.line); it != lines.end()) head.line_time = it->second->time;
    if (head.pending) continue;
    GZ_TRY_ASSIGN(const Bytes content, read_file(folder / head.name, kMostToken));
    GZ_TRY_ASSIGN(const Bytes tsr, read_file(folder / (head.name + ".tsr"), kMostToken));
    if (const auto info = read_stamp(tsr, sha256(content))) head.info = *info;
  }
  return heads;
}

Result<LogStampsFetched> stamp_log(const fs::path& log, StampDesk& desk, const Clock& clock, std::string_view who) {
  LogStampsFetched out;
  if (!log_stamp_due(log, clock)) return out;
  GZ_TRY_ASSIGN(const auto writer, OperationLog::open(log, clock));
  GZ_TRY(note_head(log, *writer, clock));
  GZ_TRY_ASSIGN(auto heads, log_stamps(log));
  for (auto& head : heads) {
    if (!head.pending) continue;
    if (out.pending.empty()) {
      GZ_TRY_ASSIGN(const Bytes content, read_file(log_stamps_folder(log) / head.name, kMostToken));
      auto stamped = desk.first(content, {head.line_time, {}});
      if (stamped) {
        GZ_TRY(keep_token(log, *writer, head, stamped->tsr, who));
        head.pending = false;
        head.info = std::move(stamped->info);
      } else {
        out.problem = stamped.error();
      }
    }
    (head.pending ? out.pending : out.came).push_back(std::move(head));
  }
  return out;
}

namespace {

class Check {
 public:
  Check(const fs::path& log, const std::string& roots, const Clock& clock) : folder_(log_stamps_folder(log)), roots_(roots), clock_(clock) {}

  LogStampsCheck run(const OperationLogReading& reading) {
    lines_ = by_number(reading);
    for (auto& head : heads_in(folder_)) check(head);
    names();
    for (const auto& line : reading.lines)
      if (line.kind == kStampKind) still_there(line);
    days(reading);
    return std::move(out_);
  }

 private:
  void broken(std::string what) { out_.broken.push_back(std::move(what)); }

  void check(LogStamp& head) {
    const auto content = read_file(folder_ / head.name, kMostToken);
    const std::string text = content ? std::string(as_text(*content)) : std::string();
    if (text.size() != 65 || !is_digest_text(text.substr(0, 64)) || text.back() != '\n') return broken(head.name + " is no head of the log");
    std::string when = "noted on " + head.day;
    if (!head.pending) {
      const auto tsr = read_file(folder_ / (head.name + ".tsr"), kMostToken);
      auto stamp = tsr ? accept_stamp(*tsr, sha256(*content), roots_) : Result<StampInfo>(fail(tsr.error()));
      if (!stamp) return broken(head.name + ".tsr does not hold: " + stamp.error().what);
      head.info = std::move(*stamp);
      when = "stamped at " + format_time(head.info.time, clock_.zone_minutes());
      if (head.info.time.ms > clock_.wall().ms + kTokenSlackMs) broken(head.name + ".tsr lies in the future");
    }
    const auto line = lines_.find(head.line);
    if (line == lines_.end()) return broken(fmt::format("line {:08}, {}, is no longer in the log: the log was cut off or written anew", head.line, when));
    if (line->second->digest != text.substr(0, 64)) return broken(fmt::format("line {:08} is another than the one that was {}: the log was written anew", head.line, when));
    head.line_time = line->second->time;
    if (!head.pending && head.info.time.ms + kTokenSlackMs < head.line_time.ms) broken(head.name + ".tsr is older than its line");
    out_.stamps.push_back(std::move(head));
  }

  // A token whose head was taken away; what has no business there. What a killed program left (".….tmp") says nothing.
  void names() {
    std::error_code ec;
    for (fs::directory_iterator it(folder_, ec), end; !ec && it != end; it.increment(ec)) {
      const std::string name = it->path().filename().string();
      const bool token = name.size() > 4 && name.ends_with(".tsr") && named(name.substr(0, name.size() - 4));
      if (token && !fs::exists(folder_ / name.substr(0, name.size() - 4), ec)) broken(name + ": the head that it stamps was taken away");
      else if (!token && !named(name) && !(name.starts_with('.') && name.ends_with(".tmp"))) broken(name + ": nothing of this name belongs there");
    }
  }

  // The log's own word for each token.
  void still_there(const JournalLine& line) {
    const auto body = parse_json(line.body);
    if (!body || !body->is_object() || !body->contains("file") || !(*body)["file"].is_string() || !body->contains("sha256")) return;
    const std::string file = (*body)["file"].get<std::string>(), name = file.substr(std::min(file.size(), kFolder.size() + 1));
    if (!file.starts_with(kFolder + "/")) return;
    const auto there = name.find('/') == name.npos ? read_file(folder_ / name, kMostToken) : Result<Bytes>(fail(ErrorKind::NotFound, name));
    if (!there) broken(fmt::format("{}, which line {:08} of the log names, was taken away", name, line.seq));
    else if (Json(sha256_hex(*there)) != (*body)["sha256"]) broken(fmt::format("{} is another than the one that line {:08} of the log names", name, line.seq));
  }

  // How far the last token reaches decides, not which day has a head: a day's work lies behind the head that its first program noted. Lines
  // that name a token are no work, the token stands for itself.
  void days(const OperationLogReading& reading) {
    std::optional<std::uint64_t> vouched, waiting;
    for (const auto& head : out_.stamps) {
      auto& reach = head.pending ? waiting : vouched;
      reach = std::max(reach.value_or(0), head.line);
    }
    std::map<std::string, const JournalLine*> last;          // day → its last line
    for (const auto& line : reading.lines) {
      if (line.kind == kStampKind) continue;
      last[day_of(line.time, clock_)] = &line;
      if (vouched && line.seq <= *vouched) continue;
      if (out_.unstamped++ == 0) out_.unstamped_since = line.time;
    }
    last.erase(day_of(clock_.wall(), clock_));
    for (const auto& [day, line] : last) tell_day(day, *line, vouched, waiting);
  }

  void tell_day(const std::string& day, const JournalLine& last, std::optional<std::uint64_t> vouched, std::optional<std::uint64_t> waiting) {
    if (!vouched || last.seq > *vouched) {
      if (!waiting || last.seq > *waiting) out_.bare_days.push_back(day);
      return;
    }
    if (std::any_of(out_.stamps.begin(), out_.stamps.end(), [&](const auto& head) { return head.day == day; })) return;
    const auto cover = std::find_if(out_.stamps.begin(), out_.stamps.end(), [&](const auto& head) { return !head.pending && head.line >= last.seq; });
    out_.late_days.emplace_back(day, cover->info.time.ms - last.time.ms);
  }

  const fs::path folder_;
  const std::string& roots_;
  const Clock& clock_;
  std::map<std::uint64_t, const JournalLine*> lines_;
  LogStampsCheck out_;
};

}  // namespace

Result<LogStampsCheck> check_log_stamps(const fs::path& log, const std::string& tsa_root_pem, const Clock& clock) {
  GZ_TRY_ASSIGN(const auto reading, read_operation_log(log));
  return Check(log, tsa_root_pem, clock).run(reading);
}

}  // namespace guzheng
