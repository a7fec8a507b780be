// registry_bench FOLDER COUNT [--peers] [--reuse] [--settle] [--no-index]: the subject library with COUNT practice subjects (README.md says what is measured and how).
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>

#include "core/search/fold.h"
#include "core/registry/practice_subjects.h"
#include "core/registry/store.h"
#include "core/registry/words_of_query.h"
#include "tests/bench/registry/plain_peers.h"

namespace guzheng::bench {
namespace {

namespace fs = std::filesystem;
const Act kBench{"测量", "测量"};
const SystemClock kClock;
constexpr std::uint64_t kSeed = 20261127;

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

double seconds_since(MonotonicTime begun) { return static_cast<double>(kClock.monotonic().us - begun.us) / 1e6; }

// User and system time of this process: what is left of a figure when others take the cores.
double cpu_seconds() {
  rusage use{};
  getrusage(RUSAGE_SELF, &use);
  return static_cast<double>(use.ru_utime.tv_sec + use.ru_stime.tv_sec) + static_cast<double>(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6;
}

// Wall clock and own CPU time since its making.
struct Watch {
  MonotonicTime begun = kClock.monotonic();
  double cpu_begun = cpu_seconds();
  [[nodiscard]] double wall() const { return seconds_since(begun); }
  [[nodiscard]] double cpu() const { return cpu_seconds() - cpu_begun; }
};

double megabytes(const fs::path& folder, const std::string& stem) {
  double out = 0;
  for (const char* suffix : {"", "-wal"}) {
    std::error_code none;
    const auto size = fs::file_size(folder / (stem + suffix), none);
    if (!none) out += static_cast<double>(size) / 1e6;
  }
  return out;
}

double resident_mib() {
  std::ifstream in("/proc/self/statm");
  double pages = 0;
  in >> pages >> pages;
  return pages * 4096 / 1048576;
}

std::unique_ptr<SubjectStore> opened(const fs::path& folder) {
  return must(SubjectStore::open(folder, Secret(std::string(32, 'b')), kClock, [](const Json&) { return ok(); }), "open");
}

struct Series {
  std::string name;
  std::vector<double> ms, cpu_ms;
  std::int64_t found = 0;
  int unfinished = 0;
  void take(const Watch& watch) {
    ms.push_back(watch.wall() * 1000);
    cpu_ms.push_back(watch.cpu() * 1000);
  }
  void print() {
    if (ms.empty()) return;
    std::sort(ms.begin(), ms.end());
    std::sort(cpu_ms.begin(), cpu_ms.end());
    const auto at = [](const std::vector<double>& list, double part) { return list[std::min(list.size() - 1, static_cast<std::size_t>(part * static_cast<double>(list.size())))]; };
    fmt::print("| {} | {} | {:.2f} | {:.2f} | {:.2f} | {:.2f} | {} | {} |\n", name, ms.size(), at(ms, 0.5), at(ms, 0.99), at(cpu_ms, 0.5), at(cpu_ms, 0.99), found, unfinished);
    std::fflush(stdout);
  }
};

// Pieces of what is really there: rows drawn by a fixed rule over the whole library.
class Pieces {
 public:
  explicit Pieces(std::uint64_t count) : count_(count) {}
  SubjectRow row() { return practice_subject(kSeed, next() % count_); }
  std::uint64_t next() { return state_ = state_ * 6364136223846793005ull + 1442695040888963407ull, state_ >> 20; }
  std::string of(const std::string& text, std::size_t length) {
    const std::size_t count = count_characters(text);
    if (count < length) return text;
    const std::size_t from = next() % (count - length + 1);
    return std::string(first_characters(std::string_view(text).substr(first_characters(text, from).size()), length));
  }
  std::string letters(const std::string& name, std::size_t length) {
    std::string out;
    const std::string initials = initials_of(fold_text(name));
    for (std::size_t at = 0; at < initials.size(); ++at)
      if (initials[at] != '[') out += initials[at];
      else out += initials[at + 1], at = initials.find(']', at);
    const std::size_t from = next() % (out.size() - std::min(out.size() - 1, length) + 1);
    return out.substr(from, length);
  }

 private:
  std::uint64_t count_, state_ = 88172645463325252ull;
};

void import_rows(SubjectStore& store, std::uint64_t count) {
  double making = 0, making_cpu = 0;
  const Watch whole;
  auto session = must(store.begin_import("bench", kBench), "import");
  std::vector<SubjectRow> rows;
  for (std::uint64_t from = 0; from < count; from += 10'000) {
    const Watch made;
    rows.clear();
    for (std::uint64_t n = from; n < std::min(from + 10'000, count); ++n) rows.push_back(practice_subject(kSeed, n));
    making += made.wall();
    making_cpu += made.cpu();
    for (const auto& row : rows) static_cast<void>(must(session->add(row), "add"));
  }
  static_cast<void>(must(session->finish(""), "finish"));
  session.reset();
  const double writing = whole.wall() - making, cpu = whole.cpu() - making_cpu, rows_all = static_cast<double>(count);
  fmt::print("import: {} subjects in {:.1f} s = {:.0f} rows/s durable and browsable; own CPU {:.1f} s = {:.0f} rows per CPU second (made up apart, {:.1f} s)\n", count, writing, rows_all / writing, cpu,
             rows_all / cpu, making);
  std::fflush(stdout);
}

void follow_all(SubjectStore& store, std::uint64_t count) {
  const Watch whole;
  double worst = 0;
  for (;;) {
    const auto step = kClock.monotonic();
    const auto behind = must(store.follow(), "follow").behind;
    worst = std::max(worst, seconds_since(step));
    if (behind == 0) break;
  }
  const double seconds = whole.wall(), cpu = whole.cpu(), rows = static_cast<double>(count);
  fmt::print("index following: {:.1f} s = {:.0f} rows/s; own CPU {:.1f} s = {:.0f} rows per CPU second; longest step {:.2f} s\n", seconds, rows / seconds, cpu, rows / cpu, worst);
  std::fflush(stdout);
}

void measure_searches(const SubjectStore& store, std::uint64_t count, int times, std::int64_t patience_us) {
  Pieces pieces(count);
  fmt::print("\nwith {} of patience\n\n", patience_us == 0 ? "no end" : fmt::format("{} ms", patience_us / 1000));
  fmt::print("| search | n | p50 ms | p99 ms | p50 CPU ms | p99 CPU ms | hits counted | unfinished |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n");
  const auto series = [&](const std::string& name, const std::function<SubjectQuery()>& make) {
    Series out{name, {}, {}, 0, 0};
    for (int i = 0; i < times; ++i) {
      auto query = make();
      query.patience_us = patience_us;
      const Watch watch;
      const auto answer = must(store.search(query), "search");
      out.take(watch);
      out.found += answer.count;
      out.unfinished += answer.unfinished;
    }
    out.print();
  };
  const auto with_filters = [&](SubjectQuery query, const Subject& s) {
    query.filter.regions = {s.region.substr(0, 4)};
    query.filter.kinds = {s.kind};
    query.filter.states = {SubjectState::Open};
    return query;
  };
  for (const std::size_t length : {1u, 2u, 3u, 4u})
    for (const bool filters : {false, true})
      series(fmt::format("{} characters of a name{}", length, filters ? " + region, kind, state" : ""), [&] {
        const auto row = pieces.row();
        SubjectQuery query;
        query.text = pieces.of(fold_text(row.subject.name), length);
        return filters ? with_filters(query, row.subject) : query;
      });
  for (const bool filters : {false, true})
    series(std::string("4 characters of an address") + (filters ? " + region, kind, state" : ""), [&] {
      const auto row = pieces.row();
      SubjectQuery query;
      query.text = pieces.of(fold_text(row.subject.address), 4);
      return filters ? with_filters(query, row.subject) : query;
    });
  for (const std::size_t length : {2u, 5u, 6u, 8u, 10u, 18u})
    series(fmt::format("credit code, first {}", length), [&] {
      SubjectQuery query;
      query.text = pieces.row().subject.credit_code.substr(0, length);
      return query;
    });
  for (const std::size_t length : {2u, 3u, 4u, 6u})
    for (const bool filters : {false, true})
      series(fmt::format("{} pinyin initials{}", length, filters ? " + region, kind, state" : ""), [&] {
        const auto row = pieces.row();
        SubjectQuery query;
        query.text = pieces.letters(row.subject.name, length);
        return filters ? with_filters(query, row.subject) : query;
      });
  series("filters alone: region, industry, platform", [&] {
    SubjectRow row = pieces.row();
    while (row.entries.empty()) row = pieces.row();
    SubjectQuery query;
    query.filter.regions = {row.subject.region};
    query.filter.industries = {row.subject.industry};
    query.filter.platforms = {row.entries[0].platform};
    return query;
  });
  series("2 characters + tag of every 50th", [&] {
    SubjectQuery query;
    query.text = pieces.of(fold_text(pieces.row().subject.name), 2);
    query.filter.tags = {1};
    return query;
  });
}

void measure_page(const SubjectStore& store, std::uint64_t count, int times) {
  Pieces pieces(count);
  Series first{"first row of the subject page", {}, {}, 0, 0}, whole{"whole subject page", {}, {}, 0, 0}, scroll{"50 rows anywhere in the table", {}, {}, 0, 0};
  for (int i = 0; i < times; ++i) {
    const SubjectId id = 1 + static_cast<SubjectId>(pieces.next() % count);
    const Watch watch;
    first.found += must(store.get(id), "get").id > 0;
    first.take(watch);
    static_cast<void>(must(store.entries(id), "entries"));
    static_cast<void>(must(store.records(id), "records"));
    static_cast<void>(must(store.tags_of(id), "tags"));
    whole.found += static_cast<std::int64_t>(must(store.history(id), "history").size());
    whole.take(watch);
    const Watch scrolled;
    scroll.found += static_cast<std::int64_t>(must(store.page(id, 50), "page").size());
    scroll.take(scrolled);
  }
  first.print();
  whole.print();
  scroll.print();
}

void measure_peers(const SubjectStore& store, const fs::path& folder, std::uint64_t count, int times) {
  PlainPeers peers(folder / "peers.sqlite");
  peers.begin();
  for (std::uint64_t n = 0; n < count; ++n) {
    const auto s = practice_subject(kSeed, n).subject;
    peers.add(static_cast<std::int64_t>(n + 1), s.region, s.name, s.short_name, s.credit_code, s.address);
  }
  peers.commit();
  fmt::print("peer FTS5 trigram: built in {:.1f} s; both peers {:.0f} MB\n", peers.build_trigram(), megabytes(folder, "peers.sqlite"));
  Pieces pieces(count);
  for (const std::size_t length : {2u, 3u, 4u}) {
    Series ours{fmt::format("side by side, {} characters + region: library", length), {}, {}, 0, 0}, like{"  LIKE", {}, {}, 0, 0}, trigram{"  FTS5 trigram", {}, {}, 0, 0};
    for (int i = 0; i < times; ++i) {
      const auto s = pieces.row().subject;
      SubjectQuery query;
      query.text = pieces.of(s.name, length);                    // as written: the peers know no folding
      query.filter.regions = {s.region.substr(0, 4)};
      const Watch ours_watch;
      ours.found += must(store.search(query), "search").count;
      ours.take(ours_watch);
      const Watch like_watch;
      like.found += std::min(1000, peers.by_like(query.text, query.filter.regions[0]));
      like.take(like_watch);
      const Watch trigram_watch;
      trigram.found += std::min(1000, peers.by_trigram(query.text, query.filter.regions[0]));
      trigram.take(trigram_watch);
    }
    ours.print();
    like.print();
    trigram.print();
  }
}

int run_bench(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "registry_bench FOLDER COUNT [--peers] [--reuse] [--settle] [--no-index]\n");
    return 1;
  }
  const fs::path folder = argv[1];
  const std::uint64_t count = std::strtoull(argv[2], nullptr, 10);
  const auto has = [&](std::string_view flag) { return std::any_of(argv + 3, argv + argc, [&](const char* a) { return a == flag; }); };
  auto store = opened(folder);
  if (!has("--reuse")) {
    import_rows(*store, count);
    if (!has("--no-index")) follow_all(*store, count);
    const auto tag = must(store->put_tag({0, "测量", "每五十", 0}, kBench), "tag");
    std::vector<SubjectId> ids;
    for (SubjectId id = 50; id <= static_cast<SubjectId>(count); id += 50) ids.push_back(id);
    const auto begun = kClock.monotonic();
    static_cast<void>(must(store->tag_these(ids, tag, true, kBench), "tag"));
    fmt::print("bulk tagging: {} subjects in {:.2f} s\n", ids.size(), seconds_since(begun));
  }
  if (has("--settle")) {
    const auto begun = kClock.monotonic();
    must(store->settle(), "settle");
    fmt::print("index settled in {:.1f} s\n", seconds_since(begun));
  }
  fmt::print("on disk: library {:.0f} MB, index {:.0f} MB; resident {:.0f} MiB after writing\n", megabytes(folder, "registry.sqlite"), megabytes(folder, "registry-index-0.sqlite") + megabytes(folder, "registry-index-1.sqlite"), resident_mib());
  store.reset();
  const auto begun = kClock.monotonic();
  store = opened(folder);
  const double open_ms = seconds_since(begun) * 1000;
  static_cast<void>(must(store->page(0, 50), "page"));
  fmt::print("open: {:.1f} ms, with the first 50 rows {:.1f} ms, resident {:.0f} MiB\n", open_ms, seconds_since(begun) * 1000, resident_mib());
  const int times = count > 100'000 ? 200 : count == 100'000 ? 500 : 20;
  if (!has("--no-index")) {
    measure_searches(*store, count, times, 0);
    measure_searches(*store, count, times, 12'000);
  }
  measure_page(*store, count, times);
  fmt::print("resident {:.0f} MiB after the searches\n", resident_mib());
  if (has("--peers")) measure_peers(*store, folder, count, 20);
  return 0;
}

}  // namespace
}  // namespace guzheng::bench

int main(int argc, char** argv) { return guzheng::bench::run_bench(argc, argv); }
