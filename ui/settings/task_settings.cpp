#include "ui/settings/task_settings.h"

#include <QDir>
#include <QFileDialog>
#include <QGridLayout>
#include <QLineEdit>

#include "ui/base/message_bar.h"
#include "ui/base/parts.h"
#include "ui/base/row_list.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"

namespace guzheng::ui {
namespace {

constexpr unsigned kMostTold = 8;       // mistakes of a notice; the rest are counted

QString duty_word(Duty duty) {
  switch (duty) {
    case Duty::Issuer: return TaskSettingsView::tr("提出");
    case Duty::Monitor: return TaskSettingsView::tr("网监");
    case Duty::Judge: return TaskSettingsView::tr("研判");
    case Duty::Dispatcher: return TaskSettingsView::tr("分派");
    case Duty::Handler: return TaskSettingsView::tr("办理");
    case Duty::Leader: return TaskSettingsView::tr("负责人");
  }
  return {};
}

QString notice_word(NoticeTrouble trouble) {
  switch (trouble) {
    case NoticeTrouble::TooBig: return TaskSettingsView::tr("文件大于 1 MiB");
    case NoticeTrouble::NotUtf8: return TaskSettingsView::tr("不是 UTF-8 文本");
    case NoticeTrouble::NotThreeFields: return TaskSettingsView::tr("不是三项");
    case NoticeTrouble::BadDate: return TaskSettingsView::tr("没有这一天，或写法不是 2027-01-01");
    case NoticeTrouble::BadRange: return TaskSettingsView::tr("起止颠倒，或超过 31 天");
    case NoticeTrouble::BadKind: return TaskSettingsView::tr("既不是休也不是班");
    case NoticeTrouble::BadYear: return TaskSettingsView::tr("年份不对，或前面已有");
    case NoticeTrouble::NoSource: return TaskSettingsView::tr("没有写通知的标题");
    case NoticeTrouble::NoYearYet: return TaskSettingsView::tr("前面没有年份行");
    case NoticeTrouble::OutsideItsYear: return TaskSettingsView::tr("不在这一年");
    case NoticeTrouble::ToldTwice: return TaskSettingsView::tr("同一天写了两次");
    case NoticeTrouble::WorkedAnyway: return TaskSettingsView::tr("周一至周五写成班");
    case NoticeTrouble::NoDays: return TaskSettingsView::tr("这一年没有任何一天");
    case NoticeTrouble::Nothing: return TaskSettingsView::tr("没有通知");
  }
  return {};
}

}  // namespace

TaskSettingsView::TaskSettingsView(TaskSettingsDesk& desk, QWidget* parent) : QWidget(parent), desk_(desk) {
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(16, 16, 16, 16);
  all->setSpacing(16);
  messages_ = new MessageBar(tr("监测任务设置消息"));
  all->addWidget(messages_);
  auto* columns = new QHBoxLayout;
  columns->setSpacing(16);
  auto* side = new QVBoxLayout;
  side->setSpacing(16);
  side->addWidget(build_rule());
  side->addWidget(build_duties());
  side->addStretch(1);
  columns->addLayout(side, 1);
  columns->addWidget(build_calendar(), 1);
  all->addLayout(columns, 1);
  refresh_rule();
  show_duties();
  // whoever came here before the book was open sees it as soon as it is
  connect(&desk_, &TaskSettingsDesk::opened, this, [this] {
    if (isVisible()) refresh();
  });
}

QWidget* TaskSettingsView::build_rule() {
  auto* card = new Card(tr("任务单编号"));
  card->body()->addWidget(wrapped(tr("必有一个 {年} 和一个 {序号N}（N 为 1 至 8 位），可加 {月}、{日}。每年从 1 起；已给出的编号不变。"), "small"));
  rule_ = new QLineEdit;
  rule_->setAccessibleName(tr("编号规则"));
  rule_->setMaxLength(60);
  card->body()->addWidget(rule_);
  sample_ = wrapped({}, "quiet");
  sample_->setAccessibleName(tr("编号样例"));
  card->body()->addWidget(sample_);
  keep_rule_ = button(tr("保存编号规则"), "check");
  card->body()->addWidget(keep_rule_, 0, Qt::AlignLeft);
  connect(rule_, &QLineEdit::textChanged, this, &TaskSettingsView::refresh_rule);
  connect(keep_rule_, &QPushButton::clicked, this, &TaskSettingsView::set_rule);
  return card;
}

QWidget* TaskSettingsView::build_calendar() {
  auto* card = new Card(tr("工作日历"));
  take_ = button(tr("导入放假通知…"), "in");
  take_->setAccessibleName(tr("导入放假通知"));
  recount_ = button(tr("重算期限…"), "calendar");
  recount_->setAccessibleName(tr("重算期限"));
  recount_->hide();
  card->header()->addWidget(recount_);
  card->header()->addWidget(take_);
  card->body()->addWidget(wrapped(tr("期限按国务院办公厅每年的放假通知计算。没有通知的年份暂定：只有法规写明的放假日，通知导入后期限可能变动。"), "small"));
  RowLook look;
  look.rule = true;
  look.chip_lines = 1;
  look.text_lines = 1;
  years_ = new RowList(tr("工作日历年份"), look);
  years_->setMinimumHeight(220);
  card->body()->addWidget(years_, 1);
  connect(take_, &QPushButton::clicked, this, &TaskSettingsView::take_notice);
  connect(recount_, &QPushButton::clicked, this, &TaskSettingsView::recount);
  return card;
}

QWidget* TaskSettingsView::build_duties() {
  auto* card = new Card(tr("职责"));
  duties_told_ = wrapped({}, "small");
  duties_told_->setAccessibleName(tr("职责说明"));
  card->body()->addWidget(duties_told_);
  duties_ = new QGridLayout;
  duties_->setColumnStretch(2, 1);
  duties_->setHorizontalSpacing(16);
  duties_->setVerticalSpacing(8);
  card->body()->addLayout(duties_);
  return card;
}

void TaskSettingsView::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  refresh();
}

