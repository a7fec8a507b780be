#include "ui/capture/capture_page.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QShortcut>

#include "ui/base/message_bar.h"
#include "ui/base/parts.h"
#include "ui/base/text.h"
#include "ui/capture/phone_card.h"
#include "ui/capture/phone_chooser.h"
#include "ui/capture/session_card.h"
#include "ui/capture/setup_view.h"
#include "ui/capture/timeline_card.h"
#include "ui/group/group_page.h"

namespace guzheng::ui {
namespace {

constexpr int kFoldBelow = 1000;           // logical pixels of the page: 1280 wide keeps all three columns

}  // namespace

CapturePage::CapturePage(LiveDesk& desk, GroupDesk& group, StationDesk& station, OfficerDesk& officers, QWidget* parent)
    : QStackedWidget(parent), desk_(desk), group_(group) {
  setup_ = new SetupView(desk, group, station, officers);
  addWidget(setup_);
  connect(setup_, &SetupView::package_wanted, this, &CapturePage::package_wanted);
  connect(setup_, &SetupView::report_wanted, this, &CapturePage::report_wanted);
  connect(&station, &StationDesk::opened, setup_, &SetupView::refresh);
  connect(&desk_, &LiveDesk::stage_changed, this, &CapturePage::stage_changed);
  connect(&desk_, &LiveDesk::start_failed, this, [this](const Error& e) { show_error(Doing::StartCapture, e); });
  connect(&desk_, &LiveDesk::node_failed, this, [this](const Error& e) { show_error(Doing::ReachNode, e); });
  connect(&desk_, &LiveDesk::trouble, this, [this](const Error& e) { show_error(Doing::Capturing, e); });
  connect(&desk_, &LiveDesk::refused, this, [this](const Error& e) { show_error(Doing::Describing, e); });
  connect(&desk_, &LiveDesk::end_failed, this, [this](const Error& e) { show_error(Doing::EndCapture, e); });
  connect(&desk_, &LiveDesk::status_changed, this, [this] {
    if (!live_) return;
    session_->refresh();
    phone_->refresh();
  });
  connect(&group_, &GroupDesk::stage_changed, this, &CapturePage::group_changed);
  connect(&group_, &GroupDesk::start_failed, this, [this](const Error& e) { show_error(Doing::StartCapture, e); });
  add_keys();
  stage_changed();
  group_changed();
}

void CapturePage::group_changed() {
  const bool live = group_.stage() == LiveDesk::Stage::Running || group_.stage() == LiveDesk::Stage::Ending;
  if (live && !group_page_) {
    group_page_ = new GroupPage(group_);
    addWidget(group_page_);
    setCurrentWidget(group_page_);
  } else if (!live && group_page_) {
    setCurrentWidget(setup_);
    group_page_->deleteLater();
    group_page_ = nullptr;
  }
  setup_->refresh();
  emit title_changed();
}

void CapturePage::add_keys() {
  const auto key = [this](const QString& keys, auto act) {
    auto* shortcut = new QShortcut(QKeySequence(keys), this, nullptr, nullptr, Qt::WindowShortcut);
    shortcut->setAutoRepeat(false);        // a key that is held down is one act
    connect(shortcut, &QShortcut::activated, this, [this, act] {
      if (isVisible()) act();
    });
  };
  key("F8", [this] {
    if (live_) phone_->capture();
    else if (group_page_) group_page_->capture();
  });
  key("Shift+F8", [this] {
    if (live_) phone_->capture_long();
    else if (group_page_) group_page_->capture_long();
  });
  key("Ctrl+Return", [this] { start(); });
  key("Ctrl+Enter", [this] { start(); });
  // text fields keep Ctrl+E and Ctrl+D for themselves (end of line, delete): function keys always work
  key("F10", [this] { ask_end(); });
  key("Ctrl+S", [this] {
    if (live_) timeline_->save();
    else if (group_page_) group_page_->save();
  });
  key("F4", [this] {
    if (live_ && folded_) show_side(true);
    if (live_) timeline_->describe_newest();
    else if (group_page_) group_page_->describe();
  });
  key("F6", [this] { if (live_) phone_->swap_focus(); });
  key("F7", [this] {
    if (live_) phone_->open_line(true);
    else if (group_page_) group_page_->open_line(true);
  });
  key("F11", [this] { if (live_) phone_->toggle_full(); });
  key("F9", [this] {
    if (live_) phone_->open_line(false);
    else if (group_page_) group_page_->open_line(false);
  });
  for (int i = 0; i < 5; ++i) key(QString("Alt+%1").arg(i + 1), [this, i] {
      if (live_) phone_->choose_kind(i);
      else if (group_page_) group_page_->lead(i + 1);
    });
}

void CapturePage::take_order(const CaptureOrder& order) {
  if (desk_.busy()) return messages_->show_text("amber", tr("正在取证，没有换主体。请先“结束并封存”，再从主体发起取证。"));
  setup_->take_order(order);
}

void CapturePage::start() {
  if (!live_ && !group_page_) setup_->start();
}

void CapturePage::ask_end() {
  if (group_page_) return group_page_->ask_end();
  if (!live_) return;
  if (folded_) show_side(false);
  session_->ask_end();
}

QString CapturePage::title() const {
  if (group_page_) return tr("并行取证 · %1").arg(qs(group_.order().task.empty() ? group_.order().reason : group_.order().task));
  if (!live_) return tr("远程取证");
  const auto& order = desk_.order();
  return tr("远程取证 · %1").arg(qs(order.task.empty() ? order.reason : order.task));
}

void CapturePage::show_error(Doing doing, const Error& error) {
  if (group_page_) group_page_->show_error(doing, error);
  else if (live_) messages_->show_error(doing, error);
  else setup_->messages().show_error(doing, error);
}

void CapturePage::set_practice_state(const QString& text) { setup_->phones().set_practice_state(text); }

void CapturePage::stage_changed() {
  const bool live = desk_.stage() == LiveDesk::Stage::Running || desk_.stage() == LiveDesk::Stage::Ending;
  if (live && !live_) {
    build_live();
  } else if (!live && live_) {
    setCurrentWidget(setup_);
    live_->deleteLater();
    live_ = nullptr;
  }
  setup_->refresh();
  if (live_) {
    session_->refresh();
    phone_->refresh();
  }
  emit title_changed();
}

void CapturePage::build_live() {
  live_ = new QWidget;
  auto* all = new QVBoxLayout(live_);
  all->setContentsMargins(12, 12, 12, 12);
  all->setSpacing(12);
  messages_ = new MessageBar(tr("取证中消息"));
  all->addWidget(messages_);
  columns_ = new QHBoxLayout;
  columns_->setSpacing(12);
  all->addLayout(columns_, 1);
  session_ = new SessionCard(desk_);
  phone_ = new PhoneCard(desk_);
  timeline_ = new TimelineCard(desk_);

  left_column_ = new QWidget;
  auto* column = new QVBoxLayout(left_column_);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(8);
  tabs_ = new QWidget;
  auto* tab_row = new QHBoxLayout(tabs_);
  tab_row->setContentsMargins(0, 0, 0, 0);
  auto* group = new QButtonGroup(tabs_);
  int index = 0;
  for (const auto& name : {tr("本次取证"), tr("证据时间线")}) {
    auto* tab = pill(name);
    tab->setAccessibleName(tr("左栏显示 ") + name);
    tab->setChecked(index == 0);
    group->addButton(tab, index++);
    tab_row->addWidget(tab, 1);
  }
  connect(group, &QButtonGroup::idClicked, this, [this](int id) { show_side(id == 1); });
  left_ = new QStackedWidget;
  left_->addWidget(session_);
  column->addWidget(tabs_);
  column->addWidget(left_, 1);
  left_column_->setMinimumWidth(250);
  left_column_->setMaximumWidth(340);
  timeline_->setMinimumWidth(270);
  timeline_->setMaximumWidth(340);
  columns_->addWidget(left_column_, 3);
  columns_->addWidget(phone_, 6);
  columns_->addWidget(timeline_, 3);
  folded_ = false;
  tabs_->hide();
  addWidget(live_);
  setCurrentWidget(live_);
  fold();
  phone_->swap_focus();
}

// The right column folds first: it goes under the left one, behind two tabs, and nothing is lost.
void CapturePage::fold() {
  if (!live_) return;
  const bool narrow = width() < kFoldBelow;
  if (narrow == folded_) return;
  folded_ = narrow;
  tabs_->setVisible(narrow);
  if (narrow) {
    columns_->removeWidget(timeline_);
    left_->addWidget(timeline_);
    left_->setCurrentWidget(session_);
  } else {
    left_->removeWidget(timeline_);
    columns_->addWidget(timeline_, 3);
    timeline_->show();
  }
}

void CapturePage::show_side(bool timeline) {
  if (!folded_) return;
  left_->setCurrentWidget(timeline ? static_cast<QWidget*>(timeline_) : session_);
  const auto tabs = tabs_->findChildren<QPushButton*>();
  if (tabs.size() == 2) tabs[timeline ? 1 : 0]->setChecked(true);
}

void CapturePage::resizeEvent(QResizeEvent* event) {
  QStackedWidget::resizeEvent(event);
  fold();
}

}  // namespace guzheng::ui
