#include "core/media/player.h"

#include <fcntl.h>
#include <sys/mman.h>

#include <algorithm>

#include "core/media/file_window.h"
#include "core/media/fragments.h"
#include "core/media/picture.h"
#include "core/media/video_codec.h"

namespace guzheng {

namespace {
constexpr std::size_t kMaxPictures = 1'000'000;
}

struct SegmentReader::Impl {
  std::unique_ptr<FileWindow> file;         // before what reads from it
  av::InputPtr input;
  av::PacketPtr packet{av_packet_alloc()};
  VideoCodec codec;
  PictureConverter converter;
  VideoFormat format;
  std::vector<std::int64_t> times;
  std::vector<bool> keys;
  std::size_t next = 0;                     // picture that the codec gets next

  Status open(UniqueFd bytes, const std::string& name) {
    GZ_TRY_ASSIGN(const Fragments whole, scan_fragments(bytes.get(), name));
    GZ_TRY_ASSIGN(file, FileWindow::open(std::move(bytes), whole.end));
    AVFormatContext* context = avformat_alloc_context();
    if (context == nullptr) return fail(ErrorKind::Bug, "no memory to read a recording");
    context->pb = file->io();
    const int rc = avformat_open_input(&context, nullptr, av_find_input_format("mov"), nullptr);
    if (rc < 0) return fail(av::error(ErrorKind::Invalid, name, rc));
    input.reset(context);
    if (context->nb_streams != 1 || stream().codecpar->codec_type != AVMEDIA_TYPE_VIDEO)
      return fail(ErrorKind::Invalid, name + " is no recording of one video");
    GZ_TRY(open_codec());
    read_times();
    if (times.empty() || !keys[0]) return fail(ErrorKind::Invalid, name + " holds no whole picture");
    return seek(0);
  }

  AVStream& stream() { return *input->streams[0]; }

  Status open_codec() {
    const AVCodecParameters& p = *stream().codecpar;
    switch (p.codec_id) {
      case AV_CODEC_ID_H264: format.codec = Codec::H264; break;
      case AV_CODEC_ID_HEVC: format.codec = Codec::H265; break;
      case AV_CODEC_ID_AV1: format.codec = Codec::Av1; break;
      default: return fail(ErrorKind::Unsupported, "a recording of an unknown codec");
    }
    format.width = static_cast<std::uint32_t>(p.width);
    format.height = static_cast<std::uint32_t>(p.height);
    return codec.open(format.codec, {p.extradata, static_cast<std::size_t>(p.extradata_size)});
  }

  std::int64_t to_us(std::int64_t pts) { return av_rescale_q(pts, stream().time_base, {1, 1'000'000}); }

  void read_times() {
    while (times.size() < kMaxPictures && av_read_frame(input.get(), packet.get()) >= 0) {
      times.push_back(to_us(packet->pts));
      keys.push_back((packet->flags & AV_PKT_FLAG_KEY) != 0);
      av_packet_unref(packet.get());
    }
  }

  // The codec starts again at picture `index`, which is a key frame.
  Status seek(std::size_t index) {
    const auto pts = av_rescale_q(times[index], {1, 1'000'000}, stream().time_base);
    const int rc = av_seek_frame(input.get(), 0, pts, AVSEEK_FLAG_BACKWARD);
    if (rc < 0) return fail(av::error(ErrorKind::Io, "seek in a recording", rc));
    codec.flush();
    next = index;
    return ok();
  }

  Result<const AVFrame*> decode_next() {
    for (;;) {
      av_packet_unref(packet.get());
      const int rc = av_read_frame(input.get(), packet.get());
      if (rc < 0) return fail(av::error(ErrorKind::Io, "read a recording", rc));
      if (to_us(packet->pts) < times[next]) continue;         // a seek may land on an earlier key frame
      const ByteView bytes(packet->data, static_cast<std::size_t>(packet->size));
      auto picture = codec.decode(bytes, keys[next], times[next]);
      ++next;
      return picture;
    }
  }

  Result<Frame> show(const AVFrame& picture, std::size_t index) {
    GZ_TRY_ASSIGN(Frame frame, converter.convert(picture));
    frame.pts_us = times[index];
    frame.serial = index;
    return frame;
  }
};

SegmentReader::SegmentReader() : impl_(std::make_unique<Impl>()) {}
SegmentReader::~SegmentReader() = default;
SegmentReader::SegmentReader(SegmentReader&&) noexcept = default;
SegmentReader& SegmentReader::operator=(SegmentReader&&) noexcept = default;

Result<SegmentReader> SegmentReader::open(const std::filesystem::path& path) {
  UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!file) return fail_errno("open " + path.string());
  SegmentReader reader;
  GZ_TRY(reader.impl_->open(std::move(file), path.string()));
  return reader;
}

Result<SegmentReader> SegmentReader::open(ByteView bytes, const std::string& name) {
  UniqueFd memory(::memfd_create("segment", MFD_CLOEXEC));
  if (!memory) return fail_errno("memory for " + name);
  GZ_TRY(write_all(memory.get(), bytes, name));
  SegmentReader reader;
  GZ_TRY(reader.impl_->open(std::move(memory), name));
  return reader;
}

const std::vector<std::int64_t>& SegmentReader::pts_us() const { return impl_->times; }
std::int64_t SegmentReader::duration_us() const { return impl_->times.back() - impl_->times.front(); }
VideoFormat SegmentReader::format() const { return impl_->format; }

Result<Frame> SegmentReader::frame_at(std::int64_t pts_us) {
  Impl& me = *impl_;
  const auto after = std::upper_bound(me.times.begin(), me.times.end(), pts_us);
  const auto wanted = static_cast<std::size_t>(std::max<std::ptrdiff_t>(after - me.times.begin() - 1, 0));
  std::size_t key = wanted;
  while (key > 0 && !me.keys[key]) --key;
  if (me.next > wanted || me.next < key) GZ_TRY(me.seek(key));   // else just go on forward
  const AVFrame* picture = nullptr;
  while (me.next <= wanted) {
    GZ_TRY_ASSIGN(picture, me.decode_next());
  }
  return me.show(*picture, wanted);
}

Result<Frame> SegmentReader::next() {
  if (impl_->next >= impl_->times.size()) return fail(ErrorKind::NotFound, "the recording ends here");
  const std::size_t index = impl_->next;
  GZ_TRY_ASSIGN(const AVFrame* picture, impl_->decode_next());
  return impl_->show(*picture, index);
}

}  // namespace guzheng
