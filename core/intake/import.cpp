#include "core/intake/import.h"

#include <algorithm>

#include "core/base/file.h"
#include "core/intake/row_feed.h"
#include "core/intake/row_writer.h"

namespace guzheng {

namespace {

using Phase = ImportProgress::Phase;

constexpr std::int64_t kTellEachUs = 200'000, kFirstGuessUs = 2'000'000;

// One run over one file.
class ImportRun {
 public:
  ImportRun(const ImportPlace& place, const ImportWatch& watch) : place_(place), watch_(watch) {}

  Result<ImportResult> begin(const ImportRequest& request) {
    ImportFacts facts;
    std::error_code ec;
    facts.source = std::filesystem::absolute(request.file, ec).lexically_normal().string();
    facts.cleaning = request.cleaning.empty() ? std::string(default_cleaning()) : request.cleaning;
    facts.why = request.act.why;
    GZ_TRY_ASSIGN(const auto cleaner, make_cleaner(facts.cleaning, place_.tables));
    GZ_TRY_ASSIGN(auto rules, place_.store.unit_rules());
    GZ_TRY_ASSIGN(auto feed, RowFeed::open(request.file, request.profile, cleaner, std::move(rules), place_.clock.wall()));      // before anything is written: most mistakes show here
    facts.profile = profile_text(feed->profile());
    GZ_TRY_ASSIGN(facts.sha256, digest_source(request.file, progress_, watch_));
    GZ_TRY_ASSIGN(const auto bounds, place_.store.bounds());
    facts.match_library = bounds.count > 0;
    GZ_TRY(index_all());
    GZ_TRY_ASSIGN(auto session, place_.store.begin_import(request.file.filename().string(), request.act));
    progress_.batch = session->batch();
    act_ = request.act;
    const Status kept = write_facts(place_.folder, session->batch(), facts);
    if (!kept) {
      session.reset();
      return taken_back(kept.error());
    }
    const RowWriter::Setup setup{place_, feed->profile().on_match, request.file.filename().string(), facts.match_library};
    return import(setup, std::move(feed), std::move(session), {});
  }

  Result<ImportResult> resume(std::int64_t batch) {
    progress_.batch = batch;
    GZ_TRY_ASSIGN(const Batch open, place_.store.batch(batch));
    if (open.kind != BatchKind::Import || open.state != BatchState::Open) return fail(ErrorKind::Invalid, "batch " + std::to_string(batch) + " is no import that broke off");
    GZ_TRY_ASSIGN(const auto facts, read_facts(place_.folder, batch));
    GZ_TRY_ASSIGN(const auto done, mark_from(open.mark));
    std::vector<RuleProblem> problems;
    GZ_TRY_ASSIGN(const auto profile, parse_profile(facts.profile, problems));
    GZ_TRY_ASSIGN(const auto cleaner, make_cleaner(facts.cleaning, place_.tables));
    GZ_TRY_ASSIGN(const auto sha256, digest_source(facts.source, progress_, watch_));
    if (sha256 != facts.sha256) return fail(ErrorKind::Invalid, facts.source + " is not the file that it was when the import began; take the import back and begin it anew");
    GZ_TRY(index_all());                               // what the earlier run added must be found
    GZ_TRY_ASSIGN(auto rules, place_.store.unit_rules());
    GZ_TRY_ASSIGN(auto feed, RowFeed::open(facts.source, profile, cleaner, std::move(rules), place_.clock.wall()));
    GZ_TRY_ASSIGN(auto session, place_.store.resume_import(batch));
    act_ = {open.who, facts.why};
    return import({place_, profile.on_match, open.source, facts.match_library}, std::move(feed), std::move(session), done);
  }

 private:
  bool go_on() { return !watch_ || watch_(progress_); }

  Status index_all() {
    progress_.phase = Phase::Indexing;
    while (true) {
      GZ_TRY_ASSIGN(const auto index, place_.store.follow());
      progress_.done = index.indexed;
      progress_.of = index.indexed + index.behind;
      if (!go_on()) return fail(ErrorKind::Cancelled, "the import was called off before it began");
      if (index.behind == 0) return ok();
    }
  }

  Result<ImportResult> import(const RowWriter::Setup& setup, std::unique_ptr<RowFeed> feed, std::unique_ptr<BulkSession> session, const ImportMark& done) {
    auto writer = RowWriter::open(setup, std::move(session), done);
    if (!writer) return taken_back(writer.error());
    const Status written = write_all_rows(*feed, **writer);
    if (!written) {
      writer->reset();                                 // its session must be gone before its batch can be undone
      feed.reset();
      return taken_back(written.error());
    }
    const auto batch = (*writer)->finish();
    if (!batch) {
      writer->reset();
      return taken_back(batch.error());
    }
    return ImportResult{batch->id, (*writer)->counts(), notes_file(place_.folder, batch->id), feed->profile()};
  }

