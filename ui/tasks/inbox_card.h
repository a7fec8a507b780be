// ui. 监测任务, left: the tasks by due day with working days left, searched and filtered, unread ones marked.
#pragma once

#include <QLineEdit>
#include <QTimer>
#include <array>

#include "core/desk/task_desk.h"
#include "ui/base/parts.h"

class QComboBox;

namespace guzheng::ui {

class RowList;

class InboxCard : public Card {
  Q_OBJECT
 public:
  explicit InboxCard(TaskDesk& desk, QWidget* parent = nullptr);
  void refresh();
  void choose(std::int64_t task);          // as soon as it is listed
  void focus_search();

 signals:
  void task_wanted(qint64 task);
  void new_wanted();

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  enum Filter { Mine, Overdue, Soon, All };
  [[nodiscard]] TaskFilter filter(Filter which) const;
  void show_page(const TaskPage& page);

  TaskDesk& desk_;
  QBoxLayout* search_;
  QLineEdit* words_;
  QComboBox* category_;
  std::array<QPushButton*, 4> pills_{};
  RowList* list_;
  QLabel* empty_;
  Filter filter_ = Mine;
  std::int64_t chosen_ = 0;
  int asked_ = 0;                          // only the newest answer is shown
  bool filling_ = false;
  QTimer soon_;
};

}  // namespace guzheng::ui
