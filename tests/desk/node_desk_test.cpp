// Nodes at the desk: Debian's own sshd before Debian's own adb server, a training phone behind it, and a line that can be cut. A-8.3f A-8.4 A-8.6
#include <gtest/gtest.h>

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>

#include "core/base/file.h"
#include "core/desk/node_desk.h"
#include "tests/desk/paper_session.h"
#include "tests/support/bad_line.h"
#include "tests/support/ssh_fixture.h"

namespace guzheng {
namespace {

constexpr int kPatience = 60'000;
const std::string kRoom = "一号机房";

class NodeDeskTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    adb_ = std::make_unique<test::AdbFixture>();
    serial_ = adb_->add_phone(GUZHENG_PHONE);
  }
  static void TearDownTestSuite() { adb_.reset(); }
  void SetUp() override {
    ssh_ = std::make_unique<test::SshFixture>(adb_->port());
    line_ = std::make_unique<test::BadLine>(ssh_->port());
    options_.home = folder_.path().toStdString();
    options_.practice_server = options_.home / "server.jar";
    ASSERT_TRUE(write_atomically(options_.practice_server, as_bytes("server")));
    station_ = std::make_unique<StationDesk>(options_);
    phones_ = std::make_unique<PhoneList>(station_->quick());
    live_ = std::make_unique<LiveDesk>(*station_, *phones_, [this](SessionSetup setup) -> Result<std::unique_ptr<CaptureSession>> {
      setup_ = setup;
      auto session = std::make_unique<PaperSession>(std::move(setup));
      session_ = session.get();
      return session;
    });
    nodes_ = std::make_unique<NodeDesk>(*station_, *phones_, *live_);
    bool told = false;                                    // pages hear that there is an officer now
    QObject::connect(nodes_.get(), &NodeDesk::changed, nodes_.get(), [&, desk = nodes_.get()] { told = told || desk->may_change(); });
    QSignalSpy opened(station_.get(), &StationDesk::opened);
    station_->open();
    ASSERT_TRUE(opened.wait(kPatience));
    ASSERT_TRUE(told);
    nodes_->disconnect(nodes_.get());
  }
  void TearDown() override {
    nodes_->stop();
    live_.reset();
    phones_->stop();
    station_->drain();
    nodes_.reset();
    phones_.reset();
    station_.reset();
  }

  [[nodiscard]] Node node() const {
    const auto known = ssh_->address();
    return {kRoom, "三楼机房", "127.0.0.1", known.user, line_->port(), adb_->port(), known.key, {}};
  }
  bool until(const std::function<bool()>& is) {
    QElapsedTimer since;
    since.start();
    while (!is() && since.elapsed() < kPatience) turn();
    return is();
  }
  // Lets the loop turn until something is told, or a moment has passed.
  void turn() {
    QSignalSpy any(nodes_.get(), &NodeDesk::changed);
    any.wait(100);
  }
  const NodeCard& card() { return *nodes_->find(kRoom); }
  bool is_looked() { return nodes_->find(kRoom) && card().look; }
  void enter() {
    nodes_->enter(node());
    ASSERT_TRUE(until([&] { return is_looked(); }));
  }
  void enter_and_trust() {
    enter();
    ASSERT_TRUE(card().key());
    nodes_->trust(kRoom, card().key()->fingerprint);
    ASSERT_TRUE(until([&] { return is_looked() && card().look->state; })) << (card().look->error ? card().look->error->what : "");
    ASSERT_TRUE(until([&] { return phone() && phone()->usable(); }));
  }
  const PhoneEntry* phone() {
    const auto& source = phones_->sources()[card().source];
    return source.phones.empty() ? nullptr : &source.phones.front();
  }
  void start() {
    CaptureOrder order;
    order.reason = "test";
    live_->start(order, *phone());
  }
  std::string log() {
    station_->drain();
    return read_text(station_->log_path(), 1u << 20).value();
  }

  static inline std::unique_ptr<test::AdbFixture> adb_;
  static inline std::string serial_;
  QTemporaryDir folder_;
  std::unique_ptr<test::SshFixture> ssh_;
  std::unique_ptr<test::BadLine> line_;
  DeskOptions options_;
  std::unique_ptr<StationDesk> station_;
  std::unique_ptr<PhoneList> phones_;
  std::unique_ptr<LiveDesk> live_;
  std::unique_ptr<NodeDesk> nodes_;
  PaperSession* session_ = nullptr;
  SessionSetup setup_;
};

