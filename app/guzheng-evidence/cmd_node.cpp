// node list|add|remove|trust|forget-key|state|history [NAME] [--nodes DIR] [--desk DIR | --policy FILE --officer BADGE] …
#include "app/guzheng-evidence/cmd_node.h"

#include <fmt/format.h>

#include <memory>

#include "app/guzheng-evidence/passphrase.h"
#include "core/identity/policy.h"
#include "core/site/history.h"

namespace guzheng::evidence {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kDayMs = 24ll * 3600 * 1000;

std::string line_of(const NodeSample& sample) {
  const auto number = [](const auto& value, const char* unit) { return value ? std::to_string(*value) + unit : std::string("-"); };
  std::string troubles;
  for (const auto trouble : sample.troubles) troubles += (troubles.empty() ? "" : ",") + std::string(to_string(trouble));
  return format_time(sample.at) + "\t" + (sample.answered ? "answered" : "no-answer") + "\t" +
         (sample.milli_celsius ? fmt::format("{:.1f} C", *sample.milli_celsius / 1000.0) : "-") + "\t" +
         (sample.on_mains ? (*sample.on_mains ? "mains" : "battery") : "-") + "\t" + number(sample.mbit, " Mbit/s") + "\t" +
         (sample.disk_free ? std::to_string(*sample.disk_free >> 20) + " MiB" : "-") + "\t" + number(sample.clock_apart_ms, " ms") + "\t" +
         (sample.adb ? "adb " + std::to_string(*sample.adb) : "-") + "\t" + (troubles.empty() ? "ok" : troubles);
}

struct NodeArguments {
  std::string act, name, nodes, host, user, key, certificate, place, fingerprint, reason, ssh_passphrase;
  std::uint16_t port = 22, adb_port = 5037;
  bool replace = false;
  DeskChoice desk;
};

class NodeRun {
 public:
  NodeRun(const NodeArguments& arguments, Program& program) : given_(arguments), program_(program) {}

  void run() {
    if (given_.act == "list") return told(list());
    if (given_.name.empty()) {
      program_.complain(program_.say("请指明节点的名称。", "Name the node."));
      program_.exit_code = kUsage;
      return;
    }
    auto desk = open_chosen_desk(given_.desk, program_);
    if (!desk) return told(fail(desk.error()));
    desk_ = std::move(*desk);
    if (given_.act == "add") return told(add());
    if (given_.act == "remove") return told(remove());
    if (given_.act == "trust") return told(trust());
    if (given_.act == "forget-key") return told(forget_key());
    if (given_.act == "history") return told(history());
    told(state());
  }

 private:
  void told(const Status& done) {
    if (!done && done.error().kind != ErrorKind::Cancelled) program_.could_not("节点操作没有完成", "Nothing was done at the node", done.error());
    else if (!done) program_.exit_code = kCouldNotRun;
  }
  [[nodiscard]] fs::path folder() const { return nodes_folder(given_.nodes, desk_, given_.desk); }

  // Nobody logs in to look at the list.
  Status list() {
    if (!given_.desk.people.policy.empty()) {
      GZ_TRY_ASSIGN(const auto policy, read_policy(given_.desk.people.policy));
      desk_.home = policy.state;
    }
    GZ_TRY_ASSIGN(const auto nodes, read_nodes(folder()));
    for (const auto& node : nodes)
      program_.print(node.name + "\t" + node.user + "@" + node.host + ":" + std::to_string(node.port) + "\tadb " + std::to_string(node.adb_port) + "\t" + node.place);
    if (nodes.empty()) program_.print(program_.say("尚未登记节点。", "No node is known yet."));
    return ok();
  }

