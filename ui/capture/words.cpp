#include "ui/capture/words.h"

#include <QRegularExpression>

#include "core/base/json.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"

namespace guzheng::ui {

QString Words::kind(ItemKind kind) {
  switch (kind) {
    case ItemKind::PlatformHome: return tr("平台首页");
    case ItemKind::ShopHome: return tr("店铺首页");
    case ItemKind::Licence: return tr("证照公示");
    case ItemKind::Violation: return tr("涉嫌违法页面");
    case ItemKind::Other: return tr("其他");
  }
  return {};
}

QString Words::proves_suggestion(ItemKind kind) {
  switch (kind) {
    case ItemKind::PlatformHome: return tr("证明涉案网店所在平台的名称和首页情况");
    case ItemKind::ShopHome: return tr("证明涉案网店的名称、标识和经营页面情况");
    case ItemKind::Licence: return tr("证明当事人在网店公示的营业执照等主体信息");
    case ItemKind::Violation: return tr("证明当事人发布涉嫌违法内容的页面、文字和时间");
    case ItemKind::Other: return tr("证明与本案有关的页面情况");
  }
  return {};
}

QString Words::mark(const std::string& mark) {
  if (mark == "training") return tr("练习手机（将如实标注）");
  if (mark == "emulator") return tr("模拟器（将如实标注）");
  if (mark == "rooted") return tr("已获取最高权限（将如实标注）");
  return qs(mark);
}

VerdictSign Words::verdict(const std::string& verdict) {
  if (verdict == "fail") return {tr("不符"), "cross-circle", colour::red, "bad"};
  if (verdict == "note") return {tr("提示"), "alert", colour::amber, "warn"};
  if (verdict == "pass") return {tr("通过"), "check", colour::green, "good"};
  return {tr("无法判定"), "question", colour::quiet, "quiet"};
}

QString Words::phase(SessionPhase phase) {
  switch (phase) {
    case SessionPhase::Connecting: return tr("正在连接手机");
    case SessionPhase::Checking: return tr("正在检查取证环境");
    case SessionPhase::Recording: return tr("录制中");
    case SessionPhase::Paused: return tr("已暂停操作，录制继续");
    case SessionPhase::Ending: return tr("正在封存");
    case SessionPhase::Sealed: return tr("已封存");
    case SessionPhase::Failed: return tr("已中止");
  }
  return {};
}

QString Words::light(Light light) {
  switch (light) {
    case Light::Off: return {};
    case Light::Recording: return phase(SessionPhase::Recording);
    case Light::Paused: return phase(SessionPhase::Paused);
    case Light::Interrupted: return tr("录像中断");
    case Light::Ending: return phase(SessionPhase::Ending);
  }
  return {};
}

Row Words::event_row(const TimelineEvent& event, const QString& title) {
  using Type = TimelineEvent::Type;
  Row row;
  const auto when = clock_text(event.at);
  const auto place = tr("%1 第 %2").arg(when, short_span_text(event.position_ms));
  const auto print = event.digest.empty() ? QString() : tr("指纹 %1").arg(short_digest(event.digest));
  row.colour = colour::grey;
  row.lines = {when, qs(event.text)};
  switch (event.type) {
    case Type::Order: row.title = tr("取证指令已下达"); break;
    case Type::EnvCheck: row.title = tr("环境检测完成"); row.lines = {tr("%1 共 %2 项").arg(when).arg(event.count), tr("原始结果已入包")}; break;
    case Type::Challenge: row.title = tr("挑战码 %1 已显示").arg(qs(event.text)); row.lines = {when, tr("出自起始时间戳")}; break;
    case Type::Capture:
      row.title = tr("取证 %1 · %2").arg(event.item).arg(title.isEmpty() ? kind(event.kind) : title);
      row.lines = {place, print};
      row.colour = colour::blue;
      row.key = event.item;
      break;
    case Type::CaptureFailed: row.title = tr("取证 %1 没有成功").arg(event.item); row.lines = {place, qs(event.text)}; row.colour = colour::red; break;
    case Type::SegmentClosed:
      row.title = tr("录屏分段已固化");
      row.lines = {tr("%1 %2 秒 · %3").arg(when).arg(static_cast<double>(event.duration_ms) / 1000.0, 0, 'f', 1).arg(bytes_text(event.bytes)), print};
      row.colour = colour::green;
      break;
    case Type::GapBegin:
      if (event.text.starts_with("no-sound")) {
        row.title = tr("声音中断，录像继续");
        row.lines = {when, tr("手机没有送来声音")};
        row.colour = QColor("#b56a00");
        break;
      }
      row.title = tr("中断开始"); row.lines = {when, qs(event.text)}; row.colour = QColor("#b56a00"); break;
    case Type::GapEnd:
      if (event.text.starts_with("no-sound")) {
        row.title = tr("声音中断 %1 秒，录像没有中断").arg(static_cast<double>(event.duration_ms) / 1000.0, 0, 'f', 1);
        row.lines = {when, tr("已记录，将列入报告")};
        row.colour = QColor("#b56a00");
        break;
      }
      row.title = tr("中断 %1 秒").arg(static_cast<double>(event.duration_ms) / 1000.0, 0, 'f', 1);
      row.lines = {tr("%1 丢 %2 帧，已恢复").arg(when).arg(event.count), tr("已记录，将列入报告")};
      row.colour = QColor("#b56a00");
      break;
    case Type::Pause: row.title = tr("暂停操作"); break;
    case Type::Resume: row.title = tr("继续操作"); break;
    case Type::Note: row.title = tr("备注"); break;
    case Type::Anchor: row.title = tr("时间戳"); row.lines = {when, print}; row.colour = colour::green; break;
    case Type::AnchorLate: row.title = tr("时间戳迟到"); row.colour = QColor("#b56a00"); break;
    case Type::Trouble: row.title = tr("出现问题"); row.colour = colour::red; break;
    case Type::Sealed: row.title = tr("已封存"); row.lines = {when, print}; row.colour = colour::green; break;
    case Type::AppAttest:
      row.title = event.verdict == "fail" ? tr("应用验真不符") : event.verdict == "pass" ? tr("应用验真一致") : tr("应用验真");
      row.colour = event.verdict == "fail" ? colour::red : event.verdict == "pass" ? colour::green : QColor("#b56a00");
      break;
  }
  return row;
}

namespace {

struct JournalSign {
  const char *kind, *icon, *title;
};
constexpr JournalSign kSigns[] = {
    {"tsa.beacon", "hash", QT_TRANSLATE_NOOP("words", "起始时间戳")},
    {"tsa.none", "alert", QT_TRANSLATE_NOOP("words", "没有起始时间戳")},
    {"session.open", "pencil", QT_TRANSLATE_NOOP("words", "会话开始")},
    {"order.recv", "pencil", QT_TRANSLATE_NOOP("words", "取证指令已签名")},
    {"people", "user", QT_TRANSLATE_NOOP("words", "取证人员")},
    {"env.check", "check-circle", QT_TRANSLATE_NOOP("words", "环境检测")},
    {"device.attest", "phone", QT_TRANSLATE_NOOP("words", "手机标识")},
    {"app.attest", "shield", QT_TRANSLATE_NOOP("words", "应用验真")},
    {"challenge", "hash", QT_TRANSLATE_NOOP("words", "挑战码已显示")},
    {"clock.sample", "clock", QT_TRANSLATE_NOOP("words", "时钟比对")},
    {"input", "keyboard", QT_TRANSLATE_NOOP("words", "操作")},
    {"app.foreground", "phone", QT_TRANSLATE_NOOP("words", "前台应用")},
    {"net.change", "link", QT_TRANSLATE_NOOP("words", "网络变化")},
    {"seg.open", "film", QT_TRANSLATE_NOOP("words", "录屏分段开始")},
    {"seg.close", "film", QT_TRANSLATE_NOOP("words", "录屏分段已固化")},
    {"pts.bump", "film", QT_TRANSLATE_NOOP("words", "时间戳修正")},
    {"shot", "camera", QT_TRANSLATE_NOOP("words", "取证")},
    {"tsa.anchor", "link", QT_TRANSLATE_NOOP("words", "时间戳")},
    {"gap.begin", "gap", QT_TRANSLATE_NOOP("words", "中断开始")},
    {"gap.end", "gap", QT_TRANSLATE_NOOP("words", "中断结束")},
    {"pause", "pause", QT_TRANSLATE_NOOP("words", "暂停操作")},
    {"resume", "play", QT_TRANSLATE_NOOP("words", "继续操作")},
    {"note", "note", QT_TRANSLATE_NOOP("words", "备注或说明")},
    {"confirm", "check", QT_TRANSLATE_NOOP("words", "开始前告知")},
    {"crash.recover", "alert", QT_TRANSLATE_NOOP("words", "异常中断后恢复")},
    {"session.close", "lock", QT_TRANSLATE_NOOP("words", "结束并封存")},
};

// Which statement it is, or who answered it and how.
QString statement_gist(const Json& body) {
  const auto no = integer_at(body, "no");
  if (text_at(body, "act") == "say") return Words::tr("%1　%2 · %3").arg(no).arg(qs(text_at(body, "title")), qs(text_at(body, "who")));
  const auto result = text_at(body, "result");
  const auto how = result == "consents"  ? Words::tr("无异议")
                   : result == "refuses" ? Words::tr("有异议或申请回避：%1").arg(qs(text_at(body, "reason")))
                   : result == "silent"  ? Words::tr("在场，没有作答")
                                         : Words::tr("当事人及其代表不在场");
  return QStringList{Words::tr("%1　回答").arg(no), qs(text_at(body, "who")), qs(text_at(body, "text")), how}.filter(QRegularExpression(".")).join(QStringLiteral(" · "));
}

// What a journal line says beyond its kind, in one line; the officer sees the whole body as tool tip.
QString gist(const JournalRow& line) {
  if (line.kind == "shot") return short_digest(line.body.substr(0, 64));
  if (line.body.empty() || line.body.front() != '{') return qs(line.body);
  const auto body = parse_json(line.body);
  if (!body) return qs(line.body);
  if (line.kind == "confirm" && body->contains("act")) return statement_gist(*body);
  for (const char* key : {"title", "text", "reason", "code", "act", "lost", "order_no", "package", "path", "model"}) {
    const auto value = text_at(*body, key);
    if (!value.empty()) return qs(value);
  }
  if (const auto files = body->find("files"); files != body->end() && files->is_array()) {
    return Words::tr("%1 个文件已入包").arg(files->size());
  }
  return qs(line.body);
}

}  // namespace

Row Words::journal_row(const JournalRow& line) {
  Row row;
  row.left = short_span_text(line.position_ms);
  row.key = static_cast<qint64>(line.seq);
  row.icon = "list";
  row.title = qs(line.kind);
  row.colour = colour::quiet;
  for (const auto& sign : kSigns) {
    if (line.kind != sign.kind) continue;
    row.icon = sign.icon;
    row.title = tr(sign.title);
  }
  if (line.kind == "shot") {
    row.colour = colour::blue;
    if (line.item) row.title = tr("取证 %1 · %2").arg(line.item).arg(qs(line.title));
    else row.title = tr("页面文字与布局");
  }
  if (line.kind.starts_with("gap.")) row.colour = QColor("#b56a00");
  if (line.kind == "session.close") row.colour = colour::green;
  if (line.kind == "crash.recover" || line.kind == "tsa.none") row.colour = colour::red;
  row.lines = {gist(line)};
  return row;
}

}  // namespace guzheng::ui
