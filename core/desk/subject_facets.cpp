#include "core/desk/subject_facets.h"

#include <algorithm>
#include <set>
#include <utility>

namespace guzheng {
namespace {

constexpr std::size_t kMostUnits = 200;
constexpr std::int64_t kCountPatienceUs = 100'000;
constexpr std::int64_t kVagueBelow = 100;  // "1+" of a million tells nobody anything: such counts are made again with more patience
constexpr std::size_t kMostAgain = 6;
constexpr std::size_t kMostOfGroup = 40;   // a filter that long is searched by words, not by boxes

template <typename List, typename Value>
bool holds(const List& list, const Value& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

template <typename List, typename Value>
void turn(List& list, const Value& value, bool on) {
  if (on && !holds(list, value)) list.push_back(value);
  if (!on) list.erase(std::remove(list.begin(), list.end(), value), list.end());
}

void clear_group(SubjectFilter& filter, FacetGroup group) {
  switch (group) {
    case FacetGroup::EntryKind: filter.entry_kinds.clear(); break;
    case FacetGroup::Tag: break;           // they narrow each other
    case FacetGroup::Unit: filter.units.clear(); break;
    case FacetGroup::State:
      filter.states.clear();
      filter.abnormal = false;
      break;
    case FacetGroup::Region: filter.regions.clear(); break;
    case FacetGroup::Category: filter.categories.clear(); break;
  }
}

std::vector<Facet> fixed_facets(const SubjectFilter& filter, const SubjectLists& lists) {
  std::vector<Facet> out;
  for (const auto kind : {EntryKind::WebShop, EntryKind::MiniProgram, EntryKind::PublicAccount, EntryKind::VideoAccount, EntryKind::App, EntryKind::LiveRoom, EntryKind::Website})
    out.push_back({FacetGroup::EntryKind, static_cast<std::int64_t>(kind), {}});
  auto tags = lists.tags;
  std::stable_sort(tags.begin(), tags.end(), [](const Tag& a, const Tag& b) { return a.count > b.count; });
  if (tags.size() > kMostOfGroup) tags.resize(kMostOfGroup);
  for (const auto& tag : tags) out.push_back({FacetGroup::Tag, tag.id, tag.name});
  for (std::size_t i = 0; i < std::min(lists.units.size(), kMostUnits); ++i) out.push_back({FacetGroup::Unit, lists.units[i].id, lists.units[i].name});
  for (const auto state : {SubjectState::Open, SubjectState::Suspended, SubjectState::Revoked, SubjectState::Deregistered, SubjectState::Moved})
    out.push_back({FacetGroup::State, static_cast<std::int64_t>(state), {}});
  out.push_back({FacetGroup::State, -1, {}});
  // the places that somebody supervises, and those that were asked for
  std::set<std::string> regions(filter.regions.begin(), filter.regions.end());
  for (const auto& rule : lists.rules)                           // cities first: a province has hundreds of districts
    if (rule.region.size() >= 2 && regions.size() < kMostOfGroup) regions.insert(rule.region.substr(0, 4));
  for (const auto& region : regions) out.push_back({FacetGroup::Region, 0, region});
  return out;
}

Result<std::vector<Facet>> category_facets(const SubjectStore& store, const SubjectQuery& query) {
  auto filter = query.filter;
  filter.categories.clear();
  GZ_TRY_ASSIGN(auto known, store.categories(filter));
  std::stable_sort(known.begin(), known.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  if (known.size() > kMostOfGroup) known.resize(kMostOfGroup);
  std::vector<Facet> out;
  for (const auto& [name, count] : known) out.push_back({FacetGroup::Category, 0, name, count, count >= kCountCap});
  for (const auto& chosen : query.filter.categories)
    if (std::none_of(out.begin(), out.end(), [&](const Facet& facet) { return facet.text == chosen; })) out.push_back({FacetGroup::Category, 0, chosen});
  return out;
}

}  // namespace

bool has_facet(const SubjectFilter& filter, const Facet& facet) {
  switch (facet.group) {
    case FacetGroup::EntryKind: return holds(filter.entry_kinds, static_cast<EntryKind>(facet.number));
    case FacetGroup::Tag: return holds(filter.tags, facet.number);
    case FacetGroup::Unit: return holds(filter.units, facet.number);
    case FacetGroup::State: return facet.number < 0 ? filter.abnormal : holds(filter.states, static_cast<SubjectState>(facet.number));
    case FacetGroup::Region: return holds(filter.regions, facet.text);
    case FacetGroup::Category: return holds(filter.categories, facet.text);
  }
  return false;
}

void set_facet(SubjectFilter& filter, const Facet& facet, bool on) {
  switch (facet.group) {
    case FacetGroup::EntryKind: turn(filter.entry_kinds, static_cast<EntryKind>(facet.number), on); break;
    case FacetGroup::Tag: turn(filter.tags, facet.number, on); break;
    case FacetGroup::Unit: turn(filter.units, facet.number, on); break;
    case FacetGroup::State:
      if (facet.number < 0) filter.abnormal = on;
      else turn(filter.states, static_cast<SubjectState>(facet.number), on);
      break;
    case FacetGroup::Region: turn(filter.regions, facet.text, on); break;
    case FacetGroup::Category: turn(filter.categories, facet.text, on); break;
  }
}

Result<std::vector<Facet>> facets_of(const SubjectStore& store, const SubjectQuery& query, const SubjectLists& lists, const std::function<bool()>& stop) {
  auto out = fixed_facets(query.filter, lists);
  GZ_TRY_ASSIGN(const auto categories, category_facets(store, query));
  const bool words = !query.text.empty();  // the store counts categories for filters alone
  const auto known = out.size();
  out.insert(out.end(), categories.begin(), categories.end());
  std::vector<Facet*> vague;               // a busy computer, or few among many
  const auto count = [&](Facet& facet, std::int64_t patience_us) -> Status {
    if (stop()) return fail(ErrorKind::Cancelled, "another search began");
    SubjectQuery one{query.text, query.filter, 0, 1};
    one.patience_us = patience_us;
    clear_group(one.filter, facet.group);
    set_facet(one.filter, facet, true);
    GZ_TRY_ASSIGN(const auto found, store.search(one));
    facet.count = found.count;
    facet.capped = found.capped || found.unfinished;
    if (found.unfinished && found.count < kVagueBelow) vague.push_back(&facet);
    return ok();
  };
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (i >= known && !words && out[i].count > 0) continue;
    GZ_TRY(count(out[i], kCountPatienceUs));
  }
  const auto again = std::exchange(vague, {});
  for (std::size_t i = 0; i < std::min(again.size(), kMostAgain); ++i) GZ_TRY(count(*again[i], kCountPatienceUs * 10));
  // a long group begins with those that have most
  const auto few = [](const Facet& facet) { return facet.group == FacetGroup::EntryKind || facet.group == FacetGroup::State; };
  std::stable_sort(out.begin(), out.end(), [&](const Facet& a, const Facet& b) { return a.group != b.group ? a.group < b.group : !few(a) && a.count > b.count; });
  return out;
}

}  // namespace guzheng
