#include "core/session/compulsory.h"

#include <algorithm>
#include <set>

#include "core/base/blank.h"

namespace guzheng {

const std::vector<CompulsoryItem>& compulsory_items() {
  static const std::vector<CompulsoryItem> items{
      {"workstation.clock", "工作站时间与时间戳机构的时间对不上，日志各行的时间无法与时间戳相互印证"},
      {"workstation.disk", "录像可能因磁盘写满而中断"},
      {"workstation.signature", "取证软件与其签名不符，可能被改动过"},
      {"node.host-key", "不能确认所连的是本单位登记的节点"},
      {"node.clock", "节点时间与工作站时间对不上，节点自己的日志无法与本次取证相互印证"},
      {"phone.root", "有最高权限的程序可以改动页面、时间和本检测的结果"},
      {"phone.emulator", "虚拟设备须说明真实的操作者和节点（A-7.2d）"},
      {"phone.boot", "启动链未经验证，系统可能被替换"},
      {"phone.user", "调试服务以 root 运行，检测结果和页面都可被改动"},
      {"phone.battery", "取证途中可能断电，录像中断"},
      {"phone.storage", "空间不足时手机可能无法截图、应用可能异常"},
      {"phone.network", "没有联网，页面只能出自缓存"},
      {"phone.vpn", "页面经他人的网络到达，可能与公众所见不同"},
      {"phone.proxy", "代理可以替换页面内容"},
      {"phone.hosts", "网址可能被指向别的服务器"},
      {"phone.cacerts", "自行安装的根证书使加密连接可被中间人替换"},
      {"phone.clock", "手机时间与工作站时间对不上，页面所示时间不可信"},
      {"app.signature", "应用的签名证书与本单位登记的不符，或安装包被改动，可能是仿冒应用"}};
  return items;
}

bool is_compulsory(std::string_view id) {
  const auto& items = compulsory_items();
  return std::any_of(items.begin(), items.end(), [&](const auto& item) { return item.id == id; });
}

std::vector<EnvItem> holding_up(const std::vector<EnvItem>& items) {
  std::vector<EnvItem> out;
  for (const auto& item : items)
    if (item.compulsory && item.verdict == "fail" && item.overridden.empty()) out.push_back(item);
  return out;
}

void let_pass(std::vector<EnvItem>& items, const std::vector<EnvOverride>& overrides) {
  for (auto& item : items)
    for (const auto& one : overrides)
      if (item.compulsory && item.verdict == "fail" && item.id == one.item) item.overridden = one.reason;
}

Status check_overrides(const std::vector<EnvOverride>& overrides) {
  constexpr std::size_t longest = 400;
  std::set<std::string> named;
  for (const auto& one : overrides) {
    if (!is_compulsory(one.item)) {
      std::string known;
      for (const auto& item : compulsory_items()) known += (known.empty() ? "" : ", ") + std::string(item.id);
      return fail(ErrorKind::Invalid, "override: no compulsory item is called \"" + one.item + "\"; they are " + known);
    }
    if (!named.insert(one.item).second) return fail(ErrorKind::Invalid, "override: " + one.item + " is named twice");
    if (is_blank(one.reason)) return fail(ErrorKind::Invalid, "override: " + one.item + " needs a reason");
    if (one.reason.size() > longest) return fail(ErrorKind::Invalid, "override: the reason for " + one.item + " is longer than 400 bytes");
  }
  return ok();
}

Failure held_up(const std::vector<EnvItem>& items, ErrorKind kind) {
  std::string names;
  for (const auto& item : items) names += (names.empty() ? "" : "; ") + item.id + " (" + item.title + ": " + item.found + ")";
  return fail(kind, "the environment check failed: " + names + "; put it right, or let each pass with a reason");
}

}  // namespace guzheng
