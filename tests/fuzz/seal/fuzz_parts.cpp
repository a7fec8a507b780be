// Any bytes as a list of parts, as an envelope, and as a stored package whose files are parts and lists: nothing is believed, memory is
// bounded, what is read never exceeds what is stored.
#include <map>

#include "core/identity/envelope.h"
#include "core/seal/parts_source.h"

namespace {

using namespace guzheng;

// Records of [length of name][name][length, two bytes][content], as they come.
class Stored final : public PackageSource {
 public:
  explicit Stored(ByteView bytes) {
    while (bytes.size() >= 3) {
      const std::size_t name = std::min<std::size_t>(bytes[0], bytes.size() - 3);
      const std::string path(as_text(bytes.subspan(1, name)));
      bytes = bytes.subspan(1 + name);
      const std::size_t length = std::min<std::size_t>(static_cast<std::size_t>(bytes[0]) << 8 | bytes[1], bytes.size() - 2);
      files_[path] = bytes.subspan(2, length);
      bytes = bytes.subspan(2 + length);
    }
    for (const auto& [path, content] : files_) entries_.push_back({path, SourceEntry::Kind::File, content.size(), entries_.size()});
  }
  const std::string& id() const override { return id_; }
  const std::vector<SourceEntry>& entries() const override { return entries_; }
  Status read(const SourceEntry& entry, const PieceSink& sink, VerifyReport&) override {
    const auto it = files_.find(entry.path);
    return it == files_.end() ? Status(fail(ErrorKind::NotFound, entry.path)) : sink(it->second);
  }

 private:
  const std::string id_ = "LX-03-20261121-0001";
  std::map<std::string, ByteView> files_;
  std::vector<SourceEntry> entries_;
};

struct Mirror final : Opener {                 // gives back what it is given: the parts' own rules are looked at, not the cipher
  std::string certificate_pem() const override { return {}; }
  Result<Bytes> open(ByteView envelope) const override {
    if (!envelope.empty() && envelope[0] == 'x') return fail(ErrorKind::Denied, "not for us");
    return Bytes(envelope.begin(), envelope.end());
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(data, size);
  if (const auto list = parse_parts_list("LX-03-20261121-0001", as_text(bytes)))
    for (const auto& [path, digest] : *list)
      if (!part_name(path) || digest.size() != 64) __builtin_trap();
  (void)envelope_content_size(bytes);
  (void)envelope_recipients(bytes);
  const Mirror mirror;
  for (const Opener* opener : {static_cast<const Opener*>(&mirror), static_cast<const Opener*>(nullptr)}) {
    auto stored = std::make_unique<Stored>(bytes);
    VerifyReport report;
    if (!has_vault_form(*stored)) continue;
    const auto source = open_parts_source(std::move(stored), opener, report);
    if (!source) continue;
    std::uint64_t total = 0;
    for (const auto& entry : (*source)->entries()) {
      (void)(*source)->read(entry, [&](ByteView piece) {
        total += piece.size();
        return ok();
      }, report);
      (void)(*source)->size(entry);
    }
    (void)(*source)->key_holders();
    if (total > size) __builtin_trap();        // no byte twice
  }
  return 0;
}
