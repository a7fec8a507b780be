// ui. The journal beside the film: choosing a line moves the picture there.
#pragma once

#include <memory>

#include "core/desk/package_view.h"
#include "ui/base/parts.h"

namespace guzheng::ui {

class RowList;

class JournalCard : public Card {
  Q_OBJECT
 public:
  explicit JournalCard(QWidget* parent = nullptr);
  void show_package(const std::shared_ptr<const PackageView>& view);
  void clear();
  void follow(std::int64_t position_ms);   // marks the line that was last at that place, without jumping

 signals:
  void jump(qint64 position_ms);
  void play_wanted();
  void skip_wanted(qint64 ms);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void refill();
  std::shared_ptr<const PackageView> view_;
  std::vector<std::size_t> shown_;         // indices into view_->journal
  QPushButton *points_, *all_;
  RowList* list_;
  bool following_ = false;
};

}  // namespace guzheng::ui
