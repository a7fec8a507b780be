// ui. 取证人员 before a session: who is at the desk, and the second officer, who signs now or later (待签).
#pragma once

#include "core/desk/officer_desk.h"
#include "ui/base/parts.h"

class QComboBox;

namespace guzheng::ui {

class PeopleCard : public Card {
  Q_OBJECT
 public:
  PeopleCard(OfficerDesk& desk, StationDesk& station, QWidget* parent = nullptr);
  void refresh();

 private:
  QWidget* build_choice();
  void fill_people();
  void choose();                           // the person in the list
  void sign_now();
  void answered(const QString& badge, const LoginAnswer& answer);
  void say(const QString& text, const char* role);
  [[nodiscard]] bool refusal_shown() const;      // a refusal stays to be read

  OfficerDesk& desk_;
  StationDesk& station_;
  QLabel *officers_, *state_;
  QWidget* choice_;
  QComboBox* second_;
  QPushButton *later_, *now_, *confirm_;
  QLineEdit* passphrase_;
  QWidget* passphrase_row_;
};

}  // namespace guzheng::ui
