// Objects in a folder (core/store/folder_store.h): the contract of all stores, and what only a folder can suffer. A-7.4c, A-8.1.
#include "core/store/folder_store.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "core/base/file.h"
#include "tests/store/contract.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;
using test::StoreContract;

class Folder {
 public:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "gz-store-XXXXXX").string();
    path = ::mkdtemp(pattern.data());
  }
  ~Folder() { fs::remove_all(path); }
  fs::path path;
};

class FolderMaker final : public test::StoreMaker {
 public:
  FolderMaker() { EXPECT_TRUE(make_folder_store(folder_.path, "folder-a")); }
  std::unique_ptr<ObjectStore> open(const Clock& clock) override { return open_folder_store(folder_.path, clock).value(); }

 private:
  Folder folder_;
};

INSTANTIATE_TEST_SUITE_P(Folder, StoreContract, testing::Values([]() -> std::unique_ptr<test::StoreMaker> { return std::make_unique<FolderMaker>(); }));

class FolderStoreTest : public testing::Test {
 protected:
  FolderStoreTest() { EXPECT_TRUE(make_folder_store(folder_.path, "folder-a")); }
  std::unique_ptr<ObjectStore> open() { return open_folder_store(folder_.path, clock_).value(); }
  static void put(ObjectStore& store, const std::string& name, std::size_t size, std::optional<WallTime> until = std::nullopt) {
    const auto upload = store.begin(name).value();
    ASSERT_TRUE(store.append(upload, 0, Bytes(size, 7)));
    ASSERT_TRUE(store.complete(upload, "", until));
  }
  Folder folder_;
  SystemClock clock_;
};

TEST_F(FolderStoreTest, IsNotMadeOverSomethingElseNorOpenedTwice) {
  EXPECT_EQ(make_folder_store(folder_.path, "again").error().kind, ErrorKind::Exists);
  const auto store = open();
  EXPECT_EQ(open_folder_store(folder_.path, clock_).error().kind, ErrorKind::Exists);
}

// A-7.4c: what was damaged stays beside, where no name leads; the later retention counts, also that of the damaged one's record
TEST_F(FolderStoreTest, PutsAsideWhatItReplaces) {
  const auto store = open();
  const WallTime far{clock_.wall().ms + 1'000'000};
  put(*store, "case/x", 50, far);
  const fs::path data = folder_.path / "objects/case/x,data";
  fs::permissions(data, fs::perms::owner_all);
  std::ofstream(data, std::ios::binary | std::ios::in).write("bent", 4);
  const auto right = sha256_hex(Bytes(50, 7));
  const auto upload = store->begin("case/x").value();
  ASSERT_TRUE(store->append(upload, 0, Bytes(50, 7)));
  const auto made = store->replace(upload, right, WallTime{clock_.wall().ms + 1000});
  ASSERT_TRUE(made) << made.error().what;
  EXPECT_EQ(made->retain_until, far);
  EXPECT_EQ(stored_sha256(*store, "case/x").value(), right);
  EXPECT_EQ(store->list("", "", 10).value(), std::vector<std::string>{"case/x"});
  EXPECT_TRUE(store->uploads()->empty());
  int aside = 0;
  for (const auto& one : fs::recursive_directory_iterator(folder_.path / "damaged")) {
    if (one.path().extension() != ".data") continue;
    ++aside;
    EXPECT_EQ(read_text(one.path())->substr(0, 4), "bent");
  }
  EXPECT_EQ(aside, 1);
}

// a medium that is not mounted is an empty folder: nothing is written there as if it were the store
TEST_F(FolderStoreTest, RefusesAFolderWithoutItsMark) {
  const Folder other;
  EXPECT_EQ(open_folder_store(other.path, clock_).error().kind, ErrorKind::NotFound);
  EXPECT_TRUE(fs::is_empty(other.path));
}

TEST_F(FolderStoreTest, KeepsObjectsFromOthersAndFromBeingWritten) {
  put(*open(), "a/b", 10);
  struct stat st {};
  ASSERT_EQ(::stat((folder_.path / "objects/a/b,data").c_str(), &st), 0);
  EXPECT_EQ(st.st_mode & 0777, 0400u);
  ASSERT_EQ(::stat((folder_.path / "objects/a").c_str(), &st), 0);
  EXPECT_EQ(st.st_mode & 0777, 0700u);
}

TEST_F(FolderStoreTest, TellsAnObjectThatBecameShorterOrIsALink) {
  auto store = open();
  put(*store, "a", 1000);
  put(*store, "b", 1000);
  fs::permissions(folder_.path / "objects/a,data", fs::perms::owner_all);
  fs::resize_file(folder_.path / "objects/a,data", 999);
  EXPECT_EQ(store->head("a").error().kind, ErrorKind::Tampered);
  fs::remove(folder_.path / "objects/b,data");
  fs::create_symlink("/etc/passwd", folder_.path / "objects/b,data");
  EXPECT_EQ(store->head("b").error().kind, ErrorKind::Tampered);
  EXPECT_FALSE(store->open("b"));
}

TEST_F(FolderStoreTest, WhoReadsIsNotDisturbed) {
  auto store = open();
  put(*store, "a", 1000);
  const auto reader = store->open("a").value();
  ASSERT_TRUE(store->remove("a"));
  Bytes part(1000);
  EXPECT_TRUE(reader->read_at(0, part));
  EXPECT_EQ(part, Bytes(1000, 7));
}

