// Any bytes as a journal, with all that is checked over its lines.
#include "core/seal/check_content.h"
#include "core/seal/check_journal.h"
#include "core/seal/check_trust.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guzheng;
  Bag bag;
  bag.id = "LX-03-20261121-0001";
  BagFile file;
  file.kept = true;
  file.content = std::string(as_text({data, size}));
  bag.files.emplace("data/attach/journal.log", std::move(file));
  VerifyReport report;
  const auto journal = check_journal(bag, report);
  const TagFacts tags;
  check_bindings(bag, journal, tags, report);
  check_values(bag, journal, tags, report);
  check_marks(bag, journal, tags, report);
  check_film(bag, journal, report);
  check_stamps(bag, journal, {}, report);
  return 0;
}
