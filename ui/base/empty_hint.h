// ui. What a list says while it is empty, in the middle of it. Goes with the list.
#pragma once

#include <QAbstractItemView>
#include <QLabel>

namespace guzheng::ui {

class EmptyHint : public QLabel {
 public:
  EmptyHint(QAbstractItemView* list, const QString& text);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void place();
  QAbstractItemView* const list_;
};

}  // namespace guzheng::ui
