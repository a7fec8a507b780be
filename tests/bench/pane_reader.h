// Finds counter panes (core/training/screen/counter.h) in a picture and reads their number. Pure: pixels in, values out.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace bench {

// 32 bits a pixel, B first; `stride` bytes a row. The caller owns the bytes.
struct Pixels {
  const std::uint8_t* data = nullptr;
  int width = 0, height = 0, stride = 0;
  [[nodiscard]] const std::uint8_t* at(int x, int y) const { return data + std::ptrdiff_t{y} * stride + std::ptrdiff_t{x} * 4; }
};

// Where a pane's ring stands, in the picture's pixels. The ring is 9 units wide and 5.5 high, whatever the scale.
struct Pane {
  int left = 0, top = 0, right = 0, bottom = 0;      // right and bottom exclusive
  [[nodiscard]] double unit() const { return (right - left) / 9.0; }
  [[nodiscard]] int block_x(int column) const;
  [[nodiscard]] int block_y(int row) const;
};

// Every ring with a readable counter inside, left to right. Rings under 45 pixels wide are too small to read.
std::vector<Pane> find_panes(const Pixels& picture);

// The counter; empty when a block is neither black nor white or the inverted copy disagrees (a torn picture).
std::optional<std::uint16_t> read_pane(const Pixels& picture, const Pane& pane);

// The low eight bits from row 1 alone, for a cheap look whether anything changed; −1 when unreadable.
// `row` is the pixel row block_y(1), its first pixel at x = `left` of the picture.
int read_low_bits(const std::uint8_t* row, int left, const Pane& pane);

}  // namespace bench
