// Room intake. Mapping profiles: which column of a foreign table goes to which field. Readable JSON, described by
// resources/codes/guzheng-profile.schema.json, checked with line numbers. Pure but for read and save.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/codes/json_places.h"
#include "core/intake/fields.h"
#include "core/tables/table.h"

namespace guzheng {

// What happens to a subject that the library has already.
enum class OnMatch { Fill, Update, Skip };             // fill what is empty; also put new values over old ones; leave it alone. Entries and records are added but with Skip

struct MappingProfile {
  std::string name;
  std::uint64_t header_line = 0;                       // line of the header, from 1; 0: found out
  std::vector<std::pair<std::string, IntakeField>> columns;      // header → field; a field may have several columns: their texts are joined
  std::vector<std::pair<IntakeField, std::string>> fixed;        // the same in every row, where the row has nothing
  std::string sheet;                                   // XLSX; empty: the first
  TextEncoding encoding = TextEncoding::Auto;
  char separator = 0;
  OnMatch on_match = OnMatch::Fill;
  bool operator==(const MappingProfile&) const = default;
};

Result<MappingProfile> parse_profile(std::string_view text, std::vector<RuleProblem>& problems);
std::string profile_text(const MappingProfile& profile);         // one column a line; parse_profile reads it back
Result<MappingProfile> read_profile(const std::filesystem::path& file, std::vector<RuleProblem>& problems);
Status save_profile(const std::filesystem::path& file, const MappingProfile& profile);

// Columns whose headers are known; the rest stays out.
MappingProfile propose_profile(const std::vector<std::string>& headers);
// Which of the first rows is the header: the one with most known names, else the first with more than one different cell. npos: none.
std::size_t find_header(const std::vector<TableRow>& rows);

}  // namespace guzheng
