// Room search. What a question finds, said by plain reading of one document: the meaning of every engine's answers, to which tests hold them. Pure; any thread.
#pragma once

#include "core/search/text_search.h"

namespace guzheng {

bool is_found(const std::vector<QueryWord>& words, const std::vector<std::vector<std::string>>& marks, const TextDocument& document);

}  // namespace guzheng
