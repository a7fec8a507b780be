#include "ui/group/group_page.h"

#include <QButtonGroup>
#include <QGridLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QTableWidget>

#include "ui/base/message_bar.h"
#include "ui/base/parts.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/capture/words.h"
#include "ui/group/group_pane.h"

namespace guzheng::ui {
namespace {

constexpr int kAcross = 4, kAcrossMany = 8;            // cards side by side; more than eight phones stand in two rows

}  // namespace

GroupPage::GroupPage(GroupDesk& desk, QWidget* parent) : QWidget(parent), desk_(desk) {
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(12, 12, 12, 12);
  all->setSpacing(10);
  messages_ = new MessageBar(tr("并行取证消息"));
  all->addWidget(messages_);
  all->addWidget(build_cards(), 5);
  all->addWidget(build_acts());
  all->addWidget(build_line());
  all->addWidget(end_card_ = build_end());
  all->addWidget(build_table(), 3);
  connect(&desk_, &GroupDesk::changed, this, &GroupPage::refresh);
  connect(&desk_, &GroupDesk::frame_ready, this, [this](int member) { phones_[static_cast<std::size_t>(member - 1)].pane->take_frame(); });
  connect(&desk_, &GroupDesk::compared, this, &GroupPage::show_compared);
  connect(&desk_, &GroupDesk::failed, this, [this](const Error& error) { show_error(Doing::Capturing, error); });
  connect(&desk_, &GroupDesk::trouble, this, [this](int, const Error& error) { show_error(Doing::Capturing, error); });
  connect(&desk_, &GroupDesk::followed, this, [this](const QString& element, int differed) {
    if (element.isEmpty()) messages_->show_text("amber", tr("点按处没有可辨认的界面元素，各手机都没有点按。请点按文字或按钮。"));
    else if (differed > 0) messages_->show_text("amber", tr("有 %1 部手机的页面上没有“%2”，已停止并各自取下当时的页面；其余手机继续。").arg(differed).arg(element));
    else messages_->clear();
  });
  refresh();
  for (auto& phone : phones_) phone.pane->take_frame();
  if (!phones_.empty()) phones_.front().pane->setFocus();
}

QWidget* GroupPage::build_cards() {
  auto* place = new QWidget;
  auto* grid = new QGridLayout(place);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setSpacing(10);
  const int count = static_cast<int>(desk_.cards().size()), across = count <= kAcross ? count : std::min(kAcrossMany, (count + 1) / (count > kAcrossMany ? 2 : 1));
  for (const auto& card : desk_.cards()) {
    Phone phone;
    phone.frame = new QFrame;
    phone.frame->setObjectName("group_card");
    auto* body = new QVBoxLayout(phone.frame);
    body->setContentsMargins(10, 8, 10, 8);
    body->setSpacing(6);
    auto* head = new QHBoxLayout;
    auto* name = new ElidedLabel(tr("手机 %1 · %2").arg(card.number).arg(card.model.empty() ? qs(card.serial) : qs(card.model).replace('_', ' ')));
    set_role(name, "role", "big");
    phone.role = label({}, "small");
    phone.role->setAccessibleName(tr("手机 %1 角色").arg(card.number));
    phone.role_sign = new QLabel;
    head->addWidget(name, 1);
    head->addWidget(phone.role_sign);
    head->addWidget(phone.role);
    body->addLayout(head);
    phone.pane = new GroupPane(desk_, card.number);
    body->addWidget(phone.pane, 1);
    phone.facts = wrapped({}, "small");
    phone.facts->setAccessibleName(tr("手机 %1 状态").arg(card.number));
    body->addWidget(phone.facts);
    grid->addWidget(phone.frame, (card.number - 1) / across, (card.number - 1) % across);
    grid->setColumnStretch((card.number - 1) % across, 1);
    phones_.push_back(phone);
  }
  return place;
}

QWidget* GroupPage::build_acts() {
  auto* row = new QWidget;
  auto* all = new QHBoxLayout(row);
  all->setContentsMargins(0, 0, 0, 0);
  all->setSpacing(8);
  capture_ = main_button(tr("%1 部同时取证  F8").arg(desk_.cards().size()), "camera");
  capture_->setAccessibleName(tr("全部取证"));
  connect(capture_, &QPushButton::clicked, this, &GroupPage::capture);
  all->addWidget(capture_);
  auto* group = new QButtonGroup(row);
  for (const ItemKind kind : kItemKinds) {
    auto* one = pill(Words::kind(kind));
    one->setAccessibleName(tr("取证内容 ") + Words::kind(kind));
    one->setChecked(kinds_.empty());
    group->addButton(one, static_cast<int>(kinds_.size()));
    kinds_.push_back(one);
    all->addWidget(one);
  }
  connect(group, &QButtonGroup::idClicked, this, [this](int id) { kind_ = id; });
  all->addStretch(1);
  const auto add = [&](const QString& text, const QString& sign, auto act) {
    auto* made = button(text, sign);
    connect(made, &QPushButton::clicked, this, act);
    all->addWidget(made);
    acts_.push_back(made);
    return made;
  };
  add(tr("全部返回"), "back", [this] { desk_.press(kKeyBack); });
  add(tr("全部输入  F9"), "keyboard", [this] { open_line(false); });
  add(tr("备注  F7"), "note", [this] { open_line(true); });
  end_ = button(tr("结束并封存  F10"), "stop");
  end_->setAccessibleName(tr("结束并封存全部"));
  connect(end_, &QPushButton::clicked, this, &GroupPage::ask_end);
  all->addWidget(end_);
  return row;
}

QWidget* GroupPage::build_line() {
  line_ = new QWidget;
  auto* row = new QHBoxLayout(line_);
  row->setContentsMargins(0, 0, 0, 0);
  line_name_ = label({}, "quiet");
  line_edit_ = new QLineEdit;
  line_edit_->setAccessibleName(tr("全部手机的文字或备注"));
  row->addWidget(line_name_);
  row->addWidget(line_edit_, 1);
  connect(line_edit_, &QLineEdit::returnPressed, this, &GroupPage::send_line);
  line_->hide();
  return line_;
}

void GroupPage::open_line(bool for_note) {
  line_is_note_ = for_note;
  line_name_->setText(for_note ? tr("写入各手机记录的备注") : tr("送到全部手机的文字"));
  line_->show();
  line_edit_->setFocus();
}

void GroupPage::send_line() {
  const auto text = line_edit_->text().trimmed();
  if (!text.isEmpty()) {
    if (line_is_note_) desk_.note(text.toStdString());
    else desk_.paste(text.toStdString());
  }
  line_edit_->clear();
  line_->hide();
}

QFrame* GroupPage::build_end() {
  auto* box = note_box("amber");
  auto* row = new QHBoxLayout;
  row->addWidget(label(tr("若有应取内容没有取全，说明原因（写入每个证据包）：")));
  reason_ = new QLineEdit;
  reason_->setAccessibleName(tr("不完整的原因"));
  row->addWidget(reason_, 1);
  auto* confirm = button(tr("确认结束并封存"), "stop");
  auto* back = button(tr("继续取证"));
  row->addWidget(confirm);
  row->addWidget(back);
  static_cast<QVBoxLayout*>(box->layout())->addLayout(row);
  connect(reason_, &QLineEdit::returnPressed, this, &GroupPage::confirm_end);
  connect(confirm, &QPushButton::clicked, this, &GroupPage::confirm_end);
  connect(back, &QPushButton::clicked, box, &QWidget::hide);
  box->hide();
  return box;
}

void GroupPage::ask_end() {
  if (end_card_->isVisible()) return confirm_end();
  end_card_->show();
  reason_->setFocus();
}

void GroupPage::confirm_end() {
  end_card_->hide();
  desk_.end(reason_->text().trimmed().toStdString());
}

QWidget* GroupPage::build_table() {
  table_card_ = new Card(tr("相互印证"));
  summary_ = label(tr("每次取证后，各手机的同一页面在这里对照。"), "small");
  summary_->setAccessibleName(tr("对照结果"));
  table_card_->header()->addWidget(summary_);
  page_pills_ = new QHBoxLayout;
  table_card_->header()->addLayout(page_pills_);
  table_ = new QTableWidget;
  table_->setAccessibleName(tr("佐证对照表"));
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->verticalHeader()->hide();
  table_->setWordWrap(true);
  table_->setShowGrid(false);
  table_->setAlternatingRowColors(false);
  table_card_->body()->setContentsMargins(0, 0, 0, 0);
  table_card_->body()->addWidget(table_, 1);
  show_compared();
  return table_card_;
}

void GroupPage::show_compared() {
  clear_layout(page_pills_);
  const auto& pages = desk_.comparison().pages;
  auto* group = new QButtonGroup(page_pills_->parentWidget());
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const auto have = std::count_if(pages[i].items.begin(), pages[i].items.end(), [](int item) { return item > 0; });
    auto* one = pill(tr("%1 %2/%3").arg(qs(pages[i].title)).arg(have).arg(pages[i].items.size()));
    one->setAccessibleName(tr("对照 %1").arg(qs(pages[i].title)));
    group->addButton(one, static_cast<int>(i));
    one->setChecked(i + 1 == pages.size());
    page_pills_->addWidget(one);
  }
  connect(group, &QButtonGroup::idClicked, this, &GroupPage::show_page);
  if (pages.empty()) {
    table_->setRowCount(0);
    table_->setColumnCount(0);
  } else {
    show_page(static_cast<int>(pages.size()) - 1);
  }
}

