// Test support. An order of a triggered capture and its script, as small as they can be.
#pragma once

#include "core/base/digest.h"
#include "core/identity/bureau.h"
#include "core/wire/trigger.h"

namespace guzheng::test {

inline constexpr const char* kTriggerScript = R"({"schema":"guzheng-script/1","name":"示例脚本","order":{"link":"https://mall.example.com/shop/1"},"steps":[{"do":"capture","kind":"other","title":"首页","proves":"经营"}]})";

// Issued now, to be done within two days, for "一科"; each one of its own id.
inline TriggerOrder sample_order(WallTime now, int number = 1) {
  TriggerOrder out;
  const std::string digits = std::to_string(number);
  out.id = std::string(32 - digits.size(), '0') + digits;
  out.unit = "一科";
  out.clue = {"complaint", "12315-0001", "店铺宣称保健食品可以治病"};
  for (const char* key : {"order_no", "task", "case_no", "reason", "what", "legal_basis", "subject_name", "credit_code", "shop", "platform", "link", "ownership"}) out.order[key] = "";
  out.order["order_no"] = "触发-" + digits;
  out.order["reason"] = "投诉举报";
  out.order["what"] = "店铺首页、证照信息、商品页";
  out.order["legal_basis"] = "《电子商务法》第七十五条";
  out.order["subject_name"] = "示例养生旗舰店";
  out.order["link"] = "https://mall.example.com/shop/1";
  out.script_name = "示例脚本";
  out.script_sha256 = sha256_hex(as_bytes(std::string_view(kTriggerScript)));
  out.issued_at = now;
  out.deadline = {now.ms + 2 * 86'400'000LL};
  return out;
}

inline SignedTrigger signed_trigger(const TriggerOrder& order, const Signer& signer) {
  SignedTrigger out{write_trigger_order(order).value(), {}, kTriggerScript};
  out.signature = signer.sign_detached(as_bytes(out.text)).value();
  return out;
}

}  // namespace guzheng::test
