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
  5  不能判断：缺少根证书
  6  练习包，不得作为证据
)";
constexpr std::string_view kExitsEnglish = R"(
EXIT STATUS
  0  whole
  1  usage error
  2  could not run (no such file, not readable, no network, …): no verdict on the evidence
  3  damaged or tampered with
  4  incomplete (also: second signature or time stamp still to come)
  5  cannot tell: a root certificate was not given
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
  ca        单位的证书：建立、签发、续签、吊销、导入
  sign      第二名执法人员补签
  capture   按脚本在手机上取证（构建时带有取证部分才有）
  recover   恢复因断电或崩溃而中断的取证（同上）
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
  ca        the bureau's certificates: found, issue, renew, revoke, import
  sign      the second officer signs later
  capture   capture from a phone by a script (only when built with the capture part)
  recover   recover a capture that power loss or a crash cut short (as above)
  report    make the evidence report (only when built with the window part)

OPTIONS
  --lang zh|en   language of the output; by default from LC_ALL, LC_MESSAGES, LANG, otherwise Chinese
  --version      print the version
  -h, --help     print this page
)"}},
      {"verify", {R"(名称
  guzheng-evidence verify — 校验证据包是否与封存时一致

用法
  guzheng-evidence verify PACKAGE [--org-ca PEM] [--tsa-ca PEM] [--json]

说明
  PACKAGE 是证据包文件夹（连同旁边的 .after 等文件夹）或导出的 package.zip。每个文件只读一遍，不作任何改动。
  检查外壳、文件清单、摘要（MD5、SHA-256、SM3）、签名、时间戳、操作日志、录像以及它们之间的对应。
  从不相信包内自带的根证书：不给 --org-ca 或 --tsa-ca 时，其余检查照做，结论为“不能判断”。

选项
  --org-ca PEM   单位根证书（PEM，可含多张），从本单位取得
  --tsa-ca PEM   时间戳机构根证书（PEM，可含多张），从该机构取得
  --json         输出一个 JSON 对象，供程序使用
  --lang zh|en   输出语言
  -h, --help     显示本说明
)", R"(NAME
  guzheng-evidence verify - is a package what was sealed?

SYNOPSIS
  guzheng-evidence verify PACKAGE [--org-ca PEM] [--tsa-ca PEM] [--json]

DESCRIPTION
  PACKAGE is a package's folder (with the .after and other folders beside it) or an exported package.zip. Each file is read
  once; nothing is changed. Checked are the container, the lists of files, digests (MD5, SHA-256, SM3), signatures, time stamps,
  the journal, the recording, and what they say of each other.
  Roots inside the package are never believed: without --org-ca or --tsa-ca everything else is checked and the verdict is
  "cannot tell".

OPTIONS
  --org-ca PEM   the organisation's root (PEM, one or more certificates), got from the bureau
  --tsa-ca PEM   the time-stamp authority's root (PEM, one or more certificates), got from the authority
  --json         print one JSON object for programs
  --lang zh|en   language of the output
  -h, --help     print this page
)"}},
      {"export", {R"(名称
  guzheng-evidence export — 把已封存的证据包导出为一个 ZIP

用法
  guzheng-evidence export PACKAGE -o ZIP [--desk DIR [--to WHOM] [--medium WHAT]]

说明
  把证据包文件夹和旁边的文件夹写成一个规范的 ZIP（不压缩，固定次序和时间），并打印它的 SHA-256。已有的文件不会被覆盖。

选项
  -o, --output ZIP   要写的文件
  --desk DIR         练习台：由第一名练习员签名写出移交记录（ZIP 旁的 ID.handover/）
  --to WHOM          移交记录：接收人
  --medium WHAT      移交记录：介质
  --policy FILE      策略文件：用真实单位代替练习台
  --officer BADGE    执法人员的执法证号（须在本机有密钥）
  --passphrase-file F  其口令文件；不给时在终端输入
  --lang zh|en       输出语言
  -h, --help         显示本说明
)", R"(NAME
  guzheng-evidence export - write a sealed package as one ZIP

SYNOPSIS
  guzheng-evidence export PACKAGE -o ZIP [--desk DIR [--to WHOM] [--medium WHAT]]

DESCRIPTION
  Writes the package's folder and what lies beside it as one canonical ZIP (stored, fixed order and times) and prints its
  SHA-256. A file that is there already is never overwritten.

OPTIONS
  -o, --output ZIP   the file to write
  --desk DIR         practice desk: its first officer signs a hand-over record (ID.handover/ beside the ZIP)
  --to WHOM          hand-over record: who receives it
  --medium WHAT      hand-over record: on what
  --policy FILE      policy: a real bureau instead of the practice desk
  --officer BADGE    badge of the officer (whose key lies on this machine)
  --passphrase-file F  file with the passphrase; asked for on the terminal without it
  --lang zh|en       language of the output
  -h, --help         print this page
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
  guzheng-evidence report PACKAGE [-o FILE] [--org-ca PEM] [--tsa-ca PEM] [--desk DIR]

说明
  读取已封存的证据包文件夹，校验后按附录 B 排版打印为 PDF，报告印有校验结论和封签指纹。

选项
  -o, --output FILE   要写的 PDF；不给时写为证据包旁的下一版 ID.report/NNN/report.pdf（须签名，因此要有 --desk）
  --org-ca PEM        单位根证书，供报告中的校验结论使用
  --tsa-ca PEM        时间戳机构根证书
  --desk DIR          练习台：用它的根证书校验，并由第一名练习员签名（FILE.p7s 和时间戳 FILE.p7s.tsr）
  --policy FILE      策略文件：用真实单位代替练习台
  --officer BADGE    执法人员的执法证号（须在本机有密钥）
  --passphrase-file F  其口令文件；不给时在终端输入
  --lang zh|en        输出语言（报告本身为中文）
  -h, --help          显示本说明
)", R"(NAME
  guzheng-evidence report - make the evidence report (PDF)

SYNOPSIS
  guzheng-evidence report PACKAGE [-o FILE] [--org-ca PEM] [--tsa-ca PEM] [--desk DIR]

DESCRIPTION
  Reads a sealed package's folder, verifies it and prints the report of Annex B as PDF, with the verdict and the fingerprint.

OPTIONS
  -o, --output FILE   the PDF to write; without it the next edition beside the package, ID.report/NNN/report.pdf
                      (it must be signed there: with --desk only)
  --org-ca PEM        the organisation's root, for the verdict that the report prints
  --tsa-ca PEM        the time-stamp authority's root
  --desk DIR          practice desk: its roots serve the verification, its first officer signs (FILE.p7s, stamp FILE.p7s.tsr)
  --policy FILE      policy: a real bureau instead of the practice desk
  --officer BADGE    badge of the officer (whose key lies on this machine)
  --passphrase-file F  file with the passphrase; asked for on the terminal without it
  --lang zh|en        language of the output (the report itself is Chinese)
  -h, --help          print this page
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
  if (name == "export") return chinese ? "\n示例\n  guzheng-evidence export /证据库/sealed/LX-03-20261121-0001 -o package.zip\n"
                                       : "\nEXAMPLES\n  guzheng-evidence export /vault/sealed/LX-03-20261121-0001 -o package.zip\n";
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

std::string manual(std::string_view subcommand, Language language) {
  const bool chinese = language == Language::Chinese;
  const Page& page = pages().at(subcommand);
  return std::string(chinese ? page.chinese : page.english) + std::string(chinese ? kExitsChinese : kExitsEnglish) +
         std::string(examples(subcommand, chinese));
}

void set_manual(CLI::App& app, std::string_view subcommand, Language language) {
  app.formatter(std::make_shared<ManualFormatter>(manual(subcommand, language)));
}

}  // namespace guzheng::evidence
