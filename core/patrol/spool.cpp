#include "core/patrol/spool.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>

#include "core/base/json.h"

namespace guzheng {

namespace {

namespace fs = std::filesystem;
constexpr std::uint64_t kMostBytes = 16u << 20;

struct SpoolHead {
  Act act;
  int failures = 0;
};

Failure bad_line(std::size_t number, const std::string& what) { return fail(ErrorKind::Invalid, "line " + std::to_string(number) + " of a check's findings: " + what); }

Result<SpoolHead> head_of(const std::string& line) {
  GZ_TRY_ASSIGN(const Json json, parse_json(line));
  if (!json.is_object() || integer_at(json, "format") != 1) return bad_line(1, "no head of format 1");
  SpoolHead out{{text_at(json, "who"), text_at(json, "why")}, static_cast<int>(integer_at(json, "failures"))};
  if (out.act.who.empty() || out.failures < 1 || out.failures > 10) return bad_line(1, "who and failures (1 to 10) are missing");
  return out;
}

Result<PatrolFinding> finding_of(const std::string& line, std::size_t number) {
  GZ_TRY_ASSIGN(const Json json, parse_json(line));
  if (!json.is_object()) return bad_line(number, "no object");
  PatrolFinding out;
  out.subject = integer_at(json, "subject");
  out.entry.no = static_cast<int>(integer_at(json, "no"));
  out.entry.name = text_at(json, "name");
  out.entry.link = text_at(json, "link");
  out.at = {integer_at(json, "at_ms")};
  const auto reach = reach_of(text_at(json, "reach"));
  if (out.subject < 1 || out.entry.no < 1 || out.at.ms < 1 || !reach || *reach == Reach::Unchecked) return bad_line(number, "subject, no, at_ms or reach is missing or wrong");
  out.judgement = {*reach, text_at(json, "why")};
  return out;
}

// Whole lines; what a kill tore off at the end is no finding.
std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  std::size_t from = 0;
  for (auto end = text.find('\n'); end != text.npos; end = text.find('\n', from)) {
    out.push_back(text.substr(from, end - from));
    from = end + 1;
  }
  return out;
}

struct SpoolFile {
  SpoolHead head;
  std::vector<PatrolFinding> findings;
};

// All of it is understood before any of it is taken in.
Result<SpoolFile> read_spool(const fs::path& file) {
  GZ_TRY_ASSIGN(const auto text, read_text(file, kMostBytes));
  const auto lines = lines_of(text);
  SpoolFile out;
  if (lines.empty()) return out;                             // killed before its head
  GZ_TRY_ASSIGN(out.head, head_of(lines.front()));
  for (std::size_t i = 1; i < lines.size(); ++i) {
    GZ_TRY_ASSIGN(auto finding, finding_of(lines[i], i + 1));
    out.findings.push_back(std::move(finding));
  }
  return out;
}

// Nobody writes it any more.
Result<UniqueFd> hold_file(const fs::path& file) {
  UniqueFd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!fd) return fail_errno("open " + file.string());
  if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) return fail(ErrorKind::Exists, file.string() + " is being written");
  return fd;
}

std::vector<fs::path> waiting_in(const fs::path& folder) {
  std::vector<fs::path> out;
  std::error_code ec;
  for (const auto& one : fs::directory_iterator(folder, ec))
    if (const auto ending = one.path().extension(); ending == ".part" || ending == ".done") out.push_back(one.path());
  std::sort(out.begin(), out.end());                         // names begin with the time: older checks first
  return out;
}

