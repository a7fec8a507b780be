#include "ui/main_window.h"

#include <QApplication>
#include <QButtonGroup>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>

#include "ui/bars.h"
#include "ui/base/message_bar.h"
#include "ui/base/parts.h"
#include "ui/base/theme.h"
#include "ui/capture/capture_page.h"
#include "ui/evidence/evidence_page.h"
#include "ui/help_window.h"
#include "ui/home/home_page.h"
#include "ui/nodes/nodes_page.h"
#include "ui/oplog/log_page.h"
#include "ui/people/login_page.h"
#include "ui/people/login_words.h"
#include "ui/settings/settings_page.h"
#include "ui/subjects/subjects_page.h"

namespace guzheng::ui {

MainWindow::MainWindow(Desks desks, const QString& language) : desks_(desks) {
  setWindowTitle(tr("固证"));
  setWindowIcon(QIcon(":/icons/guzheng.svg"));
  resize(1440, 900);
  setMinimumSize(860, 560);
  auto* root = new QWidget;
  root->setObjectName("root");
  auto* across = new QHBoxLayout(root);
  across->setContentsMargins(0, 0, 0, 0);
  across->setSpacing(0);
  across->addWidget(build_navigation(language));
  auto* column = new QVBoxLayout;
  column->setSpacing(0);
  top_ = new TopBar(desks.station, desks.live, &desks.officers);
  column->addWidget(top_);
  messages_ = new MessageBar(tr("工作站消息"));
  retry_ = button(tr("重试"), "refresh");
  retry_->setAccessibleName(tr("重新打开工作站"));
  retry_->hide();
  auto* message_row = new QHBoxLayout;
  message_row->setContentsMargins(16, 0, 16, 0);
  message_row->addWidget(messages_, 1);
  message_row->addWidget(retry_);
  column->addLayout(message_row);
  pages_ = new QStackedWidget;
  capture_ = new CapturePage(desks.live, desks.group, desks.station, desks.officers);
  evidence_ = new EvidencePage(desks.vault, desks.player, desks.reports, desks.live, desks.shelf);
  log_ = new LogPage(desks.log);
  pages_->addWidget(capture_);
  pages_->addWidget(evidence_);
  pages_->addWidget(log_);
  auto* nodes = new NodesPage(desks.nodes);
  pages_->addWidget(nodes);
  settings_ = new SettingsPage(desks.settings, desks.station, desks.officers, desks.nodes, desks.inventory, desks.scripts, desks.vault, desks.subjects.subjects, desks.subjects.codes, desks.tasks.settings);
  pages_->addWidget(settings_);
  subjects_ = new SubjectsPage(desks.subjects);
  pages_->addWidget(subjects_);
  tasks_ = new TasksPage(desks.tasks, desks.subjects.subjects, desks.reports);
  pages_->addWidget(tasks_);
  home_ = new HomePage(desks.tasks.tasks, desks.vault, desks.nodes, desks.subjects.subjects, desks.shelf.sync);
  pages_->addWidget(home_);
  connect(nodes, &NodesPage::settings_wanted, this, [this] {
    go(Page::Settings);
    settings_->show_nodes();
  });
  login_ = new LoginPage(desks.officers, desks.station);
  door_ = new QStackedWidget;
  door_->addWidget(login_);
  door_->addWidget(pages_);
  door_->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Ignored);      // pages take what messages leave: those are never cut
  column->addWidget(door_, 1);
  strip_ = new StatusStrip(desks.station, desks.live, desks.shelf.sync);
  connect(strip_, &StatusStrip::sync_wanted, evidence_, &EvidencePage::show_sync);
  connect(evidence_, &EvidencePage::page_wanted, this, [this] { go(Page::Evidence); });
  column->addWidget(strip_);
  across->addLayout(column, 1);
  setCentralWidget(root);
  connect(retry_, &QPushButton::clicked, this, [this] {
    retry_->hide();
    messages_->clear();
    desks_.station.open();
  });
  connect(&desks_.station, &StationDesk::failed, this, [this](const Error& e) {
    messages_->show_error(Doing::OpenStation, e);
    retry_->show();
  });
  connect(&desks_.station, &StationDesk::policy_failed, this, [this](const Error& e) {
    messages_->show_error(Doing::ReadPolicy, e);
    retry_->show();
  });
  connect(&desks_.officers, &OfficerDesk::door_changed, this, &MainWindow::cover);
  connect(&desks_.officers, &OfficerDesk::answered, this, [this](const QString&, const LoginAnswer& answer, int days_left) {
    if (const auto warning = LoginWords::warning(answer, days_left); answer && !warning.isEmpty()) messages_->show_text("amber", warning);
  });
  connect(&desks_.station, &StationDesk::log_failed, this, [this](const Error& e) { messages_->show_error(Doing::WriteLog, e); });
  connect(&desks_.station, &StationDesk::copy_behind, this, [this](const std::string& id) {
    messages_->show_text("amber", tr("%1 的副本没有跟上：介质不在或写不进去。接好介质后在“证据库体检”中更新副本。").arg(qs(id)));
  });
  connect(&desks_.station, &StationDesk::encryption_failed, this, [this](const std::string& id) {
    messages_->show_text("amber", tr("%1 已封存，但没有加密：内容仍是明文文件。原因见操作日志，下次启动时再试。").arg(qs(id)));
  });
  connect(&desks_.station, &StationDesk::opened, &desks_.vault, &VaultDesk::refresh);
  connect(&desks_.station, &StationDesk::opened, &desks_.settings, &SettingsDesk::refresh);
  connect(&desks_.live, &LiveDesk::sealed, &desks_.vault, &VaultDesk::refresh);
  connect(&desks_.group, &GroupDesk::sealed, &desks_.vault, &VaultDesk::refresh);
  connect(capture_, &CapturePage::title_changed, this, &MainWindow::refresh_title);
  connect(capture_, &CapturePage::package_wanted, this, [this](const std::string& id) {
    go(Page::Evidence);
    evidence_->show_package(id);
  });
  connect(capture_, &CapturePage::report_wanted, this, [this](const std::string& id) {
    go(Page::Evidence);
    evidence_->make_report(id);
  });
  connect(subjects_, &SubjectsPage::capture_wanted, this, [this](const CaptureOrder& order) {
    go(Page::Capture);
    capture_->take_order(order);
  });
  connect(subjects_, &SubjectsPage::package_wanted, this, [this](const std::string& id) {
    go(Page::Evidence);
    evidence_->show_package(id);
  });
  connect(home_, &HomePage::task_wanted, this, [this](qint64 task) {
    go(Page::Tasks);
    tasks_->show_task(task);
  });
  connect(home_, &HomePage::result_wanted, this, [this](qint64 task, qint64 result) {
    go(Page::Tasks);
    tasks_->show_result(task, result);
  });
  connect(home_, &HomePage::clues_wanted, this, [this] {
    go(Page::Tasks);
    tasks_->show_clues();
  });
  connect(home_, &HomePage::package_wanted, this, [this](const std::string& id) {
    go(Page::Evidence);
    evidence_->show_package(id);
  });
  connect(home_, &HomePage::sync_wanted, evidence_, &EvidencePage::show_sync);
  connect(home_, &HomePage::nodes_wanted, this, [this] { go(Page::Nodes); });
  connect(home_, &HomePage::subjects_wanted, this, [this] { go(Page::Subjects); });
  connect(home_, &HomePage::capture_wanted, this, [this] { go(Page::Capture); });
  connect(tasks_, &TasksPage::title_changed, this, &MainWindow::refresh_title);
  connect(tasks_, &TasksPage::capture_wanted, this, [this](const CaptureOrder& order) {
    go(Page::Capture);
    capture_->take_order(order);
  });
  connect(tasks_, &TasksPage::package_wanted, this, [this](const std::string& id) {
    go(Page::Evidence);
    evidence_->show_package(id);
  });
  connect(tasks_, &TasksPage::subject_wanted, this, [this](qint64 subject) {
    go(Page::Subjects);
    subjects_->open_subject(subject);
  });
  add_keys();
  go(Page::Capture);
  cover();
}

