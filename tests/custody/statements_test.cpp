// Opening statements in a journal (FORMAT.md 5.6): each with its own answer (行政处罚法 43, 55).
#include "core/custody/statements.h"

#include <gtest/gtest.h>

namespace guzheng {
namespace {

std::string row(std::vector<Json> bodies, bool torn = false) {
  std::vector<const Json*> all;
  for (const Json& body : bodies) all.push_back(&body);
  return confirm_row_problem(all, torn);
}

TEST(Statements, WhatIsWrittenIsWhatIsAccepted) {
  for (const OpeningStatement& one : {OpeningStatement{"t", "x", "w", OpeningAnswer::Consents, "p", "yes", ""}, OpeningStatement{"t", "x", "w", OpeningAnswer::Refuses, "p", "no", "r"},
                                      OpeningStatement{"t", "x", "w", OpeningAnswer::Silent, "p", "", ""}, OpeningStatement{"t", "x", "w", OpeningAnswer::Absent, "", "", ""}}) {
    EXPECT_EQ(statement_problem(one), "");
    EXPECT_EQ(confirm_problem(said_body(1, one)), "");
    EXPECT_EQ(confirm_problem(answer_body(1, one)), "");
    EXPECT_EQ(row({said_body(1, one), answer_body(1, one)}), "");
    EXPECT_EQ(opening_answer(to_string(one.answer)), one.answer);
  }
}

// An answer may be missing where the program was killed between the two lines, and nowhere else.
TEST(Statements, TheRowIsPairsInOrder) {
  const OpeningStatement one{"t", "x", "w", OpeningAnswer::Absent, "", "", ""};
  const Json say = said_body(1, one), answer = answer_body(1, one), next = said_body(2, one), old{{"text", "x"}, {"who", "w"}};
  EXPECT_EQ(row({}), "");
  EXPECT_EQ(row({old, old, old}), "");
  EXPECT_NE(row({old, say}), "");
  EXPECT_NE(row({say}), "");
  EXPECT_EQ(row({say, answer, next}, true), "");
  EXPECT_NE(row({say, next, answer}, true), "");
  EXPECT_NE(row({next, answer_body(2, one)}), "");
}

}  // namespace
}  // namespace guzheng
