// The way to a node: Debian's own sshd with PermitOpen and ForceCommand before Debian's own adb server. A-8.3f
#include <thread>

#include "core/device/node.h"
#include "tests/device/link_contract.h"
#include "tests/support/bad_line.h"
#include "tests/support/ssh_fixture.h"

namespace guzheng::test {
namespace {

using namespace std::chrono_literals;

struct Node {
  AdbFixture adb;
  SshFixture ssh{adb.port()};
};

struct NodePhone : Node {
  std::string serial = adb.add_phone(GUZHENG_PHONE);
};

std::unique_ptr<LinkUnderTest> ssh_link() {
  auto node = std::make_shared<NodePhone>();
  auto under_test = std::make_unique<LinkUnderTest>();
  under_test->owner = node;
  under_test->link = adb_link(std::make_shared<AdbServer>(ssh_transport(node->ssh.address(), node->adb.port())), node->serial);
  under_test->options.version = {4, 1, 0};
  under_test->options.server_file = node->adb.server_file().string();
  under_test->options.accepted_server_digests = {node->adb.server_digest()};
  under_test->options.scid = 0x1234abcd;
  under_test->pull_cable = [n = node.get()] { n->adb.pull_cable(n->serial); };
  return under_test;
}

INSTANTIATE_TEST_SUITE_P(Ssh, LinkContract, testing::Values(MakeLink(&ssh_link)), one_link);

// A-8.3f: a key with a passphrase asks nobody at a terminal: it says what is wanted, and takes what an officer has given meanwhile.
TEST(Ssh, a_key_with_a_passphrase_waits_for_it) {
  Node node;
  auto address = node.ssh.with_locked_key("四个汉字");
  const auto ring = std::make_shared<SshKeyRing>();
  address.ring = ring;
  EXPECT_EQ(ssh_key_state(address), SshKeyState::Locked);
  const auto transport = ssh_transport(address, node.adb.port());
  const auto refused = transport->connection();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Denied);
  EXPECT_NE(refused.error().what.find("nobody has given it yet"), std::string::npos) << refused.error().what;
  ring->give(address.key, Secret("不是它"));
  EXPECT_EQ(ssh_key_state(address), SshKeyState::Locked);
  const auto wrong = transport->connection();
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().what.find("not that of the station's ssh key"), std::string::npos) << wrong.error().what;
  EXPECT_EQ(wrong.error().what.find("不是它"), std::string::npos) << "what was typed is nowhere told";
  ring->give(address.key, Secret("四个汉字"));
  EXPECT_EQ(ssh_key_state(address), SshKeyState::Usable);
  EXPECT_TRUE(transport->connection());
  ring->clear();
  EXPECT_EQ(ssh_key_state(address), SshKeyState::Locked);
  address.key = node.ssh.folder() / "authorized_keys";
  EXPECT_EQ(ssh_key_state(address), SshKeyState::Unusable);
}

// A-8.3f: nobody is trusted unseen: the officer sees the fingerprint that ssh-keygen prints, and only then it is known.
TEST(Ssh, an_unknown_host_key_is_told_with_its_fingerprint) {
  const Node node;
  auto address = node.ssh.address();
  address.known_hosts = node.ssh.folder() / "nobody_known %h 100%";        // a station's folder may bear any name
  const auto refused = SshConnection::open(address);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Denied);
  const auto key = host_key_of(address);
  ASSERT_TRUE(key) << key.error().what;
  EXPECT_EQ(key->state, HostKeyState::Unknown);
  EXPECT_EQ(key->type, "ssh-ed25519");
  EXPECT_NE(refused.error().what.find(key->fingerprint), std::string::npos) << refused.error().what;
  const auto log = node.ssh.folder() / "fingerprint";
  Program keygen({"ssh-keygen", "-l", "-f", (node.ssh.folder() / "host.pub").string()}, {}, log);
  while (keygen.running()) std::this_thread::sleep_for(10ms);
  EXPECT_NE(keygen.output().find(key->fingerprint + " "), std::string::npos) << keygen.output() << key->fingerprint;
  ASSERT_TRUE(trust_host_key(address, *key));
  EXPECT_EQ(host_key_of(address)->state, HostKeyState::Known);
  EXPECT_TRUE(SshConnection::open(address));
  EXPECT_EQ(trust_host_key(address, *host_key_of(address)).error().kind, ErrorKind::Denied);
}

