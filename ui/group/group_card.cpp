#include "ui/group/group_card.h"

#include "ui/base/parts.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/group/group_pane.h"

namespace guzheng::ui {
namespace {

constexpr int kLowBattery = 50, kFactsWidth = 128;

}  // namespace

GroupCardView::GroupCardView(GroupDesk& desk, int member, bool beside, QWidget* parent) : QFrame(parent), desk_(desk), member_(member) {
  const auto& card = desk_.cards()[static_cast<std::size_t>(member - 1)];
  setObjectName("group_card");
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(10, 8, 10, 8);
  all->setSpacing(6);
  auto* head = new QHBoxLayout;
  auto* name = new ElidedLabel(tr("手机 %1 · %2").arg(card.number).arg(card.model.empty() ? qs(card.serial) : qs(card.model).replace('_', ' ')));
  name->setToolTip(qs(card.serial));
  set_role(name, "role", "big");
  role_ = label({}, "small");
  role_->setAccessibleName(tr("手机 %1 角色").arg(card.number));
  role_sign_ = new QLabel;
  head->addWidget(name, 1);
  head->addWidget(role_sign_);
  head->addWidget(role_);
  all->addLayout(head);
  QBoxLayout* body = beside ? static_cast<QBoxLayout*>(new QHBoxLayout) : new QVBoxLayout;
  body->setSpacing(6);
  pane_ = new GroupPane(desk_, card.number);
  body->addWidget(pane_, 1);
  auto* facts = new QWidget;
  if (beside) facts->setFixedWidth(kFactsWidth);
  auto* column = new QVBoxLayout(facts);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(beside ? 6 : 2);
  account_ = add_fact(column, tr("手机 %1 账号").arg(member));
  place_ = add_fact(column, tr("手机 %1 所在地").arg(member));
  node_ = add_fact(column, tr("手机 %1 接在").arg(member));
  battery_ = add_fact(column, tr("手机 %1 电量").arg(member));
  difference_ = add_fact(column, tr("手机 %1 对照").arg(member));
  lost_ = add_fact(column, tr("手机 %1 丢失的操作").arg(member));
  done_ = add_fact(column, tr("手机 %1 状态").arg(member));
  column->addStretch(1);
  body->addWidget(facts);
  all->addLayout(body, 1);
  refresh();
}

GroupCardView::Fact GroupCardView::add_fact(QBoxLayout* column, const QString& name) {
  Fact fact;
  fact.row = new QWidget;
  auto* row = new QHBoxLayout(fact.row);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(6);
  fact.sign = new QLabel;
  fact.text = wrapped({}, "small");
  fact.text->setStyleSheet("font-size: 12px;");           // also where its role would make it larger: the picture needs the room
  fact.text->setAccessibleName(name);
  row->addWidget(fact.sign, 0, Qt::AlignTop);
  row->addWidget(fact.text, 1);
  column->addWidget(fact.row);
  return fact;
}

void GroupCardView::show_fact(const Fact& fact, const QString& sign, const QColor& ink, const QString& text, const char* role) {
  fact.row->setVisible(!text.isEmpty());
  if (fact.text->text() == text && !text.isEmpty()) return;
  fact.sign->setPixmap(tinted(sign, ink, 14, devicePixelRatioF()));
  fact.text->setText(text);
  fact.text->setAccessibleDescription(text);
  set_role(fact.text, "role", *role ? role : "small");
}

void GroupCardView::set_difference(int rows, const QString& late) {
  differences_ = rows;
  late_ = late;
  refresh();
}

void GroupCardView::refresh() {
  const auto& card = desk_.cards()[static_cast<std::size_t>(member_ - 1)];
  const bool leads = desk_.leader() == member_, stopped = !card.stopped.empty();
  role_->setText(stopped ? tr("已停止") : leads ? tr("主控") : tr("跟随"));
  role_->setAccessibleDescription(role_->text());
  set_role(role_, "role", stopped ? "bad" : leads ? "link" : "good");
  role_sign_->setPixmap(tinted(stopped ? "cross-circle" : leads ? "crown" : "next", stopped ? colour::red : leads ? colour::blue : colour::green, 16, devicePixelRatioF()));
  setStyleSheet(QStringLiteral("QFrame#group_card { background: white; border: %1px solid %2; border-radius: 6px; }")
                    .arg(leads && !stopped ? 2 : 1)
                    .arg(stopped ? colour::red.name() : leads ? colour::blue.name() : colour::line.name()));
  show_fact(account_, "user", colour::quiet, card.account.empty() ? tr("账号未填") : qs(card.account));
  show_fact(place_, "pin", colour::quiet, card.place.empty() ? tr("所在地未填") : qs(card.place));
  show_fact(node_, "node", colour::quiet, card.node.empty() ? tr("本机") : tr("节点 %1").arg(qs(card.node)));
  const bool low = card.battery && *card.battery < kLowBattery;
  show_fact(battery_, low ? "alert" : "plug", low ? colour::amber : colour::green, card.battery ? low ? tr("电量 %1 %，建议充电").arg(*card.battery) : tr("电量 %1 %").arg(*card.battery) : tr("电量未知"),
            low ? "warn" : "");
  QString compared;
  if (differences_ >= 0) compared = (differences_ == 0 ? tr("没有不同") : tr("≠ %1 处不同").arg(differences_)) + (late_.isEmpty() ? QString() : "\n" + late_);
  show_fact(difference_, differences_ > 0 ? "alert" : "check-circle", differences_ > 0 ? colour::amber : colour::green, compared, differences_ > 0 ? "warn" : "");
  const auto lost = card.status.inputs_dropped;
  show_fact(lost_, "alert", colour::amber, lost == 0 ? QString() : tr("%1 次操作没有送到").arg(lost), "warn");
  QString done = stopped ? tr("停止：%1").arg(qs(card.stopped)) : tr("已录 %1 · 已取证 %2 张").arg(span_text(card.status.recorded_ms)).arg(card.status.items.size());
  if (!stopped && card.status.phase == SessionPhase::Paused) done += tr(" · 已暂停操作");
  if (!stopped && card.status.in_gap) done += tr(" · 录制中断");
  show_fact(done_, stopped ? "cross-circle" : "shield", stopped ? colour::red : colour::blue, done, stopped || card.status.in_gap ? "bad" : "");
  done_.text->setToolTip(qs(card.serial));
  done_.text->setAccessibleDescription(qs(card.serial) + " · " + done);
  pane_->refresh();
}

}  // namespace guzheng::ui
