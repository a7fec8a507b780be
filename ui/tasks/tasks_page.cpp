#include "ui/tasks/tasks_page.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QShortcut>

#include "ui/base/message_bar.h"
#include "ui/base/text.h"
#include "ui/tasks/analysis_view.h"
#include "ui/tasks/inbox_card.h"
#include "ui/tasks/results_view.h"
#include "ui/tasks/route_card.h"
#include "ui/tasks/sheet_form.h"
#include "ui/tasks/task_words.h"

namespace guzheng::ui {
namespace {
constexpr int kNarrow = 1000;              // below it list and route take turns
}

TasksPage::TasksPage(TaskDesks desks, SubjectDesk& subjects, ReportDesk& pages, QWidget* parent)
    : QWidget(parent), desk_(desks.tasks), papers_(desks.papers), subjects_(subjects), pages_(pages) {
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(16, 8, 16, 16);
  all->setSpacing(0);
  messages_ = new MessageBar(tr("监测任务消息"));
  all->addWidget(messages_);
  auto* across = new QHBoxLayout;
  across->setContentsMargins(0, 8, 0, 0);
  across->setSpacing(16);
  inbox_ = new InboxCard(desk_);
  route_ = new RouteCard(desk_);
  across->addWidget(inbox_);
  across->addWidget(build_middle(), 1);
  across->addWidget(route_);
  all->addLayout(across, 1);

  connect(&desk_, &TaskDesk::changed, this, [this] {
    inbox_->refresh();
    clues_->refresh();
    if (wanted_) load(wanted_);
  });
  connect(&desk_, &TaskDesk::failed, this, [this](const Error& e) { messages_->show_error(Doing::OpenTasks, e); });
  connect(&desk_, &TaskDesk::evidence_lost, this, [this](const std::string&, const Error& e) { messages_->show_error(Doing::AttachEvidence, e); });
  connect(&desk_, &TaskDesk::evidence_came, this, [this](qint64, const std::string& id) { messages_->show_text("green", tr("证据 %1 已封存，记到了监测结果上。").arg(qs(id))); });
  connect_views();
  add_analysis(desks.analysis);
  setFocusProxy(inbox_);
  add_keys();
}

void TasksPage::connect_views() {
  connect(inbox_, &InboxCard::task_wanted, this, &TasksPage::load);
  connect(inbox_, &InboxCard::new_wanted, this, &TasksPage::new_task);
  connect(sheet_, &SheetForm::refused, this, [this](const Error& e) { messages_->show_error(Doing::KeepTasks, e); });
  connect(sheet_, &SheetForm::submit_wanted, this, [this](qint64 id) { ask_move(FlowKind::Sheet, id, FlowMove::Submit); });
  connect(sheet_, &SheetForm::deliver_wanted, this, [this](qint64 id, int kind) { ask_move(FlowKind::Sheet, id, FlowMove::Deliver, static_cast<FeedbackKind>(kind)); });
  connect(sheet_, &SheetForm::print_wanted, this, [this](qint64 id) { print_sheet(id); });
  connect(sheet_, &SheetForm::paper_wanted, this, [this](qint64 id, int kind) { make_paper(id, static_cast<FeedbackKind>(kind)); });
  connect(sheet_, &SheetForm::document_wanted, this, &TasksPage::save_document);
  connect(results_, &ResultsView::edit_wanted, this, &TasksPage::edit_result);
  connect(results_, &ResultsView::attach_wanted, this, [this](qint64 id) { ask_move(FlowKind::Result, id, FlowMove::Attach); });
  connect(results_, &ResultsView::result_wanted, this, [this](qint64 id) {
    see_route(true);
    load_result(id);
  });
  connect(results_, &ResultsView::add_wanted, this, &TasksPage::add_result);
  connect(results_, &ResultsView::import_wanted, this, &TasksPage::import_results);
  connect(results_, &ResultsView::bulk_wanted, this, &TasksPage::dispatch_all);
  connect(results_, &ResultsView::capture_wanted, this, &TasksPage::capture);
  connect(results_, &ResultsView::package_wanted, this, &TasksPage::package_wanted);
  connect(clues_, &CluesView::clue_wanted, this, [this] {
    see_route(true);
    show_route();
  });
  connect(clues_, &CluesView::document_wanted, this, &TasksPage::save_document);
  connect(clues_, &CluesView::add_wanted, this, &TasksPage::add_clue);
  connect(clues_, &CluesView::counted, this, [this](int open) {
    tabs_[Clues]->setText(tr("线索 %1").arg(open));
    if (views_->currentIndex() == Clues) show_route();
  });
  connect(route_, &RouteCard::move_wanted, this, [this](FlowKind kind, qint64 id, FlowMove move) { ask_move(kind, id, move); });
  connect(route_, &RouteCard::package_wanted, this, &TasksPage::package_wanted);
  connect(route_, &RouteCard::document_wanted, this, &TasksPage::save_document);
}

QWidget* TasksPage::build_middle() {
  middle_ = new Card({});
  middle_->layout()->setContentsMargins(8, 6, 4, 10);
  group_ = new QButtonGroup(this);
  version_ = label({});
  version_->setProperty("chip", "blue");
  version_->setAccessibleName(tr("任务单 版本"));
  version_->hide();
  middle_->header()->addWidget(version_, 0, Qt::AlignVCenter);
  other_side_ = link_button({});
  other_side_->setAccessibleName(tr("任务列表或流转"));
  other_side_->hide();
  middle_->header()->addWidget(other_side_);
  connect(other_side_, &QPushButton::clicked, this, [this] { see_route(!sees_route_); });
  middle_->body()->addWidget(line());
  views_ = new QStackedWidget;
  middle_->body()->addWidget(views_, 1);
  sheet_ = new SheetForm(desk_);
  results_ = new ResultsView(desk_);
  clues_ = new CluesView(desk_);
  add_tab(tr("任务单"), sheet_);
  add_tab(tr("监测结果"), results_);
  add_tab(tr("线索"), clues_);
  tabs_[Sheet]->setChecked(true);
  connect(group_, &QButtonGroup::idClicked, this, &TasksPage::turn_to);
  return middle_;
}

// Its numbers are asked for when it is seen, and again when the book has changed meanwhile.
void TasksPage::add_analysis(AnalysisDesk& analysis) {
  auto* view = new AnalysisView(analysis);
  add_tab(tr("分析"), view);
  connect(view, &AnalysisView::subject_wanted, this, &TasksPage::subject_wanted);
  connect(views_, &QStackedWidget::currentChanged, view, [this, view] {
    if (views_->currentWidget() == view) view->refresh();
  });
  connect(&desk_, &TaskDesk::changed, view, [view] {
    if (view->isVisible()) view->refresh();
  });
}

void TasksPage::add_tab(const QString& name, QWidget* view) {
  const int tab = views_->addWidget(view);
  const auto keys = QString("Alt+%1").arg(tab + 1);
  auto* made = button(name);
  made->setProperty("tab", true);
  made->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);     // its word is never cut
  made->setCheckable(true);
  made->setAccessibleName(tr("任务页签 ") + name);
  made->setToolTip(keys);
  group_->addButton(made, tab);
  middle_->header()->insertWidget(tab, made);
  tabs_.push_back(made);
  connect(new QShortcut(QKeySequence(keys), this), &QShortcut::activated, this, [this, tab] { turn_to(tab); });
}

