// ui. Page 证据库: the packages, one of them opened with verdict, film and journal.
#pragma once

#include <QWidget>

#include "core/desk/live_desk.h"
#include "core/desk/player_desk.h"
#include "core/desk/report_desk.h"
#include "core/desk/vault_desk.h"

class QHBoxLayout;
class QPushButton;

namespace guzheng::ui {

class JournalCard;
class MessageBar;
class PackageCard;
class PackageHead;
class PlayerCard;

class EvidencePage : public QWidget {
  Q_OBJECT
 public:
  EvidencePage(VaultDesk& vault, PlayerDesk& player, ReportDesk& reports, LiveDesk& live, QWidget* parent = nullptr);
  void show_package(const std::string& id);
  void make_report(const std::string& id);               // shows the package, then its report

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;

 private:
  void chosen(const std::string& id);
  void verify();
  void report(bool fresh);
  void add_keys();
  void connect_vault();
  void fold();
  [[nodiscard]] const PackageEntry* entry() const;

  VaultDesk& vault_;
  PlayerDesk& player_;
  ReportDesk& reports_;
  LiveDesk& live_;
  PackageCard* list_;
  PackageHead* head_;
  MessageBar* messages_;
  PlayerCard* film_;
  JournalCard* journal_;
  QHBoxLayout* lower_;
  QPushButton* fold_ = nullptr;
  std::string id_, report_after_list_;
  bool folded_ = false;
};

}  // namespace guzheng::ui
