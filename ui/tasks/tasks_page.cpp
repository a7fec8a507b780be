#include "ui/tasks/tasks_page.h"

#include <QButtonGroup>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QShortcut>

#include "ui/base/message_bar.h"
#include "ui/base/text.h"
#include "ui/tasks/inbox_card.h"
#include "ui/tasks/result_form.h"
#include "ui/tasks/results_view.h"
#include "ui/tasks/route_card.h"
#include "ui/tasks/sheet_form.h"
#include "ui/tasks/task_words.h"

namespace guzheng::ui {

TasksPage::TasksPage(TaskDesk& desk, SubjectDesk& subjects, QWidget* parent) : QWidget(parent), desk_(desk), subjects_(subjects) {
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(16, 0, 16, 16);
  all->setSpacing(0);
  messages_ = new MessageBar(tr("监测任务消息"));
  all->addWidget(messages_);
  auto* across = new QHBoxLayout;
  across->setContentsMargins(0, 16, 0, 0);
  across->setSpacing(16);
  inbox_ = new InboxCard(desk);
  route_ = new RouteCard(desk);
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
  connect(inbox_, &InboxCard::task_wanted, this, &TasksPage::load);
  connect(inbox_, &InboxCard::new_wanted, this, &TasksPage::new_task);
  connect(sheet_, &SheetForm::refused, this, [this](const Error& e) { messages_->show_error(Doing::KeepTasks, e); });
  connect(sheet_, &SheetForm::submit_wanted, this, [this](qint64 id) { ask_move(FlowKind::Sheet, id, FlowMove::Submit); });
  connect(sheet_, &SheetForm::deliver_wanted, this, [this](qint64 id, int kind) { ask_move(FlowKind::Sheet, id, FlowMove::Deliver, static_cast<FeedbackKind>(kind)); });
  connect(results_, &ResultsView::result_wanted, this, &TasksPage::load_result);
  connect(results_, &ResultsView::add_wanted, this, &TasksPage::add_result);
  connect(results_, &ResultsView::import_wanted, this, &TasksPage::import_results);
  connect(results_, &ResultsView::bulk_wanted, this, &TasksPage::dispatch_all);
  connect(results_, &ResultsView::capture_wanted, this, &TasksPage::capture);
  connect(results_, &ResultsView::package_wanted, this, &TasksPage::package_wanted);
  connect(clues_, &CluesView::clue_wanted, this, &TasksPage::show_route);
  connect(clues_, &CluesView::add_wanted, this, &TasksPage::add_clue);
  connect(clues_, &CluesView::counted, this, [this](int open) {
    tabs_[Clues]->setText(tr("线索 %1").arg(open));
    if (views_->currentIndex() == Clues) show_route();
  });
  connect(route_, &RouteCard::move_wanted, this, [this](FlowKind kind, qint64 id, FlowMove move) { ask_move(kind, id, move); });
  connect(route_, &RouteCard::package_wanted, this, &TasksPage::package_wanted);
  setFocusProxy(inbox_);
  add_keys();
}

QWidget* TasksPage::build_middle() {
  middle_ = new Card({});
  middle_->layout()->setContentsMargins(8, 6, 4, 10);
  auto* group = new QButtonGroup(this);
  const QString names[] = {tr("任务单"), tr("监测结果"), tr("线索")};
  auto* head = middle_->header();
  for (int i = 0; i < 3; ++i) {
    auto* made = button(names[i]);
    made->setProperty("tab", true);
    made->setCheckable(true);
    made->setAccessibleName(tr("任务页签 ") + names[i]);
    made->setToolTip(QString("Alt+%1").arg(i + 1));
    group->addButton(made, i);
    head->insertWidget(i, made);
    tabs_[static_cast<std::size_t>(i)] = made;
  }
  tabs_[0]->setChecked(true);
  version_ = label({});
  version_->setProperty("chip", "blue");
  version_->setAccessibleName(tr("任务单 版本"));
  version_->hide();
  head->addWidget(version_);
  middle_->body()->addWidget(line());
  views_ = new QStackedWidget;
  sheet_ = new SheetForm(desk_);
  results_ = new ResultsView(desk_);
  clues_ = new CluesView(desk_);
  views_->addWidget(sheet_);
  views_->addWidget(results_);
  views_->addWidget(clues_);
  middle_->body()->addWidget(views_, 1);
  connect(group, &QButtonGroup::idClicked, this, [this](int tab) { turn_to(static_cast<Tab>(tab)); });
  return middle_;
}

void TasksPage::add_keys() {
  const auto key = [this](const QString& keys, auto act) {
    auto* shortcut = new QShortcut(QKeySequence(keys), this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(shortcut, &QShortcut::activated, this, act);
  };
  key("Ctrl+F", [this] { inbox_->focus_search(); });
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
  key("Alt+1", [this] { turn_to(Sheet); });
  key("Alt+2", [this] { turn_to(Results); });
  key("Alt+3", [this] { turn_to(Clues); });
}

void TasksPage::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  const int side = width() > 1300 ? 300 : width() > 1080 ? 264 : 216;
  inbox_->setFixedWidth(side);
  route_->setFixedWidth(side);
}

QString TasksPage::title() const {
  if (!view_ || view_->entry.number.empty()) return tr("监测任务");
  return tr("监测任务 · %1").arg(qs(view_->entry.number));
}

void TasksPage::turn_to(Tab tab) {
  tabs_[tab]->setChecked(true);
  views_->setCurrentIndex(tab);
  show_route();
}

void TasksPage::show_task(std::int64_t task) {
  turn_to(Sheet);
  inbox_->choose(task);
  load(task);
}

void TasksPage::show_result(std::int64_t task, std::int64_t result) {
  wanted_result_ = result;
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
    if (const auto* clue = clues_->chosen()) route_->show_clue(*clue);
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
    if (views_->currentIndex() == Results && results_->chosen() == result) route_->show_result(*view);
  });
}

