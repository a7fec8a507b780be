#include <algorithm>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/central/at_rest.h"
#include "core/central/backup.h"
#include "core/central/backup_layout.h"
#include "core/central/copy_tables.h"
#include "core/central/engines.h"
#include "core/central/schema.h"
#include "core/identity/signer.h"
#include "core/store/folder_store.h"

namespace guzheng {

namespace fs = std::filesystem;

using namespace backup_layout;

namespace {

class RestoreRun {
 public:
  RestoreRun(const CentralRestore& request, const Clock& clock, const BackupProgress& progress) : in_(request), clock_(clock), progress_(progress) {}

  Result<CentralRestored> run() {
    std::error_code ec;
    if (fs::exists(in_.into, ec) && !fs::is_empty(in_.into, ec)) return fail(ErrorKind::Exists, in_.into.string() + " is there and not empty");
    GZ_TRY(choose_state());
    if (manifest_.in_buckets && (in_.s3_secrets.empty() || in_.s3_secrets.size() > 2))
      return fail(ErrorKind::Invalid, "the evidence of this backup lies in two buckets: files with their secret access keys are needed (--s3-secret-file, once for both or once for each)");
    GZ_TRY(copy_files());
    GZ_TRY(read_config());
    GZ_TRY_ASSIGN(const auto database, Database::open(in_.into / "state/central.sqlite", central_schema()));
    GZ_TRY(prove_log(*database));
    GZ_TRY(manifest_.in_buckets ? read_buckets(*database) : fill_stores(*database));
    GZ_TRY(database->run("DELETE FROM upload WHERE state IN ('open', 'ingesting')"));      // their bytes are not here; what is gone is sent anew, what is refused would not be
    if (in_.database) GZ_TRY(fill_database(*database));
    GZ_TRY_ASSIGN(const auto access, OperationLog::open(in_.into / "state/access.log", clock_));
    Json note{{"entries", out_.entries}, {"made_at", format_time(out_.made_at)}, {"missing", out_.missing.size()}, {"objects", out_.objects}};
    if (out_.outside) note["checkpoint"] = out_.outside->size;
    GZ_TRY_ASSIGN([[maybe_unused]] const auto line, access->append("op.central-restore", note));
    if (in_.database) fs::remove(in_.into / "state/central.sqlite", ec);
    GZ_TRY(write_text(in_.into / "central.toml", write_central_config(config_)));          // last: with it the folder can be served
    return out_;
  }

 private:
  Status choose_state() {
    std::error_code ec;
    if (!fs::exists(in_.backup / kMark, ec)) return fail(ErrorKind::NotFound, in_.backup.string() + " is no backup of a central server: there is no " + kMark);
    std::vector<std::string> states;
    for (fs::directory_iterator it(in_.backup / kStates, ec), end; !ec && it != end; it.increment(ec))
      if (fs::exists(it->path() / kManifest, ec)) states.push_back(it->path().filename().string());
    std::sort(states.begin(), states.end());
    if (states.empty()) return fail(ErrorKind::NotFound, in_.backup.string() + " holds no state that came to its end");
    out_.state = in_.state.empty() ? states.back() : in_.state;
    if (std::find(states.begin(), states.end(), out_.state) == states.end()) return fail(ErrorKind::NotFound, "the backup holds no state " + out_.state + "; it holds " + states.front() + " to " + states.back());
    from_ = in_.backup / kStates / out_.state;
    GZ_TRY_ASSIGN(const auto text, read_text(from_ / kManifest));
    GZ_TRY_ASSIGN(manifest_, parse_manifest(text));
    out_.made_at = manifest_.made_at;
    return ok();
  }

  Status copy_files() {
    for (const char* name : {"keys", "stations", "state"}) GZ_TRY(make_private_folder(in_.into / name));
    for (const auto& one : manifest_.files) {
      const auto there = list_file(from_, one.path);
      if (!there || there->sha256 != one.sha256) return fail(ErrorKind::Tampered, (from_ / one.path).string() + (there ? " is not what was backed up" : " is gone") + std::string("; try an older state with --state"));
      if (one.path == kObjectList) continue;
      const bool of_state = one.path == "central.sqlite" || one.path == "access.log";
      const fs::path to = in_.into / (of_state ? "state/" + one.path : one.path == "central.toml" ? std::string("central.toml.backup") : one.path);
      std::error_code ec;
      fs::copy_file(from_ / one.path, to, ec);
      if (ec) return fail(ErrorKind::Io, "copy " + one.path + ": " + ec.message());
      fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write, ec);
    }
    return ok();
  }

