#include "core/search/groonga_words.h"

#include <algorithm>

#include "core/base/json.h"
#include "core/search/fold.h"

namespace guzheng {

namespace {

std::string any_of_these(const std::vector<std::string>& all) {
  std::string out;
  for (const auto& one : all) out += (out.empty() ? "" : " || ") + one;
  return '(' + out + ')';
}

std::string word_filter(const QueryWord& word) {
  const std::string text = groonga_quoted(word.folded);
  if (count_characters(word.folded) < 2) return any_of_these({"GuzhengTextChar.names @ " + text});
  std::vector<std::string> out{"GuzhengTextPair.names @ " + text, "GuzhengTextPair.others @ " + text};
  if (!word.code.empty()) out.push_back("codes @^ " + groonga_quoted(word.code));
  return any_of_these(out);
}

}  // namespace

std::string groonga_quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' || c == '\r' || c == '\0' ? ' ' : c;
  }
  return out + '"';
}

std::string groonga_filter(const std::vector<QueryWord>& words, const std::vector<std::vector<std::string>>& groups) {
  std::string out;
  const auto and_also = [&](const std::string& more) { out += (out.empty() ? "" : " && ") + more; };
  for (const auto& word : words) and_also(word_filter(word));
  for (const auto& group : groups) {
    std::vector<std::string> marks;
    for (const auto& mark : group) marks.push_back("marks @ " + groonga_quoted(mark));
    and_also(any_of_these(marks));
  }
  return out;
}

std::string groonga_id_filter(const std::vector<std::string>& ids, std::size_t from, std::size_t to) {
  std::vector<std::string> out;
  for (std::size_t at = from; at < std::min(to, ids.size()); ++at) out.push_back("_key == " + groonga_quoted(ids[at]));
  return any_of_these(out);
}

std::string groonga_document(const TextDocument& document) {
  Json names = Json::array(), others = Json::array(), codes = Json::array(), marks = Json::array();
  for (const auto& name : document.names)
    if (auto text = fold_text(name); !text.empty()) names.push_back(std::move(text));
  for (const auto& other : document.others)
    if (auto text = fold_text(other); !text.empty()) others.push_back(std::move(text));
  for (const auto& raw : document.codes)
    if (auto code = text_code(raw); !code.empty()) codes.push_back(std::move(code));
  for (const auto& mark : document.marks) marks.push_back(mark);
  return Json{{"_key", document.id}, {"place", document.place}, {"names", std::move(names)}, {"others", std::move(others)}, {"codes", std::move(codes)}, {"marks", std::move(marks)}}.dump();
}

}  // namespace guzheng
