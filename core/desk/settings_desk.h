// Room desk. Page 设置: what the policy fixes, whose certificates count, what will expire; asks the time-stamp authorities whether
// they answer. Changes nothing. GUI thread only; answers are signals.
#pragma once

#include <QObject>
#include <string>
#include <vector>

#include "core/apk/baseline.h"
#include "core/desk/station_desk.h"

namespace guzheng {

struct RootCard {
  std::string what;                        // "root", "archive", "ingest", "station", "authority"
  CertificateInfo info;
};
struct AuthorityCard {
  std::string name, url;                   // url empty: the practice authority, in this program
};
// Plain values, as of the last refresh().
struct SettingsCard {
  std::vector<PersonCard> people;
  std::vector<RootCard> roots;
  std::vector<AuthorityCard> authorities;
  std::vector<Expiry> expiries;
  std::filesystem::path second_copy;       // as the vault has it; empty: none
};
struct StampAnswer {
  bool good = false;
  WallTime time;                           // of the token
  std::int64_t took_ms = 0;
  std::int64_t apart_ms = 0;               // token minus this computer's clock
  Error error;
};

// Who signed an app's package file, held against the baseline (应用验真).
struct PackageAnswer {
  std::string file, scheme;                // name of the file; "v2", …
  std::vector<std::string> certificates;   // SHA-256, hex, of each signer
  std::vector<std::string> known_as;       // packages that the baseline has these very signers for
};

class SettingsDesk : public QObject {
  Q_OBJECT
 public:
  explicit SettingsDesk(StationDesk& station) : station_(station) {}
  void refresh();                                        // changed() or failed()
  [[nodiscard]] const SettingsCard& card() const { return card_; }
  // Asks every authority for one stamp over a digest of no evidence, all at once; stamped() each.
  void check_authorities();
  [[nodiscard]] const AppBaseline& app_baseline() const { return station_.app_baseline(); }
  // Verifies a package file (.apk) as a current Android would: package_checked(), or package_failed() (room apk's errors). Up to seconds.
  void check_package(const std::filesystem::path& file);

 signals:
  void changed();
  void failed(const guzheng::Error& error);
  void package_checked(const guzheng::PackageAnswer& answer);
  void package_failed(const guzheng::Error& error);
  void stamped(int authority, const guzheng::StampAnswer& answer);

 private:
  StationDesk& station_;
  SettingsCard card_;
};

}  // namespace guzheng
