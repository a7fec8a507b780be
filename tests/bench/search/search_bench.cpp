// search_bench FOLDER COUNT [--groonga URL [--every N]] [--reuse]: subjects on the central server at size (README.md says what is measured and how).
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>

#include "core/base/bytes.h"
#include "core/central/api.h"
#include "core/central/schema.h"
#include "core/central/subject_texts.h"
#include "core/registry/practice_subjects.h"
#include "core/registry/rows.h"
#include "core/search/fold.h"
#include "core/search/fts_search.h"
#include "core/search/groonga_search.h"

namespace guzheng::bench {
namespace {

namespace fs = std::filesystem;
const SystemClock kClock;
constexpr std::uint64_t kSeed = 20261127;
constexpr int kUnits = 10;                         // each subject is one's; a station sees its unit's
constexpr std::int64_t kPatienceUs = 20'000;       // as the server has it

template <typename T>
T must(Result<T> result, const char* what) {
  if (result) return std::move(*result);
  std::fprintf(stderr, "%s: %s\n", what, result.error().what.c_str());
  std::exit(1);
}
void must(const Status& status, const char* what) {
  if (status) return;
  std::fprintf(stderr, "%s: %s\n", what, status.error().what.c_str());
  std::exit(1);
}

// Of this process: what is left of a figure when others take the cores.
double cpu_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

struct Watch {
  MonotonicTime begun = kClock.monotonic();
  double cpu_begun = cpu_seconds();
  [[nodiscard]] double wall() const { return static_cast<double>(kClock.monotonic().us - begun.us) / 1e6; }
  [[nodiscard]] double cpu() const { return cpu_seconds() - cpu_begun; }
};

double resident_mib() {
  std::ifstream in("/proc/self/statm");
  double pages = 0;
  in >> pages >> pages;
  return pages * 4096 / 1048576;
}

// As a station tells it: the subject with its unit, entries by number, no tags.
std::string body_of(const SubjectRow& row) {
  Json out = subject_json(row.subject);
  out["unit"] = {{"code", ""}, {"name", ""}};
  out["entries"] = Json::object();
  int no = 0;
  for (const auto& entry : row.entries) {
    Json one = entry_json(entry);
    one.erase("checked_ms");
    one.erase("reach");
    one["unit"] = {{"code", ""}, {"name", ""}};
    out["entries"][std::to_string(++no)] = std::move(one);
  }
  out["tags"] = Json::array();
  return must(canonical_json(out), "body");
}

void fill_records(Database& database, std::uint64_t count) {
  const Watch watch;
  constexpr std::uint64_t kRows = 50, kTogether = 50'000;
  std::string sql = "INSERT INTO record(kind, id, version, seq, unit, station, person, at, gone, body) VALUES";
  for (std::uint64_t i = 0; i < kRows; ++i) sql += i == 0 ? "(?,?,?,?,?,?,?,?,?,?)" : ",(?,?,?,?,?,?,?,?,?,?)";
  for (std::uint64_t from = 0; from < count; from += kTogether)
    must(database.together([&]() -> Status {
      for (std::uint64_t n = from; n + kRows <= std::min(from + kTogether, count); n += kRows) {
        std::vector<SqlValue> values;
        for (std::uint64_t m = n; m < n + kRows; ++m) {
          const std::string id = fmt::format("s{:016x}{:016x}", m, value_hash(std::to_string(m)));
          for (const SqlValue& value : {SqlValue(std::string("subject")), SqlValue(id), SqlValue(std::int64_t{1}), SqlValue(static_cast<std::int64_t>(m + 1)), SqlValue("单位" + std::to_string(m % kUnits)), SqlValue(std::string("LX-03")),
                                        SqlValue(std::string("测量")), SqlValue(std::int64_t{1'795'800'000'000}), SqlValue(std::int64_t{0}), SqlValue(body_of(practice_subject(kSeed, m)))})
            values.push_back(value);
        }
        GZ_TRY(database.run(sql, values));
      }
      return ok();
    }), "fill");
  fmt::print("table `record`: {} subjects written in {:.0f} s\n", count, watch.wall());
  std::fflush(stdout);
}

// Pieces of what is really there: rows drawn by a fixed rule over all.
class Pieces {
 public:
  explicit Pieces(std::uint64_t count) : count_(count) {}
  SubjectRow row() { return practice_subject(kSeed, next() % count_); }
  std::string of(const std::string& text, std::size_t length) {
    const std::size_t count = count_characters(text);
    if (count < length) return text;
    const std::size_t from = next() % (count - length + 1);
    return std::string(first_characters(std::string_view(text).substr(first_characters(text, from).size()), length));
  }

