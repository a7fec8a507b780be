#include <fmt/format.h>
#include <gtest/gtest.h>

#include <QBuffer>
#include <QImage>
#include <fstream>

#include "core/report/copy.h"
#include "core/report/picture.h"
#include "core/report/text.h"
#include "tests/report/print_support.h"

namespace guzheng {
namespace {

using test::Folder;
using test::print_sample;
using test::Printed;
using test::run;
using test::sample_source;
using test::text_of;
using test::without_space;

QImage render(const Printed& printed, int page, int dpi) {
  const std::string stem = printed.pdf.string() + "-page";
  run(fmt::format("pdftoppm -r {} -f {} -l {} -singlefile -png '{}' '{}'", dpi, page, page, printed.pdf.string(), stem));
  return QImage(QString::fromStdString(stem + ".png"));
}

int count(const std::string& text, const std::string& what) {
  int found = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size())) ++found;
  return found;
}

// Pixels of the mark's red: much more red than green and blue, but pale.
int red_pixels(const QImage& image, QRect within) {
  int red = 0;
  for (int y = within.top(); y <= within.bottom(); ++y) {
    for (int x = within.left(); x <= within.right(); ++x) {
      const QRgb c = image.pixel(x, y);
      red += qRed(c) > 200 && qRed(c) - qGreen(c) > 12 && qRed(c) - qBlue(c) > 12 ? 1 : 0;
    }
  }
  return red;
}

struct Ink {
  int left = 1 << 30, right = -1;
};
// Extent of dark pixels in mm, without the seal's half ring at the edge.
Ink ink_of(const QImage& image, int dpi) {
  Ink ink;
  const int edge = image.width() * 186 / 210;
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < edge; ++x) {
      if (qGray(image.pixel(x, y)) > 90) continue;
      ink.left = std::min(ink.left, x);
      ink.right = std::max(ink.right, x);
    }
  }
  ink.left = static_cast<int>(ink.left * 25.4 / dpi + 0.5);
  ink.right = static_cast<int>(ink.right * 25.4 / dpi + 0.5);
  return ink;
}

// A-AnB: the printed report can be searched: every label, every digest, 电子数据; a number on every page.
TEST(ReportPrint, TextCanBeSearched) {
  const Folder folder;
  const ReportSource source = sample_source({.gap = true});
  const Printed printed = print_sample(folder, source);
  const std::string text = without_space(text_of(printed.pdf));
  for (const char* label :
       {"互联网电子数据证据报告", "电子数据", "一、序言", "取证事由", "取证对象主体名称", "报告出具时间", "证据管理方式", "二、主证信息", "三、主证附属信息",
        "系统名称", "物理节点编号", "取证服务器", "存证服务器", "取证人员", "执法证号", "取证方式", "取证类型", "取证指令内容", "指令发出设备", "指令发出时间",
        "指令执行过程", "文件MD5值", "存证方式", "存证时间", "证据使用信息", "四、取证环境检测结果", "五、中断一览", "六、证据清单", "七、真实性要素说明",
        "八、验证方法", "九、签署", "盖章处", "示例甲生物科技有限公司"}) {
    EXPECT_NE(text.find(label), std::string::npos) << label;
  }
  for (const SourceFile& file : source.payload) {
    if (file.path.find("/raw/") != std::string::npos) continue;
    // columns of digests stand side by side: line by line
    for (const auto& hex : {file.digests.md5, file.digests.sha256, file.digests.sm3}) {
      for (const std::string& line : report_text::digest_lines(hex, 4)) {
        EXPECT_NE(text.find(without_space(line)), std::string::npos) << file.path;
      }
    }
  }
  EXPECT_EQ(printed.outcome.refused_requests, 0);
  for (int page = 1; page <= printed.outcome.pages; ++page) {
    const std::string one = without_space(text_of(printed.pdf, page, page));
    EXPECT_EQ(count(one, fmt::format("第{}页共{}页", page, printed.outcome.pages)), 1) << one;
  }
  EXPECT_NE(run("pdfinfo '" + printed.pdf.string() + "'").find("互联网电子数据证据报告 YC-03-20261121-0001-R001"), std::string::npos);
}

