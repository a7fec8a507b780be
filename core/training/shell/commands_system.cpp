// What the phone says about itself: getprop settings id whoami uname date ip logcat su which ps uptime svc
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/training/shell/interpreter.h"

namespace guzheng::training {

namespace {
int do_getprop(Call& call) {
  for (const auto& [key, value] : call.phone.properties) {
    if (call.args.size() < 2) call.out(fmt::format("[{}]: [{}]\n", key, value));
    else if (key == call.arg(1)) return call.out(value + "\n"), 0;
  }
  if (call.args.size() >= 2) call.out(call.arg(2) + "\n");      // getprop KEY DEFAULT
  return 0;
}

std::string setting(const Switches& s, const std::string& space, const std::string& key) {
  const bool wifi = s.network == Network::Wifi;
  static const std::map<std::string, std::string> fixed = {
      {"global/adb_enabled", "1"},       {"global/airplane_mode_on", "0"},
      {"global/auto_time_zone", "1"},    {"global/device_name", "TrainingPhone"}, {"global/development_settings_enabled", "1"},
      {"global/mobile_data", "1"},       {"global/stay_on_while_plugged_in", "0"}, {"secure/android_id", "0000practice0000"},
      {"secure/default_input_method", "com.android.inputmethod.latin/.LatinIME"}, {"secure/location_mode", "3"},
      {"secure/mock_location", "0"},     {"system/screen_brightness", "102"},     {"system/screen_off_timeout", "1800000"},
      {"system/time_12_24", "24"},       {"system/accelerometer_rotation", "0"}};
  if (space == "global" && key == "auto_time") return s.manual_time ? "0" : "1";
  if (space == "global" && key == "http_proxy") return s.proxy ? "192.168.1.9:8888" : "null";
  if (space == "global" && key == "global_http_proxy_host") return s.proxy ? "192.168.1.9" : "null";
  if (space == "global" && key == "global_http_proxy_port") return s.proxy ? "8888" : "null";
  if (space == "global" && key == "wifi_on") return wifi ? "1" : "0";
  if (space == "secure" && key == "always_on_vpn_app") return s.vpn ? "com.example.vpn" : "null";
  const auto it = fixed.find(space + "/" + key);
  return it == fixed.end() ? "null" : it->second;
}

int do_settings(Call& call) {
  if (call.arg(1) == "get" && call.args.size() >= 4) return call.out(setting(call.phone.switches, call.arg(2), call.arg(3)) + "\n"), 0;
  if (call.arg(1) == "list") {
    for (const char* key : {"adb_enabled", "airplane_mode_on", "auto_time", "http_proxy", "wifi_on"})
      if (const auto value = setting(call.phone.switches, call.arg(2), key); value != "null") call.out(fmt::format("{}={}\n", key, value));
    return 0;
  }
  call.err("Invalid command: settings " + call.arg(1) + "\n");
  return 255;
}

int do_id(Call& call) {
  if (call.phone.switches.root_shell) return call.out("uid=0(root) gid=0(root) groups=0(root),2000(shell) context=u:r:su:s0\n"), 0;
  call.out("uid=2000(shell) gid=2000(shell) groups=2000(shell),1004(input),1007(log),1011(adb),1015(sdcard_rw),1028(sdcard_r),"
           "1078(ext_data_rw),1079(ext_obb_rw),3001(net_bt_admin),3002(net_bt),3003(inet),3006(net_bw_stats),3009(readproc),"
           "3011(uhid),3012(readtracefs) context=u:r:shell:s0\n");
  return 0;
}

// date's own letters on the phone's wall clock, in China's time.
std::string formatted(const Call& call, std::string_view format) {
  const auto wall = call.phone.clock.wall();
  const auto text = format_time(wall);                     // 2026-11-21T14:32:12.043+08:00
  std::string out;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%' || i + 1 >= format.size()) {
      out += format[i];
      continue;
    }
    const char c = format[++i];
    switch (c) {
      case 's': out += std::to_string(wall.ms / 1000); break;
      case 'N': out += fmt::format("{:09}", wall.ms % 1000 * 1'000'000); break;
      case '3': case '6': case '9':
        if (i + 1 < format.size() && format[i + 1] == 'N') {
          ++i;
          out += fmt::format("{:09}", wall.ms % 1000 * 1'000'000).substr(0, static_cast<std::size_t>(c - '0'));
        }
        break;
      case 'Y': out += text.substr(0, 4); break;
      case 'm': out += text.substr(5, 2); break;
      case 'd': out += text.substr(8, 2); break;
      case 'H': out += text.substr(11, 2); break;
      case 'M': out += text.substr(14, 2); break;
      case 'S': out += text.substr(17, 2); break;
      case 'F': out += text.substr(0, 10); break;
      case 'T': out += text.substr(11, 8); break;
      case 'z': out += "+0800"; break;
      case 'Z': out += "CST"; break;
      case '%': out += '%'; break;
      default: out += '?';
    }
  }
  return out;
}

std::string long_date(const Call& call) {
  static const char* days[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};      // 1 January 1970 was a Thursday
  static const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto text = format_time(call.phone.clock.wall());
  const auto day = (call.phone.clock.wall().ms / 1000 + 8 * 3600) / 86400;
  return fmt::format("{} {} {:>2} {} CST {}", days[day % 7], months[std::stoi(text.substr(5, 2)) - 1], std::stoi(text.substr(8, 2)),
                     text.substr(11, 8), text.substr(0, 4));
}

