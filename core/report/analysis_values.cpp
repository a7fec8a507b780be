// Values of the printed analysis. No file, clock or Qt.
#include <fmt/format.h>

#include <algorithm>

#include "core/report/analysis_form.h"
#include "core/tasks/analysis_table.h"

namespace guzheng {

namespace {

// The drawing's measures in millimetres, beside the template's text block of 156 mm.
constexpr double kRowHeight = 7.0, kBarLeft = 52.0, kBarWidth = 90.0, kTop = 1.0;
constexpr std::size_t kMostBars = 20;

std::string mm(double value) { return fmt::format("{:.2f}", value); }

std::string form_day(Day day) {
  const std::chrono::year_month_day date(day);
  return fmt::format("{}年{}月{}日", static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string period_text(const AnalysisFilter& filter) {
  if (!filter.from && !filter.until) return "全部";
  return (filter.from ? form_day(*filter.from) : std::string("最早")) + "—" + (filter.until ? form_day(*filter.until) : std::string("统计日"));
}

// One bar: how many turned out to be what, one beside the other.
Json bar_of(const AnalysisRow& row, std::size_t index, std::int64_t most) {
  double left = kBarLeft;
  const double y = kTop + static_cast<double>(index) * kRowHeight;
  Json parts = Json::array();
  const auto add = [&](const char* kind, std::int64_t count) {
    if (count <= 0) return;
    const double width = kBarWidth * static_cast<double>(count) / static_cast<double>(std::max<std::int64_t>(most, 1));
    parts.push_back(Json{{"kind", kind}, {"x", mm(left)}, {"y", mm(y + 1.2)}, {"width", mm(width)}});
    left += width;
  };
  add("violation", row.violation);
  add("none", row.no_violation);
  add("merged", row.merged);
  add("open", row.open);
  return Json{{"label", shortened_key(row.key, 14)}, {"text_y", mm(y + 4.6)}, {"parts", parts}, {"sum_x", mm(left + 1.5)}, {"sum", std::to_string(row.results)}};
}

Json texts_of(const ImportRow& row) {
  Json out = Json::array();
  for (const auto& one : row) out.push_back(one);
  return out;
}

// The table without its heading, each row's first cell apart.
Json rows_json(const std::vector<ImportRow>& table) {
  Json out = Json::array();
  for (std::size_t i = 1; i < table.size(); ++i) out.push_back(Json{{"key", table[i].front()}, {"cells", texts_of({table[i].begin() + 1, table[i].end()})}});
  return out;
}

}  // namespace

Json analysis_form_values(const AnalysisForm& form) {
  const auto table = analysis_table(form.by, form.rows);
  std::int64_t most = 0, all = 0;
  for (const auto& row : form.rows) {
    most = std::max(most, row.results);
    all += row.results;
  }
  const std::size_t shown = std::min(form.rows.size(), kMostBars);
  Json bars = Json::array();
  for (std::size_t i = 0; i < shown; ++i) bars.push_back(bar_of(form.rows[i], i, most));
  Json out{{"title", "监测分析"},
           {"by", table.front().front()},
           {"task", form.task.empty() ? std::string("全部") : form.task},
           {"handled_by", form.filter.unit.empty() ? std::string("全部") : form.filter.unit},
           {"period", period_text(form.filter)},
           {"made_on", form_day(form.made)},
           {"made_by", form.made_by},
           {"practice_mark", form.practice_mark},
           {"headings", texts_of({table.front().begin() + 1, table.front().end()})},
           {"rows", rows_json(table)},
           {"row_count", std::to_string(form.rows.size())},
           {"results", std::to_string(all)},
           {"bars", bars},
           {"chart_height", mm(kTop * 2 + static_cast<double>(shown) * kRowHeight)},
           {"bars_left_out", form.rows.size() > shown ? std::to_string(form.rows.size() - shown) : std::string()},
           {"number", ""}};
  out["risks"] = Json::array();
  int number = 0;
  for (const auto& one : form.risks)
    out["risks"].push_back(Json{{"no", std::to_string(++number)}, {"name", one.record.name}, {"code", one.record.credit_code}, {"level", risk_level_name(one.level)}, {"points", std::to_string(one.points)},
                                {"why", risk_reason(one)}});
  out["rule"] = risk_rule_text(form.rule);
  return out;
}

}  // namespace guzheng
