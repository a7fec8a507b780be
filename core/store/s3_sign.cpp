#include "core/store/s3_sign.h"

#include <algorithm>

#include "core/base/digest.h"

namespace guzheng {

namespace {

constexpr std::size_t kBlock = 64;                 // of SHA-256, bytes

std::string trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  std::string out;
  for (const char c : text)
    if (c != ' ' || !out.ends_with(' ')) out += c;
  return out;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (auto& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

// "20130524T000000Z"
std::string basic_time(WallTime now) {
  const std::string text = format_time(now, 0);    // 2013-05-24T00:00:00.000+00:00
  return text.substr(0, 4) + text.substr(5, 2) + text.substr(8, 5) + text.substr(14, 2) + text.substr(17, 2) + "Z";
}

}  // namespace

Bytes hmac_sha256(ByteView key, ByteView text) {
  Bytes block = key.size() > kBlock ? sha256(key) : Bytes(key.begin(), key.end());
  block.resize(kBlock);
  const auto half = [&](std::uint8_t pad, ByteView over) {
    Digester digester(DigestKind::Sha256);
    Bytes padded = block;
    for (auto& byte : padded) byte ^= pad;
    digester.update(padded);
    digester.update(over);
    return digester.finish();
  };
  return half(0x5c, half(0x36, text));
}

std::string s3_encoded(std::string_view text, bool path) {
  constexpr const char* kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~' || (path && c == '/');
    if (plain) out += c;
    else out += {'%', kHex[byte >> 4], kHex[byte & 15]};
  }
  return out;
}

std::string s3_query(const S3Pairs& query) {
  S3Pairs sorted;
  for (const auto& [name, value] : query) sorted.emplace_back(s3_encoded(name, false), s3_encoded(value, false));
  std::sort(sorted.begin(), sorted.end());
  std::string out;
  for (const auto& [name, value] : sorted) out += (out.empty() ? "" : "&") + name + "=" + value;
  return out;
}

S3Pairs s3_signed_headers(const S3Unsigned& request, const S3Credentials& credentials, WallTime now) {
  const std::string time = basic_time(now), day = time.substr(0, 8);
  S3Pairs out = request.headers;
  out.emplace_back("x-amz-content-sha256", request.payload_sha256);
  out.emplace_back("x-amz-date", time);

  S3Pairs canonical{{"host", request.host}};
  for (const auto& [name, value] : out) canonical.emplace_back(lower(name), trimmed(value));
  std::sort(canonical.begin(), canonical.end());
  std::string names, lines;
  for (const auto& [name, value] : canonical) {
    names += (names.empty() ? "" : ";") + name;
    lines += name + ":" + value + "\n";
  }
  const std::string target = s3_encoded(request.path, true) + "\n" + s3_query(request.query);
  const std::string whole = request.method + "\n" + target + "\n" + lines + "\n" + names + "\n" + request.payload_sha256;
  const std::string scope = day + "/" + credentials.region + "/s3/aws4_request";
  const std::string to_sign = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + sha256_hex(as_bytes(whole));

  Bytes key = to_bytes("AWS4");
  append(key, as_bytes(credentials.secret_key));
  for (const std::string_view step : {std::string_view(day), std::string_view(credentials.region), std::string_view("s3"), std::string_view("aws4_request")}) {
    Bytes next = hmac_sha256(key, as_bytes(step));
    std::fill(key.begin(), key.end(), std::uint8_t{0});
    key = std::move(next);
  }
  const std::string signature = to_hex(hmac_sha256(key, as_bytes(to_sign)));
  out.emplace_back("Authorization", "AWS4-HMAC-SHA256 Credential=" + credentials.access_key + "/" + scope + ",SignedHeaders=" + names + ",Signature=" + signature);
  return out;
}

}  // namespace guzheng
