#include "core/central/config.h"

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/identity/certificate.h"
#include "core/identity/toml_section.h"
#include "core/search/groonga_client.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostRoots = 8, kMostNamed = 64;

class CentralParser {
 public:
  CentralParser(const toml::value& root, fs::path folder, CentralConfigReading& out) : top_(&root, "", 1, {out.problems, out.lines}), folder_(std::move(folder)), out_(out) {}

  CentralConfig run() {
    if (top_.number("version", 1, 1) != 1) return config_;
    system();
    listen();
    bureau();
    config_.signing = key_files("signing", "signs receipts and the evidence log");
    config_.ingest = key_files("ingest", "opens what was uploaded");
    database();
    stores();
    limits();
    keep();
    scrub();
    search();
    triggers();
    top_.finish();
    return config_;
  }

 private:
  void system() {
    TomlSection in = top_.section("system");
    config_.name = in.text("name", "the system's name, as receipts give it");
    config_.state = in.path("state", "the folder of database and access log", folder_);
    config_.practice = flag(in, "practice");
    in.finish();
  }

  static bool flag(TomlSection& in, const std::string& key) {
    const toml::value* value = in.find(key, "true or false", true);
    if (value == nullptr) return false;
    if (value->is_boolean()) return value->as_boolean();
    in.problem(toml_line_of(*value), key, "is " + std::string(toml_type_name(*value)) + "; expected: true or false");
    return false;
  }

