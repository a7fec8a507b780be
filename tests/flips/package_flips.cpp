// Ten thousand (CI: 1,500) single changed bytes over an exported package, over its folder with what lies beside (a later signature,
// a report, a review, a receipt, a renewal), and over its vault form with and without a key: the verifier finds every one, and none
// crashes it. A-7.2a A-7.4b B-5.4.4a
//   GUZHENG_LONG=1   the long form       GUZHENG_SEED=N   other bytes
#include <gtest/gtest.h>

#include <cstdio>

#include "core/base/file.h"
#include "core/seal/vault_form.h"
#include "core/seal/verify.h"
#include "core/seal/zip_reader.h"
#include "tests/flips/flips.h"
#include "tests/flips/lies_beside.h"
#include "tests/support/sample_bag.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;

class PackageFlips : public ::testing::Test {
 protected:
  // As small as a package of every kind of file can be: what counts is how many bytes can be tried.
  static void SetUpTestSuite() {
    std::string name = (fs::temp_directory_path() / "guzheng-flips-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    bureau_ = std::make_unique<Bureau>(*open_practice_bureau(folder_ / "bureau", clock_));
    test::SampleOptions small;
    small.packets = 20;
    small.segment_packets = 12;
    small.second_signature = false;                        // it comes later
    VerifyOptions options;
    options.roots = {bureau_->org_root_pem, bureau_->tsa_root_pem};
    options.clock = &clock_;
    const auto make = [&](const char* name) -> fs::path {
      const auto bag = test::make_sample_bag(folder_ / name, *bureau_, clock_, small).bag;
      const auto done = test::put_all_beside(bag, *bureau_, options);
      EXPECT_TRUE(done) << done.error().what;
      return bag;
    };
    bag_ = make("made");
    zip_ = folder_ / "export/package.zip";
    ASSERT_TRUE(make_private_folder(zip_.parent_path()));
    const auto digest = export_package(bag_, zip_);
    ASSERT_TRUE(digest);
    ASSERT_TRUE(write_export_record({"法制科", "光盘", *digest}, bag_, zip_, *bureau_->officers[0], *bureau_, clock_));
    kept_ = make("vault");
    const auto encrypted = encrypt_package(kept_, {*vault_recipients(*bureau_), bureau_->station_signer.get(), {}});
    ASSERT_TRUE(encrypted) << encrypted.error().what;
  }
  static void TearDownTestSuite() {
    bureau_.reset();
    for (const auto& entry : fs::recursive_directory_iterator(folder_))
      if (entry.is_directory()) fs::permissions(entry.path(), fs::perms::owner_all, fs::perm_options::add);
    fs::remove_all(folder_);
  }

  static std::string judge(const fs::path& package, const Opener* opener = nullptr) {
    VerifyOptions options;
    options.roots = {bureau_->org_root_pem, bureau_->tsa_root_pem};
    options.clock = &clock_;
    options.opener = opener;
    const auto v = verify_package(package, options);
    if (!v) return v.error().kind == ErrorKind::Invalid || v.error().kind == ErrorKind::Tampered ? "" : v.error().what;
    return v->verdict == Verdict::Damaged ? "" : std::string(to_string(v->verdict));
  }

  // `whole`: what is said of it unchanged.
  static void run(const test::FlipTarget& target, const std::string& whole = std::string(to_string(Verdict::Practice))) {
    ASSERT_EQ(target.verify(), whole) << target.name << " is not whole before any change";
    const auto seed = test::flip_seed();
    const auto result = test::run_flips(target, test::flip_count(750, 5'000), seed);
    std::printf("%s: %llu changed bytes, seed %llu, %.1f s\n", target.name.c_str(), static_cast<unsigned long long>(result.flips),
                static_cast<unsigned long long>(seed), result.seconds);
    for (const auto& one : result.unnoticed) ADD_FAILURE() << one;
    EXPECT_EQ(target.verify(), whole) << target.name << " was not put right again";
  }

  static inline SystemClock clock_;
  static inline fs::path folder_, bag_, zip_, kept_;
  static inline std::unique_ptr<Bureau> bureau_;
};

// Each member with its header, the directory, the end, and the record of the export beside.
std::vector<test::FlipStretch> zip_stretches(const fs::path& zip) {
  std::vector<test::FlipStretch> out;
  const Bytes bytes = *read_file(zip);
  std::uint64_t end = 0;
  const auto text = as_text(bytes);
  for (auto at = text.find("PK\x03\x04", 4); at != std::string_view::npos; at = text.find("PK\x03\x04", at + 4)) {
    out.push_back({zip, end, at - end});
    end = at;
  }
  const auto directory = text.find("PK\x01\x02", end);
  out.push_back({zip, end, directory - end});
  out.push_back({zip, directory, bytes.size() - directory});
  out.push_back({zip, bytes.size() - 22, 22});
  return out;
}

TEST_F(PackageFlips, OverTheExport) {
  auto stretches = zip_stretches(zip_);
  for (auto& one : test::stretches_of(zip_.parent_path() / (bag_.filename().string() + ".handover"))) stretches.push_back(std::move(one));
  fs::permissions(zip_, fs::perms::owner_write, fs::perm_options::add);
  run({"package.zip", std::move(stretches), [] { return judge(zip_); }});
}

// The bag and these folders beside it, each of which must be there.
std::vector<test::FlipStretch> stretches_with(const fs::path& bag, std::initializer_list<const char*> parts) {
  auto stretches = test::stretches_of(bag);
  for (const char* part : parts) {
    auto more = test::stretches_of(folder_beside(bag, part));
    EXPECT_FALSE(more.empty()) << part;
    for (auto& one : more) stretches.push_back(std::move(one));
  }
  return stretches;
}

TEST_F(PackageFlips, OverTheFolder) {
  auto stretches = stretches_with(bag_, {"after", "receipt", "renew", "report", "review"});
  run({"folder", std::move(stretches), [] { return judge(bag_); }});
}

// Every part, the list of parts, its signature, and what lies in clear.
TEST_F(PackageFlips, OverTheVaultForm) {
  auto stretches = stretches_with(kept_, {"after", "enc", "receipt", "renew", "report", "review"});
  run({"vault form", std::move(stretches), [] { return judge(kept_, bureau_->opener.get()); }});
}

// Without a key all of it is held too (FORMAT.md 11), the signatures over reports that are locked among it.
TEST_F(PackageFlips, OverTheVaultFormWithoutAKey) {
  run({"vault form without a key", stretches_with(kept_, {"after", "enc", "receipt", "renew", "report", "review"}), [] { return judge(kept_); }}, std::string(to_string(Verdict::CannotTell)));
}

}  // namespace
}  // namespace guzheng
