// Room sql. The full-text tokenizer for Chinese, for SQLite's FTS5: `tokenize='gz_bigrams'`, registered with every SqlConnection.
// It expects text that is folded already (no punctuation, one width, one case) and takes four kinds of it, each begun by a control character:
//   (begin)  names: overlapping pairs of characters, and each character alone at the place of its pair, so that one character finds without a prefix index
//   0x1C     other texts: overlapping pairs only
//   0x1D     initials: overlapping threes of letters, a pair at the end; "[cz]" is a letter that may be either
//   0x1E     marks: whole words parted by spaces, all at one place
//   0x1F     parts two texts of the same kind: nothing is found across
// Names and other texts have fours too, wherever four letters or digits of ASCII follow each other, at the place of their first pair: the pairs of a number are in
// a third of all addresses, and to find in which of ten million one "91330100" stands took 25 ms, nearly always for nothing.
// In a query one kind is given; a text of n characters is the phrase of its pairs and fours (one character: that character), initials the phrase of their
// threes. Overlapping pairs find exactly what contains the text: SQLite's own trigram tokenizer finds nothing for two characters.
// What FTS5 is given is not the text but, one to one, bytes that spread over its hash table: it hashes by shifting three bits a byte, which puts ten
// initials or regions into one place, and to walk along such chains was most of what indexing took. Pairs, fours, characters alone and initials become
// numbers with their bits mixed (pairs and fours have 6 bytes, the others 4); marks keep kMarks, and short ones have four bytes of a hash after it. Only of marks that are
// longer than kShortMark can a beginning be asked, by one longer than that.
#pragma once

#include <cstddef>
#include <string_view>
#include <type_traits>

#include "core/base/result.h"

struct sqlite3;

namespace guzheng {

inline constexpr char kOtherText = '\x1c', kInitials = '\x1d', kMarks = '\x1e', kPart = '\x1f';
inline constexpr std::size_t kShortMark = 9;

Status register_bigrams(sqlite3* db);

// The tokens of a document as FTS5 gets them, in their order: take(token, same_place), where `same_place` says that it stands where the last one does.
void each_token_of(std::string_view document, void* context, void (*take)(void* context, std::string_view token, bool same_place));
template <typename Take>
void each_token(std::string_view document, Take&& take) {
  each_token_of(document, &take, [](void* context, std::string_view token, bool same_place) { (*static_cast<std::remove_reference_t<Take>*>(context))(token, same_place); });
}

}  // namespace guzheng
