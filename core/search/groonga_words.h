// Room search, inside. What Groonga is asked, in its language, and what it is told. Pure; any thread.
// Groonga's script syntax can call functions and compare anything: nothing of a question stands in it but as a text in quotation marks.
#pragma once

#include <string>

#include "core/search/text_search.h"

namespace guzheng {

std::string groonga_quoted(std::string_view text);               // a text of the script syntax: what it holds is only ever a text
std::string groonga_filter(const std::vector<QueryWord>& words, const std::vector<std::vector<std::string>>& groups);          // "" asks for everything
std::string groonga_id_filter(const std::vector<std::string>& ids, std::size_t from, std::size_t to);
std::string groonga_document(const TextDocument& document);      // a JSON object

}  // namespace guzheng
