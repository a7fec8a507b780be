// Room session. 录音: what the phone plays, recorded beside the film (data/main/rec-NNNN.ogg), and its text record (文字记录, rec-NNNN.txt, named by a
// `shot` line) that an officer writes while the session runs (行政诉讼证据规定 12, FORMAT.md 2 and 8). A phone that stops sending sound without closing
// the stream is told, with a gap `no-sound`.
#pragma once

#include <atomic>
#include <mutex>

#include "core/device/link.h"
#include "core/media/sound_recorder.h"
#include "core/session/items.h"
#include "core/session/gap_book.h"
#include "core/session/reporter.h"
#include "core/session/sealing.h"
#include "core/session/text_book.h"

namespace guzheng {

// Notes of what became of the sound; why follows (a recovery reads them).
inline constexpr std::string_view kNoSoundGiven = "手机没有给出声音，录像继续：", kSoundLost = "手机的声音中断，录像继续：", kSoundFailed = "录音中断：";
inline constexpr std::string_view kSoundNotSent = "手机没有送来声音";          // reason while a gap `no-sound` is open

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
    GapBook& gaps;
    const Reporter& tell;
    std::int64_t patience_ms = 2000;         // a phone that was heard and sends nothing for longer; two and a half times that before the first packet
    std::string officer;                     // who writes the text record
    SinkFactory files;
  };
  explicit SoundDesk(Parts parts);

  void take(const StreamAudioPacket& packet);                // sound thread, which never blocks anything else
  void ended(const Error& why);                              // sound thread: with the stream (Network, Cancelled), or the phone gives none
  Status sync() { return recorder_.sync(); }                 // flush thread
  // Flush thread, each round: is sound still coming? `film_flows`: packets of the film are, so that the line is there.
  void watch(bool film_flows);
  Status save_texts() { return texts_.save(); }              // flush thread
  Status transcribe(int stretch, const std::string& text);   // any thread
  void add_to(Completeness& facts) const;                    // any thread
  [[nodiscard]] int stretches() const;                       // any thread, as all that follow but the last three
  [[nodiscard]] std::vector<int> unwritten() const;
  [[nodiscard]] bool flowing() const { return flowing_; }
  [[nodiscard]] bool silent() const;                         // the phone has stopped sending sound, though the line is there
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
  };
  void note(const std::string& text);
  void begin_silence(const std::string& reason);
  void end_silence();
  void tell_gap(TimelineEvent::Type type, const Gap& gap);
  void fail_with(const Error& why);

  const Parts parts_;
  SoundRecorder recorder_;
  TextBook texts_;
  std::atomic<bool> flowing_{false};
  mutable std::mutex mutex_;
  std::vector<Stretch> stretches_;           // all below: under mutex_
  std::string lost_;                         // under mutex_: why sound that was heard stopped coming; "": it came again, or never stopped
  std::string none_;                         // why the phone gives no sound
  std::string failed_;                       // why the recording of sound stopped
  std::optional<MonotonicTime> last_;        // when the newest packet came, or the wait for it began; none: nothing is awaited yet
  bool heard_ = false, ended_ = false;       // packets of the present stream have come; it gives no sound any more, and has said so
  int silence_ = 0;                          // number of the open gap `no-sound`; 0: none; −1: it is being begun
};

}  // namespace guzheng
