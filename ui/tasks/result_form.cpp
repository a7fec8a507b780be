#include "ui/tasks/result_form.h"

#include <QFileInfo>
#include <QKeyEvent>
#include <algorithm>

#include "ui/base/message_bar.h"
#include "ui/base/row_list.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/tasks/document_row.h"
#include "ui/tasks/task_words.h"

namespace guzheng::ui {
namespace {

constexpr int kMostFound = 4;

std::string field_text(const QLineEdit* field) { return ss(field->text().trimmed()); }

RowLook pick_look() {
  RowLook look;
  look.signs = false;
  look.rule = true;
  return look;
}

}  // namespace

SubjectPick::SubjectPick(SubjectDesk& subjects, const QString& name, QWidget* parent) : QWidget(parent), search_(subjects) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  name_ = new QLineEdit;
  name_->setAccessibleName(name);
  name_->setPlaceholderText(tr("名称或信用代码，从主体库选；库中没有的直接填写"));
  name_->setMaxLength(130);
  name_->installEventFilter(this);
  found_ = new RowList(name + tr(" 主体库"), pick_look());
  found_->hide();
  linked_ = label({}, "small");
  linked_->setAccessibleName(name + tr(" 已关联"));
  linked_->hide();
  column->addWidget(name_);
  column->addWidget(found_);
  column->addWidget(linked_);
  connect(name_, &QLineEdit::textEdited, this, [this](const QString& text) {
    subject_.clear();
    linked_->hide();
    SubjectQuery query;
    query.text = ss(text.trimmed());
    if (text.trimmed().size() < 2) return found_->hide();
    search_.ask(query);
  });
  connect(&search_, &SubjectSearch::piece_ready, this, [this](qint64 piece, const std::vector<SubjectLine>& lines) {
    if (piece != 0 || !subject_.empty() || !name_->hasFocus() || name_->text().trimmed().size() < 2) return;
    lines_ = lines;
    if (lines_.size() > kMostFound) lines_.resize(kMostFound);
    std::vector<Row> rows;
    for (const auto& one : lines_) {
      Row row;
      row.title = qs(one.subject.name);
      row.lines << qs(one.subject.credit_code);
      rows.push_back(std::move(row));
    }
    found_->rows().set_rows(std::move(rows));
    found_->setFixedHeight(static_cast<int>(lines_.size()) * 58 + 4);
    found_->setVisible(!lines_.empty());
  });
  connect(found_, &RowList::picked, this, &SubjectPick::take);
}

SubjectPick::~SubjectPick() { search_.stop(); }

