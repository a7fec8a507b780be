// Room desk. Subjects as a table for other programs: those that were ticked, or all that a search finds, as CSV or XLSX by the file's name.
// Sensitive values are never in it. GUI thread; the writing is on a worker.
#pragma once

#include <filesystem>

#include "core/desk/subject_desk.h"

namespace guzheng {

// The words of the window's language, by enumerator.
struct ExportWords {
  std::vector<std::string> header;                       // of the thirteen columns
  std::vector<std::string> kinds, states, entry_kinds;
};

class SubjectExport : public QObject {
  Q_OBJECT
 public:
  explicit SubjectExport(SubjectDesk& desk) : desk_(desk) {}
  ~SubjectExport() override { cancel(); }
  [[nodiscard]] bool running() const { return running_; }
  void start(const SubjectChoice& choice, const std::filesystem::path& file, const ExportWords& words);
  void cancel() { stop_->store(true); }

 signals:
  void progress(qint64 done);
  void done(const std::filesystem::path& file, qint64 subjects);
  void failed(const guzheng::Error& error);

 private:
  SubjectDesk& desk_;
  const std::shared_ptr<std::atomic<bool>> stop_ = std::make_shared<std::atomic<bool>>(false);
  bool running_ = false;
};

}  // namespace guzheng
