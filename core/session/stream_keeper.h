// Room session. Owns the screen stream and two threads: `link` reads packets and hands them to recorder and decoder;
// `message` reads what the phone says; with sound a third, `sound`, hands on its packets. When the stream breaks, `link` writes gap.begin, tries again with growing pauses
// (0.2, then 0.5 s) until it is stopped, and writes gap.end with the first packet of the new stream.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <thread>

#include "core/media/decoder.h"
#include "core/session/gap_book.h"
#include "core/session/reporter.h"

namespace guzheng {

class StreamKeeper {
 public:
  struct Parts {
    DeviceLink& link;
    ScreenOptions options;
    PacketSink& recorder;
    PacketSink& decoder;
    const Clock& clock;
    GapBook& gaps;
    const Reporter& tell;
    std::function<void(const DeviceMessage&)> on_message;      // on the message thread
    std::function<void(const StreamAudioPacket&)> on_sound{};   // on the sound thread, which runs when options.audio is set
    std::function<void(const Error&)> on_sound_end{};           // likewise: the sound of one stream ended; Cancelled with the stream itself
    // Before the phone is asked for a stream, its server pushed: at the start (calling thread), after a loss (link thread)
    // with the number of the attempt.
    std::function<Status(std::size_t attempt)> before_start;
  };
  explicit StreamKeeper(Parts parts) : parts_(std::move(parts)) {}
  ~StreamKeeper() { stop(); }

  Status start();                            // asks for the first stream on the calling thread, then starts the threads
  Status send(const ControlMessage& message);               // hand thread; Network while there is no stream
  void interrupt(const Error& why);          // any thread: the present stream ends with this reason, as a line that is lost does
  void stop();                               // ends the stream, closes the sinks, joins. Idempotent
  [[nodiscard]] bool connected() const { return connected_; }
  [[nodiscard]] bool flowing() const { return flowing_; }   // packets of the present stream have come
  struct Counts {
    std::uint64_t packets = 0, bytes = 0;
    VideoFormat format;
  };
  [[nodiscard]] Counts counts() const;

 private:
  void run_link();
  void run_messages();
  void run_sound();
  // Each stream once, in its order, until stop().
  void each_stream(const std::function<void(ScreenStream&)>& serve);
  void deliver(StreamVideoSize size);
  void deliver(StreamVideoPacket packet);
  void note_stillness(std::int64_t pts_us);
  Error why_lost(const Error& seen);
  void lost(const Error& error);
  Result<std::shared_ptr<ScreenStream>> start_again(std::size_t attempt);
  bool reconnect();                          // false: stopped
  std::shared_ptr<ScreenStream> current() const;
  void tell_gap(TimelineEvent::Type type, const Gap& gap);

  Parts parts_;
  std::thread link_thread_, message_thread_, sound_thread_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::shared_ptr<ScreenStream> stream_;     // under mutex_
  std::uint64_t generation_ = 0;             // under mutex_: number of streams so far
  Counts counts_;                            // under mutex_
  std::optional<Error> interrupted_;         // under mutex_: why the present stream was ended from outside
  std::atomic<bool> stopping_{false}, connected_{false}, flowing_{false};
  int gap_ = 0;                              // link thread: number of the open gap
  std::int64_t last_us_ = -1;                // link thread: PTS of the newest packet of this stream
};

}  // namespace guzheng
