#include "core/media/segment_writer.h"

#include <atomic>
#include <cstring>
#include <optional>

#include "core/media/av.h"

namespace guzheng {

namespace {

constexpr int kTimeScale = 1'000'000;
constexpr int kAvioBuffer = 256 << 10;
// How long the last picture stays: not known, since nothing follows it. Only the file's length depends on it; no
// time stamp does (each fragment carries its own in tfdt).
constexpr std::int64_t kLastPictureUs = 33'333;

}  // namespace

struct SegmentWriter::Impl {
  std::unique_ptr<ByteSink> sink;
  TripleDigester digester;
  std::atomic<std::uint64_t> bytes{0};   // read by whoever syncs
  Bytes pending;                         // the fragment that the muxer is writing
  std::optional<Error> failed;           // of the sink
  AVFormatContext* format = nullptr;
  AVIOContext* io = nullptr;
  av::PacketPtr packet{av_packet_alloc()};

  ~Impl() {
    if (format != nullptr) avformat_free_context(format);
    if (io != nullptr) {
      av_freep(&io->buffer);
      avio_context_free(&io);
    }
  }

  static int on_write(void* self, std::uint8_t* data, int size) {
    auto& me = *static_cast<Impl*>(self);
    if (me.failed) return AVERROR(EIO);
    append(me.pending, {data, static_cast<std::size_t>(size)});
    return size;
  }

  // A fragment leaves in one write(2): a killed program leaves none that is torn.
  Status send() {
    if (pending.empty()) return ok();
    if (auto written = sink->write(pending); !written) {
      failed = written.error();
      return written;
    }
    digester.update(pending);
    bytes += pending.size();
    pending.clear();
    return ok();
  }

  // After each step of the muxer: its error, or what it wrote goes to the sink.
  Status check(int code, std::string_view step) {
    if (failed) return fail(*failed);
    if (code < 0) return fail(av::error(ErrorKind::Io, step, code));
    return send();
  }

  Status open_io() {
    auto* buffer = static_cast<std::uint8_t*>(av_malloc(kAvioBuffer));
    io = avio_alloc_context(buffer, kAvioBuffer, 1, this, nullptr, &Impl::on_write, nullptr);
    if (io == nullptr) return fail(ErrorKind::Bug, "no memory for a segment");
    io->seekable = 0;
    return ok();
  }

  Status add_stream(const VideoFormat& video, ByteView config) {
    AVStream* stream = avformat_new_stream(format, nullptr);
    if (stream == nullptr) return fail(ErrorKind::Bug, "no memory for a stream");
    stream->time_base = {1, kTimeScale};
    AVCodecParameters& p = *stream->codecpar;
    p.codec_type = AVMEDIA_TYPE_VIDEO;
    p.codec_id = av::codec_id(video.codec);
    p.width = static_cast<int>(video.width);
    p.height = static_cast<int>(video.height);
    p.extradata = static_cast<std::uint8_t*>(av_mallocz(config.size() + AV_INPUT_BUFFER_PADDING_SIZE));
    if (p.extradata == nullptr) return fail(ErrorKind::Bug, "no memory for parameter sets");
    std::memcpy(p.extradata, config.data(), config.size());
    p.extradata_size = static_cast<int>(config.size());
    return ok();
  }

  Status write_header() {
    format->flags |= AVFMT_FLAG_CUSTOM_IO | AVFMT_FLAG_BITEXACT;
    format->flush_packets = 1;
    format->pb = io;
    AVDictionary* options = nullptr;
    // skip_trailer: no index at the end, so that a whole segment and a cut one have the same form.
    av_dict_set(&options, "movflags", "frag_every_frame+empty_moov+default_base_moof+skip_trailer", 0);
    av_dict_set_int(&options, "video_track_timescale", kTimeScale, 0);
    const int rc = avformat_write_header(format, &options);
    av_dict_free(&options);
    GZ_TRY(check(rc, "start a segment"));
    const AVRational base = format->streams[0]->time_base;
    if (base.num != 1 || base.den != kTimeScale) return fail(ErrorKind::Bug, "the muxer took another time scale");
    avio_flush(io);
    return check(io->error, "start a segment");
  }
};

SegmentWriter::SegmentWriter() : impl_(std::make_unique<Impl>()) {}
SegmentWriter::~SegmentWriter() = default;

Result<std::unique_ptr<SegmentWriter>> SegmentWriter::create(std::unique_ptr<ByteSink> sink, const VideoFormat& format,
                                                             ByteView config) {
  std::unique_ptr<SegmentWriter> writer(new SegmentWriter);
  Impl& impl = *writer->impl_;
  impl.sink = std::move(sink);
  if (avformat_alloc_output_context2(&impl.format, nullptr, "mp4", nullptr) < 0)
    return fail(ErrorKind::Bug, "FFmpeg has no mp4 muxer");
  GZ_TRY(impl.open_io());
  GZ_TRY(impl.add_stream(format, config));
  GZ_TRY(impl.write_header());
  return writer;
}

Status SegmentWriter::write(const Packet& packet, std::int64_t pts_us) {
  AVPacket& p = *impl_->packet;
  av_packet_unref(&p);
  if (av_new_packet(&p, static_cast<int>(packet.data->size())) < 0) return fail(ErrorKind::Bug, "no memory for a packet");
  std::memcpy(p.data, packet.data->data(), packet.data->size());
  p.pts = p.dts = pts_us;
  p.duration = kLastPictureUs;
  p.flags = packet.key ? AV_PKT_FLAG_KEY : 0;
  return impl_->check(av_write_frame(impl_->format, &p), "write a packet");
}

Result<FileDigests> SegmentWriter::finish() {
  GZ_TRY(impl_->check(av_write_trailer(impl_->format), "end a segment"));
  avio_flush(impl_->io);
  GZ_TRY(impl_->check(impl_->io->error, "end a segment"));
  GZ_TRY(impl_->sink->close());
  return impl_->digester.finish();
}

Status SegmentWriter::sync() { return impl_->sink->sync(); }
std::uint64_t SegmentWriter::bytes() const { return impl_->bytes; }

}  // namespace guzheng
