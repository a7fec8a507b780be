#include "ui/tasks/analysis_view.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDateEdit>
#include <QDir>
#include <QFileDialog>
#include <QHeaderView>
#include <QSplitter>
#include <QTableWidget>
#include <algorithm>

#include "ui/base/flow_layout.h"
#include "ui/base/message_bar.h"
#include "ui/base/parts.h"
#include "ui/base/row_list.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/tasks/analysis_chart.h"

namespace guzheng::ui {
namespace {

constexpr int kWide = 1000;                // below it the right column goes under the left
constexpr int kLow = 460, kTall = 860;     // what the parts need beside, and above each other
constexpr int kMostBars = 20;

const QDate kNoLimit(2000, 1, 1);          // what the day fields show as 不限

std::optional<Day> day_in_field(const QDateEdit* field) {
  const auto date = field->date();
  if (date == kNoLimit) return {};
  return day_in(date.year(), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

QDateEdit* day_field(const QString& name) {
  auto* field = new QDateEdit;
  field->setAccessibleName(name);
  field->setDisplayFormat("yyyy-MM-dd");
  field->setCalendarPopup(true);
  field->setMinimumDate(kNoLimit);
  field->setSpecialValueText(AnalysisView::tr("不限"));
  field->setDate(kNoLimit);
  return field;
}

QTableWidgetItem* cell(const QString& text, bool number = false) {
  auto* item = new QTableWidgetItem(text);
  item->setFlags(Qt::ItemIsSelectable | Qt::ItemIsEnabled);
  if (number) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
  return item;
}

QTableWidget* plain_table(const QString& name) {
  auto* table = new QTableWidget;
  table->setAccessibleName(name);
  table->setSelectionBehavior(QAbstractItemView::SelectRows);
  table->setSelectionMode(QAbstractItemView::SingleSelection);
  table->setAlternatingRowColors(true);
  table->verticalHeader()->hide();
  table->horizontalHeader()->setHighlightSections(false);
  table->setTabKeyNavigation(false);
  return table;
}

// The first column takes what the figures leave, and in a narrow place so much that its names can be read: then the figures scroll.
void widen_names(QTableWidget* table) {
  auto* header = table->horizontalHeader();
  int figures = 0;
  for (int i = 1; i < table->columnCount(); ++i) figures += header->sectionSize(i);
  const int wanted = std::clamp(static_cast<const QAbstractItemView*>(table)->sizeHintForColumn(0) + 12, 120, 260);
  const bool room = table->viewport()->width() - figures >= wanted;
  header->setSectionResizeMode(0, room ? QHeaderView::Stretch : QHeaderView::Interactive);
  if (!room) header->resizeSection(0, wanted);
}

QString share(const AnalysisRow& row) {
  const auto all = row.in_time + row.late;
  return all == 0 ? QStringLiteral("–") : QString("%1%").arg((row.in_time * 100 + all / 2) / all);
}

}  // namespace

AnalysisView::AnalysisView(AnalysisDesk& desk, QWidget* parent) : QWidget(parent), desk_(desk) {
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(4, 8, 4, 0);
  all->setSpacing(8);
  messages_ = new MessageBar(tr("分析消息"));
  all->addWidget(messages_);
  all->addWidget(build_filters());
  split_ = new QSplitter(Qt::Horizontal);
  split_->setChildrenCollapsible(false);
  auto* side = new QWidget;
  auto* column = new QVBoxLayout(side);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(8);
  column->addWidget(build_risks(), 3);
  column->addWidget(build_tags(), 2);
  split_->addWidget(build_numbers());
  split_->addWidget(side);
  split_->setStretchFactor(0, 3);
  split_->setStretchFactor(1, 2);
  split_->setSizes({600, 400});
  all->addWidget(scroller(split_), 1);
  refresh_buttons();
}

QWidget* AnalysisView::build_filters() {
  auto* box = new QWidget;
  auto* flow = new FlowLayout(8);
  box->setLayout(flow);
  auto* group = new QButtonGroup(box);
  const QString names[] = {tr("任务"), tr("办理单位"), tr("违法表现"), tr("平台"), tr("业务领域"), tr("月份")};
  for (int i = 0; i < 6; ++i) {
    auto* one = pill(names[i]);
    one->setAccessibleName(tr("分析 按%1").arg(names[i]));
    group->addButton(one, i);
    flow->addWidget(one);
    bys_[static_cast<std::size_t>(i)] = one;
  }
  bys_[static_cast<std::size_t>(by_)]->setChecked(true);
  task_ = new QComboBox;
  task_->setAccessibleName(tr("分析 任务"));
  task_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  task_->setMinimumContentsLength(12);
  unit_ = new QComboBox;
  unit_->setAccessibleName(tr("分析 单位"));
  unit_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  unit_->setMinimumContentsLength(10);
  task_->addItem(tr("全部任务"));
  unit_->addItem(tr("全部单位"));
  from_ = day_field(tr("分析 自"));
  until_ = day_field(tr("分析 至"));
  flow->addWidget(task_);
  flow->addWidget(unit_);
  flow->addWidget(label(tr("发现日 自"), "quiet"));
  flow->addWidget(from_);
  flow->addWidget(label(tr("至"), "quiet"));
  flow->addWidget(until_);
  export_ = button(tr("导出表格…"), "out");
  export_->setAccessibleName(tr("导出分析表格"));
  print_ = button(tr("打印成 PDF…"), "printer");
  print_->setAccessibleName(tr("打印分析"));
  flow->addWidget(export_);
  flow->addWidget(print_);
  connect(group, &QButtonGroup::idClicked, this, [this](int id) {
    by_ = static_cast<AnalysisBy>(id);
    ask();
  });
  for (auto* one : {task_, unit_}) connect(one, &QComboBox::activated, this, &AnalysisView::ask);
  for (auto* one : {from_, until_}) connect(one, &QDateEdit::dateChanged, this, &AnalysisView::ask);
  connect(export_, &QPushButton::clicked, this, &AnalysisView::export_rows);
  connect(print_, &QPushButton::clicked, this, &AnalysisView::print);
  return box;
}

QWidget* AnalysisView::build_numbers() {
  auto* card = new Card(tr("统计"));
  sum_ = label({}, "quiet");
  sum_->setAccessibleName(tr("分析 合计"));
  card->header()->addWidget(sum_);
  chart_ = new AnalysisChart(tr("分析统计图"));
  auto* flow = scroller(chart_);
  flow->setMinimumHeight(120);
  table_ = plain_table(tr("分析统计表"));
  auto* halves = new QSplitter(Qt::Vertical);
  halves->setChildrenCollapsible(false);
  halves->addWidget(flow);
  halves->addWidget(table_);
  card->body()->addWidget(halves, 1);
  connect(table_, &QTableWidget::currentCellChanged, this, [this](int row) { chart_->choose(row < kMostBars ? row : -1); });
  connect(chart_, &AnalysisChart::picked, this, [this](int row) { table_->selectRow(row); });
  return card;
}

QWidget* AnalysisView::build_risks() {
  auto* card = new Card(tr("经营主体风险"));
  RowLook look;
  look.rule = true;
  look.chip_lines = 1;
  look.text_lines = 1;
  risks_ = new RowList(tr("经营主体风险列表"), look);
  risks_->setMinimumHeight(110);
  card->body()->addWidget(risks_, 1);
  rule_ = wrapped({}, "small");
  rule_->setAccessibleName(tr("风险规则"));
  card->body()->addWidget(rule_);
  connect(risks_, &RowList::picked, this, [this](int row) {
    const auto id = qs(shown_risks_[static_cast<std::size_t>(row)].record.subject).toLongLong();
    if (id > 0) emit subject_wanted(id);
  });
  return card;
}

QWidget* AnalysisView::build_tags() {
  auto* card = new Card(tr("标签建议"));
  apply_ = button(tr("应用勾选的"), "check");
  apply_->setAccessibleName(tr("应用标签建议"));
  apply_->setToolTip(tr("写入主体库，可在主体页撤销"));
  card->header()->addWidget(apply_);
  tags_ = plain_table(tr("标签建议表"));
  tags_->setColumnCount(3);
  tags_->setHorizontalHeaderLabels({tr("经营主体"), tr("标签"), tr("依据")});
  tags_->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
  tags_->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
  tags_->horizontalHeader()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
  tags_->setMinimumHeight(90);
  card->body()->addWidget(tags_, 1);
  tags_told_ = wrapped({}, "small");
  tags_told_->setAccessibleName(tr("标签建议说明"));
  card->body()->addWidget(tags_told_);
  connect(apply_, &QPushButton::clicked, this, &AnalysisView::apply_tags);
  connect(tags_, &QTableWidget::itemChanged, this, &AnalysisView::refresh_buttons);
  return card;
}

AnalysisFilter AnalysisView::filter() const {
  AnalysisFilter out;
  if (const auto id = task_->currentData().toLongLong(); id > 0) out.task = id;
  out.unit = ss(unit_->currentData().toString());
  out.from = day_in_field(from_);
  out.until = day_in_field(until_);
  return out;
}

QString AnalysisView::task_text() const { return task_->currentData().toLongLong() > 0 ? task_->currentText() : QString(); }

void AnalysisView::refresh() {
  if (!desk_.is_open()) return;
  desk_.choices(this, [this](const Result<AnalysisChoices>& choices) {
    if (choices) show_choices(*choices);
  });
  ask();
  desk_.risks({}, this, [this](const Result<std::vector<SubjectRisk>>& risks) {
    if (!risks) return told_wrong(tr("风险没有算出来"), risks.error());
    show_risks(*risks);
  });
  desk_.proposals({}, this, [this](const Result<TagProposals>& proposals) {
    if (!proposals) return told_wrong(tr("标签建议没有算出来"), proposals.error());
    show_proposals(*proposals);
  });
}

void AnalysisView::ask() {
  if (!desk_.is_open()) return;
  const int number = ++asked_;
  busy_ = true;
  refresh_buttons();
  desk_.analyse(by_, filter(), this, [this, number](const Result<std::vector<AnalysisRow>>& rows) {
    if (number != asked_) return;
    busy_ = false;
    if (!rows) told_wrong(tr("统计没有算出来"), rows.error());
    else show_rows(*rows);
    refresh_buttons();
  });
}

void AnalysisView::told_wrong(const QString& what, const Error& error) {
  messages_->show_text("red", what + tr("（%1）。任务、结果和证据没有变；请稍后再试，仍不行时请管理员运行 guzheng-evidence tasks check。").arg(qs(error.what)));
}

void AnalysisView::show_choices(const AnalysisChoices& choices) {
  const auto task = task_->currentData(), unit = unit_->currentData();
  task_->clear();
  unit_->clear();
  task_->addItem(tr("全部任务"));
  unit_->addItem(tr("全部单位"));
  for (const auto& [id, name] : choices.tasks) task_->addItem(qs(name), QVariant::fromValue<qint64>(id));
  for (const auto& name : choices.units) unit_->addItem(qs(name), qs(name));
  task_->setCurrentIndex(std::max(0, task.isValid() ? task_->findData(task) : 0));
  unit_->setCurrentIndex(std::max(0, unit.isValid() ? unit_->findData(unit) : 0));
}

void AnalysisView::show_rows(std::vector<AnalysisRow> rows) {
  rows_ = std::move(rows);
  const QStringList headings{bys_[static_cast<std::size_t>(by_)]->text(), tr("结果"), tr("在办"), tr("确认违法"), tr("无违法"), tr("并案"), tr("按期"), tr("逾期办结"), tr("逾期在办"), tr("按期率")};
  table_->clear();
  table_->setColumnCount(static_cast<int>(headings.size()));
  table_->setHorizontalHeaderLabels(headings);
  table_->setRowCount(static_cast<int>(rows_.size()));
  table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  table_->horizontalHeader()->setMinimumSectionSize(48);
  std::vector<AnalysisBar> bars;
  qint64 all = 0, open = 0, overdue = 0;
  for (int i = 0; i < static_cast<int>(rows_.size()); ++i) {
    const auto& row = rows_[static_cast<std::size_t>(i)];
    const QString key = row.key.empty() ? tr("未填") : qs(row.key);
    table_->setItem(i, 0, cell(key));
    table_->item(i, 0)->setToolTip(key);
    int column = 0;
    for (const auto value : {row.results, row.open, row.violation, row.no_violation, row.merged, row.in_time, row.late, row.overdue}) table_->setItem(i, ++column, cell(QString::number(value), true));
    table_->setItem(i, ++column, cell(share(row), true));
    if (i < kMostBars) bars.push_back({key, {row.violation, row.no_violation, row.merged, row.open}});
    all += row.results;
    open += row.open;
    overdue += row.overdue;
  }
  widen_names(table_);
  chart_->set_bars(std::move(bars));
  sum_->setText(rows_.empty() ? tr("没有符合条件的结果") : tr("%1 行 · 结果 %2 · 在办 %3 · 逾期 %4").arg(rows_.size()).arg(all).arg(open).arg(overdue));
  sum_->setAccessibleDescription(sum_->text());
}

void AnalysisView::show_risks(std::vector<SubjectRisk> risks) {
  shown_risks_ = std::move(risks);
  std::vector<Row> rows;
  for (const auto& one : shown_risks_) {
    Row row;
    row.icon = "alert";
    row.colour = one.level == RiskLevel::High ? colour::red : one.level == RiskLevel::Middle ? colour::amber : colour::grey;
    row.title = qs(one.record.name);
    row.lines = {qs(risk_reason(one))};
    const auto points = tr("%1 分").arg(one.points);
    row.chips.push_back(one.level == RiskLevel::High ? red_chip(tr("高 ") + points, "alert") : one.level == RiskLevel::Middle ? amber_chip(tr("中 ") + points, "clock") : grey_chip(tr("低 ") + points));
    if (one.record.subject.empty()) row.chips.push_back(grey_chip(tr("未关联主体库")));
    rows.push_back(std::move(row));
  }
  risks_->rows().set_rows(std::move(rows));
  rule_->setText((shown_risks_.empty() ? tr("没有计得风险分的主体。") : QString()) + tr("规则：") + qs(risk_rule_text({})));
  rule_->setAccessibleDescription(rule_->text());
}

void AnalysisView::show_proposals(TagProposals proposals) {
  proposals_ = std::move(proposals);
  const QSignalBlocker quiet(tags_);
  tags_->setRowCount(static_cast<int>(proposals_.list.size()));
  for (int i = 0; i < static_cast<int>(proposals_.list.size()); ++i) {
    const auto& one = proposals_.list[static_cast<std::size_t>(i)];
    auto* name = cell(qs(one.name));
    name->setFlags(name->flags() | Qt::ItemIsUserCheckable);
    name->setCheckState(Qt::Checked);
    tags_->setItem(i, 0, name);
    tags_->setItem(i, 1, cell((one.on ? tr("加 ") : tr("去 ")) + qs(one.tag.group) + QStringLiteral(" / ") + qs(one.tag.name)));
    tags_->setItem(i, 2, cell(one.tag.group == kRiskTags ? tr("%1 分").arg(one.points) : tr("确认 %1，无违法 %2").arg(one.violations).arg(one.cleared)));
    tags_->item(i, 1)->setToolTip(tags_->item(i, 1)->text());
  }
  QStringList told;
  if (proposals_.list.empty()) told << tr("没有新的建议：主体库的标签与已确认的结果一致。");
  if (proposals_.unlinked > 0) told << tr("另有 %1 条已确认的违法没有关联主体，关联后才有建议。").arg(proposals_.unlinked);
  if (proposals_.gone > 0) told << tr("%1 个关联的主体已不在主体库。").arg(proposals_.gone);
  tags_told_->setText(told.join(QString()));
  tags_told_->setVisible(!told.isEmpty());
  tags_told_->setAccessibleDescription(tags_told_->text());
  refresh_buttons();
}

void AnalysisView::refresh_buttons() {
  bool any = false;
  for (int i = 0; i < tags_->rowCount(); ++i) any = any || tags_->item(i, 0)->checkState() == Qt::Checked;
  apply_->setEnabled(any && desk_.may_tag() && !applying_);
  export_->setEnabled(!rows_.empty() && !busy_);
  print_->setEnabled(!rows_.empty() && !busy_ && !desk_.is_printing());
}

void AnalysisView::apply_tags() {
  std::vector<TagProposal> chosen;
  for (int i = 0; i < tags_->rowCount(); ++i)
    if (tags_->item(i, 0)->checkState() == Qt::Checked) chosen.push_back(proposals_.list[static_cast<std::size_t>(i)]);
  if (chosen.empty()) return;
  applying_ = true;
  refresh_buttons();
  desk_.apply(chosen, this, [this, count = chosen.size()](const Status& done) {
    applying_ = false;
    if (!done) told_wrong(tr("标签没有全部写入主体库"), done.error());
    else messages_->show_text("green", tr("%1 条标签建议已写入主体库；在主体页可撤销。").arg(count));
    refresh();
    refresh_buttons();
  });
}

void AnalysisView::export_rows() {
  const auto file = QFileDialog::getSaveFileName(this, tr("导出分析表格"), QDir::homePath() + QLatin1Char('/') + tr("监测分析") + ".xlsx", tr("表格 (*.xlsx *.csv)"), nullptr, QFileDialog::DontUseNativeDialog);
  if (file.isEmpty()) return;
  desk_.export_table(analysis_table(by_, rows_), std::filesystem::path(ss(file)), this, [this, file](const Status& done) {
    if (!done) return told_wrong(tr("表格没有写成"), done.error());
    messages_->show_text("green", tr("已导出 %1").arg(file));
  });
}

void AnalysisView::print() {
  const auto file = QFileDialog::getSaveFileName(this, tr("打印分析"), QDir::homePath() + QLatin1Char('/') + tr("监测分析") + ".pdf", "PDF (*.pdf)", nullptr, QFileDialog::DontUseNativeDialog);
  if (file.isEmpty()) return;
  AnalysisForm form;
  form.by = by_;
  form.filter = filter();
  form.task = ss(task_text());
  form.rows = rows_;
  form.risks = shown_risks_;
  desk_.print(std::move(form), std::filesystem::path(ss(file)), this, [this, file](const Status& done) {
    refresh_buttons();
    if (!done) return told_wrong(tr("PDF 没有打印成"), done.error());
    messages_->show_text("green", tr("已打印到 %1").arg(file));
  });
  messages_->show_text("blue", tr("正在排版…"));
  refresh_buttons();
}

void AnalysisView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  const bool narrow = width() < kWide;
  split_->setOrientation(narrow ? Qt::Vertical : Qt::Horizontal);
  split_->setMinimumHeight(narrow ? kTall : kLow);       // below it the tab scrolls: no table is cut to its head
}

}  // namespace guzheng::ui
