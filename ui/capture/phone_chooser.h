// ui. Which phone: the list from adb, grouped by node once there are nodes, and a clear sentence for every reason why there is none.
#pragma once

#include <QWidget>
#include <optional>

#include "core/desk/live_desk.h"

class QLabel;

namespace guzheng::ui {

class RowList;
class MessageBar;

class PhoneChooser : public QWidget {
  Q_OBJECT
 public:
  explicit PhoneChooser(PhoneList& phones, QWidget* parent = nullptr);
  [[nodiscard]] std::optional<PhoneEntry> chosen() const;        // usable and used by nobody else
  [[nodiscard]] QString taken() const;                           // who uses the phone that the mark stands on; "" when nobody does
  void set_practice_state(const QString& text);                  // "练习手机正在启动…", empty: nothing to say

 signals:
  void changed();
  void activated();

 private:
  void refresh();
  void say_state();
  [[nodiscard]] const PhoneEntry* marked() const;
  [[nodiscard]] std::vector<PhoneEntry> in_order() const;

  PhoneList& phones_;
  std::vector<PhoneEntry> shown_;          // a row's key is its place here; rows that name a node have key −1
  RowList* list_;
  QLabel* state_;
  QString practice_state_;
};

// Pure: what the list's state means, in one sentence; empty when a usable phone is there.
QString phone_state_sentence(const std::vector<PhoneSource>& sources);

}  // namespace guzheng::ui
