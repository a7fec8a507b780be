// Room desk. Things made elsewhere become evidence (B-5.4.2a, B-5.4.2d): what is known of the files that are brought, what misses for
// 完整, the import itself. GUI thread only; answers are signals.
#pragma once

#include "core/desk/station_desk.h"
#include "core/session/import.h"

namespace guzheng {

class ImportDesk : public QObject {
  Q_OBJECT
 public:
  explicit ImportDesk(StationDesk& station) : station_(station) {}
  ~ImportDesk() override { cancel(); }

  // Looks at files: kind by name, time of the last change as made_at, the officer at the desk as collector, title by name. added()
  // with those that can be imported; refused() for folders, links and what is not there.
  void add(const std::vector<std::filesystem::path>& files);
  [[nodiscard]] CaptureOrder suggested_order() const;                        // filled on the practice desk only
  [[nodiscard]] std::string speaker() const;       // the officer at the desk, "name badge": who says the opening statements
  [[nodiscard]] static std::vector<std::string> missing(const ImportOrder& order) { return missing_for_import(order); }
  // Sealed as the officers at the desk. progress(), imported() or failed(); op.import.
  void start(const ImportOrder& order, const std::string& incomplete_reason);
  void cancel();
  [[nodiscard]] bool busy() const { return busy_; }

 signals:
  void added(const std::vector<guzheng::ImportItem>& items);
  void refused(const std::string& file, const guzheng::Error& error);
  void progress(qint64 done, qint64 total);
  void imported(const guzheng::SealedPackage& package);
  void failed(const guzheng::Error& error);

 private:
  StationDesk& station_;
  std::shared_ptr<std::atomic<bool>> stop_;
  bool busy_ = false;
};

// The kind of import_kinds() that a file's name asks for. Pure.
std::string import_kind_of(const std::filesystem::path& file);

}  // namespace guzheng
