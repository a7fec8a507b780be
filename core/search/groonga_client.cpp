#include "core/search/groonga_client.h"

#include <curl/curl.h>

#include <algorithm>

namespace guzheng {

namespace {

constexpr std::size_t kMostIdleLines = 8;

struct HeadersFree {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

struct Taken {
  std::string body;
  bool too_long = false;
};

std::size_t take_answer(char* data, std::size_t, std::size_t count, void* with) {
  auto& taken = *static_cast<Taken*>(with);
  taken.too_long = taken.too_long || count > kMostGroongaAnswer - taken.body.size();
  if (taken.too_long) return 0;
  taken.body.append(data, count);
  return count;
}

ErrorKind kind_of_line(CURLcode code) {
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT: return ErrorKind::Timeout;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE: return ErrorKind::Denied;
    default: return ErrorKind::Network;
  }
}

std::string form_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    if (plain) out += c;
    else {
      out += '%';
      for (const int shift : {4, 0}) out += "0123456789ABCDEF"[static_cast<unsigned char>(c) >> shift & 15];
    }
  }
  return out;
}

bool is_this_machine(std::string_view host) {
  if (host.starts_with("[::1]")) host.remove_prefix(5);
  else if (host.starts_with("127.0.0.1")) host.remove_prefix(9);
  else if (host.starts_with("localhost")) host.remove_prefix(9);
  else return false;
  return host.empty() || host.front() == ':';
}

}  // namespace

struct GroongaClient::Line {
  CURL* const curl = curl_easy_init();
  Line() = default;
  ~Line() { curl_easy_cleanup(curl); }
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;
};

Status check_groonga_url(std::string_view url) {
  const bool tls = url.starts_with("https://"), plain = url.starts_with("http://");
  const auto host = url.substr(tls ? 8 : plain ? 7 : url.size());
  const bool whole = !host.empty() && host.find_first_of("/?#@\\ ") == host.npos && std::all_of(host.begin(), host.end(), [](char c) { return c > 0x20 && c < 0x7f; });
  if (!whole) return fail(ErrorKind::Invalid, "'" + std::string(url) + "' is no address of a search engine; expected: http://127.0.0.1:PORT, or https://HOST[:PORT]");
  if (plain && !is_this_machine(host)) return fail(ErrorKind::Invalid, "'" + std::string(url) + "' is on another machine; expected: https, since anybody on the way could read and change the index");
  return ok();
}

Result<Json> groonga_body(std::string_view answer) {
  const auto refuse = [](const std::string& what) { return fail(ErrorKind::Protocol, "the search engine's answer " + what); };
  if (answer.size() > kMostGroongaAnswer) return refuse("is longer than any that was asked for");
  if (!is_utf8(answer)) return refuse("is not UTF-8");
  bool deep = false;
  const auto watch = [&](int depth, Json::parse_event_t, Json&) { return deep = deep || depth > 8, !deep; };
  Json all = Json::parse(answer.begin(), answer.end(), watch, false);
  if (deep || all.is_discarded() || !all.is_array() || all.empty() || !all[0].is_array() || all[0].empty() || !all[0][0].is_number_integer()) return refuse("is none that it could give");
  if (const auto rc = all[0][0].get<std::int64_t>(); rc != 0) {
    const std::string why = all[0].size() > 3 && all[0][3].is_string() ? all[0][3].get<std::string>().substr(0, 200) : std::string();
    return refuse("is a refusal, " + std::to_string(rc) + ": " + (is_utf8(why) ? why : "?"));
  }
  if (all.size() != 2) return refuse("has no body");
  return std::move(all[1]);
}

GroongaClient::GroongaClient(GroongaAddress address) : address_(std::move(address)) {}
GroongaClient::~GroongaClient() = default;

Result<std::unique_ptr<GroongaClient>> GroongaClient::open(GroongaAddress address) {
  while (address.url.ends_with('/')) address.url.pop_back();
  GZ_TRY(check_groonga_url(address.url));
  return std::unique_ptr<GroongaClient>(new GroongaClient(std::move(address)));
}

Result<Json> GroongaClient::ask(const std::string& command, const Arguments& arguments, std::chrono::milliseconds patience) {
  std::string form;
  for (const auto& [key, value] : arguments) form += (form.empty() ? "" : "&") + key + '=' + form_encoded(value);
  return send("/d/" + command, form, "Content-Type: application/x-www-form-urlencoded", patience);
}

Result<std::int64_t> GroongaClient::load(const std::string& table, const std::string& documents, std::chrono::milliseconds patience) {
  GZ_TRY_ASSIGN(const auto taken, send("/d/load?table=" + form_encoded(table), documents, "Content-Type: application/json", patience));
  if (!taken.is_number_integer()) return fail(ErrorKind::Protocol, "the search engine does not say how many documents it took");
  return taken.get<std::int64_t>();
}

Result<Json> GroongaClient::send(const std::string& path, const std::string& body, const char* type, std::chrono::milliseconds patience) {
  std::unique_ptr<Line> line;
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      line = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (!line) line = std::make_unique<Line>();
  CURL* const curl = line->curl;
  if (curl == nullptr) return fail(ErrorKind::Network, "no HTTP client could be made");
  Taken taken;
  std::unique_ptr<curl_slist, HeadersFree> headers(curl_slist_append(curl_slist_append(nullptr, type), "Expect:"));
  const std::string url = address_.url + path;
  curl_easy_reset(curl);
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, 3000L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(patience.count()));
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.data());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_answer);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &taken);
  curl_blob roots{const_cast<char*>(address_.roots_pem.data()), address_.roots_pem.size(), CURL_BLOB_COPY};
  if (!address_.roots_pem.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO_BLOB, &roots);
  const CURLcode code = curl_easy_perform(curl);
  if (taken.too_long) return fail(ErrorKind::Protocol, "the search engine's answer is longer than any that was asked for");
  if (code != CURLE_OK) return fail(kind_of_line(code), "the search engine at " + address_.url + ": " + curl_easy_strerror(code));
  {
    const std::lock_guard lock(mutex_);
    if (idle_.size() < kMostIdleLines) idle_.push_back(std::move(line));
  }
  return groonga_body(taken.body);                               // a refusal comes as 400 or 500 with the same form
}

}  // namespace guzheng
