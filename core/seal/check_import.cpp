#include "core/seal/check_import.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <set>

#include "core/seal/import_form.h"
#include "core/seal/package_names.h"
#include "core/seal/review.h"

namespace guzheng {

namespace {


// Kinds of lines that only a phone's session has.
constexpr std::array<std::string_view, 15> kOfPhones{"seg.open",   "seg.close", "shot",       "pts.bump", "input",      "device.attest", "app.attest",
                                                     "challenge",  "clock.sample", "app.foreground", "net.change", "pause", "resume", "note", "long"};

std::string stem(std::size_t number) {
  char name[40];
  std::snprintf(name, sizeof name, "data/main/import-%04zu.", number);
  return name;
}

class ImportValues {
 public:
  ImportValues(const Bag& bag, const JournalFacts& journal, const TagFacts& tags, VerifyReport& report)
      : bag_(bag), journal_(journal), tags_(tags), report_(report), values_(bag.attached("values")) {
    for (const auto& [index, body] : journal.bodies)
      if (journal.lines[index].kind == "import") lines_.push_back(&body);
  }

  void run() {
    if (values_.is_object()) {
      if (text_at(values_, "package") != bag_.id) broken("it is of another package");
      if (list("recordings").size() != 0) broken("an import has no recordings");
      check_items();
      check_gaps();
      check_checklist();
    }
    if (tags_.complete) check_complete();
  }

 private:
  void broken(const std::string& what) { report_.broken("values", kValuesFile, what); }
  Json list(const char* key) const {
    const auto it = values_.find(key);
    return it != values_.end() && it->is_array() ? *it : Json::array();
  }

  // Each item says what its line says, and who imported it.
  void check_items() {
    const Json items = list("items");
    if (items.size() != lines_.size()) return broken("other items than the journal has `import` lines");
    for (std::size_t i = 0; i < items.size(); ++i) {
      Json wanted = *lines_[i];
      wanted.erase("sha256");
      Json said = items[i];
      if (integer_at(said, "no") != static_cast<std::int64_t>(i) + 1) broken("items are not numbered from 1 by one");
      if (text_at(said, "maker").empty()) broken("an item does not say who imported it");
      if (said.is_object()) {
        said.erase("no");
        said.erase("maker");
      }
      if (said != wanted) broken(text_at(wanted, "path") + ": its item is not what the journal says");
      ++kinds_[text_at(wanted, "kind")];
    }
  }

  void check_gaps() {
    const Json gaps = list("gaps");
    if (gaps.size() != journal_.gaps.size()) return broken("other gaps than the journal has");
    for (std::size_t i = 0; i < gaps.size(); ++i)
      if (text_at(gaps[i], "reason") != journal_.gaps[i].reason || integer_at(gaps[i], "gap") != journal_.gaps[i].number)
        broken("gap " + std::to_string(journal_.gaps[i].number) + " is not what the journal says");
  }

  void check_checklist() {
    const Json checklist = values_.value("checklist", Json(nullptr));
    if (!checklist.is_object()) return broken("no checklist");
    std::set<std::string> kinds;
    for (const auto kind : import_kinds()) kinds.emplace(kind);
    for (const auto& [kind, count] : checklist.items())
      if (!kinds.contains(kind) || !count.is_number_integer() || count.get<std::int64_t>() != kinds_[kind])
        broken("the checklist counts other items of kind " + kind);
    for (const auto& [kind, count] : kinds_)
      if (count > 0 && !checklist.contains(kind)) broken("the checklist does not count kind " + kind);
  }

