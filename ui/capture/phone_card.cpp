#include "ui/capture/phone_card.h"

#include <QButtonGroup>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <algorithm>

#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/capture/clipboard_note.h"
#include "ui/capture/full_pane.h"
#include "ui/capture/phone_pane.h"
#include "ui/capture/words.h"

namespace guzheng::ui {

namespace {
QString paused_words(const SessionStatus& status) {
  if (status.recording_failed) return PhoneCard::tr("录像已中断 · ");
  if (status.in_gap) return PhoneCard::tr("此刻没有录像 · ");
  if (status.phase == SessionPhase::Paused) return PhoneCard::tr("已暂停操作 · ");
  return {};
}
}  // namespace

PhoneCard::PhoneCard(LiveDesk& desk, QWidget* parent) : Card(tr("手机画面"), parent), desk_(desk) {
  measure_ = label({}, "small");
  measure_->setAccessibleName(tr("画面参数"));
  focus_hint_ = label({}, "small");
  header()->addWidget(focus_hint_);
  header()->addSpacing(8);
  header()->addWidget(measure_);
  pane_ = new PhonePane(desk);
  pane_->set_words(tr("正在等待手机画面…"));
  secret_note_ = note_box("red");
  secret_note_->layout()->addWidget(icon_text("key", colour::red,
      wrapped(tr("密码输入：键入的内容在日志中只留长度和加盐摘要。注意：录屏仍会录下屏幕上显示的一切。"), "bad")));
  secret_note_->hide();
  body()->addWidget(secret_note_);
  pause_note_ = note_box("blue");
  pause_note_->layout()->addWidget(icon_text("pause", colour::blue, wrapped(tr("已暂停操作：手机不接受点按和输入，录制继续。左栏“继续操作”后再操作。"))));
  pause_note_->hide();
  body()->addWidget(pause_note_);
  clipboard_ = new ClipboardNote;
  body()->addWidget(clipboard_);
  connect(&desk_, &LiveDesk::clipboard, this, [this](const std::string& text) {
    clipboard_->offer(text, {}, desk_.status().secret_mode, [this, text] { desk_.clipboard_taken(text); });
  });
  body()->addWidget(build_long_note());
  body()->addWidget(pane_, 1);
  body()->addWidget(build_line());
  body()->addWidget(build_kinds());
  body()->addWidget(build_capture());
  body()->addWidget(build_buttons());
  connect(pane_, &PhonePane::measured, this, [this](int frames, double latency) {
    rate_ = tr(" · %1 fps · %2 ms").arg(frames).arg(latency, 0, 'f', 0);
    refresh();
  });
  connect(pane_, &PhonePane::focus_changed, this, [this](bool inside) {
    focus_hint_->setText(inside ? tr("键盘已接到手机，Tab 离开") : QString());
  });
  connect(&desk_, &LiveDesk::long_changed, this, &PhoneCard::refresh);
  connect(&desk_, &LiveDesk::long_ended, this, &PhoneCard::tell_long);
  refresh();
  preselect();
}

QWidget* PhoneCard::build_capture() {
  auto* row = new QWidget;
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(6);
  capture_ = main_button(tr("取证当前页面  F8"), "camera");
  capture_->setAccessibleName(tr("取证当前页面"));
  capture_->setProperty("huge", true);
  capture_->setIconSize({20, 20});
  connect(capture_, &QPushButton::clicked, this, &PhoneCard::capture);
  long_ = button(tr("长页"));
  long_->setAccessibleName(tr("长页取证"));
  long_->setToolTip(tr("长页取证：自动向下滚动、逐屏取证，直到页面到底；相邻截图的重叠逐像素证明。Shift+F8"));
  long_->setMinimumHeight(capture_->sizeHint().height());
  connect(long_, &QPushButton::clicked, this, &PhoneCard::capture_long);
  layout->addWidget(capture_, 1);
  layout->addWidget(long_);
  return row;
}

QFrame* PhoneCard::build_long_note() {
  long_note_ = note_box("blue");
  long_words_ = wrapped({});
  long_words_->setAccessibleName(tr("长页说明"));
  long_note_->layout()->addWidget(icon_text("camera", colour::blue, long_words_));
  long_note_->hide();
  return long_note_;
}

// How it went stays until the next act.
void PhoneCard::tell_long(const LongCapture& page) {
  QString words;
  switch (page.why) {
    case LongCapture::Stop::End: words = tr("长页取证：两次上滑未见变化，应已到底，%1 张截图").arg(page.items.size()); break;
    case LongCapture::Stop::Most: words = tr("长页取证：已取 %1 张，页面可能还没有到底；可以接着再取").arg(page.items.size()); break;
    case LongCapture::Stop::Called: words = tr("长页取证：已停止，%1 张截图").arg(page.items.size()); break;
    case LongCapture::Stop::NoOverlap: words = tr("长页取证：最后一张与前一张没有可证明的重叠（页面上有东西在动，或滚动过快），已停止，%1 张截图").arg(page.items.size()); break;
    case LongCapture::Stop::Ambiguous: words = tr("长页取证：最后一张与前一张的重叠不能唯一确定（内容重复或空白），已停止，%1 张截图").arg(page.items.size()); break;
  }
  words += page.number > 0 ? tr("，其中 %1 张拼接为长页。").arg(page.pages) : tr("，各自为证，没有拼接。");
  say_long(words);
}

void PhoneCard::say_long(const QString& words) {
  long_words_->setText(words);
  long_words_->setAccessibleDescription(words);
  long_note_->setVisible(true);
}

QWidget* PhoneCard::build_kinds() {
  auto* row = new QWidget;
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(6);
  auto* group = new QButtonGroup(this);
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    kinds_[i] = pill(Words::kind(kItemKinds[i]));
    kinds_[i]->setAccessibleName(tr("这一页是 ") + Words::kind(kItemKinds[i]));
    kinds_[i]->setToolTip(QString("Alt+%1").arg(i + 1));
    group->addButton(kinds_[i]);
    layout->addWidget(kinds_[i], 1);
  }
  return row;
}

