// Room session. The way to a phone at a node (A-8.3f): what window and command line alike do before a session over SSH, so that the same facts
// enter the evidence.
#pragma once

#include <future>
#include <memory>
#include <string>

#include "core/device/node_book.h"
#include "core/session/session.h"

namespace guzheng {

struct NodeWay {
  std::string name, place;                 // as the station knows it
  std::shared_ptr<SshTransport> transport;
};
NodeWay node_way(const Node& node, const std::filesystem::path& folder, std::shared_ptr<const SshKeyRing> ring = nullptr);

// Connects and asks the node for its state; a node whose program does not answer is a fact too. Blocks for some seconds.
Result<NodeFacts> node_facts(const NodeWay& node, const Clock& clock);

struct HeldPhone {
  std::shared_future<NodeFacts> facts;     // for SessionSetup::node_coming; asked while the phone is taken, so that its leases may name us
  std::shared_ptr<PhoneLease> lease;       // for SessionSetup::lease: held until the package is sealed
};
// Connects, asks the node for its state on a thread of its own, takes the phone. Blocks for some seconds, not for the state. `clock` outlives what is returned. Exists: another uses it; `by` says who.
Result<HeldPhone> hold_phone(const NodeWay& node, const std::string& serial, const std::string& holder, const Clock& clock, NodeLease* by = nullptr);
// What other desks read of us: "王甲，LX-03".
std::string lease_holder(const CertificateInfo& officer, const std::string& station);

}  // namespace guzheng
