#include "ui/subjects/match_window.h"

#include <QGridLayout>
#include <QShortcut>

#include "ui/base/empty_hint.h"
#include "ui/base/message_bar.h"
#include "ui/base/row_list.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/subjects/subject_words.h"

namespace guzheng::ui {
namespace {

QString entries_text(const SubjectSheet& sheet) {
  QStringList out;
  for (const auto& entry : sheet.entries) out << SubjectWords::word(entry.kind) + ' ' + qs(entry.name) + (entry.platform.empty() ? QString() : QStringLiteral("（%1）").arg(qs(entry.platform)));
  return out.join('\n');
}

QString tags_text(const SubjectSheet& sheet) {
  QStringList out;
  for (const auto& tag : sheet.tags) out << qs(tag.name);
  return out.join(QStringLiteral("、"));
}

// What is not known of either stands in no line.
template <typename Value>
QString known_word(Value value) {
  return value == Value::Unknown ? QString() : SubjectWords::word(value);
}

}  // namespace

MatchWindow::MatchWindow(SubjectDesk& desk, MatchDesk& matches, const QString& what, QWidget* parent) : QWidget(parent, Qt::Window), desk_(desk), matches_(matches) {
  setObjectName("page");
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("比对：%1").arg(what));
  resize(1080, 640);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(16, 16, 16, 16);
  all->setSpacing(12);
  messages_ = new MessageBar(tr("比对消息"));
  all->addWidget(messages_);
  auto* across = new QHBoxLayout;
  across->setSpacing(16);
  auto* left = new Card(tr("可能是同一主体"));
  state_ = wrapped({}, "small");
  state_->setAccessibleName(tr("比对进度"));
  RowLook look;
  look.rule = true;
  look.text_lines = 2;
  list_ = new RowList(tr("相似主体列表"), look);
  new EmptyHint(list_, tr("没有待判断的。"));
  left->body()->addWidget(state_);
  left->body()->addWidget(list_, 1);
  across->addWidget(left, 2);
  auto* right = new Card(tr("并排对照"));
  differences_ = label({}, "warn");
  differences_->setAccessibleName(tr("不同之处"));
  right->header()->addWidget(differences_);
  auto* sheet = new QWidget;
  sides_ = new QGridLayout(sheet);
  sides_->setContentsMargins(0, 0, 6, 0);
  sides_->setHorizontalSpacing(14);
  sides_->setVerticalSpacing(8);
  sides_->setColumnStretch(1, 1);
  sides_->setColumnStretch(2, 1);
  right->body()->addWidget(scroller(sheet), 1);
  right->body()->addWidget(wrapped(tr("合并后，留下的主体补上空缺，并取得另一个的店铺账号、记录和标签；以后导入同样的行，就归到它。电话和证件号码不经显示、一并转过去，记入操作日志；撤销合并时收回。"), "small"));
  across->addWidget(right, 3);
  all->addLayout(across, 1);
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  undo_ = button(tr("撤销"), "undo");
  undo_->setAccessibleName(tr("撤销比对"));
  reject_ = button(tr("不是同一主体"), "cross");
  keep_other_ = button(tr("是同一个，留右边的"), "check");
  keep_one_ = main_button(tr("是同一个，留左边的"), "check");
  row->addWidget(undo_);
  row->addStretch(1);
  for (auto* one : {reject_, keep_other_, keep_one_}) row->addWidget(one);
  all->addLayout(row);
  connect(list_, &RowList::moved, this, &MatchWindow::show_pair);
  connect(reject_, &QPushButton::clicked, this, &MatchWindow::reject);
  connect(keep_one_, &QPushButton::clicked, this, [this] { merge(true); });
  connect(keep_other_, &QPushButton::clicked, this, [this] { merge(false); });
  connect(undo_, &QPushButton::clicked, this, &MatchWindow::undo);
  connect(&matches_, &MatchDesk::progressed, this, [this](int asked, int of) { state_->setText(tr("正在比对 %1 / %2…").arg(asked).arg(of)); });
  connect(&matches_, &MatchDesk::found, this, &MatchWindow::show_pairs);
  connect(&matches_, &MatchDesk::failed, this, [this](const Error& e) { messages_->show_error(Doing::DecideMatch, e); });
  connect(&desk_, &SubjectDesk::undoable_changed, this, &MatchWindow::refresh);
  connect(new QShortcut(QKeySequence(Qt::Key_Escape), this), &QShortcut::activated, this, &QWidget::close);
  state_->setText(tr("正在比对…"));
  refresh();
}

const AlikePair* MatchWindow::chosen() const {
  const int at = list_->chosen();
  return at >= 0 && at < static_cast<int>(pairs_.size()) ? &pairs_[static_cast<std::size_t>(at)] : nullptr;
}

