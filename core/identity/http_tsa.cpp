#include "core/identity/http_tsa.h"

#include <curl/curl.h>

#include <mutex>

#include "core/identity/timestamp.h"

namespace guzheng {

namespace {

constexpr std::size_t kAnswerLimit = 1u << 20;

struct CurlFree {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct MultiFree {                   // CURLM is void, as CURL is
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};

std::size_t take(char* data, std::size_t size, std::size_t count, void* out) {
  auto& bytes = *static_cast<Bytes*>(out);
  if (bytes.size() + size * count > kAnswerLimit) return 0;           // curl then reports a write error
  append(bytes, {reinterpret_cast<const std::uint8_t*>(data), size * count});
  return size * count;
}

ErrorKind kind_of(CURLcode code) {
  return code == CURLE_OPERATION_TIMEDOUT ? ErrorKind::Timeout : ErrorKind::Network;
}

class HttpTimestampAuthority final : public TimestampAuthority {
 public:
  explicit HttpTimestampAuthority(HttpAuthority options) : options_(std::move(options)) {}

  [[nodiscard]] std::string name() const override { return options_.name; }

  Result<Bytes> stamp(ByteView imprint) override { return stamp_unless(imprint, {}); }

  Result<Bytes> stamp_unless(ByteView imprint, const std::function<bool()>& stopped) override {
    const Bytes nonce = make_nonce();
    GZ_TRY_ASSIGN(const auto request, build_timestamp_request(imprint, nonce, options_.policy));
    GZ_TRY_ASSIGN(auto response, post(request, stopped));
    GZ_TRY_ASSIGN(const auto token, check_timestamp_response(response, imprint, nonce));
    if (!options_.policy.empty() && token.policy != options_.policy)
      return fail(ErrorKind::Protocol, "the time stamp was made under policy " + token.policy + ", not " + options_.policy);
    if (!options_.root_pem.empty()) GZ_TRY(check_timestamp_trust(response, options_.root_pem));
    return response;
  }

 private:
  [[nodiscard]] Result<Bytes> post(ByteView request, const std::function<bool()>& stopped) const {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    const std::unique_ptr<CURL, CurlFree> curl(curl_easy_init());
    if (!curl) return fail(ErrorKind::Network, "libcurl does not start");
    const std::unique_ptr<curl_slist, CurlFree> headers(
        curl_slist_append(curl_slist_append(nullptr, "Content-Type: application/timestamp-query"), "Expect:"));
    Bytes answer;
    CURL* c = curl.get();
    curl_easy_setopt(c, CURLOPT_URL, options_.url.c_str());
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_.connect_timeout_ms));
    curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, static_cast<long>(options_.timeout_ms));
    curl_easy_setopt(c, CURLOPT_POSTFIELDS, request.data());
    curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.size()));
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, &answer);
    // a proxy of the environment would be a stranger between us and the authority
    curl_easy_setopt(c, CURLOPT_PROXY, "");
    curl_blob ca{const_cast<char*>(options_.https_ca_pem.data()), options_.https_ca_pem.size(), CURL_BLOB_COPY};
    if (ca.len > 0) curl_easy_setopt(c, CURLOPT_CAINFO_BLOB, &ca);
    GZ_TRY_ASSIGN(const CURLcode code, perform(c, stopped));
    if (code != CURLE_OK) return fail(kind_of(code), "time-stamp authority " + options_.url + ": " + curl_easy_strerror(code));
    GZ_TRY(check_http(c));
    return answer;
  }

  // As curl_easy_perform, looking up every 50 ms whether anybody still waits.
  [[nodiscard]] Result<CURLcode> perform(CURL* easy, const std::function<bool()>& stopped) const {
    const std::unique_ptr<CURLM, MultiFree> multi(curl_multi_init());
    if (!multi || curl_multi_add_handle(multi.get(), easy) != CURLM_OK) return fail(ErrorKind::Network, "libcurl does not start");
    Result<CURLcode> result = CURLE_FAILED_INIT;
    for (int running = 1; running > 0;) {
      if (stopped && stopped()) {
        result = fail(ErrorKind::Cancelled, "time-stamp authority " + options_.url + ": not waited for any longer");
        break;
      }
      if (curl_multi_perform(multi.get(), &running) != CURLM_OK) break;
      if (running > 0) curl_multi_poll(multi.get(), nullptr, 0, 50, nullptr);
      int left = 0;
      while (const CURLMsg* message = curl_multi_info_read(multi.get(), &left))
        if (message->msg == CURLMSG_DONE) result = message->data.result;
    }
    curl_multi_remove_handle(multi.get(), easy);
    return result;
  }

  [[nodiscard]] Status check_http(CURL* c) const {
    long status = 0;
    const char* type = nullptr;
    curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(c, CURLINFO_CONTENT_TYPE, &type);
    if (status != 200)
      return fail(ErrorKind::Protocol, "time-stamp authority " + options_.url + " answers HTTP " + std::to_string(status));
    if (!type || !std::string_view(type).starts_with("application/timestamp-reply"))
      return fail(ErrorKind::Protocol, "time-stamp authority " + options_.url + " answers no time stamp");
    return ok();
  }

  const HttpAuthority options_;
};

}  // namespace

std::shared_ptr<TimestampAuthority> make_http_authority(HttpAuthority options) {
  return std::make_shared<HttpTimestampAuthority>(std::move(options));
}

}  // namespace guzheng
