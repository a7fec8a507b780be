// ui. 远程取证 with several phones (screens/grid.png): equal cards, the leading one with border and crown, one button that captures all, and what they
// showed of the same page side by side.
#pragma once

#include "core/desk/group_desk.h"
#include "ui/base/errors.h"
#include "ui/base/parts.h"

namespace guzheng::ui {

class ClipboardNote;
class GroupCardView;
class GroupTable;
class MessageBar;

class GroupPage : public QWidget {
  Q_OBJECT
 public:
  explicit GroupPage(GroupDesk& desk, QWidget* parent = nullptr);
  void capture();
  void capture_long();                      // or its stop
  void describe();
  void save();
  void lead(int member) { desk_.lead(member); }
  void ask_end();
  void open_line(bool for_note);            // a remark for each journal, or words for all phones
  void show_error(Doing doing, const Error& error);

 private:
  QWidget* build_cards();
  QWidget* build_acts();
  QWidget* build_kinds();
  QWidget* build_line();
  QFrame* build_end();
  QFrame* build_pause();
  void listen();
  void refresh();
  void show_marks();
  void clear_marks();
  void tell_lost(const std::map<int, std::uint64_t>& lost);
  void tell_not_taken(GroupAct what);
  void tell_waiting();
  void forget_told();
  void tell_long(const std::map<int, LongCapture>& pages);
  void keep_text(const QString& text);      // what could not be sent stands in the line, to be sent later
  void send_line();
  void confirm_end();
  void toggle_pause();
  void confirm_pause();
  [[nodiscard]] ItemDescription described() const;

  GroupDesk& desk_;
  MessageBar* messages_;
  std::vector<GroupCardView*> cards_;
  QPushButton *capture_ = nullptr, *long_ = nullptr, *pause_ = nullptr, *secret_ = nullptr, *end_ = nullptr;
  std::vector<QPushButton*> inputs_, kinds_;              // inputs_: acts on the phones, refused while paused
  QWidget* line_ = nullptr;
  QLineEdit* line_edit_ = nullptr;
  QLabel* line_name_ = nullptr;
  bool line_is_note_ = false;
  // What stands in messages_ until the officer's next act on the pages: an act before it must not wipe it away when it is over.
  enum class Told { Nothing, NotTaken, Waiting } told_ = Told::Nothing;
  bool pausing_ = false;                                   // asked for, not answered yet
  ClipboardNote* clipboard_ = nullptr;
  QFrame *end_card_ = nullptr, *pause_card_ = nullptr, *pause_note_ = nullptr, *secret_note_ = nullptr;
  QLineEdit *reason_ = nullptr, *pause_reason_ = nullptr;
  GroupTable* table_ = nullptr;
  int kind_ = 0;
};

}  // namespace guzheng::ui
