// Room registry. From what was typed to what the index is asked, and whether a subject fits: two ways to the same answer, which tests hold against
// each other. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/registry/query.h"

namespace guzheng {

struct QueryWord {
  std::string folded;                                            // as a text
  std::string code;                                              // as the beginning of a code or number; "" when it cannot be one
  std::string letters;                                           // as initials; "" when it cannot be
};
std::vector<QueryWord> query_words(std::string_view text);

// Invalid: a region or industry of a length that no code has.
Status check_filter(const SubjectFilter& filter);
// The question in FTS5's language; "" asks for everything. Tags are not in it.
std::string index_expression(const std::vector<QueryWord>& words, const SubjectFilter& filter);
std::string filter_expression(const SubjectFilter& filter);
std::string quoted_mark(const std::string& mark);

// Where the word is found in the subject, the most telling field first; nothing: nowhere.
std::optional<FieldMatch> find_word(const QueryWord& word, const Subject& subject, const std::vector<Entry>& entries);
bool fits_filter(const SubjectFilter& filter, const Subject& subject, const std::vector<Entry>& entries);      // tags apart

}  // namespace guzheng
