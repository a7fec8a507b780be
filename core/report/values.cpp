#include "core/report/values.h"

#include <fmt/format.h>

#include "core/report/text.h"
#include "core/report/values_parts.h"
#include "core/seal/review.h"

namespace guzheng {
namespace report_parts {

namespace text = report_text;

bool is_practice(const Inputs& in) {
  // any mark is enough: a package that hides one of them is damaged, and must not print as a real one
  const ReportSource& source = in.source;
  return in.verification.practice || source.bag.contains("Practice") || bool_at(source.order, "practice") ||
         bool_at(source.people, "practice") || bool_at(source.device, "practice") || bool_at(source.values, "practice");
}

bool is_import(const ReportSource& source) { return text_at(source.order, "type") == kImportOrder; }

const Json& list_at(const Json& object, const char* key) {
  static const Json empty = Json::array();
  const auto found = object.find(key);
  return found != object.end() && found->is_array() ? *found : empty;
}

Json object_at(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_object() ? *found : Json::object();
}

const SourceFile* find_file(const ReportSource& source, std::string_view path) {
  for (const SourceFile& file : source.payload) {
    if (file.path == path) return &file;
  }
  return nullptr;
}

std::string officer_line(const Json& officer) {
  const std::string badge = text_at(officer, "badge");
  return text::or_missing(text_at(officer, "name")) + (badge.empty() ? "" : "（" + badge + "）");
}

std::int64_t span_ms(const std::string& from, const std::string& to) {
  const auto begin = parse_time(from), end = parse_time(to);
  return begin && end ? end->ms - begin->ms : -1;
}

std::string figure_of(const ReportSource& source, std::string_view path) {
  int number = 0;
  for (const Json& item : list_at(source.values, "items")) {
    ++number;
    if (text_at(item, "path") == path) return fmt::format("图{}", number);
  }
  return {};
}

}  // namespace report_parts

Result<ReportValues> make_report_values(const ReportSource& source, const Verification& verification,
                                        const ReportContext& context) {
  if (context.edition < 1 || context.edition > 999) {
    return fail(ErrorKind::Invalid, fmt::format("report edition {} is not 1 to 999", context.edition));
  }
  if (!verification.id.empty() && verification.id != source.id) {
    return fail(ErrorKind::Invalid, "verification is of " + verification.id + ", package is " + source.id);
  }
  const report_parts::Inputs in{source, verification, context};
  ReportValues out;
  report_parts::fill_cover(in, out);
  report_parts::fill_preface(in, out);
  report_parts::fill_main(in, out);
  report_parts::fill_long_pages(in, out);
  report_parts::fill_attached(in, out);
  report_parts::fill_statements(in, out);
  report_parts::fill_course(in, out);
  report_parts::fill_files(in, out);
  report_parts::fill_storage(in, out);
  report_parts::fill_env(in, out);
  report_parts::fill_gaps(in, out);
  report_parts::fill_evidence(in, out);
  report_parts::fill_factors(in, out);
  report_parts::fill_verification(in, out);
  report_parts::fill_signatures(in, out);
  report_parts::fill_group(in, out);
  return out;
}

}  // namespace guzheng
