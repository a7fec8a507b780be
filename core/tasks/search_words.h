// Room tasks, private: how texts are found. Neighbouring characters, two by two, as words of the full-text index: Chinese has no blanks, and
// an index by three characters would not find two. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace guzheng {

// Lower-case pairs of letters, digits and characters beyond ASCII, in order, each once; runs are cut at anything else. A run of one is itself.
std::vector<std::string> word_pairs(std::string_view text);
std::string index_text(std::string_view text);                 // the same, with blanks between: what the index is given
// For MATCH: every pair in quotes, all of them asked for. "": nothing that the index could find (less than two characters in each run).
std::string match_text(std::string_view query);
// For LIKE … ESCAPE '\': anywhere, with its own wildcards disarmed.
std::string like_text(std::string_view query);

}  // namespace guzheng
