#include "ui/tasks/route_card.h"

#include <QScrollBar>
#include <QTimer>
#include <algorithm>

#include "ui/base/flow_layout.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/tasks/route_step.h"
#include "ui/tasks/task_words.h"

namespace guzheng::ui {
namespace {

// The move that leads on, of those that are open.
std::optional<FlowMove> main_move(const std::vector<FlowMove>& moves) {
  using M = FlowMove;
  for (const auto one : {M::Accept, M::ConfirmClue, M::Assign, M::Verified, M::ReportMeasures, M::ReportNone, M::Close, M::IntoTask, M::Finish})
    if (std::find(moves.begin(), moves.end(), one) != moves.end()) return one;
  return {};
}

constexpr int kRoomForKeys = 260, kRoomForDays = 480;          // width, height of the card

}  // namespace

RouteCard::RouteCard(TaskDesk& desk, QWidget* parent) : Card(tr("流转"), parent), desk_(desk) {
  all_ = link_button(tr("全部留痕 ›"));
  all_->setAccessibleName(tr("全部留痕"));
  all_->setCheckable(true);
  header()->addWidget(all_);
  what_ = wrapped({}, "section");
  what_->setAccessibleName(tr("流转 对象"));
  small_ = wrapped({}, "small");
  small_->setAccessibleName(tr("流转 说明"));
  body()->addWidget(what_);
  body()->addWidget(small_);
  due_ = note_box("grey");
  auto* head = new QHBoxLayout;
  due_icon_ = new QLabel;
  due_word_ = wrapped({}, "section");
  due_word_->setAccessibleName(tr("流转 期限"));
  head->addWidget(due_icon_);
  head->addWidget(due_word_, 1);
  static_cast<QVBoxLayout*>(due_->layout())->addLayout(head);
  bar_ = new DayBar;
  due_->layout()->addWidget(bar_);
  due_small_ = wrapped({}, "small");
  due_->layout()->addWidget(due_small_);
  body()->addWidget(due_);
  auto* course = new QWidget;
  steps_ = new QVBoxLayout(course);
  steps_->setContentsMargins(0, 4, 4, 4);
  steps_->setSpacing(0);
  course_ = scroller(course);
  body()->addWidget(course_, 1);
  foot_ = new QWidget;
  moves_ = new FlowLayout(8);
  foot_->setLayout(moves_);
  foot_line_ = line();
  body()->addWidget(foot_line_);
  body()->addWidget(foot_);
  // texts that wrap tell their height late
  connect(course_->verticalScrollBar(), &QScrollBar::rangeChanged, this, &RouteCard::show_newest);
  connect(course_->verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] { follow_ = false; });
  connect(all_, &QPushButton::toggled, this, [this](bool on) {
    everything_ = on;
    if (result_) show_result(ResultView(*result_));
  });
  show_nothing();
}

void RouteCard::begin(const QString& title, const QString& what, const QString& small) {
  set_title(title);
  what_->setText(what);
  what_->setAccessibleDescription(what);
  small_->setText(small);
  small_->setAccessibleDescription(small);
  small_->setVisible(!small.isEmpty());
  due_->hide();
  all_->hide();
  clear_layout(steps_);
  clear_layout(moves_);
  main_ = nullptr;
  newest_ = nullptr;
}

void RouteCard::show_nothing() {
  result_.reset();
  begin(tr("流转"), {}, tr("选一个任务或结果，这里是它的流转。"));
}

void RouteCard::add_deadline(const ResultView& view) {
  if (!view.standing || is_over(view.entry.item.state)) return;
  const auto& item = view.entry.item;
  const bool late = view.standing->standing == DueStanding::Overdue, running = view.standing->standing == DueStanding::Running;
  const auto ink = late ? colour::red : running ? colour::quiet : colour::amber;
  set_role(due_, "note", late ? "red" : running ? "grey" : "amber");
  due_icon_->setPixmap(tinted(TaskWords::icon_of(*view.standing), ink, 18, devicePixelRatioF()));
  due_word_->setText(TaskWords::word(item.state) + QLatin1Char(' ') + TaskWords::left(*view.standing));
  due_word_->setAccessibleDescription(due_word_->text());
  set_role(due_word_, "role", late ? "bad" : running ? "section" : "warn");
  bar_->set_days(view.granted, *view.standing);
  QString text = tr("%1分派 · %2 个工作日 · 期限 %3").arg(TaskWords::day(*item.dispatched)).arg(view.granted).arg(TaskWords::day(*item.due));
  if (view.standing->provisional) text += tr("（暂定：该年放假通知还没有导入）");
  due_small_->setText(text);
  due_->show();
}