// A-8.6: both ends are known by their keys; who said that the node's is right stands in the log.
TEST_F(NodeDeskTest, an_unknown_host_key_is_confirmed_by_the_officer_who_compared_it) {
  enter();
  ASSERT_TRUE(card().key());
  EXPECT_EQ(card().key()->state, HostKeyState::Unknown);
  EXPECT_EQ(card().troubles, std::vector{NodeTrouble::KeyUnknown});
  EXPECT_FALSE(phone()) << "nothing is shown of a node that nobody knows";
  const auto fingerprint = card().key()->fingerprint;

  QSignalSpy refused(nodes_.get(), &NodeDesk::refused);
  nodes_->trust(kRoom, "SHA256:" + std::string(43, 'A'));
  EXPECT_EQ(refused.count(), 1) << "another fingerprint than the one shown";
  nodes_->trust(kRoom, fingerprint);
  ASSERT_TRUE(until([&] { return phone() && phone()->usable(); }));
  EXPECT_EQ(phone()->serial, serial_);
  EXPECT_TRUE(until([&] { return card().look->state.has_value(); }));
  EXPECT_TRUE(until([&] { return phone()->battery.has_value(); }));
  const auto lines = log();
  for (const auto& words : {fingerprint, std::string(R"("act":"trust")"), std::string(R"("act":"add")"), station_->card().officers.front().name})
    EXPECT_NE(lines.find(words), std::string::npos) << words << "\n" << lines;
  EXPECT_EQ(read_nodes(nodes_->folder())->size(), 1u) << "the command line's own book";
}

// Issue 4: a key with a passphrase: asked for once, kept in memory, told nowhere.
TEST_F(NodeDeskTest, a_key_with_a_passphrase_is_unlocked_once) {
  auto locked = node();
  locked.key = ssh_->with_locked_key("opens the room").key;
  nodes_->enter(locked);
  ASSERT_TRUE(until([&] { return is_looked() && card().key(); }));
  nodes_->trust(kRoom, card().key()->fingerprint);
  ASSERT_TRUE(until([&] { return card().troubles == std::vector{NodeTrouble::KeyLocked}; }));
  EXPECT_FALSE(phone());
  QSignalSpy refused(nodes_.get(), &NodeDesk::refused);
  nodes_->unlock(kRoom, Secret("opens nothing"));
  ASSERT_TRUE(until([&] { return refused.count() == 1; }));
  EXPECT_EQ(refused.front().front().value<Error>().kind, ErrorKind::Denied);
  EXPECT_EQ(card().troubles, std::vector{NodeTrouble::KeyLocked});
  QSignalSpy unlocked(nodes_.get(), &NodeDesk::unlocked);
  nodes_->unlock(kRoom, Secret("opens the room"));
  ASSERT_TRUE(until([&] { return unlocked.count() == 1; }));
  ASSERT_TRUE(until([&] { return phone() && phone()->usable(); })) << (card().look->error ? card().look->error->what : "");
  line_->cut();                              // and again after a lost line, unasked
  line_->mend();
  ASSERT_TRUE(until([&] { return card().look && card().look->state && card().troubles != std::vector{NodeTrouble::KeyLocked}; }));
  const auto lines = log();
  EXPECT_NE(lines.find(R"("act":"unlock")"), std::string::npos);
  EXPECT_EQ(lines.find("opens"), std::string::npos) << "what was typed is nowhere written";
}

