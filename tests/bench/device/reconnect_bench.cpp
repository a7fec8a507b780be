// How long after a lost line's return the recording goes on. Method: README.md beside this file.
//   reconnect_bench [ROUNDS]
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <thread>

#include "core/session/practice_run.h"
#include "tests/session/session_fixture.h"
#include "tests/session/temporary.h"
#include "tests/support/bad_line.h"
#include "tests/support/ssh_fixture.h"

namespace guzheng::test {
namespace {

using namespace std::chrono_literals;

struct Bench {
  Temporary root;
  AdbFixture adb;
  std::string serial = adb.add_phone(GUZHENG_PHONE, {"--scene", "counter"});
  SshFixture ssh{adb.port()};
  BadLine line{ssh.port()};
  Desk desk{root.path()};
  std::unique_ptr<CaptureSession> session;
  std::mt19937 draw{7};
  bool always_back = true;

  template <typename T>
  static T must(Result<T> result) {
    if (result) return std::move(*result);
    std::fprintf(stderr, "reconnect_bench: %s\n", result.error().what.c_str());
    std::exit(2);
  }

  void begin() {
    auto address = ssh.address();
    address.port = line.port();
    if (!trust_host_key(address, must(host_key_of(address)))) std::exit(2);
    const auto node = ssh_transport(address, adb.port());
    auto setup = desk.setup(must(find_phone({"", 0, serial, node})).link);
    setup.screen.server_file = PRACTICE_SERVER;
    setup.screen.accepted_server_digests = {std::string(kPracticeServerSha256)};
    setup.limits = {};
    setup.lease = must(PhoneLease::take(node, serial, "bench"));
    session = must(CaptureSession::start(std::move(setup)));
  }

  // Milliseconds from the line's return to the first new packet; -1: none within 60 s.
  double back_after(const std::function<void()>& harm, double away_s) {
    harm();
    std::this_thread::sleep_for(std::chrono::duration<double>(away_s));
    const auto before = session->status().packets;
    const auto began = desk.clock().monotonic().us;
    line.mend();
    while (session->status().packets == before) {
      if (desk.clock().monotonic().us - began > 60'000'000) return -1;
      std::this_thread::sleep_for(1ms);
    }
    return static_cast<double>(desk.clock().monotonic().us - began) / 1000;
  }

  void run(const char* what, const std::function<void()>& harm, double least_s, double most_s, int rounds) {
    std::uniform_real_distribution<double> away(least_s, most_s);
    std::vector<double> ms;
    for (int i = 0; i < rounds; ++i) {
      ms.push_back(back_after(harm, away(draw)));
      std::this_thread::sleep_for(2s);
    }
    always_back = always_back && std::find(ms.begin(), ms.end(), -1.0) == ms.end();
    std::sort(ms.begin(), ms.end());
    std::printf("%-28s away %.1f–%.1f s, %d rounds: least %.0f ms, p50 %.0f ms, most %.0f ms%s\n", what, least_s, most_s, rounds, ms.front(),
                ms[ms.size() / 2], ms.back(), ms.front() < 0 ? "  (-1: not within 60 s)" : "");
    std::fflush(stdout);
  }
};

}  // namespace
}  // namespace guzheng::test

int main(int argc, char** argv) {
  using namespace guzheng::test;
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 20;
  if (rounds < 1) {
    std::fprintf(stderr, "reconnect_bench [ROUNDS]\n");
    return 1;
  }
  Bench bench;
  bench.begin();
  bench.run("line cut (RST, refused)", [&] { bench.line.cut(); }, 0.5, 6, rounds);
  bench.run("line silent, shorter than 4 s", [&] { bench.line.stall(); }, 0.5, 3, rounds);
  bench.run("line silent, longer", [&] { bench.line.stall(); }, 6, 15, rounds);
  bench.session->wait_captures();
  return bench.always_back ? 0 : 3;
}
