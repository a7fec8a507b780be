// ui. A row that goes on in the next line where the place is narrow: filter pills in every language.
#pragma once

#include <QLayout>

namespace guzheng::ui {

class FlowLayout : public QLayout {
 public:
  explicit FlowLayout(int gap) : gap_(gap) { setContentsMargins(0, 0, 0, 0); }
  ~FlowLayout() override;
  void addItem(QLayoutItem* item) override { items_.append(item); }
  [[nodiscard]] int count() const override { return static_cast<int>(items_.size()); }
  [[nodiscard]] QLayoutItem* itemAt(int index) const override { return items_.value(index); }
  QLayoutItem* takeAt(int index) override { return index >= 0 && index < count() ? items_.takeAt(index) : nullptr; }
  [[nodiscard]] Qt::Orientations expandingDirections() const override { return {}; }
  [[nodiscard]] bool hasHeightForWidth() const override { return true; }
  [[nodiscard]] int heightForWidth(int width) const override { return lay({0, 0, width, 0}, false); }
  void setGeometry(const QRect& rect) override;
  [[nodiscard]] QSize sizeHint() const override;         // all in one line
  [[nodiscard]] QSize minimumSize() const override;      // the widest alone
 private:
  int lay(const QRect& rect, bool move) const;           // the height it takes
  const int gap_;
  QList<QLayoutItem*> items_;
};

}  // namespace guzheng::ui
