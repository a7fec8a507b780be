#include "ui/subjects/patrol_window.h"

#include <QSettings>
#include <QShortcut>
#include <algorithm>

#include "ui/base/empty_hint.h"
#include "ui/base/message_bar.h"
#include "ui/base/row_list.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/subjects/patrol_phone.h"
#include "ui/subjects/subject_words.h"

namespace guzheng::ui {
namespace {

constexpr std::size_t kMostListed = 2'000;

// What was moved is what an officer must see.
std::vector<const PatrolNews*> moved_first(const std::vector<PatrolNews>& findings) {
  std::vector<const PatrolNews*> out;
  for (const auto& one : findings) out.push_back(&one);
  std::stable_partition(out.begin(), out.end(), [](const auto* one) { return one->finding.move != PatrolMove::None; });
  if (out.size() > kMostListed) out.resize(kMostListed);
  return out;
}

Row row_of(const PatrolNews& news) {
  const auto& [subject, entry, judgement, move, at] = news.finding;
  Row row;
  row.key = subject;
  const bool good = judgement.reach == Reach::Reachable;
  row.icon = good ? "check-circle" : judgement.reach == Reach::Unreachable ? "alert" : "cross-circle";
  row.colour = good ? colour::green : judgement.reach == Reach::Unreachable ? colour::amber : colour::red;
  row.title = qs(news.subject) + QStringLiteral(" · ") + qs(entry.name);
  if (!judgement.why.empty()) row.lines << qs(judgement.why);
  row.lines << qs(is_web_link(entry.link) ? entry.link : entry.platform);
  const auto word = SubjectWords::word(judgement.reach);
  row.chips = {good ? green_chip(word, row.icon) : judgement.reach == Reach::Unreachable ? amber_chip(word, row.icon) : red_chip(word, row.icon)};
  if (move == PatrolMove::In) row.chips.push_back(red_chip(PatrolWindow::tr("移入异常库"), "alert"));
  if (move == PatrolMove::Back) row.chips.push_back(green_chip(PatrolWindow::tr("移回主体库"), "undo"));
  return row;
}

QString untold_words(CannotTell::Why why) {
  switch (why) {
    case CannotTell::Why::NoName: return PatrolWindow::tr("没有名称，手机上无从查找");
    case CannotTell::Why::NoScript: return PatrolWindow::tr("没有这个平台的手机脚本");
    case CannotTell::Why::Unfit: return PatrolWindow::tr("脚本与应用的页面不符，要改脚本");
    case CannotTell::Why::Refused: return PatrolWindow::tr("手机没有照做，例如没有装这个应用");
    case CannotTell::Why::PhoneLost: return PatrolWindow::tr("手机断开了，其余没有查看");
  }
  return {};
}

Row row_of(const PatrolUntold& untold) {
  Row row;
  row.icon = "phone";
  row.colour = colour::grey;
  row.title = qs(untold.entry.name) + (untold.entry.platform.empty() ? QString() : QStringLiteral(" · ") + qs(untold.entry.platform));
  row.lines << untold_words(untold.why.why);
  if (untold.why.why == CannotTell::Why::Unfit || untold.why.why == CannotTell::Why::Refused) row.lines << qs(untold.why.detail);
  row.chips = {grey_chip(PatrolWindow::tr("手机上无法判定"), "question")};
  return row;
}

constexpr char kDailyKey[] = "subjects/patrol-daily", kDailyLastKey[] = "subjects/patrol-daily-last";

WallTime last_daily() { return {QSettings().value(kDailyLastKey, 0).toLongLong()}; }

}  // namespace

bool PatrolDaily::wanted() { return QSettings().value(kDailyKey, false).toBool(); }

void PatrolDaily::begin(PatrolDesk& patrol, QObject* page) {
  QObject::connect(&patrol, &PatrolDesk::ran_daily, page, [](WallTime at) { QSettings().setValue(kDailyLastKey, static_cast<qlonglong>(at.ms)); });
  patrol.keep_daily(wanted(), last_daily());
}

void PatrolDaily::set(PatrolDesk& patrol, bool on) {
  QSettings().setValue(kDailyKey, on);
  patrol.keep_daily(on, last_daily());
}

PatrolWindow::PatrolWindow(SubjectDesk& desk, PatrolDesk& patrol, QWidget* parent) : QWidget(parent, Qt::Window), desk_(desk), patrol_(patrol) {
  setObjectName("page");
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("巡检"));
  resize(880, 720);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(16, 16, 16, 16);
  all->setSpacing(12);
  messages_ = new MessageBar(tr("巡检消息"));
  all->addWidget(messages_);
  all->addWidget(build_due());
  all->addWidget(build_found(), 1);
  connect(&patrol_, &PatrolDesk::due_read, this, &PatrolWindow::show_due);
  connect(&patrol_, &PatrolDesk::running_changed, this, [this] {
    listed_ = 0;
    show_progress();
  });
  soon_.setSingleShot(true);
  soon_.setInterval(250);
  connect(&soon_, &QTimer::timeout, this, &PatrolWindow::show_progress);
  connect(&patrol_, &PatrolDesk::progressed, this, [this] {
    if (!soon_.isActive()) soon_.start();
  });
  connect(&patrol_, &PatrolDesk::finished, this, &PatrolWindow::say_finished);
  connect(&patrol_, &PatrolDesk::taken_in, this, &PatrolWindow::say_taken_in);
  connect(&patrol_, &PatrolDesk::failed, this, [this](const Error& e) { messages_->show_error(Doing::Patrol, e); });
  connect(&patrol_, &PatrolDesk::phone_failed, this, [this](const Error& e) { messages_->show_error(Doing::PatrolPhone, e); });
  connect(&patrol_, &PatrolDesk::scripts_failed, this, [this](const Error& e) { messages_->show_error(Doing::PhoneScripts, e); });
  connect(&desk_, &SubjectDesk::changed, &patrol_, &PatrolDesk::ask_due);
  connect(new QShortcut(QKeySequence(Qt::Key_Escape), this), &QShortcut::activated, this, &QWidget::close);
  patrol_.ask_due();
  show_progress();
}