QVBoxLayout* RouteCard::add_step(const std::string& look, const QString& title, bool last) {
  auto* row = new RouteStepRow(look, title, last);
  steps_->addWidget(row);
  if (look != "later") newest_ = row;
  return row->column();
}

// Whatever the person said with the move, and what came with it.
void RouteCard::add_said(QVBoxLayout* column, const MoveRecord& move, bool in_one_line) {
  const auto said = move_lines(move);
  if (in_one_line) column->addWidget(wrapped(TaskWords::word(move.order.move) + QStringLiteral(" · ") + said.join(QStringLiteral(" · ")), "small"));
  else
    for (const auto& text : said) column->addWidget(wrapped(text, "small"));
  const auto add_link = [&](const QString& text, const char* sign, const QString& name) {
    auto* made = link_button(text);
    made->setIcon(icon(sign, colour::blue));
    made->setAccessibleName(name + text);
    column->addWidget(made, 0, Qt::AlignLeft);
    return made;
  };
  for (const auto& one : move.order.documents)
    connect(add_link(qs(one.name), "document", tr("流转 文书 ")), &QPushButton::clicked, this, [this, one] { emit document_wanted(one); });
  if (!move.order.package.empty())
    connect(add_link(qs(move.order.package), "shield", tr("流转 证据 ")), &QPushButton::clicked, this, [this, id = move.order.package] { emit package_wanted(id); });
}

void RouteCard::add_done(const RouteStep& step, bool last) {
  auto* column = add_step("done", TaskWords::word(step.move.order.move), last);
  add_said(column, step.move, false);
  column->addWidget(signed_chip(step.move), 0, Qt::AlignLeft);
}

void RouteCard::add_history(const std::vector<RouteStep>& route, bool more_follows) {
  for (std::size_t i = 0; i < route.size(); ++i) add_done(route[i], !more_follows && i + 1 == route.size());
}

// The five stages: of those that were passed the move that passed them last, of the present one what happened in it, of later ones what they need.
void RouteCard::add_stages(const ResultView& view) {
  static constexpr FlowState kStages[] = {FlowState::Judging, FlowState::Dispatching, FlowState::Verifying, FlowState::Handling, FlowState::Confirming};
  const auto& item = view.entry.item;
  const auto here = std::find(std::begin(kStages), std::end(kStages), item.state);
  for (const auto* stage = std::begin(kStages); stage != std::end(kStages); ++stage) {
    const bool last = stage + 1 == std::end(kStages);
    const auto name = *stage == FlowState::Confirming ? tr("办结") : TaskWords::word(*stage);
    const RouteStep* passed = nullptr;
    std::vector<const RouteStep*> within;
    for (const auto& step : view.route) {
      if (step.move.from != *stage) continue;
      if (step.move.to != *stage) {
        passed = &step;
        within.clear();
      } else {
        within.push_back(&step);
      }
    }
    if (stage < here || is_over(item.state)) {
      if (!passed) continue;               // closed without coming here
      auto* column = add_step("done", name, last || (is_over(item.state) && passed->move.to == item.state));
      if (const auto word = TaskWords::word(passed->move.order.move); word != name) column->addWidget(wrapped(word, "small"));
      add_said(column, passed->move, false);
      column->addWidget(signed_chip(passed->move), 0, Qt::AlignLeft);
    } else if (stage == here) {
      const bool late = view.standing && view.standing->standing == DueStanding::Overdue;
      auto* column = add_step(late ? "late" : "now", name, last);
      if (!item.unit.empty()) column->addWidget(wrapped(qs(item.unit), "small"));
      for (const auto* step : within) add_said(column, step->move, true);
      column->addWidget(wrapped(TaskWords::needs(*stage), "small"));
    } else {
      add_step("later", name, last)->addWidget(wrapped(TaskWords::needs(*stage), "small"));
    }
  }
}

