#include "ui/subjects/intake_window.h"

#include <QButtonGroup>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLineEdit>
#include <QLocale>
#include <QMimeData>
#include <QProgressBar>
#include <QStackedWidget>

#include "ui/base/flow_layout.h"
#include "ui/base/message_bar.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"

namespace guzheng::ui {
namespace {

// The words of the room are of two languages: those of the window's.
bool is_english() { return IntakeWindow::tr("导入主体") != QStringLiteral("导入主体"); }
QString word_of_field(std::size_t field) { return qs(is_english() ? english_name(static_cast<IntakeField>(field)) : chinese_name(static_cast<IntakeField>(field))); }
QString word_of_reason(const std::string& reason) {
  const auto word = is_english() ? note_english(reason) : note_chinese(reason);
  return word.empty() ? qs(reason) : qs(word);
}
QString word_of_named_field(const std::string& name) {
  const auto& names = intake_fields();
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? qs(name) : word_of_field(static_cast<std::size_t>(found - names.begin()));
}

QString item_text(const NoteItem& item) {
  QString out = item.field.empty() ? QString() : word_of_named_field(item.field) + QStringLiteral("：");
  out += word_of_reason(item.reason);
  if (!item.doubt && item.before != item.after) out += QStringLiteral("  “%1” → “%2”").arg(qs(item.before), qs(item.after));
  else if (!item.before.empty()) out += QStringLiteral("  “%1”").arg(qs(item.before));
  return out;
}

QStringList item_lines(const std::vector<NoteItem>& items, std::size_t most) {
  QStringList out;
  for (const auto& item : items) {
    if (out.size() + 1 == static_cast<qsizetype>(most) && items.size() > most) {
      out << IntakeWindow::tr("另有 %1 处").arg(items.size() - most + 1);
      break;
    }
    out << item_text(item);
  }
  return out;
}

QString counts_text(const ImportCounts& counts) {
  const QLocale words;
  return IntakeWindow::tr("共 %1 行：新增 %2，合并 %3，丢弃 %4；改正 %5，存疑 %6").arg(words.toString(static_cast<qlonglong>(counts.rows)), words.toString(static_cast<qlonglong>(counts.added)),
             words.toString(static_cast<qlonglong>(counts.merged)), words.toString(static_cast<qlonglong>(counts.dropped)), words.toString(static_cast<qlonglong>(counts.corrected)),
             words.toString(static_cast<qlonglong>(counts.doubted)));
}

bool is_corrected(const RowNote& note) {
  return note.outcome != RowOutcome::Dropped && std::any_of(note.items.begin(), note.items.end(), [](const NoteItem& item) { return !item.doubt; });
}
bool is_doubted(const RowNote& note) {
  return note.outcome != RowOutcome::Dropped && std::any_of(note.items.begin(), note.items.end(), [](const NoteItem& item) { return item.doubt; });
}

}  // namespace

IntakeWindow::IntakeWindow(SubjectDesk& desk, SubjectImport& imports, QWidget* parent) : QWidget(parent, Qt::Window), desk_(desk), imports_(imports) {
  setObjectName("page");
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("导入主体"));
  setAcceptDrops(true);
  resize(980, 700);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(16, 12, 16, 16);
  all->setSpacing(12);
  auto* course = new QHBoxLayout;
  course->setSpacing(8);
  const QString names[] = {tr("1 选文件"), tr("2 对应与预览"), tr("3 导入"), tr("4 结果")};
  for (int i = 0; i < kSteps; ++i) {
    titles_[i] = label(names[i], "small");
    course->addWidget(titles_[i]);
  }
  course->addStretch(1);
  all->addLayout(course);
  messages_ = new MessageBar(tr("导入主体消息"));
  all->addWidget(messages_);
  steps_ = new QStackedWidget;
  steps_->addWidget(build_file());
  steps_->addWidget(build_mapping());
  steps_->addWidget(build_running());
  steps_->addWidget(build_outcome());
  all->addWidget(steps_, 1);
  connect_desk();
  show_step(imports_.running() ? Running : File);
  imports_.ask_profiles();
  imports_.ask_batches();
}

