#include "ui/people/statements_form.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>

#include "ui/base/parts.h"
#include "ui/base/text.h"

namespace guzheng::ui {
namespace {

constexpr int kMostText = 2000;

QString text_of(const QPlainTextEdit* edit) { return edit->toPlainText().simplified().left(kMostText); }

// A field and what it is, in one: hidden together.
QWidget* labelled(const QString& words, QLineEdit* field) {
  auto* box = new QWidget;
  auto* row = new QHBoxLayout(box);
  row->setContentsMargins(0, 0, 0, 0);
  auto* name = label(words + " *", "quiet");
  name->setBuddy(field);
  row->addWidget(name);
  row->addWidget(field, 1);
  return box;
}

QLineEdit* short_field(const QString& name, const QString& hint, int most) {
  auto* field = new QLineEdit;
  field->setAccessibleName(name);
  field->setPlaceholderText(hint);
  field->setMaxLength(most);
  return field;
}

}  // namespace

StatementsForm::StatementsForm(QWidget* parent) : QWidget(parent) {
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(0, 0, 0, 0);
  all->setSpacing(8);
  all->addWidget(wrapped(tr("逐项告知，逐项记下回答；没有一项的回答可以代替另一项。"), "small"));
  // what is said and answered goes into the evidence: Chinese in every language of the window
  add(tr("出示执法证"), {"出示执法证", "我们是本单位的行政执法人员，现出示执法证件，姓名和执法证号见取证人员记录。现依法对网络交易信息进行电子数据取证。", "已看清", "有异议"});
  add(tr("权利告知"), {"权利告知", "你（单位）有如实回答询问、协助取证的义务，有陈述、申辩和对取证过程提出意见的权利；涉及商业秘密、个人信息的，我们依法保密。", "听清，无意见", "有异议"});
  add(tr("回避告知"), {"回避告知", "你（单位）认为执法人员与本案有直接利害关系或者其他关系可能影响公正执法的，有权申请回避。是否申请回避？", "不申请回避", "申请回避"});
  all->addStretch(1);
  clear_answers(false);
}

void StatementsForm::add(const QString& name, const Spoken& spoken) {
  Statement made;
  made.heading = spoken.heading;
  made.name = name;
  made.text = new QPlainTextEdit(QString::fromUtf8(spoken.text));
  made.text->setAccessibleName(name);
  made.text->setTabChangesFocus(true);
  made.text->setFixedHeight(62);
  made.choice = new QComboBox;
  made.choice->setAccessibleName(name + tr(" 态度"));
  made.choice->addItems({tr("请选择回答…"), QString::fromUtf8(spoken.consents), QString::fromUtf8(spoken.refuses), tr("在场，没有作答"), tr("当事人及其代表不在场")});
  made.answered_by = short_field(name + tr(" 回答人"), tr("在场人的姓名、身份"), 100);
  made.answer = short_field(name + tr(" 回答"), tr("回答的原话"), 300);
  made.reason = short_field(name + tr(" 理由"), tr("为什么有异议或申请"), 300);
  made.boxes = {labelled(tr("回答人"), made.answered_by), labelled(tr("原话"), made.answer), labelled(tr("理由"), made.reason)};
  auto* first = new QHBoxLayout;
  auto* asked = label(tr("回答 *"), "quiet");
  asked->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
  asked->setBuddy(made.choice);            // a screen reader names a box by its label
  first->addWidget(asked);
  first->addWidget(made.choice);
  first->addWidget(made.boxes[0], 1);
  auto* second = new QHBoxLayout;
  second->addWidget(made.boxes[1], 1);
  second->addWidget(made.boxes[2], 1);
  auto* column = static_cast<QVBoxLayout*>(layout());
  column->addWidget(label(name + " *", "section"));
  column->addWidget(made.text);
  column->addLayout(first);
  column->addLayout(second);
  connect(made.text, &QPlainTextEdit::textChanged, this, &StatementsForm::changed);
  for (auto* field : {made.answered_by, made.answer, made.reason}) connect(field, &QLineEdit::textChanged, this, &StatementsForm::changed);
  connect(made.choice, &QComboBox::activated, this, [this, number = statements_.size()] { choose(number); });
  statements_.push_back(made);
}

void StatementsForm::choose(std::size_t number) {
  const auto& one = statements_[number];
  const int choice = one.choice->currentIndex();
  one.answer->setText(choice == Consents || choice == Refuses ? one.choice->currentText() : QString());
  // mostly the same person: a proposal that stands to be changed
  if (number > 0 && one.answered_by->text().isEmpty() && choice != Absent) one.answered_by->setText(statements_[number - 1].answered_by->text());
  refresh();
}

void StatementsForm::clear_answers(bool absent) {
  for (const auto& one : statements_) {
    one.choice->setCurrentIndex(absent ? Absent : NotChosen);
    for (auto* field : {one.answered_by, one.answer, one.reason}) field->clear();
  }
  refresh();
}

void StatementsForm::refresh() {
  for (const auto& one : statements_) {
    const int choice = one.choice->currentIndex();
    one.boxes[0]->setVisible(choice != NotChosen && choice != Absent);
    one.boxes[1]->setVisible(choice == Consents || choice == Refuses);
    one.boxes[2]->setVisible(choice == Refuses);
  }
  emit changed();
}

std::vector<OpeningStatement> StatementsForm::statements(const std::string& who) const {
  static constexpr OpeningAnswer answers[] = {OpeningAnswer::Absent, OpeningAnswer::Consents, OpeningAnswer::Refuses, OpeningAnswer::Silent, OpeningAnswer::Absent};
  std::vector<OpeningStatement> out;
  for (const auto& one : statements_) {
    OpeningStatement made;
    made.title = one.heading;
    made.text = ss(text_of(one.text));
    made.who = who;
    made.answer = answers[one.choice->currentIndex()];
    if (made.answer != OpeningAnswer::Absent) made.answered_by = ss(one.answered_by->text().trimmed());
    if (one.answer->isVisibleTo(this)) made.words = ss(one.answer->text().trimmed());
    if (made.answer == OpeningAnswer::Refuses) made.reason = ss(one.reason->text().trimmed());
    out.push_back(std::move(made));
  }
  return out;
}

QString StatementsForm::missing(bool put_focus) {
  const auto lacks = [&](QWidget* where, const QString& what) {
    if (put_focus) where->setFocus();
    return what;
  };
  for (const auto& one : statements_) {
    if (text_of(one.text).isEmpty()) return lacks(one.text, one.name);
    if (one.choice->currentIndex() == NotChosen) return lacks(one.choice, one.name + tr(" 回答"));
    for (auto* field : {one.answered_by, one.answer, one.reason})
      if (field->isVisibleTo(this) && field->text().trimmed().isEmpty()) return lacks(field, field->accessibleName());
  }
  return {};
}

}  // namespace guzheng::ui
