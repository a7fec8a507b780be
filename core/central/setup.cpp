#include "core/central/setup.h"

#include <algorithm>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/identity/ca.h"
#include "core/identity/keyfile.h"
#include "core/identity/practice.h"
#include "core/store/folder_store.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

class Maker {
 public:
  Maker(const CentralSetup& setup, const Clock& clock) : in_(setup), clock_(clock), keys_(setup.folder / "keys") {}

  Status run() {
    std::error_code ec;
    if (fs::exists(in_.folder, ec) && !fs::is_empty(in_.folder, ec)) return fail(ErrorKind::Exists, in_.folder.string() + " is there and not empty");
    for (const char* name : {"keys", "stations", "state"}) GZ_TRY(make_private_folder(in_.folder / name));
    GZ_TRY(in_.practice ? of_practice() : of_bureau());
    const fs::path second = in_.second_store.empty() ? in_.folder / "store-b" : in_.second_store;
    GZ_TRY(make_folder_store(in_.folder / "store-a", "store-a"));
    GZ_TRY(make_folder_store(second, "store-b"));
    return write_text(in_.folder / "central.toml", text(second));          // last: with it the folder can be served
  }

 private:
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

  [[nodiscard]] std::string text(const fs::path& second) const {
    std::string roots;
    for (const auto& one : tsa_) roots += (roots.empty() ? "" : ", ") + quoted(one);
    const auto keys = [](const std::string& name) { return fmt::format("certificate = \"keys/{0}.crt\"\nkey = \"keys/{0}.p12\"\npassphrase_file = \"keys/{0}.pass\"\n", name); };
    std::string out = "# guzheng-central init; what each line means: central.example.toml\nversion = 1\n\n[system]\n";
    out += "name = " + quoted(name_) + "\nstate = \"state\"\n" + (in_.practice ? "practice = true\n" : "");
    out += "\n[listen]\naddress = " + quoted(in_.address) + "\nport = " + std::to_string(in_.port) + "\n" + keys("server");
    out += "\n[bureau]\nroot = \"keys/org.crt\"\ncrl = \"keys/org.crl\"\ntsa_roots = [" + roots + "]\nstations = \"stations\"\n";
    out += "\n[signing]\n" + keys("central") + "\n[ingest]\n" + keys("ingest");
    out += "\n[[store]]\nfolder = \"store-a\"\n\n[[store]]\nfolder = " + quoted(in_.second_store.empty() ? "store-b" : fs::absolute(second).string()) + "\n";
    return out;
  }

  const CentralSetup& in_;
  const Clock& clock_;
  const fs::path keys_;
  std::string name_;
  std::vector<std::string> tsa_;
};

}  // namespace

Status set_up_central(const CentralSetup& setup, const Clock& clock) { return Maker(setup, clock).run(); }

}  // namespace guzheng