// A-8.3f: a changed key is refused, always, and cannot be confirmed.
TEST(Ssh, a_changed_host_key_is_refused_always) {
  Node node;
  node.ssh.new_host_key();
  const auto key = host_key_of(node.ssh.address());
  ASSERT_TRUE(key) << key.error().what;
  EXPECT_EQ(key->state, HostKeyState::Changed);
  EXPECT_EQ(SshConnection::open(node.ssh.address()).error().kind, ErrorKind::Tampered);
  EXPECT_EQ(trust_host_key(node.ssh.address(), *key).error().kind, ErrorKind::Denied);
  EXPECT_EQ(SshConnection::open(node.ssh.address()).error().kind, ErrorKind::Tampered);
}

// A-8.3f: keys and OpenSSH certificates; what the node does not know, or no longer, it does not let in.
TEST(Ssh, keys_and_certificates) {
  Node node;
  EXPECT_TRUE(SshConnection::open(node.ssh.address()));
  const auto foreign = SshConnection::open(node.ssh.with_foreign_key());
  ASSERT_FALSE(foreign);
  EXPECT_EQ(foreign.error().kind, ErrorKind::Denied) << foreign.error().what;
  const auto good = SshConnection::open(node.ssh.with_certificate("-1h:+1h"));
  EXPECT_TRUE(good) << good.error().what;
  const auto expired = SshConnection::open(node.ssh.with_certificate("-2h:-1h"));
  ASSERT_FALSE(expired);
  EXPECT_EQ(expired.error().kind, ErrorKind::Denied);
  EXPECT_NE(expired.error().what.find("expired"), std::string::npos);
  auto none = node.ssh.address();
  none.key = node.ssh.folder() / "no-such-key";
  EXPECT_FALSE(SshConnection::open(none));
}

// A-8.3f: the tunnel leads to the adb server and nowhere else, the one program is the node's own.
TEST(Ssh, the_node_opens_one_way_and_runs_one_program) {
  const Node node;
  const auto open = SshConnection::open(node.ssh.address());
  ASSERT_TRUE(open) << open.error().what;
  EXPECT_TRUE((*open)->forward("127.0.0.1", node.adb.port()));
  const auto elsewhere = (*open)->forward("127.0.0.1", node.ssh.port());
  ASSERT_FALSE(elsewhere);
  EXPECT_EQ(elsewhere.error().kind, ErrorKind::Denied) << elsewhere.error().what;
  const auto output = (*open)->run("cat /etc/passwd", 20s);
  ASSERT_TRUE(output) << output.error().what;
  EXPECT_EQ(output->exit_code, 2);
  EXPECT_EQ(output->out, "");
  EXPECT_NE(output->err.find("guzheng-node"), std::string::npos);
}

// what the node says of itself.
TEST(Ssh, the_node_tells_its_state) {
  const Node node;
  const auto open = SshConnection::open(node.ssh.address());
  ASSERT_TRUE(open) << open.error().what;
  const auto state = node_state(**open, 20s);
  ASSERT_TRUE(state) << state.error().what;
  EXPECT_FALSE(state->host.empty());
  EXPECT_GT(state->disk_total, state->disk_free);
  EXPECT_EQ(state->adb_protocol, *node.adb.server()->version());
  EXPECT_EQ(state->adb_sha256.size(), 64u);
  EXPECT_TRUE(state->leases.empty());
}

Result<std::unique_ptr<PhoneLease>> take_when_free(const std::shared_ptr<SshTransport>& node, const std::string& serial, const std::string& holder) {
  Result<std::unique_ptr<PhoneLease>> lease = fail(ErrorKind::Bug, "not tried");
  for (int i = 0; i < 200 && !lease; ++i) {
    std::this_thread::sleep_for(50ms);
    lease = PhoneLease::take(node, serial, holder);
  }
  return lease;
}

// two desks do not drive one phone; a lease goes with the desk that held it.
TEST(Ssh, one_desk_holds_a_phone) {
  const Node node;
  const auto first = ssh_transport(node.ssh.address(), node.adb.port()), second = ssh_transport(node.ssh.address(), node.adb.port());
  auto lease = PhoneLease::take(first, "127.0.0.1:5", "张三's 席位");
  ASSERT_TRUE(lease) << lease.error().what;
  EXPECT_TRUE((*lease)->held());
  const auto refused = PhoneLease::take(second, "127.0.0.1:5", "李四");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Exists);
  EXPECT_NE(refused.error().what.find("张三's 席位"), std::string::npos) << refused.error().what;
  const auto open = second->connection();
  ASSERT_TRUE(open) << open.error().what;
  const auto state = node_state(**open, 20s);
  ASSERT_TRUE(state);
  ASSERT_EQ(state->leases.size(), 1u);
  EXPECT_EQ(state->leases[0].holder, "张三's 席位");
  EXPECT_TRUE(PhoneLease::take(second, "127.0.0.1:6", "李四")) << "another phone";
  lease->reset();
  const auto again = take_when_free(second, "127.0.0.1:5", "李四");
  EXPECT_TRUE(again) << again.error().what;
}

