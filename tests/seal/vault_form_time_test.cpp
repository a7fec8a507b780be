// The vault form looked at long after it was made, when the revocation list in the package has lapsed (FORMAT.md 9.4, 11): A-7.4b.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <optional>

#include "core/base/file.h"
#include "core/identity/envelope.h"
#include "core/seal/vault_form.h"
#include "core/seal/verify.h"
#include "tests/support/sample_bag.h"
#include "tests/support/sample_bureau.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;
using testing::Contains;

constexpr std::int64_t kDay = 86'400'000;

class LaterClock final : public Clock {
 public:
  [[nodiscard]] WallTime wall() const override { return {system_.wall().ms + 200 * kDay}; }
  [[nodiscard]] MonotonicTime monotonic() const override { return system_.monotonic(); }
  [[nodiscard]] int zone_minutes() const override { return system_.zone_minutes(); }

 private:
  SystemClock system_;
};

class VaultFormLater : public testing::Test {
 protected:
  VaultFormLater() {
    std::string pattern = (fs::temp_directory_path() / "gz-form-later-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
    const WallTime now = clock_.wall();
    test::BureauPlan plan{now, {}, {}, {}};
    plan.validity["crl"] = {{now.ms - kDay}, {now.ms + 90 * kDay}};
    EXPECT_TRUE(make_private_folder(root_ / "bureau") && test::make_sample_bureau(root_ / "bureau", plan));
    bureau_.emplace(test::open_sample_bureau(root_ / "bureau", clock_).value());
  }
  ~VaultFormLater() override {
    for (auto it = fs::recursive_directory_iterator(root_); it != fs::recursive_directory_iterator(); ++it)
      if (it->is_directory()) fs::permissions(it->path(), fs::perms::owner_all);
    fs::remove_all(root_);
  }

  fs::path encrypted(const test::SampleOptions& options) {
    const auto bag = test::make_sample_bag(root_, *bureau_, clock_, options).bag;
    EXPECT_TRUE(encrypt_package(bag, {vault_recipients(*bureau_).value(), bureau_->station_signer.get(), {}}));
    return bag;
  }
  Verification verify_later(const fs::path& bag) {
    const LaterClock later;
    VerifyOptions options;
    options.roots = {bureau_->org_root_pem, bureau_->tsa_root_pem, {}};
    options.clock = &later;
    return verify_package(bag, options).value();
  }

  fs::path root_;
  SystemClock clock_;
  std::optional<Bureau> bureau_;
};

TEST_F(VaultFormLater, AnUnstampedPackageWithoutItsKeyIsNotDamagedByAStaleList) {
  test::SampleOptions options;
  options.stamp_seal = false;
  const auto v = verify_later(encrypted(options));
  EXPECT_EQ(v.verdict, Verdict::CannotTell) << (v.damage.empty() ? "" : v.damage.front().what);
  EXPECT_THAT(v.missing, Contains("crl"));
}

}  // namespace
}  // namespace guzheng
