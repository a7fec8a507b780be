// ui. One list for timeline, journal, packages and phones: rows of a sign, a title, quiet lines and chips, drawn without a
// widget a row, so that a journal of a hundred thousand lines scrolls as one of ten. Keyboard and AT-SPI as any list.
#pragma once

#include <QAbstractListModel>
#include <QColor>
#include <QListView>
#include <QPixmap>
#include <QStyledItemDelegate>
#include <vector>

namespace guzheng::ui {

struct RowChip {
  QString text, icon;
  QColor ink, ground, edge;
};
RowChip blue_chip(const QString& text, const QString& icon = {});
RowChip amber_chip(const QString& text, const QString& icon = {});
RowChip red_chip(const QString& text, const QString& icon = {});
RowChip green_chip(const QString& text, const QString& icon = {});
RowChip grey_chip(const QString& text, const QString& icon = {});

struct Row {
  QString left;                  // a time at the left, may be empty
  QString icon;                  // empty: a dot of `colour`
  QColor colour{"#7a8aa0"};
  QString title;
  QStringList lines;             // quiet lines below
  std::vector<RowChip> chips;
  QPixmap picture;               // instead of the sign
  qint64 key = 0;                // the caller's own
  QString id;
  [[nodiscard]] QString spoken() const;      // for screen readers and tests
};

struct RowLook {
  bool rail = false;             // a line joins the signs: a course of events
  bool signs = true;
  bool dark = false;             // on the player's ground
  bool rule = false;             // a thin line between rows
  int left_width = 0;
  int chip_lines = 0;
  int text_lines = 1;            // quiet lines a row has, for its height
  int picture_width = 0, picture_height = 0;
};

class RowModel : public QAbstractListModel {
  Q_OBJECT
 public:
  using QAbstractListModel::QAbstractListModel;
  void set_rows(std::vector<Row> rows);
  void prepend(Row row);
  void update(int index, Row row);
  [[nodiscard]] const Row& row(int index) const { return rows_[static_cast<std::size_t>(index)]; }
  [[nodiscard]] int find(qint64 key) const;
  [[nodiscard]] int find_id(const QString& id) const;
  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

 private:
  std::vector<Row> rows_;
};

class RowList : public QListView {
  Q_OBJECT
 public:
  RowList(const QString& accessible_name, RowLook look, QWidget* parent = nullptr);
  [[nodiscard]] RowModel& rows() { return *model_; }
  [[nodiscard]] const RowLook& look() const { return look_; }
  void choose(int index);        // selects and scrolls there; −1: nothing
  [[nodiscard]] int chosen() const { return currentIndex().isValid() ? currentIndex().row() : -1; }

 signals:
  void picked(int index);        // by mouse or keyboard, also again the same
  void moved(int index);         // the current row changed

 protected:
  void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

 private:
  RowModel* model_;
  const RowLook look_;
};

}  // namespace guzheng::ui
