// Room desk. Which phones can be driven from here: one tracker an adb server, told as soon as something changes. Adb servers of this
// computer, and those of nodes through SSH (A-8.3f).
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
#include "core/session/node_way.h"

namespace guzheng {

inline constexpr char kHeldByPatrol[] = "patrol";        // PhoneEntry::holder: a check run of this window

struct PhoneEntry {
  std::string serial, model, state;        // state as adb says it: "device", "unauthorized", "offline", …
  std::size_t source = 0;
  bool training = false;                   // says of itself that it is the training phone; false until it answered
  std::string holder;                      // who uses it: at a node as the node said last, or another task of this window (use_here); "": nobody
  WallTime held_since;                     // by the node's clock
  std::optional<int> battery;              // percent, at a node
  [[nodiscard]] bool usable() const { return state == "device"; }
  [[nodiscard]] bool free() const { return usable() && holder.empty(); }
};

// One adb server.
struct PhoneSource {
  std::string name;                        // "127.0.0.1:5037"; of a node: its name
  bool optional = false;                   // an adb server that need not run: its absence is no trouble
  bool answered = false;
  std::optional<Error> error;
  std::vector<PhoneEntry> phones;
  bool node = false;
  bool gone = false;                       // dropped: nothing of it is shown, its number is not used again
};

// Asks the phone itself (ro.guzheng.training), whatever adb server it hangs on. Blocks up to five seconds: a worker's.
Result<bool> is_training_phone(DeviceLink& link);

// GUI thread.
class PhoneList : public QObject {
  Q_OBJECT
 public:
  // `pool` asks phones of this computer. Nodes are asked on threads of their own: one that hangs keeps nobody waiting.
  explicit PhoneList(QThreadPool& pool);
  ~PhoneList() override;
  std::size_t add_source(const std::string& host, std::uint16_t port, bool optional);
  std::size_t add_node(NodeWay way);
  void drop_source(std::size_t source);
  void retry();                            // asks every server again, now
  void retry(std::size_t source);
  [[nodiscard]] const std::vector<PhoneSource>& sources() const { return sources_; }
  [[nodiscard]] std::vector<PhoneEntry> phones() const;
  [[nodiscard]] std::shared_ptr<AdbServer> server(std::size_t source) const { return places_[source].server; }
  // Null: the phones of this source hang on this computer.
  [[nodiscard]] const NodeWay* node(std::size_t source) const { return places_[source].way ? &*places_[source].way : nullptr; }
  // What the node said last of who uses its phones.
  void set_leases(std::size_t source, const std::vector<NodeLease>& leases);
  // A task of this window that is no session uses this phone until it says so no more: it is not offered meanwhile. `what`: its holder then.
  void use_here(std::size_t source, const std::string& serial, const std::string& what, WallTime since);
  void give_back(std::size_t source, const std::string& serial);
  [[nodiscard]] bool used_here(std::size_t source, const std::string& serial) const;
  // Asks the node's free phones for their batteries: those that somebody uses are left in peace.
  void ask_batteries(std::size_t source);
  void stop();                             // ends the trackers; called before the pools are drained

 signals:
  void changed();

 private:
  struct Place {
    std::optional<NodeWay> way;
    std::shared_ptr<Transport> transport;
    std::shared_ptr<AdbServer> server;
    std::unique_ptr<DeviceTracker> tracker;
    std::vector<NodeLease> leases;
    std::vector<NodeLease> here;           // use_here
  };
  std::size_t add(PhoneSource source, Place place);
  void follow(std::size_t source);
  void retire(std::unique_ptr<DeviceTracker> tracker);
  void told(std::size_t source, const Result<std::vector<AdbDevice>>& list);
  void ask_more(std::size_t source);
  void put_holders(std::size_t source);
  [[nodiscard]] QThreadPool& pool_of(std::size_t source) { return sources_[source].node ? far_ : pool_; }

  QThreadPool& pool_;
  QThreadPool far_;
  std::vector<PhoneSource> sources_;
  std::vector<Place> places_;
};

}  // namespace guzheng
