#include "tests/media/recording.h"

extern "C" {
#include <libavformat/avformat.h>
}

#include <unistd.h>

#include <cstdlib>

namespace guzheng::test {

TempFolder::TempFolder() {
  // in memory where there is such a folder: a disk syncs each file that is truncated, thousands of times here
  const std::filesystem::path memory = "/dev/shm";
  const bool usable = ::access(memory.c_str(), W_OK) == 0;
  auto name = ((usable ? memory : std::filesystem::temp_directory_path()) / "guzheng-media-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) std::abort();
  path_ = name;
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Packet config_packet(const TestEncoder& encoder) {
  return {0, false, true, std::make_shared<const Bytes>(encoder.config()), {}};
}

Packet video_packet(Encoded encoded, std::int64_t pts_us) {
  return {pts_us, encoded.key, false, std::make_shared<const Bytes>(std::move(encoded.data)), {}};
}

void Notes::note(std::string line) {
  const std::lock_guard lock(mutex_);
  lines_.push_back(std::move(line));
}

Status Notes::segment_opened(const SegmentOpened& s) {
  note("open " + s.name + " origin " + std::to_string(s.origin_us) + " " + std::to_string(s.format.width) + "x" +
       std::to_string(s.format.height));
  const std::lock_guard lock(mutex_);
  opened_.push_back(s);
  return ok();
}

Status Notes::segment_closed(const SegmentClosed& s) {
  note("close " + s.name + " packets " + std::to_string(s.packets));
  const std::lock_guard lock(mutex_);
  closed_.push_back(s);
  return ok();
}

Status Notes::pts_bumped(const PtsBump& b) {
  note("bump " + b.segment + " #" + std::to_string(b.packet) + " " + std::to_string(b.from_us) + " to " + std::to_string(b.to_us));
  return ok();
}

Status Notes::gap_began(const RecordGap& g) {
  note("gap " + g.reason);
  return ok();
}

Status Notes::gap_ended(const RecordGap& g) {
  note("gap end " + g.reason + " " + std::to_string(g.packets));
  return ok();
}

void Notes::need_key_frame() { note("need key"); }

void Notes::recorder_failed(const Error& e) {
  note("failed " + std::string(to_string(e.kind)));
  const std::lock_guard lock(mutex_);
  failures_.push_back(e);
}

std::vector<std::string> Notes::lines() const {
  const std::lock_guard lock(mutex_);
  return lines_;
}
std::vector<SegmentOpened> Notes::opened() const {
  const std::lock_guard lock(mutex_);
  return opened_;
}
std::vector<SegmentClosed> Notes::closed() const {
  const std::lock_guard lock(mutex_);
  return closed_;
}
std::vector<Error> Notes::failures() const {
  const std::lock_guard lock(mutex_);
  return failures_;
}

std::vector<StoredPacket> read_back(const std::filesystem::path& file) {
  std::vector<StoredPacket> stored;
  AVFormatContext* context = nullptr;
  if (avformat_open_input(&context, file.c_str(), nullptr, nullptr) < 0) return stored;
  AVPacket* packet = av_packet_alloc();
  while (av_read_frame(context, packet) >= 0) {
    const AVRational base = context->streams[packet->stream_index]->time_base;
    const bool exact = base.num == 1 && base.den == 1'000'000;
    stored.push_back({exact ? packet->pts : -1, (packet->flags & AV_PKT_FLAG_KEY) != 0,
                      Bytes(packet->data, packet->data + packet->size)});
    av_packet_unref(packet);
  }
  av_packet_free(&packet);
  avformat_close_input(&context);
  return stored;
}

Bytes with_lengths(ByteView b) {
  Bytes out;
  std::size_t begin = 0;                                   // of the unit being read; 0: none yet
  const auto unit = [&](std::size_t end) {
    if (begin == 0) return;
    while (end > begin && b[end - 1] == 0) --end;          // trailing zeros belong to the next start code
    put_be<std::uint32_t>(out, static_cast<std::uint32_t>(end - begin));
    append(out, b.subspan(begin, end - begin));
  };
  for (std::size_t i = 0; i + 2 < b.size(); ++i) {
    if (b[i] != 0 || b[i + 1] != 0 || b[i + 2] != 1) continue;
    unit(i);
    begin = i + 3;
  }
  unit(b.size());
  return out;
}

SeenFragments whole_fragments(ByteView file) {
  SeenFragments found;
  std::size_t at = 0;
  bool moof = false;
  while (at + 8 <= file.size()) {
    const std::size_t size = read_be<std::uint32_t>(file.data() + at);
    const auto type = as_text(file.subspan(at + 4, 4));
    if (size < 8 || size > file.size() - at) break;
    at += size;
    if (type == "mdat" && moof) {
      ++found.count;
      found.end = at;
    }
    moof = type == "moof";
  }
  return found;
}

}  // namespace guzheng::test
