// The last step of an import: what became of each row, exported, compared, or taken back as a whole.
#include <QButtonGroup>
#include <QDir>
#include <QFileDialog>
#include <QStackedWidget>

#include "ui/base/empty_hint.h"
#include "ui/base/flow_layout.h"
#include "ui/base/message_bar.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/subjects/intake_window.h"
#include "ui/subjects/intake_words.h"

namespace guzheng::ui {

QWidget* IntakeWindow::build_outcome() {
  auto* page = new QWidget;
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(12);
  auto* card = new Card(tr("导入结果"));
  counts_ = wrapped({}, "title");
  counts_->setAccessibleName(tr("导入结果数"));
  card->body()->addWidget(counts_);
  auto* pills = new QWidget;
  auto* flow = new FlowLayout(6);
  pills->setLayout(flow);
  auto* group = new QButtonGroup(card);
  int number = 0;
  for (const auto& name : {tr("全部有说明的行"), tr("丢弃"), tr("合并"), tr("改正"), tr("存疑")}) {
    auto* one = pill(name);
    one->setAccessibleName(tr("结果 ") + name);
    group->addButton(one, number++);
    flow->addWidget(one);
    outcomes_.push_back(one);
  }
  outcomes_.front()->setChecked(true);
  card->body()->addWidget(pills);
  RowLook look;
  look.left_width = 74;
  look.rule = true;
  look.text_lines = 3;
  note_list_ = new RowList(tr("结果列表"), look);
  new EmptyHint(note_list_, tr("没有这样的行。"));
  card->body()->addWidget(note_list_, 1);
  shown_ = wrapped({}, "small");
  shown_->setAccessibleName(tr("结果显示范围"));
  card->body()->addWidget(shown_);
  column->addWidget(card, 1);
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  auto* more = button(tr("再导入一个"), "in");
  auto* out = button(tr("导出结果"), "export");
  out->setAccessibleName(tr("导出导入结果"));
  alike_ = button(tr("相似主体…"), "copy");
  alike_->setAccessibleName(tr("比对导入的主体"));
  alike_->setToolTip(tr("新增的当中，有没有库里已有、只是写法不同的"));
  undo_ = button(tr("撤销这次导入"), "undo");
  set_role(undo_, "danger", true);
  auto* done = main_button(tr("完成"), "check");
  done->setAccessibleName(tr("完成导入"));
  row->addWidget(undo_);
  row->addWidget(alike_);
  row->addStretch(1);
  row->addWidget(more);
  row->addWidget(out);
  row->addWidget(done);
  column->addLayout(row);
  connect(group, &QButtonGroup::idClicked, this, [this](int id) {
    outcome_ = id;
    show_notes();
  });
  connect(undo_, &QPushButton::clicked, this, [this] { imports_.undo(batch_); });
  connect(alike_, &QPushButton::clicked, this, [this] { emit alike_wanted(batch_); });
  connect(more, &QPushButton::clicked, this, [this] {
    messages_->clear();
    show_step(File);
    imports_.ask_batches();
  });
  connect(out, &QPushButton::clicked, this, &IntakeWindow::export_result);
  connect(done, &QPushButton::clicked, this, &QWidget::close);
  return page;
}

void IntakeWindow::show_result(std::int64_t batch, const ImportCounts& counts) {
  batch_ = batch;
  notes_.clear();
  counts_->setText(IntakeWords::counts_text(counts));
  counts_->setAccessibleDescription(counts_->text());
  undo_->setEnabled(desk_.may_change());
  show_notes();
  show_step(Outcome);
  imports_.ask_notes(batch);
}

void IntakeWindow::show_notes() {
  int counts[5]{};
  std::vector<Row> rows;
  for (const auto& note : notes_) {
    const bool is[] = {true, note.outcome == RowOutcome::Dropped, note.outcome == RowOutcome::Merged, IntakeWords::is_corrected(note), IntakeWords::is_doubted(note)};
    for (int i = 0; i < 5; ++i) counts[i] += is[i];
    if (!is[outcome_]) continue;
    Row row;
    row.left = tr("第 %1 行").arg(note.line);
    row.icon = note.outcome == RowOutcome::Dropped ? "cross-circle" : note.outcome == RowOutcome::Merged ? "copy" : IntakeWords::is_doubted(note) ? "question" : "pencil";
    row.colour = note.outcome == RowOutcome::Dropped ? colour::red : note.outcome == RowOutcome::Merged ? colour::blue : colour::amber;
    row.title = (note.outcome == RowOutcome::Dropped ? tr("丢弃") : note.outcome == RowOutcome::Merged ? tr("合并") : tr("新增")) + QStringLiteral(" · ") + (note.name.empty() ? tr("（没有名称）") : qs(note.name));
    row.lines = IntakeWords::item_lines(note.items, 3);
    if (note.same_as && row.lines.size() < 3) row.lines << tr("与第 %1 行是同一主体").arg(note.same_as);
    rows.push_back(std::move(row));
  }
  for (int i = 1; i < 5; ++i) {
    const QString names[] = {{}, tr("丢弃"), tr("合并"), tr("改正"), tr("存疑")};
    outcomes_[static_cast<std::size_t>(i)]->setText(names[i] + QString(" %1").arg(counts[i]));
  }
  const bool all = notes_.size() < SubjectImport::kMostNotes;
  shown_->setText(all ? QString() : tr("这里只列前 %1 条，全部在“导出结果”里。").arg(SubjectImport::kMostNotes));
  shown_->setVisible(!all);
  note_list_->rows().set_rows(std::move(rows));
}

void IntakeWindow::export_result() {
  const auto file = QFileDialog::getSaveFileName(this, tr("导出结果"), QDir::homePath() + QLatin1Char('/') + tr("导入结果") + ".csv", tr("表格 (*.csv *.xlsx)"), nullptr,
                                                 QFileDialog::DontConfirmOverwrite | QFileDialog::DontUseNativeDialog);
  if (!file.isEmpty()) imports_.export_notes(batch_, ss(file), IntakeWords::is_english());
}

}  // namespace guzheng::ui
