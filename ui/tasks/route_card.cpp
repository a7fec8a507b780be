#include "ui/tasks/route_card.h"

#include <QPainter>
#include <algorithm>

#include "ui/base/flow_layout.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/tasks/task_words.h"

namespace guzheng::ui {
namespace {

// A step of the course: its ring and the line to the next one are drawn, the words stand beside.
class RouteStepRow final : public QWidget {
 public:
  RouteStepRow(std::string look, bool last) : look_(std::move(look)), last_(last) {}

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF centre(12, 13);
    const bool done = look_ == "done";
    const QColor ink = done ? colour::green : look_ == "now" ? colour::blue : look_ == "late" ? colour::red : QColor("#a9b4c2");
    if (!last_) {
      painter.setPen(done ? QPen(QColor("#8fc7a4"), 2) : QPen(QColor("#b9c6d6"), 2, Qt::DotLine));
      painter.drawLine(centre + QPointF(0, 12), QPointF(centre.x(), height()));
    }
    painter.setPen(QPen(ink, 2, look_ == "later" ? Qt::DotLine : Qt::SolidLine));
    painter.setBrush(done ? QColor("#e3f4e9") : look_ == "late" ? QColor("#fdecec") : look_ == "now" ? QColor("#e3edfa") : colour::white);
    painter.drawEllipse(centre, 10, 10);
    const auto sign = done ? "check" : look_ == "late" ? "alert" : look_ == "now" ? "pencil" : "";
    if (*sign) painter.drawPixmap(QPointF(centre.x() - 6, centre.y() - 6), tinted(sign, ink, 12, devicePixelRatioF()));
  }

 private:
  const std::string look_;
  const bool last_;
};

QLabel* signed_chip(const MoveRecord& move) {
  auto* out = label(RouteCard::tr("✓ 已签名 %1").arg(qs(move.name)));
  out->setProperty("chip", "green");
  out->setToolTip(RouteCard::tr("由 %1（执法证号 %2）电子签名").arg(qs(move.name), qs(move.badge)));
  return out;
}

// Whatever the person said with the move.
QStringList move_lines(const MoveRecord& move) {
  QStringList out{QString("%1 %2 · %3").arg(qs(move.name), qs(move.badge), day_clock_text(move.at).mid(5, 11))};
  const auto& order = move.order;
  if (!order.unit.empty() && move.order.move != FlowMove::Create) out << QStringLiteral("→ ") + qs(order.unit);
  if (move.order.move == FlowMove::Assign && move.due) out << RouteCard::tr("期限 %1").arg(TaskWords::day(*move.due));
  if (order.outcome != ClueOutcome::Open) out << RouteCard::tr("结论：%1").arg(TaskWords::word(order.outcome));
  QStringList measures;
  for (const auto one : order.measures) measures << TaskWords::word(one);
  if (!measures.isEmpty()) out << RouteCard::tr("措施：%1").arg(measures.join(QStringLiteral("、")));
  if (order.extension) out << RouteCard::tr("原因：%1").arg(TaskWords::word(*order.extension));
  if (order.feedback) out << TaskWords::word(*order.feedback);
  if (!order.basis.empty()) out << RouteCard::tr("依据：%1").arg(qs(order.basis));
  if (!order.reason.empty()) out << RouteCard::tr("理由：%1").arg(qs(order.reason));
  if (!order.text.empty()) out << qs(order.text);
  for (const auto& one : order.documents) out << RouteCard::tr("文书：%1").arg(qs(one.name));
  if (order.move == FlowMove::Merge && order.target) out << RouteCard::tr("并入结果 %1").arg(order.target);
  return out;
}

// The move that leads on, of those that are open.
std::optional<FlowMove> main_move(const std::vector<FlowMove>& moves) {
  using M = FlowMove;
  for (const auto one : {M::Accept, M::ConfirmClue, M::Assign, M::Verified, M::ReportMeasures, M::ReportNone, M::Close, M::IntoTask, M::Finish})
    if (std::find(moves.begin(), moves.end(), one) != moves.end()) return one;
  return {};
}

}  // namespace

DayBar::DayBar(QWidget* parent) : QWidget(parent) {
  setFixedHeight(16);
  setAccessibleName(tr("期限格"));
}

void DayBar::set_days(int granted, const DeadlineStanding& standing) {
  granted_ = granted;
  standing_ = standing;
  setAccessibleDescription(tr("共 %1 个工作日，%2").arg(granted).arg(TaskWords::left(standing)));
  update();
}

void DayBar::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const bool late = standing_.standing == DueStanding::Overdue;
  const int over = late ? std::min(standing_.days, 60) : 0;
  const int all = std::max(1, granted_ + over);
  const double step = std::min(16.0, static_cast<double>(width()) / all);
  const int past = late ? granted_ : granted_ - standing_.days;
  for (int i = 0; i < all; ++i) {
    const QRectF box(i * step + 1, 1.5, std::max(2.0, step - 3), 12);
    const bool red = i >= granted_;
    const bool today = !late && i == past;
    painter.setPen(red ? QPen(colour::red, 1) : today ? QPen(colour::blue, 2) : QPen(QColor("#9fb3cc"), 1));
    painter.setBrush(red ? colour::red : i < past ? QColor("#9fb3cc") : colour::white);
    painter.drawRoundedRect(box, 2, 2);
    if (!red || step < 9) continue;
    auto font = painter.font();
    font.setPixelSize(9);
    font.setBold(true);
    painter.setFont(font);
    painter.setPen(colour::white);
    painter.drawText(box, Qt::AlignCenter, "!");
  }
}

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
  due_word_ = label({}, "section");
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
  body()->addWidget(scroller(course), 1);
  foot_ = new QWidget;
  moves_ = new FlowLayout(8);
  foot_->setLayout(moves_);
  body()->addWidget(line());
  body()->addWidget(foot_);
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

