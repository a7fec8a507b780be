#include "core/intake/import_file.h"

#include "core/base/digest.h"
#include "core/base/json.h"

namespace guzheng {

namespace {

std::filesystem::path facts_file(const std::filesystem::path& folder, std::int64_t batch) { return folder / "imports" / (std::to_string(batch) + ".json"); }

}  // namespace

std::filesystem::path notes_file(const std::filesystem::path& folder, std::int64_t batch) { return folder / "imports" / (std::to_string(batch) + ".jsonl"); }

Json counts_json(const ImportCounts& counts) {
  return {{"rows", counts.rows}, {"added", counts.added}, {"merged", counts.merged}, {"dropped", counts.dropped}, {"corrected", counts.corrected}, {"doubted", counts.doubted}};
}

ImportCounts counts_from(const Json& json) {
  return {integer_at(json, "rows"), integer_at(json, "added"), integer_at(json, "merged"), integer_at(json, "dropped"), integer_at(json, "corrected"), integer_at(json, "doubted")};
}

std::optional<ImportCounts> counts_of(const Batch& batch) {
  const auto json = parse_json(batch.summary);
  if (!json || text_at(*json, "schema") != "guzheng-import-summary/1") return std::nullopt;
  return counts_from(*json);
}

Status write_facts(const std::filesystem::path& folder, std::int64_t batch, const ImportFacts& facts) {
  GZ_TRY(make_private_folder(folder / "imports"));
  GZ_TRY_ASSIGN(const auto text, canonical_json({{"schema", "guzheng-import-facts/1"}, {"source", facts.source}, {"sha256", facts.sha256}, {"profile", facts.profile}, {"cleaning", facts.cleaning}, {"why", facts.why}, {"match_library", facts.match_library}}));
  return write_text(facts_file(folder, batch), text);
}

Result<ImportFacts> read_facts(const std::filesystem::path& folder, std::int64_t batch) {
  GZ_TRY_ASSIGN(const auto text, read_text(facts_file(folder, batch), 8u << 20));
  GZ_TRY_ASSIGN(const auto json, parse_json(text));
  if (text_at(json, "schema") != "guzheng-import-facts/1") return fail(ErrorKind::Tampered, facts_file(folder, batch).string() + " is not what an import wrote");
  return ImportFacts{text_at(json, "source"), text_at(json, "sha256"), text_at(json, "profile"), text_at(json, "cleaning"), text_at(json, "why"), bool_at(json, "match_library", true)};
}

std::string mark_text(const ImportMark& mark) {
  Json json = counts_json(mark.counts);
  json["notes"] = mark.notes;
  return json.dump();
}

Result<ImportMark> mark_from(const std::string& text) {
  if (text.empty()) return ImportMark{};
  GZ_TRY_ASSIGN(const auto json, parse_json(text));
  const ImportMark mark{counts_from(json), static_cast<std::uint64_t>(integer_at(json, "notes"))};
  if (mark.counts.rows < 0 || mark.counts.added + mark.counts.merged + mark.counts.dropped != mark.counts.rows) return fail(ErrorKind::Tampered, "the mark of the import does not add up");
  return mark;
}

Result<std::string> digest_source(const std::filesystem::path& file, ImportProgress& progress, const ImportWatch& watch) {
  std::error_code ec;
  progress.phase = ImportProgress::Phase::Checking;
  progress.done = 0;
  progress.of = static_cast<std::int64_t>(std::filesystem::file_size(file, ec));
  Digester digester(DigestKind::Sha256);
  GZ_TRY(read_in_pieces(file, [&](ByteView piece) -> Status {
    digester.update(piece);
    progress.done += static_cast<std::int64_t>(piece.size());
    if (watch && !watch(progress)) return fail(ErrorKind::Cancelled, "the import was called off before it began");
    return ok();
  }));
  return to_hex(digester.finish());
}

Result<std::shared_ptr<const Cleaner>> make_cleaner(const std::string& cleaning, const CodeTables& tables) {
  std::vector<RuleProblem> problems;
  GZ_TRY_ASSIGN(auto rules, parse_cleaning(cleaning.empty() ? default_cleaning() : std::string_view(cleaning), intake_fields(), problems));
  return Cleaner::make(std::move(rules), intake_fields(), tables);
}

}  // namespace guzheng
