#include "core/identity/policy.h"

#include <algorithm>
#include <set>
#include <sstream>

#include "core/base/bytes.h"
#include "core/base/file.h"
#include "core/identity/toml_section.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

using Value = toml::value;
using Section = TomlSection;

constexpr const char* kBadgesExpected = "a list of badges, [\"*\"] for every officer, [] for nobody";
constexpr std::size_t kMaxAuthorities = 8, kMaxDigests = 64, kMaxBadges = 1000;

bool is_hex64(std::string_view text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}
bool is_station(std::string_view text) {
  const auto between = [&](std::size_t at, char from, char to) { return text[at] >= from && text[at] <= to; };
  return text.size() == 5 && between(0, 'A', 'Z') && between(1, 'A', 'Z') && text[2] == '-' && between(3, '0', '9') && between(4, '0', '9');
}
// 1.3.6.1…: numbers of at most 10 digits without leading zeros, two at least.
bool is_oid(std::string_view text) {
  int arcs = 0;
  while (true) {
    const auto dot = text.find('.');
    const auto arc = text.substr(0, dot);
    if (arc.empty() || arc.size() > 10 || (arc.size() > 1 && arc[0] == '0')) return false;
    if (arc.find_first_not_of("0123456789") != arc.npos) return false;
    ++arcs;
    if (dot == text.npos) break;
    text.remove_prefix(dot + 1);
  }
  return arcs >= 3 && arcs <= 32;
}
bool is_url(std::string_view text) {
  const std::size_t scheme = text.starts_with("http://") ? 7 : text.starts_with("https://") ? 8 : 0;
  if (scheme == 0 || text.size() == scheme || text[scheme] == '/' || text[scheme] == ':') return false;
  return std::none_of(text.begin(), text.end(), [](unsigned char c) { return c <= 0x20 || c == 0x7f || c == '"' || c == '<' || c == '>'; });
}
bool is_https(std::string_view text) {                     // a host with its port, nothing behind it: paths are the protocol's
  if (!is_url(text) || !text.starts_with("https://")) return false;
  const auto rest = text.substr(8);
  const auto slash = rest.find('/');
  return (slash == rest.npos || slash + 1 == rest.size()) && rest.find_first_of("?#@") == rest.npos;
}

PolicyCentral central_in(Section in, const fs::path& folder) {
  PolicyCentral out;
  out.url = in.text("url", "the central system's address, https://HOST:PORT", is_https);
  if (out.url.ends_with('/')) out.url.pop_back();
  out.certificate = in.path("certificate", "the file of the certificate that signs the central system's receipts", folder);
  if (in.has("bandwidth_kbit")) out.bytes_per_second = static_cast<std::uint64_t>(in.number("bandwidth_kbit", 64, 10'000'000)) * 125;
  if (in.has("at_once")) out.at_once = static_cast<int>(in.number("at_once", 1, 8));
  out.automatic = in.flag("automatic", true);
  in.finish();
  return out;
}

class Parser {
 public:
  Parser(const Value& root, fs::path folder, PolicyReading& out) : top_(&root, "", 1, {out.problems, out.lines}), root_(root), folder_(std::move(folder)), out_(out) {}

  Policy run() {
    if (top_.number("version", 1, 1) != 1) return policy_;
    bureau();
    station();
    people();
    authorities();
    vault();
    device();
    duties();
    central();
    top_.finish();
    return policy_;
  }

 private:
  Section section(const std::string& name) { return top_.section(name); }

  void bureau() {
    Section in = section("bureau");
    policy_.name = in.text("name", "the bureau's full name");
    policy_.department = in.text("department", "the department that takes evidence");
    policy_.system_name = in.text("system_name", "the name of the evidence system (A-7.3d)");
    policy_.system_owner = in.text("system_owner", "the unit that owns the evidence system (A-7.3d)");
    policy_.root = in.path("root", "the file of the bureau's root certificate", folder_);
    policy_.crl = in.path("crl", "the file of the root's revocation list", folder_);
    policy_.archive = in.path("archive", "the file of the archive's encryption certificate", folder_);
    policy_.ingest = in.path("ingest", "the file of the central server's encryption certificate", folder_, true);
    in.finish();
  }

  void station() {
    Section in = section("station");
    policy_.station = in.text("id", "two capitals, a hyphen, two digits, such as LX-03", is_station);
    policy_.station_certificate = in.path("certificate", "the file of the station's certificate", folder_);
    policy_.station_key = in.path("key", "the file of the station's key (PKCS#12)", folder_);
    policy_.station_passphrase = in.path("passphrase_file", "the file that holds the passphrase of the station's key", folder_);
    in.finish();
  }

  void people() {
    Section in = section("people");
    policy_.people = in.path("folder", "the folder with the officers' certificates", folder_);
    policy_.state = in.path("state", "the folder where wrong passphrases are remembered", folder_);
    policy_.idle_lock_minutes = static_cast<int>(in.number("idle_lock_minutes", 1, 240));
    policy_.expiry_warning_days = static_cast<int>(in.number("expiry_warning_days", 1, 366));
    in.finish();
  }

