#include "ui/tasks/move_window.h"

#include "ui/base/text.h"
#include "ui/tasks/document_row.h"
#include "ui/tasks/task_words.h"

namespace guzheng::ui {
namespace {

bool asked_of_person(MoveNeed need) {
  using N = MoveNeed;
  switch (need) {
    case N::Reason: case N::Basis: case N::Text: case N::Unit: case N::OtherUnit: case N::Outcome: case N::Measures: case N::Documents: case N::Extension: case N::LaterDay: case N::Target: case N::Package: case N::Feedback:
      return true;
    default: return false;
  }
}

void fill_with_units(QComboBox* box, const SubjectDesk& subjects, const std::string& own, const std::string& proposed) {
  box->setEditable(true);
  box->setInsertPolicy(QComboBox::NoInsert);
  if (!own.empty()) box->addItem(qs(own));
  for (const auto& unit : subjects.lists().units)
    if (unit.name != own) box->addItem(qs(unit.name));
  box->setCurrentText(qs(proposed));
  box->setMinimumWidth(240);
}

}  // namespace

bool MoveWindow::asks(const FlowItem& item, FlowMove move) {
  const auto* rule = rule_for(item.kind, move, item.state);
  return rule && std::any_of(rule->needs.begin(), rule->needs.end(), asked_of_person);
}

MoveWindow::MoveWindow(TaskDesk& desk, const SubjectDesk& subjects, const FlowItem& item, FlowMove move, std::vector<MoveTarget> targets, QWidget* parent)
    : FormWindow(TaskWords::word(move), tr("签名并%1").arg(TaskWords::word(move)), parent), desk_(desk), subjects_(subjects), item_(item), move_(move), targets_(std::move(targets)) {
  set_doing(Doing::MoveTask);
  if (const auto* rule = rule_for(item.kind, move, item.state))
    for (const auto need : rule->needs) add_need(need);
  refresh();
}

QComboBox* MoveWindow::units(const QString& name, const std::string& proposed) {
  auto* out = choice(name);
  fill_with_units(out, subjects_, desk_.actor().unit, proposed);
  add_row(name + QStringLiteral(" *"), out);
  return out;
}

void MoveWindow::add_need(MoveNeed need) {
  using N = MoveNeed;
  switch (need) {
    case N::Reason:
      reason_ = text(tr("理由 *"), {}, {}, 600);
      must(reason_);
      break;
    case N::Basis:
      basis_ = text(tr("依据 *"), tr("法律、法规、规章的名称和条款"), {}, 600);
      must(basis_);
      break;
    case N::Text: text_ = lines(tr("情况 *"), {}); break;
    case N::Unit: unit_ = units(tr("承办单位"), item_.unit.empty() ? desk_.actor().unit : item_.unit); break;
    case N::OtherUnit: unit_ = units(tr("转往单位"), {}); break;
    case N::Outcome:
      outcome_ = choice(tr("核查结论"));
      for (const auto one : {ClueOutcome::Violation, ClueOutcome::NoViolation}) outcome_->addItem(TaskWords::word(one), static_cast<int>(one));
      add_row(tr("核查结论 *"), outcome_);
      break;
    case N::Measures: {
      auto* all = new QWidget;
      auto* row = new QHBoxLayout(all);
      row->setContentsMargins(0, 0, 0, 0);
      for (int i = 0; i <= static_cast<int>(Measure::CreditDiscipline); ++i) {
        auto* box = new QCheckBox(TaskWords::word(static_cast<Measure>(i)));
        box->setAccessibleName(tr("措施 ") + box->text());
        row->addWidget(box);
        measures_.push_back(box);
      }
      row->addStretch(1);
      add_row(tr("措施 *"), all);
      break;
    }
    case N::Documents:
      documents_ = new DocumentRow(desk_, TaskWords::word(move_));
      add_row(tr("文书 *"), documents_);
      connect(documents_, &DocumentRow::refused, this, &MoveWindow::show_error);
      break;
    case N::Extension:
      extension_ = choice(tr("延期原因"));
      for (int i = 0; i <= static_cast<int>(ExtensionReason::Assistance); ++i) extension_->addItem(TaskWords::word(static_cast<ExtensionReason>(i)));
      add_row(tr("延期原因 *"), extension_);
      break;
    case N::LaterDay:
      until_ = new QDateEdit(TaskWords::date(desk_.calendar().after(item_.due.value_or(desk_.today()), 15).day));
      until_->setAccessibleName(TaskWords::word(move_) + tr(" 延至"));
      until_->setDisplayFormat("yyyy-MM-dd");
      until_->setCalendarPopup(true);
      add_row(tr("延至 *"), until_);
      break;
    case N::Target:
      target_ = choice(tr("目标"));
      for (const auto& one : targets_) target_->addItem(one.name, QVariant::fromValue<qint64>(one.id));
      add_row(move_ == FlowMove::Merge ? tr("并入结果 *") : tr("转为任务 *"), target_);
      break;
    case N::Package:
      package_ = text(tr("证据包编号 *"), {}, {}, 100);
      must(package_);
      break;
    case N::Feedback:
      feedback_ = choice(tr("反馈材料"));
      for (const auto kind : item_.wanted) feedback_->addItem(TaskWords::word(kind), static_cast<int>(kind));
      add_row(tr("反馈材料 *"), feedback_);
      break;
    default: break;
  }
}

void MoveWindow::add_document(const Document& document) {
  if (documents_) documents_->add(document);
}

void MoveWindow::set_feedback(FeedbackKind kind) {
  if (feedback_) feedback_->setCurrentIndex(std::max(0, feedback_->findData(static_cast<int>(kind))));
}

MoveOrder MoveWindow::order() const {
  MoveOrder out;
  out.move = move_;
  if (reason_) out.reason = ss(reason_->text().trimmed());
  if (basis_) out.basis = ss(basis_->text().trimmed());
  if (text_) out.text = ss(text_->toPlainText().trimmed());
  if (unit_) out.unit = ss(unit_->currentText().trimmed());
  if (outcome_) out.outcome = static_cast<ClueOutcome>(outcome_->currentData().toInt());
  for (std::size_t i = 0; i < measures_.size(); ++i)
    if (measures_[i]->isChecked()) out.measures.insert(static_cast<Measure>(i));
  if (documents_) out.documents = documents_->documents();
  if (extension_) out.extension = static_cast<ExtensionReason>(extension_->currentIndex());
  if (until_) out.until = TaskWords::day_of(until_->date());
  if (target_) out.target = target_->currentData().toLongLong();
  if (package_) out.package = ss(package_->text().trimmed());
  if (feedback_) out.feedback = static_cast<FeedbackKind>(feedback_->currentData().toInt());
  return out;
}

BulkWindow::BulkWindow(const TaskDesk& desk, const SubjectDesk& subjects, const std::vector<ResultEntry>& results, QWidget* parent) : FormWindow(tr("批量分派"), tr("签名并分派"), parent) {
  set_doing(Doing::MoveTask);
  unit_ = choice(tr("承办单位"));
  fill_with_units(unit_, subjects, desk.actor().unit, desk.actor().unit);
  add_row(tr("承办单位 *"), unit_);
  for (const auto& one : results) {
    auto* box = new QCheckBox(tr("结果 %1  %2 · %3").arg(one.serial).arg(TaskWords::operator_of(one.result), qs(one.result.violation)));
    box->setAccessibleName(tr("批量分派 结果 %1").arg(one.serial));
    box->setChecked(true);
    add_row({}, box);
    boxes_.emplace_back(box, one.item.id);
  }
  refresh();
}

std::vector<std::int64_t> BulkWindow::ids() const {
  std::vector<std::int64_t> out;
  for (const auto& [box, id] : boxes_)
    if (box->isChecked()) out.push_back(id);
  return out;
}

MoveOrder BulkWindow::order() const {
  MoveOrder out;
  out.move = FlowMove::Assign;
  out.unit = ss(unit_->currentText().trimmed());
  return out;
}

}  // namespace guzheng::ui
