#include "ui/settings/step_form.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>

#include "ui/base/parts.h"
#include "ui/base/text.h"
#include "ui/settings/script_words.h"

namespace guzheng::ui {
namespace {

QString shown(const Json& value) {
  if (value.is_string()) return qs(value.get<std::string>());
  if (value.is_array() && value.size() == 2) return qs(value[0].dump() + ", " + value[1].dump());
  return value.is_null() ? QString() : qs(value.dump());
}

// What was typed, as the field's type; what is no such thing stays a text, which the check then names.
Json typed(const ScriptField& field, const QString& text) {
  if (text.isEmpty()) return nullptr;
  bool ok = false, ok_too = false;
  if (field.type == FieldType::Number) {
    const qlonglong number = text.trimmed().toLongLong(&ok);
    if (ok) return number;
  }
  if (field.type == FieldType::Point) {
    QString plain = text;
    const auto parts = plain.replace(QStringLiteral("，"), QStringLiteral(",")).split(',');
    if (parts.size() == 2) {
      const qlonglong x = parts[0].trimmed().toLongLong(&ok), y = parts[1].trimmed().toLongLong(&ok_too);
      if (ok && ok_too) return Json::array({x, y});
    }
  }
  return ss(text);
}

bool is_compulsory(const ScriptAction& action, const ScriptField& field) {
  return action.need == Need::All && std::find(action.ways.front().begin(), action.ways.front().end(), field.name) != action.ways.front().end();
}

}  // namespace

StepForm::StepForm(QWidget* parent) : QWidget(parent), grid_(new QGridLayout(this)) {
  grid_->setContentsMargins(0, 0, 0, 0);
  grid_->setVerticalSpacing(8);
  grid_->setColumnStretch(1, 1);
}

void StepForm::begin() {
  clear_layout(grid_);
  problems_.clear();
  rest_ = wrapped({}, "bad");
  rest_->setAccessibleName(tr("这一步要改的地方"));
  rest_->hide();
}

void StepForm::show_nothing(const QString& why) {
  begin();
  grid_->addWidget(wrapped(why, "quiet"), 0, 0, 1, 2);
  grid_->addWidget(rest_, 1, 0, 1, 2);
}

void StepForm::add_row(const QString& path, const QString& name, QWidget* editor, QWidget* beside) {
  const int row = grid_->rowCount();
  editor->setAccessibleName(tr("步骤 ") + name);
  grid_->addWidget(label(name, "quiet"), row, 0);
  if (beside) {
    auto* both = new QHBoxLayout;
    both->addWidget(editor, 1);
    both->addWidget(beside);
    grid_->addLayout(both, row, 1);
  } else {
    grid_->addWidget(editor, row, 1);
  }
  auto* problem = wrapped({}, "bad");
  problem->hide();
  grid_->addWidget(problem, row + 1, 1);
  problems_[ss(path)] = problem;
}

void StepForm::add_text(const QString& path, const QString& name, const QString& hint, const QString& value, const ScriptField& field) {
  auto* edit = new QLineEdit(value);
  edit->setPlaceholderText(hint);
  edit->setMaxLength(2000);
  edit->setCursorPosition(0);
  connect(edit, &QLineEdit::textEdited, this, [this, path, field](const QString& text) { emit edited(path, typed(field, text)); });
  QPushButton* cut = nullptr;
  if (field.type == FieldType::Picture) {
    cut = button(tr("裁取…"));
    cut->setAccessibleName(tr("从截图裁取图片"));
    cut->setToolTip(tr("从一次取证的截图上框出要找的部分"));
    connect(cut, &QPushButton::clicked, this, [this, path] { emit picture_wanted(path); });
  }
  add_row(path, name, edit, cut);
}

void StepForm::add_choice(const ScriptField& field, const QString& name, const std::string& value, bool compulsory) {
  auto* box = new QComboBox;
  if (!compulsory || value.empty()) box->addItem(tr("不填"), QString());
  for (const auto& one : field.choices) box->addItem(ScriptWords::choice(field.name, one), qs(one));
  if (!value.empty() && box->findData(qs(value)) < 0) box->addItem(qs(value), qs(value));
  box->setCurrentIndex(box->findData(qs(value)));
  const auto path = qs(field.name);
  connect(box, &QComboBox::activated, this, [this, box, path] {
    const auto chosen = box->currentData().toString();
    emit edited(path, chosen.isEmpty() ? Json(nullptr) : Json(ss(chosen)));
  });
  add_row(path, name, box);
}

void StepForm::show_step(const Json& step) {
  begin();
  const auto name = text_at(step, "do");
  auto* what = new QComboBox;
  for (const auto& action : script_actions()) what->addItem(ScriptWords::action(action.name), qs(action.name));
  what->setCurrentIndex(what->findData(qs(name)));
  connect(what, &QComboBox::activated, this, [this, what] { emit action_chosen(ss(what->currentData().toString())); });
  add_row("do", tr("动作"), what);
  if (const auto* action = script_action(name)) {
    for (const auto& field : action->fields) {
      const Json value = step.contains(field.name) ? step[field.name] : Json();
      // pixels are for scripts written by hand: shown where they are used
      const bool old = field.name == "x" || field.name == "y" || field.name == "from" || (field.name == "to" && field.type == FieldType::Point);
      if (old && value.is_null()) continue;
      if (field.type == FieldType::Choice) add_choice(field, ScriptWords::field(field), value.is_string() ? value.get<std::string>() : std::string(), is_compulsory(*action, field));
      else add_text(qs(field.name), ScriptWords::field(field), ScriptWords::hint(field), shown(value), field);
    }
  }
  grid_->addWidget(rest_, grid_->rowCount(), 0, 1, 2);
}

void StepForm::show_script(const Json& script) {
  begin();
  const ScriptField text{"", FieldType::Text, 0, 0, {}};
  const auto at = [&](const char* part, const char* name) {
    return script.contains(part) && script[part].is_object() ? qs(text_at(script[part], name)) : QString();
  };
  add_text("name", tr("脚本名称"), {}, qs(text_at(script, "name")), text);
  add_text("target/app", tr("对象 应用"), tr("包名，例如 com.example.shop，执行时从头打开"), at("target", "app"), text);
  add_text("target/url", tr("对象 网址"), tr("https://…"), at("target", "url"), text);
  add_text("target/mark", tr("对象 其他标识"), tr("小程序、账号、店铺编号等"), at("target", "mark"), text);
  const std::pair<const char*, QString> order[] = {
      {"reason", tr("取证事由")}, {"what", tr("取证内容")}, {"legal_basis", tr("法律依据")}, {"subject_name", tr("当事人")}, {"credit_code", tr("统一社会信用代码")}, {"shop", tr("店铺")},
      {"platform", tr("平台")}, {"link", tr("网址或标识")}, {"ownership", tr("权属")}, {"order_no", tr("指令编号")}, {"task", tr("任务")}, {"case_no", tr("案件编号")}};
  for (const auto& [name, word] : order) add_text(QStringLiteral("order/") + name, word, {}, at("order", name), text);
  grid_->addWidget(rest_, grid_->rowCount(), 0, 1, 2);
}

void StepForm::set_problems(const std::vector<ScriptProblem>& problems) {
  QStringList rest;
  std::map<std::string, QStringList> by_field;
  for (const auto& problem : problems) {
    const std::string field = problem.field == "target" ? "target/app" : problem.field;
    if (problems_.contains(field)) by_field[field] << ScriptWords::problem(problem);
    else rest << ScriptWords::problem(problem);
  }
  for (const auto& [field, text] : problems_) {
    text->setText(by_field[field].join('\n'));
    text->setVisible(!by_field[field].isEmpty());
    rest = rest + by_field[field];
  }
  if (rest_ == nullptr) return;
  // one place that a screen reader finds; beside the fields stands what is theirs
  rest_->setAccessibleDescription(rest.join('\n'));
  QStringList shown_rest;
  for (const auto& one : rest) {
    bool beside = false;
    for (const auto& [field, texts] : by_field) beside = beside || texts.contains(one);
    if (!beside) shown_rest << one;
  }
  rest_->setText(shown_rest.join('\n'));
  rest_->setVisible(!rest.isEmpty());
}

}  // namespace guzheng::ui
