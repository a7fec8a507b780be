// Room custody. What is said to the person concerned before a capture (出示执法证, 权利告知, 回避告知; 行政处罚法 43, 55), and what each of
// these statements was answered with, by whom: two lines of kind `confirm` for each (FORMAT.md 5.1). Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"

namespace guzheng {

enum class OpeningAnswer {
  Consents,
  Refuses,                                 // an objection, a refusal, a request for 回避: never without its reason
  Silent,                                  // somebody was there and gave no answer
  Absent,                                  // neither the person concerned nor a representative was there
};
std::string_view to_string(OpeningAnswer answer);            // "consents", "refuses", "silent", "absent"
std::optional<OpeningAnswer> opening_answer(std::string_view text);

struct OpeningStatement {
  std::string title, text;                 // 回避告知, and the words that were said
  std::string who;                         // who said them: name and badge; empty: the session's first officer
  OpeningAnswer answer = OpeningAnswer::Absent;
  std::string answered_by;                 // who answered or kept silent; empty when nobody was there, and only then
  std::string words;                       // the answer itself; compulsory when there was one
  std::string reason;                      // of a refusal, and only of one
};

// What keeps a statement out of a journal, in English; "" when nothing does.
std::string statement_problem(const OpeningStatement& statement);
// The bodies of its two lines; `no` counts the session's statements from 1.
Json said_body(int no, const OpeningStatement& statement);
Json answer_body(int no, const OpeningStatement& statement);

// Bodies of `confirm` lines in the order of the journal: what is wrong with one of them, and with the row; "" when nothing is. Journals of
// earlier versions hold {"text","who"} only, which fits too, but not mixed. `torn`: the journal tells of a crash, which may have cut off
// the last answer.
std::string confirm_problem(const Json& body);
std::string confirm_row_problem(const std::vector<const Json*>& bodies, bool torn);

}  // namespace guzheng
