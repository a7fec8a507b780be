// Evidence opened by another process: both sides of the pipe, over real descriptors, and everything that may go wrong on it.
#include "core/identity/opener_pipe.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <thread>

namespace guzheng {
namespace {

// "Opens" by turning the bytes round; refuses what begins with 0.
class Turner final : public Opener {
 public:
  [[nodiscard]] std::string certificate_pem() const override { return "certificate"; }
  [[nodiscard]] Result<Bytes> open(ByteView envelope) const override {
    if (!envelope.empty() && envelope.front() == 0) return fail(ErrorKind::Tampered, "the tag does not fit");
    return Bytes(envelope.rbegin(), envelope.rend());
  }
};

struct Pipe {
  UniqueFd read, write;
  Pipe() {
    int both[2];
    EXPECT_EQ(::pipe(both), 0);
    read.reset(both[0]);
    write.reset(both[1]);
  }
};

// The parent in a thread: answers until the helper hangs up. `spoil`: what it writes instead of the first answer.
class Parent {
 public:
  explicit Parent(const Opener* opener, Bytes spoil = {}, bool hang_up = false) {
    ::signal(SIGPIPE, SIG_IGN);
    thread_ = std::thread([this, opener, spoil, hang_up] {
      const int out = down_.write.get(), in = up_.read.get();
      ASSERT_TRUE(write_all(out, hello_frame(opener), "test"));
      PipeReader reader;
      std::uint8_t piece[777];             // smaller than frames: they come in pieces
      for (ssize_t got = ::read(in, piece, sizeof piece); got > 0; got = ::read(in, piece, sizeof piece)) {
        reader.add({piece, static_cast<std::size_t>(got)});
        const auto frame = reader.next();
        if (!frame || !*frame) continue;
        ++questions;
        if (hang_up) break;
        const Bytes answer = spoil.empty() ? answer_frame(**frame, opener) : spoil;
        if (!write_all(out, answer, "test")) break;
      }
      down_.write.reset();
    });
  }
  ~Parent() { thread_.join(); }
  Result<std::shared_ptr<Opener>> helper() { return open_pipe(std::move(down_.read), std::move(up_.write)); }
  int questions = 0;

 private:
  Pipe down_, up_;
  std::thread thread_;
};

Bytes content(std::size_t size) {
  Bytes out(size);
  for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::uint8_t>(i % 251 + 1);
  return out;
}

// A-7.4b: what is encrypted is opened by whoever holds the key; the helper has none.
TEST(OpenerPipe, WhatIsAskedIsOpenedOnTheOtherSide) {
  const Turner turner;
  Parent parent(&turner);
  const auto opener = parent.helper();
  ASSERT_TRUE(opener && *opener);
  EXPECT_EQ((*opener)->certificate_pem(), "certificate");
  for (const std::size_t size : {std::size_t{1}, std::size_t{1000}, std::size_t{5u << 20}}) {
    const Bytes envelope = content(size);
    const auto opened = (*opener)->open(envelope);
    ASSERT_TRUE(opened) << opened.error().what;
    EXPECT_EQ(*opened, Bytes(envelope.rbegin(), envelope.rend()));
  }
  const auto nothing = (*opener)->open({});
  EXPECT_TRUE(nothing && nothing->empty());
}

TEST(OpenerPipe, ARefusalKeepsItsKindAndTheNextOneIsAnswered) {
  const Turner turner;
  Parent parent(&turner);
  const auto opener = parent.helper();
  ASSERT_TRUE(opener && *opener);
  const auto refused = (*opener)->open(Bytes{0, 1});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Tampered);
  EXPECT_EQ(refused.error().what, "the tag does not fit");
  EXPECT_TRUE((*opener)->open(Bytes{1}));
}

TEST(OpenerPipe, WithoutAKeyThereIsNoOpener) {
  Parent parent(nullptr);
  const auto opener = parent.helper();
  ASSERT_TRUE(opener);
  EXPECT_FALSE(*opener);
  const Bytes answer = answer_frame({'O', content(3)}, nullptr);      // should it ask all the same
  PipeReader reader;
  reader.add(answer);
  const auto frame = reader.next();
  ASSERT_TRUE(frame && *frame);
  EXPECT_EQ((**frame).kind, 'R');
  EXPECT_EQ((**frame).body.front(), static_cast<std::uint8_t>(ErrorKind::Denied));
}

TEST(OpenerPipe, AClosedPipeFailsAndStaysFailed) {
  const Turner turner;
  Parent parent(&turner, {}, true);
  const auto opener = parent.helper();
  ASSERT_TRUE(opener && *opener);
  for (int i = 0; i < 2; ++i) {
    const auto opened = (*opener)->open(content(10));
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, ErrorKind::Network);
  }
}

TEST(OpenerPipe, BrokenFramesAreRefusedAndNothingAfterThemIsTrusted) {
  const Turner turner;
  const Bytes spoils[] = {{0, 0, 0, 0}, {0xff, 0xff, 0xff, 0xff, 'C'}, *pipe_frame('X', content(4)), *pipe_frame('R', {}), *pipe_frame('R', Bytes{250, 'a'})};
  for (const auto& spoil : spoils) {
    Parent parent(&turner, spoil);
    const auto opener = parent.helper();
    ASSERT_TRUE(opener && *opener);
    const auto opened = (*opener)->open(content(10));
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, ErrorKind::Protocol) << opened.error().what;
  }
}

TEST(OpenerPipe, AParentThatSaysSomethingElseFirstIsNone) {
  for (const Bytes& first : {Bytes{}, Bytes{0, 0}, Bytes{0, 0, 0, 5, 'K'}, *pipe_frame('C', content(4))}) {
    Pipe down, up;
    ASSERT_TRUE(write_all(down.write.get(), first, "test"));
    down.write.reset();
    EXPECT_FALSE(open_pipe(std::move(down.read), std::move(up.write)));
  }
}

TEST(PipeReader, PutsPiecesTogetherAndKeepsToItsBound) {
  Bytes two = *pipe_frame('O', content(5));
  append(two, *pipe_frame('O', content(6)));
  PipeReader reader;
  std::vector<std::size_t> sizes;
  for (const auto byte : two) {
    reader.add({&byte, 1});
    const auto frame = reader.next();
    ASSERT_TRUE(frame);
    if (*frame) sizes.push_back((**frame).body.size());
  }
  EXPECT_EQ(sizes, (std::vector<std::size_t>{5, 6}));
  Bytes long_one;
  put_be<std::uint32_t>(long_one, kMostPipeFrame + 1);
  PipeReader other;
  other.add(long_one);
  EXPECT_FALSE(other.next());
  EXPECT_FALSE(pipe_frame('O', Bytes(kMostPipeFrame)));
}

TEST(PipeReader, AQuestionOfAnUnknownKindIsRefused) {
  const Turner turner;
  PipeReader reader;
  reader.add(answer_frame({'Z', {}}, &turner));
  const auto frame = reader.next();
  ASSERT_TRUE(frame && *frame);
  EXPECT_EQ((**frame).kind, 'R');
}

}  // namespace
}  // namespace guzheng
