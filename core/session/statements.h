// Room session. Opening statements (core/custody/statements.h) from a file, and into the journal of a capture or an import.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/custody/statements.h"

namespace guzheng {

class Ledger;

// [{"title":"回避告知","text":"…","who":"…","answer":"consents|refuses|silent|absent","answered_by":"…","words":"…","reason":"…"}]: "title",
// "text" and "answer" are compulsory; each statement has its own answer, none stands for another. Invalid names statement and field.
Result<std::vector<OpeningStatement>> parse_statements(const Json& list);
// Invalid, naming the first statement that cannot be journalled.
Status check_statements(const std::vector<OpeningStatement>& statements);
// Each with its answer; `officer` (name and badge) said those that name nobody. Errors as Ledger::line.
Status write_statements(Ledger& ledger, const std::vector<OpeningStatement>& statements, const std::string& officer);

}  // namespace guzheng
