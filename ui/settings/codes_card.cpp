#include "ui/settings/codes_card.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QRegularExpression>
#include <QShortcut>

#include "ui/base/empty_hint.h"
#include "ui/base/message_bar.h"
#include "ui/base/row_list.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"

namespace guzheng::ui {
namespace {

constexpr unsigned kShownCodes = 200;

QString problem_words(const CodeProblem& problem) {
  const auto detail = qs(problem.detail);
  switch (problem.what) {
    case CodeProblem::What::NoColumns: return CodesWindow::tr("表头里没有“代码”和“名称”两列，也不是 门类、大类、中类、小类、类别名称");
    case CodeProblem::What::NoCode: return CodesWindow::tr("缺代码（名称：%1）").arg(detail);
    case CodeProblem::What::NoName: return CodesWindow::tr("缺名称（代码：%1）").arg(detail);
    case CodeProblem::What::Twice: return CodesWindow::tr("代码 %1 重复").arg(detail);
    case CodeProblem::What::TooLong: return CodesWindow::tr("代码或名称太长");
    case CodeProblem::What::NoLetter: return CodesWindow::tr("上面没有门类（代码：%1）").arg(detail);
    case CodeProblem::What::BadRow: return CodesWindow::tr("这一行读不出来：%1").arg(detail);
    case CodeProblem::What::Empty: return CodesWindow::tr("文件里没有代码");
    case CodeProblem::What::TooMany: return CodesWindow::tr("超过 100 万个代码");
  }
  return {};
}

Row row_of(const CodeProblem& problem) {
  Row row;
  row.icon = "cross-circle";
  row.colour = colour::red;
  row.title = problem.line ? CodesWindow::tr("第 %1 行：%2").arg(problem.line).arg(problem_words(problem)) : problem_words(problem);
  return row;
}

Row row_of(const CodeEntry& entry) {
  Row row;
  row.icon = "hash";
  row.colour = colour::blue;
  row.title = qs(entry.code) + QStringLiteral("  ") + qs(entry.name);
  return row;
}

Row row_of(const CodeTableCard& table) {
  Row row;
  row.icon = "list";
  row.colour = table.error ? colour::red : colour::blue;
  row.title = CodesWindow::table_word(table.name);
  const auto& source = table.source;
  row.lines = {table.error     ? CodesWindow::tr("读不出来：%1").arg(qs(table.error->what))
               : table.built_in ? CodesWindow::tr("%1 个代码 · 随程序内置").arg(table.codes)
               : source         ? CodesWindow::tr("%1 个代码 · %2，%3 于 %4 导入").arg(table.codes).arg(qs(source->file), qs(source->who), day_clock_text(source->at))
                                : CodesWindow::tr("%1 个代码 · 来源没有记录").arg(table.codes)};
  return row;
}

}  // namespace

CodesCard::CodesCard(SubjectDesk& desk, CodeDesk& codes, MessageBar* messages, QWidget* parent) : Card(tr("代码表"), parent), desk_(desk), codes_(codes) {
  body()->addWidget(wrapped(tr("导入主体时用来核对地区和行业，只有名称的换成代码。"), "small"));
  RowLook look;
  look.rule = true;
  look.text_lines = 1;
  list_ = new RowList(tr("代码表列表"), look);
  list_->setMinimumHeight(110);
  body()->addWidget(list_, 1);
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  import_ = button(tr("导入代码表…"), "in");
  remove_ = button(tr("移除"), "bin");
  remove_->setAccessibleName(tr("移除代码表"));
  undo_ = button(tr("撤销"), "undo");
  undo_->setAccessibleName(tr("撤销代码表"));
  for (auto* one : {import_, remove_, undo_}) row->addWidget(one);
  row->addStretch(1);
  body()->addLayout(row);
  connect(import_, &QPushButton::clicked, this, [this] {
    auto* opened = new CodesWindow(desk_, codes_, this);
    opened->show();
  });
  connect(remove_, &QPushButton::clicked, this, [this] {
    if (const int at = list_->chosen(); at >= 0) codes_.remove(tables_[static_cast<std::size_t>(at)].name);
  });
  connect(undo_, &QPushButton::clicked, this, [this, messages] {
    desk_.undo(this, [this, messages](const Status& done) {
      if (!done) return messages->show_error(Doing::CodeTables, done.error());
      messages->show_text("green", tr("已撤销上一步。"));
      codes_.ask_tables();
    });
  });
  connect(list_, &RowList::moved, this, &CodesCard::refresh);
  connect(&codes_, &CodeDesk::tables_read, this, &CodesCard::show_tables);
  connect(&codes_, &CodeDesk::busy_changed, this, &CodesCard::refresh);
  connect(&codes_, &CodeDesk::imported, this, [messages](const std::string& name, qint64 count) {
    messages->show_text("green", tr("已导入 %1，%2 个代码，可以撤销。以后导入主体时按它核对。").arg(CodesWindow::table_word(name)).arg(count));
  });
  connect(&codes_, &CodeDesk::removed, this, [messages](const std::string& name) {
    messages->show_text("green", name == "region" ? tr("已移除导入的地区代码表，改用随程序内置的，可以撤销。") : tr("已移除 %1，可以撤销。").arg(CodesWindow::table_word(name)));
  });
  connect(&desk_, &SubjectDesk::opened, &codes_, &CodeDesk::ask_tables);
  connect(&desk_, &SubjectDesk::undoable_changed, this, &CodesCard::refresh);
  codes_.ask_tables();
  refresh();
}

void CodesCard::show_tables(const std::vector<CodeTableCard>& tables) {
  const int before = list_->chosen();
  tables_ = tables;
  std::vector<Row> rows;
  for (const auto& table : tables) rows.push_back(row_of(table));
  const int count = static_cast<int>(rows.size());
  list_->rows().set_rows(std::move(rows));
  list_->choose(count ? std::clamp(before, 0, count - 1) : -1);
  refresh();
}

void CodesCard::refresh() {
  const bool may = desk_.may_change() && !codes_.busy();
  const int at = list_->chosen();
  import_->setEnabled(may);
  remove_->setEnabled(may && at >= 0 && !tables_[static_cast<std::size_t>(at)].built_in);
  undo_->setEnabled(may && desk_.undoable() > 0);
}

QString CodesWindow::table_word(const std::string& name) {
  if (name == "region") return tr("地区 GB/T 2260");
  if (name == "industry") return tr("行业 GB/T 4754");
  if (name == "sg3") return tr("市场监管专业代码 SG 3");
  return qs(name);
}

CodesWindow::CodesWindow(SubjectDesk& desk, CodeDesk& codes, QWidget* parent) : QWidget(parent, Qt::Window), desk_(desk), codes_(codes) {
  setObjectName("page");
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("导入代码表"));
  resize(760, 640);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(16, 16, 16, 16);
  all->setSpacing(12);
  messages_ = new MessageBar(tr("代码表消息"));
  all->addWidget(messages_);
  all->addWidget(build_file());
  all->addWidget(build_seen(), 1);
  connect(&codes_, &CodeDesk::previewed, this, &CodesWindow::show_preview);
  connect(&codes_, &CodeDesk::failed, this, [this](const Error& e) { messages_->show_error(Doing::CodeTables, e); });
  connect(&codes_, &CodeDesk::busy_changed, this, &CodesWindow::refresh);
  connect(&codes_, &CodeDesk::imported, this, &QWidget::close);
  connect(new QShortcut(QKeySequence(Qt::Key_Escape), this), &QShortcut::activated, this, &QWidget::close);
  refresh();
  path_->setFocus();
}

