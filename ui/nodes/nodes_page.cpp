#include "ui/nodes/nodes_page.h"

#include <QGridLayout>
#include <QStackedWidget>
#include <algorithm>

#include "ui/base/message_bar.h"
#include "ui/base/parts.h"
#include "ui/base/row_list.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/nodes/day_line.h"
#include "ui/nodes/node_words.h"
#include "ui/nodes/passphrase_box.h"

namespace guzheng::ui {
namespace {

constexpr std::int64_t kHistoryEveryMs = 60'000;
constexpr int kPhoneRow = 80, kMostPhoneRows = 4;           // of the list's height; more of them scroll

// By the first trouble, hence the worst; those without one last, by name.
std::vector<const NodeCard*> trouble_first(const std::vector<NodeCard>& nodes) {
  std::vector<const NodeCard*> out;
  for (const auto& card : nodes) out.push_back(&card);
  const auto rank = [](const NodeCard* card) { return card->troubles.empty() ? 1000 : static_cast<int>(card->troubles.front()); };
  std::stable_sort(out.begin(), out.end(), [&](const auto* a, const auto* b) { return rank(a) < rank(b); });
  return out;
}

}  // namespace

NodesPage::NodesPage(NodeDesk& desk, QWidget* parent) : QWidget(parent), desk_(desk) {
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(16, 16, 16, 16);
  all->setSpacing(16);
  messages_ = new MessageBar(tr("节点消息"));
  all->addWidget(messages_);
  pages_ = new QStackedWidget;
  auto* none = new QWidget;
  auto* middle = new QVBoxLayout(none);
  middle->addStretch(1);
  auto* nothing = wrapped(tr("还没有登记节点。手机集中放在机房、接在节点上时，在“设置 → 节点”登记一次，这里和“远程取证”就会列出它的手机。"), "quiet");
  nothing->setAlignment(Qt::AlignCenter);
  middle->addWidget(nothing);
  auto* go = button(tr("登记节点"), "node");
  go->setAccessibleName(tr("去登记节点"));
  middle->addWidget(go, 0, Qt::AlignHCenter);
  middle->addStretch(2);
  connect(go, &QPushButton::clicked, this, &NodesPage::settings_wanted);
  pages_->addWidget(none);
  auto* both = new QWidget;
  auto* columns = new QHBoxLayout(both);
  columns->setContentsMargins(0, 0, 0, 0);
  columns->setSpacing(16);
  auto* card = new Card(tr("节点"));
  auto* book = link_button(tr("登记与删除"));
  card->header()->addWidget(book);
  connect(book, &QPushButton::clicked, this, &NodesPage::settings_wanted);
  RowLook look;
  look.chip_lines = 1;
  look.rule = true;
  list_ = new RowList(tr("节点列表"), look);
  card->body()->addWidget(list_, 1);
  columns->addWidget(card, 2);
  columns->addWidget(scroller(build_detail()), 5);
  pages_->addWidget(both);
  all->addWidget(pages_, 1);
  connect(list_, &RowList::moved, this, &NodesPage::show_chosen);
  connect(&desk_, &NodeDesk::changed, this, &NodesPage::refresh);
  connect(&desk_, &NodeDesk::checked, &desk_, &NodeDesk::ask_history);
  connect(&desk_, &NodeDesk::history, this, &NodesPage::show_history);
  connect(&desk_, &NodeDesk::history_failed, this, [this](const Error& e) { messages_->show_error(Doing::NodeHistory, e); });
  refresh();
}

QWidget* NodesPage::build_detail() {
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(16);
  detail_ = new Card(tr("状态"));
  check_ = button(tr("立即查看"), "refresh");
  check_->setAccessibleName(tr("立即查看节点"));
  connect(check_, &QPushButton::clicked, this, [this] { desk_.check(chosen()); });
  detail_->header()->addWidget(check_);
  advice_box_ = note_box("amber");
  advice_ = wrapped({});
  advice_->setAccessibleName(tr("节点问题"));
  advice_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  advice_detail_ = wrapped({}, "small");   // the core's own words, for the engineer
  advice_detail_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  advice_box_->layout()->addWidget(advice_);
  advice_box_->layout()->addWidget(advice_detail_);
  passphrase_ = new PassphraseBox(desk_);
  advice_box_->layout()->addWidget(passphrase_);
  detail_->body()->addWidget(advice_box_);
  facts_ = new QGridLayout;
  facts_->setHorizontalSpacing(24);
  facts_->setVerticalSpacing(8);
  facts_->setColumnStretch(1, 1);
  facts_->setColumnStretch(3, 1);
  detail_->body()->addLayout(facts_);
  column->addWidget(detail_);
  auto* phones = new Card(tr("手机"));
  RowLook look;
  look.chip_lines = 1;
  look.rule = true;
  phones_ = new RowList(tr("节点手机"), look);
  phones_hint_ = wrapped({}, "quiet");
  phones->body()->addWidget(phones_hint_);
  phones->body()->addWidget(phones_, 1);
  column->addWidget(phones);
  auto* past = new Card(tr("最近 24 小时"));
  past->header()->addWidget(label(tr("温度，每分钟一个点"), "small"));
  day_ = new DayLine(tr("温度曲线"));
  past->body()->addWidget(day_);
  RowLook short_rows;
  short_rows.left_width = 132;
  short_rows.text_lines = 0;
  changes_ = new RowList(tr("状态变化"), short_rows);
  changes_->setMinimumHeight(120);
  changes_hint_ = label(tr("状态变化，最新的在上"), "small");
  past->body()->addWidget(changes_hint_);
  past->body()->addWidget(changes_, 1);
  column->addWidget(past, 1);
  return content;
}

std::string NodesPage::chosen() const {
  const int at = list_->chosen();
  return at < 0 ? std::string() : ss(list_->rows().row(at).id);
}

void NodesPage::refresh() {
  pages_->setCurrentIndex(desk_.nodes().empty() ? 0 : 1);
  const auto before = qs(chosen());
  std::vector<Row> rows;
  for (const auto* card : trouble_first(desk_.nodes())) {
    Row row;
    row.icon = "node";
    row.colour = NodeWords::colour_of(*card);
    row.id = row.title = qs(card->node.name);
    row.lines = {NodeWords::summary(*card, static_cast<int>(desk_.phones().sources()[card->source].phones.size()))};
    row.chips = {NodeWords::chip(*card)};
    if (card->troubles.size() > 1) row.chips.push_back(grey_chip(tr("另有 %1 处").arg(card->troubles.size() - 1), "alert"));
    if (const auto unknown = NodeWords::unknown(*card); !unknown.isEmpty()) row.chips.push_back(grey_chip(unknown, "question"));
    rows.push_back(std::move(row));
  }
  const bool any = !rows.empty();
  list_->rows().set_rows(std::move(rows));
  const int same = list_->rows().find_id(before);
  list_->choose(same >= 0 ? same : any ? 0 : -1);
  show_chosen();
}

void NodesPage::show_chosen() {
  const auto* card = desk_.find(chosen());
  if (!card) return;
  ask_history(*card);
  detail_->set_title(qs(card->node.name));
  check_->setEnabled(!card->asking);
  QStringList advice;
  for (const auto trouble : card->troubles) advice << NodeWords::trouble(trouble) + tr("：") + NodeWords::advice(*card, trouble, qs(desk_.folder().string()));
  advice_detail_->setText(card->look && card->look->error ? qs(card->look->error->what) : QString());
  advice_detail_->setVisible(!advice_detail_->text().isEmpty());
  const bool hard = !card->troubles.empty() && NodeWords::keeps_phones_away(card->troubles.front());
  passphrase_->show_for(card);
  set_role(advice_box_, "note", hard ? "red" : "amber");
  advice_->setText(advice.join('\n'));
  advice_->setAccessibleDescription(advice_->text());
  advice_box_->setVisible(!advice.isEmpty());
  show_facts(*card);
  show_phones(*card);
}

// Anew for another node, when its troubles change, and each minute: more often nothing is kept.
void NodesPage::ask_history(const NodeCard& card) {
  const auto at = card.look ? card.look->came : WallTime{};
  const bool same = shown_history_ == card.node.name && history_troubles_ == card.troubles && at.ms - history_at_.ms < kHistoryEveryMs;
  if (same || !isVisible()) return;
  if (shown_history_ != card.node.name) changes_->rows().set_rows({});
  shown_history_ = card.node.name;
  history_troubles_ = card.troubles;
  history_at_ = at;
  desk_.ask_history(card.node.name);
}

void NodesPage::show_facts(const NodeCard& card) {
  clear_layout(facts_);
  int at = 0;
  const auto add = [&](const QString& name, const QString& value, std::optional<NodeTrouble> about = {}) {
    const bool bad = about && std::find(card.troubles.begin(), card.troubles.end(), *about) != card.troubles.end();
    auto* shown = wrapped(value.isEmpty() ? tr("无法判定") : bad ? value + tr("（%1）").arg(NodeWords::trouble(*about)) : value, bad ? "bad" : value.isEmpty() ? "quiet" : "");
    shown->setAccessibleName(tr("节点状态 ") + name);
    shown->setAccessibleDescription(shown->text());
    facts_->addWidget(label(name, "quiet"), at / 2, at % 2 * 2, Qt::AlignTop);
    facts_->addWidget(shown, at / 2, at % 2 * 2 + 1);
    ++at;
  };
  add(tr("地址"), NodeWords::address(card.node));
  add(tr("地点"), card.node.place.empty() ? tr("没有填写") : qs(card.node.place));
  if (!card.look || !card.look->state) return;
  const auto& state = *card.look->state;
  add(tr("连接"), tr("已连通，主机密钥已登记"));
  add(tr("主机名"), qs(state.host));
  add(tr("温度"), state.milli_celsius ? tr("%1 °C，应在 35 °C 以下").arg(*state.milli_celsius / 1000.0, 0, 'f', 1) : QString(), NodeTrouble::Hot);
  add(tr("供电"), state.on_mains ? (*state.on_mains ? tr("市电") : tr("电池或不间断电源")) + (state.charge ? tr("，电量 %1%").arg(*state.charge) : QString()) : QString(), NodeTrouble::OnBattery);
  QStringList links;
  for (const auto& link : state.links)
    if (link.up) links << qs(link.name) + (link.mbit && *link.mbit > 0 ? QString(" %1 Mbit/s").arg(*link.mbit) : QString());
  add(tr("网络接口"), links.isEmpty() ? tr("没有连通的") : links.join(tr("、")), links.isEmpty() ? NodeTrouble::LineDown : NodeTrouble::LineSlow);
  add(tr("磁盘"), state.disk_total ? tr("剩余 %1，共 %2").arg(bytes_text(state.disk_free), bytes_text(state.disk_total)) : QString(), NodeTrouble::DiskLow);
  const auto apart = clock_apart_ms(*card.look);
  add(tr("时钟"), tr("与本工作站相差 %1 毫秒").arg(apart.value_or(0)) + (state.clock_kept ? (*state.clock_kept ? tr("，已对时") : tr("，没有对时")) : QString()), NodeTrouble::ClockApart);
  add("adb", state.adb_protocol ? tr("协议 %1，程序 SHA-256 %2").arg(*state.adb_protocol).arg(short_digest(state.adb_sha256)) : tr("没有运行"), NodeTrouble::NoAdb);
}

void NodesPage::show_phones(const NodeCard& card) {
  const auto& source = desk_.phones().sources()[card.source];
  std::vector<Row> rows;
  for (const auto& phone : source.phones) {
    Row row;
    row.icon = "phone";
    row.colour = phone.free() ? colour::blue : colour::grey;
    row.id = qs(phone.serial);
    row.title = phone.model.empty() ? qs(phone.serial) : qs(phone.model).replace('_', ' ');
    QStringList words{qs(phone.serial)};
    if (phone.battery) words << tr("电量 %1%").arg(*phone.battery);
    if (const auto use = NodeWords::phone_use(phone); !use.isEmpty()) words << use;
    row.lines = {words.join(QStringLiteral(" · "))};
    row.chips = {NodeWords::phone_chip(phone)};
    if (phone.training) row.chips.push_back(amber_chip(tr("练习手机"), "cap"));
    rows.push_back(std::move(row));
  }
  phones_hint_->setText(source.error ? tr("手机列表读不到：节点或它的 adb 服务没有回答，恢复后自己更新。") : !source.answered ? tr("正在读取…") : rows.empty() ? tr("节点上没有接手机。") : QString());
  phones_hint_->setVisible(!phones_hint_->text().isEmpty());
  phones_->setVisible(!rows.empty());
  phones_->setFixedHeight(kPhoneRow * std::clamp(static_cast<int>(rows.size()), 1, kMostPhoneRows) + 4);
  phones_->rows().set_rows(std::move(rows));
}

void NodesPage::show_history(const std::string& name, const std::vector<NodeSample>& samples) {
  if (name != chosen()) return;
  const double end = samples.empty() ? 0 : static_cast<double>(samples.back().at.ms);
  std::vector<DayPoint> points;
  std::optional<double> least, most;
  for (const auto& sample : samples) {
    DayPoint point{24 - (end - static_cast<double>(sample.at.ms)) / 3.6e6, std::nullopt};
    if (sample.milli_celsius) {
      point.value = *sample.milli_celsius / 1000.0;
      least = std::min(least.value_or(*point.value), *point.value);
      most = std::max(most.value_or(*point.value), *point.value);
    }
    points.push_back(point);
  }
  const auto spoken = most ? tr("最低 %1 °C，最高 %2 °C，应在 35 °C 以下").arg(*least, 0, 'f', 1).arg(*most, 0, 'f', 1) : tr("没有温度记录");
  day_->set_points(std::move(points), kNodeWarmest / 1000.0, "35 °C", spoken);
  std::vector<Row> rows;
  for (const auto& sample : changes_in(samples)) {
    Row row;
    row.left = day_clock_text(sample.at).mid(5);
    row.icon = sample.troubles.empty() ? "check-circle" : NodeWords::trouble_icon(sample.troubles.front());
    row.colour = sample.troubles.empty() ? colour::green : NodeWords::keeps_phones_away(sample.troubles.front()) ? colour::red : colour::amber;
    row.title = NodeWords::change(sample);
    rows.push_back(std::move(row));
  }
  if (!samples.empty() && samples.front().troubles.empty() && !rows.empty()) rows.back().title = tr("正常");      // nothing came before it
  changes_hint_->setText(rows.empty() ? tr("还没有记录") : tr("%1；状态变化，最新的在上").arg(spoken));
  changes_->rows().set_rows(std::move(rows));
}

void NodesPage::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  shown_history_.clear();
  desk_.refresh();
  show_chosen();
  list_->setFocus();
}

}  // namespace guzheng::ui
