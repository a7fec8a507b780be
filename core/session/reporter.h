// Room session. Tells the listener, never under a lock of the session; a session without a listener tells nobody.
#pragma once

#include "core/session/record_book.h"

namespace guzheng {

class Reporter {
 public:
  Reporter(SessionListener* listener, const Clock& clock, const RecordBook& record)
      : listener_(listener), clock_(clock), record_(record) {}
  void event(TimelineEvent event) const {       // fills in time and position
    if (listener_ == nullptr) return;
    event.at = clock_.wall();
    if (event.position_ms == 0) event.position_ms = record_.recorded_ms();
    listener_->on_event(event);
  }
  void trouble(const Error& error) const {
    if (listener_ == nullptr) return;
    listener_->on_trouble(error);
    TimelineEvent told;
    told.type = TimelineEvent::Type::Trouble;
    told.text = error.what;
    event(std::move(told));
  }
  void phase(SessionPhase phase) const {
    if (listener_ != nullptr) listener_->on_phase(phase);
  }
  void clipboard(const std::string& text) const {
    if (listener_ != nullptr) listener_->on_clipboard(text);
  }

 private:
  SessionListener* const listener_;
  const Clock& clock_;
  const RecordBook& record_;
};

}  // namespace guzheng
