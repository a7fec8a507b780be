#include "ui/subjects/subject_form.h"

#include <QGridLayout>
#include <QKeyEvent>

#include "ui/base/message_bar.h"
#include "ui/base/text.h"
#include "ui/subjects/subject_words.h"

namespace guzheng::ui {
namespace {

std::string trimmed(const QLineEdit* field) { return ss(field->text().trimmed()); }

void fill_units(QComboBox* box, const SubjectDesk& desk, std::int64_t chosen) {
  box->addItem(FormWindow::tr("还没有"), QVariant::fromValue<qint64>(0));
  for (const auto& unit : desk.lists().units) box->addItem(qs(unit.name), QVariant::fromValue<qint64>(unit.id));
  box->setCurrentIndex(std::max(0, box->findData(QVariant::fromValue<qint64>(chosen))));
}

QWidget* with_proposal(QComboBox* box, QLabel*& proposal, QPushButton*& take) {
  auto* both = new QWidget;
  auto* row = new QHBoxLayout(both);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  proposal = label({}, "small");
  proposal->setAccessibleName(FormWindow::tr("按规则建议的单位"));
  take = link_button(FormWindow::tr("采用建议"));
  row->addWidget(box);
  row->addWidget(proposal, 1);
  row->addWidget(take);
  return both;
}

// The unit that the rules propose, beside the box; its button takes it.
void show_proposal(const SubjectDesk& desk, std::int64_t unit, QLabel* proposal, QWidget* take) {
  proposal->setText(unit ? FormWindow::tr("按规则建议：%1").arg(qs(desk.unit_name(unit))) : FormWindow::tr("没有适用的规则"));
  proposal->setAccessibleDescription(proposal->text());
  take->setProperty("unit", QVariant::fromValue<qint64>(unit));
  take->setVisible(unit != 0);
}

}  // namespace

FormWindow::FormWindow(const QString& title, const QString& save, QWidget* parent) : QWidget(parent, Qt::Window), title_(title) {
  setObjectName("page");
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(title);
  resize(560, 200);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(16, 16, 16, 16);
  all->setSpacing(12);
  messages_ = new MessageBar(title + tr(" 消息"));
  all->addWidget(messages_);
  auto* sheet = new QWidget;
  auto* column = new QVBoxLayout(sheet);
  column->setContentsMargins(0, 0, 6, 0);
  grid_ = new QGridLayout;
  column->addLayout(grid_);
  column->addStretch(1);                   // rows stay together in a large window
  grid_->setColumnStretch(1, 1);
  grid_->setHorizontalSpacing(14);
  grid_->setVerticalSpacing(8);
  all->addWidget(scroller(sheet), 1);
  auto* row = new QHBoxLayout;
  row->addStretch(1);
  auto* cancel = button(tr("取消"));
  cancel->setAccessibleName(title + tr(" 取消"));
  save_ = main_button(save);
  save_->setAccessibleName(title + QLatin1Char(' ') + save);
  row->addWidget(cancel);
  row->addWidget(save_);
  all->addLayout(row);
  connect(cancel, &QPushButton::clicked, this, &QWidget::close);
  connect(save_, &QPushButton::clicked, this, &FormWindow::saved);
}

void FormWindow::add_row(const QString& name, QWidget* field) {
  const int row = grid_->rowCount();
  auto* title = label(name, "quiet");
  grid_->addWidget(title, row, 0, qobject_cast<QPlainTextEdit*>(field) ? Qt::AlignTop : Qt::AlignVCenter);
  grid_->addWidget(field, row, 1);
  resize(width(), std::min(640, height() + 40));
}

QLineEdit* FormWindow::text(const QString& name, const QString& hint, const std::string& value, int most) {
  auto* field = new QLineEdit(qs(value));
  field->setAccessibleName(title_ + QLatin1Char(' ') + name);
  field->setPlaceholderText(hint);
  field->setMaxLength(most);
  field->setCursorPosition(0);
  add_row(name, field);
  connect(field, &QLineEdit::textChanged, this, &FormWindow::refresh);
  return field;
}

QPlainTextEdit* FormWindow::lines(const QString& name, const std::string& value) {
  auto* field = new QPlainTextEdit(qs(value));
  field->setAccessibleName(title_ + QLatin1Char(' ') + name);
  field->setTabChangesFocus(true);
  field->setFixedHeight(70);
  add_row(name, field);
  return field;
}

QComboBox* FormWindow::choice(const QString& name) {
  auto* field = new QComboBox;
  field->setAccessibleName(title_ + QLatin1Char(' ') + name);
  return field;
}

void FormWindow::set_busy(bool busy) {
  busy_ = busy;
  refresh();
}

void FormWindow::refresh() {
  save_->setEnabled(!busy_ && std::none_of(needed_.begin(), needed_.end(), [](const QLineEdit* field) { return field->text().trimmed().isEmpty(); }));
}

void FormWindow::show_error(const Error& error) { messages_->show_error(doing_, error); }
void FormWindow::show_text(const char* colour, const QString& text) { messages_->show_text(colour, text); }

void FormWindow::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) close();
  else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && save_->isEnabled()) emit saved();
  else QWidget::keyPressEvent(event);
}

