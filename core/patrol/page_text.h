// Room patrol. What a reader of a page sees of its text. Foreign bytes; libxml2's HTML reader does the reading. Pure; any thread.
#pragma once

#include <string>

#include "core/base/bytes.h"

namespace guzheng {

// UTF-8, without scripts, styles and comments, runs of blanks as one; title first. HTML in any character set that the page or `content_type` names (GB18030,
// GBK, UTF-8, …); plain text and JSON as they are; "" for anything else.
std::string page_text(ByteView page, const std::string& content_type);

}  // namespace guzheng
