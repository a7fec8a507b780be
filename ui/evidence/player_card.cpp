#include "ui/evidence/player_card.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/base/parts.h"
#include "ui/base/row_list.h"
#include "ui/base/speaker_row.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/capture/phone_pane.h"
#include "ui/evidence/seek_bar.h"

namespace guzheng::ui {

FilmPane::FilmPane(PlayerDesk& player, QWidget* parent) : QWidget(parent), player_(player) {
  setAttribute(Qt::WA_OpaquePaintEvent);
  setAccessibleName(tr("录像画面"));
  connect(&player_, &PlayerDesk::frame_ready, this, [this] {
    if (auto frame = player_.take_frame()) {
      frame_ = std::move(frame);
      update();
    }
  });
}

void FilmPane::clear() {
  frame_.reset();
  update();
}

void FilmPane::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), QColor("#131f30"));
  if (!frame_) return;
  const auto at = picture_rect(size(), frame_->width, frame_->height, 6);
  painter.fillRect(at.adjusted(-4, -4, 4, 4), QColor("#05080d"));
  const QImage image(frame_->pixels->data(), static_cast<int>(frame_->width), static_cast<int>(frame_->height),
                     static_cast<qsizetype>(frame_->stride), QImage::Format_RGB32);
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  painter.drawImage(at, image);
}

PlayerCard::PlayerCard(PlayerDesk& player, QWidget* parent) : QFrame(parent), player_(player) {
  setProperty("card", true);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(1, 0, 1, 1);
  all->setSpacing(0);
  auto* header = new QHBoxLayout;
  header->setContentsMargins(15, 10, 15, 10);
  header->addWidget(label(tr("录屏"), "title"));
  header->addStretch(1);
  facts_ = label({}, "small");
  facts_->setAccessibleName(tr("录屏参数"));
  header->addWidget(facts_);
  all->addLayout(header);
  auto* ground = new QFrame;
  ground->setObjectName("player");
  auto* column = new QVBoxLayout(ground);
  column->setContentsMargins(12, 10, 12, 6);
  column->setSpacing(4);
  auto* row = new QHBoxLayout;
  RowLook look;
  look.dark = true;
  look.picture_width = 62;
  look.picture_height = 50;
  shots_ = new RowList(tr("截图缩略图"), look);
  shots_->setFixedWidth(196);
  film_ = new FilmPane(player);
  row->addWidget(shots_);
  row->addWidget(film_, 1);
  column->addLayout(row, 1);
  bar_ = new SeekBar;
  column->addWidget(bar_);
  build_controls();
  column->addWidget(controls_);
  all->addWidget(ground, 1);
  connect(bar_, &SeekBar::sought, &player_, &PlayerDesk::seek);
  connect(&player_, &PlayerDesk::moved, this, [this](qint64 ms) {
    bar_->setValue(static_cast<int>(ms));
    refresh_time();
  });
  connect(&player_, &PlayerDesk::playing_changed, this, [this](bool playing) {
    play_->setIcon(icon(playing ? "pause" : "play", colour::white));
    play_->setAccessibleDescription(playing ? tr("正在播放") : tr("已暂停"));
  });
  connect(shots_, &RowList::picked, this, [this](int index) { player_.seek(shots_->rows().row(index).key); });
}

