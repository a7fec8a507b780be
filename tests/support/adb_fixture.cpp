#include "tests/support/adb_fixture.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <random>
#include <sstream>
#include <thread>

#include "core/base/digest.h"
#include "core/device/adb_wire.h"

extern char** environ;

namespace guzheng::test {

namespace {

using namespace std::chrono_literals;
constexpr auto kPatience = 60s;        // machines under load are slow; nothing is measured here

[[noreturn]] void give_up(const std::string& what) {
  std::fprintf(stderr, "adb fixture: %s\n", what.c_str());
  std::abort();
}

bool wait_until(const std::function<bool()>& done) {
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (!done()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(50ms);
  }
  return true;
}

std::vector<std::string> environment_with(const std::map<std::string, std::string>& variables) {
  std::vector<std::string> all;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string line = *entry;
    if (!variables.contains(line.substr(0, line.find('=')))) all.push_back(line);
  }
  for (const auto& [name, value] : variables)
    if (!value.empty()) all.push_back(name + "=" + value);
  return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (auto& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

}  // namespace

// Above the odd ports 5555–5585 that every adb server probes, and below those that the kernel gives to outgoing connections: one of
// these may be taken by another test before the program that was told of it listens.
std::uint16_t free_port() {
  std::random_device random;
  std::uniform_int_distribution<std::uint16_t> ports(10000, 32767);
  for (int tries = 0; tries < 1000; ++tries) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const std::uint16_t port = ports(random);
    address.sin_port = htons(port);
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool free = fd >= 0 && ::bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    ::close(fd);
    if (free) return port;
  }
  give_up("no free port");
}

Program::Program(const std::vector<std::string>& argv, const std::map<std::string, std::string>& variables,
                 const std::filesystem::path& log)
    : log_(log) {
  auto arguments = argv;
  auto environment = environment_with(variables);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_adddup2(&actions, 1, 2);
  const int rc = ::posix_spawnp(&pid_, arguments[0].c_str(), &actions, nullptr, pointers(arguments).data(),
                                pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  if (rc != 0) give_up("cannot start " + argv[0]);
}

Program::~Program() { end(); }

bool Program::running() {
  if (pid_ > 0 && ::waitpid(pid_, nullptr, WNOHANG) == pid_) pid_ = -1;
  return pid_ > 0;
}

std::string Program::output() const {
  std::ostringstream all;
  all << std::ifstream(log_).rdbuf();
  return all.str();
}

void Program::wait(int signal) {
  if (!running()) return;
  ::kill(pid_, signal);
  if (signal == SIGKILL) {
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
  }
}

void Program::end() {
  wait(SIGTERM);
  for (int i = 0; i < 100 && running(); ++i) std::this_thread::sleep_for(50ms);
  wait(SIGKILL);
}

void Program::kill() { wait(SIGKILL); }

AdbFixture::AdbFixture() {
  auto name = (std::filesystem::temp_directory_path() / "guzheng-adb-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) give_up("no temporary folder");
  folder_ = name;
  std::filesystem::create_directory(folder_ / "home");
  std::ofstream(server_file()) << "stands for scrcpy-server in tests\n";
  port_ = free_port();
  const std::map<std::string, std::string> variables = {
      {"HOME", (folder_ / "home").string()}, {"ANDROID_ADB_SERVER_PORT", ""}, {"ANDROID_SERIAL", ""},
      {"ADB_VENDOR_KEYS", ""}, {"ADB_MDNS", "0"}, {"ADB_MDNS_AUTO_CONNECT", "0"},
      {"TMPDIR", folder_.string()}};
  adb_ = std::make_unique<Program>(std::vector<std::string>{"adb", "-P", std::to_string(port_), "nodaemon", "server"},
                                   variables, folder_ / "adb.log");
  if (!wait_until([&] { return !adb_->running() || server()->version().has_value(); }) || !adb_->running())
    give_up("the adb server does not start: " + adb_->output());
}

AdbFixture::~AdbFixture() {
  phones_.clear();
  adb_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::shared_ptr<AdbServer> AdbFixture::server() const {
  return std::make_shared<AdbServer>(tcp_transport("127.0.0.1", port_));
}

std::string AdbFixture::server_digest() const {
  const auto digests = digest_file(server_file());
  if (!digests) give_up(digests.error().what);
  return digests->sha256;
}

std::string AdbFixture::state_of(const std::string& serial) const {
  const auto devices = server()->devices();
  if (devices)
    for (const auto& device : *devices)
      if (device.serial == serial) return device.state;
  return {};
}

// The answer's text misleads (device.md): the state is asked for instead.
void AdbFixture::ask(const std::string& request) const {
  const auto stream = tcp_transport("127.0.0.1", port_)->connect();
  if (!stream || !(*stream)->write_all(*adb_request(request))) return;
  Bytes answer(4);
  (void)read_exactly(**stream, answer, 10s);
}

std::string AdbFixture::add_phone(const std::filesystem::path& program, std::vector<std::string> arguments,
                                  const std::string& state) {
  const auto name = "phone" + std::to_string(phones_.size());
  std::vector<std::string> argv = {program.string(), "--port", "0", "--state", (folder_ / name).string()};
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  auto phone = std::make_unique<Program>(argv, std::map<std::string, std::string>{{"QT_QPA_PLATFORM", "offscreen"}},
                                         folder_ / (name + ".log"));
  std::string serial;
  const auto listening = [&] {
    static constexpr std::string_view kSaid = "listening ";
    const auto output = phone->output();
    const auto at = output.find(kSaid);
    if (at == std::string::npos || output.find('\n', at) == std::string::npos) return !phone->running();
    serial = output.substr(at + kSaid.size(), output.find_first_of(" \n", at + kSaid.size()) - at - kSaid.size());
    return true;
  };
  if (!wait_until(listening) || serial.empty()) give_up("the phone does not start: " + phone->output());
  const auto attached = [&] {
    if (state_of(serial) == state) return true;
    ask("host:connect:" + serial);
    return state_of(serial) == state;
  };
  if (!wait_until(attached)) give_up(serial + " is " + state_of(serial) + ": " + phone->output() + adb_->output());
  phones_[serial] = std::move(phone);
  return serial;
}

void AdbFixture::pull_cable(const std::string& serial) {
  const auto found = phones_.find(serial);
  if (found != phones_.end()) found->second->kill();
}

}  // namespace guzheng::test
