#include "ui/group/group_page.h"

#include <QButtonGroup>
#include <QGridLayout>
#include <QLineEdit>

#include "ui/base/message_bar.h"
#include "ui/base/parts.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/capture/clipboard_note.h"
#include "ui/capture/words.h"
#include "ui/group/group_card.h"
#include "ui/group/group_pane.h"
#include "ui/group/group_table.h"

namespace guzheng::ui {
namespace {

constexpr int kAcross = 4, kAcrossMany = 8;            // cards side by side; more than eight phones stand in two rows
constexpr unsigned kMostFramed = 20;                 // frames on one picture: more hide the page

QString phones_of(const std::map<int, std::uint64_t>& lost) {
  QStringList out;
  for (const auto& [number, count] : lost) out << GroupPage::tr("手机 %1（%2 次）").arg(number).arg(count);
  return out.join(GroupPage::tr("、"));
}

QString name_of(GroupAct act) {
  switch (act) {
    case GroupAct::Tap: return GroupPage::tr("点按");
    case GroupAct::Drag: return GroupPage::tr("拖动");
    case GroupAct::Scroll: return GroupPage::tr("滚动");
    case GroupAct::Key: return GroupPage::tr("按键");
    case GroupAct::Text: return GroupPage::tr("输入文字");
    case GroupAct::Capture: return GroupPage::tr("取证");
    case GroupAct::LongCapture: return GroupPage::tr("长页取证");
    case GroupAct::Compare: return GroupPage::tr("对照");
    case GroupAct::Pause: return GroupPage::tr("暂停操作");
    case GroupAct::Resume: return GroupPage::tr("继续操作");
    case GroupAct::End: return GroupPage::tr("结束并封存");
  }
  return {};
}

// Blocks of pixels say less than the elements that differ: not where those are framed already, nor as half of a page.
bool says_little(const PageBox& place, const PageBox& screen, const std::vector<PageBox>& framed) {
  const auto area = [](const PageBox& b) { return static_cast<long>(b.right - b.left) * (b.bottom - b.top); };
  return area(place) * 4 > area(screen) || std::any_of(framed.begin(), framed.end(), [&](const PageBox& b) {
           return b.left < place.right && place.left < b.right && b.top < place.bottom && place.top < b.bottom;
         });
}

// Its places hold for what the phones still show.
std::vector<PageBox> places_of(const ComparedPage& page, std::size_t member) {
  std::vector<PageBox> out;
  for (const auto& row : page.rows) {
    if (member >= row.cells.size() || out.size() >= kMostFramed) break;
    const auto& cell = row.cells[member];
    if (row.aspect == Aspect::Picture && cell.place && says_little(*cell.place, page.screens[member], out)) continue;
    if (cell.differs && cell.place && std::find(out.begin(), out.end(), *cell.place) == out.end()) out.push_back(*cell.place);
  }
  return out;
}

}  // namespace

GroupPage::GroupPage(GroupDesk& desk, QWidget* parent) : QWidget(parent), desk_(desk) {
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(12, 12, 12, 12);
  all->setSpacing(8);
  messages_ = new MessageBar(tr("并行取证消息"));
  all->addWidget(messages_);
  secret_note_ = note_box("red");
  secret_note_->layout()->addWidget(icon_text("key", colour::red, wrapped(tr("密码输入：键入的内容在各手机的日志中只留长度和加盐摘要。录屏仍会录下屏幕上显示的一切。"), "bad")));
  pause_note_ = note_box("blue");
  pause_note_->layout()->addWidget(icon_text("pause", colour::blue, wrapped(tr("已暂停操作：各手机不接受点按和输入，录制继续。"))));
  all->addWidget(secret_note_);
  all->addWidget(pause_note_);
  all->addWidget(clipboard_ = new ClipboardNote);
  all->addWidget(build_cards(), 6);
  all->addWidget(build_acts());
  all->addWidget(build_kinds());
  all->addWidget(build_line());
  all->addWidget(end_card_ = build_end());
  all->addWidget(pause_card_ = build_pause());
  table_ = new GroupTable(desk_);
  all->addWidget(table_, 3);
  listen();
  refresh();
  for (auto* card : cards_) card->pane().take_frame();
  if (!cards_.empty()) cards_.front()->pane().setFocus();
}

void GroupPage::listen() {
  connect(&desk_, &GroupDesk::changed, this, &GroupPage::refresh);
  connect(&desk_, &GroupDesk::frame_ready, this, [this](int member) { cards_[static_cast<std::size_t>(member - 1)]->pane().take_frame(); });
  connect(&desk_, &GroupDesk::failed, this, [this](const Error& error) { show_error(Doing::Capturing, error); });
  connect(&desk_, &GroupDesk::refused, this, [this](const Error& error) { show_error(Doing::Describing, error); });
  connect(&desk_, &GroupDesk::trouble, this, [this](int member, const Error& error) { show_error(Doing::Capturing, error.in("phone " + std::to_string(member))); });
  connect(&desk_, &GroupDesk::followed, this, [this](const QString& element, int differed) {
    if (element.isEmpty()) messages_->show_text("amber", tr("点按处没有可辨认的界面元素，各手机都没有点按。请点按文字或按钮。"));
    else if (differed > 0) messages_->show_text("amber", tr("有 %1 部手机的页面上没有“%2”，已停止并各自取下当时的页面；其余手机继续。").arg(differed).arg(element));
    else if (told_ == Told::Nothing) messages_->clear();
  });
  connect(&desk_, &GroupDesk::dragged, this, [this](const QString& element, int in_proportion) {
    if (told_ != Told::Nothing) return;
    if (in_proportion == 0) messages_->clear();
    else if (element.isEmpty()) messages_->show_text("blue", tr("拖动处没有可滚动的界面元素：各手机按屏幕比例拖动。"));
    else messages_->show_text("blue", tr("%1 部手机的页面上没有同一个可滚动的区域，按屏幕比例拖动。").arg(in_proportion));
  });
  connect(&desk_, &GroupDesk::inputs_lost, this, &GroupPage::tell_lost);
  connect(&desk_, &GroupDesk::page_left, this, &GroupPage::clear_marks);
  connect(&desk_, &GroupDesk::page_left, this, &GroupPage::forget_told);
  connect(&desk_, &GroupDesk::not_taken, this, &GroupPage::tell_not_taken);
  connect(&desk_, &GroupDesk::compared, this, [this] {
    if (told_ == Told::Waiting && desk_.waiting_captures() == 0) forget_told();
  });
  connect(&desk_, &GroupDesk::clipboard, this, [this](int member, const std::string& text) {
    clipboard_->offer(text, tr("手机 %1").arg(member), desk_.secret_mode(), [this, member, text] { desk_.clipboard_taken(member, text); });
  });
  for (auto* card : cards_) connect(&card->pane(), &GroupPane::text_refused, this, &GroupPage::keep_text);
  connect(&desk_, &GroupDesk::long_changed, this, &GroupPage::refresh);
  connect(&desk_, &GroupDesk::long_ended, this, &GroupPage::tell_long);
  connect(table_, &GroupTable::page_shown, this, &GroupPage::show_marks);
}

QWidget* GroupPage::build_cards() {
  auto* place = new QWidget;
  auto* grid = new QGridLayout(place);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setSpacing(10);
  const int count = static_cast<int>(desk_.cards().size()), across = count <= kAcross ? count : std::min(kAcrossMany, (count + 1) / (count > kAcrossMany ? 2 : 1));
  for (const auto& card : desk_.cards()) {
    auto* view = new GroupCardView(desk_, card.number, count <= kAcross);
    grid->addWidget(view, (card.number - 1) / across, (card.number - 1) % across);
    grid->setColumnStretch((card.number - 1) % across, 1);
    cards_.push_back(view);
  }
  return place;
}

QWidget* GroupPage::build_acts() {
  auto* row = new QWidget;
  auto* all = new QHBoxLayout(row);
  all->setContentsMargins(0, 0, 0, 0);
  all->setSpacing(8);
  capture_ = main_button(tr("%1 部同时取证  F8").arg(desk_.cards().size()), "camera");
  capture_->setAccessibleName(tr("全部取证"));
  connect(capture_, &QPushButton::clicked, this, &GroupPage::capture);
  all->addWidget(capture_);
  const auto add = [&](const QString& text, const QString& sign, const QString& name, const QString& tip, auto act) {
    auto* made = button(text, sign);
    made->setAccessibleName(name);
    made->setToolTip(tip);
    connect(made, &QPushButton::clicked, this, act);
    all->addWidget(made);
    return made;
  };
  long_ = add(tr("长页取证"), "document", tr("全部长页取证"), tr("各手机自动向下滚动、逐屏取证，直到各自的页面到底。Shift+F8"), [this] { capture_long(); });
  all->addStretch(1);
  inputs_.push_back(add(tr("全部返回"), "back", tr("全部返回"), tr("各手机按返回键；在主控画面中按 Esc"), [this] { desk_.press(kKeyBack); }));
  inputs_.push_back(add(tr("全部输入"), "keyboard", tr("全部输入"), "F9", [this] { open_line(false); }));
  secret_ = add(tr("密码输入"), "key", tr("全部密码输入"), tr("各手机的日志中只留长度和摘要"), [this] { desk_.set_secret_mode(!desk_.secret_mode()); });
  secret_->setCheckable(true);
  secret_->setProperty("secret", true);
  add(tr("备注"), "note", tr("写备注"), "F7", [this] { open_line(true); });
  pause_ = add(tr("暂停操作"), "pause", tr("暂停操作"), tr("暂停后各手机不接受操作，录制继续；暂停和原因记入各自的日志"), [this] { toggle_pause(); });
  end_ = add(tr("结束并封存  F10"), "lock", tr("结束并封存全部"), "F10", [this] { ask_end(); });
  end_->setProperty("danger", true);
  return row;
}

QWidget* GroupPage::build_kinds() {
  auto* row = new QWidget;
  auto* all = new QHBoxLayout(row);
  all->setContentsMargins(0, 0, 0, 0);
  all->setSpacing(8);
  all->addWidget(label(tr("这一页是"), "quiet"));
  auto* group = new QButtonGroup(row);
  for (const ItemKind kind : kItemKinds) {
    auto* one = pill(Words::kind(kind));
    one->setAccessibleName(tr("取证内容 ") + Words::kind(kind));
    one->setChecked(kinds_.empty());
    group->addButton(one, static_cast<int>(kinds_.size()));
    kinds_.push_back(one);
    all->addWidget(one);
  }
  all->addStretch(1);
  connect(group, &QButtonGroup::idClicked, this, [this](int id) { kind_ = id; });
  return row;
}

QWidget* GroupPage::build_line() {
  line_ = new QWidget;
  auto* row = new QHBoxLayout(line_);
  row->setContentsMargins(0, 0, 0, 0);
  line_name_ = label({}, "quiet");
  line_edit_ = new QLineEdit;
  line_edit_->setAccessibleName(tr("全部手机的文字或备注"));
  row->addWidget(line_name_);
  row->addWidget(line_edit_, 1);
  connect(line_edit_, &QLineEdit::returnPressed, this, &GroupPage::send_line);
  line_->hide();
  return line_;
}

void GroupPage::open_line(bool for_note) {
  line_is_note_ = for_note;
  line_name_->setText(for_note ? tr("写入各手机记录的备注") : tr("送到全部手机的文字"));
  line_edit_->setEchoMode(!for_note && desk_.secret_mode() ? QLineEdit::Password : QLineEdit::Normal);
  line_->show();
  line_edit_->setFocus();
}

void GroupPage::send_line() {
  const auto text = line_edit_->text().trimmed();
  if (!text.isEmpty()) {
    if (line_is_note_) desk_.note(text.toStdString());
    else if (!desk_.paste(text.toStdString())) return;     // it stays, to be sent again
  }
  line_edit_->clear();
  line_->hide();
}

QFrame* GroupPage::build_end() {
  auto* box = note_box("amber");
  auto* row = new QHBoxLayout;
  row->addWidget(label(tr("若有应取内容没有取全，说明原因（写入每个证据包）：")));
  reason_ = new QLineEdit;
  reason_->setAccessibleName(tr("不完整的原因"));
  row->addWidget(reason_, 1);
  auto* confirm = button(tr("确认结束并封存"), "stop");
  auto* back = button(tr("继续取证"));
  row->addWidget(confirm);
  row->addWidget(back);
  static_cast<QVBoxLayout*>(box->layout())->addLayout(row);
  connect(reason_, &QLineEdit::returnPressed, this, &GroupPage::confirm_end);
  connect(confirm, &QPushButton::clicked, this, &GroupPage::confirm_end);
  connect(back, &QPushButton::clicked, box, &QWidget::hide);
  box->hide();
  return box;
}

QFrame* GroupPage::build_pause() {
  auto* box = note_box("blue");
  auto* row = new QHBoxLayout;
  row->addWidget(label(tr("暂停期间各手机不接受操作，录制继续。")));
  pause_reason_ = new QLineEdit;
  pause_reason_->setMaxLength(200);
  pause_reason_->setAccessibleName(tr("全部暂停原因"));
  pause_reason_->setPlaceholderText(tr("暂停的原因（必填）"));
  row->addWidget(pause_reason_, 1);
  auto* confirm = button(tr("暂停"), "pause");
  confirm->setAccessibleName(tr("确认全部暂停"));
  confirm->setEnabled(false);
  auto* stay = button(tr("不暂停"));
  row->addWidget(confirm);
  row->addWidget(stay);
  static_cast<QVBoxLayout*>(box->layout())->addLayout(row);
  connect(pause_reason_, &QLineEdit::textChanged, confirm, [confirm](const QString& text) { confirm->setEnabled(!text.trimmed().isEmpty()); });
  connect(pause_reason_, &QLineEdit::returnPressed, this, &GroupPage::confirm_pause);
  connect(confirm, &QPushButton::clicked, this, &GroupPage::confirm_pause);
  connect(stay, &QPushButton::clicked, box, &QWidget::hide);
  box->hide();
  return box;
}

void GroupPage::keep_text(const QString& text) {
  const QString before = line_->isVisible() && !line_is_note_ ? line_edit_->text() : QString();
  open_line(false);
  line_edit_->setText(before + text);
}

void GroupPage::toggle_pause() {
  if (desk_.paused()) return void(desk_.resume());
  pause_card_->setVisible(!pause_card_->isVisible());
  if (pause_card_->isVisible()) pause_reason_->setFocus();
}

void GroupPage::confirm_pause() {
  const auto reason = pause_reason_->text().trimmed();
  if (reason.isEmpty()) return pause_reason_->setFocus();
  pausing_ = desk_.pause(ss(reason));      // the card goes once a phone is paused (refresh)
}

void GroupPage::ask_end() {
  if (end_card_->isVisible()) return confirm_end();
  pause_card_->hide();
  end_card_->show();
  reason_->setFocus();
}

void GroupPage::confirm_end() {
  if (desk_.end(reason_->text().trimmed().toStdString())) end_card_->hide();
}

// On the page that was captured last and that nothing has changed since; each card says how many rows differ, and how late it was.
void GroupPage::show_marks() {
  const auto* page = table_->page();
  for (std::size_t i = 0; i < cards_.size(); ++i) {
    if (!page || i >= page->items.size() || page->items[i] == 0) {
      cards_[i]->set_difference(-1, {});
      cards_[i]->pane().set_marks({}, {});
      continue;
    }
    const auto differing = std::count_if(page->rows.begin(), page->rows.end(), [&](const auto& row) { return i < row.cells.size() && row.cells[i].differs; });
    const auto time = std::find_if(page->rows.begin(), page->rows.end(), [](const auto& row) { return row.aspect == Aspect::Time; });
    QString late;
    if (time != page->rows.end()) {
      std::int64_t first = 0, own = 0;
      for (std::size_t c = 0; c < time->cells.size(); ++c)
        if (const auto at = parse_time(time->cells[c].text)) {
          first = first == 0 ? at->ms : std::min(first, at->ms);
          if (c == i) own = at->ms;
        }
      if (own > 0) late = own == first ? tr("时间起点") : tr("晚 %1 s").arg(static_cast<double>(own - first) / 1000.0, 0, 'f', 2);
    }
    cards_[i]->set_difference(static_cast<int>(differing), late);
    cards_[i]->pane().set_marks(table_->shows_newest() ? places_of(*page, i) : std::vector<PageBox>{}, page->screens[i]);
  }
}

void GroupPage::clear_marks() {
  for (auto* card : cards_) card->pane().set_marks({}, {});
}

void GroupPage::tell_lost(const std::map<int, std::uint64_t>& lost) {
  messages_->show_text("red", tr("%1 的操作没有送到（连接中断、已暂停或写不进记录），已记入各自的日志。它们可能已与其他手机不同步：先看画面，再继续。").arg(phones_of(lost)));
}

// Nothing is lost without a word: what was asked for, why it was not done, what to do.
void GroupPage::tell_not_taken(GroupAct what) {
  const auto running = desk_.running();
  told_ = Told::NotTaken;
  if (running == GroupAct::End) messages_->show_text("amber", tr("“%1”没有做：正在封存各手机的证据包。").arg(name_of(what)));
  else if (running) messages_->show_text("amber", tr("“%1”没有做：前一操作“%2”还在进行。完成后再试；要留住此刻的画面请按 F8，取证会排队。").arg(name_of(what), name_of(*running)));
  else messages_->show_text("amber", tr("“%1”没有做：已暂停操作。请先“继续操作”。").arg(name_of(what)));
}

void GroupPage::tell_waiting() {
  const auto running = desk_.running();
  if (desk_.waiting_captures() == 0 || !running) return;
  told_ = Told::Waiting;
  messages_->show_text("blue", tr("取证排队 %1 次：前一操作“%2”完成后立即取证。按下的时刻已写入各手机的日志，当时的画面在录像里。").arg(desk_.waiting_captures()).arg(name_of(*running)));
}

void GroupPage::forget_told() {
  if (std::exchange(told_, Told::Nothing) != Told::Nothing) messages_->clear();
}

void GroupPage::tell_long(const std::map<int, LongCapture>& pages) {
  QStringList words;
  bool whole = true;
  for (const auto& [number, page] : pages) {
    whole = whole && page.why == LongCapture::Stop::End;
    const QString end = page.why == LongCapture::Stop::End    ? tr("应已到底")
                        : page.why == LongCapture::Stop::Most ? tr("可能还没有到底")
                        : page.why == LongCapture::Stop::Called ? tr("已停止")
                                                                : tr("相邻截图的重叠不能证明，已停止");
    words << tr("手机 %1：%2 张截图，拼接 %3 张，%4").arg(number).arg(page.items.size()).arg(page.number > 0 ? page.pages : 0).arg(end);
  }
  messages_->show_text(whole ? "green" : "amber", tr("长页取证：%1。").arg(words.join(tr("；"))));
}

void GroupPage::refresh() {
  for (std::size_t i = 0; i < cards_.size() && i < desk_.cards().size(); ++i) cards_[i]->refresh();
  const auto going = std::count_if(desk_.cards().begin(), desk_.cards().end(), [](const auto& card) { return card.stopped.empty(); });
  const bool running = desk_.stage() == LiveDesk::Stage::Running, free = running && !desk_.busy(), paused = desk_.paused(), scrolling = desk_.long_runs();
  const int waiting = desk_.waiting_captures();
  capture_->setText(waiting > 0 ? tr("排队取证 %1 次  F8").arg(waiting) : desk_.running() == GroupAct::Capture ? tr("正在取证…  F8") : tr("%1 部同时取证  F8").arg(going));
  capture_->setAccessibleDescription(capture_->text());
  capture_->setEnabled(running);           // also while another act is under way: it waits then
  if (pausing_ && !desk_.busy()) {
    pausing_ = false;
    if (paused) {
      pause_card_->hide();
      pause_reason_->clear();
      pause_->setFocus();
    }
  }
  long_->setEnabled(scrolling || (free && !paused));
  long_->setText(scrolling ? tr("停止长页") : tr("长页取证"));
  for (auto* act : inputs_) act->setEnabled(free && !paused);
  pause_->setEnabled(free);
  pause_->setText(paused ? tr("继续操作") : tr("暂停操作"));
  pause_->setAccessibleName(pause_->text());
  pause_->setIcon(icon(paused ? "play" : "pause"));
  pause_note_->setVisible(running && paused);
  secret_->setChecked(desk_.secret_mode());
  secret_note_->setVisible(running && desk_.secret_mode());
  end_->setEnabled(free);
  end_->setText(desk_.stage() == LiveDesk::Stage::Ending ? tr("正在封存…") : tr("结束并封存  F10"));
}

ItemDescription GroupPage::described() const {
  ItemDescription out;
  out.kind = kItemKinds[kind_];
  out.title = ss(Words::kind(out.kind));
  return out;
}

void GroupPage::capture() {
  desk_.capture(described());
  tell_waiting();
}

void GroupPage::capture_long() {
  if (desk_.long_runs()) return desk_.stop_long();
  desk_.capture_long(described());
}

void GroupPage::describe() { table_->describe(); }
void GroupPage::save() { table_->save(); }

void GroupPage::show_error(Doing doing, const Error& error) { messages_->show_error(doing, error); }

}  // namespace guzheng::ui
