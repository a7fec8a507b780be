// ui. What an officer says of a capture (证明对象), beside the timeline, while the recording goes on. Each save is journalled;
// the last one counts.
#pragma once

#include <QFrame>

#include <functional>

#include "core/desk/live_desk.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace guzheng::ui {

class ItemEditor : public QFrame {
  Q_OBJECT
 public:
  // Whose items these are: the one session's, or those of a group, described together.
  struct Items {
    std::function<const CaptureItem*(int item)> find;      // null: there is none of this number
    std::function<void(int item, const ItemDescription&)> describe;
  };
  explicit ItemEditor(Items items, QWidget* parent = nullptr);
  explicit ItemEditor(LiveDesk& desk, QWidget* parent = nullptr);
  void edit(int item);                     // 0: nothing to edit
  [[nodiscard]] int item() const { return item_; }
  [[nodiscard]] bool dirty() const;        // words that are not saved yet
  void save();

 private:
  [[nodiscard]] ItemDescription description() const;
  [[nodiscard]] const CaptureItem* current() const;
  void refresh_state();

  const Items items_;
  int item_ = 0;
  QLabel *title_line_, *state_;
  QComboBox *kind_, *access_;
  QLineEdit *title_, *proves_, *basis_;
  QPushButton* save_;
};

}  // namespace guzheng::ui
