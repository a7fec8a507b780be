// What the book is told to do from now on.
#include "core/tasks/book_rows.h"

namespace guzheng {

namespace {

constexpr const char* kNumberRule = "number-rule";

}  // namespace

Result<NumberRule> TaskBook::number_rule() {
  GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT value FROM setting WHERE name=?", {kNumberRule}));
  return rows.empty() ? rule_ : NumberRule{book::text_of(rows[0][0])};
}

Status TaskBook::set_number_rule(const NumberRule& rule, const SigningHand& hand) {
  GZ_TRY(check_hand(hand));
  GZ_TRY(check_number_rule(rule));
  if (!hand.actor.duties.contains(Duty::Leader)) return fail(ErrorKind::Denied, "the numbering rule is set by the duty leader; badge " + hand.actor.badge + " does not have it");
  return database_->together([&]() -> Status {
    GZ_TRY_ASSIGN(const auto before, number_rule());
    GZ_TRY_ASSIGN(const auto line, log_.append("op.task-number-rule", Json{{"badge", hand.actor.badge}, {"before", before.text}, {"rule", rule.text}, {"who", hand.actor.name}}));
    return database_->run("INSERT OR REPLACE INTO setting(name,value) VALUES(?,?)", {kNumberRule, rule.text});
  });
}

}  // namespace guzheng
