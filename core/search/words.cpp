#include "core/search/words.h"

#include <algorithm>

#include "core/search/fold.h"
#include "core/sql/bigrams.h"

namespace guzheng {

namespace {

constexpr std::string_view kCodeAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kLetterAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789.";

QueryWord word_from(std::string folded) {
  QueryWord out;
  const bool plain = std::all_of(folded.begin(), folded.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (plain && folded.size() >= 2) {
    out.code = fold_code(folded);
    if (std::any_of(folded.begin(), folded.end(), [](char c) { return c >= 'a'; })) out.letters = folded;
  }
  out.folded = std::move(folded);
  return out;
}

void or_else(std::string& out, const std::string& more) { out += (out.empty() ? "" : " OR ") + more; }
std::string fts_phrase(std::string_view text) { return '"' + std::string(text) + '"'; }

// The index knows beginnings of 2, 4, 6 and 8 characters; of an odd one all that it may go on to; longer ones are few.
std::string code_expression(const std::string& code) {
  if (code.size() > 8) return quoted_mark(code_mark(code)) + " *";
  if (code.size() % 2 == 0) return quoted_mark(code_prefix_mark(code));
  std::string out = quoted_mark(code_mark(code));
  for (const char next : kCodeAlphabet) or_else(out, quoted_mark(code_prefix_mark(code + next)));
  return out;
}

std::string letters_expression(const std::string& letters) {
  const std::string whole = fts_phrase(kInitials + letters);
  if (letters.size() > 2) return whole;
  std::string out = whole;
  for (const char next : kLetterAlphabet) or_else(out, fts_phrase(kInitials + letters + next));
  return out;
}

}  // namespace

std::string code_mark(std::string_view code) { return 'C' + std::string(code); }
std::string code_prefix_mark(std::string_view prefix) { return 'x' + std::string(prefix); }
std::string quoted_mark(const std::string& mark) { return fts_phrase(kMarks + mark); }

std::string word_expression(const QueryWord& word) {
  std::string out = fts_phrase(word.folded);
  if (!word.code.empty()) or_else(out, code_expression(word.code));
  if (!word.letters.empty()) or_else(out, letters_expression(word.letters));
  return '(' + out + ')';
}

std::vector<QueryWord> query_words(std::string_view text) {
  std::vector<QueryWord> out;
  constexpr std::string_view kWideSpace = "\u3000";
  std::string spaced;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.substr(at).starts_with(kWideSpace)) {
      spaced += ' ';
      at += kWideSpace.size() - 1;
    } else {
      spaced += static_cast<unsigned char>(text[at]) <= 0x20 ? ' ' : text[at];
    }
  }
  for (std::string_view rest = spaced; !rest.empty() && out.size() < kMostWords;) {
    const auto end = std::min(rest.find(' '), rest.size());
    auto folded = fold_text(rest.substr(0, end));
    if (!folded.empty()) out.push_back(word_from(std::move(folded)));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return out;
}

}  // namespace guzheng
