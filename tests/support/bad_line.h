// Test support. A bad line: a relay on loopback between a desk and a node that cuts, stalls, slows and delays what passes.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <thread>

namespace guzheng::test {

// Owns one thread. Thread-safe. What was taken in is forwarded in order and unchanged, or not at all.
class BadLine {
 public:
  explicit BadLine(std::uint16_t target);             // 127.0.0.1:target
  ~BadLine();
  [[nodiscard]] std::uint16_t port() const { return port_; }
  void cut();                                         // every connection breaks (RST), new ones are refused, until mend()
  void stall();                                       // nothing passes and nobody is told, new connections hang, until mend()
  void mend();                                        // the line is back: what hung goes on
  void slow(std::uint64_t bytes_per_second);          // each way of each connection; 0: as fast as it goes
  void delay(std::int64_t least_ms, std::int64_t most_ms);      // each piece waits between the two, drawn anew
  // What comes is held back for an uneven while, at most this long, and then passes in one bunch with all that came meanwhile, later pieces at the same
  // moment as earlier ones; 0: at once. The bytes keep their order, as TCP gives them: a reader sees time out of joint, never bytes.
  void bunch(std::int64_t most_ms);
  [[nodiscard]] std::uint64_t passed() const { return passed_; }      // bytes, both ways

 private:
  struct Relay;
  void run();
  std::uint16_t target_, port_ = 0;
  int listener_ = -1;
  std::atomic<bool> stop_{false}, cut_{false}, stalled_{false};
  std::atomic<std::uint64_t> rate_{0}, passed_{0};
  std::atomic<std::int64_t> least_ms_{0}, most_ms_{0}, bunch_ms_{0};
  std::thread thread_;
};

}  // namespace guzheng::test