QWidget* PhoneCard::build_buttons() {
  auto* row = new QWidget;
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(6);
  const auto add = [&](const QString& text, const QString& tip, auto act) {
    auto* made = button(text);
    made->setToolTip(tip);
    made->setMinimumWidth(0);
    made->setStyleSheet("padding-left: 2px; padding-right: 2px;");
    made->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    connect(made, &QPushButton::clicked, this, act);
    layout->addWidget(made, 1);
    acts_.push_back(made);
    return made;
  };
  const auto add_input = [&](const QString& text, const QString& tip, auto act) { inputs_.push_back(add(text, tip, act)); };
  add_input(tr("返回"), tr("返回键；在画面中按 Esc"), [this] { desk_.press(kKeyBack); });
  add_input(tr("主页"), tr("主页键；在画面中按鼠标中键"), [this] { desk_.press(kKeyHome); });
  add_input(tr("多任务"), tr("多任务键"), [this] { desk_.press(kKeyAppSwitch); });
  add_input(tr("旋转"), tr("旋转屏幕"), [this] { desk_.input(RotateDevice{}); });
  add_input(tr("输入中文"), "F9", [this] { open_line(false); });
  add(tr("备注"), "F7", [this] { open_line(true); });
  secret_ = add(tr("密码输入"), tr("日志中只留长度和摘要"), [this] { desk_.set_secret_mode(!desk_.status().secret_mode); });
  secret_->setCheckable(true);
  secret_->setProperty("secret", true);
  layout->addWidget(build_more(), 1);
  return row;
}