// What differs is said by its sign and its weight; amber only helps the eye.
void GroupPage::show_page(int index) {
  const auto& all = desk_.comparison();
  const auto& page = all.pages[static_cast<std::size_t>(index)];
  summary_->setText(page.differences == 0 ? tr("没有不同") : tr("%1 项不同").arg(page.differences));
  summary_->setAccessibleDescription(summary_->text());
  QStringList heads{tr("项目"), tr("内容")};
  for (const auto& member : all.members) heads << (member.number == desk_.leader() ? tr("手机 %1（主控）").arg(member.number) : tr("手机 %1").arg(member.number));
  table_->setColumnCount(static_cast<int>(heads.size()));
  table_->setHorizontalHeaderLabels(heads);
  table_->setRowCount(static_cast<int>(page.rows.size()));
  for (int r = 0; r < table_->rowCount(); ++r) {
    const auto& row = page.rows[static_cast<std::size_t>(r)];
    table_->setItem(r, 0, new QTableWidgetItem(qs(std::string(aspect_name(row.aspect)))));
    table_->setItem(r, 1, new QTableWidgetItem(qs(row.what)));
    for (int c = 0; c < static_cast<int>(row.cells.size()); ++c) {
      const auto& cell = row.cells[static_cast<std::size_t>(c)];
      const bool time = row.aspect == Aspect::Time && parse_time(cell.text).has_value();       // which part of a second matters here
      auto* item = new QTableWidgetItem((cell.differs ? QStringLiteral("≠ ") : QString()) + (time ? qs(cell.text).mid(11, 12) : qs(cell.text)));
      item->setToolTip(qs(cell.text));
      if (cell.differs) {
        auto bold = item->font();
        bold.setBold(true);
        item->setFont(bold);
        item->setBackground(QColor("#fff0d4"));
        item->setForeground(colour::amber);
      }
      table_->setItem(r, c + 2, item);
    }
  }
  auto* header = table_->horizontalHeader();
  header->setSectionResizeMode(QHeaderView::Stretch);
  header->setSectionResizeMode(0, QHeaderView::ResizeToContents);
  table_->resizeRowsToContents();
}

