// What the page 证据库 does with sealed packages, on a practice desk of the test's own: late stamps and signature, review,
// certificate, import, scrub. The desks' answers, what lies beside the package, and what the operation log keeps.
#include <gtest/gtest.h>

#include <QApplication>
#include <QClipboard>
#include <QDropEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QUrl>

#include "core/vault/second_copy.h"
#include "tests/desk/shelf.h"
#include "ui/base/row_list.h"
#include "ui/evidence/import_window.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;
using test::Shelf;

// A-7.2b, A-7.4b: what came late is fetched, who is named may sign, and then nothing is missing.
TEST_F(Shelf, LateStampsAndTheSecondSignature) {
  test::SampleOptions shape;
  shape.second_signature = shape.stamp_seal = false;
  const auto id = lay(shape);
  const auto before = look(id);
  EXPECT_FALSE(before.signs_later.empty());
  EXPECT_TRUE(before.may_sign) << "the practice desk holds both officers";
  std::optional<StampTable> table;
  QObject::connect(&review_, &ReviewDesk::stamps, [&](const std::string&, const StampTable& one) { table = one; });
  review_.fetch_stamps(id);
  ASSERT_TRUE(wait([&] { return table.has_value() || !failures_.empty(); }));
  ASSERT_TRUE(table && failures_.empty());
  EXPECT_TRUE(table->pending.empty()) << table->problem;
  EXPECT_TRUE(std::any_of(table->came.begin(), table->came.end(), [](const auto& row) { return row.of == StampOf::Seal; }));
  std::optional<bool> stamped;
  QObject::connect(&review_, &ReviewDesk::signed_later, [&](const std::string&, bool with_stamp) { stamped = with_stamp; });
  review_.sign_later(id);
  ASSERT_TRUE(wait([&] { return stamped.has_value() || !failures_.empty(); }));
  ASSERT_TRUE(stamped && *stamped);
  EXPECT_TRUE(look(id).signs_later.empty());
  const auto* verification = verify(id);
  ASSERT_TRUE(verification);
  EXPECT_EQ(verification->verdict, Verdict::Practice);
  EXPECT_TRUE(verification->incomplete.empty()) << verification->incomplete.front();
  ASSERT_EQ(log("op.stamp").size(), 1u);
  ASSERT_EQ(log("op.sign").size(), 1u);
  EXPECT_EQ(log("op.sign")[0]["package"], id);
}

// A-7.2b: nobody signs in another's place.
TEST_F(Shelf, OnlyTheNamedOfficerMaySign) {
  test::SampleOptions shape;
  shape.second_signature = false;
  const auto id = lay(shape);
  const auto* entry = vault_.entry(id);
  ASSERT_TRUE(entry);
  const auto first_alone = standing_of(*entry, station_.opener(), {station_.bureau().officers.front()});
  ASSERT_TRUE(first_alone);
  EXPECT_FALSE(first_alone->signs_later.empty());
  EXPECT_FALSE(first_alone->may_sign);
  const auto nobody = standing_of(*entry, station_.opener(), {});
  ASSERT_TRUE(nobody);
  EXPECT_FALSE(nobody->may_sign);
}

// 行政处罚法 41: a review says what was looked at, or it is none; the newest counts.
TEST_F(Shelf, AReviewNeedsItsReason) {
  test::SampleOptions shape;
  shape.change = [](const std::string& name, Json& value) {
    if (name == "order.json") value["type"] = "自动取证";
  };
  const auto id = lay(shape);
  EXPECT_TRUE(look(id).automatic);
  EXPECT_EQ(look(id).reviews, 0);
  review_.review(id, true, "   ");
  ASSERT_TRUE(wait([&] { return !failures_.empty(); }));
  EXPECT_EQ(failures_.front(), std::pair(std::string("review"), ErrorKind::Invalid));
  EXPECT_FALSE(fs::exists(root() / "vault/sealed" / (id + ".review")));
  int written = 0;
  QObject::connect(&review_, &ReviewDesk::reviewed, [&](const std::string&, bool, bool) { ++written; });
  review_.review(id, true, "录像与截图逐一对照");
  ASSERT_TRUE(wait([&] { return written == 1; }));
  EXPECT_TRUE(look(id).confirmed);
  review_.review(id, false, "画面不清");
  ASSERT_TRUE(wait([&] { return written == 2; }));
  const auto now = look(id);
  EXPECT_FALSE(now.confirmed);
  EXPECT_EQ(now.reviews, 2);
  EXPECT_EQ(now.reason, "画面不清");
  EXPECT_EQ(log("op.review").size(), 2u);
}

