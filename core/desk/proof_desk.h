// Room desk. The certificate of verification 核验证明 (B-5.4.4a) of the last verification that the window made: its page as HTML,
// and as one sheet of PDF. GUI thread only; answers are signals.
#pragma once

#include <QSizeF>
#include <QString>

#include "core/desk/vault_desk.h"

class QPainter;
class QPagedPaintDevice;

namespace guzheng {

class ProofDesk : public QObject {
  Q_OBJECT
 public:
  ProofDesk(StationDesk& station, VaultDesk& vault) : station_(station), vault_(vault) {}
  // Chinese, then English, as rich text for QTextDocument. Empty: not verified since the window was opened.
  [[nodiscard]] QString html(const std::string& id) const;
  // Never over a file that is there (Exists). saved() or failed(); its digest goes to the operation log (op.certificate).
  void save(const std::string& id, const std::filesystem::path& pdf);
  void printed(const std::string& id);                                 // journals that it was printed

 signals:
  void saved(const std::string& id, const std::string& pdf, const std::string& sha256);
  void failed(const std::string& id, const guzheng::Error& error);

 private:
  StationDesk& station_;
  VaultDesk& vault_;
};

// All of `html` on one sheet: letters get smaller until it fits. `mark`: said across the sheet's head and foot, may be empty.
void paint_proof(QPainter& painter, const QString& html, const QSizeF& sheet, const QString& mark);
// The mark of practice material for paint_proof; empty for evidence.
QString proof_mark(bool practice);

}  // namespace guzheng
