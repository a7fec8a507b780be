#include "ui/tasks/task_words.h"

#include <QCoreApplication>
#include <QLocale>

#include "ui/base/text.h"
#include "ui/base/theme.h"

namespace guzheng::ui {
namespace {

QString task_word(const char* text) { return QCoreApplication::translate("TaskWords", text); }

// The word of an enumerator: `words` in the order of the enumerators; "": none.
template <typename Value>
QString nth_task_word(Value value, std::initializer_list<const char*> words) {
  const auto i = static_cast<std::size_t>(value);
  return i < words.size() && *words.begin()[i] != '\0' ? task_word(words.begin()[i]) : QString();
}

}  // namespace

QString TaskWords::word(TaskCategory category) {
  return nth_task_word(category, {QT_TRANSLATE_NOOP("TaskWords", "常规性监测（日常监测）"), QT_TRANSLATE_NOOP("TaskWords", "特定性监测（专项监测）"), QT_TRANSLATE_NOOP("TaskWords", "研究性监测")});
}

QString TaskWords::short_word(TaskCategory category) {
  return nth_task_word(category, {QT_TRANSLATE_NOOP("TaskWords", "日常"), QT_TRANSLATE_NOOP("TaskWords", "专项"), QT_TRANSLATE_NOOP("TaskWords", "研究")});
}

QString TaskWords::word(TaskMethod method) {
  return nth_task_word(method, {QT_TRANSLATE_NOOP("TaskWords", "自主监测"), QT_TRANSLATE_NOOP("TaskWords", "委托第三方数据搜索")});
}

QString TaskWords::word(TargetKind kind) {
  return nth_task_word(kind, {QT_TRANSLATE_NOOP("TaskWords", "网站"), QT_TRANSLATE_NOOP("TaskWords", "网店"), QT_TRANSLATE_NOOP("TaskWords", "公众号"), QT_TRANSLATE_NOOP("TaskWords", "小程序"),
                                           QT_TRANSLATE_NOOP("TaskWords", "APP"), QT_TRANSLATE_NOOP("TaskWords", "视频号"), QT_TRANSLATE_NOOP("TaskWords", "其他")});
}

QString TaskWords::word(FeedbackKind kind) {
  return nth_task_word(kind, {QT_TRANSLATE_NOOP("TaskWords", "监测报告"), QT_TRANSLATE_NOOP("TaskWords", "违法线索表"), QT_TRANSLATE_NOOP("TaskWords", "网络经营主体清单"),
                                           QT_TRANSLATE_NOOP("TaskWords", "监测电商平台（网站）")});
}

QString TaskWords::word(FlowState state) {
  return nth_task_word(state, {
      "", QT_TRANSLATE_NOOP("TaskWords", "拟稿"), QT_TRANSLATE_NOOP("TaskWords", "待签收"), QT_TRANSLATE_NOOP("TaskWords", "已退回"), QT_TRANSLATE_NOOP("TaskWords", "实施中"), QT_TRANSLATE_NOOP("TaskWords", "修订中"),
      QT_TRANSLATE_NOOP("TaskWords", "已反馈"), QT_TRANSLATE_NOOP("TaskWords", "已作废"), QT_TRANSLATE_NOOP("TaskWords", "研判确认"), QT_TRANSLATE_NOOP("TaskWords", "分派"), QT_TRANSLATE_NOOP("TaskWords", "核查"),
      QT_TRANSLATE_NOOP("TaskWords", "处理反馈"), QT_TRANSLATE_NOOP("TaskWords", "待办结"), QT_TRANSLATE_NOOP("TaskWords", "已办结"), QT_TRANSLATE_NOOP("TaskWords", "已合并"), QT_TRANSLATE_NOOP("TaskWords", "待研判"),
      QT_TRANSLATE_NOOP("TaskWords", "已转任务"), QT_TRANSLATE_NOOP("TaskWords", "不予采纳")});
}

QString TaskWords::word(FlowMove move) {
  return nth_task_word(move, {
      QT_TRANSLATE_NOOP("TaskWords", "登记"), QT_TRANSLATE_NOOP("TaskWords", "提交"), QT_TRANSLATE_NOOP("TaskWords", "撤回"), QT_TRANSLATE_NOOP("TaskWords", "签收"), QT_TRANSLATE_NOOP("TaskWords", "退回"),
      QT_TRANSLATE_NOOP("TaskWords", "修订"), QT_TRANSLATE_NOOP("TaskWords", "报送反馈材料"), QT_TRANSLATE_NOOP("TaskWords", "反馈完成"), QT_TRANSLATE_NOOP("TaskWords", "作废"), QT_TRANSLATE_NOOP("TaskWords", "重新办理"),
      QT_TRANSLATE_NOOP("TaskWords", "确认线索"), QT_TRANSLATE_NOOP("TaskWords", "不构成线索"), QT_TRANSLATE_NOOP("TaskWords", "分派"), QT_TRANSLATE_NOOP("TaskWords", "退回上一步"), QT_TRANSLATE_NOOP("TaskWords", "转办"),
      QT_TRANSLATE_NOOP("TaskWords", "填写核查"), QT_TRANSLATE_NOOP("TaskWords", "重新核查"), QT_TRANSLATE_NOOP("TaskWords", "反馈措施"), QT_TRANSLATE_NOOP("TaskWords", "反馈不违法"), QT_TRANSLATE_NOOP("TaskWords", "办结"),
      QT_TRANSLATE_NOOP("TaskWords", "延期"), QT_TRANSLATE_NOOP("TaskWords", "重算期限"), QT_TRANSLATE_NOOP("TaskWords", "合并"), QT_TRANSLATE_NOOP("TaskWords", "附证据"), QT_TRANSLATE_NOOP("TaskWords", "转为任务"),
      QT_TRANSLATE_NOOP("TaskWords", "不予采纳")});
}

QString TaskWords::word(Measure measure) {
  return nth_task_word(measure, {QT_TRANSLATE_NOOP("TaskWords", "行政指导"), QT_TRANSLATE_NOOP("TaskWords", "责令改正"), QT_TRANSLATE_NOOP("TaskWords", "行政处罚"), QT_TRANSLATE_NOOP("TaskWords", "信用惩戒")});
}

QString TaskWords::word(ClueOutcome outcome) {
  return nth_task_word(outcome, {QT_TRANSLATE_NOOP("TaskWords", "未定"), QT_TRANSLATE_NOOP("TaskWords", "违法"), QT_TRANSLATE_NOOP("TaskWords", "不违法")});
}

QString TaskWords::word(ExtensionReason reason) {
  return nth_task_word(reason, {QT_TRANSLATE_NOOP("TaskWords", "立案处理"), QT_TRANSLATE_NOOP("TaskWords", "信用惩戒"), QT_TRANSLATE_NOOP("TaskWords", "检验检测鉴定"), QT_TRANSLATE_NOOP("TaskWords", "异地协查")});
}

QString TaskWords::word(ClueSource source) {
  return nth_task_word(source, {QT_TRANSLATE_NOOP("TaskWords", "投诉举报"), QT_TRANSLATE_NOOP("TaskWords", "日常巡查监测"), QT_TRANSLATE_NOOP("TaskWords", "其他部门移送")});
}

QString TaskWords::word(SheetField field) {
  return nth_task_word(field, {
      QT_TRANSLATE_NOOP("TaskWords", "发起单位"), QT_TRANSLATE_NOOP("TaskWords", "监测任务名称"), QT_TRANSLATE_NOOP("TaskWords", "监测任务来源"), QT_TRANSLATE_NOOP("TaskWords", "监测类别"), QT_TRANSLATE_NOOP("TaskWords", "监测方式"),
      QT_TRANSLATE_NOOP("TaskWords", "第三方"), QT_TRANSLATE_NOOP("TaskWords", "监测时间（起）"), QT_TRANSLATE_NOOP("TaskWords", "监测时间（止）"), QT_TRANSLATE_NOOP("TaskWords", "监测范围"), QT_TRANSLATE_NOOP("TaskWords", "监测对象类型"),
      QT_TRANSLATE_NOOP("TaskWords", "其他对象"), QT_TRANSLATE_NOOP("TaskWords", "监测内容"), QT_TRANSLATE_NOOP("TaskWords", "监测特征词"), QT_TRANSLATE_NOOP("TaskWords", "监测结果反馈"), QT_TRANSLATE_NOOP("TaskWords", "平台个数"),
      QT_TRANSLATE_NOOP("TaskWords", "监测次数")});
}

QString TaskWords::word(ResultField field) {
  return nth_task_word(field, {QT_TRANSLATE_NOOP("TaskWords", "链接"), QT_TRANSLATE_NOOP("TaskWords", "快照"), QT_TRANSLATE_NOOP("TaskWords", "主体"), QT_TRANSLATE_NOOP("TaskWords", "经营主体"),
                                           QT_TRANSLATE_NOOP("TaskWords", "信用代码"), QT_TRANSLATE_NOOP("TaskWords", "平台"), QT_TRANSLATE_NOOP("TaskWords", "涉嫌违法表现"), QT_TRANSLATE_NOOP("TaskWords", "所属业务领域"),
                                           QT_TRANSLATE_NOOP("TaskWords", "备注"), QT_TRANSLATE_NOOP("TaskWords", "发现单位"), QT_TRANSLATE_NOOP("TaskWords", "对方编号")});
}

QString TaskWords::word(ResultTrouble trouble) {
  return nth_task_word(trouble, {QT_TRANSLATE_NOOP("TaskWords", "没有填写"), QT_TRANSLATE_NOOP("TaskWords", "链接和快照至少要有一项"), QT_TRANSLATE_NOOP("TaskWords", "不是 http:// 或 https:// 开头的网址"),
                                           QT_TRANSLATE_NOOP("TaskWords", "信用代码不是 18 位或校验位不对"), QT_TRANSLATE_NOOP("TaskWords", "太长"), QT_TRANSLATE_NOOP("TaskWords", "含有不能保存的字符")});
}

QString TaskWords::word(ImportTrouble trouble) {
  return nth_task_word(trouble, {QT_TRANSLATE_NOOP("TaskWords", "第一行不是表头，没有读入"), QT_TRANSLATE_NOOP("TaskWords", "缺少必需的列，没有读入"), QT_TRANSLATE_NOOP("TaskWords", "两列含义相同，用了前一列"),
                                           QT_TRANSLATE_NOOP("TaskWords", "不认识这一列，没有读入"), QT_TRANSLATE_NOOP("TaskWords", "这一行有错，没有读入"), QT_TRANSLATE_NOOP("TaskWords", "与表中另一行重复，没有读入"),
                                           QT_TRANSLATE_NOOP("TaskWords", "任务中已有这条结果，没有读入"), QT_TRANSLATE_NOOP("TaskWords", "行数太多，从这一行起没有读入")});
}

QString TaskWords::word(RowProblemKind problem) {
  return nth_task_word(problem, {"", QT_TRANSLATE_NOOP("TaskWords", "有读不出的字符，没有读入"), QT_TRANSLATE_NOOP("TaskWords", "这一行太长，没有读入"), QT_TRANSLATE_NOOP("TaskWords", "格数太多，没有读入"),
                                 QT_TRANSLATE_NOOP("TaskWords", "引号没有成对，没有读入"), QT_TRANSLATE_NOOP("TaskWords", "不是一条记录，没有读入")});
}

QString TaskWords::needs(FlowState stage) {
  switch (stage) {
    case FlowState::Submitted: return task_word(QT_TRANSLATE_NOOP("TaskWords", "任务单填写完整后提交，取得编号"));
    case FlowState::Running: return task_word(QT_TRANSLATE_NOOP("TaskWords", "由承办单位签收，或写明理由退回"));
    case FlowState::Finished: return task_word(QT_TRANSLATE_NOOP("TaskWords", "勾选的反馈材料全部报送"));
    case FlowState::Judging: return task_word(QT_TRANSLATE_NOOP("TaskWords", "构成线索：须填依据\n不构成：须填理由和依据"));
    case FlowState::Dispatching: return task_word(QT_TRANSLATE_NOOP("TaskWords", "须填承办单位；次日起 15 个工作日"));
    case FlowState::Verifying: return task_word(QT_TRANSLATE_NOOP("TaskWords", "签收后填写核查结论和情况"));
    case FlowState::Handling: return task_word(QT_TRANSLATE_NOOP("TaskWords", "违法：须填措施并附文书\n不违法：须填理由和依据"));
    case FlowState::Confirming: return task_word(QT_TRANSLATE_NOOP("TaskWords", "由分派人确认"));
    default: return {};
  }
}

QString TaskWords::day(Day day) {
  const auto when = date(day);
  if (when.year() != QDate::currentDate().year()) return when.toString(Qt::ISODate);
  return task_word(QT_TRANSLATE_NOOP("TaskWords", "%1月%2日")).arg(when.month()).arg(when.day());
}

QString TaskWords::week_day(Day day) {
  return nth_task_word(date(day).dayOfWeek() - 1, {QT_TRANSLATE_NOOP("TaskWords", "周一"), QT_TRANSLATE_NOOP("TaskWords", "周二"), QT_TRANSLATE_NOOP("TaskWords", "周三"), QT_TRANSLATE_NOOP("TaskWords", "周四"),
                                           QT_TRANSLATE_NOOP("TaskWords", "周五"), QT_TRANSLATE_NOOP("TaskWords", "周六"), QT_TRANSLATE_NOOP("TaskWords", "周日")});
}

QString TaskWords::left(const DeadlineStanding& standing) {
  if (standing.standing == DueStanding::Overdue) return task_word(QT_TRANSLATE_NOOP("TaskWords", "逾期 %1 个工作日")).arg(standing.days);
  if (standing.standing == DueStanding::Today) return task_word(QT_TRANSLATE_NOOP("TaskWords", "今日到期"));
  return task_word(QT_TRANSLATE_NOOP("TaskWords", "剩 %1 个工作日")).arg(standing.days);
}

QString TaskWords::icon_of(const DeadlineStanding& standing) {
  return standing.standing == DueStanding::Overdue ? "alert" : standing.standing == DueStanding::Running ? "calendar" : "clock";
}

RowChip TaskWords::chip(const DeadlineStanding& standing) {
  if (standing.standing == DueStanding::Overdue) return red_chip(left(standing), icon_of(standing));
  if (standing.standing == DueStanding::Running) return grey_chip(left(standing), icon_of(standing));
  return amber_chip(left(standing), icon_of(standing));
}

RowChip TaskWords::chip(FlowState state) {
  if (state == FlowState::Finished || state == FlowState::Closed || state == FlowState::Tasked) return green_chip(word(state), "check");
  if (is_over(state)) return grey_chip(word(state));
  if (state == FlowState::Returned) return amber_chip(word(state), "back");
  return blue_chip(word(state));
}

QString TaskWords::paper_name(const TaskEntry& task, const QString& form) {
  const auto number = task.number.empty() ? task_word(QT_TRANSLATE_NOOP("TaskWords", "草稿%1")).arg(task.item.id) : qs(task.number);
  return number + QLatin1Char(' ') + form;
}

QString TaskWords::operator_of(const MonitorResult& result) { return result.operator_name.empty() ? task_word(QT_TRANSLATE_NOOP("TaskWords", "经营主体不明")) : qs(result.operator_name); }

QDate TaskWords::date(std::optional<Day> day) { return day ? QDate::fromString(qs(day_text(*day)), Qt::ISODate) : QDate(); }

std::optional<Day> TaskWords::day_of(const QDate& date) { return date.isValid() ? day_from(ss(date.toString(Qt::ISODate))) : std::nullopt; }

}  // namespace guzheng::ui
