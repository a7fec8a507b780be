// ui. Page 远程取证: before a session the form, during it the three columns. Folds its right column in a narrow window.
#pragma once

#include <QStackedWidget>

#include "core/desk/group_desk.h"
#include "core/desk/live_desk.h"
#include "core/desk/officer_desk.h"
#include "ui/base/errors.h"

class QHBoxLayout;

namespace guzheng::ui {

class Card;
class GroupPage;
class MessageBar;
class PhoneCard;
class SessionCard;
class SetupView;
class TimelineCard;

class CapturePage : public QStackedWidget {
  Q_OBJECT
 public:
  CapturePage(LiveDesk& desk, GroupDesk& group, StationDesk& station, OfficerDesk& officers, QWidget* parent = nullptr);
  void set_practice_state(const QString& text);
  void show_error(Doing doing, const Error& error);
  // "远程取证 · 任务" while a session runs.
  [[nodiscard]] QString title() const;
  void ask_end();
  void start();
  void take_order(const CaptureOrder& order);            // what a subject's page fills in; not while a session runs

 signals:
  void title_changed();
  void package_wanted(const std::string& id);
  void report_wanted(const std::string& id);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void build_live();
  void stage_changed();
  void group_changed();                    // its page comes and goes with it
  void fold();
  void add_keys();
  void show_side(bool timeline);

  LiveDesk& desk_;
  GroupDesk& group_;
  GroupPage* group_page_ = nullptr;
  SetupView* setup_;
  QWidget* live_ = nullptr;
  QHBoxLayout* columns_ = nullptr;
  MessageBar* messages_ = nullptr;
  QStackedWidget* left_ = nullptr;
  QWidget* left_column_ = nullptr;
  QWidget* tabs_ = nullptr;
  SessionCard* session_ = nullptr;
  PhoneCard* phone_ = nullptr;
  TimelineCard* timeline_ = nullptr;
  bool folded_ = false;
};

}  // namespace guzheng::ui
