// Room tasks. The sheet 《网络交易监测任务单》 of DB 3209/T Annex A: every field and check box as a plain value, and what keeps it from being
// submitted (A-6.2, A-AnA). Pure.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/tasks/day.h"
#include "core/tasks/document.h"

namespace guzheng {

// 监测类别, in the order of the form.
enum class TaskCategory { Daily, Special, Research };
// 监测方式; both may be ticked.
enum class TaskMethod { Own, ThirdParty };
// 监测对象类型, in the order of the form.
enum class TargetKind { Website, Shop, OfficialAccount, MiniProgram, App, VideoAccount, Other };
// 监测结果反馈, in the order of the form (A-6.3c).
enum class FeedbackKind { Report, ClueTable, SubjectList, PlatformCount };

std::string_view to_string(TaskCategory category);             // "daily", "special", "research"
std::string_view to_string(TaskMethod method);                 // "own", "third-party"
std::string_view to_string(TargetKind kind);                   // "website", "shop", "official-account", "mini-program", "app", "video-account", "other"
std::string_view to_string(FeedbackKind kind);                 // "report", "clue-table", "subject-list", "platform-count"
std::optional<TaskCategory> task_category(std::string_view text);
std::optional<TaskMethod> task_method(std::string_view text);
std::optional<TargetKind> target_kind(std::string_view text);
std::optional<FeedbackKind> feedback_kind(std::string_view text);

// 监测特征词: how the suspected violation may show itself.
struct FeatureWords {
  std::vector<std::string> keywords;       // 关键字词
  std::vector<std::string> trade_terms;    // 行业用语
  std::vector<std::string> code_words;     // 暗号暗语
  std::vector<Document> pictures;          // 图形图像
  std::vector<Document> sounds;            // 音视频
  [[nodiscard]] bool empty() const { return keywords.empty() && trade_terms.empty() && code_words.empty() && pictures.empty() && sounds.empty(); }
  bool operator==(const FeatureWords&) const = default;
};

struct TaskSheet {
  std::string issuer;                      // 监测任务发起单位（盖章）
  std::string name, source;                // 监测任务名称, 监测任务来源
  std::optional<TaskCategory> category;
  std::set<TaskMethod> methods;
  std::string third_party;                 // who searches, when the third party is known; not on the form
  std::optional<Day> from, until;          // 监测时间, both ends included
  std::string range;                       // 监测范围
  std::set<TargetKind> targets;
  std::string other_target;                // behind 其他
  std::string content;                     // 监测内容; may have several lines
  FeatureWords features;
  std::set<FeedbackKind> feedback;
  std::optional<int> platforms, rounds;    // 监测电商平台（网站） … 个 … 次
  bool operator==(const TaskSheet&) const = default;
};

enum class SheetField { Issuer, Name, Source, Category, Methods, ThirdParty, From, Until, Range, Targets, OtherTarget, Content, Features, Feedback, Platforms, Rounds };
enum class SheetTrouble {
  Missing,                       // nothing written, or nothing ticked
  TooLong,                       // over 400 bytes; content over 8000, a feature word over 200; over 500 words of one kind
  NotPlain,                      // no UTF-8, or control characters
  BeforeBeginning,               // 监测时间 ends before it begins
  NotPositive,                   // 个 or 次 below one or over 1,000,000
  NotTicked,                     // written although its box is not ticked: 其他, 第三方, 个次
};
std::string_view to_string(SheetField field);                  // "issuer", …: the members' names
std::string_view to_string(SheetTrouble trouble);              // "missing", …

struct SheetProblem {
  SheetField field;
  SheetTrouble trouble;
  bool operator==(const SheetProblem&) const = default;
};
// What keeps the sheet from being submitted, in the order of the form. Empty: nothing.
std::vector<SheetProblem> sheet_problems(const TaskSheet& sheet);
// A draft may have gaps; what is written must be storable. The same, without what is only missing.
std::vector<SheetProblem> draft_problems(const TaskSheet& sheet);
// How many of the compulsory fields are filled, and how many there are: 必填 11/11.
struct SheetProgress {
  int filled = 0, needed = 0;
};
SheetProgress sheet_progress(const TaskSheet& sheet);

Json to_json(const TaskSheet& sheet);
// Invalid: not what to_json writes.
Result<TaskSheet> sheet_from_json(const Json& json);

}  // namespace guzheng
