#include "core/desk/subject_export.h"

#include <algorithm>

#include "core/tables/table_writer.h"

namespace guzheng {
namespace {

constexpr std::int64_t kTellExportEvery = 500;

template <typename Value>
std::string word_of_export(const std::vector<std::string>& words, Value value) {
  const auto at = static_cast<std::size_t>(value);
  return at < words.size() ? words[at] : std::string();
}

std::string joined_entries(const std::vector<Entry>& entries, const ExportWords& words) {
  std::string out;
  for (const auto& entry : entries) {
    if (!out.empty()) out += "\n";
    out += word_of_export(words.entry_kinds, entry.kind) + " " + entry.name;
    if (!entry.platform.empty()) out += " " + entry.platform;
    if (!entry.link.empty()) out += " " + entry.link;
  }
  return out;
}

Status export_row(TableWriter& writer, const SubjectStore& store, SubjectId id, const SubjectLists& lists, const ExportWords& words) {
  GZ_TRY_ASSIGN(const auto subject, store.get(id));
  GZ_TRY_ASSIGN(const auto entries, store.entries(id));
  GZ_TRY_ASSIGN(const auto tags, store.tags_of(id));
  std::string names, unit;
  for (const auto& tag : tags) names += (names.empty() ? "" : "、") + tag.name;
  for (const auto& one : lists.units)
    if (one.id == subject.unit) unit = one.name;
  const std::vector<std::string> cells{subject.name,    subject.short_name, subject.credit_code, subject.number, word_of_export(words.kinds, subject.kind), word_of_export(words.states, subject.state),
                                       subject.address, subject.region,     subject.industry,    subject.category, unit,                                     names,
                                       joined_entries(entries, words)};
  return writer.write(cells);
}

Result<std::int64_t> export_subjects(const SubjectStore& store, const SubjectChoice& choice, const SubjectLists& lists, const std::filesystem::path& file, const ExportWords& words,
                                     const std::function<bool(std::int64_t)>& progress) {
  GZ_TRY_ASSIGN(auto writer, file.extension() == ".xlsx" ? make_xlsx_writer(file, words.header.front()) : make_csv_writer(file));
  GZ_TRY(writer->write(words.header));
  std::int64_t rows = 0;
  Status done;
  const auto each = [&](SubjectId id) {
    done = export_row(*writer, store, id, lists, words);
    if (done && ++rows % kTellExportEvery == 0 && !progress(rows)) done = fail(ErrorKind::Cancelled, "the export was called off");
    return static_cast<bool>(done);
  };
  if (choice.all) { GZ_TRY(store.each_match(*choice.all, each)); }
  else std::all_of(choice.ids.begin(), choice.ids.end(), each);
  if (!done) return fail(done.error());
  GZ_TRY(writer->finish());
  return rows;
}

}  // namespace

void SubjectExport::start(const SubjectChoice& choice, const std::filesystem::path& file, const ExportWords& words) {
  if (running_ || !desk_.is_open()) return;
  running_ = true;
  stop_->store(false);
  const auto tell = [this, stop = stop_](std::int64_t rows) {
    post(this, [this, rows] { emit progress(rows); });
    return !stop->load() && !desk_.stopped();
  };
  desk_.hop(SubjectDesk::Pool::Read, [choice, lists = desk_.lists(), file, words, tell](SubjectStore& store) { return export_subjects(store, choice, lists, file, words, tell); }, this,
            std::function<void(const Result<std::int64_t>&)>([this, file](const Result<std::int64_t>& rows) {
              running_ = false;
              if (!rows) return emit failed(rows.error());
              desk_.station().record("op.subject", Json{{"act", "export"}, {"file", file.filename().string()}, {"subjects", *rows}});
              emit done(file, *rows);
            }));
}

}  // namespace guzheng