struct LeasedOverABadLine : Node {
  LeasedOverABadLine() : line(ssh.port()) {
    auto address = ssh.address();
    address.port = line.port();
    EXPECT_TRUE(trust_host_key(address, *host_key_of(address)));
    mine = ssh_transport(address, adb.port());
  }
  BadLine line;
  std::shared_ptr<SshTransport> mine, others = ssh_transport(ssh.address(), adb.port());
};

bool lost(const PhoneLease& lease) {
  for (int i = 0; i < 400 && lease.held(); ++i) std::this_thread::sleep_for(50ms);
  return !lease.held();
}

// after a loss the phone is taken again, unless another desk has it by then; that one is named, and later it comes back.
TEST(Ssh, a_lease_is_taken_again_after_a_loss) {
  LeasedOverABadLine node;
  auto lease = PhoneLease::take(node.mine, "127.0.0.1:5", "张三");
  ASSERT_TRUE(lease) << lease.error().what;
  node.line.cut();
  ASSERT_TRUE(lost(**lease));
  EXPECT_EQ((*lease)->regain().error().kind, ErrorKind::Network);
  auto other = take_when_free(node.others, "127.0.0.1:5", "李四");
  ASSERT_TRUE(other) << other.error().what;
  node.line.mend();
  Status taken = (*lease)->regain();
  for (int i = 0; i < 200 && !taken && taken.error().kind == ErrorKind::Network; ++i) {
    std::this_thread::sleep_for(50ms);
    taken = (*lease)->regain();
  }
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().kind, ErrorKind::Exists);
  EXPECT_NE(taken.error().what.find("李四"), std::string::npos) << taken.error().what;
  other->reset();
  for (int i = 0; i < 400 && !(*lease)->held(); ++i) std::this_thread::sleep_for(50ms);
  EXPECT_TRUE((*lease)->held()) << "by its own thread";
}

// a line that fell silent keeps the phone for its desk: whoever comes back is not kept out by himself, others are.
TEST(Ssh, a_silent_line_keeps_the_lease_for_its_desk) {
  LeasedOverABadLine node;
  auto lease = PhoneLease::take(node.mine, "127.0.0.1:5", "张三");
  ASSERT_TRUE(lease) << lease.error().what;
  node.line.stall();
  ASSERT_TRUE(lost(**lease));
  EXPECT_EQ(PhoneLease::take(node.others, "127.0.0.1:5", "李四").error().kind, ErrorKind::Exists);
  node.line.mend();
  const auto mine = (*lease)->regain();
  EXPECT_TRUE(mine) << mine.error().what;
}

