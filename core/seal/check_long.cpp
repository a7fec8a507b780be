// Long pages (FORMAT.md 6.3): which screenshots are one page, and where they overlap. That the rows are equal is proved when the page is drawn.
#include <algorithm>
#include <cstdio>

#include "core/seal/check_content.h"

namespace guzheng {

namespace {

bool has_keys(const Json& value, std::initializer_list<const char*> keys) {
  return value.is_object() && value.size() == keys.size() && std::all_of(keys.begin(), keys.end(), [&](const char* key) { return value.contains(key); });
}

bool is_overlap(const Json& value) {
  return has_keys(value, {"rows", "shift", "top"}) && std::all_of(value.begin(), value.end(), [](const Json& n) { return n.is_number_integer(); }) &&
         integer_at(value, "rows") > 0 && integer_at(value, "shift") > 0 && integer_at(value, "top") >= 0;
}

class LongPages {
 public:
  LongPages(const Bag& bag, const JournalFacts& journal, VerifyReport& report) : bag_(bag), journal_(journal), report_(report) {}

  void run() {
    std::int64_t no = 0;
    for (const auto& [index, body] : journal_.bodies) {
      if (journal_.lines[index].kind != "long") continue;
      ++no;
      char name[40];
      std::snprintf(name, sizeof name, "long-%04lld", static_cast<long long>(no));
      path_ = std::string("data/attach/") + name + ".json";
      const auto files = body.find("files");
      const bool one = no <= 9999 && integer_at(body, "no") == no && files != body.end() && files->is_array() && files->size() == 1 && text_at((*files)[0], "path") == path_;
      if (!one) broken("the line `long` " + std::to_string(no) + " is not numbered, or does not name its one file");
      else if (bag_.has(path_)) check(bag_.attached(name), no, index);
    }
  }

 private:
  void broken(const std::string& what) { report_.broken("long", path_, what); }

  void check(const Json& page, std::int64_t no, std::size_t line) {
    const bool form = has_keys(page, {"no", "overlaps", "pages", "title"}) && page["no"] == no && page["title"].is_string() && page["pages"].is_array() &&
                      page["overlaps"].is_array() && page["pages"].size() >= 2 && page["overlaps"].size() + 1 == page["pages"].size() &&
                      std::all_of(page["overlaps"].begin(), page["overlaps"].end(), is_overlap);
    if (!form) return broken("it is not in its form, or not in canonical JSON");
    std::string before;
    for (const auto& shot : page["pages"]) {
      const std::string path = text_at(shot, "path");
      const auto taken = std::find_if(journal_.shots.begin(), journal_.shots.end(), [&](const auto& s) { return s.path == path && s.line < line; });
      if (!has_keys(shot, {"path", "sha256"}) || !path.ends_with(".png") || path <= before || taken == journal_.shots.end() || taken->sha256 != text_at(shot, "sha256"))
        return broken("a page is no screenshot that was taken before, in order, with that digest: " + path);
      before = path;
    }
  }

  const Bag& bag_;
  const JournalFacts& journal_;
  VerifyReport& report_;
  std::string path_;
};

}  // namespace

void check_long_pages(const Bag& bag, const JournalFacts& journal, VerifyReport& report) { LongPages(bag, journal, report).run(); }

}  // namespace guzheng
