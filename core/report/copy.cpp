#include "core/report/copy.h"

#include <fmt/format.h>

#include <QBuffer>
#include <QFont>
#include <QFontMetrics>
#include <QImage>
#include <QPainter>
#include <QPainterPath>
#include <QString>
#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/report/picture.h"
#include "core/report/source.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_copies = 2000, most_marks = 200, most_text = 300;
const QColor kInk(0xd0, 0x10, 0x10);

Failure wrong(std::size_t copy, const std::string& what) {
  return fail(ErrorKind::Invalid, fmt::format("copy {}: {}", copy + 1, what));
}

Result<CopyMark> parse_mark(std::size_t copy, const Json& json) {
  using Shape = CopyMark::Shape;
  static const std::map<std::string, Shape> shapes{{"frame", Shape::Frame}, {"arrow", Shape::Arrow}, {"text", Shape::Text}, {"box", Shape::Box}};
  const auto shape = shapes.find(json.is_object() ? text_at(json, "shape") : std::string());
  if (shape == shapes.end()) return wrong(copy, "\"shape\" must be frame, arrow, text or box");
  CopyMark mark;
  mark.shape = shape->second;
  std::vector<std::pair<const char*, int*>> numbers{{"x", &mark.x}, {"y", &mark.y}};
  if (mark.shape == Shape::Arrow) numbers.insert(numbers.end(), {{"x2", &mark.w}, {"y2", &mark.h}});
  else if (mark.shape != Shape::Text) numbers.insert(numbers.end(), {{"w", &mark.w}, {"h", &mark.h}});
  for (const auto& [name, number] : numbers) {
    const std::int64_t value = integer_at(json, name, -1);
    if (value < 0 || value > 100'000) return wrong(copy, fmt::format("\"{}\" of a {} is no number of pixels", name, shape->first));
    *number = static_cast<int>(value);
  }
  mark.text = text_at(json, "text");
  if ((mark.shape == Shape::Text) != !mark.text.empty() || mark.text.size() > most_text)
    return wrong(copy, "\"text\" belongs to a text mark, and is at most 300 bytes long");
  if (json.size() != numbers.size() + 1 + (mark.shape == Shape::Text ? 1 : 0)) return wrong(copy, "a field that a " + shape->first + " does not have");
  return mark;
}

Result<CopyOrder> parse_copy(std::size_t number, const Json& json) {
  if (!json.is_object() || json.size() != 3) return wrong(number, "needs \"item\", \"kind\" and \"marks\"");
  CopyOrder order;
  order.item = static_cast<int>(std::clamp<std::int64_t>(integer_at(json, "item"), 0, 1'000'000));
  if (order.item < 1) return wrong(number, "\"item\" must be an item's number");
  const std::string kind = text_at(json, "kind");
  if (kind != "标注" && kind != "遮盖") return wrong(number, "\"kind\" must be 标注 or 遮盖");
  order.covers = kind == "遮盖";
  const auto marks = json.find("marks");
  if (marks == json.end() || !marks->is_array() || marks->empty() || marks->size() > most_marks) return wrong(number, "\"marks\" must be a list of 1 to 200 marks");
  bool boxes = false;
  for (const Json& one : *marks) {
    GZ_TRY_ASSIGN(CopyMark mark, parse_mark(number, one));
    boxes = boxes || mark.shape == CopyMark::Shape::Box;
    order.marks.push_back(std::move(mark));
  }
  if (boxes != order.covers) return wrong(number, "a 标注 copy has no box, a 遮盖 copy needs one");
  return order;
}

int line_width(const QImage& image) { return std::max(3, image.width() / 180); }

QFont text_font(const QImage& image) {
  QFont font("Noto Sans CJK SC");
  font.setPixelSize(std::max(14, image.width() / 24));
  font.setBold(true);
  return font;
}

void draw_arrow(QPainter& painter, QPointF from, QPointF to, double width) {
  const double angle = std::atan2(to.y() - from.y(), to.x() - from.x()), head = 5 * width;
  painter.drawLine(from, to - QPointF(std::cos(angle), std::sin(angle)) * head * 0.8);
  QPainterPath path(to);
  for (const double turn : {2.7, -2.7}) path.lineTo(to + QPointF(std::cos(angle + turn), std::sin(angle + turn)) * head);
  path.closeSubpath();
  painter.fillPath(path, kInk);
}

// White behind the letters, so that they can be read on any picture; moved in when they would run out of it.
void draw_label(QPainter& painter, const QImage& image, QPoint at, const QString& text, const QColor& ink) {
  QFont font = text_font(image);
  while (font.pixelSize() > 6 && QFontMetrics(font).horizontalAdvance(text) + QFontMetrics(font).height() / 2 > image.width()) font.setPixelSize(font.pixelSize() - 1);
  painter.setFont(font);
  const QFontMetrics metrics(font);
  QRect field(at, metrics.size(0, text) + QSize(metrics.height() / 2, metrics.height() / 6));
  field.moveLeft(std::max(0, std::min(field.left(), image.width() - field.width())));
  field.moveTop(std::max(0, std::min(field.top(), image.height() - field.height())));
  painter.fillRect(field, QColor(255, 255, 255, 235));
  painter.setPen(ink);
  painter.drawText(field, Qt::AlignCenter, text);
}

void draw_mark(QPainter& painter, const QImage& image, const CopyMark& mark) {
  const int width = line_width(image);
  painter.setPen(QPen(kInk, width));
  painter.setBrush(Qt::NoBrush);
  switch (mark.shape) {
    case CopyMark::Shape::Frame: return painter.drawRect(mark.x, mark.y, mark.w - 1, mark.h - 1);
    case CopyMark::Shape::Arrow: return draw_arrow(painter, QPointF(mark.x, mark.y), QPointF(mark.w, mark.h), width);
    case CopyMark::Shape::Text: return draw_label(painter, image, {mark.x, mark.y}, QString::fromStdString(mark.text), kInk);
    case CopyMark::Shape::Box: {
      painter.setRenderHint(QPainter::Antialiasing, false);      // whole pixels: nothing shines through at an edge
      painter.fillRect(mark.x, mark.y, mark.w, mark.h, Qt::black);
      painter.setRenderHint(QPainter::Antialiasing, true);
      return;
    }
  }
}

const SourceFile* payload_file(const ReportSource& source, const std::string& path) {
  for (const SourceFile& file : source.payload)
    if (file.path == path) return &file;
  return nullptr;
}

Result<Bytes> original_of(const ReportSource& source, const SourceFile& file) {
  GZ_TRY_ASSIGN(Bytes bytes, source.files->whole(file.path, 256u << 20));
  if (sha256_hex(bytes) != file.digests.sha256) return fail(ErrorKind::Tampered, file.path + " is not what its manifest says: no copy is made of it");
  return bytes;
}

Json record_of(const ReportCopy& copy) {
  return {{"file", copy.file}, {"item", copy.item}, {"kind", copy.covers ? "遮盖" : "标注"}, {"of", copy.of}, {"of_sha256", copy.of_sha256}, {"sha256", copy.sha256}};
}

}  // namespace

