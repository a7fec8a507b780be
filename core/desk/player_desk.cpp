#include "core/desk/player_desk.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include "core/desk/workers.h"
#include "core/media/player.h"

namespace guzheng {

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

PlayerDesk::PlayerDesk(const Clock& clock) : clock_(clock) {
  latest_.on_ready([this] { post(this, [this] { emit frame_ready(); }); });
  thread_ = std::thread([this] { run(); });
}

PlayerDesk::~PlayerDesk() {
  {
    const std::lock_guard lock(mutex_);
    wish_.quit = true;
  }
  wake_.notify_all();
  thread_.join();
}

void PlayerDesk::open(const std::vector<FilmSegment>& film, std::shared_ptr<const PackageReader> files) {
  {
    const std::lock_guard lock(mutex_);
    wish_.film = film;
    wish_.files = std::move(files);
    wish_.film_changed = true;
    wish_.seek_wanted = !film.empty();
    wish_.seek_ms = 0;
    wish_.playing = false;
  }
  duration_ms_ = film.empty() ? 0 : (film.back().first_us + film.back().duration_us - film.front().first_us) / 1000;
  position_ms_ = 0;
  wake_.notify_all();
  playing_shown_ = false;
  emit playing_changed(false);
}

void PlayerDesk::close() { open({}, nullptr); }

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
  playing_shown_ = playing;
  emit playing_changed(playing);
}

void PlayerDesk::set_speed(double speed) {
  {
    const std::lock_guard lock(mutex_);
    wish_.speed = speed;
  }
  wake_.notify_all();
}

// Waits for a wish, or for the moment the next picture is due; carries out one thing at a time.
void PlayerDesk::run() {
  Projector projector;
  std::optional<Frame> due;                // decoded ahead, to be shown at its time
  std::int64_t anchor_clock_us = 0, anchor_place_us = 0;
  const auto show = [&](Frame frame) {
    const auto place = projector.place_us(frame.pts_us);
    latest_.publish(std::make_shared<const Frame>(std::move(frame)));
    post(this, [this, place] {
      position_ms_ = place / 1000;
      emit moved(position_ms_);
    });
    return place;
  };
  const auto stop = [&](std::optional<Error> error) {
    {
      const std::lock_guard lock(mutex_);
      wish_.playing = false;
    }
    post(this, [this, error] {
      playing_shown_ = false;
      emit playing_changed(false);
      if (error) emit failed(*error);
    });
  };
  double speed = 1.0;
  while (true) {
    std::unique_lock lock(mutex_);
    const auto stirred = [&] { return wish_.quit || wish_.film_changed || wish_.seek_wanted || wish_.speed != speed; };
    if (due && wish_.playing) {
      const auto at = anchor_clock_us + static_cast<std::int64_t>(static_cast<double>(projector.place_us(due->pts_us) - anchor_place_us) / speed);
      const auto wait = std::chrono::microseconds(std::max<std::int64_t>(0, at - clock_.monotonic().us));
      wake_.wait_for(lock, wait, [&] { return stirred() || !wish_.playing; });
    } else {
      wake_.wait(lock, [&] { return stirred() || (wish_.playing && !projector.empty()); });
    }
    if (wish_.quit) return;
    if (wish_.film_changed) {
      wish_.film_changed = false;
      projector.load(std::move(wish_.film), std::move(wish_.files));
      due.reset();
      continue;
    }
    if (wish_.seek_wanted || wish_.speed != speed) {
      const bool seek = wish_.seek_wanted;
      const auto to = wish_.seek_ms * 1000;
      wish_.seek_wanted = false;
      speed = wish_.speed;
      lock.unlock();
      if (!seek || projector.empty()) {
        if (due) anchor_place_us = projector.place_us(due->pts_us);
        anchor_clock_us = clock_.monotonic().us;
        continue;
      }
      due.reset();
      auto frame = projector.seek(to);
      if (!frame) {
        stop(frame.error());
        continue;
      }
      anchor_place_us = show(std::move(*frame));
      anchor_clock_us = clock_.monotonic().us;
      continue;
    }
    if (!wish_.playing) {
      due.reset();                         // decoded anew from where it stands when playing goes on
      lock.unlock();
      continue;
    }
    lock.unlock();
    if (due) {
      show(std::move(*due));
      due.reset();
    }
    auto frame = projector.next();
    if (!frame) {
      stop(frame.error().kind == ErrorKind::NotFound ? std::nullopt : std::optional<Error>(frame.error()));
      continue;
    }
    const auto place = projector.place_us(frame->pts_us);
    // after a stop, or when the film jumps over a gap, time is taken anew
    const auto ahead = place - anchor_place_us - static_cast<std::int64_t>(static_cast<double>(clock_.monotonic().us - anchor_clock_us) * speed);
    if (anchor_clock_us == 0 || ahead > 2'000'000 || ahead < -1'000'000) {
      anchor_place_us = place;
      anchor_clock_us = clock_.monotonic().us;
    }
    due = std::move(*frame);
  }
}

}  // namespace guzheng
