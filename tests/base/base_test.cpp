#include <gtest/gtest.h>

#include <filesystem>

#include "core/base/clock.h"
#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/kept_with.h"
#include "core/base/queue.h"
#include "core/base/random.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;

struct TempFolder {
  fs::path path = fs::temp_directory_path() / ("gz-base-" + random_hex(8));
  TempFolder() { fs::create_directories(path); }
  ~TempFolder() { fs::remove_all(path); }
};

// A-7.4b: the published test vectors of each digest
TEST(Digest, KnownVectors) {
  EXPECT_EQ(digest_hex(DigestKind::Md5, as_bytes("abc")), "900150983cd24fb0d6963f7d28e17f72");
  EXPECT_EQ(sha256_hex(as_bytes("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(digest_hex(DigestKind::Sm3, as_bytes("abc")), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
}

TEST(Digest, InPiecesEqualsWhole) {
  TripleDigester d;
  d.update(as_bytes("a"));
  d.update(as_bytes("bc"));
  EXPECT_EQ(d.finish(), digest_bytes(as_bytes("abc")));
}

TEST(Clock, OneSpellingThereAndBack) {
  const WallTime t{1795242732043};
  const std::string text = format_time(t);
  EXPECT_EQ(text.size(), 29u);
  int zone = 0;
  EXPECT_EQ(parse_time(text, &zone), t);
  EXPECT_EQ(zone, 480);
  EXPECT_EQ(format_time(*parse_time("2026-11-21T14:32:12.043+08:00")), "2026-11-21T14:32:12.043+08:00");
  EXPECT_FALSE(parse_time("2026-02-30T14:32:12.043+08:00"));
  EXPECT_FALSE(parse_time("2026-11-21T14:32:12.043Z"));
}

TEST(Json, CanonicalSpelling) {
  const auto text = canonical_json(Json{{"b", 1}, {"a", {true, nullptr, "中\n\"\x01"}}});
  ASSERT_TRUE(text);
  EXPECT_EQ(*text, "{\"a\":[true,null,\"中\\n\\\"\\u0001\"],\"b\":1}");
  EXPECT_TRUE(parse_canonical_json(*text));
}

TEST(Json, RefusesWhatHasTwoReadings) {
  EXPECT_FALSE(parse_json("{\"a\":1,\"a\":2}"));
  EXPECT_FALSE(parse_json("{\"a\":1.5}"));
  EXPECT_FALSE(parse_json("[1] x"));
  EXPECT_FALSE(parse_json("\"\xff\""));
  EXPECT_FALSE(parse_canonical_json("{\"a\": 1}"));
  EXPECT_FALSE(parse_canonical_json("{\"b\":1,\"a\":1}"));
  EXPECT_FALSE(canonical_json(Json(std::int64_t{1} << 53)));
  EXPECT_FALSE(canonical_json(Json(1.5)));
}

TEST(File, AtomicWriteReplacesWhole) {
  TempFolder f;
  ASSERT_TRUE(write_atomically(f.path / "x", as_bytes("one")));
  ASSERT_TRUE(write_atomically(f.path / "x", as_bytes("two")));
  EXPECT_EQ(*read_text(f.path / "x"), "two");
  EXPECT_EQ(std::distance(fs::directory_iterator(f.path), fs::directory_iterator()), 1);
}

TEST(File, AppendFileNeverOverwrites) {
  TempFolder f;
  auto file = AppendFile::create(f.path / "j");
  ASSERT_TRUE(file);
  ASSERT_TRUE(file->write(as_bytes("a")));
  ASSERT_TRUE(file->close());
  auto again = AppendFile::create(f.path / "j");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, ErrorKind::Exists);
}

TEST(File, LinksAreNotFollowed) {
  TempFolder f;
  ASSERT_TRUE(write_atomically(f.path / "x", as_bytes("one")));
  fs::create_symlink(f.path / "x", f.path / "link");
  EXPECT_EQ(read_file(f.path / "link").error().kind, ErrorKind::Denied);
  EXPECT_EQ(read_file(f.path / "x", 2).error().kind, ErrorKind::Invalid);
}

TEST(File, DiskFullIsTold) {
  EXPECT_EQ(error_from_errno(ENOSPC, "x").kind, ErrorKind::NoSpace);
}

TEST(Queue, FullQueueRefusesAndSaysSo) {
  BoundedQueue<int> q(10);
  EXPECT_TRUE(q.try_push(1, 6));
  EXPECT_FALSE(q.try_push(2, 6));
  EXPECT_EQ(q.pop(), 1);
  EXPECT_TRUE(q.try_push(3, 60));      // heavier than the limit, yet the queue is empty
  q.close();
  EXPECT_EQ(q.pop(), 3);
  EXPECT_EQ(q.pop(), std::nullopt);
  EXPECT_FALSE(q.try_push(4, 1));
}

TEST(Bytes, Utf8IsStrict) {
  EXPECT_TRUE(is_utf8("电子数据 𠮷"));
  EXPECT_FALSE(is_utf8("\xc0\xaf"));
  EXPECT_FALSE(is_utf8("\xed\xa0\x80"));
  EXPECT_FALSE(is_utf8("\xe4\xb8"));
}

// A group that is over is let go of by a worker, later than its desk begins the next one: until then it may still speak to its listeners.
TEST(KeptWith, WhatItSpeaksToOutlivesIt) {
  struct Listener {
    std::vector<std::string>& heard;
    ~Listener() { heard.emplace_back("listener gone"); }
  };
  struct Speaker {
    Listener* to;
    ~Speaker() { to->heard.emplace_back("last word"); }
  };
  std::vector<std::string> heard;
  std::vector<std::shared_ptr<Listener>> listeners{std::make_shared<Listener>(heard)};
  auto first = kept_with(std::make_unique<Speaker>(Speaker{listeners[0].get()}), listeners);
  heard.clear();                           // of the value that was moved from
  auto worker = first;
  first.reset();
  listeners.clear();                       // the next one begins
  EXPECT_TRUE(heard.empty());
  worker.reset();
  EXPECT_EQ(heard, (std::vector<std::string>{"last word", "listener gone"}));
}

}  // namespace
}  // namespace guzheng
