#include "core/search/text_search.h"

#include <algorithm>
#include <unordered_set>

#include "core/base/bytes.h"
#include "core/search/fold.h"
#include "core/search/text_scan.h"

namespace guzheng {

namespace {

bool is_printable(std::string_view text) {
  return is_utf8(text) && std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

bool is_mark(const std::string& mark) { return !mark.empty() && mark.size() <= kMostTextMark && is_printable(mark) && mark.find_first_of(" \"") == mark.npos; }
bool is_text_id(const std::string& id) { return !id.empty() && id.size() <= kMostTextId && is_printable(id); }

Status check_fields(const TextDocument& document) {
  if (document.names.size() + document.others.size() + document.codes.size() + document.marks.size() > kMostTextFields)
    return fail(ErrorKind::Invalid, document.id + " has more than " + std::to_string(kMostTextFields) + " fields");
  for (const auto* list : {&document.names, &document.others, &document.codes})
    for (const auto& text : *list)
      if (text.size() > kMostTextField || !is_utf8(text)) return fail(ErrorKind::Invalid, "a text of " + document.id + " is too long, or not UTF-8");
  for (const auto& mark : document.marks)
    if (!is_mark(mark)) return fail(ErrorKind::Invalid, "a mark of " + document.id + " is empty, too long, or holds what no mark may");
  return ok();
}

bool has_word(const QueryWord& word, const TextDocument& document) {
  const auto holds = [&](const std::string& text) { return fold_text(text).find(word.folded) != std::string::npos; };
  if (std::any_of(document.names.begin(), document.names.end(), holds)) return true;
  if (count_characters(word.folded) >= 2 && std::any_of(document.others.begin(), document.others.end(), holds)) return true;
  return !word.code.empty() && std::any_of(document.codes.begin(), document.codes.end(), [&](const std::string& code) { return text_code(code).starts_with(word.code); });
}

}  // namespace

std::string text_code(std::string_view raw) {
  std::string out = fold_code(raw);
  if (out.size() > kMostTextCode || std::any_of(out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) return {};
  return out;
}

Status check_text_batch(const TextBatch& batch, std::int64_t applied) {
  if (batch.put.size() + batch.gone.size() > kMostTextBatch) return fail(ErrorKind::Invalid, "more than " + std::to_string(kMostTextBatch) + " documents in one batch");
  std::unordered_set<std::string_view> ids;
  std::int64_t last = applied;
  for (const auto& document : batch.put) {
    if (!is_text_id(document.id) || !ids.insert(document.id).second) return fail(ErrorKind::Invalid, "the id of the document at place " + std::to_string(document.place) + " is none, or twice in the batch");
    if (document.place <= last) return fail(ErrorKind::Invalid, "the place of " + document.id + " does not come after " + std::to_string(last));
    last = document.place;
    GZ_TRY(check_fields(document));
  }
  for (const auto& id : batch.gone)
    if (!is_text_id(id) || !ids.insert(id).second) return fail(ErrorKind::Invalid, "an id to take out is none, or twice in the batch");
  if (batch.applied <= applied || batch.applied < last) return fail(ErrorKind::Invalid, "the batch ends at " + std::to_string(batch.applied) + ", which is not after all that it holds");
  return ok();
}

Result<std::vector<QueryWord>> check_text_question(const TextQuestion& question) {
  if (question.words.size() > kMostTextQuestion || !is_utf8(question.words)) return fail(ErrorKind::Invalid, "what to search for is longer than " + std::to_string(kMostTextQuestion) + " bytes, or not UTF-8");
  if (question.limit < 1 || question.limit > kMostTextHits || question.after < 0) return fail(ErrorKind::Invalid, "a page has 1 to " + std::to_string(kMostTextHits) + " hits, after a place from 0 on");
  if (question.marks.size() > kMostMarkGroups) return fail(ErrorKind::Invalid, "more filters than can be asked at once");
  for (const auto& group : question.marks)
    if (group.empty() || group.size() > kMostMarksOfGroup || !std::all_of(group.begin(), group.end(), is_mark)) return fail(ErrorKind::Invalid, "a filter is empty, too long, or holds what no filter may");
  auto words = query_words(question.words);
  if (words.empty() && question.words.find_first_not_of(' ') != std::string::npos) return fail(ErrorKind::Invalid, "what to search for holds no letter, digit or character");
  for (auto& word : words) {
    word.letters.clear();
    if (word.code.size() > kMostTextCode) word.code.clear();
  }
  return words;
}

bool is_found(const std::vector<QueryWord>& words, const std::vector<std::vector<std::string>>& marks, const TextDocument& document) {
  const auto has_one = [&](const std::vector<std::string>& group) {
    return std::any_of(group.begin(), group.end(), [&](const std::string& mark) { return std::find(document.marks.begin(), document.marks.end(), mark) != document.marks.end(); });
  };
  return std::all_of(marks.begin(), marks.end(), has_one) && std::all_of(words.begin(), words.end(), [&](const QueryWord& word) { return has_word(word, document); });
}

}  // namespace guzheng