Result<std::vector<CopyOrder>> parse_copies(std::string_view text) {
  GZ_TRY_ASSIGN(const Json json, parse_json(text));
  if (!json.is_object() || text_at(json, "schema") != "guzheng-copies/1" || json.size() != 2 || !json.contains("copies"))
    return fail(ErrorKind::Invalid, "this is no list of copies: it needs \"schema\": \"guzheng-copies/1\" and \"copies\"");
  if (!json["copies"].is_array() || json["copies"].empty() || json["copies"].size() > most_copies)
    return fail(ErrorKind::Invalid, "\"copies\" must be a list of 1 to 2000 copies");
  std::vector<CopyOrder> orders;
  for (std::size_t i = 0; i < json["copies"].size(); ++i) {
    GZ_TRY_ASSIGN(CopyOrder order, parse_copy(i, json["copies"][i]));
    orders.push_back(std::move(order));
  }
  return orders;
}

std::string copies_text(const std::vector<CopyOrder>& orders) {
  using Shape = CopyMark::Shape;
  Json copies = Json::array();
  for (const CopyOrder& order : orders) {
    Json marks = Json::array();
    for (const CopyMark& mark : order.marks) {
      const bool arrow = mark.shape == Shape::Arrow, text = mark.shape == Shape::Text;
      Json json{{"shape", arrow ? "arrow" : text ? "text" : mark.shape == Shape::Box ? "box" : "frame"}, {"x", mark.x}, {"y", mark.y}};
      if (text) json["text"] = mark.text;
      else json[arrow ? "x2" : "w"] = mark.w, json[arrow ? "y2" : "h"] = mark.h;
      marks.push_back(std::move(json));
    }
    copies.push_back({{"item", order.item}, {"kind", order.covers ? "遮盖" : "标注"}, {"marks", std::move(marks)}});
  }
  return Json{{"copies", std::move(copies)}, {"schema", "guzheng-copies/1"}}.dump();
}

