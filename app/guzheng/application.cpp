#include "app/guzheng/application.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QTimer>

#include "ui/base/accessible.h"
#include "ui/base/errors.h"

namespace guzheng {

Application::Application(ProgramOptions options)
    : options_(std::move(options)),
      station_(options_.desk),
      phones_(station_.quick()),
      live_(station_, phones_, &CaptureSession::start, speakers_.make()),
      group_(station_, phones_, live_),
      nodes_(station_, phones_, live_),
      officers_(station_, live_),
      vault_(station_),
      player_(station_.clock(), speakers_.make()),
      reports_(station_),
      log_(station_),
      settings_(station_),
      inventory_(station_),
      scripts_(station_, live_),
      subjects_(station_),
      subject_search_(subjects_),
      tags_(subjects_),
      subject_export_(subjects_),
      subject_import_(subjects_),
      notices_(subjects_),
      matches_(subjects_),
      push_(subjects_),
      patrol_(subjects_, live_),
      marks_(subjects_),
      codes_(subjects_),
      tasks_(station_),
      task_papers_(tasks_),
      analysis_([this] { return tasks_.book(); }, subjects_),
      task_settings_([this] { return tasks_.book(); }, station_),
      review_(station_, vault_),
      proof_(station_, vault_),
      care_(station_),
      imports_(station_),
      copies_(station_, reports_),
      sync_(station_, vault_) {
  ui::make_accessibility_safe();
  connect(&officers_, &OfficerDesk::door_changed, this, &Application::door_changed, Qt::QueuedConnection);
  connect(&officers_, &OfficerDesk::note_due, this, &Application::note_lock);
  connect(&tasks_, &TaskDesk::opened, &task_settings_, &TaskSettingsDesk::opened);
  connect(&task_settings_, &TaskSettingsDesk::recounted, &tasks_, &TaskDesk::changed);
  connect(&live_, &LiveDesk::sealed, this, [this](const SealedPackage& package) {
    subjects_.keep_capture(live_.order(), package.id);
    tasks_.keep_capture(live_.order(), package.id);
  });
  connect(&group_, &GroupDesk::sealed, this, [this] {
    if (!group_.last_result()) return;
    for (const auto& member : group_.last_result()->members)
      if (member.package) {
        subjects_.keep_capture(group_.order(), member.package->id);
        tasks_.keep_capture(group_.order(), member.package->id);
      }
  });
}

Application::~Application() {
  window_.reset();
  sync_.stop();
  nodes_.stop();
  phones_.stop();
  station_.record("op.stop", Json{{"program", "guzheng"}});
  vault_.cancel();
  review_.cancel();
  care_.cancel();
  imports_.cancel();
  scripts_.cancel();
  subject_export_.cancel();
  subject_import_.stop();
  patrol_.stop();
  marks_.stop();
  codes_.stop();
  push_.stop();
  matches_.stop();
  subject_search_.stop();
  subjects_.stop();
  analysis_.stop();
  task_settings_.stop();
  tasks_.stop();
  reports_.cancel();
  station_.drain();
  practice_.reset();                       // the phone goes after the session that used it
}

void Application::show() {
  speak(QString::fromStdString(options_.language));
  window_->go(options_.page == "evidence" ? ui::Page::Evidence : options_.page == "log" ? ui::Page::Log : options_.page == "nodes" ? ui::Page::Nodes : options_.page == "settings" ? ui::Page::Settings : options_.page == "subjects" ? ui::Page::Subjects : options_.page == "tasks" ? ui::Page::Tasks : options_.page == "home" ? ui::Page::Home : ui::Page::Capture);
  // the window is painted before anything is opened or started
  QTimer::singleShot(0, this, [this] {
    station_.open();
    add_phones();
  });
}

void Application::add_phones() {
  if (options_.desk.adb_port) {
    phones_.add_source(options_.desk.adb_host, options_.desk.adb_port, false);
    return;
  }
  phones_.add_source("127.0.0.1", 5037, true);
  if (options_.desk.policy.empty()) start_practice();
}

void Application::start_practice() {
  practice_ = std::make_unique<PracticeDesk>(options_.desk.programs, options_.desk.home);
  connect(practice_.get(), &PracticeDesk::ready, this, [this](quint16 port) { phones_.add_source("127.0.0.1", port, false); });
  connect(practice_.get(), &PracticeDesk::failed, this, [this](const Error& error) {
    practice_error_ = error;
    say_practice_state();
  });
  practice_->start();
  say_practice_state();
}

// Nobody sees what another officer had opened: the window is built anew for whoever comes, and emptied for whoever goes.
void Application::door_changed() {
  if (!officers_.has_login()) return;
  const bool gone = officers_.door() == Door::LoggedOut && !shown_to_.empty();
  const bool other = officers_.door() == Door::Open && officers_.first() != shown_to_;
  if (!gone && !other) return;
  const bool rebuild = !shown_to_.empty();
  shown_to_ = gone ? std::string() : officers_.first();
  if (!rebuild || live_.busy()) return;
  player_.close();
  build_window(language_);
}

// In the language of the records, whatever the window's.
void Application::note_lock(bool locked, bool by_idleness, const QString& who) {
  const auto what = !locked      ? QStringLiteral("工作站已解锁：")
                    : by_idleness ? QStringLiteral("工作站因无人操作自动锁定，录制继续。在岗人员：")
                                  : QStringLiteral("工作站已锁定，录制继续。锁定人员：");
  live_.note((what + who).toStdString());
  group_.note((what + who).toStdString());
}

void Application::say_practice_state() {
  if (!practice_ || !window_) return;
  window_->set_practice_state(practice_error_ ? ui::sentence(ui::Doing::StartPractice, *practice_error_).text() : tr("练习手机正在启动，几秒钟后出现在这里…"));
}

void Application::speak(const QString& language) {
  QCoreApplication::removeTranslator(&words_);
  QCoreApplication::removeTranslator(&qt_words_);
  language_ = language;
  if (language == "en") {
    if (words_.load(":/translations/guzheng_en.qm")) QCoreApplication::installTranslator(&words_);
  } else if (qt_words_.load("qt_zh_CN", QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
    QCoreApplication::installTranslator(&qt_words_);      // Qt's own dialogs
  }
  build_window(language);
}

void Application::build_window(const QString& language) {
  const auto place = window_ ? window_->saveGeometry() : QByteArray();
  const auto page = window_ ? window_->page() : ui::Page::Capture;
  const ui::Desks desks{station_, live_, group_, officers_, vault_, player_, reports_, log_, settings_, nodes_, inventory_, scripts_, {subjects_, subject_search_, tags_, subject_export_, subject_import_, notices_, matches_, push_, patrol_, marks_, codes_}, {review_, proof_, care_, imports_, copies_, sync_}, {tasks_, task_papers_, analysis_, task_settings_}};
  window_ = std::make_unique<ui::MainWindow>(desks, language);
  if (!place.isEmpty()) window_->restoreGeometry(place);
  window_->go(page);
  // queued: the old window is still in the button's click
  connect(window_.get(), &ui::MainWindow::language_wanted, this, &Application::speak, Qt::QueuedConnection);
  say_practice_state();
  window_->show();
}

}  // namespace guzheng
