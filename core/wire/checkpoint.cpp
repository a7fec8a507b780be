#include "core/wire/checkpoint.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace guzheng {

namespace {

constexpr std::array<std::string_view, 5> kCheckpointLabels{"Checkpoint-Format", "Log", "Size", "Root", "Time"};

std::string checkpoint_lines(const Checkpoint& c) {
  return "Checkpoint-Format: 1\nLog: " + c.log + "\nSize: " + std::to_string(c.size) + "\nRoot: " + tree_hex(c.root) + "\nTime: " + format_time(c.at) + "\n";
}

}  // namespace

Result<std::string> write_checkpoint(const Checkpoint& checkpoint) {
  std::string text = checkpoint_lines(checkpoint);
  GZ_TRY_ASSIGN([[maybe_unused]] const auto again, parse_checkpoint(text));
  return text;
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
  const auto bad = [](const char* what) { return fail(ErrorKind::Invalid, std::string("no checkpoint: ") + what); };
  if (text.size() > 2000 || !is_utf8(text)) return bad("too long, or not UTF-8");
  std::array<std::string_view, kCheckpointLabels.size()> values;
  std::string_view rest = text;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto end = rest.find('\n');
    const std::string label = std::string(kCheckpointLabels[i]) + ": ";
    if (end == std::string_view::npos || !rest.starts_with(label)) return bad("not its labels in their order");
    values[i] = rest.substr(label.size(), end - label.size());
    if (values[i].empty() || std::any_of(values[i].begin(), values[i].end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; })) return bad("a value is empty or no text");
    rest.remove_prefix(end + 1);
  }
  Checkpoint out;
  out.log = std::string(values[1]);
  const auto [stop, error] = std::from_chars(values[2].data(), values[2].data() + values[2].size(), out.size);
  const auto root = tree_from_hex(values[3]);
  const auto at = parse_time(values[4]);
  if (error != std::errc() || stop != values[2].data() + values[2].size()) return bad("Size is no number");
  if (!root || !at) return bad("Root is no digest or Time is no time");
  out.root = *root;
  out.at = *at;
  if (checkpoint_lines(out) != text) return bad("it has another spelling than such a text has");
  return out;
}

}  // namespace guzheng
