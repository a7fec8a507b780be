// Room registry. Data region and sensitivity marks from samples and by rule: subjects that carry a mark are the samples; what they agree on is proposed, a
// person agrees to it or refuses it, which is remembered, or makes a rule of their own; subjects without a mark get it in one batch. Marks that are there stay.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/registry/store.h"

namespace guzheng {

// "Subjects of this main category are of this level", or "those of this region have their data there".
struct MarkRule {
  enum class By { Category, Region } by = By::Category;
  std::string value;                                             // the category; or the region's first four digits
  Sensitivity sensitivity = Sensitivity::Unmarked;               // By::Category
  std::string data_region;                                       // By::Region
  std::int64_t samples = 0, agree = 0;                           // marked subjects of that value, and how many of them say this
  bool holds = false;                                            // enough samples, and they agree (MarkLimits); the others are only told
  bool operator==(const MarkRule&) const = default;
};
struct MarkLimits {
  std::int64_t least = 3;                                        // samples
  int percent = 90;                                              // of them must agree
};

// Grows with every sample. Pure values.
class MarkSamples {
 public:
  void add(const Subject& sample);                               // one without marks says nothing
  // How many are marked by this category or region, and how many of them as the rule says, into it.
  void count(MarkRule& rule, const MarkLimits& limits = {}) const;
  // By category, then by region, each in the order of their values.
  [[nodiscard]] std::vector<MarkRule> rules(const MarkLimits& limits = {}) const;

 private:
  std::map<std::string, std::map<Sensitivity, std::int64_t>> levels_;
  std::map<std::string, std::map<std::string, std::int64_t>> regions_;
};

// With the marks that it has not and that rules which hold give. Pure.
Subject marked_by(Subject subject, const std::vector<MarkRule>& rules);

// The samples: all subjects that fit `query`. Blocks for the disk.
Result<std::vector<MarkRule>> learn_marks(const SubjectStore& store, const SubjectQuery& query, const MarkLimits& limits = {});
// What a person decided: "mark so" or "never propose this". Kept in the library with who and when.
struct MarkChoice {
  MarkRule rule;                                                 // by, value and the mark; its counts are not kept
  bool agreed = false;                                           // false: refused
  std::string who;
  WallTime at;
};
Result<std::vector<MarkChoice>> mark_choices(const SubjectStore& store);
// Takes the place of what was decided for the same `by` and `value` (agreed: one mark for each; refused: each mark by itself). Invalid: no value, no mark, a
// region that is not of four digits, or a data region that is not of two, four or six.
Status choose_mark(SubjectStore& store, const MarkRule& rule, bool agreed, const Act& act);
Status forget_mark_choice(SubjectStore& store, const MarkRule& rule, const Act& act);      // open again; NotFound: nothing was decided

// All that there is to decide, with its reasons.
struct MarkProposal {
  MarkRule rule;                                                 // samples, agree and holds as of now, of this mark
  std::int64_t bare = 0;                                         // subjects without a mark that it would mark
  std::optional<MarkChoice> choice;                              // none: nobody has decided yet
};
struct MarkSurvey {
  std::vector<MarkProposal> proposals;                           // what would mark something first, by category, then by region; rules of a person's own among them
  std::int64_t subjects = 0;
};
// Goes through all subjects. `progress` false: Cancelled. Blocks for the disk, minutes at ten million.
Result<MarkSurvey> survey_marks(const SubjectStore& store, const MarkLimits& limits = {}, const std::function<bool(std::int64_t done)>& progress = {});
// Of what was agreed, in the form that mark_alike() takes.
std::vector<MarkRule> agreed_marks(const std::vector<MarkChoice>& choices);

struct MarkedAlike {
  std::int64_t batch = 0, marked = 0;                            // taken back as one by SubjectStore::undo(batch)
};
// Marks what fits `query` and has no mark. `progress` false: Cancelled, and nothing is marked. Exists: an import is under way. On the bulk thread.
Result<MarkedAlike> mark_alike(SubjectStore& store, const SubjectQuery& query, const std::vector<MarkRule>& rules, const Act& act, const std::function<bool(std::int64_t done)>& progress = {});

}  // namespace guzheng
