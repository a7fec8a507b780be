#include "core/session/app_desk.h"

#include "core/base/thread_name.h"

namespace guzheng {

namespace {
constexpr std::chrono::minutes kPackageLimit{10};          // hundreds of megabytes over a thin line
constexpr std::size_t kMostApps = 20, kMostSeen = 200;     // of a session: proven; told of as not proven, a reason for 不完整
}

AppDesk::~AppDesk() { finish(std::chrono::milliseconds(0)); }

void AppDesk::look(std::chrono::milliseconds limit) {
  const auto app = foreground_app(parts_.link, limit);
  if (!app) return;                          // 无法判定: nothing is claimed
  bool changed = false;
  {
    const std::lock_guard lock(mutex_);
    changed = *app != front_;
    front_ = *app;
  }
  if (changed)
    if (auto line = parts_.ledger.line("app.foreground", Json{{"package", journal_text(app->package)}, {"activity", journal_text(app->activity)}}); !line)
      parts_.tell.trouble(line.error());
  const std::lock_guard lock(mutex_);
  if (finishing_ || is_launcher(app->package) || seen_.size() >= kMostSeen || !seen_.insert(app->package).second) return;
  if (seen_.size() > kMostApps) return unproven_.push_back(app->package);
  waiting_.push_back(*app);
  if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
  changed_.notify_all();
}

void AppDesk::run() {
  name_this_thread("proof");
  std::unique_lock lock(mutex_);
  for (bool first = true;; first = false) {
    changed_.wait(lock, [this] { return finishing_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    const Foreground app = waiting_.front();
    waiting_.pop_front();
    busy_ = true;
    lock.unlock();
    const AppFacts facts = ask_app(parts_.link, app, parts_.proofs, {parts_.sdk(), parts_.spool, kPackageLimit, cancel_});
    if (const auto done = first ? attest(facts) : tell_later(facts); !done) parts_.tell.trouble(done.error());
    lock.lock();
    busy_ = false;
    changed_.notify_all();
  }
}

void AppDesk::wait(std::chrono::milliseconds limit) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, limit, [this] { return waiting_.empty() && !busy_; });
}

void AppDesk::finish(std::chrono::milliseconds limit) {
  wait(limit);
  cancel_.cancel();
  {
    const std::lock_guard lock(mutex_);
    finishing_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

Status AppDesk::attest_none() { return attest({}); }

Status AppDesk::write(const AppFacts& app, const std::vector<Checked>& rows, const std::vector<EnvItem>& items, std::vector<std::string>& written) {
  for (const auto& row : rows) {
    if (row.raw.empty()) continue;
    if (auto put = parts_.ledger.put(row.item.raw, as_bytes(row.raw)); !put) return Failure(std::move(put.error()));
    written.push_back(row.item.raw);
  }
  const Json facts = app_json(app, items);
  const std::string path = std::string(kAttach) + "app.json";
  if (auto put = parts_.ledger.put_json(path, facts); !put) return Failure(std::move(put.error()));
  written.insert(written.begin(), path);
  const Json body{{"files", parts_.ledger.files(written)}, {"package", text_at(facts, "package")}, {"version", text_at(facts, "version")}};
  if (auto line = parts_.ledger.line("app.attest", body); !line) return Failure(std::move(line.error()));
  return ok();
}

// What the phone says of the app, and what its package proves: which build showed the page can be told later, and whether it was the maker's.
Status AppDesk::attest(const AppFacts& app) {
  const auto rows = app.app.package.empty() ? std::vector<Checked>{} : check_app(app, parts_.baseline, "app.package");
  std::vector<EnvItem> items;
  for (const auto& row : rows) items.push_back(row.item);
  std::vector<std::string> written;
  if (auto done = write(app, rows, items, written); !done) {
    // without their line they would be files that nothing in the journal names
    for (const auto& path : written)
      if (const auto aside = parts_.ledger.put_aside(path); !aside) parts_.tell.trouble(aside.error());
    return done;
  }
  {
    const std::lock_guard lock(mutex_);
    attested_ = !app.app.package.empty();
    items_ = items;
  }
  if (items.empty()) return ok();
  judge(app, items.back());
  return ok();
}

// An app that was opened after the one of app.json: no page of it is taken for the maker's unseen.
Status AppDesk::tell_later(const AppFacts& app) {
  if (app.app.package.empty()) return ok();
  const auto rows = check_app(app, parts_.baseline);
  const EnvItem& signature = rows.back().item;
  const std::string text = std::string(kOpenedLater) + app.app.package + "：" + (signature.verdict == "fail" ? std::string(kRefusedLater) : "") + signature.found + (app.proof.sha256.empty() ? "" : "；base.apk SHA-256 " + app.proof.sha256);
  if (auto line = parts_.ledger.line("note", Json{{"item", ""}, {"text", journal_text(text)}}); !line) return Failure(std::move(line.error()));
  judge(app, signature);
  return ok();
}

void AppDesk::judge(const AppFacts& app, const EnvItem& signature) {
  TimelineEvent event;
  event.type = TimelineEvent::Type::AppAttest;
  event.text = signature.found;
  event.verdict = signature.verdict;
  parts_.tell.event(std::move(event));
  if (signature.verdict != "fail") return;
  {
    const std::lock_guard lock(mutex_);
    refused_.push_back(app.app.package);
  }
  parts_.tell.trouble({ErrorKind::Tampered, "app " + app.app.package + ": " + signature.found + "; what it shows may not be the maker's"});
}

std::vector<std::string> AppDesk::unproven() const {
  const std::lock_guard lock(mutex_);
  return unproven_;
}

std::vector<std::string> AppDesk::refused() const {
  const std::lock_guard lock(mutex_);
  return refused_;
}

bool AppDesk::attested() const {
  const std::lock_guard lock(mutex_);
  return attested_;
}

std::vector<EnvItem> AppDesk::items() const {
  const std::lock_guard lock(mutex_);
  return items_;
}

}  // namespace guzheng
