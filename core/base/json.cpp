#include "core/base/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

#include "core/base/bytes.h"

namespace guzheng {

namespace {

constexpr std::int64_t kMaxSafe = (std::int64_t{1} << 53) - 1;

// RFC 8785 sorts keys by UTF-16 code units: that differs from byte order only where a
// supplementary character (four bytes in UTF-8) meets one from U+E000 on (three bytes).
bool utf16_less(const std::string& a, const std::string& b) {
  const auto rank = [](unsigned char c) -> int { return c >= 0xf0 ? 0xed * 2 + 1 : c * 2; };
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
    if (a[i] != b[i]) return rank(static_cast<unsigned char>(a[i])) < rank(static_cast<unsigned char>(b[i]));
  return a.size() < b.size();
}

void put_string(std::string& out, const std::string& text) {
  out += '"';
  for (char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\b': out += "\\b"; break;
      case '\f': out += "\\f"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) out += fmt::format("\\u{:04x}", static_cast<int>(c));
        else out += c;
    }
  }
  out += '"';
}

Status put(std::string& out, const Json& value) {
  switch (value.type()) {
    case Json::value_t::null: out += "null"; return ok();
    case Json::value_t::boolean: out += value.get<bool>() ? "true" : "false"; return ok();
    case Json::value_t::number_integer: {
      const auto n = value.get<std::int64_t>();
      if (n > kMaxSafe || n < -kMaxSafe) return fail(ErrorKind::Bug, "integer outside 2^53 in JSON");
      out += std::to_string(n);
      return ok();
    }
    case Json::value_t::number_unsigned: {
      const auto n = value.get<std::uint64_t>();
      if (n > static_cast<std::uint64_t>(kMaxSafe)) return fail(ErrorKind::Bug, "integer outside 2^53 in JSON");
      out += std::to_string(n);
      return ok();
    }
    case Json::value_t::string: {
      const auto& text = value.get_ref<const std::string&>();
      if (!is_utf8(text)) return fail(ErrorKind::Bug, "string in JSON is no UTF-8");
      put_string(out, text);
      return ok();
    }
    case Json::value_t::array: {
      out += '[';
      bool first = true;
      for (const auto& item : value) {
        if (!std::exchange(first, false)) out += ',';
        GZ_TRY(put(out, item));
      }
      out += ']';
      return ok();
    }
    case Json::value_t::object: {
      std::vector<std::string> keys;
      for (const auto& [key, unused] : value.items()) keys.push_back(key);
      std::sort(keys.begin(), keys.end(), utf16_less);
      out += '{';
      bool first = true;
      for (const auto& key : keys) {
        if (!is_utf8(key)) return fail(ErrorKind::Bug, "key in JSON is no UTF-8");
        if (!std::exchange(first, false)) out += ',';
        put_string(out, key);
        out += ':';
        GZ_TRY(put(out, value.at(key)));
      }
      out += '}';
      return ok();
    }
    default: return fail(ErrorKind::Bug, "floats and binary have no place in evidence JSON");
  }
}

// Watches the parse for what nlohmann lets through: duplicate keys, floats, deep nesting.
struct StrictWatch {
  std::vector<std::set<std::string>> open;
  std::string problem;
  bool operator()(int depth, Json::parse_event_t event, Json& parsed) {
    using E = Json::parse_event_t;
    if (depth > 32) problem = "nested too deep";
    if (event == E::object_start) open.emplace_back();
    if (event == E::object_end && !open.empty()) open.pop_back();
    if (event == E::key && !open.empty() && !open.back().insert(parsed.get<std::string>()).second)
      problem = "key twice: " + parsed.get<std::string>();
    if (event == E::value && parsed.is_number_float()) problem = "a float";
    return true;
  }
};

}  // namespace

Result<std::string> canonical_json(const Json& value) {
  std::string out;
  GZ_TRY(put(out, value));
  return out;
}

Result<Json> parse_json(std::string_view text) {
  if (!is_utf8(text)) return fail(ErrorKind::Invalid, "JSON is no UTF-8");
  StrictWatch watch;
  // exceptions off: a bad text gives a discarded value
  Json value = Json::parse(text.begin(), text.end(), std::ref(watch), false);
  if (value.is_discarded()) return fail(ErrorKind::Invalid, "no JSON");
  if (!watch.problem.empty()) return fail(ErrorKind::Invalid, "JSON: " + watch.problem);
  return value;
}

Result<Json> parse_canonical_json(std::string_view text) {
  GZ_TRY_ASSIGN(Json value, parse_json(text));
  auto spelled = canonical_json(value);
  if (!spelled || *spelled != text) return fail(ErrorKind::Invalid, "JSON is not in its canonical spelling");
  return value;
}

std::string text_at(const Json& object, std::string_view key, std::string fallback) {
  const auto it = object.is_object() ? object.find(std::string(key)) : object.end();
  return object.is_object() && it != object.end() && it->is_string() ? it->get<std::string>() : fallback;
}

std::int64_t integer_at(const Json& object, std::string_view key, std::int64_t fallback) {
  const auto it = object.is_object() ? object.find(std::string(key)) : object.end();
  return object.is_object() && it != object.end() && it->is_number_integer() ? it->get<std::int64_t>() : fallback;
}

bool bool_at(const Json& object, std::string_view key, bool fallback) {
  const auto it = object.is_object() ? object.find(std::string(key)) : object.end();
  return object.is_object() && it != object.end() && it->is_boolean() ? it->get<bool>() : fallback;
}

}  // namespace guzheng
