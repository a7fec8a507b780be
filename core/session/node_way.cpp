#include "core/session/node_way.h"

namespace guzheng {

namespace {
constexpr std::chrono::seconds kNodeStatePatience{10};
}

NodeWay node_way(const Node& node, const std::filesystem::path& folder) {
  return {node.name, node.place, ssh_transport(address_of(node, folder), node.adb_port)};
}

Result<HeldPhone> hold_phone(const NodeWay& node, const std::string& serial, const std::string& holder, const Clock& clock, NodeLease* by) {
  GZ_TRY_ASSIGN(const auto connection, node.transport->connection());
  HeldPhone out;
  out.facts.name = node.name;
  out.facts.place = node.place;
  out.facts.host_key = connection->host_key();
  out.facts.asked = clock.wall();
  auto state = node_state(*connection, kNodeStatePatience);
  out.facts.came = clock.wall();
  if (state) out.facts.state = std::move(*state);
  else out.facts.why = state.error().what;
  GZ_TRY_ASSIGN(out.lease, PhoneLease::take(node.transport, serial, holder, by));
  return out;
}

std::string lease_holder(const CertificateInfo& officer, const std::string& station) { return officer.subject_cn + "，" + station; }

}  // namespace guzheng
