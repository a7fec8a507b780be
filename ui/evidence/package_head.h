// ui. Top of a package in 证据库: what it is, the verdict, its fingerprint, and what can be done with it.
#pragma once

#include <memory>

#include "core/desk/vault_desk.h"
#include "ui/base/parts.h"

class QComboBox;
class QLineEdit;
class QProgressBar;

namespace guzheng::ui {

class VerdictStrip;

struct HandoverWords {
  QString to, medium, reason;
  HandoverForm form = HandoverForm::Zip;
};

class PackageHead : public QFrame {
  Q_OBJECT
 public:
  explicit PackageHead(VaultDesk& desk, QWidget* parent = nullptr);
  void show_entry(const PackageEntry* entry);            // nullptr: nothing chosen
  void show_sync(const QString& words);                  // where else it lies; "": not told
  [[nodiscard]] VerdictStrip& verdict() { return *verdict_; }
  void put_below_verdict(QWidget* widget);
  void set_report_busy(bool busy);
  void set_exporting(qint64 done, qint64 total);         // total < 0: over
  [[nodiscard]] bool exporting() const { return exporting_; }
  void set_browsing_allowed(bool allowed);               // no file dialog while a session is being recorded

 signals:
  void export_wanted(const QString& place, const guzheng::ui::HandoverWords& words);
  void report_wanted();
  void new_report_wanted();
  void cancel_wanted();

 private:
  QWidget* build_export();
  void browse();
  [[nodiscard]] HandoverForm form() const;
  void propose_place();

  VaultDesk& desk_;
  QLabel *title_, *below_, *print_, *facts_;
  VerdictStrip* verdict_;
  QPushButton *export_, *report_, *copy_, *more_;
  QWidget* export_row_ = nullptr;
  QLineEdit *path_ = nullptr, *to_ = nullptr, *reason_ = nullptr;
  QComboBox *medium_ = nullptr, *form_ = nullptr;
  QPushButton *go_ = nullptr, *browse_ = nullptr;
  QProgressBar* bar_ = nullptr;
  QString sync_, of_entry_;
  std::string id_, fingerprint_;
  bool exporting_ = false;
};

}  // namespace guzheng::ui
