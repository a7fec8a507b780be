#include "core/central/backup.h"

#include <algorithm>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/central/at_rest.h"
#include "core/central/backup_layout.h"
#include "core/central/copy_tables.h"
#include "core/central/engines.h"
#include "core/central/schema.h"
#include "core/sql/connection.h"
#include "core/store/folder_store.h"

namespace guzheng {

namespace fs = std::filesystem;

using namespace backup_layout;

namespace {

// "20261127T140500.123", which sorts by time.
std::string state_name(WallTime now) {
  std::string out;
  for (const char c : format_time(now).substr(0, 23))
    if (c != '-' && c != ':') out += c;
  return out;
}

Status copy_small(const fs::path& from, const fs::path& to) {
  GZ_TRY_ASSIGN(const auto bytes, read_file(from));
  return write_atomically(to, bytes);
}

class BackupRun {
 public:
  BackupRun(const CentralConfig& config, fs::path folder, const Clock& clock, const BackupProgress& progress) : config_(config), folder_(std::move(folder)), clock_(clock), progress_(progress) {}

  Result<CentralBackup> run() {
    GZ_TRY(open_medium());
    out_.state = state_name(clock_.wall());
    out_.in_buckets = in_buckets();
    const fs::path made = folder_ / kStates / out_.state;
    part_ = fs::path(made.string() + ".part");
    GZ_TRY(make_private_folder(part_));
    const auto done = fill();
    std::error_code ec;
    if (!done) return fs::remove_all(part_, ec), fail(done.error());
    fs::rename(part_, made, ec);                   // from here on it is a state
    if (ec) return fail(ErrorKind::Io, "rename " + part_.string() + ": " + ec.message());
    GZ_TRY(sync_folder(folder_ / kStates));
    // every transfer is logged; the log takes lines of several programs
    GZ_TRY_ASSIGN(const auto log, OperationLog::open(config_.state / "access.log", clock_));
    GZ_TRY_ASSIGN([[maybe_unused]] const auto line, log->append("op.central-backup", {{"copied", out_.copied}, {"entries", out_.entries}, {"healed", out_.healed}, {"missing", out_.missing.size()}, {"objects", out_.objects}, {"state", out_.state}}));
    return out_;
  }

 private:
  Status open_medium() {
    std::error_code ec;
    const fs::path mark = folder_ / kMark;
    if (fs::exists(mark, ec)) {
      GZ_TRY_ASSIGN(const auto text, read_text(mark, 4096));
      const auto json = parse_json(text);
      if (!json || !json->is_object() || integer_at(*json, "format") != 1) return fail(ErrorKind::Unsupported, mark.string() + " is no mark of a backup that this program knows");
      if (text_at(*json, "system") != config_.name) return fail(ErrorKind::Exists, folder_.string() + " is a backup of " + text_at(*json, "system"));
    } else {
      if (fs::exists(folder_, ec) && !fs::is_empty(folder_, ec)) return fail(ErrorKind::Exists, folder_.string() + " is there, not empty, and no backup");
      GZ_TRY(make_private_folder(folder_ / kStates));
      GZ_TRY(make_folder_store(folder_ / kObjects, kStore));
      GZ_TRY_ASSIGN(const auto text, canonical_json({{"format", 1}, {"system", config_.name}}));
      GZ_TRY(write_text(mark, text + "\n"));
    }
    GZ_TRY_ASSIGN(kept_, open_folder_store(folder_ / kObjects, clock_));
    GZ_TRY_ASSIGN(const auto left, kept_->uploads());
    for (const auto& one : left) GZ_TRY(kept_->abandon(one));              // of a backup that was killed; the store is ours alone
    for (fs::directory_iterator it(folder_ / kStates, ec), end; !ec && it != end; it.increment(ec))
      if (it->path().extension() == ".part") fs::remove_all(it->path(), ec);
    for (std::size_t i = 0; i < 2; ++i) {
      if (config_.s3[i]) { GZ_TRY_ASSIGN(from_[i], open_central_store(config_, i, clock_)); }
      else { GZ_TRY_ASSIGN(from_[i], read_folder_store(config_.stores.at(i))); }
    }
    return ok();
  }