QWidget* CodesWindow::build_file() {
  auto* card = new Card(tr("代码表文件"));
  card->body()->addWidget(wrapped(tr("CSV、XLSX 或 JSON Lines，两列“代码”“名称”；行业也可以照 GB/T 4754 的样子：门类、大类、中类、小类、类别名称。"), "quiet"));
  auto* first = new QHBoxLayout;
  first->setSpacing(8);
  which_ = new QComboBox;
  for (const auto* name : {"industry", "sg3", "region"}) which_->addItem(table_word(name), name);
  which_->addItem(tr("其他"), "");
  other_ = new QLineEdit;
  other_->setAccessibleName(tr("代码表名"));
  other_->setPlaceholderText(tr("清洗规则用的名字：小写字母、数字、连字符"));
  other_->setMaxLength(40);
  first->addWidget(label(tr("作为"), "quiet"));
  first->addWidget(which_);
  first->addWidget(other_, 1);
  first->addStretch(0);
  card->body()->addLayout(first);
  auto* second = new QHBoxLayout;
  second->setSpacing(8);
  path_ = new QLineEdit;
  path_->setAccessibleName(tr("代码表文件路径"));
  path_->setPlaceholderText(tr("文件的完整路径"));
  auto* browse = button(tr("浏览…"), "folder");
  browse->setAccessibleName(tr("浏览代码表文件"));
  read_ = button(tr("读取并预览"), "next");
  read_->setAccessibleName(tr("读取代码表"));
  second->addWidget(path_, 1);
  second->addWidget(browse);
  second->addWidget(read_);
  card->body()->addLayout(second);
  connect(which_, &QComboBox::currentIndexChanged, this, [this] {
    preview_.reset();
    refresh();
  });
  for (auto* field : {path_, other_})
    connect(field, &QLineEdit::textChanged, this, [this] {
      preview_.reset();
      refresh();
    });
  connect(path_, &QLineEdit::returnPressed, this, &CodesWindow::read);
  connect(read_, &QPushButton::clicked, this, &CodesWindow::read);
  connect(browse, &QPushButton::clicked, this, [this] {
    const auto file = QFileDialog::getOpenFileName(this, tr("代码表文件"), QDir::homePath(), tr("表格 (*.csv *.txt *.tsv *.xlsx *.jsonl *.json);;所有文件 (*)"), nullptr, QFileDialog::DontUseNativeDialog);
    if (file.isEmpty()) return;
    path_->setText(file);
    read();
  });
  return card;
}

