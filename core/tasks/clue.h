// Room tasks. Clues before there is a task (GB/T 37919 5.2): from complaints, patrols, transfers; judged into a task with the legal basis or
// dropped with a reason (flow.h). Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/tasks/day.h"
#include "core/tasks/document.h"

namespace guzheng {

enum class ClueSource { Complaint, Patrol, Transfer };         // 投诉举报, 日常巡查监测, 其他部门移送
std::string_view to_string(ClueSource source);                 // "complaint", "patrol", "transfer"
std::optional<ClueSource> clue_source(std::string_view text);

struct Clue {
  ClueSource source = ClueSource::Complaint;
  std::string from;              // who complained, patrolled or handed it over
  std::string outside_number;    // their number; ""
  std::optional<Day> received;
  std::string subject, operator_name;      // id in the subject library; the name as it was told, "" when nobody knows
  std::string link;              // ""
  std::string content;           // what it says
  std::vector<Document> documents;
  bool operator==(const Clue&) const = default;
};

enum class ClueField { From, OutsideNumber, Received, Subject, Operator, Link, Content, Documents };
enum class ClueTrouble { Missing, TooLong, NotPlain, InTheFuture };
std::string_view to_string(ClueField field);
std::string_view to_string(ClueTrouble trouble);

struct ClueProblem {
  ClueField field;
  ClueTrouble trouble;
  bool operator==(const ClueProblem&) const = default;
};
std::vector<ClueProblem> clue_problems(const Clue& clue, Day today);

Json to_json(const Clue& clue);

}  // namespace guzheng
