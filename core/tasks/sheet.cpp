#include "core/tasks/sheet.h"

#include <algorithm>

#include "core/base/blank.h"
#include "core/base/bytes.h"
#include "core/tasks/names.h"
#include "core/tasks/text_check.h"

namespace guzheng {

namespace {

constexpr std::array<std::string_view, 3> kCategories{"daily", "special", "research"};
constexpr std::array<std::string_view, 2> kMethods{"own", "third-party"};
constexpr std::array<std::string_view, 7> kTargets{"website", "shop", "official-account", "mini-program", "app", "video-account", "other"};
constexpr std::array<std::string_view, 4> kFeedback{"report", "clue-table", "subject-list", "platform-count"};
constexpr std::array<std::string_view, 16> kFields{"issuer", "name", "source", "category", "methods", "third_party", "from", "until",
                                                   "range", "targets", "other_target", "content", "features", "feedback", "platforms", "rounds"};
constexpr std::array<std::string_view, 6> kTroubles{"missing", "too-long", "not-plain", "before-beginning", "not-positive", "not-ticked"};

constexpr std::size_t kMostWord = 200, kMostWords = 500;
constexpr int kMostCount = 1'000'000;

class SheetCheck {
 public:
  explicit SheetCheck(const TaskSheet& sheet) : sheet_(sheet) {}

  std::vector<SheetProblem> run() {
    line(SheetField::Issuer, sheet_.issuer);
    line(SheetField::Name, sheet_.name);
    line(SheetField::Source, sheet_.source);
    needed(SheetField::Category, sheet_.category.has_value());
    needed(SheetField::Methods, !sheet_.methods.empty());
    only_with(SheetField::ThirdParty, sheet_.methods.contains(TaskMethod::ThirdParty), sheet_.third_party);
    needed(SheetField::From, sheet_.from.has_value());
    needed(SheetField::Until, sheet_.until.has_value());
    if (sheet_.from && sheet_.until && *sheet_.until < *sheet_.from) add(SheetField::Until, SheetTrouble::BeforeBeginning);
    line(SheetField::Range, sheet_.range);
    needed(SheetField::Targets, !sheet_.targets.empty());
    other_target();
    content();
    features();
    needed(SheetField::Feedback, !sheet_.feedback.empty());
    count(SheetField::Platforms, sheet_.platforms);
    count(SheetField::Rounds, sheet_.rounds);
    return std::move(out_);
  }

 private:
  void add(SheetField field, SheetTrouble trouble) { out_.push_back({field, trouble}); }
  void needed(SheetField field, bool there) {
    if (!there) add(field, SheetTrouble::Missing);
  }
  void storable(SheetField field, const std::string& text, std::size_t most) {
    if (text.size() > most) add(field, SheetTrouble::TooLong);
    else if (!is_plain_line(text)) add(field, SheetTrouble::NotPlain);
  }
  void line(SheetField field, const std::string& text) {
    if (is_blank(text)) return add(field, SheetTrouble::Missing);
    storable(field, text, kMostLine);
  }
  void only_with(SheetField field, bool ticked, const std::string& text) {
    if (!ticked && !text.empty()) add(field, SheetTrouble::NotTicked);
    storable(field, text, kMostLine);
  }
  void other_target() {
    const bool ticked = sheet_.targets.contains(TargetKind::Other);
    if (ticked && is_blank(sheet_.other_target)) return add(SheetField::OtherTarget, SheetTrouble::Missing);
    only_with(SheetField::OtherTarget, ticked, sheet_.other_target);
  }
  void content() {
    if (is_blank(sheet_.content)) return add(SheetField::Content, SheetTrouble::Missing);
    if (sheet_.content.size() > kMostText) add(SheetField::Content, SheetTrouble::TooLong);
    else if (!is_plain_text(sheet_.content)) add(SheetField::Content, SheetTrouble::NotPlain);
  }
  void words(const std::vector<std::string>& list) {
    if (list.size() > kMostWords) add(SheetField::Features, SheetTrouble::TooLong);
    for (const auto& word : list) {
      if (word.size() > kMostWord) return add(SheetField::Features, SheetTrouble::TooLong);
      if (is_blank(word) || !is_plain_line(word)) return add(SheetField::Features, SheetTrouble::NotPlain);
    }
  }
  void features() {
    if (sheet_.features.empty()) return add(SheetField::Features, SheetTrouble::Missing);
    for (const auto* list : {&sheet_.features.keywords, &sheet_.features.trade_terms, &sheet_.features.code_words}) words(*list);
    for (const auto* list : {&sheet_.features.pictures, &sheet_.features.sounds}) {
      std::vector<std::string> names;
      for (const auto& one : *list) {
        names.push_back(one.name);
        if (!one.sha256.empty() && !is_hex_digest(one.sha256)) add(SheetField::Features, SheetTrouble::NotPlain);
      }
      words(names);
    }
  }
  void count(SheetField field, const std::optional<int>& value) {
    const bool ticked = sheet_.feedback.contains(FeedbackKind::PlatformCount);
    if (ticked && !value) return add(field, SheetTrouble::Missing);
    if (!ticked && value) return add(field, SheetTrouble::NotTicked);
    if (value && (*value < 1 || *value > kMostCount)) add(field, SheetTrouble::NotPositive);
  }

  const TaskSheet& sheet_;
  std::vector<SheetProblem> out_;
};

}  // namespace

std::string_view to_string(TaskCategory category) { return spelled(kCategories, category); }
std::string_view to_string(TaskMethod method) { return spelled(kMethods, method); }
std::string_view to_string(TargetKind kind) { return spelled(kTargets, kind); }
std::string_view to_string(FeedbackKind kind) { return spelled(kFeedback, kind); }
std::string_view to_string(SheetField field) { return spelled(kFields, field); }
std::string_view to_string(SheetTrouble trouble) { return spelled(kTroubles, trouble); }
std::optional<TaskCategory> task_category(std::string_view text) { return unspelled<TaskCategory>(kCategories, text); }
std::optional<TaskMethod> task_method(std::string_view text) { return unspelled<TaskMethod>(kMethods, text); }
std::optional<TargetKind> target_kind(std::string_view text) { return unspelled<TargetKind>(kTargets, text); }
std::optional<FeedbackKind> feedback_kind(std::string_view text) { return unspelled<FeedbackKind>(kFeedback, text); }

std::vector<SheetProblem> sheet_problems(const TaskSheet& sheet) { return SheetCheck(sheet).run(); }

std::vector<SheetProblem> draft_problems(const TaskSheet& sheet) {
  auto all = sheet_problems(sheet);
  std::erase_if(all, [](const SheetProblem& one) { return one.trouble == SheetTrouble::Missing; });
  return all;
}

SheetProgress sheet_progress(const TaskSheet& sheet) {
  constexpr std::array always{SheetField::Issuer, SheetField::Name, SheetField::Source, SheetField::Category, SheetField::Methods, SheetField::From,
                              SheetField::Until, SheetField::Range, SheetField::Targets, SheetField::Content, SheetField::Features, SheetField::Feedback};
  std::set<SheetField> needed(always.begin(), always.end());
  if (sheet.targets.contains(TargetKind::Other)) needed.insert(SheetField::OtherTarget);
  if (sheet.feedback.contains(FeedbackKind::PlatformCount)) needed.insert({SheetField::Platforms, SheetField::Rounds});
  SheetProgress out{0, static_cast<int>(needed.size())};
  for (const auto& problem : sheet_problems(sheet)) needed.erase(problem.field);
  out.filled = static_cast<int>(needed.size());
  return out;
}

}  // namespace guzheng
