// ui. Page 设置: the station, its nodes, its phones and media, its capture scripts, its library and its tasks. Of the station: people, roots, authorities and what the policy file fixes, to be read; one's own passphrase, to be changed.
#pragma once

#include <QWidget>
#include <vector>

#include "core/desk/code_desk.h"
#include "core/desk/inventory_desk.h"
#include "core/desk/node_desk.h"
#include "core/desk/officer_desk.h"
#include "core/desk/script_desk.h"
#include "core/desk/settings_desk.h"
#include "core/desk/subject_desk.h"
#include "core/desk/task_settings_desk.h"
#include "core/desk/vault_desk.h"

class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QVBoxLayout;

namespace guzheng::ui {

class Card;
class MessageBar;

class SettingsPage : public QWidget {
  Q_OBJECT
 public:
  SettingsPage(SettingsDesk& desk, StationDesk& station, OfficerDesk& officers, NodeDesk& nodes, InventoryDesk& inventory, ScriptDesk& scripts, VaultDesk& vault, SubjectDesk& subjects, CodeDesk& codes, TaskSettingsDesk& tasks,
               QWidget* parent = nullptr);
  void show_nodes() { show_view(1); }

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  QWidget* build_tabs();
  QWidget* build_station();
  void show_view(int index);               // 0 station, 1 nodes, 2 phones and media, 3 apps, 4 scripts, 5 subjects, 6 tasks
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
  QStackedWidget* views_;
  static constexpr int kViews = 7;
  QPushButton* tabs_[kViews];
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
