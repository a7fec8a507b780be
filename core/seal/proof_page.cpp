#include "core/seal/proof_page.h"

#include <fmt/format.h>

namespace guzheng {

namespace {

constexpr std::size_t kMostListed = 8;           // one page: the rest is counted

class ProofPage {
 public:
  ProofPage(const CertificateFacts& facts, Language language) : facts_(facts), v_(facts.verification), chinese_(language == Language::Chinese), language_(language) {}

  CertificatePage run() {
    const auto lines = verification_lines(v_, language_);
    page_.title = say("电子数据证据包核验证明", "Certificate of verification of an evidence package");
    page_.verdict = lines.empty() ? std::string() : lines.front();
    object();
    findings();
    checked();
    bases();
    not_proved();
    made();
    return std::move(page_);
  }

 private:
  std::string say(std::string_view chinese, std::string_view english) const { return std::string(chinese_ ? chinese : english); }
  void section(std::string_view chinese, std::string_view english) { page_.sections.push_back({say(chinese, english), {}}); }
  void line(std::string text) { page_.sections.back().lines.push_back(std::move(text)); }
  void fact(std::string_view chinese, std::string_view english, const std::string& value) {
    if (!value.empty()) line(say(chinese, english) + (chinese_ ? "：" : ": ") + value);
  }
  std::string time(WallTime at) const { return at.ms == 0 ? std::string() : format_time(at, facts_.zone_minutes); }

  void object() {
    section("核验对象", "What was verified");
    fact("证据包", "Package", v_.id);
    fact("文件", "File", facts_.file);
    fact("封签指纹（SHA-256）", "Fingerprint (SHA-256)", v_.fingerprint);
    fact("封存时的状态", "State when sealed", v_.state);
    if (v_.opened.ms != 0) fact("取证时间", "Captured", time(v_.opened) + " — " + time(v_.closed));
    fact("封存的时间戳", "Seal stamped", time(v_.seal_stamp));
    if (!v_.receipt.by.empty()) {
      fact("中心系统回执", "Receipt of the central system", v_.receipt.by + (chinese_ ? "，" : ", ") + time(v_.receipt.at));
      fact("中心系统收到的文件（SHA-256）", "What it received (SHA-256)", v_.receipt.zip_sha256);
    }
  }

  void list(const std::vector<std::string>& lines) {
    for (std::size_t i = 0; i < lines.size() && i < kMostListed; ++i) line(lines[i]);
    if (lines.size() > kMostListed)
      line(fmt::format(fmt::runtime(say("另有 {} 项，见 guzheng-evidence verify 的完整输出", "{} more, see the whole output of guzheng-evidence verify")), lines.size() - kMostListed));
  }

  // What the verdict rests on: the lines of the terminal's output that name damage, missing things, reasons and notes.
  void findings() {
    std::vector<std::string> found;
    for (const auto& one : verification_lines(v_, language_))
      if (one.starts_with("  - ")) found.push_back(one.substr(4));
      else if (one.starts_with("说明：") || one.starts_with("Note: ")) found.push_back(one);
    if (found.empty()) return;
    section("发现", "Findings");
    list(found);
  }

  void checked() {
    section("核验了什么", "What was checked");
    line(fmt::format(fmt::runtime(say("文件 {} 个、{} 字节：每一个的 MD5、SHA-256、SM3 与封存时的清单一致，没有多出或缺少的文件",
                                      "{} files, {} bytes: MD5, SHA-256 and SM3 of each against the lists made when it was sealed; none more, none fewer")),
                     v_.files, v_.bytes));
    line(fmt::format(fmt::runtime(say("操作日志 {} 行：逐行相连的指纹链、时间次序、与文件的对应", "{} journal lines: the chain of their digests, their times, the files that they name")), v_.journal_lines));
    line(fmt::format(fmt::runtime(say("录像 {} 帧、截图 {} 张：帧数、时间、截图在录像中的位置", "{} video packets, {} screenshots: counts, times, each screenshot's place in the recording")),
                     v_.packets, v_.shots));
    line(fmt::format(fmt::runtime(say("签名 {} 个、时间戳 {} 个、续期 {} 次：内容、签名人、证书在当时是否有效、是否被吊销",
                                      "{} signatures, {} time stamps, {} renewals: content, signer, whether the certificate was valid then, whether it was revoked")),
                     v_.signatures, v_.stamps, v_.renewals));
    if (v_.verdict == Verdict::Damaged) line(say("以上各项中不符的，见“发现”。", "Where these do not fit is said under “Findings”."));
  }

  std::string role(const std::string& role) const {
    if (role == "org-root") return say("单位根证书（由核验人给出）", "the organisation's root (given by who verified)");
    if (role == "tsa-root") return say("时间戳机构根证书（由核验人给出）", "a time-stamp authority's root (given by who verified)");
    if (role == "station") return say("工作站", "workstation");
    if (role == "officer1") return say("第一执法人员", "first officer");
    if (role == "officer2") return say("第二执法人员", "second officer");
    return say("时间戳机构", "time-stamp authority");
  }

