// Uploads under way (core/central/uploads.h): they go on after cuts and restarts, belong to one station, and end in a receipt or a reason..
#include <thread>

#include "tests/central/central_fixture.h"

namespace guzheng {
namespace {

class UploadsTest : public test::CentralTest {
 protected:
  UploadsTest() { open_desk(); }
  void open_desk() {
    auto opened = UploadDesk::open(*database_, *first_, *ingest_, clock_, limits_);
    ASSERT_TRUE(opened) << opened.error().what;
    desk_ = std::move(*opened);
  }
  ~UploadsTest() override { desk_.reset(); }
  void restart() {
    desk_.reset();
    stop();
    start();
    open_desk();
  }
  Status send(const std::string& id, ByteView bytes, std::uint64_t offset) {
    GZ_TRY_ASSIGN(const auto writing, desk_->write(id, "LX-03", offset));
    GZ_TRY(writing->take(bytes));
    GZ_TRY_ASSIGN([[maybe_unused]] const auto now, writing->end());
    return ok();
  }
  // Until it is decided; gives up after a minute and says so by its state.
  UploadStatus decided(const std::string& id) {
    for (int i = 0; i < 6000; ++i) {
      const auto now = desk_->status(id, "LX-03");
      if (!now || now->state == UploadState::Received || now->state == UploadState::Refused) return now.value();
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return desk_->status(id, "LX-03").value();
  }
  UploadLimits limits_{1u << 30, 3, 1000 * 3600};
  std::unique_ptr<UploadDesk> desk_;
};

TEST_F(UploadsTest, GoesOnOverCutsAndRestartsToAReceipt) {
  const auto zip = upload_zip(vault_form("ws"));
  const auto id = desk_->create("LX-03", zip.size(), "filename cGFja2FnZQ==")->id;
  std::uint64_t at = 0;
  for (int piece = 0; at < zip.size(); ++piece) {
    const auto next = std::min<std::uint64_t>(zip.size() - at, zip.size() / 5 + 1);
    ASSERT_TRUE(send(id, ByteView(zip).subspan(at, next), at));
    at += next;
    if (piece % 2 == 0) restart();
    const auto now = desk_->status(id, "LX-03").value();
    EXPECT_EQ(now.offset, at);
    EXPECT_EQ(now.length, zip.size());
    EXPECT_EQ(now.metadata, "filename cGFja2FnZQ==");
  }
  const auto end = decided(id);
  EXPECT_EQ(end.state, UploadState::Received) << end.why;
  EXPECT_EQ(end.zip_sha256, sha256_hex(zip));
  EXPECT_TRUE(ingest_->receipt(end.zip_sha256, "LX-03"));
  EXPECT_TRUE(first_->list("incoming/", "", 10)->empty());
  EXPECT_TRUE(first_->uploads()->empty());
}

TEST_F(UploadsTest, SaysWhyItRefused) {
  const auto id = desk_->create("LX-03", 5, "")->id;
  ASSERT_TRUE(send(id, to_bytes("stuff"), 0));
  const auto end = decided(id);
  EXPECT_EQ(end.state, UploadState::Refused);
  EXPECT_EQ(end.refusal, ErrorKind::Invalid);
  EXPECT_THAT(end.why, testing::HasSubstr("no ZIP"));
  EXPECT_EQ(send(id, to_bytes("x"), 5).error().kind, ErrorKind::Invalid);
}

TEST_F(UploadsTest, BelongsToOneStation) {
  const auto id = desk_->create("LX-03", 100, "")->id;
  EXPECT_EQ(desk_->status(id, "LX-04").error().kind, ErrorKind::NotFound);
  EXPECT_EQ(desk_->write(id, "LX-04", 0).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(desk_->terminate(id, "LX-04").error().kind, ErrorKind::NotFound);
  EXPECT_EQ(desk_->status("../../etc/passwd", "LX-03").error().kind, ErrorKind::NotFound);
  EXPECT_EQ(desk_->status("' OR 1=1 --", "LX-03").error().kind, ErrorKind::NotFound);
}

TEST_F(UploadsTest, TakesNoMoreThanItMay) {
  EXPECT_EQ(desk_->create("LX-03", 0, "").error().kind, ErrorKind::Invalid);
  EXPECT_EQ(desk_->create("LX-03", (1u << 30) + 1, "").error().kind, ErrorKind::Invalid);
  const auto id = desk_->create("LX-03", 10, "")->id;
  ASSERT_TRUE(desk_->create("LX-03", 10, ""));
  ASSERT_TRUE(desk_->create("LX-03", 10, ""));
  EXPECT_EQ(desk_->create("LX-03", 10, "").error().kind, ErrorKind::Denied);
  EXPECT_TRUE(desk_->create("LX-04", 10, ""));
  EXPECT_EQ(send(id, to_bytes("01234567890"), 0).error().kind, ErrorKind::Invalid);
  EXPECT_EQ(send(id, to_bytes("0"), 1).error().kind, ErrorKind::Invalid);
  ASSERT_TRUE(send(id, to_bytes("01234"), 0));
  EXPECT_EQ(send(id, to_bytes("01234"), 0).error().kind, ErrorKind::Invalid);      // a replayed request adds nothing
  EXPECT_EQ(desk_->status(id, "LX-03")->offset, 5u);
}

TEST_F(UploadsTest, OneRequestAtATimeWrites) {
  const auto id = desk_->create("LX-03", 10, "")->id;
  {
    const auto writing = desk_->write(id, "LX-03", 0);
    ASSERT_TRUE(writing);
    EXPECT_EQ(desk_->write(id, "LX-03", 0).error().kind, ErrorKind::Exists);
    EXPECT_EQ(desk_->terminate(id, "LX-03").error().kind, ErrorKind::Exists);
    ASSERT_TRUE((*writing)->take(to_bytes("0123")));
  }                                                // cut off: what came stays
  EXPECT_EQ(desk_->status(id, "LX-03")->offset, 4u);
  EXPECT_TRUE(desk_->terminate(id, "LX-03"));
  EXPECT_EQ(desk_->status(id, "LX-03").error().kind, ErrorKind::NotFound);
  EXPECT_TRUE(first_->uploads()->empty());
}

TEST_F(UploadsTest, GivesUpWhatNobodyGoesOnWith) {
  desk_.reset();
  limits_.idle_ms = -1000;
  open_desk();
  const auto old = desk_->create("LX-03", 10, "")->id;
  EXPECT_EQ(desk_->expire().value(), 1);
  EXPECT_EQ(desk_->status(old, "LX-03").error().kind, ErrorKind::NotFound);
  EXPECT_TRUE(first_->uploads()->empty());
  desk_.reset();
  limits_.idle_ms = 3'600'000;
  open_desk();
  ASSERT_TRUE(desk_->create("LX-03", 10, ""));
  EXPECT_EQ(desk_->expire().value(), 0);
}

TEST_F(UploadsTest, WaitsForAStoreThatIsAwayAndTidiesWhatNobodyKnows) {
  const auto zip = upload_zip(vault_form("ws"));
  second_->away = ErrorKind::Network;
  const auto id = desk_->create("LX-03", zip.size(), "")->id;
  ASSERT_TRUE(send(id, zip, 0));
  ASSERT_TRUE(first_->begin("incoming/stray"));    // as a process that was killed before it had written it down
  incoming(to_bytes("stray"));
  desk_.reset();
  EXPECT_EQ(database_->query("SELECT state FROM upload")->at(0).at(0), SqlValue(std::string("ingesting")));
  restart();
  const auto end = decided(id);
  EXPECT_EQ(end.state, UploadState::Received) << end.why;
  EXPECT_TRUE(first_->uploads()->empty());
  EXPECT_TRUE(first_->list("incoming/", "", 10)->empty());
}

// killed after the package was entered and before the upload knew: its receipt is found
TEST_F(UploadsTest, FindsADecisionThatItDidNotWriteDown) {
  const auto zip = upload_zip(vault_form("ws"));
  const auto id = desk_->create("LX-03", zip.size(), "")->id;
  ASSERT_TRUE(send(id, zip, 0));
  ASSERT_EQ(decided(id).state, UploadState::Received);
  ASSERT_TRUE(database_->run("UPDATE upload SET state = 'ingesting'"));
  restart();
  EXPECT_EQ(decided(id).state, UploadState::Received);
  ASSERT_TRUE(database_->run("UPDATE upload SET state = 'ingesting', zip_sha256 = ''"));
  restart();
  EXPECT_EQ(decided(id).state, UploadState::Refused);
}

}  // namespace
}  // namespace guzheng
