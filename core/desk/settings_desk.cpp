#include "core/desk/settings_desk.h"

#include "core/apk/verify.h"
#include "core/base/digest.h"
#include "core/desk/workers.h"
#include "core/identity/timestamp.h"
#include "core/vault/second_copy.h"

namespace guzheng {
namespace {

Status add_root(SettingsCard& card, const std::string& what, ByteView pem) {
  if (pem.empty()) return ok();
  GZ_TRY_ASSIGN(auto info, describe_certificate(pem));
  card.roots.push_back({what, std::move(info)});
  return ok();
}

Result<SettingsCard> read_settings(const Policy* policy, const Bureau& bureau, const std::vector<PersonCard>& people,
                                   const std::filesystem::path& vault, const Clock& clock) {
  SettingsCard card;
  card.people = people;
  GZ_TRY(add_root(card, "root", as_bytes(bureau.org_root_pem)));
  GZ_TRY(add_root(card, "archive", as_bytes(bureau.archive_pem)));
  GZ_TRY(add_root(card, "ingest", as_bytes(bureau.ingest_pem)));
  GZ_TRY(add_root(card, "station", as_bytes(bureau.station_signer->certificate_pem())));
  GZ_TRY_ASSIGN(card.second_copy, second_copy_of(vault));
  if (policy == nullptr) {
    GZ_TRY(add_root(card, "authority", as_bytes(bureau.tsa_root_pem)));
    for (const auto& authority : bureau.authorities) card.authorities.push_back({authority->name(), ""});
    return card;
  }
  for (const auto& authority : policy->authorities) {
    GZ_TRY_ASSIGN(const auto pem, read_file(authority.root, 1u << 20));
    GZ_TRY(add_root(card, "authority", pem));
    card.authorities.push_back({authority.name, authority.url});
  }
  GZ_TRY_ASSIGN(card.expiries, expiring(*policy, clock.wall()));
  return card;
}

StampAnswer ask_authority(TimestampAuthority& authority, const Clock& clock) {
  StampAnswer out;
  const Bytes imprint = sha256(as_bytes("guzheng: does the time-stamp authority answer?"));
  const auto began = clock.monotonic();
  const auto response = authority.stamp(imprint);
  out.took_ms = (clock.monotonic().us - began.us) / 1000;
  if (!response) {
    out.error = response.error();
    return out;
  }
  const auto token = read_timestamp_response(*response, imprint);
  if (!token) {
    out.error = token.error();
    return out;
  }
  out.good = true;
  out.time = token->time;
  out.apart_ms = token->time.ms - clock.wall().ms;
  return out;
}

constexpr std::uint32_t kCurrentAndroid = 35;

Result<PackageAnswer> look_at_package(const std::filesystem::path& file, const AppBaseline& baseline) {
  GZ_TRY_ASSIGN(const auto apk, FileApk::open(file));
  GZ_TRY_ASSIGN(const auto signature, verify_apk(apk, kCurrentAndroid));
  PackageAnswer out{file.filename().string(), signature.scheme, signature.sha256(), {}};
  for (const auto& [package, unused] : baseline.certificates)
    if (baseline.knows(package, out.certificates).value_or(false)) out.known_as.push_back(package);
  return out;
}

}  // namespace

void SettingsDesk::check_package(const std::filesystem::path& file) {
  run_then(station_.quick(), this, [file, baseline = app_baseline()] { return look_at_package(file, baseline); },
           [this](const Result<PackageAnswer>& answer) {
             if (answer) emit package_checked(*answer);
             else emit package_failed(answer.error());
           });
}

void SettingsDesk::refresh() {
  if (!station_.is_open()) return;
  run_then(station_.quick(), this,
           [policy = station_.policy(), bureau = &station_.bureau(), people = station_.people(), vault = station_.vault().folder(),
            clock = &station_.clock()] { return read_settings(policy, *bureau, people, vault, *clock); },
           [this](Result<SettingsCard> card) {
             if (!card) {
               emit failed(card.error());
               return;
             }
             card_ = std::move(*card);
             emit changed();
           });
}

void SettingsDesk::check_authorities() {
  if (!station_.is_open()) return;
  int number = 0;
  for (const auto& authority : station_.bureau().authorities) {
    run_then(station_.quick(), this, [authority, clock = &station_.clock()] { return ask_authority(*authority, *clock); },
             [this, number](const StampAnswer& answer) { emit stamped(number, answer); });
    ++number;
  }
}

}  // namespace guzheng
