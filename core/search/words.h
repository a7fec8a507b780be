// Room search. From what was typed to words, and how FTS5 is asked for one. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace guzheng {

struct QueryWord {
  std::string folded;                                            // as a text
  std::string code;                                              // as the beginning of a code or number; "" when it cannot be one
  std::string letters;                                           // as initials; "" when it cannot be
};
// Parted by spaces, at most twelve; what folds to nothing is no word. `text` is UTF-8.
inline constexpr std::size_t kMostWords = 12;
std::vector<QueryWord> query_words(std::string_view text);

// Marks of a document by which codes are found, without the control character (sql/bigrams.h).
std::string code_mark(std::string_view code);                    // a whole credit code or number
std::string code_prefix_mark(std::string_view prefix);           // its first 2, 4, 6 or 8 characters
inline constexpr std::size_t kCodePrefixes[] = {2, 4, 6, 8};

// In FTS5's language, for tables with the tokenizer gz_bigrams.
std::string quoted_mark(const std::string& mark);
std::string word_expression(const QueryWord& word);

}  // namespace guzheng
