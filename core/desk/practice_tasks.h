// Room desk. What the practice desk's book of tasks holds on its first start: made-up sheets, results and clues, each marked （练习）, made the way an
// officer would make them: every move signed and journalled.
#pragma once

#include "core/tasks/task_book.h"

namespace guzheng {

// Nothing when the book holds a task already. Signs some thirty times; blocks for the disk.
Status fill_practice_tasks(TaskBook& book, const SigningHand& hand, Day today);

}  // namespace guzheng
