#include "core/seal/check_content.h"

namespace guzheng {

bool check_marks(const Bag& bag, const JournalFacts& journal, const TagFacts& tags, VerifyReport& report) {
  std::vector<std::pair<std::string, bool>> marks{{"bag-info.txt", tags.practice}};
  for (const char* name : {"order", "people", "device", "values"}) {
    const Json value = bag.attached(name);
    if (!value.is_object()) continue;
    const std::string path = std::string("data/attach/") + name + ".json";
    const auto mark = value.find("practice");
    if (mark != value.end() && *mark != true) report.broken("marks.form", path, "`practice` is there and is not true");
    marks.emplace_back(path, mark != value.end());
  }
  for (const char* kind : {"session.open", "device.attest"})
    if (const Json* body = journal.only(kind)) marks.emplace_back("data/attach/journal.log", bool_at(*body, "practice"));
  bool some = false, all = true;
  for (const auto& [path, mark] : marks) {
    some = some || mark;
    all = all && mark;
  }
  if (some && !all)
    for (const auto& [path, mark] : marks)
      if (!mark) report.broken("marks.differ", path, "practice is said elsewhere in the package and not here");
  return some;
}

}  // namespace guzheng
