#include "ui/settings/nodes_view.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QSpinBox>
#include <algorithm>

#include "ui/base/message_bar.h"
#include "ui/base/parts.h"
#include "ui/base/row_list.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/nodes/node_words.h"
#include "ui/nodes/passphrase_box.h"

namespace guzheng::ui {
namespace {

constexpr int kRowHeight = 80, kMostRows = 4;       // of the list; more of them scroll

void tell(QLabel* shown, const QString& text) {
  shown->setText(text);
  shown->setAccessibleDescription(text);
  shown->setVisible(!text.isEmpty());
}

QSpinBox* port_box(QGridLayout* grid, const QString& name, int value) {
  auto* box = new QSpinBox;
  box->setRange(1, 65535);
  box->setValue(value);
  box->setButtonSymbols(QAbstractSpinBox::NoButtons);
  box->setAccessibleName(name);
  const int row = grid->rowCount();
  grid->addWidget(label(name, "quiet"), row, 0);
  grid->addWidget(box, row, 1, Qt::AlignLeft);
  return box;
}

}  // namespace

NodesView::NodesView(NodeDesk& desk, QWidget* parent) : QWidget(parent), desk_(desk) {
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(16, 16, 16, 16);
  all->setSpacing(16);
  messages_ = new MessageBar(tr("节点登记消息"));
  all->addWidget(messages_);
  auto* columns = new QHBoxLayout;
  columns->setSpacing(16);
  columns->addWidget(build_list(), 5);
  columns->addWidget(build_form(), 4);
  all->addLayout(columns, 1);
  connect(&desk_, &NodeDesk::changed, this, &NodesView::refresh);
  connect(&desk_, &NodeDesk::entered, this, [this](const std::string& name) {
    wanted_ = name;
    for (auto* field : {name_, place_, host_}) field->clear();
    messages_->show_text("green", tr("已登记节点“%1”，记入操作日志。第一次连接前要核对它的主机密钥。").arg(qs(name)));
    refresh();
  });
  connect(&desk_, &NodeDesk::removed, this, [this](const std::string& name) { messages_->show_text("green", tr("已删除节点“%1”，记入操作日志。").arg(qs(name))); });
  connect(&desk_, &NodeDesk::trusted, this, [this](const std::string& name) { messages_->show_text("green", tr("已登记节点“%1”的主机密钥，核对人和指纹记入操作日志。").arg(qs(name))); });
  connect(&desk_, &NodeDesk::refused, this, [this](const Error& e) { messages_->show_error(Doing::ChangeNodes, e); });
  refresh();
  refresh_form();
}

QWidget* NodesView::build_list() {
  auto* card = new Card(tr("已登记的节点"));
  check_ = button(tr("检测连接"), "refresh");
  remove_ = button(tr("删除…"), "cross");
  remove_->setAccessibleName(tr("删除节点"));
  card->header()->addWidget(check_);
  card->header()->addWidget(remove_);
  RowLook look;
  look.chip_lines = 1;
  look.rule = true;
  list_ = new RowList(tr("节点登记表"), look);
  card->body()->addWidget(list_);
  remove_box_ = build_remove_box();        // under the list: in a low window too its buttons are seen
  card->body()->addWidget(remove_box_);
  state_ = wrapped({});
  state_->setAccessibleName(tr("节点连接状态"));
  state_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  card->body()->addWidget(state_);
  passphrase_ = new PassphraseBox(desk_);
  card->body()->addWidget(passphrase_);
  key_box_ = build_key_box();
  card->body()->addWidget(key_box_);
  card->body()->addStretch(1);
  connect(list_, &RowList::moved, this, [this] {
    if (chosen() != asked_about_) remove_box_->hide();       // the list is filled anew at each look: a question stays
    show_chosen();
  });
  connect(check_, &QPushButton::clicked, this, [this] {
    messages_->clear();                    // what was said before may not be true any more
    desk_.check(chosen());
  });
  return card;
}

// Compared by hand: the box shows what the node said; what stands at the node only the officer knows.
QWidget* NodesView::build_key_box() {
  auto* box = note_box("amber");
  key_title_ = wrapped({}, "section");
  fingerprint_ = wrapped({}, "mono");
  fingerprint_->setAccessibleName(tr("主机密钥指纹"));
  fingerprint_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  compared_ = new QCheckBox(tr("我已取得在节点上读出的指纹，与上面逐字相同"));
  compared_->setAccessibleName(tr("已逐字核对指纹"));
  key_officer_ = wrapped({}, "small");
  trust_ = button(tr("登记这把主机密钥"), "key");
  box->layout()->addWidget(key_title_);
  box->layout()->addWidget(fingerprint_);
  box->layout()->addWidget(wrapped(tr("在节点上执行 ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub 读出，写在纸上带来，或请节点管理人员当面读。不要用网络传来的。"), "small"));
  box->layout()->addWidget(compared_);
  box->layout()->addWidget(key_officer_);
  static_cast<QVBoxLayout*>(box->layout())->addWidget(trust_, 0, Qt::AlignLeft);
  connect(compared_, &QCheckBox::toggled, this, [this](bool on) { trust_->setEnabled(on && desk_.may_trust()); });
  connect(trust_, &QPushButton::clicked, this, [this] { desk_.trust(chosen(), ss(fingerprint_->property("fingerprint").toString())); });
  return box;
}

QWidget* NodesView::build_remove_box() {
  auto* box = note_box("red");
  remove_text_ = wrapped({});
  remove_text_->setAccessibleName(tr("删除节点的后果"));
  box->layout()->addWidget(remove_text_);
  auto* row = new QHBoxLayout;
  auto* sure = button(tr("确认删除"), "cross");
  sure->setProperty("danger", true);
  auto* no = button(tr("不删除"));
  row->addWidget(sure);
  row->addWidget(no);
  row->addStretch(1);
  static_cast<QVBoxLayout*>(box->layout())->addLayout(row);
  box->hide();
  connect(remove_, &QPushButton::clicked, this, [this, no] {
    asked_about_ = chosen();
    tell(remove_text_, tr("删除节点“%1”后，它的手机不再列出，不能经它取证。已封存的证据和历史记录不受影响；主机密钥仍然记住，"
                          "再登记同一地址时密钥变了仍会拒绝。删除记入操作日志。").arg(qs(asked_about_)));
    remove_box_->show();
    no->setFocus();
  });
  connect(no, &QPushButton::clicked, box, &QWidget::hide);
  connect(sure, &QPushButton::clicked, this, [this] {
    remove_box_->hide();
    desk_.remove(asked_about_);
  });
  return box;
}

QLineEdit* NodesView::add_field(QGridLayout* grid, const QString& name, const QString& hint, bool compulsory) {
  auto* edit = new QLineEdit;
  edit->setAccessibleName(tr("节点 ") + name);
  edit->setPlaceholderText(hint);
  edit->setMaxLength(200);
  const int row = grid->rowCount();
  grid->addWidget(label(compulsory ? name + " *" : name, "quiet"), row, 0);
  grid->addWidget(edit, row, 1, 1, 2);
  connect(edit, &QLineEdit::textChanged, this, &NodesView::refresh_form);
  return edit;
}

QLineEdit* NodesView::add_file(QGridLayout* grid, const QString& name, const QString& hint, bool compulsory) {
  auto* edit = add_field(grid, name, hint, compulsory);
  edit->setMaxLength(400);
  const int row = grid->rowCount() - 1;
  grid->removeWidget(edit);                // it makes room for the button
  grid->addWidget(edit, row, 1);
  auto* browse = button(tr("选择…"));
  browse->setAccessibleName(tr("选择 ") + name);
  grid->addWidget(browse, row, 2);
  connect(browse, &QPushButton::clicked, this, [this, edit, name] {
    auto* dialog = new QFileDialog(this, name);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, edit, &QLineEdit::setText);
    dialog->open();
  });
  return edit;
}

