#include "core/tasks/calendar_notice.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "core/base/blank.h"
#include "core/base/bytes.h"

namespace guzheng {

namespace {

constexpr std::size_t kMostNoticeBytes = 1u << 20;
constexpr int kLongestRange = 31, kFirstYear = 1990, kLastYear = 2100;

std::string_view trimmed_field(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

std::optional<int> year_in(std::string_view text) {
  int year = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), year);
  if (text.size() != 4 || end.ptr != text.data() + 4 || year < kFirstYear || year > kLastYear) return {};
  return year;
}

class NoticeReader {
 public:
  void line(std::size_t number, std::string_view text) {
    text = trimmed_field(text);
    if (text.empty() || text.front() == '#') return;
    number_ = number;
    text_ = text;
    const auto first = text.find(','), second = first == std::string_view::npos ? first : text.find(',', first + 1);
    if (second == std::string_view::npos) return trouble(NoticeTrouble::NotThreeFields);
    const auto when = trimmed_field(text.substr(0, first)), kind = trimmed_field(text.substr(first + 1, second - first - 1)), name = trimmed_field(text.substr(second + 1));
    if (kind == "通知" || kind == "暂定") year(when, kind == "暂定", name);
    else days(when, kind, name);
  }

  NoticeReading end() {
    end_year();
    if (out_.notices.empty() && out_.problems.empty()) out_.problems.push_back({0, NoticeTrouble::Nothing, ""});
    return std::move(out_);
  }

 private:
  void trouble(NoticeTrouble what) { out_.problems.push_back({number_, what, std::string(text_)}); }

  void year(std::string_view when, bool provisional, std::string_view source) {
    end_year();
    const auto told = year_in(when);
    if (!told || std::any_of(out_.notices.begin(), out_.notices.end(), [&](const CalendarNotice& one) { return one.year == *told; })) {
      known_ = false;
      return trouble(NoticeTrouble::BadYear);
    }
    if (!provisional && is_blank(source)) trouble(NoticeTrouble::NoSource);
    out_.notices.push_back({*told, std::string(source), provisional, {}});
    known_ = open_ = true;
    year_line_ = number_;
    year_text_ = text_;
  }

  void end_year() {
    if (open_ && out_.notices.back().days.empty()) out_.problems.push_back({year_line_, NoticeTrouble::NoDays, std::string(year_text_)});
    open_ = false;
  }

  void days(std::string_view when, std::string_view kind, std::string_view name) {
    const auto tilde = when.find('~');
    const auto from = day_from(when.substr(0, tilde)), until = tilde == std::string_view::npos ? from : day_from(when.substr(tilde + 1));
    if (!from || !until) return trouble(NoticeTrouble::BadDate);
    if (*until < *from || (*until - *from).count() >= kLongestRange) return trouble(NoticeTrouble::BadRange);
    if (kind != "休" && kind != "班") return trouble(NoticeTrouble::BadKind);
    if (!known_) return trouble(NoticeTrouble::NoYearYet);
    for (Day day = *from; day <= *until; day += std::chrono::days(1)) {
      if (const auto why = one_day(day, kind == "休", name)) return trouble(*why);
    }
  }

  std::optional<NoticeTrouble> one_day(Day day, bool off, std::string_view name) {
    auto& notice = out_.notices.back();
    const bool december_before = year_of(day) == notice.year - 1 && day >= day_in(notice.year - 1, 12, 1);
    if (year_of(day) != notice.year && !december_before) return NoticeTrouble::OutsideItsYear;
    if (!told_.insert(day).second) return NoticeTrouble::ToldTwice;
    if (!off && !is_weekend(day)) return NoticeTrouble::WorkedAnyway;
    notice.days.push_back({day, off, std::string(name)});
    return {};
  }

  NoticeReading out_;
  std::set<Day> told_;
  bool known_ = false, open_ = false;
  std::size_t number_ = 0, year_line_ = 0;
  std::string_view text_, year_text_;
};

}  // namespace

std::string_view to_string(NoticeTrouble trouble) {
  switch (trouble) {
    case NoticeTrouble::TooBig: return "too-big";
    case NoticeTrouble::NotUtf8: return "not-utf8";
    case NoticeTrouble::NotThreeFields: return "not-three-fields";
    case NoticeTrouble::BadDate: return "bad-date";
    case NoticeTrouble::BadRange: return "bad-range";
    case NoticeTrouble::BadKind: return "bad-kind";
    case NoticeTrouble::BadYear: return "bad-year";
    case NoticeTrouble::NoSource: return "no-source";
    case NoticeTrouble::NoYearYet: return "no-year-yet";
    case NoticeTrouble::OutsideItsYear: return "outside-its-year";
    case NoticeTrouble::ToldTwice: return "told-twice";
    case NoticeTrouble::WorkedAnyway: return "worked-anyway";
    case NoticeTrouble::NoDays: return "no-days";
    case NoticeTrouble::Nothing: return "nothing";
  }
  return "nothing";
}

NoticeReading read_notices(std::string_view text) {
  NoticeReading bad;
  if (text.size() > kMostNoticeBytes) bad.problems.push_back({0, NoticeTrouble::TooBig, ""});
  else if (!is_utf8(text)) bad.problems.push_back({0, NoticeTrouble::NotUtf8, ""});
  if (!bad.problems.empty()) return bad;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  NoticeReader reader;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = text.find('\n');
    reader.line(number, text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return reader.end();
}

std::string notice_text(const CalendarNotice& notice) {
  std::string out = std::to_string(notice.year) + (notice.provisional ? ",暂定," : ",通知,") + notice.source + "\n";
  for (const auto& day : notice.days) out += day_text(day.day) + (day.off ? ",休," : ",班,") + day.name + "\n";
  return out;
}

}  // namespace guzheng
