#include "ui/sync/sync_words.h"

#include <algorithm>

#include "ui/base/text.h"
#include "ui/base/theme.h"

namespace guzheng::ui {

int SyncWords::percent(const SyncItem& item) { return item.total == 0 ? 0 : static_cast<int>(std::min(item.done, item.total) * 100 / item.total); }

QString SyncWords::state(const SyncItem& item) {
  switch (item.phase) {
    case SyncPhase::NotReady: return tr("未同步，待加密");
    case SyncPhase::Queued: return item.done > 0 ? tr("排队 %1 %").arg(percent(item)) : tr("排队");
    case SyncPhase::Packing: return tr("打包 %1 %").arg(percent(item));
    case SyncPhase::Sending: return tr("上传中 %1 %").arg(percent(item));
    case SyncPhase::Verifying: return tr("待核验");
    case SyncPhase::Synced: return tr("已同步 #%1").arg(item.index);
    case SyncPhase::Refused: return tr("被拒收");
    case SyncPhase::Hindered: return tr("未同步，受阻");
    case SyncPhase::Distrusted: return tr("回执不符");
  }
  return {};
}

RowChip SyncWords::chip(const SyncItem* item) {
  if (!item) return grey_chip(tr("未同步"), "upload");
  const auto words = state(*item), sign = icon_of(*item);
  switch (item->phase) {
    case SyncPhase::Packing:
    case SyncPhase::Sending:
    case SyncPhase::Verifying: return blue_chip(words, sign);
    case SyncPhase::Synced: return green_chip(words, sign);
    case SyncPhase::Hindered: return amber_chip(words, sign);
    case SyncPhase::Refused:
    case SyncPhase::Distrusted: return red_chip(words, sign);
    default: return grey_chip(words, sign);
  }
}

QString SyncWords::icon_of(const SyncItem& item) {
  switch (item.phase) {
    case SyncPhase::NotReady: return "key";
    case SyncPhase::Queued: return "clock";
    case SyncPhase::Packing: return "copy";
    case SyncPhase::Sending: return "upload";
    case SyncPhase::Verifying: return "search";
    case SyncPhase::Synced: return "cloud";
    case SyncPhase::Refused: return "cross-circle";
    case SyncPhase::Hindered:
    case SyncPhase::Distrusted: return "alert";
  }
  return "upload";
}

QColor SyncWords::colour_of(const SyncItem& item) {
  switch (item.phase) {
    case SyncPhase::Synced: return colour::green;
    case SyncPhase::Refused:
    case SyncPhase::Distrusted: return colour::red;
    case SyncPhase::Hindered: return colour::amber;
    case SyncPhase::Packing:
    case SyncPhase::Sending:
    case SyncPhase::Verifying: return colour::blue;
    default: return colour::grey;
  }
}

QString SyncWords::line(const SyncItem& item) {
  switch (item.phase) {
    case SyncPhase::NotReady: return tr("还没有加密，加密后自动排队 · %1").arg(bytes_text(item.total));
    case SyncPhase::Queued: return item.done > 0 ? tr("停在 %1 / %2，从这里接着送").arg(bytes_text(item.done), bytes_text(item.total)) : tr("约 %1").arg(bytes_text(item.total));
    case SyncPhase::Packing: return tr("正在打成上传包，约 %1").arg(bytes_text(item.total));
    case SyncPhase::Sending: return tr("%1 / %2").arg(bytes_text(item.done), bytes_text(item.total));
    case SyncPhase::Verifying: return tr("%1 已全部上传，中心系统正在核验").arg(bytes_text(item.total));
    case SyncPhase::Synced: return tr("存证日志第 %1 条，回执在证据包旁").arg(item.index);
    case SyncPhase::Refused: return refusal(item.why);
    case SyncPhase::Hindered:
    case SyncPhase::Distrusted: return hindrance(item);
  }
  return {};
}

QString SyncWords::refusal(const std::string& why) {
  const auto of = [&](std::string_view word) { return why.starts_with(word); };
  if (of("tampered")) return tr("中心系统核验不通过：收到的内容已损坏，或以前收到的文件不见了。请先在本机再次校验这份证据。");
  if (of("exists")) return tr("中心系统在这个编号下已收过另一份证据。请管理员查明哪一份是真的。");
  if (of("denied")) return tr("中心系统不收：不是本工作站的证据包、练习与正式不符，或没有为中心系统加密。请管理员查看。");
  if (of("invalid")) return tr("中心系统认为这不是完整的证据包。请先在本机再次校验，再试一次。");
  return tr("中心系统没有收。");
}

QString SyncWords::hindrance(const SyncItem& item) {
  if (item.phase == SyncPhase::Distrusted) return tr("中心系统给的回执核对不上，不能算已同步；证据仍在本机。请管理员核对中心系统的证书。");
  return tr("这一份暂时送不了，证据仍在本机，稍后自动再试。");
}

QString SyncWords::away(const SyncAway& away) {
  QString what;
  switch (away.error.kind) {
    case ErrorKind::Network: what = tr("连不上中心系统"); break;
    case ErrorKind::Timeout: what = tr("中心系统没有应答，或暂时收不了"); break;
    case ErrorKind::Denied: what = tr("中心系统不让本工作站进入，或对方不是本单位的中心系统：证书可能已过期、被吊销或没有登记"); break;
    case ErrorKind::Exists: what = tr("另一个程序（guzheng-evidence sync）正在同步本工作台"); break;
    default: what = tr("上传队列或证据库读不了"); break;
  }
  return tr("%1。从 %2 起没有上传；证据都在本机，取证照常，恢复后自动接着送。%3").arg(what, day_clock_text(away.since), away.next_try_s > 0 ? tr("约 %1 秒后再试。").arg(away.next_try_s) : tr("正在再试。"));
}

QString SyncWords::speed(std::uint64_t rate) { return tr("%1/s").arg(bytes_text(rate)); }

QString SyncWords::left(std::int64_t s) {
  if (s < 60) return tr("剩余约 %1 秒").arg(s);
  if (s < 3600) return tr("剩余约 %1 分 %2 秒").arg(s / 60).arg(s % 60);
  return tr("剩余约 %1 小时 %2 分").arg(s / 3600).arg(s / 60 % 60);
}

int SyncWords::open_count(const SyncStatus& status) {
  return static_cast<int>(std::count_if(status.items.begin(), status.items.end(), [](const SyncItem& one) { return !one.settled(); }));
}

QString SyncWords::all_settled(const SyncStatus& status) {
  if (status.items.empty()) return tr("没有待同步的证据");
  const auto refused = std::count_if(status.items.begin(), status.items.end(), [](const SyncItem& one) { return one.phase == SyncPhase::Refused; });
  return refused > 0 ? tr("其余均已同步，被拒收 %1 份").arg(refused) : tr("已全部同步");
}

QString SyncWords::strip(const SyncDesk& desk) {
  const auto& status = desk.status();
  if (desk.mistake()) return tr("同步没有开始：设置有误");
  if (!desk.configured()) return {};
  if (!status.open && !status.away) return tr("正在查看同步…");
  const int open = open_count(status);
  const auto refused = std::count_if(status.items.begin(), status.items.end(), [](const SyncItem& one) { return one.phase == SyncPhase::Refused; });
  const auto tail = refused > 0 ? tr("，被拒收 %1 份").arg(refused) : QString();
  if (status.away) return tr("中心系统离线，待同步 %1 份").arg(open) + tail;
  if (open == 0) return all_settled(status);
  if (status.paused) return tr("同步已暂停，待同步 %1 份").arg(open) + tail;
  if (status.resting) return tr("待同步 %1 份").arg(open) + tail;
  const auto moving = std::find_if(status.items.begin(), status.items.end(), [](const SyncItem& one) { return one.phase == SyncPhase::Sending; });
  if (moving == status.items.end()) return tr("待同步 %1 份").arg(open) + tail;
  return tr("待同步 %1 份，正在上传 %2 %").arg(open).arg(percent(*moving)) + tail;
}

}  // namespace guzheng::ui
