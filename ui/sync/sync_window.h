// ui. Synchronisation 同步, in a window of its own: how the central system stands, what is under way and waits, in which order, what became of each package, its receipt.
// Not modal.
#pragma once

#include <array>

#include "core/desk/sync_desk.h"
#include "core/desk/vault_desk.h"
#include "ui/base/parts.h"
#include "ui/base/row_list.h"

class QProgressBar;

namespace guzheng::ui {

class SyncWindow : public QWidget {
  Q_OBJECT
 public:
  SyncWindow(SyncDesk& desk, VaultDesk& vault);

 signals:
  void package_wanted(const std::string& id);

 private:
  Card* build_state();
  Card* build_list();
  Card* build_detail();
  void refresh();
  void refresh_state();
  void refresh_rows();
  void refresh_detail();
  void show_receipt(const KeptReceipt& receipt);
  void say(const QString& text);
  [[nodiscard]] bool passes(const SyncItem& item, int filter) const;
  [[nodiscard]] const SyncItem* chosen() const;
  [[nodiscard]] QString name_of(const std::string& package) const;

  SyncDesk& desk_;
  VaultDesk& vault_;
  QLabel *sign_ = nullptr, *state_ = nullptr, *numbers_ = nullptr, *where_ = nullptr, *note_ = nullptr, *note_detail_ = nullptr, *empty_ = nullptr;
  QLabel *detail_title_ = nullptr, *detail_ = nullptr, *small_ = nullptr;
  QFrame* note_box_ = nullptr;
  QProgressBar* bar_ = nullptr;
  QPushButton *pause_ = nullptr, *now_ = nullptr, *first_ = nullptr, *again_ = nullptr, *open_ = nullptr;
  std::array<QPushButton*, 4> filters_{};
  RowList* list_ = nullptr;
  std::string shown_receipt_;              // package whose receipt the detail tells of
  std::int64_t shown_index_ = -1;
};

}  // namespace guzheng::ui
