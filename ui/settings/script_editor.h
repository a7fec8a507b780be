// ui. 设置 → 脚本: one script as a list of steps with a form for the one that is chosen; undo; what is wrong beside what it is about.
#pragma once

#include <QWidget>
#include <functional>
#include <vector>

#include "core/desk/script_desk.h"

class QPushButton;
class QVBoxLayout;

namespace guzheng::ui {

class Card;
class RowList;
class StepForm;

class ScriptEditor : public QWidget {
  Q_OBJECT
 public:
  explicit ScriptEditor(ScriptDesk& desk, QWidget* parent = nullptr);
  void add_below_form(QWidget* widget);
  void show_script(const Json& script);
  void clear();                            // no script
  void mark_saved() { saved_ = script_; }
  void set_field(const QString& field, const Json& value); // of the step that is chosen, and its form anew
  [[nodiscard]] bool is_open() const { return open_; }
  [[nodiscard]] bool dirty() const { return open_ && script_ != saved_; }
  [[nodiscard]] bool in_order() const { return problems_.empty(); }
  [[nodiscard]] const Json& script() const { return script_; }
  void refresh_buttons();

 signals:
  void changed();                          // the script, or what is wrong with it
  void save_wanted();
  void picture_wanted(const QString& field);

 private:
  QWidget* build_steps();
  void add_keys();
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
  [[nodiscard]] int row() const;           // of the list of steps; 0: the script itself

  ScriptDesk& desk_;
  RowList* steps_;
  Card *steps_card_, *form_card_;
  StepForm* form_;
  QVBoxLayout* right_;
  QPushButton *add_, *drop_, *up_, *down_, *undo_, *save_;
  bool open_ = false;
  Json script_, saved_;
  std::vector<std::pair<Json, int>> undone_;         // what to go back to, and the row
  QString last_change_;
  std::vector<ScriptProblem> problems_;
};

}  // namespace guzheng::ui
