// Room seal, private. Parts while they are being made, ID.enc-making/ (FORMAT.md 11). Blocks; one thread a package.
#pragma once

#include <filesystem>
#include <string>

#include "core/seal/parts.h"
#include "core/seal/vault_form.h"

namespace guzheng {

// Where parts wait until all are there. No verifier and no reader looks into it.
std::filesystem::path making_folder(const std::filesystem::path& bag);
std::filesystem::path waiting_part(const std::filesystem::path& bag, const std::string& path);

// Parts that were made for other recipients are of no use: they go.
Status begin_making(const std::filesystem::path& bag, const Encryption& request);

// Takes plain files into parts under ID.enc-making/parts. A part that waits there from a run that was stopped is used only with the
// station's signed note that it made this ciphertext from these plain bytes for these recipients: anybody can encrypt for a
// certificate, so that it opens says nothing about what is in it. Without that note it is made anew.
class PartMaker {
 public:
  PartMaker(const std::filesystem::path& bag, const Encryption& request, std::uint64_t total);

  // `file`: "ID/data/…". `sealed`: the digest that is sealed for a payload file; "": none is known (a report).
  Status take(const std::string& file, const std::string& sealed);

  PartsList list;                                  // every part that was taken, its digest as the disk gives it back
  Encrypted done;

 private:
  Status close_part(const std::string& path);
  [[nodiscard]] std::string note(const std::string& plain, const std::string& stored) const;
  [[nodiscard]] std::filesystem::path note_file(const std::string& path) const;
  [[nodiscard]] bool made_here(const std::string& path, const std::string& note) const;

  const std::filesystem::path& bag_;
  const Encryption& request_;
  const std::uint64_t total_;
  const std::string station_, whom_;               // SHA-256 of the station's certificate, and of the recipients'
  Bytes plain_, sealed_;                           // one part each, used again
};

}  // namespace guzheng
