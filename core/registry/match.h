// Room registry. 比对: does an incoming row mean a subject that is known? By credit code, number, normalised name, then address. What is merely
// alike is only proposed, for a person to decide; what was decided is remembered and comes first.
#pragma once

#include <string>
#include <vector>

#include "core/registry/store.h"

namespace guzheng {

enum class MatchBy : std::uint8_t { Decision, CreditCode, Number, Name, Address };
struct MatchProposal {
  SubjectId id = 0;
  int likeness = 0;                                              // 0–1000: overlapping bigrams of the names, and of their pinyin initials
};
struct MatchResult {
  SubjectId id = 0;                                              // 0: none is certain
  MatchBy by = MatchBy::CreditCode;
  std::vector<SubjectId> also;                                   // others that fit by the same key: a person must look
  std::vector<MatchProposal> proposals;                          // best first; never those that were decided not to be the same
};

// The same words for the same incoming row: what decisions are kept under. Pure.
std::string incoming_key(const Subject& incoming);
// How alike two names are, 0–1000. Pure.
int name_likeness(std::string_view a, std::string_view b);

// Certain only by a decision, an equal credit code, an equal number, or an equal normalised name whose credit codes do not contradict; an equal
// address only together with an alike name (likeness ≥ 600). With `propose`, up to ten proposals when nothing is certain.
Result<MatchResult> match_subject(const SubjectStore& store, const Subject& incoming, bool propose);

// Others of the library that `subject`, which stands in it, may be a second time: alike in name, with no code or number that contradicts, and not decided
// upon, neither way round. Up to ten, best first.
Result<std::vector<MatchProposal>> alike_subjects(const SubjectStore& store, const Subject& subject);

}  // namespace guzheng
