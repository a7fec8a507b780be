#include "ui/people/statements_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>

#include "ui/base/parts.h"
#include "ui/base/text.h"

namespace guzheng::ui {
namespace {

constexpr int kMostText = 2000;

QString text_of(const QPlainTextEdit* edit) { return edit->toPlainText().simplified().left(kMostText); }

}  // namespace

StatementsForm::StatementsForm(QWidget* parent) : QWidget(parent) {
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(0, 0, 0, 0);
  all->setSpacing(8);
  nobody_ = new QCheckBox(tr("当事人及其代表都不在场，告知由录屏和日志记录"));
  nobody_->setAccessibleName(tr("无人在场"));
  nobody_->setChecked(true);
  answered_by_ = new QLineEdit;
  answered_by_->setAccessibleName(tr("回答人"));
  answered_by_->setPlaceholderText(tr("在场人的姓名、身份"));
  answered_by_->setMaxLength(100);
  person_row_ = new QWidget;
  auto* row = new QHBoxLayout(person_row_);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(label(tr("回答人 *"), "quiet"));
  row->addWidget(answered_by_, 1);
  all->addWidget(nobody_);
  all->addWidget(person_row_);
  connect(nobody_, &QCheckBox::toggled, this, [this] { refresh(); });
  connect(answered_by_, &QLineEdit::textChanged, this, &StatementsForm::changed);
  // what is said and answered goes into the evidence: Chinese in every language of the window
  add(tr("出示执法证"), {"出示执法证", "我们是本单位的行政执法人员，现出示执法证件，姓名和执法证号见取证人员记录。现依法对网络交易信息进行电子数据取证。", "已看清", "有异议"});
  add(tr("权利告知"), {"权利告知", "你（单位）有如实回答询问、协助取证的义务，有陈述、申辩和对取证过程提出意见的权利；涉及商业秘密、个人信息的，我们依法保密。", "听清，无意见", "有异议"});
  add(tr("回避告知"), {"回避告知", "你（单位）认为执法人员与本案有直接利害关系或者其他关系可能影响公正执法的，有权申请回避。是否申请回避？", "不申请回避", "申请回避"});
  all->addStretch(1);
  refresh();
}

void StatementsForm::add(const QString& name, const Spoken& spoken) {
  Statement made;
  made.heading = spoken.heading;
  const QString consents = QString::fromUtf8(spoken.consents), refuses = QString::fromUtf8(spoken.refuses);
  made.name = name;
  made.text = new QPlainTextEdit(QString::fromUtf8(spoken.text));
  made.text->setAccessibleName(name);
  made.text->setTabChangesFocus(true);
  made.text->setFixedHeight(62);
  made.answer = new QLineEdit(consents);
  made.answer->setAccessibleName(name + tr(" 回答"));
  made.answer->setMaxLength(300);
  made.consent = new QComboBox;
  made.consent->setAccessibleName(name + tr(" 态度"));
  made.consent->addItems({consents, refuses});
  made.reason = new QLineEdit;
  made.reason->setAccessibleName(name + tr(" 理由"));
  made.reason->setPlaceholderText(tr("理由（必填）"));
  made.reason->setMaxLength(300);
  made.answers = new QWidget;
  auto* row = new QHBoxLayout(made.answers);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(label(tr("回答"), "quiet"));
  row->addWidget(made.consent);
  row->addWidget(made.answer, 1);
  row->addWidget(made.reason, 1);
  auto* column = static_cast<QVBoxLayout*>(layout());
  column->addWidget(label(name + " *", "section"));
  column->addWidget(made.text);
  column->addWidget(made.answers);
  connect(made.text, &QPlainTextEdit::textChanged, this, &StatementsForm::changed);
  connect(made.answer, &QLineEdit::textChanged, this, &StatementsForm::changed);
  connect(made.reason, &QLineEdit::textChanged, this, &StatementsForm::changed);
  connect(made.consent, &QComboBox::activated, this, [this, answer = made.answer, consent = made.consent] {
    answer->setText(consent->currentText());
    refresh();
  });
  statements_.push_back(made);
}

void StatementsForm::refresh() {
  person_row_->setVisible(!nobody_->isChecked());
  for (const auto& one : statements_) {
    one.answers->setVisible(!nobody_->isChecked());
    one.reason->setVisible(one.consent->currentIndex() == 1);
  }
  emit changed();
}

std::vector<OpeningStatement> StatementsForm::statements(const std::string& who) const {
  std::vector<OpeningStatement> out;
  for (const auto& one : statements_) {
    OpeningStatement made;
    made.text = one.heading + "：" + ss(text_of(one.text));
    if (nobody_->isChecked()) made.text += "（当事人及其代表不在场）";
    made.who = who;
    if (!nobody_->isChecked()) {
      made.answer = ss(one.answer->text().trimmed());
      made.answered_by = ss(answered_by_->text().trimmed());
      made.consents = one.consent->currentIndex() == 0;
      if (!made.consents) made.reason = ss(one.reason->text().trimmed());
    }
    out.push_back(std::move(made));
  }
  return out;
}

QString StatementsForm::missing(bool put_focus) {
  const auto lacks = [&](QWidget* where, const QString& what) {
    if (put_focus) where->setFocus();
    return what;
  };
  for (const auto& one : statements_)
    if (text_of(one.text).isEmpty()) return lacks(one.text, one.name);
  if (nobody_->isChecked()) return {};
  if (answered_by_->text().trimmed().isEmpty()) return lacks(answered_by_, tr("回答人"));
  for (const auto& one : statements_) {
    if (one.answer->text().trimmed().isEmpty()) return lacks(one.answer, one.name + tr(" 回答"));
    if (one.consent->currentIndex() == 1 && one.reason->text().trimmed().isEmpty()) return lacks(one.reason, one.name + tr(" 理由"));
  }
  return {};
}

}  // namespace guzheng::ui
