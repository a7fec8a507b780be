#include "ui/settings/script_editor.h"

#include <QShortcut>

#include "ui/base/parts.h"
#include "ui/base/row_list.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/settings/script_words.h"
#include "ui/settings/step_form.h"

namespace guzheng::ui {
namespace {

constexpr std::size_t kMostUndo = 200;

}  // namespace

ScriptEditor::ScriptEditor(ScriptDesk& desk, QWidget* parent) : QWidget(parent), desk_(desk) {
  auto* columns = new QHBoxLayout(this);
  columns->setContentsMargins(0, 0, 0, 0);
  columns->setSpacing(16);
  right_ = new QVBoxLayout;
  right_->setSpacing(16);
  form_card_ = new Card(tr("步骤内容"));
  form_ = new StepForm;
  auto* place = new QWidget;
  auto* column = new QVBoxLayout(place);
  column->setContentsMargins(0, 0, 8, 0);
  column->addWidget(form_);
  column->addStretch(1);
  auto* flow = scroller(place);            // the list of steps and its buttons stay in sight
  flow->setMinimumHeight(180);
  form_card_->body()->addWidget(flow, 1);
  right_->addWidget(form_card_, 1);
  columns->addWidget(build_steps(), 1);
  columns->addLayout(right_, 1);
  connect(form_, &StepForm::edited, this, &ScriptEditor::edit);
  connect(form_, &StepForm::action_chosen, this, &ScriptEditor::choose_action);
  connect(form_, &StepForm::picture_wanted, this, &ScriptEditor::picture_wanted);
  connect(&desk_, &ScriptDesk::checked, this, [this](const Json& script, const std::vector<ScriptProblem>& problems) {
    if (script != script_) return;
    problems_ = problems;
    show_problems();
  });
  add_keys();
  show_steps(0);
}

void ScriptEditor::add_below_form(QWidget* widget) { right_->addWidget(widget); }

QWidget* ScriptEditor::build_steps() {
  steps_card_ = new Card(tr("步骤"));
  undo_ = button(tr("撤销"), "back");
  undo_->setAccessibleName(tr("撤销修改"));
  undo_->setToolTip(QStringLiteral("Ctrl+Z"));
  save_ = button(tr("保存"), "disk");
  save_->setAccessibleName(tr("保存脚本"));
  save_->setToolTip(QStringLiteral("Ctrl+S"));
  steps_card_->header()->addWidget(undo_);
  steps_card_->header()->addWidget(save_);
  RowLook look;
  look.rule = true;
  look.text_lines = 1;
  look.left_width = 36;
  steps_ = new RowList(tr("步骤列表"), look);
  steps_->setMinimumHeight(160);
  steps_card_->body()->addWidget(steps_, 1);
  auto* below = new QHBoxLayout;
  below->setSpacing(8);
  add_ = button(tr("添加"), "note");
  add_->setAccessibleName(tr("添加步骤"));
  add_->setToolTip(tr("在这一步之后添加（Ctrl+Enter）"));
  drop_ = button(tr("移除"), "cross");
  drop_->setAccessibleName(tr("移除步骤"));
  drop_->setToolTip(QStringLiteral("Delete"));
  up_ = button(tr("上移"));
  up_->setAccessibleName(tr("上移步骤"));
  up_->setToolTip(QStringLiteral("Alt+↑"));
  down_ = button(tr("下移"));
  down_->setAccessibleName(tr("下移步骤"));
  down_->setToolTip(QStringLiteral("Alt+↓"));
  for (auto* one : {add_, drop_, up_, down_}) below->addWidget(one);
  below->addStretch(1);
  steps_card_->body()->addLayout(below);
  connect(steps_, &RowList::moved, this, &ScriptEditor::show_form);
  connect(add_, &QPushButton::clicked, this, &ScriptEditor::add_step);
  connect(drop_, &QPushButton::clicked, this, &ScriptEditor::remove_step);
  connect(up_, &QPushButton::clicked, this, [this] { move_step(-1); });
  connect(down_, &QPushButton::clicked, this, [this] { move_step(1); });
  connect(undo_, &QPushButton::clicked, this, &ScriptEditor::undo);
  connect(save_, &QPushButton::clicked, this, &ScriptEditor::save_wanted);
  return steps_card_;
}

void ScriptEditor::add_keys() {
  const auto key = [this](const QKeySequence& keys, QWidget* where, const std::function<void()>& act) {
    auto* shortcut = new QShortcut(keys, where);
    shortcut->setContext(Qt::WidgetWithChildrenShortcut);
    connect(shortcut, &QShortcut::activated, this, act);
  };
  key(Qt::Key_Delete, steps_, [this] { remove_step(); });
  key(Qt::ALT | Qt::Key_Up, steps_card_, [this] { move_step(-1); });
  key(Qt::ALT | Qt::Key_Down, steps_card_, [this] { move_step(1); });
  key(Qt::CTRL | Qt::Key_Return, this, [this] { add_step(); });
  key(QKeySequence::Undo, steps_card_, [this] { undo(); });
  key(QKeySequence::Save, this, [this] { emit save_wanted(); });
}

int ScriptEditor::row() const { return steps_->chosen(); }

void ScriptEditor::show_script(const Json& script) {
  open_ = true;
  script_ = saved_ = script;
  if (!script_.contains("steps") || !script_["steps"].is_array()) script_["steps"] = Json::array();
  undone_.clear();
  last_change_.clear();
  problems_.clear();
  show_steps(0);
  desk_.check(script_);
}

void ScriptEditor::clear() {
  open_ = false;
  show_steps(0);
}

void ScriptEditor::set_field(const QString& field, const Json& value) {
  edit(field, value);
  show_form();
}

void ScriptEditor::show_steps(int wanted) {
  std::vector<Row> rows;
  if (open_) {
    Row head;
    head.icon = "document";
    head.title = qs(text_at(script_, "name"));
    head.lines = {tr("名称、对象、取证指令")};
    rows.push_back(std::move(head));
    int number = 0;
    for (const auto& step : script_["steps"]) {
      Row row;
      row.left = QString::number(++number);
      row.icon = text_at(step, "do") == "capture" || text_at(step, "do") == "long" ? "camera" : "";
      row.colour = colour::blue;
      row.title = ScriptWords::summary(step);
      row.lines = {qs(text_at(step, "remark"))};
      rows.push_back(std::move(row));
    }
  }
  const int count = static_cast<int>(rows.size());
  steps_->rows().set_rows(std::move(rows));
  steps_->choose(std::min(wanted, count - 1));
  show_form();
  emit changed();
}

void ScriptEditor::show_form() {
  const int at = row();
  if (!open_ || at < 0) {
    form_card_->set_title(tr("步骤内容"));
    form_->show_nothing(tr("还没有打开脚本。新建一个，或由一次已封存的会话生成。"));
  } else if (at == 0) {
    form_card_->set_title(tr("脚本与取证指令"));
    form_->show_script(script_);
  } else {
    form_card_->set_title(tr("第 %1 步").arg(at));
    form_->show_step(script_["steps"][static_cast<std::size_t>(at - 1)]);
  }
  show_problems();
}

void ScriptEditor::show_problems() {
  std::vector<ScriptProblem> here;
  std::map<std::size_t, QString> first;
  for (const auto& problem : problems_) {
    if (static_cast<int>(problem.step) == row()) here.push_back(problem);
    first.try_emplace(problem.step, ScriptWords::problem(problem));
  }
  form_->set_problems(here);
  for (int i = 0; open_ && i < steps_->rows().rowCount(); ++i) {
    Row line = steps_->rows().row(i);
    const auto problem = first.find(static_cast<std::size_t>(i));
    const bool wrong = problem != first.end();
    const QString remark = i == 0 ? tr("名称、对象、取证指令") : qs(text_at(script_["steps"][static_cast<std::size_t>(i - 1)], "remark"));
    line.icon = wrong ? "alert" : i == 0 ? "document" : line.icon == "alert" ? QString() : line.icon;
    line.colour = wrong ? colour::red : colour::blue;
    line.lines = {wrong ? problem->second : remark};
    steps_->rows().update(i, std::move(line));
  }
  refresh_buttons();
}

void ScriptEditor::change(const QString& key, const std::function<void(Json&)>& act, int wanted) {
  if (!open_) return;
  if (key.isEmpty() || key != last_change_) {
    undone_.emplace_back(script_, row());
    if (undone_.size() > kMostUndo) undone_.erase(undone_.begin());
  }
  last_change_ = key;
  act(script_);
  if (wanted >= 0) {
    show_steps(wanted);
  } else if (const int at = row(); at >= 0) {          // typed in the form: only the row is written anew
    Row line = steps_->rows().row(at);
    line.title = at == 0 ? qs(text_at(script_, "name")) : ScriptWords::summary(script_["steps"][static_cast<std::size_t>(at - 1)]);
    steps_->rows().update(at, std::move(line));
  }
  desk_.check(script_);
  refresh_buttons();
}

void ScriptEditor::edit(const QString& path, const Json& value) {
  const int at = row();
  change(QString::number(at) + path, [&](Json& script) {
    Json* place = at == 0 ? &script : &script["steps"][static_cast<std::size_t>(at - 1)];
    const auto slash = path.indexOf('/');
    if (slash >= 0) place = &(*place)[ss(path.left(slash))];
    const std::string name = ss(path.mid(slash + 1));
    if (value.is_null()) place->erase(name);
    else (*place)[name] = value;
  });
}

// What the new kind of step knows too is kept.
void ScriptEditor::choose_action(const std::string& name) {
  const int at = row();
  const auto* action = script_action(name);
  if (at < 1 || action == nullptr) return;
  change({}, [&](Json& script) {
    Json& step = script["steps"][static_cast<std::size_t>(at - 1)];
    Json made{{"do", name}};
    for (const auto& field : action->fields)
      if (step.contains(field.name) && field.type == FieldType::Text) made[field.name] = step[field.name];
    if (name == "capture" || name == "long") made["kind"] = "other";
    if (name == "key") made["key"] = "back";
    step = std::move(made);
  }, at);
}

void ScriptEditor::add_step() {
  const int at = std::max(0, row());
  change({}, [&](Json& script) { script["steps"].insert(script["steps"].begin() + at, Json{{"do", "tap"}}); }, at + 1);
}

void ScriptEditor::remove_step() {
  const int at = row();
  if (at < 1) return;
  change({}, [&](Json& script) { script["steps"].erase(static_cast<std::size_t>(at - 1)); }, at);
}

void ScriptEditor::move_step(int by) {
  const int at = row(), to = at + by;
  if (at < 1 || to < 1 || to >= steps_->rows().rowCount()) return;
  change({}, [&](Json& script) { std::swap(script["steps"][static_cast<std::size_t>(at - 1)], script["steps"][static_cast<std::size_t>(to - 1)]); }, to);
}

void ScriptEditor::undo() {
  if (undone_.empty()) return;
  script_ = std::move(undone_.back().first);
  const int at = undone_.back().second;
  undone_.pop_back();
  last_change_.clear();
  show_steps(at);
  desk_.check(script_);
}

void ScriptEditor::refresh_buttons() {
  const int at = row();
  for (auto* one : {add_, drop_, up_, down_}) one->setEnabled(open_);
  drop_->setEnabled(open_ && at > 0);
  up_->setEnabled(open_ && at > 1);
  down_->setEnabled(open_ && at > 0 && at + 1 < steps_->rows().rowCount());
  undo_->setEnabled(!undone_.empty());
  save_->setEnabled(dirty());
  steps_card_->set_title(dirty() ? tr("步骤 · 有修改未保存") : tr("步骤"));
  emit changed();
}

}  // namespace guzheng::ui
