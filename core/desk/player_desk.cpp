#include "core/desk/player_desk.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include "core/base/thread_name.h"
#include "core/desk/workers.h"
#include "core/media/player.h"

namespace guzheng {

namespace {
constexpr std::uint64_t kMostSound = 1u << 30;               // the recorder begins another stretch after 256 MiB
}

// Where the film stands: one open segment and the picture last shown. Player thread only.
class PlayerDesk::Projector {
 public:
  void load(std::vector<FilmSegment> film, std::shared_ptr<const PackageReader> files) {
    film_ = std::move(film);
    files_ = std::move(files);
    reader_.reset();
    at_ = 0;
  }
  [[nodiscard]] bool empty() const { return film_.empty(); }
  [[nodiscard]] std::int64_t end_us() const { return film_.back().first_us + film_.back().duration_us - film_[0].first_us; }
  [[nodiscard]] std::int64_t place_us(std::int64_t pts_us) const { return film_[at_].first_us + pts_us - film_[0].first_us; }

  Result<Frame> seek(std::int64_t position_us) {
    const auto device_us = film_[0].first_us + position_us;
    std::size_t segment = 0;
    while (segment + 1 < film_.size() && film_[segment + 1].first_us <= device_us) ++segment;
    GZ_TRY(enter(segment));
    return reader_->frame_at(std::max<std::int64_t>(0, device_us - film_[segment].first_us));
  }

  // NotFound at the film's end.
  Result<Frame> next() {
    if (!reader_) GZ_TRY(enter(at_));
    auto frame = reader_->next();
    while (!frame && frame.error().kind == ErrorKind::NotFound && at_ + 1 < film_.size()) {
      GZ_TRY(enter(at_ + 1));
      frame = reader_->frame_at(0);
    }
    return frame;
  }

 private:
  Status enter(std::size_t segment) {
    if (reader_ && at_ == segment) return ok();
    const std::string path = film_[segment].path.string();
    reader_.reset();                       // its memory first: one segment at a time
    GZ_TRY_ASSIGN(const Bytes bytes, files_->whole(path, kMostSegment));
    auto opened = SegmentReader::open(bytes, path);
    if (!opened) return fail(opened.error());
    reader_ = std::move(*opened);
    at_ = segment;
    return ok();
  }

  // The recorder closes segments at 48 MiB; key frames that do not come make them larger.
  static constexpr std::uint64_t kMostSegment = 1u << 30;
  std::vector<FilmSegment> film_;
  std::shared_ptr<const PackageReader> files_;
  std::optional<SegmentReader> reader_;
  std::size_t at_ = 0;
};

// The thread's own state and its one act at a time. Places are µs from the film's first picture.
class PlayerDesk::Run {
 public:
  explicit Run(PlayerDesk& desk) : desk_(desk) {}

  void go() {
    for (;;) {
      std::unique_lock lock(desk_.mutex_);
      wait(lock);
      Wish& wish = desk_.wish_;
      if (wish.quit) return;
      if (wish.film_changed) {
        load(wish);
        continue;
      }
      if (wish.seek_wanted || wish.speed != speed_) {
        const bool sought = wish.seek_wanted;
        const std::int64_t to = wish.seek_ms * 1000;
        wish.seek_wanted = false;
        const double speed = wish.speed;
        lock.unlock();
        change_speed(speed);
        if (sought && !projector_.empty()) seek(to);
        continue;
      }
      const bool playing = wish.playing && !projector_.empty();
      lock.unlock();
      if (!playing) stand();
      else step();
    }
  }

 private:
  // For a wish, or for the moment at which something is due.
  void wait(std::unique_lock<std::mutex>& lock) {
    const Wish& wish = desk_.wish_;
    const auto stirred = [&] { return wish.quit || wish.film_changed || wish.seek_wanted || wish.speed != speed_; };
    if (!running_) return desk_.wake_.wait(lock, [&] { return stirred() || (wish.playing && !projector_.empty()); });
    if (!due_ && !tail_) return;
    const std::int64_t until = tail_ ? end_us_ : projector_.place_us(due_->pts_us);
    const auto left = static_cast<std::int64_t>(static_cast<double>(until - now_at()) / speed_);
    desk_.wake_.wait_for(lock, std::chrono::microseconds(std::clamp<std::int64_t>(left, 0, kTickUs)), [&] { return stirred() || !wish.playing; });
  }

  void load(Wish& wish) {
    projector_.load(std::move(wish.film), std::move(wish.files));
    sound_ = std::move(wish.sound);
    wish.film_changed = false;
    end_us_ = projector_.empty() ? 0 : projector_.end_us();
    for (const auto& stretch : sound_) end_us_ = std::max(end_us_, stretch.place_us + stretch.duration_us);
    due_.reset();
    running_ = tail_ = false;
    stood_ = 0;
  }

  [[nodiscard]] std::int64_t now_at() const {
    return running_ ? anchor_place_ + static_cast<std::int64_t>(static_cast<double>(desk_.clock_.monotonic().us - anchor_clock_) * speed_) : stood_;
  }
  void set_at(std::int64_t place) {
    stood_ = anchor_place_ = place;
    anchor_clock_ = desk_.clock_.monotonic().us;
    desk_.track_.follow({running_ && speed_ == 1.0, anchor_clock_, anchor_place_});
  }
  void stand() {
    if (!running_) return;
    const auto place = now_at();
    running_ = false;
    set_at(place);
  }
  void change_speed(double speed) {
    if (speed == speed_) return;
    const auto place = now_at();
    speed_ = speed;
    set_at(place);
  }
  [[nodiscard]] bool sounds(std::int64_t from, std::int64_t to) const {
    return std::any_of(sound_.begin(), sound_.end(), [&](const auto& s) { return s.place_us < to && s.place_us + s.duration_us > from; });
  }

