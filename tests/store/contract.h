// What every ObjectStore must do (core/store/object_store.h), whatever stands behind it: A-7.4c, A-8.1. An implementation's test instantiates
// StoreContract with a maker; the same maker opened again is the same store after a restart.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/digest.h"
#include "core/store/object_store.h"

namespace guzheng::test {

// Opens one store, empty at first; the one before it was closed. The clock is the store's, as far as the store keeps retention itself: a service goes by its own.
class StoreMaker {
 public:
  virtual ~StoreMaker() = default;
  virtual std::unique_ptr<ObjectStore> open(const Clock& clock) = 0;
  // A whole second that has not come yet, far enough for what a test does before it.
  virtual WallTime soon(const ManualClock& clock) { return {clock.wall_now.ms + 30LL * 86'400'000}; }
  virtual void wait_until(ManualClock& clock, WallTime time) { clock.wall_now = time; }
};

class StoreContract : public testing::TestWithParam<std::unique_ptr<StoreMaker> (*)()> {
 protected:
  StoreContract() : maker_(GetParam()()), store_(maker_->open(clock_)) {}
  void restart() {
    store_.reset();
    store_ = maker_->open(clock_);
  }
  static Bytes some(std::size_t count, std::uint8_t seed = 1) {
    Bytes out(count);
    for (std::size_t i = 0; i < count; ++i) out[i] = static_cast<std::uint8_t>(seed + i * 31 + (i >> 8));
    return out;
  }
  Result<StoredObject> put(const std::string& object, ByteView bytes, std::optional<WallTime> until = std::nullopt, const std::string& digest = "") {
    GZ_TRY_ASSIGN(const auto upload, store_->begin(object));
    GZ_TRY(store_->append(upload, 0, bytes));
    return store_->complete(upload, digest, until);
  }
  Result<Bytes> get(const std::string& object) {
    GZ_TRY_ASSIGN(const auto reader, store_->open(object));
    Bytes out;
    GZ_TRY(read_object(*reader, [&](ByteView piece) -> Status { return append(out, piece), ok(); }));
    return out;
  }
  template <typename T>
  static std::optional<ErrorKind> kind(const Result<T>& result) {
    return result ? std::nullopt : std::optional(result.error().kind);
  }

