// Room sync. One workstation's way to the central system: core/wire/PROTOCOL.md section 5 from the other side, over libcurl with the station's certificate. It asks and sends,
// and believes nothing: what a receipt is worth is for wire/receipt.h to say.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/wire/records.h"

namespace guzheng {

struct CentralAddress {
  std::string url;                                 // "https://central.example.cn:8443"
  std::string roots_pem;                           // of the bureau: who may be the server
  std::filesystem::path station_key;               // PKCS#12 with its certificate
  Secret passphrase;
};

// What became of a package that was sent.
struct CentralOutcome {
  enum class State { Unknown, Waiting, Received, Refused } state = State::Unknown;
  std::string receipt;                             // Received: one line of JSON
  std::string why;                                 // Refused: the system's reason
};

// How many of so many bytes may go now: called on the sending thread, which it may hold up for a fraction of a second; 0: none any more, the piece is given up.
using SendValve = std::function<std::size_t(std::size_t wanted)>;

// Used by one thread at a time; every call blocks for the network: a minute without a byte is Timeout.
// Errors: Network, Timeout: come again. Denied: this station is not let in, with the system's reason. Protocol: an answer that is none. Cancelled: `stopped`,
// or the valve, said so.
class CentralLink {
 public:
  // `stopped` is asked often, on the calling thread, while a call waits; it may be null.
  static Result<std::unique_ptr<CentralLink>> open(CentralAddress address, std::function<bool()> stopped = {});
  virtual ~CentralLink() = default;

  // Begins an upload; answers its path.
  virtual Result<std::string> create(const std::string& package, const std::string& zip_sha256, std::uint64_t length) = 0;
  virtual Result<std::uint64_t> offset(const std::string& upload) = 0;                 // NotFound
  // With its checksum: it is taken whole or not at all. Answers where the upload stands then. Invalid: it stands elsewhere. Exists: another request
  // writes to it. NotFound. Tampered: it came otherwise than it was sent.
  virtual Result<std::uint64_t> send(const std::string& upload, std::uint64_t offset, ByteView piece, const SendValve& valve) = 0;
  // A head of a journal (wire/witness.h), as one line; answers the signed statement, likewise. Invalid: another digest of that line was told before.
  virtual Result<std::string> tell_head(const std::string& package, const std::string& report) {
    static_cast<void>(package), static_cast<void>(report);
    return fail(ErrorKind::Unsupported, "this link tells no heads");
  }
  // Statements about a package after that line (-1: all), one a line, and whether there are more. NotFound: none.
  struct Heads {
    std::string lines;
    bool more = false;
  };
  virtual Result<Heads> heads(const std::string& package, std::int64_t after) {
    static_cast<void>(package), static_cast<void>(after);
    return fail(ErrorKind::Unsupported, "this link asks for no heads");
  }
  // Of what stations keep in common (wire/records.h), what is new after that sequence.
  virtual Result<RecordPage> records(std::int64_t since) {
    static_cast<void>(since);
    return fail(ErrorKind::Unsupported, "this link asks for no records");
  }
  // What became of each, in order.
  virtual Result<std::vector<RecordOutcome>> tell_records(const std::vector<RecordChange>& changes) {
    static_cast<void>(changes);
    return fail(ErrorKind::Unsupported, "this link tells no records");
  }
  // Whatever else PROTOCOL.md has: JSON there ("" for none) and back. Answers status (below 300) and body. Invalid: 409, as above.
  struct Reply {
    int status = 0;
    std::string body;
  };
  virtual Result<Reply> exchange(const char* method, const std::string& path, const std::string& json) {
    static_cast<void>(method), static_cast<void>(path), static_cast<void>(json);
    return fail(ErrorKind::Unsupported, "this link exchanges no JSON");
  }
  virtual Result<CentralOutcome> outcome(const std::string& package, const std::string& zip_sha256) = 0;

 protected:
  CentralLink() = default;
};

}  // namespace guzheng