TEST_F(NodeDeskTest, a_changed_host_key_is_refused_whoever_asks) {
  enter_and_trust();
  line_->cut();
  ssh_->new_host_key();
  line_->mend();
  ASSERT_TRUE(until([&] {
    nodes_->check(kRoom);
    return card().look && card().look->error && card().look->error->kind == ErrorKind::Tampered;
  }));
  EXPECT_EQ(card().troubles, std::vector{NodeTrouble::KeyChanged});
  ASSERT_TRUE(card().key());
  const auto before = read_text(nodes_->folder() / "known_hosts", 1u << 20).value();
  QSignalSpy refused(nodes_.get(), &NodeDesk::refused);
  nodes_->trust(kRoom, card().key()->fingerprint);
  ASSERT_TRUE(until([&] { return refused.count() == 1; }));
  EXPECT_EQ(read_text(nodes_->folder() / "known_hosts", 1u << 20).value(), before);
  EXPECT_TRUE(until([&] { return phones_->sources()[card().source].error && phones_->sources()[card().source].error->kind == ErrorKind::Tampered; }))
      << "the phone list says why, not only that the line is gone";
  QSignalSpy failed(live_.get(), &LiveDesk::node_failed);
  QSignalSpy started(live_.get(), &LiveDesk::started);
  live_->start({}, {serial_, "", "device", card().source, false});
  ASSERT_TRUE(failed.wait(kPatience));
  EXPECT_EQ(failed.front().front().value<Error>().kind, ErrorKind::Tampered);
  EXPECT_EQ(started.count(), 0);
  // removed and entered again it is still refused
  nodes_->remove(kRoom);
  ASSERT_TRUE(until([&] { return nodes_->nodes().empty(); }));
  enter();
  EXPECT_EQ(card().troubles, std::vector{NodeTrouble::KeyChanged});
  EXPECT_EQ(log().find("\"act\":\"trust\"", log().find("\"act\":\"trust\"") + 1), std::string::npos) << "trusted once, at the beginning";
}

// A-8.3g A-7.3a: the node's facts and the lease, as `capture --node` has them.
TEST_F(NodeDeskTest, a_capture_takes_the_phone_and_gives_it_back) {
  enter_and_trust();
  QSignalSpy started(live_.get(), &LiveDesk::started);
  start();
  ASSERT_TRUE(started.wait(kPatience));
  const auto node = setup_.node_facts();
  ASSERT_TRUE(node);
  EXPECT_EQ(node->name, kRoom);
  EXPECT_EQ(node->place, "三楼机房");
  ASSERT_TRUE(node->state) << node->why;
  for (const auto& lease : node->state->leases) EXPECT_EQ(lease.serial, serial_) << "asked while the phone was taken: nobody else's";
  EXPECT_NE(setup_.link->way().find("ssh "), std::string::npos) << setup_.link->way();
  ASSERT_TRUE(until([&] { return phone() && !phone()->holder.empty(); }));
  const auto us = station_->card().officers.front().name + "，" + station_->card().station;
  EXPECT_EQ(phone()->holder, us);
  EXPECT_GT(phone()->held_since.ms, 0);
  NodeLease by;
  const auto other = ssh_transport(ssh_->address(), adb_->port());
  const auto second = PhoneLease::take(other, serial_, "别的席位", &by);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::Exists);
  EXPECT_EQ(by.holder, us);

  QSignalSpy refused(nodes_.get(), &NodeDesk::refused);
  nodes_->remove(kRoom);
  EXPECT_EQ(refused.count(), 1) << "not while its phone is driven";
  QSignalSpy sealed(live_.get(), &LiveDesk::sealed);
  live_->end("练习");
  setup_ = {};                                            // the test's own hold on the lease
  ASSERT_TRUE(sealed.wait(kPatience));
  ASSERT_TRUE(until([&] { return phone() && phone()->free(); }));
  EXPECT_TRUE(PhoneLease::take(other, serial_, "别的席位"));
}

TEST_F(NodeDeskTest, a_phone_of_another_desk_is_shown_so_and_refused) {
  enter_and_trust();
  const auto other = ssh_transport(ssh_->address(), adb_->port());
  auto theirs = PhoneLease::take(other, serial_, "李乙，LX-09").value();
  QSignalSpy taken(live_.get(), &LiveDesk::phone_taken);
  QSignalSpy started(live_.get(), &LiveDesk::started);
  start();                                                // the list knows nothing of it yet: the node has the last word
  ASSERT_TRUE(taken.wait(kPatience));
  const auto by = taken.front().front().value<NodeLease>();
  EXPECT_EQ(by.holder, "李乙，LX-09");
  EXPECT_EQ(by.serial, serial_);
  EXPECT_GT(by.since_ms, 0);
  EXPECT_EQ(started.count(), 0);
  EXPECT_EQ(live_->stage(), LiveDesk::Stage::Idle);
  ASSERT_TRUE(until([&] { return phone() && phone()->holder == "李乙，LX-09"; }));
  EXPECT_TRUE(phone()->usable());
  EXPECT_FALSE(phone()->free());
  theirs.reset();
  ASSERT_TRUE(until([&] { return phone() && phone()->free(); }));
  start();
  ASSERT_TRUE(started.count() == 1 || started.wait(kPatience));
}

