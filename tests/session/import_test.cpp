// Things made elsewhere: copied, compared, sealed; what goes wrong leaves nothing half done. B-5.4.2a B-5.4.2d
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "core/base/file.h"
#include "core/seal/verify.h"
#include "core/session/import.h"
#include "tests/session/temporary.h"

namespace guzheng::test {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

std::string extension(std::string_view head, std::string_view name) { return import_extension(as_bytes(head), name); }

// B-5.4.2a: content decides, not the name; nothing of the file is parsed.
TEST(ImportKinds, ContentDecidesTheExtension) {
  using namespace std::string_view_literals;
  EXPECT_EQ(extension("\xFF\xD8\xFF\xE0 JFIF"sv, "a.png"), "jpg");
  EXPECT_EQ(extension("\x89PNG\r\n\x1A\n"sv, "a.JPG"), "png");
  EXPECT_EQ(extension("\0\0\0\x18"
                      "ftypmp42"sv, "a.txt"), "mp4");
  EXPECT_EQ(extension("RIFF....WAVE"sv, "a"), "wav");
  EXPECT_EQ(extension("XXXX....WAVE"sv, "a"), "txt");
  EXPECT_EQ(extension("PK\x03\x04..."sv, "合同.DOCX"), "docx");
  EXPECT_EQ(extension("PK\x03\x04..."sv, "program.exe"), "zip");
  EXPECT_EQ(extension("%PDF-1.4"sv, "x"), "pdf");
  EXPECT_EQ(extension("#!/bin/sh\nrm -rf /\n"sv, "run.sh"), "txt");
  EXPECT_EQ(extension("MZ\x90\0\x03"sv, "photo.jpg"), "bin");
  EXPECT_EQ(extension("\xE6\x94"sv, "cut.txt"), "bin") << "half a character alone is no text";
  EXPECT_EQ(extension("聊天记录\xE6\x94"sv, "cut.txt"), "txt");
  EXPECT_EQ(extension(""sv, "x"), "bin");
}

class ImportTest : public testing::Test {
 protected:
  void SetUp() override {
    bureau_ = open_practice_bureau(folder_.path() / "bureau", clock_).value();
    vault_ = Vault::open(folder_.path() / "vault", clock_).value();
    for (int i = 1; i <= 2; ++i) std::ofstream(source(i)) << "\xFF\xD8\xFF photo " << i << std::string(3'000'000, static_cast<char>('0' + i));
    order_.order.reason = "投诉";
    order_.order.what = "门店照片";
    order_.order.shop = "示例店";
    order_.write_protection = "只读挂载";
    for (int i = 1; i <= 2; ++i) order_.items.push_back(item(i));
    setup_.bureau = &bureau_;
    setup_.vault = vault_.get();
    setup_.clock = &clock_;
    setup_.software_version = "0.1.0";
  }
  fs::path source(int number) const { return folder_.path() / ("IMG_" + std::to_string(number) + ".JPG"); }
  ImportItem item(int number) const {
    return {"photo", source(number), "货架", "标签", "公开", "", "现场拍摄", "练习员甲（练习-0001）", "相机拍摄", "示例相机 序列号 1", "2026-11-20T10:00:00.000+08:00", "", "", ""};
  }
  std::size_t left_in(const char* part) const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_.path() / "vault" / part), fs::directory_iterator{}));
  }
  Verification verify(const fs::path& bag) {
    return verify_package(bag, {{bureau_.org_root_pem, bureau_.tsa_root_pem}, &clock_, {}}).value();
  }

  SystemClock clock_;
  Temporary folder_;
  Bureau bureau_;
  std::unique_ptr<Vault> vault_;
  ImportOrder order_;
  ImportSetup setup_;
};

TEST_F(ImportTest, IsSealedAndWhole) {
  std::uint64_t last = 0, total = 0;
  setup_.progress = [&](std::uint64_t done, std::uint64_t all) {
    EXPECT_GE(done, last);
    last = done;
    total = all;
    return true;
  };
  const auto sealed = import_evidence(order_, setup_);
  ASSERT_TRUE(sealed) << sealed.error().what;
  EXPECT_EQ(last, total);
  const Verification v = verify(sealed->folder);
  EXPECT_EQ(v.verdict, Verdict::Practice) << to_json(v).dump(1);
  EXPECT_THAT(v.incomplete, IsEmpty());
  EXPECT_TRUE(fs::exists(sealed->folder / "data/main/import-0002.jpg"));
  EXPECT_EQ(left_in("open"), 0u);
}

