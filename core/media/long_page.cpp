#include "core/media/long_page.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <numeric>
#include <string_view>
#include <unordered_map>

namespace guzheng {

namespace {

constexpr std::uint32_t kPixel = 4;
constexpr std::uint32_t kLeastDistinct = 24;       // rows of different content that an overlap must show
// Of the rows that two pictures would both show: what stands still on a page (its bars) and what changed in between take their part.
constexpr std::uint64_t kLeastShared = 1, kOfShared = 4;

const std::uint8_t* row_of(const Frame& frame, std::uint32_t row) { return frame.pixels->data() + std::size_t{row} * frame.stride; }
std::size_t compared_bytes(const Frame& frame) { return std::size_t{frame.width - frame.width * 3 / 100} * kPixel; }

// A number for each row, the same for equal rows of both pictures: equal numbers are equal pixels, no digest is trusted.
class RowNames {
 public:
  explicit RowNames(std::size_t bytes) : bytes_(bytes) {}
  std::vector<std::uint32_t> of(const Frame& frame) {
    std::vector<std::uint32_t> out;
    for (std::uint32_t row = 0; row < frame.height; ++row) {
      const std::string_view text(reinterpret_cast<const char*>(row_of(frame, row)), bytes_);
      out.push_back(names_.try_emplace(text, static_cast<std::uint32_t>(names_.size())).first->second);
    }
    return out;
  }

 private:
  std::size_t bytes_;
  std::unordered_map<std::string_view, std::uint32_t> names_;      // into the frames, which outlive it
};

struct Run {
  std::uint32_t top = 0, rows = 0, distinct = 0;
};
// What two pictures share at one distance: the stretch that shows most, and all equal rows together.
struct Shared {
  Run best;
  std::uint32_t rows = 0;
};

Shared shared_at(const std::vector<std::uint32_t>& earlier, const std::vector<std::uint32_t>& later, std::uint32_t shift, std::vector<std::uint32_t>& seen,
                 std::uint32_t& mark) {
  const auto height = static_cast<std::uint32_t>(later.size());
  Shared out;
  for (std::uint32_t row = 0; row + shift < height;) {
    if (later[row] != earlier[row + shift]) {
      ++row;
      continue;
    }
    Run run{row, 0, 0};
    ++mark;
    for (; row + shift < height && later[row] == earlier[row + shift]; ++row) {
      ++run.rows;
      if (std::exchange(seen[later[row]], mark) != mark) ++run.distinct;
    }
    out.rows += run.rows;
    if (run.distinct > out.best.distinct || (run.distinct == out.best.distinct && run.rows > out.best.rows)) out.best = run;
  }
  return out;
}

bool same_shape(const Frame& a, const Frame& b) { return a.width == b.width && a.height == b.height && a.pixels && b.pixels && a.width > 0; }

bool rows_equal(const Frame& earlier, const Frame& later, const Overlap& overlap) {
  const auto end = std::uint64_t{overlap.top} + overlap.rows;
  if (overlap.shift == 0 || overlap.rows == 0 || end + overlap.shift > later.height) return false;
  for (std::uint32_t row = overlap.top; row < end; ++row)
    if (std::memcmp(row_of(later, row), row_of(earlier, row + overlap.shift), compared_bytes(later)) != 0) return false;
  return true;
}

}  // namespace

ScrollFound find_overlap(const Frame& earlier, const Frame& later) {
  if (!same_shape(earlier, later)) return {ScrollProblem::NoOverlap, {}};
  RowNames names(compared_bytes(earlier));
  const auto before = names.of(earlier), after = names.of(later);
  const auto same = static_cast<std::size_t>(std::inner_product(before.begin(), before.end(), after.begin(), 0, std::plus<>(), std::equal_to<>()));
  if (same * 100 >= before.size() * 97) return {ScrollProblem::NotMoved, {}};
  std::vector<std::uint32_t> seen(before.size() * 2, 0);
  std::uint32_t mark = 0, shift = 0, runner_up = 0;
  Shared best;
  for (std::uint32_t s = 1; s < earlier.height; ++s) {
    const Shared here = shared_at(before, after, s, seen, mark);
    if (here.best.distinct > best.best.distinct) {
      runner_up = best.best.distinct;
      best = here;
      shift = s;
    } else {
      runner_up = std::max(runner_up, here.best.distinct);
    }
  }
  if (best.best.distinct < kLeastDistinct || best.rows * kOfShared < (earlier.height - shift) * kLeastShared) return {ScrollProblem::NoOverlap, {}};
  if (runner_up * 10 >= best.best.distinct * 7) return {ScrollProblem::Ambiguous, {}};
  return {ScrollProblem::None, {shift, best.best.top, best.best.rows}};
}

Result<std::vector<LongPart>> long_parts(std::uint32_t height, const std::vector<Overlap>& overlaps) {
  std::vector<LongPart> out;
  std::uint32_t begin = 0;                       // in the picture at hand
  for (const auto& overlap : overlaps) {
    const std::uint64_t cut = std::uint64_t{overlap.top} + overlap.rows / 2, end = cut + overlap.shift;
    if (overlap.shift == 0 || overlap.rows == 0 || std::uint64_t{overlap.top} + overlap.rows + overlap.shift > height || end <= begin)
      return fail(ErrorKind::Invalid, "the overlaps of a long page do not belong together");
    out.push_back({begin, static_cast<std::uint32_t>(end - begin)});
    begin = static_cast<std::uint32_t>(cut);
  }
  if (begin >= height) return fail(ErrorKind::Invalid, "the overlaps of a long page do not belong together");
  out.push_back({begin, height - begin});
  return out;
}

Result<Frame> draw_long_page(const std::vector<Frame>& pictures, const std::vector<Overlap>& overlaps) {
  if (pictures.empty() || overlaps.size() + 1 != pictures.size()) return fail(ErrorKind::Invalid, "a long page has one overlap fewer than pictures");
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    if (!same_shape(pictures[0], pictures[i])) return fail(ErrorKind::Invalid, "the pictures of a long page are not of one size");
    if (i == 0) continue;
    // an overlap that was found is the one that is found again; one that somebody wrote there need not be
    const ScrollFound found = find_overlap(pictures[i - 1], pictures[i]);
    if (!rows_equal(pictures[i - 1], pictures[i], overlaps[i - 1]) || found.problem != ScrollProblem::None || !(found.overlap == overlaps[i - 1]))
      return fail(ErrorKind::Tampered, "pictures " + std::to_string(i) + " and " + std::to_string(i + 1) + " of the long page do not overlap as is said");
  }
  GZ_TRY_ASSIGN(const auto parts, long_parts(pictures[0].height, overlaps));
  std::uint64_t height = 0;
  for (const auto& part : parts) height += part.rows;
  if (height * pictures[0].width > kMostLongPixels) return fail(ErrorKind::Invalid, "the long page is too large for one picture");
  Frame out;
  out.width = pictures[0].width;
  out.height = static_cast<std::uint32_t>(height);
  out.stride = out.width * kPixel;
  Bytes pixels;
  pixels.reserve(std::size_t{out.stride} * out.height);
  for (std::size_t i = 0; i < parts.size(); ++i)
    for (std::uint32_t row = parts[i].top; row < parts[i].top + parts[i].rows; ++row) {
      const auto* from = row_of(pictures[i], row);
      pixels.insert(pixels.end(), from, from + out.stride);
    }
  out.pixels = std::make_shared<const Bytes>(std::move(pixels));
  return out;
}

}  // namespace guzheng
