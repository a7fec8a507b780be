#include "core/report/values.h"

namespace guzheng {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ReportShot, figure, title, file, kind, time, position, proves, method, maker, access,
                                   source, device, sealing, copy, original, path, fingerprint)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ReportLongPage, no, title, figures, overlaps, file)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ReportFile, no, path, what, size, md5, sha256, sm3)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ReportCheck, no, title, found, verdict, raw, bold)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ReportCheckGroup, name, checks)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ReportGap, no, begin, end, duration, reason, lost)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ReportEvidence, no, name, file, time, category, format, size, source, method, proves,
                                   support, note, sha256)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ReportFactor, no, factor, fact, files)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ReportSignature, name, badge, unit, state, certificate)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ReportGroupMember, no, phone, package, state, fingerprint)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ReportGroupCell, text, differs)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ReportGroupRow, aspect, what, cells)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ReportGroupTable, title, kind, note, columns, rows)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ReportValues::Check, no, what, count, figures)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ReportValues::Person, name, badge, unit, account)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ReportValues::Statement, title, text, who, answer)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ReportValues::Use, time, who, way, reason)

#define GZ_PUT(member) json[#member] = v.member

Json to_json(const ReportValues& v) {
  Json json = Json::object();
  GZ_PUT(imported), GZ_PUT(long_pages), GZ_PUT(review), GZ_PUT(write_protection), GZ_PUT(stamp_lags);
  GZ_PUT(id), GZ_PUT(report_no), GZ_PUT(edition), GZ_PUT(unit), GZ_PUT(title_unit), GZ_PUT(fingerprint);
  GZ_PUT(fingerprint_short), GZ_PUT(verdict), GZ_PUT(fingerprint_lines), GZ_PUT(completeness), GZ_PUT(warnings);
  GZ_PUT(practice_mark), GZ_PUT(subject), GZ_PUT(credit_code), GZ_PUT(shop), GZ_PUT(platform), GZ_PUT(link);
  GZ_PUT(ownership), GZ_PUT(reason), GZ_PUT(period), GZ_PUT(period_long), GZ_PUT(duration), GZ_PUT(issued_at);
  GZ_PUT(issued_day), GZ_PUT(system_name), GZ_PUT(management), GZ_PUT(clock_note), GZ_PUT(shot_count);
  GZ_PUT(recording_count), GZ_PUT(checklist), GZ_PUT(first_frame), GZ_PUT(system_version), GZ_PUT(system_owner);
  GZ_PUT(node), GZ_PUT(marks), GZ_PUT(capture_server), GZ_PUT(storage_server), GZ_PUT(people), GZ_PUT(method);
  GZ_PUT(type), GZ_PUT(issuer), GZ_PUT(order_no), GZ_PUT(order_text), GZ_PUT(basis), GZ_PUT(order_device);
  GZ_PUT(order_time), GZ_PUT(executor), GZ_PUT(journal_lines), GZ_PUT(input_summary), GZ_PUT(course), GZ_PUT(statements);
  GZ_PUT(files_note), GZ_PUT(files), GZ_PUT(storage_way), GZ_PUT(storage_time), GZ_PUT(stamp_service), GZ_PUT(uses);
  GZ_PUT(env_summary), GZ_PUT(env), GZ_PUT(gaps), GZ_PUT(evidence_common), GZ_PUT(evidence), GZ_PUT(factors);
  GZ_PUT(court_factors), GZ_PUT(verify_summary), GZ_PUT(verify_findings), GZ_PUT(signatures);
  GZ_PUT(group_note), GZ_PUT(group_cover), GZ_PUT(group_members), GZ_PUT(group_tables);
  // a template sees a pair as {"shots": […]}, since it has names for members only
  json["shot_pairs"] = Json::array();
  int number = 0;
  for (const auto& pair : v.shot_pairs) {
    Json shots = Json::array();
    for (const ReportShot& shot : pair) {
      shots.push_back(shot);
      shots.back()["picture"] = "shot/" + std::to_string(number++);
    }
    json["shot_pairs"].push_back(Json{{"shots", std::move(shots)}});
  }
  return json;
}

#undef GZ_PUT

}  // namespace guzheng
