// ui. The recording of a package: thumbnails of its captures, the film, the bar. Space plays, ←→ five seconds, M sound.
#pragma once

#include <QFrame>
#include <QImage>
#include <memory>

#include "core/desk/package_view.h"
#include "core/desk/player_desk.h"

class QLabel;
class QPushButton;

namespace guzheng::ui {

class RowList;
class SeekBar;
class SpeakerRow;

// Paints the newest frame of the player, letterboxed.
class FilmPane : public QWidget {
  Q_OBJECT
 public:
  explicit FilmPane(PlayerDesk& player, QWidget* parent = nullptr);
  [[nodiscard]] QSize sizeHint() const override { return {240, 320}; }
  [[nodiscard]] QSize minimumSizeHint() const override { return {100, 120}; }
  void clear();

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  PlayerDesk& player_;
  std::shared_ptr<const Frame> frame_;
};

class PlayerCard : public QFrame {
  Q_OBJECT
 public:
  explicit PlayerCard(PlayerDesk& player, QWidget* parent = nullptr);
  void show_package(const std::shared_ptr<const PackageView>& view);
  void clear();
  void set_thumbnail(int number, const QImage& image);
  void toggle();
  void skip(std::int64_t ms);

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void build_controls();
  void refresh_time();
  void jump_shot(int direction);

  PlayerDesk& player_;
  std::shared_ptr<const PackageView> view_;
  RowList* shots_;
  FilmPane* film_;
  SeekBar* bar_;
  QWidget* controls_ = nullptr;
  QPushButton *play_ = nullptr, *speed_ = nullptr;
  QLabel *now_ = nullptr, *facts_ = nullptr;
  SpeakerRow* speaker_ = nullptr;          // shown where sound was recorded
  double rate_ = 1.0;
};

}  // namespace guzheng::ui
