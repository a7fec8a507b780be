#include "ui/tasks/sheet_form.h"

#include <QButtonGroup>
#include <QFileDialog>
#include <QTime>

#include "ui/base/text.h"
#include "ui/tasks/chip_field.h"
#include "ui/tasks/task_words.h"

namespace guzheng::ui {
namespace {

constexpr int kSaveAfterMs = 1200;

void set_task_date(QDateEdit* field, std::optional<Day> day) { field->setDate(day ? TaskWords::date(day) : field->minimumDate()); }
std::optional<Day> task_day(const QDateEdit* field) { return field->date() == field->minimumDate() ? std::nullopt : TaskWords::day_of(field->date()); }
std::string typed_text(const QLineEdit* field) { return ss(field->text().trimmed()); }

std::optional<int> typed_count(const QLineEdit* field) {
  bool good = false;
  const int out = field->text().trimmed().toInt(&good);
  return good ? std::optional<int>(out) : std::nullopt;
}

}  // namespace

SheetForm::SheetForm(TaskDesk& desk, QWidget* parent) : QWidget(parent), desk_(desk) {
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(0, 0, 0, 0);
  all->setSpacing(0);
  none_ = wrapped(tr("选一个任务，这里是它的任务单；或新建一份（Ctrl+N）。"), "quiet");
  none_->setContentsMargins(10, 12, 10, 0);
  all->addWidget(none_, 0, Qt::AlignTop);
  body_ = new QWidget;
  auto* column = new QVBoxLayout(body_);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(scroller(build_sheet()), 1);
  foot_ = build_foot();
  column->addWidget(line());
  column->addWidget(foot_);
  all->addWidget(body_, 1);
  body_->hide();
  soon_.setSingleShot(true);
  soon_.setInterval(kSaveAfterMs);
  connect(&soon_, &QTimer::timeout, this, &SheetForm::save_now);
  set_editable(false);
}

void SheetForm::show_task(const TaskView& view) {
  const bool other = view.entry.item.id != item_.id;
  if (other && dirty_) save_now();
  item_ = view.entry.item;
  none_->hide();
  body_->show();
  number_ = view.entry.number;
  issuer_number_->setText(number_.empty() ? tr("编号：提交时取得") : tr("编号 %1").arg(qs(number_)));
  issuer_number_->setAccessibleDescription(issuer_number_->text());
  if (other) {
    dirty_ = false;
    kept_at_.clear();
  }
  if (!dirty_) {
    kept_ = view.entry.sheet;
    if (other || kept_ != sheet()) fill(kept_);
  }
  const bool draft = item_.state == FlowState::Draft || item_.state == FlowState::Returned || item_.state == FlowState::Revising;
  set_editable(draft && desk_.may_change() && item_.org == desk_.actor().unit);
  show_feedback();
  show_progress();
}

void SheetForm::fill(const TaskSheet& sheet) {
  filling_ = true;
  issuer_->setText(qs(sheet.issuer));
  name_->setText(qs(sheet.name));
  source_->setText(qs(sheet.source));
  category_->setExclusive(false);          // else the last tick cannot be taken away
  for (int i = 0; i < 3; ++i) categories_[static_cast<std::size_t>(i)]->setChecked(sheet.category == static_cast<TaskCategory>(i));
  category_->setExclusive(true);
  for (int i = 0; i < 2; ++i) methods_[static_cast<std::size_t>(i)]->setChecked(sheet.methods.contains(static_cast<TaskMethod>(i)));
  third_party_->setText(qs(sheet.third_party));
  set_task_date(from_, sheet.from);
  set_task_date(until_, sheet.until);
  range_->setText(qs(sheet.range));
  for (int i = 0; i < 7; ++i) targets_[static_cast<std::size_t>(i)]->setChecked(sheet.targets.contains(static_cast<TargetKind>(i)));
  other_->setText(qs(sheet.other_target));
  content_->setPlainText(qs(sheet.content));
  const auto named = [](const std::vector<std::string>& words) {
    std::vector<Document> out;
    for (const auto& one : words) out.push_back({one, {}});
    return out;
  };
  keywords_->set_words(named(sheet.features.keywords));
  trade_terms_->set_words(named(sheet.features.trade_terms));
  code_words_->set_words(named(sheet.features.code_words));
  pictures_->set_words(sheet.features.pictures);
  sounds_->set_words(sheet.features.sounds);
  for (int i = 0; i < 4; ++i) feedback_[static_cast<std::size_t>(i)].box->setChecked(sheet.feedback.contains(static_cast<FeedbackKind>(i)));
  platforms_->setText(sheet.platforms ? QString::number(*sheet.platforms) : QString());
  rounds_->setText(sheet.rounds ? QString::number(*sheet.rounds) : QString());
  for (auto* field : {issuer_, name_, source_, range_}) field->setCursorPosition(0);
  filling_ = false;
}

TaskSheet SheetForm::sheet() const {
  TaskSheet out = kept_;
  out.issuer = typed_text(issuer_);
  out.name = typed_text(name_);
  out.source = typed_text(source_);
  out.category.reset();
  if (category_->checkedId() >= 0) out.category = static_cast<TaskCategory>(category_->checkedId());
  out.methods.clear();
  for (int i = 0; i < 2; ++i)
    if (methods_[static_cast<std::size_t>(i)]->isChecked()) out.methods.insert(static_cast<TaskMethod>(i));
  out.third_party = typed_text(third_party_);
  out.from = task_day(from_);
  out.until = task_day(until_);
  out.range = typed_text(range_);
  out.targets.clear();
  for (int i = 0; i < 7; ++i)
    if (targets_[static_cast<std::size_t>(i)]->isChecked()) out.targets.insert(static_cast<TargetKind>(i));
  out.other_target = typed_text(other_);
  out.content = ss(content_->toPlainText().trimmed());
  out.features = {keywords_->texts(), trade_terms_->texts(), code_words_->texts(), pictures_->words(), sounds_->words()};
  out.feedback.clear();
  for (int i = 0; i < 4; ++i)
    if (feedback_[static_cast<std::size_t>(i)].box->isChecked()) out.feedback.insert(static_cast<FeedbackKind>(i));
  out.platforms = typed_count(platforms_);
  out.rounds = typed_count(rounds_);
  return out;
}

void SheetForm::set_editable(bool editable) {
  editable_ = editable;
  for (auto* field : {issuer_, name_, source_, third_party_, range_, other_, platforms_, rounds_}) field->setReadOnly(!editable);
  content_->setReadOnly(!editable);
  for (auto* field : {from_, until_}) {
    field->setReadOnly(!editable);
    field->setButtonSymbols(editable ? QAbstractSpinBox::UpDownArrows : QAbstractSpinBox::NoButtons);
  }
  // what is ticked stays readable: they are not greyed, only not to be changed
  const auto lock = [editable](QAbstractButton* box) {
    box->setAttribute(Qt::WA_TransparentForMouseEvents, !editable);
    box->setFocusPolicy(editable ? Qt::StrongFocus : Qt::NoFocus);
  };
  for (auto* box : categories_) lock(box);
  for (auto* box : methods_) lock(box);
  for (auto* box : targets_) lock(box);
  for (const auto& row : feedback_) lock(row.box);
  for (auto* field : {keywords_, trade_terms_, code_words_, pictures_, sounds_}) field->set_editable(editable);
  for (auto* part : {static_cast<QWidget*>(save_), static_cast<QWidget*>(submit_), static_cast<QWidget*>(progress_)}) part->setVisible(editable);
  print_->setEnabled(item_.id != 0);
}

void SheetForm::edited() {
  if (filling_ || !editable_) return;
  dirty_ = true;
  soon_.start();
  show_progress();
}

void SheetForm::show_progress() {
  const auto now = sheet();
  const auto progress = sheet_progress(now);
  QString text = tr("必填 %1/%2").arg(progress.filled).arg(progress.needed);
  if (dirty_) text += tr(" · 正在保存…");
  else if (!kept_at_.isEmpty()) text += tr(" · %1 已存").arg(kept_at_);
  progress_->setText(text);
  progress_->setAccessibleDescription(text);
  QStringList missing;
  for (const auto& problem : sheet_problems(now)) {
    if (problem.trouble == SheetTrouble::BeforeBeginning) missing << tr("监测时间的止早于起");
    else if (problem.trouble == SheetTrouble::NotTicked) missing << tr("%1（没有勾选）").arg(TaskWords::word(problem.field));
    else missing << TaskWords::word(problem.field);
  }
  const auto more = missing.size();
  if (more > 3) missing = missing.mid(0, 3);
  missing_->setText(missing.isEmpty() ? QString() : tr("还缺：%1").arg(missing.join(QStringLiteral("、"))) + (more > 3 ? tr(" 等 %1 项").arg(more) : QString()));
  missing_->setAccessibleDescription(missing_->text());
  missing_->setVisible(editable_ && !missing.isEmpty());
  submit_->setEnabled(missing.isEmpty());
  submit_->setText(item_.state == FlowState::Revising ? tr("提交修订  Ctrl+Enter") : tr("提交  Ctrl+Enter"));
  if (now.from && now.until && *now.from <= *now.until) days_->setText(tr("共 %1 个工作日").arg(desk_.calendar().between(*now.from - std::chrono::days(1), *now.until)));
  else days_->setText({});
  days_->setAccessibleDescription(days_->text());
  third_party_->setVisible(now.methods.contains(TaskMethod::ThirdParty) || !now.third_party.empty());
}

void SheetForm::show_feedback() {
  const auto moves = desk_.moves(item_);
  const bool may = std::find(moves.begin(), moves.end(), FlowMove::Deliver) != moves.end();
  for (int i = 0; i < 4; ++i) {
    auto& row = feedback_[static_cast<std::size_t>(i)];
    const auto kind = static_cast<FeedbackKind>(i);
    const bool wanted = item_.wanted.contains(kind), sent = item_.delivered.contains(kind);
    row.state->setText(!wanted ? QString() : sent ? tr("✓ 已报送") : tr("○ 未报送"));
    row.state->setAccessibleDescription(row.state->text());
    set_role(row.state, "role", sent ? "good" : "small");
    row.make->setVisible(wanted && (item_.state == FlowState::Running || item_.state == FlowState::Finished));
    row.send->setVisible(may && wanted);
  }
}

void SheetForm::save_now() {
  soon_.stop();
  if (!dirty_ || saving_ || !item_.id) return;
  if (!draft_problems(sheet()).empty()) return show_progress();     // what cannot be kept is said, and waits
  saving_ = true;
  const auto now = sheet();
  desk_.save(item_.id, now, this, [this, now, id = item_.id](const Status& done) {
    saving_ = false;
    if (id != item_.id) return;
    if (!done) return emit refused(done.error());
    kept_ = now;
    dirty_ = sheet() != now;
    kept_at_ = QTime::currentTime().toString("HH:mm");
    if (dirty_) soon_.start();
    show_progress();
  });
}

void SheetForm::submit() {
  if (!editable_ || !submit_->isEnabled()) return;
  save_then([this](std::int64_t id) { emit submit_wanted(id); });
}

void SheetForm::print() {
  if (item_.id) save_then([this](std::int64_t id) { emit print_wanted(id); });
}

// What is on the screen is what is submitted or printed.
void SheetForm::save_then(const std::function<void(std::int64_t)>& act) {
  if (!dirty_ && !saving_) return act(item_.id);
  soon_.stop();
  const auto now = sheet();
  desk_.save(item_.id, now, this, [this, now, act, id = item_.id](const Status& done) {
    if (!done) return emit refused(done.error());
    if (id == item_.id) {
      kept_ = now;
      dirty_ = sheet() != now;
      show_progress();
    }
    act(id);
  });
}

void SheetForm::focus_first() {
  name_->setFocus();
  name_->selectAll();
}

void SheetForm::add_file(ChipField* field) {
  const auto file = QFileDialog::getOpenFileName(this, tr("选择样例文件"), QDir::homePath(), {}, nullptr, QFileDialog::DontUseNativeDialog);
  if (file.isEmpty()) return;
  desk_.add_document(ss(file), this, [this, field](const Result<Document>& document) {
    if (!document) return emit refused(document.error());
    field->add(*document);
  });
}

}  // namespace guzheng::ui