void TaskSettingsView::refresh() {
  show_duties();
  refresh_rule();
  desk_.read(this, [this](const Result<TaskSettings>& settings) {
    if (!settings) return messages_->show_text("red", tr("设置没有读出来（%1）。任务和结果没有变。").arg(qs(settings.error().what)));
    show_settings(*settings);
  });
}

void TaskSettingsView::show_settings(const TaskSettings& settings) {
  const bool untouched = rule_->text() == kept_;
  kept_ = qs(settings.rule.text);
  if (untouched) rule_->setText(kept_);
  std::vector<Row> rows;
  for (auto year = settings.years.rbegin(); year != settings.years.rend(); ++year) {
    Row row;
    row.icon = year->provisional ? "clock" : "check-circle";
    row.colour = year->provisional ? colour::amber : colour::green;
    row.title = QString::number(year->year);
    row.lines = {year->provisional ? tr("通知还没有导入") : qs(year->source)};
    row.chips.push_back(year->provisional ? amber_chip(tr("暂定"), "clock") : green_chip(tr("已有通知"), "check"));
    row.chips.push_back(grey_chip(tr("工作日放假 %1 天").arg(year->holidays)));
    row.chips.push_back(grey_chip(tr("调休上班 %1 天").arg(year->make_up)));
    rows.push_back(std::move(row));
  }
  years_->rows().set_rows(std::move(rows));
  refresh_rule();
}

void TaskSettingsView::show_duties() {
  clear_layout(duties_);
  duties_told_->setText(desk_.duties_are_given() ? tr("由本单位的策略文件 [duties] 规定，在这里只能看。没有相应职责的人办理时会被拒绝。")
                                                 : tr("策略文件没有写 [duties]：每名执法人员都可办理全部环节。"));
  duties_told_->setAccessibleDescription(duties_told_->text());
  int row = 0;
  for (const auto& one : desk_.duties()) {
    QStringList words;
    for (const auto each : one.duties) words << duty_word(each);
    auto* name = label(one.name.empty() ? tr("没有此人的证书") : qs(one.name), one.name.empty() ? "bad" : "");
    auto* list = wrapped(words.isEmpty() ? tr("没有职责") : words.join(tr("、")));
    list->setAccessibleName(tr("职责 %1").arg(qs(one.badge)));
    list->setAccessibleDescription(list->text());
    duties_->addWidget(name, row, 0, Qt::AlignTop);
    duties_->addWidget(label(qs(one.badge), "quiet"), row, 1, Qt::AlignTop);
    duties_->addWidget(list, row++, 2);
  }
}