QWidget* NodesView::build_form() {
  auto* card = new Card(tr("登记新节点"));
  card->header()->addWidget(label(tr("带 * 的必填"), "small"));
  auto* grid = new QGridLayout;
  grid->setColumnStretch(1, 1);
  grid->setHorizontalSpacing(12);
  grid->setVerticalSpacing(9);
  name_ = add_field(grid, tr("名称"), tr("例如 一号机房"), true);
  place_ = add_field(grid, tr("地点"), tr("写进证据"), false);
  host_ = add_field(grid, tr("主机"), tr("主机名或地址"), true);
  port_ = port_box(grid, tr("SSH 端口"), 22);
  user_ = add_field(grid, tr("用户"), tr("节点上的用户，例如 guzheng"), true);
  key_ = add_file(grid, tr("密钥文件"), tr("本工作站的 SSH 私钥"), true);
  certificate_ = add_file(grid, tr("证书文件"), tr("没有证书不填"), false);
  adb_port_ = port_box(grid, tr("adb 端口"), 5037);
  card->body()->addLayout(grid);
  form_hint_ = wrapped({}, "warn");
  form_hint_->setAccessibleName(tr("登记节点还缺"));
  card->body()->addWidget(form_hint_);
  enter_ = main_button(tr("登记节点"), "node");
  card->body()->addWidget(enter_, 0, Qt::AlignLeft);
  card->body()->addStretch(1);
  connect(enter_, &QPushButton::clicked, this, &NodesView::enter);
  return card;
}

