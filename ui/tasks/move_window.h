// ui. One move of the loop as a form: it asks for what the table of moves requires, and nothing else (A-6.4a, A-6.4c).
#pragma once

#include <QCheckBox>

#include "core/desk/task_desk.h"
#include "ui/subjects/subject_form.h"

namespace guzheng::ui {

class DocumentRow;

// Others that a move may name: results to merge into, tasks that a clue becomes.
struct MoveTarget {
  std::int64_t id = 0;
  QString name;
};

class MoveWindow : public FormWindow {
  Q_OBJECT
 public:
  // Units of the subject library are proposed; any other may be written.
  MoveWindow(TaskDesk& desk, const SubjectDesk& subjects, const FlowItem& item, FlowMove move, std::vector<MoveTarget> targets, QWidget* parent);
  static bool asks(const FlowItem& item, FlowMove move);         // false: nothing to ask, it can be done at once
  void set_feedback(FeedbackKind kind);
  void add_document(const Document& document);
  [[nodiscard]] MoveOrder order() const;

 private:
  void add_need(MoveNeed need);
  QComboBox* units(const QString& name, const std::string& proposed);

  TaskDesk& desk_;
  const SubjectDesk& subjects_;
  const FlowItem item_;
  const FlowMove move_;
  const std::vector<MoveTarget> targets_;
  QLineEdit *reason_ = nullptr, *basis_ = nullptr, *package_ = nullptr;
  QPlainTextEdit* text_ = nullptr;
  QComboBox *unit_ = nullptr, *outcome_ = nullptr, *extension_ = nullptr, *target_ = nullptr, *feedback_ = nullptr;
  QDateEdit* until_ = nullptr;
  std::vector<QCheckBox*> measures_;
  DocumentRow* documents_ = nullptr;
};

// 批量分派: those results of one task that wait for it, ticked, to one unit.
class BulkWindow : public FormWindow {
  Q_OBJECT
 public:
  BulkWindow(const TaskDesk& desk, const SubjectDesk& subjects, const std::vector<ResultEntry>& results, QWidget* parent);
  [[nodiscard]] std::vector<std::int64_t> ids() const;
  [[nodiscard]] MoveOrder order() const;

 private:
  std::vector<std::pair<QCheckBox*, std::int64_t>> boxes_;
  QComboBox* unit_;
};

}  // namespace guzheng::ui
