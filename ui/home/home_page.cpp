#include "ui/home/home_page.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QShortcut>
#include <algorithm>

#include "ui/base/flow_layout.h"
#include "ui/base/row_list.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/tasks/task_words.h"

namespace guzheng::ui {
namespace {

RowLook due_look() {
  RowLook look;
  look.rule = true;
  look.chip_lines = 1;
  return look;
}

}  // namespace

HomePage::HomePage(TaskDesk& tasks, VaultDesk& vault, NodeDesk& nodes, SubjectDesk& subjects, SyncDesk& sync, QWidget* parent)
    : QWidget(parent), tasks_(tasks), vault_(vault), nodes_(nodes), subjects_(subjects), sync_(sync) {
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(16, 16, 16, 16);
  all->setSpacing(16);
  all->addWidget(build_hero());
  auto* across = new QHBoxLayout;
  across->setSpacing(16);
  across->addWidget(build_due(), 1);
  across->addWidget(build_side());
  all->addLayout(across, 1);
  soon_.setSingleShot(true);
  soon_.setInterval(50);
  connect(&soon_, &QTimer::timeout, this, &HomePage::refresh);
  connect(&tasks_, &TaskDesk::changed, &soon_, qOverload<>(&QTimer::start));
  connect(&vault_, &VaultDesk::listed, this, &HomePage::show_evidence);
  connect(&nodes_, &NodeDesk::changed, this, &HomePage::show_nodes);
  connect(&sync_, &SyncDesk::changed, this, &HomePage::show_sync);
  connect(&subjects_, &SubjectDesk::opened, this, &HomePage::show_subjects);
  connect(&subjects_, &SubjectDesk::lists_changed, this, &HomePage::show_subjects);
  setFocusProxy(list_);
  connect(new QShortcut(QKeySequence("Ctrl+Return"), this), &QShortcut::activated, go_, &QPushButton::click);
  show_hero();
}

QWidget* HomePage::build_hero() {
  auto* card = new QFrame;
  card->setProperty("card", true);
  auto* row = new QHBoxLayout(card);
  row->setContentsMargins(16, 14, 16, 14);
  row->setSpacing(14);
  hero_icon_ = new QLabel;
  row->addWidget(hero_icon_, 0, Qt::AlignVCenter);
  auto* words = new QVBoxLayout;
  words->setSpacing(2);
  hero_small_ = label({}, "section");
  hero_small_->setAccessibleName(tr("下一件 期限"));
  hero_title_ = label({}, "big");
  hero_title_->setAccessibleName(tr("下一件"));
  hero_title_->setMinimumWidth(100);
  hero_under_ = wrapped({}, "quiet");
  hero_under_->setAccessibleName(tr("下一件 说明"));
  words->addWidget(hero_small_);
  words->addWidget(hero_title_);
  words->addWidget(hero_under_);
  row->addLayout(words, 1);
  go_ = main_button(tr("去办  Ctrl+Enter"));
  go_->setAccessibleName(tr("办下一件"));
  go_->setMinimumHeight(40);
  row->addWidget(go_, 0, Qt::AlignVCenter);
  connect(go_, &QPushButton::clicked, this, [this] {
    if (due_.empty()) emit capture_wanted();
    else open(due_.front());
  });
  return card;
}

QWidget* HomePage::build_due() {
  auto* card = new Card(tr("任务与结果"));
  auto* pills = new QWidget;
  auto* flow = new FlowLayout(6);
  pills->setLayout(flow);
  auto* group = new QButtonGroup(this);
  const QString names[] = {tr("全部"), tr("逾期"), tr("今日到期"), tr("3 日内")};
  for (int i = 0; i < 4; ++i) {
    auto* made = pill(names[i]);
    made->setAccessibleName(tr("工作台筛选 ") + names[i]);
    made->setProperty("word", names[i]);
    group->addButton(made, i);
    flow->addWidget(made);
    pills_[static_cast<std::size_t>(i)] = made;
  }
  pills_[0]->setChecked(true);
  day_ = label({}, "small");
  day_->setAccessibleName(tr("今天"));
  card->header()->addWidget(day_);
  card->body()->addWidget(pills);
  list_ = new RowList(tr("待办列表"), due_look());
  card->body()->addWidget(list_, 1);
  none_ = wrapped(tr("没有等您办理的任务和结果。"), "quiet");
  none_->hide();
  card->body()->addWidget(none_, 1, Qt::AlignTop);
  connect(group, &QButtonGroup::idClicked, this, [this](int id) {
    filter_ = id;
    show_due();
  });
  connect(list_, &RowList::picked, this, [this](int row) { open(shown_[static_cast<std::size_t>(row)]); });
  return card;
}

void HomePage::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  soon_.start();
  show_evidence();
  show_nodes();
  show_subjects();
  show_sync();
}

void HomePage::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  side_->setFixedWidth(width() > 1200 ? 372 : 288);
}

