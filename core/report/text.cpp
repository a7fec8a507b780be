#include "core/report/text.h"

#include <fmt/format.h>

#include <array>
#include <cstdlib>

namespace guzheng::report_text {
namespace {

bool is_time(std::string_view time) { return parse_time(time).has_value(); }

using Pair = std::pair<std::string_view, std::string_view>;

template <std::size_t N>
std::string word(const std::array<Pair, N>& words, std::string_view code) {
  for (const auto& [key, value] : words) {
    if (key == code) return std::string(value);
  }
  return std::string(code);
}

std::string spoken_clock(std::string_view time) {
  return fmt::format("{}时{}分{}秒", time.substr(11, 2), time.substr(14, 2), time.substr(17, 2));
}

}  // namespace

std::vector<std::string> digest_lines(std::string_view hex, std::size_t groups) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < hex.size(); at += 4) {
    if (at / 4 % groups == 0) lines.emplace_back();
    if (!lines.back().empty()) lines.back() += ' ';
    lines.back() += hex.substr(at, 4);
  }
  return lines;
}

std::string zone(std::string_view time) {
  int minutes = 0;
  if (!parse_time(time, &minutes)) return {};
  const int rest = std::abs(minutes) % 60;
  return fmt::format("UTC{:+}{}", minutes / 60, rest == 0 ? std::string() : fmt::format(":{:02}", rest));
}

std::string day(std::string_view time) {
  if (!is_time(time)) return or_missing(std::string(time));
  return fmt::format("{}年{}月{}日", time.substr(0, 4), std::atoi(std::string(time.substr(5, 2)).c_str()),
                     std::atoi(std::string(time.substr(8, 2)).c_str()));
}

std::string long_time(std::string_view time) {
  if (!is_time(time)) return or_missing(std::string(time));
  return fmt::format("{} {}（{}）", day(time), time.substr(11, 8), zone(time));
}

std::string short_time(std::string_view time) {
  if (!is_time(time)) return or_missing(std::string(time));
  return fmt::format("{} {}", time.substr(0, 10), time.substr(11, 12));
}

std::string clock_time(std::string_view time) {
  return is_time(time) ? std::string(time.substr(11, 8)) : or_missing(std::string(time));
}

std::string clock_ms(std::string_view time) {
  return is_time(time) ? std::string(time.substr(11, 12)) : or_missing(std::string(time));
}

std::string period(std::string_view from, std::string_view to) {
  if (!is_time(from) || !is_time(to)) return long_time(from) + " 至 " + long_time(to);
  const bool same_day = from.substr(0, 10) == to.substr(0, 10);
  return fmt::format("{} {} 至 {}{}（{}）", day(from), from.substr(11, 8), same_day ? "" : day(to) + " ", to.substr(11, 8),
                     zone(from));
}

std::string spoken_period(std::string_view from, std::string_view to) {
  if (!is_time(from) || !is_time(to)) return long_time(from) + "至" + long_time(to);
  const bool same_day = from.substr(0, 10) == to.substr(0, 10);
  return day(from) + spoken_clock(from) + "至" + (same_day ? "" : day(to)) + spoken_clock(to);
}

std::string seconds(std::int64_t ms) { return fmt::format("{}.{:03}", ms / 1000, ms % 1000); }

std::string duration(std::int64_t ms) {
  if (ms < 0) return "未记录";
  if (ms < 10'000) return seconds(ms) + "秒";
  const std::int64_t total = ms / 1000;
  std::string text;
  if (total >= 3600) text += fmt::format("{}时", total / 3600);
  if (total >= 60) text += fmt::format("{}分", total / 60 % 60);
  return text + fmt::format("{:02}秒", total % 60);
}

std::string bytes(std::uint64_t size) {
  const auto value = static_cast<double>(size);
  if (size < 1000) return fmt::format("{} B", size);
  if (size < 1'000'000) return fmt::format("{:.0f} KB", value / 1e3);
  if (size < 100'000'000) return fmt::format("{:.2f} MB", value / 1e6);
  return fmt::format("{:.1f} MB", value / 1e6);
}

std::string number(std::int64_t value) {
  std::string digits = std::to_string(std::abs(value));
  for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), ",");
  return (value < 0 ? "-" : "") + digits;
}

std::string or_missing(std::string value, std::string_view missing) {
  return value.empty() ? std::string(missing) : std::move(value);
}

std::string shortened(const std::string& text, std::size_t most) {
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(text[at]) & 0xc0) != 0x80;
    if (begins && characters++ == most) return text.substr(0, at) + "…";
  }
  return text;
}

std::string join(const std::vector<std::string>& parts, std::string_view between) {
  std::string out;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!out.empty()) out += between;
    out += part;
  }
  return out;
}

std::string item_kind(std::string_view kind) {
  static constexpr std::array<Pair, 12> words{{{"photo", "照片"},
                                              {"audio", "录音"},
                                              {"video", "录像"},
                                              {"document", "文档"},
                                              {"file", "文件"},
                                              {"seal-before", "封存前照片"},
                                              {"seal-after", "封存后照片"},
                                              {"platform-home", "平台首页"},
                                              {"shop-home", "店铺首页"},
                                              {"licence", "证照公示信息"},
                                              {"violation", "主证内容相关页面"},
                                              {"other", "其他页面"}}};
  return word(words, kind);
}

std::string mark(std::string_view mark) {
  static constexpr std::array<Pair, 3> words{
      {{"training", "训练手机，非真实手机"}, {"emulator", "模拟器，非真实手机"}, {"rooted", "已取得根权限"}}};
  return word(words, mark);
}

std::string gap_reason(std::string_view reason) {
  static constexpr std::array<Pair, 10> words{{{"link-lost", "与手机的连接中断"},
                                              {"no-picture-change", "画面无变化，手机未发送新帧"},
                                              {"no-key-frame", "等待关键帧，此间的帧不能写入"},
                                              {"queue-full", "来不及写入，队列已满"},
                                              {"record-failed", "录屏文件不能继续写入"},
                                              {"stamp-late", "时间戳迟到，录屏未受影响"},
                                              {"pause", "暂停取证"},
                                              {"black-page", "页面全黑，录屏未受影响"},
                                              {"phone-locked", "手机锁屏或熄屏，录屏未受影响"},
                                              {"no-sound", "手机没有送来声音，录屏未受影响"}}};
  const std::size_t colon = reason.find(": ");
  const std::string said = word(words, reason.substr(0, colon));
  return colon == std::string_view::npos ? said : said + "（" + std::string(reason.substr(colon + 2)) + "）";
}

std::string verdict(std::string_view verdict) {
  static constexpr std::array<Pair, 4> words{
      {{"pass", "正常"}, {"note", "提示"}, {"fail", "不符"}, {"unknown", "无法判定"}}};
  return word(words, verdict);
}

std::string file_name(std::string_view path) { return std::string(path.substr(path.find_last_of('/') + 1)); }

std::string segment_name(std::string_view path) {
  const std::string name = file_name(path);
  return name.substr(0, name.find('.'));
}

}  // namespace guzheng::report_text
