// ui. 监测任务 → 分析: results by task, unit, violation, platform, field or month as table and chart; the risk of subjects with the rule that gave it;
// tags that confirmations propose, applied by a person. A tab of its own: the owner calls refresh() when it is shown or the book has changed.
#pragma once

#include <QWidget>
#include <array>

#include "core/desk/analysis_desk.h"

class QComboBox;
class QDateEdit;
class QLabel;
class QPushButton;
class QSplitter;
class QTableWidget;

namespace guzheng::ui {

class AnalysisChart;
class MessageBar;
class RowList;

class AnalysisView : public QWidget {
  Q_OBJECT
 public:
  explicit AnalysisView(AnalysisDesk& desk, QWidget* parent = nullptr);
  void refresh();                          // asks anew; does nothing while the book is not open

 signals:
  void subject_wanted(qint64 subject);     // of the library

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  QWidget* build_filters();
  QWidget* build_numbers();
  QWidget* build_risks();
  QWidget* build_tags();
  [[nodiscard]] AnalysisFilter filter() const;
  [[nodiscard]] QString task_text() const;
  void ask();
  void show_choices(const AnalysisChoices& choices);
  void show_rows(std::vector<AnalysisRow> rows);
  void show_risks(std::vector<SubjectRisk> risks);
  void show_proposals(TagProposals proposals);
  void refresh_buttons();
  void apply_tags();
  void export_rows();
  void print();
  void told_wrong(const QString& what, const Error& error);

  AnalysisDesk& desk_;
  AnalysisBy by_ = AnalysisBy::Violation;
  MessageBar* messages_;
  std::array<QPushButton*, 6> bys_{};
  QComboBox *task_, *unit_;
  QDateEdit *from_, *until_;
  QSplitter* split_;
  AnalysisChart* chart_;
  QTableWidget* table_;
  QLabel *sum_, *rule_, *tags_told_;
  RowList* risks_;
  QTableWidget* tags_;
  QPushButton *export_, *print_, *apply_;
  std::vector<AnalysisRow> rows_;
  std::vector<SubjectRisk> shown_risks_;
  TagProposals proposals_;
  int asked_ = 0;                          // answers to older questions are dropped
  bool busy_ = false, applying_ = false;
};

}  // namespace guzheng::ui
