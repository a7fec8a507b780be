// Signatures, answers and times of S3 (core/store/s3_*.h) without a service. The signatures are those that AWS publishes for its example requests. A-8.5.
#include <gtest/gtest.h>

#include "core/base/digest.h"
#include "core/store/s3_answers.h"
#include "core/store/s3_objects.h"
#include "core/store/s3_sign.h"
#include "core/store/s3_store.h"

namespace guzheng {
namespace {

constexpr WallTime k20130524{1'369'353'600'000};

std::string signature(const S3Unsigned& request, WallTime now = k20130524) {
  const auto headers = s3_signed_headers(request, {"AKIAIOSFODNN7EXAMPLE", "us-east-1", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}, now);
  EXPECT_EQ(headers.back().first, "Authorization");
  const auto& text = headers.back().second;
  return text.substr(text.rfind("Signature=") + 10);
}
S3Unsigned example(std::string method, std::string path, S3Pairs query, S3Pairs headers, std::string_view payload = "") {
  return {std::move(method), "examplebucket.s3.amazonaws.com", std::move(path), std::move(query), std::move(headers), sha256_hex(as_bytes(payload))};
}

TEST(S3Sign, GivesTheSignaturesThatArePublished) {
  EXPECT_EQ(signature(example("GET", "/test.txt", {}, {{"Range", "bytes=0-9"}})), "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
  EXPECT_EQ(signature(example("PUT", "/test$file.text", {}, {{"Date", "Fri, 24 May 2013 00:00:00 GMT"}, {"x-amz-storage-class", "REDUCED_REDUNDANCY"}}, "Welcome to Amazon S3.")),
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
  EXPECT_EQ(signature(example("GET", "/", {{"lifecycle", ""}}, {})), "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
  EXPECT_EQ(signature(example("GET", "/", {{"prefix", "J"}, {"max-keys", "2"}}, {})), "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
}

// A-7.4b: neither a header nor the payload can be another than was signed
TEST(S3Sign, EveryPartOfTheRequestCounts) {
  const auto one = example("PUT", "/a/b", {{"q", "1"}}, {{"x-amz-meta-x", "1"}}, "payload");
  const auto whole = signature(one);
  auto other = one;
  other.payload_sha256 = sha256_hex(as_bytes("payloae"));
  EXPECT_NE(signature(other), whole);
  other = one;
  other.headers[0].second = "2";
  EXPECT_NE(signature(other), whole);
  other = one;
  other.query[0].second = "2";
  EXPECT_NE(signature(other), whole);
  other = one;
  other.method = "GET";
  EXPECT_NE(signature(other), whole);
  EXPECT_NE(signature(one, {k20130524.ms + 1000}), whole);
  const auto headers = s3_signed_headers(one, {"A", "r", "s"}, k20130524);
  EXPECT_NE(headers.back().second.find("SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-meta-x,"), std::string::npos);
}

// RFC 4231, cases 1, 2 and 6
TEST(S3Sign, HmacIsThatOfItsStandard) {
  EXPECT_EQ(to_hex(hmac_sha256(Bytes(20, 0x0b), as_bytes("Hi There"))), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(to_hex(hmac_sha256(as_bytes("Jefe"), as_bytes("what do ya want for nothing?"))), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(to_hex(hmac_sha256(Bytes(131, 0xaa), as_bytes("Test Using Larger Than Block-Size Key - Hash Key First"))), "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(S3Sign, EncodesAsTheCanonicalRequestWantsIt) {
  EXPECT_EQ(s3_encoded("a/b c~+%é", true), "a/b%20c~%2B%25%C3%A9");
  EXPECT_EQ(s3_encoded("a/b", false), "a%2Fb");
  EXPECT_EQ(s3_query({{"b", "2"}, {"a", "x y"}, {"uploads", ""}}), "a=x%20y&b=2&uploads=");
}

// A-8.1: never shorter than asked for
TEST(S3Sign, TimesAreRoundedUp) {
  EXPECT_EQ(s3_time({1'369'353'600'000}), "2013-05-24T00:00:00Z");
  EXPECT_EQ(s3_time({1'369'353'600'001}), "2013-05-24T00:00:01Z");
  EXPECT_EQ(parse_s3_time("2013-05-24T00:00:00Z"), k20130524);
  EXPECT_EQ(parse_s3_time("2013-05-24T00:00:00.5Z"), (WallTime{k20130524.ms + 500}));
  EXPECT_EQ(parse_s3_time("2013-05-24T00:00:00.123456789Z"), (WallTime{k20130524.ms + 123}));
  for (const char* bad : {"", "2013-05-24", "2013-05-24T00:00:00", "2013-05-24T00:00:00.Z", "2013-05-24T00:00:00.xZ", "2013-13-24T00:00:00Z"}) EXPECT_FALSE(parse_s3_time(bad)) << bad;
}

TEST(S3Answers, ReadsListings) {
  const auto listing = parse_s3_listing(R"(<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name><IsTruncated>true</IsTruncated>
    <Contents><Key>objects/a</Key><Size>12</Size><ETag>"x"</ETag></Contents><Contents><Key>objects/a&amp;b</Key><Size>0</Size></Contents></ListBucketResult>)");
  ASSERT_TRUE(listing);
  ASSERT_EQ(listing->entries.size(), 2u);
  EXPECT_EQ(listing->entries[0].size, 12u);
  EXPECT_EQ(listing->entries[1].key, "objects/a&b");
  EXPECT_TRUE(listing->more);
  const auto parts = parse_s3_parts(R"(<ListPartsResult><IsTruncated>false</IsTruncated><Part><PartNumber>1</PartNumber><ETag>"e"</ETag><Size>5242880</Size></Part></ListPartsResult>)");
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->parts.at(0).etag, "\"e\"");
  const auto versions = parse_s3_versions(R"(<ListVersionsResult><IsTruncated>false</IsTruncated><Version><Key>k</Key><VersionId>v1</VersionId><Size>1</Size></Version><DeleteMarker><Key>k</Key><VersionId>v2</VersionId></DeleteMarker></ListVersionsResult>)");
  ASSERT_TRUE(versions);
  EXPECT_EQ(versions->entries.size(), 2u);
  EXPECT_EQ(s3_complete_xml({{1, 5, "\"a&b\""}}), R"(<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"a&amp;b"</ETag></Part></CompleteMultipartUpload>)");
}

TEST(S3Answers, RefusesWhatIsNone) {
  for (const char* bad : {"", "<", "<html/>", "<ListBucketResult><Contents><Key>a</Key></Contents></ListBucketResult>", "<ListBucketResult><Contents><Key>a</Key><Size>-1</Size></Contents></ListBucketResult>",
                          "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>"})
    EXPECT_EQ(parse_s3_listing(bad).error().kind, ErrorKind::Protocol) << bad;
  const auto part = [](const std::string& number) { return "<Part><PartNumber>" + number + "</PartNumber><ETag>e</ETag><Size>1</Size></Part>"; };
  for (const std::string& bad : {part("0"), part("10001"), part("2") + part("1"), part("x")}) EXPECT_FALSE(parse_s3_parts("<ListPartsResult>" + bad + "</ListPartsResult>")) << bad;
  EXPECT_FALSE(parse_s3_upload_id("<InitiateMultipartUploadResult/>"));
  EXPECT_FALSE(parse_s3_listing("<ListBucketResult>" + std::string(kMostS3Answer, ' ') + "</ListBucketResult>"));
  EXPECT_EQ(parse_s3_error("<Error><Code>NoSuchKey</Code><Message>a\x01</Message></Error>").code, "NoSuchKey");
  EXPECT_EQ(parse_s3_error("<ListBucketResult/>").code, "");
}

TEST(S3Store, RefusesAddressesThatAreNone) {
  const SystemClock clock;
  for (const char* endpoint : {"", "http://localhost:1", "https://", "https://a/b", "https://user@a", "ftp://a"})
    EXPECT_EQ(make_s3_bucket({endpoint, "us-east-1", "bucket", "a", Secret("s"), ""}, clock).error().kind, ErrorKind::Invalid) << endpoint;
  for (const char* bucket : {"", "ab", "Upper", "a/b", "-ab", "a b c"})
    EXPECT_EQ(make_s3_bucket({"https://localhost:1", "us-east-1", bucket, "a", Secret("s"), ""}, clock).error().kind, ErrorKind::Invalid) << bucket;
  EXPECT_EQ(make_s3_bucket({"https://localhost:1", "us-east-1", "bucket", "a", Secret("s"), ""}, clock).error().kind, ErrorKind::Network);
}

}  // namespace
}  // namespace guzheng
