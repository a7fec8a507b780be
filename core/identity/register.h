// Room identity. The register of the certificates a bureau has issued or taken over: one JSON file, replaced whole, so that a
// killed program leaves the old one or the new one. A certificate stands here before its files are written: none exists that
// could not be revoked.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace guzheng {

// Central: signs receipts and the evidence log of the central system. Server: proves a host to whoever connects (TLS), signs nothing.
enum class Role { Officer, Station, Archive, Ingest, Tsa, Central, Server };
std::string_view to_string(Role role);               // "officer", "station", "archive", "ingest", "tsa", "central", "server"
std::optional<Role> role_from(std::string_view text);

enum class RevocationReason { Unspecified = 0, KeyCompromise = 1, Left = 3, Superseded = 4, Ceased = 5 };   // RFC 5280 5.3.1
std::string_view to_string(RevocationReason reason); // "unspecified", "key-compromise", "left", "superseded", "ceased"
std::optional<RevocationReason> reason_from(std::string_view text);

struct Registered {
  std::string serial, sha256;                        // hex
  Role role = Role::Officer;
  std::string use;                                   // "signing", "encryption", "timestamping", "server"
  std::string name, badge;                           // badge: 执法证号, a station's id, or a server's host; "" else
  WallTime not_before, not_after, registered_at;
  bool imported = false;                             // another PKI issued it: revoked there
  std::optional<WallTime> revoked_at;
  RevocationReason reason = RevocationReason::Unspecified;
  std::string files;                                 // stem of its .crt and .p12, relative to the bureau's folder
  std::string pem;
};

struct Register {
  std::string bureau;
  bool own_root = true;                              // false: the root's key belongs to another PKI
  std::int64_t crl_number = 0;                       // of the newest list that was begun
  std::vector<Registered> entries;                   // in the order they came
};

Result<Register> read_register(const std::filesystem::path& file);
Status write_register(const std::filesystem::path& file, const Register& list);

}  // namespace guzheng
