#include "core/seal/verify_film.h"

#include <algorithm>
#include <optional>

namespace guzheng {

namespace {

constexpr std::uint64_t kMostHeaderBox = 1u << 20;
constexpr std::size_t kMostPackets = 4'000'000;          // over 18 hours at 60 a second
constexpr std::uint32_t kNotSync = 0x10000;

constexpr std::uint32_t fourcc(const char (&name)[5]) {
  return static_cast<std::uint32_t>(name[0]) << 24 | static_cast<std::uint32_t>(name[1]) << 16 |
         static_cast<std::uint32_t>(name[2]) << 8 | static_cast<std::uint32_t>(name[3]);
}

// Reads big-endian fields with a bound; after an overrun everything is 0 and `good` is false.
struct Fields {
  ByteView bytes;
  bool good = true;
  template <typename T>
  T take() {
    if (bytes.size() < sizeof(T)) {
      good = false;
      return 0;
    }
    const T value = read_be<T>(bytes.data());
    bytes = bytes.subspan(sizeof(T));
    return value;
  }
  void skip(std::size_t count) {
    if (bytes.size() < count) good = false;
    else bytes = bytes.subspan(count);
  }
};

// The payloads of the child boxes of one type; empty optional when the children do not fill the box exactly.
std::optional<std::vector<ByteView>> children(ByteView box, std::uint32_t type) {
  std::vector<ByteView> found;
  while (!box.empty()) {
    if (box.size() < 8) return std::nullopt;
    const std::uint32_t size = read_be<std::uint32_t>(box.data());
    if (size < 8 || size > box.size()) return std::nullopt;
    if (read_be<std::uint32_t>(&box[4]) == type) found.push_back(box.subspan(8, size - 8));
    box = box.subspan(size);
  }
  return found;
}

std::optional<ByteView> only_child(ByteView box, std::uint32_t type) {
  const auto found = children(box, type);
  if (!found || found->size() != 1) return std::nullopt;
  return found->front();
}

std::optional<ByteView> descend(ByteView box, std::initializer_list<std::uint32_t> path) {
  for (const auto type : path) {
    const auto next = only_child(box, type);
    if (!next) return std::nullopt;
    box = *next;
  }
  return box;
}

}  // namespace

void FilmReader::problem(std::string what) {
  if (film_.problems.size() < 20) film_.problems.push_back(std::move(what));
}

void FilmReader::feed(ByteView bytes) {
  while (!bytes.empty() && state_ != State::Broken) {
    if (state_ == State::Header) {
      head_.push_back(bytes.front());
      bytes = bytes.subspan(1);
      if (header_complete()) begin_box();
      continue;
    }
    const std::size_t count = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size()));
    if (state_ == State::Keep) append(kept_, bytes.first(count));
    bytes = bytes.subspan(count);
    left_ -= count;
    if (left_ == 0) end_kept_box();
  }
}

// | size 4 | type 4 | size 8, if size = 1 |
bool FilmReader::header_complete() {
  if (head_.size() < 8) return false;
  return read_be<std::uint32_t>(head_.data()) != 1 || head_.size() == 16;
}

void FilmReader::begin_box() {
  std::uint64_t size = read_be<std::uint32_t>(head_.data());
  type_ = read_be<std::uint32_t>(&head_[4]);
  header_size_ = head_.size();
  if (size == 1) size = read_be<std::uint64_t>(&head_[8]);
  head_.clear();
  kept_.clear();
  if (size < header_size_) {
    problem("a box has no valid size");
    state_ = State::Broken;
    return;
  }
  payload_ = left_ = size - header_size_;
  const bool media = type_ == fourcc("mdat");
  if (!media && left_ > kMostHeaderBox) {
    problem("a header box is larger than 1 MiB");
    state_ = State::Broken;
    return;
  }
  if (media) {
    if (awaited_mdat_ == 0) problem("media data without a fragment before it");
    else if (payload_ != awaited_mdat_ || header_size_ != 8) problem("media data is not exactly its fragment's packet");
    awaited_mdat_ = 0;
  }
  state_ = media ? State::Skip : State::Keep;
  if (left_ == 0) end_kept_box();
}

void FilmReader::end_kept_box() {
  const bool kept = state_ == State::Keep;
  state_ = State::Header;
  if (!kept) return;
  if (mfra_) problem("boxes after the closing index");
  if (awaited_mdat_ != 0) problem("a fragment without its media data");
  if (type_ == fourcc("ftyp")) {
    if (ftyp_ || moov_) problem("more than one file type box");
    ftyp_ = true;
  } else if (type_ == fourcc("moov")) {
    if (moov_ || !ftyp_) problem("the movie header is not second, or there twice");
    moov_ = true;
    read_moov(kept_);
  } else if (type_ == fourcc("moof")) {
    if (!moov_) problem("a fragment before the movie header");
    read_moof(kept_);
  } else if (type_ == fourcc("mfra")) {
    mfra_ = true;
  } else {
    problem("a box that a recording does not have");
  }
}

