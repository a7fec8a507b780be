// Room central. What the search knows of a subject (A-5.2a): the body of a record of kind "subject" (registry/rows.h writes it) as a document, and a question of
// the API as the index takes it. Bodies come from stations of every version: what is missing, of another type or too long is left away, never refused. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/search/text_search.h"

namespace guzheng {

inline constexpr std::int64_t kSubjectShape = 1;                 // rises with every change of what subject_document() makes: indexes are made anew then

// `unit`: whose record it is (table `record`), which says who may see it.
TextDocument subject_document(const std::string& id, std::int64_t place, const std::string& unit, std::string_view body);
// What an answer shows of it.
Json subject_shown(std::string_view body);

struct SubjectFind {
  std::string words;
  std::string region;                                            // 2, 4 or 6 digits: the subject's region begins so
  std::string kind, state;                                       // words of registry/subject.h; "": any
  std::string supervisor;                                        // code or name of the supervision unit; "": any
  std::string seen_by;                                           // the unit of whoever asks; "": who sees all
};
// Invalid: none of the words and codes that there are.
Result<std::vector<std::vector<std::string>>> subject_filter(const SubjectFind& find);

}  // namespace guzheng
