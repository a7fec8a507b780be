#include "core/sql/fts_leaves.h"

#include <algorithm>

namespace guzheng {

namespace {

constexpr std::size_t kLeafBytes = 4050;                         // FTS5's own measure: a row of one page
constexpr char kMainIndex = '0';                                 // begins every term
constexpr int kPageBits = 31, kHeightBits = 5;
constexpr std::int64_t kLeavesWorthAnIndex = 4;

std::int64_t leaf_id(std::int64_t segment, std::int64_t page) { return segment << (kPageBits + kHeightBits + 1) | page; }
std::int64_t rows_id(std::int64_t segment, std::int64_t page) { return leaf_id(segment, page) | std::int64_t{1} << (kPageBits + kHeightBits); }
ByteView bytes_of(const std::string& text) { return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}; }

void put_u16(std::string& out, std::size_t at, std::size_t value) {
  out[at] = static_cast<char>(value >> 8 & 0xff);
  out[at + 1] = static_cast<char>(value & 0xff);
}

std::size_t same_beginning(std::string_view a, std::string_view b) {
  const std::size_t most = std::min(a.size(), b.size());
  std::size_t at = 0;
  while (at < most && a[at] == b[at]) ++at;
  return at;
}

// As many whole numbers as fit, at least one.
std::size_t whole_numbers(std::string_view from, std::size_t room) {
  std::size_t end = 0;
  for (std::size_t at = 0; at < from.size();) {
    while (at < from.size() && (static_cast<unsigned char>(from[at]) & 0x80) != 0) ++at;
    ++at;
    if (end > 0 && at > room) break;
    end = std::min(at, from.size());
  }
  return end;
}

}  // namespace

void put_long_varint(std::string& out, std::uint64_t value) {
  char bytes[10];
  std::size_t at = sizeof bytes;
  if (value >> 56 != 0) {
    bytes[--at] = static_cast<char>(value & 0xff);
    value >>= 8;
    for (int i = 0; i < 8; ++i, value >>= 7) bytes[--at] = static_cast<char>((value & 0x7f) | 0x80);
  } else {
    for (bool last = true; value != 0; value >>= 7, last = false) bytes[--at] = static_cast<char>((value & 0x7f) | (last ? 0 : 0x80));
  }
  out.append(bytes + at, sizeof bytes - at);
}

bool get_varint(ByteView from, std::size_t& at, std::uint64_t& value) {
  value = 0;
  for (int i = 0; i < 9; ++i) {
    if (at >= from.size()) return false;
    const std::uint8_t byte = from[at++];
    if (i == 8) {
      value = value << 8 | byte;
      return true;
    }
    value = value << 7 | (byte & 0x7f);
    if ((byte & 0x80) == 0) return true;
  }
  return false;
}

FtsLeaves::FtsLeaves(SqlStatement data, SqlStatement first, std::int64_t segment) : data_(std::move(data)), first_(std::move(first)), segment_(segment), leaf_(4, '\0') {}

Result<FtsLeaves> FtsLeaves::begin(SqlConnection& index, const std::string& table, std::int64_t segment) {
  GZ_TRY_ASSIGN(auto data, index.prepare("REPLACE INTO " + table + "_data(id,block) VALUES(?,?)"));
  GZ_TRY_ASSIGN(auto first, index.prepare("INSERT INTO " + table + "_idx(segid,term,pgno) VALUES(?,?,?)"));
  return FtsLeaves(std::move(data), std::move(first), segment);
}

Status FtsLeaves::flush_first() {
  if (first_page_ == 0) return ok();
  const bool with_rows = !rows_of_leaves_.empty() && leaves_without_term_ >= kLeavesWorthAnIndex && rows_of_leaves_.size() <= kLeafBytes;       // a longer one would need another level
  if (with_rows) GZ_TRY(data_.bind(1, rows_id(segment_, first_page_)).bind(2, bytes_of(rows_of_leaves_)).run());
  rows_of_leaves_.clear();
  leaves_without_term_ = 0;
  GZ_TRY(first_.bind(1, segment_).bind(2, bytes_of(first_term_)).bind(3, first_page_ << 1 | (with_rows ? 1 : 0)).run());
  first_page_ = 0;
  return ok();
}

