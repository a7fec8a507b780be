#include "core/media/find_picture.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <numeric>

#include "core/media/png.h"

namespace guzheng {

namespace {

constexpr std::uint32_t kLeastSide = 8;
constexpr std::uint64_t kLeastContrast = 6;        // mean distance from the mean, of 255 shades
constexpr std::size_t kProbes = 64;

struct Grey {
  std::uint32_t width = 0, height = 0;
  Bytes shades;
  [[nodiscard]] const std::uint8_t* row(std::uint32_t y) const { return shades.data() + std::size_t{y} * width; }
};

Grey grey_of(const Frame& frame) {
  Grey out{frame.width, frame.height, Bytes(std::size_t{frame.width} * frame.height)};
  for (std::uint32_t y = 0; y < frame.height; ++y) {
    const std::uint8_t* from = frame.pixels->data() + std::size_t{y} * frame.stride;
    std::uint8_t* to = out.shades.data() + std::size_t{y} * frame.width;
    for (std::uint32_t x = 0; x < frame.width; ++x, from += 4) to[x] = static_cast<std::uint8_t>((from[0] * 29 + from[1] * 150 + from[2] * 77) >> 8);
  }
  return out;
}

std::uint64_t contrast_of(const Grey& grey) {
  const std::uint64_t count = grey.shades.size();
  const auto mean = static_cast<int>(std::accumulate(grey.shades.begin(), grey.shades.end(), std::uint64_t{0}) / count);
  std::uint64_t sum = 0;
  for (const auto shade : grey.shades) sum += static_cast<std::uint64_t>(std::abs(shade - mean));
  return sum;
}

// Pixels that tell most: half of them dark, half of them light, spread over the picture. Places that differ there are left at once.
struct Probe {
  std::size_t offset = 0;                          // in the page
  int shade = 0;
};
std::vector<Probe> probes_of(const Grey& wanted, std::uint32_t page_width) {
  std::vector<std::uint32_t> order(wanted.shades.size());
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return wanted.shades[a] < wanted.shades[b]; });
  const std::size_t tenth = std::max<std::size_t>(kProbes / 2, order.size() / 10);
  std::vector<Probe> out;
  for (std::size_t i = 0; i < kProbes / 2; ++i) {
    const std::size_t step = i * tenth / (kProbes / 2);
    for (const std::size_t at : {step, order.size() - 1 - step}) {
      const std::uint32_t pixel = order[std::min(at, order.size() - 1)];
      out.push_back({std::size_t{pixel / wanted.width} * page_width + pixel % wanted.width, wanted.shades[pixel]});
    }
  }
  return out;
}

// Sum of differences at a place; more than `limit` as soon as it is passed.
std::uint64_t difference_at(const Grey& page, const Grey& wanted, std::uint32_t x, std::uint32_t y, std::uint64_t limit) {
  std::uint64_t sum = 0;
  for (std::uint32_t row = 0; row < wanted.height && sum <= limit; ++row) {
    const std::uint8_t *a = page.row(y + row) + x, *b = wanted.row(row);
    for (std::uint32_t column = 0; column < wanted.width; ++column) sum += static_cast<std::uint64_t>(std::abs(a[column] - b[column]));
  }
  return sum;
}

bool has_pixels(const Frame& frame) { return frame.pixels && frame.width > 0 && frame.height > 0; }

}  // namespace

Status check_wanted(const Frame& wanted) {
  if (!has_pixels(wanted) || wanted.width < kLeastSide || wanted.height < kLeastSide) return fail(ErrorKind::Invalid, "a picture to look for has at least 8×8 pixels");
  if (contrast_of(grey_of(wanted)) < kLeastContrast * wanted.width * wanted.height)
    return fail(ErrorKind::Invalid, "the picture to look for shows nothing: a plain area would be found everywhere");
  return ok();
}

Result<std::optional<PictureFound>> find_picture(const Frame& page, const Frame& wanted, std::uint32_t most) {
  GZ_TRY(check_wanted(wanted));
  if (!has_pixels(page)) return fail(ErrorKind::Invalid, "the page has no pixels");
  if (wanted.width > page.width || wanted.height > page.height) return std::optional<PictureFound>{};
  const Grey on = grey_of(page), look = grey_of(wanted);
  const std::uint64_t contrast = contrast_of(look);
  const auto probes = probes_of(look, page.width);
  std::uint64_t limit = contrast * most / 1000;
  // the probes are the picture's extremes: where the whole may differ by so much, they may by three times that
  const auto probe_limit = static_cast<int>(std::max<std::uint64_t>(8, 3 * limit / (std::uint64_t{wanted.width} * wanted.height)) * probes.size());
  std::optional<PictureFound> best;
  for (std::uint32_t y = 0; y + wanted.height <= page.height; ++y) {
    for (std::uint32_t x = 0; x + wanted.width <= page.width; ++x) {
      const std::uint8_t* corner = on.row(y) + x;
      int sum = 0;
      for (std::size_t i = 0; i < probes.size() && sum <= probe_limit; ++i) sum += std::abs(corner[probes[i].offset] - probes[i].shade);
      if (sum > probe_limit) continue;
      const std::uint64_t difference = difference_at(on, look, x, y, limit);
      if (difference > limit || (best && difference == limit)) continue;
      limit = difference;
      best = PictureFound{x, y, wanted.width, wanted.height, static_cast<std::uint32_t>(difference * 1000 / contrast)};
      if (difference == 0) return best;
    }
  }
  return best;
}

Result<Bytes> cut_wanted(ByteView page_png, std::uint32_t x, std::uint32_t y, std::uint32_t width, std::uint32_t height) {
  GZ_TRY_ASSIGN(const Frame page, decode_png(page_png));
  if (width == 0 || height == 0 || x >= page.width || y >= page.height || width > page.width - x || height > page.height - y) return fail(ErrorKind::Invalid, "the part reaches outside the picture");
  Frame cut;
  cut.width = width;
  cut.height = height;
  cut.stride = width * 4;
  Bytes pixels;
  pixels.reserve(std::size_t{cut.stride} * height);
  for (std::uint32_t row = 0; row < height; ++row) {
    const auto* from = page.pixels->data() + std::size_t{y + row} * page.stride + std::size_t{x} * 4;
    pixels.insert(pixels.end(), from, from + cut.stride);
  }
  cut.pixels = std::make_shared<const Bytes>(std::move(pixels));
  GZ_TRY(check_wanted(cut));
  return encode_png(cut);
}

}  // namespace guzheng
