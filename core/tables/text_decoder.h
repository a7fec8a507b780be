// Room tables. Bytes of a text file as UTF-8, block by block, strictly: what is not of the encoding becomes U+FFFD and is told with its
// place, so that one bad byte costs one row and not the file. One thread.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "core/tables/byte_source.h"
#include "core/tables/table.h"

namespace guzheng {

struct BadByte {
  std::uint64_t text_at = 0;       // of its U+FFFD in the whole decoded text, in bytes of UTF-8
  std::uint64_t file_at = 0;       // of the byte in the file
  std::uint8_t byte = 0;
};

class TextDecoder {
 public:
  // The encoding is found out, unless it is given: by a BOM (which is not part of the text); by zero bytes at every other place and in line ends (UTF-16);
  // else by the first block that holds more than ASCII: UTF-8 when it is valid but for a few bytes, GB18030 otherwise.
  TextDecoder(std::unique_ptr<ByteSource> source, TextEncoding wanted, std::function<bool()> called_off);
  ~TextDecoder();

  // Appends the next piece (about a quarter of a MiB) to `text`. False: nothing more.
  Result<bool> more(std::string& text);
  // Bad bytes in the order of their places; whoever has told one takes it away.
  [[nodiscard]] std::deque<BadByte>& bad() { return bad_; }
  [[nodiscard]] TextEncoding encoding() const { return encoding_; }
  [[nodiscard]] std::uint64_t read_bytes() const { return read_; }
  [[nodiscard]] std::uint64_t total_bytes() const { return source_->size(); }

 private:
  struct Converter;
  void choose(ByteView first);
  void decode(ByteView bytes, bool last, std::string& text);
  std::size_t decode_utf8(ByteView bytes, bool last, std::string& text);       // bytes used
  std::size_t convert(ByteView bytes, bool last, std::string& text);
  void tell_bad(std::uint64_t at, std::uint8_t byte, std::string& text, std::size_t before);

  std::unique_ptr<ByteSource> source_;
  std::unique_ptr<Converter> converter_;
  TextEncoding encoding_;
  std::function<bool()> called_off_;
  Bytes block_;
  std::size_t held_ = 0;           // bytes at the front of block_ that are the beginning of a character
  std::uint64_t read_ = 0;         // from the file
  std::uint64_t decoded_ = 0;      // of the file
  std::uint64_t written_ = 0;      // UTF-8 given so far
  std::deque<BadByte> bad_;
  bool first_ = true, ended_ = false;
};

}  // namespace guzheng
