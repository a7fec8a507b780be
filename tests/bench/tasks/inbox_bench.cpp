// How fast the inbox answers on a large book: inbox_bench FOLDER [TASKS [RESULTS]]. README.md says how and what was seen.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "core/base/log.h"
#include "core/tasks/analysis.h"
#include "core/tasks/search_words.h"
#include "core/tasks/book_rows.h"
#include "core/tasks/task_book.h"

namespace guzheng {
namespace {

constexpr int kOrgs = 20, kUnits = 40;
const std::vector<std::string> kCharacters{"甲", "乙", "丙", "安", "康", "源", "丰", "禾", "海", "山", "河", "林", "春", "秋", "明", "华", "建", "国", "福", "寿", "永", "泰", "和", "顺", "德", "利", "金", "银", "玉", "珠", "松", "柏"};
const std::vector<std::string> kKinds{"商贸有限公司", "生物科技有限公司", "食品厂", "网络店", "电子商务有限公司", "经营部"};
const std::vector<std::string> kViolations{"普通食品宣传疾病治疗功能", "使用绝对化用语", "未公示营业执照", "价格欺诈", "虚假交易记录", "销售不合格产品"};
const std::vector<std::string> kPlatforms{"练习商城", "练习集市", "练习直播", "练习团购", "练习外卖"};
const std::vector<std::string> kFields{"广告", "食品", "价格", "产品质量", "网络交易"};

std::string unit_name(int i) { return "示例市场监督管理第" + std::to_string(i) + "分局"; }
std::string org_name(int i) { return "示例市市场监督管理局业务第" + std::to_string(i) + "科"; }

class Numbers {
 public:
  int below(int n) {
    state_ = state_ * 6364136223846793005ull + 1442695040888963407ull;
    return static_cast<int>((state_ >> 33) % static_cast<std::uint64_t>(n));
  }
  const std::string& of(const std::vector<std::string>& list) { return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))]; }

 private:
  std::uint64_t state_ = 20260916;
};

Status fill_tasks(TaskBook& book, int tasks, Numbers& dice, std::int64_t today) {
  TaskSheet sheet;
  sheet.content = "明示或者暗示疾病治疗功能；以暗语代替。";
  sheet.features.keywords = {"降血糖", "根治", "三天见效"};
  const auto text = to_json(sheet).dump();
  for (int i = 1; i <= tasks; ++i) {
    const auto number = fmt::format("练习-{}-{:05}", 2020 + i % 7, i);
    const auto name = dice.of(kCharacters) + dice.of(kCharacters) + "区" + dice.of(kViolations) + "监测";
    const bool open = dice.below(10) < 3;
    const auto due = today + dice.below(60) - 20;
    GZ_TRY(book.database().run("INSERT INTO task(id,number,name,source,category,state,org,unit,version,last_day,wanted,delivered,last_number,head,wait_unit,wait_duty,due,sort_day,results,open_results,sheet) "
                               "VALUES(?,?,?,'年度计划',?,?,?,'网监分局',1,?,1,0,5,'x',?,?,?,?,10,3,?)",
                               {i, number, name, dice.below(3), static_cast<int>(open ? FlowState::Running : FlowState::Finished), org_name(dice.below(kOrgs)), today, open ? SqlValue("网监分局") : SqlValue(nullptr),
                                open ? SqlValue(static_cast<std::int64_t>(Duty::Monitor)) : SqlValue(nullptr), open ? SqlValue(due) : SqlValue(nullptr), open ? due : book::kNoDay, text}));
    GZ_TRY(book.database().run("INSERT INTO task_words(rowid,body) VALUES(?,?)", {i, index_text(number + " " + name + " 年度计划")}));
  }
  return ok();
}