  Status add() {
    const auto file = [](const std::string& path) { return path.empty() ? fs::path() : fs::absolute(path); };
    const Node node{given_.name, given_.place, given_.host, given_.user, given_.port, given_.adb_port, file(given_.key), file(given_.certificate)};
    const bool known = bool(find_node(folder(), node.name));
    if (known && !given_.replace) return fail(ErrorKind::Exists, "the station knows a node \"" + node.name + "\" already: --replace changes it");
    GZ_TRY(enter_node(folder(), node, given_.replace));
    note_done(desk_, program_, "op.node", Json{{"act", known ? "change" : "add"}, {"node", node.name}, {"address", address_of(node, folder()).name()}});
    program_.print(std::string(program_.say("已登记节点：", "Node entered: ")) + node.name);
    return ok();
  }

  Status remove() {
    GZ_TRY(forget_node(folder(), given_.name));
    note_done(desk_, program_, "op.node", Json{{"act", "remove"}, {"node", given_.name}});
    program_.print(std::string(program_.say("已删除节点：", "Node removed: ")) + given_.name);
    return ok();
  }

  // Who answers for a host key: as the policy says.
  [[nodiscard]] Status may_answer() const {
    const std::string badge = desk_.officer1 ? desk_.officer1->info().badge : desk_.bureau.officers.empty() ? std::string() : desk_.bureau.officers[0]->info().badge;
    if (may_trust_nodes(desk_.login ? &desk_.policy : nullptr, badge)) return ok();
    return fail(ErrorKind::Denied, "badge " + badge + " may not answer for a node's host key: the policy's device.node_trust names who may");
  }

  // Nobody is trusted unseen: the fingerprint is shown, and it must be given back, as read at the node, to be trusted.
  Status trust() {
    GZ_TRY(may_answer());
    GZ_TRY_ASSIGN(const Node node, find_node(folder(), given_.name));
    const auto address = address_of(node, folder());
    GZ_TRY_ASSIGN(const HostKey key, host_key_of(address));
    program_.print(key.type + " " + key.fingerprint);
    if (key.state == HostKeyState::Known) return program_.print(program_.say("该主机密钥已经登记。", "This host key is known already.")), ok();
    if (key.state == HostKeyState::Changed)
      return fail(ErrorKind::Tampered, address.name() + " shows another host key than the one known: it is refused");
    if (given_.fingerprint.empty()) {
      program_.complain(program_.say("请到节点上核对：ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub；一致时再以 --fingerprint 给出。",
                                     "Compare it at the node (ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub); if it is the same, give it with --fingerprint."));
      program_.exit_code = kUsage;
      return ok();
    }
    if (given_.fingerprint != key.fingerprint)
      return fail(ErrorKind::Denied, "the fingerprint given is not that of " + address.name() + ": nothing is trusted");
    // the line first: a key that is trusted without a line of who trusted it must not be
    GZ_TRY(journal(desk_, program_.clock, "op.node", Json{{"act", "trust"}, {"node", node.name}, {"key", key.type + " " + key.fingerprint}}));
    if (const auto trusted = trust_host_key(address, key); !trusted) {
      note_done(desk_, program_, "op.node", Json{{"act", "trust"}, {"node", node.name}, {"result", "failed"}, {"why", trusted.error().what}});
      return trusted;
    }
    program_.print(std::string(program_.say("已登记主机密钥：", "Host key entered: ")) + node.name);
    return ok();
  }

  // The one way out of a changed key, for a machine that was set up anew: the known key goes, with who asked for it and why, and the new one
  // is compared and trusted like that of any unknown node.
  Status forget_key() {
    GZ_TRY(may_answer());
    GZ_TRY_ASSIGN(const Node node, find_node(folder(), given_.name));
    if (given_.reason.empty()) return fail(ErrorKind::Invalid, "why the known key goes must be said: --reason TEXT");
    GZ_TRY(journal(desk_, program_.clock, "op.node", Json{{"act", "forget-key"}, {"node", node.name}, {"reason", given_.reason}}));
    GZ_TRY_ASSIGN(const auto gone, forget_host_keys(address_of(node, folder())));
    for (const auto& key : gone) {
      note_done(desk_, program_, "op.node", Json{{"act", "key-gone"}, {"node", node.name}, {"key", key}});
      program_.print(std::string(program_.say("已删去主机密钥：", "Host key removed: ")) + key);
    }
    if (gone.empty()) program_.print(program_.say("没有登记过它的主机密钥。", "No host key of it was known."));
    return ok();
  }