int do_date(Call& call) {
  for (std::size_t i = 1; i < call.args.size(); ++i) {
    if (call.args[i].starts_with('+')) return call.out(formatted(call, std::string_view(call.args[i]).substr(1)) + "\n"), 0;
    if (!call.args[i].starts_with('-')) return call.err("date: cannot set date: Operation not permitted\n"), 1;
  }
  call.out(long_date(call) + "\n");
  return 0;
}

int do_ip(Call& call) {
  const auto& s = call.phone.switches;
  if (call.arg(1).starts_with("ro")) {
    if (s.offline) return 0;
    call.out(s.network == Network::Wifi ? "192.168.1.0/24 dev wlan0 proto kernel scope link src 192.168.1.23 \n"
                                        : "10.61.0.0/16 dev rmnet_data0 proto kernel scope link src 10.61.8.142 \n");
    if (s.vpn) call.out("10.8.0.0/24 dev tun0 proto kernel scope link src 10.8.0.2 \n");
    return 0;
  }
  call.out("1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000\n"
           "    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n"
           "    inet 127.0.0.1/8 scope host lo\n       valid_lft forever preferred_lft forever\n");
  if (s.offline) return 0;
  if (s.network == Network::Wifi)
    call.out("2: wlan0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP group default qlen 3000\n"
             "    link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff\n"
             "    inet 192.168.1.23/24 brd 192.168.1.255 scope global wlan0\n       valid_lft forever preferred_lft forever\n");
  else
    call.out("3: rmnet_data0: <UP,LOWER_UP> mtu 1500 qdisc mq state UNKNOWN group default qlen 1000\n"
             "    link/rawip\n    inet 10.61.8.142/16 scope global rmnet_data0\n       valid_lft forever preferred_lft forever\n");
  if (s.vpn)
    call.out("9: tun0: <POINTOPOINT,UP,LOWER_UP> mtu 1400 qdisc pfifo_fast state UNKNOWN group default qlen 500\n"
             "    link/none\n    inet 10.8.0.2/24 scope global tun0\n       valid_lft forever preferred_lft forever\n");
  return 0;
}

int do_su(Call& call) {
  if (!call.phone.switches.rooted) return call.err("/system/bin/sh: su: inaccessible or not found\n"), 127;
  if (call.arg(1) == "-v") return call.out("26.1:MAGISKSU\n"), 0;
  call.out("uid=0(root) gid=0(root) groups=0(root) context=u:r:magisk:s0\n");
  return 0;
}

int do_which(Call& call) {
  int code = 1;
  for (std::size_t i = 1; i < call.args.size(); ++i) {
    const bool su = call.args[i] == "su";
    if (su ? call.phone.switches.rooted : all_commands().contains(call.args[i])) {
      call.out((su ? "/system/xbin/su" : "/system/bin/" + call.args[i]) + "\n");
      code = 0;
    }
  }
  return code;
}

int do_uptime(Call& call) {
  const auto minutes = (call.phone.clock.monotonic().us - call.phone.booted_us) / 60'000'000;
  call.out(fmt::format(" {} up {}:{:02},  0 users,  load average: 1.20, 1.08, 0.97\n", format_time(call.phone.clock.wall()).substr(11, 8),
                       minutes / 60, minutes % 60));
  return 0;
}

int do_uname(Call& call) {
  call.out(call.arg(1) == "-a" ? "Linux localhost 5.10.177-android13-4-practice #1 SMP PREEMPT Thu Oct 5 08:00:00 UTC 2023 x86_64 Toybox\n"
           : call.arg(1) == "-m" ? "x86_64\n" : call.arg(1) == "-r" ? "5.10.177-android13-4-practice\n" : "Linux\n");
  return 0;
}

int do_ps(Call& call) {
  if (std::find(call.args.begin(), call.args.end(), "USER,NAME") != call.args.end()) {
    call.out("USER           NAME\nroot           init\nsystem         system_server\nu0_a101        com.android.systemui\nu0_a104        com.android.launcher3\n"
             "u0_a166        cn.guzheng.mall\n");
    if (call.phone.switches.vpn) call.out("u0_a188        com.example.vpn\n");
    call.out("shell          sh\nshell          ps\n");
    return 0;
  }
  call.out("USER            PID   PPID        VSZ    RSS WCHAN            ADDR S NAME\n"
           "shell          4021   1322   10834720   3480 0                   0 R ps\n");
  return 0;
}
}  // namespace

void add_system_commands(CommandTable& table) {
  table["getprop"] = do_getprop;
  table["settings"] = do_settings;
  table["id"] = do_id;
  table["whoami"] = [](Call& call) { return call.out("shell\n"), 0; };
  table["uname"] = do_uname;
  table["date"] = do_date;
  table["ip"] = do_ip;
  table["su"] = do_su;
  table["which"] = do_which;
  table["uptime"] = do_uptime;
  table["ps"] = do_ps;
  table["getenforce"] = [](Call& call) { return call.out(call.phone.switches.rooted ? "Permissive\n" : "Enforcing\n"), 0; };
  table["logcat"] = [](Call& call) { return call.out("--------- beginning of main\n"), 0; };
  table["svc"] = [](Call&) { return 0; };
  table["sync"] = [](Call&) { return 0; };
}

}  // namespace guzheng::training