  Status prove_log(Database& database) {
    const NoSigner nobody;
    GZ_TRY_ASSIGN(const auto log, EvidenceLog::open(database, manifest_.system, nobody, clock_));
    GZ_TRY(log->audit());
    GZ_TRY_ASSIGN(out_.entries, log->size());
    GZ_TRY_ASSIGN(const auto newest, log->newest());
    root_pem_ = in_.root_pem;
    if (root_pem_.empty()) { GZ_TRY_ASSIGN(root_pem_, read_text(in_.into / "keys/org.crt")); }
    Checkpoint now{manifest_.system, 0, tree_empty(), {}};
    if (newest) {
      if (const auto by = check_detached(newest->signature, as_bytes(newest->text), root_pem_); !by) return fail(ErrorKind::Tampered, "the log's newest checkpoint is not signed under the root: " + by.error().what);
      GZ_TRY_ASSIGN(now, parse_checkpoint(newest->text));
    }
    if (out_.entries != manifest_.entries || (newest && tree_hex(now.root) != manifest_.root)) return fail(ErrorKind::Tampered, "the log is not the one that the manifest is of");
    return in_.checkpoint.empty() ? ok() : hold_to_outside(*log, now);
  }

  // Whoever kept a checkpoint can show that this is the log it was of.
  Status hold_to_outside(EvidenceLog& log, const Checkpoint& now) {
    const auto json = parse_json(in_.checkpoint);
    Bytes signature;
    if (!json || !json->is_object() || !from_base64(text_at(*json, "checkpoint_p7s"), signature))
      return fail(ErrorKind::Invalid, "the checkpoint from outside is none: JSON with \"checkpoint\" and \"checkpoint_p7s\" is expected, such as a receipt or what /v1/log/checkpoint answers");
    const std::string text = text_at(*json, "checkpoint");
    GZ_TRY_ASSIGN(const auto outside, parse_checkpoint(text));
    if (const auto by = check_detached(signature, as_bytes(text), root_pem_); !by) return fail(ErrorKind::Invalid, "the checkpoint from outside is not signed under the root: " + by.error().what);
    if (outside.log != now.log) return fail(ErrorKind::Invalid, "the checkpoint from outside is of " + outside.log + ", the backup of " + now.log);
    out_.outside = outside;
    if (outside.size > now.size) return ok();      // told: this backup is older
    GZ_TRY_ASSIGN(const auto proof, log.consistency(outside.size, now.size));
    if (proves_consistency(outside.size, outside.root, now.size, now.root, proof)) return ok();
    return fail(ErrorKind::Tampered, "the log of the backup does not continue the one of the checkpoint (" + std::to_string(outside.size) + " entries, " + format_time(outside.at) + "): one of both was forged");
  }

  static Status take_secret(const fs::path& from, const fs::path& to) {
    GZ_TRY_ASSIGN(const auto secret, read_secret(from));
    return write_text(to, Secret::joined(secret.view(), "\n").view());
  }

  // The log is proven once more where it will be served from.
  Status fill_database(Database& restored) {
    GZ_TRY_ASSIGN(const auto to, open_central_database(served_));
    GZ_TRY(copy_tables(restored, *to, restored));
    const NoSigner nobody;
    GZ_TRY_ASSIGN(const auto log, EvidenceLog::open(*to, manifest_.system, nobody, clock_));
    GZ_TRY(log->audit());
    GZ_TRY_ASSIGN(const auto entries, log->size());
    return entries == out_.entries ? ok() : Status(fail(ErrorKind::Tampered, "the database took " + std::to_string(entries) + " entries of " + std::to_string(out_.entries)));
  }

  // Every byte of both: what a bucket says of an object is not the object.
  Status read_buckets(Database& database) {
    out_.in_buckets = true;
    std::array<std::unique_ptr<ObjectStore>, 2> buckets;
    for (std::size_t i = 0; i < 2; ++i) { GZ_TRY_ASSIGN(buckets[i], open_central_store(served_, i, clock_)); }
    std::uint64_t total = 0, done = 0;
    GZ_TRY(each_object(database, [&](const NamedObject& one) { return total += one.entry.bytes, ok(); }));
    return each_object(database, [&](const NamedObject& one) -> Status {
      if (progress_ && !progress_(done, total)) return fail(ErrorKind::Cancelled, "the restore was called off");
      done += one.entry.bytes;
      int right = 0;
      for (const auto& bucket : buckets) {
        const auto digest = stored_sha256(*bucket, one.name);
        const bool none = !digest && (digest.error().kind == ErrorKind::NotFound || digest.error().kind == ErrorKind::Tampered);
        if (!digest && !none) return fail(digest.error());
        if (digest && *digest == one.entry.zip_sha256) ++right;
      }
      const bool over = one.retain_until("") <= clock_.wall();
      if (right == 2) ++out_.objects;
      else if (right == 1) out_.single.push_back(one.name);
      else if (!over) out_.missing.push_back(one.name);
      return ok();
    });
  }

