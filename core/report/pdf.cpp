#include "core/report/pdf.h"

#include <QBuffer>
#include <QFont>
#include <QPageLayout>
#include <QPageSize>
#include <QPainter>
#include <QPainterPath>
#include <QPdfWriter>
#include <QString>
#include <algorithm>
#include <exception>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

namespace guzheng {
namespace {

constexpr double dots_per_mm = 300.0 / 25.4;

void read_pdf(QPDF& pdf, const QByteArray& bytes, const char* name) {
  pdf.setSuppressWarnings(true);
  pdf.processMemoryFile(name, bytes.constData(), static_cast<std::size_t>(bytes.size()));
}

QPainterPath centred_text(const QFont& font, const QString& text) {
  QPainterPath path;
  path.addText(0, 0, font, text);
  const QPointF centre = path.boundingRect().center();
  path.translate(-centre.x(), -centre.y());
  return path;
}

// addText ignores the device's dpi: sizes are in pixels of the page.
QFont font_of(const char* family, double mm, bool bold) {
  QFont font(family);
  font.setPixelSize(static_cast<int>(mm * dots_per_mm));
  font.setBold(bold);
  return font;
}

void draw_practice_mark(QPainter& painter, const QString& mark) {
  const QPainterPath path = centred_text(font_of("Noto Sans CJK SC", 15.5, true), mark);
  for (const double y : {93.0, 214.0}) {
    painter.save();
    painter.translate(106 * dots_per_mm, y * dots_per_mm);
    painter.rotate(-32);
    painter.fillPath(path, QColor(205, 40, 50, 34));
    painter.restore();
  }
}

void draw_edge_seal(QPainter& painter) {
  constexpr double radius = 20, x = 210, y = 148;
  QPen pen(QColor(120, 120, 120), 0.25 * dots_per_mm);
  pen.setDashPattern({6, 4});
  painter.setPen(pen);
  painter.setBrush(Qt::NoBrush);
  painter.drawEllipse(QPointF(x, y) * dots_per_mm, radius * dots_per_mm, radius * dots_per_mm);
  const QString text = QStringLiteral("骑缝章");
  const QFont font = font_of("Noto Serif CJK SC", 3, false);
  for (int i = 0; i < text.size(); ++i) {
    painter.save();
    painter.translate(199.5 * dots_per_mm, (y + (i - 1) * 4.6) * dots_per_mm);
    painter.fillPath(centred_text(font, text.mid(i, 1)), QColor(110, 110, 110));
    painter.restore();
  }
}

// Adds `form` to the page's own resources under a free name and draws it over what is there.
void place(QPDF& pdf, QPDFPageObjectHelper& page, QPDFObjectHandle form) {
  auto resources = page.getAttribute("/Resources", true);
  if (!resources.isDictionary()) {
    resources = QPDFObjectHandle::newDictionary();
    page.getObjectHandle().replaceKey("/Resources", resources);
  }
  int suffix = 1;
  const std::string name = resources.getUniqueResourceName("/Over", suffix);
  const std::string content = page.placeFormXObject(form, name, page.getTrimBox().getArrayAsRectangle());
  resources.mergeResources(QPDFObjectHandle::parse("<< /XObject << >> >>"));
  resources.getKey("/XObject").replaceKey(name, form);
  page.addPageContents(QPDFObjectHandle::newStream(&pdf, "q\n"), true);
  page.addPageContents(QPDFObjectHandle::newStream(&pdf, "\nQ\n" + content), false);
}

void set_title(QPDF& pdf, const std::string& title, const std::string& subject) {
  QPDFObjectHandle info = pdf.getTrailer().getKey("/Info");
  if (!info.isDictionary()) {
    info = pdf.makeIndirectObject(QPDFObjectHandle::newDictionary());
    pdf.getTrailer().replaceKey("/Info", info);
  }
  info.replaceKey("/Title", QPDFObjectHandle::newUnicodeString(title));
  info.replaceKey("/Subject", QPDFObjectHandle::newString(subject));
}

QByteArray write_pdf(QPDF& pdf) {
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.setObjectStreamMode(qpdf_o_disable);
  writer.write();
  const auto buffer = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(buffer->getBuffer()), static_cast<int>(buffer->getSize())};
}

}  // namespace

Result<int> count_pdf_pages(const QByteArray& bytes) {
  try {
    QPDF pdf;
    read_pdf(pdf, bytes, "body");
    return static_cast<int>(QPDFPageDocumentHelper(pdf).getAllPages().size());
  } catch (const std::exception& error) {
    return fail(ErrorKind::Invalid, std::string("printed pages: ") + error.what());
  }
}

QByteArray draw_page_marks(const std::string& practice_mark, bool edge_seal) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  QPdfWriter writer(&buffer);
  writer.setResolution(300);
  writer.setPageLayout(QPageLayout(QPageSize(QPageSize::A4), QPageLayout::Portrait, QMarginsF(0, 0, 0, 0)));
  QPainter painter(&writer);
  if (!practice_mark.empty()) draw_practice_mark(painter, QString::fromStdString(practice_mark));
  if (edge_seal) draw_edge_seal(painter);
  painter.end();
  return bytes;
}

Result<QByteArray> lay_over(const QByteArray& body, const QByteArray& overlay, const QByteArray& marks,
                            const std::string& title, const std::string& subject) {
  try {
    QPDF pdf, over, mark;
    read_pdf(pdf, body, "body");
    read_pdf(over, overlay, "overlay");
    read_pdf(mark, marks, "marks");
    auto pages = QPDFPageDocumentHelper(pdf).getAllPages();
    auto over_pages = QPDFPageDocumentHelper(over).getAllPages();
    auto mark_pages = QPDFPageDocumentHelper(mark).getAllPages();
    if (pages.size() != over_pages.size() || mark_pages.size() != 1) {
      return fail(ErrorKind::Invalid, "header pages do not match the body: " + std::to_string(over_pages.size()) + " for " +
                                          std::to_string(pages.size()));
    }
    const auto mark_form = pdf.copyForeignObject(mark_pages.front().getFormXObjectForPage());
    for (std::size_t i = 0; i < pages.size(); ++i) {
      place(pdf, pages[i], mark_form);
      place(pdf, pages[i], pdf.copyForeignObject(over_pages[i].getFormXObjectForPage()));
    }
    set_title(pdf, title, subject);
    return write_pdf(pdf);
  } catch (const std::exception& error) {
    return fail(ErrorKind::Invalid, std::string("laying pages over: ") + error.what());
  }
}

}  // namespace guzheng
