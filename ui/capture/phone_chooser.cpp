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
#include "ui/nodes/node_words.h"

namespace guzheng::ui {
namespace {

// Why a node lists no phones; empty: nothing is wrong.
QString node_problem(const PhoneSource& source) {
  if (!source.error) return {};
  switch (source.error->kind) {
    case ErrorKind::Tampered: return PhoneChooser::tr("主机密钥变化，已拒绝，见“节点”页");
    case ErrorKind::Denied: return PhoneChooser::tr("主机密钥待核对、工作站密钥待口令，或节点拒绝登录，见“节点”页");
    default: return PhoneChooser::tr("连不上，恢复后自己更新");
  }
}

Row node_row(const PhoneSource& source, const QString& place) {
  Row row;
  row.icon = "node";
  row.key = -1;
  const auto problem = node_problem(source);
  row.colour = problem.isEmpty() ? colour::green : colour::red;
  row.title = PhoneChooser::tr("节点 %1").arg(qs(source.name));
  QStringList words;
  if (!place.isEmpty()) words << place;
  words << (!problem.isEmpty() ? problem : source.answered ? PhoneChooser::tr("手机 %1 台").arg(source.phones.size()) : PhoneChooser::tr("正在连接…"));
  row.lines = {words.join(QStringLiteral(" · "))};
  row.chips = {!problem.isEmpty() ? red_chip(PhoneChooser::tr("不可用"), "cross-circle") : source.answered ? green_chip(PhoneChooser::tr("已连通"), "check") : grey_chip(PhoneChooser::tr("正在连接"), "clock")};
  return row;
}

}  // namespace

QString phone_state_sentence(const std::vector<PhoneSource>& sources) {
  bool any = false, unauthorized = false, offline = false, waiting = false;
  const Error* error = nullptr;
  bool taken = false;
  for (const auto& source : sources) {
    if (source.gone) continue;
    waiting |= !source.answered;
    if (source.error && !source.optional) error = &*source.error;
    for (const auto& phone : source.phones) {
      if (phone.free()) return {};
      taken |= phone.usable();
      any = true;
      unauthorized |= phone.state == "unauthorized";
      offline |= phone.state == "offline";
    }
  }
  if (taken) return PhoneChooser::tr("能用的手机都有人在用，用的人写在列表里；对方结束后列表会自己更新。");
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
  connect(retry, &QPushButton::clicked, &phones_, qOverload<>(&PhoneList::retry));
  connect(&phones_, &PhoneList::changed, this, &PhoneChooser::refresh);
  connect(list_, &RowList::moved, this, [this] {
    say_state();
    emit changed();
  });
  connect(list_, &QListView::activated, this, &PhoneChooser::activated);
  refresh();
}

// This computer's first, then node by node; within each those that can be used first.
std::vector<PhoneEntry> PhoneChooser::in_order() const {
  auto out = phones_.phones();
  const auto rank = [&](const PhoneEntry& phone) {
    const auto& source = phones_.sources()[phone.source];
    return std::pair(source.node ? phone.source + 1 : 0, phone.free() ? 0 : phone.usable() ? 1 : 2);
  };
  std::stable_sort(out.begin(), out.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  return out;
}

void PhoneChooser::refresh() {
  const auto* mark = marked();
  const auto before = mark ? std::optional(*mark) : std::nullopt;
  shown_ = in_order();
  std::vector<Row> rows;
  int select = -1;
  const auto add_phones = [&](const PhoneSource& source, std::size_t number) {
    for (std::size_t i = 0; i < shown_.size(); ++i) {
      const auto& phone = shown_[i];
      const bool belongs = source.node ? phone.source == number : !phones_.sources()[phone.source].node;
      if (!belongs) continue;
      Row row;
      row.key = static_cast<qint64>(i);
      row.icon = "phone";
      row.colour = phone.free() ? colour::blue : colour::grey;
      row.title = phone.model.empty() ? qs(phone.serial) : qs(phone.model).replace('_', ' ');
      const auto use = NodeWords::phone_use(phone);
      const auto& at = phones_.sources()[phone.source];
      row.lines = {!use.isEmpty() ? use : at.node ? tr("%1 · 节点 %2").arg(qs(phone.serial), qs(at.name)) : tr("%1 · adb %2").arg(qs(phone.serial), qs(at.name))};
      row.chips = {NodeWords::phone_chip(phone)};
      if (phone.training) row.chips.push_back(amber_chip(tr("练习手机"), "cap"));
      const bool same = before && before->serial == phone.serial && before->source == phone.source;
      if ((phone.free() && select < 0) || (same && phone.usable())) select = static_cast<int>(rows.size());
      rows.push_back(std::move(row));
    }
  };
  add_phones({}, 0);
  for (std::size_t i = 0; i < phones_.sources().size(); ++i) {
    const auto& source = phones_.sources()[i];
    if (!source.node || source.gone) continue;
    const auto* way = phones_.node(i);
    rows.push_back(node_row(source, way ? qs(way->place) : QString()));
    add_phones(source, i);
  }
  list_->rows().set_rows(std::move(rows));
  list_->choose(select);
  say_state();
  emit changed();
}

void PhoneChooser::say_state() {
  auto text = taken();
  if (text.isEmpty()) text = phone_state_sentence(phones_.sources());
  if (!text.isEmpty() && !practice_state_.isEmpty() && shown_.empty()) text = practice_state_;
  state_->setText(text);
  state_->setAccessibleDescription(text);
  state_->setVisible(!text.isEmpty());
}

void PhoneChooser::set_practice_state(const QString& text) {
  practice_state_ = text;
  say_state();
}

const PhoneEntry* PhoneChooser::marked() const {
  const int at = list_->chosen();
  if (at < 0) return nullptr;
  const auto key = list_->rows().row(at).key;
  return key < 0 || key >= static_cast<qint64>(shown_.size()) ? nullptr : &shown_[static_cast<std::size_t>(key)];
}

std::optional<PhoneEntry> PhoneChooser::chosen() const {
  const auto* phone = marked();
  return phone && phone->free() ? std::optional(*phone) : std::nullopt;
}

QString PhoneChooser::taken() const {
  const auto* phone = marked();
  return phone && phone->usable() && !phone->holder.empty() ? tr("这台手机%1。请换一台，或等对方结束。").arg(NodeWords::phone_use(*phone)) : QString();
}

}  // namespace guzheng::ui
