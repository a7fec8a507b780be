#include "tests/session/session_fixture.h"

#include <cstdio>
#include <cstdlib>
#include <thread>

namespace guzheng::test {

namespace fs = std::filesystem;

bool Memory::wait_for(TimelineEvent::Type type, int count) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, std::chrono::seconds(30), [&] {
    return std::count_if(events_.begin(), events_.end(), [&](const auto& e) { return e.type == type; }) >= count;
  });
}

namespace {
ShellOutput says(std::string_view text) { return {to_bytes(text), {}, 0}; }

template <typename T>
T need(Result<T> result, const char* what) {
  if (result) return std::move(*result);
  std::fprintf(stderr, "%s: %s\n", what, result.error().what.c_str());
  std::abort();
}
}  // namespace

std::string plain_editor() { return "  mInputShown=true\n    mInputEditorInfo:\n      inputType=0x1 imeOptions=0x3 privateImeOptions=null\n"; }
std::string password_editor() { return "  mInputShown=true\n    mInputEditorInfo:\n      inputType=0x81 imeOptions=0x6 privateImeOptions=null\n"; }
std::string unlocked() { return locked(false, true); }
std::string locked(bool keyguard, bool screen) {
  return std::string("WINDOW MANAGER POLICY STATE\n    KeyguardServiceDelegate\n      showing=") + (keyguard ? "true" : "false") +
         "\n      occluded=false\n      secure=true\n      screenState=" + (screen ? "SCREEN_STATE_ON" : "SCREEN_STATE_OFF") + "\n";
}

bool wait_for_typing(CaptureSession& session, Typing typing) {
  for (int i = 0; i < 1500 && session.status().typing != typing; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  return session.status().typing == typing;
}

FakePhone training_phone() {
  FakePhone phone;
  phone.shell["getprop"] = says("[gsm.operator.alpha]: [练习移动]\n[ro.build.version.release]: [14]\n[ro.debuggable]: [0]\n"
                                "[ro.guzheng.training]: [1]\n[ro.product.brand]: [Guzheng]\n[ro.product.model]: [TrainingPhone]\n");
  phone.shell["id"] = says("uid=2000(shell) gid=2000(shell) groups=2000(shell)\n");
  phone.shell["dumpsys battery"] = says("Current Battery Service state:\n  level: 86\n  scale: 100\n");
  phone.shell["settings get global http_proxy; settings get global global_http_proxy_host; settings get global global_proxy_pac_url"] = says("null\nnull\nnull\n");
  phone.shell["dumpsys window"] = says("  mCurrentFocus=Window{4d2a u0 cn.guzheng.mall/cn.guzheng.mall.MainActivity}\n");
  phone.shell["dumpsys package cn.guzheng.mall"] = says("    versionCode=41 minSdk=29\n    versionName=4.1.0\n    installerPackageName=cn.guzheng.store\n");
  phone.shell["dumpsys input_method"] = says(plain_editor());
  phone.shell["dumpsys window policy"] = says(unlocked());
  phone.shell["cmd statusbar expand-notifications"] = says("");
  phone.shell["cmd statusbar collapse"] = says("");
  return phone;
}

Desk::Desk(fs::path root)
    : bureau(need(open_practice_bureau(root / "desk", clock_), "practice bureau")), vault(need(Vault::open(root / "vault", clock_), "vault")) {
  order.order_no = "ZL-1";
  order.reason = "投诉举报";
  order.what = "店铺首页、证照公示、涉嫌虚假宣传的商品页";
  order.subject_name = "示例食品店";
}

SessionSetup Desk::setup(std::shared_ptr<DeviceLink> link) {
  SessionSetup setup;
  setup.order = order;
  setup.link = std::move(link);
  setup.bureau = &bureau;
  setup.vault = vault.get();
  setup.clock = &clock_;
  setup.software_version = "0.1.0";
  setup.listener = &memory;
  setup.challenge_ms = 1;
  setup.sound_patience_ms = 3'600'000;     // the fake phone gives its sound at once, and then none
  setup.limits.segment_us = 1'000'000;
  return setup;
}

ItemDescription page(ItemKind kind, const std::string& title) { return {kind, title, "证明" + title, "公开", ""}; }

void capture_all(CaptureSession& session) {
  for (const ItemKind kind : kItemKinds)
    if (kind != ItemKind::Other) session.capture(page(kind, std::string(to_string(kind))));
  session.wait_captures();
}

TouchEvent touch(TouchAction action, int x, int y) {
  TouchEvent event;
  event.action = action;
  event.x = x;
  event.y = y;
  event.width = 320;
  event.height = 640;
  return event;
}

std::vector<JournalLine> journal_of(const fs::path& bag) {
  return need(parse_journal(need(read_text(bag / "data/attach/journal.log"), "journal")), "journal");
}

std::vector<std::string> bodies(const std::vector<JournalLine>& lines, std::string_view kind) {
  std::vector<std::string> out;
  for (const auto& line : lines)
    if (line.kind == kind) out.push_back(line.body);
  return out;
}

Verification verify(const fs::path& bag, const Desk& desk) {
  VerifyOptions options;
  options.roots = {desk.bureau.org_root_pem, desk.bureau.tsa_root_pem};
  options.clock = &desk.clock();
  return need(verify_package(bag, options), "verify");
}

std::string damage_of(const Verification& verification) {
  std::string out = std::string(to_string(verification.verdict)) + "\n";
  for (const auto& finding : verification.damage) out += finding.rule + " " + finding.path + ": " + finding.what + "\n";
  for (const auto& reason : verification.incomplete) out += "incomplete: " + reason + "\n";
  return out;
}

std::vector<std::string> files_holding(const fs::path& folder, const std::string& text) {
  std::vector<std::string> out;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const auto bytes = need(read_text(entry.path(), 1u << 30), "file");
    if (bytes.find(text) != bytes.npos) out.push_back(entry.path().string());
  }
  return out;
}

}  // namespace guzheng::test
