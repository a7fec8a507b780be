#include "core/device/node.h"

#include <array>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/base/thread_name.h"
#include "core/device/deadline.h"

namespace guzheng {

namespace {

using std::chrono::milliseconds;
constexpr std::size_t kMostState = 1u << 20, kMostEntries = 1000, kMostAnswer = 64u << 10;
constexpr milliseconds kLeasePatience{10'000}, kSayAlive{10'000}, kTakeAgain{2000};
constexpr std::int64_t kStateFormat = 1;

Failure no_state(const std::string& what) { return fail(ErrorKind::Protocol, "the node's state: " + what); }

template <typename T>
std::optional<T> optional_at(const Json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end()) return std::nullopt;
  if constexpr (std::is_same_v<T, bool>) {
    if (found->is_boolean()) return found->get<bool>();
  } else {
    if (found->is_number_unsigned() && std::in_range<T>(found->get<std::uint64_t>())) return static_cast<T>(found->get<std::uint64_t>());
    if (found->is_number_integer() && !found->is_number_unsigned() && std::in_range<T>(found->get<std::int64_t>())) return static_cast<T>(found->get<std::int64_t>());
  }
  return std::nullopt;
}

const Json& object_at(const Json& json, const char* name) {
  static const Json none = Json::object();
  const auto found = json.find(name);
  return found != json.end() && found->is_object() ? *found : none;
}

std::vector<Json> objects_at(const Json& json, const char* name) {
  std::vector<Json> out;
  const auto found = json.find(name);
  if (found == json.end() || !found->is_array()) return out;
  for (const auto& one : *found)
    if (one.is_object() && out.size() < kMostEntries) out.push_back(one);
  return out;
}

NodeLease lease_of(const Json& json) {
  return {text_at(json, "serial"), text_at(json, "holder"), text_at(json, "key"), optional_at<std::int64_t>(json, "since_ms").value_or(0)};
}

// Within a shell-like word list that the node splits with POSIX rules: single quotes hold everything but themselves.
std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') out += "'\\''";
    else out += c;
  }
  return out + "'";
}

Result<std::string> first_line(Stream& stream) {
  std::string line;
  std::array<std::uint8_t, 1024> piece{};
  const Deadline deadline(kLeasePatience);       // of the whole line
  while (line.find('\n') == std::string::npos) {
    GZ_TRY_ASSIGN(const auto n, stream.read_some(piece, deadline.left()));
    if (n == 0 || line.size() > kMostAnswer) return fail(ErrorKind::Protocol, "the node's program gives no answer about the phone's lease");
    line.append(reinterpret_cast<const char*>(piece.data()), n);
  }
  return line.substr(0, line.find('\n'));
}

// One channel on which the node's program holds the phone for as long as the channel lives.
class LeaseChannel {
 public:
  LeaseChannel(std::unique_ptr<Stream> stream, std::int64_t since_ms)
      : stream_(std::move(stream)), since_ms_(since_ms), thread_([this] { run(); }) {}
  ~LeaseChannel() {
    stopped_ = true;
    stream_->cancel();
    thread_.join();
  }
  [[nodiscard]] bool held() const { return held_; }
  [[nodiscard]] std::int64_t since_ms() const { return since_ms_; }

 private:
  void run() {
    name_this_thread("lease");
    std::array<std::uint8_t, 256> ignored{};
    while (!stopped_) {
      static constexpr std::string_view kAlive = "\n";
      if (!stream_->write_all(as_bytes(kAlive))) break;
      const auto said = stream_->read_some(ignored, kSayAlive);        // nothing is said while it is held
      if (said ? *said == 0 : said.error().kind != ErrorKind::Timeout) break;
    }
    held_ = false;
  }
  const std::unique_ptr<Stream> stream_;
  const std::int64_t since_ms_;
  std::atomic<bool> stopped_{false}, held_{true};
  std::thread thread_;
};

Failure taken_by(const std::string& serial, const NodeLease& by) {
  return fail(ErrorKind::Exists, "the phone " + serial + " is used by " + (by.holder.empty() ? "somebody else" : by.holder) + (by.key.empty() ? "" : " (key " + by.key + ")") +
                                     (by.since_ms > 0 ? " since " + format_time({by.since_ms}) : ""));
}

