#include "core/custody/statements.h"

#include <array>

#include "core/custody/journal.h"

namespace guzheng {

namespace {

constexpr std::array<std::pair<OpeningAnswer, std::string_view>, 4> kAnswers{{{OpeningAnswer::Consents, "consents"},
                                                                              {OpeningAnswer::Refuses, "refuses"},
                                                                              {OpeningAnswer::Silent, "silent"},
                                                                              {OpeningAnswer::Absent, "absent"}}};

// The same for what is to be written and for what is read.
std::string answer_problem(OpeningAnswer answer, bool somebody, bool words, bool reason) {
  if (somebody == (answer == OpeningAnswer::Absent)) return "an answer names who gave it, and names nobody when nobody was there";
  const bool said = answer == OpeningAnswer::Consents || answer == OpeningAnswer::Refuses;
  if (said && !words) return "an answer needs its words";
  if (reason != (answer == OpeningAnswer::Refuses)) return "a refusal or a request for 回避 has its reason, and no other answer has one";
  return {};
}

}  // namespace

std::string_view to_string(OpeningAnswer answer) {
  for (const auto& [value, word] : kAnswers)
    if (value == answer) return word;
  return "absent";
}

std::optional<OpeningAnswer> opening_answer(std::string_view text) {
  for (const auto& [value, word] : kAnswers)
    if (word == text) return value;
  return std::nullopt;
}

std::string statement_problem(const OpeningStatement& statement) {
  if (statement.title.empty() || statement.text.empty()) return "an opening statement needs its title and its words";
  return answer_problem(statement.answer, !statement.answered_by.empty(), !statement.words.empty(), !statement.reason.empty());
}

Json said_body(int no, const OpeningStatement& statement) {
  return {{"act", "say"}, {"no", no}, {"text", journal_text(statement.text)}, {"title", journal_text(statement.title)}, {"who", journal_text(statement.who)}};
}

Json answer_body(int no, const OpeningStatement& statement) {
  Json body{{"act", "answer"}, {"no", no}, {"result", std::string(to_string(statement.answer))}, {"text", journal_text(statement.words)},
            {"who", journal_text(statement.answered_by)}};
  if (!statement.reason.empty()) body["reason"] = journal_text(statement.reason);
  return body;
}

std::string confirm_problem(const Json& body) {
  const std::string act = text_at(body, "act");
  if (!body.contains("act")) return {};
  if (act == "say") return text_at(body, "title").empty() || text_at(body, "text").empty() || text_at(body, "who").empty() ? "a statement needs its title, its words and who said them" : "";
  if (act != "answer") return "`act` is neither say nor answer";
  const auto answer = opening_answer(text_at(body, "result"));
  if (!answer) return "`result` is none of the four";
  return answer_problem(*answer, !text_at(body, "who").empty(), !text_at(body, "text").empty(), !text_at(body, "reason").empty());
}

std::string confirm_row_problem(const std::vector<const Json*>& bodies, bool torn) {
  std::size_t old = 0;
  for (const Json* body : bodies) old += body->contains("act") ? 0 : 1;
  if (old == bodies.size()) return {};
  if (old != 0) return "the forms of two versions are mixed";
  for (std::size_t i = 0; i < bodies.size(); ++i)
    if (text_at(*bodies[i], "act") != (i % 2 == 0 ? "say" : "answer") || integer_at(*bodies[i], "no") != static_cast<std::int64_t>(i / 2 + 1))
      return "statements and answers do not follow each other by their numbers";
  return bodies.size() % 2 == 1 && !torn ? "the last statement has no answer" : "";
}

}  // namespace guzheng