  Status fill_stores(Database& database) {
    const fs::path second = in_.second_store.empty() ? in_.into / "store-b" : in_.second_store;
    GZ_TRY(make_folder_store(in_.into / "store-a", manifest_.stores[0]));
    GZ_TRY(make_folder_store(second, manifest_.stores[1]));
    GZ_TRY_ASSIGN(const auto backup, read_folder_store(in_.backup / kObjects));
    GZ_TRY_ASSIGN(const auto a, open_folder_store(in_.into / "store-a", clock_));
    GZ_TRY_ASSIGN(const auto b, open_folder_store(second, clock_));
    std::uint64_t total = 0, done = 0;
    GZ_TRY(each_object(database, [&](const NamedObject& one) { return total += one.entry.bytes, ok(); }));
    return each_object(database, [&](const NamedObject& one) -> Status {
      if (progress_ && !progress_(done, total)) return fail(ErrorKind::Cancelled, "the restore was called off");
      done += one.entry.bytes;
      for (auto* to : {a.get(), b.get()}) {
        const auto brought = bring(*backup, *to, one);
        if (brought) continue;
        if (brought.error().kind != ErrorKind::NotFound && brought.error().kind != ErrorKind::Tampered) return brought;
        if (one.retain_until("") > clock_.wall()) out_.missing.push_back(one.name);
        return ok();
      }
      return ++out_.objects, ok();
    });
  }

  static Status bring(ObjectStore& from, ObjectStore& to, const NamedObject& one) {
    GZ_TRY_ASSIGN(const auto reader, from.open(one.name));
    GZ_TRY_ASSIGN(const auto upload, to.begin(one.name));
    std::uint64_t at = 0;
    auto sent = read_object(*reader, [&](ByteView piece) -> Status {
      GZ_TRY(to.append(upload, at, piece));
      at += piece.size();
      return ok();
    });
    if (sent) {
      const auto kept = from.head(one.name);       // retention may have been made longer since it was received
      const WallTime until = std::max(one.retain_until(to.name()), kept && kept->retain_until ? *kept->retain_until : WallTime{});
      const auto made = to.complete(upload, one.entry.zip_sha256, until);
      if (made) return ok();
      sent = fail(made.error());
    }
    (void)to.abandon(upload);
    return sent;
  }

  // What the restored server works by: `config_` as it is written, with paths from its own folder; `served_` with whole paths, for this program. Secrets that were given are put there.
  Status read_config() {
    auto reading = parse_central_config(read_text(in_.into / "central.toml.backup").value_or(""), in_.into);
    if (!reading.config) return fail(ErrorKind::Invalid, "the configuration that was backed up is not one of this program:\n" + problems_text("central.toml", reading.problems));
    config_ = std::move(*reading.config);
    auto& config = config_;
    const auto keys = [](const char* as) { return KeyFiles{"keys/" + std::string(as) + ".crt", "keys/" + std::string(as) + ".p12", "keys/" + std::string(as) + ".pass"}; };
    config.state = "state";
    config.server = keys("server");
    config.signing = keys("central");
    config.ingest = keys("ingest");
    config.root = "keys/org.crt";
    config.crl = "keys/org.crl";
    config.stations = "stations";
    for (std::size_t i = 0; i < config.tsa_roots.size(); ++i) config.tsa_roots[i] = "keys/tsa-" + std::to_string(i + 1) + ".crt";
    std::error_code ec;
    if (manifest_.in_buckets) {
      for (std::size_t i = 0; i < 2; ++i) {
        if (!config.s3[i]) return fail(ErrorKind::Tampered, "the configuration that was backed up names no bucket " + std::to_string(i + 1));
        config.s3[i]->secret_file = "keys/s3-" + std::to_string(i + 1) + ".secret";
        if (!config.s3[i]->roots.empty()) config.s3[i]->roots = s3_roots(i);
        config.s3[i]->spool = "state/spool-" + std::to_string(i + 1);
        GZ_TRY(take_secret(in_.s3_secrets[std::min(i, in_.s3_secrets.size() - 1)], in_.into / config.s3[i]->secret_file));
      }
    } else {
      config.s3 = {};
      config.stores = {"store-a", in_.second_store.empty() ? fs::path("store-b") : fs::absolute(in_.second_store, ec)};
    }
    config.mariadb = in_.database;
    if (config.mariadb) {
      GZ_TRY(take_secret(in_.database->password_file, in_.into / "keys/database.pass"));
      config.mariadb->password_file = "keys/database.pass";
      if (config.mariadb->socket.empty()) {
        GZ_TRY_ASSIGN(const auto roots, read_file(in_.database->roots));
        GZ_TRY(write_atomically(in_.into / "keys/database-roots.crt", roots));
        config.mariadb->roots = "keys/database-roots.crt";
      }
    }
    for (const auto* files : {&config.server, &config.signing, &config.ingest}) out_.passphrases.push_back(in_.into / files->passphrase);
    auto whole = parse_central_config(write_central_config(config), fs::absolute(in_.into, ec));
    if (!whole.config) return fail(ErrorKind::Bug, "the configuration of the restored server is none:\n" + problems_text("central.toml", whole.problems));
    served_ = std::move(*whole.config);
    return ok();
  }

  const CentralRestore& in_;
  const Clock& clock_;
  const BackupProgress& progress_;
  fs::path from_;
  Manifest manifest_;
  std::string root_pem_;
  CentralConfig config_, served_;
  CentralRestored out_;
};

}  // namespace

Result<CentralRestored> restore_central(const CentralRestore& request, const Clock& clock, const BackupProgress& progress) { return RestoreRun(request, clock, progress).run(); }

}  // namespace guzheng
