#include "ui/base/flow_layout.h"

#include <algorithm>

namespace guzheng::ui {

FlowLayout::~FlowLayout() {
  while (auto* item = takeAt(0)) delete item;
}

void FlowLayout::setGeometry(const QRect& rect) {
  QLayout::setGeometry(rect);
  lay(rect, true);
}

QSize FlowLayout::sizeHint() const {
  QSize out(-gap_, 0);
  for (auto* item : items_) out = {out.width() + gap_ + item->sizeHint().width(), std::max(out.height(), item->sizeHint().height())};
  return {std::max(0, out.width()), out.height()};
}

QSize FlowLayout::minimumSize() const {
  QSize out;
  for (auto* item : items_) out = out.expandedTo(item->sizeHint());
  return out;
}

int FlowLayout::lay(const QRect& rect, bool move) const {
  QPoint at = rect.topLeft();
  int line = 0;
  for (auto* item : items_) {
    if (item->isEmpty()) continue;
    const QSize size = item->sizeHint();
    if (at.x() > rect.left() && at.x() + size.width() > rect.left() + rect.width()) {
      at = {rect.left(), at.y() + line + gap_};
      line = 0;
    }
    if (move) item->setGeometry(QRect(at, size));
    at.rx() += size.width() + gap_;
    line = std::max(line, size.height());
  }
  return at.y() + line - rect.top();
}

}  // namespace guzheng::ui
