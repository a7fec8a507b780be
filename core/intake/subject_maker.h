// Room intake. Cleaned values into what the library stores. Pure.
#pragma once

#include <vector>

#include "core/intake/row_source.h"
#include "core/registry/subject.h"

namespace guzheng {

struct MadeSubject {
  SubjectRow row;
  std::vector<Record> records;
};

// Words that no enumerator has are left out and told in `items`. Records without a day of their own get `now`. `source`: the file's name, for records.
MadeSubject make_subject(const std::vector<std::string>& values, const std::vector<UnitRule>& rules, const std::string& source, WallTime now, std::vector<NoteItem>& items);

// What `incoming` has and `into` lacks; with `update` also what differs. The fields that changed are told. Unit and id stay.
Subject merged_subject(const Subject& into, const Subject& incoming, bool update, std::vector<NoteItem>& items);
// The same shop, account or app: an equal link, or equal kind, name and platform.
bool same_entry(const Entry& a, const Entry& b);

}  // namespace guzheng
