#include "core/identity/policy.h"

#include <algorithm>
#include <set>
#include <sstream>
#include <toml.hpp>

#include "core/base/bytes.h"
#include "core/base/file.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

using Value = toml::value;

constexpr std::uint64_t kMaxBytes = 64 * 1024;
constexpr std::size_t kMaxLine = 4096, kMaxDepth = 32, kMaxText = 400;
constexpr const char* kBadgesExpected = "a list of badges, [\"*\"] for every officer, [] for nobody";
constexpr std::size_t kMaxAuthorities = 8, kMaxDigests = 64, kMaxBadges = 1000, kMaxProblems = 100;

std::string_view type_name(const Value& value) {
  switch (value.type()) {
    case toml::value_t::boolean: return "true or false";
    case toml::value_t::integer: return "a whole number";
    case toml::value_t::floating: return "a number with a point";
    case toml::value_t::string: return "text";
    case toml::value_t::array: return "a list";
    case toml::value_t::table: return "a section";
    default: return "a date or time";
  }
}

int line_of(const Value& value) { return static_cast<int>(value.location().line()); }

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
bool is_plain(std::string_view text) {      // printable on one line
  return std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

// One table being read: every key that is asked for is known, what is left at the end is not.
class Section {
 public:
  Section(const Value* table, std::string name, int line, PolicyReading& out) : table_(table), name_(std::move(name)), line_(line), out_(out) {}

  [[nodiscard]] int line() const { return line_; }
  void problem(int line, const std::string& key, std::string what) const { out_.problems.push_back({line, full(key), std::move(what)}); }

  // The value of a key that must be there unless it is optional, with its line remembered; null: told or left out.
  const Value* find(const std::string& key, const char* expected, bool optional) {
    known_.insert(key);
    if (table_ == nullptr) {
      if (!optional) problem(line_, key, std::string("is missing; expected: ") + expected);
      return nullptr;
    }
    const auto& values = table_->as_table();
    const auto it = values.find(key);
    if (it == values.end()) {
      if (!optional) problem(line_, key, std::string("is missing; expected: ") + expected);
      return nullptr;
    }
    out_.lines[full(key)] = line_of(it->second);
    return &it->second;
  }

  std::string text(const std::string& key, const char* expected, bool optional = false) {
    const Value* value = find(key, expected, optional);
    if (value == nullptr) return {};
    return text_of(*value, key, expected);
  }

  std::string text_of(const Value& value, const std::string& key, const char* expected) const {
    if (!value.is_string()) return problem(line_of(value), key, std::string("is ") + std::string(type_name(value)) + "; expected: " + expected), "";
    const std::string& text = value.as_string().str;
    if (text.empty()) return problem(line_of(value), key, std::string("is empty; expected: ") + expected), "";
    if (text.size() > kMaxText) return problem(line_of(value), key, "is longer than 400 bytes"), "";
    if (!is_plain(text)) return problem(line_of(value), key, "holds a control character"), "";
    return text;
  }

  template <typename Holds>
  std::string text(const std::string& key, const char* expected, Holds holds, bool optional = false) {
    std::string found = text(key, expected, optional);
    if (!found.empty() && !holds(found)) problem(out_.lines[full(key)], key, "is \"" + found + "\"; expected: " + expected);
    return found;
  }

  fs::path path(const std::string& key, const char* expected, const fs::path& folder, bool optional = false) {
    const std::string found = text(key, expected, optional);
    return found.empty() ? fs::path() : (folder / found).lexically_normal();
  }

  // One that is left out is `from`.
  std::int64_t number(const std::string& key, std::int64_t from, std::int64_t to, bool optional = false) {
    const std::string expected = "a whole number from " + std::to_string(from) + " to " + std::to_string(to);
    const Value* value = find(key, expected.c_str(), optional);
    if (value == nullptr) return from;
    if (!value->is_integer()) return problem(line_of(*value), key, "is " + std::string(type_name(*value)) + "; expected: " + expected), from;
    const std::int64_t found = value->as_integer();
    if (found < from || found > to) return problem(line_of(*value), key, "is " + std::to_string(found) + "; expected: " + expected), from;
    return found;
  }

  void finish() {
    if (table_ == nullptr) return;
    for (const auto& [key, value] : table_->as_table()) {
      if (known_.contains(key) || out_.problems.size() >= kMaxProblems) continue;
      std::string names;
      for (const auto& name : known_) names += (names.empty() ? "" : ", ") + name;
      out_.problems.push_back({line_of(value), full(key.substr(0, 60)), "is not known here; expected: one of " + names});
    }
  }

 private:
  [[nodiscard]] std::string full(const std::string& key) const { return name_.empty() ? key : key.empty() ? name_ : name_ + "." + key; }
  const Value* table_;
  std::string name_;
  int line_;
  PolicyReading& out_;
  std::set<std::string> known_;
};

class Parser {
 public:
  Parser(const Value& root, fs::path folder, PolicyReading& out) : top_(&root, "", 1, out), root_(root), folder_(std::move(folder)), out_(out) {}

  Policy run() {
    if (top_.number("version", 1, 1) != 1) return policy_;
    bureau();
    station();
    people();
    authorities();
    vault();
    device();
    duties();
    top_.finish();
    return policy_;
  }

 private:
  // A missing section is told once, by the keys it should hold.
  Section section(const std::string& name) {
    const Value* value = top_.find(name, "a section", true);
    if (value != nullptr && !value->is_table()) {
      top_.problem(line_of(*value), name, "is " + std::string(type_name(*value)) + "; expected: a section, [" + name + "]");
      value = nullptr;
    }
    return {value, name, value != nullptr ? line_of(*value) : 0, out_};
  }

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
    if (!list->is_array()) return top_.problem(line_of(*list), "authority", "is " + std::string(type_name(*list)) + "; expected: [[authority]], with two brackets");
    const auto& values = list->as_array();
    if (values.empty() || values.size() > kMaxAuthorities)
      return top_.problem(line_of(*list), "authority", "has " + std::to_string(values.size()) + " entries; expected: 1 to 8");
    std::set<std::string> names, urls;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::string name = "authority[" + std::to_string(i + 1) + "]";
      if (!values[i].is_table()) {
        top_.problem(line_of(values[i]), name, "is " + std::string(type_name(values[i])) + "; expected: a section [[authority]]");
        continue;
      }
      Section in(&values[i], name, line_of(values[i]), out_);
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
    if (!list.is_array()) return in.problem(line_of(list), "scrcpy_server_sha256", "is " + std::string(type_name(list)) + "; expected: " + expected);
    if (list.as_array().size() > kMaxDigests) return in.problem(line_of(list), "scrcpy_server_sha256", "has more than 64 entries");
    for (const Value& one : list.as_array()) {
      std::string digest = in.text_of(one, "scrcpy_server_sha256", expected);
      if (digest.empty()) continue;
      if (!is_hex64(digest)) in.problem(line_of(one), "scrcpy_server_sha256", "\"" + digest + "\" is no digest; expected: " + expected);
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

  std::vector<std::string> badges(Section& in, const std::string& key) {
    const char* expected = kBadgesExpected;
    std::vector<std::string> out;
    const Value* list = in.find(key, expected, false);
    if (list == nullptr) return out;
    if (!list->is_array()) return in.problem(line_of(*list), key, "is " + std::string(type_name(*list)) + "; expected: " + expected), out;
    if (list->as_array().size() > kMaxBadges) return in.problem(line_of(*list), key, "has more than 1000 entries"), out;
    std::set<std::string> told;
    for (const Value& one : list->as_array()) {
      std::string badge = in.text_of(one, key, expected);
      if (badge.empty()) continue;
      if (badge == kEveryOfficer && list->as_array().size() > 1) in.problem(line_of(one), key, "names every officer, \"*\", and others beside it; expected: " + std::string(expected));
      else if (!told.insert(badge).second) in.problem(line_of(one), key, "names \"" + badge + "\" twice");
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

// toml11 3.7 runs outside its buffer at bytes that are no UTF-8, recurses over nesting at the first line that is no TOML: both are bounded here.
std::optional<PolicyProblem> unreadable(std::string_view text) {
  if (text.size() > kMaxBytes) return PolicyProblem{0, "", "is larger than 64 KiB"};
  std::size_t depth = 0;
  int number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    ++number;
    if (line.size() > kMaxLine) return PolicyProblem{number, "", "is longer than 4096 bytes"};
    if (!is_utf8(line)) return PolicyProblem{number, "", "holds bytes that are no UTF-8"};
    for (const char c : line) {
      if (c == '\0') return PolicyProblem{number, "", "holds a zero byte: not a text file"};
      if (c == '[' || c == '{') ++depth;
      if ((c == ']' || c == '}') && depth > 0) --depth;
      if (depth > kMaxDepth) return PolicyProblem{number, "", "is nested too deeply"};
    }
  }
  return std::nullopt;
}

// "…expected newline…" of a message of many lines: the first, without the library's tag.
std::string first_line(std::string what) {
  what = what.substr(0, what.find('\n'));
  if (const auto tag = what.find("[error] "); tag != what.npos) what = what.substr(tag + 8);
  return "is no TOML: " + what;
}

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
  for (std::size_t i = 0; i < policy.authorities.size(); ++i)
    look("authority[" + std::to_string(i + 1) + "].root", policy.authorities[i].root, false);
  return out;
}

void sort_by_line(std::vector<PolicyProblem>& problems) {
  std::stable_sort(problems.begin(), problems.end(), [](const auto& a, const auto& b) { return std::tie(a.line, a.key) < std::tie(b.line, b.key); });
}

}  // namespace

PolicyReading parse_policy(std::string_view text, const fs::path& folder) {
  PolicyReading out;
  if (auto problem = unreadable(text)) {
    out.problems.push_back(std::move(*problem));
    return out;
  }
  try {
    std::istringstream in{std::string(text)};
    const Value root = toml::parse(in, "policy");
    if (!root.is_table()) out.problems.push_back({0, "", "is no table"});
    else out.policy = Parser(root, folder, out).run();
  } catch (const toml::exception& error) {
    out.problems.push_back({static_cast<int>(error.location().line()), "", first_line(error.what())});
  } catch (const std::exception& error) {
    out.problems.push_back({0, "", first_line(error.what())});
  }
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
  const auto text = read_text(file, kMaxBytes + 1);
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

bool may_trust_nodes(const Policy* policy, std::string_view badge) {
  if (badge.empty()) return false;
  if (policy == nullptr || !policy->node_trust) return true;
  return std::any_of(policy->node_trust->begin(), policy->node_trust->end(), [&](const std::string& each) { return each == kEveryOfficer || each == badge; });
}

}  // namespace guzheng