  void authorities() {
    const Value* list = top_.find("authority", "at least one section [[authority]], a time-stamp authority", false);
    if (list == nullptr) return;
    if (!list->is_array()) return top_.problem(toml_line_of(*list), "authority", "is " + std::string(toml_type_name(*list)) + "; expected: [[authority]], with two brackets");
    const auto& values = list->as_array();
    if (values.empty() || values.size() > kMaxAuthorities)
      return top_.problem(toml_line_of(*list), "authority", "has " + std::to_string(values.size()) + " entries; expected: 1 to 8");
    std::set<std::string> names, urls;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::string name = "authority[" + std::to_string(i + 1) + "]";
      if (!values[i].is_table()) {
        top_.problem(toml_line_of(values[i]), name, "is " + std::string(toml_type_name(values[i])) + "; expected: a section [[authority]]");
        continue;
      }
      Section in(&values[i], name, toml_line_of(values[i]), {out_.problems, out_.lines});
      PolicyAuthority one;
      one.name = in.text("name", "the authority's name, as the report prints it");
      one.url = in.text("url", "an address that begins with http:// or https://", is_url);
      one.root = in.path("root", "the file of the authority's root certificate", folder_);
      one.policy_oid = in.text("policy_oid", "a policy identifier such as 1.3.6.1.4.1.32473.2", is_oid, true);
      if (!one.name.empty() && !names.insert(one.name).second) in.problem(out_.lines[name + ".name"], "name", "is that of another authority");
      if (!one.url.empty() && !urls.insert(one.url).second) in.problem(out_.lines[name + ".url"], "url", "is that of another authority");
      in.finish();
      policy_.authorities.push_back(std::move(one));
    }
  }

  void vault() {
    Section in = section("vault");
    policy_.min_free_bytes = static_cast<std::uint64_t>(in.number("min_free_gib", 1, 100'000)) << 30;
    policy_.second_copy = in.path("second_copy", "the folder of the second copy, on another disk", folder_, true);
    policy_.retention_months = static_cast<int>(in.number("retention_months", 1, 1200));
    policy_.automatic_days = static_cast<int>(in.number("automatic_days", 30, 36'500, true));
    in.finish();
  }

  // The whole section may be left out: then only upstream's own servers are accepted.
  void device() {
    if (!root_.as_table().contains("device")) return static_cast<void>(top_.find("device", "", true));
    Section in = section("device");
    const char* expected = "a list of SHA-256 digests, 64 hex digits in lower case each";
    const Value* list = in.find("scrcpy_server_sha256", expected, true);
    if (list != nullptr) digests(in, *list, expected);
    policy_.scrcpy_server_folder = in.path("scrcpy_server_folder", "the folder with scrcpy's server file", folder_, true);
    policy_.app_baseline = in.path("app_baseline", "the file with the certificates of apps", folder_, true);
    if (in.find("node_trust", kBadgesExpected, true) != nullptr) policy_.node_trust = badges(in, "node_trust");
    in.finish();
  }

  void digests(Section& in, const Value& list, const char* expected) {
    if (!list.is_array()) return in.problem(toml_line_of(list), "scrcpy_server_sha256", "is " + std::string(toml_type_name(list)) + "; expected: " + expected);
    if (list.as_array().size() > kMaxDigests) return in.problem(toml_line_of(list), "scrcpy_server_sha256", "has more than 64 entries");
    for (const Value& one : list.as_array()) {
      std::string digest = in.text_of(one, "scrcpy_server_sha256", expected);
      if (digest.empty()) continue;
      if (!is_hex64(digest)) in.problem(toml_line_of(one), "scrcpy_server_sha256", "\"" + digest + "\" is no digest; expected: " + expected);
      else policy_.scrcpy_server_sha256.push_back(std::move(digest));
    }
  }

  // The whole section may be left out: then every officer does everything that comes to the desk. Once it is there all six stand in it, so that
  // nobody gets or loses a duty by a line that was forgotten.
  void duties() {
    if (!root_.as_table().contains("duties")) return static_cast<void>(top_.find("duties", "", true));
    Section in = section("duties");
    policy_.duties.emplace();
    for (const auto duty : kPolicyDuties) (*policy_.duties)[std::string(duty)] = badges(in, std::string(duty));
    in.finish();
  }

  // The whole section may be left out: then nothing is sent anywhere.
  void central() {
    if (!root_.as_table().contains("central")) return static_cast<void>(top_.find("central", "", true));
    policy_.central = central_in(section("central"), folder_);
  }

  std::vector<std::string> badges(Section& in, const std::string& key) {
    const char* expected = kBadgesExpected;
    std::vector<std::string> out;
    const Value* list = in.find(key, expected, false);
    if (list == nullptr) return out;
    if (!list->is_array()) return in.problem(toml_line_of(*list), key, "is " + std::string(toml_type_name(*list)) + "; expected: " + expected), out;
    if (list->as_array().size() > kMaxBadges) return in.problem(toml_line_of(*list), key, "has more than 1000 entries"), out;
    std::set<std::string> told;
    for (const Value& one : list->as_array()) {
      std::string badge = in.text_of(one, key, expected);
      if (badge.empty()) continue;
      if (badge == kEveryOfficer && list->as_array().size() > 1) in.problem(toml_line_of(one), key, "names every officer, \"*\", and others beside it; expected: " + std::string(expected));
      else if (!told.insert(badge).second) in.problem(toml_line_of(one), key, "names \"" + badge + "\" twice");
      else out.push_back(std::move(badge));
    }
    return out;
  }

  Section top_;
  const Value& root_;
  const fs::path folder_;
  PolicyReading& out_;
  Policy policy_;
};

// The files that a policy names and that a person may have forgotten to put there.
std::vector<PolicyProblem> absent_files(const PolicyReading& reading) {
  const Policy& policy = *reading.policy;
  std::vector<PolicyProblem> out;
  const auto look = [&](const std::string& key, const fs::path& path, bool folder) {
    std::error_code ec;
    if (path.empty() || (folder ? fs::is_directory(path, ec) : fs::is_regular_file(path, ec))) return;
    const auto line = reading.lines.find(key);
    out.push_back({line == reading.lines.end() ? 0 : line->second, key,
                   (folder ? "there is no folder " : "there is no file ") + path.string()});
  };
  look("bureau.root", policy.root, false);
  look("bureau.crl", policy.crl, false);
  look("bureau.archive", policy.archive, false);
  look("bureau.ingest", policy.ingest, false);
  look("station.certificate", policy.station_certificate, false);
  look("station.key", policy.station_key, false);
  look("station.passphrase_file", policy.station_passphrase, false);
  look("people.folder", policy.people, true);
  look("vault.second_copy", policy.second_copy, true);
  look("device.app_baseline", policy.app_baseline, false);
  if (policy.central) look("central.certificate", policy.central->certificate, false);
  for (std::size_t i = 0; i < policy.authorities.size(); ++i)
    look("authority[" + std::to_string(i + 1) + "].root", policy.authorities[i].root, false);
  return out;
}

}  // namespace

PolicyReading parse_policy(std::string_view text, const fs::path& folder) {
  PolicyReading out;
  if (const auto root = toml_root(text, {out.problems, out.lines})) out.policy = Parser(*root, folder, out).run();
  sort_by_line(out.problems);
  if (!out.problems.empty()) out.policy.reset();
  return out;
}

std::string problems_text(const fs::path& file, const std::vector<PolicyProblem>& problems) {
  std::string out;
  for (const auto& problem : problems) {
    out += (out.empty() ? "" : "\n") + file.string() + ":" + (problem.line > 0 ? std::to_string(problem.line) + ":" : "");
    out += (problem.key.empty() ? "" : " " + problem.key) + " " + problem.what;
  }
  return out;
}

Result<Policy> read_policy(const fs::path& given) {
  std::error_code ec;
  const fs::path file = fs::absolute(given, ec).lexically_normal();
  const auto text = read_text(file, kMaxTomlBytes + 1);
  if (!text) return fail(text.error().in("policy file"));
  auto reading = parse_policy(*text, file.parent_path());
  if (reading.policy) {
    reading.problems = absent_files(reading);
    sort_by_line(reading.problems);
  }
  if (!reading.problems.empty()) return fail(ErrorKind::Invalid, problems_text(file, reading.problems));
  reading.policy->file = file;
  return std::move(*reading.policy);
}

Result<std::optional<PolicyCentral>> read_central(const fs::path& given) {
  std::error_code ec;
  const fs::path file = fs::absolute(given, ec).lexically_normal();
  if (!fs::exists(file, ec) && !ec) return std::optional<PolicyCentral>();
  const auto text = read_text(file, kMaxTomlBytes + 1);
  if (!text) return fail(text.error().in("file of the central system"));
  PolicyReading reading;
  std::optional<PolicyCentral> out;
  if (const auto root = toml_root(*text, {reading.problems, reading.lines})) {
    Section top(&*root, "", 1, {reading.problems, reading.lines});
    if (top.number("version", 1, 1) == 1) out = central_in(top.section("central"), file.parent_path());
    top.finish();
    if (!root->as_table().contains("central")) reading.problems.push_back({1, "central", "is missing; expected: a section, [central]"});
  }
  if (out && reading.problems.empty() && !fs::is_regular_file(out->certificate, ec)) reading.problems.push_back({reading.lines["central.certificate"], "central.certificate", "there is no file " + out->certificate.string()});
  sort_by_line(reading.problems);
  if (!reading.problems.empty()) return fail(ErrorKind::Invalid, problems_text(file, reading.problems));
  return out;
}

bool may_trust_nodes(const Policy* policy, std::string_view badge) {
  if (badge.empty()) return false;
  if (policy == nullptr || !policy->node_trust) return true;
  return std::any_of(policy->node_trust->begin(), policy->node_trust->end(), [&](const std::string& each) { return each == kEveryOfficer || each == badge; });
}

}  // namespace guzheng
