// Room sql. A run of rows into a full-text index as one segment, sorted outside of SQLite: for rows by the ten thousand.
// FTS5 takes a row at a time into a hash table, and sorts and writes that out; most of its time goes into the table. Here tokens are gathered, sorted by
// radix and written as a segment of the index in the form that FTS5 itself writes (its file format, version 4, which every later SQLite must read): leaves, their
// first terms, doclist indexes, and the structure record. FTS5 searches, merges and takes out of it as if it had written it, and its own
// 'integrity-check' agrees (tests/sql). Only for tables as the registry has one: one column, content='', columnsize=0, detail=full, tokenize='gz_bigrams'.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/sql/connection.h"

namespace guzheng {

class FtsSegment {
 public:
  // Rows in rising order, none of which the index has. `document` as for the table (sql/bigrams.h).
  void add(std::int64_t row, std::string_view document);
  [[nodiscard]] std::size_t tokens() const { return tokens_; }
  [[nodiscard]] std::size_t rows() const { return rows_.size(); }

  // Whether the table's files are of the form that is written here; when not, rows go in through the table.
  static Result<bool> fits(SqlConnection& index, const std::string& table);
  // Within the caller's transaction, which must not be one of a connection that has used the table itself: that one would not see what changed.
  // What was gathered is gone after it. Gives the merging that is due then, in leaves, for the table's command 'merge' on another connection.
  Result<std::int64_t> write(SqlConnection& index, const std::string& table);

  // Where a token stands: the row's number here, the place in the row.
  struct Place { std::uint32_t row = 0, at = 0; };
  struct Number { std::uint64_t key = 0; Place place; };         // a token of four or six bytes, whole in `key`, in its order
  struct Mark { std::uint64_t key = 0; Place place; std::uint32_t begin = 0, size = 0; };        // `key`: its beginning; its bytes are in mark_bytes_

 private:
  void take(std::string_view token, Place place);
  void clear();

  static constexpr std::size_t kHeaps = 256;                     // by the first bits of the key: each is sorted where the processor has it at hand
  std::vector<std::int64_t> rows_;
  std::uint64_t places_ = 0;                                     // of all rows together
  std::size_t tokens_ = 0;
  std::vector<Place> ends_;
  std::array<std::vector<Mark>, kHeaps> marks_;
  std::array<std::vector<Number>, kHeaps> numbers_;
  std::string mark_bytes_;
};

}  // namespace guzheng
