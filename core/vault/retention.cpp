#include "core/vault/retention.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "core/seal/review.h"

namespace guzheng {

namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

// "20261121": of a package's id or of format_day, digits both.
year_month_day day_from(const std::string& text) {
  const unsigned long number = std::strtoul(text.c_str(), nullptr, 10);
  return {year(static_cast<int>(number / 10'000)), month(static_cast<unsigned>(number / 100 % 100)), day(static_cast<unsigned>(number % 100))};
}

sys_days after_months(const year_month_day& from, int count) {
  const year_month_day there = from + months(count);
  return there.ok() ? sys_days(there) : sys_days(there.year() / there.month() / std::chrono::last);
}

bool confirmed(const PackageEntry& entry) {
  const auto files = open_package(entry.folder, nullptr);
  const auto seen = files ? newest_review(**files) : Result<SeenReview>(fail(files.error()));
  return seen && seen->editions > 0 && seen->confirmed;
}

KeptAs kept_as(const PackageEntry& entry) {
  if (!entry.order.is_object()) return KeptAs::Unknown;
  const auto text = [&](const char* key) {
    const auto it = entry.order.find(key);
    return it != entry.order.end() && it->is_string() ? it->get<std::string>() : std::string();
  };
  if (text("type") != kAutomaticOrder || !text("case").empty() || confirmed(entry)) return KeptAs::CaseEvidence;
  return KeptAs::Automatic;
}

}  // namespace

RetentionRule retention_by(const Policy& policy) {
  return {std::max(policy.retention_months, kCaseMonths), std::max(policy.automatic_days, kAutomaticDays)};
}

Retention retention_from(KeptAs as, const std::string& from, const RetentionRule& rule, const std::string& today) {
  const year_month_day begin = day_from(from);
  const sys_days until = as == KeptAs::Automatic ? sys_days(begin) + std::chrono::days(rule.automatic_days) : after_months(begin, rule.case_months);
  const year_month_day last(until);
  Retention out;
  out.as = as;
  out.until = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(last.year()), static_cast<unsigned>(last.month()), static_cast<unsigned>(last.day()));
  out.days_left = static_cast<int>((until - sys_days(day_from(today))).count());
  return out;
}

Retention retention_of(const PackageEntry& entry, const RetentionRule& rule, const Clock& clock) {
  return retention_from(kept_as(entry), entry.id.substr(6, 8), rule, format_day(clock.wall(), clock.zone_minutes()));
}

}  // namespace guzheng
