#include "ui/capture/sound_card.h"

#include <QComboBox>
#include <QPlainTextEdit>
#include <algorithm>

#include "ui/base/parts.h"
#include "ui/base/speaker_row.h"
#include "ui/base/text.h"

namespace guzheng::ui {

SoundCard::SoundCard(LiveDesk& desk, QWidget* parent) : QFrame(parent), desk_(desk) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(6);
  state_ = wrapped({});
  state_->setAccessibleName(tr("录音状态"));
  stretch_ = new QComboBox;
  stretch_->setAccessibleName(tr("录音段"));
  text_ = new QPlainTextEdit;
  text_->setAccessibleName(tr("录音文字记录"));
  text_->setPlaceholderText(tr("听到的内容，谁说的，逐句写下；没有人声也要写明"));
  text_->setTabChangesFocus(true);
  text_->setMaximumHeight(72);
  keep_ = button(tr("记下文字记录"), "check");
  speaker_ = new SpeakerRow(desk.speaker(), tr("听手机的声音"), false);
  column->addWidget(state_);
  column->addWidget(speaker_);
  column->addWidget(stretch_);
  column->addWidget(text_);
  column->addWidget(keep_);
  connect(keep_, &QPushButton::clicked, this, &SoundCard::keep);
  connect(text_, &QPlainTextEdit::textChanged, this, &SoundCard::refresh);
  connect(stretch_, &QComboBox::currentIndexChanged, text_, &QPlainTextEdit::clear);
  refresh();
}

void SoundCard::keep() {
  if (text_->toPlainText().trimmed().isEmpty()) return;
  desk_.transcribe(std::max(0, stretch_->currentIndex()), ss(text_->toPlainText()));
}

void SoundCard::refresh() {
  const auto& status = desk_.status();
  setVisible(status.sounds > 0);
  while (stretch_->count() < status.sounds) stretch_->addItem(tr("第 %1 段录音").arg(stretch_->count() + 1));
  stretch_->setVisible(status.sounds > 1);
  const auto& unwritten = status.sounds_unwritten;
  const QString words = unwritten.empty() ? tr("录音有文字记录，可以再改") : tr("录音还缺文字记录：%1 段").arg(unwritten.size());
  state_->setText((status.sound_silent ? tr("手机没有送来声音，录像继续。") : status.sound_on ? tr("正在录音。") : QString()) + words);
  state_->setAccessibleDescription(state_->text());
  set_role(state_, "role", unwritten.empty() && !status.sound_silent ? "good" : "warn");
  keep_->setEnabled(desk_.stage() == LiveDesk::Stage::Running && !text_->toPlainText().trimmed().isEmpty());
}

}  // namespace guzheng::ui