void MainWindow::cover() {
  const bool open = !desks_.officers.has_login() || desks_.officers.door() == Door::Open;
  door_->setCurrentWidget(open ? static_cast<QWidget*>(pages_) : login_);
  for (auto* entry : nav_) entry->setEnabled(open);
  refresh_title();
  if (open) {
    if (desks_.officers.has_login()) desks_.vault.refresh();
    return;
  }
  for (auto* other : QApplication::topLevelWidgets())      // reports, dialogs: nothing of the evidence stays to be seen
    if (other != this && other->isVisible()) other->close();
}

QWidget* MainWindow::build_navigation(const QString& language) {
  auto* nav = new QWidget;
  nav->setObjectName("nav");
  nav->setAttribute(Qt::WA_StyledBackground);
  nav->setFixedWidth(150);
  auto* column = new QVBoxLayout(nav);
  column->setContentsMargins(0, 10, 0, 12);
  column->setSpacing(0);
  auto* group = new QButtonGroup(this);
  // as people work, from above; keys keep their pages
  struct Entry {
    Page page;
    QString name, icon;
  };
  const Entry entries[] = {{Page::Home, tr("工作台"), "inbox"}, {Page::Subjects, tr("主体"), "shop"}, {Page::Tasks, tr("监测任务"), "clipboard"}, {Page::Capture, tr("远程取证"), "phone"}, {Page::Evidence, tr("证据库"), "shield"},
                           {Page::Log, tr("操作日志"), "list"},  {Page::Nodes, tr("节点"), "node"},        {Page::Settings, tr("设置"), "tool"}};
  for (const auto& [page, name, icon_name] : entries) {
    const auto index = static_cast<int>(page);
    auto* made = button(name);
    made->setIcon(icon(icon_name, colour::nav_text));
    made->setIconSize({18, 18});
    made->setProperty("nav", true);
    made->setCheckable(true);
    made->setAccessibleName(tr("页面 ") + name);
    made->setToolTip(page == Page::Home ? QString("Ctrl+0") : QString("Ctrl+%1").arg(index + 1));
    group->addButton(made, index);
    column->addWidget(made);
    nav_[static_cast<std::size_t>(index)] = made;
  }
  connect(group, &QButtonGroup::idClicked, this, [this](int id) { go(static_cast<Page>(id)); });
  column->addStretch(1);
  auto* foot = new QHBoxLayout;
  foot->setContentsMargins(16, 0, 16, 0);
  auto* name = label(tr("固证"));
  name->setObjectName("navName");
  auto* other = button(language == "en" ? QStringLiteral("中文") : QStringLiteral("English"));
  other->setProperty("navSmall", true);
  other->setAccessibleName(QStringLiteral("语言 Language"));
  connect(other, &QPushButton::clicked, this, [this, language] { emit language_wanted(language == "en" ? "zh" : "en"); });
  foot->addWidget(name);
  foot->addStretch(1);
  foot->addWidget(other);
  column->addLayout(foot);
  return nav;
}

