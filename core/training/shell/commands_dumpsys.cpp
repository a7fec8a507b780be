// dumpsys battery | connectivity | telephony.registry | package PKG | window | window policy | input_method | wifi, in Android 14's words.
#include <fmt/format.h>

#include "core/training/shell/interpreter.h"

namespace guzheng::training {

namespace {
void battery(Call& call) {
  const auto& s = call.phone.switches;
  call.out(fmt::format(
      "Current Battery Service state:\n  AC powered: false\n  USB powered: true\n  Wireless powered: false\n  Dock powered: false\n"
      "  Max charging current: 500000\n  Max charging voltage: 5000000\n  Charge counter: {}\n  status: 2\n  health: 2\n  present: true\n"
      "  level: {}\n  scale: 100\n  voltage: {}\n  temperature: 291\n  technology: Li-ion\n",
      s.battery * 42'000, s.battery, 3500 + s.battery * 8));
}

std::string proxy_part(const Switches& s) { return s.proxy || s.wifi_proxy ? " HttpProxy: [192.168.1.9] 8888 xl=" : ""; }

std::string main_agent(const Switches& s) {
  const bool wifi = s.network == Network::Wifi;
  const std::string link = wifi ? "InterfaceName: wlan0 LinkAddresses: [ fe80::ff:fe00:1/64,192.168.1.23/24 ] DnsAddresses: [ /192.168.1.1 ] "
                                  "Domains: null MTU: 0 ServerAddress: /192.168.1.1 TcpBufferSizes: "
                                  "524288,1048576,4194304,524288,1048576,4194304"
                                : "InterfaceName: rmnet_data0 LinkAddresses: [ 10.61.8.142/16 ] DnsAddresses: [ /10.61.0.1 ] Domains: null "
                                  "MTU: 1500 TcpBufferSizes: 2097152,6291456,16777216,512000,2097152,8388608";
  const std::string routes = wifi ? "Routes: [ 192.168.1.0/24 -> 0.0.0.0 wlan0 mtu 0,0.0.0.0/0 -> 192.168.1.1 wlan0 mtu 0 ]"
                                  : "Routes: [ 0.0.0.0/0 -> 10.61.0.1 rmnet_data0 mtu 1500 ]";
  const std::string common = "INTERNET&NOT_RESTRICTED&TRUSTED&NOT_VPN&VALIDATED&NOT_ROAMING&FOREGROUND&NOT_CONGESTED&NOT_SUSPENDED&NOT_VCN_MANAGED";
  const std::string caps = wifi ? "Transports: WIFI Capabilities: NOT_METERED&" + common +
                                      " LinkUpBandwidth>=12000Kbps LinkDnBandwidth>=60000Kbps TransportInfo: <SSID: \"PRACTICE-LAN\", BSSID: "
                                      "02:00:00:00:00:02, Security type: 2, RSSI: -48> SignalStrength: -48"
                                : "Transports: CELLULAR Capabilities: MMS&SUPL&" + common +
                                      " LinkUpBandwidth>=15000Kbps LinkDnBandwidth>=60000Kbps Specifier: <TelephonyNetworkSpecifier [mSubId = 1]>";
  return fmt::format(
      "  NetworkAgentInfo{{network{{100}}  handle{{432902426637}}  ni{{{} CONNECTED extra: {}}} created=2026-01-01T00:00:00Z Score(Policies : "
      "EVER_VALIDATED&IS_VALIDATED&TRANSPORT_PRIMARY ; KeepConnected : 0)   created validated lp{{{{{}{} {}}}}}  nc{{[ {} ]}}}}\n",
      wifi ? "WIFI" : "MOBILE[NR]", wifi ? "" : "cmnet", link, proxy_part(s), routes, caps);
}

std::string vpn_agent() {
  return "  NetworkAgentInfo{network{101}  handle{437197393933}  ni{VPN CONNECTED extra: VPN:com.example.vpn} created=2026-01-01T00:00:00Z "
         "Score(Policies : EVER_VALIDATED&IS_VALIDATED&IS_VPN&TRANSPORT_PRIMARY ; KeepConnected : 0)   created validated lp{{InterfaceName: tun0 "
         "LinkAddresses: [ 10.8.0.2/24 ] DnsAddresses: [ /10.8.0.1 ] Domains: null MTU: 1400 Routes: [ 0.0.0.0/0 -> 0.0.0.0 tun0 mtu 0 ]}}  "
         "nc{[ Transports: WIFI|VPN Capabilities: NOT_METERED&INTERNET&NOT_RESTRICTED&TRUSTED&VALIDATED&NOT_ROAMING&FOREGROUND&"
         "NOT_CONGESTED&NOT_SUSPENDED&NOT_VCN_MANAGED LinkUpBandwidth>=12000Kbps LinkDnBandwidth>=60000Kbps TransportInfo: "
         "<VpnTransportInfo{type=1, sessionId=practice, bypassable=false longLivedTcpConnectionsExpensive=false}> OwnerUid: 10188 ]}}\n";
}

void connectivity(Call& call) {
  const auto& s = call.phone.switches;
  if (s.offline) {
    call.out("NetworkProviders for: PhoneSwitch WifiNetworkFactory Ethernet\n\nActive default network: none\n\nCurrent network preferences: \n\n"
             "Current Networks:\n\nMetered Interfaces:\n\nNetwork Requests:\n");
    return;
  }
  call.out(fmt::format("NetworkProviders for: PhoneSwitch WifiNetworkFactory Ethernet\n\nActive default network: {}\n\n", s.vpn ? 101 : 100));
  if (s.proxy) call.out("Current global proxy: [192.168.1.9] 8888 xl=\n");
  call.out("Current network preferences: \n\nCurrent Networks:\n" + main_agent(s));
  if (s.vpn) call.out(vpn_agent());
  call.out("\nMetered Interfaces:\n\nNetwork Requests:\n");
}

void telephony(Call& call) {
  const bool wifi = call.phone.switches.network == Network::Wifi;
  call.out(fmt::format(
      "last known state:\n  Phone Id=0\n    mCallState=0\n    mRingingCallState=0\n    mForegroundCallState=0\n    mBackgroundCallState=0\n"
      "    mServiceState={{mVoiceRegState=0(IN_SERVICE), mDataRegState=0(IN_SERVICE), mChannelNumber=504990, duplexMode()=2, "
      "mCellBandwidths=[100000], mOperatorAlphaLong=练习移动, mOperatorAlphaShort=练习移动, isManualNetworkSelection=false(automatic), "
      "getRilVoiceRadioTechnology=14(LTE), getRilDataRadioTechnology={}, mCssIndicator=unsupported, mIsEmergencyOnly=false, mNrFrequencyRange=2, "
      "mIsUsingCarrierAggregation=false}}\n"
      "    mSignalStrength=SignalStrength:{{mLte=CellSignalStrengthLte: rssi=-61 rsrp=-92 rsrq=-10 rssnr=14 cqi=2147483647 level=4,"
      "mNr=CellSignalStrengthNr:{{ csiRsrp = 2147483647 ssRsrp = -88 ssRsrq = -11 ssSinr = 16 level = 4 }},primary=CellSignalStrengthNr}}\n"
      "    mMessageWaiting=false\n    mCallForwarding=false\n    mDataActivity=0\n    mDataConnectionState={}\n    mUserMobileDataState=true\n",
      wifi ? "14(LTE)" : "20(NR_SA)", wifi ? 0 : 2));
}

void package(Call& call) {
  const auto& name = call.arg(2);
  if (name != "cn.guzheng.mall") {
    call.out("\nQueries:\n  system apps queryable: false\n");
    if (!name.empty()) call.err(fmt::format("Unable to find package: {}\n", name));
    return;
  }
  const bool fake = call.phone.switches.fake_signature;
  const auto folder = app_folder(call.phone.switches);
  call.out(fmt::format(
      "Activity Resolver Table:\n  Non-Data Actions:\n      android.intent.action.MAIN:\n        5f2a1c0 cn.guzheng.mall/.MainActivity filter 1b7d3e9\n"
      "          Action: \"android.intent.action.MAIN\"\n          Category: \"android.intent.category.LAUNCHER\"\n\n"
      "Key Set Manager:\n  [cn.guzheng.mall]\n      Signing KeySets: {}\n\nPackages:\n  Package [cn.guzheng.mall] (9c41d2e):\n    appId=10166\n"
      "    pkg=Package{{4d1f6a2 cn.guzheng.mall}}\n    codePath={}\n    resourcePath={}\n    legacyNativeLibraryDir={}/lib\n"
      "    primaryCpuAbi=x86_64\n    versionCode=10203 minSdk=26 targetSdk=34\n    minExtensionVersions=[]\n    versionName=1.2.3\n"
      "    usesNonSdkApi=false\n    splits=[base]\n    apkSigningVersion=2\n    flags=[ HAS_CODE ALLOW_CLEAR_USER_DATA ]\n"
      "    timeStamp=2026-01-05 10:00:00\n    lastUpdateTime=2026-01-05 10:00:02\n    installerPackageName={}\n"
      "    signatures=PackageSignatures{{{} version:2, signatures:[{}], past signatures:[]}}\n"
      "    User 0: ceDataInode=131204 installed=true hidden=false suspended=false distractionFlags=0 stopped=false notLaunched=false enabled=0\n",
      fake ? 88 : 41, folder, folder, folder, fake ? "com.android.shell" : "cn.guzheng.store", fake ? "a0b1c2d" : "7e6f5a4",
      fake ? "deadbeef" : "5c31a07e"));
}

// A phone without a lock: its keyguard shows while the display is off.
void policy(Call& call) {
  const bool on = call.phone.screen.display_on();
  call.out(fmt::format("WINDOW MANAGER POLICY STATE (dumpsys window policy)\n    mSafeMode=false mSystemReady=true mSystemBooted=true\n"
                       "    KeyguardServiceDelegate\n      showing={}\n      inputRestricted={}\n      occluded=false\n      secure=false\n"
                       "      systemIsReady=true\n      deviceHasKeyguard=true\n      enabled=true\n      offReason=OFF_BECAUSE_OF_USER\n"
                       "      currentUser=0\n      bootCompleted=true\n      screenState={}\n      interactiveState={}\n",
                       !on, !on, on ? "SCREEN_STATE_ON" : "SCREEN_STATE_OFF", on ? "INTERACTIVE_STATE_AWAKE" : "INTERACTIVE_STATE_SLEEP"));
}

// As Android says it. scrcpy puts out the light past the power manager, which a stock phone would not tell here: this one does, so that it can be seen.
void power(Call& call) {
  const bool awake = call.phone.screen.display_on();
  call.out(fmt::format("POWER MANAGER (dumpsys power)\n\nPower Manager State:\n  mWakefulness={}\n  mIsPowered=true\n  mPlugType=2\n  mBatteryLevel={}\n\n"
                       "Display Power: state={}\n", awake ? "Awake" : "Asleep", call.phone.switches.battery, call.phone.screen.lit() ? "ON" : "OFF"));
}

void input_method(Call& call) {
  const unsigned type = call.phone.screen.input_type();
  call.out(fmt::format("Current Input Method Manager state:\n  Input Methods: mMethodMapUpdateCount=1\n  mCurMethodId=com.android.inputmethod.latin/.LatinIME\n"
                       "  mInputShown={}\nInput method service state for com.android.inputmethod.latin.LatinIME:\n    mInputStarted={} mInputViewStarted={}\n"
                       "    mInputEditorInfo:\n      inputType=0x{:x} imeOptions=0x{:x} privateImeOptions=null\n      actionLabel=null actionId=0\n"
                       "      packageName={} autofillId=null fieldId=0 fieldName=null\n",
                       type != 0, type != 0, type != 0, type, type != 0 ? 3 : 0, type != 0 ? "cn.guzheng.mall" : "null"));
}

void window(Call& call) {
  if (call.arg(2) == "policy") return policy(call);
  const auto focus = call.phone.screen.focused_window();
  const auto frame = call.phone.screen.frame();
  call.out(fmt::format(
      "WINDOW MANAGER LAST ANR (dumpsys window lastanr)\n  <no ANR has occurred since boot>\n\nWINDOW MANAGER DISPLAY CONTENTS (dumpsys window displays)\n"
      "  Display: mDisplayId=0 (organized)\n    init={}x{} {}dpi cur={}x{} app={}x{}\n    mRotation={}\n\n"
      "WINDOW MANAGER WINDOWS (dumpsys window windows)\n  Window #0 Window{{8a3c1f2 u0 {}}}:\n    mAttrs={{(0,0)(fillxfill) sim={{adjust=resize}} "
      "ty=BASE_APPLICATION fmt=TRANSLUCENT{}}}\n    isOnScreen=true\n    isVisible=true\n\n  mCurrentFocus=Window{{8a3c1f2 u0 {}}}\n"
      "  mFocusedApp=ActivityRecord{{c0ffee1 u0 {} t12}}\n",
      call.phone.switches.width, call.phone.switches.height, std::min(call.phone.switches.width, call.phone.switches.height) * 160 / 360, frame->width,
      frame->height, frame->width, frame->height, frame->width > frame->height ? "ROTATION_90" : "ROTATION_0", focus,
      call.phone.switches.secure_page ? "\n      fl=SECURE LAYOUT_IN_SCREEN" : "\n      fl=LAYOUT_IN_SCREEN", focus, focus));
}

void wifi(Call& call) {
  const bool on = call.phone.switches.network == Network::Wifi;
  call.out(fmt::format("Wi-Fi is {}\n", on ? "enabled" : "disabled"));
  if (on) call.out("mWifiInfo SSID: \"PRACTICE-LAN\", BSSID: 02:00:00:00:00:02, MAC: 02:00:00:00:00:01, Supplicant state: COMPLETED, RSSI: -48, Link speed: 433Mbps\n");
}

// Where the practice bureau's town lies, to the hundredth of a degree; a network's guess, as a phone on a desk has it.
void location(Call& call) {
  const double up_s = static_cast<double>(call.phone.clock.monotonic().us - call.phone.booted_us) / 1e6;
  call.out(fmt::format("Location Manager State:\n  User Info:\n    running users: u[0]\n  Location Settings:\n    Location Setting: true\n\n  Location Providers:\n"
                       "    network provider:\n      last location=Location[network 30.590000,114.310000 hAcc=1200.0 et={:.3f}{}]\n      enabled=true\n"
                       "    gps provider:\n      last location=null\n      enabled=true\n", up_s, call.phone.switches.mock_location ? " mock" : ""));
}

int do_dumpsys(Call& call) {
  static const std::map<std::string, void (*)(Call&)> services = {{"battery", battery}, {"connectivity", connectivity},
                                                                  {"telephony.registry", telephony}, {"package", package},
                                                                  {"window", window}, {"wifi", wifi},
                                                                  {"input_method", input_method}, {"location", location}, {"power", power}};
  if (call.arg(1) == "-l" || call.args.size() < 2) {
    call.out("Currently running services:\n");
    for (const auto& [name, print] : services) call.out("  " + name + "\n");
    return 0;
  }
  const auto it = services.find(call.arg(1));
  if (it == services.end()) return call.err("Can't find service: " + call.arg(1) + "\n"), 0;
  it->second(call);
  return 0;
}
}  // namespace

void add_dumpsys_commands(CommandTable& table) { table["dumpsys"] = do_dumpsys; }

}  // namespace guzheng::training
