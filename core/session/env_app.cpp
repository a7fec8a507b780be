// The rows of the app in front, and what app.json says of it.
#include <algorithm>

#include "core/custody/journal.h"
#include "core/session/environment.h"

namespace guzheng {

namespace {

// Stores of phone makers and the large ones beside them. Anything else, a file that was copied onto the phone above all, is worth a look.
constexpr const char* kStores[] = {"com.android.vending", "com.huawei.appmarket", "com.hihonor.appmarket", "com.xiaomi.market", "com.heytap.market",
                                   "com.oppo.market", "com.bbk.appstore", "com.meizu.mstore", "com.sec.android.app.samsungapps",
                                   "com.tencent.android.qqdownloader", "com.qihoo.appstore", "com.baidu.appsearch"};

std::string joined_digests(const std::vector<std::string>& digests) {
  std::string out;
  for (const auto& one : digests) out += (out.empty() ? "" : "、") + one;
  return out;
}

bool is_of_the_system(const std::string& path) {
  for (const char* folder : {"/system/", "/product/", "/vendor/", "/system_ext/", "/apex/", "/odm/"})
    if (path.starts_with(folder)) return true;
  return false;
}

struct AppJudgement {
  std::string found;
  const char* verdict;
};

AppJudgement judge_installer(const std::string& installer) {
  if (installer.empty()) return {"", "unknown"};
  if (std::find(std::begin(kStores), std::end(kStores), installer) != std::end(kStores)) return {installer, "pass"};
  if (installer == "null") return {"没有记录（随系统预装，或经文件安装）", "note"};
  return {installer, "note"};
}

AppJudgement judge_signature(const AppFacts& app, const AppBaseline& baseline) {
  const AppProof& proof = app.proof;
  switch (proof.state) {
    case AppProof::State::Unknown: return {"无法判定：" + proof.why, "unknown"};
    case AppProof::State::Refused: return {"签名无效：" + proof.why, "fail"};
    case AppProof::State::Unsigned:
      // what the system brings along is vouched for by the verified boot, and need not be signed for itself
      return is_of_the_system(app.base) ? AppJudgement{"系统自带，安装包没有签名", "note"} : AppJudgement{"安装包没有签名", "fail"};
    case AppProof::State::Proven: break;
  }
  const std::string what = "base.apk 的 " + proof.scheme + " 签名有效，证书 SHA-256 " + joined_digests(proof.certificates);
  if (baseline.name.empty()) return {what + "；本单位没有应用证书基线", "note"};
  const auto known = baseline.knows(app.app.package, proof.certificates);
  if (!known) return {what + "；基线中没有该应用", "note"};
  return *known ? AppJudgement{what + "，与基线一致", "pass"} : AppJudgement{what + "，与基线不符", "fail"};
}

std::string signature_raw(const AppFacts& app, const AppBaseline& baseline) {
  const AppProof& proof = app.proof;
  std::string out = "package " + app.app.package + "\npath " + app.base + "\nbytes " + std::to_string(proof.bytes) + "\nsha256 " + proof.sha256 +
                    "\nscheme " + proof.scheme + "\n" + (proof.why.empty() ? "" : "problem " + proof.why + "\n");
  for (const auto& one : proof.certificates) out += "certificate-sha256 " + one + "\n";
  out += "baseline " + (baseline.name.empty() ? std::string("none") : baseline.name) + "\n";
  if (const auto it = baseline.certificates.find(app.app.package); it != baseline.certificates.end())
    for (const auto& one : it->second) out += "baseline-sha256 " + one + "\n";
  return out + proof.pem;
}

}  // namespace

std::vector<Checked> check_app(const AppFacts& app, const AppBaseline& baseline, std::string_view raw) {
  if (app.app.package.empty()) {
    constexpr const char* why = "无法判定：尚未打开应用，或读不出应用名称；打开后另行验真";
    std::vector<Checked> none{env_row("app.package", "app", "被取证应用", "应用名称和版本可以读取", why, "unknown", ""),
                              env_row("app.signature", "app", "应用签名（应用验真）", "签名有效，证书与本单位基线一致", why, "unknown", "")};
    for (auto& one : none) one.item.raw.clear();
    return none;
  }
  const auto or_unknown = [](const std::string& text) { return text.empty() ? std::string("无法判定") : text; };
  const auto row = [](const char* id, const char* title, const char* expected, const AppJudgement& judged) {
    return env_row(id, "app", title, expected, judged.found.empty() ? "无法判定" : judged.found, judged.found.empty() ? "unknown" : judged.verdict, "");
  };
  const auto& version = app.version;
  std::vector<Checked> rows{
      env_row("app.package", "app", "被取证应用", "应用名称和版本可以读取", app.app.package, "pass", ""),
      env_row("app.version", "app", "应用版本", "可以读取", or_unknown(version.version) + (version.version_code.empty() ? "" : "（" + version.version_code + "）"),
              version.version.empty() ? "unknown" : "pass", ""),
      row("app.installer", "安装来源（手机的记录）", "手机厂商或大型应用市场", judge_installer(version.installer)),
      row("app.signature", "应用签名（应用验真）", "签名有效，证书与本单位基线一致", judge_signature(app, baseline))};
  const std::string said = raw_path(std::string(raw));
  for (auto& one : rows) one.item.raw = app.raw.empty() ? std::string() : said;
  rows.front().raw = app.raw;
  rows.back().item.raw = raw_path(std::string(raw) + "-signature");
  rows.back().raw = signature_raw(app, baseline);
  return rows;
}

Json app_json(const AppFacts& app, const std::vector<EnvItem>& items) {
  Json files = Json::array(), rows = Json::array();
  for (const auto& file : app.files) files.push_back({{"path", file.path}, {"sha256", file.sha256}});
  for (const auto& item : items) rows.push_back(item_json(item));
  return {{"package", journal_text(app.app.package)},
          {"activity", journal_text(app.app.activity)},
          {"files", files},
          {"version", app.version.version},
          {"version_code", app.version.version_code},
          {"installer", app.version.installer},
          {"first_installed", app.version.first_installed},
          {"last_updated", app.version.last_updated},
          {"signing", {{"apk_bytes", app.proof.bytes}, {"apk_sha256", app.proof.sha256}, {"certificates", app.proof.certificates},
                       {"problem", journal_text(app.proof.why)}, {"scheme", app.proof.scheme}}},
          {"items", rows}};
}

}  // namespace guzheng
