// The right column of 工作台: what others did with what is mine, evidence to complete, nodes in trouble, subjects whose refresh is overdue.
#include "ui/base/row_list.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/home/home_page.h"
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
