#include "ui/tasks/results_view.h"

#include <QComboBox>
#include <QGridLayout>
#include <algorithm>

#include "ui/base/flow_layout.h"
#include "ui/base/row_list.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/tasks/task_words.h"

namespace guzheng::ui {

ResultsView::ResultsView(TaskDesk& desk, QWidget* parent) : QWidget(parent), desk_(desk) {
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(4, 8, 4, 0);
  all->setSpacing(8);
  auto* acts = new QWidget;
  auto* flow = new FlowLayout(8);
  acts->setLayout(flow);
  add_ = button(tr("登记结果…"), "plus");
  add_->setAccessibleName(tr("添加监测结果"));
  import_ = button(tr("导入表格…"), "in");
  import_->setAccessibleName(tr("导入结果表格"));
  import_->setToolTip(tr("第三方交来的 CSV 或 XLSX"));
  bulk_ = button(tr("批量分派…"), "out");
  bulk_->setAccessibleName(tr("批量分派"));
  count_ = label({}, "quiet");
  count_->setAccessibleName(tr("监测结果 数量"));
  for (auto* one : {add_, import_, bulk_}) flow->addWidget(one);
  flow->addWidget(count_);
  all->addWidget(acts);
  all->addWidget(build_filters());
  RowLook look;
  look.rule = true;
  look.chip_lines = 1;
  list_ = new RowList(tr("监测结果列表"), look);
  all->addWidget(list_, 1);
  empty_ = wrapped({}, "quiet");
  all->addWidget(empty_, 1, Qt::AlignTop);
  facts_ = note_box("grey");
  grid_ = new QGridLayout;
  grid_->setColumnStretch(1, 1);
  grid_->setHorizontalSpacing(12);
  static_cast<QVBoxLayout*>(facts_->layout())->addLayout(grid_);
  auto* evidence = new QWidget;
  packages_ = new FlowLayout(8);
  evidence->setLayout(packages_);
  facts_->layout()->addWidget(evidence);
  auto* own = new QWidget;
  auto* row = new FlowLayout(8);
  own->setLayout(row);
  capture_ = button(tr("去取证  Ctrl+E"), "phone");
  capture_->setAccessibleName(tr("为结果去取证"));
  edit_ = button(tr("补正…"), "pencil");
  edit_->setAccessibleName(tr("补正监测结果"));
  edit_->setToolTip(tr("关联主体库；或写明理由改正内容"));
  attach_ = button(tr("附证据…"), "shield");
  attach_->setAccessibleName(tr("附证据"));
  attach_->setToolTip(tr("记下证据库里已有的证据包"));
  for (auto* one : {capture_, edit_, attach_}) row->addWidget(one);
  facts_->layout()->addWidget(own);
  all->addWidget(facts_);
  facts_->hide();
  connect(add_, &QPushButton::clicked, this, &ResultsView::add_wanted);
  connect(import_, &QPushButton::clicked, this, &ResultsView::import_wanted);
  connect(bulk_, &QPushButton::clicked, this, &ResultsView::bulk_wanted);
  connect(capture_, &QPushButton::clicked, this, [this] { emit capture_wanted(chosen_); });
  connect(edit_, &QPushButton::clicked, this, [this] { emit edit_wanted(chosen_); });
  connect(attach_, &QPushButton::clicked, this, [this] { emit attach_wanted(chosen_); });
  connect(list_, &RowList::moved, this, [this](int at) {
    if (filling_) return;
    chosen_ = list_->rows().row(at).key;
    show_facts();
    emit result_wanted(chosen_);
  });
}

QWidget* ResultsView::build_filters() {
  auto* out = new QWidget;
  auto* row = new QHBoxLayout(out);
  row->setContentsMargins(0, 0, 0, 0);
  words_ = new QLineEdit;
  words_->setAccessibleName(tr("监测结果搜索"));
  words_->setPlaceholderText(tr("主体、表现、领域、平台、信用代码"));
  words_->addAction(icon("search", colour::quiet), QLineEdit::LeadingPosition);
  words_->setClearButtonEnabled(true);
  stage_ = new QComboBox;
  stage_->setAccessibleName(tr("监测结果阶段"));
  stage_->addItem(tr("全部阶段"), static_cast<int>(FlowState::None));
  for (const auto one : {FlowState::Judging, FlowState::Dispatching, FlowState::Verifying, FlowState::Handling, FlowState::Confirming, FlowState::Closed, FlowState::Merged})
    stage_->addItem(TaskWords::word(one), static_cast<int>(one));
  row->addWidget(words_, 1);
  row->addWidget(stage_);
  connect(words_, &QLineEdit::textChanged, this, &ResultsView::show_rows);
  connect(stage_, &QComboBox::currentIndexChanged, this, &ResultsView::show_rows);
  return out;
}

bool ResultsView::wanted(const ResultEntry& one) const {
  const auto stage = static_cast<FlowState>(stage_->currentData().toInt());
  if (stage != FlowState::None && one.item.state != stage) return false;
  const auto words = words_->text().trimmed();
  if (words.isEmpty()) return true;
  const auto& r = one.result;
  for (const auto& text : {r.operator_name, r.violation, r.field, r.platform, r.credit_code, r.outside_number})
    if (qs(text).contains(words, Qt::CaseInsensitive)) return true;
  return false;
}

const ResultEntry* ResultsView::entry(std::int64_t id) const {
  const auto found = std::find_if(view_.results.begin(), view_.results.end(), [id](const ResultEntry& one) { return one.item.id == id; });
  return found == view_.results.end() ? nullptr : &*found;
}

void ResultsView::choose(std::int64_t result) {
  chosen_ = result;
  const int at = list_->rows().find(result);
  filling_ = true;
  list_->choose(at);
  filling_ = false;
  show_facts();
}

void ResultsView::show_task(const TaskView& view) {
  if (view_.entry.item.id != view.entry.item.id) {
    const QSignalBlocker words(words_), stage(stage_);
    words_->clear();
    stage_->setCurrentIndex(0);
  }
  view_ = view;
  const auto waiting = std::count_if(view.results.begin(), view.results.end(), [](const ResultEntry& one) { return one.item.state == FlowState::Dispatching; });
  const bool running = view.entry.item.state == FlowState::Running, may = desk_.may_change();
  add_->setEnabled(running && may);
  import_->setEnabled(running && may);
  bulk_->setEnabled(waiting > 0 && may);
  bulk_->setText(waiting ? tr("批量分派 %1 条…").arg(waiting) : tr("批量分派…"));
  words_->parentWidget()->setVisible(!view.results.empty());
  show_rows();
}

void ResultsView::show_rows() {
  std::vector<Row> rows;
  for (const auto& one : view_.results) {
    if (!wanted(one)) continue;
    Row row;
    row.key = one.item.id;
    row.icon = one.item.outcome == ClueOutcome::NoViolation ? "check-circle" : is_over(one.item.state) ? "check" : "flag";
    row.colour = is_over(one.item.state) ? colour::green : colour::blue;
    row.title = QString("%1  %2").arg(one.serial).arg(TaskWords::operator_of(one.result));
    row.lines << qs(one.result.violation) + QStringLiteral(" · ") + qs(one.result.platform.empty() ? one.result.field : one.result.platform);
    row.chips.push_back(TaskWords::chip(one.item.state));
    if (one.item.due && !is_over(one.item.state)) row.chips.push_back(TaskWords::chip(desk_.standing(*one.item.due)));
    row.chips.push_back(one.packages.empty() ? amber_chip(tr("待取证"), "incomplete") : green_chip(tr("证据 %1").arg(one.packages.size()), "shield"));
    rows.push_back(std::move(row));
  }
  const auto all = view_.results.size();
  count_->setText(rows.size() == all ? tr("共 %1 条").arg(all) : tr("%1 条，共 %2 条").arg(rows.size()).arg(all));
  count_->setAccessibleDescription(count_->text());
  list_->setVisible(!rows.empty());
  empty_->setVisible(rows.empty());
  empty_->setText(all ? tr("没有找到。换一个词，或看全部阶段。") : view_.entry.item.state == FlowState::Running ? tr("还没有结果。登记一条，或导入第三方交来的表格。") : tr("任务单签收后才能登记结果。"));
  filling_ = true;
  list_->rows().set_rows(std::move(rows));
  list_->choose(list_->rows().find(chosen_));
  filling_ = false;
  if (!entry(chosen_)) chosen_ = 0;
  show_facts();
}

void ResultsView::show_facts() {
  const auto* one = entry(chosen_);
  facts_->setVisible(one != nullptr);
  if (!one) return;
  clear_layout(grid_);
  clear_layout(packages_);
  const auto add = [this](const QString& name, const QString& value) {
    if (value.isEmpty()) return;
    const int row = grid_->rowCount();
    grid_->addWidget(label(name, "small"), row, 0, Qt::AlignTop);
    auto* shown = wrapped(value, "");
    shown->setAccessibleName(tr("结果 ") + name);
    shown->setAccessibleDescription(value);
    shown->setTextInteractionFlags(Qt::TextSelectableByMouse);
    grid_->addWidget(shown, row, 1);
  };
  const auto& result = one->result;
  add(tr("经营主体"), TaskWords::operator_of(result) + (result.subject.empty() ? QString() : tr("（已关联主体库）")));
  add(tr("信用代码"), qs(result.credit_code));
  add(tr("业务领域"), qs(result.field));
  add(tr("链接"), qs(result.link));
  add(tr("快照"), qs(result.snapshot));
  add(tr("发现单位"), qs(result.found_by));
  add(tr("备注"), qs(result.note));
  for (const auto& id : one->packages) {
    auto* made = button(qs(id), "shield");
    made->setProperty("wordChip", true);
    made->setAccessibleName(tr("结果 证据 ") + qs(id));
    connect(made, &QPushButton::clicked, this, [this, id] { emit package_wanted(id); });
    packages_->addWidget(made);
    made->show();
  }
  if (one->packages.empty()) {
    auto* none = label(tr("还没有证据：去取证，封存后自动回到这里。"), "small");
    packages_->addWidget(none);
    none->show();
  }
  const bool open = !is_over(one->item.state) && desk_.may_change();
  for (auto* act : {capture_, edit_, attach_}) act->setEnabled(open);
}

CluesView::CluesView(TaskDesk& desk, QWidget* parent) : QWidget(parent), desk_(desk) {
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(4, 8, 4, 0);
  all->setSpacing(8);
  auto* row = new QHBoxLayout;
  auto* add = button(tr("登记线索…"), "plus");
  add->setAccessibleName(tr("登记线索"));
  open_only_ = pill(tr("只看待研判"));
  open_only_->setAccessibleName(tr("线索 只看待研判"));
  open_only_->setChecked(true);
  row->addWidget(add);
  row->addWidget(open_only_);
  row->addStretch(1);
  all->addLayout(row);
  RowLook look;
  look.rule = true;
  look.chip_lines = 1;
  list_ = new RowList(tr("线索列表"), look);
  all->addWidget(list_, 1);
  empty_ = wrapped(tr("没有待研判的线索。"), "quiet");
  all->addWidget(empty_, 1, Qt::AlignTop);
  facts_ = note_box("grey");
  text_ = wrapped({}, "");
  text_->setAccessibleName(tr("线索 内容"));
  text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  link_ = wrapped({}, "small");
  link_->setAccessibleName(tr("线索 链接"));
  link_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto* documents = new QWidget;
  documents_ = new FlowLayout(8);
  documents->setLayout(documents_);
  for (auto* one : {static_cast<QWidget*>(text_), static_cast<QWidget*>(link_), documents}) facts_->layout()->addWidget(one);
  all->addWidget(facts_);
  facts_->hide();
  connect(add, &QPushButton::clicked, this, &CluesView::add_wanted);
  connect(open_only_, &QPushButton::toggled, this, &CluesView::refresh);
  connect(list_, &RowList::moved, this, [this](int at) {
    if (filling_) return;
    chosen_ = list_->rows().row(at).key;
    show_facts();
    emit clue_wanted(chosen_);
  });
}

const ClueEntry* CluesView::entry(std::int64_t id) const {
  const auto found = std::find_if(clues_.begin(), clues_.end(), [id](const ClueEntry& one) { return one.item.id == id; });
  return found == clues_.end() ? nullptr : &*found;
}

const ClueEntry* CluesView::chosen() const { return entry(chosen_); }

void CluesView::show_facts() {
  const auto* one = chosen();
  facts_->setVisible(one != nullptr);
  if (!one) return;
  text_->setText(qs(one->clue.content));
  text_->setAccessibleDescription(text_->text());
  link_->setText(qs(one->clue.link));
  link_->setAccessibleDescription(link_->text());
  link_->setVisible(!one->clue.link.empty());
  clear_layout(documents_);
  for (const auto& document : one->clue.documents) {
    auto* made = button(qs(document.name), "document");
    made->setProperty("wordChip", true);
    made->setAccessibleName(tr("线索 材料 ") + qs(document.name));
    connect(made, &QPushButton::clicked, this, [this, document] { emit document_wanted(document); });
    documents_->addWidget(made);
    made->show();
  }
}

void CluesView::refresh() {
  desk_.clues(open_only_->isChecked(), this, [this](const Result<std::vector<ClueEntry>>& clues) {
    if (!clues) return;
    clues_ = *clues;
    std::vector<Row> rows;
    int open = 0;
    for (const auto& one : clues_) {
      Row row;
      row.key = one.item.id;
      row.icon = one.clue.source == ClueSource::Complaint ? "note" : one.clue.source == ClueSource::Patrol ? "search" : "in";
      row.colour = colour::blue;
      row.title = one.clue.operator_name.empty() ? tr("经营主体不明") : qs(one.clue.operator_name);
      QStringList facts{TaskWords::word(one.clue.source), qs(one.clue.from)};
      if (!one.clue.outside_number.empty()) facts << qs(one.clue.outside_number);
      if (one.clue.received) facts << TaskWords::day(*one.clue.received);
      row.lines << facts.join(QStringLiteral(" · "));
      row.chips.push_back(TaskWords::chip(one.item.state));
      if (one.item.state == FlowState::Waiting) ++open;
      rows.push_back(std::move(row));
    }
    list_->setVisible(!rows.empty());
    empty_->setVisible(rows.empty());
    filling_ = true;
    list_->rows().set_rows(std::move(rows));
    list_->choose(list_->rows().find(chosen_));
    filling_ = false;
    if (!chosen()) chosen_ = 0;
    show_facts();
    emit counted(open);
  });
}

}  // namespace guzheng::ui