SubjectForm::SubjectForm(SubjectDesk& desk, const Subject& subject, QWidget* parent)
    : FormWindow(subject.id ? tr("修改主体") : tr("新主体"), tr("保存"), parent), desk_(desk), before_(subject) {
  name_ = text(tr("名称 *"), tr("营业执照上的名称"), subject.name);
  short_name_ = text(tr("简称"), {}, subject.short_name);
  credit_code_ = text(tr("信用代码"), tr("18 位统一社会信用代码"), subject.credit_code, 18);
  number_ = text(tr("注册号"), tr("15 位，没有信用代码时填"), subject.number, 15);
  kind_ = choice(tr("主体种类"));
  for (int i = 0; i < kSubjectKinds; ++i) kind_->addItem(SubjectWords::word(static_cast<SubjectKind>(i)));
  kind_->setCurrentIndex(static_cast<int>(subject.kind));
  add_row(tr("主体种类"), kind_);
  state_ = choice(tr("登记状态"));
  for (int i = 0; i < kSubjectStates; ++i) state_->addItem(SubjectWords::word(static_cast<SubjectState>(i)));
  state_->setCurrentIndex(static_cast<int>(subject.state));
  add_row(tr("登记状态"), state_);
  address_ = text(tr("地址"), {}, subject.address);
  region_ = text(tr("地区代码"), tr("行政区划代码，例如 330106"), subject.region, 6);
  industry_ = text(tr("行业代码"), tr("例如 F5225"), subject.industry, 8);
  category_ = text(tr("主营品类"), {}, subject.category);
  licences_ = lines(tr("许可"), subject.licences);
  unit_ = choice(tr("监管单位"));
  fill_units(unit_, desk_, subject.unit);
  QPushButton* take = nullptr;
  add_row(tr("监管单位"), with_proposal(unit_, proposal_, take));
  sensitivity_ = choice(tr("数据级别"));
  for (int i = 0; i < kSensitivities; ++i) sensitivity_->addItem(SubjectWords::word(static_cast<Sensitivity>(i)));
  sensitivity_->setCurrentIndex(static_cast<int>(subject.sensitivity));
  add_row(tr("数据级别"), sensitivity_);
  data_region_ = text(tr("数据地域"), tr("地区代码"), subject.data_region, 6);
  why_ = text(subject.id ? tr("修改原因 *") : tr("登记原因 *"), tr("记入变更历史"), {});
  must(name_);
  must(why_);
  const auto again = [this, take] { show_proposal(desk_, desk_.proposed_unit(trimmed(region_), trimmed(industry_), {}), proposal_, take); };
  connect(region_, &QLineEdit::textChanged, this, again);
  connect(industry_, &QLineEdit::textChanged, this, again);
  connect(take, &QPushButton::clicked, this, [this, take] { unit_->setCurrentIndex(std::max(0, unit_->findData(take->property("unit")))); });
  again();
  refresh();
}

Subject SubjectForm::subject() const {
  Subject out = before_;
  out.name = trimmed(name_);
  out.short_name = trimmed(short_name_);
  out.credit_code = ss(credit_code_->text().trimmed().toUpper());
  out.number = trimmed(number_);
  out.kind = static_cast<SubjectKind>(kind_->currentIndex());
  out.state = static_cast<SubjectState>(state_->currentIndex());
  out.address = trimmed(address_);
  out.region = trimmed(region_);
  out.industry = trimmed(industry_);
  out.category = trimmed(category_);
  out.licences = ss(licences_->toPlainText().trimmed());
  out.unit = unit_->currentData().toLongLong();
  out.sensitivity = static_cast<Sensitivity>(sensitivity_->currentIndex());
  out.data_region = trimmed(data_region_);
  return out;
}

