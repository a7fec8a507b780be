// Room session. 并行取证 (A-7.3e): several sessions under one order, one phone and one package each, kept in step. A member that fails or lags stops
// alone, which is journalled in its own package and told; the rest go on. Each member is a session like every other, with its own threads.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/seal/group.h"
#include "core/session/gesture.h"
#include "core/session/long_capture.h"
#include "core/session/script.h"
#include "core/session/session.h"
#include "core/session/ui_element.h"

namespace guzheng {

// Members are counted from 1, as in the order.
struct MemberResult {
  int number = 0;
  std::string phone;                           // its serial
  std::optional<SealedPackage> package;        // none: it never was sealed, and …
  std::string unsealed;                        // … why
  std::string stopped;                         // not empty: it stopped alone before the end, and why
};
struct GroupResult {
  std::string group;
  std::vector<MemberResult> members;
  bool recorded = false;                       // the group's record lies beside each sealed member
  bool record_stamped = false;
  std::string record_error;                    // why not
};

struct GroupOptions {
  std::chrono::milliseconds lag{60'000};       // how long the others wait for a member before a step
  // A member stopped alone. From any of the group's threads; must not block and must not call end().
  std::function<void(int member, const std::string& why)> on_stopped;
  // By member, from the first; may be shorter. Where the phone stands and who uses the app on it (account, persona), as the officer says; "": not said.
  // A note in the member's own journal.
  std::vector<std::string> places, accounts;
};

// By member: how many inputs of an act did not reach its phone (not connected, paused, not recordable). A note in its own journal says so.
using LostInputs = std::map<int, std::uint64_t>;

// What a tap on the leading phone became.
struct FollowedTap {
  std::string element;                         // what was under the finger; empty: nothing that is named, and nothing was tapped
  std::map<int, std::string> differed;         // members whose page has no such element: they have stopped
  LostInputs lost;
};
// What a drag on the leading phone became.
struct FollowedDrag {
  std::string element;                         // what scrolls under its start; empty: nothing does, or the leader's page could not be read
  std::map<int, bool> by_element;              // of the others: within the same element of their page; false: in proportion to the screen
  LostInputs lost;
};

// Methods block and are called from one thread at a time; status(), session() from any.
class GroupSession {
 public:
  // Connects to all phones at once, each on a thread of its own. `setups`: 2 to 16, with one order, different phones; their `group` is set here. One that
  // does not start is a member that was never sealed; what it had recorded by then is recovered and sealed at once, and that is its package. An error only when none started, or they are no group (Invalid).
  static Result<std::unique_ptr<GroupSession>> start(std::vector<SessionSetup> setups, GroupOptions options);
  ~GroupSession();                             // sessions that were not ended are left for recover

  // In step: no member begins a step before all that go on are there. `progress` from any of the members' threads. Each step is a line in each
  // member's journal before it is done.
  // `secrets`: what {"do":"text","secret":…} types, the same on every phone; may be null.
  void run_script(const Script& script, const std::function<void(int member, std::size_t step, const ScriptStep& what)>& progress = {},
                  const ScriptSecrets* secrets = nullptr);
  // F8 on all that go on: asks all first, then waits for all. One that could not be captured stops.
  void capture(const ItemDescription& description);
  // A tap on the leading phone at video pixels: the element there is looked for on each other page, and tapped there. A member whose page has no
  // such element stops. Nothing is tapped anywhere before all pages have been read. Error: the leader's page could not be read.
  // `hold_ms`: how long the finger stays.
  Result<FollowedTap> tap(int leader, std::int32_t x, std::int32_t y, std::int64_t hold_ms = 60);
  // A drag on the leading phone, in its video pixels. Each other phone does it in the same time, within the element that scrolls there where its page
  // has the same one, else in proportion to its screen. No member stops for it: how far a page goes is its app's affair. Invalid: fewer than two points.
  // A pinch is about the screen's middle, so always in proportion to the screen.
  Result<FollowedDrag> drag(int leader, const std::vector<PathPoint>& path, Fingers fingers = Fingers::One);
  // Anything that is the same on every phone: keys, text, an app's start. Of touches only those that are scaled to each screen by the caller.
  LostInputs input(const std::vector<ControlMessage>& messages);
  // The same swipe over each screen: up its middle (down the page), or down it.
  LostInputs swipe(bool down);
  // 暂停, 恢复 on all that go on; errors by member, whose state then stays as it was.
  std::map<int, Error> pause(const std::string& reason);
  std::map<int, Error> resume();
  // 长页取证 (core/session/long_capture.h) on all that go on, each to its own page's end. One that could not be captured stops. `go_on` from any of the
  // members' threads, with how many pictures that member has.
  std::map<int, LongCapture> capture_long(const ItemDescription& description, int most, const std::function<bool(int member, int pictures)>& go_on = {});
  void stop(int member, const std::string& why);

  // Ends and seals all, each on its own thread, and writes the group's record. `incomplete_reason` as CaptureSession::end has it, for members that did
  // not stop; an empty one gives way to a reason that names what is missing.
  GroupResult end(const std::string& incomplete_reason = {});

  [[nodiscard]] int size() const { return static_cast<int>(members_.size()); }
  [[nodiscard]] const std::string& id() const { return group_; }
  [[nodiscard]] bool goes_on(int member) const;
  [[nodiscard]] std::string stopped(int member) const;         // why; "" while it goes on
  [[nodiscard]] CaptureSession* session(int member) const;     // null: it did not start

 private:
  struct Member {
    std::string phone;
    std::unique_ptr<CaptureSession> session;
    std::string stopped, unsealed;             // under mutex_
    std::optional<SealedPackage> left;         // of one that did not start: what it had recorded
    bool bag_open = false;                     // … that could not be sealed and waits for recovery
  };
  GroupSession() = default;
  void say_whose(int member);
  void seal_what_was_left(const std::vector<SessionSetup>& setups);
  [[nodiscard]] Member& at(int member) const { return *members_.at(static_cast<std::size_t>(member - 1)); }
  void for_each_running(const std::function<void(int)>& act) const;
  LostInputs act_on(const std::vector<int>& members, const std::function<void(int)>& act);
  [[nodiscard]] std::vector<int> running() const;
  std::vector<std::optional<Result<std::string>>> read_pages();
  SealedPackage* seal(Member& member, const std::string& reason, MemberResult& out);

  std::string group_;
  GroupOptions options_;
  const Clock* clock_ = nullptr;
  const Bureau* bureau_ = nullptr;
  std::shared_ptr<Signer> officer_;
  std::vector<std::unique_ptr<Member>> members_;
  mutable std::mutex mutex_;
};

}  // namespace guzheng
