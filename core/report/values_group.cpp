// 附表 佐证对照: of a member of a group (并行取证, A-7.3e): who belongs to it, and what each phone saw of the same pages.
#include <fmt/format.h>

#include <algorithm>

#include "core/report/text.h"
#include "core/report/values_parts.h"

namespace guzheng::report_parts {

namespace text = report_text;

namespace {

constexpr std::size_t kColumns = 4;          // phones side by side on one page's width

std::string state_of(const GroupFacts::Row& row) {
  if (row.state == "this") return "本包";
  if (row.state == "here") return "在旁，指纹与组记录相符";
  if (row.state == "absent") return "不在旁边";
  if (row.state == "other") return "在旁的不是组记录所载的证据包";
  if (row.state == "unsealed") return "没有封存：" + row.reason;
  return "未查看";
}

ReportGroupTable table_of(const ComparedPage& page, const Comparison& all, std::size_t from, std::size_t to) {
  ReportGroupTable out;
  out.title = page.title;
  out.kind = text::item_kind(page.kind);
  if (all.members.size() > kColumns) out.kind += fmt::format("，手机 {} 至 {}", all.members[from].number, all.members[to - 1].number);
  for (std::size_t i = from; i < to; ++i)
    out.columns.push_back({page.items[i] > 0 ? fmt::format("手机 {}（第 {} 项）", all.members[i].number, page.items[i]) : fmt::format("手机 {}（没有此页）", all.members[i].number), false});
  for (const auto& row : page.rows) {
    ReportGroupRow one{std::string(aspect_name(row.aspect)), text::shortened(row.what, 40), {}};
    for (std::size_t i = from; i < to; ++i) {
      const auto& cell = row.cells[i];
      one.cells.push_back({(cell.differs ? "≠ " : "") + (row.aspect == Aspect::Time && parse_time(cell.text) ? text::clock_ms(cell.text) : text::shortened(cell.text, row.aspect == Aspect::Picture ? 140 : 60)), cell.differs});
    }
    out.rows.push_back(std::move(one));
  }
  out.note = page.differences == 0 ? "各手机所见没有不同。" : fmt::format("不同之处 {} 项。", page.differences);
  if (page.left_out > 0) out.note += fmt::format("另有 {} 项文字不同未列出，见各包的页面布局文件。", page.left_out);
  return out;
}

void fill_tables(const Comparison& all, ReportValues& out) {
  for (const auto& page : all.pages)
    for (std::size_t from = 0; from < all.members.size(); from += kColumns) out.group_tables.push_back(table_of(page, all, from, std::min(from + kColumns, all.members.size())));
}

}  // namespace

void fill_group(const Inputs& in, ReportValues& out) {
  const GroupFacts& group = in.verification.group;
  if (group.group.empty()) return;
  const Json phones = list_at(object_at(in.source.order, "group"), "phones");
  out.group_note = fmt::format("本包是同一取证指令下并行取证的第 {} 部手机所取，共 {} 部。组编号 {}，写在取证开始前签名的取证指令中。", group.member, group.members, group.group);
  if (group.rows.empty()) out.group_note += "组记录不在包旁，同组的证据包无从对照。";
  for (const auto& row : group.rows) {
    const auto index = static_cast<std::size_t>(row.number - 1);
    out.group_members.push_back({std::to_string(row.number), index < phones.size() && phones[index].is_string() ? phones[index].get<std::string>() : "未记录", row.package.empty() ? "—" : row.package, state_of(row),
                                 text::digest_lines(row.fingerprint, 8)});
  }
  if (!in.context.comparison) {
    if (!in.context.comparison_problem.empty()) out.group_note += "没有对照：" + in.context.comparison_problem + "。";
    return;
  }
  const Comparison& all = *in.context.comparison;
  for (const auto& member : all.members)
    if (!member.absent.empty()) out.group_note += fmt::format("手机 {} 没有对照：{}。", member.number, member.absent);
  out.group_cover = fmt::format("第 {} 部手机，共 {} 部；同一页面各手机所见不同 {} 项（见附表）", group.member, group.members, all.differences);
  fill_tables(all, out);
}

}  // namespace guzheng::report_parts
