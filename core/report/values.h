// Room report. Every value the report prints, as plain text in Chinese, in the order of Annex B (A-AnB, A-7.3d, B-5.4.1).
// Pure: source, verification and context in, values out; no file, clock or Qt. Labels are not here but in
// resources/report/report.html, so that a bureau can correct the form without a rebuild.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/compare/comparison.h"
#include "core/report/copy.h"
#include "core/report/source.h"
#include "core/seal/verify.h"

namespace guzheng {

// One use of the evidence (证据使用信息), from the station's operation log.
struct EvidenceUse {
  std::string time;                        // the 29-character form
  std::string who, way, reason;
};

// What only the moment of printing knows.
struct ReportContext {
  int edition = 1;                         // 1…999
  WallTime issued_at;
  int zone_minutes = 480;
  std::string issued_by;                   // name（badge）; empty: the station
  std::vector<EvidenceUse> uses;
  std::vector<ReportCopy> copies;          // for showing, beside this edition
  std::optional<Comparison> comparison;    // of a member of a group whose other members lie beside it; none: why, …
  std::string comparison_problem;          // … empty when it is of no group
};

// One picture with its caption: a screenshot, an imported photo, or a copy of one for showing.
struct ReportShot {
  std::string figure;                      // "图 1"; of a copy its original's
  std::string title, file, kind, time, position, proves, method, maker, access;
  std::string source, device, sealing;     // of imported photos
  std::string copy;                        // file of a copy beside the report; empty: the original
  std::string original;                    // of a copy: what its original is, with digest
  std::string path;                        // in the package; opened by the picture server only
  std::vector<std::string> fingerprint;    // SHA-256 in groups of four, two lines
};

// A page longer than the screen: which pictures show it, from top to bottom, and by how much they overlap.
struct ReportLongPage {
  std::string no, title, figures, overlaps, file;
};

struct ReportFile {
  std::string no, path, what, size;
  std::vector<std::string> md5, sha256, sm3;
};

struct ReportCheck {
  std::string no, title, found, verdict, raw;
  bool bold = false;                       // the verdict is not 正常
};
struct ReportCheckGroup {
  std::string name;
  std::vector<ReportCheck> checks;
};

struct ReportGap {
  std::string no, begin, end, duration, reason, lost;
};

struct ReportEvidence {                    // a row of Table A.4
  std::string no, name, file, time, category, format, size, source, method, proves, support, note;
  std::vector<std::string> sha256;
};

struct ReportFactor {
  std::string no, factor, fact;
  std::vector<std::string> files;
};

struct ReportSignature {
  std::string name, badge, unit, state;
  std::vector<std::string> certificate;
};

struct ReportGroupMember {
  std::string no, phone, package, state;
  std::vector<std::string> fingerprint;
};
struct ReportGroupCell {
  std::string text;
  bool differs = false;
};
struct ReportGroupRow {
  std::string aspect, what;
  std::vector<ReportGroupCell> cells;
};
struct ReportGroupTable {                  // one page, at most four phones side by side
  std::string title, kind, note;
  std::vector<ReportGroupCell> columns;
  std::vector<ReportGroupRow> rows;
};

struct ReportValues {
  bool imported = false;                   // things made elsewhere (B-5.4.2a): no phone, no film
  // cover
  std::string review;                      // of an automatic capture: who, when, result, reason
  std::string id, report_no, edition, unit, title_unit, fingerprint, fingerprint_short, verdict;
  std::vector<std::string> fingerprint_lines, completeness, warnings;
  std::string practice_mark;               // empty in real packages
  std::string subject, credit_code, shop, platform, link, ownership;
  std::string reason, period, period_long, duration, issued_at, issued_day;
  // 一、序言
  std::string system_name, management, clock_note, shot_count, recording_count;
  struct Check {
    std::string no, what, count, figures;
  };
  std::vector<Check> checklist;
  // 二、主证信息
  std::string first_frame;
  std::vector<std::vector<ReportShot>> shot_pairs;
  std::vector<ReportLongPage> long_pages;
  // 三、主证附属信息
  std::string system_version, system_owner, node, marks, capture_server, storage_server;
  struct Person {
    std::string name, badge, unit, account;
  };
  std::vector<Person> people;
  std::string method, type, issuer, order_no, order_text, basis, order_device, order_time, executor;
  std::string journal_lines, input_summary;
  struct Statement {
    std::string title, text, who, answer;
  };
  std::vector<Statement> statements;       // 开始前告知, each with its own answer
  std::vector<std::string> course;         // 指令执行过程, one line an event
  std::string files_note;
  std::vector<ReportFile> files;
  std::string write_protection;            // of an import
  std::string storage_way, storage_time, stamp_service;
  std::vector<std::string> stamp_lags;     // how late tokens came, one line each
  struct Use {
    std::string time, who, way, reason;
  };
  std::vector<Use> uses;
  // 四 to 九
  std::string env_summary;
  std::vector<ReportCheckGroup> env;
  std::vector<ReportGap> gaps;
  std::string evidence_common;
  std::vector<ReportEvidence> evidence;
  std::vector<ReportFactor> factors, court_factors;
  std::string verify_summary;
  std::vector<std::string> verify_findings;
  std::vector<ReportSignature> signatures;
  // 附表 佐证对照; empty: of no group
  std::string group_note, group_cover;
  std::vector<ReportGroupMember> group_members;
  std::vector<ReportGroupTable> group_tables;
};

Result<ReportValues> make_report_values(const ReportSource& source, const Verification& verification,
                                        const ReportContext& context);

// For templates, and as text for comparing: members by their names above.
Json to_json(const ReportValues& values);

}  // namespace guzheng
