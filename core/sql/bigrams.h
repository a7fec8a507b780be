// Room sql. The full-text tokenizer for Chinese, for SQLite's FTS5: `tokenize='gz_bigrams'`, registered with every SqlConnection.
// It expects text that is folded already (no punctuation, one width, one case) and takes four kinds of it, each begun by a control character:
//   (begin)  names: overlapping pairs of characters, and each character alone at the place of its pair, so that one character finds without a prefix index
//   0x1C     other texts: overlapping pairs only
//   0x1D     initials: overlapping threes of letters, a pair at the end; "[cz]" is a letter that may be either
//   0x1E     marks: whole words parted by spaces, all at one place
//   0x1F     parts two texts of the same kind: nothing is found across
// Tokens of initials and marks keep their control character, so that kinds never meet. In a query one kind is given; a text of n characters is the
// phrase of its pairs (one character: that character), initials the phrase of their threes. Overlapping pairs find exactly what contains the text:
// SQLite's own trigram tokenizer finds nothing for two characters.
#pragma once

#include "core/base/result.h"

struct sqlite3;

namespace guzheng {

inline constexpr char kOtherText = '\x1c', kInitials = '\x1d', kMarks = '\x1e', kPart = '\x1f';

Status register_bigrams(sqlite3* db);

}  // namespace guzheng