QWidget* IntakeWindow::build_file() {
  auto* page = new QWidget;
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(12);
  auto* card = new Card(tr("要导入的表格"));
  card->body()->addWidget(wrapped(tr("CSV、XLSX 或 JSON Lines；UTF-8 和 GB18030 都认得。可以把文件拖到这里。原文件不会改动。"), "quiet"));
  auto* row = new QHBoxLayout;
  path_ = new QLineEdit;
  path_->setAccessibleName(tr("导入文件"));
  path_->setPlaceholderText(tr("文件的完整路径"));
  auto* browse = button(tr("浏览…"), "folder");
  browse->setAccessibleName(tr("浏览导入文件"));
  row->addWidget(path_, 1);
  row->addWidget(browse);
  card->body()->addLayout(row);
  auto* second = new QHBoxLayout;
  profiles_ = new QComboBox;
  profiles_->setAccessibleName(tr("对应方案"));
  profiles_->addItem(tr("按表头自动对应"));
  second->addWidget(label(tr("对应方案"), "quiet"));
  second->addWidget(profiles_);
  second->addStretch(1);
  read_ = main_button(tr("读取并预览"), "next");
  second->addWidget(read_);
  card->body()->addLayout(second);
  column->addWidget(card);
  auto* past = new Card(tr("以前的导入"));
  RowLook look;
  look.rule = true;
  look.chip_lines = 0;
  batches_ = new RowList(tr("以前的导入列表"), look);
  past->body()->addWidget(batches_, 1);
  auto* buttons = new QHBoxLayout;
  open_batch_ = button(tr("看结果"), "list");
  open_batch_->setAccessibleName(tr("看导入结果"));
  resume_ = button(tr("继续导入"), "play");
  buttons->addWidget(open_batch_);
  buttons->addWidget(resume_);
  buttons->addStretch(1);
  past->body()->addLayout(buttons);
  column->addWidget(past, 1);
  const auto read = [this] {
    const auto name = path_->text().trimmed();
    if (name.isEmpty()) return;
    messages_->show_text("blue", tr("正在读取…"));
    const int at = profiles_->currentIndex();
    imports_.preview(ss(name), at > 0 ? known_[static_cast<std::size_t>(at) - 1] : MappingProfile{});
  };
  connect(read_, &QPushButton::clicked, this, read);
  connect(path_, &QLineEdit::returnPressed, this, read);
  connect(path_, &QLineEdit::textChanged, this, [this] { read_->setEnabled(!path_->text().trimmed().isEmpty()); });
  read_->setEnabled(false);
  connect(browse, &QPushButton::clicked, this, [this] {
    const auto file = QFileDialog::getOpenFileName(this, tr("要导入的表格"), QDir::homePath(), tr("表格 (*.csv *.txt *.tsv *.xlsx *.jsonl *.json);;所有文件 (*)"), nullptr, QFileDialog::DontUseNativeDialog);
    if (!file.isEmpty()) choose(file);
  });
  const auto chosen = [this]() -> const Batch* {
    const int at = batches_->chosen();
    return at >= 0 && at < static_cast<int>(past_.size()) ? &past_[static_cast<std::size_t>(at)] : nullptr;
  };
  connect(batches_, &RowList::moved, this, [this, chosen] {
    const auto* batch = chosen();
    open_batch_->setEnabled(batch != nullptr);
    resume_->setVisible(batch && batch->state == BatchState::Open);
  });
  connect(open_batch_, &QPushButton::clicked, this, [this, chosen] {
    if (const auto* batch = chosen()) show_result(batch->id, counts_of(*batch).value_or(ImportCounts{}));
  });
  connect(resume_, &QPushButton::clicked, this, [this, chosen] {
    if (const auto* batch = chosen()) imports_.resume(batch->id);
  });
  return page;
}

