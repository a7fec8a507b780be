#include "core/custody/line.h"

#include <fmt/format.h>

#include "core/base/digest.h"

namespace guzheng {

namespace {
Failure bad_line(std::string what) { return fail(ErrorKind::Invalid, "journal line: " + std::move(what)); }

bool eight_digits(std::string_view text, std::uint64_t& out) {
  if (text.size() != 8) return false;
  out = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
    out = out * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return true;
}

bool has_control(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x20 || c == 0x7f) return true;
    // U+0080–9F are C2 80 – C2 9F in UTF-8
    if (c == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0) return true;
  }
  return false;
}
}  // namespace

bool is_digest_text(std::string_view text) {
  if (text.size() != 64) return false;
  for (const char c : text)
    if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return false;
  return true;
}

Status check_plain_body(std::string_view body) {
  if (body.empty()) return bad_line("the body is empty");
  if (body.front() == ' ' || body.back() == ' ') return bad_line("a space at the body's end");
  if (!is_utf8(body)) return bad_line("the body is no UTF-8");
  if (has_control(body)) return bad_line("a control character in the body");
  return ok();
}

Result<std::string> format_line(std::uint64_t seq, std::string_view previous, WallTime time, int zone_minutes,
                                std::string_view kind, std::string_view body, const BodyCheck& check) {
  if (seq > kMaxLineNumber) return bad_line("no more line numbers");
  GZ_TRY(check_plain_body(body));
  GZ_TRY(check(kind, body));
  std::string line = fmt::format("{:08} {} {} {} {}\n", seq, previous, format_time(time, zone_minutes), kind, body);
  if (line.size() > kMaxLineBytes) return bad_line("longer than 65536 bytes");
  return line;
}

// seq(8) SP previous(64) SP time(29) SP kind SP body [LF]
Result<JournalLine> parse_line(std::string_view text, const BodyCheck& check, int* zone_minutes) {
  const std::string_view bare = !text.empty() && text.back() == '\n' ? text.substr(0, text.size() - 1) : text;
  if (bare.size() + 1 > kMaxLineBytes) return bad_line("longer than 65536 bytes");
  if (bare.size() < 8 + 1 + 64 + 1 + 29 + 1 + 3) return bad_line("too short");
  if (bare[8] != ' ' || bare[73] != ' ' || bare[103] != ' ') return bad_line("its fields do not stand where they belong");
  JournalLine line;
  if (!eight_digits(bare.substr(0, 8), line.seq)) return bad_line("its number is not eight digits");
  line.previous = bare.substr(9, 64);
  if (!is_digest_text(line.previous)) return bad_line("its link is no digest");
  int zone = 0;
  const auto time = parse_time(bare.substr(74, 29), &zone);
  if (!time || format_time(*time, zone) != bare.substr(74, 29)) return bad_line("its time is not in the one spelling");
  line.time = *time;
  const std::size_t space = bare.find(' ', 104);
  if (space == std::string_view::npos || space == 104) return bad_line("no kind or no body");
  line.kind = bare.substr(104, space - 104);
  line.body = bare.substr(space + 1);
  GZ_TRY(check_plain_body(line.body));
  GZ_TRY(check(line.kind, line.body));
  line.digest = sha256_hex(as_bytes(std::string(bare) + '\n'));
  if (zone_minutes) *zone_minutes = zone;
  return line;
}

Status ChainCheck::next(const JournalLine& line, int zone_minutes) {
  const std::string at = fmt::format("journal line {:08}: ", line.seq);
  const std::uint64_t expected = first_ ? 0 : last_.seq + 1;
  if (line.seq != expected) return fail(ErrorKind::Tampered, at + fmt::format("line {:08} was expected", expected));
  if (line.previous != (first_ ? kZeroDigest : std::string_view(last_.digest)))
    return fail(ErrorKind::Tampered, at + "it does not name the line before it");
  if (!first_ && line.time < last_.time) return fail(ErrorKind::Tampered, at + "its time goes back");
  if (!first_ && zone_minutes != zone_) return fail(ErrorKind::Tampered, at + "another time zone");
  first_ = false;
  zone_ = zone_minutes;
  last_ = line;
  return ok();
}

}  // namespace guzheng
