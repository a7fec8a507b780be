#include "core/session/link_act.h"

#include <algorithm>
#include <cctype>

#include "core/custody/journal.h"
#include "core/session/session_impl.h"

namespace guzheng {

namespace {
constexpr std::size_t kMostLinkBytes = 6000, kMostAppBytes = 200;
constexpr std::chrono::seconds kLinkLimit{10};
}  // namespace

bool is_link(std::string_view url) {
  if (url.size() > kMostLinkBytes || (!url.starts_with("https://") && !url.starts_with("http://"))) return false;
  return std::all_of(url.begin(), url.end(), [](unsigned char c) { return std::isalnum(c) != 0 || std::string_view("-._~:/?#[]@!$&()*+,;=%").find(static_cast<char>(c)) != std::string_view::npos; });
}

bool is_app(std::string_view package) {
  return !package.empty() && package.size() <= kMostAppBytes && std::all_of(package.begin(), package.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c == '.' || c == '_'; });
}

Result<std::string> link_command(const std::string& url, const std::string& package) {
  if (!is_link(url)) return fail(ErrorKind::Invalid, "a link begins with https:// or http:// and has no spaces, quotes or other characters than a link's");
  if (!package.empty() && !is_app(package)) return fail(ErrorKind::Invalid, "\"" + package + "\" is no app's name");
  return "am start -a android.intent.action.VIEW -d '" + url + "'" + (package.empty() ? "" : " -S -p " + package);
}

// The app is ended first where one is named: each run begins on the link's own page.
Status SessionImpl::open_link(const std::string& url, const std::string& package) {
  GZ_TRY_ASSIGN(const std::string command, link_command(url, package));
  GZ_TRY(hand_.act_beside(Json{{"act", "link"}, {"package", package}, {"url", url}}, [&]() -> Status {
    GZ_TRY_ASSIGN(const auto answer, setup_.link->shell(command, kLinkLimit));
    const std::string said = std::string(as_text(answer.out)) + std::string(as_text(answer.err));
    if (said.find("Error") != said.npos || answer.exit_code != 0) return fail(ErrorKind::NotFound, "no app of the phone opens " + url);
    return ok();
  }));
  TimelineEvent event;
  event.text = "打开网址 " + url;
  tell_.event(std::move(event));
  return ok();
}

}  // namespace guzheng
