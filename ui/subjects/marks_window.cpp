#include "ui/subjects/marks_window.h"

#include <QComboBox>
#include <QProgressBar>
#include <QShortcut>
#include <algorithm>

#include "ui/base/empty_hint.h"
#include "ui/base/message_bar.h"
#include "ui/base/row_list.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/subjects/subject_words.h"

namespace guzheng::ui {
namespace {

// "9901 练习市", or the code alone.
QString region_words(const std::string& code) {
  const auto name = SubjectDesk::region_name(code);
  return name.empty() ? qs(code) : qs(code) + QLatin1Char(' ') + qs(name);
}

QString rule_words(const MarkRule& rule) {
  return rule.by == MarkRule::By::Category ? MarksWindow::tr("品类“%1” → 数据级别 %2").arg(qs(rule.value), SubjectWords::word(rule.sensitivity))
                                           : MarksWindow::tr("地区 %1 → 数据地域 %2").arg(region_words(rule.value), region_words(rule.data_region));
}

QString reason_words(const MarkRule& rule) {
  if (rule.samples == 0) return MarksWindow::tr("没有样本，是自定的规则");
  return MarksWindow::tr("%1 个样本，%2 个如此（%3%）").arg(rule.samples).arg(rule.agree).arg(rule.agree * 100 / rule.samples);
}

RowChip state_chip(const MarkProposal& one) {
  if (one.choice) return one.choice->agreed ? green_chip(MarksWindow::tr("已确认"), "check") : grey_chip(MarksWindow::tr("不采用"), "cross");
  return one.rule.holds ? blue_chip(MarksWindow::tr("建议"), "question") : amber_chip(MarksWindow::tr("样本少或不一致"), "alert");
}

Row row_of(const MarkProposal& one) {
  Row row;
  row.icon = one.rule.by == MarkRule::By::Category ? "tag" : "pin";
  row.colour = one.choice ? (one.choice->agreed ? colour::green : colour::grey) : colour::blue;
  row.title = rule_words(one.rule);
  row.lines << reason_words(one.rule) + MarksWindow::tr("；%1 个主体还没有标识").arg(one.bare);
  if (one.choice) row.lines << (one.choice->agreed ? MarksWindow::tr("%1 于 %2 确认") : MarksWindow::tr("%1 于 %2 不采用")).arg(qs(one.choice->who), day_clock_text(one.choice->at));
  row.chips = {state_chip(one)};
  return row;
}

bool same_rule(const MarkRule& a, const MarkRule& b) { return a.by == b.by && a.value == b.value && a.sensitivity == b.sensitivity && a.data_region == b.data_region; }

}  // namespace

MarksWindow::MarksWindow(SubjectDesk& desk, MarkDesk& marks, QWidget* parent) : QWidget(parent, Qt::Window), desk_(desk), marks_(marks) {
  setObjectName("page");
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("标识"));
  resize(920, 720);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(16, 16, 16, 16);
  all->setSpacing(12);
  messages_ = new MessageBar(tr("标识消息"));
  all->addWidget(messages_);
  all->addWidget(build_proposals(), 1);
  all->addWidget(build_own());
  all->addLayout(build_acts());
  connect(&marks_, &MarkDesk::running_changed, this, &MarksWindow::show_progress);
  connect(&marks_, &MarkDesk::progressed, this, &MarksWindow::show_progress);
  connect(&marks_, &MarkDesk::surveyed, this, &MarksWindow::show_survey);
  connect(&marks_, &MarkDesk::marked, this, [this](qint64 subjects) {
    messages_->show_text("green", subjects == 0 ? tr("没有要标识的：都已有标识。") : tr("已标识 %1 个主体，记入操作日志，可以撤销。").arg(subjects));
  });
  connect(&marks_, &MarkDesk::failed, this, [this](const Error& e) { messages_->show_error(Doing::MarkSubjects, e); });
  connect(&desk_, &SubjectDesk::undoable_changed, this, &MarksWindow::refresh);
  connect(new QShortcut(QKeySequence(Qt::Key_Escape), this), &QShortcut::activated, this, &QWidget::close);
  marks_.look();
  show_survey();
}

