// guzheng-central: receives sealed evidence, verifies it, keeps it for years in two stores, and gives receipts. Wiring only.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/guzheng-central/backup.h"
#include "app/guzheng-central/import.h"
#include "app/guzheng-central/people_commands.h"
#include "app/guzheng-central/program.h"
#include "app/guzheng-central/scrub.h"
#include "app/guzheng-central/serve.h"
#include "core/base/secret.h"
#include "core/central/engines.h"
#include "core/central/service.h"
#include "core/central/setup.h"

using namespace guzheng;
using central::kCouldNotRun;
using central::kUsage;

namespace {

constexpr const char* kConfig = "/etc/guzheng-central/central.toml";

struct Arguments {
  CentralSetup setup;
  std::string config = kConfig, ingest_passphrase_file;
  int grace_seconds = 20;
  central::ScrubCommand scrub;
  central::BackupCommand backup;
  central::RestoreCommand restore;
  central::ImportCommand imports;
};

Status make(Arguments& in, const Clock& clock) {
  if (!in.setup.practice && in.setup.host.empty()) return fail(ErrorKind::Invalid, "--host is missing: the name or address by which stations reach this server");
  if (!in.ingest_passphrase_file.empty()) { GZ_TRY_ASSIGN(in.setup.ingest_passphrase, read_secret(in.ingest_passphrase_file)); }
  GZ_TRY(set_up_central(in.setup, clock));
  std::printf("中心服务器的文件夹已建好：%s\n启动：guzheng-central serve --config %s\n", in.setup.folder.c_str(), (in.setup.folder / "central.toml").c_str());
  return ok();
}

Status check(const Arguments& in, const Clock& clock) {
  GZ_TRY_ASSIGN(const auto config, read_central_config(in.config));
  GZ_TRY_ASSIGN(const auto keys, open_central_keys(config, clock));
  GZ_TRY_ASSIGN(const auto stations, Stations::open(config.root, config.crl, config.stations, clock));
  std::printf("配置无误：%s，%s端口 %d，工作站证书 %zu 份\n", config.name.c_str(), config.practice ? "练习系统，" : "", config.port, stations->count());
  return ok();
}

Status prepare(const Arguments& in, const Clock& clock) {
  GZ_TRY_ASSIGN(const auto config, read_central_config(in.config));
  GZ_TRY(prepare_central_engines(config, clock));
  std::printf("数据库与存储已就绪 / database and stores are ready\n");
  return ok();
}

Status reindex(const Arguments& in, const Clock& clock) {
  GZ_TRY_ASSIGN(const auto config, read_central_config(in.config));
  GZ_TRY_ASSIGN(const auto engine, open_central_search(config, clock));
  GZ_TRY(engine->clear());
  std::printf("主体索引已清空；服务器运行时会自动重建，数据没有改动 / the index of subjects is empty; the server that runs, or its next start, makes it anew. No data was touched\n");
  return ok();
}

std::string advice(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::Exists: return "已有的文件没有被改动；请换一个文件夹或端口，或先停止另一个进程。\nNothing that was there was changed: choose another folder or port, or end the other process.";
    case ErrorKind::Denied: return "请检查证书、口令文件（属主和 0600）与目录权限。\nCheck certificates, passphrase files (owner, mode 0600) and who may write the folders.";
    default: return "请按上面所说改正后重试。\nPut right what is said above, then try again.";
  }
}

}  // namespace

