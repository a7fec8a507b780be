// First byte: which parser (modulo 4) — adb header, adb key, scrcpy control messages, shell line and server options.
// Aborts when a parser breaks a promise of its header; memory errors are for the sanitizers.
#include <algorithm>
#include <cstdlib>

#include "core/training/adb/auth.h"
#include "core/training/adb/message.h"
#include "core/training/scrcpy/control_reader.h"
#include "core/training/scrcpy/options.h"
#include "core/training/shell/line.h"

namespace guzheng::training {

namespace {
void promise(bool kept) {
  if (!kept) std::abort();
}

void feed_header(ByteView bytes) {
  const auto header = parse_header(bytes, kMaxPayload);
  if (!header) return;
  promise(header->length <= kMaxPayload);
  promise(std::ranges::equal(encode_header(*header), bytes));
}

void feed_control(ByteView bytes) {
  if (bytes.empty()) return;
  const ScrcpyVersion version = bytes[0] & 1 ? ScrcpyVersion{3, 0, 0} : ScrcpyVersion{4, 1, 0};
  bytes = bytes.subspan(1);
  for (;;) {
    const auto read = read_control(bytes, version);
    if (!read || !*read) return;
    promise((*read)->bytes > 0 && (*read)->bytes <= bytes.size());
    bytes = bytes.subspan((*read)->bytes);
  }
}

void feed_line(ByteView bytes) {
  const auto parsed = parse_line(as_text(bytes));
  if (!parsed) return;
  std::vector<std::string> words;
  for (const auto& pipeline : *parsed) {
    promise(!pipeline.commands.empty());
    for (const auto& command : pipeline.commands)
      for (const auto& word : command.words) words.push_back(expand(word, {{"?", "0"}}));
  }
  (void)parse_server_options(words).has_value();
}
}  // namespace
}  // namespace guzheng::training

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guzheng::training;
  if (size == 0) return 0;
  const guzheng::ByteView bytes(data + 1, size - 1);
  switch (data[0] % 4) {
    case 0: feed_header(bytes); break;
    case 1: (void)parse_adb_key(guzheng::as_text(bytes)).has_value(); break;
    case 2: feed_control(bytes); break;
    default: feed_line(bytes);
  }
  return 0;
}