TEST_F(NodeDeskTest, the_list_and_the_lease_come_back_with_the_line) {
  enter_and_trust();
  QSignalSpy started(live_.get(), &LiveDesk::started);
  start();
  ASSERT_TRUE(started.wait(kPatience));
  line_->cut();
  ASSERT_TRUE(until([&] { return phones_->sources()[card().source].error.has_value(); }));
  EXPECT_FALSE(phone()) << "no phone is offered that cannot be reached";
  ASSERT_TRUE(until([&] { return card().troubles == std::vector{NodeTrouble::Unreachable}; }));
  line_->mend();
  ASSERT_TRUE(until([&] { return phone() && phone()->usable(); }));
  ASSERT_TRUE(until([&] { return setup_.lease->held(); }));
  NodeLease by;
  const auto other = ssh_transport(ssh_->address(), adb_->port());
  EXPECT_FALSE(PhoneLease::take(other, serial_, "别的席位", &by));
  EXPECT_NE(by.holder.find(station_->card().station), std::string::npos) << by.holder;
  ASSERT_TRUE(until([&] { return is_looked() && card().look->state; }));
  // what happened is in the last day, for the page and for `node history`
  std::vector<NodeSample> samples;
  QObject::connect(nodes_.get(), &NodeDesk::history, nodes_.get(), [&](const std::string&, const std::vector<NodeSample>& found) { samples = found; });
  nodes_->ask_history(kRoom);
  ASSERT_TRUE(until([&] { return !samples.empty(); }));
  const auto had = [&](NodeTrouble trouble) {
    return std::any_of(samples.begin(), samples.end(), [&](const auto& s) { return std::find(s.troubles.begin(), s.troubles.end(), trouble) != s.troubles.end(); });
  };
  EXPECT_TRUE(had(NodeTrouble::KeyUnknown));
  EXPECT_TRUE(had(NodeTrouble::Unreachable));
  EXPECT_TRUE(samples.back().answered);
}

// A-7.3a: the step 环境检测 looks at the node that the phone hangs on, not at this computer, and takes no lease for it.
TEST_F(NodeDeskTest, the_environment_step_looks_at_the_phones_node) {
  enter_and_trust();
  CaptureOrder order;
  order.reason = "test";
  live_->check(order, *phone());
  ASSERT_TRUE(until([&] { return live_->checks().state() == CheckDesk::State::Done; })) << live_->checks().error().what;
  std::map<std::string, EnvItem> rows;
  for (const auto& item : live_->checks().items()) rows[item.id] = item;
  ASSERT_TRUE(rows.contains("node.host-key"));
  EXPECT_EQ(rows["node.host-key"].verdict, "pass");
  const auto key = host_key_of(ssh_->address());
  ASSERT_TRUE(key);
  EXPECT_NE(rows["node.host-key"].found.find(key->fingerprint), std::string::npos) << rows["node.host-key"].found;
  EXPECT_EQ(rows["node.state"].verdict, "pass");
  nodes_->check(kRoom);
  ASSERT_TRUE(until([&] { return is_looked() && card().look->state; }));
  EXPECT_TRUE(card().look->state->leases.empty()) << "looking takes no phone";
}

// The command line enters nodes too: the window sees them, and two of one name are not made.
TEST_F(NodeDeskTest, one_book_with_the_command_line) {
  ASSERT_TRUE(enter_node(nodes_->folder(), node(), true));
  nodes_->refresh();
  ASSERT_TRUE(until([&] { return nodes_->find(kRoom) != nullptr; }));
  QSignalSpy refused(nodes_.get(), &NodeDesk::refused);
  nodes_->enter(node());
  ASSERT_TRUE(refused.wait(kPatience));
  EXPECT_EQ(refused.front().front().value<Error>().kind, ErrorKind::Exists);
  ASSERT_TRUE(forget_node(nodes_->folder(), kRoom));
  nodes_->refresh();
  ASSERT_TRUE(until([&] { return nodes_->nodes().empty(); }));
  EXPECT_TRUE(phones_->phones().empty());
  EXPECT_TRUE(phones_->sources().front().gone);
  QSignalSpy failed(live_.get(), &LiveDesk::start_failed);
  live_->start({}, {serial_, "", "device", 0, false});      // chosen before it went
  EXPECT_EQ(failed.count(), 1);
}

}  // namespace
}  // namespace guzheng
