#include "core/central/bureau_api.h"

#include <algorithm>
#include <set>

#include "core/central/access_api.h"
#include "core/central/bureau_base.h"
#include "core/central/keeping_api.h"
#include "core/central/page.h"
#include "core/central/tus.h"

namespace guzheng {

namespace {

constexpr int kRowsOfPage = 50;
constexpr const char* kPagePolicy =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

// A stored package on its way to whoever may fetch it.
class StoredBody final : public HttpSource {
 public:
  explicit StoredBody(std::unique_ptr<ObjectReader> reader) : reader_(std::move(reader)) {}
  [[nodiscard]] std::uint64_t size() const override { return reader_->size(); }
  Status read_at(std::uint64_t offset, std::span<std::uint8_t> into) override { return reader_->read_at(offset, into); }

 private:
  const std::unique_ptr<ObjectReader> reader_;
};

bool is_number_prefix(const std::string& text) {
  return !text.empty() && text.size() <= 19 && std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'; });
}

class BureauAnswers : private BureauBase {
 public:
  using BureauBase::BureauBase;

  HttpAnswer me(const HttpRequest& request) const {
    return as_person(request, [&](const CentralPerson& person) {
      return json_answer(200, {{"badge", person.badge}, {"name", person.name}, {"practice", parts_.practice}, {"role", to_string(person.role)}, {"system", parts_.system_name}, {"unit", person.unit}});
    });
  }

  HttpAnswer state(const HttpRequest& request) const {
    return as_person(request, [&](const CentralPerson& person) -> HttpAnswer {
      Json out{{"at", format_time(parts_.clock->wall(), parts_.clock->zone_minutes())}};
      if (const auto done = put_log(out); !done) return trouble(done.error());
      if (const auto done = put_counts(out); !done) return trouble(done.error());
      if (const auto done = put_stations(out, person); !done) return trouble(done.error());
      for (ObjectStore* const store : {parts_.first, parts_.second})
        out["stores"].push_back({{"answers", store->uploads().has_value()}, {"name", store->name()}});
      return json_answer(200, out);
    });
  }

  HttpAnswer packages(const HttpRequest& request) const {
    return as_person(request, [&](const CentralPerson& person) -> HttpAnswer {
      const auto asked = [&](const char* name) { return request.query.contains(name) ? request.query.at(name) : std::string(); };
      const std::string number = asked("number"), fingerprint = asked("fingerprint"), before = asked("before");
      if ((request.query.contains("number") && !is_number_prefix(number)) || (request.query.contains("fingerprint") && !is_hex64(fingerprint)) || (request.query.contains("before") && !parse_count(before)) ||
          request.query.size() != (!number.empty()) + (!fingerprint.empty()) + std::size_t{!before.empty()})
        return refused(400, "question", "number (its beginning), fingerprint (64 hex digits) and before (a log index) may be asked, each once");
      auto rows = find(person, number, fingerprint, before);
      if (!rows) return trouble(rows.error());
      Json list = Json::array();
      for (const auto& row : *rows) list.push_back(shown(row));
      return json_answer(200, {{"more", static_cast<int>(rows->size()) == kRowsOfPage}, {"packages", std::move(list)}});
    });
  }

  // Nothing of a package is said but that it is known: whoever holds it may learn that, of whatever unit.
  HttpAnswer known(const HttpRequest& request) const {
    return as_person(request, [&](const CentralPerson&) -> HttpAnswer {
      const auto it = request.query.begin();
      if (request.query.size() != 1 || (it->first != "fingerprint" && it->first != "zip_sha256") || !is_hex64(it->second)) return refused(400, "question", "either ?fingerprint= or ?zip_sha256=, 64 hex digits");
      const auto rows = parts_.database->query(std::string(kReceived) + " WHERE r." + it->first + " = ? ORDER BY r.log_number", {it->second});
      if (!rows) return trouble(rows.error());
      if (rows->empty()) return refused(404, "unknown", "no package with that digest was received here");
      const auto row = received_of(rows->front());
      if (!row) return trouble(row.error());
      return json_answer(200, {{"fingerprint", row->fingerprint}, {"index", row->index}, {"package", row->package}, {"received_at", format_time(row->entry.received_at, parts_.clock->zone_minutes())}, {"verdict", row->entry.verdict}});
    });
  }

  HttpAnswer exports(const HttpRequest& request) const {
    return as_person(request, [&](const CentralPerson& person) -> HttpAnswer {
      const auto list = parts_.exports->list(person);
      if (!list) return trouble(list.error());
      Json out = Json::array();
      for (const auto& one : *list) out.push_back(shown(one, person));
      return json_answer(200, {{"exports", std::move(out)}});
    });
  }

