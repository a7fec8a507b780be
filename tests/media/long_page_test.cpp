// 长页: overlaps are found and proved, nothing is drawn that no picture shows. A-7.3b A-8.3g
#include "core/media/long_page.h"

#include <gtest/gtest.h>

#include <cstring>
#include <functional>

namespace guzheng::test {
namespace {

constexpr std::uint32_t kWidth = 200, kHeight = 400, kHead = 40, kFoot = 30;

Frame frame_of(std::uint32_t height, const std::function<std::uint32_t(std::uint32_t row, std::uint32_t column)>& pixel) {
  Bytes bytes(std::size_t{kWidth} * height * 4);
  for (std::uint32_t row = 0; row < height; ++row)
    for (std::uint32_t column = 0; column < kWidth; ++column) {
      const std::uint32_t value = pixel(row, column);
      std::memcpy(bytes.data() + (std::size_t{row} * kWidth + column) * 4, &value, 4);
    }
  return {kWidth, height, kWidth * 4, 0, {}, {}, std::make_shared<const Bytes>(std::move(bytes)), 0};
}

std::uint32_t noise(std::uint32_t row, std::uint32_t column) {
  return (row * 2654435761u) ^ (column * 40503u * (row + 1));
}
// What a phone shows of a page of noise scrolled by `offset`: a bar above, a bar below, the page between.
Frame screen(std::uint32_t offset, const std::function<std::uint32_t(std::uint32_t, std::uint32_t)>& page = noise) {
  return frame_of(kHeight, [&](std::uint32_t row, std::uint32_t column) {
    if (row < kHead) return 0x11000000u + row * 7 + column;
    if (row >= kHeight - kFoot) return 0x22000000u + row * 5 + column;
    return page(row - kHead + offset, column);
  });
}

TEST(LongPage, AnOverlapIsFoundExactly) {
  const auto found = find_overlap(screen(0), screen(150));
  ASSERT_EQ(found.problem, ScrollProblem::None);
  EXPECT_EQ(found.overlap, (Overlap{150, kHead, kHeight - kHead - kFoot - 150}));
}

TEST(LongPage, TheWholeIsWhatThePageIs) {
  const std::vector<std::uint32_t> offsets{0, 150, 310, 480, 500};
  std::vector<Frame> pictures;
  std::vector<Overlap> overlaps;
  for (const auto offset : offsets) {
    pictures.push_back(screen(offset));
    if (pictures.size() < 2) continue;
    const auto found = find_overlap(pictures[pictures.size() - 2], pictures.back());
    ASSERT_EQ(found.problem, ScrollProblem::None) << offset;
    overlaps.push_back(found.overlap);
  }
  const auto whole = draw_long_page(pictures, overlaps);
  ASSERT_TRUE(whole) << whole.error().what;
  const std::uint32_t shown = kHeight - kHead - kFoot;
  ASSERT_EQ(whole->height, kHead + 500 + shown + kFoot);
  for (std::uint32_t row = 0; row < 500 + shown; ++row) {
    std::uint32_t value = 0;
    std::memcpy(&value, whole->pixels->data() + std::size_t{row + kHead} * whole->stride + 4 * 17, 4);
    ASSERT_EQ(value, noise(row, 17)) << "row " << row;
  }
}

TEST(LongPage, WhatDidNotMoveIsTheEnd) {
  EXPECT_EQ(find_overlap(screen(150), screen(150)).problem, ScrollProblem::NotMoved);
}

TEST(LongPage, AScrollBarAtTheEdgeDoesNotMatter) {
  auto with_bar = [](std::uint32_t offset, std::uint32_t bar) {
    return screen(offset, [=](std::uint32_t row, std::uint32_t column) { return column >= kWidth - 5 && (row - offset) / 50 == bar ? 0xff888888u : noise(row, column); });
  };
  EXPECT_EQ(find_overlap(with_bar(0, 0), with_bar(120, 2)).overlap.shift, 120u);
}

// A list of rows that all look alike could have moved by one row or by three.
TEST(LongPage, ADistanceThatCouldBeAnotherIsNotTaken) {
  const auto list = [](std::uint32_t row, std::uint32_t column) { return noise(row % 50, column); };
  EXPECT_EQ(find_overlap(screen(0, list), screen(60, list)).problem, ScrollProblem::Ambiguous);
  const auto blank = [](std::uint32_t row, std::uint32_t column) { return row < 320 ? 0xffffffffu : noise(row, column); };
  EXPECT_NE(find_overlap(screen(0, blank), screen(10, blank)).problem, ScrollProblem::None) << "too little that is told apart";
}

TEST(LongPage, AnotherPageHasNoOverlap) {
  const auto other = [](std::uint32_t row, std::uint32_t column) { return noise(row + 100'000, column); };
  EXPECT_EQ(find_overlap(screen(0), screen(0, other)).problem, ScrollProblem::NoOverlap);
  EXPECT_EQ(find_overlap(screen(0), screen(5000)).problem, ScrollProblem::NoOverlap);
}

// Something moves on the page (an advertisement): the stretch beside it still proves the distance, and no more is claimed.
TEST(LongPage, OnlyWhatIsEqualIsClaimed) {
  auto advert = [](std::uint32_t salt) {
    return [=](std::uint32_t row, std::uint32_t column) { return row >= 200 && row < 240 ? noise(row, column) + salt : noise(row, column); };
  };
  const auto found = find_overlap(screen(0, advert(1)), screen(100, advert(2)));
  ASSERT_EQ(found.problem, ScrollProblem::None);
  EXPECT_EQ(found.overlap.shift, 100u);
  EXPECT_EQ(found.overlap.top, kHead);
  EXPECT_EQ(found.overlap.rows, 100u) << "up to the advertisement";
}

// One blank row is on every page: a distance that somebody wrote there, with a row that fits, would leave out or repeat what is between.
TEST(LongPage, AForgedDistanceIsNotProvedByABlankRow) {
  const auto gaps = [](std::uint32_t row, std::uint32_t column) { return row % 40 == 0 ? 0xffffffffu : noise(row, column); };
  const std::vector<Frame> pictures{screen(0, gaps), screen(160, gaps)};
  const auto found = find_overlap(pictures[0], pictures[1]);
  ASSERT_EQ(found.problem, ScrollProblem::None);
  EXPECT_TRUE(draw_long_page(pictures, {found.overlap}));
  EXPECT_EQ(draw_long_page(pictures, {{200, kHead, 1}}).error().kind, ErrorKind::Tampered);
}

// A card that stands on both pictures (a recommendation that is repeated further down) is no overlap of the page.
TEST(LongPage, ACardThatIsRepeatedIsNoOverlap) {
  const auto first = [](std::uint32_t row, std::uint32_t column) { return row < 40 ? noise(row + 70'000, column) : noise(row, column); };
  const auto second = [](std::uint32_t row, std::uint32_t column) { return row < 40 ? noise(row + 70'000, column) : noise(row + 9'000, column); };
  const auto at = [&](std::uint32_t offset, const auto& page) {
    return screen(0, [=](std::uint32_t row, std::uint32_t column) { return page(row + 400 - offset >= 400 ? row - offset : row + 4'000, column); });
  };
  EXPECT_EQ(find_overlap(at(150, first), at(100, second)).problem, ScrollProblem::NoOverlap);
}

TEST(LongPage, ASaidOverlapIsProvedAgain) {
  const std::vector<Frame> pictures{screen(0), screen(150)};
  EXPECT_EQ(draw_long_page(pictures, {{149, kHead, 100}}).error().kind, ErrorKind::Tampered);
  EXPECT_EQ(draw_long_page(pictures, {{150, kHead, 400}}).error().kind, ErrorKind::Tampered) << "beyond the picture";
  EXPECT_EQ(draw_long_page(pictures, {{150, 0, 100}}).error().kind, ErrorKind::Tampered) << "the bar above did not move";
  EXPECT_EQ(draw_long_page(pictures, {}).error().kind, ErrorKind::Invalid);
  EXPECT_EQ(draw_long_page(pictures, {{150, kHead, 100}}).error().kind, ErrorKind::Tampered) << "less than is there";
  EXPECT_TRUE(draw_long_page(pictures, {{150, kHead, kHeight - kHead - kFoot - 150}}));
  EXPECT_EQ(long_parts(kHeight, {{150, kHead, 100}, {1, 0, 2}}).error().kind, ErrorKind::Invalid) << "a cut above the one before";
  EXPECT_EQ(long_parts(kHeight, {{0xffffffffu, 1, 0xffffffffu}}).error().kind, ErrorKind::Invalid);
}

}  // namespace
}  // namespace guzheng::test
