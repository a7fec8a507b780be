// Room session. Things made elsewhere become evidence (B-5.4.2a, B-5.4.2d): photos, recordings and files that came from another
// device are copied into a package of their own, each with what is said of it, and sealed as a capture is. No phone, no film.
// Nothing imported is opened, run or shown here: bytes are copied and digested, the first of them decide the file's extension.
#pragma once

#include "core/seal/import_form.h"
#include "core/session/session.h"

namespace guzheng {

// What an officer says of one file. Texts are UTF-8, at most 4,000 bytes each.
struct ImportItem {
  std::string kind;                        // one of import_kinds()
  std::filesystem::path file;
  std::string title, proves;
  std::string access = "公开", basis;      // as ItemDescription
  std::string source;                      // where the file came from: site, account, person
  std::string collector, method, device;   // who made or took it, how, with what
  std::string made_at;                     // the 29-character form
  std::string seal_no, seal_state, shielding;      // of sealing photos: number, state, what keeps a phone off the network
};

struct ImportOrder {
  CaptureOrder order;
  std::string write_protection;            // how the originals were kept from being written to (写保护)
  std::vector<OpeningStatement> statements;
  std::vector<ImportItem> items;
};

// A file of the form guzheng-import/1: everything is checked before a file is touched. Paths are relative to `folder`.
// Invalid says which item and field.
Result<ImportOrder> parse_import(std::string_view text, const std::filesystem::path& folder);

struct ImportSetup {
  const Bureau* bureau = nullptr;          // signers, authorities; outlives the call
  Vault* vault = nullptr;
  const Clock* clock = nullptr;
  std::shared_ptr<Signer> officer1, officer2;      // null: the bureau's first two
  std::string software_name = "Guzheng", software_version;
  SessionListener* listener = nullptr;     // Capture per file, Anchor, Trouble
  std::function<bool(std::uint64_t done, std::uint64_t total)> progress;   // bytes; false cancels: nothing stays in the vault
};

// Reasons in Chinese why such a package is 不完整, as printed on its report's first page; empty: nothing misses. Pure.
std::vector<std::string> missing_for_import(const ImportOrder& order);

// Copies, journals, seals. Blocks for as long as reading every file twice takes; memory stays flat. When something misses for
// 完整 `incomplete_reason` must not be empty (Invalid otherwise, before anything is made).
// Errors: Invalid (field, no file), NotFound, Denied (a link), NoSpace, Cancelled, Tampered: a file changed while it was
// copied. After an error no half package stays.
Result<SealedPackage> import_evidence(const ImportOrder& order, const ImportSetup& setup, const std::string& incomplete_reason = {});

// The extension that the first bytes of a file ask for, of import_extensions(); "txt" for UTF-8 text, "bin" for all else. A ZIP
// that is named .docx, .xlsx or .pptx keeps that name. Pure.
std::string import_extension(ByteView head, std::string_view original_name);

}  // namespace guzheng
