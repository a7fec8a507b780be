// Where two pictures differ.
#include <algorithm>
#include <cstdlib>

#include "core/compare/page.h"

namespace guzheng {

namespace {

constexpr std::uint32_t kBlock = 16;
constexpr int kVisible = 24;                 // of 255, in any colour: less is what two screens' dithering does
constexpr int kFewPixels = 4;
constexpr std::size_t kMostRegions = 8;

class Blocks {
 public:
  Blocks(const Frame& one, const Frame& other)
      : across_((one.width + kBlock - 1) / kBlock), down_((one.height + kBlock - 1) / kBlock), differs_(std::size_t{across_} * down_), width_(one.width), height_(one.height) {
    std::vector<int> count(differs_.size());
    for (std::uint32_t y = 0; y < one.height; ++y) {
      const std::uint8_t* a = one.pixels->data() + std::size_t{y} * one.stride;
      const std::uint8_t* b = other.pixels->data() + std::size_t{y} * other.stride;
      for (std::uint32_t x = 0; x < one.width; ++x, a += 4, b += 4)
        if (std::abs(a[0] - b[0]) > kVisible || std::abs(a[1] - b[1]) > kVisible || std::abs(a[2] - b[2]) > kVisible) ++count[std::size_t{y / kBlock} * across_ + x / kBlock];
    }
    for (std::size_t i = 0; i < count.size(); ++i) differs_[i] = count[i] > kFewPixels;
  }

  [[nodiscard]] double share() const { return differs_.empty() ? 0 : static_cast<double>(std::count(differs_.begin(), differs_.end(), true)) / static_cast<double>(differs_.size()); }

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
};

}  // namespace

PictureDifference differ(const Frame& one, const Frame& other) {
  PictureDifference out;
  if (!one.pixels || !other.pixels || one.width != other.width || one.height != other.height) return out;
  Blocks blocks(one, other);
  out.comparable = true;
  out.share = blocks.share();
  out.regions = blocks.regions();
  return out;
}

}  // namespace guzheng
