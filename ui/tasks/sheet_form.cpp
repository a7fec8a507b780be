#include "ui/tasks/sheet_form.h"

#include <QButtonGroup>
#include <QFileDialog>
#include <QGridLayout>
#include <QTime>

#include "ui/base/flow_layout.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/tasks/chip_field.h"
#include "ui/tasks/task_words.h"

namespace guzheng::ui {
namespace {

constexpr int kSaveAfterMs = 1200;

QDateEdit* task_date(const QString& name) {
  auto* out = new QDateEdit;
  out->setAccessibleName(name);
  out->setDisplayFormat("yyyy-MM-dd");
  out->setCalendarPopup(true);
  out->setMinimumDate(QDate(2000, 1, 1));
  out->setSpecialValueText(SheetForm::tr("未定"));
  out->setFixedWidth(136);
  return out;
}

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
  all->addWidget(scroller(build_sheet()), 1);
  foot_ = build_foot();
  all->addWidget(line());
  all->addWidget(foot_);
  soon_.setSingleShot(true);
  soon_.setInterval(kSaveAfterMs);
  connect(&soon_, &QTimer::timeout, this, &SheetForm::save_now);
  set_editable(false);
}

QWidget* SheetForm::build_sheet() {
  auto* sheet = new QWidget;
  auto* column = new QVBoxLayout(sheet);
  column->setContentsMargins(10, 8, 14, 12);
  column->setSpacing(10);
  auto* title = label(tr("网络交易监测任务单"), "big");
  title->setAlignment(Qt::AlignCenter);
  column->addWidget(title);
  grid_ = new QGridLayout;
  grid_->setColumnMinimumWidth(0, 104);
  grid_->setColumnStretch(1, 1);
  grid_->setHorizontalSpacing(10);
  grid_->setVerticalSpacing(8);
  column->addLayout(grid_);
  column->addStretch(1);

  auto* head = new QWidget;
  auto* row = new QHBoxLayout(head);
  row->setContentsMargins(0, 0, 0, 0);
  issuer_ = new QLineEdit;
  issuer_->setAccessibleName(tr("任务单 发起单位"));
  issuer_->setMaxLength(130);
  connect(issuer_, &QLineEdit::textEdited, this, &SheetForm::edited);
  row->addWidget(issuer_, 1);
  issuer_number_ = label({}, "quiet");
  issuer_number_->setAccessibleName(tr("任务单 编号"));
  row->addWidget(issuer_number_);
  add_row(tr("发起单位（盖章）"), true, head);
  name_ = text_row(SheetField::Name);
  source_ = text_row(SheetField::Source);

  auto* kinds = new QWidget;
  auto* flow = new FlowLayout(14);
  kinds->setLayout(flow);
  category_ = new QButtonGroup(this);
  for (int i = 0; i < 3; ++i) {
    auto* made = new QRadioButton(TaskWords::word(static_cast<TaskCategory>(i)));
    made->setAccessibleName(tr("监测类别 ") + TaskWords::short_word(static_cast<TaskCategory>(i)));
    category_->addButton(made, i);
    flow->addWidget(made);
    categories_[static_cast<std::size_t>(i)] = made;
  }
  connect(category_, &QButtonGroup::idClicked, this, &SheetForm::edited);
  add_row(tr("监测类别"), true, kinds);

  auto* ways = new QWidget;
  auto* way = new QHBoxLayout(ways);
  way->setContentsMargins(0, 0, 0, 0);
  way->setSpacing(14);
  for (int i = 0; i < 2; ++i) {
    auto* made = new QCheckBox(TaskWords::word(static_cast<TaskMethod>(i)));
    made->setAccessibleName(tr("监测方式 ") + made->text());
    connect(made, &QCheckBox::clicked, this, &SheetForm::edited);
    way->addWidget(made);
    methods_[static_cast<std::size_t>(i)] = made;
  }
  third_party_ = new QLineEdit;
  third_party_->setAccessibleName(tr("任务单 第三方名称"));
  third_party_->setPlaceholderText(tr("第三方名称（可不填）"));
  connect(third_party_, &QLineEdit::textEdited, this, &SheetForm::edited);
  way->addWidget(third_party_, 1);
  add_row(tr("监测方式"), true, ways);
  add_row(tr("监测时间"), true, build_times());
  range_ = text_row(SheetField::Range);
  add_row(tr("监测对象类型"), true, build_targets(), true);
  content_ = new QPlainTextEdit;
  content_->setAccessibleName(tr("任务单 监测内容"));
  content_->setTabChangesFocus(true);
  content_->setFixedHeight(66);
  connect(content_, &QPlainTextEdit::textChanged, this, &SheetForm::edited);
  add_row(tr("监测内容"), true, content_, true);
  add_row(tr("监测特征词"), true, build_features(), true);
  add_row(tr("监测结果反馈"), true, build_feedback(), true);
  return sheet;
}

void SheetForm::add_row(const QString& name, bool compulsory, QWidget* field, bool top) {
  const int row = grid_->rowCount();
  auto* title = new QWidget;
  auto* both = new QHBoxLayout(title);
  both->setContentsMargins(0, top ? 6 : 0, 0, 0);
  both->setSpacing(3);
  both->addWidget(label(name, "quiet"));
  if (compulsory) both->addWidget(label(QStringLiteral("*"), "bad"));
  both->addStretch(1);
  grid_->addWidget(title, row, 0, top ? Qt::AlignTop : Qt::AlignVCenter);
  grid_->addWidget(field, row, 1);
}

QLineEdit* SheetForm::text_row(SheetField field) {
  const auto name = TaskWords::word(field);
  auto* out = new QLineEdit;
  out->setAccessibleName(tr("任务单 ") + name);
  out->setMaxLength(130);
  connect(out, &QLineEdit::textEdited, this, &SheetForm::edited);
  add_row(name, true, out);
  return out;
}

QWidget* SheetForm::build_times() {
  auto* out = new QWidget;
  auto* row = new QHBoxLayout(out);
  row->setContentsMargins(0, 0, 0, 0);
  from_ = task_date(tr("监测时间 起"));
  until_ = task_date(tr("监测时间 止"));
  days_ = label({}, "small");
  days_->setAccessibleName(tr("监测时间 工作日"));
  row->addWidget(from_);
  row->addWidget(label(tr("至"), "quiet"));
  row->addWidget(until_);
  row->addWidget(days_);
  row->addStretch(1);
  connect(from_, &QDateEdit::dateChanged, this, &SheetForm::edited);
  connect(until_, &QDateEdit::dateChanged, this, &SheetForm::edited);
  return out;
}

QWidget* SheetForm::build_targets() {
  auto* out = new QWidget;
  auto* grid = new QGridLayout(out);
  grid->setContentsMargins(0, 4, 0, 0);
  grid->setHorizontalSpacing(12);
  for (int i = 0; i < 7; ++i) {
    const auto word = TaskWords::word(static_cast<TargetKind>(i));
    auto* made = new QCheckBox(word);
    made->setAccessibleName(tr("监测对象 ") + word);
    connect(made, &QCheckBox::clicked, this, &SheetForm::edited);
    grid->addWidget(made, i / 4, i % 4);
    targets_[static_cast<std::size_t>(i)] = made;
  }
  other_ = new QLineEdit;
  other_->setAccessibleName(tr("监测对象 注明其他"));
  other_->setPlaceholderText(tr("注明其他"));
  connect(other_, &QLineEdit::textEdited, this, &SheetForm::edited);
  grid->addWidget(other_, 1, 3);
  return out;
}

QWidget* SheetForm::build_features() {
  auto* out = new QWidget;
  auto* grid = new QGridLayout(out);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setColumnStretch(1, 1);
  grid->setColumnMinimumWidth(0, 58);
  grid->setVerticalSpacing(4);
  const auto add = [&](const QString& name, const QString& sign, bool files) {
    auto* field = new ChipField(tr("特征词 ") + name, sign, files);
    const int row = grid->rowCount();
    auto* title = label(name, "small");
    title->setContentsMargins(0, 7, 0, 0);
    grid->addWidget(title, row, 0, Qt::AlignTop);
    grid->addWidget(field, row, 1);
    connect(field, &ChipField::edited, this, &SheetForm::edited);
    connect(field, &ChipField::file_wanted, this, [this, field] { add_file(field); });
    return field;
  };
  keywords_ = add(tr("关键字词"), {}, false);
  trade_terms_ = add(tr("行业用语"), {}, false);
  code_words_ = add(tr("暗号暗语"), {}, false);
  pictures_ = add(tr("图形图像"), "camera", true);
  sounds_ = add(tr("音视频"), "video", true);
  return out;
}

QWidget* SheetForm::build_feedback() {
  auto* out = new QWidget;
  auto* grid = new QGridLayout(out);
  grid->setContentsMargins(0, 4, 0, 0);
  grid->setColumnStretch(1, 1);
  for (int i = 0; i < 4; ++i) {
    const auto kind = static_cast<FeedbackKind>(i);
    auto& row = feedback_[static_cast<std::size_t>(i)];
    row.box = new QCheckBox(TaskWords::word(kind));
    row.box->setAccessibleName(tr("反馈 ") + row.box->text());
    row.state = label({}, "small");
    row.state->setAccessibleName(tr("反馈状态 ") + row.box->text());
    row.send = link_button(tr("报送…"));
    row.send->setAccessibleName(tr("报送 ") + row.box->text());
    connect(row.box, &QCheckBox::clicked, this, &SheetForm::edited);
    connect(row.send, &QPushButton::clicked, this, [this, i] { emit deliver_wanted(item_.id, i); });
    auto* left = new QWidget;
    auto* across = new QHBoxLayout(left);
    across->setContentsMargins(0, 0, 0, 0);
    across->addWidget(row.box);
    if (kind == FeedbackKind::PlatformCount) {
      platforms_ = new QLineEdit;
      platforms_->setAccessibleName(tr("反馈 平台个数"));
      rounds_ = new QLineEdit;
      rounds_->setAccessibleName(tr("反馈 监测次数"));
      for (auto* field : {platforms_, rounds_}) {
        field->setFixedWidth(56);
        field->setMaxLength(7);
        connect(field, &QLineEdit::textEdited, this, &SheetForm::edited);
        across->addWidget(field);
        across->addWidget(label(field == platforms_ ? tr("个") : tr("次")));
      }
    }
    grid->addWidget(left, i, 0);
    grid->addWidget(row.state, i, 1);
    grid->addWidget(row.send, i, 2);
  }
  return out;
}

QWidget* SheetForm::build_foot() {
  auto* out = new QWidget;
  auto* row = new QHBoxLayout(out);
  row->setContentsMargins(10, 10, 6, 0);
  auto* words = new QVBoxLayout;
  words->setSpacing(0);
  progress_ = label({}, "quiet");
  progress_->setAccessibleName(tr("任务单 进度"));
  missing_ = wrapped({}, "warn");
  missing_->setAccessibleName(tr("任务单 还缺"));
  words->addWidget(progress_);
  words->addWidget(missing_);
  row->addLayout(words, 1);
  save_ = button(tr("存草稿  Ctrl+S"));
  save_->setAccessibleName(tr("存草稿"));
  submit_ = main_button(tr("提交  Ctrl+Enter"));
  submit_->setAccessibleName(tr("提交任务单"));
  row->addWidget(save_);
  row->addWidget(submit_);
  connect(save_, &QPushButton::clicked, this, &SheetForm::save_now);
  connect(submit_, &QPushButton::clicked, this, &SheetForm::submit);
  return out;
}

void SheetForm::show_task(const TaskView& view) {
  const bool other = view.entry.item.id != item_.id;
  if (other && dirty_) save_now();
  item_ = view.entry.item;
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
  foot_->setVisible(editable);
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
  missing_->setVisible(!missing.isEmpty());
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
  if (!dirty_ && !saving_) return emit submit_wanted(item_.id);
  soon_.stop();
  const auto now = sheet();
  desk_.save(item_.id, now, this, [this, now, id = item_.id](const Status& done) {
    if (!done) return emit refused(done.error());
    kept_ = now;
    dirty_ = false;
    show_progress();
    emit submit_wanted(id);
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
