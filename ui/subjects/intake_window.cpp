#include "ui/subjects/intake_window.h"

#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QLineEdit>
#include <QLocale>
#include <QMimeData>
#include <QProgressBar>
#include <QStackedWidget>

#include "ui/base/empty_hint.h"
#include "ui/base/message_bar.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/subjects/intake_words.h"

namespace guzheng::ui {

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
  new EmptyHint(batches_, tr("还没有导入过。"));
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

void IntakeWindow::show_progress(const ImportProgress& progress) {
  if (!imports_.running()) return;
  const QLocale words;
  const auto number = [&](std::int64_t value) { return words.toString(static_cast<qlonglong>(value)); };
  QString text;
  switch (progress.phase) {
    case ImportProgress::Phase::Checking: text = tr("正在核对文件…"); break;
    case ImportProgress::Phase::Indexing: text = tr("正在等索引跟上：%1 / %2").arg(number(progress.done), number(progress.of)); break;
    case ImportProgress::Phase::Reading: text = IntakeWords::counts_text(progress.counts); break;
    case ImportProgress::Phase::TakingBack: text = tr("正在收回：%1 / %2").arg(number(progress.done), number(progress.of)); break;
  }
  if (progress.seconds_left) text += tr("，还要 %1").arg(short_span_text(*progress.seconds_left * 1000));
  state_->setText(text);
  state_->setAccessibleDescription(text);
  bar_->setRange(0, progress.of > 0 ? 1000 : 0);
  if (progress.of > 0) bar_->setValue(static_cast<int>(std::min<std::int64_t>(progress.done * 1000 / progress.of, 1000)));
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
    row.lines = {(undone ? tr("已撤销 · ") : open ? tr("没有导完 · ") : QString()) + (counts ? IntakeWords::counts_text(*counts) : tr("新增 %1，修改 %2").arg(batch.added).arg(batch.changed)) + QStringLiteral(" · ") + qs(batch.who)};
    rows.push_back(std::move(row));
  }
  const bool any = !rows.empty();
  batches_->rows().set_rows(std::move(rows));
  batches_->choose(any ? 0 : -1);
  open_batch_->setEnabled(any);
  resume_->setVisible(any && past_.front().state == BatchState::Open);
}

}  // namespace guzheng::ui
