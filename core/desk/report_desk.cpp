#include "core/desk/report_desk.h"

#include <QBuffer>
#include <QPdfDocument>
#include <QPdfDocumentRenderOptions>

#include "core/compare/read_group.h"
#include "core/desk/trust.h"
#include "core/desk/workers.h"
#include "core/report/report.h"
#include "core/seal/package_reader.h"

namespace guzheng {
namespace {

QImage render_page(QPdfDocument& document, int number, int dpi) {
  const QSizeF points = document.pagePointSize(number);
  const QSize pixels(static_cast<int>(points.width() * dpi / 72.0), static_cast<int>(points.height() * dpi / 72.0));
  QImage paper(pixels, QImage::Format_RGB32);
  paper.fill(Qt::white);                   // the renderer leaves the paper transparent
  const QImage ink = document.render(number, pixels);
  for (int y = 0; y < paper.height() && y < ink.height(); ++y) {
    const auto* from = reinterpret_cast<const QRgb*>(ink.constScanLine(y));
    auto* to = reinterpret_cast<QRgb*>(paper.scanLine(y));
    for (int x = 0; x < paper.width(); ++x) {
      const int alpha = qAlpha(from[x]);   // premultiplied or opaque white: both mix to the same
      to[x] = alpha == 255 ? from[x]
                           : qRgb(qRed(from[x]) * alpha / 255 + 255 - alpha, qGreen(from[x]) * alpha / 255 + 255 - alpha,
                                  qBlue(from[x]) * alpha / 255 + 255 - alpha);
    }
  }
  return paper;
}

// A report's bytes, from its file or from the encrypted parts that stand in its place; never onto a disk.
Result<QByteArray> report_bytes(const std::filesystem::path& pdf, const Opener* opener) {
  constexpr std::uint64_t most = 1u << 30;
  std::error_code ec;
  Result<Bytes> bytes = fail(ErrorKind::NotFound, "no report " + pdf.string());
  const auto edition = pdf.parent_path();
  const std::string folder = edition.parent_path().string();
  if (std::filesystem::exists(pdf, ec) || !folder.ends_with(".report")) {
    bytes = read_file(pdf, most);
  } else {
    GZ_TRY_ASSIGN(const auto files, open_package(folder.substr(0, folder.size() - 7), opener));
    bytes = files->whole(".report/" + edition.filename().string() + "/" + pdf.filename().string(), most);
  }
  if (!bytes) return fail(bytes.error());
  return QByteArray(reinterpret_cast<const char*>(bytes->data()), static_cast<qsizetype>(bytes->size()));
}

// The document reads from `buffer`, which must outlive it.
Status load_report(QPdfDocument& document, QBuffer& buffer, const std::filesystem::path& pdf, const Opener* opener) {
  GZ_TRY_ASSIGN(const QByteArray bytes, report_bytes(pdf, opener));
  buffer.setData(bytes);
  buffer.open(QIODevice::ReadOnly);
  document.load(&buffer);
  if (document.status() != QPdfDocument::Status::Ready) return fail(ErrorKind::Invalid, "report: " + pdf.string() + " is no readable PDF");
  return ok();
}

}  // namespace

void ReportDesk::show(const std::string& id, const std::filesystem::path& package,
                      const std::vector<std::filesystem::path>& reports, const std::string& reason) {
  if (reports.empty()) {
    make(id, package, reason);
    return;
  }
  station_.record_opening(id, "report", reason);
  auto pdf = reports.back();
  if (pdf.extension() != ".pdf") pdf /= "report.pdf";
  emit ready(id, pdf.string(), false);
}

void ReportDesk::make(const std::string& id, const std::filesystem::path& package, const std::string& reason,
                      const std::vector<CopyOrder>& copies) {
  if (busy()) return;
  emit making(id);
  station_.record_opening(id, "report", reason);
  Job job{id, package, {}, {}, &station_.bureau(), copies.empty() ? std::string() : copies_text(copies), {}};
  run_then(station_.quick(), this,
           [vault = &station_.vault(), roots = roots_folder(), trust = trust_of(station_), job]() -> Result<Job> {
             if (job.bureau->officers.empty()) return fail(ErrorKind::Denied, "nobody is logged in who could sign the report");
             // the helper is told whom we trust; it must not take that from the package
             GZ_TRY(make_private_folder(roots));
             const TrustRoots now = trust_now(trust);
             GZ_TRY(write_atomically(roots / "org.pem", as_bytes(now.org_pem)));
             GZ_TRY(write_atomically(roots / "tsa.pem", as_bytes(now.tsa_pem)));
             GZ_TRY(write_atomically(roots / "org.crl", as_bytes(now.crl_pem)));
             GZ_TRY(write_atomically(roots / "copies.json", as_bytes(job.copies)));
             Job ready = job;
             ready.members = other_members(job.package, job.bureau->opener.get());
             GZ_TRY_ASSIGN(ready.folder, vault->next_report_folder(job.id));
             return ready;
           },
           [this, id](Result<Job> ready) {
             if (!ready) {
               emit failed(id, ready.error());
               return;
             }
             for (const auto& member : ready->members) station_.record_opening(member, kToCompare);       // 佐证对照 reads them
             run_helper(*ready);
           });
}

void ReportDesk::run_helper(const Job& wanted) {
  if (busy()) return;
  // printed and signed apart, then put beside the package whole: a window that dies meanwhile leaves no unsigned report there
  const auto making = clear_making(wanted.folder);
  if (!making) {
    emit failed(wanted.id, making.error());
    return;
  }
  Job job = wanted;
  job.made = *making / "report.pdf";
  questions_ = {};
  const auto text = [](const std::filesystem::path& path) { return QString::fromStdString(path.string()); };
  QStringList arguments{"report", text(job.package), "-o", text(job.made), "--org-ca", text(roots_folder() / "org.pem"), "--tsa-ca",
                        text(roots_folder() / "tsa.pem"), "--crl", text(roots_folder() / "org.crl"), "--key-pipe"};
  if (!job.copies.empty()) arguments << "--copies" << text(roots_folder() / "copies.json");
  process_.run(arguments, [this, job](const Status& drawn) { helper_ended(job, drawn); }, [this, job](const QByteArray& said) { helper_asked(job, said); });
  process_.answer(process_.number(), hello_frame(job.bureau->opener.get()));
}

// One question at a time, as the helper waits for each answer; opened off the GUI thread.
void ReportDesk::helper_asked(const Job& job, const QByteArray& said) {
  questions_.add({reinterpret_cast<const std::uint8_t*>(said.constData()), static_cast<std::size_t>(said.size())});
  auto frame = questions_.next();
  if (!frame) return process_.kill();      // it speaks no frames: it gets no answers
  if (!*frame) return;
  run_then(station_.quick(), this, [frame = std::move(**frame), bureau = job.bureau] { return answer_frame(frame, bureau->opener.get()); },
           [this, number = process_.number()](const Bytes& answer) { process_.answer(number, answer); });
}

void ReportDesk::helper_ended(const Job& job, const Status& drawn) {
  if (!drawn) {
    emit failed(job.id, drawn.error());
    return;
  }
  const auto pdf = job.folder / "report.pdf";
  run_then(station_.quick(), this,
           [job, pdf]() -> Result<FileDigests> {
             const Status is_signed = sign_report(job.made, *job.bureau, *job.bureau->officers.front());
             std::error_code unreadable;     // the signature stands when its stamp could not be had
             if (std::filesystem::exists(job.made.string() + ".p7s", unreadable)) GZ_TRY(publish_edition(job.made.parent_path(), job.folder));
             GZ_TRY(is_signed);
             return digest_file(pdf);
           },
           [this, id = job.id, pdf](Result<FileDigests> digests) {
             if (!digests) {
               emit failed(id, digests.error());
               return;
             }
             station_.record("op.report", Json{{"package", id}, {"sha256", digests->sha256},
                                               {"edition", pdf.parent_path().filename().string()}});
             emit ready(id, pdf.string(), true);
             station_.encrypt_pending();
           });
}

void ReportDesk::render(const std::filesystem::path& pdf, int dpi) {
  run_then(station_.quick(), this,
           [this, pdf, dpi, opener = station_.opener()] {
             QBuffer buffer;
             QPdfDocument document;
             if (!load_report(document, buffer, pdf, opener)) return -1;
             const int count = document.pageCount();
             for (int i = 0; i < count; ++i) {
               const QImage image = render_page(document, i, dpi);
               post(this, [this, pdf, i, count, image] { emit page(pdf.string(), i, count, image); });
             }
             return count;
           },
           [this, pdf](int count) {
             if (count < 0) {
               emit failed({}, Error{ErrorKind::Invalid, "report: " + pdf.string() + " is no readable PDF"});
             } else {
               emit pages_done(pdf.string(), count);
             }
           });
}

QImage ReportDesk::page_now(const std::filesystem::path& pdf, int number, int dpi) const {
  QBuffer buffer;
  QPdfDocument document;
  if (!load_report(document, buffer, pdf, station_.opener())) return {};
  return render_page(document, number, dpi);
}

void ReportDesk::printed(const std::string& id, const std::filesystem::path& pdf) {
  station_.record("op.print", Json{{"package", id}, {"file", pdf.filename().string()},
                                   {"edition", pdf.parent_path().filename().string()}});
}

}  // namespace guzheng
