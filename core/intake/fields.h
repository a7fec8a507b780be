// Room intake. The fields that a foreign column may go to: names for files, words for people, the headers they usually stand under. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace guzheng {

enum IntakeField : std::size_t {
  kName, kShortName, kCreditCode, kNumber, kKind, kAddress, kRegion, kIndustry, kLicences, kState, kCategory, kSensitivity, kDataRegion,
  kPhone, kIdentity,                                             // sensitive: never in lists of results
  kEntryKind, kEntryName, kEntryPlatform, kEntryLink, kEntryCategory,
  kComplaint, kCase, kPenalty, kInspection, kCredit, kRecordDay,           // a text there becomes a record of that kind; 失信名单 is kCredit
  kIntakeFields
};

// In the order of IntakeField: "name", "short_name", …
const std::vector<std::string>& intake_fields();
std::string_view chinese_name(IntakeField field);
std::string_view english_name(IntakeField field);
inline bool is_sensitive(std::size_t field) { return field == kPhone || field == kIdentity; }
// Codes whose digits all count: what a spreadsheet rounded is worth nothing.
inline bool is_code(std::size_t field) { return field == kCreditCode || field == kNumber || field == kPhone || field == kIdentity; }

// The field that a header names, kIntakeFields when none. Width, case, spaces and brackets do not count.
IntakeField field_of_header(std::string_view header);

}  // namespace guzheng
