// Objects in a real S3 service with Object Lock (core/store/s3_store.h): the contract of all stores, and what only a service can do. A-7.4c, A-8.1, A-8.5.
// Run by tests/servers/with_servers.py rgw, which says in the environment where the service is.
#include "core/store/s3_store.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <thread>

#include "core/base/file.h"
#include "core/store/s3_answers.h"
#include "core/store/s3_objects.h"
#include "tests/store/contract.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;
using test::StoreContract;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  EXPECT_NE(value, nullptr) << name << " is not set: run this through tests/servers/with_servers.py rgw";
  return value == nullptr ? "" : value;
}

std::string new_bucket() {
  static std::atomic<int> number{0};
  return "bucket-" + std::to_string(++number);
}

class Spool {
 public:
  Spool() {
    std::string pattern = (fs::temp_directory_path() / "gz-s3-XXXXXX").string();
    path = ::mkdtemp(pattern.data());
  }
  ~Spool() { fs::remove_all(path); }
  fs::path path;
};

S3Address address_of(const std::string& bucket) {
  return {environment("GUZHENG_S3_ENDPOINT"), "us-east-1", bucket, environment("GUZHENG_S3_ACCESS"), Secret(environment("GUZHENG_S3_SECRET")), read_text(environment("GUZHENG_S3_ROOT")).value()};
}

S3Settings settings_of(const std::string& bucket, const fs::path& spool) {
  S3Settings out;
  out.name = "s3-a";
  out.address = address_of(bucket);
  out.spool = spool;
  return out;
}

class S3Maker : public test::StoreMaker {
 public:
  S3Maker() {
    const auto made = make_s3_bucket(address_of(bucket_), real_);
    EXPECT_TRUE(made) << made.error().what;
  }
  std::unique_ptr<ObjectStore> open(const Clock&) override {
    auto settings = settings_of(bucket_, spool_.path);
    change(settings);
    auto opened = open_s3_store(std::move(settings), real_);
    EXPECT_TRUE(opened) << opened.error().what;
    return std::move(*opened);
  }
  WallTime soon(const ManualClock&) override { return {(real_.wall().ms / 1000 + 8) * 1000}; }
  void wait_until(ManualClock&, WallTime time) override {
    while (real_.wall().ms <= time.ms + 1000) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }

 protected:
  virtual void change(S3Settings&) {}

 private:
  const SystemClock real_;
  const std::string bucket_ = new_bucket();
  Spool spool_;
};

// The same with what large objects need: sent by the smallest parts, copied in pieces; encrypted by the service.
class S3InPieces final : public S3Maker {
  void change(S3Settings& settings) override {
    settings.part_bytes = 5u << 20;
    settings.copy_bytes = 6u << 20;
    settings.encryption = "aws:kms";
    settings.encryption_key = "testkey-1";
  }
};

template <typename Maker>
std::unique_ptr<test::StoreMaker> made() {
  return std::make_unique<Maker>();
}
INSTANTIATE_TEST_SUITE_P(S3, StoreContract, testing::Values(&made<S3Maker>));
INSTANTIATE_TEST_SUITE_P(S3InPieces, StoreContract, testing::Values(&made<S3InPieces>));

class S3StoreTest : public testing::Test {
 protected:
  S3StoreTest() { EXPECT_TRUE(make_s3_bucket(address_of(bucket_), clock_)); }
  std::unique_ptr<ObjectStore> open(const fs::path& spool) {
    auto opened = open_s3_store(settings_of(bucket_, spool), clock_);
    EXPECT_TRUE(opened) << opened.error().what;
    return std::move(*opened);
  }
  std::unique_ptr<S3Client> client() { return S3Client::open(address_of(bucket_), clock_).value(); }
  void put(ObjectStore& store, const std::string& name, std::optional<WallTime> until = std::nullopt) {
    const auto upload = store.begin(name).value();
    ASSERT_TRUE(store.append(upload, 0, Bytes(100, 7)));
    const auto done = store.complete(upload, "", until);
    ASSERT_TRUE(done) << done.error().what;
  }
  const SystemClock clock_;
  const std::string bucket_ = new_bucket();
  Spool a_, b_;
};

