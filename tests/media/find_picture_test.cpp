// A picture is found where it is, with noise and in another shade, and nowhere else. A-8.3f
#include "core/media/find_picture.h"

#include "core/media/png.h"

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <functional>

namespace guzheng::test {
namespace {

Frame picture(std::uint32_t width, std::uint32_t height, const std::function<int(std::uint32_t x, std::uint32_t y)>& shade) {
  Bytes bytes(std::size_t{width} * height * 4);
  for (std::uint32_t y = 0; y < height; ++y)
    for (std::uint32_t x = 0; x < width; ++x) std::memset(bytes.data() + (std::size_t{y} * width + x) * 4, std::clamp(shade(x, y), 0, 255), 4);
  return {width, height, width * 4, 0, {}, {}, std::make_shared<const Bytes>(std::move(bytes)), 0};
}

// A bright sign on grey: a cross in a frame; `other` draws a ring instead.
int sign(std::uint32_t x, std::uint32_t y, bool other = false) {
  const int dx = static_cast<int>(x) - 16, dy = static_cast<int>(y) - 12;
  if (x < 2 || y < 2 || x >= 30 || y >= 22) return 40;
  if (other) return dx * dx + dy * dy < 60 && dx * dx + dy * dy > 20 ? 230 : 130;
  return std::abs(dx) < 2 || std::abs(dy) < 2 ? 230 : 130;
}
Frame wanted() { return picture(32, 24, [](auto x, auto y) { return sign(x, y); }); }
Frame page(std::uint32_t left, std::uint32_t top, const std::function<int(int, std::uint32_t, std::uint32_t)>& change = {}, bool other = false) {
  return picture(200, 300, [&](std::uint32_t x, std::uint32_t y) {
    const bool inside = x >= left && y >= top && x < left + 32 && y < top + 24;
    const int shade = inside ? sign(x - left, y - top, other) : 130;
    return change ? change(shade, x, y) : shade;
  });
}
int noise(std::uint32_t x, std::uint32_t y) { return static_cast<int>((x * 7919 + y * 104729) % 13) - 6; }

TEST(FindPicture, IsFoundWhereItIs) {
  for (const auto& [x, y] : std::vector<std::pair<std::uint32_t, std::uint32_t>>{{0, 0}, {77, 131}, {168, 276}}) {
    const auto found = find_picture(page(x, y), wanted()).value();
    ASSERT_TRUE(found) << x << ',' << y;
    EXPECT_EQ(found->x, x);
    EXPECT_EQ(found->y, y);
    EXPECT_EQ(found->width, 32u);
    EXPECT_EQ(found->difference, 0u);
  }
}

// What was cut out of a screenshot is found there again; what nothing can be found by is not cut.
TEST(FindPicture, IsCutOutOfAPage) {
  const auto shot = encode_png(page(77, 131)).value();
  const auto cut = decode_png(cut_wanted(shot, 75, 130, 36, 28).value()).value();
  EXPECT_EQ(cut.width, 36u);
  EXPECT_EQ(cut.height, 28u);
  const auto found = find_picture(page(20, 40), cut).value();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->x, 18u);
  EXPECT_EQ(found->y, 39u);
  EXPECT_EQ(cut_wanted(shot, 0, 0, 40, 40).error().kind, ErrorKind::Invalid) << "a plain area";
  EXPECT_EQ(cut_wanted(shot, 77, 131, 5, 24).error().kind, ErrorKind::Invalid) << "too small";
  for (const auto& [x, y, w, h] : std::vector<std::array<std::uint32_t, 4>>{{190, 131, 32, 24}, {77, 131, 0, 24}, {77, 131, 4'000'000'000U, 24}, {77, 300, 8, 8}})
    EXPECT_EQ(cut_wanted(shot, x, y, w, h).error().kind, ErrorKind::Invalid);
  EXPECT_FALSE(cut_wanted(to_bytes("no picture"), 0, 0, 8, 8));
}

TEST(FindPicture, NoiseAndAnotherShadePass) {
  const auto noisy = find_picture(page(77, 131, [](int s, auto x, auto y) { return s + noise(x, y); }), wanted()).value();
  ASSERT_TRUE(noisy);
  EXPECT_EQ(noisy->x, 77u);
  EXPECT_EQ(noisy->y, 131u);
  EXPECT_GT(noisy->difference, 0u);
  EXPECT_TRUE(find_picture(page(77, 131, [](int s, auto, auto) { return s + 6; }), wanted()).value());
}

TEST(FindPicture, WhatIsNotThereIsNotFound) {
  EXPECT_FALSE(find_picture(page(300, 300), wanted()).value()) << "a plain page";
  EXPECT_FALSE(find_picture(page(77, 131, {}, true), wanted()).value()) << "another sign in the same frame";
  EXPECT_FALSE(find_picture(page(77, 131, [](int s, auto, auto) { return 255 - s; }), wanted()).value()) << "a negative";
  EXPECT_FALSE(find_picture(picture(16, 16, [](auto x, auto) { return static_cast<int>(x) * 9; }), wanted()).value()) << "a page smaller than it";
}

TEST(FindPicture, APictureThatShowsNothingIsRefused) {
  EXPECT_EQ(find_picture(page(1, 1), picture(32, 32, [](auto, auto) { return 130; })).error().kind, ErrorKind::Invalid);
  EXPECT_EQ(find_picture(page(1, 1), picture(4, 32, [](auto x, auto) { return static_cast<int>(x) * 60; })).error().kind, ErrorKind::Invalid);
  EXPECT_EQ(find_picture(page(1, 1), Frame{}).error().kind, ErrorKind::Invalid);
}

}  // namespace
}  // namespace guzheng::test
