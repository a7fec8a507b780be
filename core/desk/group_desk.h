// Room desk. 并行取证 in the window (A-7.3e): one group of phones under one order, led by hand. Forwards to core/session's GroupSession on workers, hops
// its words to the GUI thread, holds no rule. One group or one single session at a time: LiveDesk shows the bars what runs here. GUI thread only.
#pragma once

#include <deque>

#include "core/compare/comparison.h"
#include "core/desk/live_desk.h"
#include "core/session/group_session.h"

namespace guzheng {

// A phone of the group, as it was chosen.
struct GroupPhone {
  PhoneEntry phone;
  std::string account, place;              // who uses the app on it, and where it stands, as the officer says; "": not said
  std::vector<EnvOverride> overrides;      // 仍要取证
};
// A phone of the group, as its card shows it.
struct GroupCard {
  int number = 0;
  std::string serial, model, node;         // node: "": it hangs on this computer
  std::string account, place;
  std::string stopped;                     // why it stopped alone; "" while it goes on
  std::optional<int> battery;              // percent, asked once a minute
  SessionStatus status;                    // inputs_dropped: acts that did not reach it
};

// What is done to all phones of a group, one at a time. Compare: what was captured is held side by side anew.
enum class GroupAct { Tap, Drag, Scroll, Key, Text, Capture, LongCapture, Compare, Pause, Resume, End };

class GroupDesk : public QObject {
  Q_OBJECT
 public:
  GroupDesk(StationDesk& station, PhoneList& phones, LiveDesk& live);
  ~GroupDesk() override;                   // sessions still running are left for recovery

  [[nodiscard]] LiveDesk::Stage stage() const { return stage_; }
  [[nodiscard]] const CaptureOrder& order() const { return order_; }
  [[nodiscard]] const std::vector<GroupCard>& cards() const { return cards_; }
  [[nodiscard]] int leader() const { return leader_; }
  void lead(int member);                   // one that has stopped does not
  // The act on the phones that is under way; End while they are sealed. Another one is not taken meanwhile, which not_taken() tells, but for F8: it waits.
  [[nodiscard]] std::optional<GroupAct> running() const { return stage_ == LiveDesk::Stage::Ending ? std::optional(GroupAct::End) : running_; }
  [[nodiscard]] bool busy() const { return running().has_value(); }
  [[nodiscard]] int waiting_captures() const { return static_cast<int>(waiting_.size()); }

  [[nodiscard]] static bool is_group(std::size_t phones) { return phones >= 2 && phones <= static_cast<std::size_t>(kMostMembers); }
  // Step 环境检测 of one phone, and what the officer lets pass of it; the same one for the same phone, until forget_checks().
  CheckDesk& checks(const PhoneEntry& phone);
  void check(const CaptureOrder& order, const PhoneEntry& phone);
  void forget_checks();                    // what was let pass was so for one session alone

  // 2 to 16 phones. The stage changes to Running, or start_failed().
  void start(const CaptureOrder& order, const std::vector<GroupPhone>& phones, std::vector<OpeningStatement> statements);
  void tap(int x, int y, std::int64_t hold_ms);            // video pixels of the leading phone
  void drag(const std::vector<PathPoint>& path, Fingers fingers = Fingers::One);      // likewise
  void scroll(bool down);                  // all alike: four tenths of each screen
  void press(std::uint32_t keycode);       // on all
  bool paste(const std::string& utf8);     // on all; false: not taken
  // As the keyboard or an input method gives it; what comes while the piece before is still on its way follows it in order. False: not taken.
  bool type(const std::string& utf8);
  // On all; then they are compared. While another act is under way it waits (waiting_captures()) and each journal says when it was asked for; it is done as
  // soon as that act is over, in the order of the calls.
  void capture(const ItemDescription& description);
  // 长页取证 on all, each to its page's end, 20 pictures, or stop_long(); long_changed() after each picture, then long_ended() and compared().
  void capture_long(const ItemDescription& description);
  void stop_long() { long_stop_->store(true); }
  [[nodiscard]] bool long_runs() const { return long_runs_; }
  void describe(const ComparedPage& page, const ItemDescription& description);             // of all members that have it; refused()
  void note(const std::string& text);      // in each journal
  void set_secret_mode(bool on);           // 密码输入, on all
  [[nodiscard]] bool secret_mode() const;  // of the leading phone
  bool pause(const std::string& reason);   // inputs of all; the recordings go on; false: not taken
  bool resume();                           // likewise
  [[nodiscard]] bool paused() const;       // a phone that goes on is
  bool end(const std::string& incomplete_reason);          // false: not taken
  // The officer took this text of a phone's clipboard over onto the desk's: a note in that phone's journal says so.
  void clipboard_taken(int member, const std::string& text);

