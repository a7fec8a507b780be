// Tests of room session: a practice desk in a private folder, a scripted phone, a listener that remembers.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>

#include "core/custody/journal.h"
#include "core/seal/verify.h"
#include "core/session/session.h"
#include "tests/support/fake_link.h"

namespace guzheng::test {

class Memory final : public SessionListener {
 public:
  void on_event(const TimelineEvent& event) override { add([&] { events_.push_back(event); }); }
  void on_phase(SessionPhase phase) override { add([&] { phases_.push_back(phase); }); }
  void on_trouble(const Error& error) override { add([&] { troubles_.push_back(error); }); }
  void on_clipboard(const std::string& text) override { add([&] { clipboards_.push_back(text); }); }

  // Waits (at most 30 s) until an event of the type has come; false: it did not.
  bool wait_for(TimelineEvent::Type type, int count = 1);
  std::vector<TimelineEvent> events() const { return copy(events_); }
  std::vector<SessionPhase> phases() const { return copy(phases_); }
  std::vector<Error> troubles() const { return copy(troubles_); }
  std::vector<std::string> clipboards() const { return copy(clipboards_); }

 private:
  template <typename F>
  void add(F f) {
    const std::lock_guard lock(mutex_);
    f();
    changed_.notify_all();
  }
  template <typename T>
  T copy(const T& value) const {
    const std::lock_guard lock(mutex_);
    return value;
  }
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<TimelineEvent> events_;
  std::vector<SessionPhase> phases_;
  std::vector<Error> troubles_;
  std::vector<std::string> clipboards_;
};

// A phone that answers the environment check like the training phone.
FakePhone training_phone();
// What `dumpsys input_method` and `dumpsys window policy` say.
std::string plain_editor();
std::string password_editor();
std::string unlocked();
std::string locked(bool keyguard, bool screen);
// Waits (at most 30 s) until the session knows where typing goes.
bool wait_for_typing(CaptureSession& session, Typing typing);

class Desk {
  SystemClock clock_;                                    // first: bureau and vault keep a reference to it

 public:
  explicit Desk(std::filesystem::path root);             // practice bureau and vault below it
  SessionSetup setup(std::shared_ptr<DeviceLink> link);
  const Clock& clock() const { return clock_; }
  Bureau bureau;
  std::unique_ptr<Vault> vault;
  Memory memory;
  CaptureOrder order;
};

ItemDescription page(ItemKind kind, const std::string& title);
// Captures one page of each compulsory kind and waits.
void capture_all(CaptureSession& session);
TouchEvent touch(TouchAction action, int x, int y);

std::vector<JournalLine> journal_of(const std::filesystem::path& bag);
std::vector<std::string> bodies(const std::vector<JournalLine>& lines, std::string_view kind);
Verification verify(const std::filesystem::path& bag, const Desk& desk);
std::string damage_of(const Verification& verification);     // readable, for messages
// Paths of all files under `folder` whose bytes hold `text`.
std::vector<std::string> files_holding(const std::filesystem::path& folder, const std::string& text);

}  // namespace guzheng::test
