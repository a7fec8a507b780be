#include "core/registry/subject.h"

#include <array>

namespace guzheng {

namespace {

constexpr std::array<std::string_view, kSubjectKinds> kKindWords{"unknown", "company", "sole-trader", "cooperative", "branch", "foreign", "institution", "person", "other"};
constexpr std::array<std::string_view, kSubjectStates> kStateWords{"unknown", "open", "suspended", "revoked", "deregistered", "moved"};
constexpr std::array<std::string_view, kEntryKinds> kEntryWords{"app", "mini-program", "public-account", "video-account", "website", "web-shop", "live-room"};
constexpr std::array<std::string_view, kReaches> kReachWords{"unchecked", "reachable", "unreachable", "gone", "bad-content"};
constexpr std::array<std::string_view, kRecordKinds> kRecordWords{"complaint", "case", "penalty", "inspection", "credit", "trademark", "advertisement", "sampling", "capture"};
constexpr std::array<std::string_view, kSensitivities> kSensitivityWords{"unmarked", "open", "internal", "sensitive", "core"};

template <typename E, std::size_t N>
std::string_view word_of(const std::array<std::string_view, N>& words, E value) {
  const auto at = static_cast<std::size_t>(value);
  return at < N ? words[at] : std::string_view();
}

template <typename E, std::size_t N>
std::optional<E> value_of_word(const std::array<std::string_view, N>& words, std::string_view text) {
  for (std::size_t i = 0; i < N; ++i)
    if (words[i] == text) return static_cast<E>(i);
  return std::nullopt;
}

}  // namespace

std::string_view to_string(SubjectKind kind) { return word_of(kKindWords, kind); }
std::string_view to_string(SubjectState state) { return word_of(kStateWords, state); }
std::string_view to_string(EntryKind kind) { return word_of(kEntryWords, kind); }
std::string_view to_string(Reach reach) { return word_of(kReachWords, reach); }
std::string_view to_string(RecordKind kind) { return word_of(kRecordWords, kind); }
std::string_view to_string(Sensitivity sensitivity) { return word_of(kSensitivityWords, sensitivity); }
std::optional<SubjectKind> subject_kind(std::string_view text) { return value_of_word<SubjectKind>(kKindWords, text); }
std::optional<SubjectState> subject_state(std::string_view text) { return value_of_word<SubjectState>(kStateWords, text); }
std::optional<EntryKind> entry_kind(std::string_view text) { return value_of_word<EntryKind>(kEntryWords, text); }
std::optional<Reach> reach_of(std::string_view text) { return value_of_word<Reach>(kReachWords, text); }
std::optional<RecordKind> record_kind(std::string_view text) { return value_of_word<RecordKind>(kRecordWords, text); }
std::optional<Sensitivity> sensitivity_of(std::string_view text) { return value_of_word<Sensitivity>(kSensitivityWords, text); }

}  // namespace guzheng
