// ui. Forms of what monitoring found: one result with its operator chosen from the subject library, a table of a third party, a clue.
#pragma once

#include "core/desk/subject_search.h"
#include "core/desk/task_desk.h"
#include "ui/subjects/subject_form.h"

namespace guzheng::ui {

class DocumentRow;
class RowList;

// A field for a name with what the subject library finds below it: ↓ and Enter, or a click, take one.
class SubjectPick : public QWidget {
  Q_OBJECT
 public:
  SubjectPick(SubjectDesk& subjects, const QString& name, QWidget* parent = nullptr);
  ~SubjectPick() override;
  [[nodiscard]] QLineEdit* field() const { return name_; }
  [[nodiscard]] std::string subject() const { return subject_; }      // id; "" when none was taken
  void set(const std::string& name, const std::string& subject);

 signals:
  void taken(const guzheng::Subject& subject);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void take(int row);

  SubjectSearch search_;
  QLineEdit* name_;
  RowList* found_;
  QLabel* linked_;
  std::vector<SubjectLine> lines_;
  std::string subject_;
  bool filling_ = false;
};

class ResultForm : public FormWindow {
  Q_OBJECT
 public:
  // `old`: one that is to be completed or put right, which needs a reason unless only its subject is linked.
  ResultForm(SubjectDesk& subjects, QWidget* parent, const ResultEntry* old = nullptr);
  [[nodiscard]] MonitorResult result() const;
  [[nodiscard]] std::string why() const;
  bool check();                            // false: what is wrong is said in the window

 private:
  void fill(const MonitorResult& old);

  MonitorResult old_;
  QLineEdit *link_, *snapshot_, *code_, *platform_, *violation_, *field_, *why_ = nullptr;
  QPlainTextEdit* note_;
  SubjectPick* operator_;
};

class ClueForm : public FormWindow {
  Q_OBJECT
 public:
  ClueForm(TaskDesk& desk, SubjectDesk& subjects, QWidget* parent);
  [[nodiscard]] Clue clue() const;

 private:
  QComboBox* source_;
  QLineEdit *from_, *number_, *link_;
  QDateEdit* received_;
  SubjectPick* operator_;
  QPlainTextEdit* content_;
  DocumentRow* documents_;
};

// 导入第三方结果: what the table holds and what is wrong with it, before anything is entered.
class ResultImportWindow : public QWidget {
  Q_OBJECT
 public:
  ResultImportWindow(TaskDesk& desk, std::int64_t task, const QString& file, QWidget* parent);

 signals:
  void entered(int results);

 private:
  void show_table(const ResultFile& table);
  void enter();

  TaskDesk& desk_;
  const std::int64_t task_;
  MessageBar* messages_;
  QLabel* summary_;
  RowList* rows_;
  QPushButton* enter_;
  std::vector<MonitorResult> results_;
};

}  // namespace guzheng::ui
