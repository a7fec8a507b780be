// Room desk, private. What goes into and comes back to the book of tasks as files and packages. These block for the disk: workers only.
#pragma once

#include <filesystem>

#include "core/desk/task_desk.h"

namespace guzheng {

// 编号-结果N: the order's number 指令编号 of a capture for the Nth result.
std::string evidence_number(const std::string& task, std::int64_t serial);
// Writes the package down at the result that `number` names. 0: the number is no result's.
Result<std::int64_t> attach_package(TaskBook& book, const std::string& number, const std::string& package, const SigningHand& hand);
// The new result's id. Denied: the old one cannot be merged by this officer now; nothing is entered.
Result<std::int64_t> correct_result(TaskBook& book, std::int64_t id, const MonitorResult& right, const std::string& reason, const SigningHand& hand);

Result<Document> keep_document(TaskBook& book, const std::filesystem::path& file);
Result<ResultTable> read_result_table(TaskBook& book, std::int64_t task, const std::filesystem::path& file, const std::string& found_by);
Result<std::vector<std::int64_t>> take_notices(TaskBook& book, const std::filesystem::path& file, const SigningHand& hand);

}  // namespace guzheng
