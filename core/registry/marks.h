// Room registry. Data region and sensitivity marks from samples: subjects that carry a mark are the samples; what they agree on is proposed as rules, and
// subjects without a mark get it in one batch. Marks that are there stay.
#pragma once

#include <functional>
#include <map>
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
struct MarkedAlike {
  std::int64_t batch = 0, marked = 0;                            // taken back as one by SubjectStore::undo(batch)
};
// Marks what fits `query` and has no mark. `progress` false: Cancelled, and nothing is marked. Exists: an import is under way. On the bulk thread.
Result<MarkedAlike> mark_alike(SubjectStore& store, const SubjectQuery& query, const std::vector<MarkRule>& rules, const Act& act, const std::function<bool(std::int64_t done)>& progress = {});

}  // namespace guzheng