TEST_F(FolderStoreTest, FreesAnObjectAtTheMomentItsTimeIsOver) {
  ManualClock clock;
  const auto store = open_folder_store(folder_.path, clock).value();
  const WallTime until{clock.wall_now.ms + 1000};
  put(*store, "a", 10, until);
  clock.wall_now = {until.ms - 1};
  EXPECT_EQ(store->remove("a").error().kind, ErrorKind::Denied);
  clock.wall_now = until;
  EXPECT_TRUE(store->remove("a"));
}

// A record that somebody changed by hand neither frees an object nor passes for one.
TEST_F(FolderStoreTest, TellsARecordThatIsNotItsOwn) {
  auto store = open();
  put(*store, "a", 10, WallTime{clock_.wall().ms + 1'000'000});
  std::ofstream(folder_.path / "objects/a,about", std::ios::trunc) << R"({"object":"b","sha256":"","size":10})";
  EXPECT_EQ(store->head("a").error().kind, ErrorKind::Tampered);
  EXPECT_EQ(store->remove("a").error().kind, ErrorKind::Tampered);
  EXPECT_TRUE(fs::exists(folder_.path / "objects/a,data"));
}

// Ended between the object's name and the upload's end: the upload takes no more bytes (they would be the object's), completing it again is harmless.
TEST_F(FolderStoreTest, AnUploadThatBecameAnObjectIsNotWrittenTo) {
  const std::string upload = [&] {
    auto store = open();
    const auto id = store->begin("a").value();
    EXPECT_TRUE(store->append(id, 0, Bytes(100, 1)));
    return id;
  }();
  const auto staging = folder_.path / "staging" / (upload + ",data");
  {
    auto store = open();
    put(*store, "b", 100);
    fs::permissions(staging, fs::perms::owner_read);
    fs::create_hard_link(staging, folder_.path / "objects/a,data");
    const auto about = read_text(folder_.path / "objects/b,about").value();
    const auto digest = sha256_hex(Bytes(100, 1));
    ASSERT_TRUE(write_text(folder_.path / "objects/a,about", R"({"object":"a","sha256":")" + digest + R"(","size":100})" + "\n"));
  }
  auto store = open();
  EXPECT_EQ(store->append(upload, 100, Bytes(1, 2)).error().kind, ErrorKind::Exists);
  EXPECT_EQ(store->staged(upload).error().kind, ErrorKind::Exists);
  ASSERT_TRUE(store->complete(upload, "", std::nullopt));
  EXPECT_EQ(store->head("a")->size, 100u);
  EXPECT_FALSE(fs::exists(staging));
}

// kill -9 while objects are made: whatever has a name is whole, and every upload can be gone on with or given up.
TEST_F(FolderStoreTest, LeavesOnlyWholeObjectsWhenKilled) {
  for (int round = 0; round < 20; ++round) {
    const pid_t child = ::fork();
    if (child == 0) {
      auto store = open_folder_store(folder_.path, clock_);
      for (int n = 0; store; ++n) {
        const auto upload = (*store)->begin("r" + std::to_string(round) + "/" + std::to_string(n));
        for (int piece = 0; piece < 8; ++piece) (void)(*store)->append(*upload, static_cast<std::uint64_t>(piece) * 5000, Bytes(5000, static_cast<std::uint8_t>(n)));
        (void)(*store)->complete(*upload, "", std::nullopt);
      }
      ::_exit(1);
    }
    ::usleep(3000 + 1700 * static_cast<unsigned>(round));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    auto store = open();
    const auto names = store->list("r" + std::to_string(round) + "/", "", 100'000).value();
    for (const auto& name : names) {
      const auto known = store->head(name);
      ASSERT_TRUE(known) << known.error().what;
      EXPECT_EQ(known->size, 40'000u);
      EXPECT_EQ(stored_sha256(*store, name).value(), known->sha256);
    }
    const auto uploads = store->uploads().value();
    for (const auto& upload : uploads) {
      const auto stands = store->staged(upload);
      if (stands) {
        EXPECT_TRUE(store->append(upload, *stands, Bytes(1, 1)));
      }
      const auto gone = store->abandon(upload);
      EXPECT_TRUE(gone) << gone.error().what;
    }
    EXPECT_TRUE(store->uploads()->empty());
  }
}

TEST_F(FolderStoreTest, CopiesBetweenStoresAndProvesTheDigest) {
  const Folder other;
  ASSERT_TRUE(make_folder_store(other.path, "folder-b"));
  auto a = open();
  auto b = open_folder_store(other.path, clock_).value();
  put(*a, "x", 2'500'000);
  const auto made = copy_between(*a, *b, "x", std::nullopt);
  ASSERT_TRUE(made) << made.error().what;
  EXPECT_EQ(made->sha256, a->head("x")->sha256);
  put(*a, "y", 3000);
  fs::permissions(folder_.path / "objects/y,data", fs::perms::owner_all);
  std::fstream(folder_.path / "objects/y,data", std::ios::in | std::ios::out).put('!');
  EXPECT_EQ(copy_between(*a, *b, "y", std::nullopt).error().kind, ErrorKind::Tampered);
  EXPECT_EQ(b->head("y").error().kind, ErrorKind::NotFound);
  EXPECT_TRUE(b->uploads()->empty());
}

}  // namespace
}  // namespace guzheng
