#include "ui/people/login_page.h"

#include <QApplication>
#include <QComboBox>
#include <QGridLayout>
#include <algorithm>

#include "ui/base/parts.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/people/login_words.h"
#include "ui/people/person_choice.h"

namespace guzheng::ui {

LoginPage::LoginPage(OfficerDesk& desk, StationDesk& station, QWidget* parent) : QWidget(parent), desk_(desk), station_(station) {
  card_ = new Card(tr("登录"));
  card_->setFixedWidth(480);
  where_ = wrapped({}, "quiet");
  where_->setAccessibleName(tr("登录的工作站"));
  state_box_ = note_box("blue");
  state_ = wrapped({});
  state_->setAccessibleName(tr("锁定说明"));
  state_box_->layout()->addWidget(state_);
  people_ = new QComboBox;
  people_->setAccessibleName(tr("登录人员"));
  passphrase_ = new QLineEdit;
  passphrase_->setEchoMode(QLineEdit::Password);
  passphrase_->setMaxLength(1000);
  passphrase_->setAccessibleName(tr("口令"));
  message_box_ = note_box("red");
  message_ = wrapped({});
  message_->setAccessibleName(tr("登录消息"));
  message_box_->layout()->addWidget(message_);
  message_box_->hide();
  enter_ = main_button(tr("登录"));
  enter_->setAccessibleName(tr("登录按钮"));
  auto* grid = new QGridLayout;
  grid->setColumnStretch(1, 1);
  grid->setHorizontalSpacing(12);
  grid->setVerticalSpacing(10);
  grid->addWidget(label(tr("人员"), "quiet"), 0, 0);
  grid->addWidget(people_, 0, 1);
  grid->addWidget(label(tr("口令"), "quiet"), 1, 0);
  grid->addWidget(passphrase_, 1, 1);
  auto* body = card_->body();
  body->addWidget(where_);
  body->addWidget(state_box_);
  body->addSpacing(4);
  body->addLayout(grid);
  body->addWidget(message_box_);
  body->addSpacing(4);
  body->addWidget(enter_);
  body->addWidget(wrapped(tr("登录就是用口令打开自己的密钥。口令输错，下一次要等得更久；忘记口令不影响已封存的证据，请管理员补发。"), "small"));
  auto* all = new QVBoxLayout(this);
  all->addStretch(2);
  auto* middle = new QHBoxLayout;          // no alignment: the words may need more lines
  middle->addStretch(1);
  middle->addWidget(card_);
  middle->addStretch(1);
  all->addLayout(middle);
  all->addStretch(3);
  countdown_.setInterval(1000);
  connect(&countdown_, &QTimer::timeout, this, [this] {
    --wait_;
    say_wait();
  });
  connect(enter_, &QPushButton::clicked, this, &LoginPage::enter);
  connect(passphrase_, &QLineEdit::returnPressed, this, &LoginPage::enter);
  connect(passphrase_, &QLineEdit::textChanged, this, [this] { refresh(); });
  connect(people_, &QComboBox::currentIndexChanged, this, [this] {
    if (wait_ > 0) {                       // the wait is the other officer's
      wait_ = 0;
      countdown_.stop();
      message_box_->hide();
    }
    refresh();
  });
  connect(&station_, &StationDesk::opened, this, &LoginPage::fill_people);
  connect(&station_, &StationDesk::policy_failed, card_, &QWidget::hide);      // the problems above need the room
  connect(&station_, &StationDesk::failed, card_, &QWidget::hide);
  connect(&desk_, &OfficerDesk::door_changed, this, &LoginPage::fill_people);
  connect(&desk_, &OfficerDesk::busy_changed, this, &LoginPage::refresh);
  connect(&desk_, &OfficerDesk::answered, this, [this](const QString& badge, const LoginAnswer& answer) {
    if (desk_.door() != Door::Open) answered(badge, answer);
  });
  fill_people();
}

QString LoginPage::chosen() const { return people_->currentData().toString(); }

// Over a running session only its own officers; else everybody, those without a key here last and not to be chosen.
void LoginPage::fill_people() {
  const auto before = chosen().isEmpty() ? qs(desk_.first()) : chosen();
  const auto& awaited = desk_.awaited();
  auto people = station_.people();
  std::stable_partition(people.begin(), people.end(), [](const auto& person) { return person.key_here; });
  {
    const QSignalBlocker quiet(people_);
    people_->clear();
    for (const auto& person : people) {
      if (!awaited.empty() && std::find(awaited.begin(), awaited.end(), person.badge) == awaited.end()) continue;
      add_person(*people_, person, person.key_here ? QString() : tr("（密钥不在本机）"));
    }
    people_->setCurrentIndex(std::max(0, people_->findData(before)));
  }
  if (station_.is_open()) card_->show();
  refresh();
}

void LoginPage::refresh() {
  const bool open = station_.is_open(), locked = desk_.door() == Door::Locked, session = !desk_.awaited().empty();
  card_->set_title(!open ? tr("正在打开工作站…") : locked ? tr("已锁定") : tr("登录"));
  where_->setText(open ? qs(station_.card().bureau) + "\n" + qs(station_.card().department) + " · " + tr("工作站 %1").arg(qs(station_.card().station)) : QString());
  QStringList names;
  for (const auto& person : station_.people())
    if (std::find(desk_.awaited().begin(), desk_.awaited().end(), person.badge) != desk_.awaited().end()) names << qs(person.name) + " " + qs(person.badge);
  state_->setText(session ? tr("取证没有停：录像、日志和时间戳都在继续，手机不接受操作。只有本次的取证人员可以解锁：%1。").arg(names.join(tr("、")))
                          : tr("无人操作时工作站自动锁定，密钥已从内存清除。证据不受影响。"));
  state_->setAccessibleDescription(state_->text());
  state_box_->setVisible(locked);
  enter_->setText(desk_.busy() ? tr("正在打开密钥…") : locked ? tr("解锁") : tr("登录"));
  people_->setEnabled(open && !desk_.busy());
  passphrase_->setEnabled(open && !desk_.busy());
  enter_->setEnabled(open && !desk_.busy() && wait_ <= 0 && !chosen().isEmpty() && !passphrase_->text().isEmpty());
  // enabled anew, it would have lost the focus
  if (isVisible() && passphrase_->isEnabled() && !isAncestorOf(QApplication::focusWidget())) passphrase_->setFocus();
  if (open && people_->count() == 0) say("amber", tr("策略的人员文件夹中没有执法人员的证书，谁也不能登录。请管理员用 guzheng-evidence ca issue 签发，或放入已有的证书。"));
}

void LoginPage::enter() {
  if (!enter_->isEnabled()) return;
  message_box_->hide();
  const auto badge = ss(chosen());
  desk_.log_in(badge, take_secret(passphrase_));
}

void LoginPage::answered(const QString& badge, const LoginAnswer& answer) {
  if (answer) {                            // one of two: the other is still awaited
    say("blue", tr("%1 已解锁。本次取证两人都持密钥在场，还需另一人的口令。").arg(qs(answer.name)));
    fill_people();
    return passphrase_->setFocus();
  }
  problem_ = LoginWords::problem(answer, badge);
  wait_ = static_cast<int>(std::min<std::int64_t>(answer.wait_seconds, 3600));
  say_wait();
  passphrase_->setFocus();
}

void LoginPage::say_wait() {
  if (wait_ > 0) {
    countdown_.start();
    say("red", problem_ + tr("%1 秒后可再试。").arg(wait_));
  } else {
    countdown_.stop();
    say("red", problem_);
  }
  refresh();
}

void LoginPage::say(const char* colour_name, const QString& text) {
  set_role(message_box_, "note", colour_name);
  message_->setText(text);
  message_->setAccessibleDescription(text);
  message_box_->show();
}

void LoginPage::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  (void)take_secret(passphrase_);
  message_box_->setVisible(wait_ > 0);
  passphrase_->setFocus();
}

}  // namespace guzheng::ui
