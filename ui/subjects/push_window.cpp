#include "ui/subjects/push_window.h"

#include <QDir>
#include <QFileDialog>
#include <QShortcut>

#include "ui/base/message_bar.h"
#include "ui/base/text.h"
#include "ui/subjects/subject_words.h"

namespace guzheng::ui {
namespace {

QString counts_of_push(std::int64_t added, std::int64_t changed, std::int64_t same) { return PushWindow::tr("新增 %1，更新 %2，相同 %3").arg(added).arg(changed).arg(same); }

void say(QLabel* where, const QString& text) {
  where->setText(text);
  where->setAccessibleDescription(text);
}

}  // namespace

PushWindow::PushWindow(SubjectDesk& desk, PushDesk& push, std::vector<SubjectId> ids, const SubjectQuery& query, const QString& found, const QString& filter, QWidget* parent)
    : QWidget(parent, Qt::Window), desk_(desk), push_(push), ids_(std::move(ids)), query_(query), filter_(filter), filters_(desk.lists().filters) {
  setObjectName("page");
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("推送"));
  resize(680, 560);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(16, 16, 16, 16);
  all->setSpacing(12);
  messages_ = new MessageBar(tr("推送消息"));
  all->addWidget(messages_);
  auto* tabs = new QTabWidget;
  tabs->addTab(build_out(found), tr("发出"));
  tabs->addTab(build_in(), tr("接收"));
  tabs->addTab(build_answer(), tr("核对回执"));
  all->addWidget(tabs, 1);
  auto* row = new QHBoxLayout;
  bar_ = new QProgressBar;
  bar_->setTextVisible(false);
  bar_->setAccessibleName(tr("推送进度条"));
  cancel_ = button(tr("停下"), "stop");
  cancel_->setAccessibleName(tr("停下推送"));
  row->addWidget(bar_, 1);
  row->addWidget(cancel_);
  all->addLayout(row);
  connect(cancel_, &QPushButton::clicked, this, [this] {
    cancel_->setEnabled(false);
    push_.cancel();
  });
  connect(new QShortcut(QKeySequence(Qt::Key_Escape), this), &QShortcut::activated, this, &QWidget::close);
  connect_desk();
  refresh();
}

QLineEdit* PushWindow::path_row(QVBoxLayout* into, const QString& name, const QString& hint, bool save) {
  auto* row = new QHBoxLayout;
  auto* field = new QLineEdit;
  field->setAccessibleName(name);
  field->setPlaceholderText(hint);
  auto* browse = button(tr("浏览…"), "folder");
  browse->setAccessibleName(tr("浏览 ") + name);
  row->addWidget(field, 1);
  row->addWidget(browse);
  into->addWidget(label(name, "quiet"));
  into->addLayout(row);
  connect(browse, &QPushButton::clicked, this, [this, field, name, save] {
    const auto file = save ? QFileDialog::getSaveFileName(this, name, QDir::homePath(), {}, nullptr, QFileDialog::DontConfirmOverwrite | QFileDialog::DontUseNativeDialog)
                           : QFileDialog::getOpenFileName(this, name, QDir::homePath(), {}, nullptr, QFileDialog::DontUseNativeDialog);
    if (!file.isEmpty()) field->setText(file);
  });
  connect(field, &QLineEdit::textChanged, this, &PushWindow::refresh);
  return field;
}