int main(int argc, char** argv) {
  keep_memory_private();
  const SystemClock clock;
  Arguments in;
  central::Program program{clock, {}};
  CLI::App app{"guzheng-central — 归集服务器 / the central server: receives sealed evidence, verifies it, keeps it in two stores, gives signed receipts"};
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("guzheng-central ") + GUZHENG_VERSION);
  app.fallthrough();
  app.add_option("--lang", program.lang, "zh|en; scrub, backup, restore, import")->check(CLI::IsMember({"zh", "en"}));
  app.footer("Exit status: 0 done, 1 usage, 2 could not be done, 3 what is held is damaged, 4 done but for what is told.\n"
             "  guzheng-central init /srv/guzheng --bureau BUREAU --host central.example.cn --ingest-passphrase-file F\n"
             "  guzheng-central check-config --config /srv/guzheng/central.toml\n"
             "  guzheng-central serve --config /srv/guzheng/central.toml\n"
             "  guzheng-central backup /mnt/backup --config /srv/guzheng/central.toml\n"
             "  guzheng-central restore /mnt/backup /srv/guzheng --checkpoint receipt.json\n"
             "  guzheng-central user add --config /srv/guzheng/central.toml --certificate 01.crt --role leader --unit UNIT\n"
             "  guzheng-central unit set LX-03 UNIT --config /srv/guzheng/central.toml");
  Status done;
  auto* init = app.add_subcommand("init", "新建中心服务器的文件夹 / makes the server's folder: keys out of the bureau's, two stores, configuration");
  init->add_option("DIR", in.setup.folder, "文件夹，新的或空的 / new or empty")->required();
  init->add_option("--bureau", in.setup.bureau, "单位的证书文件夹（guzheng-evidence ca）；练习时为练习单位 / folder of guzheng-evidence ca, or of the practice bureau")->required();
  init->add_flag("--practice", in.setup.practice, "练习系统，只收练习证据 / a practice system: takes practice packages and no others");
  init->add_option("--name", in.setup.name, "系统名称，写入回执 / the system's name, as receipts give it");
  init->add_option("--host", in.setup.host, "本服务器的域名或地址 / name or address that the server's certificate was issued for");
  init->add_option("--address", in.setup.address, "监听地址 / address to listen on")->capture_default_str();
  init->add_option("--port", in.setup.port, "端口 / port; 0: any free one")->check(CLI::Range(0, 65535))->capture_default_str();
  init->add_option("--second-store", in.setup.second_store, "第二存储，应在另一块磁盘上 / the second store, on another disk; DIR/store-b");
  init->add_option("--tsa-root", in.setup.tsa_roots, "时间戳机构根证书 / root of a time-stamp authority; several times");
  init->add_option("--ingest-passphrase-file", in.ingest_passphrase_file, "接收密钥的口令文件 / file with the ingest key's passphrase");
  init->add_option("--database", in.setup.database, "数据库：mariadb://用户@主机[:端口]/库名；不写则用本机 SQLite / a database that several servers may share: mariadb://USER@HOST[:PORT]/NAME");
  init->add_option("--database-password-file", in.setup.database_password_file, "数据库用户的口令文件 / file with its user's password");
  init->add_option("--database-roots", in.setup.database_roots, "数据库服务器证书的根证书 / roots of the database server's certificate");
  init->add_option("--s3", in.setup.s3, "对象存储，写两次：https://访问键@主机[:端口]/桶 / two object stores in place of folders: https://ACCESS-KEY@HOST[:PORT]/BUCKET, twice")->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  init->add_option("--s3-secret-file", in.setup.s3_secret_files, "对象存储的密钥文件 / file with the secret access key; once, or once for each")->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  init->add_option("--s3-roots", in.setup.s3_roots, "对象存储证书的根证书 / roots of the object stores' certificates; else the system's");
  init->callback([&] { done = make(in, clock); });
  const auto config = [&](CLI::App* command) { command->add_option("--config", in.config, "配置文件 / configuration")->capture_default_str(); };
  auto* checks = app.add_subcommand("check-config", "检查配置、证书和口令 / looks at the configuration, its certificates and passphrases; every problem with its line");
  config(checks);
  checks->callback([&] { done = check(in, clock); });
  auto* prepares = app.add_subcommand("prepare", "建好对象存储的桶（带对象锁）和数据库的表，可重复执行 / makes the object store's buckets with Object Lock and the database's tables; harmless when they are there");
  config(prepares);
  prepares->callback([&] { done = prepare(in, clock); });
  auto* serve = app.add_subcommand("serve", "运行，直到 SIGTERM / runs until SIGTERM; log lines are JSON on stderr");
  config(serve);
  serve->add_option("--grace", in.grace_seconds, "停止时给正在进行的请求的秒数 / seconds for requests that run when it is told to end")->check(CLI::Range(0, 600))->capture_default_str();
  serve->callback([&] { done = central::serve(in.config, in.grace_seconds, clock); });
  central::add_people_commands(app, kConfig, done, clock);
  auto* scrub = app.add_subcommand("scrub", "逐份核对两个存储并互相修复，服务器须已停止 / holds every copy in both stores to the evidence log and repairs one from the other; the server must not run");
  config(scrub);
  scrub->add_option("--mib-per-second", in.scrub.mib_per_second, "最多读这么快；0：不限 / read at most so fast; 0: no limit")->check(CLI::Range(0, 100'000))->capture_default_str();
  scrub->callback([&] {
    in.scrub.config = in.config;
    done = central::scrub(in.scrub, program);
  });
  auto* backup = app.add_subcommand("backup", "备份到另一介质，服务器可以在运行 / copies everything to another medium, also while the server runs; a later backup into the same folder copies what is new");
  backup->add_option("DIR", in.backup.folder, "备份的文件夹：新的、空的或以前的备份 / new, empty, or an earlier backup")->required();
  config(backup);
  backup->callback([&] {
    in.backup.config = in.config;
    done = central::backup(in.backup, program);
  });
  auto* restore = app.add_subcommand("restore", "从备份恢复，并证明存证日志 / makes a server's folder out of a backup, and proves its log");
  restore->add_option("DIR", in.restore.backup, "备份 / of backup")->required();
  restore->add_option("INTO", in.restore.into, "新服务器的文件夹 / new or empty")->required();
  restore->add_option("--checkpoint", in.restore.checkpoint, "外部保存的检查点或回执（JSON） / a checkpoint or receipt that somebody else kept (JSON): the log is held to it");
  restore->add_option("--root", in.restore.root, "外部保存的单位根证书 / the bureau's root from elsewhere; otherwise the backup's own");
  restore->add_option("--state", in.restore.state, "哪一次备份；默认最新 / which state; the newest");
  restore->add_option("--second-store", in.restore.second_store, "第二存储，应在另一块磁盘上 / the second store, on another disk; INTO/store-b");
  restore->add_option("--database", in.restore.database, "恢复到一个空的数据库；不写则用 SQLite / into an empty database: mariadb://USER@HOST[:PORT]/NAME; else SQLite");
  restore->add_option("--database-password-file", in.restore.database_password_file, "数据库用户的口令文件 / file with its user's password");
  restore->add_option("--database-roots", in.restore.database_roots, "数据库服务器证书的根证书 / roots of the database server's certificate");
  restore->add_option("--s3-secret-file", in.restore.s3_secret_files, "证据在对象存储中时：其密钥文件 / where the evidence lies in buckets: file with the secret access key; once, or once for each")->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  restore->callback([&] { done = central::restore(in.restore, program); });
  auto* reindexes = app.add_subcommand("reindex", "清空主体检索的索引，由服务器自动重建；服务器可以在运行 / empties the index by which subjects are searched: the server makes it anew, also while it runs");
  config(reindexes);
  reindexes->callback([&] { done = reindex(in, clock); });
  auto* imports = app.add_subcommand("import", "收存介质上移交的证据包，服务器须已停止 / takes in packages handed over on a medium, as if they were uploaded; the server must not run");
  imports->add_option("DIR", in.imports.folder, "上传用的 ZIP，或加密存放的证据包文件夹 / with upload ZIPs or packages in vault form")->required()->check(CLI::ExistingDirectory);
  config(imports);
  imports->add_option("--receipts", in.imports.receipts, "把回执写到这个文件夹 / a folder for PACKAGE.receipt.json");
  imports->callback([&] {
    in.imports.config = in.config;
    done = central::import_packages(in.imports, program);
  });
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    std::fprintf(stderr, "%s\n用法见 guzheng-central --help。/ See guzheng-central --help.\n", error.what());
    return kUsage;
  }
  if (done) return program.exit_code;
  std::fprintf(stderr, "%s\n%s\n", done.error().what.c_str(), advice(done.error().kind).c_str());
  return kCouldNotRun;
}
