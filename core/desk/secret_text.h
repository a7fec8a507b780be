// Room desk. A passphrase that was typed into a field of the window, taken into pages of its own (core/base/secret.h).
// What cannot be helped: Qt's field holds the text in memory of its own while it is typed, gives up a buffer unwiped each time it outgrows it, and
// remembers single letters for undoing until it is emptied; the letters came through the input method, the display server and
// the kernel, and a screen reader is told of each. None of these has the whole text in a place that this program could wipe. What
// remains after taking: nothing in a std::string, and the field's last buffer is overwritten.
#pragma once

#include <QString>

#include "core/base/secret.h"

namespace guzheng {

// `text` in UTF-8. Its buffer is overwritten, also where other QStrings share it: let go of the field's text before. Any thread.
Secret taken_from(QString& text);

}  // namespace guzheng