  // Section 6.2: what an import needs to be called 完整.
  void check_complete() {
    const auto no = [&](const std::string& what) { report_.broken("tags.complete", "bag-info.txt", "called 完整, but " + what); };
    if (!bag_.has("data/attach/tst/beacon.tsr")) no("there is no beacon");
    if (journal_.only("crash.recover")) report_.incomplete("记录曾中断后恢复");
    if (lines_.empty()) no("nothing was imported");
    for (const Json* line : lines_) {
      for (const char* key : {"title", "proves", "source", "collector", "method", "device", "made_at"})
        if (text_at(*line, key).empty()) no(text_at(*line, "path") + " has no `" + key + "`");
      if (text_at(*line, "access") != "公开" && text_at(*line, "basis").empty()) no(text_at(*line, "path") + " is not public and has no legal basis");
      for (const char* key : {"seal_no", "seal_state"})
        if (is_sealing_photo(text_at(*line, "kind")) && text_at(*line, key).empty()) no(text_at(*line, "path") + " has no `" + key + "`");
    }
    if ((kinds_["seal-before"] > 0) != (kinds_["seal-after"] > 0)) no("of the photos before and after sealing one kind is missing");
    const Json order = bag_.attached("order");
    if (text_at(order, "write_protection").empty()) no("the order does not say how originals were kept from being written to");
    for (const char* name : {"order", "people", "env", "values"})
      if (!bag_.has(std::string("data/attach/") + name + ".json")) no(std::string(name) + ".json is missing");
    if (!bag_.has("data/attach/order.json.p7s")) no("the order is not signed");
  }

  const Bag& bag_;
  const JournalFacts& journal_;
  const TagFacts& tags_;
  VerifyReport& report_;
  const Json values_;
  std::vector<const Json*> lines_;
  std::map<std::string, std::int64_t> kinds_;
};

}  // namespace

bool is_import(const Bag& bag) { return text_at(bag.attached("order"), "type") == kImportOrder; }

bool is_import_name(std::string_view name) {
  if (name.size() < 13 || !name.starts_with("import-") || fixed_number(name.substr(7, 4), 4) < 1 || name[11] != '.') return false;
  const auto& all = import_extensions();
  return std::find(all.begin(), all.end(), name.substr(12)) != all.end();
}

std::vector<ImportLine> import_lines(const JournalFacts& journal) {
  std::vector<ImportLine> out;
  for (const auto& [index, body] : journal.bodies)
    if (journal.lines[index].kind == "import") out.push_back({index, text_at(body, "path"), text_at(body, "sha256")});
  return out;
}

void check_import_lines(const Bag& bag, const JournalFacts& journal, VerifyReport& report) {
  const bool import = is_import(bag);
  const auto lines = import_lines(journal);
  if (!import && !lines.empty()) report.broken("import.kind", kJournalFile, "an `import` line in a package whose order is for no import");
  if (!import) return;
  for (const auto& line : journal.lines)
    if (std::find(kOfPhones.begin(), kOfPhones.end(), line.kind) != kOfPhones.end())
      return report.broken("import.kind", kJournalFile, line_name(line.seq) + ": an import has no line of kind " + line.kind);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto* file = bag.find(lines[i].path);
    const Json& body = journal.bodies.at(lines[i].line);
    if (!lines[i].path.starts_with(stem(i + 1)) || !is_import_name(std::string_view(lines[i].path).substr(10)))
      report.broken("binding.main", lines[i].path, "imported files are not numbered from 1 by one");
    if (file && integer_at(body, "bytes", -1) != static_cast<std::int64_t>(file->digests.size))
      report.broken("binding.main", lines[i].path, "not as many bytes as its line says");
    const std::string kind = text_at(body, "kind"), access = text_at(body, "access"), made = text_at(body, "made_at");
    const auto& kinds = import_kinds();
    if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end() || (access != "公开" && access != "登录可见" && access != "非公开"))
      report.broken("journal.body", kJournalFile, line_name(lines[i].line) + ": unknown kind or access");
    if (is_sealing_photo(kind) != body.contains("seal_no")) report.broken("journal.body", kJournalFile, line_name(lines[i].line) + ": fields of a sealing photo");
    if (!made.empty() && !parse_time(made)) report.broken("journal.body", kJournalFile, line_name(lines[i].line) + ": `made_at` is no time");
  }
}

void check_import_values(const Bag& bag, const JournalFacts& journal, const TagFacts& tags, VerifyReport& report) {
  ImportValues(bag, journal, tags, report).run();
}

}  // namespace guzheng
