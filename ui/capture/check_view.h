// ui. 远程取证, step 环境检测: what was found of workstation, node, phone and app, by place; again at a press; and 仍要取证 for a compulsory item
// that fails, with its reason.
#pragma once

#include <QWidget>

#include "core/desk/check_desk.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace guzheng::ui {

class CheckView : public QWidget {
  Q_OBJECT
 public:
  explicit CheckView(CheckDesk& desk, QWidget* parent = nullptr);
  void focus_trouble();                    // the first reason that misses

 signals:
  void again();                            // 重新检测

 private:
  void refresh();
  void show_items();
  QWidget* row_of(const EnvItem& item);

  CheckDesk& desk_;
  QLabel* summary_;
  QPushButton* again_;
  QVBoxLayout* list_;
  std::vector<EnvItem> shown_;
};

// Pure: in one sentence what the check found; for screen readers and the line above the list.
QString check_sentence(const CheckDesk& desk);

}  // namespace guzheng::ui
