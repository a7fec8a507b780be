// ui. 远程取证 with several phones (screens/grid.png): equal cards, the leading one with border and crown, one button that captures all, and what they
// showed of the same page side by side.
#pragma once

#include "core/desk/group_desk.h"
#include "ui/base/errors.h"
#include "ui/base/parts.h"

class QTableWidget;

namespace guzheng::ui {

class GroupPane;
class MessageBar;

class GroupPage : public QWidget {
  Q_OBJECT
 public:
  explicit GroupPage(GroupDesk& desk, QWidget* parent = nullptr);
  void capture();
  void lead(int member) { desk_.lead(member); }
  void ask_end();
  void open_line(bool for_note);            // a remark for each journal, or words for all phones
  void show_error(Doing doing, const Error& error);

 private:
  struct Phone {
    QFrame* frame = nullptr;
    GroupPane* pane = nullptr;
    QLabel *role = nullptr, *role_sign = nullptr, *facts = nullptr;
  };
  QWidget* build_cards();
  QWidget* build_acts();
  QWidget* build_line();
  QFrame* build_end();
  QWidget* build_table();
  void refresh();
  void refresh_card(std::size_t index);
  void show_compared();
  void show_page(int index);
  void send_line();
  void confirm_end();

  GroupDesk& desk_;
  MessageBar* messages_;
  std::vector<Phone> phones_;
  QPushButton *capture_ = nullptr, *end_ = nullptr;
  std::vector<QPushButton*> acts_, kinds_;
  QWidget* line_ = nullptr;
  QLineEdit* line_edit_ = nullptr;
  QLabel* line_name_ = nullptr;
  bool line_is_note_ = false;
  QFrame* end_card_ = nullptr;
  QLineEdit* reason_ = nullptr;
  Card* table_card_ = nullptr;
  QLabel* summary_ = nullptr;
  QHBoxLayout* page_pills_ = nullptr;
  QTableWidget* table_ = nullptr;
  int kind_ = 0;
};

}  // namespace guzheng::ui