  HttpAnswer ask(const HttpRequest& request) const {
    return as_person(request, [&](const CentralPerson& person) -> HttpAnswer {
      const auto body = posted(request, {"reason", "zip_sha256"});
      if (!body) return refused(400, "body", body.error().what);
      const auto row = by_digest(text_at(*body, "zip_sha256"));
      if (!row && row.error().kind != ErrorKind::NotFound) return trouble(row.error());
      const auto unit = row ? parts_.people->unit_of(row->station) : Result<std::string>(std::string());
      if (!unit) return trouble(unit.error());
      if (!row || !may_see_packages(person, *unit)) return refused(404, "no-such-package", "no such package of your unit was received");
      const auto made = parts_.exports->ask(person, row->package, row->zip_sha256, *unit, text_at(*body, "reason"));
      if (!made) return refusal_of(made.error(), "no-such-export");
      return json_answer(201, shown(*made, person));
    });
  }

  HttpAnswer decide(const HttpRequest& request) const {
    return as_person(request, [&](const CentralPerson& person) -> HttpAnswer {
      const auto body = posted(request, {"approve", "why"});
      if (!body) return refused(400, "body", body.error().what);
      if (!body->at("approve").is_boolean()) return refused(400, "body", "approve is true or false");
      const auto number = parse_count(request.params.at("number"));
      const auto made = parts_.exports->decide(person, number ? static_cast<std::int64_t>(*number) : -1, bool_at(*body, "approve"), text_at(*body, "why"));
      if (!made) return refusal_of(made.error(), "no-such-export");
      return json_answer(200, shown(*made, person));
    });
  }

  HttpAnswer fetch(const HttpRequest& request) const {
    return as_person(request, [&](const CentralPerson& person) -> HttpAnswer {
      const auto number = parse_count(request.params.at("number"));
      const auto granted = parts_.exports->to_fetch(person, number ? static_cast<std::int64_t>(*number) : -1);
      if (!granted) return refusal_of(granted.error(), "no-such-export");
      const auto row = by_digest(granted->zip_sha256);
      if (!row) return trouble(row.error());
      auto reader = parts_.first->open(row->object);
      if (!reader) reader = parts_.second->open(row->object);
      if (!reader) return trouble(reader.error());
      Bytes digest;
      if (!from_hex(row->zip_sha256, digest)) return trouble({ErrorKind::Io, "the digest that is stored is none"});
      HttpAnswer out;
      out.source = std::make_shared<StoredBody>(std::move(*reader));
      out.type = "application/zip";
      out.headers = {{"Content-Disposition", "attachment; filename=\"" + row->package + ".zip\""}, {"Repr-Digest", "sha-256=:" + to_base64(digest) + ":"}};
      return out;
    });
  }

 private:
  Status put_log(Json& out) const {
    GZ_TRY_ASSIGN(const auto newest, parts_.log->newest());
    out["log"] = {{"checkpoint", newest ? newest->text : std::string()}};
    return ok();
  }

  Status put_counts(Json& out) const {
    const auto count = [&](const char* sql) -> Result<std::int64_t> {
      GZ_TRY_ASSIGN(const auto rows, parts_.database->query(sql));
      return std::get<std::int64_t>(rows.at(0).at(0));
    };
    GZ_TRY_ASSIGN(const auto received, count("SELECT COUNT(*) FROM received"));
    GZ_TRY_ASSIGN(const auto refusals, count("SELECT COUNT(*) FROM refused"));
    GZ_TRY_ASSIGN(const auto open, parts_.uploads->open_count());
    out["packages"] = {{"received", received}, {"refused", refusals}};
    out["uploads"] = {{"open", open}, {"verifying", parts_.uploads->waiting()}};
    return ok();
  }

  Status put_stations(Json& out, const CentralPerson& person) const {
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> sent;           // packages, the last one's index
    GZ_TRY_ASSIGN(const auto rows, parts_.database->query("SELECT station, COUNT(*), MAX(log_number) FROM received GROUP BY station"));
    for (const auto& row : rows) sent[std::get<std::string>(row.at(0))] = {std::get<std::int64_t>(row.at(1)), std::get<std::int64_t>(row.at(2))};
    std::map<std::string, std::string> units;
    GZ_TRY_ASSIGN(const auto said, parts_.people->station_units());
    for (const auto& [station, unit] : said) units[station] = unit;
    for (const auto& id : parts_.stations->ids()) units.try_emplace(id);
    for (const auto& [id, what] : sent) units.try_emplace(id);
    out["stations"] = Json::array();
    for (const auto& [station, unit] : units) {
      if (!may_see_stations(person, unit)) continue;
      const auto it = sent.find(station);
      std::string last;
      if (it != sent.end()) {
        GZ_TRY_ASSIGN(const auto text, parts_.log->entry(static_cast<std::uint64_t>(it->second.second)));
        GZ_TRY_ASSIGN(const auto entry, parse_log_entry(text));
        last = format_time(entry.received_at, parts_.clock->zone_minutes());
      }
      out["stations"].push_back({{"id", station}, {"last", last}, {"packages", it == sent.end() ? 0 : it->second.first}, {"unit", unit}});
    }
    return ok();
  }