  void seek(std::int64_t to) {
    due_.reset();
    tail_ = false;
    auto frame = projector_.seek(to);
    if (!frame) return stop(frame.error());
    const auto place = projector_.place_us(frame->pts_us);
    show(std::move(*frame));
    // a picture that stands still while sound goes on is sought within
    set_at(sounds(to, to + 1) ? std::max(place, to) : place);
    tell(stood_);
  }

  void step() {
    if (!running_) {
      running_ = true;
      set_at(stood_);
    }
    if (due_ && projector_.place_us(due_->pts_us) > now_at()) return tell(now_at());
    if (tail_) return now_at() < end_us_ ? tell(now_at()) : stop({});
    if (due_) {
      tell(projector_.place_us(due_->pts_us));
      show(std::move(*due_));
      due_.reset();
    }
    auto frame = projector_.next();
    if (!frame && frame.error().kind != ErrorKind::NotFound) return stop(frame.error());
    if (!frame) {
      tail_ = now_at() < end_us_ && sounds(now_at(), end_us_);
      return tail_ ? void() : stop({});
    }
    const auto place = projector_.place_us(frame->pts_us), ahead = place - now_at();
    // over a gap in which nothing is heard it jumps; where decoding is too slow the film is later, not faster
    if ((ahead > kGapUs && !sounds(now_at(), place)) || ahead < -kLateUs) set_at(place);
    due_ = std::move(*frame);
  }

  void stop(const std::optional<Error>& error) {
    stand();
    {
      const std::lock_guard lock(desk_.mutex_);
      desk_.wish_.playing = false;
    }
    post(&desk_, [desk = &desk_, error] {
      desk->show_playing(false);
      if (error) emit desk->failed(*error);
    });
  }
  void show(Frame frame) { desk_.latest_.publish(std::make_shared<const Frame>(std::move(frame))); }
  void tell(std::int64_t place) {
    post(&desk_, [desk = &desk_, place] {
      desk->position_ms_ = place / 1000;
      emit desk->moved(desk->position_ms_);
    });
  }

  static constexpr std::int64_t kTickUs = 200'000, kGapUs = 2'000'000, kLateUs = 1'000'000;
  PlayerDesk& desk_;
  Projector projector_;
  std::vector<SoundStretch> sound_;
  std::optional<Frame> due_;               // decoded ahead, to be shown at its time
  bool running_ = false, tail_ = false;    // tail: the pictures have ended, sound goes on
  double speed_ = 1.0;
  std::int64_t stood_ = 0, anchor_place_ = 0, anchor_clock_ = 0, end_us_ = 0;
};

PlayerDesk::PlayerDesk(const Clock& clock, std::unique_ptr<AudioOut> out) : clock_(clock), track_(clock), speaker_(std::move(out)) {
  latest_.on_ready([this] { post(this, [this] { emit frame_ready(); }); });
  thread_ = std::thread([this] { run(); });
}

PlayerDesk::~PlayerDesk() {
  speaker_.close();
  {
    const std::lock_guard lock(mutex_);
    wish_.quit = true;
  }
  wake_.notify_all();
  thread_.join();
}

void PlayerDesk::run() {
  name_this_thread("player");
  Run(*this).go();
}

void PlayerDesk::open(const std::vector<FilmSegment>& film, std::shared_ptr<const PackageReader> files, std::vector<SoundStretch> sound) {
  duration_ms_ = film.empty() ? 0 : (film.back().first_us + film.back().duration_us - film.front().first_us) / 1000;
  for (const auto& stretch : sound) duration_ms_ = std::max(duration_ms_, (stretch.place_us + stretch.duration_us) / 1000);
  position_ms_ = 0;
  show_playing(false);
  has_sound_ = !sound.empty();
  track_.open(sound, [files](const std::string& path) { return files->whole(path, kMostSound); },
              [this](const Error& error) { post(this, [this, error] { emit sound_failed(error); }); });
  {
    const std::lock_guard lock(mutex_);
    wish_.film = film;
    wish_.sound = std::move(sound);
    wish_.files = std::move(files);
    wish_.film_changed = true;
    wish_.seek_wanted = !film.empty();
    wish_.seek_ms = 0;
    wish_.playing = false;
  }
  wake_.notify_all();
}

void PlayerDesk::close() { open({}, nullptr); }

// The device is held only while something plays.
void PlayerDesk::show_playing(bool playing) {
  if (playing && !playing_shown_ && has_sound_) speaker_.open([this](std::span<std::int16_t> out, std::int64_t delay_us) { track_.read(out, delay_us); });
  if (!playing) speaker_.close();
  playing_shown_ = playing;
  emit playing_changed(playing);
}

void PlayerDesk::seek(std::int64_t position_ms) {
  {
    const std::lock_guard lock(mutex_);
    wish_.seek_wanted = true;
    wish_.seek_ms = std::clamp<std::int64_t>(position_ms, 0, duration_ms_);
  }
  wake_.notify_all();
}

void PlayerDesk::set_playing(bool playing) {
  {
    const std::lock_guard lock(mutex_);
    wish_.playing = playing;
    // play at the end begins anew
    if (playing && position_ms_ + 100 >= duration_ms_ && !wish_.seek_wanted) {
      wish_.seek_wanted = true;
      wish_.seek_ms = 0;
    }
  }
  wake_.notify_all();
  show_playing(playing);
}

void PlayerDesk::set_speed(double speed) {
  {
    const std::lock_guard lock(mutex_);
    wish_.speed = speed;
  }
  wake_.notify_all();
}

}  // namespace guzheng
