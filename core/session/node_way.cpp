#include "core/session/node_way.h"

namespace guzheng {

namespace {
constexpr std::chrono::seconds kNodeStatePatience{10};
}

NodeWay node_way(const Node& node, const std::filesystem::path& folder) {
  return {node.name, node.place, ssh_transport(address_of(node, folder), node.adb_port)};
}

Result<NodeFacts> node_facts(const NodeWay& node, const Clock& clock) {
  GZ_TRY_ASSIGN(const auto connection, node.transport->connection());
  NodeFacts out;
  out.name = node.name;
  out.place = node.place;
  out.host_key = connection->host_key();
  out.asked = clock.wall();
  auto state = node_state(*connection, kNodeStatePatience);
  out.came = clock.wall();
  if (state) out.state = std::move(*state);
  else out.why = state.error().what;
  return out;
}

Result<HeldPhone> hold_phone(const NodeWay& node, const std::string& serial, const std::string& holder, const Clock& clock, NodeLease* by) {
  HeldPhone out;
  GZ_TRY_ASSIGN(out.facts, node_facts(node, clock));
  GZ_TRY_ASSIGN(out.lease, PhoneLease::take(node.transport, serial, holder, by));
  return out;
}

std::string lease_holder(const CertificateInfo& officer, const std::string& station) { return officer.subject_cn + "，" + station; }

}  // namespace guzheng