void HomePage::refresh() {
  if (!tasks_.is_open()) return;
  const auto actor = tasks_.actor();
  const int asked = ++asked_;
  TaskFilter filter;
  filter.unit = actor.unit;
  filter.duties = actor.duties;
  tasks_.list(filter, this, [this, asked](const Result<TaskPage>& page) {
    if (asked != asked_ || !page) return;
    std::vector<Due> out;
    for (const auto& line : page->lines) {
      // a running task with open results is told by those
      if (line.open_results > 0) continue;
      const auto number = line.number.empty() ? tr("没有编号") : qs(line.number);
      out.push_back({line.id, 0, line.due, line.state, line.name.empty() ? tr("（没有名称）") : qs(line.name), tr("任务单 · %1").arg(number), line.unread});
    }
    take(std::move(out), false);
  });
  ResultFilter results;
  results.unit = actor.unit;
  results.duties = actor.duties;
  tasks_.list_results(results, this, [this, asked](const Result<ResultPage>& page) {
    if (asked != asked_ || !page) return;
    std::vector<Due> out;
    for (const auto& line : page->lines) {
      const auto who = line.operator_name.empty() ? tr("经营主体不明") : qs(line.operator_name);
      out.push_back({line.task, line.id, line.due, line.state, who + QStringLiteral(" · ") + qs(line.violation), tr("结果 %1 · %2").arg(line.serial).arg(qs(line.platform.empty() ? line.field : line.platform)), line.unread});
    }
    take(std::move(out), true);
  });
  tasks_.notices(this, [this](const Result<std::vector<Notice>>& notices) {
    if (notices) show_notices(*notices);
  });
  const auto today = tasks_.today();
  day_->setText(TaskWords::date(today).toString(Qt::ISODate) + QLatin1Char(' ') + TaskWords::week_day(today) + QStringLiteral(" · ") + (tasks_.calendar().is_working(today) ? tr("工作日") : tr("非工作日")));
  day_->setAccessibleDescription(day_->text());
}

void HomePage::take(std::vector<Due> due, bool results) {
  (results ? of_results_ : of_tasks_) = std::move(due);
  due_ = of_tasks_;
  due_.insert(due_.end(), of_results_.begin(), of_results_.end());
  // by the day; what has none yet comes last
  std::stable_sort(due_.begin(), due_.end(), [](const Due& a, const Due& b) {
    if (a.day.has_value() != b.day.has_value()) return a.day.has_value();
    return a.day && *a.day < *b.day;
  });
  show_due();
  show_hero();
}

bool HomePage::wanted(const Due& due, int filter) const {
  if (filter == 0) return true;
  if (!due.day) return false;
  const auto standing = tasks_.standing(*due.day).standing;
  if (filter == 1) return standing == DueStanding::Overdue;
  if (filter == 2) return standing == DueStanding::Today;
  return standing == DueStanding::Today || standing == DueStanding::Soon;
}

void HomePage::show_due() {
  for (int i = 0; i < 4; ++i) {
    auto* shown = pills_[static_cast<std::size_t>(i)];
    shown->setText(QString("%1 %2").arg(shown->property("word").toString()).arg(std::count_if(due_.begin(), due_.end(), [&](const Due& one) { return wanted(one, i); })));
    shown->setAccessibleDescription(shown->text());
  }
  shown_.clear();
  std::copy_if(due_.begin(), due_.end(), std::back_inserter(shown_), [this](const Due& one) { return wanted(one, filter_); });
  std::vector<Row> rows;
  for (const auto& one : shown_) {
    Row row;
    row.icon = one.result ? "flag" : "clipboard";
    row.colour = colour::blue;
    row.title = one.title;
    row.lines << one.under + (one.day ? QStringLiteral(" · ") + tr("期限 %1 %2").arg(TaskWords::day(*one.day), TaskWords::week_day(*one.day)) : QString());
    if (one.unread) row.chips.push_back(blue_chip(tr("新"), "circle"));
    if (one.day) row.chips.push_back(TaskWords::chip(tasks_.standing(*one.day)));
    row.chips.push_back(TaskWords::chip(one.state));
    rows.push_back(std::move(row));
  }
  list_->setVisible(!rows.empty());
  none_->setVisible(rows.empty());
  list_->rows().set_rows(std::move(rows));
}

void HomePage::show_hero() {
  const bool any = !due_.empty(), opening = !tasks_.is_open();
  QString small = any ? tr("下一件") : tr("今天没有待办");
  QString sign = any ? "clipboard" : "check-circle";
  QColor ink = any ? colour::blue : colour::green;
  if (any) {
    const auto& next = due_.front();
    hero_title_->setText(TaskWords::word(next.state) + tr("：") + next.title);
    hero_under_->setText(next.under);
    if (next.day) {
      const auto standing = tasks_.standing(*next.day);
      small += QStringLiteral(" · ") + TaskWords::left(standing) + tr("（期限 %1）").arg(TaskWords::day(*next.day));
      sign = TaskWords::icon_of(standing);
      ink = standing.standing == DueStanding::Overdue ? colour::red : standing.standing == DueStanding::Running ? colour::blue : colour::amber;
    }
    go_->setText(tr("去办  Ctrl+Enter"));
  } else if (opening) {
    // nobody is told that nothing is due before it is known
    small = tr("下一件");
    sign = "clock";
    ink = colour::blue;
    hero_title_->setText(tr("正在打开监测任务…"));
    hero_under_->setText({});
    go_->setText(tr("远程取证  Ctrl+Enter"));
  } else {
    hero_title_->setText(tr("可以开始新的取证"));
    hero_under_->setText(tr("任务、结果和证据有需要您办的事时，最急的一件显示在这里。"));
    go_->setText(tr("远程取证  Ctrl+Enter"));
  }
  hero_small_->setText(small);
  set_role(hero_small_, "role", ink == colour::red ? "bad" : ink == colour::amber ? "warn" : "section");
  hero_icon_->setPixmap(tinted(sign, ink, 34, devicePixelRatioF()));
  for (auto* one : {hero_small_, hero_title_, hero_under_}) one->setAccessibleDescription(one->text());
  hero_title_->setToolTip(hero_title_->text());
}

void HomePage::open(const Due& due) {
  if (due.result) emit result_wanted(due.task, due.result);
  else emit task_wanted(due.task);
}

}  // namespace guzheng::ui
