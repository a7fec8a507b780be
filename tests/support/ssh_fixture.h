// Test support. A private sshd on loopback that stands before a node's adb server, with keys of its own.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/device/ssh_connection.h"
#include "tests/support/adb_fixture.h"

namespace guzheng::test {

// sshd as installer/node/README.md configures it: public keys and certificates only, PermitOpen for the adb server, ForceCommand
// guzheng-node. Ended by its process id. A failure to start aborts the test program with what sshd said.
class SshFixture {
 public:
  explicit SshFixture(std::uint16_t adb_port);
  ~SshFixture();
  // The node as the station knows it: its key accepted, the host known.
  [[nodiscard]] SshAddress address() const;
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  void new_host_key();                                   // the node was set up anew, or another machine answers for it
  // A key pair beside the station's, signed by the node's certificate authority for this user; `validity` as ssh-keygen -V has it.
  [[nodiscard]] SshAddress with_certificate(const std::string& validity);
  [[nodiscard]] SshAddress with_locked_key(const std::string& passphrase);       // one that the node accepts; its passphrase is not in the address
  [[nodiscard]] SshAddress with_foreign_key();           // a key that the node does not know
  void stop() { sshd_.reset(); }
  void start();

 private:
  [[nodiscard]] std::string installed_config() const;
  std::filesystem::path make_key(const std::string& name, const std::string& passphrase = {}) const;
  std::filesystem::path folder_;
  std::uint16_t adb_port_, port_ = 0;
  std::unique_ptr<Program> sshd_;
};

}  // namespace guzheng::test
