#include "core/training/phone.h"

#include <algorithm>

#include "core/training/embedded_apk.h"
#include "core/training/screen/content.h"

namespace guzheng::training {

namespace {
constexpr const char* kFingerprint = "Guzheng/practice/training-phone:14/UP1A.231005.007/practice:user/release-keys";
constexpr const char* kFingerprintRooted = "Guzheng/practice/training-phone:14/UP1A.231005.007/practice:userdebug/test-keys";

constexpr const char* kForeignCertificate =
    "-----BEGIN CERTIFICATE-----\n"
    "UHJhY3RpY2Ugb25seTogYSBjZXJ0aWZpY2F0ZSBvZiBhbiBpbnRlcmNlcHRpbmcgcHJveHk=\n"
    "-----END CERTIFICATE-----\n";

void fill(FileTree& files, const Switches& s) {
  files.put_text("/proc/version",
                 "Linux version 5.10.177-android13-4-practice (build-user@build-host) (Android clang version 14.0.7, LLD 14.0.7) "
                 "#1 SMP PREEMPT Thu Oct 5 08:00:00 UTC 2023\n");
  files.put_text("/proc/uptime", "0 0\n");
  files.put_text("/proc/cpuinfo", "processor\t: 0\nmodel name\t: Practice\nHardware\t: training-phone\n");
  const std::string hosts = std::string("127.0.0.1       localhost\n::1             ip6-localhost\n") + (s.bad_hosts ? "203.0.113.9     mall.example.cn\n" : "");
  files.put_text("/system/etc/hosts", hosts);
  files.put_text("/etc/hosts", hosts);
  files.put_text("/system/build.prop", std::string("ro.build.fingerprint=") + (s.rooted || s.own_keys ? kFingerprintRooted : kFingerprint) + "\n");
  for (const char* name : {"01419da9.0", "3c899c73.0", "52b525c7.0", "9282e51c.0", "f013ecaf.0"}) {
    files.put_text(std::string("/system/etc/security/cacerts/") + name, "-----BEGIN CERTIFICATE-----\n");
    files.put_text(std::string("/apex/com.android.conscrypt/cacerts/") + name, "-----BEGIN CERTIFICATE-----\n");
  }
  files.put_folder("/data/misc/user/0/cacerts-added");
  if (s.foreign_ca) files.put_text("/data/misc/user/0/cacerts-added/269953fb.0", kForeignCertificate);
  for (const char* name : {"sh", "ls", "cat", "getprop", "pm", "am", "screencap", "uiautomator", "app_process"})
    files.put(std::string("/system/bin/") + name, {}, 0100755);
  const auto apk = embedded_apk(s.fake_signature);
  files.put(app_folder(s) + "/base.apk", Bytes(apk.begin(), apk.end()));
  if (s.rooted) {
    files.put("/system/xbin/su", {}, 0104755);
    files.put("/system/bin/su", {}, 0104755);
    files.put_folder("/data/adb/magisk");
  }
}
}  // namespace

Properties make_properties(const Switches& s) {
  const bool wifi = s.network == Network::Wifi;
  Properties out = {
      {"dalvik.vm.heapsize", "512m"},
      {"gsm.network.type", wifi ? "LTE" : "NR"},
      {"gsm.operator.alpha", "练习移动"},
      {"gsm.operator.iso-country", "cn"},
      {"gsm.operator.numeric", "00101"},
      {"gsm.sim.state", "LOADED"},
      {"init.svc.adbd", "running"},
      {"net.bt.name", "Android"},
      {"persist.sys.locale", "zh-Hans-CN"},
      {"persist.sys.timezone", "Asia/Shanghai"},
      {"persist.sys.usb.config", "adb"},
      {"ro.adb.secure", s.rooted ? "0" : "1"},
      {"ro.board.platform", "practice"},
      {"ro.boot.flash.locked", s.rooted ? "0" : "1"},
      {"ro.boot.hardware", s.emulator ? "ranchu" : "training-phone"},
      {"ro.boot.serialno", s.serial},
      {"ro.boot.vbmeta.device_state", s.rooted ? "unlocked" : "locked"},
      {"ro.boot.verifiedbootstate", s.rooted ? "orange" : "green"},
      {"ro.build.characteristics", "default"},
      {"ro.build.date.utc", "1696492800"},
      {"ro.build.display.id", "UP1A.231005.007 practice"},
      {"ro.build.fingerprint", s.rooted || s.own_keys ? kFingerprintRooted : kFingerprint},
      {"ro.build.id", "UP1A.231005.007"},
      {"ro.build.tags", s.rooted || s.own_keys ? "test-keys" : "release-keys"},
      {"ro.build.type", s.rooted ? "userdebug" : "user"},
      {"ro.build.version.incremental", "practice"},
      {"ro.build.version.release", "14"},
      {"ro.build.version.sdk", "34"},
      {"ro.build.version.security_patch", "2023-10-05"},
      {"ro.crypto.state", "encrypted"},
      {"ro.crypto.type", "file"},
      {"ro.debuggable", s.rooted ? "1" : "0"},
      {"ro.guzheng.training", "1"},
      {"ro.hardware", "training-phone"},
      {"ro.kernel.version", "5.10"},
      {"ro.product.board", "practice"},
      {"ro.product.brand", "Guzheng"},
      {"ro.product.cpu.abi", s.emulator ? "x86_64" : "arm64-v8a"},
      {"ro.product.device", "training-phone"},
      {"ro.product.locale", "zh-Hans-CN"},
      {"ro.product.manufacturer", "Guzheng"},
      {"ro.product.model", "TrainingPhone"},
      {"ro.product.name", "practice"},
      {"ro.secure", "1"},
      {"ro.serialno", s.serial},
      {"ro.sf.lcd_density", std::to_string(std::min(s.width, s.height) * 160 / 360)},
      {"sys.boot_completed", "1"},
      {"sys.usb.state", "adb"},
      {"wifi.interface", "wlan0"},
  };
  if (s.emulator) out.emplace_back("ro.kernel.qemu", "1");
  std::sort(out.begin(), out.end());
  return out;
}

std::string app_folder(const Switches& s) {
  return s.fake_signature ? "/data/app/~~0fakeFAKEfakeFAKEfake0==/cn.guzheng.mall-9fakeFAKEfakeFAKEfake9=="
                          : "/data/app/~~QmF6aGVuZ1ByYWN0aWNl==/cn.guzheng.mall-R3V6aGVuZ1ByYWN0aWNl==";
}

std::string make_banner(const Switches&) {
  return "device::ro.product.name=practice;ro.product.model=TrainingPhone;ro.product.device=training-phone;"
         "features=shell_v2,cmd,stat_v2,ls_v2,fixed_push_mkdir,apex";
}

Phone::Phone(Switches given, const Clock& truth)
    : switches(std::move(given)),
      clock(truth, switches.clock_offset_ms),
      properties(make_properties(switches)),
      booted_us(truth.monotonic().us - 5'400'000'000),
      files(switches, clock),
      screen(switches, clock) {
  show_to(switches.persona);
  fill(files, switches);
}

}  // namespace guzheng::training