Status FtsLeaves::flush_leaf() {
  put_u16(leaf_, 2, leaf_.size());
  if (no_term_) {
    if (no_row_ && !rows_of_leaves_.empty()) rows_of_leaves_ += '\0';
    ++leaves_without_term_;
  } else {
    leaf_ += footer_;
  }
  GZ_TRY(data_.bind(1, leaf_id(segment_, page_)).bind(2, bytes_of(leaf_)).run());
  leaf_.assign(4, '\0');
  footer_.clear();
  last_in_footer_ = 0;
  ++page_;
  no_term_ = no_row_ = true;
  return ok();
}

Status FtsLeaves::begin_term(std::string_view token) {
  std::string term(1, kMainIndex);
  term += token;
  if (used() + term.size() + 2 >= kLeafBytes && leaf_.size() > 4) GZ_TRY(flush_leaf());
  put_varint(footer_, leaf_.size() - last_in_footer_);
  last_in_footer_ = leaf_.size();
  const std::size_t alike = same_beginning(term_, term);
  if (no_term_) {
    if (page_ != 1) {
      GZ_TRY(flush_first());
      first_term_ = term.substr(0, alike + 1);
      first_page_ = page_;
    }
    put_varint(leaf_, term.size());
    leaf_ += term;
  } else {
    put_varint(leaf_, alike);
    put_varint(leaf_, term.size() - alike);
    leaf_.append(term, alike);
  }
  term_ = std::move(term);
  no_term_ = no_row_ = false;
  first_of_term_ = true;
  return ok();
}

void FtsLeaves::begin_row(std::int64_t row) {
  row_ = row;
  places_.clear();
  last_place_ = 0;
}

void FtsLeaves::put_place(std::uint32_t at) {
  put_varint(places_, at - last_place_ + 2);
  last_place_ = at;
}

// The first row on a leaf without a term so far.
void FtsLeaves::note_row(std::int64_t row) {
  if (rows_of_leaves_.empty()) {
    rows_of_leaves_ += '\0';
    put_varint(rows_of_leaves_, static_cast<std::uint64_t>(page_));
    put_varint(rows_of_leaves_, static_cast<std::uint64_t>(row));
  } else {
    put_varint(rows_of_leaves_, static_cast<std::uint64_t>(row - last_noted_));
  }
  last_noted_ = row;
}

Status FtsLeaves::put_row_number() {
  if (used() >= kLeafBytes) GZ_TRY(flush_leaf());
  if (no_row_) {
    put_u16(leaf_, 0, leaf_.size());
    note_row(row_);
  }
  put_varint(leaf_, static_cast<std::uint64_t>(first_of_term_ || no_row_ ? row_ : row_ - last_row_));
  last_row_ = row_;
  first_of_term_ = no_row_ = false;
  return ok();
}

Status FtsLeaves::put_places() {
  std::string_view rest = places_;
  while (used() + rest.size() >= kLeafBytes) {
    const std::size_t room = kLeafBytes > used() ? kLeafBytes - used() : 0;
    const std::size_t count = whole_numbers(rest, room);
    leaf_ += rest.substr(0, count);
    rest.remove_prefix(count);
    GZ_TRY(flush_leaf());
    if (rest.empty()) return ok();
  }
  leaf_ += rest;
  return ok();
}

Status FtsLeaves::end_row() {
  GZ_TRY(put_row_number());
  put_varint(leaf_, places_.size() * 2);
  return put_places();
}

Result<std::int64_t> FtsLeaves::finish() {
  if (leaf_.size() > 4) GZ_TRY(flush_leaf());
  if (page_ > 1) GZ_TRY(flush_first());
  return page_ - 1;
}

}  // namespace guzheng
