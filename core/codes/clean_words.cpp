#include <array>

#include "core/codes/cleaner.h"

namespace guzheng {

namespace {

struct ReasonWords {
  std::string_view name, chinese, english;
};

constexpr std::array<ReasonWords, 21> kReasonWords{{
    {"trimmed", "去掉首尾空白和不可见字符", "spaces at the ends and invisible characters taken off"},
    {"width", "统一全角半角和大小写", "full width and letter case made uniform"},
    {"spaces", "去掉多余空格", "spaces within taken out"},
    {"brackets", "括号统一为（）", "brackets brought to one form"},
    {"blank", "等于没有填", "stands for nothing"},
    {"words", "按对照表改写", "replaced by the table of words"},
    {"code-of-name", "名称换成代码", "a name became its code"},
    {"unknown-code", "代码表里没有", "not in the code table"},
    {"wrong-length", "位数不对", "has the wrong length"},
    {"wrong-character", "含有不允许的字符", "has a character that is not allowed"},
    {"wrong-check", "校验码不符", "the check character does not fit"},
    {"no-phone", "不是电话号码", "is no phone number"},
    {"rounded", "数字在电子表格里丢了末位", "a spreadsheet lost its last digits"},
    {"moved", "移到应在的字段", "moved to the field where it belongs"},
    {"derived", "由其他字段得出", "derived from another field"},
    {"short-name", "由名称得出简称", "short name made from the name"},
    {"day", "日期统一写法", "the day brought to one form"},
    {"no-day", "不是日期", "is no day"},
    {"rubbish", "垃圾数据", "rubbish"},
    {"missing", "缺少必填内容", "what it needs is missing"},
    {"marked", "按规则标识", "marked by rule"},
}};

const ReasonWords& words_of(CleanReason reason) { return kReasonWords[static_cast<std::size_t>(reason)]; }

}  // namespace

std::string_view to_string(CleanReason reason) { return words_of(reason).name; }
std::string_view chinese(CleanReason reason) { return words_of(reason).chinese; }
std::string_view english(CleanReason reason) { return words_of(reason).english; }

}  // namespace guzheng