bool mark_lies_inside(const CopyMark& mark, const QSize& size) {
  const bool corner = mark.x >= 0 && mark.y >= 0 && mark.x < size.width() && mark.y < size.height();
  if (mark.shape == CopyMark::Shape::Text) return corner;
  if (mark.shape == CopyMark::Shape::Arrow) return corner && mark.w >= 0 && mark.h >= 0 && mark.w < size.width() && mark.h < size.height();
  return corner && mark.w > 0 && mark.h > 0 && mark.x + mark.w <= size.width() && mark.y + mark.h <= size.height();
}

void draw_marks(QImage& image, const std::vector<CopyMark>& marks) {
  QPainter painter(&image);
  painter.setRenderHint(QPainter::Antialiasing);
  for (const CopyMark& mark : marks) draw_mark(painter, image, mark);
}

Result<Bytes> draw_copy(ByteView original, const CopyOrder& order, const std::string& practice_mark) {
  const QImage read = decode_picture(original);
  if (read.isNull()) return fail(ErrorKind::Invalid, "the original is no picture that can be drawn on");
  QImage image(read.size(), QImage::Format_RGB32);         // a fresh one: no text of the original's file comes along
  image.fill(Qt::white);
  for (const CopyMark& mark : order.marks)
    if (!mark_lies_inside(mark, image.size())) return fail(ErrorKind::Invalid, fmt::format("a mark at {},{} lies outside the picture of {} × {}", mark.x, mark.y, image.width(), image.height()));
  QPainter(&image).drawImage(0, 0, read);
  draw_marks(image, order.marks);
  {
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    draw_label(painter, image, {0, image.height()}, order.covers ? QStringLiteral("遮盖副本，非原件") : QStringLiteral("标注副本，非原件"), QColor(0x10, 0x30, 0xa0));
  }
  if (!practice_mark.empty()) paint_mark(image, QString::fromStdString(practice_mark));
  QByteArray out;
  QBuffer buffer(&out);
  buffer.open(QIODevice::WriteOnly);
  if (!image.save(&buffer, "png")) return fail(ErrorKind::Io, "the copy could not be written as PNG");
  return Bytes(out.begin(), out.end());
}

Result<std::vector<ReportCopy>> write_copies(const ReportSource& source, const std::vector<CopyOrder>& orders, const fs::path& folder,
                                             const std::string& practice_mark) {
  std::vector<ReportCopy> copies;
  if (orders.empty()) return copies;
  std::error_code error;
  fs::create_directories(folder, error);
  Json list = Json::array();
  for (const CopyOrder& order : orders) {
    ReportCopy copy{order.item, order.covers, fmt::format("copy-{:04}.png", copies.size() + 1), {}, {}, {}};
    const auto items = source.values.find("items");
    if (items == source.values.end() || !items->is_array() || static_cast<std::size_t>(order.item) > items->size())
      return fail(ErrorKind::NotFound, fmt::format("the package has no item {}", order.item));
    copy.of = text_at((*items)[static_cast<std::size_t>(order.item) - 1], "path");
    const SourceFile* file = is_inner_path(copy.of) && copy.of.starts_with("data/main/") ? payload_file(source, copy.of) : nullptr;
    if (file == nullptr) return fail(ErrorKind::NotFound, fmt::format("the package has no picture of item {}", order.item));
    copy.of_sha256 = file->digests.sha256;
    GZ_TRY_ASSIGN(const Bytes original, original_of(source, *file));
    auto drawn = draw_copy(original, order, practice_mark);
    if (!drawn) return fail(drawn.error().in(fmt::format("copy of item {}", order.item)));
    copy.sha256 = sha256_hex(*drawn);
    if (fs::exists(folder / copy.file, error)) return fail(ErrorKind::Exists, (folder / copy.file).string() + " is there already");
    GZ_TRY(write_atomically(folder / copy.file, *drawn));
    list.push_back(record_of(copy));
    copies.push_back(std::move(copy));
  }
  GZ_TRY_ASSIGN(const std::string text, canonical_json(Json{{"copies", list}, {"fingerprint", source.fingerprint}, {"package", source.id}}));
  if (fs::exists(folder / "copies.json", error)) return fail(ErrorKind::Exists, (folder / "copies.json").string() + " is there already");
  GZ_TRY(write_atomically(folder / "copies.json", as_bytes(text + "\n")));
  return copies;
}

}  // namespace guzheng
