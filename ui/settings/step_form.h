// ui. One step of a capture script, or the script as a whole, as a form: a field a line, what is wrong beside it.
#pragma once

#include <QWidget>
#include <map>

#include "core/desk/script_desk.h"

class QGridLayout;
class QLabel;

namespace guzheng::ui {

class StepForm : public QWidget {
  Q_OBJECT
 public:
  explicit StepForm(QWidget* parent = nullptr);
  void show_script(const Json& script);
  void show_step(const Json& step);
  void show_nothing(const QString& why);
  // Of what is shown. Fields stay as they are: nothing that is being typed is lost.
  void set_problems(const std::vector<ScriptProblem>& problems);

 signals:
  // `path`: the field, "target/app" of a field within; null: it is not given.
  void edited(const QString& path, const guzheng::Json& value);
  void action_chosen(const std::string& name);
  void picture_wanted(const QString& path);          // a picture is to be cut for this field

 private:
  void begin();
  void add_text(const QString& path, const QString& name, const QString& hint, const QString& value, const ScriptField& field);
  void add_choice(const ScriptField& field, const QString& name, const std::string& value, bool compulsory);
  void add_row(const QString& path, const QString& name, QWidget* editor, QWidget* beside = nullptr);
  QGridLayout* grid_;
  std::map<std::string, QLabel*> problems_;          // by field
  QLabel* rest_ = nullptr;                           // what belongs to no field
};

}  // namespace guzheng::ui
