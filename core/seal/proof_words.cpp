#include "core/seal/proof_words.h"

#include <fmt/format.h>

namespace guzheng {

namespace {

struct Words {
  std::string_view rule, chinese, english;     // rule: the part before the point, or the whole id
};

// What a broken rule means for the evidence. The most specific entry wins.
constexpr Words kMeanings[] = {
    {"zip", "导出文件的外壳被改动或不完整", "The export file's container was altered or is not complete"},
    {"zip.end", "导出文件被截断，或末尾多出内容", "The export file was cut short or has something behind its end"},
    {"tree", "包内文件与清单不符", "The files are not those that the lists name"},
    {"tree.extra", "包内多出不应有的文件", "There is a file that does not belong to the package"},
    {"tree.missing", "包内缺少文件", "A file is missing"},
    {"tree.link", "包内有链接，不是普通文件", "There is a link instead of a plain file"},
    {"manifest", "文件内容与封存时的摘要不符：封存后被改动", "A file is not what was sealed: it was changed afterwards"},
    {"manifest.form", "清单的写法不合格式", "A list is not in its one spelling"},
    {"tags", "包的标识信息与内容不符", "The package's labels do not fit its content"},
    {"seal", "封存清单与文件不符", "The seal's list does not fit the files"},
    {"signer", "签名不成立", "A signature does not hold"},
    {"signer.revoked", "签名人的证书在封存时已被吊销", "The signer's certificate had been revoked when it was sealed"},
    {"signer.expired", "签名人的证书在封存时不在有效期内", "The signer's certificate was not valid when it was sealed"},
    {"signer.crl", "包内的吊销列表在封存时不在有效期内", "The revocation list in the package was not valid when it was sealed"},
    {"signer.chain", "签名人的证书不是所给的单位根证书签发的", "The signer's certificate does not come from the given root"},
    {"stamp", "时间戳不成立", "A time stamp does not hold"},
    {"stamp.authority", "时间戳不是所给的时间戳机构签发的", "The time stamp does not come from the given authority"},
    {"stamp.time", "时间先后不合规则", "Times are not in their order"},
    {"journal", "操作日志被改动、截断或不合格式", "The journal was altered, cut short or is not in its form"},
    {"journal.chain", "操作日志的链条断开", "The journal's chain is broken"},
    {"binding", "文件与操作日志的记载不符", "A file is not what the journal recorded"},
    {"values", "证据清单与操作日志或文件不符", "The list of evidence does not fit the journal or the files"},
    {"marks", "练习标记前后不一致：有的地方被去掉", "Practice is said in some places and was taken away in others"},
    {"film", "录像与操作日志的记载不符", "The recording is not what the journal recorded"},
    {"import", "导入的包里有不属于导入的记载，或取证的包里有导入的文件", "An import says things of a phone, or a capture holds imported files"},
    {"beside.review", "复核记录不成立", "A review record does not hold"},
    {"group", "组记录与取证指令或本包不符", "The group's record does not fit the order or this package"},
    {"group.order", "取证指令所载的组不合格式，或不是用所载的手机取的", "What the order says of its group does not hold, or another phone was used"},
    {"group.member", "同组的另一个证据包被换成了别的", "Another package was put in the place of a member of the group"},
    {"group.absent", "同组的证据包不在旁边", "A member of the group does not lie beside this package"},
    {"group.unsealed", "同组有手机没有封存成证据包", "A member of the group was never sealed"},
    {"beside.missing", "移交或归集之后，包旁有文件被拿走或换掉", "A file beside the package was taken away or exchanged after the hand-over or the receipt"},
    {"beside", "包旁的文件与包不符", "A file beside the package does not fit it"},
    {"receipt", "归集系统的回执与包不符", "The central system's receipt does not fit the package"},
    {"renew", "续期时间戳与包不符", "A renewal of the time stamps does not fit the package"},
    {"renew.covers", "续期时间戳漏了文件", "A renewal does not cover a file"},
    {"renew.missing", "续期之后有文件被拿走", "A file was taken away after the renewal"}};

std::string_view meaning(const std::string& rule, Language language) {
  const Words* best = nullptr;
  for (const auto& words : kMeanings)
    if (rule == words.rule || (rule.starts_with(words.rule) && rule[words.rule.size()] == '.'))
      if (!best || words.rule.size() > best->rule.size()) best = &words;
  if (!best) return language == Language::Chinese ? "不合格式" : "Not in the format";
  return language == Language::Chinese ? best->chinese : best->english;
}

class Lines {
 public:
  Lines(const Verification& v, Language language) : v_(v), chinese_(language == Language::Chinese), language_(language) {}

