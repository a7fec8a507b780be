// Room report. Screenshots as the report prints them: smaller copies, the original stays untouched. Any thread; no text
// reaches the PDF's text stream, the practice mark is part of the picture.
#pragma once

#include <QByteArray>
#include <QImage>
#include <QString>
#include <filesystem>
#include <string>

#include "core/base/bytes.h"

namespace guzheng {

// PNG or JPEG by their first bytes, nothing else: a picture from elsewhere meets no rarer decoder. Null when it is neither, is
// torn, or would need over 256 MB.
QImage decode_picture(ByteView bytes);
// The practice mark, twice across the picture.
void paint_mark(QImage& image, const QString& mark);

// JPEG at most `width` pixels wide. A file that is missing or no picture becomes a grey field with a cross.
QByteArray print_picture(const std::filesystem::path& file, int width, const std::string& practice_mark);
QByteArray print_picture(ByteView png, int width, const std::string& practice_mark);

}  // namespace guzheng
