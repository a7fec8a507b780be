// ui. 远程取证 before a session: order, phone, officers, the one blue button; and what the last session left.
#pragma once

#include <QWidget>

#include "core/desk/group_desk.h"
#include "core/desk/live_desk.h"
#include "core/desk/officer_desk.h"

class QCheckBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class QVBoxLayout;

namespace guzheng::ui {

class Card;
class CheckView;
class MessageBar;
class OrderForm;
class PeopleCard;
class PhoneChooser;
class StatementsForm;

class SetupView : public QWidget {
  Q_OBJECT
 public:
  SetupView(LiveDesk& desk, GroupDesk& group, StationDesk& station, OfficerDesk& officers, QWidget* parent = nullptr);
  void start();
  void start_group();                      // asks which phones
  void refresh();
  void take_order(const CaptureOrder& order);            // subject, platform, shop and link; the rest of the form stays
  [[nodiscard]] MessageBar& messages() { return *messages_; }
  [[nodiscard]] PhoneChooser& phones() { return *phones_; }

 signals:
  void package_wanted(const std::string& id);
  void report_wanted(const std::string& id);

 private:
  QWidget* build_forms();
  QWidget* build_side();
  void show_form(int index);               // 0 order, 1 statements, 2 environment
  void mind_phone();                       // another one was chosen, or none: its environment
  [[nodiscard]] QStringList missing() const;
  void show_sealed();
  void show_group();                       // what the last group left
  bool forms_ready();                      // else shows what misses in the forms

  LiveDesk& desk_;
  GroupDesk& group_;
  StationDesk& station_;
  MessageBar* messages_;
  OfficerDesk& officers_desk_;
  OrderForm* form_;
  StatementsForm* statements_;
  CheckView* checks_;
  QStackedWidget* forms_;
  QPushButton* tabs_[3];
  PeopleCard* people_;
  PhoneChooser* phones_;
  QVBoxLayout* sealed_place_;
  QLabel* hint_;
  QCheckBox* audio_;
  QPushButton *start_, *parallel_;
  bool order_shown_ = false;
};

}  // namespace guzheng::ui
