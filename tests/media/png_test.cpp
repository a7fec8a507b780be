#include "core/media/png.h"

#include <gtest/gtest.h>

#include "tests/support/pictures.h"

namespace guzheng {
namespace {

using namespace test;

// A-7.4b: a screenshot is whole or refused.
TEST(Png, a_whole_picture_gives_its_size) {
  const auto size = check_png(test_png(90, 161));
  ASSERT_TRUE(size);
  EXPECT_EQ(*size, (PngSize{90, 161}));
}

TEST(Png, cut_anywhere_is_refused) {
  const Bytes png = test_png(40, 30);
  for (std::size_t n = 0; n < png.size(); ++n) EXPECT_FALSE(check_png(ByteView(png).first(n))) << n;
}

TEST(Png, any_changed_byte_is_refused) {
  const Bytes png = test_png(20, 20);
  for (std::size_t n = 0; n < png.size(); ++n) {
    Bytes changed = png;
    changed[n] ^= 0x20;
    EXPECT_FALSE(check_png(changed)) << n;
    EXPECT_FALSE(decode_png(changed)) << n;
  }
}

TEST(Png, bytes_after_the_end_are_refused) {
  Bytes png = test_png(20, 20);
  png.push_back(0);
  EXPECT_FALSE(check_png(png));
}

// A-7.3b: the pixels are those of the file, exactly.
TEST(Png, decodes_exactly) {
  const auto frame = decode_png(test_png(70, 50));
  ASSERT_TRUE(frame);
  for (std::uint32_t y = 0; y < 50; ++y)
    for (std::uint32_t x = 0; x < 70; ++x) {
      const auto* p = frame->pixels->data() + std::size_t{y} * frame->stride + x * 4;
      ASSERT_EQ(p[0], 200);
      ASSERT_EQ(p[1], 64 + y);
      ASSERT_EQ(p[2], 64 + x);
      ASSERT_EQ(p[3], 255);
    }
}

TEST(Png, thumbnail_keeps_the_form_and_never_enlarges) {
  const auto small = thumbnail(test_png(90, 180), 30);
  ASSERT_TRUE(small);
  EXPECT_EQ(small->width, 30u);
  EXPECT_EQ(small->height, 60u);
  EXPECT_EQ(small->pixels->at(3), 255);
  EXPECT_NEAR(small->pixels->at(0), 200, 3);
  const auto same = thumbnail(test_png(90, 180), 500);
  ASSERT_TRUE(same);
  EXPECT_EQ(same->width, 90u);
}

// A-7.3a: a protected page comes as black and is noticed; an ordinary one is not.
TEST(Png, notices_a_black_page) {
  const auto black = nearly_black_png(test_png(90, 180, true)), page = nearly_black_png(test_png(90, 180));
  ASSERT_TRUE(black);
  ASSERT_TRUE(page);
  EXPECT_TRUE(*black);
  EXPECT_FALSE(*page);
}

TEST(Png, a_black_page_under_a_status_bar_is_still_black_but_half_a_page_is_not) {
  auto frame = *decode_png(test_png(100, 100, true));
  const auto paint = [&](std::uint32_t rows) {
    auto pixels = std::make_shared<Bytes>(*frame.pixels);
    std::fill_n(pixels->begin(), std::size_t{rows} * frame.stride, std::uint8_t{180});
    frame.pixels = pixels;
  };
  paint(2);
  EXPECT_TRUE(nearly_black(frame));
  paint(50);
  EXPECT_FALSE(nearly_black(frame));
  EXPECT_DOUBLE_EQ(dark_share(frame), 0.5);
}

}  // namespace
}  // namespace guzheng