QWidget* IntakeWindow::build_mapping() {
  auto* page = new QWidget;
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(12);
  auto* across = new QHBoxLayout;
  across->setSpacing(16);
  auto* left = new Card(tr("哪一列是什么"));
  facts_ = wrapped({}, "small");
  facts_->setAccessibleName(tr("文件情况"));
  left->body()->addWidget(facts_);
  auto* sheet = new QWidget;
  columns_ = new QGridLayout(sheet);
  columns_->setContentsMargins(0, 0, 6, 0);
  columns_->setColumnStretch(0, 1);
  columns_->setHorizontalSpacing(10);
  columns_->setVerticalSpacing(6);
  left->body()->addWidget(scroller(sheet), 1);
  mapped_ = wrapped({}, "warn");
  mapped_->setAccessibleName(tr("对应情况"));
  left->body()->addWidget(mapped_);
  auto* keep = new QHBoxLayout;
  profile_name_ = new QLineEdit;
  profile_name_->setAccessibleName(tr("方案名称"));
  profile_name_->setPlaceholderText(tr("存成方案，下次直接用"));
  profile_name_->setMaxLength(60);
  auto* save = button(tr("存方案"), "disk");
  keep->addWidget(profile_name_, 1);
  keep->addWidget(save);
  left->body()->addLayout(keep);
  connect(save, &QPushButton::clicked, this, [this] {
    const auto name = profile_name_->text().trimmed();
    if (name.isEmpty()) return profile_name_->setFocus();
    imports_.save_profile(profile(), ss(name));
    messages_->show_text("green", tr("对应方案“%1”已保存。").arg(name));
  });
  across->addWidget(left, 4);
  auto* right = new Card(tr("前几行清洗后的样子"));
  RowLook look;
  look.left_width = 60;
  look.rule = true;
  look.text_lines = 3;
  look.chip_lines = 0;
  rows_ = new RowList(tr("清洗预览"), look);
  right->body()->addWidget(rows_, 1);
  across->addWidget(right, 5);
  column->addLayout(across, 1);
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  auto* back = button(tr("换文件"), "back");
  again_ = button(tr("重新预览"), "refresh");
  on_match_ = new QComboBox;
  on_match_->setAccessibleName(tr("库中已有时"));
  on_match_->addItems({tr("补上空着的"), tr("用新值更新"), tr("不改动它")});
  start_ = main_button(tr("开始导入"), "in");
  start_->setAccessibleName(tr("开始导入主体"));
  row->addWidget(back);
  row->addWidget(again_);
  row->addStretch(1);
  row->addWidget(label(tr("库中已有同一主体时"), "quiet"));
  row->addWidget(on_match_);
  row->addWidget(start_);
  column->addLayout(row);
  connect(back, &QPushButton::clicked, this, [this] { show_step(File); });
  connect(again_, &QPushButton::clicked, this, &IntakeWindow::preview_again);
  connect(start_, &QPushButton::clicked, this, [this] { imports_.start(file_, profile()); });
  return page;
}

QWidget* IntakeWindow::build_running() {
  auto* page = new QWidget;
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(0, 0, 0, 0);
  auto* card = new Card(tr("正在导入"));
  state_ = wrapped(tr("正在准备…"));
  state_->setAccessibleName(tr("导入进度"));
  bar_ = new QProgressBar;
  bar_->setTextVisible(false);
  bar_->setAccessibleName(tr("导入进度条"));
  cancel_ = button(tr("取消导入"), "cross");
  card->body()->addWidget(state_);
  card->body()->addWidget(bar_);
  card->body()->addWidget(wrapped(tr("可以关上这个窗口，导入继续。取消时，已写入的行全部收回，主体库和导入前一样。"), "small"));
  card->body()->addWidget(cancel_, 0, Qt::AlignLeft);
  column->addWidget(card);
  column->addStretch(1);
  connect(cancel_, &QPushButton::clicked, this, [this] {
    cancel_->setEnabled(false);
    imports_.cancel();
  });
  return page;
}

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
  undo_ = button(tr("撤销这次导入"), "undo");
  set_role(undo_, "danger", true);
  auto* done = main_button(tr("完成"), "check");
  done->setAccessibleName(tr("完成导入"));
  row->addWidget(undo_);
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
  connect(more, &QPushButton::clicked, this, [this] {
    messages_->clear();
    show_step(File);
    imports_.ask_batches();
  });
  connect(out, &QPushButton::clicked, this, &IntakeWindow::export_result);
  connect(done, &QPushButton::clicked, this, &QWidget::close);
  return page;
}

