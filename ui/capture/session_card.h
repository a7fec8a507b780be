// ui. Left column while recording: facts, checklist of main information (主证信息), environment, and the way to the end.
#pragma once

#include <array>

#include "core/desk/live_desk.h"
#include "ui/base/parts.h"

class QGridLayout;
class QLineEdit;

namespace guzheng::ui {

class SoundCard;

class SessionCard : public Card {
  Q_OBJECT
 public:
  explicit SessionCard(LiveDesk& desk, QWidget* parent = nullptr);
  void refresh();
  // Opens the end card (asks for the reason when something misses), or confirms when it is open already.
  void ask_end();

 private:
  void build_facts(QGridLayout* grid);
  void build_checklist(QGridLayout* grid);
  void refresh_checklist();
  void refresh_environment();
  QFrame* build_end_card();
  QFrame* build_pause_card();
  QWidget* build_acts();
  void toggle_pause();                     // opens the line for the reason, or goes on
  void confirm_pause();
  void refresh_pause();
  void confirm_end();

  LiveDesk& desk_;
  struct Check {
    QLabel *sign, *count;
  };
  std::array<Check, 4> checks_{};
  QLabel *phone_ = nullptr, *challenge_ = nullptr;
  QGridLayout* environment_ = nullptr;
  std::vector<EnvItem> environment_shown_;
  QFrame *end_card_ = nullptr, *pause_card_ = nullptr;
  QLabel* end_words_ = nullptr;
  QLineEdit *reason_ = nullptr, *pause_reason_ = nullptr;
  SoundCard* sound_ = nullptr;
  QWidget* acts_ = nullptr;                // pause and end
  QPushButton *end_ = nullptr, *confirm_ = nullptr, *pause_ = nullptr, *confirm_pause_ = nullptr;
};

}  // namespace guzheng::ui
