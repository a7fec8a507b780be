#include "core/device/h264_sps.h"

namespace guzheng {

namespace {

// Reads bits of an RBSP; past the end every bit is 0 and `broken()` is true.
class BitReader {
 public:
  explicit BitReader(ByteView bytes) : bytes_(bytes) {}
  std::uint32_t bits(unsigned count) {
    std::uint32_t value = 0;
    while (count-- > 0) value = (value << 1) | bit();
    return value;
  }
  // ue(v): Exp-Golomb (9.1)
  std::uint32_t ue() {
    unsigned zeros = 0;
    while (!broken_ && bit() == 0) ++zeros;
    if (zeros > 31) broken_ = true;
    if (broken_) return 0;
    return (1u << zeros) - 1 + bits(zeros);
  }
  std::int32_t se() {
    const std::uint32_t k = ue();
    const auto half = static_cast<std::int32_t>(k / 2);
    return (k & 1) != 0 ? half + 1 : -half;
  }
  [[nodiscard]] bool broken() const { return broken_; }

 private:
  std::uint32_t bit() {
    const std::size_t byte = at_ / 8;
    if (byte >= bytes_.size()) {
      broken_ = true;
      return 0;
    }
    const auto value = (bytes_[byte] >> (7 - at_ % 8)) & 1u;
    ++at_;
    return value;
  }
  ByteView bytes_;
  std::size_t at_ = 0;
  bool broken_ = false;
};

// The first NAL unit of type 7, without its start code and header byte, emulation prevention removed.
Bytes find_sps(ByteView b) {
  Bytes out;
  for (std::size_t i = 0; i + 3 < b.size(); ++i) {
    if (b[i] != 0 || b[i + 1] != 0 || b[i + 2] != 1 || (b[i + 3] & 0x1f) != 7) continue;
    unsigned zeros = 0;
    for (std::size_t k = i + 4; k < b.size(); ++k) {
      if (zeros >= 2 && b[k] <= 1) break;                    // 00 00 01 or 00 00 00: the next unit
      if (zeros >= 2 && b[k] == 3) {
        zeros = 0;
        continue;
      }
      zeros = b[k] == 0 ? zeros + 1 : 0;
      out.push_back(b[k]);
    }
    return out;
  }
  return out;
}

bool has_chroma_info(std::uint32_t profile) {
  for (const auto p : {100u, 110u, 122u, 244u, 44u, 83u, 86u, 118u, 128u, 138u, 139u, 134u, 135u})
    if (p == profile) return true;
  return false;
}

void skip_scaling_list(BitReader& in, unsigned size) {
  std::int32_t last = 8, next = 8;
  for (unsigned i = 0; i < size && !in.broken(); ++i) {
    if (next != 0) next = (last + in.se() + 256) & 0xff;
    last = next == 0 ? last : next;
  }
}

// Returns ChromaArrayType.
std::uint32_t read_chroma_info(BitReader& in) {
  const std::uint32_t chroma_format = in.ue();
  const bool separate_planes = chroma_format == 3 && in.bits(1) != 0;
  in.ue();                                                   // bit depths
  in.ue();
  in.bits(1);                                                // qpprime_y_zero_transform_bypass_flag
  if (in.bits(1) != 0) {
    const unsigned lists = chroma_format == 3 ? 12 : 8;
    for (unsigned i = 0; i < lists; ++i)
      if (in.bits(1) != 0) skip_scaling_list(in, i < 6 ? 16 : 64);
  }
  return separate_planes ? 0 : chroma_format;
}

void skip_picture_order(BitReader& in) {
  const std::uint32_t type = in.ue();
  if (type == 0) in.ue();
  if (type != 1) return;
  in.bits(1);
  in.se();
  in.se();
  const std::uint32_t count = in.ue();
  for (std::uint32_t i = 0; i < count && i < 256 && !in.broken(); ++i) in.se();
}

struct Crop {
  std::uint64_t left = 0, right = 0, top = 0, bottom = 0;
};

}  // namespace

Result<VideoSize> h264_picture_size(ByteView annex_b) {
  const Bytes sps = find_sps(annex_b);
  if (sps.empty()) return fail(ErrorKind::NotFound, "no sequence parameter set");
  BitReader in(sps);
  const std::uint32_t profile = in.bits(8);
  in.bits(16);                                               // constraint flags, level
  in.ue();                                                   // seq_parameter_set_id
  const std::uint32_t chroma = has_chroma_info(profile) ? read_chroma_info(in) : 1;
  in.ue();                                                   // log2_max_frame_num_minus4
  skip_picture_order(in);
  in.ue();                                                   // max_num_ref_frames
  in.bits(1);                                                // gaps_in_frame_num_value_allowed_flag
  const std::uint64_t width_mbs = std::uint64_t{in.ue()} + 1, height_units = std::uint64_t{in.ue()} + 1;
  const bool frames_only = in.bits(1) != 0;
  if (!frames_only) in.bits(1);
  in.bits(1);                                                // direct_8x8_inference_flag
  Crop crop;
  if (in.bits(1) != 0) crop = {in.ue(), in.ue(), in.ue(), in.ue()};
  if (in.broken() || chroma > 3) return fail(ErrorKind::Protocol, "damaged sequence parameter set");

  const std::uint64_t unit_x = chroma == 1 || chroma == 2 ? 2 : 1;
  const std::uint64_t unit_y = (chroma == 1 ? 2u : 1u) * (frames_only ? 1u : 2u);
  const std::uint64_t width = width_mbs * 16, height = height_units * 16 * (frames_only ? 1 : 2);
  const std::uint64_t cut_x = (crop.left + crop.right) * unit_x, cut_y = (crop.top + crop.bottom) * unit_y;
  if (width > kMaxVideoSide || height > kMaxVideoSide || cut_x >= width || cut_y >= height)
    return fail(ErrorKind::Protocol, "sequence parameter set with an impossible picture size");
  return VideoSize{static_cast<std::uint32_t>(width - cut_x), static_cast<std::uint32_t>(height - cut_y)};
}

}  // namespace guzheng