  Status fill() {
    GZ_TRY(take_database(part_ / "central.sqlite"));
    GZ_TRY(copy_access_log());
    GZ_TRY(copy_settings());
    Manifest manifest{config_.name, config_.practice, clock_.wall(), 0, "", {from_[0]->name(), from_[1]->name()}, in_buckets(), {}};
    {
      GZ_TRY_ASSIGN(const auto database, Database::open(part_ / "central.sqlite", central_schema()));
      const NoSigner nobody;
      GZ_TRY_ASSIGN(const auto log, EvidenceLog::open(*database, config_.name, nobody, clock_));
      GZ_TRY_ASSIGN(manifest.entries, log->size());
      GZ_TRY_ASSIGN(const auto newest, log->newest());
      if (newest) {
        GZ_TRY_ASSIGN(const auto checkpoint, parse_checkpoint(newest->text));
        manifest.root = tree_hex(checkpoint.root);
      }
      out_.entries = manifest.entries;
      GZ_TRY(copy_objects(*database));
    }
    std::error_code ec;
    for (fs::recursive_directory_iterator it(part_, ec), end; !ec && it != end; it.increment(ec)) {
      if (!it->is_regular_file(ec)) continue;
      GZ_TRY_ASSIGN(auto one, list_file(part_, it->path().lexically_relative(part_).generic_string()));
      manifest.files.push_back(std::move(one));
    }
    if (ec) return fail(ErrorKind::Io, "list " + part_.string() + ": " + ec.message());
    std::sort(manifest.files.begin(), manifest.files.end(), [](const ListedFile& a, const ListedFile& b) { return a.path < b.path; });
    GZ_TRY_ASSIGN(const auto text, write_manifest(manifest));
    return write_text(part_ / kManifest, text + "\n");
  }

  // Two buckets keep their objects themselves, under lock: they are named here, and looked for when this is restored.
  [[nodiscard]] bool in_buckets() const { return config_.s3[0].has_value() && config_.s3[1].has_value(); }

  Status take_database(const fs::path& to) const {
    if (!config_.mariadb) return copy_database(config_.state / "central.sqlite", to);
    GZ_TRY_ASSIGN(const auto from, open_central_reader(config_));
    GZ_TRY_ASSIGN(const auto made, Database::open(to, central_schema()));
    return copy_tables(*from, *made, *made);
  }

  // Whole lines of it: the server may be writing the next one.
  Status copy_access_log() {
    const fs::path from = config_.state / "access.log", to = part_ / "access.log";
    std::error_code ec;
    if (!fs::exists(from, ec)) return ok();
    fs::copy_file(from, to, ec);
    if (ec) return fail(ErrorKind::Io, "copy " + from.string() + ": " + ec.message());
    fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write, ec);
    std::uint64_t whole = 0, at = 0;
    GZ_TRY(read_in_pieces(to, [&](ByteView piece) -> Status {
      for (std::size_t i = piece.size(); i > 0; --i)
        if (piece[i - 1] == '\n') {
          whole = at + i;
          break;
        }
      at += piece.size();
      return ok();
    }));
    fs::resize_file(to, whole, ec);
    return ec ? Status(fail(ErrorKind::Io, "cut " + to.string() + ": " + ec.message())) : ok();
  }

  Status copy_settings() {
    GZ_TRY(make_private_folder(part_ / "keys"));
    GZ_TRY(make_private_folder(part_ / "stations"));
    GZ_TRY(copy_small(config_.file, part_ / "central.toml"));
    GZ_TRY(copy_small(config_.root, part_ / "keys/org.crt"));
    GZ_TRY(copy_small(config_.crl, part_ / "keys/org.crl"));
    for (std::size_t i = 0; i < config_.tsa_roots.size(); ++i) GZ_TRY(copy_small(config_.tsa_roots[i], part_ / ("keys/tsa-" + std::to_string(i + 1) + ".crt")));
    for (const auto& [files, as] : {std::pair(&config_.server, "server"), std::pair(&config_.signing, "central"), std::pair(&config_.ingest, "ingest")}) {
      GZ_TRY(copy_small(files->certificate, part_ / "keys" / (std::string(as) + ".crt")));
      GZ_TRY(copy_small(files->key, part_ / "keys" / (std::string(as) + ".p12")));
    }
    for (std::size_t i = 0; i < 2; ++i)
      if (config_.s3[i] && !config_.s3[i]->roots.empty()) GZ_TRY(copy_small(config_.s3[i]->roots, part_ / s3_roots(i)));
    std::error_code ec;
    for (fs::directory_iterator it(config_.stations, ec), end; !ec && it != end; it.increment(ec))
      if (it->path().extension() == ".crt") GZ_TRY(copy_small(it->path(), part_ / "stations" / it->path().filename()));
    return ec ? Status(fail(ErrorKind::Io, "list " + config_.stations.string() + ": " + ec.message())) : ok();
  }