 private:
  std::uint64_t next() { return state_ = state_ * 6364136223846793005ull + 1442695040888963407ull, state_ >> 20; }
  std::uint64_t count_, state_ = 88172645463325252ull;
};

struct Series {
  std::vector<double> ms, cpu_ms;
  std::int64_t found = 0;
  void take(const Watch& watch) {
    ms.push_back(watch.wall() * 1000);
    cpu_ms.push_back(watch.cpu() * 1000);
  }
  static double at(std::vector<double>& list, double part) {
    std::sort(list.begin(), list.end());
    return list[std::min(list.size() - 1, static_cast<std::size_t>(part * static_cast<double>(list.size())))];
  }
  std::string text() { return fmt::format("{:.2f} / {:.2f}, {:.2f} / {:.2f}, {}", at(ms, 0.5), at(ms, 0.99), at(cpu_ms, 0.5), at(cpu_ms, 0.99), found); }
};

struct Engine {
  std::string name;
  std::unique_ptr<SubjectIndex> index;
};

void follow_all(Engine& engine, std::uint64_t count) {
  const Watch watch;
  double longest = 0;
  for (bool more = true; more;) {
    const Watch step;
    more = must(engine.index->follow(), "follow");
    if (more) longest = std::max(longest, step.wall());
  }
  const auto standing = must(engine.index->standing(), "standing");
  fmt::print("{}: followed in {:.0f} s = {:.0f} rows/s (own CPU {:.0f} s; longest batch {:.1f} s), settled; {} subjects found, {} MB on this disk; resident {:.0f} MiB\n", engine.name, watch.wall(), static_cast<double>(count) / watch.wall(),
             watch.cpu(), longest, standing.index.documents, standing.index.bytes / 1'000'000, resident_mib());
  std::fflush(stdout);
}

// Every question is asked of each engine in turn, within the same moment, and of the whole route of a station (authority, index, bodies, JSON; without TLS).
class Asking {
 public:
  Asking(std::vector<Engine>& engines, Database& database, int times, int every) : engines_(engines), database_(database), people_(database, "", [] { return std::string(); }, kClock), times_(times), every_(every) {
    must(people_.set_station_unit("LX-03", "单位3"), "unit");
    CentralParts parts;
    parts.database = &database_;
    parts.people = &people_;
    parts.subjects = engines_[0].index.get();
    parts.clock = &kClock;
    router_ = central_routes(parts);
    std::string names, rule;
    for (const auto& engine : engines_) {
      names += engine.name + " | ";
      rule += " --- |";
    }
    fmt::print("\np50 / p99 ms, of which own CPU, hits counted\n\n| search | {}route of a station (one unit of {}), {} |\n| --- |{} --- |\n", names, kUnits, engines_[0].name, rule);
  }

  void series(const std::string& name, const std::function<SubjectFind()>& make) {
    std::vector<Series> all(engines_.size() + 1);
    for (int i = 0; i < times_; ++i) {
      const auto find = make();
      TextQuestion question{find.words, must(subject_filter(find), "filter")};
      question.patience_us = kPatienceUs;
      for (std::size_t e = 0; e < engines_.size(); ++e) {
        if (e > 0 && i % every_ != 0) continue;
        const Watch watch;
        const auto answer = engines_[e].index->search(question);
        all[e].take(watch);
        if (answer) all[e].found += answer->count;
        else fmt::print("{}: {}: {}\n", engines_[e].name, find.words, answer.error().what);
      }
      const Watch watch;
      all.back().found += ask_route(find);
      all.back().take(watch);
    }
    std::string line = "| " + name;
    for (auto& one : all) line += " | " + one.text();
    fmt::print("{} |\n", line);
    std::fflush(stdout);
  }

