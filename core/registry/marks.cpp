#include "core/registry/marks.h"

#include <algorithm>

namespace guzheng {

namespace {

constexpr std::size_t kRegionDigits = 4;                         // a city: data regions are not finer

std::string city_of(const Subject& subject) { return subject.region.size() < kRegionDigits ? std::string() : subject.region.substr(0, kRegionDigits); }

// What most of the samples say.
template <typename Said>
void put_rule(std::vector<MarkRule>& out, MarkRule rule, const std::map<Said, std::int64_t>& said, Said MarkRule::*into, const MarkLimits& limits) {
  const auto most = std::max_element(said.begin(), said.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  for (const auto& one : said) rule.samples += one.second;
  rule.*into = most->first;
  rule.agree = most->second;
  rule.holds = rule.samples >= limits.least && rule.agree * 100 >= rule.samples * limits.percent;
  out.push_back(std::move(rule));
}

}  // namespace

void MarkSamples::add(const Subject& sample) {
  if (!sample.category.empty() && sample.sensitivity != Sensitivity::Unmarked) ++levels_[sample.category][sample.sensitivity];
  if (const auto city = city_of(sample); !city.empty() && !sample.data_region.empty()) ++regions_[city][sample.data_region];
}

void MarkSamples::count(MarkRule& rule, const MarkLimits& limits) const {
  rule.samples = rule.agree = 0;
  const auto put = [&](const auto& by_value, const auto& said) {
    const auto found = by_value.find(rule.value);
    if (found == by_value.end()) return;
    for (const auto& [mark, times] : found->second) {
      rule.samples += times;
      if (mark == said) rule.agree = times;
    }
  };
  if (rule.by == MarkRule::By::Category) put(levels_, rule.sensitivity);
  else put(regions_, rule.data_region);
  rule.holds = rule.samples >= limits.least && rule.agree * 100 >= rule.samples * limits.percent;
}

std::vector<MarkRule> MarkSamples::rules(const MarkLimits& limits) const {
  std::vector<MarkRule> out;
  for (const auto& [category, said] : levels_) put_rule(out, {MarkRule::By::Category, category, {}, {}, 0, 0, false}, said, &MarkRule::sensitivity, limits);
  for (const auto& [city, said] : regions_) put_rule(out, {MarkRule::By::Region, city, {}, {}, 0, 0, false}, said, &MarkRule::data_region, limits);
  return out;
}

Subject marked_by(Subject subject, const std::vector<MarkRule>& rules) {
  const auto city = city_of(subject);
  for (const auto& rule : rules) {
    if (!rule.holds) continue;
    if (rule.by == MarkRule::By::Category && subject.sensitivity == Sensitivity::Unmarked && subject.category == rule.value) subject.sensitivity = rule.sensitivity;
    if (rule.by == MarkRule::By::Region && subject.data_region.empty() && city == rule.value) subject.data_region = rule.data_region;
  }
  return subject;
}

Result<std::vector<MarkRule>> learn_marks(const SubjectStore& store, const SubjectQuery& query, const MarkLimits& limits) {
  MarkSamples samples;
  Status read = ok();
  GZ_TRY(store.each_match(query, [&](SubjectId id) {
    const auto subject = store.get(id);
    if (subject) samples.add(*subject);
    else if (subject.error().kind != ErrorKind::NotFound) read = fail(subject.error());
    return read.has_value();
  }));
  GZ_TRY(read);
  return samples.rules(limits);
}

Result<MarkedAlike> mark_alike(SubjectStore& store, const SubjectQuery& query, const std::vector<MarkRule>& rules, const Act& act, const std::function<bool(std::int64_t)>& progress) {
  std::vector<SubjectId> ids;
  GZ_TRY(store.each_match(query, [&](SubjectId id) { ids.push_back(id); return true; }));
  GZ_TRY_ASSIGN(auto session, store.begin_import("按样本标识", act));
  MarkedAlike out{session->batch(), 0};
  const Status done = [&]() -> Status {
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (i % 1000 == 0 && progress && !progress(static_cast<std::int64_t>(i))) return fail(ErrorKind::Cancelled, "marking by samples was called off");
      const auto subject = store.get(ids[i]);
      if (!subject && subject.error().kind == ErrorKind::NotFound) continue;      // removed meanwhile
      GZ_TRY(subject);
      const auto marked = marked_by(*subject, rules);
      if (marked == *subject) continue;
      GZ_TRY(session->change(marked));
      ++out.marked;
    }
    GZ_TRY(session->finish("{}"));
    return ok();
  }();
  session.reset();
  if (done) return out;
  GZ_TRY(store.undo(out.batch, act));
  return fail(done.error());
}

}  // namespace guzheng
