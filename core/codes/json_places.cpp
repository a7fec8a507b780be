#include "core/codes/json_places.h"

#include <algorithm>

#include <fmt/format.h>

namespace guzheng {

namespace {
constexpr int kMostDepth = 32;

std::string shown(const std::string& pointer) {        // "/rules/3/fields" → "rules[3].fields", counted from 1
  std::string out;
  for (std::size_t at = 0; at < pointer.size();) {
    const auto end = std::min(pointer.find('/', at + 1), pointer.size());
    const std::string part = pointer.substr(at + 1, end - at - 1);
    if (!part.empty() && std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; }) && part.size() < 9) out += fmt::format("[{}]", std::stoi(part) + 1);
    else out += (out.empty() ? "" : ".") + part;
    at = end;
  }
  return out;
}

}  // namespace

JsonPlaces::JsonPlaces(std::string_view text) : text_(text) { value(0); }

void JsonPlaces::spaces() {
  for (; at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\r' || text_[at_] == '\n'); ++at_) line_ += text_[at_] == '\n';
}

std::string JsonPlaces::string() {
  const std::size_t from = ++at_;
  for (; at_ < text_.size() && text_[at_] != '"'; ++at_)
    if (text_[at_] == '\\') ++at_;
  const std::string out(text_.substr(from, std::min(at_, text_.size()) - from));
  ++at_;
  return out;
}

void JsonPlaces::value(int depth) {
  spaces();
  lines_.emplace(pointer_, line_);
  if (at_ >= text_.size() || depth > kMostDepth) return;
  const char open = text_[at_];
  if (open == '"') {
    (void)string();
  } else if (open == '{' || open == '[') {
    ++at_;
    const std::size_t length = pointer_.size();
    for (int index = 0; at_ < text_.size(); ++index) {
      spaces();
      if (at_ >= text_.size() || text_[at_] == '}' || text_[at_] == ']') break;
      pointer_ += "/";
      if (open == '{' && text_[at_] == '"') {
        pointer_ += string();
        spaces();
        if (at_ < text_.size() && text_[at_] == ':') ++at_;
      } else {
        pointer_ += std::to_string(index);
      }
      const std::size_t before = at_;
      value(depth + 1);
      pointer_.resize(length);
      spaces();
      if (at_ < text_.size() && text_[at_] == ',') ++at_;
      if (at_ == before) break;                        // no JSON
    }
    if (at_ < text_.size()) ++at_;
  } else {
    while (at_ < text_.size() && std::string_view(",]} \t\r\n").find(text_[at_]) == std::string_view::npos) ++at_;
  }
}

int JsonPlaces::line(const std::string& pointer) const {
  for (std::string at = pointer;; at.resize(at.rfind('/'))) {
    if (const auto found = lines_.find(at); found != lines_.end()) return found->second;
    if (at.empty() || at.rfind('/') == at.npos) return 1;
  }
}

void JsonForm::wrong(const std::string& pointer, std::string chinese, std::string english) {
  problems_.push_back({places_.line(pointer), shown(pointer), std::move(chinese), std::move(english)});
}

void JsonForm::only(const Json& object, const std::string& pointer, const std::vector<std::string_view>& known) {
  if (!object.is_object()) return wrong(pointer, "应为对象", "must be an object");
  for (const auto& [key, value] : object.items())
    if (std::find(known.begin(), known.end(), key) == known.end()) wrong(pointer + "/" + key, "没有“" + key + "”这一项", "there is no \"" + key + "\" here");
}

const Json* JsonForm::member_of(const Json& object, const std::string& pointer, const std::string& member, bool needed) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(member);
  if (found != object.end()) return &*found;
  if (needed) wrong(pointer, "缺少“" + member + "”", "\"" + member + "\" is missing");
  return nullptr;
}

std::string JsonForm::text(const Json& object, const std::string& pointer, const std::string& member, bool needed) {
  const Json* value = member_of(object, pointer, member, needed);
  if (!value) return {};
  if (!value->is_string() || value->get_ref<const std::string&>().size() > 4096 || (needed && value->get_ref<const std::string&>().empty())) {
    wrong(pointer + "/" + member, "应为文字", "must be a text");
    return {};
  }
  return value->get<std::string>();
}

std::vector<std::string> JsonForm::texts(const Json& object, const std::string& pointer, const std::string& member, bool needed) {
  const Json* value = member_of(object, pointer, member, needed);
  if (!value) return {};
  if (value->is_string()) return {value->get<std::string>()};
  std::vector<std::string> out;
  const bool list = value->is_array() && std::all_of(value->begin(), value->end(), [](const Json& item) { return item.is_string(); });
  if (!list || (needed && value->empty()) || value->size() > 10'000) {
    wrong(pointer + "/" + member, "应为文字的列表", "must be a list of texts");
    return out;
  }
  for (const auto& item : *value) out.push_back(item.get<std::string>());
  return out;
}

std::vector<std::pair<std::string, std::string>> JsonForm::words(const Json& object, const std::string& pointer, const std::string& member, bool needed) {
  const Json* value = member_of(object, pointer, member, needed);
  std::vector<std::pair<std::string, std::string>> out;
  if (!value) return out;
  if (!value->is_object() || value->size() > 10'000) {
    wrong(pointer + "/" + member, "应为“原文：改为”的对照表", "must be a table of texts");
    return out;
  }
  for (const auto& [key, item] : value->items()) {
    if (item.is_string()) out.emplace_back(key, item.get<std::string>());
    else wrong(pointer + "/" + member + "/" + key, "应为文字", "must be a text");
  }
  return out;
}

std::string JsonForm::one_of(const Json& object, const std::string& pointer, const std::string& member, const std::vector<std::string>& allowed) {
  const std::string value = text(object, pointer, member);
  if (value.empty()) return allowed.front();
  if (std::find(allowed.begin(), allowed.end(), value) != allowed.end()) return value;
  const std::string list = fmt::format("{}", fmt::join(allowed, ", "));
  wrong(pointer + "/" + member, "只能是：" + list, "must be one of: " + list);
  return allowed.front();
}

Result<Json> parse_rules_json(std::string_view text, std::vector<RuleProblem>& problems) {
  auto parsed = parse_json(text);
  if (parsed) return parsed;
  int line = 0;
  try {
    [[maybe_unused]] const Json parsed_again = Json::parse(text.begin(), text.end());
  } catch (const Json::parse_error& error) {
    const auto end = std::min<std::size_t>(error.byte == 0 ? 0 : error.byte - 1, text.size());
    line = 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
  } catch (const Json::exception&) {
  }
  problems.push_back({line, "", "不是 JSON：" + parsed.error().what, "no JSON: " + parsed.error().what});
  return parsed;
}

std::string in_english(const std::vector<RuleProblem>& problems) {
  std::string out;
  for (std::size_t i = 0; i < problems.size() && i < 5; ++i)
    out += fmt::format("{}line {}{}{}: {}", i ? "; " : "", problems[i].line, problems[i].where.empty() ? "" : ", ", problems[i].where, problems[i].english);
  return problems.size() > 5 ? out + fmt::format("; and {} more", problems.size() - 5) : out;
}

}  // namespace guzheng
