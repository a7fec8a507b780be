// Packages as they lie in the source tree, and bytes that are none: bounded, and told apart. A-7.3a
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/apk/baseline.h"
#include "core/apk/verify.h"

namespace guzheng {
namespace {

Bytes practice(const char* name) { return read_file(std::string(SOURCE_DIR "/resources/training/") + name).value(); }

Result<ApkSignature> of(const Bytes& bytes, std::uint32_t sdk = 34) { return verify_apk(MemoryApk(bytes), sdk); }

TEST(Apk, ThePracticeAppsAreSignedByTwoMakers) {                  // A-7.3a
  const auto list = read_baseline(SOURCE_DIR "/resources/training/app-baseline.txt").value();
  const auto mall = of(practice("mall.apk")).value(), fake = of(practice("mall-fake.apk")).value();
  EXPECT_EQ(mall.scheme, "v3");
  EXPECT_EQ(list.knows("cn.guzheng.mall", mall.sha256()), true);
  EXPECT_EQ(list.knows("cn.guzheng.mall", fake.sha256()), false);
  EXPECT_EQ(of(practice("mall.apk"), 26).value().scheme, "v2") << "Android 8 knows no v3";
}

TEST(Apk, NoByteOfAPackageIsFree) {                               // A-7.3a
  const Bytes whole = practice("mall.apk");
  const auto print = of(whole).value().sha256();
  for (std::size_t at = 0; at < whole.size(); at += 7) {
    Bytes changed = whole;
    changed[at] ^= 0x20;
    const auto found = of(changed);
    // what pads the block, or belongs to a scheme that this Android passes over, may change: the signer may not
    if (found) EXPECT_EQ(found->sha256(), print) << at;
  }
  for (const std::size_t at : {std::size_t{40}, whole.size() - 30}) {                  // an entry; the directory
    Bytes changed = whole;
    changed[at] ^= 1;
    EXPECT_FALSE(of(changed)) << at;
  }
}

TEST(Apk, WhatIsNoPackageIsInvalid) {
  EXPECT_EQ(of({}).error().kind, ErrorKind::Invalid);
  EXPECT_EQ(of(Bytes(100'000, 'x')).error().kind, ErrorKind::Invalid);
  Bytes cut = practice("mall.apk");
  cut.resize(cut.size() / 2);
  EXPECT_FALSE(of(cut));
}

}  // namespace
}  // namespace guzheng
