// 七、真实性要素说明: each factor that a court weighs, answered by a fact of this package and the file that shows it.
// 民诉证据规定 93 and 互联网法院规定 11 (law.md). Facts are counted here, never asserted.
#include <fmt/format.h>

#include <algorithm>

#include "core/report/text.h"
#include "core/report/values_parts.h"

namespace guzheng::report_parts {

namespace text = report_text;

namespace {

struct Facts {
  std::string environment, interruptions, device, chain, storage, access, signers, rest, order;
};

std::string environment_fact(const Inputs& in) {
  std::size_t passed = 0, other = 0;
  for (const Json& item : checked_items(in)) (text_at(item, "verdict") == "pass" ? passed : other) += 1;
  if (passed + other == 0) return "证据包中没有环境检测结果";
  return fmt::format("取证前检测 {} 项，正常 {} 项，其余 {} 项逐项见第四部分", passed + other, passed, other);
}

std::string interruption_fact(const Inputs& in) {
  std::int64_t lost = 0, ms = 0;
  bool unknown = false;
  const Json& gaps = list_at(in.source.values, "gaps");
  for (const Json& gap : gaps) {
    const std::int64_t packets = integer_at(gap, "packets", -1);
    unknown = unknown || packets < 0;
    lost += std::max<std::int64_t>(packets, 0);
    ms += std::max<std::int64_t>(span_ms(text_at(gap, "begin"), text_at(gap, "end")), 0);
  }
  if (gaps.empty()) return is_import(in.source) ? "导入期间无中断" : "取证期间无中断";
  return fmt::format("取证期间中断 {} 次，共 {}，{}", gaps.size(), text::duration(ms),
                     unknown ? "丢失帧数无从得知" : fmt::format("丢 {} 帧", lost));
}

std::string access_fact(const Inputs& in) {
  std::size_t open = 0, login = 0, closed = 0, unsaid = 0;
  for (const Json& item : list_at(in.source.values, "items")) {
    const std::string access = text_at(item, "access");
    (access == "公开" ? open : access == "登录可见" ? login : access == "非公开" ? closed : unsaid) += 1;
  }
  return fmt::format("{}：公开 {} 项，登录可见 {} 项，非公开 {} 项{}", is_import(in.source) ? "由他人或其他设备在导入前制作" : "页面由平台向公众或用户展示", open, login, closed,
                     unsaid == 0 ? "" : fmt::format("，未记录 {} 项", unsaid));
}

std::string signer_fact(const Inputs& in) {
  const auto count = in.source.signatures.size() - in.source.signatures.count("station");
  return fmt::format("{} 名取证人员，{} 人已以本人私钥签名；指令由发出者签名", list_at(in.source.people, "officers").size(), count);
}

std::string rest_fact(const Inputs& in) {
  const bool beacon = !in.source.journal.empty() && in.source.journal.front().kind == "tsa.beacon";
  std::string fact = beacon ? "可信起点为首枚时间戳，不早于它；" : "无起始时间戳，可信起点待定；";
  fact += in.source.received ? "中央存储已出具回执；" : "日志链头尚未由中央存储留存；";
  return fact + "取证人员全体串通或节点被完全控制的情形，须以中央留存链头、节点日志或并行取证另行排除";
}

Facts facts_of(const Inputs& in, const ReportValues& out) {
  Facts facts;
  facts.environment = environment_fact(in);
  facts.interruptions = interruption_fact(in);
  facts.device = is_import(in.source)  ? "文件由其他设备制作，各项设备与方法见第六部分；写保护：" + out.write_protection
                 : out.marks.empty() ? "执行设备未见训练、模拟、取得根权限的标记" : "执行设备：" + out.marks + "，已如实标注";
  facts.chain = fmt::format("日志 {} 条逐条以前条摘要相连，每 60 秒及每次{}加盖时间戳，计 {} 枚；数据边写边算三种摘要",
                            in.source.journal.size(), is_import(in.source) ? "导入" : "截屏", in.source.tokens);
  if (is_import(in.source))
    facts.storage = fmt::format("逐字节复制，边复制边计算三种摘要，复制后再读原件核对一致；文件未经打开、转换；校验：{}", out.verdict);
  else
    facts.storage = fmt::format("录屏码流原样写入，不经转码；截屏为手机原生无损文件；校验：{}", out.verdict);
  facts.access = access_fact(in);
  facts.signers = signer_fact(in);
  facts.rest = rest_fact(in);
  if (is_import(in.source)) facts.order = "制作人、采集人、时间见各项说明（由取证人员如实填写），导入主体与时间见指令、人员与首末时间戳";
  else facts.order = "取证主体与时间见指令、人员与首末时间戳；截图与录屏同一位置可相互核对";
  return facts;
}

// An import has no files about a phone: its items say where each came from.
std::vector<std::string> shown_by(const Inputs& in, std::vector<std::string> files) {
  if (!is_import(in.source)) return files;
  const auto of_phone = [](const std::string& file) { return file == "device.json" || file == "app.json" || file == "net.json" || file == "node.json"; };
  const std::size_t before = files.size();
  std::erase_if(files, of_phone);
  if (files.size() != before && std::find(files.begin(), files.end(), "values.json") == files.end()) files.emplace_back("values.json");
  return files;
}

void add(std::vector<ReportFactor>& rows, const char* factor, std::string fact, std::vector<std::string> files) {
  static constexpr const char* numerals[] = {"一", "二", "三", "四", "五", "六", "七"};
  rows.push_back({numerals[rows.size()], factor, std::move(fact), std::move(files)});
}

}  // namespace

void fill_factors(const Inputs& in, ReportValues& out) {
  const Facts facts = facts_of(in, out);
  auto& civil = out.factors;
  add(civil, "电子数据的生成、存储、传输所依赖的计算机系统的硬件、软件环境是否完整、可靠", facts.environment + "；" + facts.device,
      shown_by(in, {"env.json", "device.json", "raw/"}));
  add(civil, "电子数据的生成、存储、传输所依赖的计算机系统的硬件、软件环境是否处于正常运行状态，或者不处于正常运行状态时对电子数据的生成、存储、传输是否有影响",
      facts.interruptions, {"env.json", "journal.log"});
  add(civil, "电子数据的生成、存储、传输所依赖的计算机系统的硬件、软件环境是否具备有效的防止出错的监测、核查手段", facts.chain,
      {"journal.log", "tst/"});
  add(civil, "电子数据是否被完整地保存、传输、提取，保存、传输、提取的方法是否可靠", facts.storage, {"manifest-sha256.txt", "seal/"});
  add(civil, "电子数据是否在正常的往来活动中形成和存储", facts.access, shown_by(in, {"values.json", "app.json", "net.json"}));
  add(civil, "保存、传输、提取电子数据的主体是否适当", facts.signers, {"people.json", "order.json", "seal/sig-*.p7s"});
  add(civil, "影响电子数据完整性和可靠性的其他因素", facts.rest, {"tst/beacon.tsr", "values.json"});
  auto& court = out.court_factors;
  add(court, "电子数据生成、收集、存储、传输所依赖的计算机系统等硬件、软件环境是否安全、可靠", facts.environment + "；" + facts.device,
      shown_by(in, {"env.json", "node.json", "device.json"}));
  add(court, "电子数据的生成主体和时间是否明确，表现内容是否清晰、客观、准确", facts.order, {"order.json", "values.json", "tst/"});
  add(court, "电子数据的存储、保管介质是否明确，保管方式和手段是否妥当", out.storage_server + "；" + out.storage_way, {"bag-info.txt"});
  add(court, "电子数据提取和固定的主体、工具和方式是否可靠，提取过程是否可以重现",
      facts.signers + (is_import(in.source) ? "；每一文件的来源、方法、摘要记入日志，可与原件再次核对" : "；每一步先记日志后执行，全程录屏，可逐步回放"),
      is_import(in.source) ? std::vector<std::string>{"people.json", "journal.log"} : std::vector<std::string>{"people.json", "journal.log", "rec-*.mp4"});
  add(court, "电子数据的内容是否存在增加、删除、修改及不完整等情形", facts.interruptions + "；" + out.completeness.front(),
      {"manifest-sha256.txt", "values.json"});
  add(court, "电子数据是否可以通过特定形式得到验证", "封签指纹、数字签名、可信时间戳与三种摘要，均可用通用工具验证，见第八部分",
      {"seal/seal.txt", "VERIFY.txt"});
}

}  // namespace guzheng::report_parts
