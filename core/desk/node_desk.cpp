#include "core/desk/node_desk.h"

#include <QPointer>
#include <algorithm>
#include <utility>

#include "core/desk/workers.h"

namespace guzheng {

namespace {
constexpr int kLookEveryMs = 10'000, kSoonMs = 700, kBatteryEvery = 6;
constexpr std::int64_t kHistoryMs = 24ll * 3600 * 1000;
}

NodeDesk::NodeDesk(StationDesk& station, PhoneList& phones, LiveDesk& live) : station_(station), phones_(phones), live_(live) {
  ways_.setMaxThreadCount(8);
  every_.setInterval(kLookEveryMs);
  soon_.setInterval(kSoonMs);              // after a phone was given back: the node hears of it a moment later
  soon_.setSingleShot(true);
  connect(&every_, &QTimer::timeout, this, &NodeDesk::tick);
  connect(&soon_, &QTimer::timeout, this, &NodeDesk::tick);
  connect(&station_, &StationDesk::opened, this, [this] {
    every_.start();
    tick();
  });
  connect(&station_, &StationDesk::seated, this, &NodeDesk::changed);      // who may change the book
  connect(&live_, &LiveDesk::started, &soon_, qOverload<>(&QTimer::start));
  connect(&live_, &LiveDesk::phone_left, &soon_, qOverload<>(&QTimer::start));
  connect(&phones_, &PhoneList::changed, this, &NodeDesk::changed);
}

NodeDesk::~NodeDesk() { stop(); }

void NodeDesk::stop() {
  stopped_ = true;
  every_.stop();
  soon_.stop();
  ways_.waitForDone();
  ring_->clear();
}

const NodeCard* NodeDesk::find(const std::string& name) const {
  const auto found = std::find_if(nodes_.begin(), nodes_.end(), [&](const auto& card) { return card.node.name == name; });
  return found == nodes_.end() ? nullptr : &*found;
}

NodeCard* NodeDesk::card_of(const std::string& name) {
  const auto found = std::find_if(nodes_.begin(), nodes_.end(), [&](const auto& card) { return card.node.name == name; });
  return found == nodes_.end() ? nullptr : &*found;
}

std::string NodeDesk::officer() const {
  const auto& officers = station_.card().officers;
  return officers.empty() ? std::string() : officers.front().name + " " + officers.front().badge;
}

void NodeDesk::refresh() { tick(); }

void NodeDesk::tick() {
  if (stopped_ || reading_ || !station_.is_open()) return;
  reading_ = true;
  run_then(ways_, this, [folder = folder()] { return read_nodes(folder); }, [this](Result<std::vector<Node>> book) {
    reading_ = false;
    if (stopped_) return;
    if (!book) {
      if (std::exchange(book_problem_, book.error().what) != book.error().what) emit refused(book.error());      // once, not at each look
      return;
    }
    book_problem_.clear();
    take_book(*book);
    for (auto& card : nodes_) look(card, false);
    if (ticks_++ % kBatteryEvery == 0)
      for (const auto& card : nodes_) phones_.ask_batteries(card.source);
  });
}

// Sources of nodes that stay stay too: a phone that is driven is not torn from its connection.
void NodeDesk::take_book(const std::vector<Node>& book) {
  std::vector<NodeCard> now;
  bool news = book.size() != nodes_.size();
  for (const auto& node : book) {
    const auto* old = find(node.name);
    if (old && old->node == node) {
      now.push_back(*old);
      continue;
    }
    news = true;
    NodeCard card;
    card.node = node;
    card.source = phones_.add_node(node_way(node, folder(), ring_));
    now.push_back(std::move(card));
  }
  std::swap(now, nodes_);
  for (const auto& old : now) {
    const auto* same = find(old.node.name);
    if (!same || same->source != old.source) phones_.drop_source(old.source);
  }
  if (news) emit changed();
}

void NodeDesk::look(NodeCard& card, bool told) {
  const auto* way = phones_.node(card.source);
  if (stopped_ || !way || (card.asking && !told)) return;
  card.asking = true;
  struct Seen {
    NodeLook look;
    Status kept;
  };
  run_then(ways_, this,
           [transport = way->transport, address = address_of(card.node, folder(), ring_), clock = &station_.clock(), state = station_.private_folder(), name = card.node.name] {
             Seen out{look_at(*transport, address, *clock), ok()};
             if (const auto book = open_site_book(state)) out.kept = keep_look(**book, name, out.look);
             else out.kept = fail(book.error());
             return out;
           },
           [this, name = card.node.name, source = card.source, told](const Seen& seen) { looked(name, source, seen.look, seen.kept, told); });
}

void NodeDesk::looked(const std::string& name, std::size_t source, const NodeLook& look, const Status& kept, bool told) {
  auto* card = card_of(name);
  if (stopped_ || !card || card->source != source) return;      // removed, or another machine's by now
  card->asking = false;
  const bool back = look.state && (!card->look || !card->look->state);
  card->look = look;
  card->troubles = troubles_of(look);
  if (look.state) phones_.set_leases(source, look.state->leases);
  if (!kept) emit history_failed(kept.error());
  emit changed();
  if (told) emit checked(name);
  if (!back) return;
  // a list that was refused is asked again only every ten seconds: now it has reason to answer
  if (phones_.sources()[source].error) phones_.retry(source);
  phones_.ask_batteries(source);
}

void NodeDesk::check(const std::string& name) {
  auto* card = card_of(name);
  if (!card) return;
  phones_.retry(card->source);
  look(*card, true);
  emit changed();
}

void NodeDesk::change_book(std::function<Status()> work, Json body, std::function<void()> done) {
  run_then(ways_, this, std::move(work), [this, body = std::move(body), done = std::move(done)](const Status& changed_it) {
    if (!changed_it) {
      emit refused(changed_it.error());
      return;
    }
    station_.record("op.node", body);
    tick();
    done();
  });
}

void NodeDesk::enter(const Node& node) {
  if (!may_change()) return emit refused({ErrorKind::Denied, "nobody is logged in"});
  change_book([folder = folder(), node] { return enter_node(folder, node, false); },
              Json{{"act", "add"}, {"node", node.name}, {"address", address_of(node, folder()).name()}},
              [this, name = node.name] { emit entered(name); });
}

void NodeDesk::remove(const std::string& name) {
  if (!may_change()) return emit refused({ErrorKind::Denied, "nobody is logged in"});
  if (live_.stage() != LiveDesk::Stage::Idle && live_.node() == name) return emit refused({ErrorKind::Cancelled, "a capture uses " + name});
  change_book([folder = folder(), name] { return forget_node(folder, name); }, Json{{"act", "remove"}, {"node", name}}, [this, name] { emit removed(name); });
}

bool NodeDesk::may_trust() const {
  const auto& officers = station_.card().officers;
  return may_change() && may_trust_nodes(station_.policy(), officers.empty() ? std::string() : officers.front().badge);
}

void NodeDesk::trust(const std::string& name, const std::string& fingerprint) {
  const auto* card = find(name);
  if (!may_change() || !card) return emit refused({ErrorKind::Denied, "nobody is logged in, or there is no such node"});
  if (!may_trust()) return emit refused({ErrorKind::Denied, "this officer may not answer for a node's host key: the policy's device.node_trust names who may"});
  const auto* key = card->key();
  if (!key || key->fingerprint != fingerprint) return emit refused({ErrorKind::Denied, "the key shown is not the node's newest"});
  if (key->state != HostKeyState::Unknown) return emit refused({ErrorKind::Denied, "only the key of an unknown node can be confirmed: " + name});
  // the line first: a key that is trusted without a line of who trusted it must not be
  const Json body{{"act", "trust"}, {"node", name}, {"key", key->type + " " + key->fingerprint}};
  station_.record("op.node", body, [this, here = QPointer<NodeDesk>(this), name, body, address = address_of(card->node, folder()), key = *key](const Status& written) {
    if (!here || stopped_) return;
    if (!written) return emit refused(written.error());
    run_then(ways_, this, [address, key] { return trust_host_key(address, key); }, [this, name, body](const Status& done) {
      if (!done) {
        Json failed = body;
        failed["result"] = "failed";
        failed["why"] = done.error().what;
        station_.record("op.node", std::move(failed));
        return emit refused(done.error());
      }
      tick();
      emit trusted(name);
      check(name);
    });
  });
}

void NodeDesk::unlock(const std::string& name, Secret passphrase) {
  const auto* card = find(name);
  if (!may_change() || !card) return emit refused({ErrorKind::Denied, "nobody is logged in, or there is no such node"});
  auto address = address_of(card->node, folder());
  address.passphrase = std::make_shared<const Secret>(std::move(passphrase));
  run_then(ways_, this, [address] { return ssh_key_state(address); }, [this, name, address](SshKeyState state) {
    if (state != SshKeyState::Usable)
      return emit refused({state == SshKeyState::Locked ? ErrorKind::Denied : ErrorKind::Invalid,
                           (state == SshKeyState::Locked ? "that is not the passphrase of the key " : "no ssh key: ") + address.key.string()});
    ring_->give(address.key, address.passphrase->clone());
    station_.record("op.node", Json{{"act", "unlock"}, {"node", name}});
    emit unlocked(name);
    for (auto& one : nodes_)
      if (address_of(one.node, folder()).key == address.key) check(one.node.name);
  });
}

void NodeDesk::ask_history(const std::string& name) {
  run_then(ways_, this,
           [state = station_.private_folder(), name, since = WallTime{station_.clock().wall().ms - kHistoryMs}]() -> Result<std::vector<NodeSample>> {
             GZ_TRY_ASSIGN(const auto book, open_site_book(state));
             return node_history(*book, name, since);
           },
           [this, name](const Result<std::vector<NodeSample>>& samples) {
             if (samples) emit history(name, *samples);
             else emit history_failed(samples.error());
           });
}

}  // namespace guzheng
