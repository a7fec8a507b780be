#include "ui/settings/settings_page.h"

#include <QButtonGroup>
#include <QGridLayout>
#include <QLineEdit>
#include <QStackedWidget>

#include "ui/base/message_bar.h"
#include "ui/base/parts.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/people/login_words.h"
#include "ui/settings/baseline_view.h"
#include "ui/settings/inventory_view.h"
#include "ui/settings/nodes_view.h"
#include "ui/settings/scripts_view.h"
#include "ui/settings/subjects_view.h"
#include "ui/settings/task_settings.h"

namespace guzheng::ui {
namespace {

constexpr int kShortest = 8;               // as the core's own rule

QString shown_day(WallTime at) { return day_clock_text(at).left(10); }

QGridLayout* sheet_in(Card* card) {
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(18);
  grid->setVerticalSpacing(8);
  card->body()->addLayout(grid);
  card->body()->addStretch(1);
  return grid;
}

void head(QGridLayout* grid, const QStringList& names) {
  int column = 0;
  for (const auto& name : names) grid->addWidget(label(name, "small"), 0, column++);
}

// What a screen reader and a test find by one name.
QLabel* named(QLabel* text, const QString& name) {
  text->setAccessibleName(name);
  text->setAccessibleDescription(text->text());
  return text;
}

}  // namespace

SettingsPage::SettingsPage(SettingsDesk& desk, StationDesk& station, OfficerDesk& officers, NodeDesk& nodes, InventoryDesk& inventory, ScriptDesk& scripts, VaultDesk& vault, SubjectDesk& subjects, CodeDesk& codes, TaskSettingsDesk& tasks, QWidget* parent)
    : QWidget(parent), desk_(desk), station_(station), officers_(officers) {
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(0, 0, 0, 0);
  all->setSpacing(0);
  all->addWidget(build_tabs());
  views_ = new QStackedWidget;
  views_->addWidget(build_station());
  views_->addWidget(scroller(new NodesView(nodes)));
  views_->addWidget(scroller(new InventoryView(inventory)));
  views_->addWidget(scroller(new BaselineView(desk, station)));
  views_->addWidget(scroller(new ScriptsView(scripts, vault)));
  views_->addWidget(scroller(new SubjectsView(subjects, codes)));
  views_->addWidget(scroller(new TaskSettingsView(tasks)));
  all->addWidget(views_, 1);
  connect(check_, &QPushButton::clicked, this, [this] {
    for (auto* answer : answers_) {
      set_role(answer, "role", "quiet");
      answer->setText(tr("正在等待回答…"));
      answer->setAccessibleDescription(answer->text());
    }
    desk_.check_authorities();
  });
  connect(&desk_, &SettingsDesk::changed, this, &SettingsPage::rebuild);
  connect(&desk_, &SettingsDesk::stamped, this, &SettingsPage::stamped);
  connect(&desk_, &SettingsDesk::failed, this, [this](const Error& e) { messages_->show_error(Doing::ReadSettings, e); });
  connect(&officers_, &OfficerDesk::busy_changed, this, &SettingsPage::refresh_passphrase);
  connect(&officers_, &OfficerDesk::passphrase_changed, this, [this](const LoginAnswer& answer) {
    if (answer) {
      messages_->show_text("green", tr("口令已更换，本人在本机的全部密钥都改用新口令。备份在别处的密钥文件仍用旧口令。"));
      return;
    }
    auto text = LoginWords::problem(answer, qs(officers_.first()));
    if (answer.wait_seconds > 0) text += tr("%1 秒后可再试。").arg(answer.wait_seconds);
    messages_->show_text("red", tr("口令没有更换。") + text);
  });
  rebuild();
}

QWidget* SettingsPage::build_tabs() {
  auto* row = new QWidget;
  auto* across = new QHBoxLayout(row);
  across->setContentsMargins(16, 12, 16, 0);
  across->setSpacing(8);
  auto* group = new QButtonGroup(row);
  const QString names[] = {tr("单位与证书"), tr("节点"), tr("设备与介质"), tr("应用基线"), tr("脚本"), tr("主体库"), tr("监测任务")};
  for (int i = 0; i < kViews; ++i) {
    tabs_[i] = pill(names[i]);
    tabs_[i]->setAccessibleName(tr("设置 ") + names[i]);
    group->addButton(tabs_[i], i);
    across->addWidget(tabs_[i]);
  }
  across->addStretch(1);
  tabs_[0]->setChecked(true);
  connect(group, &QButtonGroup::idClicked, this, &SettingsPage::show_view);
  return row;
}

void SettingsPage::show_view(int index) {
  tabs_[index]->setChecked(true);
  views_->setCurrentIndex(index);
}

QWidget* SettingsPage::build_station() {
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(16, 16, 16, 16);
  column->setSpacing(16);
  messages_ = new MessageBar(tr("设置消息"));
  column->addWidget(messages_);
  warnings_ = new QVBoxLayout;
  column->addLayout(warnings_);
  auto* people = new Card(tr("人员"));
  people_ = sheet_in(people);
  auto* roots = new Card(tr("信任的证书"));
  roots_ = sheet_in(roots);
  auto* authorities = new Card(tr("时间戳机构"));
  check_ = button(tr("检测"), "clock");
  check_->setAccessibleName(tr("检测时间戳机构"));
  check_->setToolTip(tr("向每一家要一个时间戳；不涉及任何证据"));
  authorities->header()->addWidget(check_);
  authorities_ = sheet_in(authorities);
  auto* policy = new Card(tr("策略"));
  policy_ = sheet_in(policy);
  policy_->setColumnStretch(1, 1);
  auto* two = new QHBoxLayout;
  two->setSpacing(16);
  two->addWidget(policy, 1);
  passphrase_card_ = build_passphrase();
  two->addWidget(passphrase_card_, 1);
  column->addWidget(people);
  column->addWidget(authorities);
  column->addWidget(roots);
  column->addLayout(two);
  column->addStretch(1);
  auto* flow = scroller(content);
  flow->setFocusPolicy(Qt::StrongFocus);   // arrows scroll it
  return flow;
}

void SettingsPage::rebuild() {
  show_warnings();
  show_people();
  show_roots();
  show_authorities();
  show_policy();
  passphrase_card_->setVisible(officers_.has_login());
  refresh_passphrase();
}

void SettingsPage::show_warnings() {
  clear_layout(warnings_);
  const auto now = station_.clock().wall();
  QStringList lines;
  for (const auto& expiry : desk_.card().expiries) {
    const QString what = expiry.what == "root"        ? tr("单位根证书")
                         : expiry.what == "crl"       ? tr("吊销列表")
                         : expiry.what == "archive"   ? tr("归档证书")
                         : expiry.what == "ingest"    ? tr("中心接收证书")
                         : expiry.what == "station"   ? tr("工作站证书")
                         : expiry.what == "authority" ? tr("时间戳机构根证书")
                                                      : tr("人员证书 %1").arg(qs(expiry.what));
    lines << (expiry.at < now ? tr("%1 %2 已于 %3 到期") : tr("%1 %2 将于 %3 到期")).arg(what, qs(expiry.name), shown_day(expiry.at));
  }
  if (lines.isEmpty()) return;
  auto* box = note_box("amber");
  auto* text = named(wrapped(lines.join('\n') + '\n' + tr("到期后相应的登录、签名或封存不能进行，已封存的证据不受影响。请管理员及时续签（guzheng-evidence ca renew、ca crl）。")), tr("到期提醒"));
  box->layout()->addWidget(icon_text("alert", colour::amber, text));
  warnings_->addWidget(box);
}

void SettingsPage::show_people() {
  clear_layout(people_);
  head(people_, {tr("姓名"), tr("执法证号"), tr("单位"), tr("证书有效期至"), tr("状态"), tr("密钥")});
  people_->setColumnStretch(2, 1);
  int row = 1;
  for (const auto& person : desk_.card().people) {
    people_->addWidget(named(label(qs(person.name)), tr("人员 %1").arg(row)), row, 0);
    people_->addWidget(label(qs(person.badge)), row, 1);
    people_->addWidget(new ElidedLabel(qs(person.unit)), row, 2);
    people_->addWidget(label(shown_day(person.valid_until)), row, 3);
    people_->addWidget(label(LoginWords::standing(person.standing), person.standing == Standing::Good ? "good" : "bad"), row, 4);
    people_->addWidget(label(person.key_here ? tr("在本机") : tr("不在本机"), "quiet"), row++, 5);
  }
}

void SettingsPage::show_roots() {
  clear_layout(roots_);
  roots_->setColumnStretch(1, 1);
  int row = 0;
  for (const auto& root : desk_.card().roots) {
    const QString what = root.what == "root"      ? tr("单位根证书")
                         : root.what == "archive" ? tr("归档证书")
                         : root.what == "ingest"  ? tr("中心接收证书")
                         : root.what == "station" ? tr("工作站证书")
                                                  : tr("时间戳机构根证书");
    auto* print = named(label(grouped_digest(root.info.sha256, 16), "mono"), tr("指纹 ") + what);
    print->setTextInteractionFlags(Qt::TextSelectableByMouse);
    roots_->addWidget(label(what, "quiet"), row, 0);
    roots_->addWidget(new ElidedLabel(qs(root.info.subject_cn)), row, 1);
    roots_->addWidget(label(tr("%1 至 %2").arg(shown_day(root.info.not_before), shown_day(root.info.not_after))), row++, 2);
    roots_->addWidget(label("SHA-256", "small"), row, 0, Qt::AlignTop);
    roots_->addWidget(print, row++, 1, 1, 2);
  }
}

void SettingsPage::show_authorities() {
  clear_layout(authorities_);
  answers_.clear();
  authorities_->setColumnStretch(2, 1);
  int row = 0;
  for (const auto& authority : desk_.card().authorities) {
    auto* answer = wrapped(tr("还没有检测"), "quiet");
    answer->setAccessibleName(tr("时间戳机构回答 %1").arg(row + 1));
    answers_.push_back(answer);
    authorities_->addWidget(label(qs(authority.name)), row, 0, Qt::AlignTop);
    authorities_->addWidget(label(authority.url.empty() ? tr("在本程序内（练习）") : qs(authority.url), "quiet"), row, 1, Qt::AlignTop);
    authorities_->addWidget(answer, row++, 2);
  }
}

void SettingsPage::stamped(int authority, const StampAnswer& answer) {
  if (authority < 0 || static_cast<std::size_t>(authority) >= answers_.size()) return;
  auto* text = answers_[static_cast<std::size_t>(authority)];
  set_role(text, "role", answer.good ? "good" : "bad");
  text->setText(answer.good ? tr("正常：%1，用时 %2 ms，与本机时钟相差 %3 秒").arg(day_clock_text(answer.time)).arg(answer.took_ms).arg(static_cast<double>(answer.apart_ms) / 1000.0, 0, 'f', 1)
                            : tr("没有得到时间戳（%1 ms）：%2。取证时会用另一家，或稍后补盖。").arg(answer.took_ms).arg(qs(answer.error.what)));
  text->setAccessibleDescription(text->text());
}

void SettingsPage::show_policy() {
  clear_layout(policy_);
  int row = 0;
  const auto add = [&](const QString& name, const QString& value) {
    policy_->addWidget(label(name, "quiet"), row, 0, Qt::AlignTop);
    policy_->addWidget(named(wrapped(value), tr("策略 ") + name), row++, 1);
  };
  const auto* policy = station_.policy();
  const auto& card = station_.card();
  add(tr("单位"), qs(card.bureau));
  add(tr("工作站"), qs(card.station));
  add(tr("证据库"), qs(card.vault.string()));
  if (policy == nullptr) {
    add(tr("策略文件"), tr("没有：这是练习台，不锁定，不得作为证据"));
    return;
  }
  QStringList digests;
  for (const auto& digest : policy->scrcpy_server_sha256) digests << short_digest(digest);
  add(tr("策略文件"), qs(policy->file.string()));
  add(tr("无操作锁定"), tr("%1 分钟").arg(policy->idle_lock_minutes));
  add(tr("到期提醒"), tr("提前 %1 天").arg(policy->expiry_warning_days));
  add(tr("至少保存"), tr("%1 个月").arg(policy->retention_months));
  add(tr("最少剩余空间"), tr("%1，少于此数不开始取证").arg(bytes_text(policy->min_free_bytes)));
  add(tr("第二副本"), policy->second_copy.empty() ? tr("没有") : qs(policy->second_copy.string()));
  add(tr("投屏程序"), digests.isEmpty() ? tr("只接受 scrcpy 官方发布的") : tr("官方发布的，以及 %1").arg(digests.join(tr("、"))));
  add(tr("监测任务职责"), policy->duties ? tr("由 [duties] 一节按执法证号规定") : tr("没有写：每名执法人员都可办理全部环节"));
  add(tr("应用证书基线"), policy->app_baseline.empty() ? tr("没有：应用验真只能核对签名是否有效") : qs(policy->app_baseline.string()));
}

QWidget* SettingsPage::build_passphrase() {
  auto* card = new Card(tr("更换自己的口令"));
  auto* grid = new QGridLayout;
  grid->setColumnStretch(1, 1);
  grid->setVerticalSpacing(8);
  int row = 0;
  const auto field = [&](const QString& name) {
    auto* edit = new QLineEdit;
    edit->setEchoMode(QLineEdit::Password);
    edit->setMaxLength(1000);
    edit->setAccessibleName(name);
    grid->addWidget(label(name, "quiet"), row, 0);
    grid->addWidget(edit, row++, 1);
    connect(edit, &QLineEdit::textChanged, this, &SettingsPage::refresh_passphrase);
    return edit;
  };
  old_ = field(tr("现在的口令"));
  fresh_ = field(tr("新口令"));
  again_ = field(tr("新口令再输一次"));
  passphrase_hint_ = wrapped({}, "small");
  passphrase_hint_->setAccessibleName(tr("口令提示"));
  change_ = button(tr("更换口令"), "key");
  card->body()->addLayout(grid);
  card->body()->addWidget(passphrase_hint_);
  card->body()->addWidget(change_, 0, Qt::AlignLeft);
  card->body()->addStretch(1);
  connect(change_, &QPushButton::clicked, this, &SettingsPage::change_passphrase);
  return card;
}

void SettingsPage::refresh_passphrase() {
  const bool long_enough = fresh_->text().toUtf8().size() >= kShortest, same = fresh_->text() == again_->text();
  passphrase_hint_->setText(officers_.busy()                               ? tr("正在更换…")
                            : !fresh_->text().isEmpty() && !long_enough    ? tr("新口令至少 8 个字符。")
                            : !again_->text().isEmpty() && !same           ? tr("两次输入的新口令不一样。")
                                                                           : tr("只换口令，密钥和证书不变；已封存的证据不受影响。"));
  passphrase_hint_->setAccessibleDescription(passphrase_hint_->text());
  change_->setEnabled(!officers_.busy() && long_enough && same && !old_->text().isEmpty());
}

void SettingsPage::change_passphrase() {
  if (!change_->isEnabled()) return;
  Secret old = take_secret(old_), fresh = take_secret(fresh_);
  (void)take_secret(again_);
  officers_.change_passphrase(std::move(old), std::move(fresh));
}

void SettingsPage::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  desk_.refresh();
}

}  // namespace guzheng::ui
