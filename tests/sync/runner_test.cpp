// Several packages at once up to the central system, over lines that fail (core/sync/runner.h): every package once, with a receipt that holds. A-7.4c, A-8.1
#include "core/sync/runner.h"

#include <atomic>

#include "tests/central/central_fixture.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;

constexpr const char* kStation = "LX-03";

// A line to the central system's own desk, and what can be done to it. One for all links of a runner; thread-safe.
struct Line {
  UploadDesk* desk = nullptr;
  Ingest* ingest = nullptr;
  std::atomic<bool> down{false}, barred{false}, forged{false};
  std::atomic<int> cuts{0};                        // so many pieces are cut in their middle
  std::function<void(std::uint64_t)> at_piece;     // before each piece, with its offset
  std::mutex mutex;
  std::atomic<std::uint64_t> sent{0}, taken{0}, requests{0};       // bytes
  std::atomic<int> under_way{0}, most_under_way{0};
  std::vector<std::string> begun;                  // packages, in the order of their uploads
};

class DeskLink final : public CentralLink {
 public:
  explicit DeskLink(Line& line) : line_(line) {}
  Result<std::string> create(const std::string& package, const std::string& sha256, std::uint64_t length) override {
    GZ_TRY(reach());
    GZ_TRY_ASSIGN(const auto made, line_.desk->create(kStation, length, "", package, sha256));
    const std::lock_guard lock(line_.mutex);
    line_.begun.push_back(package);
    return made.id;
  }
  Result<std::uint64_t> offset(const std::string& upload) override {
    GZ_TRY(reach());
    GZ_TRY_ASSIGN(const auto now, line_.desk->status(upload, kStation));
    return now.offset;
  }
  Result<std::uint64_t> send(const std::string& upload, std::uint64_t at, ByteView piece, const SendValve& valve) override {
    GZ_TRY(reach());
    const int now = ++line_.under_way;
    for (int most = line_.most_under_way; most < now && !line_.most_under_way.compare_exchange_weak(most, now);) {}
    auto done = whole(upload, at, piece, valve);
    --line_.under_way;
    return done;
  }
  Result<CentralOutcome> outcome(const std::string& package, const std::string& sha256) override {
    GZ_TRY(reach());
    using State = CentralOutcome::State;
    if (const auto receipt = line_.ingest->receipt(sha256, kStation)) {
      auto given = *receipt;
      if (line_.forged) given.text_signature = given.checkpoint.signature;
      return CentralOutcome{State::Received, write_receipt(given).value(), ""};
    }
    const auto upload = line_.desk->by_digest(sha256, kStation);
    if (!upload || upload->package != package || upload->state == UploadState::Open) return CentralOutcome{};
    return upload->state == UploadState::Refused ? CentralOutcome{State::Refused, "", upload->why} : CentralOutcome{State::Waiting, "", ""};
  }

 private:
  Status reach() {
    ++line_.requests;
    if (line_.down) return fail(ErrorKind::Network, "nobody answers");
    if (line_.barred) return fail(ErrorKind::Denied, "the certificate was revoked");
    return ok();
  }
  // As with a checksum: a piece comes whole or not at all, whatever of it was on the line.
  Result<std::uint64_t> whole(const std::string& upload, std::uint64_t at, ByteView piece, const SendValve& valve) {
    if (line_.at_piece) line_.at_piece(at);
    const bool cut = line_.cuts.fetch_sub(1) > 0 || (line_.cuts.store(0), false);
    for (std::size_t gone = 0; gone < piece.size();) {
      if (line_.down || (cut && gone >= piece.size() / 2)) return fail(ErrorKind::Network, "the line was cut");
      const auto now = valve ? valve(std::min<std::size_t>(piece.size() - gone, 4096)) : piece.size();
      if (now == 0) return fail(ErrorKind::Cancelled, "stopped");
      gone += now;
      line_.sent += now;
    }
    GZ_TRY_ASSIGN(const auto writing, line_.desk->write(upload, kStation, at));
    GZ_TRY(writing->take(piece));
    GZ_TRY_ASSIGN(const auto now, writing->end());
    line_.taken += piece.size();
    return now.offset;
  }