bool SubjectPick::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress && found_->isVisible()) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Down || key == Qt::Key_Up) {
      found_->choose(std::clamp(found_->chosen() + (key == Qt::Key_Down ? 1 : -1), 0, static_cast<int>(lines_.size()) - 1));
      return true;
    }
    if ((key == Qt::Key_Return || key == Qt::Key_Enter) && found_->chosen() >= 0) {
      take(found_->chosen());
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

void SubjectPick::set(const std::string& name, const std::string& subject) {
  name_->setText(qs(name));
  name_->setCursorPosition(0);
  subject_ = subject;
  linked_->setText(tr("✓ 已关联主体库"));
  linked_->setAccessibleDescription(linked_->text());
  linked_->setVisible(!subject.empty());
}

void SubjectPick::take(int row) {
  if (row < 0 || row >= static_cast<int>(lines_.size())) return;
  const auto subject = lines_[static_cast<std::size_t>(row)].subject;
  subject_ = std::to_string(subject.id);
  name_->setText(qs(subject.name));
  found_->hide();
  linked_->setText(tr("✓ 已关联主体库：%1").arg(qs(subject.name)));
  linked_->setAccessibleDescription(linked_->text());
  linked_->show();
  name_->setFocus();
  emit taken(subject);
}

ResultForm::ResultForm(SubjectDesk& subjects, QWidget* parent, const ResultEntry* old)
    : FormWindow(old ? tr("补正监测结果 %1").arg(old->serial) : tr("监测结果"), old ? tr("签名并补正") : tr("登记结果"), parent) {
  set_doing(Doing::KeepTasks);
  resize(620, 300);
  operator_ = new SubjectPick(subjects, tr("监测结果 经营主体"));
  add_row(tr("经营主体 *"), operator_);
  code_ = text(tr("信用代码"), tr("18 位统一社会信用代码，不清楚时不填"), {}, 18);
  violation_ = text(tr("涉嫌违法表现 *"), {}, {}, 130);
  field_ = text(tr("所属业务领域 *"), tr("例如 广告、食品"), {}, 130);
  platform_ = text(tr("平台"), tr("应用、商城或网站的名称"), {}, 130);
  link_ = text(tr("链接"), tr("http:// 或 https:// 开头；链接和快照至少填一项"), {}, 660);
  snapshot_ = text(tr("快照"), tr("文件名或证据包编号"), {}, 130);
  note_ = lines(tr("备注"), {});
  if (old) {
    why_ = text(tr("改正理由"), tr("只关联主体库时不用填"), {}, 600);
    fill(old->result);
  }
  must(operator_->field());
  must(violation_);
  must(field_);
  connect(operator_->field(), &QLineEdit::textChanged, this, &ResultForm::refresh);
  connect(operator_, &SubjectPick::taken, this, [this](const Subject& subject) {
    // a library may hold codes that do not check: the link says who it is, and such a code would only keep the result from being entered
    MonitorResult with_code;
    with_code.credit_code = subject.credit_code;
    const auto problems = result_problems(with_code);
    const bool good = std::none_of(problems.begin(), problems.end(), [](const ResultProblem& one) { return one.field == ResultField::CreditCode; });
    code_->setText(good ? qs(subject.credit_code) : QString());
  });
  refresh();
  operator_->field()->setFocus();
}

void ResultForm::fill(const MonitorResult& old) {
  old_ = old;
  operator_->set(old.operator_name, old.subject);
  const std::pair<QLineEdit*, const std::string*> fields[] = {{link_, &old.link}, {snapshot_, &old.snapshot}, {code_, &old.credit_code}, {platform_, &old.platform}, {violation_, &old.violation}, {field_, &old.field}};
  for (const auto& [field, text] : fields) {
    field->setText(qs(*text));
    field->setCursorPosition(0);
  }
  note_->setPlainText(qs(old.note));
}

std::string ResultForm::why() const { return why_ ? field_text(why_) : std::string(); }

MonitorResult ResultForm::result() const {
  MonitorResult out = old_;
  out.link = field_text(link_);
  out.snapshot = field_text(snapshot_);
  out.subject = operator_->subject();
  out.operator_name = field_text(operator_->field());
  out.credit_code = ss(code_->text().trimmed().toUpper());
  out.platform = field_text(platform_);
  out.violation = field_text(violation_);
  out.field = field_text(field_);
  out.note = ss(note_->toPlainText().trimmed());
  return out;
}

bool ResultForm::check() {
  QStringList wrong;
  for (const auto& problem : result_problems(result())) wrong << tr("%1：%2").arg(TaskWords::word(problem.field), TaskWords::word(problem.trouble));
  auto same = result();
  same.subject = old_.subject;
  if (why_ && same != old_ && why().empty()) wrong << tr("内容改了，要写改正理由");
  if (!wrong.isEmpty()) show_text("amber", wrong.join(QStringLiteral("；")));
  return wrong.isEmpty();
}

ClueForm::ClueForm(TaskDesk& desk, SubjectDesk& subjects, QWidget* parent) : FormWindow(tr("登记线索"), tr("登记"), parent) {
  set_doing(Doing::KeepTasks);
  resize(620, 300);
  source_ = choice(tr("线索来源"));
  for (int i = 0; i <= static_cast<int>(ClueSource::Transfer); ++i) source_->addItem(TaskWords::word(static_cast<ClueSource>(i)));
  add_row(tr("线索来源 *"), source_);
  from_ = text(tr("来源单位或个人 *"), {}, {}, 130);
  number_ = text(tr("来源编号"), tr("投诉举报或移送的编号"), {}, 130);
  received_ = new QDateEdit(TaskWords::date(desk.today()));
  received_->setAccessibleName(tr("登记线索 收到日期"));
  received_->setDisplayFormat("yyyy-MM-dd");
  received_->setCalendarPopup(true);
  add_row(tr("收到日期 *"), received_);
  operator_ = new SubjectPick(subjects, tr("登记线索 经营主体"));
  add_row(tr("经营主体"), operator_);
  link_ = text(tr("链接"), {}, {}, 660);
  content_ = lines(tr("内容 *"), {});
  documents_ = new DocumentRow(desk, tr("登记线索"));
  add_row(tr("材料"), documents_);
  connect(documents_, &DocumentRow::refused, this, &ClueForm::show_error);
  must(from_);
  refresh();
  from_->setFocus();
}

Clue ClueForm::clue() const {
  Clue out;
  out.source = static_cast<ClueSource>(source_->currentIndex());
  out.from = field_text(from_);
  out.outside_number = field_text(number_);
  out.received = TaskWords::day_of(received_->date());
  out.subject = operator_->subject();
  out.operator_name = field_text(operator_->field());
  out.link = field_text(link_);
  out.content = ss(content_->toPlainText().trimmed());
  out.documents = documents_->documents();
  return out;
}

ResultImportWindow::ResultImportWindow(TaskDesk& desk, std::int64_t task, const QString& file, QWidget* parent) : QWidget(parent, Qt::Window), desk_(desk), task_(task) {
  setObjectName("page");
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("导入监测结果"));
  resize(680, 460);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(16, 16, 16, 16);
  messages_ = new MessageBar(tr("导入监测结果 消息"));
  all->addWidget(messages_);
  auto* card = new Card(QFileInfo(file).fileName());
  summary_ = wrapped(tr("正在读…"));
  summary_->setAccessibleName(tr("导入监测结果 摘要"));
  card->body()->addWidget(summary_);
  rows_ = new RowList(tr("导入监测结果 问题"), pick_look());
  card->body()->addWidget(rows_, 1);
  all->addWidget(card, 1);
  auto* row = new QHBoxLayout;
  row->addStretch(1);
  auto* cancel = button(tr("取消"));
  cancel->setAccessibleName(tr("导入监测结果 取消"));
  enter_ = main_button(tr("签名并导入"));
  enter_->setAccessibleName(tr("导入监测结果 签名并导入"));
  enter_->setEnabled(false);
  row->addWidget(cancel);
  row->addWidget(enter_);
  all->addLayout(row);
  connect(cancel, &QPushButton::clicked, this, &QWidget::close);
  connect(enter_, &QPushButton::clicked, this, &ResultImportWindow::enter);
  desk_.read_table(task, ss(file), ss(QFileInfo(file).completeBaseName()), this, [this](const Result<ResultFile>& table) {
    if (table) return show_table(*table);
    summary_->setText(tr("没有读出来。"));
    messages_->show_error(Doing::ImportResults, table.error());
  });
}

