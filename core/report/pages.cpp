#include "core/report/pages.h"

#include <QBuffer>
#include <QPointer>
#include <QUrl>
#include <QWebEngineUrlRequestInfo>
#include <QWebEngineUrlRequestJob>

#include "core/report/picture.h"

namespace guzheng {
namespace {

// 660 px on 55.8 mm are 300 dpi; long reports take 200 dpi, so that 500 pictures stay printable.
constexpr std::size_t few_pictures = 60;
constexpr int fine_width = 660, coarse_width = 440;

void reply(QWebEngineUrlRequestJob* job, const char* type, const QByteArray& bytes) {
  auto* buffer = new QBuffer(job);         // owned by the job, read by it until it ends
  buffer->setData(bytes);
  buffer->open(QIODevice::ReadOnly);
  job->reply(type, buffer);
}

QByteArray bytes_of(const std::string& text) { return {text.data(), static_cast<int>(text.size())}; }

}  // namespace

QUrl report_url(const QString& part) { return QUrl(QString::fromLatin1(report_scheme) + "://report/" + part); }

void RefuseRequests::interceptRequest(QWebEngineUrlRequestInfo& info) {
  if (info.requestUrl().scheme() == QLatin1String(report_scheme)) return;
  ++refused_;
  info.block(true);
}

ReportParts::ReportParts(ReportContent content)
    : content_(std::move(content)), width_(content_.pictures.size() <= few_pictures ? fine_width : coarse_width) {
  pool_.setMaxThreadCount(2);
}

ReportParts::~ReportParts() {
  pool_.clear();
  pool_.waitForDone();
}

void ReportParts::requestStarted(QWebEngineUrlRequestJob* job) {
  const QString part = job->requestUrl().path().mid(1);
  if (part == "body.html") return reply(job, "text/html", bytes_of(content_.body));
  if (part == "overlay.html") return reply(job, "text/html", bytes_of(overlay_));
  if (part == "report.css") return reply(job, "text/css", bytes_of(content_.css));
  if (part == "qr.svg") return reply(job, "image/svg+xml", bytes_of(content_.qr_svg));
  bool is_number = false;
  const uint index = part.startsWith("shot/") ? part.mid(5).toUInt(&is_number) : 0;
  if (is_number && index < content_.pictures.size()) return serve_picture(job, index);
  job->fail(QWebEngineUrlRequestJob::UrlNotFound);
}

void ReportParts::serve_picture(QWebEngineUrlRequestJob* job, std::size_t index) {
  QPointer<QWebEngineUrlRequestJob> waiting(job);
  pool_.start([this, waiting, file = content_.pictures[index], read = content_.read, mark = content_.practice_mark] {
    const auto png = read && !file.empty() ? read(file) : Result<Bytes>(Bytes());
    QByteArray picture = read ? print_picture(png ? ByteView(*png) : ByteView(), width_, mark) : print_picture(file, width_, mark);
    QMetaObject::invokeMethod(
        this,
        [waiting, picture] {
          if (waiting) reply(waiting, "image/jpeg", picture);
        },
        Qt::QueuedConnection);
  });
}

}  // namespace guzheng
