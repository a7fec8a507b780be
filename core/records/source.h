// Room records. The seam between what a station has (subjects and tags in its library) and what stations keep in common: one implementation for each place where such things lie.
// Blocks for the disk. Errors come from that place.
#pragma once

#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace guzheng {

struct RecordName {
  std::string kind, id;                            // wire/records.h
  auto operator<=>(const RecordName&) const = default;
};

class RecordSource {
 public:
  virtual ~RecordSource() = default;
  [[nodiscard]] virtual std::string name() const = 0;            // its mark is kept under it
  [[nodiscard]] virtual std::vector<std::string> kinds() const = 0;

  struct Changed {
    std::vector<RecordName> names;                 // perhaps more than what differs, never less
    std::string mark;
    bool more = false;
  };
  // Since `mark` ("": from the beginning). What it names has its id for good when it returns.
  virtual Result<Changed> changed_since(const std::string& mark) = 0;

  struct Local {
    std::string body;                              // canonical JSON of an object; "": there is none, or it was taken away
    std::string person;                            // who made it so
    WallTime at;
  };
  virtual Result<Local> read(const RecordName& record) = 0;

  enum class Put {
    Done,
    Differs,                                       // it is not as `expected` any more: nothing was done
    Kept,                                          // it cannot go from here, and is to be told again
  };
  // Puts `wanted` where `expected` is ("": none), in one transaction. `person` and `why` stand in the history there. Invalid: what came cannot be read by this version of the program.
  virtual Result<Put> put(const RecordName& record, const std::string& expected, const std::string& wanted, const std::string& person, const std::string& why) = 0;
  // The id of something here that is the same thing under another id; "": nothing is.
  virtual Result<std::string> twin(const std::string& kind, const std::string& body) { return static_cast<void>(kind), static_cast<void>(body), std::string(); }
  virtual Status rename(const RecordName& from, const std::string& to) { return static_cast<void>(to), fail(ErrorKind::Bug, "a " + from.kind + " keeps its id"); }
  virtual Status settle() { return ok(); }         // after many put()
};

}  // namespace guzheng
