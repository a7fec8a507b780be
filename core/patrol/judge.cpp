#include "core/patrol/judge.h"

#include "core/patrol/page_text.h"

namespace guzheng {

namespace {

std::optional<Judgement> bad_content(std::string_view text, const PatrolRules& rules) {
  for (const auto& rule : rules.bad) {
    std::string found;
    int count = 0;
    for (const auto& word : rule.words) {
      if (text.find(word) == std::string_view::npos) continue;
      found += (found.empty() ? "" : "、") + word;
      ++count;
    }
    if (count >= rule.least) return Judgement{Reach::BadContent, "页面出现" + rule.finding + "内容（" + found + "）"};
  }
  return {};
}

Judgement unreachable(const std::string& why) { return {Reach::Unreachable, why}; }

}  // namespace

std::optional<Judgement> judge_text(std::string_view text, const PatrolRules& rules) {
  if (auto bad = bad_content(text, rules)) return bad;
  for (const auto& words : rules.gone)
    if (text.find(words) != std::string_view::npos) return Judgement{Reach::Gone, "页面显示“" + words + "”"};
  return {};
}

Judgement judge_look(const LinkLook& look, const PatrolRules& rules) {
  switch (look.end) {
    case LinkLook::End::Stopped: return {};
    case LinkLook::End::BadLink: return unreachable("链接不是网址");
    case LinkLook::End::NoName: return unreachable("域名解析不到");
    case LinkLook::End::NoConnection: return unreachable("连接不上服务器");
    case LinkLook::End::NotTrusted: return unreachable("网站的证书不可信");
    case LinkLook::End::TimedOut: return unreachable("服务器没有在时限内应答");
    case LinkLook::End::TooManyRedirects: return unreachable("跳转次数过多");
    case LinkLook::End::Broken: return unreachable("传输中断：" + look.error);
    case LinkLook::End::Answered: break;
  }
  if (look.status == 404 || look.status == 410) return {Reach::Gone, "服务器应答页面不存在（" + std::to_string(look.status) + "）"};
  const auto said = judge_text(page_text(look.page, look.content_type), rules);
  if (said) return *said;
  // 401, 403, 429: somebody is there and lets no machine in
  if (look.status >= 500 || (look.status >= 400 && look.status != 401 && look.status != 403 && look.status != 429)) return unreachable("服务器应答错误（" + std::to_string(look.status) + "）");
  return {Reach::Reachable, ""};
}

PatrolMove move_of(const Entry& entry, const Judgement& now, int failed_before, const PatrolRules& rules) {
  switch (now.reach) {
    case Reach::BadContent: case Reach::Gone: return entry.abnormal ? PatrolMove::None : PatrolMove::In;
    case Reach::Unreachable: return !entry.abnormal && failed_before + 1 >= rules.failures ? PatrolMove::In : PatrolMove::None;
    case Reach::Reachable: return entry.abnormal && entry.why.starts_with(kPatrolWhy) ? PatrolMove::Back : PatrolMove::None;
    case Reach::Unchecked: break;
  }
  return PatrolMove::None;
}

}  // namespace guzheng