// A-8.3f: bytes both ways, many streams at once, none touches another's: files of known content through one connection.
TEST(Ssh, many_streams_share_one_connection) {
  NodePhone node;
  AdbServer server(ssh_transport(node.ssh.address(), node.adb.port()));
  std::vector<std::thread> threads;
  std::atomic<int> good{0};
  for (int t = 0; t < 6; ++t)
    threads.emplace_back([&, t] {
      Bytes file(3'000'000);
      for (std::size_t i = 0; i < file.size(); ++i) file[i] = static_cast<std::uint8_t>(i * 31 + i / 256 + static_cast<std::size_t>(t));
      const auto path = "/data/local/tmp/file" + std::to_string(t);
      const auto pushed = server.push(node.serial, file, path);
      EXPECT_TRUE(pushed) << pushed.error().what;
      const auto pulled = server.pull(node.serial, path);
      EXPECT_TRUE(pulled && *pulled == file) << (pulled ? "other bytes" : pulled.error().what);
      if (pulled && *pulled == file) ++good;
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(good, 6);
}

// A-8.3f: what is written while nobody reads waits, and nothing is lost.
TEST(Ssh, a_reader_who_rests_loses_nothing) {
  NodePhone node;
  AdbServer server(ssh_transport(node.ssh.address(), node.adb.port()));
  Bytes file(12u << 20);                     // more than the channel and its window hold
  for (std::size_t i = 0; i < file.size(); ++i) file[i] = static_cast<std::uint8_t>(i * 13 + i / 253);
  const auto pushed = server.push(node.serial, file, "/data/local/tmp/large.bin");
  ASSERT_TRUE(pushed) << pushed.error().what;
  auto stream = server.open(node.serial, "exec:cat /data/local/tmp/large.bin");
  ASSERT_TRUE(stream) << stream.error().what;
  std::this_thread::sleep_for(1s);
  Bytes all, piece(100'000);
  for (;;) {
    const auto n = (*stream)->read_some(piece, 20s);
    ASSERT_TRUE(n) << n.error().what;
    if (*n == 0) break;
    all.insert(all.end(), piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(*n));
  }
  EXPECT_TRUE(all == file) << all.size() << " bytes";
}

// A-7.3b: a line that is cut is told at once to whoever waits, and the next call connects anew.
TEST(Ssh, a_cut_line_is_told_and_the_next_call_connects_anew) {
  NodePhone node;
  BadLine line(node.ssh.port());
  auto address = node.ssh.address();
  address.port = line.port();
  const auto unknown = host_key_of(address);
  ASSERT_TRUE(unknown) << unknown.error().what;
  ASSERT_TRUE(trust_host_key(address, *unknown));
  AdbServer server(ssh_transport(address, node.adb.port()));
  auto stream = server.open(node.serial, "shell,v2,raw:cat");
  ASSERT_TRUE(stream) << stream.error().what;
  std::thread cutter([&] {
    std::this_thread::sleep_for(200ms);
    line.cut();
  });
  Bytes piece(100);
  const auto n = (*stream)->read_some(piece, 60s);
  cutter.join();
  ASSERT_FALSE(n);
  EXPECT_EQ(n.error().kind, ErrorKind::Network) << n.error().what;
  EXPECT_EQ(server.version().error().kind, ErrorKind::Network);
  line.mend();
  Result<int> version = fail(ErrorKind::Bug, "");
  for (int i = 0; i < 100 && !version; ++i) {
    version = server.version();
    if (!version) std::this_thread::sleep_for(100ms);
  }
  EXPECT_TRUE(version) << version.error().what;
}

// A-7.3b: a line that falls silent without a word is found out by asking.
TEST(Ssh, a_silent_line_is_found_out) {
  NodePhone node;
  BadLine line(node.ssh.port());
  auto address = node.ssh.address();
  address.port = line.port();
  ASSERT_TRUE(trust_host_key(address, *host_key_of(address)));
  AdbServer server(ssh_transport(address, node.adb.port()));
  auto stream = server.open(node.serial, "shell,v2,raw:cat");
  ASSERT_TRUE(stream) << stream.error().what;
  Bytes piece(100);
  EXPECT_EQ((*stream)->read_some(piece, 2 * SshConnection::kDeadAfter).error().kind, ErrorKind::Timeout) << "a line that is only quiet lives";
  line.stall();
  const auto n = (*stream)->read_some(piece, 60s);
  ASSERT_FALSE(n);
  EXPECT_EQ(n.error().kind, ErrorKind::Network) << n.error().what;
  EXPECT_NE(n.error().what.find("sign of life"), std::string::npos) << n.error().what;
}

// A slow and unsteady line is slow, not dead, and its bytes are the same.
TEST(Ssh, a_slow_and_unsteady_line_gives_the_same_bytes) {
  NodePhone node;
  BadLine line(node.ssh.port());
  line.slow(400'000);
  line.delay(5, 60);
  auto address = node.ssh.address();
  address.port = line.port();
  ASSERT_TRUE(trust_host_key(address, *host_key_of(address)));
  AdbServer server(ssh_transport(address, node.adb.port()));
  Bytes file(500'000);
  for (std::size_t i = 0; i < file.size(); ++i) file[i] = static_cast<std::uint8_t>(i * 17 + i / 251);
  const auto pushed = server.push(node.serial, file, "/data/local/tmp/slow.bin");
  ASSERT_TRUE(pushed) << pushed.error().what;
  const auto pulled = server.pull(node.serial, "/data/local/tmp/slow.bin");
  ASSERT_TRUE(pulled) << pulled.error().what;
  EXPECT_EQ(*pulled, file);
}

}  // namespace
}  // namespace guzheng::test
