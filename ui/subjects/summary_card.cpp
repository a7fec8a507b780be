#include "ui/subjects/summary_card.h"

#include <QApplication>
#include <QClipboard>
#include <QGridLayout>
#include <QHBoxLayout>

#include "ui/base/flow_layout.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/subjects/subject_words.h"

namespace guzheng::ui {
namespace {

constexpr int kMostEntries = 9, kMostRecent = 4;
constexpr RecordKind kCounted[] = {RecordKind::Complaint, RecordKind::Penalty, RecordKind::Case, RecordKind::Capture};

QLabel* sign_label(const QString& name, const QColor& ink) {
  auto* out = new QLabel;
  out->setPixmap(tinted(name, ink, 16, out->devicePixelRatioF()));
  return out;
}

QFrame* counter_of(RecordKind kind, QLabel*& number) {
  auto* box = note_box("grey");
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(2);
  grid->setVerticalSpacing(0);
  number = label(QStringLiteral("–"), "big");
  grid->addWidget(number, 0, 0);
  grid->addWidget(sign_label(SubjectWords::icon_of(kind), SubjectWords::colour_of(kind)), 0, 1, Qt::AlignRight);
  grid->addWidget(label(SubjectWords::word(kind), "small"), 1, 0, 1, 2);
  box->layout()->setContentsMargins(10, 4, 10, 6);
  static_cast<QVBoxLayout*>(box->layout())->addLayout(grid);
  return box;
}

}  // namespace

SummaryCard::SummaryCard(SubjectDesk& desk, QWidget* parent) : QFrame(parent), desk_(desk) {
  setProperty("card", true);
  setAccessibleName(tr("主体摘要"));
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(0, 0, 0, 0);
  all->setSpacing(0);
  empty_ = wrapped(tr("选中一行，这里显示它的摘要。"), "quiet");
  empty_->setContentsMargins(16, 16, 16, 16);
  all->addWidget(empty_, 1, Qt::AlignTop);
  auto* sheet = new QWidget;
  auto* column = new QVBoxLayout(sheet);
  column->setContentsMargins(16, 14, 16, 8);
  column->setSpacing(10);
  column->addWidget(build_head());
  column->addWidget(line());
  entries_ = new QVBoxLayout;
  entries_->setSpacing(7);
  column->addLayout(entries_);
  column->addWidget(line());
  recent_ = new QVBoxLayout;
  recent_->setSpacing(7);
  column->addLayout(recent_);
  column->addStretch(1);
  whole_ = new QWidget;
  auto* inner = new QVBoxLayout(whole_);
  inner->setContentsMargins(0, 0, 0, 0);
  inner->setSpacing(0);
  inner->addWidget(scroller(sheet), 1);
  inner->addWidget(line());
  inner->addWidget(build_foot());
  all->addWidget(whole_, 1);
  soon_.setSingleShot(true);
  soon_.setInterval(90);
  connect(&soon_, &QTimer::timeout, this, &SummaryCard::ask);
  connect(&desk_, &SubjectDesk::changed, this, [this](qint64 id) {
    if (id_ && (id == 0 || id == id_)) ask();
  });
  show_line(nullptr);
}

QWidget* SummaryCard::build_head() {
  auto* head = new QWidget;
  auto* column = new QVBoxLayout(head);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(8);
  name_ = wrapped({}, "title");
  name_->setAccessibleName(tr("摘要 名称"));
  column->addWidget(name_);
  auto* row = new QHBoxLayout;
  row->setSpacing(6);
  code_ = label({}, "mono");
  code_->setAccessibleName(tr("摘要 信用代码"));
  copy_ = link_button({});
  copy_->setIcon(icon("copy", colour::blue));
  copy_->setAccessibleName(tr("复制信用代码"));
  copy_->setToolTip(copy_->accessibleName());
  connect(copy_, &QPushButton::clicked, this, [this] { QApplication::clipboard()->setText(code_->text()); });
  state_sign_ = new QLabel;
  state_ = label({});
  state_->setProperty("chip", "green");
  state_->setAccessibleName(tr("摘要 状态"));
  row->addWidget(code_);
  row->addWidget(copy_);
  row->addStretch(1);
  row->addWidget(state_sign_);
  row->addWidget(state_);
  column->addLayout(row);
  tags_ = new QWidget;
  tag_row_ = new FlowLayout(6);
  tags_->setLayout(tag_row_);
  column->addWidget(tags_);
  auto* facts = new QGridLayout;
  facts->setColumnStretch(1, 1);
  facts->setHorizontalSpacing(12);
  facts->setVerticalSpacing(3);
  int at = 0;
  for (const auto& [name, field] : {std::pair{tr("地址"), &address_}, std::pair{tr("主营"), &category_}, std::pair{tr("监管单位"), &unit_}}) {
    facts->addWidget(label(name, "quiet"), at, 0, Qt::AlignTop);
    *field = wrapped({});
    (*field)->setAccessibleName(tr("摘要 ") + name);
    facts->addWidget(*field, at++, 1);
  }
  column->addLayout(facts);
  auto* counters = new QHBoxLayout;
  counters->setSpacing(8);
  for (int i = 0; i < 4; ++i) {
    auto* box = counter_of(kCounted[i], numbers_[i]);
    numbers_[i]->setAccessibleName(tr("摘要 %1数").arg(SubjectWords::word(kCounted[i])));
    counters->addWidget(box, 1);
  }
  column->addLayout(counters);
  return head;
}

QWidget* SummaryCard::build_foot() {
  auto* foot = new QWidget;
  auto* row = new QHBoxLayout(foot);
  row->setContentsMargins(16, 12, 16, 14);
  row->setSpacing(8);
  open_ = button(tr("打开主体页  Enter"));
  open_->setAccessibleName(tr("打开主体页"));
  capture_ = main_button(tr("发起取证  Ctrl+E"), "phone");
  capture_->setAccessibleName(tr("发起取证"));
  row->addWidget(open_);
  row->addWidget(capture_, 1);
  connect(open_, &QPushButton::clicked, this, [this] { emit open_wanted(id_); });
  connect(capture_, &QPushButton::clicked, this, [this] { emit capture_wanted(id_); });
  return foot;
}

void SummaryCard::show_line(const SubjectLine* line) {
  whole_->setVisible(line != nullptr);
  empty_->setVisible(line == nullptr);
  if (!line) {
    id_ = 0;
    return;
  }
  const bool same = line->subject.id == id_;
  id_ = line->subject.id;
  const auto& subject = line->subject;
  const auto put = [](QLabel* where, const QString& text) {
    where->setText(text);
    where->setAccessibleDescription(text);
  };
  put(name_, qs(subject.name));
  put(code_, qs(!subject.credit_code.empty() ? subject.credit_code : subject.number));
  copy_->setVisible(!code_->text().isEmpty());
  const auto sign = SubjectWords::sign_of(subject.state);
  put(state_, sign.text);
  set_role(state_, "chip", sign.colour == colour::green ? "green" : sign.colour == colour::red ? "red" : "amber");
  state_->updateGeometry();
  state_sign_->setPixmap(tinted(sign.icon, sign.colour, 16, devicePixelRatioF()));
  put(address_, subject.address.empty() ? QStringLiteral("–") : qs(subject.address));
  put(category_, subject.category.empty() ? QStringLiteral("–") : qs(subject.category));
  const auto unit = desk_.unit_name(subject.unit);
  put(unit_, unit.empty() ? tr("还没有") : qs(unit));
  show_tags(line->tags);
  if (!same) {
    for (auto* number : numbers_) number->setText(QStringLiteral("–"));
    clear_layout(entries_);
    clear_layout(recent_);
  }
  soon_.start();
}

void SummaryCard::show_tags(const std::vector<Tag>& tags) {
  clear_layout(tag_row_);
  for (const auto& tag : tags) {
    const auto chip = SubjectWords::chip_of(tag);
    auto* shown = label(qs(tag.name));
    shown->setProperty("chip", tag.group == "监管" ? "red" : tag.group == "品类" ? "grey" : "violet");
    shown->setToolTip(qs(tag.group));
    tag_row_->addWidget(shown);
  }
  add_tag_ = pill(tr("+ 标签"));
  add_tag_->setCheckable(false);
  add_tag_->setAccessibleName(tr("给所选主体加标签"));
  connect(add_tag_, &QPushButton::clicked, this, [this] { emit tags_wanted(id_); });
  tag_row_->addWidget(add_tag_);
  tags_->updateGeometry();
}

void SummaryCard::ask() {
  if (!id_) return;
  desk_.sheet(id_, this, [this, id = id_](const Result<SubjectSheet>& sheet) {
    if (sheet && id == id_) show_sheet(*sheet);
  });
}

void SummaryCard::show_sheet(const SubjectSheet& sheet) {
  for (int i = 0; i < 4; ++i) {
    const auto count = std::count_if(sheet.records.begin(), sheet.records.end(), [&](const Record& one) { return one.kind == kCounted[i]; });
    numbers_[i]->setText(QString::number(count));
    numbers_[i]->setAccessibleDescription(numbers_[i]->text());
  }
  show_tags(sheet.tags);
  show_entries(sheet);
  show_recent(sheet);
}

void SummaryCard::show_entries(const SubjectSheet& sheet) {
  clear_layout(entries_);
  auto* head = new QHBoxLayout;
  head->addWidget(label(tr("移动电商 %1").arg(sheet.entries.size()), "section"));
  head->addStretch(1);
  if (!sheet.entries.empty()) head->addWidget(label(tr("末次检查"), "small"));
  entries_->addLayout(head);
  const auto shown = std::min<std::size_t>(sheet.entries.size(), kMostEntries);
  for (std::size_t i = 0; i < shown; ++i) {
    const auto& entry = sheet.entries[i];
    const auto sign = SubjectWords::sign_of(entry, sheet.overdue[i]);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(sign_label(SubjectWords::icon_of(entry.kind), colour::quiet));
    auto* kind = label(SubjectWords::word(entry.kind), "small");
    kind->setFixedWidth(52);
    row->addWidget(kind);
    row->addWidget(new ElidedLabel(qs(entry.name)), 1);
    auto* state = label(sign.text, sign.colour == colour::green ? "good" : sign.colour == colour::red ? "bad" : "warn");
    row->addWidget(sign_label(sign.icon, sign.colour));
    row->addWidget(state);
    entries_->addLayout(row);
  }
  if (shown < sheet.entries.size()) entries_->addWidget(label(tr("另有 %1 项，见主体页").arg(sheet.entries.size() - shown), "small"));
  if (sheet.entries.empty()) entries_->addWidget(wrapped(tr("没有登记 APP、小程序、账号和网店。"), "small"));
}

void SummaryCard::show_recent(const SubjectSheet& sheet) {
  clear_layout(recent_);
  recent_->addWidget(label(tr("最近"), "section"));
  const auto shown = std::min<std::size_t>(sheet.records.size(), kMostRecent);
  for (std::size_t i = 0; i < shown; ++i) {
    const auto& record = sheet.records[i];
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(sign_label(SubjectWords::icon_of(record.kind), SubjectWords::colour_of(record.kind)));
    row->addWidget(new ElidedLabel(SubjectWords::word(record.kind) + QStringLiteral("：") + qs(record.title)), 1);
    row->addWidget(label(SubjectWords::day(record.at), "small"));
    recent_->addLayout(row);
  }
  if (sheet.records.empty()) recent_->addWidget(label(tr("还没有投诉、案件和取证。"), "small"));
}

}  // namespace guzheng::ui
