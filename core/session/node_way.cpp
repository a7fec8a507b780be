#include "core/session/node_way.h"

#include "core/base/thread_name.h"

namespace guzheng {

namespace {
constexpr std::chrono::seconds kNodeStatePatience{10};
}

NodeWay node_way(const Node& node, const std::filesystem::path& folder, std::shared_ptr<const SshKeyRing> ring) {
  return {node.name, node.place, ssh_transport(address_of(node, folder, std::move(ring)), node.adb_port)};
}

static NodeFacts facts_over(SshConnection& connection, const std::string& name, const std::string& place, const Clock& clock) {
  NodeFacts out;
  out.name = name;
  out.place = place;
  out.host_key = connection.host_key();
  out.asked = clock.wall();
  auto state = node_state(connection, kNodeStatePatience);
  out.came = clock.wall();
  if (state) out.state = std::move(*state);
  else out.why = state.error().what;
  return out;
}

Result<NodeFacts> node_facts(const NodeWay& node, const Clock& clock) {
  GZ_TRY_ASSIGN(const auto connection, node.transport->connection());
  return facts_over(*connection, node.name, node.place, clock);
}

Result<HeldPhone> hold_phone(const NodeWay& node, const std::string& serial, const std::string& holder, const Clock& clock, NodeLease* by) {
  HeldPhone out;
  GZ_TRY_ASSIGN(const auto connection, node.transport->connection());
  out.facts = std::async(std::launch::async, [connection, name = node.name, place = node.place, &clock] {
                name_this_thread("node");
                return facts_over(*connection, name, place, clock);
              }).share();
  GZ_TRY_ASSIGN(out.lease, PhoneLease::take(node.transport, serial, holder, by));
  return out;
}

std::string lease_holder(const CertificateInfo& officer, const std::string& station) { return officer.subject_cn + "，" + station; }

}  // namespace guzheng