  std::vector<std::string> run() {
    verdict();
    for (const auto& finding : v_.damage)
      add(fmt::format("  - {}{}{}{}[{}] {}", meaning(finding.rule, language_), chinese_ ? "：" : ": ", finding.path,
                      finding.path.empty() ? "" : " ", finding.rule, finding.what));
    for (const auto& thing : v_.missing) missing(thing);
    notes();
    if (!v_.incomplete.empty()) {
      say("不完整的原因：", "Not complete because of:");
      for (const auto& reason : v_.incomplete) add("  - " + reason);
    }
    facts();
    next_step();
    return std::move(out_);
  }

 private:
  void add(std::string line) { out_.push_back(std::move(line)); }
  void say(std::string_view chinese, std::string_view english) { add(std::string(chinese_ ? chinese : english)); }

  void verdict() {
    switch (v_.verdict) {
      case Verdict::Whole: return say("结论：完整。自封存以来没有任何改动。", "Verdict: whole. Nothing was changed since it was sealed.");
      case Verdict::Practice: return say("结论：练习。校验无误，但只供练习，不得作为证据。", "Verdict: practice. It checks out, but it is for practice only and is no evidence.");
      case Verdict::Incomplete: return say("结论：不完整。没有发现改动，但缺少下列部分。", "Verdict: incomplete. Nothing was changed, but parts are missing.");
      case Verdict::CannotTell: return say("结论：不能判断。没有发现改动，但缺少判断所需的证书或续期。", "Verdict: cannot tell. No change was found, but a certificate or renewal needed to judge is missing.");
      case Verdict::Damaged: return say("结论：已损坏。包与封存时不一致，不能作为完整证据使用：", "Verdict: damaged. The package is not what was sealed and cannot stand as whole evidence:");
    }
  }

  void missing(const std::string& thing) {
    if (thing.starts_with("content-key: "))
      return say("  - 内容已加密，需要下列证书之一的私钥（签发者，序列号）：" + thing.substr(13) + "。请用 --desk 给出能解密的工作台，或校验导出的 package.zip。",
                 "  - The content is encrypted; a key of one of these certificates is needed (issuer, serial): " + thing.substr(13) +
                     ". Name a desk that opens it with --desk, or verify an exported package.zip.");
    if (thing == "org-root") return say("  - 缺单位根证书：请用 --org-ca 给出从本单位取得的根证书，不要用包内的。", "  - The organisation's root is missing: give the one you got from the bureau with --org-ca, never the one in the package.");
    if (thing == "tsa-root") return say("  - 缺时间戳机构根证书：请用 --tsa-ca 给出从该机构取得的根证书，不要用包内的。", "  - The time-stamp authority's root is missing: give the one you got from the authority with --tsa-ca, never the one in the package.");
    if (thing == "renewal") return say("  - 时间戳机构的证书已过期，而到期之前没有做过续期（guzheng-evidence renew）：时间戳现在无法判断。", "  - A time-stamp authority's certificate has expired and no renewal was made before (guzheng-evidence renew): the stamps cannot be judged any more.");
    if (thing == "crl") return say("  - 封存之后所加的签名晚于包内吊销列表的有效期：请用 --crl 给出较新的吊销列表。", "  - A signature added later is younger than the package's revocation list: give a newer one with --crl.");
    if (thing == "signature-time") return say("  - 封存之后所加的签名没有时间戳，签名人的证书现已过期。", "  - A signature added later has no time stamp, and its signer's certificate has expired.");
    if (thing == "parts-stamp") return say("  - 加密块的清单由工作站后来续发的证书签名，其上没有时间戳：由工作站运行 stamp 补取。", "  - A list of encrypted parts is signed with a later certificate of the station and has no time stamp: the station fetches it with stamp.");
    add("  - " + thing);
  }