// B-5.4.4a: the certificate is one file, never over another; its digest is in the log.
TEST_F(Shelf, TheCertificateIsSavedOnce) {
  const auto id = lay({});
  const auto file = root() / "certificate.pdf";
  proof_.save(id, file);
  EXPECT_EQ(failures_.back(), std::pair(std::string("proof"), ErrorKind::NotFound)) << "not verified yet";
  ASSERT_TRUE(verify(id));
  EXPECT_TRUE(proof_.html(id).contains("不得作为证据"));
  std::string digest;
  QObject::connect(&proof_, &ProofDesk::saved, [&](const std::string&, const std::string&, const std::string& sha256) { digest = sha256; });
  proof_.save(id, file);
  ASSERT_TRUE(wait([&] { return !digest.empty(); }));
  const auto bytes = read_file(file);
  ASSERT_TRUE(bytes);
  EXPECT_EQ(sha256_hex(*bytes), digest);
  EXPECT_EQ(std::string(bytes->begin(), bytes->begin() + 5), "%PDF-");
  proof_.save(id, file);
  ASSERT_TRUE(wait([&] { return failures_.size() == 2; }));
  EXPECT_EQ(failures_.back().second, ErrorKind::Exists);
  EXPECT_EQ(sha256_hex(*read_file(file)), digest);
  const auto lines = log("op.certificate");
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0]["sha256"], digest);
}

// A-7.4b: whoever opens evidence to look through it says why, for each package; without a reason nothing is opened.
TEST_F(Shelf, AScrubSaysWhatItOpens) {
  const auto id = lay({});
  int ended = 0;
  std::vector<ScrubbedPackage> packages;
  QObject::connect(&care_, &CareDesk::scrubbed, [&](const ScrubOutcome& outcome) { packages = outcome.packages, ++ended; });
  care_.scrub("");
  ASSERT_TRUE(wait([&] { return ended == 1; }));
  EXPECT_TRUE(log("op.open").empty());
  care_.scrub("定期复查");
  ASSERT_TRUE(wait([&] { return ended == 2; }));
  ASSERT_EQ(packages.size(), 1u);
  EXPECT_NE(packages[0].result, "damaged");
  const auto opened = log("op.open");
  ASSERT_EQ(opened.size(), 1u);
  EXPECT_EQ(opened[0]["package"], id);
  EXPECT_EQ(opened[0]["reason"], "定期复查");
  EXPECT_EQ(log("op.scrub").size(), 2u);
}

// A-7.4b: one package that cannot be copied keeps no other from its copy; every one that failed is told.
TEST_F(Shelf, TheSecondCopyGoesOnBehindWhatFails) {
  std::vector<std::string> ids;
  for (const char* number : {"0001", "0002", "0003"}) {
    test::SampleOptions shape;
    shape.id = "LX-01-20261121-" + std::string(number);
    ids.push_back(lay(shape));
  }
  const auto encrypted = station_.vault().encrypt(ids[2]);
  ASSERT_TRUE(encrypted) << encrypted.error().what;
  const fs::path copy = root() / "copy";
  fs::create_directory(copy);
  ASSERT_TRUE(set_second_copy(root() / "vault", copy));
  Error told;
  int ended = 0;
  QObject::connect(&care_, &CareDesk::failed, [&](const std::string&, const Error& error) { told = error, ++ended; });
  QObject::connect(&care_, &CareDesk::caught_up, [&](int) { ++ended; });
  care_.catch_up();
  ASSERT_TRUE(wait([&] { return ended == 1; }));
  EXPECT_NE(told.what.find(ids[0] + ": "), std::string::npos) << told.what;
  EXPECT_NE(told.what.find(ids[1] + ": "), std::string::npos) << told.what;
  EXPECT_EQ(told.what.find(ids[2] + ": "), std::string::npos) << told.what;
  EXPECT_TRUE(fs::exists(copy / "sealed" / ids[2] / "seal/seal.txt"));
  const auto lines = log("op.copy");
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0]["packages"], 1);
  EXPECT_EQ(lines[0]["left"], (Json{ids[0], ids[1]}));
}

