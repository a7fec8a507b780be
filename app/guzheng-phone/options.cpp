#include "options.h"

#include <CLI/CLI.hpp>
#include <regex>

using namespace guzheng::training;

namespace {
constexpr const char* kAbout = R"(guzheng-phone: the training phone (练习手机).

A program that a real adb server takes for an Android 14 phone and that scrcpy clients (server versions 3.0 to 3.3.4, 4.0,
4.1) show and control. It holds one app, 练习商城 (cn.guzheng.mall), with nothing but invented shops and goods. Evidence
taken from it is practice: the phone says so in its properties (ro.guzheng.training=1, model TrainingPhone).

It listens on 127.0.0.1 only and prints one line when it is ready:
    listening 127.0.0.1:PORT serial SERIAL
Then:   adb connect 127.0.0.1:PORT)";

constexpr const char* kMore = R"(FILES
  STATE/adb_keys       public keys of computers that were allowed, one a line
  --paint-log FILE     "COUNTER MONOTONIC_US PTS_US" for each painted picture, written before it is encoded
  --packet-log FILE    "PTS_US SIZE KEY SHA256" for each video packet sent: KEY is 1, 0, or the word config
                       (parameter sets; PTS_US is then 0); SIZE and SHA256 are of the packet without its 12-byte header

EXIT CODES
  0  stopped as asked     1  wrong usage     2  could not start (port taken, file not writable, …)

EXAMPLES
  guzheng-phone --port 16001 --state ~/.local/share/guzheng/phone
  guzheng-phone --vpn --proxy --battery 9 --storage-full        a phone that should fail the environment check
  guzheng-phone --scene counter --fps 60 --size 1080x2400 --paint-log paint.txt
  guzheng-phone --cut-after 20 --cut-for 0                      unplugged for good 20 s after the first computer came)";

bool read_size(const std::string& text, Switches& switches) {
  static const std::regex form("([0-9]{2,5})x([0-9]{2,5})");
  std::smatch found;
  if (!std::regex_match(text, found, form)) return false;
  switches.width = std::stoi(found[1]);
  switches.height = std::stoi(found[2]);
  const auto fits = [](int side) { return side >= 240 && side <= 4096 && side % 2 == 0; };
  return fits(switches.width) && fits(switches.height);
}

struct RawOptions {
  std::string size = "720x1280", scene = "mall", persona = "newcomer";
  std::vector<std::string> auth = {"approve"};
  double clock_offset_s = 0;
  bool wifi = false, mobile = false;
};

