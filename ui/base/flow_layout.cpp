#include "ui/base/flow_layout.h"

#include <algorithm>
#include <vector>

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

// Parts of one line stand on one middle: a word beside a button reads with it.
int FlowLayout::lay(const QRect& rect, bool move) const {
  QPoint at = rect.topLeft();
  int line = 0;
  std::vector<std::pair<QLayoutItem*, QRect>> placed;            // of the line
  const auto end_line = [&] {
    for (const auto& [item, box] : placed) item->setGeometry(box.translated(0, (line - box.height()) / 2));
    placed.clear();
  };
  for (auto* item : items_) {
    if (item->isEmpty()) continue;
    const QSize size = item->sizeHint();
    if (at.x() > rect.left() && at.x() + size.width() > rect.left() + rect.width()) {
      end_line();
      at = {rect.left(), at.y() + line + std::min(gap_, 8)};
      line = 0;
    }
    if (move) placed.emplace_back(item, QRect(at, size));
    at.rx() += size.width() + gap_;
    line = std::max(line, size.height());
  }
  end_line();
  return at.y() + line - rect.top();
}

}  // namespace guzheng::ui
