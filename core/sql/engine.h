// Room sql, inside. What Database needs of an engine. One caller at a time (Database's lock).
#pragma once

#include <string>
#include <vector>

#include "core/sql/database.h"

namespace guzheng {

class SqlEngine {
 public:
  virtual ~SqlEngine() = default;
  virtual Result<std::vector<SqlRow>> query(const std::string& sql, const std::vector<SqlValue>& values) = 0;
  // Takes the writer's turn at once: what is read within sees every transaction that ended before.
  virtual Status begin() = 0;
  virtual Status commit() = 0;
  virtual void rollback() = 0;
  // The engine itself took the last transaction back, so that others could go on: the same may be tried again.
  [[nodiscard]] virtual bool taken_back() const { return false; }
  [[nodiscard]] virtual bool shared() const { return false; }
};

}  // namespace guzheng
