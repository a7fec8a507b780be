// What is seen and touched: screencap uiautomator input am pm cmd wm app_process monkey
#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <thread>

#include "core/training/scrcpy/server.h"
#include "core/training/shell/interpreter.h"

namespace guzheng::training {

namespace {
constexpr const char* kMall = "cn.guzheng.mall";

void wait_ms(const Call& call, int ms) {
  for (int left = ms; left > 0 && !(call.io.stopped && call.io.stopped()); left -= 20)
    std::this_thread::sleep_for(std::chrono::milliseconds(std::min(left, 20)));
}

bool to_number(const std::string& text, double& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

int do_screencap(Call& call) {
  wait_ms(call, call.phone.switches.screencap_delay_ms);
  const auto frame = call.phone.screen.frame();
  const auto png = PhoneScreen::png(*frame);
  if (!png) return call.err("Error: " + png.error().what + "\n"), 1;
  std::string path;
  for (std::size_t i = 1; i < call.args.size(); ++i)
    if (!call.args[i].starts_with('-')) path = call.args[i];
  if (path.empty()) {
    call.out(as_text(*png));
    return 0;
  }
  const auto status = call.phone.files.write(path, *png, 0600, call.phone.clock.wall().ms / 1000);
  if (!status) return call.err(fmt::format("Error opening file: {} ({})\n", path, to_text(status.error()))), 1;
  return 0;
}

int do_uiautomator(Call& call) {
  if (call.arg(1) != "dump") return call.err("Usage: uiautomator <subcommand> [options]\n"), 1;
  std::string path = "/sdcard/window_dump.xml";
  for (std::size_t i = 2; i < call.args.size(); ++i)
    if (!call.args[i].starts_with("--")) path = call.args[i];
  wait_ms(call, call.phone.switches.hierarchy_delay_ms);
  bool idle = !call.phone.switches.hierarchy_fail && call.phone.screen.idle();
  for (int waited = 0; !idle && !call.phone.switches.hierarchy_fail && waited < 3000; waited += 100) {
    wait_ms(call, 100);
    idle = call.phone.screen.idle();
  }
  if (!idle) return call.err("ERROR: could not get idle state.\n"), 0;        // Android's own exit code, too
  const auto xml = call.phone.screen.frame()->hierarchy;
  if (path == "/dev/tty") {
    call.out(xml + "UI hierchary dumped to: /dev/tty\n");                    // spelled as Android spells it
    return 0;
  }
  const auto status = call.phone.files.write(path, to_bytes(xml), 0644, call.phone.clock.wall().ms / 1000);
  if (!status) return call.err(fmt::format("ERROR: {}: {}\n", path, to_text(status.error()))), 1;
  call.out("UI hierchary dumped to: " + path + "\n");
  return 0;
}

int input_swipe(Call& call, std::size_t at) {
  double x1 = 0, y1 = 0, x2 = 0, y2 = 0, ms = 300;
  if (!to_number(call.arg(at), x1) || !to_number(call.arg(at + 1), y1) || !to_number(call.arg(at + 2), x2) || !to_number(call.arg(at + 3), y2))
    return call.err("Error: Invalid arguments for command: swipe\n"), 255;
  if (call.args.size() > at + 4) to_number(call.arg(at + 4), ms);
  auto& screen = call.phone.screen;
  screen.touch(TouchAction::Down, x1, y1);
  const int steps = std::max(1, static_cast<int>(std::min(ms, 10'000.0) / 10));
  for (int i = 1; i <= steps; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    screen.touch(TouchAction::Move, x1 + (x2 - x1) * i / steps, y1 + (y2 - y1) * i / steps);
  }
  screen.touch(TouchAction::Up, x2, y2);
  return 0;
}

int input_keys(Call& call, std::size_t at) {
  static const std::map<std::string, std::uint32_t> names = {
      {"HOME", kKeyHome}, {"BACK", kKeyBack}, {"APP_SWITCH", kKeyAppSwitch}, {"ENTER", kKeyEnter}, {"DEL", kKeyDelete},
      {"PASTE", kKeyPaste}, {"POWER", kKeyPower}, {"WAKEUP", kKeyWakeUp}, {"TAB", 61}, {"DPAD_UP", 19}, {"DPAD_DOWN", 20},
      {"PAGE_UP", 92}, {"PAGE_DOWN", 93}, {"MENU", 82}, {"VOLUME_UP", kKeyVolumeUp}, {"VOLUME_DOWN", kKeyVolumeDown}};
  for (std::size_t i = at; i < call.args.size(); ++i) {
    if (call.args[i].starts_with("--")) continue;
    const auto name = call.args[i].starts_with("KEYCODE_") ? call.args[i].substr(8) : call.args[i];
    double code = 0;
    const auto it = names.find(name);
    if (it != names.end()) code = it->second;
    else if (!to_number(name, code)) return call.err("Error: Unknown keycode: " + call.args[i] + "\n"), 255;
    call.phone.screen.key(KeyAction::Down, static_cast<std::uint32_t>(code));
    call.phone.screen.key(KeyAction::Up, static_cast<std::uint32_t>(code));
  }
  return 0;
}

int do_input(Call& call) {
  std::size_t at = 1;
  if (call.arg(at) == "touchscreen" || call.arg(at) == "keyboard") ++at;
  const auto& what = call.arg(at);
  if (what == "tap") {
    double x = 0, y = 0;
    if (!to_number(call.arg(at + 1), x) || !to_number(call.arg(at + 2), y)) return call.err("Error: Invalid arguments for command: tap\n"), 255;
    call.phone.screen.touch(TouchAction::Down, x, y);
    std::this_thread::sleep_for(std::chrono::milliseconds(40));
    call.phone.screen.touch(TouchAction::Up, x, y);
    return 0;
  }
  if (what == "swipe" || what == "draganddrop") return input_swipe(call, at + 1);
  if (what == "keyevent") return input_keys(call, at + 1);
  if (what == "text") {
    std::string text;
    for (std::size_t i = at + 1; i < call.args.size(); ++i) text += (i > at + 1 ? " " : "") + call.args[i];
    for (auto found = text.find("%s"); found != std::string::npos; found = text.find("%s", found)) text.replace(found, 2, " ");
    for (const char c : text)
      if (static_cast<unsigned char>(c) > 0x7e)          // no key makes a Chinese character: Android answers so
        return call.err("java.lang.NullPointerException: Attempt to get length of null array\n"), 255;
    call.phone.screen.type(text);
    return 0;
  }
  call.err("Error: Unknown command: " + what + "\n");
  return 255;
}

int do_am(Call& call) {
  if (call.arg(1) == "force-stop") return call.arg(2) == kMall ? (call.phone.screen.stop_app(), 0) : 0;
  if (call.arg(1) != "start" && call.arg(1) != "start-activity") return call.err("Unknown command: " + call.arg(1) + "\n"), 255;
  std::string component, package;
  for (std::size_t i = 2; i < call.args.size(); ++i) {
    if (call.args[i] == "-n" || call.args[i] == "-p") component = call.arg(++i);
    else if (call.args[i] == "-a" || call.args[i] == "-c" || call.args[i] == "-d") ++i;
    else if (!call.args[i].starts_with('-')) component = call.args[i];
  }
  package = component.substr(0, component.find('/'));
  const auto start = fmt::format("Starting: Intent {{ cmp={}/.MainActivity }}\n", package);
  if (!call.phone.screen.start_app(package)) {
    call.out(fmt::format("Starting: Intent {{ cmp={} }}\n", component));
    call.err(fmt::format("Error type 3\nError: Activity class {{{}}} does not exist.\n", component));
    return 1;
  }
  call.out(start);
  return 0;
}

std::string base_path(const Phone& phone) { return app_folder(phone.switches) + "/base.apk"; }

int do_pm(Call& call) {
  if (call.arg(1) == "path") {
    if (call.arg(2) != kMall) return 1;
    call.out("package:" + base_path(call.phone) + "\n");
    return 0;
  }
  if (call.arg(1) != "list" || call.arg(2) != "packages") return call.err("Unknown command: " + call.arg(1) + "\n"), 255;
  std::vector<std::string> packages = {"android", "cn.guzheng.mall", "com.android.browser", "com.android.camera2", "com.android.launcher3",
                                       "com.android.settings", "com.android.shell", "com.android.systemui"};
  const bool foreign_only = std::find(call.args.begin(), call.args.end(), "-3") != call.args.end();
  if (foreign_only) packages = {"cn.guzheng.mall"};
  if (call.phone.switches.rooted || call.phone.switches.root_manager) packages.emplace_back("com.topjohnwu.magisk");
  if (call.phone.switches.vpn) packages.emplace_back("com.example.vpn");
  const bool with_file = std::find(call.args.begin(), call.args.end(), "-f") != call.args.end();
  const std::string filter = call.args.size() > 3 && !call.args.back().starts_with('-') ? call.args.back() : "";
  for (const auto& package : packages)
    if (package.find(filter) != std::string::npos)
      call.out("package:" + (with_file && package == kMall ? base_path(call.phone) + "=" : "") + package + "\n");
  return 0;
}

// cmd notification post [-t TITLE] [other flags] TAG TEXT
int post_notification(Call& call) {
  std::string title;
  std::vector<std::string> rest;
  for (std::size_t i = 3; i < call.args.size(); ++i) {
    const auto& arg = call.args[i];
    if (arg == "-t" || arg == "--title") title = call.arg(++i);
    else if (arg == "-i" || arg == "-I" || arg == "-S" || arg == "-c" || arg == "--icon" || arg == "--style") ++i;
    else if (!arg.starts_with('-')) rest.push_back(arg);
  }
  if (rest.size() < 2) return call.out("usage: cmd notification post [flags] <tag> <text>\n"), 0;
  call.phone.screen.post(rest[0], title.empty() ? rest[0] : title, rest[1]);
  call.out("posting:\n  Notification(channel=shell_cmd shortcut=null contentView=null vibrate=null sound=null tick defaults=0x0 "
           "flags=0x0 color=0x00000000 vis=PRIVATE)\n");
  return 0;
}

int do_cmd(Call& call) {
  const auto& service = call.arg(1);
  if (service == "notification" && call.arg(2) == "post") return post_notification(call);
  if (service == "statusbar") {
    if (call.arg(2) == "expand-notifications" || call.arg(2) == "expand-settings") return call.phone.screen.shade(true), 0;
    if (call.arg(2) == "collapse") return call.phone.screen.shade(false), 0;
  }
  if (service == "package") {
    const std::vector<std::string> args(call.args.begin() + 1, call.args.end());
    Call inner{call.phone, args, call.variables, call.piped, call.io, call.out, call.err};
    return do_pm(inner);
  }
  if (service == "activity") {
    const std::vector<std::string> args(call.args.begin() + 1, call.args.end());
    Call inner{call.phone, args, call.variables, call.piped, call.io, call.out, call.err};
    return do_am(inner);
  }
  call.err("cmd: Can't find service: " + service + "\n");
  return 20;
}

int do_wm(Call& call) {
  const auto& s = call.phone.switches;
  if (call.arg(1) == "size") call.out(fmt::format("Physical size: {}x{}\n{}", s.width, s.height, s.resized ? fmt::format("Override size: {}x{}\n", s.width * 2, s.height * 2) : ""));
  else if (call.arg(1) == "density") call.out(fmt::format("Physical density: {}\n", std::min(s.width, s.height) * 160 / 360));
  else return call.err("Unknown command: " + call.arg(1) + "\n"), 255;
  return 0;
}

int do_monkey(Call& call) {
  const auto at = std::find(call.args.begin(), call.args.end(), "-p");
  if (at != call.args.end() && at + 1 != call.args.end() && call.phone.screen.start_app(*(at + 1)))
    return call.out("Events injected: 1\n"), 0;
  call.out("** No activities found to run, monkey aborted.\n");
  return 252;
}

int do_app_process(Call& call) {
  std::size_t at = 1;
  while (at < call.args.size() && (call.args[at].starts_with('-') || call.args[at].starts_with('/'))) ++at;
  const auto path = call.variables.find("CLASSPATH");
  const bool loaded = path != call.variables.end() && call.phone.files.stat(path->second).has_value();
  if (!loaded || call.arg(at) != "com.genymobile.scrcpy.Server") {
    call.err(fmt::format("Error: Could not find or load main class {}\nAborted\n", call.arg(at)));
    return 134;
  }
  const std::vector<std::string> arguments(call.args.begin() + static_cast<std::ptrdiff_t>(at) + 1, call.args.end());
  const auto on_stop = call.io.on_stop ? call.io.on_stop : [](std::function<void()>) {};
  return run_app_process(arguments, call.phone.switches, call.phone.screen, call.phone.sockets, call.phone.clock, call.out, call.err, on_stop);
}
}  // namespace

void add_screen_commands(CommandTable& table) {
  table["screencap"] = do_screencap;
  table["uiautomator"] = do_uiautomator;
  table["input"] = do_input;
  table["am"] = do_am;
  table["pm"] = do_pm;
  table["cmd"] = do_cmd;
  table["wm"] = do_wm;
  table["monkey"] = do_monkey;
  table["app_process"] = do_app_process;
}

}  // namespace guzheng::training