void TasksPage::add_keys() {
  // of the whole window while this page shows: the button that had the focus may be gone after a move
  const auto key = [this](const QString& keys, auto act) {
    auto* shortcut = new QShortcut(QKeySequence(keys), this);
    connect(shortcut, &QShortcut::activated, this, act);
  };
  key("Ctrl+F", [this] {
    see_route(false);
    inbox_->focus_search();
  });
  key("Ctrl+N", [this] { new_task(); });
  key("Ctrl+S", [this] { sheet_->save_now(); });
  key("Ctrl+Return", [this] {
    const auto* task = view_ ? &view_->entry.item : nullptr;
    const bool draft = task && (task->state == FlowState::Draft || task->state == FlowState::Returned || task->state == FlowState::Revising);
    if (views_->currentIndex() == Sheet && draft) sheet_->submit();
    else route_->press_main();
  });
  key("Ctrl+E", [this] {
    if (views_->currentIndex() == Results) capture(results_->chosen());
  });
  key("Ctrl+P", [this] { sheet_->print(); });
}

void TasksPage::see_route(bool route) {
  sees_route_ = route;
  fold();
}

void TasksPage::fold() {
  // tables and charts of all tasks want the room that one task's list and route take
  const bool of_one = views_->currentIndex() <= Clues;
  inbox_->setVisible(of_one && !(narrow_ && sees_route_));
  route_->setVisible(of_one && !(narrow_ && !sees_route_));
  other_side_->setVisible(of_one && narrow_);
  other_side_->setText(sees_route_ ? tr("‹ 任务") : tr("流转 ›"));
}

