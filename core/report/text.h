// Room report. How the report writes times, sizes, digests and names. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"

namespace guzheng::report_text {

// "aa02 a5fe 6225 …", `groups` groups of four a line.
std::vector<std::string> digest_lines(std::string_view hex, std::size_t groups);
// Of the 29-character form; other text is returned as it stands, empty as "未记录".
std::string long_time(std::string_view time);          // 2026年11月21日 14:41:52（UTC+8）
std::string short_time(std::string_view time);         // 2026-11-21 14:41:52.043
std::string clock_time(std::string_view time);         // 14:41:52
std::string clock_ms(std::string_view time);           // 14:41:52.043
std::string day(std::string_view time);                // 2026年11月21日
std::string zone(std::string_view time);               // UTC+8
// 2026年11月21日14时19分29秒至14时33分05秒
std::string spoken_period(std::string_view from, std::string_view to);
std::string period(std::string_view from, std::string_view to);   // 2026年11月21日 14:19:29 至 14:33:05（UTC+8）
std::string duration(std::int64_t ms);                 // 13分36秒, 0.811秒
std::string seconds(std::int64_t ms);                  // 131.204
std::string bytes(std::uint64_t size);                 // 1.28 MB, 47 KB, 812 B
std::string number(std::int64_t value);                // 1,284
std::string or_missing(std::string value, std::string_view missing = "未记录");
// At most `most` characters, then "…": captions stay small enough for two on a page; Table A.4 has the whole.
std::string shortened(const std::string& text, std::size_t most);
std::string join(const std::vector<std::string>& parts, std::string_view between);

// The words of the package's codes.
std::string item_kind(std::string_view kind);          // licence → 证照公示信息
std::string mark(std::string_view mark);               // training → 训练手机，非真实手机
std::string gap_reason(std::string_view reason);       // link-lost: unplugged → 与手机的连接中断（unplugged）
std::string verdict(std::string_view verdict);         // pass → 正常
std::string file_name(std::string_view path);          // last component
std::string segment_name(std::string_view path);       // rec-0013

}  // namespace guzheng::report_text