void IntakeWindow::connect_desk() {
  connect(&imports_, &SubjectImport::previewed, this, &IntakeWindow::take_preview);
  connect(&imports_, &SubjectImport::profiles_read, this, [this](const std::vector<MappingProfile>& profiles) {
    known_ = profiles;
    const auto before = profiles_->currentText();
    profiles_->clear();
    profiles_->addItem(tr("按表头自动对应"));
    for (const auto& one : known_) profiles_->addItem(qs(one.name));
    profiles_->setCurrentIndex(std::max(0, profiles_->findText(before)));
  });
  connect(&imports_, &SubjectImport::batches_read, this, &IntakeWindow::show_batches);
  connect(&imports_, &SubjectImport::running_changed, this, [this] {
    if (!imports_.running()) return;
    messages_->clear();
    cancel_->setEnabled(true);
    bar_->setRange(0, 0);
    state_->setText(tr("正在准备…"));
    show_step(Running);
  });
  connect(&imports_, &SubjectImport::progressed, this, &IntakeWindow::show_progress);
  connect(&imports_, &SubjectImport::finished, this, [this](const ImportResult& result) {
    messages_->show_text("green", tr("导入完成，记入操作日志。新的主体已能浏览，索引在后台跟上。"));
    show_result(result.batch, result.counts);
  });
  connect(&imports_, &SubjectImport::noted, this, [this](qint64 batch, const std::vector<RowNote>& notes) {
    if (batch != batch_) return;
    notes_ = notes;
    show_notes();
  });
  connect(&imports_, &SubjectImport::exported, this, [this](const std::filesystem::path& to) { messages_->show_text("green", tr("结果已导出到 %1。").arg(qs(to.string()))); });
  connect(&imports_, &SubjectImport::taken_back, this, [this](qint64, const UndoReport& report) {
    messages_->show_text(report.kept_count ? "amber" : "green",
                         tr("已撤销这次导入：去掉 %1 个主体，恢复 %2 个。").arg(report.removed).arg(report.restored) +
                             (report.kept_count ? tr("有 %1 个后来被别人改过，保留着。").arg(report.kept_count) : QString()));
    undo_->setEnabled(false);
    show_step(Outcome);
  });
  connect(&imports_, &SubjectImport::failed, this, [this](const Error& e) {
    if (steps_->currentIndex() == Running && !imports_.running()) show_step(file_.empty() ? File : Mapping);
    messages_->show_error(Doing::ImportSubjects, e);
  });
}

void IntakeWindow::show_step(Step step) {
  steps_->setCurrentIndex(step);
  for (int i = 0; i < kSteps; ++i) set_role(titles_[i], "chip", i == step ? "blue" : "grey");
}

void IntakeWindow::choose(const QString& file) {
  path_->setText(file);
  show_step(File);
  read_->setFocus();
}

void IntakeWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls() && !imports_.running()) event->acceptProposedAction();
}

void IntakeWindow::dropEvent(QDropEvent* event) {
  const auto urls = event->mimeData()->urls();
  if (!urls.isEmpty() && urls.front().isLocalFile()) choose(urls.front().toLocalFile());
}

void IntakeWindow::take_preview(const std::filesystem::path& file, const ImportPreview& preview) {
  if (imports_.running()) return;
  messages_->clear();
  file_ = file;
  preview_ = preview;
  const auto& facts = preview.facts;
  QStringList words{qs(file.filename().string()), qs(to_string(facts.kind)).toUpper()};
  if (facts.kind == TableKind::Xlsx) words << tr("工作表 %1").arg(qs(facts.sheet));
  else words << (facts.encoding == TextEncoding::Auto ? QStringLiteral("ASCII") : qs(to_string(facts.encoding)).toUpper());
  words << tr("表头在第 %1 行，%2 列").arg(preview.header_line).arg(preview.headers.size());
  facts_->setText(words.join(QStringLiteral(" · ")));
  facts_->setAccessibleDescription(facts_->text());
  on_match_->setCurrentIndex(static_cast<int>(preview.profile.on_match));
  if (!preview.profile.name.empty()) profile_name_->setText(qs(preview.profile.name));
  show_columns();
  show_rows();
  show_step(Mapping);
}

