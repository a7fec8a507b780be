// ui. Page 设置: people, roots, authorities and what the policy file fixes, to be read; one's own passphrase, to be changed.
#pragma once

#include <QWidget>
#include <vector>

#include "core/desk/officer_desk.h"
#include "core/desk/settings_desk.h"

class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace guzheng::ui {

class Card;
class MessageBar;

class SettingsPage : public QWidget {
  Q_OBJECT
 public:
  SettingsPage(SettingsDesk& desk, StationDesk& station, OfficerDesk& officers, QWidget* parent = nullptr);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  QWidget* build_passphrase();
  void rebuild();
  void show_warnings();
  void show_people();
  void show_roots();
  void show_authorities();
  void show_policy();
  void stamped(int authority, const StampAnswer& answer);
  void change_passphrase();
  void refresh_passphrase();

  SettingsDesk& desk_;
  StationDesk& station_;
  OfficerDesk& officers_;
  MessageBar* messages_;
  QVBoxLayout* warnings_;
  QGridLayout *people_, *roots_, *authorities_, *policy_;
  QPushButton *check_, *change_;
  std::vector<QLabel*> answers_;           // by authority
  QWidget* passphrase_card_;
  QLineEdit *old_, *fresh_, *again_;
  QLabel* passphrase_hint_;
};

}  // namespace guzheng::ui
