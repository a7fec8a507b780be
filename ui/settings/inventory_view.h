// ui. 设置 → 设备与介质: the register of phones and storage media; who took what out, and brought it back where.
#pragma once

#include <QWidget>

#include "core/desk/inventory_desk.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace guzheng::ui {

class Card;
class MessageBar;
class RowList;

class InventoryView : public QWidget {
  Q_OBJECT
 public:
  explicit InventoryView(InventoryDesk& desk, QWidget* parent = nullptr);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  QWidget* build_list();
  QWidget* build_move();
  QWidget* build_form();
  void refresh();
  void refresh_buttons();
  void show_chosen();
  [[nodiscard]] const Thing* chosen() const;

  InventoryDesk& desk_;
  MessageBar* messages_;
  RowList *list_, *moves_;
  Card* move_card_;
  QLabel *where_, *enter_hint_;
  QComboBox* kind_;
  QLineEdit *asset_, *name_, *serial_, *safe_, *place_, *why_;
  QPushButton *enter_, *move_;
  qint64 wanted_ = 0;
};

}  // namespace guzheng::ui