void IntakeWindow::show_columns() {
  clear_layout(columns_);
  fields_.clear();
  int row = 0;
  for (const auto& header : preview_.headers) {
    auto* name = new ElidedLabel(header.empty() ? tr("（没有表头）") : qs(header));
    auto* box = new QComboBox;
    box->setAccessibleName(tr("列 %1").arg(qs(header)));
    box->addItem(tr("不导入"), QVariant::fromValue<qulonglong>(kIntakeFields));
    for (std::size_t field = 0; field < kIntakeFields; ++field) box->addItem(word_of_field(field), QVariant::fromValue<qulonglong>(field));
    for (const auto& [column, field] : preview_.profile.columns)
      if (column == header) box->setCurrentIndex(static_cast<int>(field) + 1);
    QString sample;
    for (const auto& one : preview_.rows)
      if (sample.isEmpty() && static_cast<std::size_t>(row) < one.cells.size()) sample = qs(one.cells[static_cast<std::size_t>(row)]);
    auto* shown = new ElidedLabel(sample);
    set_role(shown, "role", "small");
    shown->setFixedWidth(120);
    box->setFixedWidth(150);
    box->setEnabled(!header.empty());
    columns_->addWidget(name, row, 0);
    columns_->addWidget(shown, row, 1);
    columns_->addWidget(box, row++, 2);
    fields_.push_back(box);
    connect(box, &QComboBox::activated, this, &IntakeWindow::preview_again);
  }
  columns_->setRowStretch(row, 1);
}

MappingProfile IntakeWindow::profile() const {
  auto out = preview_.profile;
  out.columns.clear();
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    const auto field = fields_[i]->currentData().toULongLong();
    if (field < kIntakeFields && !preview_.headers[i].empty()) out.columns.emplace_back(preview_.headers[i], static_cast<IntakeField>(field));
  }
  out.on_match = static_cast<OnMatch>(on_match_->currentIndex());
  return out;
}

void IntakeWindow::preview_again() {
  const auto asked = profile();
  if (asked.columns.empty()) return messages_->show_text("amber", tr("没有一列要导入。请至少给“名称”选一列。"));
  imports_.preview(file_, asked);
}

void IntakeWindow::show_rows() {
  std::vector<Row> rows;
  int dropped = 0, changed = 0;
  for (const auto& one : preview_.rows) {
    const auto& cleaned = one.cleaned;
    dropped += cleaned.dropped;
    changed += !cleaned.dropped && !cleaned.items.empty();
    Row row;
    row.left = tr("第 %1 行").arg(cleaned.line);
    row.icon = cleaned.dropped ? "cross-circle" : cleaned.items.empty() ? "check-circle" : "pencil";
    row.colour = cleaned.dropped ? colour::red : cleaned.items.empty() ? colour::green : colour::amber;
    row.title = cleaned.values.size() > kName && !cleaned.values[kName].empty() ? qs(cleaned.values[kName]) : tr("（没有名称）");
    row.lines = item_lines(cleaned.items, 3);
    if (cleaned.dropped && !row.lines.isEmpty()) row.lines.front() = tr("丢弃 · ") + row.lines.front();
    if (row.lines.isEmpty() && cleaned.values.size() > kCreditCode) row.lines << qs(cleaned.values[kCreditCode]);
    rows.push_back(std::move(row));
  }
  const auto used = static_cast<qsizetype>(preview_.profile.columns.size());
  const bool named = std::any_of(preview_.profile.columns.begin(), preview_.profile.columns.end(), [](const auto& one) { return one.second == kName; });
  mapped_->setText(tr("%1 列要导入，%2 列不导入。前 %3 行中改正 %4 行，丢弃 %5 行。").arg(used).arg(static_cast<qsizetype>(preview_.headers.size()) - used).arg(rows.size()).arg(changed).arg(dropped) +
                   (named ? QString() : tr("没有“名称”列，行会被丢弃。")));
  mapped_->setAccessibleDescription(mapped_->text());
  set_role(mapped_, "role", named ? "quiet" : "warn");
  rows_->rows().set_rows(std::move(rows));
  start_->setEnabled(used > 0 && desk_.may_change());
}

