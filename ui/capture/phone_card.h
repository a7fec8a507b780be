// ui. Middle column while recording: the live phone, the one blue button, and what else can be done to the phone.
#pragma once

#include <array>

#include "core/desk/live_desk.h"
#include "ui/base/parts.h"

class QLineEdit;

namespace guzheng::ui {

class ClipboardNote;
class FullPane;
class PhonePane;

class PhoneCard : public Card {
  Q_OBJECT
 public:
  explicit PhoneCard(LiveDesk& desk, QWidget* parent = nullptr);
  void refresh();
  void capture();
  void capture_long();                     // 长页取证, or its stop
  void choose_kind(int index);
  void open_line(bool for_note);           // 输入中文 or 备注
  void toggle_secret();
  void toggle_full();                      // F11: the phone alone on the whole screen
  void swap_focus();                       // into the pane, or out of it to the capture button

 protected:
  void hideEvent(QHideEvent* event) override;              // locked, or another page: nothing of the phone stays on the screen

 private:
  QWidget* build_more();
  void ask_app();
  void leave_full();
  QWidget* build_capture();
  QFrame* build_long_note();
  [[nodiscard]] std::optional<ItemDescription> described() const;
  void tell_long(const LongCapture& page);
  void say_long(const QString& words);
  QWidget* build_line();
  QWidget* build_kinds();
  QWidget* build_buttons();
  void send_line();
  void preselect();

  LiveDesk& desk_;
  PhonePane* pane_;
  FullPane* full_ = nullptr;               // while it stands
  QLabel *measure_, *focus_hint_;
  QFrame *secret_note_, *pause_note_;
  ClipboardNote* clipboard_;
  QWidget* line_ = nullptr;
  QLabel* line_name_ = nullptr;
  QLineEdit* line_edit_ = nullptr;
  bool line_is_note_ = false;
  std::array<QPushButton*, 5> kinds_{};
  QFrame* long_note_ = nullptr;
  QLabel* long_words_ = nullptr;
  QPushButton *capture_ = nullptr, *long_ = nullptr, *secret_ = nullptr;
  std::vector<QPushButton*> acts_, inputs_;              // inputs_: those that act on the phone, refused while paused
  std::size_t items_seen_ = 0;
  QString rate_;
};

}  // namespace guzheng::ui