QWidget* PushWindow::build_out(const QString& found) {
  auto* page = new QWidget;
  auto* column = new QVBoxLayout(page);
  column->setSpacing(8);
  these_ = new QRadioButton(tr("选中的 %1 个").arg(ids_.size()));
  these_->setAccessibleName(tr("推送选中的"));
  every_ = new QRadioButton(tr("现在找到的全部：%1").arg(found));
  every_->setAccessibleName(tr("推送找到的全部"));
  these_->setVisible(!ids_.empty());
  (ids_.empty() ? every_ : these_)->setChecked(true);
  column->addWidget(these_);
  column->addWidget(every_);
  for (const auto& filter : filters_) {
    auto* one = new QRadioButton(tr("存下的筛选：%1").arg(qs(filter.name)));
    one->setAccessibleName(tr("推送筛选 %1").arg(qs(filter.name)));
    column->addWidget(one);
    saved_.push_back(one);
  }
  to_ = new QLineEdit;
  to_->setAccessibleName(tr("推送给"));
  to_->setMaxLength(100);
  note_ = new QLineEdit;
  note_->setAccessibleName(tr("推送说明"));
  note_->setMaxLength(300);
  column->addWidget(label(tr("给哪个单位"), "quiet"));
  column->addWidget(to_);
  column->addWidget(label(tr("说明"), "quiet"));
  column->addWidget(note_);
  out_file_ = path_row(column, tr("推送文件"), tr("例如 /media/U盘/主体.gzpush"), true);
  column->addWidget(wrapped(tr("文件由在座的执法人员签名。电话和证件号码不在其中。"), "small"));
  write_ = main_button(tr("签名并写出"), "out");
  column->addStretch(1);
  column->addWidget(write_, 0, Qt::AlignRight);
  connect(write_, &QPushButton::clicked, this, &PushWindow::write);
  return page;
}

QWidget* PushWindow::build_in() {
  auto* page = new QWidget;
  auto* column = new QVBoxLayout(page);
  column->setSpacing(8);
  in_file_ = path_row(column, tr("收到的推送"), tr("别的工作站推送来的文件"), false);
  check_ = button(tr("核验"), "shield");
  check_->setAccessibleName(tr("核验推送"));
  column->addWidget(check_, 0, Qt::AlignLeft);
  seen_ = wrapped({});
  seen_->setAccessibleName(tr("推送情况"));
  column->addWidget(seen_);
  answer_file_ = path_row(column, tr("回执写到"), tr("留空则不写回执"), true);
  taken_ = wrapped({}, "good");
  taken_->setAccessibleName(tr("接收结果"));
  column->addWidget(taken_);
  column->addStretch(1);
  auto* row = new QHBoxLayout;
  undo_ = button(tr("撤销这次接收"), "undo");
  take_ = main_button(tr("导入"), "in");
  take_->setAccessibleName(tr("导入推送"));
  row->addWidget(undo_);
  row->addStretch(1);
  row->addWidget(take_);
  column->addLayout(row);
  connect(check_, &QPushButton::clicked, this, [this] {
    say(seen_, {});
    push_.check(ss(in_file_->text().trimmed()));
  });
  connect(take_, &QPushButton::clicked, this, &PushWindow::take);
  connect(undo_, &QPushButton::clicked, this, [this] { push_.undo(batch_); });
  return page;
}

QWidget* PushWindow::build_answer() {
  auto* page = new QWidget;
  auto* column = new QVBoxLayout(page);
  column->setSpacing(8);
  sent_file_ = path_row(column, tr("当时发出的推送"), {}, false);
  came_file_ = path_row(column, tr("收回的回执"), {}, false);
  answer_ = wrapped({}, "good");
  answer_->setAccessibleName(tr("回执结论"));
  column->addWidget(answer_);
  column->addStretch(1);
  compare_ = main_button(tr("核对"), "check");
  compare_->setAccessibleName(tr("核对这份回执"));
  column->addWidget(compare_, 0, Qt::AlignRight);
  connect(compare_, &QPushButton::clicked, this, [this] {
    say(answer_, {});
    push_.check_answer(ss(sent_file_->text().trimmed()), ss(came_file_->text().trimmed()));
  });
  return page;
}

