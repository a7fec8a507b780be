#include "core/registry/words_of_query.h"

#include <algorithm>

#include "core/registry/document.h"

namespace guzheng {

namespace {

void either(std::string& out, const std::string& more) { out += (out.empty() ? "" : " OR ") + more; }

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
