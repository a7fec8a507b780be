// Room custody. An operation log from its end backwards, a page at a time, for who looks into a long one without reading all of it: each line is held to the one before it.
// Whether the whole log holds is for read_operation_log (custody/oplog.h) to say.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/custody/journal.h"

namespace guzheng {

struct OperationPageAsk {
  std::optional<std::uint64_t> before;             // byte at which a line begins: only lines before it; nothing: from the end
  std::size_t most_lines = 100;
  std::uint64_t most_bytes = 4u << 20;             // looked at for one page, so that a filter that nothing passes ends
  std::function<bool(const JournalLine&)> wanted;  // null: all
};
struct OperationPage {
  std::vector<JournalLine> lines;                  // that were wanted, newest first
  std::uint64_t begin = 0;                         // byte of the oldest line that was looked at, the next page's `before`; 0: the beginning was reached
  std::optional<std::uint64_t> broken_at;          // byte of the newest line that cannot be read, or does not follow the one before it
  std::string why;                                 // English; "" when all that was looked at holds
};

// Blocks for the disk. An absent log is empty. Half a line at the end is being written and is passed over. Invalid: no line begins at `before`.
Result<OperationPage> read_operation_page(const std::filesystem::path& path, const OperationPageAsk& ask);

}  // namespace guzheng