QVBoxLayout* RouteCard::add_step(const char* look, const QString& title, bool last) {
  auto* row = new RouteStepRow(look, last);
  row->setAccessibleName(tr("流转 步骤 ") + title);
  auto* column = new QVBoxLayout(row);
  column->setContentsMargins(34, 3, 0, 14);
  column->setSpacing(2);
  column->addWidget(label(title, qstrcmp(look, "later") == 0 ? "quiet" : "section"));
  steps_->addWidget(row);
  return column;
}

void RouteCard::add_done(const RouteStep& step, bool last) {
  auto* column = add_step("done", TaskWords::word(step.move.order.move), last);
  for (const auto& text : move_lines(step.move)) column->addWidget(wrapped(text, "small"));
  if (!step.move.order.package.empty()) {
    auto* package = link_button(qs(step.move.order.package));
    package->setIcon(icon("shield", colour::blue));
    package->setAccessibleName(tr("流转 证据 ") + package->text());
    connect(package, &QPushButton::clicked, this, [this, id = step.move.order.package] { emit package_wanted(id); });
    column->addWidget(package, 0, Qt::AlignLeft);
  }
  auto* chip = signed_chip(step.move);
  column->addWidget(chip, 0, Qt::AlignLeft);
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
      column->addWidget(wrapped(TaskWords::word(passed->move.order.move), "small"));
      for (const auto& text : move_lines(passed->move)) column->addWidget(wrapped(text, "small"));
      column->addWidget(signed_chip(passed->move), 0, Qt::AlignLeft);
    } else if (stage == here) {
      const bool late = view.standing && view.standing->standing == DueStanding::Overdue;
      auto* column = add_step(late ? "late" : "now", name, last);
      if (!item.unit.empty()) column->addWidget(wrapped(qs(item.unit), "small"));
      for (const auto* step : within) {
        column->addWidget(wrapped(TaskWords::word(step->move.order.move) + QStringLiteral(" · ") + move_lines(step->move).join(QStringLiteral(" · ")), "small"));
        if (!step->move.order.package.empty()) {
          auto* package = link_button(qs(step->move.order.package));
          package->setIcon(icon("shield", colour::blue));
          package->setAccessibleName(tr("流转 证据 ") + package->text());
          connect(package, &QPushButton::clicked, this, [this, id = step->move.order.package] { emit package_wanted(id); });
          column->addWidget(package, 0, Qt::AlignLeft);
        }
      }
      column->addWidget(wrapped(TaskWords::needs(*stage), "small"));
    } else {
      add_step("later", name, last)->addWidget(wrapped(TaskWords::needs(*stage), "small"));
    }
  }
}

void RouteCard::add_moves(const FlowItem& item) {
  const auto moves = desk_.moves(item);
  auto first = main_move(moves);
  if (first == FlowMove::Finish && item.delivered != item.wanted) first.reset();     // what was asked for goes back first
  for (const auto move : moves) {
    const auto word = TaskWords::word(move);
    const bool solid = first == move;
    // a sheet's submission and its revision's has its own button below the form
    if (move == FlowMove::Submit || move == FlowMove::Deliver) continue;
    auto* made = solid ? main_button(word + QStringLiteral("  Ctrl+Enter")) : button(word);
    made->setAccessibleName(tr("流转 ") + word);
    connect(made, &QPushButton::clicked, this, [this, kind = item.kind, id = item.id, move] { emit move_wanted(kind, id, move); });
    moves_->addWidget(made);
    made->show();
    if (solid) main_ = made;
  }
  if (moves.empty()) {
    auto* none = label(is_over(item.state) ? tr("已经办完。") : tr("现在没有需要您做的。"), "small");
    moves_->addWidget(none);
    none->show();
  }
  foot_->updateGeometry();
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
  begin(tr("结果 %1 的流转").arg(view.entry.serial), TaskWords::operator_of(result), qs(result.violation) + QStringLiteral(" · ") + qs(result.field));
  all_->show();
  all_->setText(everything_ ? tr("按阶段 ›") : tr("全部留痕 ›"));
  add_deadline(view);
  if (everything_) add_history(view.route, false);
  else add_stages(view);
  steps_->addStretch(1);
  add_moves(view.entry.item);
}

void RouteCard::show_clue(const ClueEntry& clue) {
  result_.reset();
  begin(tr("线索的处理"), clue.clue.operator_name.empty() ? tr("经营主体不明") : qs(clue.clue.operator_name), TaskWords::word(clue.clue.source) + QStringLiteral(" · ") + TaskWords::word(clue.item.state));
  auto* column = add_step(clue.item.state == FlowState::Waiting ? "now" : "done", tr("研判"), true);
  column->addWidget(wrapped(clue.item.state == FlowState::Waiting ? tr("转为任务：须填依据\n不予采纳：须填理由") : TaskWords::word(clue.item.state), "small"));
  steps_->addStretch(1);
  add_moves(clue.item);
}

void RouteCard::press_main() {
  if (main_ && main_->isEnabled()) main_->click();
}

}  // namespace guzheng::ui