EntryForm::EntryForm(SubjectDesk& desk, const Subject& subject, const Entry& entry, QWidget* parent)
    : FormWindow(entry.no ? tr("修改店铺账号") : tr("新店铺账号"), tr("保存"), parent), desk_(desk), subject_(subject), before_(entry) {
  kind_ = choice(tr("种类"));
  for (int i = 0; i < kEntryKinds; ++i) kind_->addItem(SubjectWords::word(static_cast<EntryKind>(i)));
  kind_->setCurrentIndex(static_cast<int>(entry.kind));
  add_row(tr("种类"), kind_);
  name_ = text(tr("名称 *"), tr("页面上显示的名称"), entry.name);
  platform_ = text(tr("平台"), tr("应用、商城或网站的名称"), entry.platform);
  link_ = text(tr("链接"), tr("网址或编号"), entry.link, 2000);
  category_ = text(tr("主营品类"), {}, entry.category);
  unit_ = choice(tr("监管单位"));
  fill_units(unit_, desk_, entry.unit);
  QPushButton* take = nullptr;
  add_row(tr("监管单位"), with_proposal(unit_, proposal_, take));
  must(name_);
  const auto again = [this, take] { show_proposal(desk_, desk_.proposed_unit(subject_.region, subject_.industry, trimmed(platform_)), proposal_, take); };
  connect(platform_, &QLineEdit::textChanged, this, again);
  connect(take, &QPushButton::clicked, this, [this, take] { unit_->setCurrentIndex(std::max(0, unit_->findData(take->property("unit")))); });
  again();
  refresh();
}

Entry EntryForm::entry() const {
  Entry out = before_;
  out.kind = static_cast<EntryKind>(kind_->currentIndex());
  out.name = trimmed(name_);
  out.platform = trimmed(platform_);
  out.link = trimmed(link_);
  out.category = trimmed(category_);
  out.unit = unit_->currentData().toLongLong();
  return out;
}

RecordForm::RecordForm(WallTime now, QWidget* parent) : FormWindow(tr("新记录"), tr("保存"), parent), now_(now) {
  kind_ = choice(tr("种类"));
  for (int i = 0; i < static_cast<int>(RecordKind::Capture); ++i) kind_->addItem(SubjectWords::word(static_cast<RecordKind>(i)));
  add_row(tr("种类"), kind_);
  day_ = new QDateEdit(QDate::fromString(day_clock_text(now).left(10), Qt::ISODate));
  day_->setAccessibleName(tr("新记录 日期"));
  day_->setDisplayFormat("yyyy-MM-dd");
  add_row(tr("日期"), day_);
  title_ = text(tr("摘要 *"), {}, {});
  source_ = text(tr("来源"), tr("例如 12315 平台"), {});
  reference_ = text(tr("编号"), tr("投诉、案件或文书的编号"), {});
  text_ = lines(tr("内容"), {});
  must(title_);
  refresh();
}

Record RecordForm::record() const {
  Record out;
  out.kind = static_cast<RecordKind>(kind_->currentIndex());
  const auto at = parse_time(ss(day_->date().toString(Qt::ISODate)) + "T00:00:00.000+08:00");
  out.at = at ? *at : now_;
  out.title = trimmed(title_);
  out.source = trimmed(source_);
  out.reference = trimmed(reference_);
  out.text = ss(text_->toPlainText().trimmed());
  return out;
}

SensitiveForm::SensitiveForm(const std::vector<SensitiveValue>& values, QWidget* parent) : FormWindow(tr("修改敏感信息"), tr("保存"), parent) {
  std::string phones, identities;
  for (const auto& value : values) (value.kind == SensitiveKind::Phone ? phones : identities) += value.value + "\n";
  phones_ = lines(tr("电话，一行一个"), phones);
  identities_ = lines(tr("证件号码，一行一个"), identities);
  why_ = text(tr("修改原因 *"), tr("记入变更历史，不含号码"), {});
  must(why_);
  refresh();
}

std::vector<SensitiveValue> SensitiveForm::values() const {
  std::vector<SensitiveValue> out;
  for (const auto& [kind, field] : {std::pair{SensitiveKind::Phone, phones_}, std::pair{SensitiveKind::IdentityNumber, identities_}})
    for (const auto& one : field->toPlainText().split('\n', Qt::SkipEmptyParts))
      if (!one.trimmed().isEmpty()) out.push_back({kind, ss(one.trimmed())});
  return out;
}

ReasonForm::ReasonForm(const QString& title, const QString& explanation, const QString& save, QWidget* parent) : FormWindow(title, save, parent) {
  auto* words = wrapped(explanation);
  words->setMinimumHeight(44);
  add_row({}, words);
  why_ = text(tr("原因 *"), tr("记入变更历史"), {});
  must(why_);
  refresh();
  why_->setFocus();
}

}  // namespace guzheng::ui
