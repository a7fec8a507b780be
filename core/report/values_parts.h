// Room report, private: the parts that make_report_values puts together, one per chapter of the report.
#pragma once

#include "core/report/values.h"

namespace guzheng::report_parts {

struct Inputs {
  const ReportSource& source;
  const Verification& verification;
  const ReportContext& context;
};

bool is_practice(const Inputs& in);
bool is_import(const ReportSource& source);                  // order.json has the type 导入
const Json& list_at(const Json& object, const char* key);    // an empty array when it misses
Json object_at(const Json& object, const char* key);         // an empty object when it misses
const SourceFile* find_file(const ReportSource& source, std::string_view path);
std::string officer_line(const Json& officer);               // 练习员甲（练习-0001）
std::int64_t span_ms(const std::string& from, const std::string& to);
// "图1" of an item; figures count the items of values.json from 1.
std::string figure_of(const ReportSource& source, std::string_view path);

void fill_cover(const Inputs& in, ReportValues& out);
void fill_preface(const Inputs& in, ReportValues& out);
void fill_main(const Inputs& in, ReportValues& out);         // 二
void fill_long_pages(const Inputs& in, ReportValues& out);   // 二, 长页
void fill_attached(const Inputs& in, ReportValues& out);     // 三 without the files
void fill_statements(const Inputs& in, ReportValues& out);   // 开始前告知
void fill_course(const Inputs& in, ReportValues& out);       // 指令执行过程
void fill_files(const Inputs& in, ReportValues& out);        // 文件MD5值
void fill_storage(const Inputs& in, ReportValues& out);      // 三、4 and 5
void fill_env(const Inputs& in, ReportValues& out);          // 四
Json checked_items(const Inputs& in);                         // of env.json, and of the app that was opened
void fill_gaps(const Inputs& in, ReportValues& out);         // 五
void fill_evidence(const Inputs& in, ReportValues& out);     // 六
void fill_factors(const Inputs& in, ReportValues& out);      // 七
void fill_verification(const Inputs& in, ReportValues& out); // 八
void fill_signatures(const Inputs& in, ReportValues& out);   // 九

void fill_group(const Inputs& in, ReportValues& out);        // 附表

}  // namespace guzheng::report_parts
