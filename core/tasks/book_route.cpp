// The route read back: as a timeline, and held against everything that should agree with it.
#include <algorithm>

#include "core/base/digest.h"
#include "core/tasks/book_rows.h"

namespace guzheng {

namespace {

struct ActRow {
  std::string badge, body, digest;
  Bytes signature;
  std::int64_t log_seq = 0;
  std::string log_digest;
};

Result<ActRow> read_act(Database& database, std::int64_t id) {
  GZ_TRY_ASSIGN(const auto rows, database.query("SELECT badge,body,digest,signature,log_seq,log_digest FROM act WHERE id=?", {id}));
  if (rows.empty()) return fail(ErrorKind::NotFound, "its act is missing");
  const auto& row = rows[0];
  const auto* signature = std::get_if<Bytes>(&row[3]);
  return ActRow{book::text_of(row[0]), book::text_of(row[1]), book::text_of(row[2]), signature ? *signature : Bytes(), book::number_of(row[4]), book::text_of(row[5])};
}

// "" when the act is what the move, its signer and the log say.
std::string act_trouble(const ActRow& act, const RouteStep& step, const OperationLogReading& log, const TaskBook::SignatureCheck& signed_by) {
  if (sha256_hex(as_bytes(act.body)) != act.digest) return "its act was changed";
  const auto digests = digests_in_act(act.body);
  if (!digests || std::find(digests->begin(), digests->end(), step.digest) == digests->end()) return "its act does not hold it";
  if (act.badge != step.move.badge) return "its act is another person's";
  if (const auto good = signed_by(act.signature, as_bytes(act.body), act.badge); !good) return "its signature does not hold: " + good.error().what;
  const auto seq = static_cast<std::size_t>(act.log_seq);
  if (seq >= log.lines.size() || log.lines[seq].digest != act.log_digest || log.lines[seq].kind != "op.task-act") return "the operation log has no line for it";
  const auto body = parse_json(log.lines[seq].body);
  if (!body || text_at(*body, "act") != act.digest) return "the operation log's line is of another act";
  return "";
}

}  // namespace

Result<std::vector<RouteStep>> TaskBook::route(FlowKind kind, std::int64_t id) {
  GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT body,digest,act FROM move WHERE kind=? AND item=? ORDER BY number", {static_cast<std::int64_t>(kind), id}));
  std::vector<RouteStep> out;
  for (const auto& row : rows) {
    auto record = read_move(book::text_of(row[0]));
    if (!record) return fail(ErrorKind::Tampered, std::string(to_string(kind)) + " " + std::to_string(id) + ", move " + std::to_string(out.size() + 1) + ": " + record.error().what);
    out.push_back({std::move(*record), book::text_of(row[1]), book::number_of(row[2])});
  }
  return out;
}

Result<std::vector<RouteTrouble>> TaskBook::check_contents(FlowKind kind, std::int64_t id, const std::vector<RouteStep>& steps) {
  std::vector<RouteTrouble> out;
  int version = 0;
  for (const auto& step : steps) {
    for (const auto& one : step.move.order.documents)
      if (const auto bytes = document(one.sha256); !bytes) out.push_back({step.move.number, "its document " + one.name + " is missing or was changed"});
    if (step.move.content.empty()) continue;
    Result<std::string> now = fail(ErrorKind::NotFound, "");
    if (kind == FlowKind::Sheet) {
      if (const auto sheet = submitted_sheet(id, ++version)) now = book::content_digest(to_json(*sheet));
    } else if (kind == FlowKind::Result) {
      if (const auto entry = result(id)) now = book::content_digest(to_json(entry->result));
    } else if (const auto entry = clue(id)) {
      now = book::content_digest(to_json(entry->clue));
    }
    if (!now || *now != step.move.content) out.push_back({step.move.number, "what it was about is not what is kept now"});
  }
  return out;
}

Result<std::vector<RouteTrouble>> TaskBook::check_route(FlowKind kind, std::int64_t id, const SignatureCheck& signed_by) {
  std::vector<RouteTrouble> out;
  GZ_TRY_ASSIGN(const auto now, item(kind, id));
  GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT body,digest,act FROM move WHERE kind=? AND item=? ORDER BY number", {static_cast<std::int64_t>(kind), id}));
  GZ_TRY_ASSIGN(const auto log, read_operation_log(log_.path()));
  if (log.broken_at) out.push_back({0, "the operation log is broken at line " + std::to_string(*log.broken_at) + ": " + log.why});
  FlowItem replayed;
  replayed.kind = kind;
  replayed.id = id;
  std::vector<RouteStep> steps;
  for (const auto& row : rows) {
    const auto body = book::text_of(row[0]);
    const auto number = static_cast<std::int64_t>(steps.size() + 1);
    auto record = read_move(body);
    if (!record) {
      out.push_back({number, record.error().what});
      return out;
    }
    if (move_digest(body) != book::text_of(row[1])) out.push_back({number, "it was changed"});
    auto next = follow(replayed, *record, body);
    if (!next) {
      out.push_back({number, next.error().what});
      return out;
    }
    replayed = std::move(*next);
    steps.push_back({std::move(*record), book::text_of(row[1]), book::number_of(row[2])});
    const auto act = read_act(*database_, steps.back().act);
    const auto why = act ? act_trouble(*act, steps.back(), log, signed_by) : act.error().what;
    if (!why.empty()) out.push_back({number, why});
  }
  if (!(replayed == now)) out.push_back({0, "the item is not what its route has made of it"});
  GZ_TRY_ASSIGN(const auto contents, check_contents(kind, id, steps));
  out.insert(out.end(), contents.begin(), contents.end());
  return out;
}

}  // namespace guzheng
