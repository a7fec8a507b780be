// Room report, private: where the printer's pages come from. One in-process URL scheme serves the report's own parts;
// everything else is refused. GUI thread, but for the pictures, which are made by a small thread pool.
#pragma once

#include <QByteArray>
#include <QObject>
#include <QThreadPool>
#include <QWebEngineProfile>
#include <QWebEngineUrlRequestInterceptor>
#include <QWebEngineUrlSchemeHandler>

#include "core/report/content.h"

namespace guzheng {

inline constexpr char report_scheme[] = "guzheng-report";
QUrl report_url(const QString& part);      // guzheng-report:body.html …

// Refuses every request that is not for the report's own scheme, and counts them.
class RefuseRequests final : public QWebEngineUrlRequestInterceptor {
 public:
  using QWebEngineUrlRequestInterceptor::QWebEngineUrlRequestInterceptor;
  void interceptRequest(QWebEngineUrlRequestInfo& info) override;
  [[nodiscard]] int refused() const { return refused_; }

 private:
  int refused_ = 0;
};

class ReportParts final : public QWebEngineUrlSchemeHandler {
  Q_OBJECT

 public:
  explicit ReportParts(ReportContent content);
  ~ReportParts() override;
  void set_overlay(std::string html) { overlay_ = std::move(html); }
  void requestStarted(QWebEngineUrlRequestJob* job) override;

 private:
  void serve_picture(QWebEngineUrlRequestJob* job, std::size_t index);
  ReportContent content_;
  std::string overlay_;
  QThreadPool pool_;
  int width_;
};

}  // namespace guzheng
