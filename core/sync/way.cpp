#include "core/sync/way.h"

#include "core/base/file.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kMostPem = 1u << 20;

Result<CentralAddress> address_of(const CentralWay& way) {
  CentralAddress address;
  address.url = way.central.url;
  address.station_key = way.station_key;
  GZ_TRY_ASSIGN(address.roots_pem, read_text(way.root, kMostPem));
  GZ_TRY_ASSIGN(address.passphrase, read_secret(way.station_passphrase));
  return address;
}

Result<ReceiptTrust> trust_of(const CentralWay& way, const Clock& clock) {
  ReceiptTrust out;
  auto central = read_text(way.central.certificate, kMostPem);
  if (!central) return fail(central.error().in("the central system's certificate"));
  out.central_pem = std::move(*central);
  GZ_TRY_ASSIGN(out.org_roots_pem, read_text(way.root, kMostPem));
  GZ_TRY_ASSIGN(out.org_crl_pem, read_text(way.crl));
  out.now = clock.wall();
  return out;
}

}  // namespace

CentralWay way_of_policy(const Policy& policy) {
  return {policy.central.value_or(PolicyCentral{}), policy.state / "sync", policy.root, policy.crl, policy.station_key, policy.station_passphrase};
}

Result<CentralWay> way_of_practice(const fs::path& home) {
  GZ_TRY_ASSIGN(const auto central, read_central(home / "central.toml"));
  const fs::path bureau = home / "bureau";
  return CentralWay{central.value_or(PolicyCentral{}), home / "sync", bureau / "org.crt", bureau / "org.crl", bureau / "station.p12", bureau / "passphrase.txt"};
}

Result<WitnessPlace> witness_of(const CentralWay& way, const Clock& clock) {
  GZ_TRY_ASSIGN(auto address, address_of(way));
  GZ_TRY_ASSIGN(auto trust, trust_of(way, clock));
  return WitnessPlace{std::move(address), std::move(trust.central_pem), std::move(trust.org_roots_pem), std::move(trust.org_crl_pem)};
}

Result<std::unique_ptr<CentralLink>> link_of_way(const CentralWay& way, std::function<bool()> stopped) {
  GZ_TRY_ASSIGN(auto address, address_of(way));
  return CentralLink::open(std::move(address), std::move(stopped));
}

RunnerParts runner_parts(const CentralWay& way, const Clock& clock) {
  RunnerParts out;
  out.queue.folder = way.queue;
  out.queue.clock = &clock;
  out.queue.trust = [way, &clock] { return trust_of(way, clock); };
  out.link = [way](std::function<bool()> stopped) { return link_of_way(way, std::move(stopped)); };
  out.at_once = way.central.at_once;
  out.bytes_per_second = way.central.bytes_per_second;
  out.automatic = way.central.automatic;
  return out;
}

}  // namespace guzheng