void MainWindow::add_keys() {
  const auto key = [this](const QString& keys, auto act) {
    auto* shortcut = new QShortcut(QKeySequence(keys), this);
    connect(shortcut, &QShortcut::activated, this, act);
  };
  key("Ctrl+1", [this] { go(Page::Capture); });
  key("Ctrl+2", [this] { go(Page::Evidence); });
  key("Ctrl+3", [this] { go(Page::Log); });
  key("Ctrl+4", [this] { go(Page::Nodes); });
  key("Ctrl+5", [this] { go(Page::Settings); });
  key("Ctrl+6", [this] { go(Page::Subjects); });
  key("Ctrl+0", [this] { go(Page::Home); });
  key("Ctrl+7", [this] { go(Page::Tasks); });
  key("Ctrl+L", [this] { desks_.officers.lock(); });
  key("F1", [this] { show_help(); });
}

void MainWindow::go(Page page) {
  const auto index = static_cast<int>(page);
  nav_[static_cast<std::size_t>(index)]->setChecked(true);
  pages_->setCurrentIndex(index);
  if (page == Page::Home || page == Page::Tasks) pages_->currentWidget()->setFocus();      // their keys work at once
  refresh_title();
}

Page MainWindow::page() const { return static_cast<Page>(pages_->currentIndex()); }

void MainWindow::refresh_title() {
  if (door_->currentWidget() == login_) return top_->set_title(desks_.officers.door() == Door::Locked ? tr("已锁定") : tr("登录"));
  switch (page()) {
    case Page::Capture: top_->set_title(capture_->title()); break;
    case Page::Evidence: top_->set_title(tr("证据库")); break;
    case Page::Log: top_->set_title(tr("操作日志")); break;
    case Page::Nodes: top_->set_title(tr("节点")); break;
    case Page::Settings: top_->set_title(tr("设置")); break;
    case Page::Subjects: top_->set_title(tr("主体")); break;
    case Page::Home: top_->set_title(tr("工作台")); break;
    case Page::Tasks: top_->set_title(tasks_->title()); break;
  }
}

void MainWindow::set_practice_state(const QString& text) { capture_->set_practice_state(text); }
void MainWindow::show_error(Doing doing, const Error& error) { messages_->show_error(doing, error); }

void MainWindow::show_help() {
  if (!help_) help_ = new HelpWindow(this);
  help_->show();
  help_->raise();
  help_->activateWindow();
}

// A running session is not lost by a stray click: the window stays and says what to do.
void MainWindow::closeEvent(QCloseEvent* event) {
  if (!desks_.live.busy()) return QMainWindow::closeEvent(event);
  event->ignore();
  if (door_->currentWidget() == login_) {
    messages_->show_text("red", tr("正在取证，窗口没有关闭。请先解锁，再“结束并封存”。"));
    return;
  }
  go(Page::Capture);
  messages_->show_text("red", tr("正在取证，窗口没有关闭。请先“结束并封存”（F10），再关闭窗口。"));
  capture_->ask_end();
}

}  // namespace guzheng::ui
