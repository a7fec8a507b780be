// ui. 工作台: what needs whoever sits here today — tasks and results by working days left, evidence to be reviewed or completed, nodes in trouble,
// subjects whose refresh is overdue —, and above it the one next thing. Only what is there: nothing is made up when a list is empty.
#pragma once

#include <QTimer>
#include <array>

#include "core/desk/node_desk.h"
#include "core/desk/subject_desk.h"
#include "core/desk/sync_desk.h"
#include "core/desk/task_desk.h"
#include "core/desk/vault_desk.h"
#include "ui/base/parts.h"

class QProgressBar;

namespace guzheng::ui {

class RowList;

class HomePage : public QWidget {
  Q_OBJECT
 public:
  HomePage(TaskDesk& tasks, VaultDesk& vault, NodeDesk& nodes, SubjectDesk& subjects, SyncDesk& sync, QWidget* parent = nullptr);
  void refresh();

 signals:
  void task_wanted(qint64 task);
  void result_wanted(qint64 task, qint64 result);
  void clues_wanted();
  void package_wanted(const std::string& id);
  void nodes_wanted();
  void subjects_wanted();
  void capture_wanted();
  void sync_wanted();

 protected:
  void showEvent(QShowEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  struct Due {                             // a line of the list
    std::int64_t task = 0, result = 0;     // result 0: the task itself
    std::optional<Day> day;
    FlowState state = FlowState::None;
    QString title, under;
    bool unread = false;
  };
  QWidget* build_hero();
  QWidget* build_due();
  QWidget* build_side();
  void take(std::vector<Due> due, bool results);
  void show_due();
  void show_hero();
  void show_evidence();
  void show_nodes();
  void show_subjects();
  void show_sync();
  void show_notices(const std::vector<Notice>& notices);
  void open_notice(const Notice& notice);
  void open(const Due& due);
  [[nodiscard]] bool wanted(const Due& due, int filter) const;

  TaskDesk& tasks_;
  VaultDesk& vault_;
  NodeDesk& nodes_;
  SubjectDesk& subjects_;
  SyncDesk& sync_;
  QTimer soon_;
  std::vector<Due> of_tasks_, of_results_, due_, shown_;
  std::array<QPushButton*, 4> pills_{};
  int filter_ = 0, asked_ = 0;
  QLabel *hero_icon_, *hero_small_, *hero_title_, *hero_under_, *none_, *node_none_, *evidence_none_, *subject_text_, *day_;
  QPushButton* go_;
  RowList *list_, *evidence_, *node_list_, *notice_list_;
  QWidget *side_, *notice_card_;
  struct SyncLine {                        // one package that is on its way or waits
    QWidget* whole = nullptr;
    QLabel *name = nullptr, *state = nullptr;
    QProgressBar* bar = nullptr;
  };
  std::array<SyncLine, 2> sync_lines_{};
  Card* sync_card_ = nullptr;
  QLabel* sync_text_ = nullptr;
  QPushButton* sync_pause_ = nullptr;
  std::vector<Notice> notices_;
};

}  // namespace guzheng::ui
