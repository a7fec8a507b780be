// ui. One phone of a group as a card (screens/grid.png): whether it leads, its picture, and beside it who uses it, where it stands, what it has done.
#pragma once

#include <QFrame>

#include "core/desk/group_desk.h"

class QBoxLayout;
class QLabel;

namespace guzheng::ui {

class GroupPane;

class GroupCardView : public QFrame {
  Q_OBJECT
 public:
  // `beside`: the facts stand at the picture's right, else below it.
  GroupCardView(GroupDesk& desk, int member, bool beside, QWidget* parent = nullptr);
  void refresh();
  void set_difference(int rows, const QString& late);      // of the page that is shown in the table; -1: nothing was compared
  [[nodiscard]] GroupPane& pane() const { return *pane_; }

 private:
  struct Fact {
    QWidget* row = nullptr;
    QLabel *sign = nullptr, *text = nullptr;
  };
  Fact add_fact(QBoxLayout* column, const QString& name);
  void show_fact(const Fact& fact, const QString& sign, const QColor& ink, const QString& text, const char* role = "");

  GroupDesk& desk_;
  const int member_;
  GroupPane* pane_;
  QLabel *role_, *role_sign_;
  Fact account_, place_, node_, battery_, difference_, done_, lost_;
  int differences_ = -1;
  QString late_;
};

}  // namespace guzheng::ui