QWidget* PatrolWindow::build_due() {
  auto* due = new Card(tr("到期的检查"));
  due_ = wrapped({}, "title");
  due_->setAccessibleName(tr("到期数"));
  cycle_ = wrapped({}, "small");
  cycle_->setAccessibleName(tr("检查周期"));
  due->body()->addWidget(due_);
  due->body()->addWidget(cycle_);
  phone_ = new PatrolPhoneRow(patrol_);
  due->body()->addWidget(phone_);
  auto* row = new QHBoxLayout;
  row->setSpacing(14);
  ordinary_ = new QCheckBox(tr("主体库"));
  ordinary_->setAccessibleName(tr("检查主体库"));
  abnormal_ = new QCheckBox(tr("异常库"));
  abnormal_->setAccessibleName(tr("检查异常库"));
  ordinary_->setChecked(true);
  abnormal_->setChecked(true);
  most_ = new QSpinBox;
  most_->setAccessibleName(tr("最多检查"));
  most_->setRange(1, 1'000'000);
  most_->setValue(1000);
  start_ = main_button(tr("开始巡检"), "play");
  cancel_ = button(tr("停下"), "stop");
  cancel_->setAccessibleName(tr("停下巡检"));
  row->addWidget(ordinary_);
  row->addWidget(abnormal_);
  row->addWidget(label(tr("最多"), "quiet"));
  row->addWidget(most_);
  row->addWidget(label(tr("个，最久未查的先查"), "quiet"));
  row->addStretch(1);
  row->addWidget(cancel_);
  row->addWidget(start_);
  due->body()->addLayout(row);
  daily_ = new QCheckBox(tr("每天自动巡检有网址的（工作站开着、有执法人员登录时）"));
  daily_->setAccessibleName(tr("每天自动巡检"));
  daily_->setChecked(PatrolDaily::wanted());
  due->body()->addWidget(daily_);
  connect(start_, &QPushButton::clicked, this, &PatrolWindow::start);
  connect(cancel_, &QPushButton::clicked, this, [this] {
    cancel_->setEnabled(false);
    patrol_.cancel();
  });
  connect(daily_, &QCheckBox::toggled, this, [this](bool on) { PatrolDaily::set(patrol_, on); });
  for (auto* box : {ordinary_, abnormal_}) connect(box, &QCheckBox::toggled, this, &PatrolWindow::refresh);
  connect(phone_, &PatrolPhoneRow::script_file_named, this, [this](const QString& file) {
    messages_->clear();
    patrol_.import_scripts(ss(file));
  });
  return due;
}

QWidget* PatrolWindow::build_found() {
  auto* found = new Card(tr("结果"));
  counts_ = wrapped({}, "quiet");
  counts_->setAccessibleName(tr("巡检结果数"));
  bar_ = new QProgressBar;
  bar_->setTextVisible(false);
  bar_->setAccessibleName(tr("巡检进度条"));
  RowLook look;
  look.rule = true;
  look.text_lines = 2;
  look.chip_lines = 1;
  list_ = new RowList(tr("巡检结果列表"), look);
  new EmptyHint(list_, tr("这里列出打不开、已下架、内容可疑、移动过和手机上无法判定的。"));
  open_ = button(tr("打开主体"), "next");
  open_->setAccessibleName(tr("打开巡检的主体"));
  found->body()->addWidget(counts_);
  found->body()->addWidget(bar_);
  found->body()->addWidget(list_, 1);
  found->body()->addWidget(wrapped(tr("巡检不取证：需要留证的，从主体页发起取证。"), "small"));
  found->body()->addWidget(open_, 0, Qt::AlignLeft);
  const auto open = [this] {
    const int at = list_->chosen();
    if (at >= 0 && list_->rows().row(at).key > 0) emit open_wanted(list_->rows().row(at).key);
  };
  connect(open_, &QPushButton::clicked, this, open);
  connect(list_, &QListView::activated, this, open);
  connect(list_, &RowList::moved, this, &PatrolWindow::refresh);
  return found;
}

