// Manual pages of the subcommands that keep a vault.
#include <map>

#include "app/guzheng-evidence/program.h"

namespace guzheng::evidence {

namespace {

struct VaultPage {
  std::string_view chinese, english, example_chinese, example_english;
};

const std::map<std::string_view, VaultPage>& vault_pages() {
  static const std::map<std::string_view, VaultPage> table{
      {"vault", {R"(名称
  guzheng-evidence vault — 加密证据库中的明文，重建目录，管理副本

用法
  guzheng-evidence vault VAULT [--desk DIR] [--encrypt] [--rebuild] [--second-copy DIR] [--catch-up]

说明
  不给动作时逐个列出证据包及其是否已加密。加密以 64 MiB 为一块，收件人为归档证书、入库证书（有的话）和执法人员；
  随时可以停止，下次从停下处继续；明文在密文写好、读回、列入已签名的清单之后才删除。

选项
  --desk DIR          工作台文件夹；缺省与工作站相同
  --encrypt           把仍是明文的证据包和报告加密
  --rebuild           从文件夹重建目录（catalogue.sqlite）
  --second-copy DIR   把 DIR（另一磁盘或挂载点上的文件夹）设为副本
  --catch-up          把副本补齐；副本介质离开期间封存的包在此补上
  --lang zh|en        输出语言
  -h, --help          显示本说明
)", R"(NAME
  guzheng-evidence vault - encrypt what lies in plain bytes, rebuild the catalogue, keep the second copy

SYNOPSIS
  guzheng-evidence vault VAULT [--desk DIR] [--encrypt] [--rebuild] [--second-copy DIR] [--catch-up]

DESCRIPTION
  Without an act it lists the packages and whether they are encrypted. Encryption works in parts of 64 MiB for the archive
  certificate, the ingest certificate (where there is one) and the officers; it may be stopped at any time and goes on where it
  stands; plain bytes go only after the encrypted ones were written, read back and named in a signed list.

OPTIONS
  --desk DIR          the desk; by default the workstation's
  --encrypt           encrypt packages and reports that still lie in plain bytes
  --rebuild           make the catalogue (catalogue.sqlite) anew from the folders
  --second-copy DIR   make DIR, a folder on another disk or mount, the place of the second copy
  --catch-up          bring the second copy into step, also with what was sealed while its medium was away
  --lang zh|en        language of the output
  -h, --help          print this page
)", "\n示例\n  guzheng-evidence vault /证据库 --encrypt\n", "\nEXAMPLES\n  guzheng-evidence vault /vault --encrypt\n"}},
      {"scrub", {R"(名称
  guzheng-evidence scrub — 复查整个证据库，用副本修复

用法
  guzheng-evidence scrub VAULT [--desk DIR] [--reason TEXT] [--quiet]

说明
  逐包核对每个密文块与已签名的清单、清单与签名、标签文件与封签；有副本时两边都查，一边坏了用另一边修复，并记入操作日志。
  给出 --reason 时还解密全部内容并完整校验。可用 Ctrl-C 停止，下次从停下处继续。有损坏而未能修复时退出状态为 3。

选项
  --desk DIR      工作台文件夹；缺省与工作站相同
  --reason TEXT   为什么打开证据，写入操作日志；不给则不解密
  --quiet         不显示进度
  --lang zh|en    输出语言
  -h, --help      显示本说明
)", R"(NAME
  guzheng-evidence scrub - re-verify the whole vault, repair from the second copy

SYNOPSIS
  guzheng-evidence scrub VAULT [--desk DIR] [--reason TEXT] [--quiet]

DESCRIPTION
  Holds every encrypted part against its signed list, lists against signatures, tag files against the seal. With a second copy both
  are looked at; where one is damaged it is repaired from the other, and the operation log says so. With --reason everything is
  decrypted and verified in full. Ctrl-C stops it; the next one goes on from there. Exit status 3 when something is damaged still.

OPTIONS
  --desk DIR      the desk; by default the workstation's
  --reason TEXT   why evidence is opened, for the operation log; without it nothing is decrypted
  --quiet         no progress
  --lang zh|en    language of the output
  -h, --help      print this page
)", "\n示例\n  guzheng-evidence scrub /证据库 --reason 年度复查\n", "\nEXAMPLES\n  guzheng-evidence scrub /vault --reason \"yearly review\"\n"}},
      {"doctor", {R"(名称
  guzheng-evidence doctor — 给工作站体检

用法
  guzheng-evidence doctor VAULT [--desk DIR] [--offline]

说明
  检查权限、磁盘空间、目录、未封存的取证、明文、副本、证书有效期、时间戳机构、操作日志，说明哪里不对、该做什么。
  退出状态：0 一切正常，4 有需要注意的，3 有问题。

选项
  --desk DIR     工作台文件夹；缺省与工作站相同
  --offline      不联系时间戳机构
  --lang zh|en   输出语言
  -h, --help     显示本说明
)", R"(NAME
  guzheng-evidence doctor - look over the station

SYNOPSIS
  guzheng-evidence doctor VAULT [--desk DIR] [--offline]

DESCRIPTION
  Looks at permissions, disk space, catalogue, unsealed captures, plain bytes, second copy, validity of certificates, time-stamp
  authorities and the operation log; says what is wrong and what to do. Exit status 0 all is well, 4 something needs attention,
  3 something is wrong.

OPTIONS
  --desk DIR     the desk; by default the workstation's
  --offline      do not ask the time-stamp authorities
  --lang zh|en   language of the output
  -h, --help     print this page
)", "\n示例\n  guzheng-evidence doctor /证据库\n", "\nEXAMPLES\n  guzheng-evidence doctor /vault\n"}},
      {"backup", {R"(名称
  guzheng-evidence backup — 把整个工作站备份为一个加密的文件

用法
  guzheng-evidence backup VAULT -o FILE [--desk DIR | --policy FILE --officer BADGE]

说明
  证据库、目录、操作日志、密钥和设置写入一个文件，用归档证书加密，清单由工作站签名；写完读回核对。已有的文件不会被覆盖。
  有策略的工作站须用 --policy：策略、其中写明的证书和密钥、人员文件夹存入 desk/policy，状态文件夹存入 desk。
  证据包属于另一工作站或另一单位时不备份，什么也不写。

选项
  -o, --output FILE   要写的文件
  --desk DIR          工作台文件夹；缺省与工作站相同
  --policy FILE       策略文件；与 --officer BADGE 同用
  --officer BADGE     登录人员的执法证号
  --passphrase-file FILE   口令文件；缺省从终端询问
  --lang zh|en        输出语言
  -h, --help          显示本说明
)", R"(NAME
  guzheng-evidence backup - the whole station as one encrypted file

SYNOPSIS
  guzheng-evidence backup VAULT -o FILE [--desk DIR | --policy FILE --officer BADGE]

DESCRIPTION
  Vault, catalogue, operation log, keys and settings go into one file, encrypted for the archive certificate, with a manifest that
  the station signs; it is read back when it is written. A file that is there already is never overwritten.
  A station with a policy is backed up with --policy: the policy, the certificates and keys that it names and its people's folder go
  into desk/policy, its state folder into desk. When a package is another station's or another bureau's, nothing is written.

OPTIONS
  -o, --output FILE   the file to write
  --desk DIR          the desk; by default the workstation's
  --policy FILE       the station's policy; with --officer BADGE
  --officer BADGE     who logs in
  --passphrase-file FILE   file with the passphrase; by default it is asked for
  --lang zh|en        language of the output
  -h, --help          print this page
)", "\n示例\n  guzheng-evidence backup /证据库 -o /备份盘/LX-03.gzbackup\n", "\nEXAMPLES\n  guzheng-evidence backup /vault -o /backup/LX-03.gzbackup\n"}},
      {"restore", {R"(名称
  guzheng-evidence restore — 从备份恢复到空文件夹

用法
  guzheng-evidence restore FILE --to DIR --key P12 --certificate CRT --passphrase-file FILE [--org-ca PEM]

说明
  用归档私钥打开备份，逐个文件与清单核对，清单与签名核对，全部相符才放到 DIR/desk 和 DIR/vault，然后复查每个证据包。
  策略在 DIR/desk/policy；策略中的绝对路径要改到新位置，其状态文件夹是 DIR/desk。

选项
  --to DIR                 空的或不存在的文件夹
  --key P12                归档私钥（PKCS#12）
  --certificate CRT        归档证书
  --passphrase-file FILE   口令文件
  --org-ca PEM             单位根证书：备份的签名者必须由它签发
  --lang zh|en             输出语言
  -h, --help               显示本说明
)", R"(NAME
  guzheng-evidence restore - a station from its backup into an empty folder

SYNOPSIS
  guzheng-evidence restore FILE --to DIR --key P12 --certificate CRT --passphrase-file FILE [--org-ca PEM]

DESCRIPTION
  Opens the backup with the archive's key, holds each file against the manifest and the manifest against its signature; only when all
  fits it takes its place in DIR/desk and DIR/vault. Then each package is scrubbed.
  A policy comes to DIR/desk/policy: absolute paths in it must be set to their new places; its state folder is DIR/desk.

OPTIONS
  --to DIR                 a folder that is empty or not there
  --key P12                the archive's key (PKCS#12)
  --certificate CRT        the archive's certificate
  --passphrase-file FILE   file with the passphrase
  --org-ca PEM             the bureau's root: whoever signed the backup must chain to it
  --lang zh|en             language of the output
  -h, --help               print this page
)", "\n示例\n  guzheng-evidence restore LX-03.gzbackup --to /新站 --key archive.p12 --certificate archive.crt --passphrase-file 口令.txt\n",
       "\nEXAMPLES\n  guzheng-evidence restore LX-03.gzbackup --to /new --key archive.p12 --certificate archive.crt --passphrase-file pass.txt\n"}}};
  return table;
}

}  // namespace

std::string vault_manual(std::string_view subcommand, Language language) {
  const auto it = vault_pages().find(subcommand);
  if (it == vault_pages().end()) return {};
  const bool chinese = language == Language::Chinese;
  return std::string(chinese ? it->second.chinese : it->second.english) + std::string(exit_statuses(language)) +
         std::string(chinese ? it->second.example_chinese : it->second.example_english);
}

}  // namespace guzheng::evidence
