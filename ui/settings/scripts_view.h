// ui. 设置 → 脚本 (A-8.3f): the station's capture scripts; one of them as a list of steps; a run of it on a chosen phone, whose result waits for its review.
#pragma once

#include <QWidget>
#include <vector>

#include "core/desk/script_desk.h"
#include "core/desk/vault_desk.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace guzheng::ui {

class Card;
class MessageBar;
class RowList;
class StepForm;

class ScriptsView : public QWidget {
  Q_OBJECT
 public:
  ScriptsView(ScriptDesk& desk, VaultDesk& vault, QWidget* parent = nullptr);

 protected:
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  QWidget* build_list();
  QWidget* build_derive();
  QWidget* build_steps();
  QWidget* build_run();
  void add_keys();
  void refresh_list();
  void refresh_packages();
  void refresh_phones();
  void refresh_secrets();
  void refresh_buttons();
  void choose_script();
  void show_script(const std::string& file, const Json& script);
  void show_steps(int wanted);             // wanted: row to stand on
  void show_form();
  void show_problems();
  void change(const QString& key, const std::function<void(Json&)>& act, int row = -1);      // with undo; `key`: further changes of the same are one
  void edit(const QString& path, const Json& value);
  void choose_action(const std::string& name);
  void add_step();
  void remove_step();
  void move_step(int by);
  void undo();
  void save();
  void run();
  [[nodiscard]] int row() const;           // of the list of steps; 0: the script itself
  [[nodiscard]] bool dirty() const { return open_ && script_ != saved_; }

  ScriptDesk& desk_;
  VaultDesk& vault_;
  MessageBar* messages_;
  RowList *list_, *steps_;
  Card *steps_card_, *form_card_;
  StepForm* form_;
  QPushButton *fresh_, *remove_, *derive_, *add_, *drop_, *up_, *down_, *undo_, *save_, *run_, *stop_;
  QComboBox *packages_, *phones_;
  QLineEdit* reason_;
  QVBoxLayout* secrets_;
  QLabel* run_state_;
  QProgressBar* bar_;
  std::vector<std::pair<std::string, QLineEdit*>> secret_fields_;
  std::vector<PhoneEntry> offered_;
  std::string file_, wanted_;              // wanted_: to be opened once the list has it
  bool open_ = false;
  Json script_, saved_;
  std::vector<std::pair<Json, int>> undone_;         // what to go back to, and the row
  QString last_change_;
  std::vector<ScriptProblem> problems_;
};

}  // namespace guzheng::ui
