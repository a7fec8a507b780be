#include "ui/subjects/subject_view.h"

#include <QGridLayout>

#include "ui/base/flow_layout.h"
#include "ui/base/message_bar.h"
#include "ui/base/row_list.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/subjects/subject_words.h"

namespace guzheng::ui {
namespace {

constexpr int kTwoColumnsFrom = 900;

RowChip chip_of_sign(const SubjectWords::Sign& sign) {
  if (sign.colour == colour::red) return red_chip(sign.text, sign.icon);
  return sign.colour == colour::green ? green_chip(sign.text, sign.icon) : sign.colour == colour::amber ? amber_chip(sign.text, sign.icon) : grey_chip(sign.text, sign.icon);
}

QString or_dash(const std::string& text) { return text.empty() ? QStringLiteral("–") : qs(text); }

}  // namespace

SubjectView::SubjectView(SubjectDesk& desk, QWidget* parent) : QWidget(parent), desk_(desk) {
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(16, 16, 16, 16);
  all->setSpacing(12);
  messages_ = new MessageBar(tr("主体页消息"));
  all->addWidget(messages_);
  all->addWidget(build_head());
  sheet_widget_ = new QWidget;
  places_ = new QGridLayout(sheet_widget_);
  places_->setContentsMargins(0, 0, 4, 0);
  places_->setSpacing(16);
  facts_card_ = build_facts();
  entries_card_ = static_cast<Card*>(build_entries());
  records_card_ = static_cast<Card*>(build_records());
  history_card_ = static_cast<Card*>(build_history());
  all->addWidget(scroller(sheet_widget_), 1);
  lay_out();
  connect(&desk_, &SubjectDesk::changed, this, [this](qint64 id) {
    if (id_ && (id == 0 || id == id_)) ask();
  });
  connect(&desk_, &SubjectDesk::undoable_changed, this, &SubjectView::refresh_buttons);
  refresh_buttons();
}

void SubjectView::lay_out() {
  const bool narrow = width() < kTwoColumnsFrom;
  if (laid_ && narrow == narrow_) return;
  laid_ = true;
  narrow_ = narrow;
  QWidget* const cards[] = {facts_card_, entries_card_, records_card_, history_card_};
  for (auto* card : cards) places_->removeWidget(card);
  for (int i = 0; i < 4; ++i) {
    if (narrow) places_->addWidget(cards[i], i, 0, 1, 2);
    else places_->addWidget(cards[i], i < 2 ? 0 : 1, i % 2);
  }
  for (int i = 0; i < 4; ++i) places_->setRowStretch(i, narrow ? 0 : i == 0 ? 3 : i == 1 ? 2 : 0);
  places_->setColumnStretch(0, 1);
  places_->setColumnStretch(1, narrow ? 0 : 1);
}

void SubjectView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  lay_out();
}

void SubjectView::show_subject(SubjectId id) {
  if (id != id_) {
    sheet_ = {};
    hide_sensitive();
    messages_->clear();
  }
  id_ = id;
  ask();
}

void SubjectView::ask() {
  desk_.sheet(id_, this, [this, id = id_](const Result<SubjectSheet>& sheet) {
    if (id != id_) return;
    if (!sheet) {
      if (sheet.error().kind == ErrorKind::NotFound) emit back_wanted();           // somebody removed it, or undid its adding
      else messages_->show_error(Doing::KeepSubjects, sheet.error());
      return;
    }
    sheet_ = *sheet;
    show_sheet();
  });
}

void SubjectView::show_sheet() {
  const auto& subject = sheet_.subject;
  name_->setText(qs(subject.name));
  name_->setAccessibleDescription(name_->text());
  code_->setText(qs(!subject.credit_code.empty() ? subject.credit_code : subject.number));
  code_->setAccessibleDescription(code_->text());
  const auto sign = SubjectWords::sign_of(subject.state);
  state_->setText(sign.text);
  set_role(state_, "chip", sign.colour == colour::green ? "green" : sign.colour == colour::red ? "red" : "amber");
  state_->updateGeometry();
  show_facts();
  show_tags();
  show_entries();
  show_records();
  show_history();
  refresh_buttons();
}