  Status state() {
    GZ_TRY_ASSIGN(const Node node, find_node(folder(), given_.name));
    const auto ring = std::make_shared<SshKeyRing>();
    GZ_TRY(open_node_key(program_, node, folder(), given_.ssh_passphrase, ring));
    const auto address = address_of(node, folder(), ring);
    const auto look = look_at(*ssh_transport(address, node.adb_port), address, program_.clock);
    const Status kept = keep(look);
    if (!look.state) return fail(*look.error);
    program_.print(look.state->raw.substr(0, look.state->raw.find('\n')));
    if (!kept) program_.complain(std::string(program_.say("没有记入节点历史：", "Not kept in the node's history: ")) + kept.error().what);
    return ok();
  }

  Status keep(const NodeLook& look) {
    GZ_TRY_ASSIGN(const auto book, open_site_book(desk_.home));
    return keep_look(*book, given_.name, look);
  }

  // The last day, oldest first: one line a sample, what is not known as "-".
  Status history() {
    GZ_TRY_ASSIGN(const auto book, open_site_book(desk_.home));
    GZ_TRY_ASSIGN(const auto samples, node_history(*book, given_.name, {program_.clock.wall().ms - kDayMs}));
    for (const auto& sample : samples) program_.print(line_of(sample));
    if (samples.empty()) program_.print(program_.say("最近 24 小时没有记录。", "Nothing was kept in the last 24 hours."));
    return ok();
  }

  const NodeArguments& given_;
  Program& program_;
  PolicyDesk desk_;
};

}  // namespace

fs::path nodes_folder(const std::string& given, const PolicyDesk& desk, const DeskChoice& choice) {
  if (!given.empty()) return given;
  const fs::path home = !desk.home.empty() ? desk.home : choice.desk.empty() ? default_desk() : fs::path(choice.desk);
  return home / "nodes";
}

Status open_node_key(const Program& program, const Node& node, const fs::path& folder, const std::string& file, const std::shared_ptr<SshKeyRing>& ring) {
  const auto address = address_of(node, folder, ring);
  if (ssh_key_state(address) != SshKeyState::Locked) return ok();      // one that cannot be used at all is told by the login
  GZ_TRY_ASSIGN(auto passphrase, read_passphrase(program, file, std::string(program.say("SSH 密钥 ", "SSH key ")) + address.key.string(), false));
  ring->give(address.key, std::move(passphrase));
  if (ssh_key_state(address) == SshKeyState::Usable) return ok();
  return fail(ErrorKind::Denied, "the passphrase given is not that of the SSH key " + address.key.string());
}

void add_node(CLI::App& app, Program& program) {
  auto* command = app.add_subcommand("node");
  const auto arguments = std::make_shared<NodeArguments>();
  command->add_option("act", arguments->act)->required()->check(CLI::IsMember({"list", "add", "remove", "trust", "forget-key", "state", "history"}));
  command->add_option("name", arguments->name);
  command->add_option("--nodes", arguments->nodes);
  command->add_option("--host", arguments->host);
  command->add_option("--port", arguments->port);
  command->add_option("--user", arguments->user);
  command->add_option("--key", arguments->key);
  command->add_option("--certificate", arguments->certificate);
  command->add_option("--ssh-passphrase-file", arguments->ssh_passphrase);
  command->add_option("--adb-port", arguments->adb_port);
  command->add_option("--place", arguments->place);
  command->add_option("--fingerprint", arguments->fingerprint);
  command->add_option("--reason", arguments->reason);
  command->add_flag("--replace", arguments->replace);
  add_desk_options(*command, arguments->desk);
  set_manual(*command, "node", program.language);
  command->callback([arguments, &program] { NodeRun(*arguments, program).run(); });
}

}  // namespace guzheng::evidence
