// Room seal. Names and figures of core/seal/FORMAT.md that both whoever seals and whoever verifies spell.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace guzheng {

inline const std::string kJournalFile = "data/attach/journal.log";
inline const std::string kValuesFile = "data/attach/values.json";
inline const std::string kTstFolder = "data/attach/tst/";
inline constexpr std::string_view kBagitText = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

inline constexpr std::int64_t kTokenSlackMs = 5'000;                     // FORMAT.md 7: how far two honest clocks may differ
inline constexpr std::string_view kLateStampGap = "有时间戳迟于 120 秒";   // as seal.txt and page one print it

}  // namespace guzheng