void SubjectView::show_facts() {
  clear_layout(facts_);
  const auto& subject = sheet_.subject;
  const auto proposed = desk_.proposed_unit(subject.region, subject.industry, {});
  auto unit = subject.unit ? qs(desk_.unit_name(subject.unit)) : tr("还没有");
  if (proposed && proposed == subject.unit) unit += tr("（与规则一致）");
  else if (proposed) unit += tr("（按规则建议：%1）").arg(qs(desk_.unit_name(proposed)));
  const std::pair<QString, QString> facts[] = {
      {tr("简称"), or_dash(subject.short_name)},   {tr("主体种类"), SubjectWords::word(subject.kind)}, {tr("注册号"), or_dash(subject.number)},
      {tr("主营品类"), or_dash(subject.category)}, {tr("地区代码"), or_dash(subject.region)},          {tr("行业代码"), or_dash(subject.industry)},
      {tr("数据级别"), SubjectWords::word(subject.sensitivity)}, {tr("数据地域"), or_dash(subject.data_region)},
      {tr("地址"), or_dash(subject.address)},      {tr("监管单位"), unit},                             {tr("许可"), or_dash(subject.licences)}};
  int at = 0, row = 0;
  for (const auto& [name, value] : facts) {
    const bool whole = at >= 8;            // long ones have a line of their own
    auto* text = wrapped(value);
    text->setAccessibleName(tr("主体 ") + name);
    text->setAccessibleDescription(value);
    const int column = whole ? 0 : (at % 2) * 2;
    facts_->addWidget(label(name, "quiet"), row, column, Qt::AlignTop);
    text->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    facts_->addWidget(text, row, column + 1, 1, whole ? 3 : 1);
    if (whole || at % 2 == 1) ++row;
    ++at;
  }
}

void SubjectView::show_tags() {
  clear_layout(tag_row_);
  for (const auto& tag : sheet_.tags) {
    auto* shown = label(qs(tag.name));
    shown->setProperty("chip", tag.group == "监管" ? "red" : tag.group == "品类" ? "grey" : "violet");
    shown->setToolTip(qs(tag.group));
    tag_row_->addWidget(shown);
  }
  add_tag_ = pill(tr("+ 标签"));
  add_tag_->setCheckable(false);
  add_tag_->setAccessibleName(tr("给主体加标签"));
  add_tag_->setEnabled(desk_.may_change());
  connect(add_tag_, &QPushButton::clicked, this, [this] { emit tags_wanted(id_); });
  tag_row_->addWidget(add_tag_);
  tags_->updateGeometry();
}

void SubjectView::show_entries() {
  const int before = entries_->chosen();
  std::vector<Row> rows;
  for (std::size_t i = 0; i < sheet_.entries.size(); ++i) {
    const auto& entry = sheet_.entries[i];
    Row row;
    row.icon = SubjectWords::icon_of(entry.kind);
    row.colour = colour::blue;
    row.title = qs(entry.name);
    QStringList words{SubjectWords::word(entry.kind)};
    for (const auto& part : {entry.platform, entry.category, entry.link})
      if (!part.empty()) words << qs(part);
    row.lines = {words.join(QStringLiteral(" · "))};
    row.chips = {chip_of_sign(SubjectWords::sign_of(entry, sheet_.overdue[i]))};
    if (entry.abnormal && !entry.why.empty()) row.chips.push_back(grey_chip(qs(entry.why)));
    else if (sheet_.overdue[i] && entry.reach == Reach::Reachable) row.chips.push_back(grey_chip(tr("末次检查 %1").arg(SubjectWords::day(entry.checked))));
    rows.push_back(std::move(row));
  }
  const int count = static_cast<int>(rows.size());
  entries_card_->set_title(tr("移动电商 %1").arg(count));
  entries_->rows().set_rows(std::move(rows));
  entries_->choose(count == 0 ? -1 : std::clamp(before, 0, count - 1));
}

