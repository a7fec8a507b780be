// Room desk. Forms of monitoring tasks on paper (A-6.2, A-6.3c): the sheet, and each kind of feedback that it ticks, as PDF and as a table.
// Printed by a helper process (guzheng-evidence tasks form), so that the window never loads the web engine; it is given values and has neither
// book nor key. What only the officer knows (who monitored, conclusion, rounds) is kept beside the PDFs until the next time, in STATE/forms.
// GUI thread; answers come there through `told`, and are dropped when `to` is gone.
#pragma once

#include <QObject>
#include <filesystem>
#include <string>
#include <vector>

#include "core/desk/task_desk.h"
#include "core/report/task_forms.h"

namespace guzheng {

struct TaskPaper {
  std::int64_t task = 0;
  TaskForm form = TaskForm::Sheet;
  std::string name;                        // of the PDF, without .pdf
  std::string made_by, conclusion;         // of what goes back
  std::vector<PlatformVisits> visits;      // of the platform count
};
struct PrintedPaper {
  TaskPaper paper;
  std::string number;                      // of the sheet
  std::filesystem::path pdf;
};

class TaskPaperDesk : public QObject {
  Q_OBJECT
 public:
  explicit TaskPaperDesk(TaskDesk& tasks) : tasks_(tasks) {}

  [[nodiscard]] TaskDesk& tasks() const { return tasks_; }
  // Invalid: something compulsory is missing. NotFound: the helper is not there; Io: what it said.
  void make(const TaskPaper& paper, QObject* to, Told<PrintedPaper> told);
  // What was written the last time; of the first time platforms as the results name them, once each.
  void last(std::int64_t task, TaskForm form, QObject* to, Told<TaskPaper> told);
  // What goes back as a table, of the report its numbers, of the platform count its rounds: CSV or XLSX by the file's name, never over a file. Invalid: the sheet.
  void write_table(const TaskPaper& paper, const std::filesystem::path& file, QObject* to, Told<void> told);
  void save_pdf(const PrintedPaper& paper, const std::filesystem::path& file, QObject* to, Told<void> told);   // replaces the file: the officer was asked
  void printed(const PrintedPaper& paper); // goes into the operation log

 private:
  struct Job {
    TaskPaper paper;
    std::string number;
    std::filesystem::path values, pdf, words;
  };
  [[nodiscard]] std::filesystem::path folder() const { return tasks_.station().private_folder() / "forms"; }
  void draw(const Job& job, const QPointer<QObject>& to, const Told<PrintedPaper>& told);
  void drawn(const Status& done, const Job& job, const QPointer<QObject>& to, const Told<PrintedPaper>& told);

  TaskDesk& tasks_;
};

}  // namespace guzheng
