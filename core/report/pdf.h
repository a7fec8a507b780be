// Room report. PDF pages laid over each other by libqpdf, and the marks drawn as outlines. Any thread.
#pragma once

#include <QByteArray>
#include <string>

#include "core/base/result.h"

namespace guzheng {

Result<int> count_pdf_pages(const QByteArray& pdf);

// One page with 骑缝章 (half a ring at the right edge), when `edge_seal`, and, when `practice_mark` is not empty, that mark twice across the page.
// Outlines, not text: text set by QPdfWriter turns 子 and 生 into Kangxi radicals and would spoil searching.
QByteArray draw_page_marks(const std::string& practice_mark, bool edge_seal = true);

// Page i of `overlay` and the one page of `marks` over page i of `body`; title and subject in the document information, which
// stands outside every compressed stream: a verifier without a PDF library finds the subject (ASCII) there.
// Invalid when the page counts differ or a document cannot be read.
Result<QByteArray> lay_over(const QByteArray& body, const QByteArray& overlay, const QByteArray& marks, const std::string& title,
                            const std::string& subject);

}  // namespace guzheng