  Result<std::vector<ReceivedRow>> find(const CentralPerson& person, const std::string& number, const std::string& fingerprint, const std::string& before) const {
    std::string sql = std::string(kReceived) + " WHERE 1 = 1";
    std::vector<SqlValue> values;
    if (person.role != CentralRole::Auditor) {
      GZ_TRY_ASSIGN(const auto units, parts_.people->station_units());
      std::string marks;
      for (const auto& [station, unit] : units) {
        if (!may_see_packages(person, unit)) continue;
        marks += marks.empty() ? "?" : ", ?";
        values.emplace_back(station);
      }
      if (marks.empty()) return std::vector<ReceivedRow>();
      sql += " AND r.station IN (" + marks + ")";
    }
    if (!number.empty()) {
      sql += " AND r.package >= ? AND r.package < ?";
      values.emplace_back(number);
      values.emplace_back(number + "~");
    }
    if (!fingerprint.empty()) {
      sql += " AND r.fingerprint = ?";
      values.emplace_back(fingerprint);
    }
    if (!before.empty()) {
      sql += " AND r.log_number < ?";
      values.emplace_back(static_cast<std::int64_t>(*parse_count(before)));
    }
    GZ_TRY_ASSIGN(const auto rows, parts_.database->query(sql + " ORDER BY r.log_number DESC LIMIT " + std::to_string(kRowsOfPage), values));
    std::vector<ReceivedRow> out;
    for (const auto& row : rows) {
      GZ_TRY_ASSIGN(auto one, received_of(row));
      out.push_back(std::move(one));
    }
    return out;
  }

  Json shown(const ReceivedRow& row) const {
    Json stores = Json::array();
    for (const auto& store : row.entry.stores) stores.push_back({{"name", store.name}, {"retain_until", format_time(store.retain_until, parts_.clock->zone_minutes())}});
    return {{"bytes", row.entry.bytes}, {"fingerprint", row.fingerprint}, {"index", row.index}, {"package", row.package}, {"received_at", format_time(row.entry.received_at, parts_.clock->zone_minutes())},
            {"plan", {{"kind", to_string(row.plan_kind())}, {"until", format_time(row.plan_until(), parts_.clock->zone_minutes())}}}, {"station", row.station}, {"stores", std::move(stores)}, {"verdict", row.entry.verdict}, {"zip_sha256", row.zip_sha256}};
  }

  Json shown(const ExportRequest& one, const CentralPerson& person) const {
    const bool mine = one.asked_by == person.badge;
    return {{"asked_at", one.asked_at}, {"asked_by", named(one.asked_by)}, {"decided_at", one.decided_at}, {"decided_by", named(one.decided_by)}, {"may_decide", one.state == ExportState::Asked && may_decide_export(person, one.unit, one.asked_by)},
            {"may_fetch", one.state == ExportState::Approved && mine}, {"number", one.number}, {"package", one.package}, {"reason", one.reason}, {"state", to_string(one.state)},
            {"until", one.until.ms > 0 ? format_time(one.until, parts_.clock->zone_minutes()) : std::string()}, {"why", one.why}, {"zip_sha256", one.zip_sha256}};
  }

};

HttpAnswer page_answer(const std::string& name) {
  const auto* file = page_file(name);
  if (file == nullptr) return refused(404, "no-such-path", "no such path");
  HttpAnswer out;
  out.body = std::string(file->text);
  out.type = std::string(file->type);
  out.headers = {{"Content-Security-Policy", kPagePolicy}, {"Referrer-Policy", "no-referrer"}, {"Cross-Origin-Opener-Policy", "same-origin"}, {"Cache-Control", "no-cache"}};
  return out;
}

}  // namespace

void add_bureau_routes(HttpRouter& router, const CentralParts& parts) {
  RouteAdder<BureauAnswers> add(router, parts);
  add("GET", "/v1/bureau/me", &BureauAnswers::me);
  add("GET", "/v1/bureau/state", &BureauAnswers::state);
  add("GET", "/v1/bureau/packages", &BureauAnswers::packages);
  add("GET", "/v1/bureau/known", &BureauAnswers::known);
  add("GET", "/v1/bureau/exports", &BureauAnswers::exports);
  add("POST", "/v1/bureau/exports", &BureauAnswers::ask, kMostAsked);
  add("POST", "/v1/bureau/exports/{number}/decision", &BureauAnswers::decide, kMostAsked);
  add("GET", "/v1/bureau/exports/{number}/package", &BureauAnswers::fetch);
  add_keeping_routes(router, parts);
  add_access_routes(router, parts);
  router.add({"GET", "/", true, [](HttpRequest&) -> HttpReply { return page_answer("index.html"); }, 0});
  router.add({"GET", "/page/{file}", true, [](HttpRequest& request) -> HttpReply { return page_answer(request.params.at("file")); }, 0});
}

}  // namespace guzheng
