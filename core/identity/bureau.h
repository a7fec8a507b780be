// Room identity. Who signs, who stamps, who can open what is encrypted: one bureau with one station at which officers sit.
// The seams have two sides: files with keys (signer.h, opener.h, http_tsa.h) and the practice bureau (practice.h).
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/result.h"

namespace guzheng {

// The subject's organisational unit in every practice certificate; what it signs is never evidence (FORMAT.md 10).
inline constexpr std::string_view kPracticeUnit = "练习";

// A certificate as evidence names it. Pure value.
struct CertificateInfo {
  std::string sha256;            // hex of the DER's SHA-256
  std::string subject_cn;
  std::string badge;             // 执法证号 (subject serialNumber); empty for stations
  std::string unit;              // organizationName
  WallTime not_before, not_after;
  bool practice = false;         // carries the practice mark (organisational unit 练习)
};
Result<CertificateInfo> describe_certificate(ByteView pem_or_der);

// Seam: signs with a private key that never leaves it. Thread-safe.
class Signer {
 public:
  virtual ~Signer() = default;
  [[nodiscard]] virtual std::string certificate_pem() const = 0;
  [[nodiscard]] virtual CertificateInfo info() const = 0;
  // Detached CMS SignedData (DER) over `content`: SHA-256, one signer, signing time, the certificate inside.
  virtual Result<Bytes> sign_detached(ByteView content) const = 0;
  // Makes the key ready (a key file is unlocked, some tenths of a second), so that the first signature need not wait for it. Says nothing of a key
  // that cannot be unlocked: the signature does. Thread-safe.
  virtual void warm() const {}
};

// Seam: opens what was encrypted for one certificate, with a private key that never leaves it. Thread-safe.
class Opener {
 public:
  virtual ~Opener() = default;
  [[nodiscard]] virtual std::string certificate_pem() const = 0;
  // CMS AuthEnvelopedData (DER) → its content (A-7.4b). Denied: not for this certificate, or the key could not be unlocked.
  // Tampered: the ciphertext or its tag was changed. Holds envelope and content in memory: callers keep envelopes at 64 MiB.
  [[nodiscard]] virtual Result<Bytes> open(ByteView envelope) const = 0;
};

// Seam: RFC 3161. Answers the whole TimeStampResp in DER (certificates included) over a SHA-256 imprint.
// Blocks up to its own time limit. Thread-safe.
class TimestampAuthority {
 public:
  virtual ~TimestampAuthority() = default;
  [[nodiscard]] virtual std::string name() const = 0;
  virtual Result<Bytes> stamp(ByteView sha256_imprint) = 0;
  // As stamp(), given up (Cancelled) soon after `stopped` answers true: the end of a session waits for nobody. `stopped` is
  // called often, on the calling thread. An authority that cannot be interrupted keeps to its own limit.
  virtual Result<Bytes> stamp_unless(ByteView sha256_imprint, const std::function<bool()>& stopped) {
    if (stopped && stopped()) return fail(ErrorKind::Cancelled, "the time stamp was not waited for");
    return stamp(sha256_imprint);
  }
};

// The people and roots of one station.
struct Bureau {
  std::string name;              // 示例市市场监督管理局（练习）
  std::string system_name;       // 示例市移动电商智慧监管系统（练习）
  std::string system_owner;      // 系统所属单位
  std::string department;
  std::string station;           // "LX-03": the first part of package ids
  bool practice = false;
  std::string org_root_pem;      // bureau root
  std::string org_crl_pem;
  std::string tsa_root_pem;
  std::string archive_pem;       // encryption certificate (RSA): opens salts and vault parts; its key is not on the desk's way
  std::string ingest_pem;        // encryption certificate of the central server's ingest; empty: the bureau has none
  std::shared_ptr<Signer> station_signer;
  std::vector<std::shared_ptr<Signer>> officers;     // practice: two
  std::vector<std::string> officer_encryption_pems;  // encryption certificates of the officers above, in their order
  // Badge → newest good encryption certificate of everybody known at this station, at the desk or not: evidence is encrypted for the
  // officers of its own people.json, whoever sits there when that is done.
  std::map<std::string, std::string> encryption_by_badge;
  std::shared_ptr<Opener> opener;                    // of the officer at the desk; null: nobody who could open evidence
  std::vector<std::shared_ptr<TimestampAuthority>> authorities;
};

}  // namespace guzheng
