// ui. What covers the pages when nobody is logged in or the desk is locked: who, passphrase, and why it did not work.
#pragma once

#include <QTimer>
#include <QWidget>

#include "core/desk/officer_desk.h"

class QComboBox;
class QFrame;
class QLabel;
class QLineEdit;
class QPushButton;

namespace guzheng::ui {

class Card;

class LoginPage : public QWidget {
  Q_OBJECT
 public:
  LoginPage(OfficerDesk& desk, StationDesk& station, QWidget* parent = nullptr);
  void refresh();

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void fill_people();
  void enter();
  void answered(const QString& badge, const LoginAnswer& answer);
  void say(const char* colour, const QString& text);
  void say_wait();
  [[nodiscard]] QString chosen() const;

  OfficerDesk& desk_;
  StationDesk& station_;
  Card* card_;
  QLabel *where_, *state_, *message_;
  QFrame *state_box_, *message_box_;
  QComboBox* people_;
  QLineEdit* passphrase_;
  QPushButton* enter_;
  QTimer countdown_;
  QString problem_;                        // what is shown before the seconds
  int wait_ = 0;
};

}  // namespace guzheng::ui
