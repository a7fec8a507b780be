#include "ui/capture/phone_keys.h"

#include "ui/capture/phone_pane.h"

namespace guzheng::ui {

std::uint32_t android_meta(Qt::KeyboardModifiers modifiers) {
  std::uint32_t meta = 0;
  if (modifiers & Qt::ShiftModifier) meta |= 0x1 | 0x40;
  if (modifiers & Qt::AltModifier) meta |= 0x2 | 0x10;
  if (modifiers & Qt::ControlModifier) meta |= 0x1000 | 0x2000;
  if (modifiers & Qt::MetaModifier) meta |= 0x10000 | 0x20000;
  return meta;
}

std::optional<KeyEvent> combination(int qt_key, Qt::KeyboardModifiers modifiers) {
  if (!(modifiers & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))) return std::nullopt;
  const bool ctrl = modifiers & Qt::ControlModifier, digit = qt_key >= Qt::Key_0 && qt_key <= Qt::Key_9;
  if (ctrl && (qt_key == Qt::Key_L || qt_key == Qt::Key_S)) return std::nullopt;
  if (digit && !(modifiers & Qt::MetaModifier)) return std::nullopt;
  std::uint32_t code = android_key(qt_key);
  if (qt_key >= Qt::Key_A && qt_key <= Qt::Key_Z) code = 29 + static_cast<std::uint32_t>(qt_key - Qt::Key_A);
  else if (digit) code = 7 + static_cast<std::uint32_t>(qt_key - Qt::Key_0);
  else if (qt_key == Qt::Key_Tab) code = 61;
  if (code == 0 || qt_key == Qt::Key_Escape) return std::nullopt;
  return KeyEvent{KeyAction::Down, code, 0, android_meta(modifiers)};
}

std::optional<ControlMessage> phone_act(int qt_key, Qt::KeyboardModifiers modifiers) {
  const bool shift = modifiers & Qt::ShiftModifier;
  if ((modifiers & ~(Qt::ShiftModifier | Qt::KeypadModifier)) != Qt::AltModifier) return std::nullopt;
  switch (qt_key) {
    case Qt::Key_N: return shift ? ControlMessage(CollapsePanels{}) : ControlMessage(ExpandNotifications{});
    case Qt::Key_E: return ExpandSettings{};
    case Qt::Key_R: return RotateDevice{};
    case Qt::Key_O: return DisplayPower{shift};
    case Qt::Key_W: return KeyEvent{KeyAction::Down, kKeyWakeUp, 0, 0};
    case Qt::Key_P: return KeyEvent{KeyAction::Down, kKeyPower, 0, 0};
    case Qt::Key_Up: return KeyEvent{KeyAction::Down, kKeyVolumeUp, 0, 0};
    case Qt::Key_Down: return KeyEvent{KeyAction::Down, kKeyVolumeDown, 0, 0};
    default: return std::nullopt;
  }
}

}  // namespace guzheng::ui
