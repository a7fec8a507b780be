// Room desk, private. What goes into and comes back to the book of tasks as files and packages. These block for the disk: workers only.
#pragma once

#include <filesystem>

#include "core/desk/task_desk.h"

namespace guzheng {

// 编号-结果N: the order's number 指令编号 of a capture for the Nth result.
std::string evidence_number(const std::string& task, std::int64_t serial);
// Writes the package down at the result that `number` names. 0: the number is no result's.
Result<std::int64_t> attach_package(TaskBook& book, const std::string& number, const std::string& package, const SigningHand& hand);

// Drafts `sheet` with what the clue says, and makes the clue that task. Nothing is drafted when the clue may not be moved, or without a basis.
Result<FlowItem> task_from_clue(TaskBook& book, std::int64_t clue, MoveOrder order, TaskSheet sheet, const SigningHand& hand);

Result<Document> keep_document(TaskBook& book, const std::filesystem::path& file);

}  // namespace guzheng
