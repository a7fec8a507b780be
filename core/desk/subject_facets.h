// Room desk. The filters of the page 主体 with their counts: how many would be found with each of them, under what is asked now.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/desk/subject_view.h"

namespace guzheng {

enum class FacetGroup { EntryKind, Tag, Unit, State, Region, Category };
inline constexpr int kFacetGroups = 6;
struct Facet {
  FacetGroup group = FacetGroup::EntryKind;
  std::int64_t number = 0;                 // enumerator, tag or unit; State: −1 the abnormal library
  std::string text;                        // name of the tag, unit, category; code of the region
  std::int64_t count = 0;
  bool capped = false;                     // there are more
};

// Pure. A filter's box is ticked, and ticks or unticks.
bool has_facet(const SubjectFilter& filter, const Facet& facet);
void set_facet(SubjectFilter& filter, const Facet& facet, bool on);

// In the order of the groups. Boxes of one group widen each other (tags narrow), so each counts with its group's other boxes away. Blocks for the disk;
// `stop` is asked between counts and ends it with Cancelled.
Result<std::vector<Facet>> facets_of(const SubjectStore& store, const SubjectQuery& query, const SubjectLists& lists, const std::function<bool()>& stop);

}  // namespace guzheng
