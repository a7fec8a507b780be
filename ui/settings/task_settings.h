// ui. 设置 → 监测任务: the numbering rule of sheets, the years of the working-day calendar with the notice each goes by, and who has which duty.
#pragma once

#include <QWidget>

#include "core/desk/task_settings_desk.h"

class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace guzheng::ui {

class MessageBar;
class RowList;

class TaskSettingsView : public QWidget {
  Q_OBJECT
 public:
  explicit TaskSettingsView(TaskSettingsDesk& desk, QWidget* parent = nullptr);
  void refresh();                          // reads anew; also when somebody came or went

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  QWidget* build_rule();
  QWidget* build_calendar();
  QWidget* build_duties();
  void show_settings(const TaskSettings& settings);
  void show_duties();
  void refresh_rule();
  void set_rule();
  void take_notice();
  void show_taking(const NoticeTaking& taking);
  void recount();

  TaskSettingsDesk& desk_;
  MessageBar* messages_;
  QLineEdit* rule_;
  QLabel *sample_, *duties_told_;
  RowList* years_;
  QGridLayout* duties_;
  QPushButton *keep_rule_, *take_, *recount_;
  std::vector<std::int64_t> moved_;        // results whose day the last notice moves
  QString kept_;
};

}  // namespace guzheng::ui
