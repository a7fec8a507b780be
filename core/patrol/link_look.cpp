#include "core/patrol/link_look.h"

#include <curl/curl.h>

#include <algorithm>
#include <memory>
#include <mutex>

namespace guzheng {

namespace {

struct EasyFree {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};
struct UrlFree {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

struct Page {
  Bytes* bytes;
  std::size_t most;
  bool full = false;
};

std::size_t take_page(char* data, std::size_t size, std::size_t count, void* out) {
  auto& page = *static_cast<Page*>(out);
  const std::size_t came = size * count, room = page.most - page.bytes->size();
  append(*page.bytes, {reinterpret_cast<const std::uint8_t*>(data), std::min(came, room)});
  page.full = came > room;
  return page.full ? 0 : came;                   // 0: curl ends the transfer
}

int ask_stopped(void* stopped, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  const auto& ask = *static_cast<const std::function<bool()>*>(stopped);
  return ask && ask() ? 1 : 0;
}

LinkLook::End end_of(CURLcode code, bool full) {
  switch (code) {
    case CURLE_OK: return LinkLook::End::Answered;
    case CURLE_WRITE_ERROR: return full ? LinkLook::End::Answered : LinkLook::End::Broken;
    case CURLE_URL_MALFORMAT: case CURLE_UNSUPPORTED_PROTOCOL: return LinkLook::End::BadLink;
    case CURLE_COULDNT_RESOLVE_HOST: return LinkLook::End::NoName;
    case CURLE_COULDNT_CONNECT: return LinkLook::End::NoConnection;
    case CURLE_PEER_FAILED_VERIFICATION: case CURLE_SSL_CONNECT_ERROR: return LinkLook::End::NotTrusted;
    case CURLE_OPERATION_TIMEDOUT: return LinkLook::End::TimedOut;
    case CURLE_TOO_MANY_REDIRECTS: return LinkLook::End::TooManyRedirects;
    case CURLE_ABORTED_BY_CALLBACK: return LinkLook::End::Stopped;
    default: return LinkLook::End::Broken;
  }
}

void set_limits(CURL* c, const LookLimits& limits) {
  curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(c, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(c, CURLOPT_MAXREDIRS, static_cast<long>(limits.redirects));
  curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect_ms));
  curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.whole_ms));
  curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(c, CURLOPT_QUICK_EXIT, 1L);      // a name server that is silent holds the resolver's thread up for half a minute: the look does not wait for it
  curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "");
  // as a phone's browser: many shops show a desktop nothing
  curl_easy_setopt(c, CURLOPT_USERAGENT, "Mozilla/5.0 (Linux; Android 13; Mobile) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36");
}

}  // namespace

LinkLook look_at_link(const std::string& link, const LookLimits& limits, const std::function<bool()>& stopped) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  LinkLook out;
  if (!is_web_link(link)) {
    out.end = LinkLook::End::BadLink;
    return out;
  }
  if (never_a_host(link_host(link))) {
    out.end = LinkLook::End::NoName;
    return out;
  }
  const std::unique_ptr<CURL, EasyFree> curl(curl_easy_init());
  if (!curl) return out;
  CURL* c = curl.get();
  Page page{&out.page, limits.bytes};
  set_limits(c, limits);
  curl_easy_setopt(c, CURLOPT_URL, link.c_str());
  curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_page);
  curl_easy_setopt(c, CURLOPT_WRITEDATA, &page);
  curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, ask_stopped);
  curl_easy_setopt(c, CURLOPT_XFERINFODATA, &stopped);
  const CURLcode code = curl_easy_perform(c);
  out.end = end_of(code, page.full);
  if (code != CURLE_OK) out.error = curl_easy_strerror(code);
  long status = 0;
  const char *url = nullptr, *type = nullptr;
  curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(c, CURLINFO_EFFECTIVE_URL, &url);
  curl_easy_getinfo(c, CURLINFO_CONTENT_TYPE, &type);
  out.status = out.end == LinkLook::End::Answered ? static_cast<int>(status) : 0;
  out.final_link = url ? url : "";
  out.content_type = type ? type : "";
  return out;
}

std::string link_host(std::string_view link) {
  const std::unique_ptr<CURLU, UrlFree> url(curl_url());
  char* host = nullptr;
  if (!url || curl_url_set(url.get(), CURLUPART_URL, std::string(link).c_str(), 0) != CURLUE_OK || curl_url_get(url.get(), CURLUPART_HOST, &host, 0) != CURLUE_OK) return "";
  std::string out = host;
  curl_free(host);
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : static_cast<char>(c); });
  return out;
}

bool never_a_host(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  return host == "invalid" || host.ends_with(".invalid");
}

bool is_web_link(std::string_view link) {
  return (link.starts_with("http://") || link.starts_with("https://")) && link.find('\0') == std::string_view::npos && !link_host(link).empty();
}

}  // namespace guzheng
