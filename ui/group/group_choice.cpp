#include "ui/group/group_choice.h"

#include <QCheckBox>
#include <QLineEdit>

#include "ui/base/parts.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/capture/override_box.h"

namespace guzheng::ui {
namespace {

constexpr std::size_t kMarkedAtFirst = 4;      // one row of cards

}  // namespace

GroupChoice::GroupChoice(GroupDesk& desk, PhoneList& phones, const CaptureOrder& order, QWidget* parent) : QDialog(parent), desk_(desk), phones_(phones), order_(order) {
  setWindowTitle(tr("并行取证：选择手机"));
  resize(760, 520);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(16, 16, 16, 16);
  all->setSpacing(12);
  all->addWidget(wrapped(tr("同一取证指令下，各手机同时录制、同时取证，每部各成一个证据包，封存后互相印证。勾选 2 到 16 部；第一部为主控，其余按界面元素跟随。账号和所在地由取证人员填写，记入各自的日志。"), "quiet"));
  auto* content = new QWidget;
  content->setAccessibleName(tr("参加并行取证的手机"));
  list_ = new QVBoxLayout(content);
  list_->setContentsMargins(0, 0, 8, 0);
  list_->setSpacing(8);
  list_->addStretch(1);
  all->addWidget(scroller(content), 1);
  words_ = wrapped({}, "warn");
  words_->setAccessibleName(tr("并行取证还缺"));
  all->addWidget(words_);
  auto* row = new QHBoxLayout;
  row->addStretch(1);
  auto* cancel = button(tr("取消"));
  start_ = main_button(tr("开始并行取证"), "phone");
  start_->setAccessibleName(tr("开始并行取证"));
  row->addWidget(cancel);
  row->addWidget(start_);
  all->addLayout(row);
  connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
  connect(start_, &QPushButton::clicked, this, &QDialog::accept);
  connect(&phones_, &PhoneList::changed, this, &GroupChoice::refresh);
  desk_.forget_checks();                   // what was let pass was so for an earlier session alone
  refresh();
}

// Phones that came or went keep the others' marks; at first those are marked that fit into one row of cards.
void GroupChoice::refresh() {
  std::vector<Key> there;
  bool first = lines_.empty();
  for (const auto& phone : phones_.phones()) {
    if (!phone.free()) continue;
    const Key key{phone.source, phone.serial};
    there.push_back(key);
    if (!lines_.contains(key)) {
      lines_.emplace(key, make_line(phone, marked().size() < kMarkedAtFirst && (first || lines_.size() < kMarkedAtFirst)));
      list_->insertWidget(list_->count() - 1, lines_.at(key).place);
      if (lines_.at(key).mark->isChecked()) look(phone);
    }
    auto& line = lines_.at(key);
    line.phone = phone;
    const auto name = phone.model.empty() ? qs(phone.serial) : qs(phone.model).replace('_', ' ') + " · " + qs(phone.serial);
    line.mark->setText(tr("%1　%2").arg(name, phones_.sources()[phone.source].node ? tr("节点 %1").arg(qs(phones_.sources()[phone.source].name)) : tr("接在本机")));
  }
  for (auto it = lines_.begin(); it != lines_.end();) {
    if (std::find(there.begin(), there.end(), it->first) != there.end()) {
      ++it;
      continue;
    }
    it->second.place->deleteLater();
    it = lines_.erase(it);
  }
  order_shown_ = std::move(there);
  say();
}

GroupChoice::Line GroupChoice::make_line(const PhoneEntry& phone, bool marked) {
  Line line;
  line.phone = phone;
  line.place = note_box("grey");
  auto* column = static_cast<QVBoxLayout*>(line.place->layout());
  const auto serial = qs(phone.serial);
  auto* head = new QHBoxLayout;
  line.mark = new QCheckBox;
  line.mark->setAccessibleName(tr("参加 %1").arg(serial));
  line.mark->setChecked(marked);
  line.state = label({}, "small");
  line.state->setAccessibleName(tr("环境检测 %1").arg(serial));
  line.again = link_button(tr("重新检测"));
  line.again->setAccessibleName(tr("重新检测 %1").arg(serial));
  head->addWidget(line.mark, 1);
  head->addWidget(line.state);
  head->addWidget(line.again);
  column->addLayout(head);
  auto* said = new QHBoxLayout;
  line.account = new QLineEdit;
  line.account->setAccessibleName(tr("账号 %1").arg(serial));
  line.account->setPlaceholderText(tr("账号或人设，如：新用户、老用户、未登录"));
  line.where = new QLineEdit;
  line.where->setAccessibleName(tr("所在地 %1").arg(serial));
  line.where->setPlaceholderText(tr("所在地，如：某市某区"));
  if (const auto* way = phones_.node(phone.source)) line.where->setText(qs(way->place));
  for (auto* field : {line.account, line.where}) {
    field->setMaxLength(60);
    said->addWidget(field, 1);
  }
  column->addLayout(said);
  line.trouble = new QVBoxLayout;
  column->addLayout(line.trouble);
  const Key key{phone.source, phone.serial};
  connect(line.mark, &QCheckBox::toggled, this, [this, key](bool on) {
    const auto found = lines_.find(key);
    if (found == lines_.end()) return;
    if (on && desk_.checks(found->second.phone).state() == CheckDesk::State::Empty) look(found->second.phone);
    show_check(found->second);
    say();
  });
  connect(line.again, &QPushButton::clicked, this, [this, key] {
    if (const auto found = lines_.find(key); found != lines_.end()) look(found->second.phone);
  });
  connect(&desk_.checks(phone), &CheckDesk::changed, line.place, [this, key] {
    const auto found = lines_.find(key);
    if (found == lines_.end()) return;
    show_check(found->second);
    say();
  });
  return line;
}

void GroupChoice::look(const PhoneEntry& phone) { desk_.check(order_, phone); }

void GroupChoice::show_check(Line& line) {
  auto& checks = desk_.checks(line.phone);
  const auto state = checks.state();
  const auto holding = checks.holding().size();
  const bool bad = state == CheckDesk::State::Failed || holding > 0;
  line.state->setText(!line.mark->isChecked() || state == CheckDesk::State::Empty ? QString()
                      : state == CheckDesk::State::Running                       ? tr("正在检测取证环境…")
                      : state == CheckDesk::State::Failed                        ? tr("环境没有检测成")
                      : holding > 0                                              ? tr("%1 项必检不符").arg(holding)
                                                                                 : tr("环境检测通过"));
  line.state->setToolTip(state == CheckDesk::State::Failed ? qs(checks.error().what) : QString());
  line.state->setAccessibleDescription(line.state->text());
  set_role(line.state, "role", bad ? "warn" : "good");
  line.again->setVisible(line.mark->isChecked() && (state == CheckDesk::State::Done || state == CheckDesk::State::Failed));
  if (state == CheckDesk::State::Running) return;                      // what was found stays until there is news
  const auto items = line.mark->isChecked() ? checks.items() : std::vector<EnvItem>{};
  if (items == line.shown) return;
  line.shown = items;
  clear_layout(line.trouble);
  for (const auto& item : items)
    if (holds_up(item)) line.trouble->addWidget(override_box(checks, item, qs(line.phone.serial)));
}

std::vector<const GroupChoice::Line*> GroupChoice::marked() const {
  std::vector<const Line*> out;
  for (const auto& key : order_shown_)
    if (const auto found = lines_.find(key); found != lines_.end() && found->second.mark->isChecked()) out.push_back(&found->second);
  for (const auto& [key, line] : lines_)                               // not listed yet
    if (line.mark->isChecked() && std::find(out.begin(), out.end(), &line) == out.end()) out.push_back(&line);
  return out;
}

std::vector<GroupPhone> GroupChoice::chosen() const {
  std::vector<GroupPhone> out;
  for (const auto* line : marked()) out.push_back({line->phone, ss(line->account->text().simplified()), ss(line->where->text().simplified()), desk_.checks(line->phone).overrides()});
  return out;
}

void GroupChoice::say() {
  const auto lines = marked();
  const auto count = [&](auto what) { return std::count_if(lines.begin(), lines.end(), [&](const auto* line) { return what(desk_.checks(line->phone)); }); };
  const auto running = count([](auto& c) { return c.state() == CheckDesk::State::Running || c.state() == CheckDesk::State::Empty; });
  const auto failed = count([](auto& c) { return c.state() == CheckDesk::State::Failed; });
  const auto held = count([](auto& c) { return !c.holding().empty(); });
  const bool enough = GroupDesk::is_group(lines.size());
  words_->setText(lines_.size() < 2 ? tr("能用而没有人在用的手机不到两部；接上另一部后列表会自己更新。")
                  : !enough         ? tr("请勾选 2 到 16 部手机。")
                  : running > 0     ? tr("正在检测 %1 部手机的取证环境…").arg(running)
                  : failed > 0      ? tr("%1 部手机的环境没有检测成：重新检测，或不勾选它。").arg(failed)
                  : held > 0        ? tr("%1 部手机有不符的必检项：改正后重新检测，或写明理由“仍要取证”。").arg(held)
                                    : QString());
  words_->setAccessibleDescription(words_->text());
  words_->setVisible(!words_->text().isEmpty());
  const bool ready = enough && running == 0 && failed == 0 && held == 0;
  start_->setEnabled(ready);
  start_->setText(enough ? tr("开始并行取证（%1 部）").arg(lines.size()) : tr("开始并行取证"));
  if (ready && !qobject_cast<QLineEdit*>(focusWidget())) start_->setFocus();
}

}  // namespace guzheng::ui
