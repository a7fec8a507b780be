#include "core/sync/head_sender.h"

#include <algorithm>

#include "core/base/file.h"
#include "core/base/log.h"
#include "core/base/thread_name.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds kAskAgain{15};

// state: waiting, told, refused. `answer`: the statement's line, or why it was refused.
constexpr std::string_view kHeadsStep = R"(
CREATE TABLE head(package TEXT NOT NULL, seq INTEGER NOT NULL, digest TEXT NOT NULL, taken_ms INTEGER NOT NULL, told_ms INTEGER NOT NULL, state TEXT NOT NULL, answer TEXT NOT NULL, PRIMARY KEY(package, seq));
CREATE INDEX head_state ON head(state);
)";

const SqlMigrations& heads_schema() {
  static const SqlMigrations steps{kHeadsStep};
  return steps;
}

}  // namespace

fs::path witness_file(const fs::path& bag) { return bag.parent_path() / (bag.filename().string() + ".witness") / "heads.jsonl"; }

Result<std::shared_ptr<HeadSender>> HeadSender::start(const fs::path& folder, WitnessPlace place, const Clock& clock, const LinkMaker& link) {
  GZ_TRY(make_private_folder(folder));
  std::shared_ptr<HeadSender> out(new HeadSender(std::move(place), clock));
  GZ_TRY_ASSIGN(out->database_, Database::open(folder / "heads.sqlite", heads_schema()));
  GZ_TRY_ASSIGN(out->link_, link(std::move(out->place_.address), [raw = out.get()] { return raw->ending_.load(); }));
  out->thread_ = std::thread([raw = out.get()] { raw->run(); });
  return out;
}

HeadSender::~HeadSender() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  ending_ = true;                                  // what it was sending stays for later
  if (thread_.joinable()) thread_.join();
}

void HeadSender::told(const std::string& package, const JournalHead& head) {
  const std::lock_guard lock(mutex_);
  if (told_.size() >= kMostInMemory) told_.pop_front();          // a disk that takes nothing: the newest head covers those before it
  told_.push_back({package, head, clock_.wall()});
  changed_.notify_all();
}

// Whatever was told is on the disk before anything is sent.
void HeadSender::run() {
  name_this_thread("heads");
  std::unique_lock lock(mutex_);
  bool failed = false;
  for (bool first = true; ; first = false) {
    if (!first) {
      const auto woken = [this] { return stopping_ || now_ || !told_.empty(); };
      if (failed) changed_.wait_for(lock, kAskAgain, woken);
      else changed_.wait(lock, woken);
    }
    now_ = false;
    busy_ = true;
    while (!told_.empty()) {
      const Told one = told_.front();
      told_.pop_front();
      lock.unlock();
      if (const auto kept = keep(one); !kept) log_warn("sync", "a head of the journal of " + one.package + " could not be noted: " + kept.error().what);
      lock.lock();
    }
    if (stopping_) break;
    lock.unlock();
    const auto sent = send_waiting();
    lock.lock();
    failed = !sent;
    trouble_ = sent ? "" : sent.error().what;
    ++attempts_;
    busy_ = false;
    changed_.notify_all();
  }
  busy_ = false;
  changed_.notify_all();
}

Status HeadSender::keep(const Told& one) {
  return database_->run("INSERT OR IGNORE INTO head(package, seq, digest, taken_ms, told_ms, state, answer) VALUES(?, ?, ?, ?, ?, 'waiting', '')",
                        {one.package, static_cast<std::int64_t>(one.head.seq), one.head.digest, one.head.time.ms, one.at.ms});
}

// The newest first: a line that is back for a moment should say how far the journal is now.
Status HeadSender::send_waiting() {
  while (true) {
    {
      const std::lock_guard lock(mutex_);
      if (stopping_ || !told_.empty()) return ok();
    }
    GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT package, seq, digest, taken_ms, told_ms FROM head WHERE state = 'waiting' ORDER BY told_ms DESC, seq DESC LIMIT 1"));
    if (rows.empty()) return ok();
    const auto& row = rows[0];
    HeadReport report{std::get<std::string>(row.at(0)), static_cast<std::uint64_t>(std::get<std::int64_t>(row.at(1))), std::get<std::string>(row.at(2)), {std::get<std::int64_t>(row.at(3))}, false};
    report.late = clock_.wall().ms - std::get<std::int64_t>(row.at(4)) > kLateMs;
    GZ_TRY(send_one(report));
  }
}

// A head that is refused for good is not asked for again; everything else is tried later.
Status HeadSender::send_one(const HeadReport& report) {
  GZ_TRY_ASSIGN(const auto body, write_head_report(report));
  const auto put = [&](const char* state, const std::string& answer) {
    return database_->run("UPDATE head SET state = ?, answer = ? WHERE package = ? AND seq = ?", {state, answer, report.package, static_cast<std::int64_t>(report.seq)});
  };
  const auto answer = link_->tell_head(report.package, body);
  if (!answer && (answer.error().kind == ErrorKind::Exists || answer.error().kind == ErrorKind::Invalid)) {
    log_error("sync", "the central system refuses a head of the journal of " + report.package + ": " + answer.error().what);
    return put("refused", answer.error().what);
  }
  if (!answer) return fail(answer.error());
  GZ_TRY_ASSIGN(const auto head, parse_signed_head(*answer));
  GZ_TRY_ASSIGN([[maybe_unused]] const auto statement, check_head_answer(head, report, {place_.central_pem, place_.org_roots_pem, place_.org_crl_pem, clock_.wall()}));
  return put("told", *answer);
}

Result<HeadCounts> HeadSender::counts(const std::string& package) {
  GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT state, count(*) FROM head WHERE package = ? GROUP BY state", {package}));
  HeadCounts out;
  for (const auto& row : rows) {
    const auto& state = std::get<std::string>(row.at(0));
    (state == "told" ? out.told : state == "waiting" ? out.waiting : out.refused) = std::get<std::int64_t>(row.at(1));
  }
  // a question to somebody who never answers keeps the thread from noting what came meanwhile
  const std::lock_guard lock(mutex_);
  out.waiting += std::count_if(told_.begin(), told_.end(), [&](const Told& one) { return one.package == package; });
  return out;
}

Result<HeadCounts> HeadSender::settle(const fs::path& bag, std::chrono::milliseconds patience) {
  {
    std::unique_lock lock(mutex_);
    const auto before = attempts_ + (busy_ ? 1 : 0);             // one that runs may have begun before the last head came
    now_ = true;
    changed_.notify_all();
    changed_.wait_for(lock, patience, [&] { return told_.empty() && !busy_ && attempts_ > before; });
  }
  GZ_TRY(put_beside(bag));
  return counts(bag.filename().string());
}

Status HeadSender::put_beside(const fs::path& bag) {
  GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT answer FROM head WHERE package = ? AND state = 'told' ORDER BY seq", {bag.filename().string()}));
  if (rows.empty()) return ok();
  std::string text;
  for (const auto& row : rows) text += std::get<std::string>(row.at(0)) + "\n";
  const auto file = witness_file(bag);
  if (const auto there = read_text(file); there && *there == text) return ok();
  GZ_TRY(make_private_folder(file.parent_path()));
  return write_text(file, text);
}

std::string HeadSender::trouble() const {
  const std::lock_guard lock(mutex_);
  return trouble_;
}

}  // namespace guzheng
