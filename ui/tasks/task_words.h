// ui. The words and signs of monitoring tasks. Pure.
#pragma once

#include <QColor>
#include <QDate>
#include <QString>

#include "core/desk/task_desk.h"
#include "ui/base/row_list.h"

namespace guzheng::ui {

class TaskWords {
 public:
  static QString word(TaskCategory category);
  static QString short_word(TaskCategory category);        // 日常, 专项, 研究
  static QString word(TaskMethod method);
  static QString word(TargetKind kind);
  static QString word(FeedbackKind kind);
  static QString word(FlowState state);
  static QString word(FlowMove move);      // as a thing that is done: 提交, 签收
  static QString word(Measure measure);
  static QString word(ClueOutcome outcome);
  static QString word(ExtensionReason reason);
  static QString word(ClueSource source);
  static QString word(SheetField field);
  static QString word(ResultField field);
  static QString word(ResultTrouble trouble);
  static QString word(ImportTrouble trouble);
  static QString word(RowProblemKind problem);             // of a row of a table
  static QString needs(FlowState stage);   // what the step after this state requires, for the timeline
  static QString day(Day day);             // 9月18日, of this year; else 2025-09-18
  static QString week_day(Day day);        // 周五
  static QString left(const DeadlineStanding& standing);   // 逾期 3 个工作日, 今日到期, 剩 2 个工作日
  static QString icon_of(const DeadlineStanding& standing);
  static RowChip chip(const DeadlineStanding& standing);
  static RowChip chip(FlowState state);
  static QString paper_name(const TaskEntry& task, const QString& form);       // of a printed form's file, without .pdf
  static QString operator_of(const MonitorResult& result);
  static QDate date(std::optional<Day> day);
  static std::optional<Day> day_of(const QDate& date);
};

}  // namespace guzheng::ui
