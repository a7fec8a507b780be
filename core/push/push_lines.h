// Room push, inside. The lines of a push as values and back (FORMAT.md). Pure.
#pragma once

#include "core/base/json.h"
#include "core/push/push.h"

namespace guzheng {

inline constexpr std::size_t kMostPushLine = 1u << 20;

// One subject with all that goes along. Units and tags by code and name: numbers are of one station only.
struct PushRow {
  Subject subject;                               // id and unit 0
  std::vector<Entry> entries;                    // no and unit 0
  std::vector<Record> records;                   // id 0
  std::vector<Tag> tags;                         // group and name
  Unit unit;                                     // code and name
};
Json push_json(const PushRow& row);
Result<PushRow> push_row(const Json& json);

Json hand_json(const PushHand& hand);
PushHand hand_of(const CertificateInfo& info);
Json head_json(const PushSeen& push);
Result<PushSeen> head_of(const Json& json);      // sha256 and subjects are not in it

// Exactly these keys.
bool has_keys(const Json& json, std::initializer_list<const char*> keys);
Result<std::string> push_line(const Json& json); // canonical, with its LF
Result<std::string> signature_line(const Signer& signer, std::string_view line);
// The signer, when `signature_json` is its signature over `line` and it is the one that `said` names; Tampered, Denied.
Status check_hand(const Json& signature_json, std::string_view line, const PushHand& said, const PushTrust& trust);

}  // namespace guzheng