  ManualClock clock_;
  std::unique_ptr<StoreMaker> maker_;
  std::unique_ptr<ObjectStore> store_;
};

TEST_P(StoreContract, KeepsWhatItWasGivenOverARestart) {
  const Bytes bytes = some(3'000'000);
  const auto made = put("evidence/LX-03-20261121-0001/a.zip", bytes, std::nullopt, sha256_hex(bytes));
  ASSERT_TRUE(made) << made.error().what;
  EXPECT_EQ(made->size, bytes.size());
  EXPECT_EQ(made->sha256, sha256_hex(bytes));
  restart();
  EXPECT_EQ(store_->head("evidence/LX-03-20261121-0001/a.zip").value(), *made);
  EXPECT_EQ(get("evidence/LX-03-20261121-0001/a.zip").value(), bytes);
  EXPECT_EQ(stored_sha256(*store_, "evidence/LX-03-20261121-0001/a.zip").value(), made->sha256);
}

TEST_P(StoreContract, TakesAnEmptyObject) {
  ASSERT_TRUE(put("empty", {}));
  EXPECT_EQ(get("empty").value(), Bytes{});
}

TEST_P(StoreContract, GoesOnWithAnUploadAfterARestart) {
  const Bytes bytes = some(700'001);
  const auto upload = store_->begin("big").value();
  ASSERT_TRUE(store_->append(upload, 0, ByteView(bytes).first(300'000)));
  restart();
  EXPECT_EQ(store_->uploads().value(), std::vector{upload});
  EXPECT_EQ(store_->staged(upload).value(), 300'000u);
  EXPECT_EQ(kind(store_->append(upload, 299'999, some(1))), ErrorKind::Invalid);
  EXPECT_EQ(kind(store_->append(upload, 300'001, some(1))), ErrorKind::Invalid);
  ASSERT_TRUE(store_->append(upload, 300'000, ByteView(bytes).subspan(300'000)));
  ASSERT_TRUE(store_->flush(upload));
  EXPECT_EQ(kind(store_->head("big")), ErrorKind::NotFound);              // nothing is there before it is complete
  ASSERT_TRUE(store_->complete(upload, sha256_hex(bytes), std::nullopt));
  EXPECT_EQ(get("big").value(), bytes);
  EXPECT_EQ(kind(store_->staged(upload)), ErrorKind::NotFound);
  EXPECT_TRUE(store_->uploads()->empty());
}

// Larger than any part that an implementation sends at once, with flushes at odd places.
TEST_P(StoreContract, PutsALargeObjectTogether) {
  const Bytes bytes = some(23'000'003);
  const auto upload = store_->begin("big").value();
  std::uint64_t at = 0;
  for (int n = 0; at < bytes.size(); ++n) {
    const auto next = std::min<std::uint64_t>(bytes.size() - at, 1'234'567);
    ASSERT_TRUE(store_->append(upload, at, ByteView(bytes).subspan(at, next)));
    at += next;
    if (n % 9 == 4) {
      ASSERT_TRUE(store_->flush(upload));
    }
    if (n == 13) {
      restart();
      ASSERT_EQ(store_->staged(upload).value(), at);
    }
  }
  const auto made = store_->complete(upload, sha256_hex(bytes), std::nullopt);
  ASSERT_TRUE(made) << made.error().what;
  EXPECT_EQ(made->size, bytes.size());
  EXPECT_EQ(made->sha256, sha256_hex(bytes));
  EXPECT_EQ(get("big").value(), bytes);
  EXPECT_TRUE(store_->uploads()->empty());
}

TEST_P(StoreContract, RefusesAnObjectThatIsNotWhatWasExpected) {
  const auto upload = store_->begin("x").value();
  ASSERT_TRUE(store_->append(upload, 0, some(10)));
  EXPECT_EQ(kind(store_->complete(upload, sha256_hex(some(11)), std::nullopt)), ErrorKind::Tampered);
  EXPECT_EQ(kind(store_->head("x")), ErrorKind::NotFound);
  EXPECT_EQ(store_->staged(upload).value(), 10u);                         // it stays, to be looked at or abandoned
  ASSERT_TRUE(store_->abandon(upload));
  EXPECT_TRUE(store_->abandon(upload));
  EXPECT_EQ(kind(store_->append(upload, 10, some(1))), ErrorKind::NotFound);
}

TEST_P(StoreContract, NeverReplacesAnObject) {
  ASSERT_TRUE(put("x", some(100, 1)));
  EXPECT_EQ(kind(put("x", some(100, 2))), ErrorKind::Exists);
  EXPECT_TRUE(put("x", some(100, 1)));                                    // the same again: as if it had come once
  EXPECT_EQ(get("x").value(), some(100, 1));
}

TEST_P(StoreContract, KeepsNamesApart) {
  ASSERT_TRUE(put("a", some(1, 1)));
  ASSERT_TRUE(put("a/b", some(2, 2)));
  ASSERT_TRUE(put("a/b/c", some(3, 3)));
  ASSERT_TRUE(put("ab", some(4, 4)));
  restart();
  EXPECT_EQ(get("a").value().size(), 1u);
  EXPECT_EQ(get("a/b").value().size(), 2u);
  EXPECT_EQ(get("a/b/c").value().size(), 3u);
  EXPECT_EQ(kind(store_->open("a/b/c/d")), ErrorKind::NotFound);
  EXPECT_EQ(kind(store_->head("a/b/c/d")), ErrorKind::NotFound);
}

TEST_P(StoreContract, RefusesNamesThatCouldLeadElsewhere) {
  for (const std::string name : {"", "/", "/etc/passwd", "..", "a/..", "../a", "a/../b", ".hidden", "a//b", "a/", "a/.b", "a\\b", "a b", "a,data", "a%2e", "ä",
                                 "-a", "a\nb"}) {
    EXPECT_EQ(kind(store_->begin(name)), ErrorKind::Invalid) << name;
    EXPECT_EQ(kind(store_->head(name)), ErrorKind::Invalid) << name;
    EXPECT_EQ(kind(store_->open(name)), ErrorKind::Invalid) << name;
    EXPECT_EQ(kind(store_->remove(name)), ErrorKind::Invalid) << name;
    EXPECT_EQ(kind(store_->retain(name, clock_.wall_now)), ErrorKind::Invalid) << name;
  }
  EXPECT_EQ(kind(store_->begin(std::string("a\0b", 3))), ErrorKind::Invalid);
  EXPECT_EQ(kind(store_->begin(std::string(101, 'a'))), ErrorKind::Invalid);
  for (const std::string upload : {"", "../objects/a", "0123456789abcdef0123456789abcdef"}) {
    EXPECT_FALSE(store_->append(upload, 0, some(1))) << upload;
    EXPECT_FALSE(store_->staged(upload)) << upload;
    EXPECT_FALSE(store_->complete(upload, "", std::nullopt)) << upload;
  }
}

TEST_P(StoreContract, GivesRanges) {
  const Bytes bytes = some(5000);
  ASSERT_TRUE(put("r", bytes));
  const auto reader = store_->open("r").value();
  EXPECT_EQ(reader->size(), 5000u);
  Bytes part(100);
  ASSERT_TRUE(reader->read_at(4900, part));
  EXPECT_TRUE(std::equal(part.begin(), part.end(), bytes.begin() + 4900));
  EXPECT_EQ(kind(reader->read_at(4901, part)), ErrorKind::Invalid);
  EXPECT_EQ(kind(reader->read_at(~0ull, part)), ErrorKind::Invalid);
  ASSERT_TRUE(store_->remove("r"));
  EXPECT_EQ(kind(store_->open("r")), ErrorKind::NotFound);
  ASSERT_TRUE(put("r", some(5000, 2)));
  part.assign(100, 0);
  const bool goes_on = reader->read_at(0, part).has_value();
  EXPECT_TRUE(!goes_on || std::equal(part.begin(), part.end(), bytes.begin()));      // never another object's bytes
}

TEST_P(StoreContract, ListsByPrefixInOrderAndByPieces) {
  for (const char* name : {"b/2", "a/1", "b/10", "b/1", "c", "b"}) ASSERT_TRUE(put(name, some(1)));
  using Names = std::vector<std::string>;
  EXPECT_EQ(store_->list("", "", 100).value(), (Names{"a/1", "b", "b/1", "b/10", "b/2", "c"}));
  EXPECT_EQ(store_->list("b/1", "", 100).value(), (Names{"b/1", "b/10"}));
  EXPECT_EQ(store_->list("b/", "", 2).value(), (Names{"b/1", "b/10"}));
  EXPECT_EQ(store_->list("b/", "b/10", 2).value(), (Names{"b/2"}));
  EXPECT_TRUE(store_->list("d", "", 100)->empty());
}

// A-7.4c: what is gone or damaged is made anew; what is whole is not touched. How a copy is damaged is for each store's own test to know
TEST_P(StoreContract, MakesAnewWhatIsGoneAndLeavesWhatIsWhole) {
  const WallTime until = maker_->soon(clock_);
  const auto upload = [&](std::uint8_t seed) {
    const auto id = store_->begin("case/x").value();
    EXPECT_TRUE(store_->append(id, 0, some(100, seed)));
    return id;
  };
  const auto first = upload(1);
  const auto made = store_->replace(first, sha256_hex(some(100, 1)), until);
  ASSERT_TRUE(made) << made.error().what;
  EXPECT_EQ(get("case/x").value(), some(100, 1));
  EXPECT_EQ(store_->head("case/x")->retain_until, until);
  EXPECT_EQ(kind(store_->replace(upload(1), sha256_hex(some(100, 1)), until)), ErrorKind::Exists);
  EXPECT_EQ(kind(store_->replace(upload(2), sha256_hex(some(100, 1)), until)), ErrorKind::Tampered);
  EXPECT_EQ(kind(store_->replace(upload(2), "", until)), ErrorKind::Invalid);
  EXPECT_EQ(get("case/x").value(), some(100, 1));
  EXPECT_EQ(kind(store_->remove("case/x")), ErrorKind::Denied);
}

// A-8.3e: kept until its time, whoever asks; that time only ever moves on
TEST_P(StoreContract, KeepsRetention) {
  const WallTime until = maker_->soon(clock_), later{until.ms + 1000};
  ASSERT_TRUE(put("kept", some(10), until));
  EXPECT_EQ(store_->head("kept")->retain_until, until);
  EXPECT_EQ(kind(store_->remove("kept")), ErrorKind::Denied);
  EXPECT_EQ(kind(store_->retain("kept", {until.ms - 1})), ErrorKind::Denied);
  ASSERT_TRUE(put("kept", some(10)));                                     // nor is it lost by sending the same again
  restart();
  EXPECT_EQ(store_->head("kept")->retain_until, until);
  ASSERT_TRUE(store_->retain("kept", later));
  EXPECT_EQ(store_->head("kept")->retain_until, later);
  EXPECT_EQ(kind(store_->remove("kept")), ErrorKind::Denied);
  maker_->wait_until(clock_, later);
  EXPECT_TRUE(store_->remove("kept"));
  EXPECT_EQ(kind(store_->head("kept")), ErrorKind::NotFound);
  EXPECT_EQ(kind(store_->remove("kept")), ErrorKind::NotFound);
  ASSERT_TRUE(put("kept", some(11)));                                     // its name is free again, without the old retention
  EXPECT_EQ(store_->head("kept")->retain_until, std::nullopt);
}

TEST_P(StoreContract, CopiesUnderAnotherName) {
  const WallTime until = maker_->soon(clock_);
  ASSERT_TRUE(put("incoming/1", some(1000)));
  const auto made = store_->copy("incoming/1", "evidence/1", until);
  ASSERT_TRUE(made) << made.error().what;
  EXPECT_TRUE(store_->copy("incoming/1", "evidence/1", until));           // a second time changes nothing
  ASSERT_TRUE(store_->remove("incoming/1"));
  EXPECT_EQ(get("evidence/1").value(), some(1000));
  EXPECT_EQ(kind(store_->remove("evidence/1")), ErrorKind::Denied);
  EXPECT_EQ(kind(store_->copy("incoming/1", "evidence/2", until)), ErrorKind::NotFound);
  ASSERT_TRUE(put("other", some(999)));
  EXPECT_EQ(kind(store_->copy("other", "evidence/1", until)), ErrorKind::Exists);
}

}  // namespace guzheng::test
