// Manual pages of the program and its subcommands. tests/cli holds every option against them.
#include <map>

#include "app/guzheng-evidence/program.h"

namespace guzheng::evidence {

namespace {

struct Page {
  std::string_view chinese, english;
};

constexpr std::string_view kExitsChinese = R"(
退出状态
  0  完整
  1  用法错误
  2  无法运行（文件不存在、不能读写、网络不通……），不是对证据的结论
  3  已损坏或被篡改
  4  不完整（含待签、待时间戳）
  5  不能判断：缺少根证书、吊销列表或续期
  6  练习包，不得作为证据
)";
constexpr std::string_view kExitsEnglish = R"(
EXIT STATUS
  0  whole
  1  usage error
  2  could not run (no such file, not readable, no network, …): no verdict on the evidence
  3  damaged or tampered with
  4  incomplete (also: second signature or time stamp still to come)
  5  cannot tell: a root, a revocation list or a renewal is missing
  6  practice package, no evidence
)";

const std::map<std::string_view, Page>& pages() {
  static const std::map<std::string_view, Page> table{
      {"", {R"(名称
  guzheng-evidence — 固证电子证据：取证、校验、报告、恢复、导出（无窗口）

用法
  guzheng-evidence [--lang zh|en] 子命令 [参数]
  guzheng-evidence 子命令 --help

说明
  与固证工作站使用同一核心，供脚本、服务器和法庭专家使用。子命令：
  verify    校验证据包是否与封存时一致
  export    把已封存的证据包导出为一个 ZIP
  stamp     补取已封存证据包尚缺的时间戳
  review    记录对自动取证结果的复核
  renew     在时间戳机构的证书到期之前为证据包续期
  ca        单位的证书：建立、签发、续签、吊销、导入
  sign      第二名执法人员补签
  capture   按脚本在手机上取证（构建时带有取证部分才有）
  import    把其他设备制作的照片、录音录像、文件导入并封存（同上）
  recover   恢复因断电或崩溃而中断的取证（同上）
  vault     加密证据库里的明文、重建目录
  scrub     复查整个证据库，用副本修复
  doctor    体检：证据库、磁盘、副本、证书、操作日志
  backup    把整个工作站备份为一个加密的文件
  restore   从备份恢复到空文件夹
  report    生成互联网电子数据证据报告（构建时带有界面部分才有）

选项
  --lang zh|en   输出语言；缺省依 LC_ALL、LC_MESSAGES、LANG，其余为中文
  --version      显示版本
  -h, --help     显示本说明
)", R"(NAME
  guzheng-evidence - electronic evidence: capture, verify, report, recover, export (no window)

SYNOPSIS
  guzheng-evidence [--lang zh|en] SUBCOMMAND [ARGUMENTS]
  guzheng-evidence SUBCOMMAND --help

DESCRIPTION
  The same core as the Guzheng workstation, for scripts, servers and court experts. Subcommands:
  verify    is a package what was sealed?
  export    write a sealed package as one ZIP
  stamp     fetch the time stamps that sealed packages still lack
  review    record the review of an automatic capture
  renew     renew a package's time stamps before their authority's certificate expires
  ca        the bureau's certificates: found, issue, renew, revoke, import
  sign      the second officer signs later
  capture   capture from a phone by a script (only when built with the capture part)
  import    import photos, recordings and files made elsewhere, and seal them (as above)
  recover   recover a capture that power loss or a crash cut short (as above)
  vault     encrypt what lies in plain bytes, rebuild the catalogue
  scrub     re-verify the whole vault, repair from the second copy
  doctor    check the station: vault, disk, second copy, certificates, operation log
  backup    the whole station as one encrypted file
  restore   from a backup into an empty folder
  report    make the evidence report (only when built with the window part)

OPTIONS
  --lang zh|en   language of the output; by default from LC_ALL, LC_MESSAGES, LANG, otherwise Chinese
  --version      print the version
  -h, --help     print this page
)"}},
      {"verify", {R"(名称
  guzheng-evidence verify — 校验证据包是否与封存时一致

用法
  guzheng-evidence verify PACKAGE [--org-ca PEM] [--tsa-ca PEM] [--crl PEM] [--certificate FILE]
                          [--desk DIR --reason TEXT] [--json]

说明
  PACKAGE 是证据包文件夹（连同旁边的 .after 等文件夹）或导出的 package.zip。每个文件只读一遍，不作任何改动。
  检查外壳、文件清单、摘要（MD5、SHA-256、SM3）、签名、时间戳、操作日志、录像以及它们之间的对应。
  从不相信包内自带的根证书：不给 --org-ca 或 --tsa-ca 时，其余检查照做，结论为“不能判断”。

选项
  --org-ca PEM   单位根证书（PEM，可含多张），从本单位取得
  --tsa-ca PEM   时间戳机构根证书（PEM，可含多张），从该机构取得
  --desk DIR     证据库里的包内容是加密的：用这个工作台的私钥边解密边校验
  --reason TEXT  为什么打开证据；与时间、人员一起写入操作日志（加密的包必须给）
  --crl PEM      较新的吊销列表（PEM，由单位根证书签发）：看签名人的证书后来是否、何时被吊销
  --certificate FILE  写一页核验证明（中英文）：FILE 以 .html 结尾的是网页，否则是纯文本；不覆盖已有文件
  --json         输出一个 JSON 对象，供程序使用
  --lang zh|en   输出语言
  -h, --help     显示本说明
)", R"(NAME
  guzheng-evidence verify - is a package what was sealed?

SYNOPSIS
  guzheng-evidence verify PACKAGE [--org-ca PEM] [--tsa-ca PEM] [--crl PEM] [--certificate FILE]
                          [--desk DIR --reason TEXT] [--json]

DESCRIPTION
  PACKAGE is a package's folder (with the .after and other folders beside it) or an exported package.zip. Each file is read
  once; nothing is changed. Checked are the container, the lists of files, digests (MD5, SHA-256, SM3), signatures, time stamps,
  the journal, the recording, and what they say of each other.
  Roots inside the package are never believed: without --org-ca or --tsa-ca everything else is checked and the verdict is
  "cannot tell".

OPTIONS
  --org-ca PEM   the organisation's root (PEM, one or more certificates), got from the bureau
  --tsa-ca PEM   the time-stamp authority's root (PEM, one or more certificates), got from the authority
  --desk DIR     a package in the vault is encrypted: decrypt with this desk's key while verifying
  --reason TEXT  why evidence is opened; goes into the operation log with who and when (required for an encrypted package)
  --crl PEM      a newer revocation list (PEM, issued by the organisation's root): was a signer revoked later, and when
  --certificate FILE  write a certificate of verification, one page, Chinese and English: HTML when FILE ends in .html, else plain
                 text; an existing file is never overwritten
  --json         print one JSON object for programs
  --lang zh|en   language of the output
  -h, --help     print this page
)"}},
      {"renew", {R"(名称
  guzheng-evidence renew — 在时间戳机构的证书到期之前为证据包续期

用法
  guzheng-evidence renew PACKAGE [--desk DIR] [--org-ca PEM] [--tsa-ca PEM] [--crl PEM]

说明
  先校验证据包文件夹，再列出包内和包旁每个文件的 SHA-512，由仍然可信的时间戳机构对清单加盖时间戳，写成 ID.renew/NNN/。
  以后原时间戳机构的证书到期，原来的时间戳仍然算数。已损坏的包不予续期；到期之后才做的续期没有作用。
  应在旧机构证书到期之前做；每次续期也覆盖以前的续期。退出状态是续期前校验的结论。

选项
  --desk DIR     练习台：用它的时间戳机构和根证书；缺省与工作站相同
  --org-ca PEM   单位根证书，代替练习台的
  --tsa-ca PEM   以前的时间戳机构的根证书，与练习台的一并使用
  --crl PEM      较新的吊销列表
  --lang zh|en   输出语言
  -h, --help     显示本说明
)", R"(NAME
  guzheng-evidence renew - renew a package's time stamps before their authority's certificate expires

SYNOPSIS
  guzheng-evidence renew PACKAGE [--desk DIR] [--org-ca PEM] [--tsa-ca PEM] [--crl PEM]

DESCRIPTION
  Verifies the package's folder, lists the SHA-512 of every file in it and beside it, and has a time-stamp authority that is
  still trusted stamp the list: ID.renew/NNN/. When the older authority's certificate expires, its stamps go on counting.
  A damaged package is not renewed; a renewal made after the expiry does not help. Each renewal covers the earlier ones.
  The exit status is the verdict of the verification before.

OPTIONS
  --desk DIR     practice desk whose authorities and roots are used; by default the workstation's
  --org-ca PEM   the organisation's root, instead of the desk's
  --tsa-ca PEM   roots of earlier time-stamp authorities, besides the desk's
  --crl PEM      a newer revocation list
  --lang zh|en   language of the output
  -h, --help     print this page
)"}},
      {"export", {R"(名称
  guzheng-evidence export — 把已封存的证据包导出为一个 ZIP

用法
  guzheng-evidence export PACKAGE -o ZIP [--desk DIR [--to WHOM] [--medium WHAT] [--reason TEXT]]

说明
  把证据包文件夹和旁边的文件夹写成一个规范的 ZIP（不压缩，固定次序和时间），并打印它的 SHA-256。已有的文件不会被覆盖。

选项
  -o, --output ZIP   要写的文件
  --desk DIR         练习台：由第一名练习员签名写出移交记录（ZIP 旁的 ID.handover/）
  --to WHOM          移交记录：接收人
  --medium WHAT      移交记录：介质
  --reason TEXT      为什么打开证据，写入操作日志（加密的包必须给，并要有 --desk）
  --policy FILE      策略文件：用真实单位代替练习台
  --officer BADGE    执法人员的执法证号（须在本机有密钥）
  --passphrase-file F  其口令文件；不给时在终端输入
  --lang zh|en       输出语言
  -h, --help         显示本说明
)", R"(NAME
  guzheng-evidence export - write a sealed package as one ZIP

SYNOPSIS
  guzheng-evidence export PACKAGE -o ZIP [--desk DIR [--to WHOM] [--medium WHAT] [--reason TEXT]]

DESCRIPTION
  Writes the package's folder and what lies beside it as one canonical ZIP (stored, fixed order and times) and prints its
  SHA-256. A file that is there already is never overwritten.

OPTIONS
  -o, --output ZIP   the file to write
  --desk DIR         practice desk: its first officer signs a hand-over record (ID.handover/ beside the ZIP)
  --to WHOM          hand-over record: who receives it
  --medium WHAT      hand-over record: on what
  --reason TEXT      why evidence is opened, for the operation log (required, with --desk, for an encrypted package)
  --policy FILE      policy: a real bureau instead of the practice desk
  --officer BADGE    badge of the officer (whose key lies on this machine)
  --passphrase-file F  file with the passphrase; asked for on the terminal without it
  --lang zh|en       language of the output
  -h, --help         print this page
)"}},
      {"stamp", {R"(名称
  guzheng-evidence stamp — 补取已封存证据包尚缺的时间戳

用法
  guzheng-evidence stamp VAULT|PACKAGE [--desk DIR] [--list]

说明
  取证时时间戳机构没有应答的，证据包记为“待时间戳”。本命令对证据库中的每个包（或所给的一个包）向各时间戳机构补取，
  放在包旁的 ID.after/；包内不作任何改动。打印取得的每个时间戳、所属机构，以及它比日志行晚了多少秒。

选项
  --desk DIR     练习台文件夹（时间戳机构由它规定）；缺省与工作站相同
  --list         不补取，只列出每个包已有和尚缺的时间戳
  --lang zh|en   输出语言
  -h, --help     显示本说明

  不再缺时间戳时退出状态为 0，仍有未取得的为 4。
)", R"(NAME
  guzheng-evidence stamp - fetch the time stamps that sealed packages still lack

SYNOPSIS
  guzheng-evidence stamp VAULT|PACKAGE [--desk DIR] [--list]

DESCRIPTION
  Where no authority answered during a capture the package says that time stamps are to come. For each package in the vault,
  or the one given, this asks the authorities again and puts what comes into ID.after/ beside the package; nothing inside
  changes. Printed are each stamp that came, its authority, and how many seconds after its journal line it was made.

OPTIONS
  --desk DIR     the practice desk (it says which authorities are asked); by default the workstation's
  --list         ask nobody: list what each package has and lacks
  --lang zh|en   language of the output
  -h, --help     print this page

  Exit status 0 when nothing is missing any more, 4 when something still is.
)"}},
      {"review", {R"(名称
  guzheng-evidence review — 记录对自动取证结果的复核

用法
  guzheng-evidence review PACKAGE --result confirmed|refused --reason TEXT [--desk DIR [--practice-officer N]]

说明
  自动取证的结果在复核确认之前不得作为证据（《行政处罚法》第四十一条）：verify 记为“待复核”，report 拒绝出具报告。
  复核人看过录像、截图和日志之后，用本命令写出复核记录 ID.review/NNN/review.json，由复核人签名并加盖时间戳，
  放在证据包旁边；证据包本身不变。可以再次复核：旧记录保留，以最新一份为准。已损坏的证据包不能复核。

选项
  --result confirmed|refused   确认，或不予确认
  --reason TEXT                看了什么、有何发现，必填
  --practice-officer N         练习台的第几名练习员复核，缺省 2（取证指令由第 1 名发出）
  --desk DIR                   练习台；缺省与工作站相同
  --lang zh|en                 输出语言
  -h, --help                   显示本说明
)", R"(NAME
  guzheng-evidence review - record the review of an automatic capture

SYNOPSIS
  guzheng-evidence review PACKAGE --result confirmed|refused --reason TEXT [--desk DIR [--practice-officer N]]

DESCRIPTION
  What was captured automatically is no evidence before its review has confirmed it (行政处罚法 41): until then verify says
  待复核 and report prints nothing. After looking at recording, screenshots and journal, the reviewer records the outcome with
  this command: ID.review/NNN/review.json, signed by the reviewer and time-stamped, beside the package, which stays as it is.
  It may be reviewed again: older records stay, the newest counts. A damaged package cannot be reviewed.

OPTIONS
  --result confirmed|refused   the outcome
  --reason TEXT                what was looked at and found; compulsory
  --practice-officer N         which officer of the practice desk reviews, by default 2 (the first gives the orders)
  --desk DIR                   the practice desk; by default the workstation's
  --lang zh|en                 language of the output
  -h, --help                   print this page
)"}},
      {"ca", {R"(名称
  guzheng-evidence ca — 单位的证书：谁可以签名，谁可以打开证据

用法
  guzheng-evidence ca init DIR --bureau NAME [--root-key rsa|p256] [--passphrase-file F] [--key-passphrase-file F]
                      [--station ID --tsa NAME URL PEM …] [--department D] [--system-name S] [--system-owner O]
  guzheng-evidence ca init DIR --bureau NAME --existing-root PEM --existing-crl PEM
  guzheng-evidence ca issue DIR ROLE [--name N] [--badge B] [--days N] [--passphrase-file F] [--key-passphrase-file F]
  guzheng-evidence ca renew DIR --badge B|--serial S|--role R [--days N] [--passphrase-file F] [--key-passphrase-file F]
  guzheng-evidence ca revoke DIR --badge B|--serial S|--role R --reason R [--crl-days N] [--passphrase-file F]
  guzheng-evidence ca crl DIR [--crl-days N] [--passphrase-file F]
  guzheng-evidence ca list DIR [--warn-days N]
  guzheng-evidence ca import DIR ROLE [--signing FILE] [--signing-key PEM] [--encryption FILE] [--encryption-key PEM]
                      [--source-passphrase-file F] [--key-passphrase-file F]
  guzheng-evidence ca policy DIR --station ID --tsa NAME URL PEM … [--department D] [--system-name S] [--system-owner O]

说明
  DIR/private 存放根密钥、归档密钥和登记册，由证书负责人离线保管；DIR/station 是工作站的 /etc/guzheng（证书、吊销列表、
  人员密钥、策略）。口令从文件第一行读取，不给文件时在终端输入（不回显），从不写在命令行上。
  init 一次建好根证书、吊销列表和归档证书；给出 --station 和 --tsa 时还建好工作站证书和策略。随后为每名执法人员 issue 一次。
  执法人员有签名、加密两对密钥，同一口令。续签生成新密钥，旧加密密钥保留，用来打开旧证据。口令遗失时证据由归档密钥打开。

选项
  --bureau NAME               单位全称
  --root-key rsa|p256         根密钥的种类，缺省 rsa（RSA-3072）
  --existing-root PEM         已有 PKI 的根证书：只导入证书，不签发
  --existing-crl PEM          已有 PKI 的吊销列表
  ROLE                        officer、station、archive、ingest 或 tsa
  --name N, --badge B         姓名和执法证号；工作站的 --badge 是编号，如 LX-03
  --serial S, --role R        按序列号或角色（archive、ingest、tsa）指定
  --days N                    有效天数；缺省人员 1095、工作站 1825、其他 3650
  --reason R                  unspecified、key-compromise（泄露）、left（调离）、superseded（更换）、ceased（停用）
  --crl-days N                吊销列表有效天数，缺省 90；到期前用 crl 重新签发
  --warn-days N               到期前多少天提醒，缺省 30
  --signing FILE              签名证书（PKCS#12、PEM 或 DER）；--signing-key PEM 它的私钥，可不给（仅凭证书）
  --encryption FILE           加密证书；--encryption-key PEM 它的私钥
  --source-passphrase-file F  导入来源的口令
  --passphrase-file F         根密钥的口令
  --key-passphrase-file F     本人密钥的口令；init 时为归档密钥的口令
  --station ID                工作站编号；--department D、--system-name S、--system-owner O 写入策略
  --tsa NAME URL PEM          时间戳机构的名称、地址和根证书，可多次给出
  --lang zh|en                输出语言
  -h, --help                  显示本说明
)", R"(NAME
  guzheng-evidence ca - the bureau's certificates: who may sign, who may open evidence

SYNOPSIS
  guzheng-evidence ca init DIR --bureau NAME [--root-key rsa|p256] [--passphrase-file F] [--key-passphrase-file F]
                      [--station ID --tsa NAME URL PEM ...] [--department D] [--system-name S] [--system-owner O]
  guzheng-evidence ca init DIR --bureau NAME --existing-root PEM --existing-crl PEM
  guzheng-evidence ca issue DIR ROLE [--name N] [--badge B] [--days N] [--passphrase-file F] [--key-passphrase-file F]
  guzheng-evidence ca renew DIR --badge B|--serial S|--role R [--days N] [--passphrase-file F] [--key-passphrase-file F]
  guzheng-evidence ca revoke DIR --badge B|--serial S|--role R --reason R [--crl-days N] [--passphrase-file F]
  guzheng-evidence ca crl DIR [--crl-days N] [--passphrase-file F]
  guzheng-evidence ca list DIR [--warn-days N]
  guzheng-evidence ca import DIR ROLE [--signing FILE] [--signing-key PEM] [--encryption FILE] [--encryption-key PEM]
                      [--source-passphrase-file F] [--key-passphrase-file F]
  guzheng-evidence ca policy DIR --station ID --tsa NAME URL PEM ... [--department D] [--system-name S] [--system-owner O]

DESCRIPTION
  DIR/private holds the root's and the archive's key and the register: whoever answers for certificates keeps it, off line.
  DIR/station is what a station gets as /etc/guzheng: certificates, revocation list, people's keys, policy. Passphrases are the
  first line of a file, or asked for on the terminal without echo; never on the command line.
  init makes root, revocation list and archive certificate, and with --station and --tsa the station's certificate and policy;
  then issue once for each officer. An officer has two key pairs, for signing and encryption, under one passphrase. renew makes
  new keys; old encryption keys stay, for old evidence. When a passphrase is lost, the archive's key opens the evidence.

OPTIONS
  --bureau NAME               the bureau's full name
  --root-key rsa|p256         kind of the root's key, by default rsa (RSA-3072)
  --existing-root PEM         root of an existing PKI: certificates are imported, none issued
  --existing-crl PEM          its revocation list
  ROLE                        officer, station, archive, ingest or tsa
  --name N, --badge B         name and badge; of a station --badge is its id, such as LX-03
  --serial S, --role R        choose by serial number, or by role (archive, ingest, tsa)
  --days N                    days of validity; by default officers 1095, stations 1825, others 3650
  --reason R                  unspecified, key-compromise, left, superseded, ceased
  --crl-days N                days until the next revocation list is due, by default 90
  --warn-days N               warn so many days before a certificate expires, by default 30
  --signing FILE              signing certificate (PKCS#12, PEM or DER); --signing-key PEM its key, may be left out
  --encryption FILE           encryption certificate; --encryption-key PEM its key
  --source-passphrase-file F  passphrase of what is imported
  --passphrase-file F         passphrase of the root's key
  --key-passphrase-file F     passphrase of the person's key; for init, of the archive's
  --station ID                the station's id; --department D, --system-name S, --system-owner O go into the policy
  --tsa NAME URL PEM          a time-stamp authority's name, address and root; may be given several times
  --lang zh|en                language of the output
  -h, --help                  print this page
)"}},
      {"sign", {R"(名称
  guzheng-evidence sign — 第二名执法人员补签（待签的证据包）

用法
  guzheng-evidence sign PACKAGE --officer BADGE [--policy FILE] [--passphrase-file F]

说明
  在证据包旁写出 ID.after/sig-officer2.p7s 及其时间戳。只接受 people.json 中记名的第二名执法人员的证书；包本身不变。
  时间戳机构没有应答时签名已在，再运行一次即可补时间戳。

选项
  --officer BADGE        第二名执法人员的执法证号
  --policy FILE          策略文件，缺省 /etc/guzheng/policy.toml
  --passphrase-file F    口令文件；不给时在终端输入
  --lang zh|en           输出语言
  -h, --help             显示本说明
)", R"(NAME
  guzheng-evidence sign - the second officer signs a package later

SYNOPSIS
  guzheng-evidence sign PACKAGE --officer BADGE [--policy FILE] [--passphrase-file F]

DESCRIPTION
  Writes ID.after/sig-officer2.p7s and its time stamp beside the package. Only the certificate that people.json names as the
  second officer's is accepted; the package itself does not change. When no authority answers, the signature stands: run it
  again for the stamp.

OPTIONS
  --officer BADGE        badge of the second officer
  --policy FILE          policy, by default /etc/guzheng/policy.toml
  --passphrase-file F    file with the passphrase; asked for on the terminal without it
  --lang zh|en           language of the output
  -h, --help             print this page
)"}},
      {"capture", {R"(名称
  guzheng-evidence capture — 按脚本在一部手机上取证并封存

用法
  guzheng-evidence capture [--adb HOST:PORT] --serial S --script FILE --vault DIR [--desk DIR] [--server FILE] [--result FILE]

说明
  经 adb 服务器连接手机，检查环境，全程录屏，按脚本操作和截图，封存为证据包，打印包的位置、封签指纹和状态。
  目前使用练习单位的证书：所得证据包只供练习。

选项
  --adb HOST:PORT   adb 服务器的地址，缺省 127.0.0.1:5037
  --serial S        手机序列号（adb devices 所列）
  --script FILE     取证脚本（JSON，guzheng-script/1）
  --vault DIR       证据库文件夹，没有则新建
  --desk DIR        练习台文件夹（练习单位的密钥，roots/ 下有根证书），没有则新建；缺省与工作站相同
  --server FILE     推送到手机的 scrcpy-server；缺省自动查找
  --result FILE     把包的位置、指纹、状态写成 JSON
  --policy FILE      策略文件：用真实单位代替练习台
  --officer BADGE    执法人员的执法证号（须在本机有密钥）
  --passphrase-file F  其口令文件；不给时在终端输入
  --second BADGE     第二名执法人员的执法证号
  --second-passphrase-file F  其口令文件；不给则第二人稍后用 sign 补签（待签）
  --lang zh|en      输出语言
  -h, --help        显示本说明

  脚本中途停止时，已录内容仍封存为不完整的包，退出状态为 4。有缺项的原因逐条列出；练习包为 6。
)", R"(NAME
  guzheng-evidence capture - capture from one phone by a script and seal

SYNOPSIS
  guzheng-evidence capture [--adb HOST:PORT] --serial S --script FILE --vault DIR [--desk DIR] [--server FILE] [--result FILE]

DESCRIPTION
  Connects to the phone through an adb server, checks the environment, records the whole session, acts and captures by the
  script, seals the package and prints where it is, its fingerprint and its state. Certificates are those of a practice bureau
  for now: the package is for practice only.

OPTIONS
  --adb HOST:PORT   address of the adb server, by default 127.0.0.1:5037
  --serial S        the phone's serial number (as adb devices lists it)
  --script FILE     capture script (JSON, guzheng-script/1)
  --vault DIR       evidence vault, made when it is not there
  --desk DIR        the practice desk (keys of the practice bureau, roots in roots/), made when it is not there; by default the
                    workstation's
  --server FILE     scrcpy-server to push to the phone; looked for by default
  --result FILE     write the package's place, fingerprint and state as JSON
  --policy FILE      policy: a real bureau instead of the practice desk
  --officer BADGE    badge of the officer (whose key lies on this machine)
  --passphrase-file F  file with the passphrase; asked for on the terminal without it
  --second BADGE     badge of the second officer
  --second-passphrase-file F  file with that passphrase; without it the second officer signs later with sign
  --lang zh|en      language of the output
  -h, --help        print this page

  When the script stops, what was recorded is still sealed, as incomplete: exit status 4. What is missing is listed; a
  practice package gives 6.
)"}},
      {"import", {R"(名称
  guzheng-evidence import — 把其他设备制作的照片、录音录像、文件导入并封存

用法
  guzheng-evidence import --list FILE --vault DIR [--desk DIR] [--incomplete-reason TEXT] [--result FILE]

说明
  按导入清单逐一复制文件，边复制边计算校验值，复制后再读一遍原件核对；每个文件连同来源、采集人、方法、制作时间、设备
  和证明对象记入日志，与取证一样签名、加盖时间戳、封存为证据包。文件只复制，不打开、不执行、不转换；原件不改动。
  中途出错或停止时，证据库中不留下未完成的证据包。目前使用练习单位的证书：所得证据包只供练习。

  导入清单是 JSON：
    {"schema": "guzheng-import/1",
     "order": {"order_no": "…", "reason": "…", "what": "…", "subject_name": "…", "legal_basis": "…", …},
     "write_protection": "原件经写保护接口只读挂载",
     "items": [{"file": "IMG_2041.JPG", "kind": "photo", "title": "货架", "proves": "…", "source": "…", "collector": "…",
                "method": "…", "device": "…", "made_at": "2026-11-21T14:32:12.000+08:00", "access": "公开", "basis": ""}]}
  kind：photo、audio、video、document、file，以及封存前、后的照片 seal-before、seal-after，后二者另填 seal_no（封条号）、
  seal_state（封存状态）、shielding（手机的屏蔽措施）。file 相对于清单所在的文件夹。

选项
  --list FILE                导入清单
  --vault DIR                证据库文件夹，没有则新建
  --desk DIR                 练习台文件夹，没有则新建；缺省与工作站相同
  --incomplete-reason TEXT   有缺项时必填：为什么仍要封存；包为“不完整”
  --result FILE              把包的位置、指纹、状态写成 JSON
  --lang zh|en               输出语言
  -h, --help                 显示本说明
)", R"(NAME
  guzheng-evidence import - import photos, recordings and files made elsewhere, and seal them

SYNOPSIS
  guzheng-evidence import --list FILE --vault DIR [--desk DIR] [--incomplete-reason TEXT] [--result FILE]

DESCRIPTION
  Copies the files that an import list names, digesting while copying and reading each original again afterwards to compare;
  journals each with its source, collector, method, time of making, device and what it proves; signs, stamps and seals like a
  capture. Files are copied only, never opened, run or converted; originals are not changed. After an error no half package
  stays in the vault. Certificates are those of a practice bureau for now: the package is for practice only.

  The import list is JSON:
    {"schema": "guzheng-import/1",
     "order": {"order_no": "…", "reason": "…", "what": "…", "subject_name": "…", "legal_basis": "…", …},
     "write_protection": "originals mounted read-only behind a write blocker",
     "items": [{"file": "IMG_2041.JPG", "kind": "photo", "title": "…", "proves": "…", "source": "…", "collector": "…",
                "method": "…", "device": "…", "made_at": "2026-11-21T14:32:12.000+08:00", "access": "公开", "basis": ""}]}
  kind: photo, audio, video, document, file, and the photos before and after sealing, seal-before and seal-after, which also
  have seal_no, seal_state and shielding. file is relative to the list's folder; access is 公开, 登录可见 or 非公开.

OPTIONS
  --list FILE                the import list
  --vault DIR                evidence vault, made when it is not there
  --desk DIR                 the practice desk, made when it is not there; by default the workstation's
  --incomplete-reason TEXT   compulsory when something is missing: why it is sealed all the same; the package is incomplete
  --result FILE              write the package's place, fingerprint and state as JSON
  --lang zh|en               language of the output
  -h, --help                 print this page
)"}},
      {"recover", {R"(名称
  guzheng-evidence recover — 恢复因断电或崩溃而中断的取证

用法
  guzheng-evidence recover VAULT [--desk DIR]

说明
  对证据库中每个没有进程在写的未封存包：录像止于最后一个完整片段，残余留在 data/attach/raw，日志追加一行说明损失，
  封存为“不完整”。已写的日志行不会改动。

选项
  --desk DIR     练习台文件夹；缺省与工作站相同
  --policy FILE      策略文件：用真实单位代替练习台
  --officer BADGE    执法人员的执法证号（须在本机有密钥）
  --passphrase-file F  其口令文件；不给时在终端输入
  --second BADGE     第二名执法人员的执法证号
  --second-passphrase-file F  其口令文件；不给则第二人稍后用 sign 补签（待签）
  --lang zh|en   输出语言
  -h, --help     显示本说明

  没有需要恢复的取证时退出状态为 0，恢复后为 4。
)", R"(NAME
  guzheng-evidence recover - recover captures that power loss or a crash cut short

SYNOPSIS
  guzheng-evidence recover VAULT [--desk DIR]

DESCRIPTION
  For each unsealed package in the vault that no process is writing: ends the recording at its last whole fragment, keeps the
  torn tail in data/attach/raw, appends a journal line that says what was lost, and seals as incomplete. No older journal line
  is changed.

OPTIONS
  --desk DIR     the practice desk; by default the workstation's
  --policy FILE      policy: a real bureau instead of the practice desk
  --officer BADGE    badge of the officer (whose key lies on this machine)
  --passphrase-file F  file with the passphrase; asked for on the terminal without it
  --second BADGE     badge of the second officer
  --second-passphrase-file F  file with that passphrase; without it the second officer signs later with sign
  --lang zh|en   language of the output
  -h, --help     print this page

  Exit status 0 when there was nothing to recover, 4 after a recovery.
)"}},
      {"report", {R"(名称
  guzheng-evidence report — 生成互联网电子数据证据报告（PDF）

用法
  guzheng-evidence report PACKAGE [-o FILE] [--org-ca PEM] [--tsa-ca PEM] [--desk DIR | --key-pipe] [--reason TEXT] [--copies FILE]

说明
  读取已封存的证据包文件夹，校验后按附录 B 排版打印为 PDF，报告印有校验结论和封签指纹。
  自动取证的证据包须先经复核确认（见 review），否则不出具报告。

选项
  -o, --output FILE   要写的 PDF；不给时写为证据包旁的下一版 ID.report/NNN/report.pdf（须签名，因此要有 --desk）
  --org-ca PEM        单位根证书，供报告中的校验结论使用
  --tsa-ca PEM        时间戳机构根证书
  --desk DIR          练习台：用它的根证书校验，并由第一名练习员签名（FILE.p7s 和时间戳 FILE.p7s.tsr）
  --key-pipe          加密的内容经标准输入输出请上级程序打开，不签名（工作站自己调用时用：私钥不离开工作站）
  --reason TEXT       为什么打开证据，写入操作日志（加密的包必须给）
  --copies FILE       标注副本、遮盖副本的清单（JSON）：副本写在报告旁，有自己的校验值，不替代原图
  --policy FILE      策略文件：用真实单位代替练习台
  --officer BADGE    执法人员的执法证号（须在本机有密钥）
  --passphrase-file F  其口令文件；不给时在终端输入
  --lang zh|en        输出语言（报告本身为中文）
  -h, --help          显示本说明

  副本清单（坐标为原图像素）：
    {"schema": "guzheng-copies/1", "copies": [
      {"item": 4, "kind": "标注", "marks": [{"shape": "frame", "x": 40, "y": 900, "w": 500, "h": 120},
        {"shape": "arrow", "x": 600, "y": 700, "x2": 500, "y2": 890}, {"shape": "text", "x": 420, "y": 640, "text": "疗效宣称"}]},
      {"item": 2, "kind": "遮盖", "marks": [{"shape": "box", "x": 40, "y": 300, "w": 400, "h": 60}]}]}
  标注副本印在原图之后；有遮盖副本的图，该版报告只印副本，原图仍在证据包中。
)", R"(NAME
  guzheng-evidence report - make the evidence report (PDF)

SYNOPSIS
  guzheng-evidence report PACKAGE [-o FILE] [--org-ca PEM] [--tsa-ca PEM] [--desk DIR | --key-pipe] [--reason TEXT] [--copies FILE]

DESCRIPTION
  Reads a sealed package's folder, verifies it and prints the report of Annex B as PDF, with the verdict and the fingerprint.
  Nothing is printed of an automatic capture before its review has confirmed it (see review).

OPTIONS
  -o, --output FILE   the PDF to write; without it the next edition beside the package, ID.report/NNN/report.pdf
                      (it must be signed there: with --desk only)
  --org-ca PEM        the organisation's root, for the verdict that the report prints
  --tsa-ca PEM        the time-stamp authority's root
  --desk DIR          practice desk: its roots serve the verification, its first officer signs (FILE.p7s, stamp FILE.p7s.tsr)
  --key-pipe          have the parent process open what is encrypted, over standard input and output, and do not sign (what the
                      workstation's helper does: the key stays in the workstation)
  --reason TEXT       why evidence is opened, for the operation log (required for an encrypted package)
  --copies FILE       list (JSON) of annotated copies 标注副本 and covered ones 遮盖副本: written beside the report, each with its
                      own digest; no original is replaced
  --policy FILE      policy: a real bureau instead of the practice desk
  --officer BADGE    badge of the officer (whose key lies on this machine)
  --passphrase-file F  file with the passphrase; asked for on the terminal without it
  --lang zh|en        language of the output (the report itself is Chinese)
  -h, --help          print this page

  The list of copies (in pixels of the original):
    {"schema": "guzheng-copies/1", "copies": [
      {"item": 4, "kind": "标注", "marks": [{"shape": "frame", "x": 40, "y": 900, "w": 500, "h": 120},
        {"shape": "arrow", "x": 600, "y": 700, "x2": 500, "y2": 890}, {"shape": "text", "x": 420, "y": 640, "text": "疗效宣称"}]},
      {"item": 2, "kind": "遮盖", "marks": [{"shape": "box", "x": 40, "y": 300, "w": 400, "h": 60}]}]}
  An annotated copy is printed behind its original; of a covered one that edition prints the copy alone, the original stays in
  the package.
)"}}};
  return table;
}

std::string_view examples(std::string_view name, bool chinese) {
  if (name == "verify") return chinese ? R"(
示例
  guzheng-evidence verify package.zip --org-ca 单位根.pem --tsa-ca 时间戳根.pem
  guzheng-evidence verify /证据库/sealed/LX-03-20261121-0001 --json
)" : R"(
EXAMPLES
  guzheng-evidence verify package.zip --org-ca org.pem --tsa-ca tsa.pem
  guzheng-evidence verify /vault/sealed/LX-03-20261121-0001 --json
)";
  if (name == "renew") return chinese ? "\n示例\n  guzheng-evidence renew /证据库/sealed/LX-03-20261121-0001 --tsa-ca 旧时间戳根.pem\n"
                                      : "\nEXAMPLES\n  guzheng-evidence renew /vault/sealed/LX-03-20261121-0001 --tsa-ca old-tsa.pem\n";
  if (name == "export") return chinese ? "\n示例\n  guzheng-evidence export /证据库/sealed/LX-03-20261121-0001 -o package.zip\n"
                                       : "\nEXAMPLES\n  guzheng-evidence export /vault/sealed/LX-03-20261121-0001 -o package.zip\n";
  if (name == "stamp") return chinese ? "\n示例\n  guzheng-evidence stamp /证据库\n" : "\nEXAMPLES\n  guzheng-evidence stamp /vault\n";
  if (name == "ca") return chinese ? R"(
示例
  guzheng-evidence ca init 局 --bureau 某某市市场监督管理局 --station LX-03 --tsa 某机构 https://tsa.example.cn/tsr 机构根.pem
  guzheng-evidence ca issue 局 officer --name 王甲 --badge 执法-01
  guzheng-evidence ca revoke 局 --badge 执法-01 --reason left
)" : R"(
EXAMPLES
  guzheng-evidence ca init bureau --bureau "Example Bureau" --station LX-03 --tsa "An authority" https://tsa.example.cn/tsr tsa-root.pem
  guzheng-evidence ca issue bureau officer --name "A. Wang" --badge 01
  guzheng-evidence ca revoke bureau --badge 01 --reason left
)";
  if (name == "sign") return chinese ? "\n示例\n  guzheng-evidence sign /证据库/sealed/LX-03-20261121-0001 --officer 执法-02\n"
                                     : "\nEXAMPLES\n  guzheng-evidence sign /vault/sealed/LX-03-20261121-0001 --officer 02\n";
  if (name == "capture") return chinese ? "\n示例\n  guzheng-evidence capture --adb 127.0.0.1:5037 --serial R58N123 --script 网店.json --vault /证据库\n"
                                        : "\nEXAMPLES\n  guzheng-evidence capture --adb 127.0.0.1:5037 --serial R58N123 --script shop.json --vault /vault\n";
  if (name == "recover") return chinese ? "\n示例\n  guzheng-evidence recover /证据库\n" : "\nEXAMPLES\n  guzheng-evidence recover /vault\n";
  if (name == "import") return chinese ? "\n示例\n  guzheng-evidence import --list 现场照片.json --vault /证据库\n"
                                       : "\nEXAMPLES\n  guzheng-evidence import --list photos.json --vault /vault\n";
  if (name == "review") return chinese ? "\n示例\n  guzheng-evidence review /证据库/sealed/LX-03-20261121-0001 --result confirmed --reason '录像与截图逐一对照，内容真实、清晰、完整'\n"
                                       : "\nEXAMPLES\n  guzheng-evidence review /vault/sealed/LX-03-20261121-0001 --result confirmed --reason 'film and shots compared one by one'\n";
  if (name == "report") return chinese ? "\n示例\n  guzheng-evidence report /证据库/sealed/LX-03-20261121-0001 -o report.pdf\n"
                                       : "\nEXAMPLES\n  guzheng-evidence report /vault/sealed/LX-03-20261121-0001 -o report.pdf\n";
  return chinese ? "\n示例\n  guzheng-evidence verify package.zip --org-ca 单位根.pem --tsa-ca 时间戳根.pem\n"
                 : "\nEXAMPLES\n  guzheng-evidence verify package.zip --org-ca org.pem --tsa-ca tsa.pem\n";
}

class ManualFormatter final : public CLI::Formatter {
 public:
  explicit ManualFormatter(std::string text) : text_(std::move(text)) {}
  std::string make_help(const CLI::App*, std::string, CLI::AppFormatMode) const override { return text_; }

 private:
  std::string text_;
};

}  // namespace

std::string_view exit_statuses(Language language) { return language == Language::Chinese ? kExitsChinese : kExitsEnglish; }

std::string manual(std::string_view subcommand, Language language) {
  if (auto text = vault_manual(subcommand, language); !text.empty()) return text;
  const bool chinese = language == Language::Chinese;
  const Page& page = pages().at(subcommand);
  return std::string(chinese ? page.chinese : page.english) + std::string(chinese ? kExitsChinese : kExitsEnglish) +
         std::string(examples(subcommand, chinese));
}

namespace {

// Told once for all commands that need somebody at the desk.
constexpr std::string_view kPeopleChinese = R"(
真实单位（策略文件）
  --policy FILE             策略文件，代替练习台；--officer 必须同时给出
  --officer BADGE           由这个执法证号的人操作：解锁其密钥，操作日志记在策略规定的文件夹
  --passphrase-file FILE    口令在这个文件里（只有本人可读）；不给时在终端询问
)";
constexpr std::string_view kPeopleEnglish = R"(
A REAL BUREAU (POLICY FILE)
  --policy FILE             the policy instead of the practice desk; needs --officer
  --officer BADGE           who acts: the key of this badge is unlocked, the operation log lies in the policy's state folder
  --passphrase-file FILE    the passphrase, readable for its owner only; asked on the terminal without it
)";

}  // namespace

void set_manual(CLI::App& app, std::string_view subcommand, Language language) {
  std::string text = manual(subcommand, language);
  const bool people = app.get_option_no_throw("--policy") != nullptr && text.find("--policy FILE") == text.npos;
  if (people) text += language == Language::Chinese ? kPeopleChinese : kPeopleEnglish;
  app.formatter(std::make_shared<ManualFormatter>(text));
}

}  // namespace guzheng::evidence