  Status write_all_rows(RowFeed& feed, RowWriter& writer) {
    const auto began = place_.clock.monotonic();
    auto told = began;
    progress_.phase = Phase::Reading;
    while (true) {
      GZ_TRY_ASSIGN(auto chunk, feed.next());
      if (chunk.rows.empty()) return ok();
      for (auto& row : chunk.rows) GZ_TRY(writer.write(row));
      progress_.counts = writer.counts();
      progress_.done = static_cast<std::int64_t>(std::min(chunk.read_bytes, chunk.total_bytes));
      progress_.of = static_cast<std::int64_t>(chunk.total_bytes);
      const auto now = place_.clock.monotonic();
      if (const auto passed = now.us - began.us; passed > kFirstGuessUs && progress_.done > 0)
        progress_.seconds_left = static_cast<std::int64_t>(static_cast<double>(passed) / 1e6 * static_cast<double>(progress_.of - progress_.done) / static_cast<double>(progress_.done));
      if (!told_once_ || now.us - told.us >= kTellEachUs) {
        told = now;
        told_once_ = true;
        if (!go_on()) return fail(ErrorKind::Cancelled, "the import was called off");
      }
    }
  }

  // The library is as before, or the error says that it is not.
  Failure taken_back(const Error& why) {
    progress_.phase = Phase::TakingBack;
    progress_.seconds_left.reset();
    const auto undone = place_.store.undo(progress_.batch, {act_.who, "import ended: " + why.what.substr(0, 1000)}, [&](std::int64_t done, std::int64_t of) {
      progress_.done = done;
      progress_.of = of;
      (void)go_on();                                   // called off already: taking back goes on
      return true;
    });
    if (undone) return fail(why.kind, why.what + " (what had been imported was taken back)");
    return fail(why.kind, why.what + "; and what had been imported could not be taken back (" + undone.error().what + "): undo import " + std::to_string(progress_.batch));
  }

  const ImportPlace& place_;
  const ImportWatch& watch_;
  ImportProgress progress_;
  Act act_;
  bool told_once_ = false;
};

}  // namespace

Result<ImportPreview> preview_import(const CodeTables& tables, const ImportRequest& request, std::size_t rows) {
  GZ_TRY_ASSIGN(const auto cleaner, make_cleaner(request.cleaning, tables));
  GZ_TRY_ASSIGN(const auto source, RowSource::open(request.file, request.profile, cleaner, {}));
  ImportPreview out;
  while (out.rows.size() < rows) {
    ImportPreview::Row row;
    GZ_TRY_ASSIGN(const bool got, source->next(row.cleaned));
    if (!got) break;
    row.cells = source->raw().cells;
    out.rows.push_back(std::move(row));
  }
  out.facts = source->table().facts();
  out.headers = source->headers();
  out.header_line = source->header_line();
  out.profile = source->profile();
  return out;
}

Result<ImportResult> run_import(const ImportPlace& place, const ImportRequest& request, const ImportWatch& watch) { return ImportRun(place, watch).begin(request); }
Result<ImportResult> resume_import(const ImportPlace& place, std::int64_t batch, const ImportWatch& watch) { return ImportRun(place, watch).resume(batch); }

Result<UndoReport> undo_import(const ImportPlace& place, std::int64_t batch, const Act& act, const ImportWatch& watch) {
  GZ_TRY_ASSIGN(const auto known, place.store.batch(batch));
  if (known.kind != BatchKind::Import) return fail(ErrorKind::Invalid, "batch " + std::to_string(batch) + " is no import");
  if (known.state == BatchState::Undone) return fail(ErrorKind::Invalid, "import " + std::to_string(batch) + " was taken back already");
  ImportProgress progress;
  progress.phase = Phase::TakingBack;
  progress.batch = batch;
  return place.store.undo(batch, act, [&](std::int64_t done, std::int64_t of) {
    progress.done = done;
    progress.of = of;
    return !watch || watch(progress);
  });
}

Result<std::vector<Batch>> open_imports(const SubjectStore& store) {
  GZ_TRY_ASSIGN(auto all, store.batches(1000));
  std::erase_if(all, [](const Batch& batch) { return batch.kind != BatchKind::Import || (batch.state != BatchState::Open && batch.state != BatchState::Undoing); });
  return all;
}

}  // namespace guzheng
