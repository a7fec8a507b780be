// Test support. A subject library in a folder that goes with the test.
#pragma once

#include <stdlib.h>

#include <filesystem>

#include "core/registry/practice_subjects.h"
#include "core/registry/store.h"

namespace guzheng::test {

inline const Act kOfficer{"王甲 执法-01", "练习"};
inline const Act kOther{"李乙 执法-02", "核对"};
inline SubjectRow named(const std::string& name) {
  SubjectRow row;
  row.subject.name = name;
  return row;
}
inline SubjectQuery asking(const std::string& text) {
  SubjectQuery query;
  query.text = text;
  return query;
}
inline std::int64_t count_of(const SubjectStore& store, const std::string& text) { return store.search(asking(text)).value().count; }

inline Secret library_key() { return Secret(std::string_view("0123456789abcdef0123456789abcdef")); }

struct Library {
  Library() {
    std::string pattern = (std::filesystem::temp_directory_path() / "gz-registry-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    open();
  }
  ~Library() {
    store.reset();
    std::filesystem::remove_all(folder);
  }
  void open() {
    store.reset();
    store = SubjectStore::open(folder, library_key(), clock, [this](const Json& body) -> Status {
      if (journal_fails) return fail(ErrorKind::Io, "no journal");
      journalled.push_back(body);
      return ok();
    }).value();
  }
  void follow() const {
    while (store->follow().value().behind > 0) {}
  }
  // The first `count` practice subjects; gives the batch.
  std::int64_t fill(std::uint64_t count, std::uint64_t from = 0) const {
    auto session = store->begin_import("practice.csv", kOfficer).value();
    for (std::uint64_t n = from; n < from + count; ++n) session->add(practice_subject(7, n)).value();
    const auto batch = session->finish("{}").value();
    session.reset();
    follow();
    return batch.id;
  }
  std::filesystem::path folder;
  ManualClock clock;
  std::vector<Json> journalled;
  bool journal_fails = false;
  std::unique_ptr<SubjectStore> store;
};

inline SubjectId put(const Library& library, const std::string& name, const std::string& code = "", std::int64_t unit = 0) {
  SubjectRow row = named(name);
  row.subject.credit_code = code;
  row.subject.unit = unit;
  return library.store->add(row, kOfficer).value();
}

}  // namespace guzheng::test
