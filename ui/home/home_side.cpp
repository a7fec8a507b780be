// The right column of 工作台: what others did with what is mine, evidence to complete, nodes in trouble, subjects whose refresh is overdue.
#include <QProgressBar>

#include "ui/base/row_list.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/home/home_page.h"
#include "ui/sync/sync_words.h"
#include "ui/nodes/node_words.h"
#include "ui/tasks/task_words.h"

namespace guzheng::ui {
namespace {

RowLook side_look() {
  RowLook look;
  look.rule = true;
  return look;
}

QString notice_subject(const Notice& notice) {
  if (notice.items > 1) return HomePage::tr("%1 条").arg(notice.items);
  return notice.kind == FlowKind::Sheet ? HomePage::tr("任务单") : notice.kind == FlowKind::Result ? HomePage::tr("监测结果") : HomePage::tr("线索");
}

}  // namespace

QWidget* HomePage::build_side() {
  // a low window scrolls it: no card is cut
  auto* cards = new QWidget;
  auto* column = new QVBoxLayout(cards);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(16);
  auto* notices = new Card(tr("消息"));
  auto* read = link_button(tr("全部已读"));
  read->setAccessibleName(tr("消息 全部已读"));
  notices->header()->addWidget(read);
  notice_list_ = new RowList(tr("消息列表"), side_look());
  notices->body()->addWidget(notice_list_, 1);
  notices->hide();
  notice_card_ = notices;
  column->addWidget(notices, 2);
  sync_card_ = new Card(tr("未同步证据"));
  sync_pause_ = link_button({});
  auto* more = link_button(tr("同步 ›"));
  more->setAccessibleName(tr("打开同步"));
  sync_card_->header()->addWidget(sync_pause_);
  sync_card_->header()->addWidget(more);
  for (auto& one : sync_lines_) {
    one.whole = new QWidget;
    auto* rows = new QVBoxLayout(one.whole);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(4);
    auto* words = new QHBoxLayout;
    one.name = new ElidedLabel;
    one.state = label({}, "quiet");
    words->addWidget(one.name, 1);
    words->addWidget(one.state);
    one.bar = new QProgressBar;
    one.bar->setTextVisible(false);
    one.bar->setRange(0, 100);
    rows->addLayout(words);
    rows->addWidget(one.bar);
    sync_card_->body()->addWidget(one.whole);
  }
  sync_text_ = wrapped({}, "quiet");
  sync_text_->setAccessibleName(tr("同步 工作台"));
  sync_card_->body()->addWidget(sync_text_);
  sync_card_->hide();
  column->addWidget(sync_card_);
  connect(more, &QPushButton::clicked, this, &HomePage::sync_wanted);
  connect(sync_pause_, &QPushButton::clicked, this, [this] {
    if (sync_.status().paused) sync_.resume();
    else sync_.pause();
  });
  auto* evidence = new Card(tr("证据待补齐"));
  evidence_ = new RowList(tr("证据待补齐列表"), side_look());
  evidence->body()->addWidget(evidence_, 1);
  evidence_none_ = wrapped(tr("没有待复核、待签、待时间戳或不完整的证据。"), "quiet");
  evidence->body()->addWidget(evidence_none_, 1, Qt::AlignTop);
  column->addWidget(evidence, 3);
  auto* nodes = new Card(tr("节点"));
  auto* see = link_button(tr("查看节点 ›"));
  see->setAccessibleName(tr("查看节点"));
  nodes->header()->addWidget(see);
  node_list_ = new RowList(tr("节点问题列表"), side_look());
  nodes->body()->addWidget(node_list_, 1);
  node_none_ = wrapped({}, "quiet");
  node_none_->setAccessibleName(tr("节点情况"));
  nodes->body()->addWidget(node_none_, 1, Qt::AlignTop);
  column->addWidget(nodes, 2);
  auto* subjects = new Card(tr("主体更新"));
  auto* look = link_button(tr("查看主体 ›"));
  look->setAccessibleName(tr("查看主体"));
  subjects->header()->addWidget(look);
  subject_text_ = wrapped({}, "quiet");
  subject_text_->setAccessibleName(tr("主体更新情况"));
  subjects->body()->addWidget(subject_text_);
  column->addWidget(subjects);
  connect(read, &QPushButton::clicked, this, [this] {
    std::vector<std::int64_t> all;
    for (const auto& one : notices_) all.push_back(one.id);
    tasks_.mark_read(all);
  });
  connect(notice_list_, &RowList::picked, this, [this](int row) { open_notice(notices_[static_cast<std::size_t>(row)]); });
  connect(see, &QPushButton::clicked, this, &HomePage::nodes_wanted);
  connect(look, &QPushButton::clicked, this, &HomePage::subjects_wanted);
  connect(node_list_, &RowList::picked, this, &HomePage::nodes_wanted);
  connect(evidence_, &RowList::picked, this, [this](int row) { emit package_wanted(ss(evidence_->rows().row(row).id)); });
  side_ = scroller(cards);
  return side_;
}

void HomePage::show_evidence() {
  std::vector<Row> rows;
  for (const auto& package : vault_.packages()) {
    QStringList lacks;
    if (!package.problem.empty()) lacks << tr("读不出来");
    if (package.awaits_review) lacks << tr("待复核");
    if (!package.second_signature && package.problem.empty()) lacks << tr("待签");
    if (!package.stamped && package.problem.empty()) lacks << tr("待时间戳");
    if (package.problem.empty() && package.state != "完整") lacks << tr("不完整");
    if (lacks.isEmpty()) continue;
    Row row;
    row.id = qs(package.id);
    row.icon = package.awaits_review ? "search" : !package.second_signature ? "pencil" : !package.stamped ? "clock" : "incomplete";
    row.colour = colour::amber;
    row.title = qs(package.id);
    row.lines << lacks.join(QStringLiteral("、"));
    rows.push_back(std::move(row));
  }
  evidence_->setVisible(!rows.empty());
  evidence_none_->setVisible(rows.empty());
  evidence_->rows().set_rows(std::move(rows));
}

void HomePage::show_sync() {
  const auto& status = sync_.status();
  sync_card_->setVisible(sync_.configured() || sync_.mistake());
  const int open = SyncWords::open_count(status);
  sync_card_->set_title(open > 0 ? tr("未同步证据　%1 份").arg(open) : tr("未同步证据"));
  sync_pause_->setVisible(sync_.configured() && (open > 0 || status.paused));
  sync_pause_->setText(status.paused ? tr("继续") : tr("暂停"));
  sync_pause_->setAccessibleName(status.paused ? tr("工作台 继续同步") : tr("工作台 暂停同步"));
  std::size_t at = 0;
  for (const auto& item : status.items) {
    if (item.settled() || at >= sync_lines_.size()) continue;
    auto& line = sync_lines_[at++];
    line.whole->show();
    static_cast<ElidedLabel*>(line.name)->set_full_text(qs(item.package));
    line.state->setText(SyncWords::state(item));
    line.bar->setValue(item.phase == SyncPhase::Packing ? 0 : SyncWords::percent(item));
  }
  for (; at < sync_lines_.size(); ++at) sync_lines_[at].whole->hide();
  QString words;
  if (sync_.mistake()) words = tr("中心系统的设置有误，没有上传；证据都在本机。");
  else if (status.away) words = SyncWords::away(*status.away);
  else if (open == 0) words = SyncWords::all_settled(status);
  else if (status.paused) words = tr("已暂停。");
  else if (status.resting) words = tr("点“同步”后再点“立即同步”开始上传。");
  else words = (status.bytes_per_second > 0 ? SyncWords::speed(status.bytes_per_second) + QStringLiteral(" · ") : QString()) + (status.seconds_left ? SyncWords::left(*status.seconds_left) : tr("还要送 %1").arg(bytes_text(status.bytes_left)));
  sync_text_->setText(words);
  sync_text_->setAccessibleDescription(words);
}

void HomePage::show_nodes() {
  std::vector<Row> rows;
  for (const auto& card : nodes_.nodes()) {
    if (card.troubles.empty()) continue;
    const auto worst = card.troubles.front();
    Row row;
    row.icon = NodeWords::trouble_icon(worst);
    row.colour = NodeWords::keeps_phones_away(worst) ? colour::red : colour::amber;
    row.title = qs(card.node.name);
    QStringList words;
    for (const auto one : card.troubles) words << NodeWords::trouble(one);
    row.lines << words.join(QStringLiteral("、"));
    rows.push_back(std::move(row));
  }
  node_list_->setVisible(!rows.empty());
  node_none_->setVisible(rows.empty());
  node_none_->setText(nodes_.nodes().empty() ? tr("没有登记节点，只用本机的手机。") : tr("%1 个节点都正常。").arg(nodes_.nodes().size()));
  node_none_->setAccessibleDescription(node_none_->text());
  node_list_->rows().set_rows(std::move(rows));
}

void HomePage::show_subjects() {
  if (!subjects_.is_open()) return;
  using Count = Result<std::pair<std::int64_t, bool>>;
  subjects_.hop(SubjectDesk::Pool::Read, [](SubjectStore& store) { return store.overdue_count(false); }, this, std::function<void(const Count&)>([this](const Count& count) {
    if (!count) return;
    subject_text_->setText(count->first ? tr("%1 个店铺账号超过了更新周期。").arg(QString::number(count->first) + (count->second ? QStringLiteral("+") : QString())) : tr("没有超过更新周期的店铺账号。"));
    subject_text_->setAccessibleDescription(subject_text_->text());
  }));
}

void HomePage::show_notices(const std::vector<Notice>& notices) {
  notices_ = notices;
  std::vector<Row> rows;
  for (const auto& one : notices_) {
    Row row;
    row.icon = "note";
    row.colour = colour::blue;
    row.title = tr("%1：%2 %3").arg(qs(one.by), TaskWords::word(one.move), notice_subject(one));
    row.lines << day_clock_text(one.at).mid(5, 11);
    rows.push_back(std::move(row));
  }
  notice_card_->setVisible(!rows.empty());
  notice_list_->rows().set_rows(std::move(rows));
}

void HomePage::open_notice(const Notice& notice) {
  tasks_.mark_read({notice.id});
  if (notice.kind == FlowKind::Clue) return emit clues_wanted();
  if (notice.kind == FlowKind::Sheet) return emit task_wanted(notice.item);
  tasks_.result(notice.item, this, [this](const Result<ResultView>& view) {
    if (view) emit result_wanted(view->entry.task, view->entry.item.id);
  });
}

}  // namespace guzheng::ui
