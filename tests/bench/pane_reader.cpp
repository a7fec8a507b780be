#include "tests/bench/pane_reader.h"

#include <algorithm>
#include <cmath>

namespace bench {

namespace {
constexpr int kSmallest = 45;

int luma(const std::uint8_t* p) { return (p[0] * 29 + p[1] * 150 + p[2] * 77) >> 8; }

// 1, 0, or −1 for grey: scaling and video coding blur edges, so only clear blocks count.
int bit_of(const std::uint8_t* p) {
  const int level = luma(p);
  return level >= 176 ? 1 : level <= 80 ? 0 : -1;
}

// The ring is (0,192,0); limited-range video and scaling shift it a little.
bool is_ring(const std::uint8_t* p) { return p[1] > 130 && p[1] < 240 && p[0] < 90 && p[2] < 90; }

// Grows a box around the connected ring pixels that start at (x, y), clearing them in `mask`.
Pane flood(std::vector<char>& mask, int width, int height, int x, int y) {
  Pane box{x, y, x + 1, y + 1};
  std::vector<std::pair<int, int>> todo{{x, y}};
  mask[std::size_t(y) * width + x] = 0;
  while (!todo.empty()) {
    const auto [px, py] = todo.back();
    todo.pop_back();
    box = {std::min(box.left, px), std::min(box.top, py), std::max(box.right, px + 1), std::max(box.bottom, py + 1)};
    for (int dy = -1; dy <= 1; ++dy) {
      for (int dx = -1; dx <= 1; ++dx) {
        const int nx = px + dx, ny = py + dy;
        if (nx < 0 || ny < 0 || nx >= width || ny >= height || !mask[std::size_t(ny) * width + nx]) continue;
        mask[std::size_t(ny) * width + nx] = 0;
        todo.emplace_back(nx, ny);
      }
    }
  }
  return box;
}

bool has_rings_shape(const Pane& pane) {
  const double width = pane.right - pane.left, height = pane.bottom - pane.top;
  return width >= kSmallest && std::abs(height - width * 5.5 / 9) < width * 0.06;
}
}  // namespace

// Ring's left edge is u/2, blocks start at (W − 8u)/2 = u of a picture 10u wide; rows start u/2 under the ring's top.
int Pane::block_x(int column) const { return left + static_cast<int>(std::lround(unit() * (column + 1))); }
int Pane::block_y(int row) const { return top + static_cast<int>(std::lround(unit() * (1 + row + (row >= 2 ? 0.5 : 0)))); }

std::vector<Pane> find_panes(const Pixels& picture) {
  std::vector<char> mask(std::size_t(picture.width) * picture.height);
  for (int y = 0; y < picture.height; ++y)
    for (int x = 0; x < picture.width; ++x) mask[std::size_t(y) * picture.width + x] = is_ring(picture.at(x, y));
  std::vector<Pane> panes;
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      if (!mask[std::size_t(y) * picture.width + x]) continue;
      const Pane pane = flood(mask, picture.width, picture.height, x, y);
      if (has_rings_shape(pane) && read_pane(picture, pane)) panes.push_back(pane);
    }
  }
  std::sort(panes.begin(), panes.end(), [](const Pane& a, const Pane& b) { return a.left < b.left; });
  return panes;
}

std::optional<std::uint16_t> read_pane(const Pixels& picture, const Pane& pane) {
  unsigned value = 0;
  for (int row = 0; row < 4; ++row) {
    for (int column = 0; column < 8; ++column) {
      const int bit = bit_of(picture.at(pane.block_x(column), pane.block_y(row)));
      if (bit < 0) return {};
      const int place = 15 - 8 * (row % 2) - column;
      if (row < 2) value |= unsigned(bit) << place;
      else if (bit == int(value >> place & 1)) return {};
    }
  }
  return static_cast<std::uint16_t>(value);
}

int read_low_bits(const std::uint8_t* row, int left, const Pane& pane) {
  int value = 0;
  for (int column = 0; column < 8; ++column) {
    const int bit = bit_of(row + std::ptrdiff_t{pane.block_x(column) - left} * 4);
    if (bit < 0) return -1;
    value |= bit << (7 - column);
  }
  return value;
}

}  // namespace bench
