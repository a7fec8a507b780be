// Room registry, inside. Rows of the tables as values and back, and as JSON for changes. Whoever calls holds the connection.
#pragma once

#include "core/base/json.h"
#include "core/registry/store_sql.h"
#include "core/registry/subject.h"

namespace guzheng {

#define GZ_SUBJECT_COLUMNS "id,kind,state,sensitivity,unit,region,industry,credit,number,name,short_name,category,data_region,address,licences"
#define GZ_ENTRY_COLUMNS "no,kind,checked_ms,reach,abnormal,unit,name,platform,link,category,why"

Subject subject_at(const SqlStatement& row);                     // GZ_SUBJECT_COLUMNS from column 0
Entry entry_at(const SqlStatement& row, int from = 0);           // GZ_ENTRY_COLUMNS
Result<std::optional<Subject>> read_subject(StoreSql& sql, SubjectId id, bool gone_too = false);
Result<std::vector<Entry>> read_entries(StoreSql& sql, SubjectId id);
Status insert_subject(StoreSql& sql, const Subject& subject, std::int64_t batch);
Status update_subject(StoreSql& sql, const Subject& subject);
Status write_entry(StoreSql& sql, SubjectId subject, const Entry& entry);        // added, or put in the old one's place

// Invalid: says which field. What a store takes in is UTF-8 without control characters but line feeds, at most 4 KiB a field.
Status check_subject(const Subject& subject);
Status check_entry(const Entry& entry);
Status check_record(const Record& record);
Status check_text_field(const char* field, const std::string& text, bool needed = false);

Json subject_json(const Subject& subject);                       // all but its id
Json entry_json(const Entry& entry);                             // all but its number
Json record_json(const Record& record);
Result<Subject> subject_from(const Json& json, Subject base);    // members that are there take the place of base's
Result<Entry> entry_from(const Json& json, Entry base);
// Members that differ, of each side. Equal: both empty objects.
std::pair<Json, Json> json_difference(const Json& before, const Json& after);

}  // namespace guzheng