  Status copy_objects(Database& database) {
    std::uint64_t total = 0;
    GZ_TRY(each_object(database, [&](const NamedObject& one) { return total += one.entry.bytes, ok(); }));
    GZ_TRY_ASSIGN(auto list, AppendFile::create(part_ / kObjectList));
    GZ_TRY(each_object(database, [&](const NamedObject& one) -> Status {
      if (progress_ && !progress_(out_.bytes, total)) return fail(ErrorKind::Cancelled, "the backup was called off");
      if (in_buckets()) GZ_TRY(look_at(one));
      else GZ_TRY(keep(one));
      out_.bytes += one.entry.bytes;
      ++out_.objects;
      const std::string line = one.entry.zip_sha256 + "  " + (in_buckets() ? one.name : std::string(kObjects) + "/objects/" + one.name + ",data") + "\n";
      return list.write(as_bytes(line));
    }));
    return list.sync();
  }

  // What the buckets say of it; their bytes are read by the scrub, and when this is restored. A service that is away ends the backup.
  Status look_at(const NamedObject& one) {
    bool right = false;
    for (auto& from : from_) {
      const auto head = from->head(one.name);
      if (!head && head.error().kind != ErrorKind::NotFound && head.error().kind != ErrorKind::Tampered) return fail(head.error());
      right = right || (head && head->sha256 == one.entry.zip_sha256 && head->size == one.entry.bytes);
    }
    if (!right && one.retain_until("") > clock_.wall()) out_.missing.push_back(one.name);
    return ok();
  }

  // What is there already is read once more: only the bytes themselves show whether the medium has kept them.
  Status keep(const NamedObject& one) {
    const auto there = kept_->open_cold(one.name);
    const bool missing = !there && there.error().kind == ErrorKind::NotFound;
    if (there) {
      Digester digester(DigestKind::Sha256);
      const auto read = read_object(**there, [&](ByteView piece) -> Status { return digester.update(piece), ok(); });
      const auto head = kept_->head(one.name);
      if (read && head && head->sha256 == one.entry.zip_sha256 && to_hex(digester.finish()) == one.entry.zip_sha256) return ok();
    }
    for (auto& from : from_) {
      const auto brought = bring(*from, one);
      if (brought) return ++(missing ? out_.copied : out_.healed), ok();
      if (brought.error().kind == ErrorKind::NoSpace) return brought;
    }
    out_.missing.push_back(one.name);
    return ok();
  }

  Status bring(ObjectStore& from, const NamedObject& one) {
    GZ_TRY_ASSIGN(const auto reader, from.open(one.name));
    GZ_TRY_ASSIGN(const auto upload, kept_->begin(one.name));
    std::uint64_t at = 0;
    auto sent = read_object(*reader, [&](ByteView piece) -> Status {
      GZ_TRY(kept_->append(upload, at, piece));
      at += piece.size();
      return ok();
    });
    if (sent) {
      const auto made = kept_->replace(upload, one.entry.zip_sha256, one.retain_until(""));
      if (made) return ok();
      sent = fail(made.error());
    }
    (void)kept_->abandon(upload);
    return sent;
  }

  const CentralConfig& config_;
  const fs::path folder_;
  const Clock& clock_;
  const BackupProgress& progress_;
  fs::path part_;
  std::unique_ptr<ObjectStore> kept_;
  std::array<std::unique_ptr<ObjectStore>, 2> from_;
  CentralBackup out_;
};

}  // namespace

Result<CentralBackup> back_up_central(const CentralConfig& config, const fs::path& folder, const Clock& clock, const BackupProgress& progress) {
  std::error_code ec;
  const fs::path where = fs::absolute(folder, ec).lexically_normal();
  for (const auto& store : config.stores) {
    if (store.empty()) continue;                   // a bucket
    if (const auto inner = where.lexically_relative(store); !inner.empty() && *inner.begin() != "..")
      return fail(ErrorKind::Exists, where.string() + " lies within a store: a backup belongs on another medium");
  }
  return BackupRun(config, where, clock, progress).run();
}

}  // namespace guzheng
