#include "ui/evidence/package_card.h"

#include <QAction>
#include <QButtonGroup>
#include <QLineEdit>

#include "ui/base/flow_layout.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/evidence/subject_of.h"
#include "ui/sync/sync_words.h"

namespace guzheng::ui {
namespace {

enum Filter { kAll, kWhole, kIncomplete, kPractice, kUnsynced };

bool complete(const PackageEntry& entry) { return entry.state == "完整"; }

}  // namespace

PackageCard::PackageCard(VaultDesk& desk, SyncDesk& sync, QWidget* parent) : Card(tr("证据库"), parent), desk_(desk), sync_(sync) {
  auto* again = link_button(tr("刷新"));
  again->setAccessibleName(tr("刷新证据库"));
  connect(again, &QPushButton::clicked, &desk_, &VaultDesk::refresh);
  auto* care = link_button(tr("体检"));
  care->setAccessibleName(tr("证据库体检"));
  connect(care, &QPushButton::clicked, this, &PackageCard::care_wanted);
  auto* import = link_button(tr("导入"));
  import->setAccessibleName(tr("导入材料"));
  import->setToolTip("Ctrl+I");
  connect(import, &QPushButton::clicked, this, &PackageCard::import_wanted);
  sync_link_ = link_button(tr("同步"));
  sync_link_->setAccessibleName(tr("查看同步"));
  connect(sync_link_, &QPushButton::clicked, this, &PackageCard::sync_wanted);
  header()->addWidget(sync_link_);
  header()->addWidget(import);
  header()->addWidget(care);
  header()->addWidget(again);
  unfinished_ = new QVBoxLayout;
  body()->addLayout(unfinished_);
  search_ = new QLineEdit;
  search_->setAccessibleName(tr("搜索证据"));
  search_->setPlaceholderText(tr("编号、主体、店铺、指纹、日期"));
  search_->addAction(icon("search", colour::quiet), QLineEdit::LeadingPosition);
  search_->setClearButtonEnabled(true);
  body()->addWidget(search_);
  auto* row = new FlowLayout(5);
  auto* group = new QButtonGroup(this);
  for (auto& filter : filters_) {
    filter = pill({});
    filter->setStyleSheet("font-size: 12px; padding-left: 5px; padding-right: 5px;");
    group->addButton(filter);
    row->addWidget(filter);
    connect(filter, &QPushButton::clicked, this, &PackageCard::refresh_rows);
  }
  filters_[kAll]->setChecked(true);
  body()->addLayout(row);
  RowLook look;
  look.signs = false;
  look.rule = true;
  look.chip_lines = 2;
  look.text_lines = 2;
  list_ = new RowList(tr("证据包列表"), look);
  empty_ = wrapped({}, "quiet");
  empty_->setAlignment(Qt::AlignCenter);
  body()->addWidget(list_, 1);
  body()->addWidget(empty_, 1);
  connect(search_, &QLineEdit::textChanged, this, &PackageCard::refresh_rows);
  connect(list_, &RowList::moved, this, [this](int index) {
    if (filling_) return;
    const auto id = ss(list_->rows().row(index).id);
    wanted_ = told_ = id;
    emit chosen_changed(id);
  });
  connect(&desk_, &VaultDesk::listed, this, &PackageCard::refresh);
  connect(&desk_, &VaultDesk::verified, this, &PackageCard::refresh_rows);
  connect(&sync_, &SyncDesk::changed, this, &PackageCard::sync_changed);
  refresh();
}

bool PackageCard::passes(const PackageEntry& entry, int filter) const {
  switch (filter) {
    case kWhole: return complete(entry);
    case kIncomplete: return !complete(entry);
    case kPractice: return entry.practice;
    case kUnsynced: {
      const auto* item = sync_.item(entry.id);
      return !item || item->phase != SyncPhase::Synced;
    }
    default: return true;
  }
}

Row PackageCard::row_of(const PackageEntry& entry) const {
  Row row;
  row.id = qs(entry.id);
  const auto subject = subject_of(entry);
  const auto name = text_at(subject, "name");
  row.title = name.empty() ? qs(entry.id) : qs(name);
  row.lines = {qs(text_at(entry.order, "reason")),
               tr("%1 · %2 · %3").arg(qs(entry.id), qs(text_at(entry.values, "opened_at")).mid(0, 16).replace('T', ' '), bytes_text(entry.bytes))};
  if (!entry.problem.empty()) {
    row.chips.push_back(red_chip(tr("读不出"), "alert"));
    return row;
  }
  if (const auto* answer = desk_.answer(entry.id); answer && answer->verification.verdict == Verdict::Damaged) {
    row.chips.push_back(red_chip(tr("损坏"), "cross-circle"));
  }
  row.chips.push_back(blue_chip(tr("已封存"), "lock"));
  if (sync_.configured()) row.chips.push_back(SyncWords::chip(sync_.item(entry.id)));
  if (!complete(entry)) row.chips.push_back(red_chip(tr("不完整"), "incomplete"));
  if (entry.awaits_review) row.chips.push_back(amber_chip(tr("待复核"), "pencil"));
  if (!entry.stamped) row.chips.push_back(amber_chip(tr("待时间戳"), "clock"));
  if (!entry.second_signature) row.chips.push_back(amber_chip(tr("待签"), "pencil"));
  if (!entry.reports.empty()) row.chips.push_back(green_chip(tr("有报告"), "document"));
  if (entry.practice) row.chips.push_back(amber_chip(tr("练习"), "cap"));
  if (entry.locked) row.chips.push_back(red_chip(tr("无钥匙"), "key"));
  else if (entry.encrypted && !desk_.waits_for_encryption(entry.id)) row.chips.push_back(grey_chip(tr("已加密"), "key"));
  else if (desk_.waits_for_encryption(entry.id)) row.chips.push_back(amber_chip(tr("待加密"), "key"));
  else row.chips.push_back(grey_chip(tr("明文")));
  return row;
}

void PackageCard::refresh() {
  const QString names[] = {tr("全部"), tr("完整"), tr("不完整"), tr("练习"), tr("未同步")};
  filters_[kUnsynced]->setVisible(sync_.configured());
  if (!sync_.configured() && filters_[kUnsynced]->isChecked()) filters_[kAll]->setChecked(true);
  for (int i = 0; i < 5; ++i) {
    const auto count = std::count_if(desk_.packages().begin(), desk_.packages().end(), [&](const auto& p) { return passes(p, i); });
    filters_[static_cast<std::size_t>(i)]->setText(tr("%1 %2").arg(names[i]).arg(count));
    filters_[static_cast<std::size_t>(i)]->setAccessibleName(tr("筛选 ") + names[i]);
  }
  refresh_unfinished();
  refresh_rows();
}

void PackageCard::refresh_unfinished() {
  clear_layout(unfinished_);
  for (const auto& id : desk_.unfinished()) {
    auto* box = note_box("amber");
    auto* column = static_cast<QVBoxLayout*>(box->layout());
    column->addWidget(icon_text("alert", colour::amber, wrapped(tr("%1 没有封存：程序或电脑中途停了。录到的内容都在。").arg(qs(id)))));
    auto* recover = button(tr("恢复并封存"), "tool");
    recover->setAccessibleName(tr("恢复并封存 ") + qs(id));
    connect(recover, &QPushButton::clicked, this, [this, id, recover] {
      recover->setEnabled(false);
      recover->setText(tr("正在恢复…"));
      desk_.recover(id);
    });
    column->addWidget(recover, 0, Qt::AlignLeft);
    unfinished_->addWidget(box);
  }
}

void PackageCard::refresh_rows() {
  int filter = kAll;
  for (int i = 0; i < 5; ++i) {
    if (filters_[static_cast<std::size_t>(i)]->isChecked()) filter = i;
  }
  const auto needle = search_->text().trimmed();
  std::vector<Row> rows;
  for (const auto& entry : desk_.packages()) {
    if (!passes(entry, filter)) continue;
    const auto hay = qs(entry.id + " " + entry.fingerprint + " " + entry.order.dump() + " " + text_at(entry.values, "opened_at"));
    if (!needle.isEmpty() && !hay.contains(needle, Qt::CaseInsensitive)) continue;
    rows.push_back(row_of(entry));
  }
  const bool none = rows.empty();
  filling_ = true;
  list_->rows().set_rows(std::move(rows));
  int at = wanted_.empty() ? -1 : list_->rows().find_id(qs(wanted_));
  if (at < 0 && !none && (wanted_.empty() || !needle.isEmpty())) at = 0;
  list_->choose(at);
  filling_ = false;
  list_->setVisible(!none);
  empty_->setVisible(none);
  empty_->setText(desk_.packages().empty() ? tr("还没有证据包。\n到“远程取证”取第一份。") : tr("没有符合条件的证据包。"));
  const auto now = chosen();
  if (now != told_) {
    told_ = now;
    emit chosen_changed(now);
  }
}

// What is under way moves four times a second: rows are told anew where they say something else, and the list stays where it is.
void PackageCard::sync_changed() {
  if (filters_[kUnsynced]->isChecked() || filters_[kUnsynced]->isVisibleTo(this) != sync_.configured()) return refresh();
  for (int at = 0; at < list_->rows().rowCount(); ++at) {
    const auto* entry = desk_.entry(ss(list_->rows().row(at).id));
    if (!entry) continue;
    auto row = row_of(*entry);
    if (row.spoken() != list_->rows().row(at).spoken()) list_->rows().update(at, std::move(row));
  }
  const auto count = std::count_if(desk_.packages().begin(), desk_.packages().end(), [&](const auto& p) { return passes(p, kUnsynced); });
  filters_[kUnsynced]->setText(tr("%1 %2").arg(tr("未同步")).arg(count));
}

void PackageCard::choose(const std::string& id) {
  wanted_ = id;
  search_->clear();
  filters_[kAll]->setChecked(true);
  refresh_rows();
}

void PackageCard::search() {
  search_->setFocus();
  search_->selectAll();
}

std::string PackageCard::chosen() const {
  const int at = list_->chosen();
  return at < 0 ? std::string() : ss(list_->rows().row(at).id);
}

}  // namespace guzheng::ui
