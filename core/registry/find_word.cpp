#include <algorithm>

#include "core/search/fold.h"
#include "core/registry/words_of_query.h"

namespace guzheng {

namespace {

// Not the beginning of the next one that was kept: what was dropped between belongs to neither.
std::size_t end_of_character(const std::string& text, std::size_t begin) {
  const auto lead = static_cast<unsigned char>(text[begin]);
  return begin + (lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4);
}

std::optional<FieldMatch> in_text(const std::string& folded, Field field, int entry, const std::string& text) {
  std::vector<std::uint32_t> origin;
  const std::string have = fold_text(text, &origin);
  const auto at = have.find(folded);
  if (at == std::string::npos) return std::nullopt;
  return FieldMatch{field, entry, text, origin[at], end_of_character(text, origin[at + folded.size() - 1])};
}

std::optional<FieldMatch> in_code(const std::string& code, Field field, const std::string& text) {
  if (code.empty() || !fold_code(text).starts_with(code)) return std::nullopt;
  return FieldMatch{field, 0, text, 0, std::min(text.size(), code.size())};
}

std::optional<FieldMatch> in_initials(const std::string& letters, Field field, int entry, const std::string& text) {
  std::vector<std::uint32_t> origin;
  const std::string folded = fold_text(text, &origin);
  const auto at = find_initials(initials_of(folded), letters);
  if (at == std::string_view::npos) return std::nullopt;
  const std::size_t begin = first_characters(folded, at).size(), last = first_characters(folded, at + letters.size() - 1).size();
  return FieldMatch{field, entry, text, origin[begin], end_of_character(text, origin[last])};
}

bool begins_with_one(const std::vector<std::string>& prefixes, const std::string& text) {
  return prefixes.empty() || std::any_of(prefixes.begin(), prefixes.end(), [&](const auto& prefix) { return fold_code(text).starts_with(fold_code(prefix)); });
}

template <typename T>
bool is_one_of(const std::vector<T>& list, const T& value) {
  return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

template <typename T, typename Of>
bool an_entry_is(const std::vector<T>& list, const std::vector<Entry>& entries, Of of) {
  return std::any_of(entries.begin(), entries.end(), [&](const Entry& entry) { return std::find(list.begin(), list.end(), of(entry)) != list.end(); });
}

}  // namespace

std::optional<FieldMatch> find_word(const QueryWord& word, const Subject& subject, const std::vector<Entry>& entries) {
  if (auto found = in_text(word.folded, Field::Name, 0, subject.name)) return found;
  if (auto found = in_text(word.folded, Field::ShortName, 0, subject.short_name)) return found;
  if (auto found = in_code(word.code, Field::CreditCode, subject.credit_code)) return found;
  if (auto found = in_code(word.code, Field::Number, subject.number)) return found;
  if (count_characters(word.folded) >= 2) {
    for (const auto& entry : entries)
      if (auto found = in_text(word.folded, Field::EntryName, entry.no, entry.name)) return found;
    if (auto found = in_text(word.folded, Field::Address, 0, subject.address)) return found;
  }
  if (word.letters.empty()) return std::nullopt;
  if (auto found = in_initials(word.letters, Field::NameInitials, 0, subject.name)) return found;
  if (auto found = in_initials(word.letters, Field::ShortNameInitials, 0, subject.short_name)) return found;
  for (const auto& entry : entries)
    if (auto found = in_initials(word.letters, Field::EntryInitials, entry.no, entry.name)) return found;
  return std::nullopt;
}

bool fits_filter(const SubjectFilter& filter, const Subject& subject, const std::vector<Entry>& entries) {
  if (!is_one_of(filter.kinds, subject.kind) || !is_one_of(filter.states, subject.state) || !is_one_of(filter.sensitivities, subject.sensitivity)) return false;
  if (!begins_with_one(filter.regions, subject.region) || !begins_with_one(filter.industries, subject.industry)) return false;
  if (!is_one_of(filter.categories, subject.category) && !an_entry_is(filter.categories, entries, [](const Entry& e) { return e.category; })) return false;
  if (!is_one_of(filter.units, subject.unit) && !an_entry_is(filter.units, entries, [](const Entry& e) { return e.unit; })) return false;
  if (!filter.entry_kinds.empty() && !an_entry_is(filter.entry_kinds, entries, [](const Entry& e) { return e.kind; })) return false;
  if (!filter.platforms.empty() && !an_entry_is(filter.platforms, entries, [](const Entry& e) { return e.platform; })) return false;
  return !filter.abnormal || std::any_of(entries.begin(), entries.end(), [](const Entry& e) { return e.abnormal; });
}

}  // namespace guzheng
