// Room registry. From what was typed to what the index is asked, and whether a subject fits: two ways to the same answer, which tests hold against
// each other. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/registry/query.h"
#include "core/search/words.h"

namespace guzheng {

// Invalid: a region or industry of a length that no code has.
Status check_filter(const SubjectFilter& filter);
// The question in FTS5's language; "" asks for everything. Tags are not in it.
std::string index_expression(const std::vector<QueryWord>& words, const SubjectFilter& filter);
std::string filter_expression(const SubjectFilter& filter);

// Where the word is found in the subject, the most telling field first; nothing: nowhere.
std::optional<FieldMatch> find_word(const QueryWord& word, const Subject& subject, const std::vector<Entry>& entries);
bool fits_filter(const SubjectFilter& filter, const Subject& subject, const std::vector<Entry>& entries);      // tags apart

}  // namespace guzheng
