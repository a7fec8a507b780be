// Room desk. 并行取证 in the window (A-7.3e): one group of phones under one order, led by hand. Forwards to core/session's GroupSession on workers, hops
// its words to the GUI thread, holds no rule. One group or one single session at a time: LiveDesk shows the bars what runs here. GUI thread only.
#pragma once

#include "core/compare/comparison.h"
#include "core/desk/live_desk.h"
#include "core/session/group_session.h"

namespace guzheng {

// A phone of the group, as its card shows it.
struct GroupCard {
  int number = 0;
  std::string serial, model, place;        // place: its node; "": it hangs on this computer
  std::string stopped;                     // why it stopped alone; "" while it goes on
  SessionStatus status;
};

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
  // An act on the phones is under way: the next ones are not taken until it is over.
  [[nodiscard]] bool busy() const { return busy_; }

  [[nodiscard]] static bool is_group(std::size_t phones) { return phones >= 2 && phones <= static_cast<std::size_t>(kMostMembers); }
  // 2 to 16 phones. started() or start_failed().
  void start(const CaptureOrder& order, const std::vector<PhoneEntry>& phones, std::vector<OpeningStatement> statements);
  void tap(int x, int y);                  // video pixels of the leading phone
  void scroll(bool down);                  // all alike: four tenths of each screen
  void press(std::uint32_t keycode);       // on all
  void paste(const std::string& utf8);     // on all
  void capture(const ItemDescription& description);        // on all; then they are compared
  void note(const std::string& text);      // in each journal
  void end(const std::string& incomplete_reason);

  // What was captured so far, side by side; made anew after each capture.
  [[nodiscard]] const Comparison& comparison() const { return comparison_; }
  [[nodiscard]] const std::optional<GroupResult>& last_result() const { return result_; }
  [[nodiscard]] std::shared_ptr<const Frame> take_frame(int member) const;

 signals:
  void stage_changed();
  void changed();                          // cards, leader, busy
  void frame_ready(int member);
  void compared();
  void followed(const QString& element, int differed);     // "": nothing that is named was under the finger
  void trouble(int member, const guzheng::Error& error);
  void failed(const guzheng::Error& error);                // an act was not done
  void start_failed(const guzheng::Error& error);
  void sealed();

 private:
  class Relay;                             // of one member: from its session's threads to this one
  using Act = std::function<Status(GroupSession&)>;
  void act(Act what, std::function<void()> then = {});
  void refresh();
  void set_stage(LiveDesk::Stage stage);
  void began(std::shared_ptr<GroupSession> group);
  void ended(GroupResult result);

  StationDesk& station_;
  PhoneList& phones_;
  LiveDesk& live_;
  LiveDesk::Stage stage_ = LiveDesk::Stage::Idle;
  CaptureOrder order_;
  std::vector<std::unique_ptr<Relay>> relays_;             // outlive group_
  std::shared_ptr<GroupSession> group_;
  std::vector<GroupCard> cards_;
  int leader_ = 1;
  bool busy_ = false;
  Comparison comparison_;
  std::optional<GroupResult> result_;
  QTimer second_;
  std::uint64_t clipboard_sequence_ = 0;
};

}  // namespace guzheng
