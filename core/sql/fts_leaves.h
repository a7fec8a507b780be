// Room sql, inside. Writes a segment's leaves, their first terms and doclist indexes as FTS5 lays them out. Terms rise, rows within a term rise, places
// within a row rise.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/sql/connection.h"

namespace guzheng {

// SQLite's own: seven bits a byte, the highest first, at most nine bytes.
void put_long_varint(std::string& out, std::uint64_t value);
inline void put_varint(std::string& out, std::uint64_t value) {
  if (value < 0x80) out += static_cast<char>(value);
  else put_long_varint(out, value);
}
bool get_varint(ByteView from, std::size_t& at, std::uint64_t& value);      // false: it ends before

class FtsLeaves {
 public:
  static Result<FtsLeaves> begin(SqlConnection& index, const std::string& table, std::int64_t segment);
  Status begin_term(std::string_view token);
  void begin_row(std::int64_t row);
  void put_place(std::uint32_t at);
  Status end_row();
  Result<std::int64_t> finish();                                 // how many leaves

 private:
  FtsLeaves(SqlStatement data, SqlStatement first, std::int64_t segment);
  Status put_row_number();
  Status put_places();
  Status flush_leaf();
  Status flush_first();                                          // of the leaf whose last term has just ended
  void note_row(std::int64_t row);
  [[nodiscard]] std::size_t used() const { return leaf_.size() + footer_.size(); }

  SqlStatement data_, first_;
  std::int64_t segment_, page_ = 1;
  std::string leaf_, footer_, term_;
  std::size_t last_in_footer_ = 0;
  bool no_term_ = true, no_row_ = true;                          // on this leaf so far
  bool first_of_term_ = true;
  std::int64_t row_ = 0, last_row_ = 0;
  std::string places_;
  std::uint32_t last_place_ = 0;

  std::string first_term_;                                       // of the leaf first_page_, shortened; 0: nothing waits
  std::int64_t first_page_ = 1;
  std::int64_t leaves_without_term_ = 0;
  std::string rows_of_leaves_;                                   // the doclist index of the term that goes on
  std::int64_t last_noted_ = 0;
};

}  // namespace guzheng
