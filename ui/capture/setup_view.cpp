#include "ui/capture/setup_view.h"

#include <QApplication>
#include <QCheckBox>
#include <QButtonGroup>
#include <QClipboard>
#include <QGridLayout>
#include <QStackedWidget>

#include "ui/base/message_bar.h"
#include "ui/base/parts.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/capture/check_view.h"
#include "ui/capture/order_form.h"
#include "ui/capture/phone_chooser.h"
#include "ui/group/group_choice.h"
#include "ui/people/people_card.h"
#include "ui/people/statements_form.h"

namespace guzheng::ui {

SetupView::SetupView(LiveDesk& desk, GroupDesk& group, StationDesk& station, OfficerDesk& officers, QWidget* parent)
    : QWidget(parent), desk_(desk), group_(group), station_(station), officers_desk_(officers) {
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(16, 16, 16, 16);
  all->setSpacing(16);
  messages_ = new MessageBar(tr("取证消息"));
  all->addWidget(messages_);
  sealed_place_ = new QVBoxLayout;
  all->addLayout(sealed_place_);
  auto* columns = new QHBoxLayout;
  columns->setSpacing(16);
  columns->addWidget(build_forms(), 6);
  columns->addWidget(build_side(), 5);
  all->addLayout(columns, 1);
  connect(form_, &OrderForm::changed, this, &SetupView::refresh);
  connect(statements_, &StatementsForm::changed, this, &SetupView::refresh);
  connect(phones_, &PhoneChooser::changed, this, &SetupView::mind_phone);
  connect(checks_, &CheckView::again, this, [this] {
    if (const auto phone = phones_->chosen()) desk_.check(form_->order(), *phone);
  });
  connect(&desk_.checks(), &CheckDesk::changed, this, &SetupView::refresh);
  connect(&desk_, &LiveDesk::stage_changed, this, &SetupView::mind_phone);
  connect(phones_, &PhoneChooser::activated, this, &SetupView::start);
  connect(&officers_desk_, &OfficerDesk::second_changed, this, &SetupView::refresh);
  connect(&officers_desk_, &OfficerDesk::door_changed, this, &SetupView::refresh);
  connect(&desk_, &LiveDesk::started, this, [this] { statements_->clear_answers(station_.card().practice); });      // no answer of another session
  connect(&desk_, &LiveDesk::phone_taken, this, [this](const NodeLease& by) {
    // the name is what that desk says, the key is what the node saw
    messages_->show_text("red", tr("没有开始取证：手机 %1 由“%2”使用，自 %3 起。没有留下任何证据。请换一台手机，或等对方结束后再开始。")
                                    .arg(qs(by.serial), qs(by.holder), by.since_ms > 0 ? day_clock_text({by.since_ms}) : tr("不明时间")) +
                                (by.key.empty() ? QString() : tr("对方登录节点的密钥：%1。").arg(qs(by.key))));
  });
  connect(&desk_, &LiveDesk::sealed, this, &SetupView::show_sealed);
  connect(&group_, &GroupDesk::sealed, this, &SetupView::show_group);
  connect(&desk_.phones(), &PhoneList::changed, this, &SetupView::refresh);
  refresh();
  if (desk_.last_sealed()) show_sealed();
  else if (group_.last_result()) show_group();
}

QWidget* SetupView::build_forms() {
  auto* card = new Card(tr("取证指令"));
  auto* group = new QButtonGroup(card);
  const QString names[] = {tr("指令"), tr("开始前告知"), tr("环境检测")};
  for (int i = 0; i < 3; ++i) {
    tabs_[i] = pill(names[i]);
    tabs_[i]->setAccessibleName(tr("填写 ") + names[i]);
    group->addButton(tabs_[i], i);
    card->header()->addWidget(tabs_[i]);
  }
  card->header()->addWidget(label(tr("带 * 的必填"), "small"));
  form_ = new OrderForm;
  statements_ = new StatementsForm;
  forms_ = new QStackedWidget;
  forms_->addWidget(scroller(form_));
  forms_->addWidget(scroller(statements_));
  checks_ = new CheckView(desk_.checks());
  forms_->addWidget(scroller(checks_));
  card->body()->addWidget(forms_, 1);
  connect(group, &QButtonGroup::idClicked, this, &SetupView::show_form);
  tabs_[0]->setChecked(true);
  return card;
}

void SetupView::show_form(int index) {
  tabs_[index]->setChecked(true);
  forms_->setCurrentIndex(index);
}

// Asked as soon as a phone is there, so that nobody waits for it when everything else is filled in; again when a session has ended.
void SetupView::mind_phone() {
  auto& checks = desk_.checks();
  const auto phone = phones_->chosen();
  if (!desk_.busy() && station_.is_open()) {
    if (!phone) checks.forget();
    else if (checks.state() == CheckDesk::State::Empty || checks.serial() != phone->serial) desk_.check(form_->order(), *phone);
  } else if (desk_.busy() && desk_.stage() != LiveDesk::Stage::Starting) {
    checks.forget();                       // what was let pass was so for this session alone
  }
  refresh();
}

QWidget* SetupView::build_side() {
  auto* side = new QWidget;
  auto* all = new QVBoxLayout(side);
  all->setContentsMargins(0, 0, 0, 0);
  all->setSpacing(16);
  auto* content = new QWidget;             // scrolls where the window is low; the button stays
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(16);
  auto* phone = new Card(tr("手机"));
  phones_ = new PhoneChooser(desk_.phones());
  phone->body()->addWidget(phones_, 1);
  column->addWidget(phone, 1);
  people_ = new PeopleCard(officers_desk_, station_);
  column->addWidget(people_);
  all->addWidget(scroller(content), 1);
  hint_ = wrapped({}, "warn");
  hint_->setAccessibleName(tr("开始前还缺"));
  all->addWidget(hint_);
  audio_ = new QCheckBox(tr("同时录下手机的声音"));
  audio_->setToolTip(tr("录音须有文字记录：取证中在左栏写下听到的内容，没有的证据包为不完整。手机自己的喇叭这时不出声，声音从本工作站放出"));
  all->addWidget(audio_);
  start_ = main_button(tr("开始取证  Ctrl+Enter"), "phone");
  start_->setAccessibleName(tr("开始取证"));
  start_->setProperty("huge", true);
  start_->setIconSize({20, 20});
  connect(start_, &QPushButton::clicked, this, &SetupView::start);
  all->addWidget(start_);
  parallel_ = button(tr("并行取证…（几部手机）"), "phone");
  parallel_->setAccessibleName(tr("并行取证"));
  connect(parallel_, &QPushButton::clicked, this, &SetupView::start_group);
  all->addWidget(parallel_);
  return side;
}

QStringList SetupView::missing() const {
  QStringList out;
  if (!station_.is_open()) out << tr("工作站正在打开");
  if (const auto field = form_->missing(false); !field.isEmpty()) out << tr("取证指令缺“%1”").arg(field);
  if (const auto statement = statements_->missing(false); !statement.isEmpty()) out << tr("开始前告知缺“%1”").arg(statement);
  if (station_.is_open() && officers_desk_.second().empty()) out << tr("没有选第二名取证人员");
  if (!phones_->chosen()) out << tr("没有选中可用的手机");
  else if (desk_.checks().state() == CheckDesk::State::Running) out << tr("正在检测取证环境");
  for (const auto& item : desk_.checks().holding()) out << tr("环境检测“%1”不符").arg(qs(item.title));
  return out;
}

void SetupView::refresh() {
  if (station_.is_open() && !order_shown_) {
    order_shown_ = true;
    form_->set_order(desk_.suggested_order());
    statements_->clear_answers(station_.card().practice);
    mind_phone();
    return;
  }
  people_->refresh();
  const bool starting = desk_.stage() == LiveDesk::Stage::Starting || group_.stage() == LiveDesk::Stage::Starting;
  const auto phones = desk_.phones().phones();
  parallel_->setVisible(std::count_if(phones.begin(), phones.end(), [](const auto& phone) { return phone.free(); }) > 1);
  parallel_->setEnabled(!desk_.busy() && station_.is_open());
  const auto lacking = missing();
  hint_->setText(starting ? tr("正在连接手机、检查取证环境，需要几秒钟…") : lacking.join("；"));
  hint_->setAccessibleDescription(hint_->text());
  hint_->setVisible(starting || !lacking.isEmpty());
  start_->setEnabled(lacking.isEmpty() && !desk_.busy());
  // ready: one key is enough, unless somebody is writing
  auto* focus = QApplication::focusWidget();
  if (start_->isEnabled() && !forms_->isAncestorOf(focus) && !people_->isAncestorOf(focus) && sealed_place_->count() == 0) start_->setFocus();
  start_->setText(starting ? tr("正在开始…") : tr("开始取证  Ctrl+Enter"));
}

void SetupView::take_order(const CaptureOrder& order) {
  refresh();                               // the first time: what the form starts with
  auto here = form_->order();
  for (const auto member : {&CaptureOrder::subject_name, &CaptureOrder::credit_code, &CaptureOrder::shop, &CaptureOrder::platform, &CaptureOrder::link, &CaptureOrder::ownership})
    here.*member = order.*member;
  // a monitoring result says why and for which task; a subject leaves that to the officer
  for (const auto member : {&CaptureOrder::order_no, &CaptureOrder::task, &CaptureOrder::reason, &CaptureOrder::what})
    if (!(order.*member).empty()) here.*member = order.*member;
  form_->set_order(here);
  show_form(0);
  messages_->show_text("blue", tr("已填入主体“%1”。请核对指令，再开始取证。").arg(qs(order.subject_name)));
}

bool SetupView::forms_ready() {
  if (!form_->missing(false).isEmpty()) {
    show_form(0);
    form_->missing(true);
    return false;
  }
  if (!statements_->missing(false).isEmpty()) {
    show_form(1);
    statements_->missing(true);
    return false;
  }
  return true;
}

// Each phone's environment is looked at as it begins: one whose compulsory items fail does not, and the others go on.
void SetupView::start_group() {
  if (desk_.busy() || !station_.is_open() || !forms_ready()) return;
  if (officers_desk_.second().empty()) return messages_->show_text("amber", tr("没有选第二名取证人员"));
  GroupChoice choice(group_, desk_.phones(), form_->order(), this);
  if (choice.exec() != QDialog::Accepted || desk_.busy()) return;
  messages_->clear();
  clear_layout(sealed_place_);
  const auto& officers = station_.card().officers;
  const auto who = officers.empty() ? std::string() : officers.front().name + " " + officers.front().badge;
  group_.start(form_->order(), choice.chosen(), statements_->statements(who));
}

void SetupView::show_group() {
  clear_layout(sealed_place_);
  const auto& result = *group_.last_result();
  const bool whole = result.recorded && std::all_of(result.members.begin(), result.members.end(), [](const auto& m) { return m.package && m.stopped.empty() && m.package->incomplete.empty(); });
  auto* box = note_box(whole ? "green" : "amber");
  box->setAccessibleName(tr("并行取证已封存卡片"));
  auto* grid = new QGridLayout;
  grid->setColumnStretch(1, 1);
  grid->setHorizontalSpacing(12);
  const auto sealed = std::count_if(result.members.begin(), result.members.end(), [](const auto& m) { return m.package.has_value(); });
  auto* title = label(tr("并行取证已封存：%1 部手机，%2 个证据包").arg(result.members.size()).arg(sealed), "big");
  title->setAccessibleName(tr("并行取证结果"));
  grid->addWidget(icon_text(whole ? "check-circle" : "incomplete", whole ? colour::green : colour::amber, title), 0, 0, 1, 3);
  int row = 1;
  for (const auto& member : result.members) {
    grid->addWidget(label(tr("手机 %1").arg(member.number), "quiet"), row, 0);
    const auto what = member.package ? qs(member.package->id) + (member.stopped.empty() ? QString() : tr(" · 中途停止：%1").arg(qs(member.stopped))) : tr("没有证据包：%1").arg(qs(member.unsealed));
    grid->addWidget(wrapped(what, member.package ? "mono" : "warn"), row, 1);
    if (member.package) {
      auto* open = link_button(tr("查看 %1").arg(qs(member.package->id)));
      connect(open, &QPushButton::clicked, this, [this, id = member.package->id] { emit package_wanted(id); });
      grid->addWidget(open, row, 2);
    }
    ++row;
  }
  if (!result.recorded) grid->addWidget(wrapped(tr("没有写成组记录，各包都不完整：%1").arg(qs(result.record_error)), "warn"), row++, 0, 1, 3);
  if (station_.card().practice) grid->addWidget(label(tr("练习 — 不得作为证据"), "warn"), row, 1);
  static_cast<QVBoxLayout*>(box->layout())->addLayout(grid);
  sealed_place_->addWidget(box);
}

void SetupView::start() {
  if (desk_.busy() || !station_.is_open() || !forms_ready()) return;
  const auto phone = phones_->chosen();
  if (!phone || officers_desk_.second().empty() || desk_.checks().state() == CheckDesk::State::Running) return;
  if (!desk_.checks().holding().empty()) {
    show_form(2);
    checks_->focus_trouble();
    return;
  }
  messages_->clear();
  clear_layout(sealed_place_);
  const auto& officers = station_.card().officers;
  const auto who = officers.empty() ? std::string() : officers.front().name + " " + officers.front().badge;
  desk_.set_audio(audio_->isChecked());
  desk_.start(form_->order(), *phone, statements_->statements(who));
}

void SetupView::show_sealed() {
  clear_layout(sealed_place_);
  const auto& sealed = *desk_.last_sealed();
  auto* box = note_box(sealed.incomplete.empty() ? "green" : "amber");
  box->setAccessibleName(tr("已封存卡片"));
  auto* grid = new QGridLayout;
  grid->setColumnStretch(1, 1);
  grid->setHorizontalSpacing(12);
  auto* title = label(sealed.incomplete.empty() ? tr("已封存，证据完整") : tr("已封存，标为不完整"), "big");
  grid->addWidget(icon_text(sealed.incomplete.empty() ? "check-circle" : "incomplete", sealed.incomplete.empty() ? colour::green : colour::amber, title), 0, 0, 1, 2);
  auto* id = label(qs(sealed.id), "mono");
  id->setAccessibleName(tr("证据包编号"));
  id->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto* print = label(grouped_digest(sealed.seal.fingerprint, 16), "mono");
  print->setAccessibleName(tr("封签指纹"));
  print->setTextInteractionFlags(Qt::TextSelectableByMouse);
  grid->addWidget(label(tr("证据包"), "quiet"), 1, 0);
  grid->addWidget(id, 1, 1);
  grid->addWidget(label(tr("封签指纹"), "quiet"), 2, 0, Qt::AlignTop);
  grid->addWidget(print, 2, 1);
  grid->addWidget(label(tr("时间戳"), "quiet"), 3, 0);
  grid->addWidget(label(sealed.seal.stamped ? tr("已加盖 %1").arg(day_clock_text(sealed.seal.sealed_at)) : tr("待时间戳"),
                        sealed.seal.stamped ? "good" : "warn"), 3, 1);
  if (!sealed.seal.second_signature) grid->addWidget(label(tr("待签：第二名人员还没有签名"), "warn"), 4, 1);
  if (station_.card().practice) grid->addWidget(label(tr("练习 — 不得作为证据"), "warn"), 4, 1);
  auto* buttons = new QVBoxLayout;
  auto* open = button(tr("查看证据包"), "shield");
  auto* report = button(tr("生成报告"), "document");
  buttons->addWidget(open);
  buttons->addWidget(report);
  buttons->addStretch(1);
  grid->addLayout(buttons, 0, 2, 5, 1);
  static_cast<QVBoxLayout*>(box->layout())->addLayout(grid);
  connect(open, &QPushButton::clicked, this, [this, id = sealed.id] { emit package_wanted(id); });
  connect(report, &QPushButton::clicked, this, [this, id = sealed.id] { emit report_wanted(id); });
  sealed_place_->addWidget(box);
  open->setFocus();
}

}  // namespace guzheng::ui
