#include "core/httpd/http.h"

#include <algorithm>
#include <array>
#include <ctime>

#include <fmt/format.h>

namespace guzheng {

namespace {

constexpr std::size_t kLongestTarget = 2000;

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

std::string_view cut_segment(std::string_view& rest) {
  const auto slash = std::min(rest.find('/'), rest.size());
  const auto segment = rest.substr(0, slash);
  rest.remove_prefix(slash == rest.size() ? slash : slash + 1);
  return segment;
}

// Same count of segments, each the same or a {name} that holds one which is no folder of its own.
bool fits(std::string_view pattern, std::string_view path, std::map<std::string, std::string>& params) {
  params.clear();
  if (std::count(pattern.begin(), pattern.end(), '/') != std::count(path.begin(), path.end(), '/')) return false;
  while (!pattern.empty() || !path.empty()) {
    const auto wanted = cut_segment(pattern), given = cut_segment(path);
    if (!wanted.starts_with('{')) {
      if (wanted != given) return false;
      continue;
    }
    if (given.empty() || given == "." || given == "..") return false;
    params[std::string(wanted.substr(1, wanted.size() - 2))] = std::string(given);
  }
  return true;
}

}  // namespace

std::string HttpRequest::header(std::string_view name) const {
  const auto it = headers.find(name);
  return it == headers.end() ? std::string() : it->second;
}

const HttpRoute* HttpRouter::find(std::string_view method, std::string_view path, std::map<std::string, std::string>& params, std::string& allowed) const {
  allowed.clear();
  for (const auto& route : routes_) {
    if (!fits(route.pattern, path, params)) continue;
    if (route.method == method) return &route;
    allowed += (allowed.empty() ? "" : ", ") + route.method;
  }
  params.clear();
  return nullptr;
}

Status parse_target(std::string_view target, HttpRequest& into) {
  if (target.size() > kLongestTarget) return fail(ErrorKind::Invalid, "the target is longer than 2000 bytes");
  const auto mark = std::min(target.find('?'), target.size());
  const auto path = target.substr(0, mark);
  if (!path.starts_with('/') || !std::all_of(path.begin(), path.end(), [](char c) { return is_unreserved(c) || c == '/'; }))
    return fail(ErrorKind::Invalid, "the path holds another character than letters, digits, - . _ ~ and /");
  into.path = std::string(path);
  into.query.clear();
  for (auto rest = mark == target.size() ? std::string_view() : target.substr(mark + 1); !rest.empty();) {
    const auto end = std::min(rest.find('&'), rest.size());
    const auto pair = rest.substr(0, end);
    rest.remove_prefix(end == rest.size() ? end : end + 1);
    const auto equals = pair.find('=');
    const auto name = pair.substr(0, equals), value = equals == pair.npos ? std::string_view() : pair.substr(equals + 1);
    if (name.empty() || !std::all_of(name.begin(), name.end(), is_unreserved) || !std::all_of(value.begin(), value.end(), is_unreserved))
      return fail(ErrorKind::Invalid, "the query holds another character than letters, digits, - . _ ~ = and &");
    if (!into.query.emplace(name, value).second) return fail(ErrorKind::Invalid, "the query names '" + std::string(name) + "' twice");
  }
  return ok();
}

std::string http_date(std::int64_t seconds) {
  static constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::time_t at = static_cast<std::time_t>(seconds);
  std::tm tm{};
  ::gmtime_r(&at, &tm);
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", days[static_cast<std::size_t>(tm.tm_wday)], tm.tm_mday, months[static_cast<std::size_t>(tm.tm_mon)], tm.tm_year + 1900, tm.tm_hour,
                     tm.tm_min, tm.tm_sec);
}

}  // namespace guzheng
