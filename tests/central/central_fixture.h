// Test support. A central system with two folder stores, a bureau that is no practice bureau, and packages as a workstation uploads them.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/central/schema.h"
#include "core/central/uploads.h"
#include "core/identity/certificate.h"
#include "core/identity/envelope.h"
#include "core/seal/seal.h"
#include "core/seal/vault_form.h"
#include "core/store/folder_store.h"
#include "tests/support/sample_bag.h"
#include "tests/support/sample_bureau.h"

namespace guzheng::test {

// The ingest key, here in memory.
class KeyInMemory final : public Opener {
 public:
  KeyInMemory() {
    key_ = make_key(KeyKind::P256).value();
    CertificateRequest request;
    request.common_name = "接收加密";
    request.use = CertificateUse::Encryption;
    request.not_before = {SystemClock().wall().ms - 3'600'000};
    request.not_after = {SystemClock().wall().ms + 86'400'000LL * 365};
    cert_ = issue_certificate(request, key_.get(), nullptr, key_.get()).value();
  }
  [[nodiscard]] std::string certificate_pem() const override { return ssl::cert_pem(cert_.get()); }
  [[nodiscard]] Result<Bytes> open(ByteView envelope) const override { return open_envelope(envelope, key_.get(), cert_.get()); }

 private:
  ssl::Key key_;
  ssl::Cert cert_;
};

// A store that can be made to fail.
class WeakStore final : public ObjectStore {
 public:
  explicit WeakStore(std::unique_ptr<ObjectStore> real) : real_(std::move(real)) {}
  std::optional<ErrorKind> away;                   // every call fails so

  [[nodiscard]] const std::string& name() const override { return real_->name(); }
  Result<std::string> begin(const std::string& object) override { return away ? Result<std::string>(gone()) : real_->begin(object); }
  Result<std::uint64_t> staged(const std::string& upload) override { return away ? Result<std::uint64_t>(gone()) : real_->staged(upload); }
  Status append(const std::string& upload, std::uint64_t at, ByteView bytes) override { return away ? Status(gone()) : real_->append(upload, at, bytes); }
  Status flush(const std::string& upload) override { return away ? Status(gone()) : real_->flush(upload); }
  Result<StoredObject> complete(const std::string& upload, const std::string& digest, std::optional<WallTime> until) override {
    return away ? Result<StoredObject>(gone()) : real_->complete(upload, digest, until);
  }
  Status abandon(const std::string& upload) override { return away ? Status(gone()) : real_->abandon(upload); }
  Result<std::vector<std::string>> uploads() override { return away ? Result<std::vector<std::string>>(gone()) : real_->uploads(); }
  Result<StoredObject> replace(const std::string& upload, const std::string& digest, std::optional<WallTime> until) override {
    return away ? Result<StoredObject>(gone()) : real_->replace(upload, digest, until);
  }
  Result<std::unique_ptr<ObjectReader>> open_cold(const std::string& object) override { return away ? Result<std::unique_ptr<ObjectReader>>(gone()) : real_->open_cold(object); }
  Result<std::unique_ptr<ObjectReader>> open_hidden(const std::string& object, const std::string& sha256) override { return real_->open_hidden(object, sha256); }
  Result<StoredObject> head(const std::string& object) override { return away ? Result<StoredObject>(gone()) : real_->head(object); }
  Result<std::unique_ptr<ObjectReader>> open(const std::string& object) override { return away ? Result<std::unique_ptr<ObjectReader>>(gone()) : real_->open(object); }
  Result<std::vector<std::string>> list(const std::string& prefix, const std::string& after, std::size_t limit) override { return real_->list(prefix, after, limit); }
  Result<StoredObject> copy(const std::string& from, const std::string& to, std::optional<WallTime> until) override {
    return away ? Result<StoredObject>(gone()) : real_->copy(from, to, until);
  }
  Status retain(const std::string& object, WallTime until) override { return real_->retain(object, until); }
  Status remove(const std::string& object) override { return away ? Status(gone()) : real_->remove(object); }

 private:
  [[nodiscard]] Failure gone() const { return fail(*away, "the store is away"); }
  std::unique_ptr<ObjectStore> real_;
};

class CentralTest : public testing::Test {
 protected:
  // One bureau for all tests of a program: making it and its keys takes a second.
  static void SetUpTestSuite() {
    std::string pattern = (std::filesystem::temp_directory_path() / "gz-central-bureau-XXXXXX").string();
    bureau_folder_ = new std::filesystem::path(::mkdtemp(pattern.data()));
    ASSERT_TRUE(make_sample_bureau(*bureau_folder_, {SystemClock().wall(), {}, {}, {}}));
    key_ = new KeyInMemory;
  }
  static void TearDownTestSuite() {
    std::filesystem::remove_all(*bureau_folder_);
    delete bureau_folder_;
    delete key_;
  }

  CentralTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "gz-central-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    bureau_ = open_sample_bureau(*bureau_folder_, clock_).value();
    central_ = sample_signer(*bureau_folder_, "station-other", clock_).value();
    EXPECT_TRUE(make_folder_store(folder_ / "a", "folder-a"));
    EXPECT_TRUE(make_folder_store(folder_ / "b", "folder-b"));
    start();
  }
  ~CentralTest() override {
    stop();
    for (auto it = std::filesystem::recursive_directory_iterator(folder_); it != std::filesystem::recursive_directory_iterator(); ++it)
      if (it->is_directory()) std::filesystem::permissions(it->path(), std::filesystem::perms::owner_all);
    std::filesystem::remove_all(folder_);
  }

  virtual void start() {
    first_ = std::make_unique<WeakStore>(open_folder_store(folder_ / "a", clock_).value());
    second_ = std::make_unique<WeakStore>(open_folder_store(folder_ / "b", clock_).value());
    database_ = Database::open(folder_ / "central.sqlite", central_schema()).value();
    log_ = EvidenceLog::open(*database_, kName, *central_, clock_).value();
    ingest_ = std::make_unique<Ingest>(parts());
  }
  virtual void stop() {
    ingest_.reset();
    log_.reset();
    database_.reset();
    first_.reset();
    second_.reset();
  }
  IngestParts parts() {
    IngestParts out;
    out.database = database_.get();
    out.log = log_.get();
    out.first = first_.get();
    out.second = second_.get();
    out.signer = central_.get();
    out.opener = key_;
    out.clock = &clock_;
    out.roots = {bureau_.org_root_pem, read_text(*bureau_folder_ / "tsa-roots.pem").value(), {}};
    out.system_name = kName;
    return out;
  }

  // A sealed package in vault form under `where`; `id` as SampleOptions has it.
  std::filesystem::path vault_form(const std::string& where, SampleOptions options = {}, const Opener* ingest = nullptr) {
    const auto bag = make_sample_bag(folder_ / where, bureau_, clock_, options).bag;
    const auto done = encrypt_package(bag, {{(ingest ? ingest : key_)->certificate_pem()}, bureau_.station_signer.get(), {}});
    EXPECT_TRUE(done) << done.error().what;
    return bag;
  }
  Bytes upload_zip(const std::filesystem::path& bag) {
    const auto zip = folder_ / "upload.zip";
    const auto digest = write_upload(bag, zip);
    EXPECT_TRUE(digest) << digest.error().what;
    auto bytes = read_file(zip, 1u << 30).value();
    EXPECT_EQ(*digest, sha256_hex(bytes));
    return bytes;
  }
  // An object as uploads leave it.
  std::string incoming(ByteView zip) {
    const std::string object = "incoming/" + std::to_string(++number_);
    const auto upload = first_->begin(object).value();
    EXPECT_TRUE(first_->append(upload, 0, zip));
    EXPECT_TRUE(first_->complete(upload, "", std::nullopt));
    return object;
  }
  Result<PackageReceipt> take(ByteView zip, const std::string& station = "LX-03") { return ingest_->take(incoming(zip), station); }
  [[nodiscard]] ReceiptTrust trust() const { return {central_->certificate_pem(), bureau_.org_root_pem, bureau_.org_crl_pem, clock_.wall()}; }
  std::vector<SqlRow> refusals() { return database_->query("SELECT station, package, kind, why FROM refused ORDER BY number").value(); }
  std::vector<std::string> objects(ObjectStore& store) { return store.list("", "", 100).value(); }

  static constexpr const char* kName = "示例市归集系统";
  static inline std::filesystem::path* bureau_folder_ = nullptr;
  static inline KeyInMemory* key_ = nullptr;
  SystemClock clock_;
  std::filesystem::path folder_;
  Bureau bureau_;
  std::shared_ptr<Signer> central_;
  std::unique_ptr<WeakStore> first_, second_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<EvidenceLog> log_;
  std::unique_ptr<Ingest> ingest_;
  int number_ = 0;
};

}  // namespace guzheng::test
