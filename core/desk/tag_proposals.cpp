#include "core/desk/tag_proposals.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "core/tasks/confirmed.h"

namespace guzheng {
namespace {

// A subject's name in the library and the tags that it carries.
struct CarriedTags {
  std::string name;
  std::vector<Tag> tags;
  [[nodiscard]] const Tag* find(const std::string& group, const std::string& name_of_tag) const {
    const auto found = std::find_if(tags.begin(), tags.end(), [&](const Tag& one) { return one.group == group && one.name == name_of_tag; });
    return found == tags.end() ? nullptr : &*found;
  }
};

class Proposer {
 public:
  Proposer(const SubjectStore& store, std::vector<Tag> library) : store_(store), library_(std::move(library)) {}

  Status by_violation(const ConfirmedKinds& confirmed) {
    out_.unlinked = confirmed.unlinked;
    for (const auto& kind : confirmed.kinds) {
      GZ_TRY_ASSIGN(const auto* subject, look(kind.subject));
      if (subject == nullptr) continue;
      const auto* carried = subject->find(kConfirmedTags, kind.violation);
      const bool wanted = kind.violations > 0;
      if (wanted == (carried != nullptr)) continue;
      propose(kind.subject, *subject, kConfirmedTags, kind.violation, wanted, kind.violations, kind.cleared, 0);
    }
    return ok();
  }

  Status by_risk(const std::vector<SubjectRisk>& risks) {
    std::set<std::string> seen;
    for (const auto& risk : risks) {
      const auto& id = risk.record.subject;
      if (id.empty()) continue;
      seen.insert(id);
      GZ_TRY_ASSIGN(const auto* subject, look(id));
      if (subject == nullptr) continue;
      const bool high = risk.level == RiskLevel::High, carried = subject->find(kRiskTags, kHighRiskTag) != nullptr;
      if (high != carried) propose(id, *subject, kRiskTags, kHighRiskTag, high, 0, 0, risk.points);
    }
    return carriers_without_points(seen);
  }

  TagProposals take() {
    out_.gone = static_cast<int>(gone_.size());
    std::stable_sort(out_.list.begin(), out_.list.end(), [](const TagProposal& a, const TagProposal& b) { return a.subject < b.subject; });
    return std::move(out_);
  }

 private:
  // Null: the library does not have it.
  Result<const CarriedTags*> look(const std::string& text) {
    SubjectId id = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), id);
    if (read.ptr != text.data() + text.size() || id < 1 || gone_.contains(text)) return gone_.insert(text), nullptr;
    const auto known = subjects_.find(id);
    if (known != subjects_.end()) return &known->second;
    const auto subject = store_.get(id);
    if (!subject && subject.error().kind != ErrorKind::NotFound) return fail(subject.error());
    if (!subject) return gone_.insert(text), nullptr;
    GZ_TRY_ASSIGN(auto tags, store_.tags_of(id));
    return &subjects_.emplace(id, CarriedTags{subject->name, std::move(tags)}).first->second;
  }

  Status carriers_without_points(const std::set<std::string>& with_points) {
    const auto tag = library_tag(kRiskTags, kHighRiskTag);
    if (tag.id == 0) return ok();
    SubjectQuery query;
    query.filter.tags = {tag.id};
    Status looked;
    GZ_TRY(store_.each_match(query, [&](SubjectId id) {
      const auto text = std::to_string(id);
      if (with_points.contains(text)) return true;
      const auto subject = look(text);
      if (!subject) return looked = fail(subject.error()), false;
      if (*subject != nullptr) propose(text, **subject, kRiskTags, kHighRiskTag, false, 0, 0, 0);
      return true;
    }));
    return looked;
  }

  [[nodiscard]] Tag library_tag(const std::string& group, const std::string& name) const {
    const auto found = std::find_if(library_.begin(), library_.end(), [&](const Tag& one) { return one.group == group && one.name == name; });
    return found == library_.end() ? Tag{0, group, name, 0} : *found;
  }

  void propose(const std::string& id, const CarriedTags& subject, const std::string& group, const std::string& name, bool on, int violations, int cleared, int points) {
    out_.list.push_back({std::stoll(id), subject.name, library_tag(group, name), on, violations, cleared, points});
  }

  const SubjectStore& store_;
  const std::vector<Tag> library_;
  std::map<SubjectId, CarriedTags> subjects_;
  std::set<std::string> gone_;
  TagProposals out_;
};

}  // namespace

Result<TagProposals> propose_tags(TaskBook& book, const SubjectStore& store, Day today, const RiskRule& rule) {
  GZ_TRY_ASSIGN(const auto confirmed, confirmed_kinds(book, today - std::chrono::days(rule.months * 365 / 12)));
  GZ_TRY_ASSIGN(const auto risks, subject_risks(book, rule, kMostCount));
  GZ_TRY_ASSIGN(auto library, store.tags());
  Proposer proposer(store, std::move(library));
  GZ_TRY(proposer.by_violation(confirmed));
  GZ_TRY(proposer.by_risk(risks));
  return proposer.take();
}

}  // namespace guzheng
