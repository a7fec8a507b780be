// Room tasks. What officers' confirmations say of subjects of the library, for its tags: of each linked subject which violations were confirmed
// or cleared by results that are closed now. A result that was reopened counts again when it is closed anew. Blocks for the disk.
#pragma once

#include <string>
#include <vector>

#include "core/tasks/task_book.h"

namespace guzheng {

struct ConfirmedKind {
  std::string subject;                     // id in the library
  std::string name, violation;             // as the results call them
  int violations = 0, cleared = 0;         // closed results that found it, that found none
  Day last;                                // the newest of these was closed then
};
struct ConfirmedKinds {
  std::vector<ConfirmedKind> kinds;        // by subject, then violation
  int unlinked = 0;                        // confirmed violations of whom nobody has linked to a subject yet, to kMostCount
};
// Results closed on or after `since`; at most `limit` kinds (1 to 1000).
Result<ConfirmedKinds> confirmed_kinds(TaskBook& book, Day since, int limit = kMostCount);

}  // namespace guzheng
