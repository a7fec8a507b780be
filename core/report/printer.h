// Room report, private: one printing job, from HTML to the finished PDF. Lives on the GUI thread; deletes itself after `done`.
#pragma once

#include <QObject>
#include <QPageLayout>
#include <QWebEnginePage>
#include <QWebEngineProfile>
#include <functional>
#include <memory>

#include "core/report/pages.h"
#include "core/report/print.h"

namespace guzheng {

class ReportPrinter final : public QObject {
  Q_OBJECT

 public:
  ReportPrinter(PrintInput input, std::function<void(PrintOutcome)> done);
  ~ReportPrinter() override;
  void start();

 private:
  void load(const QString& part, const QPageLayout& layout, void (ReportPrinter::*next)(QByteArray));
  void on_printed(const QByteArray& pdf);
  void print_overlay(QByteArray body);
  void finish(QByteArray overlay);
  void end(Status status);

  PrintInput input_;
  std::function<void(PrintOutcome)> done_;
  QByteArray body_;
  int pages_ = 0;
  RefuseRequests refuse_;
  std::unique_ptr<ReportParts> parts_;
  std::unique_ptr<QWebEngineProfile> profile_;     // off the record
  std::unique_ptr<QWebEnginePage> page_;           // dies before its profile
  void (ReportPrinter::*next_)(QByteArray) = nullptr;
};

}  // namespace guzheng
