// Any bytes as what lies beside a bag: receipt, renewal's index, hand-over record.
#include "core/seal/check_beside.h"
#include "core/seal/check_receipt.h"
#include "core/seal/check_renew.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guzheng;
  Bag bag;
  bag.id = "LX-03-20261121-0001";
  BagFile file;
  file.kept = true;
  file.content = std::string(as_text({data, size}));
  file.digests = digest_bytes({data, size});
  for (const char* path : {"receipt/central.txt", "renew/001/index-sha512.txt", "renew/002/index-sha512.txt", "handover/export.json"})
    bag.beside.emplace(path, file);
  VerifyReport report;
  RootsGiven roots;
  (void)check_renewals(bag, {{bag.id + "/bagit.txt", std::string(128, '0')}}, roots, report);
  check_receipt(bag, report);
  check_beside(bag, {}, roots, report);
  if (report.broken_count() == 0) __builtin_trap();        // none of them is signed
  return 0;
}
