// The report of a real sealed package: read, verified, printed, signed (A-AnB).
#include <gtest/gtest.h>

#include <QCoreApplication>
#include <fstream>

#include "core/base/file.h"
#include "core/report/report.h"
#include "tests/report/print_support.h"
#include "tests/support/sample_bag.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;
using test::Folder;
using test::run;

class PackageReport : public testing::Test {
 protected:
  void SetUp() override {
    auto bureau = open_practice_bureau(folder_.path() / "bureau", clock_);
    ASSERT_TRUE(bureau) << bureau.error().what;
    bureau_ = std::move(*bureau);
    fs::create_directories(folder_.path() / "sealed");
    sample_ = test::make_sample_bag(folder_.path() / "sealed", bureau_, clock_);
  }

  Status print(const fs::path& output, int edition = 1) {
    ReportRequest request;
    request.package = sample_.bag;
    request.output = output;
    request.edition = edition;
    request.roots = {bureau_.org_root_pem, bureau_.tsa_root_pem};
    request.clock = &clock_;
    request.forms = GUZHENG_FORMS_FOLDER;
    Status outcome;
    make_report(request, [&](Status status) {
      outcome = std::move(status);
      QCoreApplication::quit();
    });
    QCoreApplication::exec();
    return outcome;
  }

  SystemClock clock_;
  Folder folder_;
  Bureau bureau_;
  test::SampleBag sample_;
};

TEST_F(PackageReport, PrintsSignsAndKeepsEditions) {
  const auto place = next_report_place(sample_.bag);
  ASSERT_TRUE(place) << place.error().what;
  EXPECT_EQ(place->edition, 1);
  EXPECT_EQ(place->pdf.parent_path().parent_path().filename().string(), sample_.bag.filename().string() + ".report");
  fs::create_directories(place->pdf.parent_path());      // made beforehand, as the vault does: no fault of the package
  const Status printed = print(place->pdf);
  ASSERT_TRUE(printed) << printed.error().what;
  const Status again = print(place->pdf);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, ErrorKind::Exists);
  const std::string text = test::without_space(test::text_of(place->pdf));
  EXPECT_NE(text.find("出具本报告时校验：练习"), std::string::npos) << text.substr(text.find("出具本报告时校验"), 1000);
  for (const auto& entry : fs::directory_iterator(sample_.bag / "data/main")) {
    const auto digests = digest_file(entry.path());
    ASSERT_TRUE(digests);
    for (std::size_t at = 0; at < 64; at += 16) EXPECT_NE(text.find(digests->sha256.substr(at, 16)), std::string::npos) << entry.path();
    for (std::size_t at = 0; at < 32; at += 16) EXPECT_NE(text.find(digests->md5.substr(at, 16)), std::string::npos) << entry.path();
  }

  const Status is_signed = sign_report(place->pdf, bureau_, *bureau_.officers.at(0));
  ASSERT_TRUE(is_signed) << is_signed.error().what;
  const std::string pdf = place->pdf.string(), roots = (folder_.path() / "org.pem").string(), tsa = (folder_.path() / "tsa.pem").string();
  ASSERT_TRUE(write_atomically(roots, as_bytes(bureau_.org_root_pem)));
  ASSERT_TRUE(write_atomically(tsa, as_bytes(bureau_.tsa_root_pem)));
  run("openssl cms -verify -binary -inform DER -in '" + pdf + ".p7s' -content '" + pdf + "' -CAfile '" + roots +
      "' -purpose any -out /dev/null 2>&1");
  run("openssl ts -verify -in '" + pdf + ".p7s.tsr' -data '" + pdf + ".p7s' -CAfile '" + tsa + "' 2>&1");

  const auto next = next_report_place(sample_.bag);
  ASSERT_TRUE(next);
  EXPECT_EQ(next->edition, 2);
  // the report is beside the bag: the package is still whole
  VerifyOptions options{{bureau_.org_root_pem, bureau_.tsa_root_pem}, &clock_, {}};
  const auto verification = verify_package(sample_.bag, options);
  ASSERT_TRUE(verification) << verification.error().what;
  EXPECT_EQ(verification->verdict, Verdict::Practice) << to_json(*verification).dump(1);
}

TEST_F(PackageReport, SaysThatAChangedPackageIsDamaged) {
  const fs::path shot = sample_.bag / "data/main/shot-0002.png";
  fs::permissions(shot, fs::perms::owner_all);
  std::ofstream(shot, std::ios::app) << "x";
  const fs::path pdf = folder_.path() / "report.pdf";
  const Status printed = print(pdf);
  ASSERT_TRUE(printed) << printed.error().what;
  EXPECT_NE(test::without_space(test::text_of(pdf, 1, 1)).find("证据包校验不通过"), std::string::npos);
}

TEST_F(PackageReport, RefusesWhatIsNoPackage) {
  const fs::path pdf = folder_.path() / "report.pdf";
  sample_.bag = folder_.path();
  EXPECT_FALSE(print(pdf));
  sample_.bag = folder_.path() / "nothing";
  EXPECT_FALSE(print(pdf));
  EXPECT_FALSE(fs::exists(pdf));
}

}  // namespace
}  // namespace guzheng
