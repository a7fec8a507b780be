// The connection's thread: everything libssh does after the log-in happens here.
#include "core/device/ssh_connection.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <thread>
#include <vector>

#include "core/base/file.h"
#include "core/base/thread_name.h"
#include "core/device/ssh_channel.h"

namespace guzheng {

namespace {

using std::chrono::milliseconds;
constexpr milliseconds kOpenPatience{5000}, kAskAlive{1000};

// What the connection's thread and everybody else share.
class Pump {
 public:
  Pump(ssh::Session session, std::string name, UniqueFd wake)
      : session_(std::move(session)), name_(std::move(name)), wake_(std::move(wake)), thread_([this] { run(); }) {}
  ~Pump() {
    stop_ = true;
    wake();
    thread_.join();
  }
  void wake() const {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto n = ::write(wake_.get(), &one, sizeof one);
  }
  Status add(const std::shared_ptr<ssh::Channel>& channel) {
    {
      const std::lock_guard lock(mutex_);
      if (lost_) return fail(*lost_);
      fresh_.push_back(channel);
    }
    wake();
    if (auto opened = channel->wait_open(kOpenPatience); !opened) {
      channel->cancel();
      wake();
      return fail(opened.error().in(name_));
    }
    return ok();
  }
  [[nodiscard]] bool alive() {
    const std::lock_guard lock(mutex_);
    return !lost_;
  }

 private:
  void run() {
    name_this_thread("ssh");
    const ssh::Event event(ssh_event_new());
    ssh_set_counters(session_.get(), nullptr, &received_);
    const auto drain = [](socket_t fd, int, void*) {
      std::uint64_t count = 0;
      [[maybe_unused]] const auto n = ::read(fd, &count, sizeof count);
      return 0;
    };
    ssh_event_add_fd(event.get(), wake_.get(), POLLIN, drain, nullptr);
    ssh_event_add_session(event.get(), session_.get());
    Error why{ErrorKind::Cancelled, "stopped"};
    while (!stop_) {
      if (ssh_event_dopoll(event.get(), static_cast<int>(kAskAlive.count())) == SSH_ERROR || ssh_is_connected(session_.get()) == 0) {
        why = ssh::failure(ErrorKind::Network, name_, session_.get()).value();
        break;
      }
      step_until_quiet();
      if (silent_too_long()) {
        why = Error{ErrorKind::Network, name_ + ": no sign of life from the node for " + std::to_string(SshConnection::kDeadAfter.count() / 1000) + " s"};
        break;
      }
    }
    lose(why);
    ssh_event_remove_session(event.get(), session_.get());
    ssh_event_remove_fd(event.get(), wake_.get());
    if (why.kind != ErrorKind::Cancelled) ssh_silent_disconnect(session_.get());      // nobody is there to be told
    session_.reset();
  }

  // A channel that reads takes what has come for all of them off the socket, also for one that had its turn before: that one would lie unread until
  // the socket speaks again, up to a second later. So all have another turn as long as something came meanwhile; in between others may stop or wake us.
  void step_until_quiet() {
    constexpr int kMostRounds = 16;
    for (int round = 0; round < kMostRounds && !stop_; ++round) {
      const auto before = received_.in_bytes;
      step_all();
      if (received_.in_bytes == before) return;
    }
  }

  void step_all() {
    {
      const std::lock_guard lock(mutex_);
      channels_.insert(channels_.end(), fresh_.begin(), fresh_.end());
      fresh_.clear();
    }
    std::erase_if(channels_, [&](const auto& channel) { return !channel->step(session_.get()); });
  }

  // Asked each second that nothing came; an answer of whatever kind counts.
  bool silent_too_long() {
    if (received_.in_bytes != heard_bytes_) {
      heard_bytes_ = received_.in_bytes;
      heard_ = Deadline(SshConnection::kDeadAfter);
      ask_again_ = Deadline(kAskAlive);
      return false;
    }
    if (ask_again_.over()) {
      ssh_send_keepalive(session_.get());
      ask_again_ = Deadline(kAskAlive);
    }
    return heard_.over();
  }

  void lose(const Error& why) {
    {
      const std::lock_guard lock(mutex_);
      lost_ = why;
      channels_.insert(channels_.end(), fresh_.begin(), fresh_.end());
      fresh_.clear();
    }
    for (const auto& channel : channels_) channel->lose(why);
    channels_.clear();
  }

