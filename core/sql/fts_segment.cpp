#include "core/sql/fts_segment.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/sql/bigrams.h"
#include "core/sql/fts_leaves.h"

namespace guzheng {

namespace {

// Of a key of so many bits the first eight say which heap, the rest is sorted.
constexpr std::size_t kNumberBits = 43, kMarkBits = 56, kHeapBits = 8, kDigitBits = 9;

// The least significant digit first, so that equal keys stay in their order: rows and places rise. `other` is room for it.
template <typename T>
void sort_by_key(std::vector<T>& all, std::size_t bits, std::vector<T>& other) {
  constexpr std::size_t kDigits = std::size_t{1} << kDigitBits;
  if (other.size() < all.size()) other.resize(all.size() + all.size() / 4);
  T *from = all.data(), *to = other.data();
  for (std::size_t shift = 0; shift < bits; shift += kDigitBits) {
    std::array<std::uint32_t, kDigits> starts{};
    for (std::size_t i = 0; i < all.size(); ++i) ++starts[(from[i].key >> shift) & (kDigits - 1)];
    std::uint32_t sum = 0;
    for (auto& start : starts) sum += std::exchange(start, sum);
    for (std::size_t i = 0; i < all.size(); ++i) to[starts[(from[i].key >> shift) & (kDigits - 1)]++] = from[i];
    std::swap(from, to);
  }
  if (from != all.data()) std::copy(from, from + all.size(), all.data());
}

// Its bytes have seven bits each and rise with them; of a shorter and a longer one that begin alike the shorter comes first.
std::uint64_t key_of_number(std::string_view token) {
  std::uint64_t key = 0;
  for (const char c : token.substr(0, 4)) key = key << 7 | (static_cast<unsigned char>(c) & 0x7f);
  if (token.size() == 4) return key << 15;
  return key << 15 | std::uint64_t{1} << 14 | (static_cast<std::uint64_t>(token[4]) & 0x7f) << 7 | (static_cast<std::uint64_t>(token[5]) & 0x7f);
}

std::string_view number_of_key(std::uint64_t key, std::array<char, 6>& bytes) {
  for (std::size_t i = 0; i < 4; ++i) bytes[i] = static_cast<char>(0x80 | ((key >> (36 - 7 * i)) & 0x7f));
  bytes[4] = static_cast<char>(0x80 | ((key >> 7) & 0x7f));
  bytes[5] = static_cast<char>(0x80 | (key & 0x7f));
  return {bytes.data(), (key >> 14 & 1) != 0 ? 6u : 4u};
}

std::uint64_t key_of_mark(std::string_view token) {
  std::uint64_t key = 0;
  for (std::size_t i = 1; i < 8; ++i) key = key << 8 | (i < token.size() ? static_cast<unsigned char>(token[i]) : 0u);
  return key;
}

// What the index consists of: one record of the table's data.
struct Structure {
  struct Segment { std::uint64_t id = 0, first = 0, last = 0; };
  struct Level { std::uint64_t merging = 0; std::vector<Segment> segments; };
  std::string cookie;
  std::uint64_t written = 0;
  std::vector<Level> levels;
};

constexpr std::int64_t kTotalsRow = 1, kStructureRow = 10;
constexpr std::uint64_t kMostSegments = 1900, kMostLevels = 64;  // FTS5 itself ends at 2,000

std::optional<Structure> read_structure(ByteView record) {
  Structure out;
  std::size_t at = 4;
  bool whole = record.size() > 4;
  const auto next = [&]() -> std::uint64_t {
    std::uint64_t value = 0;
    whole = whole && get_varint(record, at, value);
    return value;
  };
  if (!whole || (record.size() >= 8 && record[4] == 0xff)) return std::nullopt;        // another form, of tables that we do not make
  out.cookie.assign(record.begin(), record.begin() + 4);
  const auto levels = next(), segments = next();
  out.written = next();
  if (!whole || levels > kMostLevels || segments > kMostSegments) return std::nullopt;
  for (std::uint64_t level = 0; level < levels && whole; ++level) {
    auto& now = out.levels.emplace_back();
    now.merging = next();
    const auto count = next();
    for (std::uint64_t i = 0; i < count && whole && i <= segments; ++i) {
      Structure::Segment segment;
      segment.id = next();
      segment.first = next();
      segment.last = next();
      now.segments.push_back(segment);
    }
  }
  return whole ? std::optional(std::move(out)) : std::nullopt;
}

std::string structure_record(const Structure& structure) {
  std::string out = structure.cookie;
  std::uint64_t segments = 0;
  for (const auto& level : structure.levels) segments += level.segments.size();
  put_varint(out, structure.levels.size());
  put_varint(out, segments);
  put_varint(out, structure.written);
  for (const auto& level : structure.levels) {
    put_varint(out, level.merging);
    put_varint(out, level.segments.size());
    for (const auto& segment : level.segments)
      for (const auto value : {segment.id, segment.first, segment.last}) put_varint(out, value);
  }
  return out;
}

Result<Bytes> read_record(SqlConnection& index, const std::string& table, std::int64_t row) {
  GZ_TRY_ASSIGN(auto ask, index.prepare("SELECT block FROM " + table + "_data WHERE id=?"));
  GZ_TRY_ASSIGN(const bool there, ask.bind(1, row).step());
  if (!there) return Bytes();
  const ByteView block = ask.bytes(0);
  return Bytes(block.begin(), block.end());
}

Status write_record(SqlConnection& index, const std::string& table, std::int64_t row, const std::string& record) {
  GZ_TRY_ASSIGN(auto put, index.prepare("REPLACE INTO " + table + "_data(id,block) VALUES(?,?)"));
  return put.bind(1, row).bind(2, ByteView(reinterpret_cast<const std::uint8_t*>(record.data()), record.size())).run();
}

// How many rows the table holds, and how many places they have.
Status add_totals(SqlConnection& index, const std::string& table, std::uint64_t rows, std::uint64_t places) {
  GZ_TRY_ASSIGN(const Bytes have, read_record(index, table, kTotalsRow));
  std::uint64_t had_rows = 0, had_places = 0;
  std::size_t at = 0;
  if (!have.empty() && (!get_varint(have, at, had_rows) || !get_varint(have, at, had_places))) return fail(ErrorKind::Tampered, "the full-text index does not know its size");
  std::string record;
  put_varint(record, had_rows + rows);
  put_varint(record, had_places + places);
  return write_record(index, table, kTotalsRow, record);
}

std::uint64_t free_id(const Structure& structure) {
  std::vector<bool> taken(kMostSegments + 2);
  for (const auto& level : structure.levels)
    for (const auto& segment : level.segments)
      if (segment.id < taken.size()) taken[segment.id] = true;
  std::uint64_t id = 1;
  while (taken[id]) ++id;
  return id;
}

template <typename List, typename Same>
Status put_groups(FtsLeaves& leaves, const std::vector<std::int64_t>& rows, const List& list, Same same) {
  for (std::size_t at = 0, end = 0; at < list.size(); at = end) {
    GZ_TRY(leaves.begin_term(same.bytes(list[at])));
    for (end = at; end < list.size() && same(list[at], list[end]);) {
      const auto row = list[end].place.row;
      leaves.begin_row(rows[row]);
      for (; end < list.size() && list[end].place.row == row && same(list[at], list[end]); ++end) leaves.put_place(list[end].place.at);
      GZ_TRY(leaves.end_row());
    }
  }
  return ok();
}

struct SameNumber {
  mutable std::array<char, 6> room{};
  bool operator()(const FtsSegment::Number& a, const FtsSegment::Number& b) const { return a.key == b.key; }
  std::string_view bytes(const FtsSegment::Number& one) const { return number_of_key(one.key, room); }
};

struct SameMark {
  const std::string& all;
  std::string_view bytes(const FtsSegment::Mark& one) const { return std::string_view(all).substr(one.begin, one.size); }
  bool operator()(const FtsSegment::Mark& a, const FtsSegment::Mark& b) const { return a.key == b.key && (&a == &b || bytes(a) == bytes(b)); }
};

// Beyond the key few are alike: those are put in order by all their bytes.
void sort_marks(std::vector<FtsSegment::Mark>& marks, const SameMark& same, std::vector<FtsSegment::Mark>& other) {
  sort_by_key(marks, kMarkBits - kHeapBits, other);
  for (std::size_t at = 0, end = 0; at < marks.size(); at = end) {
    bool all_same = true;
    for (end = at + 1; end < marks.size() && marks[end].key == marks[at].key; ++end) all_same = all_same && same(marks[end - 1], marks[end]);
    const auto from = marks.begin() + static_cast<std::ptrdiff_t>(at), to = marks.begin() + static_cast<std::ptrdiff_t>(end);
    if (!all_same) std::stable_sort(from, to, [&](const FtsSegment::Mark& a, const FtsSegment::Mark& b) { return same.bytes(a) < same.bytes(b); });
  }
}

}  // namespace

void FtsSegment::take(std::string_view token, Place place) {
  ++tokens_;
  if (token.front() == kOtherText) return ends_.push_back(place);
  if (token.front() != kMarks) {
    const std::uint64_t key = key_of_number(token);
    return numbers_[key >> (kNumberBits - kHeapBits)].push_back({key, place});
  }
  const std::uint64_t key = key_of_mark(token);
  marks_[key >> (kMarkBits - kHeapBits)].push_back({key, place, static_cast<std::uint32_t>(mark_bytes_.size()), static_cast<std::uint32_t>(token.size())});
  mark_bytes_ += token;
}

void FtsSegment::add(std::int64_t row, std::string_view document) {
  const auto number = static_cast<std::uint32_t>(rows_.size());
  rows_.push_back(row);
  std::uint32_t places = 0;
  each_token(document, [&](std::string_view token, bool same_place) {
    if (!same_place || places == 0) ++places;                    // as FTS5 counts them
    take(token, {number, places - 1});
  });
  places_ += places;
}

void FtsSegment::clear() {
  rows_.clear();
  ends_.clear();
  for (auto& heap : marks_) heap.clear();
  for (auto& heap : numbers_) heap.clear();
  mark_bytes_.clear();
  places_ = tokens_ = 0;
}

Result<bool> FtsSegment::fits(SqlConnection& index, const std::string& table) {
  GZ_TRY_ASSIGN(auto ask, index.prepare("SELECT v FROM " + table + "_config WHERE k='version'"));
  GZ_TRY_ASSIGN(const bool there, ask.step());
  if (!there || ask.integer(0) != 4) return false;
  GZ_TRY_ASSIGN(const auto record, read_record(index, table, kStructureRow));
  const auto structure = read_structure(record);
  return structure.has_value() && structure->levels.size() < kMostLevels;
}

Result<std::int64_t> FtsSegment::write(SqlConnection& index, const std::string& table) {
  if (rows_.empty()) return std::int64_t{0};
  GZ_TRY_ASSIGN(const auto before, read_record(index, table, kStructureRow));
  auto structure = read_structure(before);
  if (!structure) return fail(ErrorKind::Unsupported, "the full-text index has another form than is written here");
  const std::uint64_t id = free_id(*structure);
  GZ_TRY_ASSIGN(auto leaves, FtsLeaves::begin(index, table, static_cast<std::int64_t>(id)));
  if (!ends_.empty()) {
    GZ_TRY(leaves.begin_term({&kOtherText, 1}));
    for (std::size_t at = 0; at < ends_.size();) {
      const auto row = ends_[at].row;
      leaves.begin_row(rows_[row]);
      for (; at < ends_.size() && ends_[at].row == row; ++at) leaves.put_place(ends_[at].at);
      GZ_TRY(leaves.end_row());
    }
  }
  std::vector<Mark> other_marks;
  for (auto& heap : marks_) {
    sort_marks(heap, SameMark{mark_bytes_}, other_marks);
    GZ_TRY(put_groups(leaves, rows_, heap, SameMark{mark_bytes_}));
  }
  std::vector<Number> other_numbers;
  for (auto& heap : numbers_) {
    sort_by_key(heap, kNumberBits - kHeapBits, other_numbers);
    GZ_TRY(put_groups(leaves, rows_, heap, SameNumber{}));
  }
  GZ_TRY_ASSIGN(const auto written, leaves.finish());
  if (structure->levels.empty()) structure->levels.emplace_back();
  if (written > 0) structure->levels.front().segments.push_back({id, 1, static_cast<std::uint64_t>(written)});
  structure->written += static_cast<std::uint64_t>(written);
  GZ_TRY(write_record(index, table, kStructureRow, structure_record(*structure)));
  GZ_TRY(add_totals(index, table, rows_.size(), places_));
  clear();
  return written * static_cast<std::int64_t>(structure->levels.size());
}

}  // namespace guzheng
