#include "ui/nodes/node_words.h"

#include "ui/base/text.h"
#include "ui/base/theme.h"

namespace guzheng::ui {

QString NodeWords::trouble(NodeTrouble trouble) {
  switch (trouble) {
    case NodeTrouble::KeyChanged: return tr("密钥变化，已拒绝");
    case NodeTrouble::KeyUnknown: return tr("密钥待核对");
    case NodeTrouble::KeyLocked: return tr("密钥待口令");
    case NodeTrouble::Refused: return tr("节点拒绝登录");
    case NodeTrouble::Unreachable: return tr("离线");
    case NodeTrouble::NoProgram: return tr("节点程序无应答");
    case NodeTrouble::NoAdb: return tr("adb 没有运行");
    case NodeTrouble::LineDown: return tr("网络接口断开");
    case NodeTrouble::Hot: return tr("温度过高");
    case NodeTrouble::OnBattery: return tr("没有市电");
    case NodeTrouble::DiskLow: return tr("磁盘将满");
    case NodeTrouble::ClockApart: return tr("时钟不准");
    case NodeTrouble::LineSlow: return tr("网速不足");
  }
  return {};
}

QString NodeWords::trouble_icon(NodeTrouble trouble) {
  switch (trouble) {
    case NodeTrouble::KeyChanged:
    case NodeTrouble::KeyUnknown: return "key";
    case NodeTrouble::KeyLocked:
    case NodeTrouble::Refused: return "lock";
    case NodeTrouble::Unreachable: return "cross-circle";
    case NodeTrouble::Hot: return "heat";
    case NodeTrouble::OnBattery: return "plug";
    case NodeTrouble::DiskLow: return "disk";
    case NodeTrouble::ClockApart: return "clock";
    default: return "alert";
  }
}

bool NodeWords::keeps_phones_away(NodeTrouble trouble) { return trouble <= NodeTrouble::Unreachable || trouble == NodeTrouble::NoAdb; }

QString NodeWords::advice(const NodeCard& card, NodeTrouble trouble, const QString& folder) {
  switch (trouble) {
    case NodeTrouble::KeyChanged:
      return tr("节点“%1”出示的主机密钥与登记的不同，已拒绝连接，在这里也不能改为信任。可能是节点重装，也可能有人冒充它；已封存的证据不受影响。"
                "请先不要经它取证，由节点管理人员到机房核对。确认是重装的，在本机删去旧密钥（理由记入操作日志）：guzheng-evidence node forget-key '%1' --nodes '%2' --reason 理由，再回到这里重新核对登记。")
          .arg(qs(card.node.name), folder);
    case NodeTrouble::KeyUnknown: return tr("还没有人核对过这个节点的主机密钥，所以没有登录。请在“设置 → 节点”核对指纹后登记。");
    case NodeTrouble::KeyLocked: return tr("本工作站的 SSH 密钥有口令，还没有人输入，所以没有登录。请在下面输入一次；口令只留在内存里，程序退出即忘。");
    case NodeTrouble::Refused: return tr("节点不接受本工作站的密钥。请检查密钥文件，并请节点管理人员把本站公钥加入 authorized_keys，或续签证书。");
    case NodeTrouble::Unreachable: return tr("连不上节点，它的手机现在不能用；正在进行的取证会写明中断。请检查网络和节点电源；恢复后列表自己更新。");
    case NodeTrouble::NoProgram: return tr("节点程序 guzheng-node 没有正确回答，取证时节点状态记为无法判定。请节点管理人员检查安装。");
    case NodeTrouble::NoAdb: return tr("节点上的 adb 服务没有运行，它的手机现在不能用。请节点管理人员启动 adb nodaemon server。");
    case NodeTrouble::LineDown: return tr("节点说它没有已连通的网络接口。请检查网线。");
    case NodeTrouble::Hot: return tr("超过 35 °C，手机会老化、鼓包，仍可取证，温度写进证据。请检查机房空调。");
    case NodeTrouble::OnBattery: return tr("正在用电池或不间断电源，随时可能断电。请检查市电；长时间的取证请等来电再开始。");
    case NodeTrouble::DiskLow: return tr("节点磁盘剩余不足 1 GiB。请节点管理人员清理。");
    case NodeTrouble::ClockApart: return tr("与本工作站的时间相差 2 秒以上，取证时环境检查会判为不合格。请节点管理人员检查对时。");
    case NodeTrouble::LineSlow: return tr("网络不到 100 Mbit/s，画面可能不流畅。请检查网线和交换机。");
  }
  return {};
}

RowChip NodeWords::chip(const NodeCard& card) {
  if (!card.look) return grey_chip(tr("正在查看"), "clock");
  if (card.troubles.empty()) return green_chip(tr("正常"), "check");
  const auto worst = card.troubles.front();
  return keeps_phones_away(worst) ? red_chip(trouble(worst), trouble_icon(worst)) : amber_chip(trouble(worst), trouble_icon(worst));
}

QString NodeWords::unknown(const NodeCard& card) {
  QStringList out;
  if (!card.look || !card.look->state) return {};
  if (!card.look->state->milli_celsius) out << tr("温度");
  if (!card.look->state->on_mains) out << tr("供电");
  return out.isEmpty() ? QString() : tr("%1无法判定").arg(out.join(tr("、")));
}

QColor NodeWords::colour_of(const NodeCard& card) {
  if (!card.look) return colour::grey;
  if (card.troubles.empty()) return colour::green;
  return keeps_phones_away(card.troubles.front()) ? colour::red : colour::amber;
}

QString NodeWords::address(const Node& node) { return QString("%1@%2:%3").arg(qs(node.user), qs(node.host)).arg(node.port); }

QString NodeWords::summary(const NodeCard& card, int phones) {
  QStringList parts;
  if (!card.node.place.empty()) parts << qs(card.node.place);
  if (card.look && card.look->state) {
    const auto& state = *card.look->state;
    if (state.milli_celsius) parts << QString("%1 °C").arg(*state.milli_celsius / 1000.0, 0, 'f', 1);
    parts << tr("手机 %1 台").arg(phones);
  }
  if (card.look) parts << tr("%1 查看").arg(clock_text(card.look->came));
  return parts.join(QStringLiteral(" · "));
}

QString NodeWords::phone_use(const PhoneEntry& phone) {
  if (phone.holder.empty()) return {};
  if (phone.holder == kHeldByPatrol) return tr("正在用于巡检，自 %1 起").arg(day_clock_text(phone.held_since));
  return phone.held_since.ms > 0 ? tr("由“%1”使用，自 %2 起").arg(qs(phone.holder), day_clock_text(phone.held_since)) : tr("由“%1”使用").arg(qs(phone.holder));
}

RowChip NodeWords::phone_chip(const PhoneEntry& phone) {
  if (phone.usable() && !phone.holder.empty()) return amber_chip(tr("使用中"), "user");
  if (phone.state == "device") return green_chip(tr("可用"), "check");
  if (phone.state == "unauthorized") return red_chip(tr("未授权"), "lock");
  if (phone.state == "offline") return grey_chip(tr("离线"), "cross");
  if (phone.state == "connecting" || phone.state == "authorizing") return amber_chip(tr("正在连接"), "clock");
  return grey_chip(qs(phone.state), "question");
}

QString NodeWords::change(const NodeSample& sample) {
  if (sample.troubles.empty()) return tr("恢复正常");
  QStringList words;
  for (const auto one : sample.troubles) words << trouble(one);
  return words.join(tr("、"));
}

}  // namespace guzheng::ui
