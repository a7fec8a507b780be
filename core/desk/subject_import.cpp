#include "core/desk/subject_import.h"

#include "core/base/log.h"
#include "core/intake/code_files.h"

namespace guzheng {
namespace {

Result<std::vector<MappingProfile>> read_profiles(const std::filesystem::path& folder) {
  std::vector<MappingProfile> out;
  std::error_code none;                    // no folder: none was saved yet
  for (const auto& file : std::filesystem::directory_iterator(folder, none)) {
    if (file.path().extension() != ".json") continue;
    std::vector<RuleProblem> problems;
    auto profile = read_profile(file.path(), problems);
    if (profile) out.push_back(std::move(*profile));
    else log_warn("desk", "mapping profile: " + profile.error().what);               // one bad file does not hide the others
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return out;
}

// A file name for any name: two profiles of one name are one file.
std::string profile_file(const std::string& name) {
  std::string out;
  for (const char c : name) out += c == '/' || c == '\0' || c == '.' ? '_' : c;
  return out + ".json";
}

Result<std::vector<RowNote>> first_notes(const std::filesystem::path& file, std::size_t most) {
  std::vector<RowNote> out;
  GZ_TRY(read_notes(file, [&](const RowNote& note) {
    out.push_back(note);
    return out.size() < most;
  }));
  return out;
}

}  // namespace

SubjectImport::SubjectImport(SubjectDesk& desk) : desk_(desk) {
  working_.setMaxThreadCount(1);
  working_.setThreadPriority(QThread::LowPriority);
}

void SubjectImport::stop() {
  stop_->store(true);
  ++*asked_;
  working_.waitForDone();
}

Result<ImportPlace> SubjectImport::place_of(const Place& place) {
  GZ_TRY_ASSIGN(auto tables, load_code_tables(place.folder));
  return ImportPlace{*place.store, place.folder, *place.clock, std::move(tables), place.words};
}

ImportWatch SubjectImport::watch() {
  return [this, stop = stop_](const ImportProgress& progress) {
    post(this, [this, progress] { emit progressed(progress); });
    return !stop->load();
  };
}

void SubjectImport::preview(const std::filesystem::path& file, const MappingProfile& profile) {
  if (!desk_.is_open() || running_) return;
  const auto number = ++*asked_;
  run_then(working_, this, [folder = folder(), file, profile, asked = asked_, number]() -> Result<ImportPreview> {
    if (*asked != number) return fail(ErrorKind::Cancelled, "another file was chosen");
    GZ_TRY_ASSIGN(const auto tables, load_code_tables(folder));
    return preview_import(tables, {file, profile, {}, {}}, kPreviewRows);
  }, [this, file, number](const Result<ImportPreview>& preview) {
    if (*asked_ != number) return;
    show_or_fail<ImportPreview>(preview, [&](const ImportPreview& one) { emit previewed(file, one); });
  });
}

void SubjectImport::ask_profiles() {
  if (!desk_.is_open()) return;
  run_then(working_, this, [folder = profile_folder()] { return read_profiles(folder); }, [this](const Result<std::vector<MappingProfile>>& found) {
    show_or_fail<std::vector<MappingProfile>>(found, [&](const auto& all) { emit profiles_read(all); });
  });
}

void SubjectImport::save_profile(MappingProfile profile, const std::string& name) {
  if (!desk_.is_open()) return;
  profile.name = name;
  run_then(working_, this, [folder = profile_folder(), profile]() -> Status {
    GZ_TRY(make_private_folder(folder));
    return guzheng::save_profile(folder / profile_file(profile.name), profile);
  }, [this](const Status& done) {
    if (!done) return emit failed(done.error());
    ask_profiles();
  });
}

bool SubjectImport::begin() {
  if (running_ || !desk_.may_change()) {
    if (!running_) emit failed({ErrorKind::Denied, "nobody is logged in, or the library is not open"});
    return false;
  }
  running_ = true;
  stop_->store(false);
  emit running_changed();
  return true;
}

void SubjectImport::start(const std::filesystem::path& file, const MappingProfile& profile) {
  if (!begin()) return;
  run_then(working_, this, [place = place(), request = ImportRequest{file, profile, {}, desk_.act("导入 " + file.filename().string())}, watch = watch()]() -> Result<ImportResult> {
    GZ_TRY_ASSIGN(const auto where, place_of(place));
    return run_import(where, request, watch);
  }, [this](const Result<ImportResult>& result) { ended(result); });
}

void SubjectImport::resume(std::int64_t batch) {
  if (!begin()) return;
  run_then(working_, this, [place = place(), batch, watch = watch()]() -> Result<ImportResult> {
    GZ_TRY_ASSIGN(const auto where, place_of(place));
    return resume_import(where, batch, watch);
  }, [this](const Result<ImportResult>& result) { ended(result); });
}

void SubjectImport::ended(const Result<ImportResult>& result) {
  running_ = false;
  emit running_changed();
  desk_.tell_changed(0);
  if (!result) return emit failed(result.error());
  desk_.station().record("op.subject", Json{{"act", "import"}, {"batch", result->batch}, {"added", result->counts.added}, {"merged", result->counts.merged}, {"dropped", result->counts.dropped}});
  emit finished(*result);
}

void SubjectImport::undo(std::int64_t batch) {
  if (!begin()) return;
  run_then(working_, this, [place = place(), batch, act = desk_.act("撤销导入"), watch = watch()]() -> Result<UndoReport> {
    GZ_TRY_ASSIGN(const auto where, place_of(place));
    return undo_import(where, batch, act, watch);
  }, [this, batch](const Result<UndoReport>& report) {
    running_ = false;
    emit running_changed();
    desk_.tell_changed(0);
    if (!report) return emit failed(report.error());
    desk_.station().record("op.subject", Json{{"act", "undo-import"}, {"batch", batch}, {"removed", report->removed}, {"restored", report->restored}, {"kept", report->kept_count}});
    emit taken_back(batch, *report);
  });
}

void SubjectImport::ask_batches() {
  desk_.hop(SubjectDesk::Pool::Read, [folder = folder()](SubjectStore& store) -> Result<std::vector<Batch>> {
    GZ_TRY_ASSIGN(auto all, store.batches());
    // pushes and merges are batches too; they have no list of rows
    std::error_code ec;
    std::erase_if(all, [&](const Batch& one) { return one.kind != BatchKind::Import || !std::filesystem::exists(notes_file(folder, one.id), ec); });
    return all;
  }, this, std::function<void(const Result<std::vector<Batch>>&)>([this](const Result<std::vector<Batch>>& found) {
    show_or_fail<std::vector<Batch>>(found, [&](const auto& all) { emit batches_read(all); });
  }));
}

void SubjectImport::ask_notes(std::int64_t batch) {
  run_then(working_, this, [file = notes_file(folder(), batch)] { return first_notes(file, kMostNotes); }, [this, batch](const Result<std::vector<RowNote>>& notes) {
    show_or_fail<std::vector<RowNote>>(notes, [&](const auto& all) { emit noted(batch, all); });
  });
}

void SubjectImport::export_notes(std::int64_t batch, const std::filesystem::path& to, bool english) {
  run_then(working_, this, [file = notes_file(folder(), batch), to, english] { return guzheng::export_notes(file, to, english); }, [this, to](const Result<TableWriterFacts>& done) {
    show_or_fail<TableWriterFacts>(done, [&](const auto&) { emit exported(to); });
  });
}

}  // namespace guzheng
