// Room session. Thread `proof`: which apps come to the front, and what each is: the first that is no launcher in app.json (line app.attest), every
// other in a note. A package may take long to come, so neither captures nor the pane wait for it; the end of a session waits a little and
// then calls it off.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <set>
#include <thread>

#include "core/session/environment.h"
#include "core/session/ledger.h"
#include "core/session/reporter.h"

namespace guzheng {

// How the note of an app that was opened later begins; its package follows, then "：", then kRefusedLater where its signature failed (a recovery reads it).
inline constexpr std::string_view kOpenedLater = "又打开的应用 ", kRefusedLater = "应用验真不符，";

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

  // Asks which app is in front: a line app.foreground when it is another; one that was not seen yet and is no launcher is proven from here on.
  // `limit`: how long a phone that hangs holds up the caller. Any thread, one at a time.
  void look(std::chrono::milliseconds limit);
  void wait(std::chrono::milliseconds limit);              // for proofs that are under way
  // As wait(), then calls it off: what is known by then is written.
  void finish(std::chrono::milliseconds limit);
  Status attest_none();                      // after finish(): app.json of a session in which no app was seen
  [[nodiscard]] bool attested() const;
  [[nodiscard]] std::vector<EnvItem> items() const;        // rows of the attested app
  [[nodiscard]] std::vector<std::string> refused() const;  // apps that were opened and whose signature failed
  [[nodiscard]] std::vector<std::string> unproven() const; // apps that were opened after so many others that they were not looked at

 private:
  void run();
  Status attest(const AppFacts& app);
  Status write(const AppFacts& app, const std::vector<Checked>& rows, const std::vector<EnvItem>& items, std::vector<std::string>& written);
  Status tell_later(const AppFacts& app);
  void judge(const AppFacts& app, const EnvItem& signature);

  const Parts parts_;
  const Cancel cancel_;
  std::thread thread_;                       // look() makes it, finish() joins it
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  Foreground front_;                         // all below: under mutex_
  std::set<std::string> seen_;               // packages that are proven, or will be
  std::deque<Foreground> waiting_;
  bool busy_ = false, finishing_ = false, attested_ = false;
  std::vector<EnvItem> items_;
  std::vector<std::string> refused_, unproven_;
};

}  // namespace guzheng
