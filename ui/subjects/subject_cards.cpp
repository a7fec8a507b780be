// The cards of one subject's page, empty.
#include <QButtonGroup>
#include <QGridLayout>

#include "ui/base/empty_hint.h"
#include "ui/base/flow_layout.h"
#include "ui/base/row_list.h"
#include "ui/base/text.h"
#include "ui/subjects/subject_view.h"
#include "ui/subjects/subject_words.h"

namespace guzheng::ui {

QWidget* SubjectView::build_head() {
  auto* card = new QFrame;
  card->setProperty("card", true);
  auto* all = new QVBoxLayout(card);
  all->setContentsMargins(16, 10, 16, 12);
  all->setSpacing(8);
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  auto* back = button(tr("返回"), "back");
  back->setAccessibleName(tr("返回主体列表"));
  back->setToolTip(QStringLiteral("Esc"));
  name_ = wrapped({}, "big");
  name_->setAccessibleName(tr("主体名称"));
  state_ = label({});
  state_->setProperty("chip", "green");
  state_->setAccessibleName(tr("主体状态"));
  undo_ = button(tr("撤销"), "undo");
  undo_->setAccessibleName(tr("撤销主体修改"));
  undo_->setToolTip(QStringLiteral("Ctrl+Z"));
  alike_ = button(tr("比对"), "copy");
  alike_->setAccessibleName(tr("比对相似主体"));
  alike_->setToolTip(tr("库中有没有另一个主体其实就是它"));
  edit_ = button(tr("修改"), "pencil");
  edit_->setAccessibleName(tr("修改主体"));
  remove_ = button(tr("删除"), "bin");
  remove_->setAccessibleName(tr("删除主体"));
  capture_ = main_button(tr("发起取证  Ctrl+E"), "phone");
  capture_->setAccessibleName(tr("从主体发起取证"));
  row->addWidget(back);
  row->addSpacing(8);
  row->addWidget(name_, 1);
  row->addWidget(state_, 0, Qt::AlignVCenter);
  row->addSpacing(8);
  row->addWidget(undo_);
  row->addWidget(alike_);
  row->addWidget(edit_);
  row->addWidget(remove_);
  row->addWidget(capture_);
  all->addLayout(row);
  auto* second = new QHBoxLayout;
  code_ = label({}, "mono");
  code_->setAccessibleName(tr("主体信用代码"));
  code_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  tags_ = new QWidget;
  tag_row_ = new FlowLayout(6);
  tags_->setLayout(tag_row_);
  second->addWidget(code_);
  second->addSpacing(12);
  second->addWidget(tags_, 1);
  all->addLayout(second);
  connect(back, &QPushButton::clicked, this, &SubjectView::back_wanted);
  connect(undo_, &QPushButton::clicked, this, &SubjectView::undo_wanted);
  connect(alike_, &QPushButton::clicked, this, [this] { emit alike_wanted(id_, name_->text()); });
  connect(edit_, &QPushButton::clicked, this, &SubjectView::edit);
  connect(remove_, &QPushButton::clicked, this, &SubjectView::remove);
  connect(capture_, &QPushButton::clicked, this, [this] { emit capture_wanted(id_, chosen_entry()); });
  return card;
}

QWidget* SubjectView::build_facts() {
  auto* card = new Card(tr("登记信息"));
  facts_ = new QGridLayout;
  facts_->setColumnStretch(1, 1);
  facts_->setColumnStretch(3, 1);
  facts_->setHorizontalSpacing(14);
  facts_->setVerticalSpacing(6);
  card->body()->addLayout(facts_);
  card->body()->addWidget(line());
  auto* row = new QHBoxLayout;
  row->setSpacing(10);
  row->addWidget(label(tr("电话与证件"), "quiet"));
  sensitive_ = wrapped({});
  sensitive_->setAccessibleName(tr("敏感信息"));
  sensitive_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  reveal_ = button(tr("查看…"), "lock");
  reveal_->setAccessibleName(tr("查看敏感信息"));
  row->addWidget(sensitive_, 1);
  row->addWidget(reveal_);
  edit_sensitive_ = button(tr("修改…"), "pencil");
  edit_sensitive_->setAccessibleName(tr("修改敏感信息"));
  edit_sensitive_->hide();
  row->addWidget(edit_sensitive_);
  card->body()->addLayout(row);
  card->body()->addStretch(1);
  connect(edit_sensitive_, &QPushButton::clicked, this, &SubjectView::edit_sensitive);
  connect(reveal_, &QPushButton::clicked, this, &SubjectView::reveal);
  return card;
}

QWidget* SubjectView::build_entries() {
  auto* card = new Card(tr("移动电商"));
  entry_add_ = button(tr("登记"), "plus");
  entry_add_->setAccessibleName(tr("登记店铺账号"));
  card->header()->addWidget(entry_add_);
  RowLook look;
  look.chip_lines = 1;
  look.rule = true;
  entries_ = new RowList(tr("店铺与账号"), look);
  new EmptyHint(entries_, tr("还没有登记网店、小程序、账号或应用。"));
  entries_->setMinimumHeight(170);
  card->body()->addWidget(entries_, 1);
  entry_facts_ = wrapped({}, "small");
  entry_facts_->setAccessibleName(tr("店铺账号详情"));
  entry_facts_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  card->body()->addWidget(entry_facts_);
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  entry_edit_ = button(tr("修改"), "pencil");
  entry_edit_->setAccessibleName(tr("修改店铺账号"));
  entry_abnormal_ = button(tr("移入异常库…"), "alert");
  entry_abnormal_->setAccessibleName(tr("移入或移出异常库"));
  entry_remove_ = button(tr("删除"), "bin");
  entry_remove_->setAccessibleName(tr("删除店铺账号"));
  for (auto* one : {entry_edit_, entry_abnormal_, entry_remove_}) row->addWidget(one);
  row->addStretch(1);
  card->body()->addLayout(row);
  connect(entries_, &RowList::moved, this, &SubjectView::refresh_buttons);
  connect(entry_add_, &QPushButton::clicked, this, [this] { edit_entry(true); });
  connect(entry_edit_, &QPushButton::clicked, this, [this] { edit_entry(false); });
  connect(entry_abnormal_, &QPushButton::clicked, this, &SubjectView::turn_abnormal);
  connect(entry_remove_, &QPushButton::clicked, this, &SubjectView::remove_entry);
  return card;
}

QWidget* SubjectView::build_records() {
  auto* card = new Card(tr("相关记录"));
  record_add_ = button(tr("新记录"), "plus");
  card->header()->addWidget(record_add_);
  auto* pills = new QWidget;
  auto* flow = new FlowLayout(6);
  pills->setLayout(flow);
  auto* group = new QButtonGroup(card);
  for (int i = -1; i < kRecordKinds; ++i) {
    const auto name = i < 0 ? tr("全部") : SubjectWords::word(static_cast<RecordKind>(i));
    auto* one = pill(name);
    one->setAccessibleName(tr("记录 ") + name);
    group->addButton(one, i + 1);
    flow->addWidget(one);
    kinds_.push_back(one);
  }
  kinds_.front()->setChecked(true);
  card->body()->addWidget(pills);
  RowLook look;
  look.left_width = 84;
  look.rule = true;
  records_ = new RowList(tr("记录列表"), look);
  new EmptyHint(records_, tr("还没有投诉、案件、处罚等记录。"));
  records_->setMinimumHeight(160);
  card->body()->addWidget(records_, 1);
  record_open_ = button(tr("打开证据包"), "shield");
  record_open_->setAccessibleName(tr("打开记录的证据包"));
  card->body()->addWidget(record_open_, 0, Qt::AlignLeft);
  connect(group, &QButtonGroup::idClicked, this, [this](int id) {
    kind_ = id - 1;
    show_records();
  });
  connect(record_add_, &QPushButton::clicked, this, &SubjectView::add_record);
  connect(records_, &RowList::moved, this, &SubjectView::refresh_buttons);
  const auto open = [this] {
    const int at = records_->chosen();
    if (at >= 0 && !records_->rows().row(at).id.isEmpty()) emit package_wanted(ss(records_->rows().row(at).id));
  };
  connect(record_open_, &QPushButton::clicked, this, open);
  connect(records_, &QListView::activated, this, open);          // Enter or a double click
  return card;
}

QWidget* SubjectView::build_history() {
  auto* card = new Card(tr("变更历史"));
  RowLook look;
  look.left_width = 118;
  look.rule = true;
  look.text_lines = 3;
  history_ = new RowList(tr("变更历史列表"), look);
  history_->setMinimumHeight(160);
  card->body()->addWidget(history_, 1);
  return card;
}

}  // namespace guzheng::ui