// Its thread takes the phone again, also once the node has let go of a line that was lost without a word.
class HeldLease final : public PhoneLease {
 public:
  HeldLease(std::shared_ptr<SshTransport> node, std::string serial, std::string holder)
      : node_(std::move(node)), serial_(std::move(serial)), holder_(std::move(holder)) {}
  ~HeldLease() override {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
      changed_.notify_all();
    }
    if (thread_.joinable()) thread_.join();
  }
  Status begin(NodeLease* other) {
    GZ_TRY(ask(other));
    thread_ = std::thread([this] { keep(); });
    return ok();
  }

  [[nodiscard]] bool held() const override {
    const std::lock_guard lock(mutex_);
    return channel_ && channel_->held();
  }

  Status regain() override { return ask(nullptr); }

  void on_taken(std::function<void(const Error&)> tell) override {
    const std::lock_guard lock(telling_);
    tell_ = std::move(tell);
  }

 private:
  // `other`: told who has it.
  Status ask(NodeLease* other) {
    const std::lock_guard one(asking_);
    if (held()) return ok();
    GZ_TRY_ASSIGN(const auto connection, node_->connection());
    GZ_TRY_ASSIGN(auto stream, connection->start("guzheng-node lease " + quoted(serial_) + " " + quoted(holder_)));
    GZ_TRY_ASSIGN(const auto line, first_line(*stream));
    GZ_TRY_ASSIGN(const Json answer, parse_json(line));
    const auto by = lease_of(object_at(answer, "by"));
    const auto state = text_at(answer, "lease");
    if (state == "taken" && is_mine(by)) return ok();        // the node has not noticed yet that the old line is gone
    if (state == "taken" && other != nullptr) *other = {serial_, by.holder, by.key, by.since_ms};
    if (state == "taken") return taken_by(serial_, by);
    if (state != "held") return fail(ErrorKind::Protocol, "the node's program gives no answer about the phone's lease");
    auto channel = std::make_unique<LeaseChannel>(std::move(stream), by.since_ms);
    const std::lock_guard lock(mutex_);
    channel_.swap(channel);
    return ok();
  }
  void tell(const Error& error) {
    const std::lock_guard lock(telling_);
    if (tell_ && std::exchange(told_, error.what) != error.what) tell_(error);
  }
  void keep() {
    name_this_thread("lease");
    std::unique_lock lock(mutex_);
    while (!changed_.wait_for(lock, kTakeAgain, [this] { return stopped_; })) {
      if (channel_->held()) continue;
      lock.unlock();
      const auto again = regain();
      if (!again && again.error().kind == ErrorKind::Exists) tell(again.error());
      else if (again) told_ = {};
      lock.lock();
    }
  }
  [[nodiscard]] bool is_mine(const NodeLease& by) const {
    const std::lock_guard lock(mutex_);
    return channel_ && by.since_ms > 0 && by.holder == holder_ && by.since_ms == channel_->since_ms();
  }
  const std::shared_ptr<SshTransport> node_;
  const std::string serial_, holder_;
  std::mutex asking_;                          // one question at a time
  std::mutex telling_;
  std::function<void(const Error&)> tell_;     // under telling_
  std::string told_;                           // lease thread: what was told last
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::unique_ptr<LeaseChannel> channel_;      // under mutex_; the last one that was held
  bool stopped_ = false;                       // under mutex_
  std::thread thread_;
};

}  // namespace

Result<NodeState> parse_node_state(std::string_view text) {
  if (text.size() > kMostState) return no_state("longer than 1 MiB");
  GZ_TRY_ASSIGN(const Json json, parse_json(text));
  if (!json.is_object() || integer_at(json, "format") != kStateFormat) return no_state("no format that is known here");
  NodeState out;
  out.raw = text;
  out.host = text_at(json, "host");
  const Json& clock = object_at(json, "clock");
  out.clock_ms = optional_at<std::int64_t>(clock, "ms").value_or(0);
  if (out.host.empty() || out.clock_ms <= 0) return no_state("it names neither host nor time");
  out.clock_kept = optional_at<bool>(clock, "synchronised");
  out.uptime_s = optional_at<std::int64_t>(json, "uptime_s");
  out.milli_celsius = optional_at<int>(json, "milli_celsius");
  const Json& power = object_at(json, "power");
  if (const auto source = text_at(power, "source"); source == "mains" || source == "battery") out.on_mains = source == "mains";
  if (const auto charge = optional_at<int>(power, "charge"); charge && *charge >= 0 && *charge <= 100) out.charge = charge;
  for (const auto& link : objects_at(json, "links"))
    out.links.push_back({text_at(link, "name"), optional_at<bool>(link, "up").value_or(false), optional_at<int>(link, "mbit")});
  const Json& disk = object_at(json, "disk");
  out.disk_free = optional_at<std::uint64_t>(disk, "free").value_or(0);
  out.disk_total = optional_at<std::uint64_t>(disk, "total").value_or(0);
  const Json& adb = object_at(json, "adb");
  out.adb_protocol = optional_at<int>(adb, "protocol");
  out.adb_sha256 = text_at(adb, "sha256");
  for (const auto& lease : objects_at(json, "leases")) out.leases.push_back(lease_of(lease));
  return out;
}

Result<NodeState> node_state(SshConnection& node, milliseconds limit) {
  GZ_TRY_ASSIGN(const auto output, node.run("guzheng-node state", limit));
  if (output.exit_code != 0) return no_state("its program ended with " + std::to_string(output.exit_code) + ": " + output.err.substr(0, 200));
  return parse_node_state(output.out);
}

Result<std::unique_ptr<PhoneLease>> PhoneLease::take(std::shared_ptr<SshTransport> node, std::string serial, std::string holder, NodeLease* by) {
  auto lease = std::make_unique<HeldLease>(std::move(node), std::move(serial), std::move(holder));
  GZ_TRY(lease->begin(by));
  return std::unique_ptr<PhoneLease>(std::move(lease));
}

}  // namespace guzheng