void GroupPage::refresh_card(std::size_t index) {
  const auto& card = desk_.cards()[index];
  auto& phone = phones_[index];
  const bool leads = desk_.leader() == card.number, stopped = !card.stopped.empty();
  phone.role->setText(stopped ? tr("已停止") : leads ? tr("主控") : tr("跟随"));
  phone.role->setAccessibleDescription(phone.role->text());
  set_role(phone.role, "role", stopped ? "bad" : leads ? "link" : "good");
  phone.role_sign->setPixmap(tinted(stopped ? "cross-circle" : leads ? "crown" : "next", stopped ? colour::red : leads ? colour::blue : colour::green, 16, devicePixelRatioF()));
  phone.frame->setStyleSheet(QStringLiteral("QFrame#group_card { background: white; border: %1px solid %2; border-radius: 6px; }")
                                 .arg(leads && !stopped ? 2 : 1)
                                 .arg(stopped ? colour::red.name() : leads ? colour::blue.name() : colour::line.name()));
  const QString which = card.place.empty() ? qs(card.serial) : tr("%1 · 节点 %2").arg(qs(card.serial), qs(card.place));
  QString facts = stopped ? tr("停止：%1").arg(qs(card.stopped)) : tr("%1 · 已录 %2 · 已取证 %3 张").arg(which, span_text(card.status.recorded_ms)).arg(card.status.items.size());
  if (!stopped && card.status.in_gap) facts += tr(" · 录制中断");
  phone.facts->setText(facts);
  phone.facts->setAccessibleDescription(facts);
  phone.pane->refresh();
}

void GroupPage::refresh() {
  for (std::size_t i = 0; i < phones_.size() && i < desk_.cards().size(); ++i) refresh_card(i);
  const auto going = std::count_if(desk_.cards().begin(), desk_.cards().end(), [](const auto& card) { return card.stopped.empty(); });
  capture_->setText(tr("%1 部同时取证  F8").arg(going));
  const bool free = desk_.stage() == LiveDesk::Stage::Running && !desk_.busy();
  capture_->setEnabled(free);
  end_->setEnabled(free);
  for (auto* act : acts_) act->setEnabled(free);
  end_->setText(desk_.stage() == LiveDesk::Stage::Ending ? tr("正在封存…") : tr("结束并封存  F10"));
}

void GroupPage::capture() {
  const ItemKind kind = kItemKinds[kind_];
  desk_.capture({kind, Words::kind(kind).toStdString(), Words::proves_suggestion(kind).toStdString(), "公开", ""});
}

void GroupPage::show_error(Doing doing, const Error& error) { messages_->show_error(doing, error); }

}  // namespace guzheng::ui
