// Room desk. Which phones can be driven from here: one tracker an adb server, told as soon as something changes.
#pragma once

#include <QObject>
#include <QThreadPool>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/device/adb.h"
#include "core/device/link.h"
#include "core/device/tracker.h"

namespace guzheng {

struct PhoneEntry {
  std::string serial, model, state;        // state as adb says it: "device", "unauthorized", "offline", …
  std::size_t source = 0;
  bool training = false;                   // says of itself that it is the training phone; false until it answered
  [[nodiscard]] bool usable() const { return state == "device"; }
};

// One adb server.
struct PhoneSource {
  std::string name;                        // "127.0.0.1:5037"
  bool optional = false;                   // an adb server that need not run: its absence is no trouble
  bool answered = false;
  std::optional<Error> error;
  std::vector<PhoneEntry> phones;
};

// Asks the phone itself (ro.guzheng.training), whatever adb server it hangs on. Blocks up to five seconds: a worker's.
Result<bool> is_training_phone(DeviceLink& link);

// GUI thread.
class PhoneList : public QObject {
  Q_OBJECT
 public:
  explicit PhoneList(QThreadPool& pool) : pool_(pool) {}
  ~PhoneList() override;
  void add_source(const std::string& host, std::uint16_t port, bool optional);
  void retry();                            // asks every server again, now
  [[nodiscard]] const std::vector<PhoneSource>& sources() const { return sources_; }
  [[nodiscard]] std::vector<PhoneEntry> phones() const;
  [[nodiscard]] std::shared_ptr<AdbServer> server(std::size_t source) const { return servers_[source]; }
  void stop();                             // ends the trackers; called before the pools are drained

 signals:
  void changed();

 private:
  void follow(std::size_t source);
  void told(std::size_t source, const Result<std::vector<AdbDevice>>& list);
  void ask_more(std::size_t source);

  QThreadPool& pool_;
  std::vector<PhoneSource> sources_;
  std::vector<std::shared_ptr<Transport>> transports_;
  std::vector<std::shared_ptr<AdbServer>> servers_;
  std::vector<std::unique_ptr<DeviceTracker>> trackers_;
};

}  // namespace guzheng
