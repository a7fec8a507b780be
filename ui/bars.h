// ui. Top bar (title, practice badge, recording light, time stamps, officers) and status bar.
#pragma once

#include <QWidget>

#include "core/desk/live_desk.h"
#include "core/desk/officer_desk.h"
#include "core/desk/sync_desk.h"

class QFrame;
class QLabel;
class QPushButton;

namespace guzheng::ui {

class ElidedLabel;

class TopBar : public QWidget {
  Q_OBJECT
 public:
  // Without `officers`, and on the practice desk, there is nothing to lock.
  TopBar(StationDesk& station, LiveDesk& live, OfficerDesk* officers = nullptr, QWidget* parent = nullptr);
  void set_title(const QString& title);
  void refresh();

 private:
  void refresh_light();
  void refresh_door();

  StationDesk& station_;
  LiveDesk& live_;
  OfficerDesk* officers_desk_;
  ElidedLabel* title_;
  QFrame* lamp_;
  QLabel *badge_, *person_, *lamp_sign_, *light_, *stamp_sign_, *stamp_;
  ElidedLabel* officers_;
  QPushButton *lock_, *log_out_;
};

class StatusStrip : public QWidget {
  Q_OBJECT
 public:
  StatusStrip(StationDesk& station, LiveDesk& live, SyncDesk& sync, QWidget* parent = nullptr);
  void refresh();

 signals:
  void sync_wanted();

 private:
  void refresh_sync();

  StationDesk& station_;
  LiveDesk& live_;
  SyncDesk& sync_;
  QLabel *link_sign_, *link_, *vault_, *chain_, *sync_sign_;
  QPushButton* sync_words_;
};

}  // namespace guzheng::ui
