#include "core/desk/task_files.h"

#include <algorithm>
#include <charconv>

#include "core/base/file.h"

namespace guzheng {
namespace {
constexpr std::string_view kResultMark = "-结果";
constexpr std::uint64_t kMostDocument = 32u << 20;
constexpr std::size_t kMostSource = 400;         // bytes, as room tasks keeps them
}  // namespace

std::string evidence_number(const std::string& task, std::int64_t serial) { return task + std::string(kResultMark) + std::to_string(serial); }

Result<std::int64_t> attach_package(TaskBook& book, const std::string& number, const std::string& package, const SigningHand& hand) {
  const auto mark = number.rfind(kResultMark);
  if (mark == std::string::npos) return 0;
  std::int64_t serial = 0;
  const auto digits = std::string_view(number).substr(mark + kResultMark.size());
  if (std::from_chars(digits.data(), digits.data() + digits.size(), serial).ptr != digits.data() + digits.size() || serial < 1) return 0;
  const auto task = book.task_numbered(number.substr(0, mark));
  if (!task) return task.error().kind == ErrorKind::NotFound ? Result<std::int64_t>(0) : Result<std::int64_t>(fail(task.error()));
  GZ_TRY_ASSIGN(const auto results, book.results_of(*task));
  const auto result = std::find_if(results.begin(), results.end(), [&](const ResultEntry& one) { return one.serial == serial; });
  if (result == results.end()) return 0;
  if (std::find(result->packages.begin(), result->packages.end(), package) != result->packages.end()) return result->item.id;
  MoveOrder order;
  order.move = FlowMove::Attach;
  order.package = package;
  GZ_TRY(book.move(FlowKind::Result, result->item.id, order, hand));
  return result->item.id;
}

Result<FlowItem> task_from_clue(TaskBook& book, std::int64_t clue, MoveOrder order, TaskSheet sheet, const SigningHand& hand) {
  GZ_TRY_ASSIGN(const auto entry, book.clue(clue));
  GZ_TRY_ASSIGN(const auto wrong, book.problem(FlowKind::Clue, clue, order, hand.actor));
  // the target is all that may be missing yet
  if (wrong && wrong->need != MoveNeed::Target) return fail(wrong->trouble == MoveTrouble::Unmet ? ErrorKind::Invalid : ErrorKind::Denied, describe(*wrong));
  const auto& told = entry.clue;
  sheet.source = told.outside_number.empty() || told.from.size() + told.outside_number.size() >= kMostSource ? told.from : told.from + " " + told.outside_number;
  sheet.content = told.content;
  sheet.name = told.operator_name;
  GZ_TRY_ASSIGN(order.target, book.draft(sheet, hand));
  return book.move(FlowKind::Clue, clue, order, hand);
}

Result<Document> keep_document(TaskBook& book, const std::filesystem::path& file) {
  GZ_TRY_ASSIGN(const auto bytes, read_file(file, kMostDocument));
  return book.add_document(file.filename().string(), bytes);
}

}  // namespace guzheng
