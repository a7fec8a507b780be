#include "core/central/setup.h"

#include <algorithm>
#include <charconv>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/identity/ca.h"
#include "core/identity/keyfile.h"
#include "core/identity/practice.h"
#include "core/store/folder_store.h"
#include "core/store/s3_store.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

class Maker {
 public:
  Maker(const CentralSetup& setup, const Clock& clock) : in_(setup), clock_(clock), keys_(setup.folder / "keys") {}

  Status run() {
    std::error_code ec;
    if (fs::exists(in_.folder, ec) && !fs::is_empty(in_.folder, ec)) return fail(ErrorKind::Exists, in_.folder.string() + " is there and not empty");
    GZ_TRY(engines());
    for (const char* name : {"keys", "stations", "state"}) GZ_TRY(make_private_folder(in_.folder / name));
    GZ_TRY(in_.practice ? of_practice() : of_bureau());
    GZ_TRY(engine_keys());
    if (buckets_.empty()) {
      GZ_TRY(make_folder_store(in_.folder / "store-a", "store-a"));
      GZ_TRY(make_folder_store(in_.second_store.empty() ? in_.folder / "store-b" : in_.second_store, "store-b"));
    }
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
      GZ_TRY_ASSIGN(auto secret, read_secret(secret_of(i)));
      std::string roots;
      if (!in_.s3_roots.empty()) { GZ_TRY_ASSIGN(roots, read_text(in_.s3_roots, 1u << 20)); }
      GZ_TRY(make_s3_bucket({"https://" + buckets_[i].host, "us-east-1", buckets_[i].name, buckets_[i].user, std::move(secret), std::move(roots)}, clock_));
    }
    return write_text(in_.folder / "central.toml", text());                // last: with it the folder can be served
  }

 private:
  Status engines() {
    if (!in_.database.empty()) {
      GZ_TRY_ASSIGN(database_, parse_engine_place(in_.database, "mariadb://"));
      if (in_.database_password_file.empty() || in_.database_roots.empty()) return fail(ErrorKind::Invalid, "a database elsewhere needs --database-password-file and --database-roots");
    }
    for (const auto& one : in_.s3) {
      GZ_TRY_ASSIGN(auto place, parse_engine_place(one, "https://"));
      buckets_.push_back(std::move(place));
    }
    if (buckets_.empty()) return ok();
    if (buckets_.size() != 2) return fail(ErrorKind::Invalid, "there are two stores: --s3 is given twice, best for two places");
    if (in_.s3_secret_files.empty() || in_.s3_secret_files.size() > 2) return fail(ErrorKind::Invalid, "--s3-secret-file is given once for both stores, or once for each");
    return ok();
  }
  [[nodiscard]] const fs::path& secret_of(std::size_t store) const { return in_.s3_secret_files[std::min(store, in_.s3_secret_files.size() - 1)]; }

  Status take_secret(const fs::path& from, const std::string& as) const {
    GZ_TRY_ASSIGN(const auto secret, read_secret(from));
    return write_text(keys_ / as, Secret::joined(secret.view(), "\n").view());
  }
  Status engine_keys() const {
    if (!database_.name.empty()) {
      GZ_TRY(take_secret(in_.database_password_file, "database.pass"));
      GZ_TRY(copy(in_.database_roots, keys_ / "database-roots.crt"));
    }
    for (std::size_t i = 0; i < buckets_.size(); ++i) GZ_TRY(take_secret(secret_of(i), "s3-" + std::to_string(i + 1) + ".secret"));
    return buckets_.empty() || in_.s3_roots.empty() ? ok() : copy(in_.s3_roots, keys_ / "s3-roots.crt");
  }

  Status copy(const fs::path& from, const fs::path& to) const {
    GZ_TRY_ASSIGN(const auto bytes, read_file(from, 1u << 20));
    return write_atomically(to, bytes);
  }

  Status of_practice() {
    GZ_TRY_ASSIGN(const auto bureau, open_practice_bureau(in_.bureau, clock_));
    if (bureau.ingest_pem.empty())
      return fail(ErrorKind::NotFound, in_.bureau.string() + " is a practice bureau of before there was a central server: remove the folder, and the program makes a new one");
    for (const char* name : {"org.crt", "org.crl", "central.crt", "central.p12", "server.crt", "server.p12", "ingest.crt", "ingest.p12"}) GZ_TRY(copy(in_.bureau / name, keys_ / name));
    for (const char* name : {"central.pass", "server.pass", "ingest.pass"}) GZ_TRY(copy(in_.bureau / "passphrase.txt", keys_ / name));
    GZ_TRY(copy(in_.bureau / "tsa-root.crt", keys_ / "tsa-1.crt"));
    GZ_TRY(copy(in_.bureau / "station.crt", in_.folder / "stations" / (bureau.station + ".crt")));
    tsa_ = {"keys/tsa-1.crt"};
    name_ = in_.name.empty() ? "示例市归集系统（练习）" : in_.name;
    return ok();
  }

  Status of_bureau() {
    GZ_TRY_ASSIGN(const auto tool, CertificateTool::open(in_.bureau));
    name_ = in_.name.empty() ? tool.list().bureau + "归集系统" : in_.name;
    for (const char* name : {"org.crt", "org.crl"}) GZ_TRY(copy(in_.bureau / "station" / name, keys_ / name));
    GZ_TRY(take(tool, Role::Central, "", "central", "guzheng-evidence ca issue DIR central"));
    GZ_TRY(take(tool, Role::Server, in_.host, "server", "guzheng-evidence ca issue DIR server --badge " + in_.host));
    GZ_TRY(take(tool, Role::Ingest, "", "ingest", "guzheng-evidence ca issue DIR ingest"));
    GZ_TRY(write_text(keys_ / "ingest.pass", Secret::joined(in_.ingest_passphrase.view(), "\n").view()));
    GZ_TRY_ASSIGN(const auto pem, read_file(keys_ / "ingest.crt"));
    GZ_TRY_ASSIGN(const auto certificate, ssl::read_cert(pem));
    GZ_TRY_ASSIGN([[maybe_unused]] const auto key, unlock_key(keys_ / "ingest.p12", in_.ingest_passphrase, certificate.get()));
    for (const auto& entry : tool.list().entries)
      if (entry.role == Role::Station && !entry.revoked_at && entry.not_after > clock_.wall()) GZ_TRY(write_text(in_.folder / "stations" / (entry.badge + ".crt"), entry.pem));
    return authorities();
  }

  // The newest of that role that stands, with its key and, where the tool made one, the passphrase.
  Status take(const CertificateTool& tool, Role role, const std::string& badge, const std::string& as, const std::string& command) {
    const auto& entries = tool.list().entries;
    const auto it = std::find_if(entries.rbegin(), entries.rend(), [&](const auto& entry) { return entry.role == role && entry.badge == badge && !entry.revoked_at && entry.not_after > clock_.wall(); });
    if (it == entries.rend() || !tool.has_key(*it)) return fail(ErrorKind::NotFound, in_.bureau.string() + " has no certificate with a key for this; make it by: " + command);
    GZ_TRY(copy(in_.bureau / (it->files + ".crt"), keys_ / (as + ".crt")));
    GZ_TRY(copy(in_.bureau / (it->files + ".p12"), keys_ / (as + ".p12")));
    return role == Role::Ingest ? ok() : copy(in_.bureau / (it->files + ".pass"), keys_ / (as + ".pass"));
  }

  Status authorities() {
    std::vector<fs::path> roots = in_.tsa_roots;
    std::error_code ec;
    for (fs::directory_iterator it(in_.bureau / "station", ec), end; !ec && it != end; it.increment(ec))
      if (const auto name = it->path().filename().string(); name.starts_with("tsa-") && name.ends_with(".crt")) roots.push_back(it->path());
    if (roots.empty()) return fail(ErrorKind::NotFound, in_.bureau.string() + " has no root of a time-stamp authority (station/tsa-N.crt); name them by --tsa-root FILE");
    std::sort(roots.begin(), roots.end());
    for (std::size_t i = 0; i < roots.size(); ++i) {
      const std::string name = "tsa-" + std::to_string(i + 1) + ".crt";
      GZ_TRY(copy(roots[i], keys_ / name));
      tsa_.push_back("keys/" + name);
    }
    return ok();
  }

  // JSON's spelling of a text is one of TOML's.
  static std::string quoted(const std::string& value) { return canonical_json(Json(value)).value_or("\"\""); }

  [[nodiscard]] std::string database_text() const {
    if (database_.name.empty()) return "";
    const auto colon = database_.host.find(':');
    const std::string port = colon == std::string::npos ? "" : "port = " + database_.host.substr(colon + 1) + "\n";
    return "\n[database]\nengine = \"mariadb\"\nhost = " + quoted(database_.host.substr(0, colon)) + "\n" + port + "roots = \"keys/database-roots.crt\"\nname = " + quoted(database_.name) + "\nuser = " +
           quoted(database_.user) + "\npassword_file = \"keys/database.pass\"\n";
  }
  [[nodiscard]] std::string stores_text() const {
    if (buckets_.empty()) return "\n[[store]]\nfolder = \"store-a\"\n\n[[store]]\nfolder = " + quoted(in_.second_store.empty() ? "store-b" : fs::absolute(in_.second_store).string()) + "\n";
    std::string out;
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
      const std::string number = std::to_string(i + 1);
      out += "\n[[store]]\ns3 = " + quoted("https://" + buckets_[i].host) + "\nname = " + (i == 0 ? "\"s3-a\"" : "\"s3-b\"") + "\nbucket = " + quoted(buckets_[i].name) + "\naccess_key = " + quoted(buckets_[i].user) +
             "\nsecret_file = \"keys/s3-" + number + ".secret\"\n" + (in_.s3_roots.empty() ? "" : "roots = \"keys/s3-roots.crt\"\n");
    }
    return out;
  }

  [[nodiscard]] std::string text() const {
    std::string roots;
    for (const auto& one : tsa_) roots += (roots.empty() ? "" : ", ") + quoted(one);
    const auto keys = [](const std::string& name) { return fmt::format("certificate = \"keys/{0}.crt\"\nkey = \"keys/{0}.p12\"\npassphrase_file = \"keys/{0}.pass\"\n", name); };
    std::string out = "# guzheng-central init; what each line means: central.example.toml\nversion = 1\n\n[system]\n";
    out += "name = " + quoted(name_) + "\nstate = \"state\"\n" + (in_.practice ? "practice = true\n" : "");
    out += "\n[listen]\naddress = " + quoted(in_.address) + "\nport = " + std::to_string(in_.port) + "\n" + keys("server");
    out += "\n[bureau]\nroot = \"keys/org.crt\"\ncrl = \"keys/org.crl\"\ntsa_roots = [" + roots + "]\nstations = \"stations\"\n";
    out += "\n[signing]\n" + keys("central") + "\n[ingest]\n" + keys("ingest");
    return out + database_text() + stores_text();
  }

  const CentralSetup& in_;
  const Clock& clock_;
  const fs::path keys_;
  std::string name_;
  std::vector<std::string> tsa_;
  EnginePlace database_;
  std::vector<EnginePlace> buckets_;
};

}  // namespace