void IntakeWindow::show_progress(const ImportProgress& progress) {
  if (!imports_.running()) return;
  const QLocale words;
  const auto number = [&](std::int64_t value) { return words.toString(static_cast<qlonglong>(value)); };
  QString text;
  switch (progress.phase) {
    case ImportProgress::Phase::Checking: text = tr("正在核对文件…"); break;
    case ImportProgress::Phase::Indexing: text = tr("正在等索引跟上：%1 / %2").arg(number(progress.done), number(progress.of)); break;
    case ImportProgress::Phase::Reading: text = counts_text(progress.counts); break;
    case ImportProgress::Phase::TakingBack: text = tr("正在收回：%1 / %2").arg(number(progress.done), number(progress.of)); break;
  }
  if (progress.seconds_left) text += tr("，还要 %1").arg(short_span_text(*progress.seconds_left * 1000));
  state_->setText(text);
  state_->setAccessibleDescription(text);
  bar_->setRange(0, progress.of > 0 ? 1000 : 0);
  if (progress.of > 0) bar_->setValue(static_cast<int>(std::min<std::int64_t>(progress.done * 1000 / progress.of, 1000)));
}

void IntakeWindow::show_result(std::int64_t batch, const ImportCounts& counts) {
  batch_ = batch;
  notes_.clear();
  counts_->setText(counts_text(counts));
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
    const bool is[] = {true, note.outcome == RowOutcome::Dropped, note.outcome == RowOutcome::Merged, is_corrected(note), is_doubted(note)};
    for (int i = 0; i < 5; ++i) counts[i] += is[i];
    if (!is[outcome_]) continue;
    Row row;
    row.left = tr("第 %1 行").arg(note.line);
    row.icon = note.outcome == RowOutcome::Dropped ? "cross-circle" : note.outcome == RowOutcome::Merged ? "copy" : is_doubted(note) ? "question" : "pencil";
    row.colour = note.outcome == RowOutcome::Dropped ? colour::red : note.outcome == RowOutcome::Merged ? colour::blue : colour::amber;
    row.title = (note.outcome == RowOutcome::Dropped ? tr("丢弃") : note.outcome == RowOutcome::Merged ? tr("合并") : tr("新增")) + QStringLiteral(" · ") + (note.name.empty() ? tr("（没有名称）") : qs(note.name));
    row.lines = item_lines(note.items, 3);
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

void IntakeWindow::show_batches(const std::vector<Batch>& batches) {
  past_ = batches;
  std::vector<Row> rows;
  for (const auto& batch : batches) {
    Row row;
    const bool open = batch.state == BatchState::Open, undone = batch.state == BatchState::Undone;
    row.icon = undone ? "undo" : open ? "alert" : "check-circle";
    row.colour = undone ? colour::grey : open ? colour::amber : colour::green;
    row.title = qs(batch.source) + QStringLiteral(" · ") + day_clock_text(batch.begun).left(16);
    const auto counts = counts_of(batch);
    row.lines = {(undone ? tr("已撤销 · ") : open ? tr("没有导完 · ") : QString()) + (counts ? counts_text(*counts) : tr("新增 %1，修改 %2").arg(batch.added).arg(batch.changed)) + QStringLiteral(" · ") + qs(batch.who)};
    rows.push_back(std::move(row));
  }
  const bool any = !rows.empty();
  batches_->rows().set_rows(std::move(rows));
  batches_->choose(any ? 0 : -1);
  open_batch_->setEnabled(any);
  resume_->setVisible(any && past_.front().state == BatchState::Open);
}

void IntakeWindow::export_result() {
  const auto file = QFileDialog::getSaveFileName(this, tr("导出结果"), QDir::homePath() + QLatin1Char('/') + tr("导入结果") + ".csv", tr("表格 (*.csv *.xlsx)"), nullptr,
                                                 QFileDialog::DontConfirmOverwrite | QFileDialog::DontUseNativeDialog);
  if (!file.isEmpty()) imports_.export_notes(batch_, ss(file), is_english());
}

}  // namespace guzheng::ui
