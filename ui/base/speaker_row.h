// ui. A loudspeaker's switch: on or off, how loud, and in words why nothing is heard. Never a box: sound that cannot be heard stops no work.
#pragma once

#include <QWidget>

#include "core/desk/audio_out.h"

class QLabel;
class QPushButton;
class QSlider;

namespace guzheng::ui {

class SpeakerRow : public QWidget {
  Q_OBJECT
 public:
  // `name`: of the switch, for people and screen readers; `dark`: on the film's ground. `hint`: said while it plays or could; may be empty.
  SpeakerRow(SpeakerDesk& desk, const QString& name, bool dark, QWidget* parent = nullptr);
  void set_hint(const QString& hint);
  void toggle();

 private:
  void refresh();

  SpeakerDesk& desk_;
  const QString name_;
  const bool dark_;
  QString hint_;
  QPushButton* switch_;
  QSlider* volume_;
  QLabel* words_;
};

}  // namespace guzheng::ui