void add_phone(CLI::App& app, PhoneOptions& out, RawOptions& raw) {
  auto& s = out.switches;
  const auto group = [&app](const char* name) { return app.add_option_group(name)->group(name); };
  auto* connection = group("CONNECTION");
  connection->add_option("--port", out.port, "TCP port on 127.0.0.1; 0 lets the system choose")->capture_default_str();
  connection->add_option("--serial", s.serial, "serial number")->capture_default_str();
  connection->add_option("--auth", raw.auth, "computers with an unknown key: approve (remembered), deny, or keys FILE")->expected(1, 2)->capture_default_str();
  connection->add_option("--state", out.state, "folder that keeps approved keys");
  connection->add_option("--slow", out.bytes_per_second, "send no more than this many bytes a second")->check(CLI::PositiveNumber);
  connection->add_option("--cut-after", out.cut_after_s, "drop the connection once, this many seconds after start")->check(CLI::PositiveNumber);
  connection->add_option("--cut-for", out.cut_for_s, "seconds for which nobody gets in after the cut; 0: for good")->check(CLI::NonNegativeNumber)->capture_default_str();
  connection->add_option("--stop-after", out.stop_after_s, "end by itself after this many seconds")->check(CLI::PositiveNumber);

  auto* screen = group("SCREEN");
  screen->add_option("--size", raw.size, "WIDTHxHEIGHT in pixels, upright, even numbers from 240 to 4096")->capture_default_str();
  screen->add_option("--fps", s.fps, "pictures a second at most")->check(CLI::Range(1, 120))->capture_default_str();
  screen->add_option("--scene", raw.scene, "mall, counter (frame number as blocks, see core/training/screen/counter.h), taps (the same blocks, counting touches), scroll, live")->check(CLI::IsMember({"mall", "counter", "taps", "scroll", "live"}))->capture_default_str();
  screen->add_option("--persona", raw.persona, "whom the mall takes its user for: newcomer, or regular (dearer, another order of the goods)")->check(CLI::IsMember({"newcomer", "regular"}))->capture_default_str();
  screen->add_flag("--rotate", s.landscape, "start turned to landscape");
  screen->add_flag("--secure-page", s.secure_page, "the app's pages are black in stream and screenshot (FLAG_SECURE)");
  screen->add_option("--repeat-frames", s.repeat_frames, "how often an unchanged picture is sent again, every 100 ms; -1: without end")->capture_default_str();
  screen->add_option("--screencap-delay", s.screencap_delay_ms, "milliseconds before screencap answers")->check(CLI::NonNegativeNumber);
  screen->add_option("--hierarchy-delay", s.hierarchy_delay_ms, "milliseconds before uiautomator answers")->check(CLI::NonNegativeNumber);
  screen->add_flag("--no-audio", s.no_audio, "gives no sound, as Android before 11");
  screen->add_flag("--hierarchy-fail", s.hierarchy_fail, "uiautomator never gets an idle state");
  screen->add_option("--paint-log", s.paint_log, "append a line for each painted picture");
  screen->add_option("--packet-log", s.packet_log, "append a line for each video packet sent");

  auto* bad = group("A BAD PHONE");
  bad->add_flag("--rooted", s.rooted, "su, test keys, unlocked boot loader");
  bad->add_flag("--vpn", s.vpn, "a VPN is on");
  bad->add_flag("--proxy", s.proxy, "an HTTP proxy is set");
  bad->add_flag("--wifi-proxy", s.wifi_proxy, "an HTTP proxy is set for this Wi-Fi alone");
  bad->add_flag("--root-shell", s.root_shell, "adb's shell is root's");
  bad->add_flag("--root-manager", s.root_manager, "a program that hands out root is installed, without a su in sight");
  bad->add_flag("--manual-time", s.manual_time, "the clock is set by hand");
  bad->add_flag("--mock-location", s.mock_location, "an app says where the phone is");
  bad->add_flag("--resized", s.resized, "the screen's size is overridden");
  bad->add_flag("--own-keys", s.own_keys, "the system is signed by test keys");
  bad->add_flag("--foreign-ca", s.foreign_ca, "a certificate authority added by the user");
  bad->add_flag("--offline", s.offline, "no network at all");
  bad->add_flag("--bad-hosts", s.bad_hosts, "/system/etc/hosts sends a shop to another server");
  bad->add_flag("--emulator", s.emulator, "properties of Android's emulator");
  bad->add_flag("--fake-signature", s.fake_signature, "the app is signed by somebody else");
  bad->add_flag("--storage-full", s.storage_full, "no room on /data");
  bad->add_option("--battery", s.battery, "percent")->check(CLI::Range(0, 100))->capture_default_str();
  bad->add_option("--clock-offset", raw.clock_offset_s, "seconds that the phone's clock is ahead (negative: behind)");
  auto* wifi = bad->add_flag("--wifi", raw.wifi, "on Wi-Fi (as without this switch)");
  bad->add_flag("--mobile", raw.mobile, "on mobile data")->excludes(wifi);
}

std::string take_raw(PhoneOptions& out, const RawOptions& raw) {
  auto& s = out.switches;
  if (!read_size(raw.size, s)) return "--size: WIDTHxHEIGHT, even numbers from 240 to 4096, such as 1080x2400";
  static const std::map<std::string, Scene> scenes = {{"mall", Scene::Mall}, {"counter", Scene::Counter}, {"taps", Scene::Taps}, {"scroll", Scene::Scroll}, {"live", Scene::Live}};
  s.scene = scenes.at(raw.scene);
  s.persona = raw.persona == "regular" ? Persona::Regular : Persona::Newcomer;
  s.network = raw.mobile ? Network::Mobile : Network::Wifi;
  s.clock_offset_ms = static_cast<std::int64_t>(raw.clock_offset_s * 1000);
  const auto& mode = raw.auth.front();
  if (mode == "keys" && raw.auth.size() == 2) out.auth = AuthMode::Keys, out.auth_keys = raw.auth[1];
  else if (mode == "deny" && raw.auth.size() == 1) out.auth = AuthMode::Deny;
  else if (mode == "approve" && raw.auth.size() == 1) out.auth = AuthMode::Approve;
  else return "--auth: approve, deny, or keys FILE";
  return {};
}
}  // namespace

std::optional<PhoneOptions> read_options(int argc, char** argv, int& code) {
  CLI::App app(kAbout, "guzheng-phone");
  app.footer(kMore);
  app.get_formatter()->column_width(30);
  PhoneOptions out;
  RawOptions raw;
  add_phone(app, out, raw);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    code = app.exit(error) == 0 ? 0 : 1;
    return std::nullopt;
  }
  if (const auto wrong = take_raw(out, raw); !wrong.empty()) {
    std::cerr << wrong << "\n";
    code = 1;
    return std::nullopt;
  }
  return out;
}
