// ui. The evidence report as pages, in a window of its own: look, print, open elsewhere. Not modal.
#pragma once

#include <QPrinter>
#include <QWidget>
#include <memory>

#include "core/desk/report_desk.h"

class QLabel;
class QVBoxLayout;

namespace guzheng::ui {

class ReportWindow : public QWidget {
  Q_OBJECT
 public:
  ReportWindow(ReportDesk& desk, std::string id, std::string pdf);

 private:
  void print();
  void print_page(int number);

  ReportDesk& desk_;
  const std::string id_, pdf_;
  QVBoxLayout* pages_;
  QLabel* state_;
  int count_ = 0;
  std::shared_ptr<QPrinter> printer_;
  std::shared_ptr<QPainter> painter_;
};

}  // namespace guzheng::ui
