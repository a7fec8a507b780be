// Room desk. Step 环境检测 of page 远程取证: looks at workstation, node, phone and app before a session, off the GUI thread, and keeps which
// failed items the officer lets pass and why. Holds no rule: what is compulsory, and whether a session may begin, says core/session.
// GUI thread only.
#pragma once

#include <QObject>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/desk/station_desk.h"

namespace guzheng {

class CheckDesk : public QObject {
  Q_OBJECT
 public:
  explicit CheckDesk(StationDesk& station) : station_(station) {}
  enum class State { Empty, Running, Done, Failed };
  // `complete` fills in, on the worker, what only the phone's adb server can say. A check that is under way is called off. Reasons stay
  // while the phone is the same.
  void run(SessionSetup setup, std::function<Status(SessionSetup&)> complete);
  void forget();                           // no phone is chosen any more
  void stop();                             // for good; before the station's pools are drained
  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] const std::string& serial() const { return serial_; }      // of the phone that was, or is being, looked at
  [[nodiscard]] const std::vector<EnvItem>& items() const { return items_; }
  [[nodiscard]] WallTime at() const { return at_; }
  [[nodiscard]] std::int64_t took_ms() const { return took_ms_; }
  [[nodiscard]] const Error& error() const { return error_; }              // Failed

  void let_pass(const std::string& item, const std::string& reason);       // an empty reason takes it back
  [[nodiscard]] std::vector<EnvOverride> overrides() const;                // of items that fail now
  [[nodiscard]] std::vector<EnvItem> holding() const;                      // what still holds the session up
  [[nodiscard]] static std::string why(const std::string& item);           // a compulsory item matters; Chinese, as the table has it

 signals:
  void changed();

 private:
  struct Found {
    WallTime at;
    std::int64_t took_ms = 0;
    std::vector<EnvItem> items;
  };
  void take(int number, Result<Found> found);

  StationDesk& station_;
  State state_ = State::Empty;
  std::string serial_;
  int number_ = 0;                         // of the newest run; older ones are dropped
  Cancel cancel_;
  std::vector<EnvItem> items_;
  WallTime at_;
  std::int64_t took_ms_ = 0;
  Error error_;
  std::map<std::string, std::string> reasons_;             // by item
};

}  // namespace guzheng