  ssh::Session session_;                     // connection's thread only, as the next
  ssh_counter_struct received_{};
  std::uint64_t heard_bytes_ = 0;
  Deadline heard_{SshConnection::kDeadAfter}, ask_again_{kAskAlive};
  std::vector<std::shared_ptr<ssh::Channel>> channels_;
  const std::string name_;
  const UniqueFd wake_;
  std::mutex mutex_;
  std::vector<std::shared_ptr<ssh::Channel>> fresh_;          // under mutex_, as the next
  std::optional<Error> lost_;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class ChannelStream final : public Stream {
 public:
  ChannelStream(std::shared_ptr<ssh::Channel> channel, std::weak_ptr<Pump> pump) : channel_(std::move(channel)), pump_(std::move(pump)) {}
  ~ChannelStream() override { ChannelStream::cancel(); }
  Result<std::size_t> read_some(std::span<std::uint8_t> into, milliseconds patience) override {
    return channel_->read_some(into, patience, [this] { wake(); });
  }
  Status write_all(ByteView bytes) override {
    return channel_->write_all(bytes, [this] { wake(); });
  }
  void cancel() override {
    channel_->cancel();
    wake();
  }

 private:
  void wake() const {
    if (const auto pump = pump_.lock()) pump->wake();
  }
  const std::shared_ptr<ssh::Channel> channel_;
  const std::weak_ptr<Pump> pump_;
};

class Connection final : public SshConnection {
 public:
  Connection(std::shared_ptr<Pump> pump, std::string host_key) : pump_(std::move(pump)), host_key_(std::move(host_key)) {}

  Result<std::unique_ptr<Stream>> forward(const std::string& host, std::uint16_t port) override { return stream({host, port, {}}); }
  Result<std::unique_ptr<Stream>> start(const std::string& command) override { return stream({{}, 0, command}); }

  Result<RemoteOutput> run(const std::string& command, milliseconds limit) override {
    const Deadline deadline(limit);
    const auto channel = std::make_shared<ssh::Channel>(ssh::ChannelWish{{}, 0, command});
    channel->end_input();
    GZ_TRY(pump_->add(channel));
    ChannelStream output(channel, pump_);
    RemoteOutput out;
    Bytes piece(65536);
    for (;;) {
      GZ_TRY_ASSIGN(const auto n, output.read_some(piece, deadline.left()));
      if (n == 0) break;
      if (out.out.size() + n > (4u << 20)) return fail(ErrorKind::Protocol, "the node's program says more than 4 MiB: " + command);
      out.out.append(reinterpret_cast<const char*>(piece.data()), n);
    }
    out.err = channel->errors();
    out.exit_code = channel->exit_code();
    return out;
  }

  [[nodiscard]] bool alive() const override { return pump_->alive(); }
  [[nodiscard]] const std::string& host_key() const override { return host_key_; }

 private:
  Result<std::unique_ptr<Stream>> stream(ssh::ChannelWish wish) {
    const auto channel = std::make_shared<ssh::Channel>(std::move(wish));
    GZ_TRY(pump_->add(channel));
    return std::unique_ptr<Stream>(new ChannelStream(channel, pump_));
  }
  const std::shared_ptr<Pump> pump_;
  const std::string host_key_;
};

class Tunnel final : public SshTransport {
 public:
  Tunnel(SshAddress address, std::uint16_t adb_port) : address_(std::move(address)), adb_port_(adb_port) {}

  Result<std::unique_ptr<Stream>> connect() override {
    GZ_TRY_ASSIGN(const auto open, connection());
    return open->forward("127.0.0.1", adb_port_);
  }
  Result<std::shared_ptr<SshConnection>> connection() override {
    const std::lock_guard lock(mutex_);
    if (connection_ && connection_->alive()) return connection_;
    connection_.reset();
    GZ_TRY_ASSIGN(connection_, SshConnection::open(address_));
    return connection_;
  }
  [[nodiscard]] std::string description() const override { return "ssh " + address_.name() + " → 127.0.0.1:" + std::to_string(adb_port_); }

 private:
  const SshAddress address_;
  const std::uint16_t adb_port_;
  std::mutex mutex_;
  std::shared_ptr<SshConnection> connection_;        // under mutex_
};

}  // namespace

Result<std::shared_ptr<SshConnection>> SshConnection::open(const SshAddress& address) {
  std::string host_key;
  GZ_TRY_ASSIGN(auto session, ssh::open_session(address, host_key));
  UniqueFd wake(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
  if (!wake) return fail_errno("eventfd");
  return std::shared_ptr<SshConnection>(std::make_shared<Connection>(std::make_shared<Pump>(std::move(session), address.name(), std::move(wake)), std::move(host_key)));
}

std::shared_ptr<SshTransport> ssh_transport(SshAddress address, std::uint16_t adb_port) {
  return std::make_shared<Tunnel>(std::move(address), adb_port);
}

}  // namespace guzheng