void FilmReader::read_moov(ByteView box) {
  const auto trak = only_child(box, fourcc("trak"));
  const auto mdhd = trak ? descend(*trak, {fourcc("mdia"), fourcc("mdhd")}) : std::nullopt;
  const auto tkhd = trak ? only_child(*trak, fourcc("tkhd")) : std::nullopt;
  const auto hdlr = trak ? descend(*trak, {fourcc("mdia"), fourcc("hdlr")}) : std::nullopt;
  const auto stsd = trak ? descend(*trak, {fourcc("mdia"), fourcc("minf"), fourcc("stbl"), fourcc("stsd")}) : std::nullopt;
  const auto trex = descend(box, {fourcc("mvex"), fourcc("trex")});
  if (!mdhd || !tkhd || !hdlr || !stsd || !trex) return problem("the movie header is not that of one fragmented track");
  Fields media{*mdhd};
  const auto version = media.take<std::uint32_t>() >> 24;
  media.skip(version == 1 ? 16 : 8);
  if (media.take<std::uint32_t>() != 1'000'000 || !media.good) problem("the time scale is not 1,000,000");
  Fields track{*tkhd};
  track.skip((track.take<std::uint32_t>() >> 24) == 1 ? 16 : 8);
  track_ = track.take<std::uint32_t>();
  Fields handler{*hdlr};
  handler.skip(8);
  if (handler.take<std::uint32_t>() != fourcc("vide")) problem("the track is no video");
  // trex   | version+flags 4 | track 4 | description 4 | duration 4 | size 4 | flags 4 |
  Fields extends{*trex};
  extends.skip(16);
  default_size_ = extends.take<std::uint32_t>();
  default_flags_ = extends.take<std::uint32_t>();
  // stsd   | version+flags 4 | count 4 | size 4 | codec 4 | … 24 | width 2 | height 2 |
  Fields entry{*stsd};
  entry.skip(4);
  if (entry.take<std::uint32_t>() != 1) problem("more than one sample description");
  entry.skip(4);
  for (std::uint32_t code = entry.take<std::uint32_t>(), i = 0; i < 4; ++i)
    film_.codec += static_cast<char>(code >> (24 - 8 * i));
  entry.skip(24);
  film_.width = entry.take<std::uint16_t>();
  film_.height = entry.take<std::uint16_t>();
  if (!track.good || !handler.good || !extends.good || !entry.good) problem("the movie header is cut short");
}

void FilmReader::read_moof(ByteView box) {
  const auto mfhd = only_child(box, fourcc("mfhd"));
  const auto traf = only_child(box, fourcc("traf"));
  const auto tfhd = traf ? only_child(*traf, fourcc("tfhd")) : std::nullopt;
  const auto tfdt = traf ? only_child(*traf, fourcc("tfdt")) : std::nullopt;
  const auto trun = traf ? only_child(*traf, fourcc("trun")) : std::nullopt;
  if (!mfhd || !tfhd || !tfdt || !trun) return problem("a fragment is not that of one packet of one track");
  Fields header{*mfhd};
  header.skip(4);
  const auto sequence = header.take<std::uint32_t>();
  if (sequence != ++sequence_) problem("fragments are not numbered one by one");

  Fields track{*tfhd};
  const auto track_flags = track.take<std::uint32_t>() & 0xffffff;
  if (track.take<std::uint32_t>() != track_) problem("a fragment belongs to no track");
  std::uint32_t size = default_size_, flags = default_flags_;
  if (track_flags & 0x1) track.skip(8);
  if (track_flags & 0x2) track.skip(4);
  if (track_flags & 0x8) track.skip(4);
  if (track_flags & 0x10) size = track.take<std::uint32_t>();
  if (track_flags & 0x20) flags = track.take<std::uint32_t>();

  Fields decode{*tfdt};
  const auto long_time = (decode.take<std::uint32_t>() >> 24) == 1;
  const std::uint64_t time = long_time ? decode.take<std::uint64_t>() : decode.take<std::uint32_t>();

  Fields run{*trun};
  const auto run_flags = run.take<std::uint32_t>() & 0xffffff;
  if (run.take<std::uint32_t>() != 1) return problem("a fragment holds more or less than one packet");
  const std::uint32_t data_offset = run_flags & 0x1 ? run.take<std::uint32_t>() : 0;
  if (run_flags & 0x4) flags = run.take<std::uint32_t>();
  if (run_flags & 0x100) run.skip(4);
  if (run_flags & 0x200) size = run.take<std::uint32_t>();
  if (run_flags & 0x400) flags = run.take<std::uint32_t>();
  const std::int32_t shift = run_flags & 0x800 ? static_cast<std::int32_t>(run.take<std::uint32_t>()) : 0;
  if (!header.good || !track.good || !decode.good || !run.good) return problem("a fragment is cut short");
  if (time > (std::uint64_t{1} << 52)) return problem("a packet's time is out of range");
  if ((run_flags & 0x1) && data_offset != header_size_ + payload_ + 8) problem("a packet does not follow its fragment");
  if (size == 0) problem("an empty packet");
  awaited_mdat_ = size;

  const std::int64_t pts = static_cast<std::int64_t>(time) + shift;
  if (film_.pts_us.empty()) {
    if (pts != 0) problem("the first packet's time is not 0");
    if (flags & kNotSync) problem("the first packet is no key frame");
  } else if (pts <= film_.pts_us.back()) {
    problem("a packet's time does not rise");
  }
  if (film_.pts_us.size() < kMostPackets) film_.pts_us.push_back(pts);
  else problem("more packets than a segment can hold");
}

Film FilmReader::finish() {
  if (state_ != State::Header || !head_.empty()) problem("the file ends within a box");
  if (awaited_mdat_ != 0) problem("the last fragment has no media data");
  if (!moov_) problem("no movie header");
  return std::move(film_);
}

}  // namespace guzheng
