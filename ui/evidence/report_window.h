// ui. A report or a form as pages, in a window of its own: look, print, open elsewhere. Not modal.
#pragma once

#include <QPrinter>
#include <QWidget>
#include <functional>
#include <memory>

#include "core/desk/report_desk.h"

class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace guzheng::ui {

struct Paper {
  QString title, name;                     // of the window; of the printer's job
  std::string pdf;
  std::function<void()> printed;           // it went to the printer
};

class ReportWindow : public QWidget {
  Q_OBJECT
 public:
  ReportWindow(ReportDesk& desk, Paper paper);

 protected:
  [[nodiscard]] QHBoxLayout* bar() const { return bar_; }        // more buttons go before 打印
  void say(const QString& text);

 private:
  void print();
  void print_page(int number);

  ReportDesk& desk_;
  const Paper paper_;
  QHBoxLayout* bar_;
  QVBoxLayout* pages_;
  QLabel* state_;
  int count_ = 0, shown_ = 0;
  std::shared_ptr<QPrinter> printer_;
  std::shared_ptr<QPainter> painter_;
};

}  // namespace guzheng::ui