ReportSource real_source() {
  ReportSource real = sample_source({.shots = 0});
  real.bag.erase("Practice");
  for (Json* json : {&real.order, &real.people, &real.device, &real.values}) json->erase("practice");
  return real;
}

// The mark is drawn, not written: on every page, and a real package has none.
TEST(ReportPrint, PracticeMarkIsOnEveryPageButNotInTheText) {
  const Folder folder, real_folder;
  const Printed practice = print_sample(folder, sample_source({.shots = 0}));
  EXPECT_EQ(count(without_space(text_of(practice.pdf)), "练习—不得作为证据"), 0);
  for (int page = 1; page <= practice.outcome.pages; ++page) {
    const QImage image = render(practice, page, 40);
    EXPECT_GT(red_pixels(image, image.rect()), 800) << page;
  }
  const Printed real = print_sample(real_folder, real_source());
  for (const int page : {1, 2, real.outcome.pages}) {
    const QImage image = render(real, page, 40);
    EXPECT_EQ(red_pixels(image, image.rect()), 0) << page;
  }
}

// … and on every picture, in its pixels.
TEST(ReportPrint, PracticeMarkIsOnEveryPicture) {
  const Folder folder;
  const ReportSource source = sample_source({.shots = 3});
  test::write_sample_shots(source, folder.path());
  for (const Json& item : source.values["items"]) {
    const auto file = folder.path() / text_at(item, "path");
    const QImage plain = QImage::fromData(print_picture(file, 440, "")), marked = QImage::fromData(print_picture(file, 440, "练习"));
    ASSERT_EQ(plain.size(), QSize(440, 782));
    ASSERT_EQ(marked.size(), plain.size());
    int differs = 0;
    for (int y = 0; y < plain.height(); ++y) {
      for (int x = 0; x < plain.width(); ++x) differs += std::abs(qGreen(plain.pixel(x, y)) - qGreen(marked.pixel(x, y))) > 40 ? 1 : 0;
    }
    EXPECT_GT(differs, 300) << file;
  }
  EXPECT_FALSE(QImage::fromData(print_picture(folder.path() / "missing.png", 440, "")).isNull());
}

// Pages grow by one for two pictures and by the rows of the lists; none is lost.
TEST(ReportPrint, FewAndManyShots) {
  const Folder folder;
  for (const auto& [shots, pages] : {std::pair{0, 11}, {1, 12}, {4, 13}, {60, 51}}) {
    const Printed printed = print_sample(folder, sample_source({.shots = shots}));
    EXPECT_NEAR(printed.outcome.pages, pages, shots > 4 ? 6 : 1) << shots;
    EXPECT_EQ(count(run("pdfimages -list '" + printed.pdf.string() + "'"), " jpeg "), shots);
  }
}

// Stable under 500 captures: every picture is printed, every page numbered, the last chapter is there. Long: GUZHENG_LONG=1.
TEST(ReportPrint, FiveHundredShots) {
  if (getenv("GUZHENG_LONG") == nullptr) GTEST_SKIP() << "GUZHENG_LONG=1 prints 500 captures";
  const Folder folder;
  const Printed printed = print_sample(folder, sample_source({.shots = 500}));
  EXPECT_EQ(count(run("pdfimages -list '" + printed.pdf.string() + "'"), " jpeg "), 500);
  const std::string last = without_space(text_of(printed.pdf, printed.outcome.pages, printed.outcome.pages));
  EXPECT_NE(last.find(fmt::format("第{0}页共{0}页", printed.outcome.pages)), std::string::npos);
  EXPECT_GT(printed.outcome.pages, 250);
  EXPECT_LT(printed.outcome.pages, 420);
  EXPECT_LT(std::filesystem::file_size(printed.pdf), 200u << 20);
}

Bytes png_of(const QImage& image) {
  QByteArray out;
  QBuffer buffer(&out);
  buffer.open(QIODevice::WriteOnly);
  image.save(&buffer, "png");
  return {out.begin(), out.end()};
}

