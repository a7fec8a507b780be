// ui. 远程取证 before a session: order, phone, officers, the one blue button; and what the last session left.
#pragma once

#include <QWidget>

#include "core/desk/live_desk.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace guzheng::ui {

class Card;
class MessageBar;
class OrderForm;
class PhoneChooser;

class SetupView : public QWidget {
  Q_OBJECT
 public:
  SetupView(LiveDesk& desk, StationDesk& station, QWidget* parent = nullptr);
  void start();
  void refresh();
  [[nodiscard]] MessageBar& messages() { return *messages_; }
  [[nodiscard]] PhoneChooser& phones() { return *phones_; }

 signals:
  void package_wanted(const std::string& id);
  void report_wanted(const std::string& id);

 private:
  QWidget* build_side();
  void show_sealed();

  LiveDesk& desk_;
  StationDesk& station_;
  MessageBar* messages_;
  OrderForm* form_;
  PhoneChooser* phones_;
  QVBoxLayout* sealed_place_;
  QLabel *officers_, *hint_;
  QPushButton* start_;
  bool order_shown_ = false;
};

}  // namespace guzheng::ui