void TasksPage::new_task() {
  TaskSheet sheet;
  const auto actor = desk_.actor();
  sheet.issuer = actor.unit;
  sheet.methods = {TaskMethod::Own};
  sheet.from = desk_.today();
  sheet.until = desk_.calendar().after(desk_.today(), 20).day;
  desk_.draft(sheet, this, [this](const Result<std::int64_t>& id) {
    if (!id) return messages_->show_error(Doing::KeepTasks, id.error());
    messages_->clear();
    focus_fresh_ = true;
    show_task(*id);
  });
}

void TasksPage::add_result() {
  if (!view_) return;
  auto* form = new ResultForm(subjects_, this);
  connect(form, &FormWindow::saved, this, [this, form, task = view_->entry.item.id] {
    if (!form->check()) return;
    desk_.add_results(task, {form->result()}, form, [this, form, task](const Result<std::vector<std::int64_t>>& ids) {
      if (!ids) return form->show_error(ids.error());
      show_result(task, ids->front());
      form->close();
    });
  });
  form->show();
}

void TasksPage::import_results() {
  if (!view_) return;
  const auto file = QFileDialog::getOpenFileName(this, tr("导入监测结果"), QDir::homePath(), tr("表格 (*.csv *.xlsx *.txt)"), nullptr, QFileDialog::DontUseNativeDialog);
  if (file.isEmpty()) return;
  auto* window = new ResultImportWindow(desk_, view_->entry.item.id, file, this);
  connect(window, &ResultImportWindow::entered, this, [this](int results) { messages_->show_text("green", tr("已导入 %1 条结果。").arg(results)); });
  window->show();
}

