// ui. Forms of a task on paper (A-6.2, A-6.3c): what only the officer knows is asked first, then the pages are shown, printed, saved, sent back.
#pragma once

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSpinBox>

#include "core/desk/task_paper_desk.h"
#include "ui/evidence/report_window.h"
#include "ui/subjects/subject_form.h"

namespace guzheng::ui {

// 监测单位; of the report 结论与建议; of the platform count how often each platform was monitored.
class PaperForm : public FormWindow {
  Q_OBJECT
 public:
  PaperForm(const TaskPaper& paper, const QString& name, QWidget* parent);
  [[nodiscard]] TaskPaper paper() const;

 private:
  void add_visit(const PlatformVisits& visits);

  const TaskPaper before_;
  QLineEdit* made_by_;
  QPlainTextEdit* conclusion_ = nullptr;
  QVBoxLayout* visits_ = nullptr;
  std::vector<std::pair<QLineEdit*, QSpinBox*>> rounds_;
};

class TaskPaperWindow : public ReportWindow {
  Q_OBJECT
 public:
  TaskPaperWindow(ReportDesk& pages, TaskPaperDesk& desk, const PrintedPaper& paper, bool may_deliver);

 signals:
  void deliver_wanted();

 private:
  void save_pdf();
  void save_table();
  void told(const Status& done, const QString& file);

  TaskPaperDesk& desk_;
  const PrintedPaper made_;
};

}  // namespace guzheng::ui
