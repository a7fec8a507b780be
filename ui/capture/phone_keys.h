// ui. What the keyboard means while it is in the pane: as in scrcpy, Alt is the desk's own key, every other combination goes to the phone. Pure.
#pragma once

#include <Qt>
#include <optional>

#include "core/desk/live_desk.h"

namespace guzheng::ui {

// META_… of Android's KeyEvent for Shift, Ctrl, Alt and Meta, the left key's bit with each.
std::uint32_t android_meta(Qt::KeyboardModifiers modifiers);

// Ctrl, Alt or Meta with a letter, digit, Tab, or a key that android_key() knows: what the phone gets. None: it stays the window's (Ctrl+L locks,
// Ctrl+S saves, Ctrl and Alt with a digit choose page and kind).
std::optional<KeyEvent> combination(int qt_key, Qt::KeyboardModifiers modifiers);

// Alt+N, Alt+R …: an act on the phone itself. The help window and the menu 更多 list the same.
std::optional<ControlMessage> phone_act(int qt_key, Qt::KeyboardModifiers modifiers);

}  // namespace guzheng::ui