// What else can be done to the phone; the keys are phone_keys.h's.
QWidget* PhoneCard::build_more() {
  auto* more = button(tr("更多"));
  more->setAccessibleName(tr("更多手机操作"));
  more->setMinimumWidth(0);
  more->setStyleSheet("padding-left: 2px; padding-right: 2px;");
  more->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  auto* menu = new QMenu(more);
  const auto add = [&](const QString& text, const QString& keys, const std::function<void()>& act) {
    connect(menu->addAction(keys.isEmpty() ? text : text + '\t' + keys), &QAction::triggered, this, act);
  };
  add(tr("打开应用…"), {}, [this] { ask_app(); });
  menu->addSeparator();
  add(tr("通知栏"), "Alt+N", [this] { desk_.input(ExpandNotifications{}); });
  add(tr("快捷设置"), "Alt+E", [this] { desk_.input(ExpandSettings{}); });
  add(tr("收起通知栏"), "Alt+Shift+N", [this] { desk_.input(CollapsePanels{}); });
  menu->addSeparator();
  add(tr("唤醒"), "Alt+W", [this] { desk_.press(kKeyWakeUp); });
  add(tr("电源键"), "Alt+P", [this] { desk_.press(kKeyPower); });
  add(tr("关闭手机屏幕，画面仍在"), "Alt+O", [this] { desk_.input(DisplayPower{false}); });
  add(tr("打开手机屏幕"), "Alt+Shift+O", [this] { desk_.input(DisplayPower{true}); });
  menu->addSeparator();
  add(tr("音量加"), "Alt+↑", [this] { desk_.press(kKeyVolumeUp); });
  add(tr("音量减"), "Alt+↓", [this] { desk_.press(kKeyVolumeDown); });
  menu->addSeparator();
  add(tr("全屏显示手机"), "F11", [this] { toggle_full(); });
  more->setMenu(menu);
  inputs_.push_back(more);
  return more;
}

void PhoneCard::ask_app() {
  auto* ask = new QInputDialog(this);
  ask->setAttribute(Qt::WA_DeleteOnClose);
  ask->setWindowTitle(tr("打开应用"));
  ask->setLabelText(tr("应用的包名（如 com.taobao.taobao），或 ? 加应用名称（如 ?淘宝）"));
  ask->setOkButtonText(tr("打开"));
  ask->setCancelButtonText(tr("取消"));
  connect(ask, &QInputDialog::textValueSelected, this, [this](const QString& name) {
    if (!name.trimmed().isEmpty()) desk_.input(StartApp{ss(name.trimmed())});
  });
  ask->open();
}

void PhoneCard::toggle_full() {
  if (full_ != nullptr) {
    full_->close();
    return;
  }
  full_ = new FullPane(pane_, {[this] { capture(); }, [this] { capture_long(); }}, this);
  connect(full_, &FullPane::leaving, this, &PhoneCard::leave_full);
  pane_->set_full(true);
  refresh();
  full_->showFullScreen();
  pane_->setFocus();
}

// The pane goes back to its place, behind the notes.
void PhoneCard::leave_full() {
  if (full_ == nullptr) return;
  body()->insertWidget(body()->indexOf(long_note_) + 1, pane_, 1);
  pane_->set_full(false);
  pane_->show();
  pane_->setFocus();
  std::exchange(full_, nullptr)->deleteLater();
}

void PhoneCard::hideEvent(QHideEvent* event) {
  if (full_ != nullptr) full_->close();
  Card::hideEvent(event);
}

QWidget* PhoneCard::build_line() {
  line_ = new QWidget;
  auto* layout = new QHBoxLayout(line_);
  layout->setContentsMargins(0, 0, 0, 0);
  line_name_ = label({}, "quiet");
  line_edit_ = new QLineEdit;
  line_edit_->setMaxLength(2000);
  auto* send = button(tr("送出"), "check");
  send->setAccessibleName(tr("送出这一行"));
  auto* close = button(tr("收起"));
  close->setAccessibleName(tr("收起这一行"));
  layout->addWidget(line_name_);
  layout->addWidget(line_edit_, 1);
  layout->addWidget(send);
  layout->addWidget(close);
  connect(send, &QPushButton::clicked, this, &PhoneCard::send_line);
  connect(line_edit_, &QLineEdit::returnPressed, this, &PhoneCard::send_line);
  connect(close, &QPushButton::clicked, line_, &QWidget::hide);
  line_->hide();
  return line_;
}