QImage drawn(const Bytes& original, const CopyOrder& order, const std::string& mark = {}) {
  const auto copy = draw_copy(original, order, mark);
  EXPECT_TRUE(copy) << copy.error().what;
  return copy ? QImage::fromData(copy->data(), static_cast<int>(copy->size())) : QImage();
}

// B-4.3: what a 遮盖 copy covers is gone to the last pixel, the rest is as it was; nothing of the file's own texts comes along.
TEST(ReportCopy, ACoveredPartCannotBeSeen) {
  QImage original(400, 600, QImage::Format_RGB32);
  for (int y = 0; y < 600; ++y)
    for (int x = 0; x < 400; ++x) original.setPixel(x, y, qRgb(x % 256, y % 256, (x * y) % 256));
  original.setText("GPS", "30.1,114.2");
  const QImage copy = drawn(png_of(original), {1, true, {{CopyMark::Shape::Box, 50, 60, 100, 80, ""}}});
  ASSERT_EQ(copy.size(), original.size());
  EXPECT_TRUE(copy.textKeys().isEmpty());
  for (int y = 0; y < 500; ++y) {           // the label stands below
    for (int x = 0; x < 400; ++x) {
      const bool covered = x >= 50 && x < 150 && y >= 60 && y < 140;
      ASSERT_EQ(copy.pixel(x, y) & 0xffffff, covered ? 0u : original.pixel(x, y) & 0xffffff) << x << "," << y;
    }
  }
}

TEST(ReportCopy, AnnotationsAreDrawnAndTheCopySaysWhatItIs) {
  QImage original(400, 600, QImage::Format_RGB32);
  original.fill(Qt::white);
  const Bytes png = png_of(original);
  const CopyOrder order{1, false, {{CopyMark::Shape::Frame, 20, 20, 200, 100, ""}, {CopyMark::Shape::Arrow, 300, 400, 220, 130, ""}, {CopyMark::Shape::Text, 230, 420, 0, 0, "此处"}}};
  const QImage copy = drawn(png, order);
  EXPECT_GT(red_pixels(copy, QRect(18, 18, 204, 5)), 100);           // the frame's upper line
  EXPECT_GT(red_pixels(copy, QRect(215, 125, 40, 40)), 20);          // the arrow's head
  int ink = 0;
  for (int y = 560; y < 600; ++y)
    for (int x = 0; x < 200; ++x) ink += qBlue(copy.pixel(x, y)) - qRed(copy.pixel(x, y)) > 60 ? 1 : 0;
  EXPECT_GT(ink, 100) << "no label 标注副本";
  EXPECT_NE(drawn(png, order, "练习"), copy);
  EXPECT_FALSE(draw_copy(png, {1, false, {{CopyMark::Shape::Frame, 300, 20, 200, 100, ""}}}, ""));
  EXPECT_FALSE(draw_copy(as_bytes("GIF89a not ours"), order, ""));
}

TEST(ReportCopy, ListsSayWhatIsWrong) {
  const auto error = [](const std::string& copies) {
    const auto read = parse_copies(R"({"schema":"guzheng-copies/1","copies":)" + copies + "}");
    return read ? std::string() : read.error().what;
  };
  EXPECT_EQ(error(R"([{"item":1,"kind":"标注","marks":[{"shape":"frame","x":1,"y":2,"w":3,"h":4}]}])"), "");
  EXPECT_EQ(error(R"([{"item":1,"kind":"遮盖","marks":[{"shape":"box","x":1,"y":2,"w":3,"h":4}]}])"), "");
  for (const char* wrong : {"[]", "{}", R"([{"item":0,"kind":"标注","marks":[{"shape":"text","x":1,"y":2,"text":"a"}]}])",
                            R"([{"item":1,"kind":"标注","marks":[{"shape":"box","x":1,"y":2,"w":3,"h":4}]}])",
                            R"([{"item":1,"kind":"遮盖","marks":[{"shape":"frame","x":1,"y":2,"w":3,"h":4}]}])",
                            R"([{"item":1,"kind":"标注","marks":[{"shape":"circle","x":1,"y":2}]}])",
                            R"([{"item":1,"kind":"标注","marks":[{"shape":"frame","x":-1,"y":2,"w":3,"h":4}]}])",
                            R"([{"item":1,"kind":"标注","marks":[{"shape":"frame","x":1,"y":2,"w":3,"h":4,"text":"a"}]}])"})
    EXPECT_NE(error(wrong), "") << wrong;
}

