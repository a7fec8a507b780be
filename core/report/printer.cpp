#include "core/report/printer.h"

#include <QColor>
#include <QCoreApplication>
#include <QPageSize>
#include <QPointer>
#include <QThreadPool>
#include <QWebEngineSettings>
#include <functional>
#include <utility>

#include "core/base/file.h"
#include "core/report/pdf.h"

namespace guzheng {
namespace {

// Layout kept from the form: 37 top, 26 right, 35 bottom, 28 left.
QPageLayout body_layout() {
  return {QPageSize(QPageSize::A4), QPageLayout::Portrait, QMarginsF(28, 37, 26, 35), QPageLayout::Millimeter};
}
QPageLayout overlay_layout() { return {QPageSize(QPageSize::A4), QPageLayout::Portrait, QMarginsF(0, 0, 0, 0), QPageLayout::Millimeter}; }

Status write_report(const std::filesystem::path& output, const QByteArray& pdf) {
  if (output.has_parent_path()) {
    std::error_code error;
    std::filesystem::create_directories(output.parent_path(), error);
    if (error) return fail(error_from_errno(error.value(), "make " + output.parent_path().string()));
  }
  return write_atomically(output, {reinterpret_cast<const std::uint8_t*>(pdf.constData()), static_cast<std::size_t>(pdf.size())});
}

// Nothing runs in a report: values come from phones.
void close_down(QWebEngineSettings& settings) {
  for (const auto attribute :
       {QWebEngineSettings::JavascriptEnabled, QWebEngineSettings::PluginsEnabled, QWebEngineSettings::LocalStorageEnabled,
        QWebEngineSettings::LocalContentCanAccessRemoteUrls, QWebEngineSettings::LocalContentCanAccessFileUrls,
        QWebEngineSettings::DnsPrefetchEnabled, QWebEngineSettings::AutoLoadIconsForPage, QWebEngineSettings::WebGLEnabled}) {
    settings.setAttribute(attribute, false);
  }
  settings.setAttribute(QWebEngineSettings::PrintElementBackgrounds, true);
}

}  // namespace

ReportPrinter::ReportPrinter(PrintInput input, std::function<void(PrintOutcome)> done)
    : input_(std::move(input)), done_(std::move(done)), parts_(std::make_unique<ReportParts>(input_.content)) {}

ReportPrinter::~ReportPrinter() {
  page_.reset();
  profile_.reset();
}

void ReportPrinter::start() {
  profile_ = std::make_unique<QWebEngineProfile>();
  profile_->setUrlRequestInterceptor(&refuse_);
  profile_->installUrlSchemeHandler(report_scheme, parts_.get());
  load("body.html", body_layout(), &ReportPrinter::print_overlay);
}

void ReportPrinter::load(const QString& part, const QPageLayout& layout, void (ReportPrinter::*next)(QByteArray)) {
  next_ = next;
  page_ = std::make_unique<QWebEnginePage>(profile_.get());
  close_down(*page_->settings());
  page_->setBackgroundColor(QColor(Qt::transparent));      // a white overlay would hide the body
  connect(page_.get(), &QWebEnginePage::renderProcessTerminated, this, [this] {
    end(fail(ErrorKind::Io, "the page renderer ended before the report was printed"));
  });
  connect(page_.get(), &QWebEnginePage::loadFinished, this, [this, layout](bool loaded) {
    if (!loaded) return end(fail(ErrorKind::Io, "the report's page could not be loaded"));
    page_->printToPdf([self = QPointer<ReportPrinter>(this)](const QByteArray& pdf) {
      if (self) self->on_printed(pdf);
    }, layout);
  });
  page_->load(report_url(part));
}

void ReportPrinter::on_printed(const QByteArray& pdf) {
  if (pdf.isEmpty()) return end(fail(ErrorKind::Io, "the page renderer printed nothing"));
  // the page may not be replaced from within its own callback
  QMetaObject::invokeMethod(
      this, [this, pdf] { std::invoke(std::exchange(next_, nullptr), this, pdf); }, Qt::QueuedConnection);
}

void ReportPrinter::print_overlay(QByteArray body) {
  const auto pages = count_pdf_pages(body);
  if (!pages) return end(fail(pages.error()));
  auto overlay = input_.overlay ? input_.overlay(*pages) : make_report_overlay(input_.values, input_.forms, *pages);
  if (!overlay) return end(fail(overlay.error()));
  body_ = std::move(body);
  pages_ = *pages;
  parts_->set_overlay(std::move(*overlay));
  load("overlay.html", overlay_layout(), &ReportPrinter::finish);
}

void ReportPrinter::finish(QByteArray overlay) {
  // a long report has tens of megabytes: laid over and written on another thread
  QThreadPool::globalInstance()->start([self = QPointer<ReportPrinter>(this), body = body_, overlay = std::move(overlay),
                                        title = input_.content.title, subject = input_.content.subject, mark = input_.content.practice_mark, seal = input_.edge_seal,
                                        output = input_.output] {
    const auto pdf = lay_over(body, overlay, draw_page_marks(mark, seal), title, subject);
    const Status status = pdf ? write_report(output, *pdf) : Status(fail(pdf.error()));
    QMetaObject::invokeMethod(
        qApp, [self, status] {
          if (self) self->end(status);
        },
        Qt::QueuedConnection);
  });
}

void ReportPrinter::end(Status status) {
  if (!done_) return;
  if (page_) page_->disconnect(this);
  // page and profile go first: the caller may end the program in `done`
  QMetaObject::invokeMethod(
      this,
      [this, done = std::exchange(done_, nullptr), status = std::move(status)] {
        page_.reset();
        profile_.reset();
        deleteLater();
        done({status, pages_, refuse_.refused()});
      },
      Qt::QueuedConnection);
}

void print_report(PrintInput input, std::function<void(PrintOutcome)> done) {
  auto* printer = new ReportPrinter(std::move(input), std::move(done));      // deletes itself
  printer->start();
}

}  // namespace guzheng
