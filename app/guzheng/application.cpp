#include "app/guzheng/application.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QTimer>

#include "ui/base/errors.h"

namespace guzheng {

Application::Application(ProgramOptions options)
    : options_(std::move(options)),
      station_(options_.desk),
      phones_(station_.quick()),
      live_(station_, phones_, &CaptureSession::start),
      vault_(station_),
      player_(station_.clock()),
      reports_(station_),
      log_(station_),
      review_(station_, vault_),
      proof_(station_, vault_),
      care_(station_),
      imports_(station_) {}

Application::~Application() {
  window_.reset();
  phones_.stop();
  station_.record("op.stop", Json{{"program", "guzheng"}});
  vault_.cancel();
  review_.cancel();
  care_.cancel();
  imports_.cancel();
  reports_.cancel();
  station_.drain();
  practice_.reset();                       // the phone goes after the session that used it
}

void Application::show() {
  speak(QString::fromStdString(options_.language));
  window_->go(options_.page == "evidence" ? ui::Page::Evidence : options_.page == "log" ? ui::Page::Log : ui::Page::Capture);
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
  start_practice();
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
  window_ = std::make_unique<ui::MainWindow>(ui::Desks{station_, live_, vault_, player_, reports_, log_, {review_, proof_, care_, imports_}}, language);
  if (!place.isEmpty()) window_->restoreGeometry(place);
  window_->go(page);
  // queued: the old window is still in the button's click
  connect(window_.get(), &ui::MainWindow::language_wanted, this, &Application::speak, Qt::QueuedConnection);
  say_practice_state();
  window_->show();
}

}  // namespace guzheng
