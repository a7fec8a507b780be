// ui. 《网络交易监测任务单》 as a form: the labels of Annex A in their order (A-AnA), filled by keyboard, kept by itself a moment after each change.
#pragma once

#include <QCheckBox>
#include <QDateEdit>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QTimer>
#include <array>
#include <functional>

#include "core/desk/task_desk.h"
#include "ui/base/parts.h"

class QButtonGroup;
class QGridLayout;

namespace guzheng::ui {

class ChipField;

class SheetForm : public QWidget {
  Q_OBJECT
 public:
  explicit SheetForm(TaskDesk& desk, QWidget* parent = nullptr);
  void show_task(const TaskView& view);
  [[nodiscard]] TaskSheet sheet() const;
  [[nodiscard]] bool dirty() const { return dirty_; }
  void save_now();                         // what waits for the next autosave
  void submit();                           // saved, then submit_wanted()
  void print();                            // saved, then print_wanted()
  void focus_first();

 signals:
  void submit_wanted(qint64 task);
  void print_wanted(qint64 task);
  void paper_wanted(qint64 task, int feedback);
  void deliver_wanted(qint64 task, int feedback);
  void document_wanted(const guzheng::Document& document);       // a picture or sound of the feature words, to be saved
  void refused(const guzheng::Error& error);

 private:
  QWidget* build_sheet();
  QWidget* build_foot();
  QLineEdit* text_row(SheetField field);
  void add_row(const QString& name, bool compulsory, QWidget* field, bool top = false);
  QWidget* build_issuer();
  QWidget* build_categories();
  QWidget* build_methods();
  QWidget* build_times();
  QWidget* build_targets();
  QWidget* build_features();
  QWidget* build_feedback();
  void fill(const TaskSheet& sheet);
  void set_editable(bool editable);
  void edited();
  void save_then(const std::function<void(std::int64_t)>& act);
  void show_progress();
  void show_feedback();
  void add_file(ChipField* field);

  TaskDesk& desk_;
  FlowItem item_;
  std::string number_;
  TaskSheet kept_;                         // as the book has it
  bool dirty_ = false, filling_ = false, saving_ = false, editable_ = false;
  QTimer soon_;
  QString kept_at_;
  QGridLayout* grid_;
  QLabel *issuer_number_, *days_, *progress_, *missing_;
  QLineEdit *issuer_, *name_, *source_, *third_party_, *range_, *other_, *platforms_, *rounds_;
  QButtonGroup* category_;
  std::array<QRadioButton*, 3> categories_{};
  std::array<QCheckBox*, 2> methods_{};
  std::array<QCheckBox*, 7> targets_{};
  QDateEdit *from_, *until_;
  QPlainTextEdit* content_;
  ChipField *keywords_, *trade_terms_, *code_words_, *pictures_, *sounds_;
  struct FeedbackRow {
    QCheckBox* box;
    QLabel* state;
    QPushButton *make, *send;
  };
  std::array<FeedbackRow, 4> feedback_{};
  QPushButton *print_, *save_, *submit_;
  QWidget *body_, *foot_;                  // the first is hidden while no task is chosen
  QLabel* none_;
};

}  // namespace guzheng::ui
