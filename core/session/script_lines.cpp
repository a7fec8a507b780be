#include "core/session/script_lines.h"

#include <algorithm>

#include "core/base/json.h"

namespace guzheng {

namespace {

// Walks over JSON without making values of it.
class Walker {
 public:
  explicit Walker(std::string_view text) : text_(text) {}

  std::vector<int> steps() {
    std::vector<int> out;
    std::string_view key;
    bool in_steps = false, fresh = false;          // fresh: an element of the list may begin here
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '\n') ++line_;
      if (c == ' ' || c == '\n' || c == '\r' || c == '\t') continue;
      if (in_steps && depth_ == 2 && fresh && c != ']') {
        out.push_back(line_);
        fresh = false;
      }
      if (c == '"') {
        const auto text = string();
        if (depth_ == 1) key = text;
      } else if (c == '{' || c == '[') {
        if (++depth_ == 2 && c == '[' && key == "steps") in_steps = fresh = true;
      } else if (c == '}' || c == ']') {
        if (depth_-- == 2) in_steps = false;
      } else if (c == ',' && depth_ == 2) {
        fresh = true;
      }
    }
    return out;
  }

 private:
  // Stands on the opening quote; leaves on the closing one. Escapes stay as they are: "steps" has none.
  std::string_view string() {
    const std::size_t from = ++at_;
    for (; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\') ++at_;
      if (at_ < text_.size() && text_[at_] == '\n') ++line_;
    }
    return text_.substr(std::min(from, text_.size()), std::min(at_, text_.size()) - std::min(from, text_.size()));
  }
  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1, depth_ = 0;
};

}  // namespace

std::vector<int> lines_of_steps(std::string_view json) { return Walker(json).steps(); }

int line_of_mistake(std::string_view text) {
  try {
    const Json json = Json::parse(text.begin(), text.end());
  } catch (const Json::parse_error& error) {
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(error.byte == 0 ? 0 : error.byte - 1, text.size()));
    return 1 + static_cast<int>(std::count(text.begin(), end, '\n'));
  } catch (const Json::exception&) {
    return 0;
  }
  return 0;
}

}  // namespace guzheng
