#include "tests/report/sample_source.h"

#include <fmt/format.h>

#include <QImage>
#include <QPainter>
#include <QString>

namespace guzheng::test {
namespace {

constexpr std::int64_t opened_ms = 1'795'242'569'000;      // 2026-11-21T14:29:29+08:00

std::string at(std::int64_t ms) { return format_time({opened_ms + ms}); }

FileDigests digests_of(const std::string& path) {
  FileDigests digests = digest_bytes(as_bytes("content of " + path));
  digests.size = 1'280'000;
  return digests;
}

Json officer(const char* name, const char* badge, const char* role) {
  return {{"badge", badge}, {"certificate_sha256", sha256_hex(as_bytes(badge))}, {"name", name}, {"role", role},
          {"unit", "示例市市场监督管理局（练习）"}};
}

Json check(const char* where, const char* title, const char* found, const char* verdict, const char* raw) {
  return {{"compulsory", true}, {"expected", "正常"}, {"found", found}, {"id", raw}, {"raw", std::string("data/attach/raw/") + raw},
          {"title", title}, {"verdict", verdict}, {"where", where}};
}

void add_values(ReportSource& source, const SourceOptions& options) {
  static const char* kinds[] = {"platform-home", "shop-home", "licence", "violation"};
  static const char* titles[] = {"平台首页", "店铺首页", "证照公示", "商品详情"};
  Json items = Json::array();
  for (int n = 1; n <= options.shots; ++n) {
    items.push_back({{"access", "公开"}, {"after_us", 1}, {"basis", ""}, {"before_us", 1},
                     {"hierarchy", n == 4 ? "data/main/shot-0004.xml" : ""}, {"kind", kinds[(n - 1) % 4]},
                     {"made_at", at(n * 6'540)}, {"maker", "练习员甲（练习-0001）"}, {"method", "手机原生截屏（无损 PNG）"}, {"no", n},
                     {"path", fmt::format("data/main/shot-{:04}.png", n)}, {"position_ms", n * 6'540},
                     {"proves", "普通食品宣称“降血糖，三天见效”"}, {"segment", "data/main/rec-0000.mp4"},
                     {"title", options.title.empty() ? titles[(n - 1) % 4] : options.title}});
  }
  Json gaps = Json::array();
  if (options.gap) {
    gaps.push_back({{"begin", at(20'000)}, {"end", at(20'811)}, {"gap", 1}, {"packets", 3}, {"reason", "网络连接中断"}});
  }
  source.values = {{"checklist", Json::object()}, {"closed_at", at(816'000)}, {"gaps", gaps}, {"items", items}, {"opened_at", at(0)},
                   {"package", source.id}, {"practice", true},
                   {"recordings", {{{"bytes", 8'100'000}, {"duration_us", 815'500'000}, {"first_us", 0}, {"height", 1280},
                                    {"packets", 24'465}, {"path", "data/main/rec-0000.mp4"}, {"width", 720}}}}};
}

void add_attached(ReportSource& source, const SourceOptions& options) {
  source.order = {{"case", ""}, {"executed_on", "练习手机 1"}, {"issued_at", at(-640)}, {"issued_from", "工作站 LX-03"},
                  {"issuer", {{"badge", "练习-0001"}, {"certificate_sha256", "00"}, {"name", "练习员甲"}}},
                  {"legal_basis", "《中华人民共和国电子商务法》第十五条"}, {"method", "远程操作手机取证，全程录屏并截屏"},
                  {"order_no", "LX-2026-0007"}, {"practice", true}, {"reason", "普通食品宣称疾病治疗功能"},
                  {"subject", {{"credit_code", "91990000MA00000000"}, {"link", "https://mall.invalid/shop/1"},
                               {"name", "示例甲生物科技有限公司（练习）"}, {"ownership", "页面内容：示例甲；平台：练习商城"},
                               {"platform", "练习商城"}, {"shop", options.shop}}},
                  {"system", {{"name", "示例市移动电商智慧监管系统（练习）"}, {"owner", "示例市市场监督管理局"}, {"version", "1.0.0"}}},
                  {"task", "LX-2026-0007"}, {"type", "远程操作手机取证"}, {"unit", "示例市市场监督管理局（练习）"},
                  {"what", "对示例养生旗舰店的平台首页、店铺首页、证照公示及商品详情取证"}};
  source.people = {{"officers", {officer("练习员甲", "练习-0001", "officer1"), officer("练习员乙", "练习-0002", "officer2")}},
                   {"practice", true}, {"station", {{"certificate_sha256", "00"}, {"name", "LX-03"}}}};
  source.device = {{"android", "14"}, {"brand", "Guzheng"}, {"fingerprint", "practice/train:14"}, {"marks", {"training"}},
                   {"model", "练习手机 1"}, {"practice", true}, {"sdk", 34}, {"serial", "PRACTICE0001"}, {"way", "adb"}};
  source.node = {{"adb_version", "29.0.6"}, {"host", "LX-NODE-01"}, {"way", "本机节点"}};
  source.net = {{"kind", "wifi"}, {"operator", "练习网络"}, {"proxy", ""}, {"vpn", false}};
  source.app = {{"package", "com.example.mall"}, {"version", "1.2.3"}};
  source.env = {{"checked_at", at(-1'000)},
                {"items", {check("workstation", "时间偏差", "+12 ms", "pass", "ws-clock.txt"),
                           check("workstation", "磁盘余量", "412 GB", "pass", "ws-disk.txt"),
                           check("node", "adb 版本与摘要", "29.0.6", "pass", "node-adb.txt"),
                           check("phone", "电量", "47 %", "note", "ph-bat.txt"),
                           check("phone", "验证启动状态", "", "unknown", "ph-vb.txt"),
                           check("app", "版本与安装来源", "1.2.3，训练安装包", "pass", "app-pkg.txt")}}};
}

void add_journal(ReportSource& source) {
  const auto line = [&](std::int64_t ms, const char* kind, const std::string& body) {
    source.journal.push_back({source.journal.size(), "", {opened_ms + ms}, kind, body, ""});
  };
  line(-1'000, "tsa.beacon", "sha256:00");
  line(0, "session.open", R"({"software":{"name":"guzheng","sha256":"1272cacbafcd34250000","version":"0.1.0"}})");
  line(100, "env.check", R"({"failed":0,"noted":1,"passed":4,"unknown":1})");
  line(200, "challenge", R"({"code":"7f3a91c4","way":"notification"})");
  line(300, "seg.open", R"({"path":"data/main/rec-0000.mp4"})");
  line(1'000, "input", R"({"act":"touch","do":"down"})");
  line(1'050, "input", R"({"act":"touch","do":"up"})");
  for (const Json& item : source.values["items"]) {
    line(integer_at(item, "position_ms"), "shot", "00  " + text_at(item, "path") + " 1 1 data/main/rec-0000.mp4");
  }
  line(4'000'000, "session.close", "{}");
}

void add_files(ReportSource& source) {
  const auto add = [&](const std::string& path) { source.payload.push_back({path, digests_of(path)}); };
  for (const char* name : {"app", "device", "env"}) add(std::string("data/attach/") + name + ".json");
  add("data/attach/journal.log");
  add("data/attach/raw/ws-clock.txt");
  add("data/attach/values.json");
  add("data/main/rec-0000.mp4");
  for (const Json& item : source.values["items"]) {
    add(text_at(item, "path"));
    if (const std::string xml = text_at(item, "hierarchy"); !xml.empty()) add(xml);
  }
  for (const char* path : {"manifest-md5.txt", "manifest-sha256.txt", "seal/digests-sm3.txt"}) {
    source.tags.push_back({path, digests_of(path)});
  }
}

}  // namespace

ReportSource sample_source(const SourceOptions& options) {
  ReportSource source;
  source.id = "YC-03-20261121-0001";
  source.folder = source.id;
  source.bag = {{"Package-State", "完整"}, {"Practice", "练习 — 不得作为证据"}, {"Internal-Sender-Identifier", "LX-03"}};
  add_attached(source, options);
  add_values(source, options);
  add_journal(source);
  add_files(source);
  source.fingerprint = sha256_hex(as_bytes("seal"));
  source.seal_stamp = StampInfo{{opened_ms + 816'401}, "练习时间戳服务", "0a1b"};
  source.signatures = {{"station", "sealed"}, {"officer1", "sealed"}, {"officer2", "sealed"}};
  source.tokens = 21;
  return source;
}

Verification sample_verification(const ReportSource& source) {
  Verification out;
  out.practice = source.bag.contains("Practice");
  out.verdict = out.practice ? Verdict::Practice : Verdict::Whole;
  out.id = source.id;
  out.fingerprint = source.fingerprint;
  out.files = source.payload.size();
  out.bytes = 66'420'000;
  out.journal_lines = source.journal.size();
  out.stamps = 21, out.signatures = 3, out.packets = 24'465, out.shots = source.values["items"].size();
  return out;
}

ReportContext sample_context() {
  ReportContext context;
  context.issued_at = {opened_ms + 1'343'000};
  context.issued_by = "练习员甲（练习-0001）";
  return context;
}

void write_sample_shots(const ReportSource& source, const std::filesystem::path& package) {
  std::filesystem::create_directories(package / "data/main");
  int number = 0;
  for (const Json& item : source.values["items"]) {
    const QColor tint = QColor::fromHsv((number++ * 47) % 360, 60, 235);
    QImage image(720, 1280, QImage::Format_RGB32);
    image.fill(QColor(0xf4, 0xf4, 0xf4));
    QPainter painter(&image);
    painter.fillRect(0, 0, 720, 150, QColor(0xd8, 0x43, 0x28));
    QFont font("Noto Sans CJK SC");
    font.setPixelSize(36);
    painter.setFont(font);
    painter.setPen(Qt::white);
    painter.drawText(32, 110, QString::fromStdString(text_at(item, "title").substr(0, 60)));
    painter.setPen(QColor(0x33, 0x33, 0x33));
    for (int row = 0; row < 3; ++row) {
      for (int column = 0; column < 2; ++column) {
        painter.fillRect(32 + column * 344, 190 + row * 350, 312, 230, tint);
        painter.drawText(32 + column * 344, 470 + row * 350, QStringLiteral("示例商品 %1 ¥%2").arg(number).arg(row * 2 + column));
      }
    }
    painter.end();
    image.save(QString::fromStdString((package / text_at(item, "path")).string()), "png");
  }
}

}  // namespace guzheng::test