TEST_F(ImportTest, EachMissingFieldIsNamed) {
  const auto after = [&](auto change) {
    ImportOrder order = order_;
    change(order);
    return missing_for_import(order);
  };
  EXPECT_THAT(missing_for_import(order_), IsEmpty());
  EXPECT_THAT(after([](auto& o) { o.items[1].source.clear(); }), Contains("第2项未填来源"));
  EXPECT_THAT(after([](auto& o) { o.items[0].collector.clear(); }), Contains("第1项未填采集人"));
  EXPECT_THAT(after([](auto& o) { o.items[0].method.clear(); }), Contains("第1项未填方法"));
  EXPECT_THAT(after([](auto& o) { o.items[0].device.clear(); }), Contains("第1项未填设备"));
  EXPECT_THAT(after([](auto& o) { o.items[0].made_at.clear(); }), Contains("第1项未填制作时间"));
  EXPECT_THAT(after([](auto& o) { o.items[0].proves.clear(); }), Contains("第1项未填证明对象"));
  EXPECT_THAT(after([](auto& o) { o.write_protection.clear(); }), Contains("未写明写保护措施"));
  EXPECT_THAT(after([](auto& o) { o.items[0].access = "非公开"; }), Contains("第1项未填非公开信息的取证依据"));
  EXPECT_THAT(after([](auto& o) { o.items[0].kind = "seal-before"; }), Contains("有封存前照片而缺封存后照片"));
  EXPECT_THAT(after([](auto& o) { o.items[0].kind = "seal-before"; }), Contains("第1项未填封条号"));
}

TEST_F(ImportTest, MissingFieldsNeedAReasonAndMakeItIncomplete) {
  order_.items[0].source.clear();
  const auto refused = import_evidence(order_, setup_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Invalid);
  EXPECT_EQ(left_in("open") + left_in("sealed"), 0u);
  const auto sealed = import_evidence(order_, setup_, "来源待查");
  ASSERT_TRUE(sealed) << sealed.error().what;
  const Verification v = verify(sealed->folder);
  EXPECT_THAT(v.incomplete, Contains("第1项未填来源"));
  EXPECT_THAT(v.incomplete, Contains("来源待查"));
  EXPECT_THAT(v.damage, IsEmpty());
}

TEST_F(ImportTest, AFileThatChangesMeanwhileIsRefusedAndNothingStays) {
  bool changed = false;
  setup_.progress = [&](std::uint64_t done, std::uint64_t total) {
    if (!changed && done > total / 8) {
      std::fstream file(source(1), std::ios::in | std::ios::out);
      file.seekp(100);
      file << "changed";
      changed = true;
    }
    return true;
  };
  const auto sealed = import_evidence(order_, setup_);
  ASSERT_FALSE(sealed);
  EXPECT_EQ(sealed.error().kind, ErrorKind::Tampered) << sealed.error().what;
  EXPECT_EQ(left_in("open") + left_in("sealed"), 0u);
}

TEST_F(ImportTest, StoppingLeavesNothing) {
  setup_.progress = [](std::uint64_t done, std::uint64_t) { return done < 2'000'000; };
  const auto sealed = import_evidence(order_, setup_);
  ASSERT_FALSE(sealed);
  EXPECT_EQ(sealed.error().kind, ErrorKind::Cancelled);
  EXPECT_EQ(left_in("open") + left_in("sealed"), 0u);
}

