// Room tasks. What monitoring found: a link or a snapshot, the operator, the suspected violation, the business field (A-6.3a). Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"

namespace guzheng {

struct MonitorResult {
  std::string link;              // http(s) address; …
  std::string snapshot;          // … or what else shows it: a file's name, a package's id. One of the two is compulsory
  std::string subject;           // id in the subject library; "" while it is not linked
  std::string operator_name;     // 经营主体
  std::string credit_code;       // 统一社会信用代码; "" when it is not known
  std::string platform;          // 平台
  std::string violation;         // 涉嫌违法违规表现
  std::string field;             // 所属业务领域
  std::string note;
  std::string found_by;          // the third party's name; "": this station
  std::string outside_number;    // the third party's own number; ""
  bool operator==(const MonitorResult&) const = default;
};

enum class ResultField { Link, Snapshot, Subject, Operator, CreditCode, Platform, Violation, Field, Note, FoundBy, OutsideNumber };
enum class ResultTrouble {
  Missing,
  NoLinkNorSnapshot,             // of Link
  NotALink,                      // no http:// or https:// address, or blanks within
  BadCreditCode,                 // not eighteen characters, or its check character is wrong (GB 32100)
  TooLong,                       // over 400 bytes; links and notes over 2000
  NotPlain,
};
std::string_view to_string(ResultField field);                 // the members' names
std::string_view to_string(ResultTrouble trouble);

struct ResultProblem {
  ResultField field;
  ResultTrouble trouble;
  bool operator==(const ResultProblem&) const = default;
};
// In the order of the members. Empty: it may be entered.
std::vector<ResultProblem> result_problems(const MonitorResult& result);
bool is_credit_code(std::string_view text);                    // GB 32100, with its check character

// What the route's first move keeps the digest of: all but `subject`, which may be linked later.
Json to_json(const MonitorResult& result);

}  // namespace guzheng
