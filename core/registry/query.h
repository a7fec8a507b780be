// Room registry. What a search asks and what it answers (A-5.2a, ui.md: results while typing, filters, capped counts). Plain values.
#pragma once

#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/registry/subject.h"

namespace guzheng {

inline constexpr std::int64_t kCountCap = 1000;                  // counts beyond are "1,000 and more"

// Within a list one must fit, all lists must; an empty list fits all.
struct SubjectFilter {
  std::vector<SubjectKind> kinds;
  std::vector<SubjectState> states;
  std::vector<Sensitivity> sensitivities;
  std::vector<std::string> regions;                              // codes of 2, 4 or 6 digits: the subject's region begins so
  std::vector<std::string> industries;                           // "F", "F52" or a whole code: likewise
  std::vector<std::string> categories;                           // the subject's or one of its entries'
  std::vector<std::int64_t> units;                               // likewise
  std::vector<EntryKind> entry_kinds;                            // one of its entries
  std::vector<std::string> platforms;                            // likewise
  bool abnormal = false;                                         // only those with an entry in the abnormal library
  std::vector<std::int64_t> tags;                                // ALL of these
  bool operator==(const SubjectFilter&) const = default;
};

// Words are parted by spaces; every word must be found somewhere. Chinese from one character on (one: in name and short name only);
// letters and digits from two on, found as they stand, as the beginning of a credit code or number, or as pinyin initials.
struct SubjectQuery {
  std::string text;
  SubjectFilter filter;
  SubjectId after = 0;                                           // the next page: the last id of the one before
  int limit = 50;
  // Microseconds after which a search gives what it has found so far (SearchAnswer::unfinished); 0: none. For results while typing: rare
  // combinations of frequent words and filters may take longer to count than an eye waits. Ask again without it for the whole count.
  std::int64_t patience_us = 0;
};

enum class Field : std::uint8_t { Name, ShortName, CreditCode, Number, Address, EntryName, NameInitials, ShortNameInitials, EntryInitials };
// Where one word was found. begin, end: bytes in `text`, the field's value.
struct FieldMatch {
  Field field = Field::Name;
  int entry = 0;                                                 // its number, for fields of an entry
  std::string text;
  std::size_t begin = 0, end = 0;
};
struct SearchHit {
  Subject subject;
  std::vector<FieldMatch> matches;                               // one for each word, in order
};
struct SearchAnswer {
  std::vector<SearchHit> hits;                                   // by id, oldest first; a whole credit code or name first of all
  std::int64_t count = 0;
  bool capped = false;                                           // there are more than `count`
  bool unfinished = false;                                       // patience ended: there are `count` at least
  std::int64_t behind = 0;                                       // subjects that the index has not reached yet: these are not found
};

struct SavedFilter {
  std::string name;
  SubjectQuery query;                                            // `after`, `limit` and `patience_us` are not kept
};
Json filter_json(const SubjectQuery& query);
Result<SubjectQuery> filter_from(const Json& json);              // Invalid: an unknown word; nothing is left out silently

}  // namespace guzheng
