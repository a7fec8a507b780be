#include "ui/evidence/journal_card.h"

#include <QButtonGroup>
#include <QKeyEvent>
#include <algorithm>

#include "ui/base/row_list.h"
#include "ui/base/text.h"
#include "ui/capture/words.h"

namespace guzheng::ui {

JournalCard::JournalCard(QWidget* parent) : Card(tr("日志"), parent) {
  points_ = pill(tr("要点"));
  all_ = pill(tr("全部"));
  points_->setAccessibleName(tr("日志 要点"));
  all_->setAccessibleName(tr("日志 全部"));
  points_->setChecked(true);
  auto* group = new QButtonGroup(this);
  group->addButton(points_);
  group->addButton(all_);
  header()->addWidget(points_);
  header()->addWidget(all_);
  connect(group, &QButtonGroup::buttonClicked, this, &JournalCard::refill);
  RowLook look;
  look.rail = true;
  look.left_width = 44;
  list_ = new RowList(tr("证据包日志"), look);
  list_->installEventFilter(this);
  body()->addWidget(list_, 1);
  connect(list_, &RowList::moved, this, [this](int index) {
    if (!following_) emit jump(view_->journal[shown_[static_cast<std::size_t>(index)]].position_ms);
  });
  connect(list_, &RowList::picked, this, [this](int index) { emit jump(view_->journal[shown_[static_cast<std::size_t>(index)]].position_ms); });
}

void JournalCard::show_package(const std::shared_ptr<const PackageView>& view) {
  view_ = view;
  const auto points = std::count_if(view->journal.begin(), view->journal.end(), [](const auto& row) { return row.key_point; });
  points_->setText(tr("要点 %1").arg(points));
  all_->setText(tr("全部 %1").arg(view->journal.size()));
  refill();
}

void JournalCard::clear() {
  view_.reset();
  shown_.clear();
  list_->rows().set_rows({});
}

void JournalCard::refill() {
  if (!view_) return;
  shown_.clear();
  std::vector<Row> rows;
  for (std::size_t i = 0; i < view_->journal.size(); ++i) {
    if (points_->isChecked() && !view_->journal[i].key_point) continue;
    shown_.push_back(i);
    rows.push_back(Words::journal_row(view_->journal[i]));
  }
  list_->rows().set_rows(std::move(rows));
}

void JournalCard::follow(std::int64_t position_ms) {
  if (!view_ || list_->hasFocus()) return;       // whoever reads the list is not pulled away
  int best = -1;
  for (std::size_t i = 0; i < shown_.size(); ++i) {
    if (view_->journal[shown_[i]].position_ms <= position_ms) best = static_cast<int>(i);
  }
  if (best == list_->chosen()) return;
  following_ = true;
  list_->choose(best);
  following_ = false;
}

bool JournalCard::eventFilter(QObject* watched, QEvent* event) {
  if (watched == list_ && event->type() == QEvent::KeyPress) {
    switch (static_cast<QKeyEvent*>(event)->key()) {
      case Qt::Key_Space: emit play_wanted(); return true;
      case Qt::Key_Left: emit skip_wanted(-5000); return true;
      case Qt::Key_Right: emit skip_wanted(5000); return true;
      default: break;
    }
  }
  return Card::eventFilter(watched, event);
}

}  // namespace guzheng::ui
