// ui. Care of the vault 证据库体检, in a window of its own: the scrub with progress and results, the second copy, what the doctor
// finds and what to do about it. Not modal.
#pragma once

#include "core/desk/care_desk.h"
#include "ui/base/parts.h"
#include "ui/base/row_list.h"

class QLineEdit;
class QProgressBar;

namespace guzheng::ui {

class MessageBar;

class CareWindow : public QWidget {
  Q_OBJECT
 public:
  explicit CareWindow(CareDesk& desk);

 private:
  Card* build_scrub();
  Card* build_copy();
  Card* build_findings();
  void scrub();
  void show_running(bool running);
  void show_progress(const ScrubProgress& at);
  void show_outcome(const ScrubOutcome& outcome);
  void show_health(const VaultHealth& health);

  CareDesk& desk_;
  MessageBar* messages_;
  QLineEdit* reason_ = nullptr;
  QPushButton *go_ = nullptr, *catch_up_ = nullptr, *again_ = nullptr;
  QProgressBar* bar_ = nullptr;
  QLabel *state_ = nullptr, *copy_ = nullptr;
  RowList *results_ = nullptr, *findings_ = nullptr;
  std::vector<Row> rows_;
};

}  // namespace guzheng::ui
