// Room tables. What CSV and JSON Lines share: the decoded text from the record that is being read on, its lines and its bad bytes.
#pragma once

#include <string>
#include <string_view>

#include "core/tables/text_decoder.h"

namespace guzheng {

class RecordText {
 public:
  RecordText(std::unique_ptr<ByteSource> source, const TableOptions& options)
      : decoder_(std::move(source), options.encoding, options.called_off) {}

  // From the beginning of the record that is read now. more() makes it longer and moves it.
  [[nodiscard]] std::string_view rest() const { return std::string_view(text_).substr(at_); }
  Result<bool> more();                                   // false: the end of the file
  // The first `bytes` of rest() are done with: counts `lines` and tells whether bad bytes stood in them.
  RowProblem take(std::size_t bytes, std::size_t lines);
  // Throws away the rest of an overlong record up to and with its line end, keeping memory flat. Adds the bad bytes to `problem`.
  Status skip_line(RowProblem& problem);
  [[nodiscard]] std::uint64_t line() const { return line_; }       // of the beginning of rest(), from 1
  [[nodiscard]] const TextDecoder& decoder() const { return decoder_; }

 private:
  TextDecoder decoder_;
  std::string text_;
  std::size_t at_ = 0;
  std::uint64_t base_ = 0;                               // place of text_[0] in the whole decoded text
  std::uint64_t line_ = 1;
};

// Takes control characters but tab and line ends out of a cell. True: there were some.
bool drop_control(std::string& cell);

}  // namespace guzheng