  Line& line_;
};

class RunnerTest : public test::CentralTest {
 protected:
  RunnerTest() { open_desk(); }
  ~RunnerTest() override {
    runner_.reset();
    desk_.reset();
  }
  void open_desk() {
    desk_ = UploadDesk::open(*database_, *first_, *ingest_, clock_, {}).value();
    line_.desk = desk_.get();
    line_.ingest = ingest_.get();
  }
  // A session's day stands in its package's id.
  std::string today(int number) { return "LX-03-" + format_day(clock_.wall()) + "-000" + std::to_string(number); }
  // So many sealed packages in the vault's form.
  void packages(int count) {
    for (int i = 1; i <= count; ++i) {
      test::SampleOptions options;
      options.id = today(i);
      const auto bag = vault_form("vault/sealed", options);
      const std::lock_guard lock(line_.mutex);
      bags_.push_back({bag, fingerprint(bag), 100'000, true});
    }
  }
  static std::string fingerprint(const fs::path& bag) { return sha256_hex(*read_file(bag / "seal/seal.txt")); }
  RunnerParts runner_parts() {
    RunnerParts out;
    out.queue.folder = folder_ / "queue";
    out.queue.clock = &clock_;
    out.queue.trust = [this]() -> Result<ReceiptTrust> { return trust(); };
    out.queue.first_piece = 8u << 10;
    out.queue.piece_bytes = 16u << 10;
    out.link = [this](auto) -> Result<std::unique_ptr<CentralLink>> { return std::make_unique<DeskLink>(line_); };
    out.packages = [this]() -> Result<std::vector<SyncCandidate>> {
      const std::lock_guard lock(line_.mutex);
      return bags_;
    };
    out.tell = [this](const SyncEvent& event) {
      const std::lock_guard lock(line_.mutex);
      events_.push_back(event);
    };
    out.pause_ms = 5;
    out.longest_pause_ms = 40;
    out.ask_ms = 1;
    return out;
  }
  void run(RunnerParts parts) { runner_ = std::make_unique<SyncRunner>(std::move(parts)); }
  // Waits for what must come; a minute at most, then the caller's expectation fails.
  template <typename Holds>
  SyncStatus until(Holds holds) {
    for (int i = 0; i < 6000; ++i) {
      const auto seen = runner_->revision();
      auto status = runner_->status();
      if (holds(status)) return status;
      runner_->wait_changed(seen, 10);
    }
    const auto status = runner_->status();
    std::string stands = status.away ? "away: " + status.away->error.what : status.open ? "open" : "not open";
    for (const auto& one : status.items) stands += "\n" + one.package + " " + std::string(to_string(one.phase)) + " " + std::to_string(one.done) + "/" + std::to_string(one.total) + " " + one.why;
    ADD_FAILURE() << "it did not come to that; " << stands;
    return status;
  }
  static bool all_synced(const SyncStatus& status) {
    return status.open && !status.items.empty() && status.in_hand == 0 && std::all_of(status.items.begin(), status.items.end(), [](const auto& one) { return one.phase == SyncPhase::Synced; });
  }
  static SyncItem of(const SyncStatus& status, const std::string& package) {
    const auto found = std::find_if(status.items.begin(), status.items.end(), [&](const auto& one) { return one.package == package; });
    return found == status.items.end() ? SyncItem{} : *found;
  }
  std::size_t told(SyncEvent::Kind kind) {
    const std::lock_guard lock(line_.mutex);
    return static_cast<std::size_t>(std::count_if(events_.begin(), events_.end(), [&](const auto& one) { return one.kind == kind; }));
  }
  std::vector<std::string> begun() {
    const std::lock_guard lock(line_.mutex);
    return line_.begun;
  }
  std::string id_of(std::size_t number) const { return bags_.at(number).bag.filename().string(); }
  // Each package stands in the central system once, byte for byte what was sent, and its receipt lies beside it.
  void expect_all_receipted() {
    EXPECT_EQ(log_->size().value(), bags_.size());
    for (const auto& one : bags_) {
      const auto kept = runner_->receipt(one.bag);
      ASSERT_TRUE(kept) << kept.error().what;
      EXPECT_EQ(kept->text.fingerprint, one.fingerprint);
      EXPECT_EQ(kept->entry.stores.size(), 2u);
      EXPECT_EQ(read_text(kept->file).value(), write_receipt_text(kept->text).value());
      EXPECT_EQ(read_text(one.bag.string() + ".receipt/central.txt").value(), read_text(kept->file).value());
      EXPECT_EQ(kept->entry.zip_sha256, kept->text.zip_sha256);
    }
    EXPECT_EQ(objects(*first_).size(), objects(*second_).size());
    for (const auto& file : fs::directory_iterator(folder_ / "queue")) EXPECT_NE(file.path().extension(), ".zip") << "no ZIP is left behind";
  }

  Line line_;
  std::vector<SyncCandidate> bags_;
  std::vector<SyncEvent> events_;
  std::unique_ptr<UploadDesk> desk_;
  std::unique_ptr<SyncRunner> runner_;
};

}  // namespace

TEST_F(RunnerTest, SendsSeveralAtOnceOldestFirst) {
  packages(5);
  std::atomic<int> waiting{0};
  line_.at_piece = [&](std::uint64_t at) {         // the first piece of each waits until a second package is under way too
    if (at != 0 || line_.most_under_way >= 2) return;
    for (int i = 0; i < 6000 && line_.under_way < 2 && line_.most_under_way < 2; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    ++waiting;
  };
  auto parts = runner_parts();
  parts.at_once = 2;
  run(std::move(parts));
  until(all_synced);
  EXPECT_EQ(line_.most_under_way, 2) << "two at once, and no more";
  until([&](const SyncStatus&) { return told(SyncEvent::Kind::Synced) == 5; });
  EXPECT_EQ(told(SyncEvent::Kind::Away), 0u);
  EXPECT_EQ(line_.sent, line_.taken) << "nothing was sent twice";
  const std::set<std::string> first{begun().at(0), begun().at(1)};
  EXPECT_EQ(first, (std::set<std::string>{id_of(0), id_of(1)}));
  EXPECT_EQ(begun().size(), 5u);
  expect_all_receipted();
}

TEST_F(RunnerTest, CutsCostAtMostAPieceEachAndAreNotTold) {
  packages(3);
  line_.cuts = 4;
  run(runner_parts());
  until(all_synced);
  EXPECT_GT(line_.sent, line_.taken);
  EXPECT_LE(line_.sent - line_.taken, 4 * runner_parts().queue.piece_bytes);
  expect_all_receipted();
}

TEST_F(RunnerTest, ALineThatIsAwayIsToldOnceAndGoesOnByItself) {
  packages(2);
  line_.down = true;
  run(runner_parts());
  const auto away = until([&](const SyncStatus& status) { return status.away && line_.requests > 8; });
  ASSERT_TRUE(away.away);
  EXPECT_EQ(away.away->error.kind, ErrorKind::Network);
  EXPECT_EQ(of(away, id_of(0)).phase, SyncPhase::Queued);
  EXPECT_EQ(of(away, id_of(0)).done, 0u) << "it was packed, and nothing of it was sent";
  EXPECT_EQ(told(SyncEvent::Kind::Away), 1u) << "however often it was tried";
  line_.down = false;
  const auto end = until(all_synced);
  EXPECT_FALSE(end.away);
  EXPECT_EQ(told(SyncEvent::Kind::Back), 1u);
  expect_all_receipted();
}

TEST_F(RunnerTest, AStationThatIsNotLetInIsToldWithItsReason) {
  packages(3);
  line_.barred = true;
  run(runner_parts());
  const auto away = until([](const SyncStatus& status) { return status.away.has_value(); });
  EXPECT_EQ(away.away->error.what, "the certificate was revoked");
  EXPECT_EQ(away.away->error.kind, ErrorKind::Denied);
  until([&](const SyncStatus&) { return told(SyncEvent::Kind::Away) == 1; });
  line_.barred = false;
  runner_->send_now();
  until(all_synced);
  expect_all_receipted();
}

TEST_F(RunnerTest, APauseHoldsOverARestart) {
  packages(2);
  std::atomic<bool> held{true};
  line_.at_piece = [&](std::uint64_t at) {
    if (at > 0)
      for (int i = 0; i < 6000 && held; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  };
  auto parts = runner_parts();
  parts.at_once = 1;
  run(parts);
  until([&](const SyncStatus& status) { return of(status, id_of(0)).phase == SyncPhase::Sending && of(status, id_of(0)).done > 0; });
  runner_->pause();
  held = false;
  const auto paused = until([](const SyncStatus& status) { return status.in_hand == 0; });
  EXPECT_TRUE(paused.paused);
  EXPECT_EQ(of(paused, id_of(0)).phase, SyncPhase::Queued);
  EXPECT_GT(of(paused, id_of(0)).done, 0u) << "it stays where it stood";
  const auto sent = line_.sent.load();
  EXPECT_EQ(sent, line_.taken) << "the piece under way was let through";
  runner_.reset();
  run(parts);
  until([](const SyncStatus& status) { return status.open; });
  EXPECT_TRUE(runner_->status().paused);
  EXPECT_EQ(line_.sent, sent);
  runner_->resume();
  until(all_synced);
  EXPECT_EQ(line_.sent, line_.taken);
  expect_all_receipted();
}

TEST_F(RunnerTest, WhatAnOfficerPutsFirstMakesTheOthersGiveRoom) {
  packages(3);
  std::atomic<bool> held{true};
  line_.at_piece = [&](std::uint64_t) {
    for (int i = 0; i < 6000 && held; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  };
  auto parts = runner_parts();
  parts.at_once = 1;
  run(std::move(parts));
  until([&](const SyncStatus& status) { return of(status, id_of(0)).phase == SyncPhase::Sending; });
  runner_->put_first(id_of(2));
  const auto order = runner_->status();
  EXPECT_EQ(order.items.at(1).package, id_of(2));
  EXPECT_TRUE(order.items.at(1).first);
  held = false;
  until(all_synced);
  until([&](const SyncStatus&) { return told(SyncEvent::Kind::Synced) == 3; });
  std::vector<std::string> synced;
  for (const auto& event : events_)
    if (event.kind == SyncEvent::Kind::Synced) synced.push_back(event.item.package);
  ASSERT_EQ(synced.size(), 3u);
  EXPECT_EQ(synced[0], id_of(2)) << "before the one that was under way";
  EXPECT_EQ(begun(), (std::vector<std::string>{id_of(0), id_of(2), id_of(1)}));
  EXPECT_EQ(line_.sent, line_.taken) << "making room costs nothing";
  expect_all_receipted();
}

TEST_F(RunnerTest, AKillInTheMiddleOfEitherSideCostsAtMostAPiece) {
  packages(2);
  auto parts = runner_parts();
  std::atomic<int> pieces{0};
  line_.at_piece = [&](std::uint64_t) { ++pieces; };
  for (int kill = 1; kill <= 4; ++kill) {
    pieces = 0;
    run(parts);
    until([&](const SyncStatus& status) { return pieces >= 2 || all_synced(status); });
    runner_->stop();                               // as a kill: what is under way is given up in its middle
    runner_.reset();
    if (kill % 2 == 0) {
      desk_.reset();
      stop();
      start();
      open_desk();
    }
  }
  run(parts);
  until(all_synced);
  EXPECT_LE(line_.sent - line_.taken, 8 * parts.queue.piece_bytes);
  expect_all_receipted();
}

TEST_F(RunnerTest, ARefusalIsTheEndUntilSomebodyAsksAgain) {
  packages(1);
  // another system's package: encrypted for a key that this one does not have
  test::KeyInMemory other;
  test::SampleOptions options;
  options.id = today(9);
  const auto bag = vault_form("vault/sealed", options, &other);
  bags_.push_back({bag, fingerprint(bag), 1000, true});
  run(runner_parts());
  const auto done = until([](const SyncStatus& status) { return status.open && status.items.size() == 2 && status.in_hand == 0 && status.items[0].settled() && status.items[1].settled(); });
  const auto refused = of(done, options.id);
  EXPECT_EQ(refused.phase, SyncPhase::Refused);
  EXPECT_FALSE(refused.why.empty());
  until([&](const SyncStatus&) { return told(SyncEvent::Kind::Refused) == 1; });
  const auto uploads = begun().size();
  runner_->look();
  runner_->again(options.id);
  until([&](const SyncStatus& status) { return begun().size() > uploads && of(status, options.id).phase == SyncPhase::Refused; });
  until([&](const SyncStatus&) { return told(SyncEvent::Kind::Refused) == 2; });      // it was sent and judged anew
  EXPECT_EQ(begun().back(), options.id);
}

TEST_F(RunnerTest, AReceiptThatDoesNotHoldIsNotBelieved) {
  packages(1);
  line_.forged = true;
  run(runner_parts());
  const auto distrusted = until([&](const SyncStatus& status) { return of(status, id_of(0)).phase == SyncPhase::Distrusted; });
  until([&](const SyncStatus&) { return told(SyncEvent::Kind::Distrusted) == 1; });
  EXPECT_FALSE(fs::exists(bags_[0].bag.string() + ".receipt"));
  EXPECT_FALSE(distrusted.away);
  line_.forged = false;
  runner_->again(id_of(0));
  until(all_synced);
  expect_all_receipted();
}

TEST_F(RunnerTest, AReviewBesideASyncedPackageIsSentAnew) {
  packages(1);
  run(runner_parts());
  until(all_synced);
  fs::create_directory(bags_[0].bag.string() + ".review");
  fs::create_directory(bags_[0].bag.string() + ".review/001");
  ASSERT_TRUE(write_atomically(bags_[0].bag.string() + ".review/001/review.json", as_bytes("{}")));
  runner_->look();
  until([&](const SyncStatus&) { return begun().size() == 2; });
}

TEST_F(RunnerTest, WithoutAutomaticItRestsUntilSomebodyAsks) {
  packages(2);
  bags_[1].ready = false;                          // not encrypted yet
  auto parts = runner_parts();
  parts.automatic = false;
  run(std::move(parts));
  const auto rests = until([](const SyncStatus& status) { return status.open; });
  EXPECT_TRUE(rests.resting);
  EXPECT_EQ(of(rests, id_of(1)).phase, SyncPhase::NotReady);
  EXPECT_EQ(line_.requests, 0u);
  runner_->send_now();
  const auto done = until([&](const SyncStatus& status) { return of(status, id_of(0)).phase == SyncPhase::Synced && status.resting; });
  EXPECT_EQ(of(done, id_of(1)).phase, SyncPhase::NotReady);
}

TEST_F(RunnerTest, AQueueThatAnotherProgramHoldsIsToldAndTakenWhenItIsFree) {
  packages(1);
  auto parts = runner_parts();
  auto other = Sync::open(parts.queue).value();
  run(parts);
  const auto closed = until([](const SyncStatus& status) { return status.away.has_value(); });
  EXPECT_FALSE(closed.open);
  EXPECT_EQ(closed.away->error.kind, ErrorKind::Exists);
  other.reset();
  until(all_synced);
  EXPECT_FALSE(runner_->status().away);
}

TEST_F(RunnerTest, TellsHowFastAndHowMuchIsLeft) {
  packages(2);
  std::atomic<bool> held{true};
  line_.at_piece = [&](std::uint64_t at) {
    if (at > 0)
      for (int i = 0; i < 6000 && held; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  };
  auto parts = runner_parts();
  parts.at_once = 1;
  run(std::move(parts));
  const auto moving = until([&](const SyncStatus& status) { return of(status, id_of(0)).phase == SyncPhase::Sending && of(status, id_of(0)).done > 0; });
  EXPECT_GT(moving.bytes_per_second, 0u);
  EXPECT_TRUE(moving.seconds_left);
  const auto first = of(moving, id_of(0));
  EXPECT_EQ(moving.bytes_left, first.total - first.done + 100'000);
  held = false;
  const auto end = until(all_synced);
  EXPECT_EQ(end.bytes_left, 0u);
  EXPECT_FALSE(end.seconds_left);
}

}  // namespace guzheng
