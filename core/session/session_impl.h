// Room session. How a session is put together.
//
// Threads, nothing beside them (each class says what its thread may touch):
//   link     StreamKeeper: reads packets, fans out to Recorder and Decoder, connects again
//   message  StreamKeeper: reads what the phone says (clipboard)
//   sound    StreamKeeper, only with sound: its packets go to SoundDesk, then to LiveSound, which takes them or drops them
//   hand     Hand: journal line, then the control message
//   capture  CaptureDesk: screenshots, one at a time
//   layout   CaptureDesk: hierarchy dumps, which app is in front
//   proof    AppDesk: what each app is that comes to the front, once each
//   watch    PhoneWatch: where typing goes, whether the phone is locked, whether the film is black
//   look     LayoutBook: the page's layout, so that a tap has its element
//   anchor   AnchorDesk: time stamps; once a minute the phone's clock
//   flush    SessionImpl: fdatasync of the journal every 200 ms when dirty, of the open segment every second
//   record, decode, hear   owned by Recorder, Decoder and LiveSound
// Each of them writes journal lines through the Ledger, which orders them. The capture thread begins with the challenge. Stopping goes:
// captures, hand, watch, stream, recorder, decoder, anchor, flush; then the calling thread writes what is last.
#pragma once

#include <atomic>

#include "core/session/anchor_desk.h"
#include "core/session/app_desk.h"
#include "core/session/attachments.h"
#include "core/session/capture_desk.h"
#include "core/session/environment.h"
#include "core/session/hand.h"
#include "core/session/record_log.h"
#include "core/session/sound_desk.h"

namespace guzheng {

class SessionImpl final : public CaptureSession {
 public:
  SessionImpl(SessionSetup setup, People people, OpenBag bag, std::unique_ptr<Ledger> ledger);
  ~SessionImpl() override;

  Status begin_pause_gap();                  // under pausing_
  Status begin(Probes known, StationFacts station);                // opening.cpp: up to the recording

  void input(const ControlMessage& message) override { take(message, secret_mode_); }
  void input_secret(const ControlMessage& message) override { take(message, true); }
  bool wait_inputs(std::chrono::milliseconds patience) override { return hand_.wait_within(patience); }
  Status open_link(const std::string& url, const std::string& package) override;           // link_act.cpp
  Result<std::string> hierarchy(std::chrono::milliseconds limit) override { return layouts_.ask(limit); }
  int capture(ItemDescription description) override { return captures_.capture(std::move(description)); }
  Status describe(int item, ItemDescription description) override;
  Status note(const std::string& text) override;
  Status pause(const std::string& reason) override;
  Status resume() override;
  void set_secret_mode(bool on) override;
  Status transcribe(int stretch, const std::string& text) override { return sounds_.transcribe(stretch, text); }
  void wait_captures() override { captures_.wait(); }
  Result<Bytes> picture(int item) override;
  Result<int> join(const LongPage& page) override;
  Result<SealedPackage> end(const std::string& incomplete_reason) override;
  [[nodiscard]] SessionStatus status() const override;
  LatestFrame& frames() override { return frames_; }
  std::shared_ptr<LiveSound> sound() override { return heard_; }
  DeviceLink& link() override { return *setup_.link; }

 private:
  // opening.cpp
  Status write_beacon();
  Status write_opening();
  Status write_order();
  Status write_environment();
  Status write_checked(const EnvironmentCheck& check, const std::vector<EnvItem>& items);
  Status write_device();
  Status start_recording();
  void show_challenge();                     // capture thread, before any shot
  Status phone_is_ours();                                  // before it is driven again
  Status announce_server(std::size_t attempt);             // before the server is pushed to the phone
  // session_impl.cpp
  void take(const ControlMessage& message, bool secret);
  void set_phase(SessionPhase phase);
  void on_editor(Editor editor);             // watch thread
  void on_message(const DeviceMessage& message);
  void sample_clock();
  void run_flush();
  void stop_all();
  [[nodiscard]] ShotPosition position() const;
  [[nodiscard]] Completeness completeness() const;
  // closing.cpp
  Result<SealedPackage> close(const std::vector<std::string>& reasons);
  Status close_broken_parts();

  SessionSetup setup_;
  const People people_;
  OpenBag bag_;
  RecordBook record_;
  const Reporter tell_;
  std::unique_ptr<Ledger> ledger_;
  GapBook gaps_;
  SecretBook secrets_;
  LatestFrame frames_;
  RecordLog record_log_;
  Recorder recorder_;
  Decoder decoder_;
  SoundDesk sounds_;
  const std::shared_ptr<LiveSound> heard_;   // null: no sound was asked for
  StreamKeeper stream_;
  PhoneWatch watch_;
  LayoutBook layouts_;
  Hand hand_;
  AnchorDesk anchors_;
  const std::shared_ptr<AppProofs> proofs_;
  AppDesk apps_;
  CaptureDesk captures_;
  std::thread flush_thread_;

  Probes probes_;                            // written while begin() runs, read-only afterwards
  std::vector<std::string> marks_;           // likewise
  std::string challenge_;                    // likewise
  bool practice_ = false, beacon_ = false;   // likewise
  WallTime opened_at_;                       // likewise
  StationFacts station_;                     // likewise
  std::string taken_by_;                     // link thread: what the newest note says of another desk that has the phone
  std::string announced_;                    // begin(), then the link thread: digest of the server that the newest note names

  bool on_password_ = false;                 // watch thread
  std::atomic<bool> secret_mode_{false}, flush_stop_{false};
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  SessionPhase phase_ = SessionPhase::Connecting;          // all below: under mutex_
  std::vector<EnvItem> environment_;
  std::int64_t clock_offset_ms_ = 0;
  int pause_gap_ = 0;                        // number of this pause's gap, 0: none yet; under pausing_ alone, as the next
  bool pause_gap_ended_ = false;
  std::atomic<std::uint64_t> refused_inputs_{0};     // while it was paused
  bool refusal_told_ = false;                // in this pause
  std::mutex joining_;                       // one join() at a time
  int long_pages_ = 0;                       // under joining_
  std::mutex ending_;                        // one end() at a time
  std::mutex pausing_;                       // one pause() or resume() at a time, none once the end has begun
};

}  // namespace guzheng
