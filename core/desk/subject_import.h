// Room desk. Importing foreign tables into the subject library: which column goes where, what cleaning will do to the first rows, the run
// with its progress, its result row by row, and taking all of it back. GUI thread; reading and writing are on a worker of its own.
#pragma once

#include <filesystem>

#include "core/desk/subject_desk.h"
#include "core/intake/import.h"

namespace guzheng {

class SubjectImport : public QObject {
  Q_OBJECT
 public:
  static constexpr std::size_t kPreviewRows = 60, kMostNotes = 3000;
  explicit SubjectImport(SubjectDesk& desk);
  ~SubjectImport() override { stop(); }
  void stop();                             // calls a run off and waits; what it added is taken back

  [[nodiscard]] bool running() const { return running_; }
  // Without columns: those that the headers name. previewed() or failed(); only the newest question is answered.
  void preview(const std::filesystem::path& file, const MappingProfile& profile);
  void ask_profiles();                     // profiles_read()
  void save_profile(MappingProfile profile, const std::string& name);

  void start(const std::filesystem::path& file, const MappingProfile& profile);
  void resume(std::int64_t batch);         // one that a crash broke off
  void undo(std::int64_t batch);           // taken_back()
  void cancel() { stop_->store(true); }

  void ask_batches();                      // batches_read(): imports, newest first
  void ask_notes(std::int64_t batch);      // noted(): the first kMostNotes
  void export_notes(std::int64_t batch, const std::filesystem::path& to, bool english);
  void set_notice_words(std::function<std::string(const ImportHit&)> words) { notice_words_ = std::move(words); }

 signals:
  void previewed(const std::filesystem::path& file, const guzheng::ImportPreview& preview);
  void profiles_read(const std::vector<guzheng::MappingProfile>& profiles);
  void progressed(const guzheng::ImportProgress& progress);
  void running_changed();
  void finished(const guzheng::ImportResult& result);
  void batches_read(const std::vector<guzheng::Batch>& batches);
  void noted(qint64 batch, const std::vector<guzheng::RowNote>& notes);
  void exported(const std::filesystem::path& to);
  void taken_back(qint64 batch, const guzheng::UndoReport& report);
  void failed(const guzheng::Error& error);

 private:
  struct Place {                           // what ImportPlace points into
    std::shared_ptr<SubjectStore> store;
    std::filesystem::path folder;
    const Clock* clock;
    std::function<std::string(const ImportHit&)> words;
  };
  [[nodiscard]] std::filesystem::path folder() const { return desk_.station().private_folder() / "subjects"; }
  [[nodiscard]] std::filesystem::path profile_folder() const { return folder() / "profiles"; }
  static Result<ImportPlace> place_of(const Place& place);
  [[nodiscard]] Place place() const { return {desk_.store(), folder(), &desk_.station().clock(), notice_words_}; }
  [[nodiscard]] ImportWatch watch();
  bool begin();
  void ended(const Result<ImportResult>& result);
  template <typename T>
  void show_or_fail(const Result<T>& value, const std::function<void(const T&)>& show) {
    if (value) show(*value);
    else emit failed(value.error());
  }

  SubjectDesk& desk_;
  std::function<std::string(const ImportHit&)> notice_words_;
  const std::shared_ptr<std::atomic<bool>> stop_ = std::make_shared<std::atomic<bool>>(false);
  const std::shared_ptr<std::atomic<std::uint64_t>> asked_ = std::make_shared<std::atomic<std::uint64_t>>(0);
  bool running_ = false;
  QThreadPool working_;                    // one: an import, or what is read for it
};

}  // namespace guzheng