Status take_in_file(SubjectStore& store, const fs::path& file, SpoolTaken& taken) {
  const auto held = hold_file(file);
  if (!held) return held.error().kind == ErrorKind::Exists || held.error().kind == ErrorKind::NotFound ? ok() : Status(fail(held.error()));
  std::error_code ec;
  const auto spool = read_spool(file);
  if (!spool && spool.error().kind == ErrorKind::NotFound) return ok();          // finished just now, under its other name
  if (!spool && spool.error().kind != ErrorKind::Invalid) return fail(spool.error());
  if (!spool) {
    const fs::path bad = fs::path(file).replace_extension(".bad");
    fs::rename(file, bad, ec);
    if (ec) return fail(error_from_errno(ec.value(), "put " + file.string() + " aside"));
    taken.refused.push_back(bad.string() + ": " + spool.error().what);
    return ok();
  }
  for (const auto& finding : spool->findings) {
    GZ_TRY_ASSIGN(const auto move, keep_finding(store, finding, spool->head.failures, spool->head.act));
    ++(move ? taken.findings : taken.late);
    taken.moved_in += move == PatrolMove::In;
    taken.moved_back += move == PatrolMove::Back;
  }
  if (!spool->head.act.who.empty()) taken.who = spool->head.act.who;
  ++taken.files;
  fs::remove(file, ec);                                      // durable before: a crash here takes the file in again, for nothing
  return ec ? Status(fail(error_from_errno(ec.value(), "remove " + file.string()))) : ok();
}

}  // namespace

fs::path spool_folder(const fs::path& library) { return library / "patrol-spool"; }

FindingSpool::FindingSpool(fs::path folder, const SubjectStore& store, Act act, int failures) : folder_(std::move(folder)), store_(store), act_(std::move(act)), failures_(failures) {}

FindingSpool::~FindingSpool() { static_cast<void>(close()); }

Result<std::unique_ptr<FindingSpool>> FindingSpool::begin(const fs::path& library, const SubjectStore& store, const Act& act, int failures) {
  GZ_TRY(make_private_folder(spool_folder(library)));
  return std::unique_ptr<FindingSpool>(new FindingSpool(spool_folder(library), store, act, failures));
}

Status FindingSpool::open_next() {
  char time[32];
  std::snprintf(time, sizeof time, "%015lld", static_cast<long long>(store_.now().ms));
  now_ = folder_ / (std::string(time) + "-" + std::to_string(getpid()) + "-" + std::to_string(++files_));
  const fs::path fresh = now_.string() + ".new";             // nobody looks at it before it is locked
  GZ_TRY_ASSIGN(auto file, AppendFile::create(fresh));
  lock_ = UniqueFd(::open(fresh.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!lock_ || ::flock(lock_.get(), LOCK_EX | LOCK_NB) != 0) return fail_errno("hold " + fresh.string());
  std::error_code ec;
  fs::rename(fresh, now_.string() + ".part", ec);
  if (ec) return fail(error_from_errno(ec.value(), "begin " + fresh.string()));
  file_ = std::make_unique<AppendFile>(std::move(file));
  in_file_ = 0;
  GZ_TRY_ASSIGN(const auto head, canonical_json({{"format", 1}, {"who", act_.who}, {"why", act_.why}, {"failures", failures_}}));
  return file_->write(as_bytes(head + "\n"));
}

Result<std::optional<PatrolMove>> FindingSpool::put(const PatrolFinding& finding) {
  GZ_TRY_ASSIGN(const auto move, move_for(store_, finding.subject, finding.entry, finding.judgement, failures_));
  GZ_TRY_ASSIGN(const auto line, canonical_json({{"subject", finding.subject}, {"no", finding.entry.no}, {"name", finding.entry.name}, {"link", finding.entry.link}, {"reach", to_string(finding.judgement.reach)},
                                                 {"why", finding.judgement.why}, {"at_ms", finding.at.ms}}));
  if (!file_) GZ_TRY(open_next());
  GZ_TRY(file_->write(as_bytes(line + "\n")));
  GZ_TRY(file_->sync());
  if (++in_file_ == kEachFile) GZ_TRY(close());
  return std::optional(move);
}

Status FindingSpool::close() {
  if (!file_) return ok();
  const auto file = std::move(file_);
  GZ_TRY(file->close());
  std::error_code ec;
  const fs::path done = now_.string() + ".done";
  fs::rename(now_.string() + ".part", done, ec);
  lock_.reset();
  if (ec) return fail(error_from_errno(ec.value(), "finish " + done.string()));
  written_.push_back(done);
  return sync_folder(folder_);
}

Result<SpoolTaken> take_in_spool(SubjectStore& store, const fs::path& library) {
  SpoolTaken out;
  for (const auto& file : waiting_in(spool_folder(library))) GZ_TRY(take_in_file(store, file, out));
  return out;
}

}  // namespace guzheng
