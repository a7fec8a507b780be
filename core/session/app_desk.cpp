#include "core/session/app_desk.h"

#include "core/base/thread_name.h"

namespace guzheng {

namespace {
constexpr std::chrono::minutes kPackageLimit{10};          // hundreds of megabytes over a thin line
}

AppDesk::~AppDesk() { finish(std::chrono::milliseconds(0)); }

void AppDesk::look(std::chrono::milliseconds limit) {
  const auto app = foreground_app(parts_.link, limit);
  if (!app) return;                          // 无法判定: nothing is claimed
  bool changed = false, attest = false;
  {
    const std::lock_guard lock(mutex_);
    changed = *app != front_;
    front_ = *app;
    attest = !started_ && !is_launcher(app->package);
    started_ = started_ || attest;
  }
  if (changed)
    if (auto line = parts_.ledger.line("app.foreground", Json{{"package", journal_text(app->package)}, {"activity", journal_text(app->activity)}}); !line)
      parts_.tell.trouble(line.error());
  if (attest) start(*app);
}

void AppDesk::start(const Foreground& app) {
  thread_ = std::thread([this, app] {
    name_this_thread("proof");
    const AppFacts facts = ask_app(parts_.link, app, parts_.proofs, {parts_.sdk(), parts_.spool, kPackageLimit, cancel_});
    if (const auto done = attest(facts); !done) parts_.tell.trouble(done.error());
    const std::lock_guard lock(mutex_);
    ended_ = true;
    changed_.notify_all();
  });
}

void AppDesk::wait(std::chrono::milliseconds limit) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, limit, [this] { return !started_ || ended_; });
}

void AppDesk::finish(std::chrono::milliseconds limit) {
  wait(limit);
  cancel_.cancel();
  if (thread_.joinable()) thread_.join();
}

Status AppDesk::attest_none() { return attest({}); }

// What the phone says of the app, and what its package proves: which build showed the page can be told later, and whether it was the maker's.
Status AppDesk::attest(const AppFacts& app) {
  const auto rows = app.app.package.empty() ? std::vector<Checked>{} : check_app(app, parts_.baseline, "app.package");
  std::vector<std::string> files{std::string(kAttach) + "app.json"};
  std::vector<EnvItem> items;
  for (const auto& row : rows) {
    items.push_back(row.item);
    if (row.raw.empty()) continue;
    if (auto put = parts_.ledger.put(row.item.raw, as_bytes(row.raw)); !put) return Failure(std::move(put.error()));
    files.push_back(row.item.raw);
  }
  const Json facts = app_json(app, items);
  if (auto put = parts_.ledger.put_json(files.front(), facts); !put) return Failure(std::move(put.error()));
  const Json body{{"files", parts_.ledger.files(files)}, {"package", text_at(facts, "package")}, {"version", text_at(facts, "version")}};
  if (auto line = parts_.ledger.line("app.attest", body); !line) return Failure(std::move(line.error()));
  {
    const std::lock_guard lock(mutex_);
    attested_ = !app.app.package.empty();
    items_ = items;
  }
  if (items.empty()) return ok();
  TimelineEvent event;
  event.type = TimelineEvent::Type::AppAttest;
  event.text = items.back().found;
  event.verdict = items.back().verdict;
  parts_.tell.event(std::move(event));
  if (items.back().verdict == "fail")
    parts_.tell.trouble({ErrorKind::Tampered, "app " + app.app.package + ": " + items.back().found + "; what it shows may not be the maker's"});
  return ok();
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
