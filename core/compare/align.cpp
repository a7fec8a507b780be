#include "core/compare/align.h"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

namespace guzheng {

namespace {

constexpr std::uint32_t kAcross = 16;        // pixels to a cell of a row
constexpr int kShades = 12;                  // of 255 to a shade: what two screens' dithering does stays within one, mostly
constexpr std::uint32_t kRare = 6;           // a row that stands more often in a picture (blank, a rule) says nothing of where it belongs
constexpr int kLeastRows = 24;

// A number for each row, the same for rows that look alike.
class Rows {
 public:
  std::vector<std::uint32_t> of(const Frame& frame) {
    std::vector<std::uint32_t> out;
    const std::uint32_t width = frame.width - frame.width * 3 / 100;
    std::string text;
    for (std::uint32_t y = 0; y < frame.height; ++y) {
      const std::uint8_t* at = frame.pixels->data() + std::size_t{y} * frame.stride;
      text.clear();
      for (std::uint32_t x = 0; x + kAcross <= width; x += kAcross) {
        int sum[3] = {0, 0, 0};
        for (std::uint32_t i = 0; i < kAcross; ++i)
          for (int c = 0; c < 3; ++c) sum[c] += at[(x + i) * 4 + static_cast<std::uint32_t>(c)];
        for (const int one : sum) text += static_cast<char>(one / static_cast<int>(kAcross) / kShades);
      }
      out.push_back(names_.try_emplace(text, static_cast<std::uint32_t>(names_.size())).first->second);
    }
    return out;
  }
  [[nodiscard]] std::size_t names() const { return names_.size(); }

 private:
  std::unordered_map<std::string, std::uint32_t> names_;
};

std::vector<std::uint32_t> counted(const std::vector<std::uint32_t>& rows, std::size_t names) {
  std::vector<std::uint32_t> out(names, 0);
  for (const auto row : rows) ++out[row];
  return out;
}

using Places = std::unordered_map<std::uint32_t, std::vector<int>>;

// The stretch of rows that gain most by the distance; empty when none gains enough.
struct Stretch {
  int top = 0, bottom = 0, gain = 0;
};
Stretch gaining(const std::vector<std::uint32_t>& first, const std::vector<std::uint32_t>& second, int shift) {
  const int height = static_cast<int>(first.size());
  int sum = 0, begin = 0;
  Stretch out;
  for (int y = 0; y < height; ++y) {
    const auto row = second[static_cast<std::size_t>(y)];
    const int from = y + shift;
    sum += static_cast<int>(from >= 0 && from < height && first[static_cast<std::size_t>(from)] == row) - static_cast<int>(first[static_cast<std::size_t>(y)] == row);
    if (sum <= 0) {
      sum = 0;
      begin = y + 1;
    } else if (sum > out.gain) {
      out = {begin, y + 1, sum};
    }
  }
  return out;
}

// The page reaches from the bar above it to the bar below: a bar is a run of rows at the edge that stand where they stood, but for a few (a clock).
Alignment page_between_bars(const std::vector<std::uint32_t>& first, const std::vector<std::uint32_t>& second, int shift, const Places& places,
                            const std::function<bool(std::uint32_t)>& rare) {
  const int height = static_cast<int>(first.size());
  const Stretch moved = gaining(first, second, shift);
  if (moved.gain < kLeastRows) return {};
  const auto worth = [&](int y) { return first[static_cast<std::size_t>(y)] == second[static_cast<std::size_t>(y)] ? 1 : -2; };
  Alignment out{shift, 0, height};
  for (int y = 0, sum = 0, best = 0; y < moved.top; ++y)
    if ((sum += worth(y)) > best) best = sum, out.top = y + 1;
  for (int y = height - 1, sum = 0, best = 0; y >= moved.bottom; --y)
    if ((sum += worth(y)) > best) best = sum, out.bottom = y;
  const int page = out.bottom - out.top, both = page - std::abs(shift);
  if (page * 2 < height || both * 10 < page * 6) return {};          // so little in common is no scrolled page
  // what only the second shows must be new: entries of a list that changed places are no scrolling
  int found = 0, all = 0;
  for (int y = shift > 0 ? out.bottom - shift : out.top; y < (shift > 0 ? out.bottom : out.top - shift); ++y) {
    const auto row = second[static_cast<std::size_t>(y)];
    if (!rare(row)) continue;
    ++all;
    found += places.contains(row);
  }
  if (found >= kLeastRows / 2 && found * 2 > all) return {};
  return out;
}

}  // namespace

Alignment align(const Frame& one, const Frame& other) {
  if (!one.pixels || !other.pixels || one.width != other.width || one.height != other.height || one.height == 0) return {};
  Rows names;
  const auto first = names.of(one), second = names.of(other);
  const auto often_first = counted(first, names.names()), often_second = counted(second, names.names());
  const auto rare = [&](std::uint32_t row) { return often_first[row] <= kRare && often_second[row] <= kRare; };
  Places places;
  for (std::size_t y = 0; y < first.size(); ++y)
    if (rare(first[y])) places[first[y]].push_back(static_cast<int>(y));
  const int height = static_cast<int>(first.size());
  std::vector<int> votes(static_cast<std::size_t>(height) * 2 + 1, 0);
  for (int y = 0; y < height; ++y)
    if (const auto found = places.find(second[static_cast<std::size_t>(y)]); found != places.end() && rare(found->first))
      for (const int place : found->second) ++votes[static_cast<std::size_t>(place - y + height)];
  int shift = 0, most = 0;
  for (int s = -height; s <= height; ++s) {
    const int here = votes[static_cast<std::size_t>(s + height)];
    if (s != 0 && (here > most || (here == most && std::abs(s) < std::abs(shift)))) {
      most = here;
      shift = s;
    }
  }
  if (most < kLeastRows) return {};
  return page_between_bars(first, second, shift, places, rare);
}

}  // namespace guzheng
