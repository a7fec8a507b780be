#include "core/desk/task_files.h"

#include <algorithm>
#include <charconv>

#include "core/base/file.h"
#include "core/tables/table.h"

namespace guzheng {
namespace {
constexpr std::string_view kResultMark = "-结果";
constexpr std::uint64_t kMostDocument = 32u << 20;
constexpr std::uint64_t kMostNotice = 1u << 20;
}  // namespace

std::string evidence_number(const std::string& task, std::int64_t serial) { return task + std::string(kResultMark) + std::to_string(serial); }

Result<std::int64_t> attach_package(TaskBook& book, const std::string& number, const std::string& package, const SigningHand& hand) {
  const auto mark = number.rfind(kResultMark);
  if (mark == std::string::npos) return 0;
  std::int64_t serial = 0;
  const auto digits = std::string_view(number).substr(mark + kResultMark.size());
  if (std::from_chars(digits.data(), digits.data() + digits.size(), serial).ptr != digits.data() + digits.size() || serial < 1) return 0;
  TaskFilter filter;
  filter.words = number.substr(0, mark);
  GZ_TRY_ASSIGN(const auto page, book.tasks(filter, hand.actor.badge));
  const auto task = std::find_if(page.lines.begin(), page.lines.end(), [&](const TaskLine& line) { return line.number == filter.words; });
  if (task == page.lines.end()) return 0;
  GZ_TRY_ASSIGN(const auto results, book.results_of(task->id));
  const auto result = std::find_if(results.begin(), results.end(), [&](const ResultEntry& one) { return one.serial == serial; });
  if (result == results.end()) return 0;
  if (std::find(result->packages.begin(), result->packages.end(), package) != result->packages.end()) return result->item.id;
  MoveOrder order;
  order.move = FlowMove::Attach;
  order.package = package;
  GZ_TRY(book.move(FlowKind::Result, result->item.id, order, hand));
  return result->item.id;
}

Result<std::int64_t> correct_result(TaskBook& book, std::int64_t id, const MonitorResult& right, const std::string& reason, const SigningHand& hand) {
  GZ_TRY_ASSIGN(const auto old, book.result(id));
  const auto open = open_moves(old.item, hand.actor);
  if (std::find(open.begin(), open.end(), FlowMove::Merge) == open.end()) return fail(ErrorKind::Denied, "the result cannot be merged here and now, so it cannot be corrected");
  const MonitorResult one[] = {right};
  GZ_TRY_ASSIGN(const auto ids, book.add_results(old.task, one, hand));
  MoveOrder order;
  order.move = FlowMove::Attach;
  for (const auto& package : old.packages) {
    order.package = package;
    GZ_TRY(book.move(FlowKind::Result, ids.at(0), order, hand));
  }
  MoveOrder merge;
  merge.move = FlowMove::Merge;
  merge.target = ids.at(0);
  merge.reason = reason;
  GZ_TRY(book.move(FlowKind::Result, id, merge, hand));
  return ids.at(0);
}

Result<Document> keep_document(TaskBook& book, const std::filesystem::path& file) {
  GZ_TRY_ASSIGN(const auto bytes, read_file(file, kMostDocument));
  return book.add_document(file.filename().string(), bytes);
}

Result<ResultTable> read_result_table(TaskBook& book, std::int64_t task, const std::filesystem::path& file, const std::string& found_by) {
  GZ_TRY_ASSIGN(const auto known, book.known_results(task));
  GZ_TRY_ASSIGN(const auto reader, open_table(file));
  ResultTable out;
  std::vector<ImportRow> rows;
  TableRow row;
  while (rows.size() <= kMostImportRows + 1) {
    const auto more = reader->next(row);
    if (!more) out.problem = more.error().what;
    if (!more || !*more) break;
    rows.push_back(row.cells);
  }
  out.reading = read_results(rows, found_by, known);
  return out;
}

Result<std::vector<std::int64_t>> take_notices(TaskBook& book, const std::filesystem::path& file, const SigningHand& hand) {
  GZ_TRY_ASSIGN(const auto bytes, read_file(file, kMostNotice));
  const auto reading = read_notices(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
  if (!reading.problems.empty()) {
    std::string what = "the notice was not taken:";
    for (const auto& one : reading.problems) what += " line " + std::to_string(one.line) + " " + std::string(to_string(one.trouble)) + ";";
    return fail(ErrorKind::Invalid, what);
  }
  return book.import_notices(reading.notices, hand);
}

}  // namespace guzheng
