// ui. Accessibility where Qt's own is not safe.
#pragma once

namespace guzheng::ui {

// Once, before the first widget is asked for. Qt 6.4 answers for a QScrollArea's child without looking whether there is one: a screen reader that asks for a
// scroll bar which has just gone brings the program down, and a capture with it. From here on such a question is answered with "none".
void make_accessibility_safe();

}  // namespace guzheng::ui
