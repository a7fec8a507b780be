#include "ui/settings/scripts_view.h"

#include "ui/base/message_bar.h"
#include "ui/base/parts.h"
#include "ui/base/text.h"
#include "ui/settings/crop_dialog.h"
#include "ui/settings/script_editor.h"
#include "ui/settings/script_list.h"
#include "ui/settings/script_run.h"

namespace guzheng::ui {
namespace {

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
  list_ = new ScriptList(desk, vault);
  editor_ = new ScriptEditor(desk);
  run_ = new ScriptRunCard(desk);
  editor_->add_below_form(run_);
  columns->addWidget(list_, 4);
  columns->addWidget(editor_, 12);
  all->addLayout(columns, 1);
  listen();
  refresh_list();
}

void ScriptsView::listen() {
  connect(list_, &ScriptList::picked, this, &ScriptsView::choose_script);
  connect(list_, &ScriptList::fresh_wanted, this, [this] {
    save();
    messages_->clear();
    file_.clear();
    editor_->clear();
    desk_.save({}, empty_script(tr("新脚本"), tr("平台首页"), desk_.live().suggested_order()));
  });
  connect(list_, &ScriptList::remove_wanted, this, [this] {
    messages_->clear();
    if (!file_.empty()) desk_.remove(file_);
  });
  connect(list_, &ScriptList::derive_wanted, this, [this](const std::string& package, const std::string& reason) {
    save();
    messages_->clear();
    desk_.derive(package, reason);
  });
  connect(editor_, &ScriptEditor::changed, this, &ScriptsView::refresh);
  connect(editor_, &ScriptEditor::save_wanted, this, &ScriptsView::save);
  connect(editor_, &ScriptEditor::picture_wanted, this, &ScriptsView::cut_picture);
  connect(run_, &ScriptRunCard::began, this, [this] { messages_->clear(); });
  connect(run_, &ScriptRunCard::ended, this, [this](bool stopped, const QString& words) {
    messages_->show_text(stopped ? "amber" : "green", words);
    vault_.refresh();
  });
  connect(&desk_, &ScriptDesk::listed, this, &ScriptsView::refresh_list);
  connect(&desk_, &ScriptDesk::opened, this, [this](const std::string& file, const Json& script) {
    if (file == file_) editor_->show_script(script);
  });
  connect(&desk_, &ScriptDesk::kept, this, [this](const std::string& file) {
    if (editor_->is_open() && (file_.empty() || file_ == file)) editor_->mark_saved();
    if (file_.empty() || !editor_->is_open()) wanted_ = file;
    if (file_.empty()) file_ = file;
    editor_->refresh_buttons();
  });
  connect(&desk_, &ScriptDesk::removed, this, [this](const std::string& file) {
    messages_->show_text("green", tr("已删除 %1；需要时可在脚本文件夹的 removed 中找回。").arg(qs(file)));
    if (file != file_) return;
    file_.clear();
    editor_->clear();
  });
  connect(&desk_, &ScriptDesk::derived, this, &ScriptsView::tell_derived);
  connect(&desk_, &ScriptDesk::failed, this, [this](const std::string&, const Error& e) { messages_->show_error(Doing::KeepScripts, e); });
  connect(&desk_, &ScriptDesk::run_failed, this, [this](const Error& e) { messages_->show_error(Doing::RunScript, e); });
  connect(&desk_, &ScriptDesk::run_changed, this, &ScriptsView::refresh);
}

void ScriptsView::tell_derived(const std::string& file, int by_text, int by_place, const std::vector<std::string>& left_out) {
  QString text = tr("已生成 %1（明文文件）：点按文字 %2 处，按位置点按 %3 处（说明里写有原因）。").arg(qs(file)).arg(by_text).arg(by_place);
  if (!left_out.empty()) text += tr("没有相应步骤的操作 %1 处，第一处是：%2。").arg(left_out.size()).arg(qs(left_out.front()));
  messages_->show_text(left_out.empty() ? "green" : "amber", text + tr("请看一遍，试运行一次。"));
  wanted_ = file;
  refresh_list();
}

void ScriptsView::refresh_list() {
  const std::string want = wanted_.empty() ? file_ : wanted_;
  if (list_->show(want) && want == wanted_) wanted_.clear();
  choose_script();
  refresh();
}

void ScriptsView::choose_script() {
  const std::string file = list_->chosen();
  if (file.empty() || (file == file_ && editor_->is_open())) return;
  save();                                  // nothing that was written is lost by looking at another
  file_ = file;
  editor_->clear();
  desk_.open(file);
}

void ScriptsView::refresh() {
  const bool open = editor_->is_open();
  list_->set_removable(open && !desk_.running());
  list_->refresh_buttons();
  run_->show(open ? &editor_->script() : nullptr, file_, editor_->dirty() ? tr("先保存") : !editor_->in_order() ? tr("先改正标出的地方") : QString());
}

void ScriptsView::cut_picture(const QString& field) {
  CropDialog dialog(desk_.crops(), vault_, this);
  if (dialog.exec() == QDialog::Accepted) editor_->set_field(field, dialog.file());
}

void ScriptsView::save() {
  if (editor_->dirty()) desk_.save(file_, editor_->script());
}

void ScriptsView::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  desk_.refresh();
  vault_.refresh();
}

void ScriptsView::hideEvent(QHideEvent* event) {
  save();
  QWidget::hideEvent(event);
}

}  // namespace guzheng::ui
