// Room desk. What officers' confirmations propose for the tags of the library's subjects: a tag 监测确认 for each violation that a closed result
// confirmed, 监测风险 高风险 for whose points are high, and both taken off again once nothing confirms them any more. Proposed only: a person applies them
// (TagDesk::apply). Here and not in core/tasks, since that room does not know the library. Blocks for the disk: not on the GUI thread.
#pragma once

#include <string>
#include <vector>

#include "core/registry/store.h"
#include "core/tasks/analysis.h"

namespace guzheng {

inline constexpr const char* kConfirmedTags = "监测确认";      // groups of tags; the names are the violations, …
inline constexpr const char* kRiskTags = "监测风险";
inline constexpr const char* kHighRiskTag = "高风险";          // … and this

struct TagProposal {
  SubjectId subject = 0;
  std::string name;                        // as the library has it
  Tag tag;                                 // id 0: not in the tag library yet
  bool on = true;
  int violations = 0, cleared = 0;         // what it rests on: closed results of this violation; …
  int points = 0;                          // … or the points of the risk
};
struct TagProposals {
  std::vector<TagProposal> list;           // by subject
  int unlinked = 0;                        // confirmed violations of whom nobody has linked to a subject (to 1000): nothing can be proposed
  int gone = 0;                            // subjects that results are linked to and the library no longer has
};
// By what was closed or found in the rule's months before `today`.
Result<TagProposals> propose_tags(TaskBook& book, const SubjectStore& store, Day today, const RiskRule& rule = {});

}  // namespace guzheng
