// ui. What a phone put on its clipboard, offered to the desk: taken over by a button, never by itself; a foreign app's text must not replace what
// the officer is about to paste.
#pragma once

#include <QFrame>
#include <functional>
#include <string>

class QLabel;

namespace guzheng::ui {

class ClipboardNote : public QFrame {
  Q_OBJECT
 public:
  explicit ClipboardNote(QWidget* parent = nullptr);
  // `whose`: which phone, "" where there is one alone. `hidden`: 密码输入 is on, the text is not shown here. `taken` is called once it was taken over.
  void offer(const std::string& text, const QString& whose, bool hidden, std::function<void()> taken);

 private:
  void take();
  QLabel* words_;
  QString text_;
  std::function<void()> taken_;
};

// Pure: the beginning of it on one line, what is no letter made visible as spaces.
QString clipboard_line(const QString& text);

}  // namespace guzheng::ui