void PlayerCard::build_controls() {
  controls_ = new QWidget;
  auto* row = new QHBoxLayout(controls_);
  row->setContentsMargins(0, 0, 0, 0);
  const auto add = [&](const QString& name, const QString& icon_name, auto act) {
    auto* made = button({}, {});
    made->setIcon(icon(icon_name, colour::white));
    made->setAccessibleName(name);
    made->setToolTip(name);
    made->setFixedWidth(36);
    connect(made, &QPushButton::clicked, this, act);
    row->addWidget(made);
    return made;
  };
  add(tr("上一个截图"), "previous", [this] { jump_shot(-1); });
  play_ = add(tr("播放或暂停"), "play", [this] { toggle(); });
  add(tr("下一个截图"), "next", [this] { jump_shot(1); });
  now_ = label("00:00:00 / 00:00:00", "mono");
  now_->setAccessibleName(tr("播放时间"));
  row->addSpacing(6);
  row->addWidget(now_);
  row->addStretch(1);
  speaker_ = new SpeakerRow(player_.speaker(), tr("录音声音"), true);
  row->addWidget(speaker_);
  auto* hint = new ElidedLabel(tr("空格 播放   ←→ 5 秒"));
  row->addWidget(hint);
  row->addSpacing(8);
  speed_ = button("1.0×");
  speed_->setAccessibleName(tr("播放速度"));
  connect(speed_, &QPushButton::clicked, this, [this] {
    rate_ = rate_ >= 4.0 ? 0.5 : rate_ * 2.0;
    speed_->setText(QString("%1×").arg(rate_, 0, 'f', 1));
    player_.set_speed(rate_);
    speaker_->set_hint(rate_ == 1.0 ? QString() : tr("变速时不放声音"));
  });
  row->addWidget(speed_);
}

void PlayerCard::show_package(const std::shared_ptr<const PackageView>& view) {
  view_ = view;
  film_->clear();
  std::vector<Row> rows;
  for (const auto& shot : view->shots) {
    Row row;
    row.title = tr("取证 %1").arg(shot.number);
    row.lines = {short_span_text(shot.position_ms) + "  " + qs(shot.description.title)};
    row.key = shot.position_ms;
    row.id = QString::number(shot.number);
    rows.push_back(std::move(row));
  }
  shots_->setVisible(!rows.empty());
  shots_->rows().set_rows(std::move(rows));
  bar_->set_film(view->duration_ms, view->shots, view->gaps);
  std::int64_t packets = 0;
  for (const auto& part : view->film) packets += part.packets;
  const auto size = view->film.empty() ? QString() : tr("%1×%2 · ").arg(view->film.front().width).arg(view->film.front().height);
  facts_->setText(size + tr("%1 帧 · %2 段").arg(packets).arg(view->film.size()));
  speaker_->setVisible(!view->sound.empty());
  player_.open(view->film, view->files, view->sound);
  refresh_time();
}

void PlayerCard::clear() {
  view_.reset();
  film_->clear();
  shots_->rows().set_rows({});
  bar_->set_film(0, {}, {});
  facts_->clear();
  speaker_->hide();
  player_.close();
}

void PlayerCard::set_thumbnail(int number, const QImage& image) {
  const int at = shots_->rows().find_id(QString::number(number));
  if (at < 0) return;
  auto row = shots_->rows().row(at);
  row.picture = QPixmap::fromImage(image);
  shots_->rows().update(at, row);
}

void PlayerCard::toggle() { player_.set_playing(!player_.playing()); }
void PlayerCard::skip(std::int64_t ms) { player_.seek(player_.position_ms() + ms); }

void PlayerCard::jump_shot(int direction) {
  if (!view_) return;
  const ShotView* best = nullptr;
  for (const auto& shot : view_->shots) {
    const auto ahead = (shot.position_ms - player_.position_ms()) * direction;
    if (ahead > 200 && (!best || ahead < (best->position_ms - player_.position_ms()) * direction)) best = &shot;
  }
  player_.seek(best ? best->position_ms : direction < 0 ? 0 : player_.duration_ms());
}

void PlayerCard::refresh_time() {
  now_->setText(span_text(player_.position_ms()) + " / " + span_text(player_.duration_ms()));
  now_->setAccessibleDescription(now_->text());
}

void PlayerCard::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Space: return toggle();
    case Qt::Key_Left: return skip(-5000);
    case Qt::Key_Right: return skip(5000);
    case Qt::Key_M: return player_.has_sound() ? speaker_->toggle() : QFrame::keyPressEvent(event);
    default: QFrame::keyPressEvent(event);
  }
}

}  // namespace guzheng::ui
