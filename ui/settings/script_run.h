// ui. 设置 → 脚本, a run of the script that is shown: on which phone, with which secrets, how far it is. Its result waits for its review.
#pragma once

#include <vector>

#include "core/desk/script_desk.h"
#include "ui/base/parts.h"

class QComboBox;
class QProgressBar;

namespace guzheng::ui {

class ScriptRunCard : public Card {
  Q_OBJECT
 public:
  explicit ScriptRunCard(ScriptDesk& desk, QWidget* parent = nullptr);
  // What is shown in the editor; `hindrance`: why it is not run, "" when it can be.
  void show(const Json* script, const std::string& file, const QString& hindrance);

 signals:
  void began();
  void ended(bool stopped, const QString& words);

 private:
  void refresh_phones();
  void refresh_secrets(const Json* script);
  void refresh_buttons();
  void run();
  void say(const QString& words, const QString& spoken = {});

  ScriptDesk& desk_;
  QComboBox* phones_;
  QVBoxLayout* secrets_;
  QLabel* state_;
  QProgressBar* bar_;
  QPushButton *run_, *stop_;
  std::vector<std::pair<std::string, QLineEdit*>> fields_;
  std::vector<PhoneEntry> offered_;
  std::string file_;
  QString hindrance_;
  bool open_ = false;
};

}  // namespace guzheng::ui
