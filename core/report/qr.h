// Room report. The fingerprint as a QR code, drawn as SVG (A-7.4b: the data fingerprint travels with the paper). Pure.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace guzheng {

// `text` byte for byte, error correction M, with the quiet zone of four modules that readers ask for.
Result<std::string> qr_svg(std::string_view text);

}  // namespace guzheng