TEST_F(ImportTest, LinksAndMissingFilesAreRefused) {
  fs::create_symlink(source(2), folder_.path() / "link.jpg");
  order_.items[0].file = folder_.path() / "link.jpg";
  EXPECT_EQ(import_evidence(order_, setup_).error().kind, ErrorKind::Denied);
  order_.items[0].file = folder_.path() / "nothing.jpg";
  EXPECT_EQ(import_evidence(order_, setup_).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(left_in("open") + left_in("sealed"), 0u);
}

// Killed in the middle: what was copied and journalled is sealed as incomplete, the half copy is set aside.
TEST_F(ImportTest, AKilledImportIsRecoveredAsIncomplete) {
  fs::path kept;
  setup_.progress = [&](std::uint64_t done, std::uint64_t total) {
    if (kept.empty() && done > total * 5 / 8) {            // within the second file: as a kill would leave it
      kept = folder_.path() / "killed";
      const auto bag = fs::directory_iterator(folder_.path() / "vault/open")->path();
      for (const auto& entry : fs::directory_iterator(folder_.path() / "vault/open"))
        if (entry.is_directory() && entry.path().extension().empty()) fs::copy(entry.path(), kept / entry.path().filename(), fs::copy_options::recursive);
      return false;
    }
    return true;
  };
  fs::create_directories(folder_.path() / "killed");
  ASSERT_FALSE(import_evidence(order_, setup_));
  for (const auto& entry : fs::directory_iterator(kept)) fs::rename(entry.path(), folder_.path() / "vault/open" / entry.path().filename());
  auto bags = vault_->unfinished();
  ASSERT_TRUE(bags) << bags.error().what;
  ASSERT_EQ(bags->size(), 1u);
  SessionSetup setup;
  setup.bureau = &bureau_;
  setup.vault = vault_.get();
  setup.clock = &clock_;
  setup.software_version = "0.1.0";
  const auto recovered = recover(std::move(bags->front()), setup);
  ASSERT_TRUE(recovered) << recovered.error().what;
  const Verification v = verify(recovered->package.folder);
  EXPECT_THAT(v.damage, IsEmpty()) << to_json(v).dump(1);
  EXPECT_THAT(v.incomplete, Contains("导入没有进行完"));
  EXPECT_TRUE(fs::exists(recovered->package.folder / "data/main/import-0001.jpg"));
  EXPECT_FALSE(fs::exists(recovered->package.folder / "data/main/import-0002.jpg"));
}

// 行政处罚法 43, 55: whoever brings the things is told and asked, each statement with its own answer.
TEST_F(ImportTest, StatementsStandInItsJournal) {
  order_.statements = {{"回避告知", "是否申请回避", "", OpeningAnswer::Consents, "店长", "不申请", ""}};
  const auto sealed = import_evidence(order_, setup_);
  ASSERT_TRUE(sealed) << sealed.error().what;
  const Verification v = verify(sealed->folder);
  EXPECT_THAT(v.damage, IsEmpty()) << to_json(v).dump(1);
  const auto journal = read_text(sealed->folder / "data/attach/journal.log").value();
  EXPECT_THAT(journal, HasSubstr(R"({"act":"answer","no":1,"result":"consents","text":"不申请","who":"店长"})"));
  const auto before = left_in("sealed");     // the package, and its stamps once they have come
  order_.statements[0].answered_by.clear();
  EXPECT_EQ(import_evidence(order_, setup_).error().kind, ErrorKind::Invalid);
  EXPECT_EQ(left_in("sealed"), before);
}

TEST(ImportList, SaysWhatIsWrong) {
  const auto error = [](const std::string& text) { return parse_import(text, "/f").error().what; };
  const std::string head = R"({"schema":"guzheng-import/1","write_protection":"x","order":{"reason":"a"},"items":[)";
  EXPECT_THAT(error("{}"), HasSubstr("schema"));
  EXPECT_THAT(error(head + "]}"), HasSubstr("1 to 2000"));
  EXPECT_THAT(error(head + R"({"kind":"photo"}]})"), HasSubstr("item 1: \"file\" is missing"));
  EXPECT_THAT(error(R"({"schema":"guzheng-import/1","order":{},"statements":[{"title":"t","text":"x"}],"items":[{"kind":"photo","file":"a"}]})"), HasSubstr("statement 1"));
  EXPECT_THAT(error(head + R"({"kind":"movie","file":"a"}]})"), HasSubstr("\"kind\" must be"));
  EXPECT_THAT(error(head + R"({"kind":"photo","file":"a","made_at":"yesterday"}]})"), HasSubstr("made_at"));
  EXPECT_THAT(error(head + R"({"kind":"photo","file":"a","colour":"red"}]})"), HasSubstr("colour"));
  const auto good = parse_import(head + R"({"kind":"photo","file":"a.jpg"}]})", "/f");
  ASSERT_TRUE(good) << good.error().what;
  EXPECT_EQ(good->items[0].file, "/f/a.jpg");
}

}  // namespace
}  // namespace guzheng::test
