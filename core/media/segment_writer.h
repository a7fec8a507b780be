// Room media, private to the room. One fragmented MP4 file: packets in, bytes and their digests out.
//
// ftyp, moov (no samples), then moof+mdat for each packet. The muxer writes fragment k when packet k+1 comes, because
// only then is its duration known; the last one is written by finish(). Nothing is ever rewritten: the output cannot
// seek, so the digests are taken as the bytes leave.
#pragma once

#include <filesystem>
#include <memory>

#include "core/base/digest.h"
#include "core/media/byte_sink.h"
#include "core/media/packet.h"

namespace guzheng {

// One thread, except sync().
class SegmentWriter {
 public:
  // `config`: parameter sets, Annex B.
  static Result<std::unique_ptr<SegmentWriter>> create(std::unique_ptr<ByteSink> sink, const VideoFormat& format,
                                                       ByteView config);
  ~SegmentWriter();
  // `pts_us`: from the segment's first packet, rising.
  Status write(const Packet& packet, std::int64_t pts_us);
  Result<FileDigests> finish();          // last fragment, sync, close
  Status sync();                         // any thread, until finish()
  [[nodiscard]] std::uint64_t bytes() const;    // handed to the sink so far

 private:
  SegmentWriter();
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace guzheng
