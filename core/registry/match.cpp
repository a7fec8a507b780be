#include "core/registry/match.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/search/fold.h"

namespace guzheng {

namespace {

constexpr int kAlikeEnough = 600, kMostProposals = 10, kMostCandidates = 400;

std::vector<std::string> characters_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto one = first_characters(text, 1);
    out.emplace_back(one);
    text.remove_prefix(one.size());
  }
  return out;
}

std::map<std::string, int> pairs_of(const std::vector<std::string>& characters) {
  std::map<std::string, int> out;
  for (std::size_t i = 0; i + 1 < characters.size(); ++i) ++out[characters[i] + characters[i + 1]];
  return out;
}

// Dice: twice what both have, of all that they have.
int pair_likeness(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  const auto left = pairs_of(a), right = pairs_of(b);
  int both = 0, all = 0;
  for (const auto& [pair, count] : left) {
    all += count;
    if (const auto there = right.find(pair); there != right.end()) both += std::min(count, there->second);
  }
  for (const auto& [pair, count] : right) all += count;
  return all == 0 ? 0 : 2000 * both / all;
}

// First choices only: a likeness, not a search.
std::vector<std::string> letters_of(std::string_view folded) {
  std::vector<std::string> out;
  const std::string initials = initials_of(folded);
  for (std::size_t at = 0; at < initials.size();) {
    if (initials[at] != '[') {
      out.emplace_back(1, initials[at++]);
      continue;
    }
    out.emplace_back(1, initials[at + 1]);
    at = initials.find(']', at) + 1;
  }
  return out;
}

// Without the endings and words that half of all names share, so that what is left tells subjects apart.
std::string telling_part(std::string folded) {
  for (const std::string_view common : {"练习", "股份有限公司", "有限责任公司", "有限公司", "公司", "个体工商户", "商行", "经营部", "工作室", "商店", "中心", "科技", "贸易", "商贸", "电子商务", "网络"})
    for (auto at = folded.find(common); at != std::string::npos; at = folded.find(common)) folded.erase(at, common.size());
  return folded;
}

bool contradict(const std::string& a, const std::string& b) { return !a.empty() && !b.empty() && fold_code(a) != fold_code(b); }

// Subjects whose names hold two neighbouring pairs of the telling part, or sound the same by their initials.
Result<std::set<SubjectId>> candidates(const SubjectStore& store, const Subject& incoming) {
  std::set<SubjectId> out;
  const auto ask = [&](const std::string& text, int most) -> Status {
    SubjectQuery query;
    query.text = text;
    int found = 0;
    return store.each_match(query, [&](SubjectId id) { out.insert(id); return ++found < most && static_cast<int>(out.size()) < kMostCandidates; });
  };
  const std::string part = telling_part(fold_text(incoming.name));
  const auto characters = characters_of(part);
  for (std::size_t i = 0; i + 1 < characters.size() && i < 12; ++i) {
    const std::string pair = characters[i] + characters[i + 1];
    if (i + 2 < characters.size()) GZ_TRY(ask(pair + characters[i + 2], 60));
    if (i + 3 < characters.size()) GZ_TRY(ask(pair + " " + characters[i + 2] + characters[i + 3], 60));
    if (characters.size() <= 3) GZ_TRY(ask(pair, 60));
  }
  std::string letters;
  for (const auto& letter : letters_of(part)) letters += letter;
  if (letters.size() >= 4 && letters.find('.') == std::string::npos) GZ_TRY(ask(letters, 60));
  return out;
}

Status propose(const SubjectStore& store, const Subject& incoming, const std::string& key, MatchResult& out) {
  GZ_TRY_ASSIGN(const auto ids, candidates(store, incoming));
  for (const auto id : ids) {
    const auto subject = store.get(id);
    if (!subject) continue;
    GZ_TRY_ASSIGN(const auto decided, store.match_decision(key, id));
    const int likeness = std::max(name_likeness(incoming.name, subject->name), subject->short_name.empty() ? 0 : name_likeness(incoming.name, subject->short_name));
    if (!decided && likeness >= kAlikeEnough) out.proposals.push_back({id, likeness});
  }
  std::sort(out.proposals.begin(), out.proposals.end(), [](const auto& a, const auto& b) { return std::pair(-a.likeness, a.id) < std::pair(-b.likeness, b.id); });
  if (out.proposals.size() > kMostProposals) out.proposals.resize(kMostProposals);
  return ok();
}

