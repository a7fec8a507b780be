#include "core/session/statements.h"

#include <algorithm>

#include "core/custody/journal.h"
#include "core/session/ledger.h"

namespace guzheng {

namespace {

constexpr std::size_t kMostStatements = 20, kMostStatementText = 6000;

Failure wrong_statement(std::size_t number, const std::string& what) {
  return fail(ErrorKind::Invalid, "statement " + std::to_string(number + 1) + ": " + what);
}

Result<OpeningStatement> parse_statement(std::size_t number, const Json& json) {
  OpeningStatement out;
  std::string answer;
  const std::pair<const char*, std::string*> fields[] = {{"title", &out.title}, {"text", &out.text},   {"who", &out.who},      {"answer", &answer},
                                                         {"answered_by", &out.answered_by}, {"words", &out.words}, {"reason", &out.reason}};
  if (!json.is_object()) return wrong_statement(number, "is no object");
  for (const auto& [name, value] : json.items()) {
    const auto field = std::find_if(std::begin(fields), std::end(fields), [&, n = name](const auto& f) { return n == f.first; });
    if (field == std::end(fields)) return wrong_statement(number, "\"" + name + "\" is no field of a statement");
    if (!value.is_string()) return wrong_statement(number, "\"" + name + "\" is no text");
    *field->second = value.get<std::string>();
  }
  const auto known = opening_answer(answer);
  if (!known) return wrong_statement(number, "\"answer\" must be consents, refuses, silent or absent");
  out.answer = *known;
  return out;
}

}  // namespace

Result<std::vector<OpeningStatement>> parse_statements(const Json& list) {
  if (!list.is_array()) return fail(ErrorKind::Invalid, "\"statements\" is no list");
  std::vector<OpeningStatement> out;
  for (std::size_t i = 0; i < list.size(); ++i) {
    GZ_TRY_ASSIGN(OpeningStatement statement, parse_statement(i, list[i]));
    out.push_back(std::move(statement));
  }
  GZ_TRY(check_statements(out));
  return out;
}

Status check_statements(const std::vector<OpeningStatement>& statements) {
  if (statements.size() > kMostStatements) return fail(ErrorKind::Invalid, "there are more than 20 opening statements");
  for (std::size_t i = 0; i < statements.size(); ++i) {
    const OpeningStatement& one = statements[i];
    if (const auto problem = statement_problem(one); !problem.empty()) return wrong_statement(i, problem);
    for (const std::string* text : {&one.title, &one.text, &one.who, &one.answered_by, &one.words, &one.reason})
      if (text->size() > kMostStatementText) return wrong_statement(i, "a text is longer than 6000 bytes");
  }
  return ok();
}

Status write_statements(Ledger& ledger, const std::vector<OpeningStatement>& statements, const std::string& officer) {
  int no = 0;
  for (OpeningStatement one : statements) {
    if (one.who.empty()) one.who = officer;
    ++no;
    for (const Json& body : {said_body(no, one), answer_body(no, one)})
      if (auto line = ledger.line("confirm", body); !line) return Failure(std::move(line.error()));
  }
  return ok();
}

}  // namespace guzheng