QWidget* CodesWindow::build_seen() {
  auto* card = new Card(tr("预览"));
  state_ = wrapped(tr("还没有读取。"), "quiet");
  state_->setAccessibleName(tr("代码表情况"));
  RowLook look;
  look.rule = true;
  look.text_lines = 0;
  list_ = new RowList(tr("代码表预览"), look);
  new EmptyHint(list_, tr("读取之后这里列出代码；有错的行先列出来。"));
  import_ = main_button(tr("导入"), "in");
  import_->setAccessibleName(tr("导入这张代码表"));
  card->body()->addWidget(state_);
  card->body()->addWidget(list_, 1);
  card->body()->addWidget(import_, 0, Qt::AlignRight);
  connect(import_, &QPushButton::clicked, this, [this] {
    if (!preview_) return;
    messages_->clear();
    codes_.import(preview_->name, preview_->file);
  });
  return card;
}

std::string CodesWindow::name() const {
  const auto chosen = which_->currentData().toString();
  return ss(chosen.isEmpty() ? other_->text().trimmed() : chosen);
}

void CodesWindow::read() {
  if (!read_->isEnabled()) return;
  messages_->clear();
  codes_.preview(name(), ss(path_->text().trimmed()));
}

void CodesWindow::show_preview(const CodePreview& preview) {
  if (preview.name != name() || preview.file != ss(path_->text().trimmed())) return;         // of a question before
  preview_ = preview;
  const auto codes = static_cast<qint64>(preview.read.entries.size());
  const auto& changes = preview.changes;
  QString text = preview.good() ? tr("%1 个代码，没有错误。与现用的相比：新增 %2，改名 %3，没有了 %4。").arg(codes).arg(changes.added).arg(changes.renamed).arg(changes.left_out)
                                : tr("%1 行有错，一行也不导入；其余 %2 个代码没有问题。改正文件后再读取。").arg(preview.read.problem_count).arg(codes);
  if (preview.read.problem_count > static_cast<std::int64_t>(preview.read.problems.size())) text += tr("只列前 %1 个错误。").arg(preview.read.problems.size());
  else if (preview.good() && preview.read.entries.size() > kShownCodes) text += tr("只列前 %1 个。").arg(kShownCodes);
  state_->setText(text);
  state_->setAccessibleDescription(text);
  std::vector<Row> rows;
  for (const auto& problem : preview.read.problems) rows.push_back(row_of(problem));
  for (std::size_t i = 0; preview.good() && i < std::min<std::size_t>(preview.read.entries.size(), kShownCodes); ++i) rows.push_back(row_of(preview.read.entries[i]));
  list_->rows().set_rows(std::move(rows));
  refresh();
}

void CodesWindow::refresh() {
  static const QRegularExpression plain("^[a-z0-9-]{1,40}$");
  const bool other = which_->currentData().toString().isEmpty();
  other_->setVisible(other);
  read_->setEnabled(!codes_.busy() && !path_->text().trimmed().isEmpty() && plain.match(qs(name())).hasMatch());
  import_->setEnabled(!codes_.busy() && preview_ && preview_->good() && desk_.may_change());
  if (preview_) return;
  state_->setText(tr("还没有读取。"));
  state_->setAccessibleDescription(state_->text());
  list_->rows().set_rows({});
}

}  // namespace guzheng::ui
