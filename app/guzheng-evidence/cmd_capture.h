// Program guzheng-evidence. What a capture with one phone and one with several share.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/guzheng-evidence/central_place.h"
#include "app/guzheng-evidence/desk.h"
#include "app/guzheng-evidence/program.h"
#include "core/device/ssh_key_ring.h"
#include "core/session/practice_run.h"

namespace guzheng::evidence {

struct CaptureArguments {
  std::string adb = "127.0.0.1:5037", serial, script, vault, server, result, node, nodes, ssh_passphrase;
  std::vector<std::string> overrides;        // ITEM=REASON
  std::vector<std::string> secrets;          // NAME=FILE
  std::string baseline;
  bool audio = false;
  std::string audio_text;                    // a file, read at the end
  std::vector<std::string> phones;           // SERIAL or NODE/SERIAL: a parallel capture
  int lag_s = 60;
  std::shared_ptr<SshKeyRing> keys = std::make_shared<SshKeyRing>();      // shared by the phones of a parallel capture: a key is opened once
  std::string witness, central;              // the central system that is told the journal's heads; the certificate it signs with
  DeskChoice desk;
  bool leave_plain = false;
};

// Troubles while it runs: said at once, on the session's threads (one line each, one write).
class Teller final : public SessionListener {
 public:
  explicit Teller(const Program& program, std::string of = {}) : program_(program), of_(std::move(of)) {}      // `of`: which phone, before each line
  void on_event(const TimelineEvent& event) override {
    using T = TimelineEvent::Type;
    if (event.type == T::Capture) program_.print(line("已取证第", "captured item ", std::to_string(event.item)));
    if (event.type == T::CaptureFailed) program_.complain(line("取证未成功：第", "capture failed: item ", std::to_string(event.item) + " " + event.text));
    if (event.type == T::GapBegin) program_.complain(line("录像间断开始：", "gap in the recording: ", event.text));
    if (event.type == T::AnchorLate) program_.complain(line("时间戳迟到：", "time stamp late: ", event.text));
    if (event.type != T::AppAttest) return;
    const std::string found = line("应用验真：", "app's signature: ", event.text);
    if (event.verdict == "fail") program_.complain(found);
    else program_.print(found);
  }
  void on_environment(const std::vector<EnvItem>& items) override {
    for (const auto& item : items) {
      if (item.verdict != "fail" || !item.compulsory) continue;
      const std::string what = item.id + "  " + item.title + "：" + item.found + words("，应为：", ", expected: ", item.expected);
      if (!item.overridden.empty()) program_.print(line("环境检测不符，仍要取证：", "environment check failed, let pass: ", what + words("，理由：", ", reason: ", item.overridden)));
      else program_.complain(line("环境检测不符：", "environment check failed: ", what) + words("。仍要取证须加：--override ", ". To let it pass: --override ", item.id + "=" + words("理由", "REASON", "")));
    }
  }
  void on_phase(SessionPhase) override {}
  void on_trouble(const Error& error) override {
    program_.complain(of_ + std::string(program_.say(chinese(error.kind), "Trouble: ")) + error.what);
  }

 private:
  [[nodiscard]] std::string line(std::string_view chinese, std::string_view english, const std::string& rest) const {
    return of_ + words(chinese, english, rest);
  }
  [[nodiscard]] std::string words(std::string_view chinese, std::string_view english, const std::string& rest) const {
    return std::string(program_.say(chinese, english)) + rest;
  }
  static std::string_view chinese(ErrorKind kind) {
    switch (kind) {
      case ErrorKind::Network:
      case ErrorKind::Protocol: return "与手机的连接断开，已录内容已保存：";
      case ErrorKind::NoSpace: return "磁盘空间不足，写不进去，已录内容已保存：";
      case ErrorKind::Io:
      case ErrorKind::Denied: return "写入磁盘失败，已录内容已保存：";
      case ErrorKind::Timeout: return "手机没有按时回应：";
      default: return "取证过程中出现问题：";
    }
  }
  const Program& program_;
  const std::string of_;
};

// What the script, the desk and the options say of one phone (`arguments`' serial, at its adb server or node); not the listener, not the progress.
Result<PracticeRun> prepare_run(const CaptureArguments& arguments, const PolicyDesk& desk, const Program& program);
// Of --witness; null: none was named.
Result<std::shared_ptr<HeadSender>> chosen_witness(const CaptureArguments& arguments, const Program& program);
std::string_view what_happened(ErrorKind kind);
// capture --phone A --phone B …
void run_parallel(const CaptureArguments& arguments, Program& program);

}  // namespace guzheng::evidence
