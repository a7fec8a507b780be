// Room desk. Page 证据库: the list, one package opened, verification, export, recovery. GUI thread only; answers are signals.
#pragma once

#include <QImage>
#include <QObject>
#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/desk/package_view.h"
#include "core/desk/station_desk.h"
#include "core/seal/verify.h"

namespace guzheng {

enum class HandoverForm { Zip, Folder, Disc };       // one ZIP; a folder with verify.sh and instructions on top; that folder as a disc image
struct Handover {
  HandoverForm form = HandoverForm::Zip;
  std::string to, medium;                  // who receives it, on what
  std::string reason;                      // why evidence is opened for it; goes to the operation log
};

struct VerifyAnswer {
  Verification verification;
  WallTime at;
  std::int64_t took_ms = 0;
};

class VaultDesk : public QObject {
  Q_OBJECT
 public:
  explicit VaultDesk(StationDesk& station);
  ~VaultDesk() override;

  void refresh();                                        // listed() or failed()
  [[nodiscard]] const std::vector<PackageEntry>& packages() const { return packages_; }
  [[nodiscard]] const PackageEntry* entry(const std::string& id) const;     // nullptr: not in the list
  [[nodiscard]] bool waits_for_encryption(const std::string& id) const;     // it lies in plain bytes, wholly or in part
  [[nodiscard]] const std::vector<std::string>& unfinished() const { return unfinished_; }
  // package_opened() or failed(); then thumbnail() for each shot. `reason`: why evidence is opened, for the operation log.
  void open_package(const std::string& id, const std::string& reason);

  // One at a time, on the bulk thread; a new one cancels the one that runs.
  void verify(const std::string& id, const std::string& reason);       // progress(), verified() or failed()
  // Writes what is handed over, with the hand-over record (移交) signed by the first officer beside or in it. progress(), then exported()
  // or failed(); act "hand-over": the ZIP stands, its record could not be written.
  void export_to(const std::string& id, const std::filesystem::path& place, const Handover& handover);
  void cancel();
  [[nodiscard]] const VerifyAnswer* answer(const std::string& id) const;

  void recover(const std::string& id);                   // recovered() or failed()

 signals:
  void listed();
  void package_opened(const std::shared_ptr<const guzheng::PackageView>& view);
  void thumbnail(const std::string& id, int number, const QImage& image);
  void progress(const std::string& id, qint64 done, qint64 total);
  void verified(const std::string& id);
  // `sha256`: of the file; of the ZIP within for a folder. `record`: the hand-over record; empty when it lies within.
  void exported(const std::string& id, const std::string& place, const std::string& sha256, const std::string& record);
  void recovered(const std::string& id, const std::string& lost);
  // `act`: "list", "open", "verify", "export", "hand-over", "recover"
  void failed(const std::string& act, const std::string& id, const guzheng::Error& error);

 private:
  std::function<bool(std::uint64_t, std::uint64_t)> reporter(const std::string& id, std::shared_ptr<std::atomic<bool>> stop);
  void load_thumbnails(const PackageView& view);

  StationDesk& station_;
  std::vector<PackageEntry> packages_;
  std::vector<std::string> unfinished_, plain_;
  std::map<std::string, VerifyAnswer> answers_;
  std::shared_ptr<std::atomic<bool>> stop_;
  std::uint64_t refreshes_ = 0;
};

}  // namespace guzheng
