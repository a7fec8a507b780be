// Room session. What was typed in 密码输入 mode: the journal holds length and salted digest; the salts stand in an envelope
// that only the archive certificate opens (FORMAT.md 5.4). While the session runs the envelope lies beside the bag and is
// rewritten by the flush thread, so that a killed program keeps its salts. Thread-safe.
#pragma once

#include <mutex>

#include "core/session/ledger.h"

namespace guzheng {

class SecretBook {
 public:
  SecretBook(std::filesystem::path bag, std::string archive_pem)
      : bag_(std::move(bag)), archive_pem_(std::move(archive_pem)) {}

  struct Sealed {
    Bytes salt;
    std::string salted;                      // hex
    std::size_t bytes = 0;
  };
  static Sealed make(std::string_view content);
  // Remembers the salt of line `seq` and writes it beside the bag at once: a killed program loses none. A failure is tried again by save().
  Status keep(const Sealed& secret, std::uint64_t seq);
  [[nodiscard]] bool empty() const;
  Status save();                                            // …/ID.salts beside the bag, when something is new
  // Puts data/attach/salts.p7m into the bag; false: nothing to put. Removes the file beside it.
  Result<bool> close(Ledger& ledger);
  static std::filesystem::path file_beside(const std::filesystem::path& bag);      // …/ID.salts
  // After a crash: takes over the envelope that stands beside the bag.
  static Result<bool> adopt(const std::filesystem::path& bag, Ledger& ledger);

 private:
  Result<Bytes> envelope() const;
  const std::filesystem::path bag_;
  const std::string archive_pem_;
  std::mutex saving_;                        // one save at a time; taken before mutex_
  mutable std::mutex mutex_;
  Json salts_ = Json::array();               // under mutex_
  bool dirty_ = false;                       // under mutex_
};

inline constexpr std::string_view kSalts = "data/attach/salts.p7m";

}  // namespace guzheng