void PhoneCard::open_line(bool for_note) {
  if (line_->isVisible() && line_is_note_ == for_note) {
    line_->hide();
    return;
  }
  line_is_note_ = for_note;
  line_name_->setText(for_note ? tr("备注") : tr("输入中文"));
  line_edit_->setAccessibleName(for_note ? tr("备注内容") : tr("要输入手机的文字"));
  line_edit_->setPlaceholderText(for_note ? tr("写进日志的备注，回车记下") : tr("先在手机上点中输入框，再在这里写，回车送到手机"));
  line_edit_->setEchoMode(!for_note && desk_.status().secret_mode ? QLineEdit::Password : QLineEdit::Normal);
  line_->show();
  line_edit_->setFocus();
}

void PhoneCard::send_line() {
  const auto text = line_edit_->text();
  if (text.trimmed().isEmpty()) return;
  if (line_is_note_) desk_.note(ss(text.trimmed()));
  else desk_.paste(ss(text));
  line_edit_->clear();
}

void PhoneCard::toggle_secret() { desk_.set_secret_mode(!desk_.status().secret_mode); }

void PhoneCard::choose_kind(int index) {
  if (index >= 0 && index < static_cast<int>(kinds_.size())) kinds_[static_cast<std::size_t>(index)]->setChecked(true);
}

void PhoneCard::swap_focus() {
  if (pane_->hasFocus()) capture_->setFocus();
  else pane_->setFocus();
}

// The next compulsory kind that has no capture yet; afterwards pages in question, the kind there are many of.
void PhoneCard::preselect() {
  const auto& items = desk_.status().items;
  for (int i = 0; i < 4; ++i) {
    const bool taken = std::any_of(items.begin(), items.end(), [&](const auto& item) { return item.description.kind == kItemKinds[i]; });
    if (!taken) return choose_kind(i);
  }
  choose_kind(3);
}

std::optional<ItemDescription> PhoneCard::described() const {
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    if (!kinds_[i]->isChecked()) continue;
    ItemDescription description;
    description.kind = kItemKinds[i];
    description.title = ss(Words::kind(kItemKinds[i]));
    return description;
  }
  return std::nullopt;
}

void PhoneCard::capture() {
  if (desk_.long_pictures()) return say_long(tr("正在长页取证，F8 没有另取一张：每一屏都在取。要单独取证，请先“停止”。"));
  long_note_->hide();
  if (const auto what = described()) desk_.capture(*what);
}

void PhoneCard::capture_long() {
  if (desk_.long_pictures()) return desk_.stop_long();
  if (const auto what = described()) desk_.capture_long(*what);
}

void PhoneCard::refresh() {
  const auto& status = desk_.status();
  const bool running = desk_.stage() == LiveDesk::Stage::Running;
  measure_->setText(status.format.width ? tr("%1×%2").arg(status.format.width).arg(status.format.height) + rate_ : QString());
  measure_->setAccessibleDescription(measure_->text());
  pane_->set_light(desk_.light());
  if (full_ != nullptr) {
    const QString state = paused_words(status);
    full_->set_words(state + tr("已取证 %1 页 · F8 取证当前页面 · Shift+F8 长页 · Esc 或 F11 退出全屏").arg(status.items.size()));
  }
  secret_->setChecked(status.secret_mode);
  secret_note_->setVisible(status.secret_mode);
  const bool paused = status.phase == SessionPhase::Paused, scrolling = desk_.long_pictures().has_value();
  capture_->setEnabled(running && !scrolling);
  for (auto* act : acts_) act->setEnabled(running);
  for (auto* act : inputs_) act->setEnabled(running && !paused && !scrolling);
  long_->setEnabled(running && (!paused || scrolling));
  long_->setText(scrolling ? tr("停止") : tr("长页"));
  if (scrolling) say_long(tr("正在长页取证：已取 %1 张。手机由程序滚动，暂不接受点按；“停止”后可继续操作。").arg(*desk_.long_pictures()));
  pause_note_->setVisible(running && paused);
  if (status.items.size() != items_seen_) {
    items_seen_ = status.items.size();
    preselect();
  }
}

}  // namespace guzheng::ui
