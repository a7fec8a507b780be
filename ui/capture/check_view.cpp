#include "ui/capture/check_view.h"

#include <algorithm>

#include "ui/base/errors.h"
#include "ui/base/parts.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/capture/override_box.h"
#include "ui/capture/words.h"

namespace guzheng::ui {
namespace {

struct Place {
  const char *where, *name;
};
constexpr Place kPlaces[] = {{"workstation", QT_TRANSLATE_NOOP("guzheng::ui::CheckView", "工作站")}, {"node", QT_TRANSLATE_NOOP("guzheng::ui::CheckView", "节点")},
                             {"phone", QT_TRANSLATE_NOOP("guzheng::ui::CheckView", "手机")}, {"app", QT_TRANSLATE_NOOP("guzheng::ui::CheckView", "应用")}};

}  // namespace

QString check_sentence(const CheckDesk& desk) {
  switch (desk.state()) {
    case CheckDesk::State::Empty: return CheckView::tr("选中手机后自动检测工作站、节点、手机和前台应用。");
    case CheckDesk::State::Running: return CheckView::tr("正在检测取证环境…");
    case CheckDesk::State::Failed: return sentence(Doing::CheckEnvironment, desk.error()).text();
    case CheckDesk::State::Done: break;
  }
  const auto count = [&](const char* verdict) { return static_cast<int>(std::count_if(desk.items().begin(), desk.items().end(), [&](const auto& i) { return i.verdict == verdict; })); };
  return CheckView::tr("%1 检测，用时 %2 秒：通过 %3 项，提示 %4 项，不符 %5 项，无法判定 %6 项").arg(clock_text(desk.at()))
      .arg(static_cast<double>(desk.took_ms()) / 1000.0, 0, 'f', 1).arg(count("pass")).arg(count("note")).arg(count("fail")).arg(count("unknown"));
}

CheckView::CheckView(CheckDesk& desk, QWidget* parent) : QWidget(parent), desk_(desk) {
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(0, 0, 0, 0);
  all->setSpacing(8);
  auto* head = new QHBoxLayout;
  summary_ = wrapped({}, "small");
  summary_->setAccessibleName(tr("环境检测结果"));
  again_ = button(tr("重新检测"), "refresh");
  again_->setAccessibleName(tr("重新检测环境"));
  head->addWidget(summary_, 1);
  head->addWidget(again_);
  all->addLayout(head);
  auto* rows = new QWidget;
  list_ = new QVBoxLayout(rows);
  list_->setContentsMargins(0, 0, 0, 0);
  list_->setSpacing(4);
  all->addWidget(rows);
  all->addStretch(1);
  connect(again_, &QPushButton::clicked, this, &CheckView::again);
  connect(&desk_, &CheckDesk::changed, this, &CheckView::refresh);
  refresh();
}

void CheckView::refresh() {
  summary_->setText(check_sentence(desk_));
  summary_->setAccessibleDescription(summary_->text());
  set_role(summary_, "role", desk_.state() == CheckDesk::State::Failed || !desk_.holding().empty() ? "warn" : "small");
  again_->setEnabled(desk_.state() == CheckDesk::State::Done || desk_.state() == CheckDesk::State::Failed);
  if (desk_.state() == CheckDesk::State::Running) return;              // what was found stays until there is news
  if (desk_.items() == shown_) return;
  shown_ = desk_.items();
  show_items();
}

void CheckView::show_items() {
  clear_layout(list_);
  bool none = true;                        // what holds the session up comes first, with what can be done
  for (const auto& item : shown_) {
    if (!holds_up(item)) continue;
    if (std::exchange(none, false)) list_->addWidget(label(tr("不符的必检项"), "section"));
    list_->addWidget(override_box(desk_, item));
  }
  for (const auto& place : kPlaces) {
    bool first = true;
    for (const auto& item : shown_) {
      if (item.where != place.where) continue;
      if (std::exchange(first, false)) list_->addWidget(label(tr(place.name), "section"));
      list_->addWidget(row_of(item));
    }
  }
}

QWidget* CheckView::row_of(const EnvItem& item) {
  auto* row = new QWidget;
  auto* line = new QHBoxLayout(row);
  line->setContentsMargins(0, 0, 0, 0);
  line->setSpacing(8);
  auto* title = new ElidedLabel(qs(item.title));
  title->setFixedWidth(170);
  title->setProperty("role", "quiet");
  auto* found = new ElidedLabel(qs(item.found));
  found->setToolTip(tr("%1\n应为：%2").arg(qs(item.found), qs(item.expected)));
  found->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  const auto verdict = Words::verdict(item.verdict);
  auto* chip = icon_text(verdict.icon, verdict.colour, label(item.overridden.empty() ? verdict.text : tr("仍要取证"), verdict.role));
  chip->setFixedWidth(120);
  line->addWidget(title);
  line->addWidget(found, 1);
  line->addWidget(chip);
  row->setAccessibleName(tr("检测项 ") + qs(item.title));
  row->setAccessibleDescription(verdict.text + tr("：") + qs(item.found));
  return row;
}

void CheckView::focus_trouble() {
  const auto fields = findChildren<QLineEdit*>();
  if (!fields.isEmpty()) fields.front()->setFocus();
}

}  // namespace guzheng::ui