void MatchWindow::show_pairs(const std::vector<AlikePair>& pairs, bool all) {
  const int before = list_->chosen();
  pairs_ = pairs;
  std::vector<Row> rows;
  for (const auto& pair : pairs) {
    Row row;
    row.icon = "copy";
    row.colour = colour::amber;
    row.title = qs(pair.one.subject.name);
    row.lines = {qs(pair.other.subject.name), tr("名称相似 %1%").arg(pair.likeness / 10)};
    rows.push_back(std::move(row));
  }
  const int count = static_cast<int>(rows.size());
  state_->setText(count == 0 ? tr("没有待判断的相似主体。") : all ? tr("%1 对待判断").arg(count) : tr("先列 %1 对，判断后再列其余").arg(count));
  state_->setAccessibleDescription(state_->text());
  list_->rows().set_rows(std::move(rows));
  list_->choose(count ? std::clamp(before, 0, count - 1) : -1);
  show_pair();
}

void MatchWindow::add_line(const QString& name, const QString& one, const QString& other) {
  if (one.isEmpty() && other.isEmpty()) return;
  const bool differs = one != other;
  differing_ += differs;
  sides_->addWidget(label((differs ? QStringLiteral("≠ ") : QString()) + name, differs ? "warn" : "quiet"), lines_, 0, Qt::AlignTop);
  int column = 1;
  for (const auto& value : {one, other}) {
    auto* shown = wrapped(value.isEmpty() ? QStringLiteral("–") : value, differs ? "warn" : "");
    shown->setAccessibleName((column == 1 ? tr("左边 ") : tr("右边 ")) + name);
    shown->setAccessibleDescription((differs ? tr("不同：") : QString()) + value);
    shown->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    shown->setTextInteractionFlags(Qt::TextSelectableByMouse);
    sides_->addWidget(shown, lines_, column++);
  }
  ++lines_;
}

void MatchWindow::show_pair() {
  clear_layout(sides_);
  lines_ = differing_ = 0;
  if (const auto* pair = chosen()) {
    const auto &a = pair->one.subject, &b = pair->other.subject;
    sides_->addWidget(label(tr("左边"), "title"), 0, 1);
    sides_->addWidget(label(tr("右边"), "title"), 0, 2);
    lines_ = 1;
    add_line(tr("名称"), qs(a.name), qs(b.name));
    add_line(tr("简称"), qs(a.short_name), qs(b.short_name));
    add_line(tr("信用代码"), qs(a.credit_code), qs(b.credit_code));
    add_line(tr("注册号"), qs(a.number), qs(b.number));
    add_line(tr("主体种类"), known_word(a.kind), known_word(b.kind));
    add_line(tr("登记状态"), known_word(a.state), known_word(b.state));
    add_line(tr("地址"), qs(a.address), qs(b.address));
    add_line(tr("地区代码"), qs(a.region), qs(b.region));
    add_line(tr("行业代码"), qs(a.industry), qs(b.industry));
    add_line(tr("主营品类"), qs(a.category), qs(b.category));
    add_line(tr("监管单位"), qs(desk_.unit_name(a.unit)), qs(desk_.unit_name(b.unit)));
    add_line(tr("店铺账号"), entries_text(pair->one), entries_text(pair->other));
    add_line(tr("标签"), tags_text(pair->one), tags_text(pair->other));
    if (!pair->one.records.empty() || !pair->other.records.empty()) add_line(tr("记录数"), QString::number(pair->one.records.size()), QString::number(pair->other.records.size()));
    sides_->setRowStretch(lines_, 1);
  }
  differences_->setText(chosen() ? tr("%1 处不同").arg(differing_) : QString());
  differences_->setAccessibleDescription(differences_->text());
  refresh();
}

void MatchWindow::refresh() {
  const bool may = chosen() && desk_.may_change();
  for (auto* one : {keep_one_, keep_other_, reject_}) one->setEnabled(may);
  undo_->setVisible(desk_.undoable() > 0);
  undo_->setEnabled(desk_.may_change());
}

void MatchWindow::merge(bool keep_one) {
  const auto* pair = chosen();
  if (!pair) return;
  const auto& stays = keep_one ? pair->one.subject : pair->other.subject;
  const auto& goes = keep_one ? pair->other.subject : pair->one.subject;
  for (auto* one : {keep_one_, keep_other_, reject_}) one->setEnabled(false);
  matches_.merge(goes.id, stays.id, this, [this, name = qs(stays.name)](const Status& done) {
    if (done) messages_->show_text("green", tr("已合并到“%1”，记入变更历史，可以撤销。").arg(name));
    else messages_->show_error(Doing::DecideMatch, done.error());
    matches_.again();
  });
}

void MatchWindow::reject() {
  const auto* pair = chosen();
  if (!pair) return;
  for (auto* one : {keep_one_, keep_other_, reject_}) one->setEnabled(false);
  matches_.reject(*pair, this, [this](const Status& done) {
    if (done) messages_->show_text("green", tr("已记下：不是同一主体。以后不再提出，可以撤销。"));
    else messages_->show_error(Doing::DecideMatch, done.error());
    matches_.again();
  });
}

void MatchWindow::undo() {
  desk_.undo(this, [this](const Status& done) {
    if (done) messages_->show_text("green", tr("已撤销上一步。"));
    else messages_->show_error(Doing::DecideMatch, done.error());
    matches_.again();
  });
}

}  // namespace guzheng::ui
