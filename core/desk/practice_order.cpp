#include "core/desk/practice_order.h"

namespace guzheng {

CaptureOrder practice_order() {
  CaptureOrder order;
  order.platform = "练习商城";
  order.reason = "普通食品宣称疾病治疗功能";
  order.legal_basis = "《中华人民共和国电子商务法》第二十五条；《中华人民共和国行政处罚法》第四十六条";
  order.subject_name = "示例甲生物科技有限公司（练习）";
  order.credit_code = "91990000MA00000000";
  order.shop = "示例养生旗舰店";
  order.ownership = "示例养生旗舰店 / 练习商城";
  return order;
}

}  // namespace guzheng
