// ui. Left column of 证据库: unfinished sessions on top, search, filters, the packages.
#pragma once

#include <array>

#include "core/desk/sync_desk.h"
#include "core/desk/vault_desk.h"
#include "ui/base/parts.h"
#include "ui/base/row_list.h"

class QLineEdit;

namespace guzheng::ui {



class PackageCard : public Card {
  Q_OBJECT
 public:
  PackageCard(VaultDesk& desk, SyncDesk& sync, QWidget* parent = nullptr);
  void refresh();
  void choose(const std::string& id);      // also one that the list does not have yet: chosen when it comes
  void search();                           // Ctrl+F
  [[nodiscard]] std::string chosen() const;

 signals:
  void chosen_changed(const std::string& id);
  void import_wanted();
  void care_wanted();
  void sync_wanted();

 private:
  void refresh_rows();
  void refresh_unfinished();
  [[nodiscard]] Row row_of(const PackageEntry& entry) const;
  [[nodiscard]] bool passes(const PackageEntry& entry, int filter) const;

  void sync_changed();

  VaultDesk& desk_;
  SyncDesk& sync_;
  QVBoxLayout* unfinished_;
  QLineEdit* search_;
  std::array<QPushButton*, 5> filters_{};
  QPushButton* sync_link_ = nullptr;
  RowList* list_;
  QLabel* empty_;
  std::string wanted_, told_;
  bool filling_ = false;
};

}  // namespace guzheng::ui
