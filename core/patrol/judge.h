// Room patrol. From a look to a judgement (A-5.2b). Pure.
#pragma once

#include <optional>

#include "core/patrol/link_look.h"
#include "core/patrol/rules.h"
#include "core/registry/subject.h"

namespace guzheng {

struct Judgement {
  Reach reach = Reach::Unchecked;                // Unchecked: nothing can be said
  std::string why;                               // in words of the officer's language, Chinese: it stands as the reason in 异常库
  bool operator==(const Judgement&) const = default;
};
// What the text of a page says by the rules: BadContent before Gone; empty: nothing against it.
std::optional<Judgement> judge_text(std::string_view text, const PatrolRules& rules);
Judgement judge_look(const LinkLook& look, const PatrolRules& rules);

// What follows from it for the entry as it stands.
enum class PatrolMove { None, In, Back };
// In: bad content and what is gone at once; what cannot be reached only after `rules.failures` checks in a row, `failed_before` of them earlier ones.
// Back: what is reachable again, when a check had moved it in; what a person moved in stays until a person moves it back.
PatrolMove move_of(const Entry& entry, const Judgement& now, int failed_before, const PatrolRules& rules);
inline constexpr std::string_view kPatrolWhy = "检查：";              // a reason given by a check begins so

}  // namespace guzheng
