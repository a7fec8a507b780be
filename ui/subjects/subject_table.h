// ui. The table of 主体: millions of rows, of which only those that are seen exist. The view holds as many rows as fit; a scroll bar beside it says
// which ones they are; pieces of rows are asked from SubjectSearch and a few of them kept.
#pragma once

#include <QAbstractTableModel>
#include <QTableView>
#include <map>
#include <set>

#include "core/desk/subject_search.h"

class QScrollBar;

namespace guzheng::ui {

class SubjectTable;

class SubjectRowsModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Name, Tags, UnitName, Checked, kColumns };
  SubjectRowsModel(SubjectTable& table, SubjectDesk& desk);
  void show(int rows);                     // so many are seen
  void refresh();
  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : rows_; }
  [[nodiscard]] int columnCount(const QModelIndex& = {}) const override { return kColumns; }
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  SubjectTable& table_;
  SubjectDesk& desk_;
  int rows_ = 0;
};

class SubjectTable : public QWidget {
  Q_OBJECT
 public:
  SubjectTable(SubjectDesk& desk, SubjectSearch& search, QWidget* parent = nullptr);
  [[nodiscard]] const SubjectLine* line(std::int64_t row) const;        // null: on its way
  [[nodiscard]] std::int64_t top() const { return top_; }
  [[nodiscard]] std::int64_t current() const { return current_; }
  [[nodiscard]] const SubjectLine* current_line() const { return line(current_); }
  [[nodiscard]] bool is_ticked(SubjectId id) const { return ticked_.contains(id); }
  [[nodiscard]] std::vector<SubjectId> ticked() const { return {ticked_.begin(), ticked_.end()}; }
  void untick();
  bool key(QKeyEvent* event);              // also for the search box: ↑ ↓ PgUp PgDn Home End Enter; true: taken
  void tick_current();

 signals:
  void moved();                            // another row is the current one, or its line came
  void opened(qint64 subject);
  void ticks_changed();

 protected:
  void resizeEvent(QResizeEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void restart();
  void fit();                              // rows and scroll bar to the place there is
  void scroll_to(std::int64_t top);
  void go(std::int64_t row);
  void ask_seen();
  void clicked(const QModelIndex& index, Qt::KeyboardModifiers keys);

  SubjectSearch& search_;
  SubjectRowsModel* model_;
  QTableView* view_;
  QScrollBar* bar_;
  std::map<std::int64_t, std::vector<SubjectLine>> pieces_;
  std::set<SubjectId> ticked_;
  std::int64_t top_ = 0, current_ = 0;
  SubjectQuery asked_;
  bool stale_ = false;                     // the rows seen are of the answer before, until the new one reaches them
  int wheel_ = 0;
};

}  // namespace guzheng::ui
