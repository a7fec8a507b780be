// Room registry, inside. From a 64-bit hash to a subject, for millions of them: one flat table, 16 bytes a place, at most two thirds full.
#pragma once

#include <cstdint>
#include <vector>

#include "core/registry/subject.h"

namespace guzheng {

class KeyMap {
 private:
  struct Place {
    std::uint64_t hash = 0;
    SubjectId id = 0;                                            // 0: free
  };
  template <typename Places>
  static auto& place_of(Places& places, std::uint64_t hash) {
    std::size_t at = hash & (places.size() - 1);
    while (places[at].id != 0 && places[at].hash != hash) at = (at + 1) & (places.size() - 1);
    return places[at];
  }

 public:
  void add(std::uint64_t hash, SubjectId id) {                   // the first of equals stays
    if (places_.empty() || used_ * 3 >= places_.size() * 2) grow();
    auto& place = place_of(places_, hash);
    if (place.id != 0) return;
    place = {hash, id};
    ++used_;
  }
  [[nodiscard]] SubjectId find(std::uint64_t hash) const {       // 0: not there
    if (places_.empty()) return 0;
    return place_of(places_, hash).id;
  }

 private:
  void grow() {
    std::vector<Place> more(places_.empty() ? 1024 : places_.size() * 2);
    for (const auto& place : places_)
      if (place.id != 0) place_of(more, place.hash) = place;
    places_ = std::move(more);
  }
  std::vector<Place> places_;                                    // a power of two
  std::size_t used_ = 0;
};

}  // namespace guzheng
