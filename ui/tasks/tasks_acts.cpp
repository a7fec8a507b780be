// What the page does: sheets, results, paper, and the moves that are signed.
#include <QFileDialog>
#include <algorithm>

#include "ui/base/message_bar.h"
#include "ui/base/text.h"
#include "ui/tasks/paper_window.h"
#include "ui/tasks/result_form.h"
#include "ui/tasks/results_view.h"
#include "ui/tasks/sheet_form.h"
#include "ui/tasks/task_words.h"
#include "ui/tasks/tasks_page.h"

namespace guzheng::ui {

void TasksPage::new_task() {
  desk_.draft(desk_.fresh_sheet(), this, [this](const Result<std::int64_t>& id) {
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

void TasksPage::edit_result(std::int64_t result) {
  const auto* entry = results_->entry(result);
  if (!view_ || !entry) return;
  auto* form = new ResultForm(subjects_, this, entry);
  connect(form, &FormWindow::saved, this, [this, form, result, task = view_->entry.item.id, old = entry->result] {
    if (!form->check()) return;
    auto now = form->result();
    const auto subject = now.subject;
    now.subject = old.subject;
    if (now == old) {
      // nothing but the link to the subject library: that is no part of what was found
      desk_.link_subject(result, subject, form, [form](const Status& done) {
        if (!done) return form->show_error(done.error());
        form->close();
      });
      return;
    }
    now.subject = subject;
    desk_.correct(result, now, form->why(), form, [this, form, task](const Result<std::int64_t>& id) {
      if (!id) return form->show_error(id.error());
      messages_->show_text("green", tr("已改正：新结果接过了证据，原结果并入其中，流转里都有记录。"));
      show_result(task, *id);
      form->close();
    });
  });
  form->show();
}

void TasksPage::print_sheet(std::int64_t task) {
  if (!view_ || view_->entry.item.id != task) return;
  TaskPaper paper;
  paper.task = task;
  paper.form = TaskForm::Sheet;
  paper.name = ss(TaskWords::paper_name(view_->entry, tr("网络交易监测任务单")));
  messages_->show_text("blue", tr("正在生成《网络交易监测任务单》…"));
  papers_.make(paper, this, [this](const Result<PrintedPaper>& made) {
    if (!made) return messages_->show_error(Doing::PrintTask, made.error());
    messages_->clear();
    show_paper(*made);
  });
}

void TasksPage::make_paper(std::int64_t task, FeedbackKind kind) {
  if (!view_ || view_->entry.item.id != task) return;
  papers_.last(task, form_of(kind), this, [this, kind, name = TaskWords::paper_name(view_->entry, TaskWords::word(kind))](const Result<TaskPaper>& last) {
    if (!last) return messages_->show_error(Doing::PrintTask, last.error());
    auto paper = *last;
    paper.name = ss(name);
    auto* form = new PaperForm(paper, TaskWords::word(kind), this);
    connect(form, &FormWindow::saved, this, [this, form] {
      form->set_busy(true);
      papers_.make(form->paper(), form, [this, form](const Result<PrintedPaper>& made) {
        form->set_busy(false);
        if (!made) return form->show_error(made.error());
        show_paper(*made);
        form->close();
      });
    });
    form->show();
  });
}

void TasksPage::show_paper(const PrintedPaper& paper) {
  const bool mine = view_ && view_->entry.item.id == paper.paper.task;
  const auto moves = mine ? desk_.moves(view_->entry.item) : std::vector<FlowMove>();
  const bool may_deliver = paper.paper.form != TaskForm::Sheet && std::find(moves.begin(), moves.end(), FlowMove::Deliver) != moves.end();
  auto* window = new TaskPaperWindow(pages_, papers_, paper, may_deliver);
  connect(window, &TaskPaperWindow::deliver_wanted, this, [this, paper] { deliver(paper); });
  window->show();
}

// 报送: the PDF goes into the book with the move.
void TasksPage::deliver(const PrintedPaper& paper) {
  std::optional<FeedbackKind> kind;
  for (int i = 0; i <= static_cast<int>(FeedbackKind::PlatformCount); ++i)
    if (form_of(static_cast<FeedbackKind>(i)) == paper.paper.form) kind = static_cast<FeedbackKind>(i);
  desk_.add_document(paper.pdf, this, [this, kind, task = paper.paper.task](const Result<Document>& document) {
    if (!document) return messages_->show_error(Doing::KeepTasks, document.error());
    ask_move(FlowKind::Sheet, task, FlowMove::Deliver, kind, {*document});
  });
}

void TasksPage::save_document(const Document& document) {
  const auto file = QFileDialog::getSaveFileName(this, tr("另存文书"), QDir::homePath() + QLatin1Char('/') + qs(document.name), {}, nullptr, QFileDialog::DontUseNativeDialog);
  if (file.isEmpty()) return;
  desk_.save_document(document, ss(file), this, [this, file](const Status& done) {
    if (!done) return messages_->show_error(Doing::SaveDocument, done.error());
    messages_->show_text("green", tr("已存到 %1。").arg(file));
  });
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

void TasksPage::ask_move(FlowKind kind, std::int64_t id, FlowMove move, std::optional<FeedbackKind> feedback, const std::vector<Document>& with) {
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
    if (targets.empty()) return messages_->show_text("amber", tr("这个任务没有别的在办结果可以并入。"));
  }
  const auto open = [this, here, move, feedback, with](std::vector<MoveTarget> others) {
    auto* window = new MoveWindow(desk_, subjects_, *here, move, std::move(others), this);
    if (feedback) window->set_feedback(*feedback);
    for (const auto& one : with) window->add_document(one);
    connect(window, &FormWindow::saved, this, [this, here, window] { make_move(*here, window->order(), window); });
    window->show();
  };
  if (move != FlowMove::IntoTask) return open(std::move(targets));
  // a clue becomes part of a task that is on its way, or of a new one
  TaskFilter filter;
  filter.states = {FlowState::Draft, FlowState::Submitted, FlowState::Running, FlowState::Returned, FlowState::Revising};
  desk_.list(filter, this, [open](const Result<TaskPage>& page) {
    std::vector<MoveTarget> tasks{{0, tr("新建任务单（由线索填好）")}};
    if (page)
      for (const auto& one : page->lines) tasks.push_back({one.id, qs(one.number) + QLatin1Char(' ') + qs(one.name)});
    open(std::move(tasks));
  });
}

void TasksPage::make_move(const FlowItem& item, const MoveOrder& order, MoveWindow* window) {
  const QPointer<MoveWindow> form(window);
  const auto told = [this, form, move = order.move](const Result<FlowItem>& done) {
    if (!done) {
      if (form) return form->show_error(done.error());
      return messages_->show_error(Doing::MoveTask, done.error());
    }
    if (form) form->close();
    messages_->show_text("green", tr("已签名：%1。").arg(TaskWords::word(move)));
    if (move == FlowMove::IntoTask) show_task(done->task);
  };
  if (order.move == FlowMove::IntoTask && !order.target) desk_.into_new_task(item.id, order, this, told);
  else desk_.move(item.kind, item.id, order, this, told);
}

}  // namespace guzheng::ui
