// ui. 相互印证: what the phones of a group showed of the same page, side by side; which page, only what differs, and the editor of its description (证明对象).
#pragma once

#include "core/desk/group_desk.h"
#include "ui/base/parts.h"

class QTableWidget;

namespace guzheng::ui {

class ItemEditor;

class GroupTable : public Card {
  Q_OBJECT
 public:
  explicit GroupTable(GroupDesk& desk, QWidget* parent = nullptr);
  void describe();                         // F4: the newest page that nobody has described, else the one that is shown
  void save();                             // Ctrl+S
  [[nodiscard]] const ComparedPage* page() const;          // that is shown; null: none yet
  [[nodiscard]] bool shows_newest() const;

 signals:
  void page_shown();

 private:
  void show_compared();
  void show_page(int index);
  void fill();
  void edit();
  void edit_item(int number);              // 0: none
  [[nodiscard]] const CaptureItem* item_of(const ComparedPage& page) const;      // of the leading phone, else of the first that has it

  GroupDesk& desk_;
  QLabel* summary_;
  QHBoxLayout* pills_;
  QScrollArea* pages_;
  QPushButton *different_, *describe_;
  QTableWidget* table_;
  ItemEditor* editor_;
  QScrollArea* editor_place_;
  int index_ = -1;
};

}  // namespace guzheng::ui
