#include "ui/settings/inventory_view.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>

#include "ui/base/message_bar.h"
#include "ui/base/parts.h"
#include "ui/base/row_list.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"

namespace guzheng::ui {
namespace {

QLineEdit* text_field(QGridLayout* grid, const QString& name, const QString& hint) {
  auto* edit = new QLineEdit;
  edit->setAccessibleName(InventoryView::tr("登记 ") + name);
  edit->setPlaceholderText(hint);
  edit->setMaxLength(100);
  const int row = grid->rowCount();
  grid->addWidget(label(name, "quiet"), row, 0);
  grid->addWidget(edit, row, 1);
  return edit;
}

bool is_empty(const QLineEdit* field) { return field->text().trimmed().isEmpty(); }

}  // namespace

InventoryView::InventoryView(InventoryDesk& desk, QWidget* parent) : QWidget(parent), desk_(desk) {
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(16, 16, 16, 16);
  all->setSpacing(16);
  messages_ = new MessageBar(tr("设备登记消息"));
  all->addWidget(messages_);
  auto* columns = new QHBoxLayout;
  columns->setSpacing(16);
  auto* side = new QVBoxLayout;
  side->setSpacing(16);
  side->addWidget(build_list(), 1);
  side->addWidget(build_form());
  columns->addLayout(side, 1);
  columns->addWidget(build_move(), 1);
  all->addLayout(columns, 1);
  connect(&desk_, &InventoryDesk::changed, this, &InventoryView::refresh);
  connect(&desk_, &InventoryDesk::failed, this, [this](const Error& e) { messages_->show_error(Doing::KeepInventory, e); });
  connect(&desk_, &InventoryDesk::kept, this, [this](const Thing& thing) {
    wanted_ = thing.id;
    for (auto* field : {asset_, name_, serial_, place_, why_}) field->clear();
    messages_->show_text("green", tr("已登记 %1 %2，记入操作日志。").arg(qs(thing.asset), qs(thing.name)));
  });
  connect(&desk_, &InventoryDesk::moves, this, [this](qint64 id, const std::vector<ThingMove>& moves) {
    const auto* thing = chosen();
    if (!thing || thing->id != id) return;
    std::vector<Row> rows;
    for (const auto& move : moves) {
      Row row;
      row.left = day_clock_text(move.at).left(16);
      row.icon = move.act == MoveAct::Out ? "out" : "in";
      row.colour = move.act == MoveAct::Out ? colour::amber : colour::green;
      row.title = (move.act == MoveAct::Out ? tr("出库 · %1") : tr("入库 · %1")).arg(qs(move.place));
      row.lines = {qs(move.who) + (move.why.empty() ? QString() : QStringLiteral(" · ") + qs(move.why))};
      rows.push_back(std::move(row));
    }
    moves_->rows().set_rows(std::move(rows));
  });
  refresh();
}

QWidget* InventoryView::build_list() {
  auto* card = new Card(tr("设备与介质"));
  RowLook look;
  look.chip_lines = 1;
  look.rule = true;
  list_ = new RowList(tr("设备与介质登记表"), look);
  list_->setMinimumHeight(90);
  card->body()->addWidget(list_, 1);
  connect(list_, &RowList::moved, this, &InventoryView::show_chosen);
  return card;
}

QWidget* InventoryView::build_move() {
  move_card_ = new Card(tr("出库与入库"));
  where_ = wrapped({});
  where_->setAccessibleName(tr("现在在哪里"));
  move_card_->body()->addWidget(where_);
  auto* grid = new QGridLayout;
  grid->setColumnStretch(1, 1);
  grid->setVerticalSpacing(8);
  place_ = text_field(grid, tr("去处或柜位"), tr("出库写带到哪里，入库写放回哪个柜"));
  why_ = text_field(grid, tr("用途"), tr("出库必填"));
  move_card_->body()->addLayout(grid);
  move_ = button(tr("出库"), "out");
  move_->setAccessibleName(tr("出库或入库"));
  move_card_->body()->addWidget(move_, 0, Qt::AlignLeft);
  RowLook look;
  look.left_width = 124;
  look.rule = true;
  moves_ = new RowList(tr("出入记录"), look);
  moves_->setMinimumHeight(60);
  move_card_->body()->addWidget(moves_, 1);
  for (auto* field : {place_, why_}) connect(field, &QLineEdit::textChanged, this, &InventoryView::refresh_buttons);
  connect(move_, &QPushButton::clicked, this, [this] {
    const auto* thing = chosen();
    if (!thing) return;
    messages_->clear();
    desk_.move(thing->id, thing->last.act == MoveAct::In ? MoveAct::Out : MoveAct::In, ss(place_->text().trimmed()), ss(why_->text().trimmed()));
  });
  return move_card_;
}

QWidget* InventoryView::build_form() {
  auto* card = new Card(tr("登记新的设备或介质"));
  auto* grid = new QGridLayout;
  grid->setColumnStretch(1, 1);
  grid->setVerticalSpacing(8);
  kind_ = new QComboBox;
  kind_->addItems({tr("手机"), tr("存储介质")});
  kind_->setAccessibleName(tr("登记 种类"));
  grid->addWidget(label(tr("种类"), "quiet"), 0, 0);
  grid->addWidget(kind_, 0, 1, Qt::AlignLeft);
  asset_ = text_field(grid, tr("资产编号"), tr("每件一个，不重复"));
  name_ = text_field(grid, tr("型号"), tr("手机型号，或介质的种类和容量"));
  serial_ = text_field(grid, tr("序列号"), tr("手机必填"));
  safe_ = text_field(grid, tr("存放柜位"), tr("例如 三楼保密柜 2 号"));
  card->body()->addLayout(grid);
  enter_hint_ = wrapped({}, "small");
  card->body()->addWidget(enter_hint_);
  enter_ = main_button(tr("登记入库"), "note");
  card->body()->addWidget(enter_, 0, Qt::AlignLeft);
  card->body()->addStretch(1);
  for (auto* field : {asset_, name_, serial_, safe_}) connect(field, &QLineEdit::textChanged, this, &InventoryView::refresh_buttons);
  connect(kind_, &QComboBox::currentIndexChanged, this, &InventoryView::refresh_buttons);
  connect(enter_, &QPushButton::clicked, this, [this] {
    Thing thing;
    thing.kind = kind_->currentIndex() == 0 ? ThingKind::Phone : ThingKind::Medium;
    thing.asset = ss(asset_->text().trimmed());
    thing.name = ss(name_->text().trimmed());
    thing.serial = ss(serial_->text().trimmed());
    messages_->clear();
    desk_.enter(thing, ss(safe_->text().trimmed()));
  });
  return card;
}

const Thing* InventoryView::chosen() const {
  const int at = list_->chosen();
  return at < 0 || at >= static_cast<int>(desk_.things().size()) ? nullptr : &desk_.things()[static_cast<std::size_t>(at)];
}

void InventoryView::refresh() {
  const int at_before = list_->chosen();
  const qint64 before = wanted_ ? wanted_ : at_before >= 0 ? list_->rows().row(at_before).key : 0;
  wanted_ = 0;
  std::vector<Row> rows;
  for (const auto& thing : desk_.things()) {
    Row row;
    row.icon = thing.kind == ThingKind::Phone ? "phone" : "disk";
    row.colour = colour::blue;
    row.key = thing.id;
    row.title = qs(thing.asset) + "  " + qs(thing.name);
    QStringList words;
    if (!thing.serial.empty()) words << qs(thing.serial);
    words << qs(thing.last.place) << qs(thing.last.who) << day_clock_text(thing.last.at).left(16);
    row.lines = {words.join(QStringLiteral(" · "))};
    row.chips = {thing.last.act == MoveAct::Out ? amber_chip(tr("已出库"), "out") : green_chip(tr("在库"), "check")};
    rows.push_back(std::move(row));
  }
  const bool any = !rows.empty();
  list_->rows().set_rows(std::move(rows));
  const int same = list_->rows().find(before);
  list_->choose(same >= 0 ? same : any ? 0 : -1);
  show_chosen();
}

void InventoryView::show_chosen() {
  const auto* thing = chosen();
  where_->setText(!thing ? tr("还没有登记。手机和存储介质登记后，谁在什么时候取走、放回都有记录。")
                  : thing->last.act == MoveAct::Out ? tr("%1 已由 %2 于 %3 取出，带到：%4，用途：%5").arg(qs(thing->asset), qs(thing->last.who), day_clock_text(thing->last.at), qs(thing->last.place), qs(thing->last.why))
                                                    : tr("%1 在库，存放于：%2").arg(qs(thing->asset), qs(thing->last.place)));
  where_->setAccessibleDescription(where_->text());
  moves_->rows().set_rows({});
  if (thing) desk_.ask_moves(thing->id);
  refresh_buttons();
}

void InventoryView::refresh_buttons() {
  const auto* thing = chosen();
  const bool out = thing && thing->last.act == MoveAct::In;
  move_->setText(thing && !out ? tr("入库") : tr("出库"));
  move_->setIcon(icon(thing && !out ? "in" : "out"));
  move_->setEnabled(thing && desk_.may_change() && !is_empty(place_) && (!out || !is_empty(why_)));
  enter_->setEnabled(desk_.may_change() && !is_empty(asset_) && !is_empty(name_) && !is_empty(safe_) && (kind_->currentIndex() == 1 || !is_empty(serial_)));
  enter_hint_->setText(desk_.may_change() ? tr("登记人是现在登录的执法人员，每次登记、出库、入库都记入操作日志。") : tr("没有执法人员登录，不能登记。"));
}

void InventoryView::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  desk_.refresh();
}

}  // namespace guzheng::ui
