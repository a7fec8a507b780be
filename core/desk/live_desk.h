// Room desk. Page 远程取证: the phones at hand and the one running session. Forwards to core/session, hops its events to
// the GUI thread, holds no rule. GUI thread only.
#pragma once

#include <QObject>
#include <QTimer>
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/desk/audio_out.h"
#include "core/desk/check_desk.h"
#include "core/desk/phone_list.h"
#include "core/desk/station_desk.h"
#include "core/session/long_capture.h"

namespace guzheng {

// What the recording light says: whether the film grows, not whether the session is there.
enum class Light {
  Off,
  Recording,
  Paused,                                  // inputs are; recording goes on
  Interrupted,                             // nothing is recorded: link lost, recorder failed, …
  Ending,
};

class LiveDesk : public QObject {
  Q_OBJECT
 public:
  using Starter = std::function<Result<std::unique_ptr<CaptureSession>>(SessionSetup)>;
  // `starter`: CaptureSession::start in the program. It is called on a worker, as is what finds the phone's link.
  // `out`: where the phone's sound is heard; null: nowhere.
  LiveDesk(StationDesk& station, PhoneList& phones, Starter starter, std::unique_ptr<AudioOut> out = nullptr);
  ~LiveDesk() override;                 // a session still running is left for recovery

  enum class Stage { Idle, Starting, Running, Ending };
  [[nodiscard]] Stage stage() const { return stage_; }
  [[nodiscard]] Light light() const;
  // A capture runs, here or with several phones beside it (GroupDesk), which tells the bars through this desk what its leading phone does; none: it
  // runs no more.
  [[nodiscard]] bool busy() const { return stage_ != Stage::Idle || beside_; }
  void show_beside(std::optional<Light> light, const SessionStatus& status);
  [[nodiscard]] PhoneList& phones() { return phones_; }
  [[nodiscard]] const CaptureOrder& order() const { return order_; }
  // What the form starts with: practice values on the practice desk, empty otherwise.
  [[nodiscard]] CaptureOrder suggested_order() const;

  // Step 环境检测: check() looks at this phone as start() will; what is let pass there is handed to start().
  [[nodiscard]] CheckDesk& checks() { return checks_; }
  void check(const CaptureOrder& order, const PhoneEntry& phone);

  // `statements`: what was said before (出示执法证, 权利告知, 回避告知). started() or start_failed().
  void start(const CaptureOrder& order, const PhoneEntry& phone, std::vector<OpeningStatement> statements = {});

  void input(const ControlMessage& message);
  void capture(const ItemDescription& description);
  // 长页取证: scrolls and captures on a worker until the page's end, 20 pictures, or stop_long(); long_changed() after each picture and at
  // its end. One at a time; inputs from the window are not taken meanwhile.
  void capture_long(const ItemDescription& description);
  void stop_long() { long_stop_->store(true); }
  [[nodiscard]] std::optional<int> long_pictures() const { return long_pictures_; }      // none: it does not run
  void describe(int item, const ItemDescription& description);
  void note(const std::string& text);
  // 录音: whether the next session records what the phone plays; and the text record of a stretch of it (session.h transcribe), or refused().
  void set_audio(bool on) { audio_ = on; }
  void transcribe(int stretch, const std::string& text);
  // 听手机的声音: of a session that records sound. Nothing of it reaches the recording.
  [[nodiscard]] SpeakerDesk& speaker() { return speaker_; }
  void set_secret_mode(bool on);
  void pause(const std::string& reason);                                // inputs; the recording goes on
  void resume();
  void paste(const std::string& utf8);     // Chinese text: clipboard with paste
  void press(std::uint32_t keycode, std::uint32_t meta = 0);            // down and up
  void clipboard_taken(const std::string& text);                        // the officer took the phone's over onto the desk's: a note says so

  // For who drives the running session in the officer's stead (script_desk.h); null when none runs. While it is held the window's inputs, captures,
  // pauses and descriptions are not taken, and its end() is end_asked().
  [[nodiscard]] std::shared_ptr<CaptureSession> session() const { return session_; }
  void hold(bool held) { held_ = held; }

  // The node whose phone this session drives; "": one on this computer.
  [[nodiscard]] const std::string& node() const { return node_; }

  // Ends and seals; sealed() or end_failed() (the session then goes on unless the phase says otherwise).
  void end(const std::string& incomplete_reason);
  [[nodiscard]] const std::optional<SealedPackage>& last_sealed() const { return last_sealed_; }

  [[nodiscard]] const SessionStatus& status() const { return status_; }
  [[nodiscard]] const std::vector<TimelineEvent>& events() const { return events_; }
  [[nodiscard]] std::shared_ptr<const Frame> take_frame();
  [[nodiscard]] std::shared_ptr<const Frame> newest_frame() const;
  [[nodiscard]] std::int64_t now_us() const { return station_.clock().monotonic().us; }

 signals:
  void stage_changed();
  void started();
  void start_failed(const guzheng::Error& error);
  void node_failed(const guzheng::Error& error);                        // … because the node was not reached, or refused
  void phone_taken(const guzheng::NodeLease& by);                       // … because another desk uses the phone
  void end_asked();                        // by the officer, while somebody else drives the session
  void phone_left();                       // a node's phone was given back
  void event_added(const guzheng::TimelineEvent& event);
  void status_changed();
  void frame_ready();                      // one wake-up until take_frame()
  void trouble(const guzheng::Error& error);
  void long_changed();
  void long_ended(const guzheng::LongCapture& page);
  void refused(const guzheng::Error& error);                            // describe or note was not taken
  void clipboard(const std::string& text);                              // the phone's clipboard changed; untrusted
  void sealed(const guzheng::SealedPackage& package);
  void end_failed(const guzheng::Error& error);

 private:
  class Relay;                             // SessionListener: from the session's threads to this one
  void set_stage(Stage stage);
  void refresh();
  void session_started(std::unique_ptr<CaptureSession> session);
  void leave();                            // session and phone, on a worker
  void session_ended(Result<SealedPackage> result);
  SessionSetup setup_for(const CaptureOrder& order, const PhoneEntry& phone);

  StationDesk& station_;
  PhoneList& phones_;
  CheckDesk checks_;
  const Starter starter_;
  SpeakerDesk speaker_;
  std::unique_ptr<Relay> relay_;           // outlives session_
  std::shared_ptr<CaptureSession> session_;
  Stage stage_ = Stage::Idle;
  std::string node_;
  bool audio_ = false;
  CaptureOrder order_;
  SessionStatus status_;
  std::vector<TimelineEvent> events_;
  std::optional<SealedPackage> last_sealed_;
  std::optional<Light> beside_;
  QTimer second_;                          // the recording clock, once a second
  std::uint64_t clipboard_sequence_ = 0;
  std::optional<int> long_pictures_;
  bool held_ = false;
  const std::shared_ptr<std::atomic<bool>> long_stop_ = std::make_shared<std::atomic<bool>>(false);
};

}  // namespace guzheng
