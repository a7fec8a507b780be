// Room registry. What the index knows of a subject, as the tokenizer takes it (sql/bigrams.h): marks for filters and exact values, names, initials,
// the address. Pure. The index holds no copy of it: to take a subject out, its document is made again from the old values.
#pragma once

#include <string>
#include <vector>

#include "core/registry/query.h"
#include "core/search/words.h"

namespace guzheng {

// Marks, without the control character: a letter for what it is, then its value.
// Kind and state together, and under a region: half of all subjects are of one kind, most are open, and to walk through such long lists beside a
// short one is what costs. One mark for the three keeps lists short.
std::string standing_mark(std::string_view region, SubjectKind kind, SubjectState state);        // region: a code of 2, 4 or 6 digits, or ""
std::string sensitivity_mark(Sensitivity sensitivity);
std::string region_mark(std::string_view code);                  // 2, 4 or 6 digits
std::string industry_mark(std::string_view code);                // 1, 3, 4 or 5 characters
std::string category_mark(std::string_view category);
std::string unit_mark(std::int64_t unit);
std::string entry_kind_mark(EntryKind kind);
std::string platform_mark(std::string_view platform);
std::string abnormal_mark();
std::string name_mark(std::string_view folded_name);
std::string address_mark(std::string_view folded_address);       // found whole by one mark: its pairs are in half of all subjects
std::string tag_mark(std::int64_t tag);                          // not in a document: tags come and go beside it (store_index.cpp)
std::string link_mark(std::string_view link);

std::string index_document(const Subject& subject, const std::vector<Entry>& entries);

}  // namespace guzheng
