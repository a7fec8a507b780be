// A short session in a process of its own on a disk that fails (tests/support/failing_disk.h), and what must hold afterwards.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tests/session/session_fixture.h"
#include "tests/support/failing_disk.h"

namespace guzheng::test {

// A folder in memory, so that thousands of syncs cost nothing; removed at the end.
class CaseFolder {
 public:
  CaseFolder();
  ~CaseFolder();
  CaseFolder(const CaseFolder&) = delete;
  CaseFolder& operator=(const CaseFolder&) = delete;
  [[nodiscard]] std::filesystem::path disk() const { return path_ / "disk"; }        // what fails
  [[nodiscard]] std::filesystem::path vault() const { return disk() / "vault"; }
  [[nodiscard]] std::filesystem::path witness() const { return path_ / "witness"; }

 private:
  std::filesystem::path path_;
};

enum class Outcome { Died, CouldNotStart, CouldNotEnd, Sealed };
// What a child tells while it runs: shared memory, so that a killed one has told it.
struct Told {
  std::atomic<Outcome> outcome{Outcome::Died};
  std::atomic<bool> trouble{false}, struck{false}, dropped{false}, complete{false}, started{false};
  std::atomic<long> operations{0};
  std::atomic<long> fragments{0};          // whole pictures that the kernel took into segment files
  std::atomic<long> safe_fragments{0};     // of those, synced; no more of its segment once a sync has failed
  char why[400] = {};
};

struct Order {
  FailingDiskMode mode = kDiskCount;
  long at = 0;
  int error = 0;
  unsigned seed = 0;
  const char* sync_of = nullptr;
};
std::string text_of(const Order& order);

// The practice bureau that all cases share, its keys unlocked once: a forked child has them open.
Desk& shared_desk();

// A forked child does `work` under the order; SIGKILL after `kill_after_us` when that is given.
class Child {
 public:
  Child();
  ~Child();
  void run(const CaseFolder& folder, const Order& order, const std::function<void(Told&)>& work,
           std::optional<unsigned> kill_after_us = {});
  [[nodiscard]] const Told& told() const { return *told_; }
  [[nodiscard]] int status() const { return status_; }

 private:
  Told* told_;
  int status_ = 0;
};

void short_session(const CaseFolder& folder, Told& told);
void recover_all(const CaseFolder& folder, Told& told);

// Journal bytes that must still be there: all that were written, or, after a plug, those that were synced; whole lines only.
std::string acknowledged(const CaseFolder& folder, bool plug);
// After recovery: every sealed package verifies without damage and begins with `journal`; nothing that held a film is unsealed.
void check_all(const CaseFolder& folder, const std::string& journal, long fragments, const std::string& what);

bool long_form();
unsigned first_seed();                       // GUZHENG_SEED, or 1; printed by the tests

}  // namespace guzheng::test
