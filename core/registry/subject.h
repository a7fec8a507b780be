// Room registry. Plain values of the subject library 主体库: market subjects, their mobile-commerce entries, what is known about them,
// units, rules, tags and batches. No behaviour beyond names of enumerators. UTF-8 everywhere; an empty string is "not known".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"

namespace guzheng {

using SubjectId = std::int64_t;                                  // given by the store, from 1, never given twice

// Numbers are stored: never renumbered, only appended.
enum class SubjectKind : std::uint8_t { Unknown, Company, SoleTrader, Cooperative, Branch, Foreign, Institution, Person, Other };
enum class SubjectState : std::uint8_t { Unknown, Open, Suspended, Revoked, Deregistered, Moved };         // 在营 停业 吊销 注销 迁出
enum class EntryKind : std::uint8_t { App, MiniProgram, PublicAccount, VideoAccount, Website, WebShop, LiveRoom };
enum class Reach : std::uint8_t { Unchecked, Reachable, Unreachable, Gone, BadContent };                    // A-5.2b
enum class RecordKind : std::uint8_t { Complaint, Case, Penalty, Inspection, Credit, Trademark, Advertisement, Sampling, Capture };
enum class Sensitivity : std::uint8_t { Unmarked, Open, Internal, Sensitive, Core };
inline constexpr int kSubjectKinds = 9, kSubjectStates = 6, kEntryKinds = 7, kReaches = 5, kRecordKinds = 9, kSensitivities = 5;
// "company", "sole-trader", …: what files and change records hold.
std::string_view to_string(SubjectKind kind);
std::string_view to_string(SubjectState state);
std::string_view to_string(EntryKind kind);
std::string_view to_string(Reach reach);
std::string_view to_string(RecordKind kind);
std::string_view to_string(Sensitivity sensitivity);
std::optional<SubjectKind> subject_kind(std::string_view text);
std::optional<SubjectState> subject_state(std::string_view text);
std::optional<EntryKind> entry_kind(std::string_view text);
std::optional<Reach> reach_of(std::string_view text);
std::optional<RecordKind> record_kind(std::string_view text);
std::optional<Sensitivity> sensitivity_of(std::string_view text);

// A market subject 市场主体. What is sensitive (phones, identity numbers) is not here: SensitiveValue.
struct Subject {
  SubjectId id = 0;
  std::string name, short_name;
  std::string credit_code;                                       // 统一社会信用代码, 18 characters, upper case (GB 32100)
  std::string number;                                            // 注册号, 15 digits
  SubjectKind kind = SubjectKind::Unknown;
  std::string address;
  std::string region;                                            // GB/T 2260, 2, 4 or 6 digits
  std::string industry;                                          // GB/T 4754 with its section letter: "F5265"
  std::string licences;                                          // kinds and numbers of licences, one a line
  SubjectState state = SubjectState::Unknown;
  Sensitivity sensitivity = Sensitivity::Unmarked;
  std::string data_region;                                       // 数据地域, a region code
  std::string category;                                          // main product category 主营品类 (A-5.3b)
  std::int64_t unit = 0;                                         // supervision unit, 0: none yet
  bool operator==(const Subject&) const = default;
};

// A mobile-commerce subject of a market subject: an app, a mini-program, an account, a shop (A-5.2a). Named by its subject and `no`.
struct Entry {
  int no = 0;                                                    // from 1 within the subject; 0: not stored yet
  EntryKind kind = EntryKind::WebShop;
  std::string name;                                              // of the app, the account, the shop
  std::string platform, link, category;
  std::int64_t unit = 0;
  WallTime checked;                                              // last check; 0: never
  Reach reach = Reach::Unchecked;
  bool abnormal = false;                                         // in the abnormal library 异常库
  std::string why;                                               // why it was moved in, or back
  bool operator==(const Entry&) const = default;
};

// Something known about a subject (A-4.5, A-5.3c).
struct Record {
  std::int64_t id = 0;
  RecordKind kind = RecordKind::Complaint;
  WallTime at;
  std::string title, text, source, reference;                    // reference: case number, package name, …
  bool operator==(const Record&) const = default;
};

enum class SensitiveKind : std::uint8_t { Phone, IdentityNumber };
struct SensitiveValue {
  SensitiveKind kind = SensitiveKind::Phone;
  std::string value;
  bool operator==(const SensitiveValue&) const = default;
};

// What is imported as one: a subject with all that came in the same row.
struct SubjectRow {
  Subject subject;
  std::vector<Entry> entries;
  std::vector<SensitiveValue> sensitive;
};

// Who does something and why; every change keeps it. `who`: name and badge, as in the operation log.
struct Act {
  std::string who, why;
};

// One change of a subject: who, when, before, after (canonical JSON of the members that differ; "" before an addition, "" after a removal).
struct Change {
  std::int64_t id = 0;
  WallTime at;
  std::string who, why;
  SubjectId subject = 0;
  std::string what;                                              // "subject", "entry 2", "record", "tag", "sensitive", "batch", "marks"
  std::string before, after;
  std::int64_t batch = 0;                                        // 0: by hand
};

struct Unit {
  std::int64_t id = 0;
  std::string name, code;
};
// Region and industry are prefixes ("" fits all), platform is whole or "". The longest region decides, then the longest industry, then the platform.
struct UnitRule {
  std::int64_t id = 0;
  std::string region, industry, platform;
  std::int64_t unit = 0;
};

inline constexpr std::string_view kWatchGroup = "监管";          // subjects with a tag of this group are watched
struct Tag {
  std::int64_t id = 0;
  std::string group, name;                                       // group 直播基地, 电商园区, MCN 机构, …
  std::int64_t count = 0;                                        // subjects that carry it
};

enum class BatchState : std::uint8_t { Open, Done, Undoing, Undone };
enum class BatchKind : std::uint8_t { Import, Tagging };
struct Batch {
  std::int64_t id = 0;
  BatchKind kind = BatchKind::Import;
  BatchState state = BatchState::Open;
  std::string who, source, mark, summary;                        // mark: how far the source was read at the last commit; summary: the importer's
  WallTime begun, ended;
  SubjectId first = 0, last = 0;                                 // the ids it added, both within; 0: none
  std::int64_t added = 0, changed = 0;
};

// A-5.2c. Days; the ordinary cycle is 30 to 45.
struct RefreshCycle {
  int ordinary_days = 30, abnormal_days = 7;
  bool operator==(const RefreshCycle&) const = default;
};
// By how many days, begun ones counted whole, the check of an entry is late. 0: it is not due, or was never checked. Pure.
std::int64_t overdue_days(const Entry& entry, const RefreshCycle& cycle, WallTime now);

}  // namespace guzheng