// the service itself refuses, whoever asks and by whatever program
TEST_F(S3StoreTest, TheServiceKeepsRetention) {
  const auto store = open(a_.path);
  const WallTime until{clock_.wall().ms + 30LL * 86'400'000};
  put(*store, "case/1", until);
  const auto raw = client();
  const auto version = raw->ask({"HEAD", "objects/case/1", {}, {}, {}, {}, {}})->header("x-amz-version-id");
  ASSERT_FALSE(version.empty());
  const auto refused = raw->ask({"DELETE", "objects/case/1", {{"versionId", version}}, {}, {}, {}, {}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Denied) << refused.error().what;
  const auto forced = raw->ask({"DELETE", "objects/case/1", {{"versionId", version}}, {{"x-amz-bypass-governance-retention", "true"}}, {}, {}, {}});
  EXPECT_EQ(forced.error().kind, ErrorKind::Denied);
  const std::string shorter = s3_retention_xml(s3_time({until.ms - 86'400'000}));
  EXPECT_FALSE(raw->ask({"PUT", "objects/case/1", {{"retention", ""}, {"versionId", version}}, {}, as_bytes(shorter), {}, {}}));
  EXPECT_EQ(store->remove("case/1").error().kind, ErrorKind::Denied);
  EXPECT_GE(store->head("case/1")->retain_until->ms, until.ms);
}

TEST_F(S3StoreTest, TellsAnObjectThatIsHiddenOrPutOver) {
  const auto store = open(a_.path);
  put(*store, "x", WallTime{clock_.wall().ms + 86'400'000});
  put(*store, "y");
  const auto raw = client();
  ASSERT_TRUE(raw->ask({"DELETE", "objects/x", {}, {}, {}, {}, {}}));
  EXPECT_EQ(store->head("x").error().kind, ErrorKind::Tampered) << store->head("x").error().what;
  const Bytes bytes(5, 1);
  ASSERT_TRUE(raw->ask({"PUT", "objects/y", {}, {}, bytes, {}, {}}));
  EXPECT_EQ(store->head("y").error().kind, ErrorKind::Tampered);
}

// A-7.4c, A-8.1: an object that was hidden or put over by somebody who may write to the bucket is made anew, locked as long as it was; nothing that lay there is taken away
TEST_F(S3StoreTest, MakesAnewWhatIsHiddenOrPutOver) {
  const auto store = open(a_.path);
  const WallTime until{(clock_.wall().ms / 1000 + 86'400) * 1000};
  const Bytes bytes(100, 7), foreign(5, 1);        // as put() writes them
  const auto raw = client();
  const auto versions = [&](const char* name) { return parse_s3_versions(raw->ask({"GET", "", {{"versions", ""}, {"prefix", std::string("objects/") + name}}, {}, {}, {}, {}})->body)->entries; };
  const auto again = [&](const char* name) {
    const auto upload = store->begin(name).value();
    EXPECT_TRUE(store->append(upload, 0, bytes));
    return store->replace(upload, sha256_hex(bytes), WallTime{clock_.wall().ms + 60'000});         // what the caller asks for is shorter than what was
  };
  for (const char* name : {"hidden", "over", "both"}) put(*store, name, until);
  ASSERT_TRUE(raw->ask({"DELETE", "objects/hidden", {}, {}, {}, {}, {}}));
  ASSERT_TRUE(raw->ask({"PUT", "objects/over", {}, {}, foreign, {}, {}}));
  ASSERT_TRUE(raw->ask({"PUT", "objects/both", {}, {{"x-amz-meta-guzheng-sha256", sha256_hex(bytes)}}, foreign, {}, {}}));      // it even says that it is the object
  ASSERT_TRUE(raw->ask({"DELETE", "objects/both", {}, {}, {}, {}, {}}));
  for (const auto& [name, lay_there] : {std::pair("hidden", 2u), {"over", 2u}, {"both", 3u}}) {
    const auto before = versions(name);
    ASSERT_EQ(before.size(), lay_there) << name;
    const auto made = again(name);
    ASSERT_TRUE(made) << name << ": " << made.error().what;
    EXPECT_EQ(stored_sha256(*store, name).value(), sha256_hex(bytes)) << name;
    EXPECT_GE(store->head(name)->retain_until->ms, until.ms) << name;
    EXPECT_EQ(store->remove(name).error().kind, ErrorKind::Denied) << name;
    const auto after = versions(name);
    EXPECT_EQ(after.size(), before.size() + 1) << name;
    for (const auto& one : before)
      EXPECT_TRUE(std::any_of(after.begin(), after.end(), [&](const auto& other) { return other.version == one.version && other.marker == one.marker; })) << name;
    EXPECT_EQ(again(name).error().kind, ErrorKind::Exists) << name;
  }
  EXPECT_EQ(store->list("", "", 10).value(), (std::vector<std::string>{"both", "hidden", "over"}));
}

// what a repair left behind an object goes with it, and does not become the object again
TEST_F(S3StoreTest, RemovesAllVersions) {
  const auto store = open(a_.path);
  put(*store, "x");
  const auto raw = client();
  ASSERT_TRUE(raw->ask({"DELETE", "objects/x", {}, {}, {}, {}, {}}));
  const auto upload = store->begin("x").value();
  ASSERT_TRUE(store->append(upload, 0, Bytes(100, 7)));
  ASSERT_TRUE(store->replace(upload, sha256_hex(Bytes(100, 7)), std::nullopt));
  put(*store, "x/beside");
  ASSERT_TRUE(store->remove("x"));
  EXPECT_EQ(store->head("x").error().kind, ErrorKind::NotFound) << store->head("x").error().what;
  EXPECT_TRUE(store->head("x/beside"));
}

TEST_F(S3StoreTest, AnotherMachineGoesOnWithAnUpload) {
  const auto one = open(a_.path), other = open(b_.path);
  Bytes bytes(30'000'001);
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i * 31 + (i >> 12));
  const auto upload = one->begin("big").value();
  std::uint64_t at = 0;
  const auto send = [&](ObjectStore& store, std::uint64_t count) {
    ASSERT_EQ(store.staged(upload).value(), at);
    ASSERT_TRUE(store.append(upload, at, ByteView(bytes).subspan(at, count)));
    ASSERT_TRUE(store.flush(upload));
    at += count;
  };
  send(*one, 1'000'000);
  send(*other, 2'000'000);
  send(*one, 9'000'000);
  send(*other, 100);
  send(*other, 8'000'000);
  send(*one, 5);
  ASSERT_TRUE(other->append(upload, other->staged(upload).value(), ByteView(bytes).subspan(at, 1000)));      // not flushed: that machine is gone, and the client sends it again
  send(*one, bytes.size() - at);
  const auto made = other->complete(upload, sha256_hex(bytes), std::nullopt);
  ASSERT_TRUE(made) << made.error().what;
  EXPECT_EQ(stored_sha256(*one, "big").value(), sha256_hex(bytes));
  EXPECT_TRUE(one->uploads()->empty());
  EXPECT_EQ(one->staged(upload).error().kind, ErrorKind::NotFound);
  EXPECT_TRUE(client()->ask({"GET", "", {{"list-type", "2"}, {"prefix", "staging/"}}, {}, {}, {}, {}})->body.find("<Contents>") == std::string::npos);
}

// Ended between the upload's end and the object's name.
TEST_F(S3StoreTest, AnUploadThatIsWholeIsOnlyCompleted) {
  const auto store = open(a_.path);
  const auto upload = store->begin("x").value();
  ASSERT_TRUE(store->append(upload, 0, Bytes(20'000'000, 3)));           // sent as a part
  const auto raw = client();
  const auto key = "staging/" + upload + "/whole";
  const auto id = parse_s3_uploads(raw->ask({"GET", "", {{"uploads", ""}, {"prefix", key}}, {}, {}, {}, {}})->body)->at(0).id;
  const auto xml = s3_complete_xml(parse_s3_parts(raw->ask({"GET", key, {{"uploadId", id}}, {}, {}, {}, {}})->body)->parts);
  ASSERT_TRUE(raw->ask({"POST", key, {{"uploadId", id}}, {}, as_bytes(xml), {}, {}}));
  const auto again = open(b_.path);
  EXPECT_EQ(again->staged(upload).error().kind, ErrorKind::Exists);
  EXPECT_EQ(again->append(upload, 20'000'000, Bytes(1)).error().kind, ErrorKind::Exists);
  EXPECT_EQ(again->complete(upload, sha256_hex(Bytes(1)), std::nullopt).error().kind, ErrorKind::Tampered);
  ASSERT_TRUE(again->complete(upload, sha256_hex(Bytes(20'000'000, 3)), std::nullopt));
  EXPECT_EQ(again->head("x")->size, 20'000'000u);
  ASSERT_TRUE(store->abandon(upload));
}

// A-7.4b: what comes otherwise than it was signed is refused by the service
TEST_F(S3StoreTest, ThePayloadIsHeldToItsDigest) {
  const auto raw = client();
  const fs::path file = a_.path / "payload";
  ASSERT_TRUE(write_text(file, "payload"));
  const UniqueFd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  const auto refused = raw->ask({"PUT", "objects/p", {}, {}, {}, S3File{fd.get(), 7, sha256_hex(as_bytes("Payload")), to_base64(digest(DigestKind::Md5, as_bytes("payload")))}, {}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Network) << refused.error().what;
  EXPECT_EQ(raw->ask({"HEAD", "objects/p", {}, {}, {}, {}, {}}).error().kind, ErrorKind::NotFound);
}

TEST_F(S3StoreTest, SaysWhoIsNotLetIn) {
  auto address = address_of(bucket_);
  address.secret_key = Secret("another");
  EXPECT_EQ(make_s3_bucket(address, clock_).error().kind, ErrorKind::Denied);
  address = address_of(bucket_);
  address.roots_pem = read_text(fs::path(environment("GUZHENG_S3_ROOT")).parent_path() / "server.crt").value();
  address.endpoint.replace(address.endpoint.find("localhost"), 9, "127.0.0.2");
  EXPECT_EQ(make_s3_bucket(address, clock_).error().kind, ErrorKind::Network);     // nobody listens there
  address = address_of(bucket_);
  address.roots_pem.clear();                       // the system's roots do not know the test's
  EXPECT_EQ(make_s3_bucket(address, clock_).error().kind, ErrorKind::Denied);
}

// a bucket that would keep nothing, or everything, is none for evidence
TEST_F(S3StoreTest, RefusesABucketWithoutTheRightLock) {
  const auto bucket = new_bucket();
  auto raw = S3Client::open(address_of(bucket), clock_).value();
  EXPECT_EQ(open_s3_store(settings_of(bucket, a_.path), clock_).error().kind, ErrorKind::NotFound);
  ASSERT_TRUE(raw->ask({"PUT", "", {}, {}, {}, {}, {}}));
  EXPECT_EQ(open_s3_store(settings_of(bucket, a_.path), clock_).error().kind, ErrorKind::Invalid);
  const std::string rule = "<ObjectLockConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>COMPLIANCE</Mode>"
                           "<Days>1</Days></DefaultRetention></Rule></ObjectLockConfiguration>";
  ASSERT_TRUE(client()->ask({"PUT", "", {{"object-lock", ""}}, {}, as_bytes(rule), {}, {}}));
  EXPECT_EQ(open_s3_store(settings_of(bucket_, a_.path), clock_).error().kind, ErrorKind::Invalid);
}

TEST_F(S3StoreTest, IsEncryptedWhereThatIsAskedFor) {
  auto settings = settings_of(bucket_, a_.path);
  settings.encryption = "aws:kms";
  EXPECT_EQ(open_s3_store(std::move(settings), clock_).error().kind, ErrorKind::Invalid);      // without a key's name
  settings = settings_of(bucket_, a_.path);
  settings.encryption = "aws:kms";
  settings.encryption_key = "testkey-1";
  const auto store = open_s3_store(std::move(settings), clock_).value();
  put(*store, "x");
  EXPECT_EQ(client()->ask({"HEAD", "objects/x", {}, {}, {}, {}, {}})->header("x-amz-server-side-encryption"), "aws:kms");
}

}  // namespace
}  // namespace guzheng
