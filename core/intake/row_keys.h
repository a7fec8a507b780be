// Room intake. The keys by which rows of one file are the same subject, as the cleaning rules name them. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "core/codes/cleaner.h"
#include "core/intake/seen_keys.h"

namespace guzheng {

class RowKeys {
 public:
  explicit RowKeys(const Cleaner& cleaner);
  // Those whose fields are all filled, in the order of the rules.
  void find(const std::vector<std::string>& values, std::vector<RowKey>& keys) const;

 private:
  struct Kind {
    std::vector<std::size_t> fields;
    CleaningRule::Then then = CleaningRule::Then::Merge;
    bool by_code = false;
  };
  std::vector<Kind> kinds_;
};

}  // namespace guzheng