void TasksPage::dispatch_all() {
  if (!view_) return;
  std::vector<ResultEntry> waiting;
  for (const auto& one : view_->results)
    if (one.item.state == FlowState::Dispatching) waiting.push_back(one);
  auto* window = new BulkWindow(desk_, subjects_, waiting, this);
  connect(window, &FormWindow::saved, this, [this, window] {
    desk_.move_all(FlowKind::Result, window->ids(), window->order(), window, [this, window](const Result<BulkOutcome>& out) {
      if (!out) return window->show_error(out.error());
      const bool whole = out->refused.empty();
      messages_->show_text(whole ? "green" : "amber", whole ? tr("已分派 %1 条。").arg(out->done.size()) : tr("已分派 %1 条，%2 条没有分派：不在分派阶段，或不属于本单位。").arg(out->done.size()).arg(out->refused.size()));
      window->close();
    });
  });
  window->show();
}

void TasksPage::capture(std::int64_t result) {
  const auto* entry = results_->entry(result);
  if (!view_ || !entry || is_over(entry->item.state)) return;
  emit capture_wanted(TaskDesk::capture_order(view_->entry, *entry));
}

void TasksPage::add_clue() {
  auto* form = new ClueForm(desk_, subjects_, this);
  connect(form, &FormWindow::saved, this, [this, form] {
    desk_.add_clue(form->clue(), form, [form](const Result<std::int64_t>& id) {
      if (!id) return form->show_error(id.error());
      form->close();
    });
  });
  form->show();
}

std::optional<FlowItem> TasksPage::item(FlowKind kind, std::int64_t id) const {
  if (kind == FlowKind::Sheet && view_ && view_->entry.item.id == id) return view_->entry.item;
  if (kind == FlowKind::Result)
    if (const auto* entry = results_->entry(id)) return entry->item;
  if (kind == FlowKind::Clue)
    if (const auto* entry = clues_->entry(id)) return entry->item;
  return {};
}

void TasksPage::ask_move(FlowKind kind, std::int64_t id, FlowMove move, std::optional<FeedbackKind> feedback) {
  const auto here = item(kind, id);
  if (!here) return;
  if (!MoveWindow::asks(*here, move)) {
    MoveOrder order;
    order.move = move;
    return make_move(*here, order, nullptr);
  }
  std::vector<MoveTarget> targets;
  if (move == FlowMove::Merge && view_) {
    for (const auto& one : view_->results)
      if (one.item.id != id && !is_over(one.item.state)) targets.push_back({one.item.id, tr("结果 %1 %2").arg(one.serial).arg(TaskWords::operator_of(one.result))});
  }
  const auto open = [this, here, move, feedback](std::vector<MoveTarget> others) {
    auto* window = new MoveWindow(desk_, subjects_, *here, move, std::move(others), this);
    if (feedback) window->set_feedback(*feedback);
    connect(window, &FormWindow::saved, this, [this, here, window] { make_move(*here, window->order(), window); });
    window->show();
  };
  if (move != FlowMove::IntoTask) return open(std::move(targets));
  // a clue becomes part of a task that is on its way
  TaskFilter filter;
  filter.states = {FlowState::Draft, FlowState::Submitted, FlowState::Running, FlowState::Returned, FlowState::Revising};
  desk_.list(filter, this, [open](const Result<TaskPage>& page) {
    std::vector<MoveTarget> tasks;
    if (page)
      for (const auto& one : page->lines) tasks.push_back({one.id, qs(one.number) + QLatin1Char(' ') + qs(one.name)});
    open(std::move(tasks));
  });
}

void TasksPage::make_move(const FlowItem& item, const MoveOrder& order, MoveWindow* window) {
  const QPointer<MoveWindow> form(window);
  desk_.move(item.kind, item.id, order, this, [this, form, move = order.move](const Result<FlowItem>& done) {
    if (!done) {
      if (form) return form->show_error(done.error());
      return messages_->show_error(Doing::MoveTask, done.error());
    }
    if (form) form->close();
    messages_->show_text("green", tr("已签名：%1。").arg(TaskWords::word(move)));
  });
}

}  // namespace guzheng::ui
