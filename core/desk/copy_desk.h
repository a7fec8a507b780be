// Room desk. Copies of shots with marks on them (标注副本: arrows, frames, short text), drawn by a person in the window. A copy never replaces its shot: it
// is printed in the next edition of the report, lies beside it with its own digest and names its original's (FORMAT.md 9.6).
// GUI thread only; answers are signals.
#pragma once

#include <map>

#include "core/desk/package_view.h"
#include "core/desk/report_desk.h"
#include "core/report/copy.h"

namespace guzheng {

class CopyDesk : public QObject {
  Q_OBJECT
 public:
  using Marks = std::map<int, std::vector<CopyMark>>;    // by the item's number; pixels of the original

  CopyDesk(StationDesk& station, ReportDesk& reports);
  // Decrypted in memory only: picture() or failed(), NotFound when the item has no picture.
  void load(const std::shared_ptr<const PackageView>& view, int item);
  // A new edition of the report with one copy for each item that has marks: saved() or failed(). Nothing of older editions
  // changes. Invalid at once: no marks; Exists: another report is being made.
  void save(const std::string& id, const std::filesystem::path& package, const Marks& marks, const std::string& reason);
  [[nodiscard]] bool busy() const { return !saving_.empty(); }

 signals:
  void picture(const std::string& id, int item, const QImage& image);
  void saved(const std::string& id);
  void failed(const std::string& id, const guzheng::Error& error);

 private:
  void ended(const std::string& id, const Error* error);

  StationDesk& station_;
  ReportDesk& reports_;
  std::string saving_;                     // package whose edition is being made
};

// Items that a copy can be made of. Pure.
std::vector<ShotView> copyable(const PackageView& view);
// `picture` with these marks as the copy will have them; marks that lie outside it are left out. Pure; needs a QGuiApplication.
QImage with_marks(const QImage& picture, const std::vector<CopyMark>& marks);

}  // namespace guzheng
