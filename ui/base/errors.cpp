#include "ui/base/errors.h"

#include <QCoreApplication>
#include <algorithm>
#include <iterator>

#include "ui/base/text.h"

namespace guzheng::ui {
namespace {

// The source strings of the table are marked for lupdate and translated when asked for.
struct Line {
  Doing doing;
  int kind;                        // ErrorKind, or kAny
  const char *happened, *means, *next;
};
constexpr int kAny = -1;
constexpr int k(ErrorKind kind) { return static_cast<int>(kind); }

constexpr Line kLines[] = {
    {Doing::OpenStation, k(ErrorKind::NoSpace), QT_TRANSLATE_NOOP("errors", "磁盘已满，证据库打不开。"), QT_TRANSLATE_NOOP("errors", "已封存的证据没有受影响。"), QT_TRANSLATE_NOOP("errors", "请腾出磁盘空间后点“重试”。")},
    {Doing::OpenStation, k(ErrorKind::Denied), QT_TRANSLATE_NOOP("errors", "没有权限读写证据库文件夹。"), QT_TRANSLATE_NOOP("errors", "已封存的证据没有受影响，但现在不能取证。"), QT_TRANSLATE_NOOP("errors", "请检查文件夹权限，或用 --vault 换一个文件夹。")},
    {Doing::OpenStation, kAny, QT_TRANSLATE_NOOP("errors", "工作站没有准备好。"), QT_TRANSLATE_NOOP("errors", "已封存的证据没有受影响，但现在不能取证。"), QT_TRANSLATE_NOOP("errors", "请点“重试”；仍不行时把下面的说明交给管理员。")},
    {Doing::ReadPolicy, k(ErrorKind::NotFound), QT_TRANSLATE_NOOP("errors", "找不到策略文件，或策略指名的文件，工作站没有打开。"), QT_TRANSLATE_NOOP("errors", "已封存的证据没有受影响；不会改用练习台代替。"), QT_TRANSLATE_NOOP("errors", "请管理员放好文件后点“重试”；要练习请用 guzheng --practice 打开。")},
    {Doing::ReadPolicy, kAny, QT_TRANSLATE_NOOP("errors", "策略文件有错，工作站没有打开。"), QT_TRANSLATE_NOOP("errors", "已封存的证据没有受影响；不会改用练习台代替。"), QT_TRANSLATE_NOOP("errors", "请管理员按下面所列的行号改正后点“重试”；要练习请用 guzheng --practice 打开。")},
    {Doing::FindPhones, k(ErrorKind::Network), QT_TRANSLATE_NOOP("errors", "没有找到 adb 服务。"), QT_TRANSLATE_NOOP("errors", "还没有开始取证，证据不受影响。"), QT_TRANSLATE_NOOP("errors", "请在本机启动 adb（adb start-server）后点“重试”。")},
    {Doing::FindPhones, kAny, QT_TRANSLATE_NOOP("errors", "adb 服务没有正确回答。"), QT_TRANSLATE_NOOP("errors", "还没有开始取证，证据不受影响。"), QT_TRANSLATE_NOOP("errors", "请重新启动 adb 后点“重试”。")},
    {Doing::CheckEnvironment, kAny, QT_TRANSLATE_NOOP("errors", "环境检测没有做完。"), QT_TRANSLATE_NOOP("errors", "还没有开始取证，证据不受影响。"), QT_TRANSLATE_NOOP("errors", "请检查手机连接，再点“重新检测”。")},
    {Doing::StartPractice, k(ErrorKind::NotFound), QT_TRANSLATE_NOOP("errors", "练习台缺少程序（adb 或 guzheng-phone）。"), QT_TRANSLATE_NOOP("errors", "真实手机仍可使用，练习手机不可用。"), QT_TRANSLATE_NOOP("errors", "请重新安装固证，或接上真实手机。")},
    {Doing::StartPractice, kAny, QT_TRANSLATE_NOOP("errors", "练习手机没有启动。"), QT_TRANSLATE_NOOP("errors", "真实手机仍可使用，练习手机不可用。"), QT_TRANSLATE_NOOP("errors", "请关闭窗口再打开一次；仍不行时把下面的说明交给管理员。")},
    {Doing::StartCapture, k(ErrorKind::NoSpace), QT_TRANSLATE_NOOP("errors", "磁盘空间不足，没有开始取证。"), QT_TRANSLATE_NOOP("errors", "没有留下任何证据。"), QT_TRANSLATE_NOOP("errors", "请腾出至少 512 MB 空间后再开始。")},
    {Doing::StartCapture, k(ErrorKind::Denied), QT_TRANSLATE_NOOP("errors", "手机没有授权本工作站，或投屏程序不在许可清单内。"), QT_TRANSLATE_NOOP("errors", "没有留下任何证据。"), QT_TRANSLATE_NOOP("errors", "请在手机上允许 USB 调试后再开始。")},
    {Doing::StartCapture, k(ErrorKind::Tampered), QT_TRANSLATE_NOOP("errors", "投屏程序与许可清单不符，已拒绝使用。"), QT_TRANSLATE_NOOP("errors", "没有留下任何证据，手机上没有运行任何程序。"), QT_TRANSLATE_NOOP("errors", "请重新安装固证；不要使用来历不明的程序文件。")},
    {Doing::StartCapture, k(ErrorKind::NotFound), QT_TRANSLATE_NOOP("errors", "找不到手机，或本机没有适用于真实手机的投屏程序。"), QT_TRANSLATE_NOOP("errors", "没有留下任何证据。"), QT_TRANSLATE_NOOP("errors", "请检查手机连接；真实手机需要管理员放入 scrcpy-server 3.3 或 4.x。")},
    {Doing::StartCapture, k(ErrorKind::Network), QT_TRANSLATE_NOOP("errors", "连不上手机。"), QT_TRANSLATE_NOOP("errors", "没有留下任何证据。"), QT_TRANSLATE_NOOP("errors", "请检查数据线和手机状态，点“重试”后再开始。")},
    {Doing::StartCapture, k(ErrorKind::Timeout), QT_TRANSLATE_NOOP("errors", "手机没有按时回答。"), QT_TRANSLATE_NOOP("errors", "没有留下任何证据。"), QT_TRANSLATE_NOOP("errors", "请解锁手机屏幕后再开始。")},
    {Doing::StartCapture, k(ErrorKind::Invalid), QT_TRANSLATE_NOOP("errors", "取证指令没有填完整，或环境检测的必检项不符。"), QT_TRANSLATE_NOOP("errors", "没有留下任何证据。"), QT_TRANSLATE_NOOP("errors", "请补齐标有 * 的各项；必检项见“环境检测”，可以写明理由仍要取证。")},
    {Doing::StartCapture, kAny, QT_TRANSLATE_NOOP("errors", "没有开始取证。"), QT_TRANSLATE_NOOP("errors", "没有留下完整的证据；如有未完成的会话，会列在证据库最上面。"), QT_TRANSLATE_NOOP("errors", "请再试一次；仍不行时把下面的说明交给管理员。")},
    {Doing::Capturing, k(ErrorKind::NoSpace), QT_TRANSLATE_NOOP("errors", "磁盘已满，录制停了。"), QT_TRANSLATE_NOOP("errors", "停之前的录像、截图和日志都在，中断会写进报告。"), QT_TRANSLATE_NOOP("errors", "请立即“结束并封存”，再腾出空间。")},
    {Doing::Capturing, k(ErrorKind::Network), QT_TRANSLATE_NOOP("errors", "与手机的连接断了。"), QT_TRANSLATE_NOOP("errors", "断开之前的内容都在，中断会写进报告。"), QT_TRANSLATE_NOOP("errors", "请检查连接；连不上时请“结束并封存”。")},
    {Doing::Capturing, k(ErrorKind::Exists), QT_TRANSLATE_NOOP("errors", "线路中断期间，手机已由别的席位占用，没有再操作也没有录制。"), QT_TRANSLATE_NOOP("errors", "中断之前的内容都在，谁占用了手机写进取证日志。"), QT_TRANSLATE_NOOP("errors", "请联系对方；对方结束后取证自己继续，不等时请“结束并封存”。")},
    {Doing::Capturing, k(ErrorKind::Timeout), QT_TRANSLATE_NOOP("errors", "手机没有按时回答这一步。"), QT_TRANSLATE_NOOP("errors", "录制在继续，已取得的证据不受影响。"), QT_TRANSLATE_NOOP("errors", "请再试一次这一步。")},
    {Doing::Capturing, k(ErrorKind::Invalid), QT_TRANSLATE_NOOP("errors", "这一步没有执行。"), QT_TRANSLATE_NOOP("errors", "录像和已取得的证据不受影响。"), QT_TRANSLATE_NOOP("errors", "已暂停时请先点“继续操作”，再试一次。")},
    {Doing::Capturing, kAny, QT_TRANSLATE_NOOP("errors", "取证中出了问题。"), QT_TRANSLATE_NOOP("errors", "录制是否继续以上方录制灯为准；已写下的内容都在。"), QT_TRANSLATE_NOOP("errors", "请看时间线；需要时“结束并封存”。")},
    {Doing::Describing, kAny, QT_TRANSLATE_NOOP("errors", "说明没有记下。"), QT_TRANSLATE_NOOP("errors", "截图和录像不受影响。"), QT_TRANSLATE_NOOP("errors", "请改正后再保存一次。")},
    {Doing::EndCapture, k(ErrorKind::Invalid), QT_TRANSLATE_NOOP("errors", "证据还不完整，没有封存。"), QT_TRANSLATE_NOOP("errors", "取证在继续，什么也没有丢。"), QT_TRANSLATE_NOOP("errors", "请补齐缺少的部分，或写明不完整的原因。")},
    {Doing::EndCapture, k(ErrorKind::NoSpace), QT_TRANSLATE_NOOP("errors", "磁盘已满，封存没有完成。"), QT_TRANSLATE_NOOP("errors", "已写下的录像、截图和日志都在。"), QT_TRANSLATE_NOOP("errors", "请腾出空间，再到证据库“恢复并封存”。")},
    {Doing::EndCapture, kAny, QT_TRANSLATE_NOOP("errors", "封存没有完成。"), QT_TRANSLATE_NOOP("errors", "已写下的录像、截图和日志都在。"), QT_TRANSLATE_NOOP("errors", "请到证据库“恢复并封存”。")},
    {Doing::ListVault, kAny, QT_TRANSLATE_NOOP("errors", "证据库读不出来。"), QT_TRANSLATE_NOOP("errors", "没有改动任何证据。"), QT_TRANSLATE_NOOP("errors", "请检查证据库所在的磁盘，再打开本页。")},
    {Doing::OpenPackage, kAny, QT_TRANSLATE_NOOP("errors", "这个证据包的内容读不出来。"), QT_TRANSLATE_NOOP("errors", "它可能已被改动或损坏；其他证据包不受影响。"), QT_TRANSLATE_NOOP("errors", "请按 F5 校验，看是哪一处。")},
    {Doing::Verify, k(ErrorKind::Cancelled), QT_TRANSLATE_NOOP("errors", "校验已取消。"), QT_TRANSLATE_NOOP("errors", "没有结论，证据没有改动。"), QT_TRANSLATE_NOOP("errors", "需要时按 F5 再校验。")},
    {Doing::Verify, k(ErrorKind::NotFound), QT_TRANSLATE_NOOP("errors", "找不到这个证据包。"), QT_TRANSLATE_NOOP("errors", "它可能被移走了。"), QT_TRANSLATE_NOOP("errors", "请检查证据库文件夹。")},
    {Doing::Verify, kAny, QT_TRANSLATE_NOOP("errors", "校验没有做完。"), QT_TRANSLATE_NOOP("errors", "没有结论，证据没有改动。"), QT_TRANSLATE_NOOP("errors", "请检查磁盘后按 F5 再校验。")},
    {Doing::Export, k(ErrorKind::Cancelled), QT_TRANSLATE_NOOP("errors", "导出已取消。"), QT_TRANSLATE_NOOP("errors", "没有留下半个文件，证据库里的包没有改动。"), QT_TRANSLATE_NOOP("errors", "需要时再导出。")},
    {Doing::Export, k(ErrorKind::NoSpace), QT_TRANSLATE_NOOP("errors", "目标磁盘已满，没有导出。"), QT_TRANSLATE_NOOP("errors", "没有留下半个文件，证据库里的包没有改动。"), QT_TRANSLATE_NOOP("errors", "请换一个磁盘再导出。")},
    {Doing::Export, k(ErrorKind::Denied), QT_TRANSLATE_NOOP("errors", "没有权限写到那里，没有导出。"), QT_TRANSLATE_NOOP("errors", "证据库里的包没有改动。"), QT_TRANSLATE_NOOP("errors", "请换一个文件夹再导出。")},
    {Doing::Export, kAny, QT_TRANSLATE_NOOP("errors", "没有导出。"), QT_TRANSLATE_NOOP("errors", "证据库里的包没有改动。"), QT_TRANSLATE_NOOP("errors", "请换一个位置再试。")},
    {Doing::HandOver, kAny, QT_TRANSLATE_NOOP("errors", "已导出，但移交记录没有写成。"), QT_TRANSLATE_NOOP("errors", "导出的文件是好的，证据库里的包没有改动。"), QT_TRANSLATE_NOOP("errors", "请换一个文件夹再导出一次，让移交记录与文件放在一起。")},
    {Doing::Recover, kAny, QT_TRANSLATE_NOOP("errors", "没有恢复。"), QT_TRANSLATE_NOOP("errors", "留下的文件原样未动。"), QT_TRANSLATE_NOOP("errors", "请确认没有其他窗口正在使用它，再试一次。")},
    {Doing::Report, k(ErrorKind::NotFound), QT_TRANSLATE_NOOP("errors", "没有找到生成报告的程序 guzheng-evidence。"), QT_TRANSLATE_NOOP("errors", "证据包没有改动。"), QT_TRANSLATE_NOOP("errors", "请重新安装固证。")},
    {Doing::Report, k(ErrorKind::NoSpace), QT_TRANSLATE_NOOP("errors", "磁盘已满，报告没有生成。"), QT_TRANSLATE_NOOP("errors", "证据包没有改动。"), QT_TRANSLATE_NOOP("errors", "请腾出空间再生成。")},
    {Doing::Report, kAny, QT_TRANSLATE_NOOP("errors", "报告没有生成。"), QT_TRANSLATE_NOOP("errors", "证据包没有改动。"), QT_TRANSLATE_NOOP("errors", "请再试一次；仍不行时把下面的说明交给管理员。")},
    {Doing::Play, kAny, QT_TRANSLATE_NOOP("errors", "录像放不出来。"), QT_TRANSLATE_NOOP("errors", "证据没有改动；原因可能是文件损坏。"), QT_TRANSLATE_NOOP("errors", "请按 F5 校验，看是哪一处。")},
    {Doing::ReadLog, kAny, QT_TRANSLATE_NOOP("errors", "操作日志读不出来。"), QT_TRANSLATE_NOOP("errors", "证据没有改动。"), QT_TRANSLATE_NOOP("errors", "请检查磁盘，再打开本页。")},
    {Doing::WriteLog, kAny, QT_TRANSLATE_NOOP("errors", "操作日志写不进去。"), QT_TRANSLATE_NOOP("errors", "证据本身不受影响，但这一步没有留痕。"), QT_TRANSLATE_NOOP("errors", "请检查磁盘空间和权限。")},
    {Doing::ReadSettings, kAny, QT_TRANSLATE_NOOP("errors", "有的设置读不出来。"), QT_TRANSLATE_NOOP("errors", "证据没有改动。"), QT_TRANSLATE_NOOP("errors", "请检查策略文件指名的证书是否还在，再打开本页。")},
    {Doing::Review, k(ErrorKind::Cancelled), QT_TRANSLATE_NOOP("errors", "复核已取消。"), QT_TRANSLATE_NOOP("errors", "没有写下记录，证据没有改动。"), QT_TRANSLATE_NOOP("errors", "需要时再复核。")},
    {Doing::Review, k(ErrorKind::Tampered), QT_TRANSLATE_NOOP("errors", "没有写复核记录：这个证据包与封存时不符。"), QT_TRANSLATE_NOOP("errors", "损坏的包没有什么可以确认；包没有改动。"), QT_TRANSLATE_NOOP("errors", "请按 F5 校验，看是哪一处。")},
    {Doing::Review, k(ErrorKind::Denied), QT_TRANSLATE_NOOP("errors", "没有写复核记录：没有执法人员登录。"), QT_TRANSLATE_NOOP("errors", "证据没有改动。"), QT_TRANSLATE_NOOP("errors", "请登录后再复核。")},
    {Doing::Review, kAny, QT_TRANSLATE_NOOP("errors", "没有写成复核记录。"), QT_TRANSLATE_NOOP("errors", "证据没有改动，也没有留下半条记录。"), QT_TRANSLATE_NOOP("errors", "请写明理由后再试；仍不行时把下面的说明交给管理员。")},
    {Doing::Stamp, kAny, QT_TRANSLATE_NOOP("errors", "没有补到时间戳。"), QT_TRANSLATE_NOOP("errors", "证据没有改动，已有的时间戳都在。"), QT_TRANSLATE_NOOP("errors", "请检查网络后再试。")},
    {Doing::SignLater, k(ErrorKind::Denied), QT_TRANSLATE_NOOP("errors", "没有补签：在本机登录的不是封存时写明的第二执法人员。"), QT_TRANSLATE_NOOP("errors", "证据没有改动，仍为待签。"), QT_TRANSLATE_NOOP("errors", "请由写明的那一位登录后补签。")},
    {Doing::SignLater, kAny, QT_TRANSLATE_NOOP("errors", "没有补签。"), QT_TRANSLATE_NOOP("errors", "证据没有改动，仍为待签。"), QT_TRANSLATE_NOOP("errors", "请再试一次；仍不行时把下面的说明交给管理员。")},
    {Doing::Renew, k(ErrorKind::Tampered), QT_TRANSLATE_NOOP("errors", "没有续期：这个证据包与封存时不符。"), QT_TRANSLATE_NOOP("errors", "证据没有改动。"), QT_TRANSLATE_NOOP("errors", "请按 F5 校验，看是哪一处。")},
    {Doing::Renew, k(ErrorKind::Cancelled), QT_TRANSLATE_NOOP("errors", "续期已取消。"), QT_TRANSLATE_NOOP("errors", "证据没有改动，已有的时间戳都在。"), QT_TRANSLATE_NOOP("errors", "需要时再续期。")},
    {Doing::Renew, kAny, QT_TRANSLATE_NOOP("errors", "没有续期。"), QT_TRANSLATE_NOOP("errors", "证据没有改动，已有的时间戳都在。"), QT_TRANSLATE_NOOP("errors", "请检查网络后再试。")},
    {Doing::Prove, k(ErrorKind::Exists), QT_TRANSLATE_NOOP("errors", "核验证明没有存：那里已有同名文件。"), QT_TRANSLATE_NOOP("errors", "已有的文件没有改动。"), QT_TRANSLATE_NOOP("errors", "请换一个文件名。")},
    {Doing::Prove, kAny, QT_TRANSLATE_NOOP("errors", "核验证明没有存成。"), QT_TRANSLATE_NOOP("errors", "证据没有改动，核验结论不变。"), QT_TRANSLATE_NOOP("errors", "请换一个文件夹再存。")},
    {Doing::Scrub, k(ErrorKind::Cancelled), QT_TRANSLATE_NOOP("errors", "复查已停止。"), QT_TRANSLATE_NOOP("errors", "已查过的结果都已记下，证据没有改动。"), QT_TRANSLATE_NOOP("errors", "下次从停下的地方继续。")},
    {Doing::Scrub, kAny, QT_TRANSLATE_NOOP("errors", "复查没有做完。"), QT_TRANSLATE_NOOP("errors", "已查过的结果都已记下。"), QT_TRANSLATE_NOOP("errors", "请检查磁盘后再开始，会从停下的地方继续。")},
    {Doing::CatchUp, k(ErrorKind::NotFound), QT_TRANSLATE_NOOP("errors", "副本所在的介质不在。"), QT_TRANSLATE_NOOP("errors", "证据库里的包没有改动，但只有一份。"), QT_TRANSLATE_NOOP("errors", "请接上介质后再更新副本。")},
    {Doing::CatchUp, kAny, QT_TRANSLATE_NOOP("errors", "副本没有更新完。"), QT_TRANSLATE_NOOP("errors", "证据库里的包没有改动。"), QT_TRANSLATE_NOOP("errors", "请检查副本所在的磁盘后再更新。")},
    {Doing::Import, k(ErrorKind::Cancelled), QT_TRANSLATE_NOOP("errors", "导入已取消。"), QT_TRANSLATE_NOOP("errors", "原文件没有改动，证据库里没有留下半个包。"), QT_TRANSLATE_NOOP("errors", "需要时再导入。")},
    {Doing::Import, k(ErrorKind::Tampered), QT_TRANSLATE_NOOP("errors", "没有导入：有文件在复制时被改动了。"), QT_TRANSLATE_NOOP("errors", "原文件没有被本程序改动，证据库里没有留下半个包。"), QT_TRANSLATE_NOOP("errors", "请关闭正在写它的程序，再导入。")},
    {Doing::Import, k(ErrorKind::Denied), QT_TRANSLATE_NOOP("errors", "没有导入：有的不是普通文件、没有权限读，或没有执法人员登录。"), QT_TRANSLATE_NOOP("errors", "原文件没有改动，证据库里没有留下半个包。"), QT_TRANSLATE_NOOP("errors", "请看下面的说明，改正后再导入。")},
    {Doing::Import, k(ErrorKind::NotFound), QT_TRANSLATE_NOOP("errors", "没有导入：有文件找不到了。"), QT_TRANSLATE_NOOP("errors", "证据库里没有留下半个包。"), QT_TRANSLATE_NOOP("errors", "请接好存储介质，从列表中去掉它或重新添加。")},
    {Doing::Import, k(ErrorKind::NoSpace), QT_TRANSLATE_NOOP("errors", "磁盘空间不足，没有导入。"), QT_TRANSLATE_NOOP("errors", "原文件没有改动，证据库里没有留下半个包。"), QT_TRANSLATE_NOOP("errors", "请腾出空间再导入。")},
    {Doing::ChangeNodes, k(ErrorKind::Exists), QT_TRANSLATE_NOOP("errors", "没有登记：已有同名的节点。"), QT_TRANSLATE_NOOP("errors", "节点清单没有改动，证据不受影响。"), QT_TRANSLATE_NOOP("errors", "请换一个名称，或先删除旧的。")},
    {Doing::ChangeNodes, k(ErrorKind::Invalid), QT_TRANSLATE_NOOP("errors", "节点清单或填写的内容有错。"), QT_TRANSLATE_NOOP("errors", "节点清单没有改动，证据不受影响。"), QT_TRANSLATE_NOOP("errors", "请按下面的说明改正：名称至多 60 字节，主机和用户只用字母、数字、点、横线、下划线。")},
    {Doing::ChangeNodes, k(ErrorKind::Denied), QT_TRANSLATE_NOOP("errors", "没有登记：没有执法人员登录，或节点的密钥不是刚才显示的那一把。"), QT_TRANSLATE_NOOP("errors", "没有信任任何密钥，证据不受影响。"), QT_TRANSLATE_NOOP("errors", "请登录后再“检测连接”，重新核对指纹。")},
    {Doing::ChangeNodes, k(ErrorKind::Cancelled), QT_TRANSLATE_NOOP("errors", "没有删除：正在用这个节点的手机取证。"), QT_TRANSLATE_NOOP("errors", "取证在继续，什么也没有丢。"), QT_TRANSLATE_NOOP("errors", "请先“结束并封存”，再删除节点。")},
    {Doing::ChangeNodes, kAny, QT_TRANSLATE_NOOP("errors", "节点清单没有改成。"), QT_TRANSLATE_NOOP("errors", "证据不受影响。"), QT_TRANSLATE_NOOP("errors", "请检查磁盘空间和权限后再试。")},
    {Doing::ReachNode, k(ErrorKind::Tampered), QT_TRANSLATE_NOOP("errors", "节点的主机密钥变了，已拒绝连接，没有开始取证。"), QT_TRANSLATE_NOOP("errors", "没有留下任何证据，手机上没有运行任何程序。"), QT_TRANSLATE_NOOP("errors", "请先不要经它取证；怎么办见“节点”页。")},
    {Doing::ReachNode, k(ErrorKind::Denied), QT_TRANSLATE_NOOP("errors", "节点的主机密钥还没有核对，或节点不让本工作站登录，没有开始取证。"), QT_TRANSLATE_NOOP("errors", "没有留下任何证据，手机上没有运行任何程序。"), QT_TRANSLATE_NOOP("errors", "请在“设置 → 节点”检测连接、核对指纹后再开始。")},
    {Doing::ReachNode, kAny, QT_TRANSLATE_NOOP("errors", "节点没有正确回答，没有开始取证。"), QT_TRANSLATE_NOOP("errors", "没有留下任何证据，手机上没有运行任何程序。"), QT_TRANSLATE_NOOP("errors", "请检查网络，并看“节点”页；恢复后再开始，或换一台手机。")},
    {Doing::NodeHistory, kAny, QT_TRANSLATE_NOOP("errors", "节点历史读不出来或记不下来。"), QT_TRANSLATE_NOOP("errors", "证据不受影响：取证时的节点状态写在证据包里。"), QT_TRANSLATE_NOOP("errors", "请检查磁盘空间；仍不行时把下面的说明交给管理员。")},
    {Doing::KeepInventory, k(ErrorKind::Exists), QT_TRANSLATE_NOOP("errors", "没有登记：这个资产编号已经有了。"), QT_TRANSLATE_NOOP("errors", "登记表没有改动，证据不受影响。"), QT_TRANSLATE_NOOP("errors", "请核对编号，一件一个。")},
    {Doing::KeepInventory, k(ErrorKind::Invalid), QT_TRANSLATE_NOOP("errors", "没有登记：它的状态刚刚变过，或填写的内容不合要求。"), QT_TRANSLATE_NOOP("errors", "登记表没有改动，证据不受影响。"), QT_TRANSLATE_NOOP("errors", "请看下面的说明，核对后再登记。")},
    {Doing::KeepInventory, kAny, QT_TRANSLATE_NOOP("errors", "登记没有写成。"), QT_TRANSLATE_NOOP("errors", "登记表没有改动，证据不受影响。"), QT_TRANSLATE_NOOP("errors", "请登录并检查磁盘空间后再试。")},
    {Doing::KeepScripts, k(ErrorKind::Invalid), QT_TRANSLATE_NOOP("errors", "脚本没有打开，或没有生成。"), QT_TRANSLATE_NOOP("errors", "证据不受影响，原有脚本没有改动。"), QT_TRANSLATE_NOOP("errors", "请看下面写明的位置；脚本文件不是正确的 JSON 时，用文本编辑器改正。")},
    {Doing::KeepScripts, k(ErrorKind::Denied), QT_TRANSLATE_NOOP("errors", "这份证据打不开，没有生成脚本。"), QT_TRANSLATE_NOOP("errors", "证据不受影响。"), QT_TRANSLATE_NOOP("errors", "请由取得这份证据的执法人员登录后再生成。")},
    {Doing::KeepScripts, kAny, QT_TRANSLATE_NOOP("errors", "脚本没有写成或读不出来。"), QT_TRANSLATE_NOOP("errors", "证据不受影响，原有脚本没有改动。"), QT_TRANSLATE_NOOP("errors", "请检查磁盘空间和脚本文件夹后再试。")},
    {Doing::RunScript, k(ErrorKind::Invalid), QT_TRANSLATE_NOOP("errors", "脚本没有运行：环境检测有必检项不符，或脚本、口令不合要求。"), QT_TRANSLATE_NOOP("errors", "没有留下任何证据。"), QT_TRANSLATE_NOOP("errors", "请看下面的说明；环境检测在“远程取证”处理后再运行。")},
    {Doing::RunScript, kAny, QT_TRANSLATE_NOOP("errors", "脚本没有运行，或没有封存。"), QT_TRANSLATE_NOOP("errors", "已录内容没有丢失：在“远程取证”继续结束，或在“证据库”恢复。"), QT_TRANSLATE_NOOP("errors", "请检查手机连接后再试。")},
    {Doing::OpenSubjects, k(ErrorKind::Exists), QT_TRANSLATE_NOOP("errors", "主体库正由另一个程序使用，没有打开。"), QT_TRANSLATE_NOOP("errors", "证据不受影响，库中内容没有改动。"), QT_TRANSLATE_NOOP("errors", "请关闭另一个窗口或命令，再打开固证。")},
    {Doing::OpenSubjects, k(ErrorKind::Denied), QT_TRANSLATE_NOOP("errors", "主体库的密钥不符，或不让读，没有打开。"), QT_TRANSLATE_NOOP("errors", "证据不受影响，库中内容没有改动。"), QT_TRANSLATE_NOOP("errors", "请把下面的说明交给管理员；不要删除密钥文件。")},
    {Doing::OpenSubjects, kAny, QT_TRANSLATE_NOOP("errors", "主体库打不开，或索引没有跟上。"), QT_TRANSLATE_NOOP("errors", "证据不受影响，库中已有内容没有改动。"), QT_TRANSLATE_NOOP("errors", "请检查磁盘空间和权限后重新打开固证。")},
    {Doing::SearchSubjects, kAny, QT_TRANSLATE_NOOP("errors", "搜索没有完成。"), QT_TRANSLATE_NOOP("errors", "主体库没有改动，证据不受影响。"), QT_TRANSLATE_NOOP("errors", "请换一个词再搜；仍不行时把下面的说明交给管理员。")},
    {Doing::KeepSubjects, k(ErrorKind::Invalid), QT_TRANSLATE_NOOP("errors", "没有保存：填写的内容不合要求。"), QT_TRANSLATE_NOOP("errors", "主体库没有改动。"), QT_TRANSLATE_NOOP("errors", "请看下面的说明，改正后再保存。")},
    {Doing::KeepSubjects, k(ErrorKind::NotFound), QT_TRANSLATE_NOOP("errors", "没有保存：这个主体已不在库中。"), QT_TRANSLATE_NOOP("errors", "主体库没有改动。"), QT_TRANSLATE_NOOP("errors", "请返回列表；被删除的可以撤销。")},
    {Doing::KeepSubjects, k(ErrorKind::Denied), QT_TRANSLATE_NOOP("errors", "没有办成：没有执法人员登录。"), QT_TRANSLATE_NOOP("errors", "主体库没有改动，敏感信息没有显示。"), QT_TRANSLATE_NOOP("errors", "请登录后再试。")},
    {Doing::KeepSubjects, kAny, QT_TRANSLATE_NOOP("errors", "没有保存。"), QT_TRANSLATE_NOOP("errors", "主体库没有改动，证据不受影响。"), QT_TRANSLATE_NOOP("errors", "请检查磁盘空间和权限后再试。")},
    {Doing::KeepTags, k(ErrorKind::Exists), QT_TRANSLATE_NOOP("errors", "没有保存：这一组里已有同名标签。"), QT_TRANSLATE_NOOP("errors", "标签库没有改动。"), QT_TRANSLATE_NOOP("errors", "请换一个名称。")},
    {Doing::KeepTags, k(ErrorKind::Denied), QT_TRANSLATE_NOOP("errors", "没有办成：标签还在使用，或没有执法人员登录。"), QT_TRANSLATE_NOOP("errors", "标签库没有改动。"), QT_TRANSLATE_NOOP("errors", "请先取下它，再删除；没有登录的请登录。")},
    {Doing::KeepTags, kAny, QT_TRANSLATE_NOOP("errors", "标签没有保存。"), QT_TRANSLATE_NOOP("errors", "已加上的标签可以撤销。"), QT_TRANSLATE_NOOP("errors", "请看下面的说明后再试。")},
    {Doing::ImportSubjects, k(ErrorKind::Cancelled), QT_TRANSLATE_NOOP("errors", "导入已取消。"), QT_TRANSLATE_NOOP("errors", "已写入的行都已收回，主体库和导入前一样。"), QT_TRANSLATE_NOOP("errors", "需要时再导入。")},
    {Doing::ImportSubjects, k(ErrorKind::Unsupported), QT_TRANSLATE_NOOP("errors", "这个文件的格式不能导入。"), QT_TRANSLATE_NOOP("errors", "主体库没有改动。"), QT_TRANSLATE_NOOP("errors", "请在表格软件中另存为 XLSX 或 CSV 再导入。")},
    {Doing::ImportSubjects, k(ErrorKind::Denied), QT_TRANSLATE_NOOP("errors", "没有导入：文件不让读，或没有执法人员登录。"), QT_TRANSLATE_NOOP("errors", "主体库没有改动。"), QT_TRANSLATE_NOOP("errors", "请检查文件权限，登录后再试。")},
    {Doing::ImportSubjects, kAny, QT_TRANSLATE_NOOP("errors", "没有导入，或没有导完。"), QT_TRANSLATE_NOOP("errors", "原文件没有改动；下面没有另说时，主体库和导入前一样。"), QT_TRANSLATE_NOOP("errors", "请看下面的说明，改正后再导入。")},
    {Doing::ExportSubjects, k(ErrorKind::Exists), QT_TRANSLATE_NOOP("errors", "没有导出：那里已有同名文件。"), QT_TRANSLATE_NOOP("errors", "已有的文件没有改动。"), QT_TRANSLATE_NOOP("errors", "请换一个文件名。")},
    {Doing::ExportSubjects, k(ErrorKind::Cancelled), QT_TRANSLATE_NOOP("errors", "导出已取消。"), QT_TRANSLATE_NOOP("errors", "没有留下半个文件。"), QT_TRANSLATE_NOOP("errors", "需要时再导出。")},
    {Doing::ExportSubjects, kAny, QT_TRANSLATE_NOOP("errors", "没有导出。"), QT_TRANSLATE_NOOP("errors", "没有留下半个文件，主体库没有改动。"), QT_TRANSLATE_NOOP("errors", "请换一个文件夹再试。")},
    {Doing::OpenTasks, kAny, QT_TRANSLATE_NOOP("errors", "监测任务打不开。"), QT_TRANSLATE_NOOP("errors", "其他页面照常可用，证据不受影响。"), QT_TRANSLATE_NOOP("errors", "请检查磁盘空间和文件夹权限，再打开一次；仍不行时把下面的说明交给管理员。")},
    {Doing::KeepTasks, k(ErrorKind::Denied), QT_TRANSLATE_NOOP("errors", "没有保存：没有执法人员登录，或这不是本单位的任务。"), QT_TRANSLATE_NOOP("errors", "任务和证据没有改动。"), QT_TRANSLATE_NOOP("errors", "请登录后再试。")},
    {Doing::KeepTasks, k(ErrorKind::NoSpace), QT_TRANSLATE_NOOP("errors", "磁盘已满，没有保存。"), QT_TRANSLATE_NOOP("errors", "以前保存的都在，证据不受影响。"), QT_TRANSLATE_NOOP("errors", "请腾出空间后再保存。")},
    {Doing::KeepTasks, kAny, QT_TRANSLATE_NOOP("errors", "没有保存。"), QT_TRANSLATE_NOOP("errors", "任务和证据没有改动，填写的内容还在窗口里。"), QT_TRANSLATE_NOOP("errors", "请按下面的说明改正后再保存。")},
    {Doing::MoveTask, k(ErrorKind::Denied), QT_TRANSLATE_NOOP("errors", "这一步没有办：不在您的职责、单位或当前阶段之内，或没有执法人员登录。"), QT_TRANSLATE_NOOP("errors", "任务和结果没有改动，也没有签名。"), QT_TRANSLATE_NOOP("errors", "请看右侧流转，由列明的单位办理。")},
    {Doing::MoveTask, k(ErrorKind::Invalid), QT_TRANSLATE_NOOP("errors", "这一步还缺内容，没有办。"), QT_TRANSLATE_NOOP("errors", "任务和结果没有改动，也没有签名。"), QT_TRANSLATE_NOOP("errors", "请补齐下面所说的一项再试。")},
    {Doing::MoveTask, kAny, QT_TRANSLATE_NOOP("errors", "这一步没有办成。"), QT_TRANSLATE_NOOP("errors", "任务和结果没有改动，也没有签名。"), QT_TRANSLATE_NOOP("errors", "请再试一次；仍不行时把下面的说明交给管理员。")},
    {Doing::ImportResults, k(ErrorKind::Unsupported), QT_TRANSLATE_NOOP("errors", "这种文件读不了。"), QT_TRANSLATE_NOOP("errors", "没有导入任何结果。"), QT_TRANSLATE_NOOP("errors", "请另存为 CSV 或 XLSX 后再导入。")},
    {Doing::ImportResults, kAny, QT_TRANSLATE_NOOP("errors", "文件没有读出来，或结果没有导入。"), QT_TRANSLATE_NOOP("errors", "任务没有改动。"), QT_TRANSLATE_NOOP("errors", "请看下面的说明，改正后再导入。")},
    {Doing::KeepNotices, kAny, QT_TRANSLATE_NOOP("errors", "放假通知没有导入。"), QT_TRANSLATE_NOOP("errors", "工作日历和期限没有改动。"), QT_TRANSLATE_NOOP("errors", "请按下面所列的行改正后再导入。")},
    {Doing::PrintTask, k(ErrorKind::Invalid), QT_TRANSLATE_NOOP("errors", "还缺内容，没有生成。"), QT_TRANSLATE_NOOP("errors", "任务和结果没有改动。"), QT_TRANSLATE_NOOP("errors", "监测单位必填；监测报告要写结论与建议，平台个次要写平台和次数。")},
    {Doing::PrintTask, k(ErrorKind::Exists), QT_TRANSLATE_NOOP("errors", "没有导出：那里已有同名文件。"), QT_TRANSLATE_NOOP("errors", "已有的文件没有改动。"), QT_TRANSLATE_NOOP("errors", "请换一个文件名。")},
    {Doing::PrintTask, kAny, QT_TRANSLATE_NOOP("errors", "表单没有生成。"), QT_TRANSLATE_NOOP("errors", "任务和结果没有改动，填写的内容还在。"), QT_TRANSLATE_NOOP("errors", "请再试一次；仍不行时把下面的说明交给管理员。")},
    {Doing::SaveDocument, kAny, QT_TRANSLATE_NOOP("errors", "文书没有存出来。"), QT_TRANSLATE_NOOP("errors", "任务里的文书没有改动。"), QT_TRANSLATE_NOOP("errors", "请换一个文件夹再试；仍不行时把下面的说明交给管理员。")},
    {Doing::AttachEvidence, kAny, QT_TRANSLATE_NOOP("errors", "证据已封存，但没有记到监测结果上。"), QT_TRANSLATE_NOOP("errors", "证据包是好的，在证据库里。"), QT_TRANSLATE_NOOP("errors", "请在监测结果中用“附证据”再记一次。")},
    {Doing::ReadNotices, k(ErrorKind::Denied), QT_TRANSLATE_NOOP("errors", "没有标为已读：没有执法人员登录。"), QT_TRANSLATE_NOOP("errors", "通知都还在。"), QT_TRANSLATE_NOOP("errors", "请登录后再试。")},
    {Doing::ReadNotices, kAny, QT_TRANSLATE_NOOP("errors", "通知读不出来，或没有标上。"), QT_TRANSLATE_NOOP("errors", "主体库和证据没有改动。"), QT_TRANSLATE_NOOP("errors", "请检查磁盘空间和权限后再试。")},
    {Doing::DecideMatch, k(ErrorKind::Denied), QT_TRANSLATE_NOOP("errors", "没有记下：没有执法人员登录。"), QT_TRANSLATE_NOOP("errors", "主体库没有改动。"), QT_TRANSLATE_NOOP("errors", "请登录后再试。")},
    {Doing::DecideMatch, k(ErrorKind::Exists), QT_TRANSLATE_NOOP("errors", "没有合并：正在导入，或正在撤销。"), QT_TRANSLATE_NOOP("errors", "两个主体都还在，没有改动。"), QT_TRANSLATE_NOOP("errors", "请等导入结束后再试。")},
    {Doing::DecideMatch, k(ErrorKind::NotFound), QT_TRANSLATE_NOOP("errors", "没有办成：其中一个主体已不在库中。"), QT_TRANSLATE_NOOP("errors", "其余没有改动。"), QT_TRANSLATE_NOOP("errors", "请重新比对。")},
    {Doing::DecideMatch, kAny, QT_TRANSLATE_NOOP("errors", "比对没有办成。"), QT_TRANSLATE_NOOP("errors", "主体库没有改动，或只改了一部分，变更历史里写着。"), QT_TRANSLATE_NOOP("errors", "请重新比对后再试。")},
    {Doing::Push, k(ErrorKind::Exists), QT_TRANSLATE_NOOP("errors", "没有办成：那里已有同名文件，这次推送已导入过，或正在导入。"), QT_TRANSLATE_NOOP("errors", "已有的文件和主体库没有改动。"), QT_TRANSLATE_NOOP("errors", "请换一个文件名，或看下面的说明。")},
    {Doing::Push, k(ErrorKind::Cancelled), QT_TRANSLATE_NOOP("errors", "已停下。"), QT_TRANSLATE_NOOP("errors", "没有留下半个推送文件；没有导完的，再点一次导入会接着做。"), QT_TRANSLATE_NOOP("errors", "需要时再办。")},
    {Doing::Push, k(ErrorKind::Denied), QT_TRANSLATE_NOOP("errors", "没有办成：签名的人不是本局的、证书已失效，或没有执法人员登录。"), QT_TRANSLATE_NOOP("errors", "什么也没有导入，也没有写出。"), QT_TRANSLATE_NOOP("errors", "请核对来源；本机请登录后再试。")},
    {Doing::Push, k(ErrorKind::Tampered), QT_TRANSLATE_NOOP("errors", "这个文件签名之后被改动过。"), QT_TRANSLATE_NOOP("errors", "什么也没有导入。"), QT_TRANSLATE_NOOP("errors", "请让对方重新推送，不要使用这个文件。")},
    {Doing::Push, k(ErrorKind::NotFound), QT_TRANSLATE_NOOP("errors", "没有找到文件，或这份回执说的是另一次推送。"), QT_TRANSLATE_NOOP("errors", "主体库没有改动。"), QT_TRANSLATE_NOOP("errors", "请核对文件后再试。")},
    {Doing::Push, k(ErrorKind::Invalid), QT_TRANSLATE_NOOP("errors", "没有办成：没有选到主体，或这不是推送文件。"), QT_TRANSLATE_NOOP("errors", "主体库没有改动。"), QT_TRANSLATE_NOOP("errors", "请看下面的说明，核对后再试。")},
    {Doing::Push, kAny, QT_TRANSLATE_NOOP("errors", "推送没有办成。"), QT_TRANSLATE_NOOP("errors", "没有留下半个文件；导入的部分可以撤销。"), QT_TRANSLATE_NOOP("errors", "请检查磁盘空间和权限后再试。")},
    {Doing::Patrol, k(ErrorKind::Invalid), QT_TRANSLATE_NOOP("errors", "巡检没有开始：规则文件不合要求。"), QT_TRANSLATE_NOOP("errors", "主体库没有改动。"), QT_TRANSLATE_NOOP("errors", "请按下面的说明改正规则文件。")},
    {Doing::Patrol, k(ErrorKind::Denied), QT_TRANSLATE_NOOP("errors", "巡检没有开始：没有执法人员登录。"), QT_TRANSLATE_NOOP("errors", "主体库没有改动。"), QT_TRANSLATE_NOOP("errors", "请登录后再试。")},
    {Doing::Patrol, k(ErrorKind::Network), QT_TRANSLATE_NOOP("errors", "巡检没有做：本机像是断网了。"), QT_TRANSLATE_NOOP("errors", "许多网站没有一个应答，所以什么也没有记，条目仍列为到期。"), QT_TRANSLATE_NOOP("errors", "请检查本机的网络和域名服务后再试。")},
    {Doing::Patrol, kAny, QT_TRANSLATE_NOOP("errors", "巡检没有做完。"), QT_TRANSLATE_NOOP("errors", "查过的已记下，其余仍列为到期。"), QT_TRANSLATE_NOOP("errors", "请检查网络和磁盘后再试。")},
    {Doing::PatrolPhone, k(ErrorKind::Exists), QT_TRANSLATE_NOOP("errors", "巡检没有开始：手机有人在用，或正在取证。"), QT_TRANSLATE_NOOP("errors", "主体库没有改动。"), QT_TRANSLATE_NOOP("errors", "请换一台手机，或等对方结束后再试；也可以不用手机，只查有网址的。")},
    {Doing::PatrolPhone, k(ErrorKind::NotFound), QT_TRANSLATE_NOOP("errors", "巡检没有开始：没有手机脚本，或找不到这台手机和它要用的服务端文件。"), QT_TRANSLATE_NOOP("errors", "主体库没有改动。"), QT_TRANSLATE_NOOP("errors", "请看下面的说明；没有脚本的先导入，也可以不用手机，只查有网址的。")},
    {Doing::PatrolPhone, k(ErrorKind::Invalid), QT_TRANSLATE_NOOP("errors", "巡检没有开始：手机脚本不合要求。"), QT_TRANSLATE_NOOP("errors", "主体库没有改动。"), QT_TRANSLATE_NOOP("errors", "请按下面的说明改正脚本，重新导入。")},
    {Doing::PatrolPhone, kAny, QT_TRANSLATE_NOOP("errors", "巡检没有开始：手机或它的节点连不上。"), QT_TRANSLATE_NOOP("errors", "主体库没有改动。"), QT_TRANSLATE_NOOP("errors", "请检查数据线和网络后再试；也可以不用手机，只查有网址的。")},
    {Doing::PhoneScripts, k(ErrorKind::Denied), QT_TRANSLATE_NOOP("errors", "手机脚本没有导入：没有执法人员登录，或文件不让读。"), QT_TRANSLATE_NOOP("errors", "原来的脚本没有改动。"), QT_TRANSLATE_NOOP("errors", "请登录或检查文件权限后再试。")},
    {Doing::PhoneScripts, k(ErrorKind::NotFound), QT_TRANSLATE_NOOP("errors", "手机脚本没有导入：没有这个文件。"), QT_TRANSLATE_NOOP("errors", "原来的脚本没有改动。"), QT_TRANSLATE_NOOP("errors", "请核对文件后再试。")},
    {Doing::PhoneScripts, k(ErrorKind::Unsupported), QT_TRANSLATE_NOOP("errors", "手机脚本没有导入：它是更新版本的程序写的。"), QT_TRANSLATE_NOOP("errors", "原来的脚本没有改动。"), QT_TRANSLATE_NOOP("errors", "请升级本程序后再试。")},
    {Doing::PhoneScripts, kAny, QT_TRANSLATE_NOOP("errors", "手机脚本没有导入：文件不合要求。"), QT_TRANSLATE_NOOP("errors", "原来的脚本没有改动。"), QT_TRANSLATE_NOOP("errors", "请把下面的说明告诉写脚本的人，改正后再导入。")},
    {Doing::CodeTables, k(ErrorKind::Denied), QT_TRANSLATE_NOOP("errors", "代码表没有导入：没有执法人员登录，或文件不让读。"), QT_TRANSLATE_NOOP("errors", "原来的代码表没有改动。"), QT_TRANSLATE_NOOP("errors", "请登录或检查文件权限后再试。")},
    {Doing::CodeTables, k(ErrorKind::NotFound), QT_TRANSLATE_NOOP("errors", "没有找到文件，或没有这张代码表。"), QT_TRANSLATE_NOOP("errors", "代码表没有改动。"), QT_TRANSLATE_NOOP("errors", "请核对文件后再试。")},
    {Doing::CodeTables, k(ErrorKind::Invalid), QT_TRANSLATE_NOOP("errors", "代码表没有导入：文件里有一行不对。"), QT_TRANSLATE_NOOP("errors", "一行也没有导入，原来的代码表没有改动。"), QT_TRANSLATE_NOOP("errors", "请按下面的说明改正那一行，再读取。")},
    {Doing::CodeTables, kAny, QT_TRANSLATE_NOOP("errors", "代码表没有导入，或读不出来。"), QT_TRANSLATE_NOOP("errors", "原来的代码表没有改动。"), QT_TRANSLATE_NOOP("errors", "请检查磁盘空间和权限后再试。")},
    {Doing::MarkSubjects, k(ErrorKind::Denied), QT_TRANSLATE_NOOP("errors", "没有标识：没有执法人员登录。"), QT_TRANSLATE_NOOP("errors", "主体库没有改动。"), QT_TRANSLATE_NOOP("errors", "请登录后再试。")},
    {Doing::MarkSubjects, k(ErrorKind::Exists), QT_TRANSLATE_NOOP("errors", "没有标识：正在导入，或正在撤销。"), QT_TRANSLATE_NOOP("errors", "主体库没有改动。"), QT_TRANSLATE_NOOP("errors", "请等它结束后再试。")},
    {Doing::MarkSubjects, k(ErrorKind::Cancelled), QT_TRANSLATE_NOOP("errors", "已停下。"), QT_TRANSLATE_NOOP("errors", "一个主体也没有标识。"), QT_TRANSLATE_NOOP("errors", "需要时再办。")},
    {Doing::MarkSubjects, kAny, QT_TRANSLATE_NOOP("errors", "没有标识。"), QT_TRANSLATE_NOOP("errors", "主体库没有改动。"), QT_TRANSLATE_NOOP("errors", "请检查磁盘空间和权限后再试。")},
    {Doing::Import, kAny, QT_TRANSLATE_NOOP("errors", "没有导入。"), QT_TRANSLATE_NOOP("errors", "原文件没有改动，证据库里没有留下半个包。"), QT_TRANSLATE_NOOP("errors", "请看下面的说明，改正后再导入。")},
};

QString said(const char* text) { return QCoreApplication::translate("errors", text); }

}  // namespace

QString Sentence::text() const { return happened + means + next; }

Sentence sentence(Doing doing, const Error& error) {
  const auto* hit = std::find_if(std::begin(kLines), std::end(kLines), [&](const Line& line) {
    return line.doing == doing && (line.kind == kAny || line.kind == k(error.kind));
  });
  return {said(hit->happened), said(hit->means), said(hit->next), qs(error.what)};
}

}  // namespace guzheng::ui