// The first of them that was not decided against; the rest a person must look at.
Status settle_on(const SubjectStore& store, const std::string& key, const std::vector<SubjectId>& ids, MatchBy by, MatchResult& out) {
  for (const auto id : ids) {
    GZ_TRY_ASSIGN(const auto decided, store.match_decision(key, id));
    if (decided && !*decided) continue;
    if (out.id == 0) out.id = id, out.by = by;
    else out.also.push_back(id);
  }
  return ok();
}

Result<std::vector<SubjectId>> without_contradiction(const SubjectStore& store, const Subject& incoming, const std::vector<SubjectId>& ids, bool alike_too) {
  std::vector<SubjectId> out;
  for (const auto id : ids) {
    const auto subject = store.get(id);
    if (!subject || contradict(incoming.credit_code, subject->credit_code) || contradict(incoming.number, subject->number)) continue;
    if (!alike_too || name_likeness(incoming.name, subject->name) >= kAlikeEnough) out.push_back(id);
  }
  return out;
}

}  // namespace

std::string incoming_key(const Subject& incoming) {
  return fold_code(incoming.credit_code) + "/" + fold_code(incoming.number) + "/" + value_key(fold_text(incoming.name)) + "/" + value_key(fold_text(incoming.address));
}

int name_likeness(std::string_view a, std::string_view b) {
  const std::string left = fold_text(a), right = fold_text(b);
  if (left.empty() || right.empty()) return 0;
  if (left == right) return 1000;
  const int written = pair_likeness(characters_of(left), characters_of(right)), sounded = pair_likeness(letters_of(left), letters_of(right));
  return std::min(999, (7 * written + 3 * sounded) / 10);
}

Result<std::vector<MatchProposal>> alike_subjects(const SubjectStore& store, const Subject& subject) {
  MatchResult found;
  GZ_TRY(propose(store, subject, incoming_key(subject), found));
  std::vector<MatchProposal> out;
  for (const auto& one : found.proposals) {
    if (one.id == subject.id) continue;
    const auto other = store.get(one.id);
    if (!other || contradict(subject.credit_code, other->credit_code) || contradict(subject.number, other->number)) continue;
    GZ_TRY_ASSIGN(const auto decided, store.match_decision(incoming_key(*other), subject.id));
    if (!decided) out.push_back(one);
  }
  return out;
}

Result<MatchResult> match_subject(const SubjectStore& store, const Subject& incoming, bool with_proposals) {
  MatchResult out;
  const std::string key = incoming_key(incoming);
  GZ_TRY_ASSIGN(const auto confirmed, store.confirmed_matches(key));
  GZ_TRY(settle_on(store, key, confirmed, MatchBy::Decision, out));
  if (out.id == 0) {
    GZ_TRY_ASSIGN(const auto ids, store.by_credit_code(incoming.credit_code));
    GZ_TRY(settle_on(store, key, ids, MatchBy::CreditCode, out));
  }
  if (out.id == 0) {
    GZ_TRY_ASSIGN(const auto ids, store.by_number(incoming.number));
    GZ_TRY(settle_on(store, key, ids, MatchBy::Number, out));
  }
  if (out.id == 0) {
    GZ_TRY_ASSIGN(const auto ids, store.by_name(incoming.name));
    GZ_TRY_ASSIGN(const auto fitting, without_contradiction(store, incoming, ids, false));
    GZ_TRY(settle_on(store, key, fitting, MatchBy::Name, out));
  }
  if (out.id == 0) {
    GZ_TRY_ASSIGN(const auto ids, store.by_address(incoming.address));
    GZ_TRY_ASSIGN(const auto fitting, without_contradiction(store, incoming, ids, true));
    GZ_TRY(settle_on(store, key, fitting, MatchBy::Address, out));
  }
  if (out.id == 0 && with_proposals) GZ_TRY(propose(store, incoming, key, out));
  return out;
}

}  // namespace guzheng
