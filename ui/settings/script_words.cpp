#include "ui/settings/script_words.h"

#include <map>

#include "ui/base/text.h"
#include "ui/capture/words.h"

namespace guzheng::ui {

Language ScriptWords::language() {
  //: the language of the core's own sentences: "zh", or "en" in the English translation
  return tr("zh") == QStringLiteral("en") ? Language::English : Language::Chinese;
}

QString ScriptWords::action(const std::string& name) {
  static const std::map<std::string, const char*> words{
      {"app", QT_TR_NOOP("打开应用")}, {"url", QT_TR_NOOP("打开网址")}, {"tap", QT_TR_NOOP("点按")}, {"swipe", QT_TR_NOOP("滑动")},
      {"scroll", QT_TR_NOOP("滚动到")}, {"key", QT_TR_NOOP("按键")}, {"text", QT_TR_NOOP("输入")}, {"wait", QT_TR_NOOP("等待")},
      {"capture", QT_TR_NOOP("取证当前页面")}, {"long", QT_TR_NOOP("长页取证")}, {"assert", QT_TR_NOOP("核对页面")}, {"note", QT_TR_NOOP("记备注")}};
  const auto it = words.find(name);
  return it == words.end() ? qs(name) : tr(it->second);
}

QString ScriptWords::field(const ScriptField& field) {
  static const std::map<std::string, const char*> words{
      {"name", QT_TR_NOOP("应用包名")}, {"url", QT_TR_NOOP("网址")}, {"text", QT_TR_NOOP("文字")}, {"picture", QT_TR_NOOP("图片文件")},
      {"at", QT_TR_NOOP("位置（千分之几）")}, {"x", QT_TR_NOOP("横向像素")}, {"y", QT_TR_NOOP("纵向像素")}, {"limit_ms", QT_TR_NOOP("最多等待（毫秒）")},
      {"from_at", QT_TR_NOOP("起点（千分之几）")}, {"to_at", QT_TR_NOOP("终点（千分之几）")}, {"from", QT_TR_NOOP("起点（像素）")},
      {"ms", QT_TR_NOOP("时长（毫秒）")}, {"until", QT_TR_NOOP("直到出现文字")}, {"most", QT_TR_NOOP("最多次数")}, {"key", QT_TR_NOOP("键")},
      {"secret", QT_TR_NOOP("口令名称")}, {"gone", QT_TR_NOOP("等到消失的文字")}, {"kind", QT_TR_NOOP("主要信息")}, {"title", QT_TR_NOOP("标题")},
      {"proves", QT_TR_NOOP("证明对象")}, {"access", QT_TR_NOOP("可见范围")}, {"basis", QT_TR_NOOP("取证依据")}, {"absent", QT_TR_NOOP("不得出现的文字")},
      {"app", QT_TR_NOOP("必须是应用")}, {"remark", QT_TR_NOOP("说明")}};
  if (field.name == "to") return field.type == FieldType::Point ? tr("终点（像素）") : tr("方向");
  const auto it = words.find(field.name);
  return it == words.end() ? qs(field.name) : tr(it->second);
}

QString ScriptWords::hint(const ScriptField& field) {
  switch (field.type) {
    case FieldType::Point: return tr("横, 纵，例如 500, 700");
    case FieldType::Number: return tr("%1 至 %2").arg(field.least).arg(field.most);
    case FieldType::Picture: return tr("脚本文件夹里的 PNG，从本机截图上裁下");
    default: break;
  }
  if (field.name == "secret") return tr("只写名称，运行时再给出口令");
  return {};
}

QString ScriptWords::choice(const std::string& field, const std::string& value) {
  if (field == "kind")
    if (const auto kind = item_kind(value)) return Words::kind(*kind);
  static const std::map<std::string, const char*> words{{"back", QT_TR_NOOP("返回")}, {"home", QT_TR_NOOP("主页")}, {"recents", QT_TR_NOOP("最近任务")},
                                                        {"enter", QT_TR_NOOP("回车")}, {"down", QT_TR_NOOP("向下")}, {"up", QT_TR_NOOP("向上")},
                                                        {"公开", QT_TR_NOOP("公开")}, {"登录可见", QT_TR_NOOP("登录可见")}, {"非公开", QT_TR_NOOP("非公开")}};
  const auto it = words.find(value);
  return it == words.end() ? qs(value) : tr(it->second);
}

QString ScriptWords::summary(const Json& step) {
  const auto name = text_at(step, "do");
  QString what = action(name);
  const auto quoted = [](const std::string& text) { return tr("“%1”").arg(qs(text).left(40)); };
  for (const char* key : {"text", "until", "gone", "picture", "name", "url", "title", "app"})
    if (const auto text = text_at(step, key); !text.empty()) {
      what += (key == std::string("gone") ? tr(" 消失 ") : QStringLiteral(" ")) + quoted(text);
      break;
    }
  if (name == "assert" && !text_at(step, "absent").empty()) what += tr(" 没有 ") + quoted(text_at(step, "absent"));
  if (name == "key") what += QStringLiteral(" ") + choice("key", text_at(step, "key"));
  if (!text_at(step, "secret").empty()) what += tr(" 口令 ") + quoted(text_at(step, "secret"));
  if (name == "wait" && step.contains("ms")) what += tr(" %1 毫秒").arg(integer_at(step, "ms"));
  if (step.contains("at") || step.contains("from_at")) what += tr(" 按位置");
  if (name == "capture" || name == "long") what += QStringLiteral(" · ") + choice("kind", text_at(step, "kind"));
  return what;
}

// The core names fields as the file does; here they are called as the form calls them.
QString ScriptWords::problem(const ScriptProblem& problem) {
  QString text = qs(language() == Language::English ? problem.english : problem.chinese);
  for (const auto& action : script_actions())
    for (const auto& one : action.fields)
      for (const char* quotes : {"\"%1\"", "“%1”"}) text.replace(QString::fromUtf8(quotes).arg(qs(one.name)), tr("“%1”").arg(field(one)));
  return text;
}

}  // namespace guzheng::ui
