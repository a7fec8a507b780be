#include "core/media/film_sound.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include "core/base/thread_name.h"

namespace guzheng {

namespace {
constexpr std::int64_t kBlock = kPcmRate / 50, kAhead = kPcmRate * 400 / 1000;       // frames
}

struct FilmSound::Impl {
  explicit Impl(const Clock& c) : clock(c) {}

  const Clock& clock;
  std::mutex mutex;
  std::condition_variable changed;
  bool quit = false;                         // all below: under mutex
  std::uint64_t opened = 0;                  // counts open()
  std::uint64_t jumps = 0;                   // counts jumps: what was decoded for the place before is not kept
  std::vector<SoundStretch> stretches;
  Read read_file;
  std::function<void(const Error&)> trouble;
  FilmClock film;
  std::deque<std::int16_t> slot;
  std::int64_t slot_from = 0;                // frame of the film at which the slot begins
  bool aligned = false;                      // something was read since the last jump

  std::vector<SoundStretch> my_stretches;    // thread `track`, as all of the next
  Read my_read;
  std::function<void(const Error&)> my_trouble;
  std::optional<SoundFile> file;
  std::string file_path;
  std::set<std::string> unreadable;
  std::thread thread;

  [[nodiscard]] std::int64_t slot_end() const { return slot_from + static_cast<std::int64_t>(slot.size()) / kPcmChannels; }
  [[nodiscard]] bool hungry() const { return !stretches.empty() && slot_end() - slot_from < kAhead; }

  void jump_to(std::int64_t frame) {
    slot.clear();
    aligned = false;
    slot_from = std::max<std::int64_t>(0, frame);
    ++jumps;
    changed.notify_all();
  }

  void run() {
    name_this_thread("track");
    std::uint64_t seen = 0;
    for (;;) {
      std::int64_t from = 0;
      std::uint64_t jump = 0;
      {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return quit || opened != seen || hungry(); });
        if (quit) return;
        if (opened != seen) {
          seen = opened;
          my_stretches = stretches;
          my_read = read_file;
          my_trouble = trouble;
          file.reset();
          file_path.clear();
          unreadable.clear();
          continue;
        }
        from = slot_end();
        jump = jumps;
      }
      const auto block = block_at(from);
      const std::lock_guard lock(mutex);
      if (jump == jumps && opened == seen) slot.insert(slot.end(), block.begin(), block.end());
    }
  }

  std::vector<std::int16_t> block_at(std::int64_t from) {
    std::vector<std::int16_t> block(static_cast<std::size_t>(kBlock) * kPcmChannels, 0);
    for (const auto& stretch : my_stretches) {
      const std::int64_t begins = pcm_frames(stretch.place_us), ends = begins + pcm_frames(stretch.duration_us);
      const std::int64_t first = std::max(from, begins), last = std::min(from + kBlock, ends);
      if (first >= last || !enter(stretch)) continue;
      file->read(first - begins, std::span(block).subspan(static_cast<std::size_t>(first - from) * kPcmChannels, static_cast<std::size_t>(last - first) * kPcmChannels));
    }
    return block;
  }

  bool enter(const SoundStretch& stretch) {
    if (file && file_path == stretch.path) return true;
    if (unreadable.contains(stretch.path)) return false;
    file.reset();                            // its memory first: one stretch at a time
    auto bytes = my_read(stretch.path);
    auto made = bytes ? SoundFile::open(std::move(*bytes), stretch.path) : Result<SoundFile>(Failure(std::move(bytes.error())));
    if (!made) {
      unreadable.insert(stretch.path);
      if (my_trouble) my_trouble(made.error());
      return false;
    }
    file = std::move(*made);
    file_path = stretch.path;
    return true;
  }

  void read(std::span<std::int16_t> out, std::int64_t delay_us) {
    std::fill(out.begin(), out.end(), std::int16_t{0});
    const std::lock_guard lock(mutex);
    if (!film.running || stretches.empty()) return;
    const std::int64_t wanted = pcm_frames(film.place_us + clock.monotonic().us + delay_us - film.clock_us);
    const std::int64_t count = static_cast<std::int64_t>(out.size()) / kPcmChannels, off = pcm_frames(kOffUs);
    if (wanted < slot_from - off || wanted > slot_end() + off) return jump_to(wanted);
    // after a jump exactly; then, so that nothing clicks, only when it is off by more than one hears
    if (wanted > slot_from + (aligned ? off : 0)) drop(std::min(wanted, slot_end()) - slot_from);
    if (slot.empty()) return;
    aligned = true;
    const std::int64_t there = std::min(count, slot_end() - slot_from);
    std::copy_n(slot.begin(), there * kPcmChannels, out.begin());
    drop(there);
  }

  void drop(std::int64_t frames) {
    slot.erase(slot.begin(), slot.begin() + frames * kPcmChannels);
    slot_from += frames;
    if (hungry()) changed.notify_all();
  }
};

FilmSound::FilmSound(const Clock& clock) : impl_(std::make_unique<Impl>(clock)) {
  impl_->thread = std::thread([impl = impl_.get()] { impl->run(); });
}

FilmSound::~FilmSound() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->quit = true;
    impl_->changed.notify_all();
  }
  impl_->thread.join();
}

void FilmSound::open(std::vector<SoundStretch> stretches, Read read, std::function<void(const Error&)> trouble) {
  std::sort(stretches.begin(), stretches.end(), [](const auto& a, const auto& b) { return a.place_us < b.place_us; });
  // a stretch ends at the latest where the next one begins: only one file is open at a time
  for (std::size_t i = 0; i + 1 < stretches.size(); ++i) stretches[i].duration_us = std::min(stretches[i].duration_us, stretches[i + 1].place_us - stretches[i].place_us);
  const std::lock_guard lock(impl_->mutex);
  impl_->stretches = std::move(stretches);
  impl_->read_file = std::move(read);
  impl_->trouble = std::move(trouble);
  impl_->film = {};
  ++impl_->opened;
  impl_->jump_to(0);
}

void FilmSound::follow(const FilmClock& film) {
  const std::lock_guard lock(impl_->mutex);
  impl_->film = film;
}

std::int64_t FilmSound::ready_us() const {
  const std::lock_guard lock(impl_->mutex);
  return pcm_us(impl_->slot_end() - impl_->slot_from);
}

void FilmSound::read(std::span<std::int16_t> out, std::int64_t delay_us) { impl_->read(out, delay_us); }

}  // namespace guzheng
