#include "ui/settings/scripts_view.h"

#include <QComboBox>
#include <QLineEdit>
#include <QProgressBar>
#include <QShortcut>

#include "ui/base/message_bar.h"
#include "ui/base/parts.h"
#include "ui/base/row_list.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/settings/script_words.h"
#include "ui/settings/step_form.h"

namespace guzheng::ui {
namespace {

constexpr std::size_t kMostUndo = 200;

Json empty_script(const QString& name, const QString& title, const CaptureOrder& order) {
  return Json{{"schema", "guzheng-script/1"}, {"name", ss(name)}, {"target", {{"app", ""}}},
              {"order", {{"reason", order.reason}, {"what", order.what}, {"legal_basis", order.legal_basis}, {"subject_name", order.subject_name}, {"credit_code", order.credit_code},
                         {"shop", order.shop}, {"platform", order.platform}, {"link", order.link}, {"ownership", order.ownership}}},
              {"steps", Json::array({{{"do", "capture"}, {"kind", "platform-home"}, {"title", ss(title)}}})}};
}

}  // namespace

ScriptsView::ScriptsView(ScriptDesk& desk, VaultDesk& vault, QWidget* parent) : QWidget(parent), desk_(desk), vault_(vault) {
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(16, 16, 16, 16);
  all->setSpacing(16);
  messages_ = new MessageBar(tr("脚本消息"));
  all->addWidget(messages_);
  auto* columns = new QHBoxLayout;
  columns->setSpacing(16);
  auto* side = new QVBoxLayout;
  side->setSpacing(16);
  side->addWidget(build_list(), 1);
  side->addWidget(build_derive());
  auto* right = new QVBoxLayout;
  right->setSpacing(16);
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
  right->addWidget(form_card_, 1);
  right->addWidget(build_run());
  columns->addLayout(side, 4);
  columns->addWidget(build_steps(), 6);
  columns->addLayout(right, 6);
  all->addLayout(columns, 1);
  connect(form_, &StepForm::edited, this, &ScriptsView::edit);
  connect(form_, &StepForm::action_chosen, this, &ScriptsView::choose_action);
  connect(&desk_, &ScriptDesk::listed, this, &ScriptsView::refresh_list);
  connect(&desk_, &ScriptDesk::opened, this, &ScriptsView::show_script);
  connect(&desk_, &ScriptDesk::kept, this, [this](const std::string& file) {
    if (open_ && (file_.empty() || file_ == file)) saved_ = script_;
    if (file_.empty() || !open_) wanted_ = file;
    if (file_.empty()) file_ = file;
    refresh_buttons();
  });
  connect(&desk_, &ScriptDesk::removed, this, [this](const std::string& file) {
    messages_->show_text("green", tr("已删除 %1；需要时可在脚本文件夹的 removed 中找回。").arg(qs(file)));
    if (file != file_) return;
    open_ = false;
    file_.clear();
    show_steps(0);
  });
  connect(&desk_, &ScriptDesk::derived, this, [this](const std::string& file, int by_text, int by_place, const std::vector<std::string>& left_out) {
    QString text = tr("已生成 %1：点按文字 %2 处，按位置点按 %3 处（说明里写有原因）。").arg(qs(file)).arg(by_text).arg(by_place);
    if (!left_out.empty()) text += tr("没有相应步骤的操作 %1 处，第一处是：%2。").arg(left_out.size()).arg(qs(left_out.front()));
    messages_->show_text(left_out.empty() ? "green" : "amber", text + tr("请看一遍，试运行一次。"));
    wanted_ = file;
    refresh_list();
  });
  connect(&desk_, &ScriptDesk::checked, this, [this](const Json& script, const std::vector<ScriptProblem>& problems) {
    if (script != script_) return;
    problems_ = problems;
    show_problems();
  });
  connect(&desk_, &ScriptDesk::failed, this, [this](const std::string&, const Error& e) { messages_->show_error(Doing::KeepScripts, e); });
  connect(&desk_, &ScriptDesk::run_failed, this, [this](const Error& e) { messages_->show_error(Doing::RunScript, e); });
  connect(&desk_, &ScriptDesk::run_changed, this, &ScriptsView::refresh_buttons);
  connect(&desk_, &ScriptDesk::step_begun, this, [this](qint64 step, qint64 of) {
    bar_->setRange(0, static_cast<int>(of));
    bar_->setValue(static_cast<int>(step));
    run_state_->setText(tr("第 %1 步，共 %2 步").arg(step + 1).arg(of));
    run_state_->setAccessibleDescription(run_state_->text());
  });
  connect(&desk_, &ScriptDesk::run_ended, this, [this](const SealedPackage& package, const std::optional<ScriptStop>& stop) {
    const QString waits = tr("已封存 %1，自动取证，待复核：在“证据库”复核确认后才能作为证据，此前至少保存 30 天。").arg(qs(package.id));
    const QString text = stop ? tr("脚本停在%1。当时的页面已取证。").arg(qs(in_words(*stop, ScriptWords::language()))) + waits : tr("脚本执行完毕。") + waits;
    messages_->show_text(stop ? "amber" : "green", text);
    run_state_->setText(stop ? tr("没有执行完") : tr("执行完毕"));
    run_state_->setAccessibleDescription(text);
    vault_.refresh();
  });
  connect(&desk_.live().phones(), &PhoneList::changed, this, &ScriptsView::refresh_phones);
  connect(&desk_.live(), &LiveDesk::stage_changed, this, &ScriptsView::refresh_buttons);
  connect(&vault_, &VaultDesk::listed, this, &ScriptsView::refresh_packages);
  add_keys();
  show_steps(0);
  refresh_list();
  refresh_packages();
  refresh_phones();
}

QWidget* ScriptsView::build_list() {
  auto* card = new Card(tr("取证脚本"));
  fresh_ = button(tr("新建"), "note");
  fresh_->setAccessibleName(tr("新建脚本"));
  remove_ = button(tr("删除"), "cross");
  remove_->setAccessibleName(tr("删除脚本"));
  card->header()->addWidget(fresh_);
  card->header()->addWidget(remove_);
  RowLook look;
  look.rule = true;
  look.text_lines = 1;
  look.chip_lines = 1;
  list_ = new RowList(tr("脚本列表"), look);
  list_->setMinimumHeight(90);
  card->body()->addWidget(list_, 1);
  connect(list_, &RowList::moved, this, &ScriptsView::choose_script);
  connect(list_, &RowList::picked, this, &ScriptsView::choose_script);
  connect(fresh_, &QPushButton::clicked, this, [this] {
    if (dirty()) save();
    messages_->clear();
    file_.clear();
    open_ = false;
    desk_.save({}, empty_script(tr("新脚本"), tr("平台首页"), desk_.live().suggested_order()));
  });
  connect(remove_, &QPushButton::clicked, this, [this] {
    messages_->clear();
    if (!file_.empty()) desk_.remove(file_);
  });
  return card;
}

QWidget* ScriptsView::build_derive() {
  auto* card = new Card(tr("由会话生成"));
  packages_ = new QComboBox;
  packages_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  packages_->setMinimumContentsLength(18);
  card->body()->addWidget(packages_);
  reason_ = new QLineEdit;
  reason_->setAccessibleName(tr("生成脚本的理由"));
  reason_->setPlaceholderText(tr("打开这份证据的理由，记入操作日志"));
  card->body()->addWidget(reason_);
  derive_ = button(tr("由会话生成脚本"), "list");
  card->body()->addWidget(derive_, 0, Qt::AlignLeft);
  connect(reason_, &QLineEdit::textChanged, this, &ScriptsView::refresh_buttons);
  connect(derive_, &QPushButton::clicked, this, [this] {
    if (dirty()) save();
    messages_->clear();
    desk_.derive(ss(packages_->currentData().toString()), ss(reason_->text().trimmed()));
  });
  return card;
}

QWidget* ScriptsView::build_steps() {
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
  connect(steps_, &RowList::moved, this, &ScriptsView::show_form);
  connect(add_, &QPushButton::clicked, this, &ScriptsView::add_step);
  connect(drop_, &QPushButton::clicked, this, &ScriptsView::remove_step);
  connect(up_, &QPushButton::clicked, this, [this] { move_step(-1); });
  connect(down_, &QPushButton::clicked, this, [this] { move_step(1); });
  connect(undo_, &QPushButton::clicked, this, &ScriptsView::undo);
  connect(save_, &QPushButton::clicked, this, &ScriptsView::save);
  return steps_card_;
}

QWidget* ScriptsView::build_run() {
  auto* card = new Card(tr("运行"));
  phones_ = new QComboBox;
  phones_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  card->body()->addWidget(phones_);
  secrets_ = new QVBoxLayout;
  secrets_->setSpacing(8);
  card->body()->addLayout(secrets_);
  bar_ = new QProgressBar;
  bar_->setAccessibleName(tr("脚本进度"));
  bar_->setTextVisible(false);
  bar_->hide();
  card->body()->addWidget(bar_);
  run_state_ = wrapped(tr("运行是一次无人值守的取证：全程录像，结果封存后待复核。"), "small");
  run_state_->setAccessibleName(tr("脚本运行状态"));
  card->body()->addWidget(run_state_);
  auto* buttons = new QHBoxLayout;
  run_ = main_button(tr("运行脚本"), "play");
  stop_ = button(tr("停止"), "stop");
  stop_->setAccessibleName(tr("停止脚本"));
  buttons->addWidget(run_);
  buttons->addWidget(stop_);
  buttons->addStretch(1);
  card->body()->addLayout(buttons);
  connect(phones_, &QComboBox::currentIndexChanged, this, &ScriptsView::refresh_buttons);
  connect(run_, &QPushButton::clicked, this, &ScriptsView::run);
  connect(stop_, &QPushButton::clicked, this, [this] {
    run_state_->setText(tr("正在停止：这一步做完就封存…"));
    desk_.cancel();
  });
  return card;
}

void ScriptsView::add_keys() {
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
  key(QKeySequence::Save, this, [this] { save(); });
}

int ScriptsView::row() const { return steps_->chosen(); }

void ScriptsView::refresh_list() {
  std::vector<Row> rows;
  for (const auto& card : desk_.scripts()) {
    Row row;
    row.icon = "list";
    row.colour = card.problems ? colour::red : colour::blue;
    row.id = qs(card.file);
    row.title = qs(card.name);
    row.lines = {tr("%1 步 · %2").arg(card.steps).arg(qs(card.file))};
    row.chips = {card.problems ? red_chip(tr("%1 处要改").arg(card.problems), "alert") : green_chip(tr("可以运行"), "check")};
    rows.push_back(std::move(row));
  }
  const std::string want = wanted_.empty() ? file_ : wanted_;
  const bool any = !rows.empty();
  list_->rows().set_rows(std::move(rows));
  const int at = list_->rows().find_id(qs(want));
  if (at >= 0 && want == wanted_) wanted_.clear();
  list_->choose(at >= 0 ? at : any && file_.empty() && wanted_.empty() ? 0 : -1);
  choose_script();
  refresh_buttons();
}

void ScriptsView::choose_script() {
  const int at = list_->chosen();
  if (at < 0) return;
  const std::string file = ss(list_->rows().row(at).id);
  if (file == file_ && open_) return;
  if (dirty()) save();                     // nothing that was written is lost by looking at another
  file_ = file;
  open_ = false;
  desk_.open(file);
}

void ScriptsView::show_script(const std::string& file, const Json& script) {
  if (file != file_) return;
  open_ = true;
  script_ = saved_ = script;
  if (!script_.contains("steps") || !script_["steps"].is_array()) script_["steps"] = Json::array();
  undone_.clear();
  last_change_.clear();
  problems_.clear();
  show_steps(0);
  desk_.check(script_);
}

void ScriptsView::show_steps(int wanted) {
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
  refresh_secrets();
}

void ScriptsView::show_form() {
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

void ScriptsView::show_problems() {
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

void ScriptsView::change(const QString& key, const std::function<void(Json&)>& act, int wanted) {
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
    refresh_secrets();
  }
  desk_.check(script_);
  refresh_buttons();
}

void ScriptsView::edit(const QString& path, const Json& value) {
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
void ScriptsView::choose_action(const std::string& name) {
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

void ScriptsView::add_step() {
  const int at = std::max(0, row());
  change({}, [&](Json& script) { script["steps"].insert(script["steps"].begin() + at, Json{{"do", "tap"}}); }, at + 1);
}

void ScriptsView::remove_step() {
  const int at = row();
  if (at < 1) return;
  change({}, [&](Json& script) { script["steps"].erase(static_cast<std::size_t>(at - 1)); }, at);
}

void ScriptsView::move_step(int by) {
  const int at = row(), to = at + by;
  if (at < 1 || to < 1 || to >= steps_->rows().rowCount()) return;
  change({}, [&](Json& script) { std::swap(script["steps"][static_cast<std::size_t>(at - 1)], script["steps"][static_cast<std::size_t>(to - 1)]); }, to);
}

void ScriptsView::undo() {
  if (undone_.empty()) return;
  script_ = std::move(undone_.back().first);
  const int at = undone_.back().second;
  undone_.pop_back();
  last_change_.clear();
  show_steps(at);
  desk_.check(script_);
}

void ScriptsView::save() {
  if (!open_ || script_ == saved_) return;
  desk_.save(file_, script_);
}

void ScriptsView::refresh_packages() {
  const QString before = packages_->currentData().toString();
  packages_->clear();
  for (const auto& entry : vault_.packages())
    packages_->addItem(qs(entry.id) + QStringLiteral("  ") + qs(entry.order.is_object() ? text_at(entry.order, "reason") : std::string()), qs(entry.id));
  if (const int at = packages_->findData(before); at >= 0) packages_->setCurrentIndex(at);
  refresh_buttons();
}

void ScriptsView::refresh_phones() {
  const QString before = phones_->currentData().toString();
  phones_->clear();
  offered_.clear();
  for (const auto& phone : desk_.live().phones().phones()) {
    if (!phone.free()) continue;
    offered_.push_back(phone);
    const auto& source = desk_.live().phones().sources()[phone.source];
    phones_->addItem(qs(phone.model.empty() ? phone.serial : phone.model + "  " + phone.serial) + (source.node ? QStringLiteral("  ") + qs(source.name) : QString()), qs(phone.serial));
  }
  if (offered_.empty()) phones_->addItem(tr("没有可用的手机"));
  if (const int at = phones_->findData(before); at >= 0 && !before.isEmpty()) phones_->setCurrentIndex(at);
  refresh_buttons();
}

void ScriptsView::refresh_secrets() {
  std::vector<std::string> names;
  if (open_)
    for (const auto& step : script_["steps"])
      if (const auto name = text_at(step, "secret"); !name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  std::vector<std::string> shown;
  for (const auto& [name, unused] : secret_fields_) shown.push_back(name);
  if (shown == names) return;
  clear_layout(secrets_);
  secret_fields_.clear();
  for (const auto& name : names) {
    auto* field = new QLineEdit;
    field->setEchoMode(QLineEdit::Password);
    field->setPlaceholderText(tr("口令“%1”：不写入脚本和证据包").arg(qs(name)));
    field->setAccessibleName(tr("口令 ") + qs(name));
    connect(field, &QLineEdit::textChanged, this, &ScriptsView::refresh_buttons);
    secrets_->addWidget(field);
    secret_fields_.emplace_back(name, field);
  }
}

void ScriptsView::refresh_buttons() {
  const int at = row();
  const bool running = desk_.running();
  for (auto* one : {add_, drop_, up_, down_}) one->setEnabled(open_);
  drop_->setEnabled(open_ && at > 0);
  up_->setEnabled(open_ && at > 1);
  down_->setEnabled(open_ && at > 0 && at + 1 < steps_->rows().rowCount());
  undo_->setEnabled(!undone_.empty());
  save_->setEnabled(dirty());
  fresh_->setEnabled(desk_.is_open());
  remove_->setEnabled(open_ && !running);
  derive_->setEnabled(packages_->count() > 0 && !reason_->text().trimmed().isEmpty());
  const bool secrets = std::all_of(secret_fields_.begin(), secret_fields_.end(), [](const auto& one) { return !one.second->text().isEmpty(); });
  const bool idle = !desk_.live().busy();
  run_->setEnabled(open_ && !dirty() && problems_.empty() && secrets && !offered_.empty() && idle && !running);
  run_->setToolTip(dirty() ? tr("先保存") : !problems_.empty() ? tr("先改正标出的地方") : !secrets ? tr("先给出口令") : !idle ? tr("正在取证") : QString());
  stop_->setEnabled(running);
  bar_->setVisible(running);
  steps_card_->set_title(dirty() ? tr("步骤 · 有修改未保存") : tr("步骤"));
}

void ScriptsView::run() {
  const int at = phones_->currentIndex();
  if (at < 0 || at >= static_cast<int>(offered_.size())) return;
  ScriptSecrets secrets;
  for (const auto& [name, field] : secret_fields_) secrets.emplace(name, take_secret(field));
  messages_->clear();
  run_state_->setText(tr("正在检测环境、开始录像…"));
  desk_.run(file_, offered_[static_cast<std::size_t>(at)], std::move(secrets));
}

void ScriptsView::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  desk_.refresh();
  vault_.refresh();
}

void ScriptsView::hideEvent(QHideEvent* event) {
  if (dirty()) save();
  QWidget::hideEvent(event);
}

}  // namespace guzheng::ui
