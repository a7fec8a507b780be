// Any bytes as an export ZIP: members, names, contents; nothing is believed, nothing is read outside the file.
#include "core/seal/tree.h"
#include "core/seal/zip_reader.h"

namespace {
class View final : public guzheng::RandomAccess {
 public:
  explicit View(guzheng::ByteView bytes) : bytes_(bytes) {}
  std::uint64_t size() const override { return bytes_.size(); }
  bool read_at(std::uint64_t offset, std::span<std::uint8_t> into) const override {
    if (offset > bytes_.size() || into.size() > bytes_.size() - offset) __builtin_trap();     // the reader asks within the file only
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(offset), into.size(), into.begin());
    return true;
  }

 private:
  guzheng::ByteView bytes_;
};
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  guzheng::VerifyReport report;
  auto source = guzheng::zip_source_over(std::make_unique<View>(guzheng::ByteView(data, size)), report);
  if (!source) return 0;
  guzheng::check_tree((*source)->id(), (*source)->entries(), report);
  std::uint64_t total = 0;
  for (const auto& entry : (*source)->entries())
    (void)(*source)->read(entry, [&](guzheng::ByteView piece) {
      total += piece.size();
      return guzheng::ok();
    }, report);
  if (total > size) __builtin_trap();                  // no byte twice: no ZIP bomb
  return 0;
}
