// Room custody. Seam: who is told how far a journal has come while it is written (A-7.3d, A-7.4a), so that somebody else can say later that it was so. Its real side is
// sync/head_sender.h; the session knows no more of it than this.
#pragma once

#include <string>

#include "core/custody/journal.h"

namespace guzheng {

class Witness {
 public:
  virtual ~Witness() = default;
  // The head of this package's journal, whose lines up to it are on the disk. Any thread. Never waits, for disk or network: a capture is not held up by who cannot be reached.
  virtual void told(const std::string& package, const JournalHead& head) = 0;
};

}  // namespace guzheng
