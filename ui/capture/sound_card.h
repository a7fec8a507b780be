// ui. The phone's sound: its switch to the loudspeaker, and 录音文字记录: what an officer hears in the phone's sound, written down while the session runs. Shown only where sound is recorded.
#pragma once

#include <QFrame>

#include "core/desk/live_desk.h"

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace guzheng::ui {

class SpeakerRow;

class SoundCard : public QFrame {
  Q_OBJECT
 public:
  explicit SoundCard(LiveDesk& desk, QWidget* parent = nullptr);
  void refresh();

 private:
  void keep();

  LiveDesk& desk_;
  SpeakerRow* speaker_;
  QLabel* state_;
  QComboBox* stretch_;
  QPlainTextEdit* text_;
  QPushButton* keep_;
};

}  // namespace guzheng::ui
