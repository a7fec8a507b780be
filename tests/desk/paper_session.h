// Test support.
#pragma once

#include <QThread>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/session/session.h"

namespace guzheng {

// A session without a phone: remembers what it was told, and speaks from a thread of its own.
class PaperSession final : public CaptureSession {
 public:
  explicit PaperSession(SessionSetup setup) : setup_(std::move(setup)) {}
  void input(const ControlMessage& message) override {
    const std::lock_guard lock(mutex_);
    inputs.push_back(message);
  }
  void input_secret(const ControlMessage& message) override { input(message); }
  bool wait_inputs(std::chrono::milliseconds) override { return true; }
  Status open_link(const std::string& url, const std::string&) override {
    links.push_back(url);
    return ok();
  }
  Result<std::string> hierarchy(std::chrono::milliseconds) override { return fail(ErrorKind::Unsupported, "paper has no pages"); }
  int capture(ItemDescription description) override {
    const std::lock_guard lock(mutex_);
    CaptureItem item;
    item.number = static_cast<int>(status_.items.size()) + 1;
    item.description = std::move(description);
    status_.items.push_back(item);
    TimelineEvent event;
    event.type = TimelineEvent::Type::Capture;
    event.item = item.number;
    std::thread([this, event] { setup_.listener->on_event(event); }).join();
    return item.number;
  }
  Status describe(int item, ItemDescription description) override {
    if (description.access != "公开" && description.basis.empty()) return fail(ErrorKind::Invalid, "basis is empty");
    status_.items.at(static_cast<std::size_t>(item - 1)).description = std::move(description);
    return ok();
  }
  Status note(const std::string& text) override {
    notes.push_back(text);
    return ok();
  }
  Status pause(const std::string& reason) override {
    const std::lock_guard lock(mutex_);
    if (status_.phase != SessionPhase::Recording) return fail(ErrorKind::Invalid, "not running");
    status_.phase = SessionPhase::Paused;
    pauses.push_back(reason);
    return ok();
  }
  Status resume() override {
    const std::lock_guard lock(mutex_);
    status_.phase = SessionPhase::Recording;
    return ok();
  }
  // What happens to the session behind the desk's back; told as a session tells it.
  void happen(TimelineEvent::Type type, bool in_gap, bool failed, std::int64_t recorded_ms) {
    {
      const std::lock_guard lock(mutex_);
      status_.in_gap = in_gap;
      status_.recording_failed = failed;
      status_.recorded_ms = recorded_ms;
    }
    TimelineEvent event;
    event.type = type;
    std::thread([this, event] { setup_.listener->on_event(event); }).join();
  }
  void copy(const std::string& text) {       // a hand on the phone did
    std::thread([this, text] { setup_.listener->on_clipboard(text); }).join();
  }
  void set_secret_mode(bool on) override { status_.secret_mode = on; }
  void wait_captures() override {}
  Result<Bytes> picture(int) override { return fail(ErrorKind::NotFound, "paper has no pictures"); }
  Result<int> join(const LongPage&) override { return fail(ErrorKind::NotFound, "paper has no pictures"); }
  Result<SealedPackage> end(const std::string& reason) override {
    ended_on = QThread::currentThread();
    if (reason.empty()) return fail(ErrorKind::Invalid, "incomplete");
    return SealedPackage{"LX-01-20261121-0001", "/nowhere", {}, {reason}};
  }
  SessionStatus status() const override {
    const std::lock_guard lock(mutex_);
    return status_;
  }
  LatestFrame& frames() override { return frames_; }
  std::shared_ptr<LiveSound> sound() override { return heard; }
  DeviceLink& link() override { return *setup_.link; }

  std::shared_ptr<LiveSound> heard;          // null: no sound
  std::vector<ControlMessage> inputs;
  std::vector<std::string> links, notes, pauses;
  QThread* ended_on = nullptr;
  SessionStatus status_{SessionPhase::Recording};

 private:
  mutable std::mutex mutex_;
  SessionSetup setup_;
  LatestFrame frames_;
};

}  // namespace guzheng
