#include "app/guzheng/options.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <filesystem>
#include <iostream>

namespace guzheng {
namespace {

constexpr const char* kAbout = R"(固证 guzheng: the evidence workstation (window).

With a policy file (--policy FILE, else /etc/guzheng/policy.toml when it is there) officers of that bureau log in. Without one it
opens the practice desk (练习): a practice bureau with two officers, an adb server of its own and the training phone, all on this
computer. Nothing taken there is evidence. A policy with mistakes is told with its lines and never replaced by practice.)";

constexpr const char* kMore = R"(ENVIRONMENT
  GUZHENG_HOME    where the practice desk lives (default ~/.local/share/guzheng/practice)
  GUZHENG_LOG     debug, info, warn or error: what is written to standard error

KEYS
  F1 in the window lists them all.

EXAMPLES
  guzheng
  guzheng --policy /srv/bureau/station/policy.toml
  guzheng --practice
  guzheng --lang en --page evidence
  guzheng --adb 127.0.0.1:5037 --vault /srv/evidence)";

namespace fs = std::filesystem;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

fs::path home_folder() {
  if (const auto set = environment("GUZHENG_HOME"); !set.empty()) return set;
  const auto data = environment("XDG_DATA_HOME");
  return (data.empty() ? fs::path(environment("HOME")) / ".local/share" : fs::path(data)) / "guzheng/practice";
}

// Installed: beside the programs; in a build tree: where the source keeps it.
fs::path practice_server(const fs::path& programs) {
  std::error_code ignored;
  for (const auto& place : {programs / "scrcpy-server-practice.jar", programs / "../share/guzheng/training/scrcpy-server-practice.jar"}) {
    if (fs::exists(place, ignored)) return place;
  }
  return GUZHENG_PRACTICE_SERVER;
}

bool read_address(const std::string& text, DeskOptions& out) {
  const auto colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) return false;
  const auto port = std::strtoul(text.c_str() + colon + 1, nullptr, 10);
  if (port == 0 || port > 65535) return false;
  out.adb_host = text.substr(0, colon);
  out.adb_port = static_cast<std::uint16_t>(port);
  return true;
}

}  // namespace

Parsed parse_options(int argc, char** argv) {
  Parsed out;
  CLI::App app(kAbout, "guzheng");
  app.footer(kMore);
  std::string vault, adb, language, policy;
  bool practice = false;
  auto* given = app.add_option("--policy", policy, "policy file of this station (default /etc/guzheng/policy.toml when it is there)");
  app.add_flag("--practice", practice, "the practice desk, also when there is a policy")->excludes(given);
  app.add_option("--vault", vault, "folder of the evidence vault");
  app.add_option("--adb", adb, "HOST:PORT of an adb server: of this computer its phones only, no training phone is started (nodes are listed all the same)");
  app.add_option("--lang", language, "zh or en (default: by LANG, else zh)")->check(CLI::IsMember({"zh", "en"}));
  app.add_option("--page", out.options.page, "page to open: home, subjects, tasks, capture, evidence, log, nodes or settings")->check(CLI::IsMember({"home", "subjects", "tasks", "capture", "evidence", "log", "nodes", "settings"}));
  app.set_version_flag("--version", GUZHENG_VERSION);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    out.exit_code = app.exit(error) == 0 ? 0 : 1;
    return out;
  }
  auto& desk = out.options.desk;
  if (!adb.empty() && !read_address(adb, desk)) {
    std::cerr << "--adb: " << adb << " is not HOST:PORT\n";
    out.exit_code = 1;
    return out;
  }
  std::error_code ignored;
  desk.programs = fs::read_symlink("/proc/self/exe", ignored).parent_path();
  desk.home = home_folder();
  if (!policy.empty()) desk.policy = fs::absolute(policy, ignored);
  // there, though perhaps unreadable: then that is said, and nobody practises by mistake
  else if (!practice && fs::symlink_status(fs::path(kPolicyFile), ignored).type() != fs::file_type::not_found) desk.policy = kPolicyFile;
  desk.vault = vault;
  desk.practice_server = practice_server(desk.programs);
  desk.version = GUZHENG_VERSION;
  const auto locale = environment("LC_ALL").empty() ? environment("LANG") : environment("LC_ALL");
  out.options.language = !language.empty() ? language : locale.starts_with("en_") ? "en" : "zh";
  return out;
}

}  // namespace guzheng
