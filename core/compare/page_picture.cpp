// Where two pictures differ.
#include <algorithm>
#include <cstdlib>

#include "core/compare/align.h"
#include "core/compare/page.h"

namespace guzheng {

namespace {

constexpr std::uint32_t kBlock = 16;
constexpr int kVisible = 24;                 // of 255, in any colour: less is what two screens' dithering does
constexpr int kFewPixels = 4;
constexpr std::size_t kMostRegions = 8;

// Blocks of `other`; a row of the page between its bars is held against the row of `one` that shows the same part.
class Blocks {
 public:
  Blocks(const Frame& one, const Frame& other, const Alignment& by)
      : across_((other.width + kBlock - 1) / kBlock), down_((other.height + kBlock - 1) / kBlock), differs_(std::size_t{across_} * down_), width_(other.width), height_(other.height) {
    std::vector<int> count(differs_.size());
    std::vector<std::uint32_t> compared(down_, 0);
    for (std::uint32_t y = 0; y < other.height; ++y) {
      const auto from = partner(static_cast<int>(y), by);
      if (from < 0) continue;                // only one of the two shows it
      ++compared[y / kBlock];
      const std::uint8_t* a = one.pixels->data() + static_cast<std::size_t>(from) * one.stride;
      const std::uint8_t* b = other.pixels->data() + std::size_t{y} * other.stride;
      for (std::uint32_t x = 0; x < other.width; ++x, a += 4, b += 4)
        if (std::abs(a[0] - b[0]) > kVisible || std::abs(a[1] - b[1]) > kVisible || std::abs(a[2] - b[2]) > kVisible) ++count[std::size_t{y / kBlock} * across_ + x / kBlock];
    }
    for (std::size_t i = 0; i < count.size(); ++i) differs_[i] = count[i] > kFewPixels;
    for (const auto rows : compared) compared_ += rows > 0;
  }

  // Of the blocks that both show.
  [[nodiscard]] double share() const {
    const double all = static_cast<double>(compared_) * across_;
    return all == 0 ? 0 : static_cast<double>(std::count(differs_.begin(), differs_.end(), true)) / all;
  }

  std::vector<PageBox> regions() {
    std::vector<PageBox> out;
    for (std::size_t i = 0; i < differs_.size(); ++i)
      if (differs_[i]) out.push_back(grow(i));
    const auto area = [](const PageBox& b) { return static_cast<long>(b.right - b.left) * (b.bottom - b.top); };
    std::stable_sort(out.begin(), out.end(), [&](const auto& a, const auto& b) { return area(a) > area(b); });
    if (out.size() > kMostRegions) out.resize(kMostRegions);
    return out;
  }

 private:
  // The row of the first picture that shows the same part; -1: none does.
  static int partner(int y, const Alignment& by) {
    if (y < by.top || y >= by.bottom) return y;
    const int from = y + by.shift;
    return by.shift == 0 || (from >= by.top && from < by.bottom) ? from : -1;
  }

  // Takes away all blocks that touch this one, also at corners.
  PageBox grow(std::size_t first) {
    std::vector<std::size_t> todo{first};
    differs_[first] = false;
    std::uint32_t left = across_, top = down_, right = 0, bottom = 0;
    while (!todo.empty()) {
      const auto x = static_cast<std::uint32_t>(todo.back() % across_), y = static_cast<std::uint32_t>(todo.back() / across_);
      todo.pop_back();
      left = std::min(left, x);
      top = std::min(top, y);
      right = std::max(right, x + 1);
      bottom = std::max(bottom, y + 1);
      for (std::uint32_t near_y = y > 0 ? y - 1 : 0; near_y <= y + 1 && near_y < down_; ++near_y)
        for (std::uint32_t near_x = x > 0 ? x - 1 : 0; near_x <= x + 1 && near_x < across_; ++near_x) {
          const std::size_t at = std::size_t{near_y} * across_ + near_x;
          if (!differs_[at]) continue;
          differs_[at] = false;
          todo.push_back(at);
        }
    }
    return {static_cast<int>(left * kBlock), static_cast<int>(top * kBlock), static_cast<int>(std::min(right * kBlock, width_)), static_cast<int>(std::min(bottom * kBlock, height_))};
  }

  const std::uint32_t across_, down_;
  std::vector<bool> differs_;
  const std::uint32_t width_, height_;
  std::uint32_t compared_ = 0;               // rows of blocks that both show
};

}  // namespace

PictureDifference differ(const Frame& one, const Frame& other) {
  PictureDifference out;
  if (!one.pixels || !other.pixels || one.width != other.width || one.height != other.height) return out;
  const Alignment by = align(one, other);
  Blocks blocks(one, other, by);
  out.comparable = true;
  out.shift = by.shift;
  out.share = blocks.share();
  out.regions = blocks.regions();
  return out;
}

}  // namespace guzheng