void PatrolWindow::start() {
  messages_->clear();
  PatrolOptions options;
  options.most = most_->value();
  options.ordinary = ordinary_->isChecked();
  options.abnormal = abnormal_->isChecked();
  patrol_.start(options, phone_->chosen());
}

void PatrolWindow::say_finished(bool called_off) {
  show_progress();
  if (patrol_.counts().due == 0) messages_->show_text("green", tr("没有到期的，什么也不用查。"));
  else if (called_off) messages_->show_text("amber", tr("巡检已停下。查过的已记下，其余仍列为到期。"));
  else messages_->show_text("green", tr("巡检完成，记入操作日志。"));
}

void PatrolWindow::say_taken_in(const SpoolTaken& taken) {
  if (!taken.refused.empty()) return messages_->show_text("red", tr("命令行巡检的结果文件不合要求，没有记入，放在原处待查：%1").arg(qs(taken.refused.front())));
  messages_->show_text("green", tr("命令行巡检（%1）的结果已记入：检查 %2，移入异常库 %3，移回 %4。").arg(qs(taken.who)).arg(taken.findings).arg(taken.moved_in).arg(taken.moved_back));
}

void PatrolWindow::show_due(const PatrolDue& due) {
  const auto number = [](std::int64_t count, bool capped) { return QString::number(count) + (capped ? "+" : ""); };
  due_->setText(tr("主体库 %1 个，异常库 %2 个").arg(number(due.ordinary, due.ordinary_capped), number(due.abnormal, due.abnormal_capped)));
  due_->setAccessibleDescription(due_->text());
  cycle_->setText(tr("主体库每 %1 天检查一次，异常库每 %2 天一次；在 设置 → 主体库 修改。").arg(due.cycle.ordinary_days).arg(due.cycle.abnormal_days));
  cycle_->setAccessibleDescription(cycle_->text());
  phone_->set_due(due.not_web, due.not_web_capped);
}

void PatrolWindow::show_progress() {
  const auto& counts = patrol_.counts();
  const bool any = counts.due > 0 || patrol_.running();
  QString text = any ? tr("到期 %1，已查 %2：可访问 %3，打不开 %4，已下架 %5，内容可疑 %6；移入异常库 %7，移回 %8").arg(counts.due).arg(counts.checked).arg(counts.reachable).arg(counts.unreachable).arg(counts.gone).arg(counts.bad).arg(counts.moved_in).arg(counts.moved_back)
                     : QString();
  if (!patrol_.looking_at().empty()) text += tr("。手机上正在看：%1").arg(qs(patrol_.looking_at()));
  else if (counts.not_web > 0) text += tr("。%1 个没有网址，仍须在手机上查看").arg(counts.not_web);
  counts_->setVisible(any);
  counts_->setText(text);
  counts_->setAccessibleDescription(text);
  bar_->setVisible(patrol_.running());
  const auto all = patrol_.uses_phone() ? counts.due : counts.due - counts.not_web;
  const auto done = counts.checked + (patrol_.uses_phone() ? static_cast<std::int64_t>(patrol_.untold().size()) : 0);
  bar_->setRange(0, all > 0 ? static_cast<int>(all) : 0);
  bar_->setValue(static_cast<int>(done));
  const auto listed = patrol_.findings().size() + patrol_.untold().size();
  if (listed_ != listed || listed_ == 0) {
    listed_ = listed;
    show_rows();
  }
  refresh();
}

void PatrolWindow::show_rows() {
  const int before = list_->chosen();
  std::vector<Row> rows;
  for (const auto* news : moved_first(patrol_.findings())) rows.push_back(row_of(*news));
  for (const auto& untold : patrol_.untold()) rows.push_back(row_of(untold));
  const int count = static_cast<int>(rows.size());
  list_->rows().set_rows(std::move(rows));
  list_->choose(count ? std::clamp(before, 0, count - 1) : -1);
}

void PatrolWindow::refresh() {
  start_->setEnabled(!patrol_.running() && desk_.may_change() && (ordinary_->isChecked() || abnormal_->isChecked()));
  if (!patrol_.running()) cancel_->setEnabled(true);
  cancel_->setVisible(patrol_.running());
  phone_->set_may(desk_.may_change());
  open_->setEnabled(list_->chosen() >= 0 && list_->rows().row(list_->chosen()).key > 0);
}

}  // namespace guzheng::ui
