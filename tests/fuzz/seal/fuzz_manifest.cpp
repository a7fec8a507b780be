// Any bytes as a list in manifest form, as bag-info.txt and as an attached value.
#include "core/seal/check_content.h"
#include "core/seal/check_lists.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guzheng;
  Bag bag;
  bag.id = "LX-03-20261121-0001";
  BagFile file;
  file.kept = true;
  file.content = std::string(as_text({data, size}));
  file.digests = digest_bytes({data, size});
  for (const char* path : {"manifest-md5.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", "seal/digests-sm3.txt", "seal/seal.txt",
                           "bag-info.txt", "data/attach/values.json", "data/attach/people.json", "data/attach/env.json"})
    bag.files.emplace(path, file);
  VerifyReport report;
  check_manifests(bag, report);
  check_seal(bag, report);
  const auto tags = check_tags(bag, report);
  check_values(bag, {}, tags, report);
  check_bindings(bag, {}, tags, report);
  check_marks(bag, {}, tags, report);
  return 0;
}
