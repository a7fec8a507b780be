#include "ui/subjects/export_window.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QShortcut>

#include "ui/base/message_bar.h"
#include "ui/base/text.h"
#include "ui/subjects/subject_words.h"

namespace guzheng::ui {
namespace {

ExportWords export_words() {
  ExportWords words;
  for (const auto& name : {ExportWindow::tr("名称"), ExportWindow::tr("简称"), ExportWindow::tr("信用代码"), ExportWindow::tr("注册号"), ExportWindow::tr("主体种类"), ExportWindow::tr("登记状态"), ExportWindow::tr("地址"),
                           ExportWindow::tr("地区代码"), ExportWindow::tr("行业代码"), ExportWindow::tr("主营品类"), ExportWindow::tr("监管单位"), ExportWindow::tr("标签"), ExportWindow::tr("店铺账号")})
    words.header.push_back(ss(name));
  for (int i = 0; i < kSubjectKinds; ++i) words.kinds.push_back(ss(SubjectWords::word(static_cast<SubjectKind>(i))));
  for (int i = 0; i < kSubjectStates; ++i) words.states.push_back(ss(SubjectWords::word(static_cast<SubjectState>(i))));
  for (int i = 0; i < kEntryKinds; ++i) words.entry_kinds.push_back(ss(SubjectWords::word(static_cast<EntryKind>(i))));
  return words;
}

// The ending says the kind; one that is there is changed with it.
QString with_ending(const QString& path, const QString& ending) {
  for (const auto* known : {".csv", ".xlsx"})
    if (path.endsWith(QLatin1String(known), Qt::CaseInsensitive)) return path.left(path.size() - static_cast<qsizetype>(std::string_view(known).size())) + ending;
  return path + ending;
}

}  // namespace

ExportWindow::ExportWindow(SubjectDesk& desk, SubjectExport& exports, std::vector<SubjectId> ids, const SubjectQuery& query, const QString& found, QWidget* parent)
    : QWidget(parent, Qt::Window), exports_(exports), ids_(std::move(ids)), query_(query) {
  setObjectName("page");
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("导出主体"));
  resize(640, 400);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(16, 16, 16, 16);
  all->setSpacing(12);
  messages_ = new MessageBar(tr("导出消息"));
  all->addWidget(messages_);
  auto* card = new Card(tr("导出成表格"));
  build_choice(card->body(), found);
  build_file(card->body());
  card->body()->addWidget(wrapped(tr("一个主体一行，十三列，店铺账号一格里一个一行。电话和证件号码不在其中。导出记入操作日志。"), "small"));
  all->addWidget(card);
  all->addStretch(1);
  auto* row = new QHBoxLayout;
  cancel_ = button(tr("停下"), "stop");
  cancel_->setAccessibleName(tr("停下导出"));
  export_ = main_button(tr("导出"), "export");
  export_->setAccessibleName(tr("开始导出"));
  row->addStretch(1);
  row->addWidget(cancel_);
  row->addWidget(export_);
  all->addLayout(row);
  connect(export_, &QPushButton::clicked, this, &ExportWindow::begin);
  connect(cancel_, &QPushButton::clicked, this, [this] { exports_.cancel(); });
  connect(&exports_, &SubjectExport::progress, this, [this](qint64 rows) { messages_->show_text("blue", tr("正在导出，已写 %1 个主体…").arg(rows)); });
  connect(&exports_, &SubjectExport::done, this, [this](const std::filesystem::path& file, qint64 subjects) {
    messages_->show_text("green", tr("已导出 %1 个主体到 %2，记入操作日志。").arg(subjects).arg(qs(file.string())));
    refresh();
  });
  connect(&exports_, &SubjectExport::failed, this, [this](const Error& e) {
    messages_->show_error(Doing::ExportSubjects, e);
    refresh();
  });
  connect(&desk, &SubjectDesk::opened, this, &ExportWindow::refresh);
  connect(new QShortcut(QKeySequence(Qt::Key_Escape), this), &QShortcut::activated, this, &QWidget::close);
  refresh();
  path_->setFocus();
}

void ExportWindow::build_choice(QVBoxLayout* into, const QString& found) {
  these_ = new QRadioButton(tr("选中的 %1 个").arg(ids_.size()));
  these_->setAccessibleName(tr("导出选中的"));
  every_ = new QRadioButton(tr("现在找到的全部：%1").arg(found));
  every_->setAccessibleName(tr("导出找到的全部"));
  these_->setVisible(!ids_.empty());
  (ids_.empty() ? every_ : these_)->setChecked(true);
  into->addWidget(these_);
  into->addWidget(every_);
}

void ExportWindow::build_file(QVBoxLayout* into) {
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  kind_ = new QComboBox;
  kind_->addItem(tr("CSV 文本表格"), ".csv");
  kind_->addItem(tr("XLSX 电子表格"), ".xlsx");
  path_ = new QLineEdit;
  path_->setAccessibleName(tr("导出文件"));
  path_->setPlaceholderText(tr("文件的完整路径"));
  path_->setText(QDir::homePath() + QLatin1Char('/') + tr("主体") + ".csv");
  auto* choose = button(tr("浏览…"), "folder");
  choose->setAccessibleName(tr("浏览导出文件"));
  row->addWidget(kind_);
  row->addWidget(path_, 1);
  row->addWidget(choose);
  into->addLayout(row);
  connect(choose, &QPushButton::clicked, this, &ExportWindow::browse);
  connect(path_, &QLineEdit::textChanged, this, &ExportWindow::refresh);
  connect(path_, &QLineEdit::returnPressed, this, &ExportWindow::begin);
  connect(kind_, &QComboBox::currentIndexChanged, this, [this] {
    if (!path_->text().trimmed().isEmpty()) path_->setText(with_ending(path_->text().trimmed(), kind_->currentData().toString()));
  });
}

void ExportWindow::browse() {
  const auto file = QFileDialog::getSaveFileName(this, tr("导出主体"), path_->text(), tr("表格 (*.csv *.xlsx)"), nullptr, QFileDialog::DontConfirmOverwrite | QFileDialog::DontUseNativeDialog);
  if (!file.isEmpty()) path_->setText(file);
}

void ExportWindow::begin() {
  if (!export_->isEnabled()) return;
  messages_->clear();
  const auto typed = path_->text().trimmed();
  const bool xlsx = typed.endsWith(".xlsx", Qt::CaseInsensitive);
  const auto file = xlsx || typed.endsWith(".csv", Qt::CaseInsensitive) ? typed : typed + kind_->currentData().toString();
  SubjectChoice choice;
  if (these_->isChecked()) choice.ids = ids_;
  else choice.all = query_;
  exports_.start(choice, ss(file), export_words());
  refresh();
}

void ExportWindow::refresh() {
  export_->setEnabled(!exports_.running() && !path_->text().trimmed().isEmpty());
  cancel_->setVisible(exports_.running());
}

}  // namespace guzheng::ui
