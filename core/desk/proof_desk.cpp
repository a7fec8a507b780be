#include "core/desk/proof_desk.h"

#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QTextDocument>

#include "core/desk/workers.h"
#include "core/seal/proof_page.h"

namespace guzheng {
namespace {

constexpr int kPdfDpi = 300;
constexpr double kMarkShare = 0.018;       // of the sheet's height, for the practice mark

// In what QTextDocument knows of HTML: sizes on each paragraph.
QString paragraph(const std::string& text, const char* style) {
  return QStringLiteral("<p style=\"%1\">%2</p>").arg(QLatin1String(style), QString::fromStdString(text).toHtmlEscaped());
}

QString page_html(const CertificatePage& page) {
  QString out = paragraph(page.title, "font-size:16pt; font-weight:600; margin:0 0 4px 0;") + paragraph(page.verdict, "font-size:11pt; font-weight:600; margin:0 0 2px 0;");
  for (const auto& section : page.sections) {
    out += paragraph(section.heading, "font-size:10pt; font-weight:600; margin:6px 0 1px 0;");
    for (const auto& line : section.lines) out += paragraph("· " + line, "font-size:9pt; margin:0 0 0 10px;");
  }
  return out;
}

Result<std::string> write_proof(const QString& html, const std::filesystem::path& file, const QString& title, const QString& mark) {
  std::error_code ec;
  if (std::filesystem::exists(file, ec)) return fail(ErrorKind::Exists, file.string() + " is there already");
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  {
    QPdfWriter writer(&buffer);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF(14, 12, 14, 12), QPageLayout::Millimeter);
    writer.setResolution(kPdfDpi);
    writer.setTitle(title);
    writer.setCreator(QStringLiteral("Guzheng"));
    QPainter painter;
    if (!painter.begin(&writer)) return fail(ErrorKind::Io, "the PDF of the certificate could not be begun");
    paint_proof(painter, html, QSizeF(writer.width(), writer.height()), mark);
  }
  const ByteView view(reinterpret_cast<const std::uint8_t*>(bytes.constData()), static_cast<std::size_t>(bytes.size()));
  GZ_TRY(write_atomically(file, view));
  return sha256_hex(view);
}

}  // namespace

QString proof_mark(bool practice) { return practice ? QStringLiteral("练习 — 不得作为证据　Practice: no evidence") : QString(); }

void paint_proof(QPainter& painter, const QString& html, const QSizeF& sheet, const QString& mark) {
  const double band = mark.isEmpty() ? 0 : sheet.height() * kMarkShare;
  const QRectF room(0, band * 1.4, sheet.width(), sheet.height() - 2.8 * band);
  QTextDocument page;
  page.setDocumentMargin(0);
  QFont plain = page.defaultFont();
  plain.setLetterSpacing(QFont::AbsoluteSpacing, 0.02);  // no ligatures: a fingerprint must be found and copied as it stands; less than 1/64 is none
  page.setDefaultFont(plain);
  page.setHtml(html);
  // laid out in a width of its own and scaled onto the sheet: the widest that still fits has the largest letters
  double width = 620;
  page.setTextWidth(width);
  while (page.size().height() * room.width() / width > room.height() && width < 2400) {
    width *= 1.04;
    page.setTextWidth(width);
  }
  painter.save();
  painter.translate(room.topLeft());
  painter.scale(room.width() / width, room.width() / width);
  page.drawContents(&painter);
  painter.restore();
  if (mark.isEmpty()) return;
  QFont font = painter.font();
  font.setPixelSize(static_cast<int>(band * 0.8));
  font.setBold(true);
  painter.setFont(font);
  painter.setPen(QColor(0xb5, 0x20, 0x1d));
  painter.drawText(QRectF(0, 0, sheet.width(), band), Qt::AlignCenter, mark);
  painter.drawText(QRectF(0, sheet.height() - band, sheet.width(), band), Qt::AlignCenter, mark);
}

QString ProofDesk::html(const std::string& id) const {
  const auto* answer = vault_.answer(id);
  const auto* entry = vault_.entry(id);
  if (!answer || !entry) return {};
  const CertificateFacts facts{answer->verification, entry->folder.string(), station_.options().version, answer->at,
                               station_.clock().zone_minutes(), "guzheng"};
  return page_html(make_certificate(facts, Language::Chinese)) + QStringLiteral("<hr>") + page_html(make_certificate(facts, Language::English));
}

void ProofDesk::save(const std::string& id, const std::filesystem::path& pdf) {
  const auto page = html(id);
  if (page.isEmpty()) {
    emit failed(id, {ErrorKind::NotFound, "the package was not verified yet"});
    return;
  }
  const auto& verification = vault_.answer(id)->verification;
  run_then(station_.quick(), this,
           [page, pdf, title = QString::fromStdString(id), mark = proof_mark(verification.practice)] { return write_proof(page, pdf, title, mark); },
           [this, id, pdf, verdict = std::string(to_string(verification.verdict))](Result<std::string> digest) {
             if (!digest) {
               emit failed(id, digest.error());
               return;
             }
             station_.record("op.certificate", Json{{"file", pdf.filename().string()}, {"package", id}, {"sha256", *digest}, {"verdict", verdict}});
             emit saved(id, pdf.string(), *digest);
           });
}

void ProofDesk::printed(const std::string& id) { station_.record("op.print", Json{{"file", "certificate"}, {"package", id}}); }

}  // namespace guzheng
