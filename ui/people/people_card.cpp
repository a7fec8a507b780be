#include "ui/people/people_card.h"

#include <QButtonGroup>
#include <QComboBox>
#include <algorithm>

#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/people/login_words.h"
#include "ui/people/person_choice.h"

namespace guzheng::ui {

PeopleCard::PeopleCard(OfficerDesk& desk, StationDesk& station, QWidget* parent)
    : Card(tr("取证人员"), parent), desk_(desk), station_(station) {
  officers_ = wrapped({});
  officers_->setAccessibleName(tr("取证人员"));
  body()->addWidget(icon_text("user", colour::blue, officers_));
  choice_ = build_choice();
  body()->addWidget(choice_);
  body()->addWidget(wrapped(tr("两名执法人员共同取证，封存时两人签名（行政处罚法第四十二条）。"), "small"));
  connect(&desk_, &OfficerDesk::door_changed, this, &PeopleCard::fill_people);
  connect(&desk_, &OfficerDesk::second_changed, this, &PeopleCard::fill_people);
  connect(&desk_, &OfficerDesk::busy_changed, this, &PeopleCard::refresh);
  connect(&desk_, &OfficerDesk::answered, this, [this](const QString& badge, const LoginAnswer& answer) {
    if (desk_.door() == Door::Open && ss(badge) != desk_.first()) answered(badge, answer);
  });
  fill_people();
}

QWidget* PeopleCard::build_choice() {
  auto* box = new QWidget;
  auto* column = new QVBoxLayout(box);
  column->setContentsMargins(0, 0, 0, 0);
  second_ = new QComboBox;
  second_->setAccessibleName(tr("第二名取证人员"));
  auto* name = label(tr("第二名 *"), "quiet");
  name->setBuddy(second_);
  later_ = pill(tr("稍后签名（待签）"));
  now_ = pill(tr("现在签名"));
  later_->setToolTip(tr("封存后由本人补签；补签前证据包标为“待签”"));
  now_->setToolTip(tr("本人在场输入口令，封存时签名"));
  later_->setChecked(true);
  auto* group = new QButtonGroup(box);
  group->addButton(later_, 0);
  group->addButton(now_, 1);
  auto* row = new QHBoxLayout;
  row->addWidget(name);
  row->addWidget(second_, 1);
  auto* ways = new QHBoxLayout;
  ways->addWidget(later_);
  ways->addWidget(now_);
  ways->addStretch(1);
  passphrase_ = new QLineEdit;
  passphrase_->setEchoMode(QLineEdit::Password);
  passphrase_->setMaxLength(1000);
  passphrase_->setAccessibleName(tr("第二名人员口令"));
  passphrase_->setPlaceholderText(tr("第二名人员的口令"));
  confirm_ = button(tr("确认口令"), "key");
  passphrase_row_ = new QWidget;
  auto* last = new QHBoxLayout(passphrase_row_);
  last->setContentsMargins(0, 0, 0, 0);
  last->addWidget(passphrase_, 1);
  last->addWidget(confirm_);
  state_ = wrapped({}, "quiet");
  state_->setAccessibleName(tr("第二名人员状态"));
  column->addLayout(row);
  column->addLayout(ways);
  column->addWidget(passphrase_row_);
  column->addWidget(state_);
  connect(second_, &QComboBox::activated, this, &PeopleCard::choose);
  connect(group, &QButtonGroup::idClicked, this, [this](int way) {
    if (way == 0 && desk_.second_signs_now()) choose();
    refresh();
    if (way == 1) passphrase_->setFocus();
  });
  connect(confirm_, &QPushButton::clicked, this, &PeopleCard::sign_now);
  connect(passphrase_, &QLineEdit::returnPressed, this, &PeopleCard::sign_now);
  connect(passphrase_, &QLineEdit::textChanged, this, [this] { refresh(); });
  return box;
}

void PeopleCard::fill_people() {
  const QSignalBlocker quiet(second_);
  second_->clear();
  second_->addItem(tr("请选择…"), QString());
  for (const auto& person : station_.people()) {
    if (person.badge == desk_.first()) continue;
    add_person(*second_, person, person.standing == Standing::Good ? QString() : tr("（证书%1）").arg(LoginWords::standing(person.standing)));
  }
  second_->setCurrentIndex(std::max(0, second_->findData(qs(desk_.second()))));
  if (desk_.second_signs_now()) now_->setChecked(true);
  say({}, "quiet");
  refresh();
}

void PeopleCard::choose() {
  (void)take_secret(passphrase_);
  say({}, "quiet");
  const auto badge = ss(second_->currentData().toString());
  if (badge.empty()) desk_.drop_second();
  else desk_.name_second(badge);           // with the key, when the passphrase has been given
  if (now_->isChecked()) passphrase_->setFocus();
}

void PeopleCard::sign_now() {
  const auto badge = ss(second_->currentData().toString());
  if (badge.empty() || passphrase_->text().isEmpty()) return;
  desk_.log_in_second(badge, take_secret(passphrase_));
}

void PeopleCard::answered(const QString& badge, const LoginAnswer& answer) {
  if (answer) return;                      // second_changed() says it
  auto text = LoginWords::problem(answer, badge);
  if (answer.wait_seconds > 0) text += tr("%1 秒后可再试。").arg(answer.wait_seconds);
  say(text, "bad");
  second_->setCurrentIndex(std::max(0, second_->findData(qs(desk_.second()))));
}

void PeopleCard::say(const QString& text, const char* role) {
  set_role(state_, "role", role);
  state_->setText(text);
  state_->setAccessibleDescription(text);
  state_->setVisible(!text.isEmpty());
}

void PeopleCard::refresh() {
  const auto& card = station_.card();
  QStringList officers;
  for (const auto& officer : card.officers) {
    officers << qs(officer.name) + " " + qs(officer.badge);
    if (desk_.has_login()) break;          // the second stands in the list
  }
  officers_->setText(officers.isEmpty() ? tr("正在打开…") : officers.join(" · ") + "\n" + qs(card.bureau));
  officers_->setAccessibleDescription(officers_->text());
  choice_->setVisible(desk_.has_login());
  const bool idle = !desk_.busy();
  second_->setEnabled(idle);
  later_->setEnabled(idle);
  now_->setEnabled(idle);
  passphrase_row_->setVisible(now_->isChecked() && !desk_.second_signs_now());
  passphrase_->setEnabled(idle);
  confirm_->setEnabled(idle && second_->currentIndex() > 0 && !passphrase_->text().isEmpty());
  confirm_->setText(idle ? tr("确认口令") : tr("正在打开密钥…"));
  if (desk_.second().empty() || refusal_shown()) return;
  if (desk_.second_signs_now()) say(tr("口令正确，封存时两人签名。"), "good");
  else if (now_->isChecked()) say(tr("还没有输入口令；现在开始则为稍后签名。"), "warn");
  else say(tr("封存后由本人补签；补签前证据包标为“待签”。"), "quiet");
}

bool PeopleCard::refusal_shown() const { return state_->property("role").toString() == "bad" && !state_->text().isEmpty(); }

}  // namespace guzheng::ui