void PushWindow::connect_desk() {
  connect(&push_, &PushDesk::running_changed, this, [this] {
    if (push_.running()) messages_->clear();
    bar_->setRange(0, 0);
    cancel_->setEnabled(true);
    refresh();
  });
  connect(&push_, &PushDesk::progressed, this, [this](qint64 done, qint64 of) {
    bar_->setRange(0, of > 0 ? 1000 : 0);
    if (of > 0) bar_->setValue(static_cast<int>(done * 1000 / of));
  });
  connect(&push_, &PushDesk::written, this, [this](const PushSeen& push, const std::filesystem::path& file) {
    messages_->show_text("green", tr("已签名写出 %1 个主体到 %2，记入操作日志。").arg(push.subjects).arg(qs(file.string())));
    sent_file_->setText(qs(file.string()));
  });
  connect(&push_, &PushDesk::seen, this, &PushWindow::show_seen);
  connect(&push_, &PushDesk::taken, this, [this](const PushTaken& taken) {
    batch_ = taken.batch;
    show_seen(taken.seen);
    say(taken_, counts_of_push(taken.added, taken.changed, taken.same) + (taken.without_unit ? tr("；%1 个的监管单位本站没有登记，保持原样").arg(taken.without_unit) : QString()));
    messages_->show_text("green", tr("推送已导入，记入操作日志。"));
    refresh();
  });
  connect(&push_, &PushDesk::taken_back, this, [this](const UndoReport& report) {
    batch_ = 0;
    say(taken_, {});
    messages_->show_text(report.kept_count ? "amber" : "green", tr("已撤销这次接收：去掉 %1 个主体，恢复 %2 个。").arg(report.removed).arg(report.restored) + (report.kept_count ? tr("有 %1 个后来被别人改过，保留着。").arg(report.kept_count) : QString()));
    refresh();
  });
  connect(&push_, &PushDesk::acknowledged, this, [this](const PushAcknowledged& answer) {
    say(answer_, tr("已由 %1 %2 于 %3 导入：%4").arg(qs(answer.by.unit), qs(answer.by.name), day_clock_text(answer.at), counts_of_push(answer.added, answer.changed, answer.same)));
  });
  connect(&push_, &PushDesk::failed, this, [this](const Error& e) { messages_->show_error(Doing::Push, e); });
}

void PushWindow::write() {
  SubjectChoice choice;
  PushNote note{ss(to_->text().trimmed()), ss(note_->text().trimmed()), ss(filter_)};
  if (these_->isChecked()) {
    choice.ids = ids_;
    note.filter = ss(tr("选中的 %1 个").arg(ids_.size()));
  } else {
    choice.all = query_;
  }
  for (std::size_t i = 0; i < saved_.size(); ++i)
    if (saved_[i]->isChecked()) {
      choice.all = filters_[i].query;
      note.filter = filters_[i].name;
    }
  push_.write(choice, note, ss(out_file_->text().trimmed()));
}

void PushWindow::take() {
  push_.take(ss(in_file_->text().trimmed()), ss(answer_file_->text().trimmed()), [](const PushHit& hit) {
    const auto from = tr("%1 %2 推送").arg(qs(hit.by.unit), qs(hit.by.name));
    return ss(hit.title.empty() ? tr("%1的数据与重点主体匹配：%2").arg(from, qs(hit.watched)) : tr("%1了新的%2：%3").arg(from, SubjectWords::word(hit.kind), qs(hit.title)));
  });
}

void PushWindow::show_seen(const PushSeen& push) {
  QStringList lines{tr("%1 个主体，由 %2 %3 %4 于 %5 签名").arg(push.subjects).arg(qs(push.by.unit), qs(push.by.name), qs(push.by.badge), day_clock_text(push.at))};
  if (!push.note.to.empty()) lines << tr("发往：%1").arg(qs(push.note.to));
  if (!push.note.filter.empty()) lines << tr("选取：%1").arg(qs(push.note.filter));
  if (!push.note.note.empty()) lines << tr("说明：%1").arg(qs(push.note.note));
  say(seen_, lines.join('\n'));
}

void PushWindow::refresh() {
  if (!compare_) return;                   // still being built
  const bool may = desk_.may_change() && !push_.running();
  const auto filled = [](const QLineEdit* field) { return !field->text().trimmed().isEmpty(); };
  write_->setEnabled(may && filled(out_file_));
  check_->setEnabled(may && filled(in_file_));
  take_->setEnabled(may && filled(in_file_));
  undo_->setVisible(batch_ != 0);
  undo_->setEnabled(may);
  compare_->setEnabled(may && filled(sent_file_) && filled(came_file_));
  bar_->setVisible(push_.running());
  cancel_->setVisible(push_.running());
}

}  // namespace guzheng::ui
