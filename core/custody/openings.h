// Room custody. Why evidence is opened where nobody is asked for a reason, because the act itself is one: the words that op.open keeps
// (B-5.4.4), the same from the window and from the command line.
#pragma once

#include <string_view>

namespace guzheng {

struct Opening {
  std::string_view what, reason;             // op.open's fields
};
inline constexpr Opening kToReview{"review", "复核"}, kToStamp{"stamp", "补盖时间戳"}, kToSign{"sign", "补签"}, kToRenew{"renew", "续期"}, kToGroup{"group", "补写组记录"}, kToCompare{"compare", "并行取证佐证对照"};

}  // namespace guzheng
