#include "ui/subjects/notice_window.h"

#include <QShortcut>

#include "ui/base/empty_hint.h"
#include "ui/base/message_bar.h"
#include "ui/base/row_list.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"

namespace guzheng::ui {
namespace {
constexpr qint64 kAllUnits = -1;
}

NoticeWindow::NoticeWindow(SubjectDesk& desk, NoticeDesk& notices, QWidget* parent) : QWidget(parent, Qt::Window), desk_(desk), notices_(notices) {
  setObjectName("page");
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("通知"));
  resize(720, 560);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(16, 16, 16, 16);
  all->setSpacing(12);
  messages_ = new MessageBar(tr("通知消息"));
  all->addWidget(messages_);
  auto* head = new QHBoxLayout;
  head->setSpacing(10);
  unit_ = new QComboBox;
  unit_->setAccessibleName(tr("通知 监管单位"));
  seen_too_ = new QCheckBox(tr("已读的也列出"));
  count_ = label({}, "quiet");
  count_->setAccessibleName(tr("通知数"));
  head->addWidget(label(tr("监管单位"), "quiet"));
  head->addWidget(unit_);
  head->addWidget(seen_too_);
  head->addStretch(1);
  head->addWidget(count_);
  all->addLayout(head);
  auto* card = new Card(tr("导入和推送中与已知主体匹配的"));
  RowLook look;
  look.left_width = 118;
  look.rule = true;
  look.text_lines = 2;
  look.chip_lines = 1;
  list_ = new RowList(tr("通知列表"), look);
  new EmptyHint(list_, tr("没有未读的通知。"));
  card->body()->addWidget(list_, 1);
  all->addWidget(card, 1);
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  see_all_ = button(tr("全部标为已读"), "check");
  see_ = button(tr("标为已读"), "check");
  see_->setAccessibleName(tr("标为已读"));
  open_ = main_button(tr("打开主体"), "next");
  open_->setAccessibleName(tr("打开通知的主体"));
  row->addWidget(see_all_);
  row->addStretch(1);
  row->addWidget(see_);
  row->addWidget(open_);
  all->addLayout(row);
  fill_units();
  connect(unit_, &QComboBox::activated, this, &NoticeWindow::ask);
  connect(seen_too_, &QCheckBox::toggled, this, &NoticeWindow::ask);
  connect(list_, &RowList::moved, this, &NoticeWindow::refresh);
  const auto open = [this] {
    if (const auto* notice = chosen()) emit open_wanted(notice->subject);
  };
  connect(open_, &QPushButton::clicked, this, open);
  connect(list_, &QListView::activated, this, open);
  connect(see_, &QPushButton::clicked, this, [this] {
    if (const auto* notice = chosen()) notices_.see({notice->id});
  });
  connect(see_all_, &QPushButton::clicked, this, [this] {
    std::vector<std::int64_t> ids;
    for (const auto& one : shown_)
      if (one.seen.ms == 0) ids.push_back(one.id);
    notices_.see(ids);
  });
  connect(&notices_, &NoticeDesk::read, this, &NoticeWindow::show_notices);
  connect(&notices_, &NoticeDesk::failed, this, [this](const Error& e) { messages_->show_error(Doing::ReadNotices, e); });
  connect(&desk_, &SubjectDesk::lists_changed, this, &NoticeWindow::fill_units);
  connect(new QShortcut(QKeySequence(Qt::Key_Escape), this), &QShortcut::activated, this, &QWidget::close);
  ask();
}

void NoticeWindow::fill_units() {
  const auto before = unit_->currentData();
  unit_->clear();
  unit_->addItem(tr("全部单位"), kAllUnits);
  for (const auto& unit : desk_.lists().units) unit_->addItem(qs(unit.name), static_cast<qint64>(unit.id));
  unit_->addItem(tr("没有监管单位的"), qint64{0});
  unit_->setCurrentIndex(std::max(0, unit_->findData(before)));
}

void NoticeWindow::ask() {
  const auto unit = unit_->currentData().toLongLong();
  notices_.ask(unit == kAllUnits ? std::optional<std::int64_t>() : std::optional<std::int64_t>(unit), !seen_too_->isChecked());
}

const SubjectStore::Notice* NoticeWindow::chosen() const {
  const int at = list_->chosen();
  return at >= 0 && at < static_cast<int>(shown_.size()) ? &shown_[static_cast<std::size_t>(at)] : nullptr;
}

void NoticeWindow::show_notices(const std::vector<SubjectStore::Notice>& notices) {
  const int before = list_->chosen();
  shown_ = notices;
  std::vector<Row> rows;
  for (const auto& notice : notices) {
    Row row;
    const bool seen = notice.seen.ms > 0;
    row.left = day_clock_text(notice.at).left(16);
    row.icon = seen ? "check-circle" : "bell";
    row.colour = seen ? colour::grey : colour::blue;
    row.title = notice.subject_name.empty() ? tr("（主体已不在库中）") : qs(notice.subject_name);
    row.lines = {qs(notice.text)};
    const auto unit = desk_.unit_name(notice.unit);
    row.chips = {grey_chip(unit.empty() ? tr("没有监管单位") : qs(unit))};
    if (seen) row.chips.push_back(green_chip(tr("%1 已读 %2").arg(qs(notice.seen_by), day_clock_text(notice.seen).left(16)), "check"));
    else row.chips.push_back(blue_chip(tr("未读")));
    rows.push_back(std::move(row));
  }
  const int count = static_cast<int>(rows.size());
  list_->rows().set_rows(std::move(rows));
  list_->choose(count ? std::clamp(before, 0, count - 1) : -1);
  count_->setText(tr("列出 %1 条，未读共 %2 条").arg(count).arg(notices_.unseen()));
  count_->setAccessibleDescription(count_->text());
  refresh();
}

void NoticeWindow::refresh() {
  const auto* notice = chosen();
  open_->setEnabled(notice && !notice->subject_name.empty());
  see_->setEnabled(notice && notice->seen.ms == 0 && desk_.may_change());
  see_all_->setEnabled(desk_.may_change() && std::any_of(shown_.begin(), shown_.end(), [](const auto& one) { return one.seen.ms == 0; }));
}

}  // namespace guzheng::ui
