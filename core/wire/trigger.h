// Room wire. The signed order of a triggered capture 触发取证 (A-8.3e, A-AnC, A-7.2b): an officer says what of whom is to be captured, by which script, on which phone, by
// when and on which legal basis. The central system checks it before it queues it, and the station checks it again before it obeys: whoever holds the central system alone can
// order nothing. core/wire/PROTOCOL.md section 9 is the authority. Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/base/result.h"

namespace guzheng {

// Which phone may take it; "" in a field: any.
struct TriggerPhone {
  std::string kind, node, serial;                  // kind: the word that the worker was given for its phone (worker --kind); node: its name; serial: of adb
  bool operator==(const TriggerPhone&) const = default;
};

// Where the order comes from (GB/T 37919 5.2).
struct TriggerClue {
  std::string source;                              // "complaint", "patrol", "transfer", "result" (监测智能触发, A-6.3b)
  std::string number;                              // theirs; ""
  std::string content;                             // what it says
  bool operator==(const TriggerClue&) const = default;
};

struct TriggerOrder {
  static constexpr std::int64_t kLongestMs = 90 * 86'400'000LL;            // from issue to deadline
  static constexpr std::int64_t kClockSlackMs = 5 * 60'000;                // two clocks may differ by so much
  std::string id;                                  // 32 hex digits that who signs draws: sent again, it is the same order
  std::string unit;                                // whose stations capture and whose officers review
  std::string station;                             // "LX-03"; "": any of the unit
  TriggerClue clue;
  std::map<std::string, std::string> order;        // 取证指令, the members of kTriggerOrderKeys, each of them; what a script's "order" has
  std::string script_name, script_sha256;          // of the script's text
  TriggerPhone phone;
  WallTime issued_at, deadline;                    // no capture is begun after the deadline
  bool operator==(const TriggerOrder&) const = default;
};
// "order_no", "task", … as capture scripts name them.
bool is_trigger_order_key(std::string_view key);

// One line of canonical JSON: what is signed. Invalid: what is wrong with it, in one sentence; times aside.
Result<std::string> write_trigger_order(const TriggerOrder& order);
Result<TriggerOrder> parse_trigger_order(std::string_view json);

// An order as it travels: {"format":1,"order","order_p7s","script"}, canonical JSON.
struct SignedTrigger {
  std::string text;                                // the order
  Bytes signature;                                 // detached CMS (DER) over text, by an officer
  std::string script;                              // its text
};
inline constexpr std::size_t kMostTriggerScript = 1u << 20, kMostTriggerBody = 3u << 20;      // bytes; a script's text grows when it is put into JSON
Result<std::string> write_signed_trigger(const SignedTrigger& trigger);
Result<SignedTrigger> parse_signed_trigger(std::string_view json);         // Invalid. Its form; nothing is proven by it

// Who signed, as their certificate says.
struct CheckedTrigger {
  TriggerOrder order;
  std::string badge, name;
};
// Everything that can be held to the order by itself. Invalid: form, script (another than the order's, no script, about another link, in need of pictures), times.
// Denied: the signature is not one of an officer's certificate that stands now under `roots_pem` and `crl_pem`. Whether that officer may order this is for the caller to say.
Result<CheckedTrigger> check_trigger(const SignedTrigger& trigger, const std::string& roots_pem, const std::string& crl_pem, WallTime now);

}  // namespace guzheng
