#include "ui/settings/script_list.h"

#include <QComboBox>
#include <QLineEdit>

#include "ui/base/parts.h"
#include "ui/base/row_list.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"

namespace guzheng::ui {

ScriptList::ScriptList(ScriptDesk& desk, VaultDesk& vault, QWidget* parent) : QWidget(parent), desk_(desk), vault_(vault) {
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(0, 0, 0, 0);
  all->setSpacing(16);
  all->addWidget(build_list(), 1);
  all->addWidget(build_derive());
  connect(&vault_, &VaultDesk::listed, this, &ScriptList::refresh_packages);
  refresh_packages();
}

QWidget* ScriptList::build_list() {
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
  connect(list_, &RowList::moved, this, &ScriptList::picked);
  connect(list_, &RowList::picked, this, &ScriptList::picked);
  connect(fresh_, &QPushButton::clicked, this, &ScriptList::fresh_wanted);
  connect(remove_, &QPushButton::clicked, this, &ScriptList::remove_wanted);
  return card;
}

// Scripts stay readable files: an unattended run has no officer's key, another officer must be able to read what will be done. So it is said here that
// they are, before one is made of evidence that lies encrypted.
QWidget* ScriptList::build_derive() {
  auto* card = new Card(tr("由会话生成"));
  packages_ = new QComboBox;
  packages_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  packages_->setMinimumContentsLength(18);
  card->body()->addWidget(packages_);
  reason_ = new QLineEdit;
  reason_->setAccessibleName(tr("生成脚本的理由"));
  reason_->setPlaceholderText(tr("打开这份证据的理由，记入操作日志"));
  card->body()->addWidget(reason_);
  auto* plain = wrapped(tr("脚本是明文文件，不随证据包加密：含页面上的文字、输入的文字和取证指令（口令除外）。只有本机的本用户可读；用完请删除，不要外传。"), "warn");
  plain->setAccessibleName(tr("脚本以明文保存"));
  card->body()->addWidget(icon_text("alert", colour::amber, plain));
  derive_ = button(tr("由会话生成脚本"), "list");
  card->body()->addWidget(derive_, 0, Qt::AlignLeft);
  connect(reason_, &QLineEdit::textChanged, this, &ScriptList::refresh_buttons);
  connect(derive_, &QPushButton::clicked, this, [this] { emit derive_wanted(ss(packages_->currentData().toString()), ss(reason_->text().trimmed())); });
  return card;
}

bool ScriptList::show(const std::string& wanted) {
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
  const bool any = !rows.empty();
  list_->rows().set_rows(std::move(rows));
  const int at = list_->rows().find_id(qs(wanted));
  list_->choose(at >= 0 ? at : any && wanted.empty() ? 0 : -1);
  return at >= 0;
}

std::string ScriptList::chosen() const {
  const int at = list_->chosen();
  return at < 0 ? std::string() : ss(list_->rows().row(at).id);
}

void ScriptList::refresh_packages() {
  const QString before = packages_->currentData().toString();
  packages_->clear();
  for (const auto& entry : vault_.packages())
    packages_->addItem(qs(entry.id) + QStringLiteral("  ") + qs(entry.order.is_object() ? text_at(entry.order, "reason") : std::string()), qs(entry.id));
  if (const int at = packages_->findData(before); at >= 0) packages_->setCurrentIndex(at);
  refresh_buttons();
}

void ScriptList::set_removable(bool removable) { remove_->setEnabled(removable); }

void ScriptList::refresh_buttons() {
  fresh_->setEnabled(desk_.is_open());
  derive_->setEnabled(packages_->count() > 0 && !reason_->text().trimmed().isEmpty());
}

}  // namespace guzheng::ui