Result<EnginePlace> parse_engine_place(const std::string& text, const std::string& scheme) {
  const auto at = text.find('@'), slash = text.find('/', scheme.size());
  const bool whole = text.starts_with(scheme) && at != text.npos && slash != text.npos && at > scheme.size() && slash > at + 1 && slash + 1 < text.size() && text.find_first_of("?#\"\\ ") == text.npos;
  if (!whole) return fail(ErrorKind::Invalid, "'" + text + "' is not of the form " + scheme + "USER@HOST[:PORT]/NAME");
  return EnginePlace{text.substr(scheme.size(), at - scheme.size()), text.substr(at + 1, slash - at - 1), text.substr(slash + 1)};
}

Result<MariaDbConfig> database_place(const std::string& text, const fs::path& password_file, const fs::path& roots) {
  GZ_TRY_ASSIGN(const auto place, parse_engine_place(text, "mariadb://"));
  if (password_file.empty() || roots.empty()) return fail(ErrorKind::Invalid, "a database elsewhere needs --database-password-file and --database-roots");
  MariaDbConfig out;
  const auto colon = place.host.find(':');
  out.host = place.host.substr(0, colon);
  if (colon != std::string::npos) {
    const char *from = place.host.data() + colon + 1, *end = place.host.data() + place.host.size();
    if (const auto read = std::from_chars(from, end, out.port); read.ec != std::errc() || read.ptr != end || out.port == 0) return fail(ErrorKind::Invalid, "'" + text + "' names no port");
  }
  std::error_code ec;
  out.roots = fs::absolute(roots, ec);
  out.password_file = fs::absolute(password_file, ec);
  out.name = place.name;
  out.user = place.user;
  return out;
}

Status set_up_central(const CentralSetup& setup, const Clock& clock) { return Maker(setup, clock).run(); }

}  // namespace guzheng
