#include "ui/subjects/subject_words.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include "ui/base/text.h"
#include "ui/base/theme.h"

namespace guzheng::ui {
namespace {

QString subject_word(const char* text) { return QCoreApplication::translate("SubjectWords", text); }

template <std::size_t N, typename Value>
QString nth_word(const char* const (&words)[N], Value value) {
  const auto i = static_cast<std::size_t>(value);
  return i < N ? subject_word(words[i]) : QString();
}

// Members of a change as people call them; "": not told.
QString member_word(const QString& key) {
  static const std::pair<const char*, const char*> words[] = {
      {"name", QT_TRANSLATE_NOOP("SubjectWords", "名称")}, {"short_name", QT_TRANSLATE_NOOP("SubjectWords", "简称")}, {"credit_code", QT_TRANSLATE_NOOP("SubjectWords", "信用代码")},
      {"number", QT_TRANSLATE_NOOP("SubjectWords", "注册号")}, {"address", QT_TRANSLATE_NOOP("SubjectWords", "地址")}, {"region", QT_TRANSLATE_NOOP("SubjectWords", "地区")},
      {"industry", QT_TRANSLATE_NOOP("SubjectWords", "行业代码")}, {"licences", QT_TRANSLATE_NOOP("SubjectWords", "许可")}, {"state", QT_TRANSLATE_NOOP("SubjectWords", "状态")},
      {"kind", QT_TRANSLATE_NOOP("SubjectWords", "种类")}, {"sensitivity", QT_TRANSLATE_NOOP("SubjectWords", "数据级别")}, {"data_region", QT_TRANSLATE_NOOP("SubjectWords", "数据地域")},
      {"category", QT_TRANSLATE_NOOP("SubjectWords", "主营品类")}, {"platform", QT_TRANSLATE_NOOP("SubjectWords", "平台")}, {"link", QT_TRANSLATE_NOOP("SubjectWords", "链接")},
      {"reach", QT_TRANSLATE_NOOP("SubjectWords", "检查结果")}, {"abnormal", QT_TRANSLATE_NOOP("SubjectWords", "异常库")}, {"why", QT_TRANSLATE_NOOP("SubjectWords", "原因")},
      {"title", QT_TRANSLATE_NOOP("SubjectWords", "摘要")}, {"text", QT_TRANSLATE_NOOP("SubjectWords", "内容")}, {"source", QT_TRANSLATE_NOOP("SubjectWords", "来源")},
      {"reference", QT_TRANSLATE_NOOP("SubjectWords", "编号")}, {"values", QT_TRANSLATE_NOOP("SubjectWords", "条数")}, {"tag", QT_TRANSLATE_NOOP("SubjectWords", "标签")},
      {"on", QT_TRANSLATE_NOOP("SubjectWords", "标签")}, {"group", QT_TRANSLATE_NOOP("SubjectWords", "分组")}};
  for (const auto& [name, word] : words)
    if (key == QLatin1String(name)) return subject_word(word);
  return {};
}

QString member_value(const QString& key, const QJsonValue& value) {
  if (value.isBool()) return value.toBool() ? subject_word(QT_TRANSLATE_NOOP("SubjectWords", "是")) : subject_word(QT_TRANSLATE_NOOP("SubjectWords", "否"));
  if (value.isDouble()) return QString::number(value.toInteger());
  const auto text = value.toString().replace('\n', ' ');
  if (key == "kind") {
    if (const auto kind = subject_kind(text.toStdString())) return SubjectWords::word(*kind);
    if (const auto kind = entry_kind(text.toStdString())) return SubjectWords::word(*kind);
    if (const auto kind = record_kind(text.toStdString())) return SubjectWords::word(*kind);
  }
  if (key == "state")
    if (const auto state = subject_state(text.toStdString())) return SubjectWords::word(*state);
  if (key == "reach")
    if (const auto reach = reach_of(text.toStdString())) return SubjectWords::word(*reach);
  if (key == "sensitivity")
    if (const auto mark = sensitivity_of(text.toStdString())) return SubjectWords::word(*mark);
  return text;
}

}  // namespace

QString SubjectWords::word(SubjectKind kind) {
  static const char* const words[] = {QT_TRANSLATE_NOOP("SubjectWords", "种类不明"), QT_TRANSLATE_NOOP("SubjectWords", "企业"), QT_TRANSLATE_NOOP("SubjectWords", "个体工商户"), QT_TRANSLATE_NOOP("SubjectWords", "农民专业合作社"), QT_TRANSLATE_NOOP("SubjectWords", "分支机构"), QT_TRANSLATE_NOOP("SubjectWords", "外资企业"), QT_TRANSLATE_NOOP("SubjectWords", "机关事业单位"), QT_TRANSLATE_NOOP("SubjectWords", "自然人"), QT_TRANSLATE_NOOP("SubjectWords", "其他种类")};
  return nth_word(words, kind);
}
QString SubjectWords::word(SubjectState state) {
  static const char* const words[] = {QT_TRANSLATE_NOOP("SubjectWords", "状态不明"), QT_TRANSLATE_NOOP("SubjectWords", "在营"), QT_TRANSLATE_NOOP("SubjectWords", "停业"), QT_TRANSLATE_NOOP("SubjectWords", "吊销"), QT_TRANSLATE_NOOP("SubjectWords", "注销"), QT_TRANSLATE_NOOP("SubjectWords", "迁出")};
  return nth_word(words, state);
}
QString SubjectWords::word(EntryKind kind) {
  static const char* const words[] = {QT_TRANSLATE_NOOP("SubjectWords", "APP"), QT_TRANSLATE_NOOP("SubjectWords", "小程序"), QT_TRANSLATE_NOOP("SubjectWords", "公众号"), QT_TRANSLATE_NOOP("SubjectWords", "视频号"), QT_TRANSLATE_NOOP("SubjectWords", "网站"), QT_TRANSLATE_NOOP("SubjectWords", "网店"), QT_TRANSLATE_NOOP("SubjectWords", "直播间")};
  return nth_word(words, kind);
}
QString SubjectWords::word(RecordKind kind) {
  static const char* const words[] = {QT_TRANSLATE_NOOP("SubjectWords", "投诉"), QT_TRANSLATE_NOOP("SubjectWords", "案件"), QT_TRANSLATE_NOOP("SubjectWords", "处罚"), QT_TRANSLATE_NOOP("SubjectWords", "检查"), QT_TRANSLATE_NOOP("SubjectWords", "信用"), QT_TRANSLATE_NOOP("SubjectWords", "商标"), QT_TRANSLATE_NOOP("SubjectWords", "广告"), QT_TRANSLATE_NOOP("SubjectWords", "抽检"), QT_TRANSLATE_NOOP("SubjectWords", "取证")};
  return nth_word(words, kind);
}
QString SubjectWords::word(Reach reach) {
  static const char* const words[] = {QT_TRANSLATE_NOOP("SubjectWords", "未检查"), QT_TRANSLATE_NOOP("SubjectWords", "可访问"), QT_TRANSLATE_NOOP("SubjectWords", "打不开"), QT_TRANSLATE_NOOP("SubjectWords", "已下架"), QT_TRANSLATE_NOOP("SubjectWords", "内容可疑")};
  return nth_word(words, reach);
}
QString SubjectWords::word(Sensitivity sensitivity) {
  static const char* const words[] = {QT_TRANSLATE_NOOP("SubjectWords", "未标记"), QT_TRANSLATE_NOOP("SubjectWords", "公开"), QT_TRANSLATE_NOOP("SubjectWords", "内部"), QT_TRANSLATE_NOOP("SubjectWords", "敏感"), QT_TRANSLATE_NOOP("SubjectWords", "核心")};
  return nth_word(words, sensitivity);
}
QString SubjectWords::word(Field field) {
  static const char* const words[] = {QT_TRANSLATE_NOOP("SubjectWords", "名称"), QT_TRANSLATE_NOOP("SubjectWords", "简称"), QT_TRANSLATE_NOOP("SubjectWords", "信用代码"), QT_TRANSLATE_NOOP("SubjectWords", "注册号"), QT_TRANSLATE_NOOP("SubjectWords", "地址"), QT_TRANSLATE_NOOP("SubjectWords", "店铺账号"), QT_TRANSLATE_NOOP("SubjectWords", "名称首字母"), QT_TRANSLATE_NOOP("SubjectWords", "简称首字母"), QT_TRANSLATE_NOOP("SubjectWords", "店铺账号首字母")};
  return nth_word(words, field);
}
QString SubjectWords::word(FacetGroup group) {
  static const char* const words[] = {QT_TRANSLATE_NOOP("SubjectWords", "种类"), QT_TRANSLATE_NOOP("SubjectWords", "标签"), QT_TRANSLATE_NOOP("SubjectWords", "监管单位"), QT_TRANSLATE_NOOP("SubjectWords", "状态"), QT_TRANSLATE_NOOP("SubjectWords", "地区"), QT_TRANSLATE_NOOP("SubjectWords", "主营品类")};
  return nth_word(words, group);
}

QString SubjectWords::icon_of(EntryKind kind) {
  static const char* const names[] = {"app", "mini", "account", "video", "globe", "cart", "live"};
  return QString::fromLatin1(names[static_cast<std::size_t>(kind)]);
}

QString SubjectWords::icon_of(RecordKind kind) {
  static const char* const names[] = {"alert", "folder", "flag", "search", "check-circle", "key", "note", "heat", "shield"};
  return QString::fromLatin1(names[static_cast<std::size_t>(kind)]);
}

QColor SubjectWords::colour_of(RecordKind kind) {
  if (kind == RecordKind::Complaint) return colour::amber;
  if (kind == RecordKind::Penalty) return colour::red;
  return kind == RecordKind::Capture ? colour::blue : colour::quiet;
}

QString SubjectWords::day(WallTime at) {
  if (at.ms <= 0) return subject_word(QT_TRANSLATE_NOOP("SubjectWords", "未检查"));
  return day_clock_text(at).left(10);
}

SubjectWords::Sign SubjectWords::sign_of(const Keeping& keeping) {
  if (keeping.abnormal) return {subject_word(QT_TRANSLATE_NOOP("SubjectWords", "异常库")), "cross-circle", colour::red};
  if (keeping.unwell) return {subject_word(QT_TRANSLATE_NOOP("SubjectWords", "%1 项打不开")).arg(keeping.unwell), "cross-circle", colour::red};
  if (keeping.overdue_days) return {subject_word(QT_TRANSLATE_NOOP("SubjectWords", "逾期 %1 天")).arg(keeping.overdue_days), "clock", colour::amber};
  if (keeping.unchecked) return {subject_word(QT_TRANSLATE_NOOP("SubjectWords", "%1 项待查")).arg(keeping.unchecked), "alert", colour::amber};
  if (!keeping.entries) return {subject_word(QT_TRANSLATE_NOOP("SubjectWords", "没有网店")), "circle", colour::quiet};
  return {day(keeping.checked), "check-circle", colour::green};
}

SubjectWords::Sign SubjectWords::sign_of(const Entry& entry, std::int64_t overdue) {
  if (entry.abnormal) return {subject_word(QT_TRANSLATE_NOOP("SubjectWords", "异常库")), "cross-circle", colour::red};
  if (entry.reach > Reach::Reachable) return {word(entry.reach), "cross-circle", colour::red};
  if (overdue) return {subject_word(QT_TRANSLATE_NOOP("SubjectWords", "逾期 %1 天")).arg(overdue), "clock", colour::amber};
  if (entry.checked.ms <= 0) return {subject_word(QT_TRANSLATE_NOOP("SubjectWords", "未检查")), "alert", colour::amber};
  return {day(entry.checked), "check-circle", colour::green};
}

SubjectWords::Sign SubjectWords::sign_of(SubjectState state) {
  if (state == SubjectState::Open) return {word(state), "check-circle", colour::green};
  if (state == SubjectState::Unknown) return {word(state), "question", colour::quiet};
  return {word(state), "alert", state == SubjectState::Moved ? colour::amber : colour::red};
}

// What is watched has a flag, what is sold is grey, the rest tells what kind of place it is.
RowChip SubjectWords::chip_of(const Tag& tag) {
  if (tag.group == kWatchGroup) return red_chip(qs(tag.name), "flag");
  if (tag.group == "品类") return grey_chip(qs(tag.name));
  return {qs(tag.name), {}, "#5b3aa6", "#efeafb", "#cfc0f0"};
}

QString SubjectWords::name_of(const Facet& facet) {
  switch (facet.group) {
    case FacetGroup::EntryKind: return word(static_cast<EntryKind>(facet.number));
    case FacetGroup::State: return facet.number < 0 ? subject_word(QT_TRANSLATE_NOOP("SubjectWords", "异常库")) : word(static_cast<SubjectState>(facet.number));
    default: return qs(facet.text);
  }
}

QString SubjectWords::what_changed(const Change& change) {
  const auto what = qs(change.what);
  if (what == "subject") return change.before.empty() ? subject_word(QT_TRANSLATE_NOOP("SubjectWords", "登记主体")) : change.after.empty() ? subject_word(QT_TRANSLATE_NOOP("SubjectWords", "删除主体")) : subject_word(QT_TRANSLATE_NOOP("SubjectWords", "修改主体"));
  if (what.startsWith("entry")) {
    const auto number = what.mid(6);
    return (change.before.empty() ? subject_word(QT_TRANSLATE_NOOP("SubjectWords", "登记店铺账号 %1")) : change.after.empty() ? subject_word(QT_TRANSLATE_NOOP("SubjectWords", "删除店铺账号 %1")) : subject_word(QT_TRANSLATE_NOOP("SubjectWords", "修改店铺账号 %1"))).arg(number);
  }
  if (what == "record") return subject_word(QT_TRANSLATE_NOOP("SubjectWords", "新记录"));
  if (what.startsWith("tag")) return subject_word(QT_TRANSLATE_NOOP("SubjectWords", "标签"));
  if (what == "sensitive") return subject_word(QT_TRANSLATE_NOOP("SubjectWords", "敏感信息"));
  if (what == "notice") return subject_word(QT_TRANSLATE_NOOP("SubjectWords", "通知已读"));
  if (what == "match") return change.after.empty() ? subject_word(QT_TRANSLATE_NOOP("SubjectWords", "撤销比对结论")) : change.after.find("\"same\":true") != std::string::npos ? subject_word(QT_TRANSLATE_NOOP("SubjectWords", "比对：同一主体")) : subject_word(QT_TRANSLATE_NOOP("SubjectWords", "比对：不是同一主体"));
  return what == "batch" ? subject_word(QT_TRANSLATE_NOOP("SubjectWords", "成批导入")) : what;
}

QStringList SubjectWords::differences(const Change& change) {
  const auto before = QJsonDocument::fromJson(QByteArray::fromStdString(change.before)).object(), after = QJsonDocument::fromJson(QByteArray::fromStdString(change.after)).object();
  QStringList out;
  QJsonObject all = before;
  for (auto at = after.begin(); at != after.end(); ++at) all.insert(at.key(), at.value());
  for (const auto& key : all.keys()) {
    const auto name = member_word(key);
    if (name.isEmpty()) continue;
    const auto was = member_value(key, before.value(key)), is = member_value(key, after.value(key));
    if (was == is) continue;
    if (!change.before.empty() && !change.after.empty()) out << QStringLiteral("%1：%2 → %3").arg(name, was.isEmpty() ? QStringLiteral("–") : was, is.isEmpty() ? QStringLiteral("–") : is);
    else if (!(was + is).isEmpty()) out << QStringLiteral("%1：%2").arg(name, was + is);
  }
  // of what came or went as a whole one line is enough
  return change.before.empty() || change.after.empty() ? QStringList{out.join(QStringLiteral("；"))} : out;
}

}  // namespace guzheng::ui
