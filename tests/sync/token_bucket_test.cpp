// The bandwidth limit over everything that takes from one bucket (core/sync/token_bucket.h). A-7.4c
#include "core/sync/token_bucket.h"

#include <gtest/gtest.h>

#include <array>

namespace guzheng {
namespace {

// So many takers by turns for ten simulated seconds; each asks again a millisecond later.
std::array<std::uint64_t, 4> ten_seconds(std::uint64_t rate, std::size_t takers, std::uint64_t wanted) {
  TokenBucket bucket(rate);
  std::array<std::uint64_t, 4> got{};
  for (std::int64_t ms = 0; ms < 10'000; ++ms)
    for (std::size_t i = 0; i < takers; ++i) {
      const auto who = (static_cast<std::size_t>(ms) + i) % takers;
      got[who] += bucket.take({1'000'000 + ms * 1000}, wanted);
    }
  return got;
}

}  // namespace

TEST(TokenBucket, HoldsAllTakersTogetherToItsRate) {
  for (const std::uint64_t rate : {8'000ull, 125'000ull, 2'500'000ull, 125'000'000ull}) {
    for (const std::size_t takers : {1u, 3u}) {
      const auto got = ten_seconds(rate, takers, 128 * 1024);
      const auto all = got[0] + got[1] + got[2];
      EXPECT_LE(all, rate * 10 + rate / 4) << rate;
      EXPECT_GE(all, std::min<std::uint64_t>(rate * 10 * 95 / 100, 10'000ull * 128 * 1024 / 2)) << rate;
      if (takers == 3) { EXPECT_GT(got[2], all / 10) << "nobody starves"; }
    }
  }
}

TEST(TokenBucket, GivesNoBurstAfterARest) {
  TokenBucket bucket(1'000'000);
  bucket.take({1'000'000}, 1);
  std::uint64_t at_once = 0;
  while (const auto more = bucket.take({3'600'000'000}, 1 << 20)) at_once += more;
  EXPECT_LE(at_once, 250'000u);
  EXPECT_GT(at_once, 200'000u);
}

TEST(TokenBucket, SaysHowLongToWait) {
  TokenBucket bucket(100'000);
  EXPECT_EQ(bucket.take({1'000'000}, 1'000'000), 0u);
  const auto wait = bucket.wait_us(1'000'000);
  EXPECT_GT(wait, 0);
  EXPECT_EQ(bucket.take({1'000'000 + wait / 2}, 1'000'000), 0u);
  EXPECT_GT(bucket.take({1'000'000 + wait}, 1'000'000), 0u);
}

TEST(TokenBucket, WithoutALimitGivesWhatIsWanted) {
  TokenBucket bucket(0);
  EXPECT_EQ(bucket.take({1}, 1u << 30), 1u << 30);
}

}  // namespace guzheng
