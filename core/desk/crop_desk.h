// Room desk. Pictures for capture scripts (A-8.3f): a part of a captured page, cut out of a package and kept beside the scripts, for steps that wait for or tap
// on a picture. GUI thread; answers are signals.
#pragma once

#include <QImage>
#include <QObject>
#include <QRect>
#include <memory>
#include <string>
#include <vector>

#include "core/desk/station_desk.h"
#include "core/seal/package_reader.h"

namespace guzheng {

struct ShotChoice {
  int number = 0;
  std::string title, path;                 // path within the package
};

class CropDesk : public QObject {
  Q_OBJECT
 public:
  explicit CropDesk(StationDesk& station) : station_(station) {}
  // The package's screenshots; opened() or failed(). Journalled: `reason` is why evidence is opened.
  void open(const std::string& package, const std::string& reason);
  void load(int number);                   // picture() or failed()
  // This part of the picture that was loaded last, in its own pixels, as a PNG file in the scripts' folder under a name like `name`: kept() or failed().
  // Invalid: what nothing can be found by (too small, plain). It lies there readable, for this user of the computer alone (0600).
  void keep(const QRect& part, const std::string& name);
  [[nodiscard]] const std::vector<ShotChoice>& shots() const { return shots_; }

 signals:
  void opened();
  void picture(int number, const QImage& image);
  void kept(const std::string& file);
  void failed(const guzheng::Error& error);

 private:
  StationDesk& station_;
  std::string package_;
  std::shared_ptr<const PackageReader> files_;
  std::vector<ShotChoice> shots_;
  Bytes png_;                              // loaded last
  int asked_ = 0;                          // the newest question counts
};

}  // namespace guzheng
