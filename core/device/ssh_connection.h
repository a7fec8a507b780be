// Room device. One SSH connection to a node (A-8.3f): its host key known beforehand, the station's own key, and channels through which
// the node's adb server and the node's program are reached. Neither ~/.ssh nor the system's configuration is read: what a station
// trusts stands in the station's own files.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/base/secret.h"
#include "core/device/ssh_key_ring.h"
#include "core/device/stream.h"

namespace guzheng {

struct SshAddress {
  std::string host;
  std::uint16_t port = 22;
  std::string user;
  std::filesystem::path key;              // private key file of the station
  std::filesystem::path certificate;      // OpenSSH certificate of that key; empty: none
  std::filesystem::path known_hosts;      // the station's file; need not exist yet
  std::shared_ptr<const Secret> passphrase;      // of the key; null: it has none, or it stands in
  std::shared_ptr<const SshKeyRing> ring;        // … which is looked into at each login; null: there is none
  [[nodiscard]] std::string name() const;        // "user@host:port"
};

enum class HostKeyState {
  Known,
  Unknown,     // nothing is known of this host: an authorised officer compares the fingerprint, then trust_host_key()
  Changed      // another key than the one known, or of another type: refused always, by whoever asks
};
struct HostKey {
  HostKeyState state = HostKeyState::Unknown;
  std::string type;                       // "ssh-ed25519"
  std::string fingerprint;                // "SHA256:…", as ssh-keygen -l prints it
  std::string line;                       // for known_hosts, without LF
};

// Whether the station's key of this address can be used now. Locked: it has a passphrase, and none, or another, was given. Reads the file; a right or wrong
// passphrase costs some tenths of a second.
enum class SshKeyState { Usable, Locked, Unusable };
SshKeyState ssh_key_state(const SshAddress& address);

// Asks the node which key it has; nothing is sent that is secret. Blocks for at most some 5 s. Network when it cannot be reached.
Result<HostKey> host_key_of(const SshAddress& address);
// Appends `key.line` to the known hosts (mode 0600). Denied unless its state is Unknown: a changed key is never overwritten here.
Status trust_host_key(const SshAddress& address, const HostKey& key);

// Takes every key of this node out of the known hosts, for a machine that was set up anew: afterwards it is unknown. What went, as
// "type fingerprint"; empty: none was known. Who asks for it must answer for it: see `node forget`.
Result<std::vector<std::string>> forget_host_keys(const SshAddress& address);

struct RemoteOutput {
  std::string out, err;                   // at most 4 MiB each
  int exit_code = -1;
};

// Owns one thread, which alone touches the libssh session. Thread-safe. Streams may outlive it: they end with Network.
// A line that says nothing for kDeadAfter although asked each second is taken as lost.
class SshConnection {
 public:
  static constexpr std::chrono::milliseconds kDeadAfter{4000};

  // Blocks for at most some 5 s a step. Denied: host key unknown, key refused; Tampered: host key changed.
  static Result<std::shared_ptr<SshConnection>> open(const SshAddress& address);
  virtual ~SshConnection() = default;
  // direct-tcpip to `host`:`port` as the node sees them. Denied: the node's PermitOpen does not allow it.
  virtual Result<std::unique_ptr<Stream>> forward(const std::string& host, std::uint16_t port) = 0;
  // A program on the node as a stream: reading its output, writing its input; what it says on stderr comes with the end's error.
  virtual Result<std::unique_ptr<Stream>> start(const std::string& command) = 0;
  // The program to its end, its input empty.
  virtual Result<RemoteOutput> run(const std::string& command, std::chrono::milliseconds limit) = 0;
  [[nodiscard]] virtual bool alive() const = 0;
  // The key that this node showed when the connection was made, "ssh-ed25519 SHA256:…": the one that is known.
  [[nodiscard]] virtual const std::string& host_key() const = 0;

 protected:
  SshConnection() = default;
};

// The adb server of a node through `direct-tcpip`. Connects when first asked and again whenever the connection is lost; connect() by
// several threads at once makes one connection. It never tries twice in one call: whoever calls decides when to try again.
class SshTransport : public Transport {
 public:
  // What the connection also serves: the node's program. Connects if need be.
  virtual Result<std::shared_ptr<SshConnection>> connection() = 0;
};
std::shared_ptr<SshTransport> ssh_transport(SshAddress address, std::uint16_t adb_port = 5037);

}  // namespace guzheng
