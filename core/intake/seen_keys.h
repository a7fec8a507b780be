// Room intake. Which keys the rows of a file had so far: 16 bytes a key in a table at most two thirds full; ten million rows with two keys each take
// half a GiB. Keys are 64 bits of a hash: whoever finds one compares the values themselves before anything is merged. One thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/codes/cleaning_rules.h"
#include "core/registry/subject.h"

namespace guzheng {

class SeenKeys {
 public:
  struct Seen {
    std::uint64_t hash = 0;            // 0: an empty place
    std::uint32_t subject = 0;         // 0: not known (rows before a resumed import went on)
    std::uint32_t line = 0;
  };
  SeenKeys() : places_(1024) {}
  [[nodiscard]] const Seen* find(std::uint64_t hash) const {
    const Seen& place = places_[at(hash)];
    return place.hash == 0 ? nullptr : &place;
  }
  // The first stays when there is one already.
  void put(std::uint64_t hash, SubjectId subject, std::int64_t line) {
    if (count_ * 3 > places_.size() * 2) grow();
    Seen& place = places_[at(hash)];
    if (place.hash != 0) return;
    constexpr std::int64_t most = 0xFFFFFFFF;          // beyond them the subject is looked up, and the line is not told
    place = {hash, subject > most ? 0 : static_cast<std::uint32_t>(subject), line > most ? 0 : static_cast<std::uint32_t>(line)};
    ++count_;
  }
  [[nodiscard]] std::size_t size() const { return count_; }

 private:
  [[nodiscard]] std::size_t at(std::uint64_t hash) const {
    std::size_t i = hash & (places_.size() - 1);
    while (places_[i].hash != 0 && places_[i].hash != hash) i = (i + 1) & (places_.size() - 1);
    return i;
  }
  void grow() {
    std::vector<Seen> before(places_.size() * 2);
    before.swap(places_);
    for (const auto& seen : before)
      if (seen.hash != 0) places_[at(seen.hash)] = seen;
  }
  std::vector<Seen> places_;           // a power of two
  std::size_t count_ = 0;
};

// One key of one row. `by_code`: of codes alone, which two subjects never share.
struct RowKey {
  std::uint64_t hash = 0;
  CleaningRule::Then then = CleaningRule::Then::Merge;
  bool by_code = false;
};

// Chains parts to one key; never 0.
class KeyHash {
 public:
  explicit KeyHash(std::uint64_t kind) { mix(kind + 1); }
  void add(std::string_view part) {
    for (const char c : part) hash_ = (hash_ ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
    mix(part.size());
  }
  [[nodiscard]] std::uint64_t value() const { return hash_ == 0 ? 1 : hash_; }

 private:
  void mix(std::uint64_t more) {
    hash_ ^= more + 0x9e3779b97f4a7c15ull;
    hash_ = (hash_ ^ (hash_ >> 30)) * 0xbf58476d1ce4e5b9ull;
    hash_ = (hash_ ^ (hash_ >> 27)) * 0x94d049bb133111ebull;
    hash_ ^= hash_ >> 31;
  }
  std::uint64_t hash_ = 0xcbf29ce484222325ull;
};

}  // namespace guzheng
