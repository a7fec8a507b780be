#include "ui/sync/sync_window.h"

#include <QButtonGroup>
#include <QProgressBar>
#include <QShortcut>
#include <algorithm>

#include "ui/base/flow_layout.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/evidence/subject_of.h"
#include "ui/sync/sync_words.h"

namespace guzheng::ui {
namespace {

enum SyncFilter { kAnySync, kOpenSync, kDoneSync, kRefusedSync };

}  // namespace

SyncWindow::SyncWindow(SyncDesk& desk, VaultDesk& vault) : desk_(desk), vault_(vault) {
  setAttribute(Qt::WA_DeleteOnClose);
  setObjectName("page");
  setWindowTitle(tr("同步"));
  resize(1000, 760);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(16, 16, 16, 16);
  auto* sheet = new QWidget;
  auto* all = new QVBoxLayout(sheet);
  all->setContentsMargins(0, 0, 0, 0);
  all->setSpacing(12);
  all->addWidget(build_state());
  all->addWidget(build_list(), 1);
  all->addWidget(build_detail());
  outer->addWidget(scroller(sheet));
  connect(new QShortcut(QKeySequence(Qt::Key_Escape), this), &QShortcut::activated, this, &QWidget::close);
  connect(&desk_, &SyncDesk::changed, this, &SyncWindow::refresh);
  connect(&vault_, &VaultDesk::listed, this, &SyncWindow::refresh);
  connect(&desk_, &SyncDesk::receipt_read, this, [this](const std::string& package, const KeptReceipt& receipt) {
    if (const auto* item = chosen(); item && item->package == package) show_receipt(receipt);
  });
  connect(&desk_, &SyncDesk::receipt_failed, this, [this](const std::string& package, const Error& error) {
    if (const auto* item = chosen(); item && item->package == package) small_->setText(qs(error.what));
  });
  refresh();
}

Card* SyncWindow::build_state() {
  auto* card = new Card(tr("中心系统"));
  pause_ = button(tr("暂停"), "pause");
  pause_->setAccessibleName(tr("暂停同步"));
  now_ = main_button(tr("立即同步"), "upload");
  card->header()->addWidget(pause_);
  card->header()->addWidget(now_);
  auto* row = new QHBoxLayout;
  row->setSpacing(12);
  sign_ = new QLabel;
  row->addWidget(sign_, 0, Qt::AlignTop);
  auto* words = new QVBoxLayout;
  words->setSpacing(2);
  state_ = label({}, "big");
  state_->setAccessibleName(tr("同步情况"));
  numbers_ = label({}, "quiet");
  numbers_->setAccessibleName(tr("同步进度 数字"));
  where_ = wrapped({}, "small");
  where_->setAccessibleName(tr("中心系统地址"));
  words->addWidget(state_);
  words->addWidget(numbers_);
  words->addWidget(where_);
  row->addLayout(words, 1);
  card->body()->addLayout(row);
  bar_ = new QProgressBar;
  bar_->setTextVisible(false);
  bar_->setRange(0, 1000);
  bar_->setAccessibleName(tr("同步进度"));
  card->body()->addWidget(bar_);
  note_box_ = note_box("amber");
  auto* column = static_cast<QVBoxLayout*>(note_box_->layout());
  note_ = wrapped({});
  note_->setAccessibleName(tr("同步为何停着"));
  note_detail_ = wrapped({}, "small");
  column->addWidget(icon_text("alert", colour::amber, note_));
  column->addWidget(note_detail_);
  card->body()->addWidget(note_box_);
  connect(pause_, &QPushButton::clicked, this, [this] {
    if (desk_.status().paused) desk_.resume();
    else desk_.pause();
  });
  connect(now_, &QPushButton::clicked, &desk_, &SyncDesk::send_now);
  return card;
}

Card* SyncWindow::build_list() {
  auto* card = new Card(tr("证据包"));
  auto* row = new FlowLayout(6);
  auto* group = new QButtonGroup(this);
  for (auto& filter : filters_) {
    filter = pill({});
    group->addButton(filter);
    row->addWidget(filter);
    connect(filter, &QPushButton::clicked, this, &SyncWindow::refresh_rows);
  }
  filters_[kAnySync]->setChecked(true);
  card->body()->addLayout(row);
  RowLook look;
  look.rule = true;
  look.chip_lines = 1;
  look.text_lines = 1;
  list_ = new RowList(tr("同步列表"), look);
  list_->setMinimumHeight(200);
  empty_ = wrapped({}, "quiet");
  card->body()->addWidget(list_, 1);
  card->body()->addWidget(empty_, 1, Qt::AlignTop);
  connect(list_, &RowList::moved, this, &SyncWindow::refresh_detail);
  return card;
}

Card* SyncWindow::build_detail() {
  auto* card = new Card(tr("选中的证据包"));
  first_ = button(tr("排到最前"), "chevron-up");
  first_->setToolTip(tr("先送这一份；正在上传的送完手上一段就让出来，不会重传"));
  again_ = button(tr("再试一次"), "refresh");
  open_ = button(tr("打开证据包"), "shield");
  for (auto* act : {first_, again_, open_}) card->header()->addWidget(act);
  detail_title_ = label({});
  detail_title_->setAccessibleName(tr("同步 选中"));
  detail_ = wrapped({});
  detail_->setAccessibleName(tr("同步 说明"));
  detail_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  small_ = wrapped({}, "small");
  small_->setAccessibleName(tr("同步 细节"));
  small_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  card->body()->addWidget(detail_title_);
  card->body()->addWidget(detail_);
  card->body()->addWidget(small_);
  connect(first_, &QPushButton::clicked, this, [this] {
    if (const auto* item = chosen()) desk_.put_first(std::string(item->package));
  });
  connect(again_, &QPushButton::clicked, this, [this] {
    if (const auto* item = chosen()) desk_.again(std::string(item->package));
  });
  connect(open_, &QPushButton::clicked, this, [this] {
    if (const auto* item = chosen()) emit package_wanted(std::string(item->package));
  });
  return card;
}

void SyncWindow::refresh() {
  refresh_state();
  refresh_rows();
}

void SyncWindow::refresh_state() {
  const auto& status = desk_.status();
  const bool on = desk_.configured();
  const int open = SyncWords::open_count(status);
  pause_->setVisible(on);
  now_->setVisible(on);
  pause_->setText(status.paused ? tr("继续") : tr("暂停"));
  pause_->setAccessibleName(status.paused ? tr("继续同步") : tr("暂停同步"));
  pause_->setIcon(icon(status.paused ? "play" : "pause"));
  now_->setEnabled(open > 0 && (status.away || status.paused || status.resting || status.in_hand == 0));
  QString words, numbers, sign = "cloud";
  QColor ink = colour::green;
  if (desk_.mistake()) words = tr("没有开始同步"), sign = "alert", ink = colour::red;
  else if (!on) words = tr("没有设中心系统"), sign = "cloud", ink = colour::grey;
  else if (status.away) words = tr("离线"), sign = "alert", ink = colour::amber;
  else if (!status.open) words = tr("正在查看…"), sign = "clock", ink = colour::blue;
  else if (open == 0) words = SyncWords::all_settled(status);
  else if (status.paused) words = status.in_hand > 0 ? tr("正在暂停：手上的一段送完就停") : tr("已暂停"), sign = "pause", ink = colour::amber;
  else if (status.resting) words = tr("等您点“立即同步”"), sign = "clock", ink = colour::blue;
  else words = tr("正在同步"), sign = "upload", ink = colour::blue;
  std::uint64_t done = 0, total = 0;
  for (const auto& one : status.items)
    if (!one.settled() && one.phase != SyncPhase::NotReady) done += one.phase == SyncPhase::Packing ? 0 : one.done, total += one.total;
  if (on && open > 0) {
    QStringList parts{tr("待同步 %1 份").arg(open), tr("还要送 %1").arg(bytes_text(status.bytes_left))};
    if (status.bytes_per_second > 0) parts << SyncWords::speed(status.bytes_per_second);
    if (status.seconds_left) parts << SyncWords::left(*status.seconds_left);
    numbers = parts.join(QStringLiteral(" · "));
  } else if (on && !status.items.empty()) {
    numbers = tr("两处存储各有一份并核对一致，才算已同步");
  }
  sign_->setPixmap(tinted(sign, ink, 30, devicePixelRatioF()));
  state_->setText(words);
  numbers_->setText(numbers);
  numbers_->setVisible(!numbers.isEmpty());
  for (auto* one : {state_, numbers_}) one->setAccessibleDescription(one->text());
  const auto& central = desk_.central();
  where_->setText(on ? tr("%1 · 同时 %2 份 · %3 · %4")
                           .arg(qs(central.url))
                           .arg(central.at_once)
                           .arg(central.bytes_per_second ? tr("限速 %1").arg(SyncWords::speed(central.bytes_per_second)) : tr("不限速"), central.automatic ? tr("封存后自动上传") : tr("由人开始"))
                     : tr("单位设了中心系统后，封存的证据自动送去，取得回执。"));
  where_->setAccessibleDescription(where_->text());
  bar_->setVisible(on && open > 0 && total > 0);
  bar_->setValue(total ? static_cast<int>(done * 1000 / total) : 0);
  note_box_->setVisible(status.away || desk_.mistake());
  if (desk_.mistake()) {
    note_->setText(tr("中心系统的设置有误，没有上传；证据都在本机。请按下面所列的行改正，再重新打开工作站。"));
    note_detail_->setText(qs(desk_.mistake()->what));
  } else if (status.away) {
    note_->setText(SyncWords::away(*status.away));
    note_detail_->setText(qs(status.away->error.what));
  }
  note_->setAccessibleDescription(note_->text());
}

bool SyncWindow::passes(const SyncItem& item, int filter) const {
  switch (filter) {
    case kOpenSync: return !item.settled();
    case kDoneSync: return item.phase == SyncPhase::Synced;
    case kRefusedSync: return item.phase == SyncPhase::Refused || item.phase == SyncPhase::Distrusted;
    default: return true;
  }
}

QString SyncWindow::name_of(const std::string& package) const {
  const auto* entry = vault_.entry(package);
  const auto subject = entry ? text_at(subject_of(*entry), "name") : std::string();
  return subject.empty() ? qs(package) : qs(package) + QStringLiteral(" · ") + qs(subject);
}

void SyncWindow::refresh_rows() {
  const auto& items = desk_.status().items;
  const QString names[] = {tr("全部"), tr("未完成"), tr("已同步"), tr("被拒收")};
  int filter = kAnySync;
  for (int i = 0; i < 4; ++i) {
    auto* shown = filters_[static_cast<std::size_t>(i)];
    shown->setText(tr("%1 %2").arg(names[i]).arg(std::count_if(items.begin(), items.end(), [&](const SyncItem& one) { return passes(one, i); })));
    shown->setAccessibleName(tr("同步筛选 ") + names[i]);
    if (shown->isChecked()) filter = i;
  }
  const auto* before = chosen();
  const auto wanted = before ? qs(before->package) : QString();
  std::vector<Row> rows;
  for (const auto& item : items) {
    if (!passes(item, filter)) continue;
    Row row;
    row.id = qs(item.package);
    row.icon = SyncWords::icon_of(item);
    row.colour = SyncWords::colour_of(item);
    row.title = name_of(item.package);
    row.lines << SyncWords::line(item);
    row.chips.push_back(SyncWords::chip(&item));
    if (item.first) row.chips.push_back(blue_chip(tr("最前"), "chevron-up"));
    rows.push_back(std::move(row));
  }
  list_->setVisible(!rows.empty());
  empty_->setVisible(rows.empty());
  empty_->setText(items.empty() ? tr("证据库里还没有证据包。") : tr("没有这一类证据包。"));
  // rows that only change in what they say keep the place of the list and the keyboard
  bool same = list_->rows().rowCount() == static_cast<int>(rows.size());
  for (int i = 0; same && i < list_->rows().rowCount(); ++i) same = list_->rows().row(i).id == rows[static_cast<std::size_t>(i)].id;
  if (same) {
    for (int i = 0; i < static_cast<int>(rows.size()); ++i)
      if (list_->rows().row(i).spoken() != rows[static_cast<std::size_t>(i)].spoken()) list_->rows().update(i, std::move(rows[static_cast<std::size_t>(i)]));
  } else {
    const bool any = !rows.empty();
    list_->rows().set_rows(std::move(rows));
    const int at = wanted.isEmpty() ? -1 : list_->rows().find_id(wanted);
    list_->choose(at >= 0 ? at : any ? 0 : -1);
  }
  refresh_detail();
}

const SyncItem* SyncWindow::chosen() const {
  const int at = list_->chosen();
  return at < 0 || at >= list_->rows().rowCount() ? nullptr : desk_.item(ss(list_->rows().row(at).id));
}

void SyncWindow::say(const QString& text) {
  detail_->setText(text);
  detail_->setAccessibleDescription(text);
}

void SyncWindow::refresh_detail() {
  const auto* item = chosen();
  open_->setEnabled(item != nullptr);
  first_->setEnabled(item && (item->phase == SyncPhase::Queued || item->phase == SyncPhase::Hindered || item->phase == SyncPhase::Packing || item->phase == SyncPhase::Sending));
  again_->setEnabled(item && (item->phase == SyncPhase::Refused || item->phase == SyncPhase::Hindered || item->phase == SyncPhase::Distrusted));
  if (!item) {
    shown_receipt_.clear();
    detail_title_->setText(tr("没有选中"));
    say({});
    small_->clear();
    return;
  }
  detail_title_->setText(name_of(item->package) + QStringLiteral("　") + SyncWords::state(*item));
  detail_title_->setAccessibleDescription(detail_title_->text());
  if (item->phase == SyncPhase::Synced) {
    if (shown_receipt_ == item->package && shown_index_ == item->index) return;
    shown_receipt_ = item->package;
    shown_index_ = item->index;
    return desk_.read_receipt(item->package);
  }
  shown_receipt_.clear();
  say(SyncWords::line(*item));
  small_->setText(item->phase == SyncPhase::Refused || item->phase == SyncPhase::Hindered || item->phase == SyncPhase::Distrusted ? tr("原因（原文）：%1").arg(qs(item->why)) : QString());
  small_->setAccessibleDescription(small_->text());
}

// What the receipt says, and where it lies: it was checked before anything was called synced.
void SyncWindow::show_receipt(const KeptReceipt& receipt) {
  QStringList stores;
  for (const auto& one : receipt.entry.stores) stores << tr("%1（至少存到 %2）").arg(qs(one.name), day_clock_text(one.retain_until).left(10));
  say(tr("%1 于 %2 收到，%3，核验为%4。存于 %5。存证日志第 %6 条，当时共 %7 条。")
          .arg(qs(receipt.text.received_by), day_clock_text(receipt.text.received_at), bytes_text(receipt.entry.bytes),
               receipt.entry.verdict == "whole" ? tr("完整") : receipt.entry.verdict == "practice" ? tr("练习") : tr("不完整"), stores.join(QStringLiteral("、")))
          .arg(receipt.index)
          .arg(receipt.log_size));
  small_->setText(tr("回执由中心系统签名，已核对签名、证书、存证日志中的证明和所送的字节。文件：%1\n上传包 SHA-256：%2").arg(qs(receipt.file.string()), grouped_digest(receipt.text.zip_sha256, 16)));
  small_->setAccessibleDescription(small_->text());
}

}  // namespace guzheng::ui
