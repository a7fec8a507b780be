// ui. Right column while recording: the evidence timeline, newest first, and the editor of the chosen capture.
#pragma once

#include "core/desk/live_desk.h"
#include "ui/base/parts.h"

namespace guzheng::ui {

class ItemEditor;
class RowList;

class TimelineCard : public Card {
  Q_OBJECT
 public:
  explicit TimelineCard(LiveDesk& desk, QWidget* parent = nullptr);
  void save() ;
  void edit_newest();
  void describe_newest();                  // and puts the focus into its editor

 private:
  void add(const TimelineEvent& event);
  [[nodiscard]] QString title_of(int item) const;
  void refresh_titles();

  LiveDesk& desk_;
  RowList* list_;
  ItemEditor* editor_;
};

}  // namespace guzheng::ui