Status fill_results(TaskBook& book, int from, int until, int tasks, Numbers& dice, std::int64_t today) {
  for (int i = from; i < until; ++i) {
    MonitorResult r;
    r.link = "https://shop.example/item/" + std::to_string(i);
    r.operator_name = dice.of(kCharacters) + dice.of(kCharacters) + dice.of(kCharacters) + dice.of(kKinds);
    r.platform = dice.of(kPlatforms);
    r.violation = dice.of(kViolations);
    r.field = dice.of(kFields);
    const int stage = dice.below(10);      // three of ten open: found, dispatched, to be confirmed
    const auto state = stage == 0 ? FlowState::Judging : stage == 1 ? FlowState::Verifying : stage == 2 ? FlowState::Handling : FlowState::Closed;
    const bool handled = state == FlowState::Verifying || state == FlowState::Handling;
    const auto org = org_name(dice.below(kOrgs)), unit = unit_name(dice.below(kUnits));
    const auto found = today - dice.below(700);
    const auto due = today + dice.below(40) - 15;
    const SqlValue wait_unit = handled ? SqlValue(unit) : state == FlowState::Judging ? SqlValue(org) : SqlValue(nullptr);
    const SqlValue wait_duty = handled ? SqlValue(static_cast<std::int64_t>(Duty::Handler)) : state == FlowState::Judging ? SqlValue(static_cast<std::int64_t>(Duty::Judge)) : SqlValue(nullptr);
    GZ_TRY(book.database().run(std::string("INSERT INTO result(id,task,serial,") + book::kResultColumns +
                                   ",found_day,state,org,unit,accepted,outcome,dispatched,due,measures,merged_into,closed_day,last_number,head,wait_unit,wait_duty,sort_day) "
                                   "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,1,?,?,?,4,0,?,5,'x',?,?,?)",
                               {i, 1 + i % tasks, 1 + i / tasks, r.link, "", "", r.operator_name, "", r.platform, r.violation, r.field, "", "", "", found, static_cast<int>(state), org, unit,
                                state == FlowState::Closed ? 1 + dice.below(2) : 0, found, state == FlowState::Judging ? SqlValue(nullptr) : SqlValue(due),
                                state == FlowState::Closed ? SqlValue(due - dice.below(5) + 1) : SqlValue(nullptr), wait_unit, wait_duty, state == FlowState::Judging ? found : due}));
    GZ_TRY(book.database().run("INSERT INTO result_words(rowid,body) VALUES(?,?)", {i, index_text(book::words_of(r))}));
  }
  return ok();
}

