#include "core/tasks/clue.h"

#include <algorithm>

#include "core/base/blank.h"
#include "core/tasks/names.h"
#include "core/tasks/text_check.h"

namespace guzheng {

namespace {

constexpr std::array<std::string_view, 3> kSources{"complaint", "patrol", "transfer"};
constexpr std::array<std::string_view, 8> kClueFields{"from", "outside_number", "received", "subject", "operator_name", "link", "content", "documents"};
constexpr std::array<std::string_view, 4> kClueTroubles{"missing", "too-long", "not-plain", "in-the-future"};

}  // namespace

std::string_view to_string(ClueSource source) { return spelled(kSources, source); }
std::string_view to_string(ClueField field) { return spelled(kClueFields, field); }
std::string_view to_string(ClueTrouble trouble) { return spelled(kClueTroubles, trouble); }
std::optional<ClueSource> clue_source(std::string_view text) { return unspelled<ClueSource>(kSources, text); }

std::vector<ClueProblem> clue_problems(const Clue& clue, Day today) {
  std::vector<ClueProblem> out;
  const auto line = [&](ClueField field, const std::string& text, bool needed, std::size_t most, bool plain) {
    if (needed && is_blank(text)) out.push_back({field, ClueTrouble::Missing});
    else if (text.size() > most) out.push_back({field, ClueTrouble::TooLong});
    else if (!plain) out.push_back({field, ClueTrouble::NotPlain});
  };
  const auto short_line = [&](ClueField field, const std::string& text, bool needed) { line(field, text, needed, kMostLine, is_plain_line(text)); };
  short_line(ClueField::From, clue.from, true);
  short_line(ClueField::OutsideNumber, clue.outside_number, false);
  if (!clue.received) out.push_back({ClueField::Received, ClueTrouble::Missing});
  else if (*clue.received > today) out.push_back({ClueField::Received, ClueTrouble::InTheFuture});
  short_line(ClueField::Subject, clue.subject, false);
  short_line(ClueField::Operator, clue.operator_name, false);
  line(ClueField::Link, clue.link, false, 2000, is_plain_line(clue.link));
  line(ClueField::Content, clue.content, true, kMostText, is_plain_text(clue.content));
  const bool documents = std::all_of(clue.documents.begin(), clue.documents.end(), [](const Document& one) { return is_plain_line(one.name) && !is_blank(one.name) && is_hex_digest(one.sha256); });
  if (!documents) out.push_back({ClueField::Documents, ClueTrouble::NotPlain});
  return out;
}

Json to_json(const Clue& clue) {
  Json documents = Json::array();
  for (const auto& one : clue.documents) documents.push_back(Json{{"name", one.name}, {"sha256", one.sha256}});
  return Json{{"source", to_string(clue.source)}, {"from", clue.from},       {"outside_number", clue.outside_number}, {"received", clue.received ? day_text(*clue.received) : std::string()},
              {"subject", clue.subject},          {"operator_name", clue.operator_name}, {"link", clue.link},         {"content", clue.content},
              {"documents", documents}};
}

}  // namespace guzheng