void TasksPage::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  narrow_ = width() < kNarrow;
  fold();
  const int side = width() > 1300 ? 300 : width() > 1080 ? 264 : 216;
  inbox_->setFixedWidth(side);
  route_->setFixedWidth(side);
}

QString TasksPage::title() const {
  if (!view_ || view_->entry.number.empty()) return tr("监测任务");
  return tr("监测任务 · %1").arg(qs(view_->entry.number));
}

void TasksPage::turn_to(int tab) {
  tabs_[static_cast<std::size_t>(tab)]->setChecked(true);
  views_->setCurrentIndex(tab);
  fold();
  show_route();
}

void TasksPage::show_task(std::int64_t task) {
  turn_to(Sheet);
  inbox_->choose(task);
  load(task);
}

void TasksPage::show_result(std::int64_t task, std::int64_t result) {
  wanted_result_ = result;
  see_route(true);
  inbox_->choose(task);
  load(task);
}

void TasksPage::show_clues() { turn_to(Clues); }

void TasksPage::load(std::int64_t task) {
  if (task != wanted_) sheet_->save_now();
  wanted_ = task;
  desk_.task(task, this, [this, task](const Result<TaskView>& view) {
    if (task != wanted_) return;
    if (!view) return messages_->show_error(Doing::OpenTasks, view.error());
    show_view(*view);
  });
}

void TasksPage::show_view(const TaskView& view) {
  const bool other = !view_ || view_->entry.item.id != view.entry.item.id;
  view_ = view;
  sheet_->show_task(view);
  results_->show_task(view);
  tabs_[Results]->setText(tr("监测结果 %1").arg(view.results.size()));
  const auto& item = view.entry.item;
  version_->setVisible(item.version > 1 || item.state == FlowState::Revising);
  version_->setText(item.state == FlowState::Revising ? tr("第 %1 版 修订中").arg(item.version + 1) : tr("第 %1 版").arg(item.version));
  version_->setAccessibleDescription(version_->text());
  if (other) desk_.mark_seen(FlowKind::Sheet, item.id);
  if (wanted_result_) {
    results_->choose(wanted_result_);
    wanted_result_ = 0;
    turn_to(Results);
  } else {
    if (other && views_->currentIndex() == Clues) turn_to(Sheet);
    show_route();
  }
  if (focus_fresh_) {
    focus_fresh_ = false;
    sheet_->focus_first();
  }
  emit title_changed();
}

void TasksPage::show_route() {
  const int tab = views_->currentIndex();
  if (tab == Clues) {
    if (const auto* clue = clues_->chosen()) load_clue(*clue);
    else route_->show_nothing();
  } else if (tab == Results && results_->chosen()) {
    load_result(results_->chosen());
  } else if (view_) {
    route_->show_sheet(*view_);
  } else {
    route_->show_nothing();
  }
}

void TasksPage::load_result(std::int64_t result) {
  desk_.result(result, this, [this, result](const Result<ResultView>& view) {
    if (!view) return messages_->show_error(Doing::OpenTasks, view.error());
    if (views_->currentIndex() != Results || results_->chosen() != result) return;
    route_->show_result(*view);
    desk_.mark_seen(FlowKind::Result, result);
  });
}

void TasksPage::load_clue(const ClueEntry& clue) {
  desk_.route(FlowKind::Clue, clue.item.id, this, [this, clue](const Result<std::vector<RouteStep>>& route) {
    if (!route) return messages_->show_error(Doing::OpenTasks, route.error());
    const auto* here = clues_->chosen();
    if (views_->currentIndex() == Clues && here && here->item.id == clue.item.id) route_->show_clue(clue, *route);
  });
}

}  // namespace guzheng::ui
