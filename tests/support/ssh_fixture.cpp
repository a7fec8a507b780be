#include "tests/support/ssh_fixture.h"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <thread>

namespace guzheng::test {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

[[noreturn]] void fixture_gives_up(const std::string& what) {
  std::fprintf(stderr, "ssh fixture: %s\n", what.c_str());
  std::abort();
}

void run_to_end(const std::vector<std::string>& argv, const fs::path& log) {
  Program program(argv, {}, log);
  for (int i = 0; i < 600 && program.running(); ++i) std::this_thread::sleep_for(50ms);
  if (program.running()) fixture_gives_up(argv[0] + " does not end");
}

std::string this_user() {
  const auto* entry = ::getpwuid(::getuid());
  if (entry == nullptr) fixture_gives_up("no user name");
  return entry->pw_name;
}

std::string text_of(const fs::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

SshFixture::SshFixture(std::uint16_t adb_port) : adb_port_(adb_port) {
  auto name = (fs::temp_directory_path() / "guzheng-ssh-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) fixture_gives_up("no temporary folder");
  folder_ = name;
  fs::create_directory(folder_ / "leases");
  fs::permissions(folder_ / "leases", fs::perms::owner_all);
  const auto key = make_key("station");
  make_key("host");
  make_key("ca");
  fs::copy_file(key.string() + ".pub", folder_ / "authorized_keys");
  port_ = free_port();
  start();
  const auto host = host_key_of(address());
  if (!host || !trust_host_key(address(), *host)) fixture_gives_up("the host key: " + (host ? "" : host.error().what));
}

SshFixture::~SshFixture() {
  sshd_.reset();
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

fs::path SshFixture::make_key(const std::string& name, const std::string& passphrase) const {
  const auto path = folder_ / name;
  run_to_end({"ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-C", name, "-f", path.string()}, folder_ / "keygen.log");
  if (!fs::exists(path)) fixture_gives_up("no key: " + text_of(folder_ / "keygen.log"));
  return path;
}

// What a node gets (installer/node/sshd_guzheng.conf), for this user, this port, this program.
std::string SshFixture::installed_config() const {
  auto text = text_of(fs::path(GUZHENG_NODE_PROGRAM).parent_path() / "sshd_guzheng.conf");
  const auto put = [&](const std::string& what, const std::string& with) {
    const auto at = text.find(what);
    if (at == std::string::npos) fixture_gives_up("sshd_guzheng.conf has no " + what);
    text.replace(at, what.size(), with);
  };
  put("Match User guzheng", "Match User " + this_user());
  put("127.0.0.1:5037", "127.0.0.1:" + std::to_string(adb_port_));
  put("/usr/local/bin/guzheng-node", GUZHENG_NODE_PROGRAM);
  return text;
}

void SshFixture::start() {
  if (::getuid() == 0) ::mkdir("/run/sshd", 0755);         // root's sshd wants it
  std::ofstream(folder_ / "sshd_config")
      << "ListenAddress 127.0.0.1:" << port_ << "\nHostKey " << (folder_ / "host").string() << "\nPidFile none\nUsePAM no\nStrictModes no\n"
      << "AuthorizedKeysFile " << (folder_ / "authorized_keys").string() << "\nTrustedUserCAKeys " << (folder_ / "ca.pub").string()
      << "\nPermitRootLogin prohibit-password\nMaxStartups 100\n"
      << installed_config() << "  SetEnv HOME=" << folder_.string() << " GUZHENG_ADB_PORT=" << adb_port_ << " GUZHENG_NODE_DIR=" << (folder_ / "leases").string() << "\n";
  sshd_ = std::make_unique<Program>(std::vector<std::string>{"/usr/sbin/sshd", "-D", "-e", "-f", (folder_ / "sshd_config").string()},
                                    std::map<std::string, std::string>{}, folder_ / "sshd.log");
  for (int i = 0; i < 600; ++i) {
    if (!sshd_->running()) fixture_gives_up("sshd does not start: " + sshd_->output());
    if (tcp_transport("127.0.0.1", port_)->connect()) return;
    std::this_thread::sleep_for(50ms);
  }
  fixture_gives_up("sshd does not listen");
}

SshAddress SshFixture::address() const {
  SshAddress out;
  out.host = "127.0.0.1";
  out.port = port_;
  out.user = this_user();
  out.key = folder_ / "station";
  out.known_hosts = folder_ / "known_hosts";
  return out;
}

void SshFixture::new_host_key() {
  stop();
  fs::remove(folder_ / "host");
  fs::remove(folder_ / "host.pub");
  make_key("host");
  start();
}

SshAddress SshFixture::with_certificate(const std::string& validity) {
  auto out = with_foreign_key();
  run_to_end({"ssh-keygen", "-q", "-s", (folder_ / "ca").string(), "-I", "station", "-n", this_user(), "-V", validity, out.key.string() + ".pub"},
             folder_ / "keygen.log");
  out.certificate = out.key.string() + "-cert.pub";
  if (!fs::exists(out.certificate)) fixture_gives_up("no certificate: " + text_of(folder_ / "keygen.log"));
  return out;
}

SshAddress SshFixture::with_locked_key(const std::string& passphrase) {
  auto out = address();
  out.key = make_key("locked", passphrase);
  std::ofstream(folder_ / "authorized_keys", std::ios::app) << text_of(out.key.string() + ".pub");
  return out;
}

SshAddress SshFixture::with_foreign_key() {
  auto out = address();
  out.key = make_key("other" + std::to_string(std::distance(fs::directory_iterator(folder_), fs::directory_iterator())));
  return out;
}

}  // namespace guzheng::test