 private:
  std::int64_t ask_route(const SubjectFind& find) {
    HttpRequest request;
    request.method = "GET";
    request.path = "/v1/subjects";
    request.who = "LX-03";
    std::string words = to_base64(as_bytes(find.words));
    while (words.ends_with('=')) words.pop_back();
    for (char& c : words) c = c == '+' ? '-' : c == '/' ? '_' : c;
    request.query = {{"q", words}};
    if (!find.region.empty()) request.query["region"] = find.region;
    if (!find.kind.empty()) request.query["kind"] = find.kind;
    if (!find.state.empty()) request.query["state"] = find.state;
    std::string allowed;
    const auto* route = router_.find("GET", request.path, request.params, allowed);
    const auto reply = route->handle(request);
    const auto* answer = std::get_if<HttpAnswer>(&reply);
    if (answer == nullptr || answer->status != 200) {
      fmt::print("route: {} {}\n", answer == nullptr ? 0 : answer->status, answer == nullptr ? "" : answer->body);
      std::exit(1);
    }
    return must(parse_json(answer->body), "answer").at("count").get<std::int64_t>();
  }

  std::vector<Engine>& engines_;
  Database& database_;
  CentralPeople people_;
  HttpRouter router_;
  const int times_, every_;                        // the second engine is asked each so manieth question
};

void measure_searches(std::vector<Engine>& engines, Database& database, std::uint64_t count, int times, int every) {
  Pieces pieces(count);
  Asking ask(engines, database, times, every);
  const auto filtered = [](SubjectFind find, const Subject& subject) {
    find.region = subject.region.substr(0, 4);
    find.kind = to_string(subject.kind);
    find.state = "open";
    return find;
  };
  for (const std::size_t length : {1u, 2u, 3u, 4u})
    for (const bool filters : {false, true})
      ask.series(fmt::format("{} characters of a name{}", length, filters ? " + region, kind, state" : ""), [&] {
        const auto row = pieces.row();
        const SubjectFind find{pieces.of(fold_text(row.subject.name), length)};
        return filters ? filtered(find, row.subject) : find;
      });
  for (const bool filters : {false, true})
    ask.series(std::string("2 + 2 characters of a name") + (filters ? " + region, kind, state" : ""), [&] {
      const auto row = pieces.row();
      const std::string name = fold_text(row.subject.name);
      const SubjectFind find{pieces.of(name, 2) + " " + pieces.of(name, 2)};
      return filters ? filtered(find, row.subject) : find;
    });
  for (const bool filters : {false, true})
    ask.series(std::string("4 characters of an address") + (filters ? " + region, kind, state" : ""), [&] {
      const auto row = pieces.row();
      const SubjectFind find{pieces.of(fold_text(row.subject.address), 4)};
      return filters ? filtered(find, row.subject) : find;
    });
  for (const std::size_t length : {4u, 6u, 8u, 10u, 18u})
    ask.series(fmt::format("credit code, first {}", length), [&] { return SubjectFind{pieces.row().subject.credit_code.substr(0, length)}; });
  ask.series("filters alone: region, kind, state", [&] { return filtered({}, pieces.row().subject); });
}

int run_bench(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "search_bench FOLDER COUNT [--groonga URL [--every N]] [--reuse]\n");
    return 1;
  }
  const fs::path folder = argv[1];
  const std::uint64_t count = std::strtoull(argv[2], nullptr, 10) / 50 * 50;
  const auto at = [&](std::string_view flag) { return std::find_if(argv + 3, argv + argc, [&](const char* a) { return a == flag; }); };
  const auto database = must(Database::open(folder / "central.sqlite", central_schema(), Database::Damage::FoundWhenMet), "database");
  const bool reuse = at("--reuse") != argv + argc;
  if (!reuse) fill_records(*database, count);
  std::vector<Engine> engines;
  engines.push_back({"FTS5", std::make_unique<SubjectIndex>(*database, must(open_fts_search(folder / "subjects.sqlite", kSubjectShape, kClock), "FTS5"), nullptr)});
  if (auto* groonga = at("--groonga"); groonga + 1 < argv + argc) {
    auto engine = must(open_groonga_search({groonga[1], {}}, kSubjectShape), "Groonga");
    engines.push_back({"Groonga", std::make_unique<SubjectIndex>(*database, std::move(engine), nullptr)});
  }
  for (auto& engine : engines) follow_all(engine, count);
  auto* every = at("--every");
  measure_searches(engines, *database, count, count >= 100'000 ? 200 : 10, every + 1 < argv + argc ? std::max(1, std::atoi(every[1])) : 1);
  fmt::print("\nresident {:.0f} MiB after the searches\n", resident_mib());
  return 0;
}

}  // namespace
}  // namespace guzheng::bench

int main(int argc, char** argv) { return guzheng::bench::run_bench(argc, argv); }