void TaskSettingsView::refresh_rule() {
  const auto sample = TaskSettingsDesk::sample(ss(rule_->text()), desk_.today());
  sample_->setText(rule_->text().isEmpty() ? QString() : sample ? tr("编号的样子：%1（序号接着已有的数）").arg(qs(*sample)) : tr("还不是一个编号规则。"));
  sample_->setAccessibleDescription(sample_->text());
  const bool may = desk_.may_set_rule();
  rule_->setReadOnly(!may);
  keep_rule_->setEnabled(may && sample && rule_->text() != kept_);
  keep_rule_->setToolTip(may ? QString() : tr("由负责人设置"));
  take_->setEnabled(desk_.may_change());
}

void TaskSettingsView::set_rule() {
  const auto rule = rule_->text();
  desk_.set_rule(ss(rule), this, [this, rule](const Status& done) {
    if (!done) return messages_->show_text("red", tr("编号规则没有保存（%1）。原来的规则照用，已有编号不变。").arg(qs(done.error().what)));
    kept_ = rule;
    refresh_rule();
    messages_->show_text("green", tr("编号规则已保存，从下一份提交的任务单起用。"));
  });
}

void TaskSettingsView::take_notice() {
  const auto file = QFileDialog::getOpenFileName(this, tr("导入放假通知"), QDir::homePath(), tr("通知 (*.csv *.txt)"), nullptr, QFileDialog::DontUseNativeDialog);
  if (file.isEmpty()) return;
  desk_.take_notice(std::filesystem::path(ss(file)), this, [this](const Result<NoticeTaking>& taking) {
    if (!taking) return messages_->show_text("red", tr("通知没有导入（%1）。日历和期限没有变。").arg(qs(taking.error().what)));
    show_taking(*taking);
  });
}

void TaskSettingsView::show_taking(const NoticeTaking& taking) {
  if (!taking.problems.empty()) {
    QStringList lines;
    for (std::size_t i = 0; i < std::min<std::size_t>(taking.problems.size(), kMostTold); ++i) {
      const auto& one = taking.problems[i];
      lines << (one.line > 0 ? tr("第 %1 行：%2 — %3").arg(one.line).arg(notice_word(one.trouble), qs(one.text)) : notice_word(one.trouble));
    }
    if (taking.problems.size() > kMostTold) lines << tr("另有 %1 处").arg(taking.problems.size() - kMostTold);
    return messages_->show_text("red", tr("通知有错，什么也没有导入；请改正后再导入。") + '\n' + lines.join('\n'));
  }
  QStringList years;
  for (const int year : taking.years) years << QString::number(year);
  messages_->show_text(taking.moved.empty() ? "green" : "amber", taking.moved.empty() ? tr("已导入 %1 年的通知，在办结果的期限没有变动。").arg(years.join(tr("、")))
                                                                                      : tr("已导入 %1 年的通知。%2 条在办结果的期限会变动，由负责人或分派人重算。").arg(years.join(tr("、"))).arg(taking.moved.size()));
  moved_ = taking.moved;
  recount_->setVisible(!moved_.empty());
  recount_->setText(tr("签名并重算 %1 条期限").arg(moved_.size()));
  refresh();
}

void TaskSettingsView::recount() {
  recount_->setEnabled(false);
  desk_.recount(moved_, this, [this](const Result<BulkOutcome>& out) {
    recount_->setEnabled(true);
    if (!out) return messages_->show_text("red", tr("期限没有重算（%1）。原来的期限照旧。").arg(qs(out.error().what)));
    moved_.clear();
    for (const auto& one : out->refused) moved_.push_back(one.item);
    recount_->setVisible(!moved_.empty());
    recount_->setText(tr("签名并重算 %1 条期限").arg(moved_.size()));
    messages_->show_text(moved_.empty() ? "green" : "amber", moved_.empty() ? tr("已签名：重算了 %1 条期限。").arg(out->done.size())
                                                                            : tr("重算了 %1 条；另外 %2 条要由其分派单位的负责人或分派人重算。").arg(out->done.size()).arg(moved_.size()));
  });
}

}  // namespace guzheng::ui
