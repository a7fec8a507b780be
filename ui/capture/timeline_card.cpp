#include "ui/capture/timeline_card.h"

#include <QColor>
#include <QLineEdit>
#include <algorithm>

#include "ui/base/row_list.h"
#include "ui/base/text.h"
#include "ui/capture/item_editor.h"
#include "ui/capture/words.h"

namespace guzheng::ui {

TimelineCard::TimelineCard(LiveDesk& desk, QWidget* parent) : Card(tr("证据时间线"), parent), desk_(desk) {
  RowLook look;
  look.rail = true;
  look.text_lines = 2;
  list_ = new RowList(tr("证据时间线"), look);
  editor_ = new ItemEditor(desk);
  body()->setContentsMargins(0, 0, 0, 0);
  body()->addWidget(list_, 1);
  body()->addWidget(editor_);
  for (const auto& event : desk_.events()) add(event);
  connect(&desk_, &LiveDesk::event_added, this, &TimelineCard::add);
  connect(&desk_, &LiveDesk::status_changed, this, &TimelineCard::refresh_titles);
  connect(&desk_, &LiveDesk::long_ended, this, &TimelineCard::edit_newest);         // its last picture is described by then
  connect(list_, &RowList::moved, this, [this](int index) {
    const auto item = static_cast<int>(list_->rows().row(index).key);
    if (item && item != editor_->item()) editor_->edit(item);
  });
  connect(list_, &RowList::picked, this, [this](int index) {
    if (list_->rows().row(index).key) editor_->edit(static_cast<int>(list_->rows().row(index).key));
  });
}

QString TimelineCard::title_of(int item) const {
  for (const auto& captured : desk_.status().items) {
    if (captured.number == item) return qs(captured.description.title);
  }
  return {};
}

void TimelineCard::add(const TimelineEvent& event) {
  const bool capture = event.type == TimelineEvent::Type::Capture;
  list_->rows().prepend(Words::event_row(event, capture ? title_of(event.item) : QString()));
  // the newest capture waits for its words, unless somebody is writing about another one
  if (capture && !editor_->dirty()) {
    list_->choose(0);
    editor_->edit(event.item);
  }
}

void TimelineCard::refresh_titles() {
  for (int i = 0; i < list_->rows().rowCount(); ++i) {
    auto row = list_->rows().row(i);
    if (!row.key) continue;
    for (const auto& item : desk_.status().items) {
      if (item.number != row.key) continue;
      auto wanted = Words::tr("取证 %1 · %2").arg(item.number).arg(qs(item.description.title));
      if (item.black) wanted = tr("画面全黑！%1").arg(wanted);      // FLAG_SECURE is likely
      if (row.title == wanted) break;
      row.title = wanted;
      if (item.black) {
        row.colour = QColor("#b56a00");
        row.lines = {row.lines.value(0), tr("应用可能禁止截屏，请改用别的办法固定这一页")};
      }
      list_->rows().update(i, row);
    }
  }
}

void TimelineCard::save() { editor_->save(); }

// The newest that nobody has described; the newest of all when there is none.
void TimelineCard::edit_newest() {
  const auto& items = desk_.status().items;
  if (items.empty()) return;
  const auto waiting = std::find_if(items.rbegin(), items.rend(), [](const auto& item) { return item.description.proves.empty(); });
  const int newest = waiting != items.rend() ? waiting->number : items.back().number;
  if (editor_->item() != newest) editor_->edit(newest);
}

void TimelineCard::describe_newest() {
  edit_newest();
  for (auto* field : editor_->findChildren<QLineEdit*>()) {
    if (field->accessibleName() == ItemEditor::tr("证明对象")) field->setFocus();
  }
}

}  // namespace guzheng::ui