void NodesView::refresh_form() {
  QStringList lacking;
  const std::pair<QLineEdit*, QString> needed[] = {{name_, tr("名称")}, {host_, tr("主机")}, {user_, tr("用户")}, {key_, tr("密钥文件")}};
  for (const auto& [field, name] : needed)
    if (field->text().trimmed().isEmpty()) lacking << name;
  tell(form_hint_, !desk_.may_change() ? tr("没有执法人员登录，不能登记。") : lacking.isEmpty() ? QString() : tr("还缺：%1").arg(lacking.join(tr("、"))));
  enter_->setEnabled(lacking.isEmpty() && desk_.may_change());
}

void NodesView::enter() {
  Node node;
  node.name = ss(name_->text().trimmed());
  node.place = ss(place_->text().trimmed());
  node.host = ss(host_->text().trimmed());
  node.user = ss(user_->text().trimmed());
  node.port = static_cast<std::uint16_t>(port_->value());
  node.adb_port = static_cast<std::uint16_t>(adb_port_->value());
  node.key = ss(key_->text().trimmed());
  node.certificate = ss(certificate_->text().trimmed());
  messages_->clear();
  desk_.enter(node);
}

std::string NodesView::chosen() const {
  const int at = list_->chosen();
  return at < 0 ? std::string() : ss(list_->rows().row(at).id);
}

void NodesView::refresh() {
  const auto before = wanted_.empty() ? qs(chosen()) : qs(wanted_);
  std::vector<Row> rows;
  for (const auto& card : desk_.nodes()) {
    Row row;
    row.icon = "node";
    row.colour = NodeWords::colour_of(card);
    row.id = row.title = qs(card.node.name);
    QStringList words{NodeWords::address(card.node)};
    if (!card.node.place.empty()) words << qs(card.node.place);
    if (card.node.adb_port != 5037) words << tr("adb 端口 %1").arg(card.node.adb_port);
    row.lines = {words.join(QStringLiteral(" · "))};
    row.chips = {NodeWords::chip(card)};
    rows.push_back(std::move(row));
  }
  const bool any = !rows.empty();
  list_->setFixedHeight(kRowHeight * std::clamp(static_cast<int>(rows.size()), 1, kMostRows) + 4);
  list_->rows().set_rows(std::move(rows));
  const int same = list_->rows().find_id(before);
  if (same >= 0) wanted_.clear();
  list_->choose(same >= 0 ? same : any ? 0 : -1);
  show_chosen();
  refresh_form();
}

void NodesView::show_chosen() {
  const auto* card = desk_.find(chosen());
  check_->setEnabled(card && !card->asking);
  remove_->setEnabled(card && desk_.may_change());
  if (!card) remove_box_->hide();
  QStringList words;
  if (!card) words << tr("还没有登记节点。命令行 guzheng-evidence node 登记的也会列在这里。");
  else if (!card->look || card->asking) words << tr("正在连接…");
  else if (card->troubles.empty()) words << tr("连接正常，%1 有应答。").arg(clock_text(card->look->came));
  if (card && card->look)
    for (const auto trouble : card->troubles) words << NodeWords::trouble(trouble) + tr("：") + NodeWords::advice(*card, trouble, qs(desk_.folder().string()));
  set_role(state_, "role", card && !card->troubles.empty() ? (NodeWords::keeps_phones_away(card->troubles.front()) ? "bad" : "warn") : "quiet");
  tell(state_, words.join('\n'));
  passphrase_->show_for(card);
  show_key(card);
}

void NodesView::show_key(const NodeCard* card) {
  const auto* key = card ? card->key() : nullptr;
  const bool unknown = key && key->state == HostKeyState::Unknown;
  key_box_->setVisible(key && key->state != HostKeyState::Known);
  if (!key) return;
  const auto fingerprint = qs(key->fingerprint);
  if (fingerprint_->property("fingerprint").toString() != fingerprint) compared_->setChecked(false);       // what was compared was another
  fingerprint_->setProperty("fingerprint", fingerprint);
  tell(fingerprint_, qs(key->type) + '\n' + fingerprint);
  set_role(key_box_, "note", unknown ? "amber" : "red");
  key_title_->setText(unknown ? tr("“%1”出示的主机密钥，请核对指纹").arg(qs(card->node.name)) : tr("“%1”现在出示的主机密钥，与登记的不同").arg(qs(card->node.name)));
  tell(key_officer_, desk_.may_change() && !desk_.may_trust() ? tr("单位的策略没有列明 %1 可以登记主机密钥，请由列明的人员核对、登记。").arg(qs(desk_.officer())) : desk_.may_change() ? tr("核对人：%1。核对人、时间和指纹记入操作日志。").arg(qs(desk_.officer())) : tr("没有执法人员登录，不能登记。"));
  for (QWidget* part : {static_cast<QWidget*>(compared_), static_cast<QWidget*>(trust_), static_cast<QWidget*>(key_officer_)}) part->setVisible(unknown);
  trust_->setEnabled(unknown && compared_->isChecked() && desk_.may_trust());
}

}  // namespace guzheng::ui
