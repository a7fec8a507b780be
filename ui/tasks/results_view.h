// ui. 监测任务, tabs 监测结果 and 线索: what a task found, by serial, and the clues before there is a task (GB/T 37919 5.2).
#pragma once

#include "core/desk/task_desk.h"
#include "ui/base/parts.h"

class QComboBox;
class QGridLayout;

namespace guzheng::ui {

class RowList;

class ResultsView : public QWidget {
  Q_OBJECT
 public:
  explicit ResultsView(TaskDesk& desk, QWidget* parent = nullptr);
  void show_task(const TaskView& view);
  void choose(std::int64_t result);
  [[nodiscard]] std::int64_t chosen() const { return chosen_; }
  [[nodiscard]] const ResultEntry* entry(std::int64_t id) const;

 signals:
  void result_wanted(qint64 result);
  void add_wanted();
  void import_wanted();
  void bulk_wanted();
  void capture_wanted(qint64 result);
  void edit_wanted(qint64 result);
  void attach_wanted(qint64 result);
  void package_wanted(const std::string& id);

 private:
  QWidget* build_filters();
  void show_rows();
  [[nodiscard]] bool wanted(const ResultEntry& one) const;
  void show_facts();

  TaskDesk& desk_;
  TaskView view_;
  std::int64_t chosen_ = 0;
  bool filling_ = false;
  RowList* list_;
  QLabel *count_, *empty_;
  QLineEdit* words_;
  QComboBox* stage_;
  QPushButton *add_, *import_, *bulk_, *capture_, *edit_, *attach_;
  QFrame* facts_;
  QGridLayout* grid_;
  QLayout* packages_;
};

class CluesView : public QWidget {
  Q_OBJECT
 public:
  explicit CluesView(TaskDesk& desk, QWidget* parent = nullptr);
  void refresh();
  [[nodiscard]] const ClueEntry* chosen() const;
  [[nodiscard]] const ClueEntry* entry(std::int64_t id) const;

 signals:
  void clue_wanted(qint64 clue);
  void document_wanted(const guzheng::Document& document);
  void add_wanted();
  void counted(int open);

 private:
  TaskDesk& desk_;
  void show_facts();
  RowList* list_;
  QLabel *empty_, *text_, *link_;
  QWidget* facts_;
  QLayout* documents_;
  QPushButton* open_only_;
  std::vector<ClueEntry> clues_;
  std::int64_t chosen_ = 0;
  bool filling_ = false;
};

}  // namespace guzheng::ui
