#include "ui/group/group_choice.h"

#include <QListWidget>
#include <set>

#include "core/desk/group_desk.h"
#include "ui/base/parts.h"
#include "ui/base/text.h"

namespace guzheng::ui {

GroupChoice::GroupChoice(PhoneList& phones, QWidget* parent) : QDialog(parent), phones_(phones) {
  setWindowTitle(tr("并行取证：选择手机"));
  resize(520, 380);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(16, 16, 16, 16);
  all->setSpacing(12);
  all->addWidget(wrapped(tr("同一取证指令下，各手机同时录制、同时取证，每部各成一个证据包，封存后互相印证。勾选 2 到 16 部；第一部为主控，其余按界面元素跟随。"), "quiet"));
  list_ = new QListWidget;
  list_->setAccessibleName(tr("参加并行取证的手机"));
  list_->setSpacing(4);
  all->addWidget(list_, 1);
  words_ = wrapped({}, "warn");
  words_->setAccessibleName(tr("并行取证还缺"));
  all->addWidget(words_);
  auto* row = new QHBoxLayout;
  row->addStretch(1);
  auto* cancel = button(tr("取消"));
  start_ = main_button(tr("开始并行取证"), "phone");
  start_->setAccessibleName(tr("开始并行取证"));
  row->addWidget(cancel);
  row->addWidget(start_);
  all->addLayout(row);
  connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
  connect(start_, &QPushButton::clicked, this, &QDialog::accept);
  connect(list_, &QListWidget::itemChanged, this, &GroupChoice::say);
  connect(&phones_, &PhoneList::changed, this, &GroupChoice::refresh);
  refresh();
  list_->setFocus();
}

// Phones that came or went keep the others' marks; at first all are marked, where they fit into one row of cards.
void GroupChoice::refresh() {
  std::set<std::pair<std::size_t, std::string>> left_out;
  for (std::size_t i = 0; i < shown_.size(); ++i)
    if (list_->item(static_cast<int>(i))->checkState() != Qt::Checked) left_out.insert({shown_[i].source, shown_[i].serial});
  const auto free = phones_.phones();
  const bool mark_new = std::count_if(free.begin(), free.end(), [](const auto& phone) { return phone.free(); }) <= 4;
  std::set<std::pair<std::size_t, std::string>> known;
  for (const auto& phone : shown_) known.insert({phone.source, phone.serial});
  shown_.clear();
  const QSignalBlocker quiet(list_);
  list_->clear();
  for (const auto& phone : free) {
    if (!phone.free()) continue;
    const auto name = phone.model.empty() ? qs(phone.serial) : qs(phone.model).replace('_', ' ');
    auto* item = new QListWidgetItem(tr("%1　%2 · %3").arg(name, qs(phone.serial), qs(phones_.sources()[phone.source].name)), list_);
    item->setFlags(Qt::ItemIsUserCheckable | Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    item->setCheckState(known.contains({phone.source, phone.serial}) ? left_out.contains({phone.source, phone.serial}) ? Qt::Unchecked : Qt::Checked : mark_new ? Qt::Checked : Qt::Unchecked);
    shown_.push_back(phone);
  }
  say();
}

std::vector<PhoneEntry> GroupChoice::chosen() const {
  std::vector<PhoneEntry> out;
  for (std::size_t i = 0; i < shown_.size(); ++i)
    if (list_->item(static_cast<int>(i))->checkState() == Qt::Checked) out.push_back(shown_[i]);
  return out;
}

void GroupChoice::say() {
  const auto count = chosen().size();
  const bool enough = GroupDesk::is_group(count);
  words_->setText(shown_.size() < 2 ? tr("能用而没有人在用的手机不到两部；接上另一部后列表会自己更新。") : enough ? QString() : tr("请勾选 2 到 16 部手机。"));
  words_->setAccessibleDescription(words_->text());
  words_->setVisible(!enough);
  start_->setEnabled(enough);
  start_->setText(enough ? tr("开始并行取证（%1 部）").arg(count) : tr("开始并行取证"));
}

}  // namespace guzheng::ui