TEST(ImportKinds, ByTheFilesName) {
  EXPECT_EQ(import_kind_of("/a/IMG_1.JPG"), "photo");
  EXPECT_EQ(import_kind_of("talk.m4a"), "audio");
  EXPECT_EQ(import_kind_of("film.MOV"), "video");
  EXPECT_EQ(import_kind_of("contract.docx"), "document");
  EXPECT_EQ(import_kind_of("dump.bin"), "file");
  EXPECT_EQ(import_kind_of("no-extension"), "file");
}

// B-5.4.2a: brought files become a package; folders and links do not; what misses needs its reason.
TEST_F(Shelf, FilesAreBroughtAndSealed) {
  const auto photo = root() / "counter.jpg", link = root() / "link.jpg";
  ASSERT_TRUE(write_atomically(photo, as_bytes("\xFF\xD8\xFF jpeg")));
  fs::create_symlink(photo, link);
  std::vector<ImportItem> items;
  std::vector<std::string> refused;
  QObject::connect(&imports_, &ImportDesk::added, [&](const std::vector<ImportItem>& some) { items = some; });
  QObject::connect(&imports_, &ImportDesk::refused, [&](const std::string& file, const Error&) { refused.push_back(file); });
  imports_.add({photo, link, root()});
  ASSERT_TRUE(wait([&] { return items.size() == 1 && refused.size() == 2; }));
  EXPECT_EQ(items[0].title, "counter");
  EXPECT_TRUE(parse_time(items[0].made_at));
  EXPECT_FALSE(items[0].collector.empty());
  ImportOrder order{imports_.suggested_order(), "只读卡", {}, items};
  EXPECT_FALSE(ImportDesk::missing(order).empty());
  imports_.start(order, {});
  ASSERT_TRUE(wait([&] { return !failures_.empty(); }));
  EXPECT_EQ(failures_.back(), std::pair(std::string("import"), ErrorKind::Invalid));
  for (auto* text : {&order.items[0].proves, &order.items[0].source, &order.items[0].method, &order.items[0].device}) *text = "写明";
  EXPECT_TRUE(ImportDesk::missing(order).empty());
  std::string id;
  QObject::connect(&imports_, &ImportDesk::imported, [&](const SealedPackage& package) { id = package.id; });
  imports_.start(order, {});
  ASSERT_TRUE(wait([&] { return !id.empty() || failures_.size() > 1; }));
  list();
  const auto* verification = verify(id);
  ASSERT_TRUE(verification);
  EXPECT_EQ(verification->verdict, Verdict::Practice);
  EXPECT_TRUE(verification->incomplete.empty());
  const auto lines = log("op.import");
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0]["result"], "failed");
  EXPECT_EQ(lines[1]["package"], id);
}

// B-5.4.2a: files come by drag and by paste as they come by button; both go to the list.
TEST_F(Shelf, FilesAreDroppedAndPasted) {
  const auto first = root() / "first.png", second = root() / "second.png";
  for (const auto& file : {first, second}) ASSERT_TRUE(write_atomically(file, as_bytes("\x89PNG")));
  ui::ImportWindow window(imports_);
  window.setAttribute(Qt::WA_DeleteOnClose, false);
  window.show();
  auto* list = window.findChild<ui::RowList*>();
  auto* path = window.findChild<QLineEdit*>();
  ASSERT_TRUE(list && path);
  const auto data = [](const fs::path& file) {
    auto out = std::make_unique<QMimeData>();
    out->setUrls({QUrl::fromLocalFile(QString::fromStdString(file.string()))});
    return out;
  };
  const auto dragged = data(first);
  QDragEnterEvent enter(QPoint(20, 20), Qt::CopyAction, dragged.get(), Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(&window, &enter);
  ASSERT_TRUE(enter.isAccepted());
  QDropEvent drop(QPointF(20, 20), Qt::CopyAction, dragged.get(), Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(&window, &drop);
  ASSERT_TRUE(wait([&] { return list->rows().rowCount() == 1; }));
  QApplication::clipboard()->setMimeData(data(second).release());
  path->setFocus();
  QTest::keyClick(path, Qt::Key_V, Qt::ControlModifier);
  ASSERT_TRUE(wait([&] { return list->rows().rowCount() == 2; }));
  EXPECT_EQ(list->rows().row(1).title, "second.png");
  EXPECT_TRUE(path->text().isEmpty()) << "the paths are not text in the field as well";
}

}  // namespace
}  // namespace guzheng
