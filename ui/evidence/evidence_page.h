// ui. Page 证据库: the packages, one of them opened with verdict, film and journal.
#pragma once

#include <QPointer>
#include <QWidget>

#include "core/desk/care_desk.h"
#include "core/desk/copy_desk.h"
#include "core/desk/import_desk.h"
#include "core/desk/live_desk.h"
#include "core/desk/player_desk.h"
#include "core/desk/proof_desk.h"
#include "core/desk/report_desk.h"
#include "core/desk/review_desk.h"
#include "core/desk/sync_desk.h"
#include "core/desk/vault_desk.h"

class QHBoxLayout;
class QPushButton;

namespace guzheng::ui {

// What this page does with the vault beyond looking: after sealing, certificate, care, import, the way to the central system.
struct ShelfDesks {
  ReviewDesk& review;
  ProofDesk& proof;
  CareDesk& care;
  ImportDesk& imports;
  CopyDesk& copies;
  SyncDesk& sync;
};

class AfterPanel;
class CareWindow;
class ImportWindow;
class JournalCard;
class MessageBar;
class PackageCard;
class PackageHead;
class PlayerCard;
class SyncWindow;

class EvidencePage : public QWidget {
  Q_OBJECT
 public:
  EvidencePage(VaultDesk& vault, PlayerDesk& player, ReportDesk& reports, LiveDesk& live, ShelfDesks shelf, QWidget* parent = nullptr);
  ~EvidencePage() override;
  void show_package(const std::string& id);
  void make_report(const std::string& id);               // shows the package, then its report
  void show_sync();                                      // the window 同步

 signals:
  void page_wanted();                                    // a package was asked for from the window 同步: this page should be seen

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;

 private:
  void chosen(const std::string& id);
  void verify();
  void report(bool fresh);
  void add_keys();
  void connect_vault();
  void connect_after();
  void show_answer();
  void show_window(QWidget* window);
  void show_care();
  void show_import();
  void sync_changed();
  void sync_told(const SyncEvent& event);
  void after_added(const char* colour, const QString& text);
  void fold();
  [[nodiscard]] const PackageEntry* entry() const;

  VaultDesk& vault_;
  PlayerDesk& player_;
  ReportDesk& reports_;
  LiveDesk& live_;
  ShelfDesks shelf_;
  PackageCard* list_;
  PackageHead* head_;
  AfterPanel* after_;
  MessageBar* messages_;
  PlayerCard* film_;
  JournalCard* journal_;
  QHBoxLayout* lower_;
  QPushButton* fold_ = nullptr;
  std::vector<QPointer<QWidget>> windows_;
  QPointer<CareWindow> care_;
  QPointer<ImportWindow> import_;
  QPointer<SyncWindow> sync_;
  std::shared_ptr<const PackageView> view_;               // of id_, once it is opened
  std::string id_, report_after_list_;
  bool folded_ = false;
};

}  // namespace guzheng::ui
