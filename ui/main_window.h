// ui. The window: navigation, top bar, pages, status bar. Built anew when the language changes; what it shows lives in the
// desks, so a running session goes on underneath.
#pragma once

#include <QMainWindow>
#include <array>

#include "core/desk/group_desk.h"
#include "core/desk/live_desk.h"
#include "core/desk/inventory_desk.h"
#include "core/desk/log_desk.h"
#include "core/desk/node_desk.h"
#include "core/desk/officer_desk.h"
#include "core/desk/player_desk.h"
#include "core/desk/practice_desk.h"
#include "core/desk/report_desk.h"
#include "core/desk/script_desk.h"
#include "core/desk/settings_desk.h"
#include "core/desk/sync_desk.h"
#include "core/desk/task_desk.h"
#include "core/desk/task_paper_desk.h"
#include "core/desk/vault_desk.h"
#include "ui/base/errors.h"
#include "ui/evidence/evidence_page.h"
#include "ui/tasks/tasks_page.h"
#include "ui/subjects/subjects_page.h"

class QLabel;
class QPushButton;
class QStackedWidget;

namespace guzheng::ui {

struct Desks {
  StationDesk& station;
  LiveDesk& live;
  GroupDesk& group;
  OfficerDesk& officers;
  VaultDesk& vault;
  PlayerDesk& player;
  ReportDesk& reports;
  LogDesk& log;
  SettingsDesk& settings;
  NodeDesk& nodes;
  InventoryDesk& inventory;
  ScriptDesk& scripts;
  SubjectDesks subjects;
  ShelfDesks shelf;
  TaskDesks tasks;
};

class CapturePage;
class EvidencePage;
class LogPage;
class LoginPage;
class MessageBar;
class SettingsPage;
class TopBar;
class StatusStrip;
class HomePage;

enum class Page { Capture, Evidence, Log, Nodes, Settings, Subjects, Tasks, Home };

class MainWindow : public QMainWindow {
  Q_OBJECT
 public:
  MainWindow(Desks desks, const QString& language);
  void go(Page page);
  [[nodiscard]] Page page() const;
  void set_practice_state(const QString& text);
  void show_error(Doing doing, const Error& error);

 signals:
  void language_wanted(const QString& language);

 protected:
  void closeEvent(QCloseEvent* event) override;

 private:
  QWidget* build_navigation(const QString& language);
  void add_keys();
  void refresh_title();
  void show_help();
  void cover();                            // pages are seen only by whoever is logged in

  Desks desks_;
  std::array<QPushButton*, 8> nav_{};
  TopBar* top_;
  MessageBar* messages_;
  QPushButton* retry_;
  QStackedWidget *pages_, *door_;          // door_: the login page or the pages
  LoginPage* login_;
  CapturePage* capture_;
  EvidencePage* evidence_;
  LogPage* log_;
  SettingsPage* settings_;
  SubjectsPage* subjects_;
  TasksPage* tasks_;
  HomePage* home_;
  StatusStrip* strip_;
  QWidget* help_ = nullptr;
};

}  // namespace guzheng::ui
