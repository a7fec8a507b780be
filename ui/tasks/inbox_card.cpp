#include "ui/tasks/inbox_card.h"

#include <QButtonGroup>
#include <QComboBox>

#include "ui/base/flow_layout.h"
#include "ui/base/row_list.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/tasks/task_words.h"

namespace guzheng::ui {

InboxCard::InboxCard(TaskDesk& desk, QWidget* parent) : Card(tr("监测任务"), parent), desk_(desk) {
  auto* fresh = link_button(tr("+ 新建任务单"));
  fresh->setAccessibleName(tr("新建任务单"));
  fresh->setToolTip("Ctrl+N");
  header()->addWidget(fresh);
  words_ = new QLineEdit;
  words_->setAccessibleName(tr("任务搜索"));
  words_->setPlaceholderText(tr("编号、名称、来源"));
  words_->addAction(icon("search", colour::quiet), QLineEdit::LeadingPosition);
  words_->setClearButtonEnabled(true);
  category_ = new QComboBox;
  category_->setAccessibleName(tr("任务类别筛选"));
  category_->addItem(tr("全部类别"), -1);
  for (int i = 0; i <= static_cast<int>(TaskCategory::Research); ++i) category_->addItem(TaskWords::short_word(static_cast<TaskCategory>(i)), i);
  search_ = new QBoxLayout(QBoxLayout::LeftToRight);
  search_->setSpacing(6);
  search_->addWidget(words_, 1);
  search_->addWidget(category_);
  body()->addLayout(search_);
  connect(category_, &QComboBox::currentIndexChanged, this, &InboxCard::refresh);
  auto* pills = new QWidget;
  auto* flow = new FlowLayout(6);
  pills->setLayout(flow);
  auto* group = new QButtonGroup(this);
  const QString names[] = {tr("待办"), tr("逾期"), tr("三日内"), tr("全部")};
  for (int i = 0; i < 4; ++i) {
    auto* made = pill(names[i]);
    made->setAccessibleName(tr("任务筛选 ") + names[i]);
    made->setProperty("word", names[i]);
    group->addButton(made, i);
    flow->addWidget(made);
    pills_[static_cast<std::size_t>(i)] = made;
  }
  pills_[0]->setChecked(true);
  body()->addWidget(pills);
  RowLook look;
  look.signs = false;
  look.rule = true;
  look.chip_lines = 1;
  list_ = new RowList(tr("任务列表"), look);
  body()->addWidget(list_, 1);
  empty_ = wrapped({}, "quiet");
  empty_->hide();
  body()->addWidget(empty_, 1, Qt::AlignTop);
  layout()->setContentsMargins(12, 12, 4, 8);
  soon_.setSingleShot(true);
  soon_.setInterval(60);
  connect(&soon_, &QTimer::timeout, this, &InboxCard::refresh);
  connect(words_, &QLineEdit::textChanged, &soon_, qOverload<>(&QTimer::start));
  connect(words_, &QLineEdit::returnPressed, this, [this] { list_->setFocus(); });
  connect(group, &QButtonGroup::idClicked, this, [this](int id) {
    filter_ = static_cast<Filter>(id);
    refresh();
  });
  // before the book is open, and while nobody sits here, there is nothing to write into
  fresh->setEnabled(desk_.may_change());
  connect(&desk_, &TaskDesk::changed, fresh, [this, fresh] { fresh->setEnabled(desk_.may_change()); });
  setFocusProxy(list_);
  connect(fresh, &QPushButton::clicked, this, &InboxCard::new_wanted);
  connect(list_, &RowList::moved, this, [this](int row) {
    if (filling_) return;
    chosen_ = list_->rows().row(row).key;
    emit task_wanted(chosen_);
  });
}

void InboxCard::resizeEvent(QResizeEvent* event) {
  Card::resizeEvent(event);
  search_->setDirection(width() < 250 ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void InboxCard::focus_search() {
  words_->setFocus();
  words_->selectAll();
}

void InboxCard::choose(std::int64_t task) {
  chosen_ = task;
  const int at = list_->rows().find(task);
  if (at < 0) {
    filter_ = All;
    pills_[All]->setChecked(true);
    return refresh();
  }
  filling_ = true;
  list_->choose(at);
  filling_ = false;
}

TaskFilter InboxCard::filter(Filter which) const {
  TaskFilter out;
  out.words = ss(words_->text().trimmed());
  if (const int category = category_->currentData().toInt(); category >= 0) out.category = static_cast<TaskCategory>(category);
  if (which == Mine) {
    const auto actor = desk_.actor();
    out.unit = actor.unit;
    out.duties = actor.duties;
  }
  if (which == Overdue) out.due = DueFilter::Overdue;
  if (which == Soon) out.due = DueFilter::Soon;
  return out;
}

void InboxCard::refresh() {
  const int asked = ++asked_;
  desk_.list(filter(filter_), this, [this, asked](const Result<TaskPage>& page) {
    if (asked == asked_ && page) show_page(*page);
  });
  for (int i = 0; i < 4; ++i) {
    auto count = filter(static_cast<Filter>(i));
    count.limit = 1;
    desk_.list(count, this, [this, i](const Result<TaskPage>& page) {
      if (!page) return;
      auto* shown = pills_[static_cast<std::size_t>(i)];
      shown->setText(QString("%1 %2").arg(shown->property("word").toString(), page->count.or_more ? QString("%1+").arg(page->count.lines) : QString::number(page->count.lines)));
      shown->setAccessibleDescription(shown->text());
    });
  }
}

void InboxCard::show_page(const TaskPage& page) {
  std::vector<Row> rows;
  for (const auto& line : page.lines) {
    Row row;
    row.key = line.id;
    row.title = line.name.empty() ? tr("（没有名称）") : qs(line.name);
    QStringList facts{line.number.empty() ? tr("没有编号") : qs(line.number)};
    if (line.category) facts << TaskWords::short_word(*line.category);
    facts << tr("结果 %1").arg(line.results);
    row.lines << facts.join(QStringLiteral(" · "));
    if (line.unread) row.chips.push_back(blue_chip(tr("新"), "circle"));
    if (line.due && !is_over(line.state)) row.chips.push_back(TaskWords::chip(desk_.standing(*line.due)));
    row.chips.push_back(TaskWords::chip(line.state));
    rows.push_back(std::move(row));
  }
  filling_ = true;
  list_->rows().set_rows(std::move(rows));
  const int at = list_->rows().find(chosen_);
  if (at >= 0) list_->choose(at);
  filling_ = false;
  const bool none = page.lines.empty();
  list_->setVisible(!none);
  empty_->setVisible(none);
  empty_->setText(words_->text().trimmed().isEmpty() ? (filter_ == Mine ? tr("没有等您办理的任务。") : tr("没有任务。")) : tr("没有找到。换一个词，或点“全部”。"));
  if (at < 0 && !none && chosen_ == 0) list_->choose(0);
}

}  // namespace guzheng::ui
