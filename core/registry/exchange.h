// Room registry. Subjects and tags as stations keep them in common over the central system (issue 7): each under an id that is the same everywhere, as one text that is equal
// exactly where they are. Ids are drawn here the first time a subject is to be told, and stand in the library beside it; a tag's follows from its group and name.
// Thread-safe as the store; blocks for the disk.
//
// What a subject's text holds: its fields, its entries by their numbers, its tags and its unit by name and code. What it does not: sensitive values, which never leave the
// library that has their key; when an entry was last checked here and what came of it, which every station finds for itself; records of its history.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/registry/store.h"

namespace guzheng {

class SubjectExchange {
 public:
  explicit SubjectExchange(SubjectStore& store) : store_(store) {}

  using Name = std::pair<std::string, std::string>;              // kind ("subject", "tag") and id
  struct Changed {
    std::vector<Name> names;                                     // perhaps more than what differs, never less; tags first
    std::string mark;                                            // to ask with next time
    bool more = false;
  };
  // What may have changed since `mark` ("": from the beginning), some hundreds at a time. Gives ids to subjects that have none: durable when it returns.
  // Invalid: no mark of this library.
  Result<Changed> changed_since(const std::string& mark);
  // Canonical JSON; empty: there is none, or it was taken away.
  Result<std::optional<std::string>> read(const std::string& kind, const std::string& id);
  // Who changed it last, and when; "": nobody knows.
  Result<std::pair<std::string, WallTime>> last_act(const std::string& kind, const std::string& id);
  // Puts `wanted` (empty: taken away) where `expected` is, in one transaction; what a person did meanwhile is never written over.
  enum class Put {
    Done,
    Differs,                                                     // it is not as `expected`: nothing was done
    Kept,                                                        // a tag that subjects carry here stays
  };
  // Invalid: the text is none of a subject or tag.
  Result<Put> put(const std::string& kind, const std::string& id, const std::optional<std::string>& expected, const std::optional<std::string>& wanted, const Act& act);
  // A subject here that has the same credit code as that text and another id: "" when there is none, or several.
  Result<std::string> twin(const std::string& body);
  // Gives a subject another id. NotFound: none has `from`. Exists: another has `to`.
  Status rename(const std::string& from, const std::string& to);
  // The index follows what put() wrote.
  Status settle();

 private:
  SubjectStore& store_;
};

}  // namespace guzheng
