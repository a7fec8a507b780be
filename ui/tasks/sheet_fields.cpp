// The fields of the sheet, label by label as Annex A has them.
#include <QButtonGroup>
#include <QGridLayout>
#include <QWheelEvent>

#include "ui/base/flow_layout.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/tasks/chip_field.h"
#include "ui/tasks/sheet_form.h"
#include "ui/tasks/task_words.h"

namespace guzheng::ui {
namespace {

// The sheet is scrolled by the wheel: a day that lies under the pointer does not change by that.
class CalmDateEdit : public QDateEdit {
 protected:
  void wheelEvent(QWheelEvent* event) override { event->ignore(); }
};

QDateEdit* task_date(const QString& name) {
  auto* out = new CalmDateEdit;
  out->setAccessibleName(name);
  out->setDisplayFormat("yyyy-MM-dd");
  out->setCalendarPopup(true);
  out->setMinimumDate(QDate(2000, 1, 1));
  out->setSpecialValueText(SheetForm::tr("未定"));
  out->setFixedWidth(136);
  return out;
}

}  // namespace

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
  add_row(tr("发起单位（盖章）"), true, build_issuer());
  name_ = text_row(SheetField::Name);
  source_ = text_row(SheetField::Source);

  add_row(tr("监测类别"), true, build_categories());

  add_row(tr("监测方式"), true, build_methods());
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

QWidget* SheetForm::build_issuer() {
  auto* head = new QWidget;
  auto* row = new FlowLayout(10);
  head->setLayout(row);
  issuer_ = new QLineEdit;
  issuer_->setMinimumWidth(300);
  issuer_->setAccessibleName(tr("任务单 发起单位"));
  issuer_->setMaxLength(130);
  connect(issuer_, &QLineEdit::textEdited, this, &SheetForm::edited);
  row->addWidget(issuer_);
  issuer_number_ = label({}, "quiet");
  issuer_number_->setAccessibleName(tr("任务单 编号"));
  row->addWidget(issuer_number_);
  return head;
}

QWidget* SheetForm::build_categories() {
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
  return kinds;
}

QWidget* SheetForm::build_methods() {
  auto* ways = new QWidget;
  auto* way = new FlowLayout(14);
  ways->setLayout(way);
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
  third_party_->setMinimumWidth(200);
  way->addWidget(third_party_);
  return ways;
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
  auto* row = new FlowLayout(6);
  out->setLayout(row);
  from_ = task_date(tr("监测时间 起"));
  until_ = task_date(tr("监测时间 止"));
  days_ = label({}, "small");
  days_->setAccessibleName(tr("监测时间 工作日"));
  row->addWidget(from_);
  row->addWidget(label(tr("至"), "quiet"));
  row->addWidget(until_);
  row->addWidget(days_);
  connect(from_, &QDateEdit::dateChanged, this, &SheetForm::edited);
  connect(until_, &QDateEdit::dateChanged, this, &SheetForm::edited);
  return out;
}

QWidget* SheetForm::build_targets() {
  auto* out = new QWidget;
  auto* flow = new FlowLayout(14);
  out->setLayout(flow);
  for (int i = 0; i < 7; ++i) {
    const auto word = TaskWords::word(static_cast<TargetKind>(i));
    auto* made = new QCheckBox(word);
    made->setAccessibleName(tr("监测对象 ") + word);
    connect(made, &QCheckBox::clicked, this, &SheetForm::edited);
    flow->addWidget(made);
    targets_[static_cast<std::size_t>(i)] = made;
  }
  other_ = new QLineEdit;
  other_->setAccessibleName(tr("监测对象 注明其他"));
  other_->setPlaceholderText(tr("注明其他"));
  connect(other_, &QLineEdit::textEdited, this, &SheetForm::edited);
  other_->setMinimumWidth(160);
  flow->addWidget(other_);
  return out;
}

QWidget* SheetForm::build_features() {
  auto* out = new QWidget;
  auto* grid = new QGridLayout(out);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setColumnStretch(1, 1);
  grid->setColumnMinimumWidth(0, 58);
  grid->setVerticalSpacing(2);
  const auto add = [&](const QString& name, const QString& sign, bool files) {
    auto* field = new ChipField(tr("特征词 ") + name, sign, files);
    const int row = grid->rowCount();
    auto* title = label(name, "small");
    title->setContentsMargins(0, 5, 0, 0);
    grid->addWidget(title, row, 0, Qt::AlignTop);
    grid->addWidget(field, row, 1);
    connect(field, &ChipField::edited, this, &SheetForm::edited);
    connect(field, &ChipField::file_wanted, this, [this, field] { add_file(field); });
    connect(field, &ChipField::document_wanted, this, &SheetForm::document_wanted);
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
    row.make = link_button(tr("生成…"));
    row.make->setAccessibleName(tr("生成 ") + row.box->text());
    row.send = link_button(tr("报送…"));
    row.send->setAccessibleName(tr("报送 ") + row.box->text());
    row.send->setToolTip(tr("报送盖好章的扫描件，或另外做好的文件"));
    connect(row.box, &QCheckBox::clicked, this, &SheetForm::edited);
    connect(row.make, &QPushButton::clicked, this, [this, i] { emit paper_wanted(item_.id, i); });
    connect(row.send, &QPushButton::clicked, this, [this, i] { emit deliver_wanted(item_.id, i); });
    auto* left = new QWidget;
    auto* across = new FlowLayout(6);
    left->setLayout(across);
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
    grid->addWidget(row.make, i, 2);
    grid->addWidget(row.send, i, 3);
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
  print_ = button(tr("打印  Ctrl+P"), "printer");
  print_->setAccessibleName(tr("打印任务单"));
  save_ = button(tr("存草稿  Ctrl+S"));
  save_->setAccessibleName(tr("存草稿"));
  submit_ = main_button(tr("提交  Ctrl+Enter"));
  submit_->setAccessibleName(tr("提交任务单"));
  auto* buttons = new QWidget;
  auto* flow = new FlowLayout(8);
  buttons->setLayout(flow);
  for (auto* one : {print_, save_, submit_}) flow->addWidget(one);
  row->addWidget(buttons);
  connect(print_, &QPushButton::clicked, this, &SheetForm::print);
  connect(save_, &QPushButton::clicked, this, &SheetForm::save_now);
  connect(submit_, &QPushButton::clicked, this, &SheetForm::submit);
  return out;
}

}  // namespace guzheng::ui