Status fill(TaskBook& book, int tasks, int results) {
  Numbers dice;
  const auto today = day_number(day_of(book.clock().wall()));
  GZ_TRY(book.database().run("PRAGMA synchronous=OFF"));
  GZ_TRY(book.database().together([&] { return fill_tasks(book, tasks, dice, today); }));
  for (int from = 1; from <= results; from += 100'000) {
    const Status part = book.database().together([&] { return fill_results(book, from, std::min(from + 100'000, results + 1), tasks, dice, today); });
    GZ_TRY(part);
    std::printf("filled %d\n", std::min(from + 99'999, results));
    std::fflush(stdout);
  }
  return book.database().run("PRAGMA synchronous=FULL");
}

const SystemClock& system_clock() {
  static const SystemClock clock;
  return clock;
}

double cpu_ms() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  const auto ms = [](const timeval& t) { return static_cast<double>(t.tv_sec) * 1000 + static_cast<double>(t.tv_usec) / 1000; };
  return ms(used.ru_utime) + ms(used.ru_stime);
}

// First call, then the median and the slowest of twenty more, and their median CPU time, in milliseconds.
template <typename Ask>
void timed(const char* what, Ask ask) {
  std::vector<double> times, cpu;
  std::size_t rows = 0;
  for (int i = 0; i < 21; ++i) {
    const auto from = system_clock().monotonic();
    const double cpu_from = cpu_ms();
    rows = ask();
    times.push_back(static_cast<double>(system_clock().monotonic().us - from.us) / 1000);
    cpu.push_back(cpu_ms() - cpu_from);
  }
  const double first = times.front();
  std::sort(times.begin() + 1, times.end());
  std::sort(cpu.begin() + 1, cpu.end());
  std::printf("%-58s first %7.1f  median %7.1f  slowest %7.1f  CPU %6.1f ms  rows %zu\n", what, first, times[11], times.back(), cpu[11], rows);
}

template <typename T>
T must(Result<T> result) {
  if (result) return std::move(*result);
  std::fprintf(stderr, "%s\n", result.error().what.c_str());
  std::exit(1);
}

void measure(TaskBook& book) {
  const Actor handler{"05", "戊", unit_name(7), {Duty::Handler}}, boss{"07", "庚", org_name(3), {Duty::Judge, Duty::Dispatcher, Duty::Leader}};
  const ResultFilter mine{.unit = handler.unit, .duties = handler.duties};
  timed("inbox of a handler: counts and first page", [&] {
    (void)must(book.desk_counts(handler));
    return must(book.results(mine, handler.badge)).lines.size();
  });
  timed("inbox of judge, dispatcher, leader: counts and first page", [&] {
    (void)must(book.desk_counts(boss));
    return must(book.results({.unit = boss.unit, .duties = boss.duties}, boss.badge)).lines.size();
  });
  timed("task list, all, first page", [&] { return must(book.tasks({}, "05")).lines.size(); });
  timed("task list, one category", [&] { return must(book.tasks({.category = TaskCategory::Special}, "05")).lines.size(); });
  timed("task list, monitor's desk", [&] { return must(book.tasks({.unit = "网监分局", .duties = {Duty::Monitor}}, "05")).lines.size(); });
  timed("task list, monitor's desk, one category, overdue", [&] { return must(book.tasks({.unit = "网监分局", .duties = {Duty::Monitor}, .category = TaskCategory::Daily, .due = DueFilter::Overdue}, "05")).lines.size(); });
  timed("task list, words (a number)", [&] { return must(book.tasks({.words = "01234"}, "05")).lines.size(); });
  timed("task list, words (common)", [&] { return must(book.tasks({.words = "绝对化"}, "05")).lines.size(); });
  timed("results, overdue of a handler", [&] { auto f = mine; f.due = DueFilter::Overdue; return must(book.results(f, "05")).lines.size(); });
  timed("results, one state of all", [&] { return must(book.results({.states = {FlowState::Verifying}}, "05")).lines.size(); });
  timed("results of one task", [&] { return must(book.results({.task = 77}, "05")).lines.size(); });
  timed("results, words (common)", [&] { return must(book.results({.words = "价格欺诈"}, "05")).lines.size(); });
  timed("results, words (a name)", [&] { return must(book.results({.words = "松柏珠电子商务"}, "05")).lines.size(); });
  timed("results, words (a name) on a handler's desk", [&] { auto f = mine; f.words = "松柏"; return must(book.results(f, "05")).lines.size(); });
  timed("results, words (none)", [&] { return must(book.results({.words = "没有这样的店"}, "05")).lines.size(); });
  timed("results, one character on a handler's desk", [&] { auto f = mine; f.words = "柏"; return must(book.results(f, "05")).lines.size(); });
  const auto from = system_clock().monotonic();
  const double cpu_from = cpu_ms();
  const auto rows = must(analyse(book, AnalysisBy::Violation)).size();
  std::printf("analysis by violation, once, no limit set: %.1f s, CPU %.1f s, rows %zu\n", static_cast<double>(system_clock().monotonic().us - from.us) / 1e6, (cpu_ms() - cpu_from) / 1000, rows);
}

}  // namespace
}  // namespace guzheng

int main(int argc, char** argv) {
  using namespace guzheng;
  if (argc < 2) return std::fprintf(stderr, "inbox_bench FOLDER [TASKS [RESULTS]]\n"), 1;
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  const std::filesystem::path folder = argv[1];
  const int tasks = argc > 2 ? std::atoi(argv[2]) : 100'000, results = argc > 3 ? std::atoi(argv[3]) : 1'000'000;
  const bool fresh = !std::filesystem::exists(folder / "tasks.sqlite");
  const auto log = must(OperationLog::open(folder / "operations.log", system_clock()));
  auto book = must(TaskBook::open(folder, system_clock(), *log));
  if (fresh) {
    if (const auto filled = fill(*book, tasks, results); !filled) return std::fprintf(stderr, "%s\n", filled.error().what.c_str()), 1;
  }
  book.reset();
  const auto from = system_clock().monotonic();
  book = must(TaskBook::open(folder, system_clock(), *log));
  std::printf("opening the book: %.3f s, %.0f MB\n", static_cast<double>(system_clock().monotonic().us - from.us) / 1e6,
              static_cast<double>(std::filesystem::file_size(folder / "tasks.sqlite")) / 1e6);
  measure(*book);
  return 0;
}
