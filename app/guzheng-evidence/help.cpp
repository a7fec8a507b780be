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
  renew     在时间戳机构的证书到期之前为证据包续期
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
  renew     renew a package's time stamps before their authority's certificate expires
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
  guzheng-evidence verify PACKAGE [--org-ca PEM] [--tsa-ca PEM] [--crl PEM] [--certificate FILE] [--json]

说明
  PACKAGE 是证据包文件夹（连同旁边的 .after 等文件夹）或导出的 package.zip。每个文件只读一遍，不作任何改动。
  检查外壳、文件清单、摘要（MD5、SHA-256、SM3）、签名、时间戳、操作日志、录像以及它们之间的对应。
  从不相信包内自带的根证书：不给 --org-ca 或 --tsa-ca 时，其余检查照做，结论为“不能判断”。

选项
  --org-ca PEM   单位根证书（PEM，可含多张），从本单位取得
  --tsa-ca PEM   时间戳机构根证书（PEM，可含多张），从该机构取得
  --crl PEM      较新的吊销列表（PEM，由单位根证书签发）：看签名人的证书后来是否、何时被吊销
  --certificate FILE  写一页核验证明（中英文）：FILE 以 .html 结尾的是网页，否则是纯文本；不覆盖已有文件
  --json         输出一个 JSON 对象，供程序使用
  --lang zh|en   输出语言
  -h, --help     显示本说明
)", R"(NAME
  guzheng-evidence verify - is a package what was sealed?

SYNOPSIS
  guzheng-evidence verify PACKAGE [--org-ca PEM] [--tsa-ca PEM] [--crl PEM] [--certificate FILE] [--json]

DESCRIPTION
  PACKAGE is a package's folder (with the .after and other folders beside it) or an exported package.zip. Each file is read
  once; nothing is changed. Checked are the container, the lists of files, digests (MD5, SHA-256, SM3), signatures, time stamps,
  the journal, the recording, and what they say of each other.
  Roots inside the package are never believed: without --org-ca or --tsa-ca everything else is checked and the verdict is
  "cannot tell".

OPTIONS
  --org-ca PEM   the organisation's root (PEM, one or more certificates), got from the bureau
  --tsa-ca PEM   the time-stamp authority's root (PEM, one or more certificates), got from the authority
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
  guzheng-evidence export PACKAGE -o ZIP [--desk DIR [--to WHOM] [--medium WHAT]]

说明
  把证据包文件夹和旁边的文件夹写成一个规范的 ZIP（不压缩，固定次序和时间），并打印它的 SHA-256。已有的文件不会被覆盖。

选项
  -o, --output ZIP   要写的文件
  --desk DIR         练习台：由第一名练习员签名写出移交记录（ZIP 旁的 ID.handover/）
  --to WHOM          移交记录：接收人
  --medium WHAT      移交记录：介质
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
  --lang zh|en       language of the output
  -h, --help         print this page
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
  if (name == "renew") return chinese ? "\n示例\n  guzheng-evidence renew /证据库/sealed/LX-03-20261121-0001 --tsa-ca 旧时间戳根.pem\n"
                                      : "\nEXAMPLES\n  guzheng-evidence renew /vault/sealed/LX-03-20261121-0001 --tsa-ca old-tsa.pem\n";
  if (name == "export") return chinese ? "\n示例\n  guzheng-evidence export /证据库/sealed/LX-03-20261121-0001 -o package.zip\n"
                                       : "\nEXAMPLES\n  guzheng-evidence export /vault/sealed/LX-03-20261121-0001 -o package.zip\n";
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