void SubjectView::show_records() {
  int counts[kRecordKinds]{};
  std::vector<Row> rows;
  for (const auto& record : sheet_.records) {
    ++counts[static_cast<std::size_t>(record.kind)];
    if (kind_ >= 0 && static_cast<int>(record.kind) != kind_) continue;
    Row row;
    row.left = SubjectWords::day(record.at);
    row.icon = SubjectWords::icon_of(record.kind);
    row.colour = SubjectWords::colour_of(record.kind);
    row.title = SubjectWords::word(record.kind) + QStringLiteral("：") + qs(record.title);
    QStringList words;
    for (const auto& part : {record.text, record.source, record.reference == record.title ? std::string() : record.reference})
      if (!part.empty()) words << qs(part).replace('\n', ' ');
    row.lines = {words.join(QStringLiteral(" · "))};
    if (record.kind == RecordKind::Capture) row.id = qs(record.reference);
    rows.push_back(std::move(row));
  }
  for (int i = 0; i < kRecordKinds; ++i) {
    kinds_[static_cast<std::size_t>(i) + 1]->setText(SubjectWords::word(static_cast<RecordKind>(i)) + (counts[i] ? QString(" %1").arg(counts[i]) : QString()));
    kinds_[static_cast<std::size_t>(i) + 1]->setVisible(counts[i] > 0 || kind_ == i);
  }
  const bool any = !rows.empty();
  records_->rows().set_rows(std::move(rows));
  records_->choose(any ? 0 : -1);
  refresh_buttons();
}

void SubjectView::show_history() {
  std::vector<Row> rows;
  for (const auto& change : sheet_.history) {
    Row row;
    row.left = day_clock_text(change.at).left(16);
    row.icon = change.before.empty() ? "plus" : change.after.empty() ? "bin" : "pencil";
    row.colour = colour::quiet;
    row.title = SubjectWords::what_changed(change) + QStringLiteral(" · ") + qs(change.who);
    if (!change.why.empty()) row.lines << tr("原因：%1").arg(qs(change.why));
    row.lines << SubjectWords::differences(change).mid(0, change.why.empty() ? 3 : 2);
    rows.push_back(std::move(row));
  }
  history_->rows().set_rows(std::move(rows));
}

int SubjectView::chosen_entry() const {
  const int at = entries_->chosen();
  return at >= 0 && at < static_cast<int>(sheet_.entries.size()) ? at : -1;
}

void SubjectView::refresh_buttons() {
  const bool may = desk_.may_change() && id_ != 0;
  const int at = chosen_entry();
  const auto* entry = at >= 0 ? &sheet_.entries[static_cast<std::size_t>(at)] : nullptr;
  for (auto* one : {edit_, remove_, entry_add_, record_add_, reveal_}) one->setEnabled(may);
  alike_->setEnabled(id_ != 0);
  for (auto* one : {entry_edit_, entry_abnormal_, entry_remove_}) one->setEnabled(may && entry);
  entry_abnormal_->setText(entry && entry->abnormal ? tr("移出异常库…") : tr("移入异常库…"));
  undo_->setVisible(desk_.undoable() > 0);
  undo_->setEnabled(may);
  const int record = records_->chosen();
  record_open_->setVisible(record >= 0 && !records_->rows().row(record).id.isEmpty());
  QStringList words;
  if (entry) {
    if (!entry->link.empty()) words << tr("链接：%1").arg(qs(entry->link));
    words << tr("末次检查：%1，%2").arg(SubjectWords::day(entry->checked), SubjectWords::word(entry->reach));
    if (entry->unit) words << tr("监管单位：%1").arg(qs(desk_.unit_name(entry->unit)));
    if (entry->abnormal) words << tr("异常原因：%1").arg(qs(entry->why));
  }
  entry_facts_->setText(words.join(QLatin1Char('\n')));
  entry_facts_->setAccessibleDescription(entry_facts_->text());
  entry_facts_->setVisible(entry != nullptr);
}

void SubjectView::hideEvent(QHideEvent* event) {
  QWidget::hideEvent(event);
  hide_sensitive();
}

void SubjectView::hide_sensitive() {
  revealed_.reset();
  edit_sensitive_->hide();
  sensitive_->setText(tr("已隐藏"));
  sensitive_->setAccessibleDescription(sensitive_->text());
}

}  // namespace guzheng::ui
