#include "ui/capture/phone_chooser.h"

#include <QCoreApplication>
#include <QLabel>
#include <algorithm>

#include "ui/base/errors.h"
#include "ui/base/message_bar.h"
#include "ui/base/parts.h"
#include "ui/base/row_list.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"

namespace guzheng::ui {
namespace {

RowChip state_chip(const std::string& state) {
  if (state == "device") return green_chip(PhoneChooser::tr("可用"), "check");
  if (state == "unauthorized") return red_chip(PhoneChooser::tr("未授权"), "lock");
  if (state == "offline") return grey_chip(PhoneChooser::tr("离线"), "cross");
  if (state == "connecting" || state == "authorizing") return amber_chip(PhoneChooser::tr("正在连接"), "clock");
  return grey_chip(qs(state), "question");
}

}  // namespace

QString phone_state_sentence(const std::vector<PhoneSource>& sources) {
  bool any = false, unauthorized = false, offline = false, waiting = false;
  const Error* error = nullptr;
  for (const auto& source : sources) {
    waiting |= !source.answered;
    if (source.error && !source.optional) error = &*source.error;
    for (const auto& phone : source.phones) {
      if (phone.usable()) return {};
      any = true;
      unauthorized |= phone.state == "unauthorized";
      offline |= phone.state == "offline";
    }
  }
  if (unauthorized) return PhoneChooser::tr("手机还没有授权本工作站。请解锁手机，在“允许 USB 调试”的提示上点“允许”；列表会自己更新。");
  if (offline) return PhoneChooser::tr("手机离线。请拔下数据线再插上，或重新打开手机的 USB 调试。");
  if (any) return PhoneChooser::tr("手机还不能用。请等它连好，或重新插拔数据线。");
  if (error) return sentence(Doing::FindPhones, *error).text();
  if (waiting) return PhoneChooser::tr("正在查找手机…");
  return PhoneChooser::tr("adb 服务在运行，但没有接上手机。请用数据线接上手机并打开 USB 调试；列表会自己更新。");
}

PhoneChooser::PhoneChooser(PhoneList& phones, QWidget* parent) : QWidget(parent), phones_(phones) {
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(0, 0, 0, 0);
  RowLook look;
  look.chip_lines = 1;
  look.rule = true;
  list_ = new RowList(tr("手机列表"), look);
  list_->setMinimumHeight(84);
  state_ = wrapped({}, "warn");
  state_->setAccessibleName(tr("手机状态"));
  all->addWidget(list_, 1);
  all->addWidget(state_);
  auto* retry = button(tr("重试"), "refresh");
  retry->setAccessibleName(tr("重新查找手机"));
  all->addWidget(retry, 0, Qt::AlignLeft);
  connect(retry, &QPushButton::clicked, &phones_, &PhoneList::retry);
  connect(&phones_, &PhoneList::changed, this, &PhoneChooser::refresh);
  connect(list_, &RowList::moved, this, &PhoneChooser::changed);
  connect(list_, &QListView::activated, this, &PhoneChooser::activated);
  refresh();
}

void PhoneChooser::refresh() {
  const auto before = chosen();
  shown_ = phones_.phones();
  std::stable_sort(shown_.begin(), shown_.end(), [](const auto& a, const auto& b) { return a.usable() && !b.usable(); });
  std::vector<Row> rows;
  int select = -1;
  for (std::size_t i = 0; i < shown_.size(); ++i) {
    const auto& phone = shown_[i];
    const auto& source = phones_.sources()[phone.source];
    Row row;
    row.icon = "phone";
    row.colour = phone.usable() ? colour::blue : colour::grey;
    row.title = phone.model.empty() ? qs(phone.serial) : qs(phone.model).replace('_', ' ');
    row.lines = {tr("%1 · adb %2").arg(qs(phone.serial), qs(source.name))};
    row.chips = {state_chip(phone.state)};
    if (phone.training) row.chips.push_back(amber_chip(tr("练习手机"), "cap"));
    rows.push_back(std::move(row));
    const bool same = before && before->serial == phone.serial && before->source == phone.source;
    if (phone.usable() && (select < 0 || same)) select = static_cast<int>(i);
  }
  list_->rows().set_rows(std::move(rows));
  list_->choose(select);
  say_state();
  emit changed();
}

void PhoneChooser::say_state() {
  auto text = phone_state_sentence(phones_.sources());
  if (!text.isEmpty() && !practice_state_.isEmpty() && shown_.empty()) text = practice_state_;
  state_->setText(text);
  state_->setAccessibleDescription(text);
  state_->setVisible(!text.isEmpty());
}

void PhoneChooser::set_practice_state(const QString& text) {
  practice_state_ = text;
  say_state();
}

std::optional<PhoneEntry> PhoneChooser::chosen() const {
  const int at = list_->chosen();
  if (at < 0 || at >= static_cast<int>(shown_.size()) || !shown_[static_cast<std::size_t>(at)].usable()) return std::nullopt;
  return shown_[static_cast<std::size_t>(at)];
}

}  // namespace guzheng::ui
