// Room session. 录音: what the phone plays, recorded beside the film (data/main/rec-NNNN.ogg), and its text record (文字记录, rec-NNNN.txt, named by a
// `shot` line) that an officer writes while the session runs (行政诉讼证据规定 12, FORMAT.md 2 and 8).
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <set>

#include "core/device/link.h"
#include "core/media/sound_recorder.h"
#include "core/session/items.h"
#include "core/session/reporter.h"
#include "core/session/sealing.h"

namespace guzheng {

std::string text_record_path(const std::string& sound);      // data/main/rec-0000.ogg → data/main/rec-0000.txt

// Ends a stretch that was left open at its last whole page within the first `proven` bytes; writes seg.close. As end_torn_segment().
Result<TornSegment> end_torn_sound(Ledger& ledger, RecordBook& record, const SegmentFacts& open, std::uint64_t proven = kAllBytes);
// After a crash: a stretch that is closed enters the book again, its length read from its file.
Status hear_again(RecordBook& record, const std::filesystem::path& bag, const SegmentFacts& closed);

class SoundDesk final : public SoundListener {
 public:
  struct Parts {
    std::filesystem::path bag;
    Ledger& ledger;
    RecordBook& record;
    const Reporter& tell;
    std::string officer;                     // who writes the text record
    SinkFactory files;
  };
  explicit SoundDesk(Parts parts);

  void take(const StreamAudioPacket& packet);                // sound thread, which never blocks anything else
  void ended(const Error& why);                              // sound thread: with the stream (Network, Cancelled), or the phone gives none
  Status sync() { return recorder_.sync(); }                 // flush thread
  Status transcribe(int stretch, const std::string& text);   // any thread
  void add_to(Completeness& facts) const;                    // any thread
  [[nodiscard]] int stretches() const;                       // any thread, as all that follow but the last three
  [[nodiscard]] std::vector<int> unwritten() const;
  [[nodiscard]] bool flowing() const { return flowing_; }
  // After the stream has stopped.
  [[nodiscard]] bool open_after_failure() const;
  Result<TornSegment> end_torn();
  Status write_texts();

  // SoundListener, sound thread.
  Status sound_opened(const SoundOpened& sound) override;
  Status sound_closed(const SoundClosed& sound) override;

 private:
  struct Stretch {
    std::string path;
    std::int64_t origin_us = 0, duration_us = 0;
    bool closed = false;
    std::string text;
    WallTime written_at;
  };
  [[nodiscard]] std::string record_text(const Stretch& stretch) const;
  void note(const std::string& text);
  void fail_with(const Error& why);

  const Parts parts_;
  SoundRecorder recorder_;
  std::atomic<bool> flowing_{false};
  mutable std::mutex mutex_;
  std::vector<Stretch> stretches_;           // all below: under mutex_
  std::string lost_;                         // under mutex_: why sound that was heard stopped coming; "": it came again, or never stopped
  std::string none_;                         // why the phone gives no sound
  std::string failed_;                       // why the recording of sound stopped
};

}  // namespace guzheng
