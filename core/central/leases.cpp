#include "core/central/leases.h"

#include "core/base/log.h"
#include "core/base/random.h"
#include "core/base/thread_name.h"

namespace guzheng {

Result<std::unique_ptr<Leases>> Leases::open(Database& database, const Clock& clock, std::int64_t hold_ms) {
  std::unique_ptr<Leases> out(new Leases(database, clock, hold_ms, random_hex(16)));
  GZ_TRY(database.run("DELETE FROM lease WHERE until_ms < ?", {clock.wall().ms - 3'600'000}));
  out->thread_ = std::thread([raw = out.get()] { raw->renew(); });
  return out;
}

Leases::~Leases() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
    woken_.notify_all();
  }
  thread_.join();
  (void)database_.run("DELETE FROM lease WHERE holder = ?", {holder_});
}

Result<bool> Leases::take(const std::string& name) {
  bool ours = false;
  GZ_TRY(database_.together([&]() -> Status {
    const std::int64_t now = clock_.wall().ms;
    GZ_TRY_ASSIGN(const auto rows, database_.query("SELECT holder, until_ms FROM lease WHERE name = ?", {name}));
    ours = rows.empty() || std::get<std::string>(rows[0].at(0)) == holder_ || std::get<std::int64_t>(rows[0].at(1)) + kMargin < now;
    return ours ? database_.run("INSERT OR REPLACE INTO lease(name, holder, until_ms) VALUES(?, ?, ?)", {name, holder_, now + hold_ms_}) : ok();
  }));
  return ours;
}

Result<bool> Leases::still(const std::string& name) {
  bool ours = false;
  GZ_TRY(database_.together([&]() -> Status {
    const std::int64_t now = clock_.wall().ms;
    GZ_TRY_ASSIGN(const auto rows, database_.query("SELECT 1 FROM lease WHERE name = ? AND holder = ? AND until_ms > ?", {name, holder_, now}));
    ours = !rows.empty();
    return ours ? database_.run("UPDATE lease SET until_ms = ? WHERE name = ? AND holder = ?", {now + hold_ms_, name, holder_}) : ok();
  }));
  return ours;
}

void Leases::give(const std::string& name) {
  const auto given = database_.run("DELETE FROM lease WHERE name = ? AND holder = ?", {name, holder_});
  if (!given) log_warn("central", "a lease runs out by itself: " + given.error().what);
}

void Leases::renew() {
  name_this_thread("lease");
  std::unique_lock lock(mutex_);
  while (!woken_.wait_for(lock, std::chrono::milliseconds(hold_ms_ / 3), [&] { return stop_; })) {
    lock.unlock();
    const std::int64_t now = clock_.wall().ms;     // what ran out already is not renewed: another may have seen it so
    const auto done = database_.run("UPDATE lease SET until_ms = ? WHERE holder = ? AND until_ms > ?", {now + hold_ms_, holder_, now});
    if (!done) log_warn("central", "leases could not be renewed: " + done.error().what);
    lock.lock();
  }
}

}  // namespace guzheng