QWidget* MarksWindow::build_proposals() {
  auto* card = new Card(tr("建议的标识"));
  card->body()->addWidget(wrapped(tr("已有数据级别、数据地域的主体作样本：同一品类或同一城市的样本大多一致，就建议给还没有的标上同样的。确认后才标，已有的标识不改。"), "small"));
  state_ = wrapped({}, "quiet");
  state_->setAccessibleName(tr("标识情况"));
  card->body()->addWidget(state_);
  RowLook look;
  look.rule = true;
  look.text_lines = 2;
  look.chip_lines = 1;
  list_ = new RowList(tr("标识建议列表"), look);
  new EmptyHint(list_, tr("还没有样本：给一些主体填上数据级别或数据地域，或在下面自定规则。"));
  card->body()->addWidget(list_, 1);
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  agree_ = button(tr("确认"), "check");
  agree_->setAccessibleName(tr("确认标识规则"));
  refuse_ = button(tr("不采用"), "cross");
  refuse_->setAccessibleName(tr("不采用标识规则"));
  open_ = button(tr("恢复待定"), "undo");
  open_->setAccessibleName(tr("标识规则恢复待定"));
  for (auto* one : {agree_, refuse_, open_}) row->addWidget(one);
  row->addStretch(1);
  card->body()->addLayout(row);
  connect(list_, &RowList::moved, this, &MarksWindow::refresh);
  connect(agree_, &QPushButton::clicked, this, [this] { decide(MarkDesk::Decision::Agree); });
  connect(refuse_, &QPushButton::clicked, this, [this] { decide(MarkDesk::Decision::Refuse); });
  connect(open_, &QPushButton::clicked, this, [this] { decide(MarkDesk::Decision::Open); });
  return card;
}

QWidget* MarksWindow::build_own() {
  auto* card = new Card(tr("自定规则"));
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  by_ = new QComboBox;
  by_->addItem(tr("主营品类是"));
  by_->addItem(tr("地区代码前四位是"));
  value_ = new QLineEdit;
  value_->setAccessibleName(tr("标识规则的条件"));
  value_->setMaxLength(200);
  level_ = new QComboBox;
  for (const auto level : {Sensitivity::Open, Sensitivity::Internal, Sensitivity::Sensitive, Sensitivity::Core}) level_->addItem(SubjectWords::word(level), static_cast<int>(level));
  region_ = new QLineEdit;
  region_->setAccessibleName(tr("标识规则的数据地域"));
  region_->setPlaceholderText(tr("数据地域代码，2、4 或 6 位"));
  region_->setMaxLength(6);
  add_ = button(tr("添加并确认"), "plus");
  row->addWidget(by_);
  row->addWidget(value_, 2);
  row->addWidget(label(tr("标为"), "quiet"));
  row->addWidget(level_);
  row->addWidget(region_, 1);
  row->addWidget(add_);
  card->body()->addLayout(row);
  connect(by_, &QComboBox::currentIndexChanged, this, &MarksWindow::refresh);
  for (auto* field : {value_, region_}) connect(field, &QLineEdit::textChanged, this, &MarksWindow::refresh);
  connect(add_, &QPushButton::clicked, this, &MarksWindow::add_own);
  return card;
}

QLayout* MarksWindow::build_acts() {
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  undo_ = button(tr("撤销"), "undo");
  undo_->setAccessibleName(tr("撤销标识"));
  bar_ = new QProgressBar;
  bar_->setTextVisible(false);
  bar_->setAccessibleName(tr("标识进度"));
  cancel_ = button(tr("停下"), "stop");
  cancel_->setAccessibleName(tr("停下标识"));
  mark_ = main_button(tr("按已确认的标识"), "tag");
  row->addWidget(undo_);
  row->addWidget(bar_, 1);
  row->addStretch(0);
  row->addWidget(cancel_);
  row->addWidget(mark_);
  connect(undo_, &QPushButton::clicked, this, &MarksWindow::undo);
  connect(cancel_, &QPushButton::clicked, this, [this] { marks_.cancel(); });
  connect(mark_, &QPushButton::clicked, this, [this] {
    messages_->clear();
    marks_.mark();
  });
  return row;
}