void RouteCard::add_moves(const FlowItem& item) {
  auto moves = desk_.moves(item);
  const auto first = main_move(moves);
  // the one that leads on stands first
  if (first) std::stable_partition(moves.begin(), moves.end(), [&](FlowMove move) { return move == *first; });
  for (const auto move : moves) {
    const auto word = TaskWords::word(move);
    const bool solid = first == move;
    // a sheet's submission and its revision's has its own button below the form
    if (move == FlowMove::Submit || move == FlowMove::Deliver) continue;
    auto* made = solid ? main_button(width() < kRoomForKeys ? word : word + QStringLiteral("  Ctrl+Enter")) : button(word);
    if (solid) made->setToolTip("Ctrl+Enter");
    made->setAccessibleName(tr("流转 ") + word);
    connect(made, &QPushButton::clicked, this, [this, kind = item.kind, id = item.id, move] { emit move_wanted(kind, id, move); });
    moves_->addWidget(made);
    made->show();
    if (solid) main_ = made;
  }
  if (moves == std::vector<FlowMove>{FlowMove::Submit}) {
    auto* hint = label(tr("在任务单里改好后提交。"), "small");
    moves_->addWidget(hint);
    hint->show();
  } else if (moves.empty()) {
    auto* none = label(is_over(item.state) ? tr("已经办完。") : tr("现在没有需要您做的。"), "small");
    moves_->addWidget(none);
    none->show();
  }
  foot_->updateGeometry();
  foot_->setVisible(moves_->count() > 0);
  foot_line_->setVisible(moves_->count() > 0);
  follow_ = true;
  QTimer::singleShot(0, this, &RouteCard::show_newest);
}

// A long route begins above the card: where it stands now is what is looked for.
void RouteCard::show_newest() {
  if (follow_ && newest_) course_->ensureWidgetVisible(newest_, 0, 24);
}

void RouteCard::show_sheet(const TaskView& view) {
  result_.reset();
  const auto& item = view.entry.item;
  const auto who = waits_for(item);
  begin(tr("任务单的流转"), view.entry.sheet.name.empty() ? tr("（没有名称）") : qs(view.entry.sheet.name),
        TaskWords::word(item.state) + (who.unit.empty() ? QString() : QStringLiteral(" · ") + qs(who.unit)));
  static constexpr FlowState kLater[] = {FlowState::Submitted, FlowState::Running, FlowState::Finished};
  std::vector<FlowState> later;
  const auto at = item.state == FlowState::Running ? 1 : item.state == FlowState::Submitted ? 0 : item.state == FlowState::Finished || item.state == FlowState::Cancelled ? 2 : -1;
  for (int i = at + 1; i < 3; ++i) later.push_back(kLater[i]);
  add_history(view.route, !later.empty());
  for (std::size_t i = 0; i < later.size(); ++i) {
    const auto name = later[i] == FlowState::Submitted ? tr("提交") : later[i] == FlowState::Running ? tr("签收") : tr("反馈完成");
    add_step("later", name, i + 1 == later.size())->addWidget(wrapped(TaskWords::needs(later[i]), "small"));
  }
  steps_->addStretch(1);
  add_moves(item);
}

void RouteCard::show_result(const ResultView& view) {
  const auto keep = view;
  result_ = keep;
  const auto& result = view.entry.result;
  begin(tr("结果 %1 的流转").arg(view.entry.serial), TaskWords::operator_of(result),
        (view.merged_into ? tr("已并入结果 %1").arg(view.merged_into) + QStringLiteral(" · ") : QString()) + qs(result.violation) + QStringLiteral(" · ") + qs(result.field));
  all_->show();
  all_->setText(everything_ ? tr("按阶段 ›") : tr("全部留痕 ›"));
  add_deadline(view);
  if (everything_) add_history(view.route, false);
  else add_stages(view);
  steps_->addStretch(1);
  add_moves(view.entry.item);
}

void RouteCard::show_clue(const ClueEntry& clue, const std::vector<RouteStep>& route) {
  result_.reset();
  begin(tr("线索的处理"), clue.clue.operator_name.empty() ? tr("经营主体不明") : qs(clue.clue.operator_name), TaskWords::word(clue.clue.source) + QStringLiteral(" · ") + TaskWords::word(clue.item.state));
  const bool waits = clue.item.state == FlowState::Waiting;
  add_history(route, waits);
  if (waits) add_step("now", tr("研判"), true)->addWidget(wrapped(tr("转为任务：须填依据\n不予采纳：须填理由"), "small"));
  steps_->addStretch(1);
  add_moves(clue.item);
}

// In a low window the deadline is one line, so that steps and buttons keep their place.
void RouteCard::resizeEvent(QResizeEvent* event) {
  Card::resizeEvent(event);
  const bool room = height() >= kRoomForDays;
  bar_->setVisible(room);
  due_small_->setVisible(room);
}

void RouteCard::press_main() {
  if (main_ && main_->isEnabled()) main_->click();
}

}  // namespace guzheng::ui
