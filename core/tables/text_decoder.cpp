#include "core/tables/text_decoder.h"

#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace guzheng {

namespace {

constexpr std::size_t kBlock = 256u << 10;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::size_t kMostBadBytes = 100'000;         // held for rows that were not read yet; a file with more is of another encoding

bool ascii_only(ByteView bytes) {
  std::size_t i = 0;
  for (; i + 8 <= bytes.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + i, 8);
    if (word & 0x8080808080808080ull) return false;
  }
  return std::all_of(bytes.begin() + static_cast<std::ptrdiff_t>(i), bytes.end(), [](std::uint8_t c) { return c < 0x80; });
}

// Length of the valid UTF-8 character at the front; 0: not valid; -1: valid so far, but it ends here.
int utf8_length(const std::uint8_t* p, std::size_t left) {
  const std::uint8_t c = p[0];
  if (c < 0x80) return 1;
  if (c < 0xC2 || c > 0xF4) return 0;
  const int want = c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
  if (left > 1) {
    const std::uint8_t d = p[1];
    const std::uint8_t low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
    const std::uint8_t high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
    if (d < low || d > high) return 0;
  }
  for (int i = 2; i < want && static_cast<std::size_t>(i) < left; ++i)
    if ((p[i] & 0xC0) != 0x80) return 0;
  return static_cast<std::size_t>(want) > left ? -1 : want;
}

// UTF-8 with a few bad bytes is still UTF-8: text of GB18030 has hardly any three bytes in a row that are a character of it.
bool is_rather_utf8(ByteView bytes) {
  std::size_t characters = 0, bad = 0;
  for (std::size_t i = 0; i < bytes.size();) {
    const int n = utf8_length(bytes.data() + i, bytes.size() - i);
    if (n < 0) break;
    characters += n > 2;
    bad += n == 0;
    i += static_cast<std::size_t>(std::max(n, 1));
  }
  return bad == 0 || characters > 3 * bad;
}

// UTF-16 without a BOM: zero bytes stand at one parity and hardly at the other, and line ends are two bytes with a zero.
TextEncoding utf16_by_zeros(ByteView bytes) {
  std::size_t even = 0, odd = 0, ends_little = 0, ends_big = 0;
  const std::size_t pairs = std::min<std::size_t>(bytes.size(), 4096) / 2;
  const auto line_end = [](std::uint8_t c) { return c == '\n' || c == '\r'; };
  for (std::size_t i = 0; i < pairs; ++i) {
    const auto first = bytes[2 * i], second = bytes[2 * i + 1];
    even += first == 0, odd += second == 0;
    ends_little += line_end(first) && second == 0;
    ends_big += first == 0 && line_end(second);
  }
  if (odd > pairs / 5 && even * 20 < odd && ends_little > 0) return TextEncoding::Utf16Le;
  if (even > pairs / 5 && odd * 20 < even && ends_big > 0) return TextEncoding::Utf16Be;
  return TextEncoding::Auto;
}

std::size_t bom_of(ByteView bytes, TextEncoding& encoding) {
  const auto text = as_text(bytes);
  if (text.starts_with("\xEF\xBB\xBF")) return encoding = TextEncoding::Utf8, 3;
  if (text.starts_with("\xFF\xFE")) return encoding = TextEncoding::Utf16Le, 2;
  if (text.starts_with("\xFE\xFF")) return encoding = TextEncoding::Utf16Be, 2;
  if (text.starts_with("\x84\x31\x95\x33")) return encoding = TextEncoding::Gb18030, 4;
  return 0;
}

const char* iconv_name(TextEncoding encoding) {
  return encoding == TextEncoding::Utf16Le ? "UTF-16LE" : encoding == TextEncoding::Utf16Be ? "UTF-16BE" : "GB18030";
}

}  // namespace

