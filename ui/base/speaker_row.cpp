#include "ui/base/speaker_row.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QVBoxLayout>

#include "ui/base/parts.h"
#include "ui/base/theme.h"

namespace guzheng::ui {

namespace {

// What stands at the switch; empty: it plays, or will, and there is nothing to say.
QString said(SpeakerDesk::State state) {
  switch (state) {
    case SpeakerDesk::State::NoDevice: return SpeakerRow::tr("没有声音设备，听不到声音");
    case SpeakerDesk::State::Failed: return SpeakerRow::tr("声音设备出错，听不到声音");
    case SpeakerDesk::State::Starting: return SpeakerRow::tr("正在打开声音设备…");
    case SpeakerDesk::State::Silent:
    case SpeakerDesk::State::Playing: return {};
  }
  return {};
}

}  // namespace

SpeakerRow::SpeakerRow(SpeakerDesk& desk, const QString& name, bool dark, QWidget* parent) : QWidget(parent), desk_(desk), name_(name), dark_(dark) {
  switch_ = button(dark ? QString() : name);
  switch_->setAccessibleName(name);
  switch_->setCheckable(true);
  if (dark) switch_->setFixedWidth(36);
  volume_ = new QSlider(Qt::Horizontal);
  volume_->setRange(0, 100);
  volume_->setPageStep(10);
  volume_->setFixedWidth(dark ? 64 : 84);
  volume_->setAccessibleName(tr("%1 音量").arg(name));
  words_ = dark ? static_cast<QLabel*>(new ElidedLabel) : wrapped({}, "small");
  words_->setAccessibleName(tr("%1 状态").arg(name));
  auto* row = new QHBoxLayout;
  row->setSpacing(6);
  row->addWidget(switch_);
  row->addWidget(volume_);
  if (dark) {
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(words_);
    setLayout(row);
  } else {
    row->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addLayout(row);
    column->addWidget(words_);
  }
  connect(switch_, &QPushButton::clicked, this, &SpeakerRow::toggle);
  connect(volume_, &QSlider::valueChanged, this, [this](int value) { desk_.set_volume(value); });
  connect(&desk_, &SpeakerDesk::changed, this, &SpeakerRow::refresh);
  refresh();
}

void SpeakerRow::toggle() { desk_.set_on(!desk_.on()); }

void SpeakerRow::set_hint(const QString& hint) {
  hint_ = hint;
  refresh();
}

void SpeakerRow::refresh() {
  const bool on = desk_.on();
  switch_->setChecked(on);
  switch_->setIcon(icon(on ? "speaker" : "speaker-off", dark_ ? colour::white : colour::text));
  switch_->setToolTip(on ? tr("声音开着，点按关掉") : tr("声音关着，点按打开"));
  volume_->setEnabled(on);
  if (volume_->value() != desk_.volume()) volume_->setValue(desk_.volume());
  const QString trouble = said(desk_.state());
  const QString words = !trouble.isEmpty() ? trouble : on ? hint_ : QString();
  if (dark_) static_cast<ElidedLabel*>(words_)->set_full_text(words);
  else words_->setText(words);
  words_->setAccessibleDescription(words);
  words_->setVisible(!words.isEmpty());
  switch_->setAccessibleDescription((on ? tr("开") : tr("关")) + (words.isEmpty() ? QString() : QStringLiteral("：") + words));
}

}  // namespace guzheng::ui