  // What was captured so far, side by side; made anew after each capture.
  [[nodiscard]] const Comparison& comparison() const { return comparison_; }
  void set_words(ComparisonWords words) { words_ = std::move(words); }       // from the next comparison on: in the window's language
  [[nodiscard]] const std::optional<GroupResult>& last_result() const { return result_; }
  [[nodiscard]] std::shared_ptr<const Frame> take_frame(int member) const;

 signals:
  void stage_changed();
  void changed();                          // cards, leader, busy
  void frame_ready(int member);
  void compared();
  void followed(const QString& element, int differed);     // "": nothing that is named was under the finger
  void dragged(const QString& element, int in_proportion); // element "": nothing scrolls there; so many did it in proportion to their screen
  void inputs_lost(const std::map<int, std::uint64_t>& lost);            // by member, of the act that is over
  void page_left();                        // an act may change what the phones show: places on their pictures hold no more
  void long_changed();
  void long_ended(const std::map<int, guzheng::LongCapture>& pages);
  void refused(const guzheng::Error& error);               // a description or a note was not taken
  void trouble(int member, const guzheng::Error& error);
  void failed(const guzheng::Error& error);                // an act was not done
  void not_taken(guzheng::GroupAct what);                  // another one is running(), the phones are paused(), or are being sealed
  void clipboard(int member, const std::string& text);     // the phone's clipboard changed; untrusted
  void start_failed(const guzheng::Error& error);
  void sealed();

 private:
  class Relay;                             // of one member: from its session's threads to this one
  using Act = std::function<Status(GroupSession&)>;
  [[nodiscard]] bool free_for(GroupAct what);              // else it is told
  bool act(GroupAct what, Act work, std::function<void()> then = {});
  bool act_on_page(GroupAct what, std::function<LostInputs(GroupSession&)> work);          // … that may change it; what was lost is told
  void go_on();                            // with what waited for the act that is over
  void wait_capture(const ItemDescription& description);
  void compare();
  void ask_batteries();
  void refresh();
  void set_stage(LiveDesk::Stage stage);
  void began(std::shared_ptr<GroupSession> group);
  void ended(GroupResult result);

  StationDesk& station_;
  PhoneList& phones_;
  LiveDesk& live_;
  LiveDesk::Stage stage_ = LiveDesk::Stage::Idle;
  CaptureOrder order_;
  int run_ = 0;                                            // counts groups: what one that is over still says is not the next one's
  std::shared_ptr<GroupSession> group_;                    // keeps its relays
  std::vector<GroupCard> cards_;
  int leader_ = 1;
  std::optional<GroupAct> running_;
  std::deque<ItemDescription> waiting_;
  std::string typed_;                                      // while Text is running
  bool compare_again_ = false;
  Comparison comparison_;
  ComparisonWords words_;
  std::optional<GroupResult> result_;
  std::map<std::pair<std::size_t, std::string>, std::unique_ptr<CheckDesk>> checks_;       // by source and serial; kept: workers may speak to them
  bool long_runs_ = false;
  const std::shared_ptr<std::atomic<bool>> long_stop_ = std::make_shared<std::atomic<bool>>(false);
  QTimer second_, minute_;
  std::uint64_t clipboard_sequence_ = 0;
};

}  // namespace guzheng
