#include "core/registry/words_of_query.h"

#include <algorithm>

#include "core/registry/document.h"
#include "core/registry/fold.h"
#include "core/sql/bigrams.h"

namespace guzheng {

namespace {

constexpr std::size_t kMostWords = 12;
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

void either(std::string& out, const std::string& more) { out += (out.empty() ? "" : " OR ") + more; }
std::string phrase_of(std::string_view text) { return '"' + std::string(text) + '"'; }

// The index knows beginnings of 2, 4, 6 and 8 characters; of an odd one all that it may go on to; longer ones are few.
std::string code_expression(const std::string& code) {
  if (code.size() > 8) return quoted_mark(code_mark(code)) + " *";
  if (code.size() % 2 == 0) return quoted_mark(code_prefix_mark(code));
  std::string out = quoted_mark(code_mark(code));
  for (const char next : kCodeAlphabet) either(out, quoted_mark(code_prefix_mark(code + next)));
  return out;
}

std::string letters_expression(const std::string& letters) {
  const std::string whole = phrase_of(kInitials + letters);
  if (letters.size() > 2) return whole;
  std::string out = whole;
  for (const char next : kLetterAlphabet) either(out, phrase_of(kInitials + letters + next));
  return out;
}

std::string word_expression(const QueryWord& word) {
  std::string out = phrase_of(word.folded);
  if (!word.code.empty()) either(out, code_expression(word.code));
  if (!word.letters.empty()) either(out, letters_expression(word.letters));
  return '(' + out + ')';
}

template <typename List, typename Mark>
void add_group(std::string& out, const List& list, Mark mark) {
  std::string group;
  for (const auto& value : list) either(group, quoted_mark(mark(value)));
  if (!group.empty()) out += (out.empty() ? "(" : " AND (") + group + ')';
}

template <typename E>
std::vector<E> those_or_all(const std::vector<E>& list, int count) {
  if (!list.empty()) return list;
  std::vector<E> out;
  for (int i = 0; i < count; ++i) out.push_back(static_cast<E>(i));
  return out;
}

constexpr std::size_t kMostTogether = 400;                       // marks of one group; beyond, region and standing are asked apart

void add_standing(std::string& out, const SubjectFilter& filter) {
  if (filter.kinds.empty() && filter.states.empty()) return add_group(out, filter.regions, region_mark);
  const auto kinds = those_or_all(filter.kinds, kSubjectKinds);
  const auto states = those_or_all(filter.states, kSubjectStates);
  std::vector<std::string> regions = filter.regions;
  if (regions.size() * kinds.size() * states.size() > kMostTogether) {
    add_group(out, regions, region_mark);
    regions.clear();
  }
  if (regions.empty()) regions.emplace_back();
  std::vector<std::string> marks;
  for (const auto& region : regions)
    for (const auto kind : kinds)
      for (const auto state : states) marks.push_back(standing_mark(region, kind, state));
  add_group(out, marks, [](const std::string& mark) { return mark; });
}

}  // namespace

std::string quoted_mark(const std::string& mark) { return phrase_of(kMarks + mark); }

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

Status check_filter(const SubjectFilter& filter) {
  for (const auto& region : filter.regions)
    if (region.size() != 2 && region.size() != 4 && region.size() != 6) return fail(ErrorKind::Invalid, "a region to filter by has 2, 4 or 6 digits, not \"" + region + "\"");
  for (const auto& industry : filter.industries)
    if (industry.empty() || industry.size() == 2 || industry.size() > 5)
      return fail(ErrorKind::Invalid, "an industry to filter by is a section letter, or that with 2 to 4 digits, not \"" + industry + "\"");
  return ok();
}

std::string filter_expression(const SubjectFilter& filter) {
  std::string out;
  add_standing(out, filter);
  add_group(out, filter.units, unit_mark);
  add_group(out, filter.categories, category_mark);
  add_group(out, filter.industries, industry_mark);
  add_group(out, filter.platforms, platform_mark);
  add_group(out, filter.entry_kinds, entry_kind_mark);
  add_group(out, filter.sensitivities, sensitivity_mark);
  if (filter.abnormal) out += (out.empty() ? "" : " AND ") + quoted_mark(abnormal_mark());
  return out;
}

std::string index_expression(const std::vector<QueryWord>& words, const SubjectFilter& filter) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : " AND ") + word_expression(word);
  const std::string marks = filter_expression(filter);
  return out + (out.empty() || marks.empty() ? "" : " AND ") + marks;
}

}  // namespace guzheng
