// Room session. Thread `proof`: which app is in front, and, once, what it is (app.json, line app.attest). Its package may take long to come,
// so neither captures nor the pane wait for it; the end of a session waits a little and then calls it off.
#pragma once

#include <condition_variable>
#include <functional>
#include <thread>

#include "core/session/environment.h"
#include "core/session/ledger.h"
#include "core/session/reporter.h"

namespace guzheng {

class AppDesk {
 public:
  struct Parts {
    DeviceLink& link;
    Ledger& ledger;
    const Reporter& tell;
    AppProofs& proofs;
    const AppBaseline& baseline;
    std::filesystem::path spool;             // AppProofs::prove
    std::function<std::uint32_t()> sdk;      // of the phone's Android
  };
  explicit AppDesk(Parts parts) : parts_(std::move(parts)) {}
  ~AppDesk();

  // Asks which app is in front: a line app.foreground when it is another, and the first that is no launcher is attested from here on.
  // `limit`: how long a phone that hangs holds up the caller. Any thread, one at a time.
  void look(std::chrono::milliseconds limit);
  void wait(std::chrono::milliseconds limit);              // for an attestation that is under way
  // As wait(), then calls it off: what is known by then is written.
  void finish(std::chrono::milliseconds limit);
  Status attest_none();                      // after finish(): app.json of a session in which no app was seen
  [[nodiscard]] bool attested() const;
  [[nodiscard]] std::vector<EnvItem> items() const;        // rows of the attested app

 private:
  void start(const Foreground& app);
  Status attest(const AppFacts& app);

  const Parts parts_;
  const Cancel cancel_;
  std::thread thread_;                       // look() makes it, finish() joins it
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  Foreground front_;                         // all below: under mutex_
  bool started_ = false, ended_ = false, attested_ = false;
  std::vector<EnvItem> items_;
};

}  // namespace guzheng
