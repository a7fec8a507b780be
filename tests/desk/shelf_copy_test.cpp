// Copies of shots with marks on them (标注副本): drawn by keyboard and mouse, loaded from a package, told to the program that prints them.
#include <QSignalSpy>

#include "core/desk/copy_desk.h"
#include "tests/desk/shelf.h"
#include "ui/evidence/copy_canvas.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;
using test::Shelf;
using Shape = CopyMark::Shape;

QImage white(int width, int height) {
  QImage out(width, height, QImage::Format_RGB32);
  out.fill(Qt::white);
  return out;
}

// B-4.3: a person who has no mouse draws frames, arrows and text; what was begun can be given up, what was drawn be taken back.
TEST(CopyCanvas, IsDrawnOnByKeyboard) {
  ui::CopyCanvas canvas;
  canvas.resize(400, 400);
  QSignalSpy changed(&canvas, &ui::CopyCanvas::marks_changed), wanted(&canvas, &ui::CopyCanvas::words_wanted);
  QTest::keyClick(&canvas, Qt::Key_Return);
  EXPECT_TRUE(canvas.marks().empty()) << "nothing to draw on";
  canvas.show_picture(white(200, 400), {});
  EXPECT_TRUE(canvas.accessibleDescription().contains("100,200")) << canvas.accessibleDescription().toStdString();
  QTest::keyClick(&canvas, Qt::Key_Return);
  EXPECT_TRUE(canvas.accessibleDescription().contains("起点 100,200"));
  QTest::keyClick(&canvas, Qt::Key_Escape);
  EXPECT_FALSE(canvas.accessibleDescription().contains("起点"));
  QTest::keyClick(&canvas, Qt::Key_Return);
  for (int i = 0; i < 3; ++i) QTest::keyClick(&canvas, Qt::Key_Left);
  QTest::keyClick(&canvas, Qt::Key_Up, Qt::ShiftModifier);
  QTest::keyClick(&canvas, Qt::Key_Return);
  EXPECT_TRUE(canvas.marks().empty()) << "a frame of two pixels is none";
  QTest::keyClick(&canvas, Qt::Key_Return);
  for (int i = 0; i < 2; ++i) QTest::keyClick(&canvas, Qt::Key_Down);
  for (int i = 0; i < 2; ++i) QTest::keyClick(&canvas, Qt::Key_Right);
  QTest::keyClick(&canvas, Qt::Key_Return);
  ASSERT_EQ(canvas.marks().size(), 1u);
  EXPECT_EQ(canvas.marks()[0].shape, Shape::Frame);
  EXPECT_EQ(canvas.marks()[0].x, 52);
  EXPECT_EQ(canvas.marks()[0].y, 199);
  EXPECT_EQ(canvas.marks()[0].w, 33);
  canvas.set_tool(Shape::Arrow);
  QTest::keyClick(&canvas, Qt::Key_Return);
  for (int i = 0; i < 50; ++i) QTest::keyClick(&canvas, Qt::Key_Down);
  QTest::keyClick(&canvas, Qt::Key_Return);
  ASSERT_EQ(canvas.marks().size(), 2u);
  EXPECT_EQ(canvas.marks()[1].h, 399) << "never out of the picture";
  canvas.set_tool(Shape::Text);
  QTest::keyClick(&canvas, Qt::Key_Return);
  EXPECT_EQ(wanted.size(), 1);
  canvas.set_words(" 夸大宣传 ");
  QTest::keyClick(&canvas, Qt::Key_Return);
  ASSERT_EQ(canvas.marks().size(), 3u);
  EXPECT_EQ(canvas.marks()[2].text, "夸大宣传");
  EXPECT_EQ(changed.size(), 3);
  canvas.undo();
  EXPECT_EQ(canvas.marks().size(), 2u);
}

TEST(CopyCanvas, IsDrawnOnByMouse) {
  ui::CopyCanvas canvas;
  canvas.resize(400, 400);
  canvas.show_picture(white(200, 400), {});                // stands at x 100 to 300
  QTest::mousePress(&canvas, Qt::LeftButton, {}, {120, 40});
  QTest::mouseMove(&canvas, {180, 90});
  QTest::mouseRelease(&canvas, Qt::LeftButton, {}, {180, 90});
  ASSERT_EQ(canvas.marks().size(), 1u);
  EXPECT_EQ(canvas.marks()[0].x, 20);
  EXPECT_EQ(canvas.marks()[0].y, 40);
  EXPECT_EQ(canvas.marks()[0].w, 61);
  QTest::mouseClick(&canvas, Qt::LeftButton, {}, {20, 20});
  EXPECT_FALSE(canvas.accessibleDescription().contains("起点")) << "beside the picture";
}

TEST(CopyMarks, AreDrawnOnACopyAndRead) {
  const QImage picture = white(300, 300);
  const std::vector<CopyMark> marks{{Shape::Frame, 20, 20, 60, 60, {}}, {Shape::Arrow, 100, 100, 200, 40, {}}, {Shape::Text, 30, 200, 0, 0, "字"}, {Shape::Frame, 290, 0, 60, 60, {}}};
  const QImage drawn = with_marks(picture, marks);
  EXPECT_EQ(picture, white(300, 300)) << "the shot's own picture";
  EXPECT_NE(drawn.pixel(50, 20), picture.pixel(50, 20));
  EXPECT_EQ(drawn.pixel(295, 50), picture.pixel(295, 50)) << "a mark that runs out of the picture is none";
  const auto read = parse_copies(copies_text({{3, false, {marks.begin(), marks.begin() + 3}}, {4, true, {{Shape::Box, 1, 2, 3, 4, {}}}}}));
  ASSERT_TRUE(read) << read.error().what;
  ASSERT_EQ(read->size(), 2u);
  EXPECT_EQ((*read)[0].item, 3);
  EXPECT_EQ((*read)[0].marks[1].w, 200);
  EXPECT_EQ((*read)[0].marks[2].text, "字");
  EXPECT_TRUE((*read)[1].covers);
}

// The shot comes from the package, decrypted in memory; nothing is made without a mark.
TEST_F(Shelf, AShotIsLoadedToBeDrawnOn) {
  const auto id = lay({});
  ReportDesk reports(station_);
  CopyDesk copies(station_, reports);
  std::shared_ptr<const PackageView> view;
  QObject::connect(&vault_, &VaultDesk::package_opened, [&](const std::shared_ptr<const PackageView>& opened) { view = opened; });
  vault_.open_package(id, "test");
  ASSERT_TRUE(wait([&] { return view != nullptr; }));
  const auto shots = copyable(*view);
  ASSERT_EQ(shots.size(), 4u);
  QImage picture;
  std::vector<ErrorKind> failures;
  QObject::connect(&copies, &CopyDesk::picture, [&](const std::string&, int, const QImage& image) { picture = image; });
  QObject::connect(&copies, &CopyDesk::failed, [&](const std::string&, const Error& error) { failures.push_back(error.kind); });
  copies.load(view, shots[1].number);
  ASSERT_TRUE(wait([&] { return !picture.isNull(); }));
  copies.load(view, 99);
  copies.save(id, view->entry.folder, {{1, {}}}, "test");
  EXPECT_EQ(failures, (std::vector<ErrorKind>{ErrorKind::NotFound, ErrorKind::Invalid}));
  EXPECT_FALSE(copies.busy());
  EXPECT_FALSE(fs::exists(view->entry.folder.string() + ".report"));
}

}  // namespace
}  // namespace guzheng
