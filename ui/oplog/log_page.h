// ui. Page 操作日志: what was done with evidence at this station, newest first, filtered; does the chain hold.
#pragma once

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>
#include <QWidget>

#include "core/desk/log_desk.h"

class QComboBox;
class QFrame;
class QLabel;
class QLineEdit;
class QTableView;

namespace guzheng::ui {

class MessageBar;

class LogModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  LogModel(LogDesk& desk, QObject* parent) : QAbstractTableModel(parent), desk_(desk) {}
  enum Column { kTime, kWho, kKind, kWhat, kSeq, kColumns };
  void reload();
  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  [[nodiscard]] const LogRow& row(int index) const { return desk_.rows()[static_cast<std::size_t>(index)]; }
  static QString kind_word(const std::string& kind);
  static QString what_words(const LogRow& row);

 private:
  LogDesk& desk_;
};

class LogPage : public QWidget {
  Q_OBJECT
 public:
  explicit LogPage(LogDesk& desk, QWidget* parent = nullptr);
  ~LogPage() override;
  void search();

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void reload();
  void say_chain();

  LogDesk& desk_;
  LogModel* model_;
  QSortFilterProxyModel* filter_;
  QTableView* table_;
  QLineEdit* search_;
  QComboBox* kinds_;
  QLabel *chain_, *sign_, *count_, *detail_;
  QFrame* strip_;
  MessageBar* messages_;
};

}  // namespace guzheng::ui