void ResultImportWindow::show_table(const ResultFile& table) {
  results_ = table.reading.results;
  std::vector<std::pair<std::uint64_t, Row>> told;               // by the file's own rows
  const auto tell = [&told](std::uint64_t at, const QString& what, const QString& more) {
    Row row;
    row.title = at ? tr("第 %1 行：%2").arg(at).arg(what) : what;
    row.lines << more;
    told.emplace_back(at, std::move(row));
  };
  for (const auto& problem : table.reading.problems) {
    QStringList facts;
    if (problem.trouble == ImportTrouble::BadCell) facts << tr("%1：%2").arg(TaskWords::word(problem.cell.field), TaskWords::word(problem.cell.trouble));
    if (problem.trouble == ImportTrouble::Duplicate) facts << tr("同第 %1 行").arg(problem.other_row);
    if (!problem.text.empty()) facts << qs(problem.text);
    tell(problem.row, TaskWords::word(problem.trouble), facts.join(QStringLiteral(" · ")));
  }
  for (const auto& one : table.damaged) tell(one.row, TaskWords::word(one.problem.kind), qs(one.problem.what));
  std::stable_sort(told.begin(), told.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Row> rows;
  for (auto& one : told) rows.push_back(std::move(one.second));
  summary_->setText(tr("可导入 %1 条，有问题 %2 处。").arg(results_.size()).arg(rows.size()) + (rows.empty() ? QString() : tr("有问题的行不会导入，改正后可以再导一次：已有的不会重复。")));
  summary_->setAccessibleDescription(summary_->text());
  rows_->rows().set_rows(std::move(rows));
  if (!table.broken_off.empty()) messages_->show_text("amber", tr("文件从某处起读不下去，前面的可以导入。（%1）").arg(qs(table.broken_off)));
  enter_->setEnabled(!results_.empty());
  enter_->setText(tr("签名并导入 %1 条").arg(results_.size()));
}

void ResultImportWindow::enter() {
  enter_->setEnabled(false);
  desk_.add_results(task_, results_, this, [this](const Result<std::vector<std::int64_t>>& ids) {
    if (!ids) return messages_->show_error(Doing::ImportResults, ids.error());
    emit entered(static_cast<int>(ids->size()));
    close();
  });
}

}  // namespace guzheng::ui
