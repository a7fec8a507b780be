// Test support. A subject library, files to import into it, and what came of it.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "core/intake/code_files.h"
#include "core/intake/import.h"

namespace guzheng::test {

inline const Act kImporter{"王甲 执法-01", "练习"};

struct IntakeLibrary {
  IntakeLibrary() {
    std::string pattern = (std::filesystem::temp_directory_path() / "gz-intake-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    open();
  }
  ~IntakeLibrary() {
    store.reset();
    std::filesystem::remove_all(folder);
  }
  void open() {
    store.reset();
    store = SubjectStore::open(folder / "library", Secret(std::string_view("0123456789abcdef0123456789abcdef")), clock, [](const Json&) { return ok(); }).value();
  }
  [[nodiscard]] ImportPlace place() const { return {*store, folder / "library", clock, load_code_tables(folder / "library").value(), notice_words}; }
  [[nodiscard]] std::filesystem::path file(const std::string& name, std::string_view text) const {
    std::ofstream(folder / name, std::ios::binary).write(text.data(), static_cast<std::streamsize>(text.size()));
    return folder / name;
  }
  [[nodiscard]] Result<ImportResult> import(const std::filesystem::path& from, MappingProfile profile = {}, const ImportWatch& watch = {}) const {
    profile.name = profile.name.empty() ? "练习" : profile.name;
    return run_import(place(), {from, profile, "", kImporter}, watch);
  }
  void follow() const {
    while (store->follow().value().behind > 0) {}
  }
  [[nodiscard]] std::vector<Subject> subjects() const { return store->page(0, 100'000).value(); }
  [[nodiscard]] std::map<std::uint64_t, RowNote> notes(std::int64_t batch) const {
    std::map<std::uint64_t, RowNote> out;
    EXPECT_TRUE(read_notes(notes_file(folder / "library", batch), [&](const RowNote& note) { return out.emplace(note.line, note), true; }));
    return out;
  }
  std::filesystem::path folder;
  ManualClock clock;
  std::function<std::string(const ImportHit&)> notice_words;
  std::unique_ptr<SubjectStore> store;
};

inline const NoteItem* item_of(const RowNote& note, std::string_view reason) {
  for (const auto& item : note.items)
    if (item.reason == reason) return &item;
  return nullptr;
}

}  // namespace guzheng::test
