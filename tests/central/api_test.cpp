// The routes against the description (core/wire/openapi.json), and the parsers of foreign bytes. The running server is held to it by tests/program/central_contract_test.py.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "core/base/file.h"
#include "core/central/api.h"
#include "core/central/tus.h"

namespace guzheng {
namespace {

TEST(Api, EveryRouteIsDescribedAndNoOther) {
  const auto described = Json::parse(read_text(GUZHENG_OPENAPI).value());
  std::set<std::string> wanted, there;
  for (const auto& [path, methods] : described.at("paths").items()) {
    for (const auto& [method, operation] : methods.items()) {
      std::string upper = method;
      for (auto& c : upper) c = static_cast<char>(c - 'a' + 'A');
      // open ones say so by an empty list
      wanted.insert(upper + " " + path + (operation.contains("security") && operation.at("security").empty() ? " open" : ""));
    }
  }
  const auto routes = central_routes({}).routes();
  for (const auto& route : routes) there.insert(route.method + " " + route.pattern + (route.open ? " open" : ""));
  EXPECT_EQ(there, wanted);
  EXPECT_EQ(there.size(), routes.size());
}

TEST(Router, TakesNoSegmentThatClimbs) {          // A-8.3e
  HttpRouter router;
  router.add({"GET", "/v1/x/{id}", false, {}, 0});
  router.add({"DELETE", "/v1/x/{id}", false, {}, 0});
  std::map<std::string, std::string> params;
  std::string allowed;
  ASSERT_NE(router.find("GET", "/v1/x/a.b", params, allowed), nullptr);
  EXPECT_EQ(params.at("id"), "a.b");
  for (const char* path : {"/v1/x", "/v1/x/", "/v1/x/..", "/v1/x/.", "/v1/x/a/b", "/v1/x/a/", "//v1/x/a", "/v1/y/a"}) {
    EXPECT_EQ(router.find("GET", path, params, allowed), nullptr) << path;
    EXPECT_EQ(allowed, "") << path;
  }
  EXPECT_EQ(router.find("PUT", "/v1/x/a", params, allowed), nullptr);
  EXPECT_EQ(allowed, "GET, DELETE");
}

TEST(Target, IsReadWithoutDecodingAnything) {
  HttpRequest request;
  ASSERT_TRUE(parse_target("/v1/log/proof?first=1&second=22", request));
  EXPECT_EQ(request.path, "/v1/log/proof");
  EXPECT_EQ(request.query, (std::map<std::string, std::string>{{"first", "1"}, {"second", "22"}}));
  for (const char* bad : {"", "*", "http://x/", "/a%2e", "/a b", "/a?b=%41", "/a?=1", "/a?b=1&b=2", "/a\\b", "/a?b=1&&"}) EXPECT_EQ(parse_target(bad, request).has_value(), false) << bad;
  EXPECT_FALSE(parse_target("/" + std::string(2000, 'a'), request));
}

TEST(Tus, MetadataIsReadStrictly) {
  const auto read = parse_upload_metadata("package TFgtMDM=,zip_sha256 YWI=, is_large");
  ASSERT_TRUE(read) << read.error().what;
  EXPECT_EQ(*read, (std::map<std::string, std::string>{{"package", "LX-03"}, {"zip_sha256", "ab"}, {"is_large", ""}}));
  EXPECT_EQ(parse_upload_metadata("").value().size(), 0u);
  for (const char* bad : {",", "a !", "a YWI", "a YWI=,a YWI=", " ", "a\tb YWI=", "a YWI=,,b"}) EXPECT_EQ(parse_upload_metadata(bad).has_value(), false) << bad;
  EXPECT_FALSE(parse_upload_metadata(std::string(5000, 'a')));
}

TEST(Tus, CountsAndChecksums) {
  EXPECT_EQ(parse_count("0"), 0u);
  EXPECT_EQ(parse_count("9007199254740991"), (std::uint64_t{1} << 53) - 1);
  for (const char* bad : {"", "-1", "+1", "01", "1 ", "0x1", "9007199254740992", "99999999999999999999"}) EXPECT_EQ(parse_count(bad), std::nullopt) << bad;
  EXPECT_EQ(parse_upload_checksum("sha256 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=").value().size(), 32u);
  EXPECT_EQ(parse_upload_checksum("sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=").error().kind, ErrorKind::Unsupported);
  EXPECT_EQ(parse_upload_checksum("sha256").error().kind, ErrorKind::Invalid);
  EXPECT_EQ(parse_upload_checksum("sha256 YWI=").error().kind, ErrorKind::Invalid);
}

TEST(Dates, AreThoseOfHttp) { EXPECT_EQ(http_date(784111777), "Sun, 06 Nov 1994 08:49:37 GMT"); }    // RFC 9110 5.6.7

}  // namespace
}  // namespace guzheng
