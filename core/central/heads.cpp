#include "core/central/heads.h"

namespace guzheng {

Result<SignedHead> HeadBook::take(const HeadReport& report, const std::string& station) {
  if (!report.package.starts_with(station + "-")) return fail(ErrorKind::Denied, report.package + " is no package of " + station);
  SignedHead out;
  GZ_TRY(database_.together([&]() -> Status {
    const auto seq = static_cast<std::int64_t>(report.seq);
    GZ_TRY_ASSIGN(const auto known, database_.query("SELECT head, statement, signature FROM journal_head WHERE package = ? AND seq = ?", {report.package, seq}));
    if (!known.empty()) {
      if (const auto& before = std::get<std::string>(known[0].at(0)); before != report.head)
        return fail(ErrorKind::Exists, "line " + std::to_string(seq) + " of the journal of " + report.package + " was told with the digest " + before + ", and now with " + report.head);
      out = {std::get<std::string>(known[0].at(1)), std::get<Bytes>(known[0].at(2))};
      return ok();
    }
    GZ_TRY_ASSIGN(const auto rows, database_.query("SELECT count(*) FROM journal_head WHERE package = ?", {report.package}));
    if (std::get<std::int64_t>(rows.at(0).at(0)) >= kMostOfOne) return fail(ErrorKind::NoSpace, report.package + " has more heads than a journal has use for");
    GZ_TRY_ASSIGN(out.text, write_head_statement({name_, station, report, clock_.wall()}));
    GZ_TRY_ASSIGN(out.signature, signer_.sign_detached(as_bytes(out.text)));
    return database_.run("INSERT INTO journal_head(package, seq, head, station, statement, signature) VALUES(?, ?, ?, ?, ?, ?)", {report.package, seq, report.head, station, out.text, out.signature});
  }));
  return out;
}

Result<HeadBook::Page> HeadBook::of(const std::string& package, const std::string& station, std::int64_t after) {
  GZ_TRY_ASSIGN(const auto rows, database_.query("SELECT statement, signature FROM journal_head WHERE package = ? AND station = ? AND seq > ? ORDER BY seq LIMIT ?", {package, station, after, kPage + 1}));
  Page out;
  for (const auto& row : rows)
    if (out.more = out.heads.size() == static_cast<std::size_t>(kPage); !out.more) out.heads.push_back({std::get<std::string>(row.at(0)), std::get<Bytes>(row.at(1))});
  if (!rows.empty()) return out;
  GZ_TRY_ASSIGN(const auto any, database_.query("SELECT 1 FROM journal_head WHERE package = ? AND station = ? LIMIT 1", {package, station}));
  if (any.empty()) return fail(ErrorKind::NotFound, "no head of that journal was told by this station");
  return out;
}

Result<std::int64_t> HeadBook::count() {
  GZ_TRY_ASSIGN(const auto rows, database_.query("SELECT count(*) FROM journal_head"));
  return std::get<std::int64_t>(rows.at(0).at(0));
}

}  // namespace guzheng