  void listen() {
    TomlSection in = top_.section("listen");
    config_.address = in.text("address", "an IP address of this machine, 0.0.0.0 for all", [](std::string_view text) { return is_host(text) && text.find_first_not_of("0123456789abcdefABCDEF.:") == text.npos; });
    config_.port = static_cast<std::uint16_t>(in.number("port", 0, 65'535));
    config_.server = files_of(in, "proves this server to stations (TLS)");
    config_.metrics_from = texts(in, "metrics_from", "a list of addresses that may read /metrics", kMostNamed, {"127.0.0.1", "::1"});
    in.finish();
  }

  void bureau() {
    TomlSection in = top_.section("bureau");
    config_.root = in.path("root", "the file of the bureau's root certificate", folder_);
    config_.crl = in.path("crl", "the file of the root's revocation list", folder_);
    for (auto& one : texts(in, "tsa_roots", "a list of files, the roots of the time-stamp authorities", kMostRoots, {})) config_.tsa_roots.push_back((folder_ / one).lexically_normal());
    config_.stations = in.path("stations", "the folder with the stations' certificates, ID.crt", folder_);
    in.finish();
  }

  KeyFiles files_of(TomlSection& in, const std::string& what) {
    return {in.path("certificate", ("the file of the certificate that " + what).c_str(), folder_), in.path("key", "the file of its key (PKCS#12)", folder_),
            in.path("passphrase_file", "the file that holds the key's passphrase", folder_)};
  }
  KeyFiles key_files(const std::string& section, const std::string& what) {
    TomlSection in = top_.section(section);
    auto out = files_of(in, what);
    in.finish();
    return out;
  }

  std::vector<std::string> texts(TomlSection& in, const std::string& key, const char* expected, std::size_t most, std::vector<std::string> otherwise) {
    const toml::value* list = in.find(key, expected, !otherwise.empty());
    if (list == nullptr) return otherwise;
    std::vector<std::string> out;
    if (!list->is_array()) return in.problem(toml_line_of(*list), key, "is " + std::string(toml_type_name(*list)) + "; expected: " + expected), out;
    if (list->as_array().size() > most) return in.problem(toml_line_of(*list), key, "has more than " + std::to_string(most) + " entries"), out;
    for (const toml::value& one : list->as_array())
      if (auto text = in.text_of(one, key, expected); !text.empty()) out.push_back(std::move(text));
    return out;
  }

  void stores() {
    const char* expected = "two sections [[store]], each with a folder or a bucket of its own, on two disks or at two places";
    const toml::value* list = top_.find("store", expected, false);
    if (list == nullptr) return;
    if (!list->is_array() || list->as_array().size() != 2) return top_.problem(toml_line_of(*list), "store", std::string("is not what is needed; expected: ") + expected);
    for (std::size_t i = 0; i < 2; ++i) {
      const toml::value& one = list->as_array()[i];
      const std::string name = "store[" + std::to_string(i + 1) + "]";
      if (!one.is_table()) return top_.problem(toml_line_of(one), name, std::string("is ") + std::string(toml_type_name(one)) + "; expected: " + expected);
      TomlSection in(&one, name, toml_line_of(one), {out_.problems, out_.lines});
      if (in.find("s3", "", true) != nullptr) config_.s3[i] = bucket(in, i);
      config_.stores.push_back(config_.s3[i] ? fs::path() : in.path("folder", "the store's folder, made by guzheng-central init; or s3, the address of an object store", folder_));
      in.finish();
    }
    differ();
  }

  void differ() {
    const auto& [first, second] = config_.s3;
    const bool same_folder = !config_.stores[0].empty() && config_.stores[0] == config_.stores[1];
    if (same_folder) top_.problem(out_.lines["store[2].folder"], "store[2].folder", "is that of the first store; expected: another, on another disk");
    if (!first || !second) return;
    if (first->endpoint == second->endpoint && first->bucket == second->bucket) top_.problem(out_.lines["store[2].bucket"], "store[2].bucket", "is that of the first store; expected: another, best at another place");
    if (first->name == second->name) top_.problem(out_.lines["store[2].name"], "store[2].name", "is that of the first store; expected: another, so that receipts tell them apart");
    if (first->spool == second->spool) top_.problem(out_.lines["store[2].spool"], "store[2].spool", "is that of the first store; expected: another folder");
  }

  S3StoreConfig bucket(TomlSection& in, std::size_t which) {
    S3StoreConfig out;
    out.endpoint = in.text("s3", "the address of an object store, https://HOST[:PORT]", [](std::string_view text) { return text.starts_with("https://") && text.size() > 8 && text.find_first_of("?#@ ", 8) == text.npos; });
    out.name = in.text("name", "what receipts call this store, such as s3-a", [](std::string_view text) { return is_object_name(text) && text.find('/') == text.npos; });
    out.bucket = in.text("bucket", "the bucket's name, with Object Lock; guzheng-central prepare makes it");
    out.region = in.text("region", "the region's name", true);
    if (out.region.empty()) out.region = "us-east-1";
    out.access_key = in.text("access_key", "the access key's id");
    out.secret_file = in.path("secret_file", "the file that holds the secret access key (0600)", folder_);
    out.roots = in.path("roots", "the file of the roots that the store's certificate is by", folder_, true);
    out.spool = in.path("spool", "a folder of this server alone for what is not sent yet", folder_, true);
    if (out.spool.empty()) out.spool = config_.state / ("spool-" + std::to_string(which + 1));
    out.encryption = in.text("encryption", "AES256 or aws:kms", [](std::string_view text) { return text == "AES256" || text == "aws:kms"; }, true);
    if (out.encryption == "aws:kms") out.encryption_key = in.text("encryption_key", "the key's name at the service");
    return out;
  }

  // May be left out: SQLite in the state folder.
  void database() {
    TomlSection in = top_.section("database");
    const bool elsewhere = in.text("engine", "sqlite or mariadb", [](std::string_view text) { return text == "sqlite" || text == "mariadb"; }, true) == "mariadb";
    if (elsewhere) {
      MariaDbConfig to;
      to.socket = in.path("socket", "a socket of this machine", folder_, true);
      if (to.socket.empty()) {
        to.host = in.text("host", "the database server's name, as its certificate has it; or socket", [](std::string_view text) { return is_host(text); });
        if (in.find("port", "", true) != nullptr) to.port = static_cast<std::uint16_t>(in.number("port", 1, 65'535));
        to.roots = in.path("roots", "the file of the roots that the database server's certificate is by", folder_);
      }
      to.name = in.text("name", "the database's name");
      to.user = in.text("user", "the user's name");
      to.password_file = in.path("password_file", "the file that holds the user's password (0600)", folder_);
      config_.mariadb = std::move(to);
    }
    in.finish();
  }

  // Each may be left out; so may the whole section.
  void limits() {
    TomlSection in = top_.section("limits");
    const auto number = [&](const char* key, std::int64_t from, std::int64_t to, std::int64_t otherwise) {
      return in.find(key, "", true) == nullptr ? otherwise : in.number(key, from, to);
    };
    config_.http.connections = static_cast<int>(number("connections", 1, 20'000, config_.http.connections));
    config_.http.connections_of_one = static_cast<int>(number("connections_of_one_address", 1, 20'000, config_.http.connections_of_one));
    config_.http.header = std::chrono::milliseconds(1000 * number("header_seconds", 1, 300, config_.http.header.count() / 1000));
    config_.http.handshake = config_.http.header;
    config_.http.idle = std::chrono::milliseconds(1000 * number("idle_seconds", 1, 3600, config_.http.idle.count() / 1000));
    config_.http.body_window = std::chrono::milliseconds(1000 * number("body_seconds", 1, 3600, config_.http.body_window.count() / 1000));
    config_.http.body_window_bytes = static_cast<std::size_t>(number("body_bytes", 1, 1 << 20, static_cast<std::int64_t>(config_.http.body_window_bytes)));
    config_.requests_a_second = static_cast<int>(number("requests_per_second", 1, 10'000, config_.requests_a_second));
    config_.uploads.most_bytes = static_cast<std::uint64_t>(number("upload_gib", 1, 1024, static_cast<std::int64_t>(config_.uploads.most_bytes >> 30))) << 30;
    config_.uploads.most_open = static_cast<int>(number("open_uploads", 1, 10'000, config_.uploads.most_open));
    config_.uploads.idle_ms = 3'600'000 * number("upload_hours", 1, 8760, config_.uploads.idle_ms / 3'600'000);
    in.finish();
  }

  void keep() {
    TomlSection in = top_.section("keep");
    config_.keep.case_months = static_cast<int>(in.find("case_months", "", true) == nullptr ? 36 : in.number("case_months", 36, 1200));
    config_.keep.automatic_days = static_cast<int>(in.find("automatic_days", "", true) == nullptr ? 30 : in.number("automatic_days", 30, 36'500));
    in.finish();
  }

  void scrub() {
    TomlSection in = top_.section("scrub");
    auto& to = config_.scrub;
    if (in.find("every_hours", "", true) != nullptr) to.every_hours = static_cast<int>(in.number("every_hours", 0, 8760));
    if (in.find("mib_per_second", "", true) != nullptr) to.mib_per_second = static_cast<int>(in.number("mib_per_second", 0, 100'000));
    in.finish();
  }

  // May be left out: FTS5 in the state folder.
  void search() {
    TomlSection in = top_.section("search");
    const auto engine = in.text("engine", "fts5 or groonga", [](std::string_view text) { return text == "fts5" || text == "groonga"; }, true);
    if (engine == "groonga") {
      GroongaConfig to;
      to.url = in.text("url", "the engine's address, http://127.0.0.1:PORT on this machine, else https://HOST[:PORT]", [](std::string_view text) { return check_groonga_url(text).has_value(); });
      to.roots = in.path("roots", "the file of the roots that the engine's certificate is by", folder_, true);
      config_.search.groonga = std::move(to);
    }
    in.finish();
  }

  void triggers() {
    TomlSection in = top_.section("triggers");
    const auto number = [&](const char* key, std::int64_t from, std::int64_t to, std::int64_t otherwise) { return in.find(key, "", true) == nullptr ? otherwise : in.number(key, from, to); };
    auto& to = config_.triggers;
    to.lease_ms = 1000 * number("lease_seconds", 5, 3600, to.lease_ms / 1000);
    to.attempts = static_cast<int>(number("attempts", 1, 1000, to.attempts));
    to.retry_ms = 1000 * number("retry_seconds", 0, 86'400, to.retry_ms / 1000);
    in.finish();
  }

  TomlSection top_;
  const fs::path folder_;
  CentralConfigReading& out_;
  CentralConfig config_;
};

std::vector<PolicyProblem> absent(const CentralConfigReading& reading) {
  const auto& config = *reading.config;
  std::vector<PolicyProblem> out;
  const auto look = [&](const std::string& key, const fs::path& path, bool folder) {
    std::error_code ec;
    if (folder ? fs::is_directory(path, ec) : fs::is_regular_file(path, ec)) return;
    const auto line = reading.lines.find(key);
    out.push_back({line == reading.lines.end() ? 0 : line->second, key, (folder ? "there is no folder " : "there is no file ") + path.string()});
  };
  const auto look_keys = [&](const std::string& section, const KeyFiles& files) {
    look(section + ".certificate", files.certificate, false);
    look(section + ".key", files.key, false);
    look(section + ".passphrase_file", files.passphrase, false);
  };
  look("system.state", config.state, true);
  look_keys("listen", config.server);
  look("bureau.root", config.root, false);
  look("bureau.crl", config.crl, false);
  for (const auto& root : config.tsa_roots) look("bureau.tsa_roots", root, false);
  look("bureau.stations", config.stations, true);
  look_keys("signing", config.signing);
  look_keys("ingest", config.ingest);
  for (std::size_t i = 0; i < config.stores.size(); ++i) {
    const std::string store = "store[" + std::to_string(i + 1) + "]";
    if (!config.s3[i]) look(store + ".folder", config.stores[i], true);
    if (config.s3[i]) look(store + ".secret_file", config.s3[i]->secret_file, false);
    if (config.s3[i] && !config.s3[i]->roots.empty()) look(store + ".roots", config.s3[i]->roots, false);
  }
  if (config.search.groonga && !config.search.groonga->roots.empty()) look("search.roots", config.search.groonga->roots, false);
  if (config.mariadb) look("database.password_file", config.mariadb->password_file, false);
  if (config.mariadb && config.mariadb->socket.empty()) look("database.roots", config.mariadb->roots, false);
  return out;
}

}  // namespace

CentralConfigReading parse_central_config(std::string_view text, const fs::path& folder) {
  CentralConfigReading out;
  if (const auto root = toml_root(text, {out.problems, out.lines})) out.config = CentralParser(*root, folder, out).run();
  sort_by_line(out.problems);
  if (!out.problems.empty()) out.config.reset();
  return out;
}

std::string write_central_config(const CentralConfig& c) {
  // JSON's spelling of a text is one of TOML's
  const auto quoted = [](const std::string& value) { return canonical_json(Json(value)).value_or("\"\""); };
  const auto list = [&](const std::vector<std::string>& values) {
    std::string out;
    for (const auto& one : values) out += (out.empty() ? "" : ", ") + quoted(one);
    return "[" + out + "]";
  };
  const auto files = [&](const KeyFiles& k) { return "certificate = " + quoted(k.certificate.string()) + "\nkey = " + quoted(k.key.string()) + "\npassphrase_file = " + quoted(k.passphrase.string()) + "\n"; };
  const auto line = [](const char* key, auto value) { return std::string(key) + " = " + std::to_string(value) + "\n"; };
  std::vector<std::string> roots;
  for (const auto& one : c.tsa_roots) roots.push_back(one.string());
  std::string out = "# what each line means: central.example.toml\nversion = 1\n\n[system]\n";
  out += "name = " + quoted(c.name) + "\nstate = " + quoted(c.state.string()) + "\n" + (c.practice ? "practice = true\n" : "");
  out += "\n[listen]\naddress = " + quoted(c.address) + "\n" + line("port", c.port) + files(c.server) + "metrics_from = " + list(c.metrics_from) + "\n";
  out += "\n[bureau]\nroot = " + quoted(c.root.string()) + "\ncrl = " + quoted(c.crl.string()) + "\ntsa_roots = " + list(roots) + "\nstations = " + quoted(c.stations.string()) + "\n";
  out += "\n[signing]\n" + files(c.signing) + "\n[ingest]\n" + files(c.ingest);
  const auto given = [&](const char* key, const std::string& value) { return value.empty() ? std::string() : std::string(key) + " = " + quoted(value) + "\n"; };
  for (std::size_t i = 0; i < c.stores.size(); ++i) {
    out += "\n[[store]]\n";
    if (!c.s3[i]) out += "folder = " + quoted(c.stores[i].string()) + "\n";
    if (!c.s3[i]) continue;
    const auto& s3 = *c.s3[i];
    out += given("s3", s3.endpoint) + given("name", s3.name) + given("bucket", s3.bucket) + given("region", s3.region) + given("access_key", s3.access_key) + given("secret_file", s3.secret_file.string()) +
           given("roots", s3.roots.string()) + given("spool", s3.spool.string()) + given("encryption", s3.encryption) + given("encryption_key", s3.encryption_key);
  }
  if (c.mariadb) {
    const auto& m = *c.mariadb;
    out += "\n[database]\nengine = \"mariadb\"\n" + given("socket", m.socket.string()) + (m.socket.empty() ? given("host", m.host) + line("port", m.port) + given("roots", m.roots.string()) : std::string()) +
           given("name", m.name) + given("user", m.user) + given("password_file", m.password_file.string());
  }
  out += "\n[limits]\n" + line("connections", c.http.connections) + line("connections_of_one_address", c.http.connections_of_one) + line("header_seconds", c.http.header.count() / 1000) +
         line("idle_seconds", c.http.idle.count() / 1000) + line("body_seconds", c.http.body_window.count() / 1000) + line("body_bytes", c.http.body_window_bytes) +
         line("requests_per_second", c.requests_a_second) + line("upload_gib", c.uploads.most_bytes >> 30) + line("open_uploads", c.uploads.most_open) + line("upload_hours", c.uploads.idle_ms / 3'600'000);
  out += "\n[keep]\n" + line("case_months", c.keep.case_months) + line("automatic_days", c.keep.automatic_days);
  out += "\n[scrub]\n" + line("every_hours", c.scrub.every_hours) + line("mib_per_second", c.scrub.mib_per_second);
  out += "\n[triggers]\n" + line("lease_seconds", c.triggers.lease_ms / 1000) + line("attempts", c.triggers.attempts) + line("retry_seconds", c.triggers.retry_ms / 1000);
  if (!c.search.groonga) return out;
  out += "\n[search]\nengine = \"groonga\"\nurl = " + quoted(c.search.groonga->url) + "\n";
  return out + (c.search.groonga->roots.empty() ? "" : "roots = " + quoted(c.search.groonga->roots.string()) + "\n");
}

Result<CentralConfig> read_central_config(const fs::path& given) {
  std::error_code ec;
  const fs::path file = fs::absolute(given, ec).lexically_normal();
  const auto text = read_text(file, kMaxTomlBytes + 1);
  if (!text) return fail(text.error().in("configuration"));
  auto reading = parse_central_config(*text, file.parent_path());
  if (reading.config) {
    reading.problems = absent(reading);
    sort_by_line(reading.problems);
  }
  if (!reading.problems.empty()) return fail(ErrorKind::Invalid, problems_text(file, reading.problems));
  reading.config->file = file;
  return std::move(*reading.config);
}

}  // namespace guzheng
