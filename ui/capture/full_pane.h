// ui. The phone alone on the whole screen (F11): the same pane, moved here and given back. Esc or F11 returns; F8 captures.
#pragma once

#include <QLabel>
#include <QWidget>
#include <functional>

namespace guzheng::ui {

class PhonePane;

class FullPane : public QWidget {
  Q_OBJECT
 public:
  struct Acts {
    std::function<void()> capture, capture_long;
  };
  // A window of its own that belongs to `owner` and takes the pane as long as it stands.
  FullPane(PhonePane* pane, Acts acts, QWidget* owner);
  void set_words(const QString& words);    // what is under the phone: state of the recording

 signals:
  void leaving();

 protected:
  void closeEvent(QCloseEvent* event) override;

 private:
  QLabel* words_;
};

}  // namespace guzheng::ui