  void notes() {
    for (const auto& note : v_.notes) {
      if (note.rule.starts_with("group."))
        add(fmt::format("{}{}{}{} [{}]", chinese_ ? "说明：" : "Note: ", meaning(note.rule, language_), chinese_ ? "：" : ": ", note.rule == "group.absent" ? note.path : note.what, note.rule));
      if (note.rule == "signer.revoked-later")
        add(fmt::format("{}{}{}", chinese_ ? "说明：签名人的证书后来被吊销，此前所作的签名仍然成立：" : "Note: the signer's certificate was revoked later; the signature made before stands: ", note.path,
                        chinese_ ? "" : " (" + note.what + ")"));
    }
  }

  void facts() {
    if (!v_.id.empty()) add(fmt::format("{}{}", chinese_ ? "证据包：" : "Package: ", v_.id));
    if (!v_.fingerprint.empty()) add(fmt::format("{}{}", chinese_ ? "封签指纹：" : "Fingerprint: ", v_.fingerprint));
    if (v_.practice && v_.verdict != Verdict::Practice) say("标记：练习", "Mark: practice");
    if (!v_.state.empty()) add(fmt::format("{}{}", chinese_ ? "封存状态：" : "State when sealed: ", v_.state));
    add(fmt::format(fmt::runtime(chinese_ ? "已检查：文件 {} 个、{} 字节；日志 {} 行；录像 {} 帧；截图 {} 张；签名 {} 个；时间戳 {} 个"
                                          : "Checked: {} files, {} bytes; {} journal lines; {} video packets; {} screenshots; {} signatures; {} time stamps"),
                    v_.files, v_.bytes, v_.journal_lines, v_.packets, v_.shots, v_.signatures, v_.stamps));
    if (v_.opened.ms != 0) add(fmt::format("{}{} — {}", chinese_ ? "取证时间：" : "Captured: ", format_time(v_.opened), format_time(v_.closed)));
    if (v_.seal_stamp.ms != 0) add(fmt::format("{}{}", chinese_ ? "封签时间戳：" : "Seal stamped: ", format_time(v_.seal_stamp)));
    if (!v_.receipt.by.empty()) add(fmt::format("{}{}{}{}", chinese_ ? "中心系统回执：" : "Receipt of the central system: ", v_.receipt.by, chinese_ ? "，" : ", ", format_time(v_.receipt.at)));
  }

  void next_step() {
    switch (v_.verdict) {
      case Verdict::Whole: return say("下一步：核对封签指纹与报告、移交记录上所印的一致。", "Next: compare the fingerprint with the one printed on the report and the hand-over record.");
      case Verdict::Practice: return say("下一步：仅用于学习；正式取证请使用正式证书。", "Next: for learning only; real captures need real certificates.");
      case Verdict::Incomplete: return say("下一步：补签或补时间戳后再验；缺内容的，需重新取证或在案卷中说明。", "Next: verify again after the signature or stamp has come; missing content must be captured again or explained in the file.");
      case Verdict::CannotTell: return say("下一步：取得上述证书后再验。", "Next: get what is named above and verify again.");
      case Verdict::Damaged: return say("下一步：保留此包原样，从证据库或另一份副本重新取出并再验；不要修改它。", "Next: keep this copy as it is, take another one from the vault or a second store and verify that; do not repair it.");
    }
  }

  const Verification& v_;
  const bool chinese_;
  const Language language_;
  std::vector<std::string> out_;
};

}  // namespace

std::vector<std::string> verification_lines(const Verification& v, Language language) { return Lines(v, language).run(); }

}  // namespace guzheng