// One overflowing line makes Chromium shrink the whole document: the text block stays 156 mm, letters keep their size.
TEST(ReportPrint, LongValuesDoNotShrinkThePage) {
  const Folder plain_folder, long_folder;
  const Printed plain = print_sample(plain_folder, sample_source());
  ReportSource source = sample_source({.shop = std::string(400, 'W'), .title = std::string(300, 'M')});
  source.order["reason"] = std::string(500, 'X');
  source.device["model"] = std::string(200, 'W');
  source.env["items"][0]["found"] = "https://" + std::string(300, 'a');
  const Printed wide = print_sample(long_folder, source);
  const auto title_size = [](const Printed& printed) {
    const std::string boxes = run("pdftotext -f 1 -l 1 -bbox '" + printed.pdf.string() + "' -");
    const std::size_t word = boxes.find("报告</word>");
    return boxes.substr(boxes.rfind("<word", word), word - boxes.rfind("<word", word));
  };
  const auto width_of = [&](const Printed& printed) {
    double from = 0, to = 0;
    const std::string box = title_size(printed);
    std::sscanf(box.c_str() + box.find("xMin"), "xMin=\"%lf\"", &from);
    std::sscanf(box.c_str() + box.find("xMax"), "xMax=\"%lf\"", &to);
    return to - from;
  };
  EXPECT_NEAR(width_of(plain), 11 * 26, 3);        // eleven characters of 26 pt
  EXPECT_NEAR(width_of(wide), width_of(plain), 0.5);
  for (const Printed* printed : {&plain, &wide}) {
    const Ink ink = ink_of(render(*printed, 1, 60), 60);
    EXPECT_NEAR(ink.left, 28, 1);
    EXPECT_NEAR(ink.right, 184, 1);
  }
}

// A-7.4b: the QR code on page one reads as the fingerprint.
TEST(ReportPrint, QrCodeReadsAsTheFingerprint) {
  const Folder folder;
  const ReportSource source = sample_source();
  const Printed printed = print_sample(folder, source);
  const std::string stem = (folder.path() / "cover").string();
  run("pdftoppm -r 150 -f 1 -l 1 -gray -singlefile -png '" + printed.pdf.string() + "' '" + stem + "'");
  EXPECT_EQ(run("zbarimg -q --raw '" + stem + ".png'"), source.fingerprint + "\n");
}

// Nothing is fetched, whatever a form says; scripts do not run.
TEST(ReportPrint, RefusesEveryRequest) {
  const Folder folder, forms;
  for (const char* name : {"report.html", "report.css", "overlay.html"}) {
    std::filesystem::copy(std::filesystem::path(GUZHENG_FORMS_FOLDER) / name, forms.path() / name);
  }
  std::ofstream(forms.path() / "secret.txt") << "secret";
  std::ofstream(forms.path() / "report.html", std::ios::app)
      << "<img src=\"http://127.0.0.1:9/x.png\"><img src=\"file://" << (forms.path() / "secret.txt").string() << "\">"
      << "<iframe src=\"file://" << (forms.path() / "secret.txt").string() << "\"></iframe>"
      << "<script>document.body.textContent = 'scripted'</script>";
  const Printed printed = print_sample(folder, sample_source(), forms.path());
  EXPECT_GE(printed.outcome.refused_requests, 1);
  const std::string text = without_space(text_of(printed.pdf));
  EXPECT_EQ(text.find("scripted"), std::string::npos);
  EXPECT_EQ(text.find("secret"), std::string::npos);
  EXPECT_NE(text.find("九、签署"), std::string::npos);
}

}  // namespace
}  // namespace guzheng
