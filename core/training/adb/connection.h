// Room training, adb side. One host's connection: CNXN, AUTH, then streams.
// A connection has a reader thread (the caller of run()) and one thread for each service that a host opens.
#pragma once

#include <atomic>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <thread>

#include "core/base/file.h"
#include "core/training/adb/auth.h"
#include "core/training/adb/message.h"
#include "core/training/adb/stream.h"

namespace guzheng::training {

class AdbConnection;

// What runs behind an opened stream, on a thread of its own; it may hand the stream on.
using ServiceRun = std::function<void(std::shared_ptr<AdbStream>)>;
// What the phone has under a name. Without `run` there is nothing (the host gets CLSE, a refused connection).
struct Service {
  ServiceRun run;
  bool at_once = false;      // on the reader thread, so that streams arrive in the order they were opened; must not block
};
using ServiceOpener = std::function<Service(const std::string& name, AdbConnection& connection)>;

struct ConnectionSetup {
  std::string banner;                                    // "device::ro.product.name=…;features=…"
  KeyRing* keys = nullptr;                               // outlives the connection
  std::function<Bytes(std::size_t)> random;              // for AUTH tokens
  ServiceOpener open;
  std::function<void(AdbConnection&)> gone;              // the host left; called once, after its services have ended
  std::uint64_t bytes_per_second = 0;                    // 0: no brake
};

class AdbConnection final : public MessageSender, public std::enable_shared_from_this<AdbConnection> {
 public:
  AdbConnection(UniqueFd socket, const ConnectionSetup& setup, int number);
  ~AdbConnection() override;

  Status run();                  // until the host goes or shut(); joins every service thread
  void shut();                   // any thread: breaks the connection
  // The phone opens a stream toward the host ("tcp:27183", for adb reverse).
  Result<std::shared_ptr<AdbStream>> open_toward_host(const std::string& destination);

  bool send(std::uint32_t command, std::uint32_t arg0, std::uint32_t arg1, ByteView payload) override;
  [[nodiscard]] std::uint32_t max_payload() const override { return max_payload_; }
  [[nodiscard]] std::string name() const { return "host-" + std::to_string(number_); }
  [[nodiscard]] bool authorised() const { return authorised_; }

 private:
  struct Worker {
    std::thread thread;
    std::shared_ptr<std::atomic<bool>> done;
  };

  Status loop();
  Status handle(const AdbHeader& header, Bytes payload);
  Status on_connect(const AdbHeader& header);
  Status on_auth(const AdbHeader& header, const Bytes& payload);
  Status on_open(const AdbHeader& header, const Bytes& payload);
  Status send_token();
  Status welcome();
  std::shared_ptr<AdbStream> find(std::uint32_t local_id);
  std::shared_ptr<AdbStream> make_stream(std::uint32_t remote_id);
  void reap(bool all);
  Status read_all(std::span<std::uint8_t> into);
  void brake(std::size_t bytes);

  const UniqueFd socket_;
  const ConnectionSetup& setup_;
  const int number_;
  std::mutex write_mutex_;
  std::atomic<bool> broken_{false}, authorised_{false};
  std::atomic<std::uint32_t> version_{kVersionMin}, max_payload_{kMaxPayloadOld};
  Bytes token_;                                          // reader thread
  std::list<Worker> workers_;                            // reader thread
  std::mutex streams_mutex_;
  std::map<std::uint32_t, std::weak_ptr<AdbStream>> streams_;   // under streams_mutex_
  std::uint32_t next_id_ = 1;                            // under streams_mutex_
};

}  // namespace guzheng::training
