// Room report. Copies of pictures for showing: annotated (标注副本: arrows, frames, text) or with parts covered (遮盖副本, B-4.3).
// A copy never replaces its original: it is a file of its own beside the report, with its own digest, and says on itself what it
// is. FORMAT.md 9.6. Pure but for write_copies; any thread; drawing text needs a QGuiApplication.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/json.h"
#include "core/base/result.h"

class QImage;
class QSize;

namespace guzheng {

// In pixels of the original, from its upper left corner.
struct CopyMark {
  enum class Shape { Frame, Arrow, Text, Box };      // Box: filled, nothing below can be seen
  Shape shape = Shape::Frame;
  int x = 0, y = 0, w = 0, h = 0;          // Frame, Box; Arrow: from (x, y) to (w, h)
  std::string text;
};

struct CopyOrder {
  int item = 0;                            // number of the item in values.json
  bool covers = false;                     // 遮盖副本; else 标注副本
  std::vector<CopyMark> marks;
};

// {"schema":"guzheng-copies/1","copies":[{"item":1,"kind":"标注|遮盖","marks":[{"shape":"frame|box","x","y","w","h"} |
// {"shape":"arrow","x","y","x2","y2"} | {"shape":"text","x","y","text"}]}]}. A 标注 copy has no box, a 遮盖 copy at least one.
// Invalid says which copy and mark.
Result<std::vector<CopyOrder>> parse_copies(std::string_view text);

// The text that parse_copies reads: how the workstation tells its helper what to draw.
std::string copies_text(const std::vector<CopyOrder>& orders);

// A mark's every pixel would lie on a picture of that size.
bool mark_lies_inside(const CopyMark& mark, const QSize& size);
// On an RGB picture, in their order; each must lie inside it.
void draw_marks(QImage& image, const std::vector<CopyMark>& marks);

// PNG of the same size as `original` (PNG or JPEG), without anything of its metadata. Invalid: no picture, or a mark that lies
// outside it.
Result<Bytes> draw_copy(ByteView original, const CopyOrder& order, const std::string& practice_mark);

// A copy as the report prints it and copies.json names it.
struct ReportCopy {
  int item = 0;
  bool covers = false;
  std::string file, sha256;                // "copy-0001.png"
  std::string of, of_sha256;               // path of the original in the package
};

struct ReportSource;
// Draws every copy into `folder` (copy-NNNN.png) and writes copies.json there. Exists: one is there already. NotFound: the
// package has no such item. Tampered: the original is not what its manifest says, so nothing is drawn from it.
Result<std::vector<ReportCopy>> write_copies(const ReportSource& source, const std::vector<CopyOrder>& orders,
                                             const std::filesystem::path& folder, const std::string& practice_mark);

}  // namespace guzheng
