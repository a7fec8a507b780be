// How fast foreign tables are read, cleaned and imported. README.md says how to read it. Prints; judges nothing.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/intake/code_files.h"
#include "core/intake/import.h"
#include "core/registry/practice_subjects.h"
#include "core/tables/table_writer.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;
using Steady = std::chrono::steady_clock;

double since(Steady::time_point begin) { return std::chrono::duration<double>(Steady::now() - begin).count(); }

double peak_mib() {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);)
    if (line.starts_with("VmHWM:")) return std::strtod(line.c_str() + 6, nullptr) / 1024.0;
  return 0;
}
// Counts from here on; the clock of the thread is the CPU that it had, whatever else the machine did.
struct Measured {
  Measured() { std::ofstream("/proc/self/clear_refs") << 5; }
  const Steady::time_point begin = Steady::now();
  const std::clock_t cpu = std::clock();
  void print(const char* what, long rows, std::uintmax_t bytes) const {
    const double seconds = since(begin), cpu_seconds = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
    std::printf("%-26s %9ld rows %8.2f s %9.0f rows/s %7.1f MB/s  CPU %7.2f s, %9.0f rows a CPU second  peak %6.1f MiB\n", what, rows, seconds, static_cast<double>(rows) / seconds,
                static_cast<double>(bytes) / 1e6 / seconds, cpu_seconds, static_cast<double>(rows) / cpu_seconds, peak_mib());
    std::fflush(stdout);
  }
};

std::vector<std::string> cells_of(std::uint64_t n) {
  const auto row = practice_subject(7, n);
  const Subject& s = row.subject;
  const Entry entry = row.entries.empty() ? Entry{} : row.entries[0];
  return {s.name, s.credit_code, s.number, s.address, "330106", s.industry, s.category, entry.name, entry.platform, entry.link};
}
const std::vector<std::string> kHeader{"企业名称", "统一社会信用代码", "注册号", "住所", "行政区划", "行业", "主营品类", "店铺名称", "平台", "链接"};

void write_table(const fs::path& file, long rows) {
  auto writer = make_table_writer(file, "名单").value();
  (void)writer->write(kHeader);
  for (long n = 0; n < rows; ++n) (void)writer->write(cells_of(static_cast<std::uint64_t>(n)));
  (void)writer->finish();
}
void write_lines(const fs::path& file, long rows) {
  std::ofstream out(file);
  for (long n = 0; n < rows; ++n) {
    const auto cells = cells_of(static_cast<std::uint64_t>(n));
    Json json;
    for (std::size_t i = 0; i < cells.size(); ++i) json[kHeader[i]] = cells[i];
    out << json.dump() << "\n";
  }
}

void read(const char* what, const fs::path& file) {
  const Measured measured;
  auto reader = open_table(file).value();
  TableRow row;
  long rows = 0;
  while (reader->next(row).value()) ++rows;
  measured.print(what, rows, fs::file_size(file));
}

void clean(const char* what, const fs::path& file, const CodeTables& tables) {
  std::vector<RuleProblem> problems;
  const auto cleaner = Cleaner::make(parse_cleaning(default_cleaning(), intake_fields(), problems).value(), intake_fields(), tables).value();
  const Measured measured;
  auto source = RowSource::open(file, {}, cleaner, {}).value();
  CleanRow row;
  long rows = 0;
  while (source->next(row).value()) ++rows;
  measured.print(what, rows, fs::file_size(file));
}

void import(const char* what, const fs::path& file, const fs::path& folder, const CodeTables& tables) {
  const SystemClock clock;
  auto store = SubjectStore::open(folder, Secret(std::string(32, 'k')), clock, [](const Json&) { return ok(); }).value();
  const Measured measured;
  const auto done = run_import({*store, folder, clock, tables, {}}, {file, {}, "", {"bench", ""}});
  if (!done) {
    std::printf("%s: %s\n", what, done.error().what.c_str());
    return;
  }
  const auto& counts = done->counts;
  measured.print(what, static_cast<long>(counts.rows), fs::file_size(file));
  std::printf("  added %ld merged %ld dropped %ld corrected %ld, list of results %.1f MB\n", static_cast<long>(counts.added), static_cast<long>(counts.merged), static_cast<long>(counts.dropped),
              static_cast<long>(counts.corrected), fs::exists(done->notes) ? static_cast<double>(fs::file_size(done->notes)) / 1e6 : 0.0);
}

// What of an import is the library's own: the same subjects, handed over ready.
void library_alone(long rows, const fs::path& folder) {
  const SystemClock clock;
  auto store = SubjectStore::open(folder, Secret(std::string(32, 'k')), clock, [](const Json&) { return ok(); }).value();
  const Measured measured;
  auto session = store->begin_import("bench", {"bench", ""}).value();
  for (long n = 0; n < rows; ++n) {
    auto row = practice_subject(7, static_cast<std::uint64_t>(n));
    row.sensitive.clear();
    row.entries.resize(std::min<std::size_t>(row.entries.size(), 1));
    (void)session->add(row);
    if (n % 3500 == 3499) (void)session->commit_at("{}");
  }
  (void)session->finish("{}");
  measured.print("library alone", rows, 0);
}

}  // namespace
}  // namespace guzheng

int main(int argc, char** argv) {
  using namespace guzheng;
  if (argc < 3) return std::puts("intake_bench FOLDER ROWS [again]"), 1;
  const fs::path folder = argv[1];
  const long rows = std::atol(argv[2]);
  write_table(folder / "t.csv", rows);
  write_lines(folder / "t.jsonl", rows);
  write_table(folder / "t.xlsx", std::min(rows, 1'000'000L));
  const auto tables = load_code_tables(folder).value();
  read("CSV", folder / "t.csv");
  read("JSON Lines", folder / "t.jsonl");
  read("XLSX", folder / "t.xlsx");
  clean("CSV, mapped and cleaned", folder / "t.csv", tables);
  import("import, empty library", folder / "t.csv", folder / "library", tables);
  library_alone(rows, folder / "alone");
  if (argc > 3) import("the same file again", folder / "t.csv", folder / "library", tables);
  return 0;
}
