#include "ui/tasks/paper_window.h"

#include <QDir>
#include <QFileDialog>

#include "ui/base/text.h"

namespace guzheng::ui {
namespace {

constexpr int kMostRounds = 1'000'000;

bool has_table(TaskForm form) { return form != TaskForm::Sheet; }

Paper shown(TaskPaperDesk& desk, const PrintedPaper& paper) {
  const auto name = qs(paper.paper.name);
  return {name, name, paper.pdf.string(), [desk = QPointer<TaskPaperDesk>(&desk), paper] {
            if (desk) desk->printed(paper);
          }};
}

}  // namespace

PaperForm::PaperForm(const TaskPaper& paper, const QString& name, QWidget* parent) : FormWindow(name, tr("生成"), parent), before_(paper) {
  set_doing(Doing::PrintTask);
  resize(620, 260);
  made_by_ = text(tr("监测单位 *"), {}, paper.made_by, 130);
  must(made_by_);
  if (paper.form == TaskForm::MonitorReport) {
    conclusion_ = lines(tr("结论与建议 *"), paper.conclusion);
    conclusion_->setFixedHeight(170);
    resize(620, 380);
  }
  if (paper.form == TaskForm::PlatformCount) {
    auto* all = new QWidget;
    auto* column = new QVBoxLayout(all);
    column->setContentsMargins(0, 0, 0, 0);
    visits_ = new QVBoxLayout;
    column->addLayout(visits_);
    auto* more = link_button(tr("+ 再加一个平台"));
    more->setAccessibleName(name + tr(" 再加一个平台"));
    column->addWidget(more, 0, Qt::AlignLeft);
    add_row(tr("监测了哪些平台 *"), all);
    for (const auto& one : paper.visits) add_visit(one);
    if (paper.visits.empty()) add_visit({{}, 1});
    connect(more, &QPushButton::clicked, this, [this] {
      add_visit({{}, 1});
      rounds_.back().first->setFocus();
    });
  }
  refresh();
}

void PaperForm::add_visit(const PlatformVisits& visits) {
  const auto number = QString::number(rounds_.size() + 1);
  auto* platform = new QLineEdit(qs(visits.platform));
  platform->setAccessibleName(tr("平台 ") + number);
  platform->setPlaceholderText(tr("平台或网站的名称；不填的行不计"));
  platform->setMaxLength(130);
  auto* rounds = new QSpinBox;
  rounds->setAccessibleName(tr("次数 ") + number);
  rounds->setRange(1, kMostRounds);
  rounds->setValue(visits.rounds);
  rounds->setSuffix(tr(" 次"));
  auto* row = new QHBoxLayout;
  row->addWidget(platform, 1);
  row->addWidget(rounds);
  visits_->addLayout(row);
  rounds_.emplace_back(platform, rounds);
}

TaskPaper PaperForm::paper() const {
  auto out = before_;
  out.made_by = ss(made_by_->text().trimmed());
  if (conclusion_) out.conclusion = ss(conclusion_->toPlainText().trimmed());
  if (!visits_) return out;
  out.visits.clear();
  for (const auto& [platform, rounds] : rounds_)
    if (!platform->text().trimmed().isEmpty()) out.visits.push_back({ss(platform->text().trimmed()), rounds->value()});
  return out;
}

TaskPaperWindow::TaskPaperWindow(ReportDesk& pages, TaskPaperDesk& desk, const PrintedPaper& paper, bool may_deliver)
    : ReportWindow(pages, shown(desk, paper)), desk_(desk), made_(paper) {
  const auto add = [this](const QString& text, const QString& name, auto act) {
    auto* made = button(text);
    made->setAccessibleName(name);
    bar()->insertWidget(bar()->count() - 1, made);
    connect(made, &QPushButton::clicked, this, act);
  };
  add(tr("存为 PDF…"), tr("表单存为 PDF"), [this] { save_pdf(); });
  if (has_table(paper.paper.form)) add(tr("导出表格…"), tr("表单导出表格"), [this] { save_table(); });
  if (may_deliver)
    add(tr("报送…"), tr("报送这份材料"), [this] {
      emit deliver_wanted();
      close();
    });
}

void TaskPaperWindow::save_pdf() {
  const auto file = QFileDialog::getSaveFileName(this, tr("存为 PDF"), QDir::homePath() + QLatin1Char('/') + qs(made_.pdf.filename().string()), tr("PDF (*.pdf)"), nullptr, QFileDialog::DontUseNativeDialog);
  if (!file.isEmpty()) desk_.save_pdf(made_, ss(file), this, [this, file](const Status& done) { told(done, file); });
}

void TaskPaperWindow::save_table() {
  const auto file = QFileDialog::getSaveFileName(this, tr("导出表格"), QDir::homePath() + QLatin1Char('/') + qs(made_.paper.name) + QStringLiteral(".xlsx"), tr("表格 (*.xlsx *.csv)"), nullptr,
                                                 QFileDialog::DontConfirmOverwrite | QFileDialog::DontUseNativeDialog);
  if (!file.isEmpty()) desk_.write_table(made_.paper, ss(file), this, [this, file](const Status& done) { told(done, file); });
}

void TaskPaperWindow::told(const Status& done, const QString& file) {
  if (done) return say(tr("已存到 %1").arg(file));
  const auto words = sentence(Doing::PrintTask, done.error());
  say(words.happened + words.next);
}

}  // namespace guzheng::ui