  void bases() {
    section("各项证明依据什么", "What each proof rests on");
    line(say("没有改动：封签指纹，和时间戳机构对它的时间戳；改动任何一个字节，指纹都会不同",
             "Nothing was changed: the fingerprint and the authority's stamp over it; with any changed byte it would be another"));
    line(say("何时：时间戳机构的时钟，不是本工作站的；开始时间戳说明不早于何时，结束和封存时间戳说明不晚于何时",
             "When: the authority's clock, not the workstation's; the first stamp says not before when, the last ones not after when"));
    line(say("何人：下列证书的私钥所作的签名", "Who: signatures by the private keys of these certificates"));
    std::vector<std::string> certificates;
    for (const auto& one : v_.rests_on)
      certificates.push_back(fmt::format("{}{}{}{} SHA-256 {}…", role(one.role), chinese_ ? "：" : ": ", one.name, one.badge.empty() ? "" : " " + one.badge, one.sha256.substr(0, 16)));
    for (auto& one : certificates) line(std::move(one));
    if (certificates.empty()) line(say("（没有给出根证书）", "(no roots were given)"));
  }

  void not_proved() {
    section("不能证明什么", "What cannot be proved");
    line(say("网页所说是否属实：只能证明手机当时这样显示并被这样记录", "That what a page says is true: only that the phone showed it and that it was recorded so"));
    line(say("录像之外、记载的中断之内发生了什么", "What happened outside the recording, or within the gaps that it tells of"));
    line(say("谁的手在操作：签名证明用了谁的密钥", "Whose hand it was: a signature proves whose key was used"));
    line(say("封存后另加的签名、时间戳、复核（最后几份）、报告曾否存在又被拿走，除非移交记录、回执或续期时间戳载有它们",
             "Whether a signature, a time stamp, the newest reviews or a report added later were there and taken away, unless a record of hand-over, a receipt or a renewal names them"));
    if (v_.practice) line(say("任何事实：这是练习材料，不得作为证据", "Any fact: this is practice material and no evidence"));
  }

  void made() {
    section("核验", "Verification");
    fact("时间（核验所用计算机的时钟）", "At (clock of the computer that verified)", time(facts_.at));
    fact("程序", "Program", facts_.program + " " + facts_.version);
    line(say("任何人都可以再验：用本程序，或用单位提供的 verify.sh 和通用工具。本页不替代再次核验。",
             "Anyone can verify again, with this program or with the bureau's verify.sh and stock tools. This page does not stand for that."));
  }

  const CertificateFacts& facts_;
  const Verification& v_;
  const bool chinese_;
  const Language language_;
  CertificatePage page_;
};

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '"') out += "&quot;";
    else out += c;
  }
  return out;
}

void append_text(const CertificatePage& page, std::string& out) {
  out += page.title + "\n\n" + page.verdict + "\n";
  for (const auto& section : page.sections) {
    out += "\n" + section.heading + "\n";
    for (const auto& line : section.lines) out += "  " + line + "\n";
  }
}

void append_html(const CertificatePage& page, std::string_view language, std::string& out) {
  out += fmt::format("<article lang=\"{}\">\n<h1>{}</h1>\n<p class=\"verdict\">{}</p>\n", language, escaped(page.title), escaped(page.verdict));
  for (const auto& section : page.sections) {
    out += "<h2>" + escaped(section.heading) + "</h2>\n<ul>\n";
    for (const auto& line : section.lines) out += "<li>" + escaped(line) + "</li>\n";
    out += "</ul>\n";
  }
  out += "</article>\n";
}

constexpr std::string_view kStyle =
    "@page{size:A4;margin:12mm}body{font:8.5pt/1.35 'Noto Serif CJK SC','Songti SC',SimSun,serif;max-width:186mm;margin:0 auto;color:#000;background:#fff}"
    "h1{font-size:13pt;margin:0 0 2mm}h2{font-size:9pt;margin:2mm 0 0}ul{margin:0;padding-left:5mm}li{overflow-wrap:anywhere}"
    ".verdict{font-weight:bold;border:1px solid #000;padding:1.5mm 2mm;margin:0}article+article{margin-top:4mm;padding-top:3mm;border-top:1px solid #000;font-size:7.5pt}";

}  // namespace

CertificatePage make_certificate(const CertificateFacts& facts, Language language) { return ProofPage(facts, language).run(); }

std::string certificate_text(const CertificateFacts& facts) {
  std::string out;
  append_text(make_certificate(facts, Language::Chinese), out);
  out += "\n" + std::string(72, '-') + "\n\n";
  append_text(make_certificate(facts, Language::English), out);
  return out;
}

std::string certificate_html(const CertificateFacts& facts) {
  const auto chinese = make_certificate(facts, Language::Chinese);
  std::string out = "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + escaped(chinese.title + " " + facts.verification.id) + "</title>\n<style>" +
                    std::string(kStyle) + "</style>\n</head>\n<body>\n";
  append_html(chinese, "zh-CN", out);
  append_html(make_certificate(facts, Language::English), "en", out);
  return out + "</body>\n</html>\n";
}

}  // namespace guzheng
