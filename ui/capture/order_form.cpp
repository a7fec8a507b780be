#include "ui/capture/order_form.h"

#include <QGridLayout>
#include <QLineEdit>

#include "ui/base/parts.h"
#include "ui/base/text.h"

namespace guzheng::ui {

OrderForm::OrderForm(QWidget* parent) : QWidget(parent) {
  struct Line {
    QString name;
    std::string CaptureOrder::*member;
    bool compulsory;
    QString hint;
  };
  const Line lines[] = {
      {tr("主体"), &CaptureOrder::subject_name, true, tr("营业执照上的名称")},
      {tr("信用代码"), &CaptureOrder::credit_code, false, tr("18 位统一社会信用代码")},
      {tr("店铺"), &CaptureOrder::shop, true, tr("页面上显示的店铺名称")},
      {tr("平台"), &CaptureOrder::platform, true, tr("应用、小程序或网站的名称")},
      {tr("链接"), &CaptureOrder::link, false, tr("店铺或页面的网址")},
      {tr("权属"), &CaptureOrder::ownership, false, tr("谁的店铺，在谁的平台")},
      {tr("取证事由"), &CaptureOrder::reason, true, tr("为什么取证")},
      {tr("取证内容"), &CaptureOrder::what, true, tr("要取哪些页面")},
      {tr("任务"), &CaptureOrder::task, false, tr("监测任务或来源")},
      {tr("指令编号"), &CaptureOrder::order_no, true, {}},
      {tr("案号"), &CaptureOrder::case_no, false, tr("未立案可不填")},
      {tr("法律依据"), &CaptureOrder::legal_basis, true, {}},
  };
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(12);
  grid->setVerticalSpacing(9);
  grid->setColumnStretch(1, 1);
  int row = 0;
  for (const auto& line : lines) {
    auto* name = label(line.compulsory ? line.name + " *" : line.name, "quiet");
    auto* edit = new QLineEdit;
    edit->setAccessibleName(line.name);
    edit->setPlaceholderText(line.hint);
    edit->setMaxLength(200);
    name->setBuddy(edit);
    grid->addWidget(name, row, 0);
    grid->addWidget(edit, row++, 1);
    fields_.push_back({edit, line.member, line.compulsory, line.name});
    connect(edit, &QLineEdit::textChanged, this, &OrderForm::changed);
  }
  grid->setRowStretch(row, 1);
}

void OrderForm::set_order(const CaptureOrder& order) {
  base_ = order;
  for (const auto& field : fields_) {
    field.edit->setText(qs(order.*field.member));
    field.edit->setCursorPosition(0);
  }
}

CaptureOrder OrderForm::order() const {
  CaptureOrder order = base_;
  for (const auto& field : fields_) order.*field.member = ss(field.edit->text().trimmed());
  return order;
}

QString OrderForm::missing(bool put_focus) {
  for (const auto& field : fields_) {
    if (!field.compulsory || !field.edit->text().trimmed().isEmpty()) continue;
    if (put_focus) field.edit->setFocus();
    return field.name;
  }
  return {};
}

}  // namespace guzheng::ui