struct TextDecoder::Converter {
  explicit Converter(const char* from) : handle(::iconv_open("UTF-8", from)) {}
  ~Converter() {
    if (good()) ::iconv_close(handle);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  [[nodiscard]] bool good() const { return handle != reinterpret_cast<iconv_t>(-1); }
  iconv_t handle;
};

TextDecoder::TextDecoder(std::unique_ptr<ByteSource> source, TextEncoding wanted, std::function<bool()> called_off)
    : source_(std::move(source)), encoding_(wanted), called_off_(std::move(called_off)), block_(kBlock) {}
TextDecoder::~TextDecoder() = default;

void TextDecoder::choose(ByteView first) {
  if (encoding_ == TextEncoding::Auto && !ascii_only(first))
    encoding_ = is_rather_utf8(first) ? TextEncoding::Utf8 : TextEncoding::Gb18030;
  const bool direct = encoding_ == TextEncoding::Auto || encoding_ == TextEncoding::Utf8;
  if (!direct && !converter_) converter_ = std::make_unique<Converter>(iconv_name(encoding_));
}

Result<bool> TextDecoder::more(std::string& text) {
  if (ended_) return false;
  if (called_off_ && called_off_()) return fail(ErrorKind::Cancelled, "reading the table was called off");
  std::size_t filled = held_;
  while (filled < block_.size()) {
    GZ_TRY_ASSIGN(const std::size_t got, source_->read(std::span(block_).subspan(filled)));
    if (got == 0) {
      ended_ = true;
      break;
    }
    filled += got;
    read_ += got;
  }
  ByteView bytes(block_.data(), filled);
  if (first_) {
    first_ = false;
    TextEncoding by_bom = TextEncoding::Auto;
    const std::size_t skip = bom_of(bytes, by_bom);
    if (skip > 0 && (encoding_ == TextEncoding::Auto || encoding_ == by_bom)) {
      encoding_ = by_bom;
      bytes = bytes.subspan(skip);
      decoded_ = skip;
    } else if (encoding_ == TextEncoding::Auto) {
      encoding_ = utf16_by_zeros(bytes);
    }
  }
  choose(bytes);
  if (converter_ && !converter_->good()) return fail(ErrorKind::Unsupported, std::string("this system cannot convert ") + iconv_name(encoding_));
  decode(bytes, ended_, text);
  if (bad_.size() > kMostBadBytes)
    return fail(ErrorKind::Invalid, "more than 100000 bytes are not " + std::string(to_string(encoding_)) + ": the file is of another encoding, or no table");
  return true;
}

void TextDecoder::decode(ByteView bytes, bool last, std::string& text) {
  const std::size_t used = converter_ ? convert(bytes, last, text) : decode_utf8(bytes, last, text);
  decoded_ += used;
  held_ = bytes.size() - used;
  std::memmove(block_.data(), bytes.data() + used, held_);
}

void TextDecoder::tell_bad(std::uint64_t at, std::uint8_t byte, std::string& text, std::size_t before) {
  bad_.push_back({written_ + (text.size() - before), decoded_ + at, byte});
  text.append(kReplacement);
}

std::size_t TextDecoder::decode_utf8(ByteView bytes, bool last, std::string& text) {
  const std::size_t before = text.size();
  std::size_t used = 0;
  if (ascii_only(bytes)) {
    text.append(as_text(bytes));
    used = bytes.size();
  }
  std::size_t from = used;
  while (used < bytes.size()) {
    const int n = utf8_length(bytes.data() + used, bytes.size() - used);
    if (n > 0) {
      used += static_cast<std::size_t>(n);
      continue;
    }
    if (n < 0 && !last) break;
    text.append(as_text(bytes.subspan(from, used - from)));
    tell_bad(used, bytes[used], text, before);
    from = ++used;
  }
  text.append(as_text(bytes.subspan(from, used - from)));
  written_ += text.size() - before;
  return used;
}

std::size_t TextDecoder::convert(ByteView bytes, bool last, std::string& text) {
  const std::size_t before = text.size();
  std::size_t used = 0;
  while (used < bytes.size()) {
    char* in = const_cast<char*>(reinterpret_cast<const char*>(bytes.data() + used));
    std::size_t in_left = bytes.size() - used;
    const std::size_t room = in_left * 2 + 16, end = text.size();
    text.resize(end + room);
    char* out = text.data() + end;
    std::size_t out_left = room;
    const std::size_t done = ::iconv(converter_->handle, &in, &in_left, &out, &out_left);
    const int why = errno;
    text.resize(end + room - out_left);
    used = bytes.size() - in_left;
    if (done != static_cast<std::size_t>(-1) || why == E2BIG) continue;
    if (why == EINVAL && !last) break;                             // the rest of the character is in the next block
    tell_bad(used, bytes[used], text, before);
    ++used;
    if (encoding_ != TextEncoding::Gb18030 && used < bytes.size()) ++used;      // UTF-16 stays on its two-byte steps
  }
  written_ += text.size() - before;
  return used;
}

}  // namespace guzheng