const MarkProposal* MarksWindow::chosen() const {
  const auto& all = marks_.survey().proposals;
  const int at = list_->chosen();
  return at >= 0 && at < static_cast<int>(all.size()) ? &all[static_cast<std::size_t>(at)] : nullptr;
}

void MarksWindow::decide(MarkDesk::Decision decision) {
  const auto* one = chosen();
  if (!one) return;
  messages_->clear();
  keep_on_ = one->rule;
  marks_.decide(one->rule, decision);
}

MarkRule MarksWindow::own_rule() const {
  MarkRule rule;
  rule.value = ss(value_->text().trimmed());
  if (by_->currentIndex() == 0) {
    rule.sensitivity = static_cast<Sensitivity>(level_->currentData().toInt());
  } else {
    rule.by = MarkRule::By::Region;
    rule.data_region = ss(region_->text().trimmed());
  }
  return rule;
}

void MarksWindow::add_own() {
  messages_->clear();
  keep_on_ = own_rule();
  marks_.decide(own_rule(), MarkDesk::Decision::Agree);
  value_->clear();
  region_->clear();
}

void MarksWindow::undo() {
  desk_.undo(this, [this](const Status& done) {
    if (!done) return messages_->show_error(Doing::MarkSubjects, done.error());
    messages_->show_text("green", tr("已撤销上一步。"));
    marks_.look();
  });
}

void MarksWindow::show_survey() {
  const auto& survey = marks_.survey();
  if (const auto* before = chosen(); before && !keep_on_) keep_on_ = before->rule;
  std::vector<Row> rows;
  int agreed = 0, refused = 0, at = -1;
  for (const auto& one : survey.proposals) {
    if (keep_on_ && same_rule(one.rule, *keep_on_)) at = static_cast<int>(rows.size());
    if (one.choice) ++(one.choice->agreed ? agreed : refused);
    rows.push_back(row_of(one));
  }
  keep_on_.reset();
  const int count = static_cast<int>(rows.size());
  state_->setText(tr("共 %1 个主体；%2 条：已确认 %3，不采用 %4，待定 %5。已确认的能标 %6 处。").arg(survey.subjects).arg(count).arg(agreed).arg(refused).arg(count - agreed - refused).arg(marks_.to_mark()));
  list_->rows().set_rows(std::move(rows));
  list_->choose(count ? std::max(at, 0) : -1);
  show_progress();
}

void MarksWindow::show_progress() {
  bar_->setVisible(marks_.running());
  const auto all = marks_.survey().subjects;
  bar_->setRange(0, all > 0 ? static_cast<int>(std::min<std::int64_t>(all, 1'000'000'000)) : 0);
  bar_->setValue(static_cast<int>(std::min<std::int64_t>(marks_.done(), all)));
  if (marks_.marking()) state_->setText(tr("正在标识，已看过 %1 个主体…").arg(marks_.done()));
  else if (marks_.running() && all == 0) state_->setText(tr("正在统计样本…"));
  state_->setAccessibleDescription(state_->text());
  refresh();
}

void MarksWindow::refresh() {
  const bool may = desk_.may_change() && !marks_.running();
  const auto* one = chosen();
  agree_->setEnabled(may && one && !(one->choice && one->choice->agreed));
  refuse_->setEnabled(may && one && !(one->choice && !one->choice->agreed));
  open_->setEnabled(may && one && one->choice);
  const bool category = by_->currentIndex() == 0;
  value_->setPlaceholderText(category ? tr("品类全名，例如 保健食品") : tr("例如 3301"));
  level_->setVisible(category);
  region_->setVisible(!category);
  const auto digits = [](const QLineEdit* field, QList<int> lengths) {
    const auto text = field->text().trimmed();
    return lengths.contains(text.size()) && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= '0' && c <= '9'; });
  };
  add_->setEnabled(may && (category ? !value_->text().trimmed().isEmpty() : digits(value_, {4}) && digits(region_, {2, 4, 6})));
  undo_->setEnabled(may && desk_.undoable() > 0);
  cancel_->setVisible(marks_.running());
  mark_->setEnabled(may && marks_.to_mark() > 0);
}

}  // namespace guzheng::ui
