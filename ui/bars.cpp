#include "ui/bars.h"

#include <QHBoxLayout>
#include <QLabel>
#include <algorithm>

#include "ui/base/parts.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/capture/words.h"
#include "ui/sync/sync_words.h"

namespace guzheng::ui {

TopBar::TopBar(StationDesk& station, LiveDesk& live, OfficerDesk* officers, QWidget* parent)
    : QWidget(parent), station_(station), live_(live), officers_desk_(officers) {
  setObjectName("topBar");
  setAttribute(Qt::WA_StyledBackground);
  setFixedHeight(52);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(17, 0, 17, 0);
  row->setSpacing(14);
  title_ = new ElidedLabel;
  title_->setObjectName("pageTitle");
  title_->setAccessibleName(tr("页面标题"));
  badge_ = label(tr("练习 — 不得作为证据"));
  badge_->setObjectName("practiceBadge");
  badge_->setAccessibleName(tr("练习标记"));
  lamp_ = new QFrame;
  lamp_->setObjectName("recordingLight");
  auto* lamp_row = new QHBoxLayout(lamp_);
  lamp_row->setContentsMargins(10, 5, 10, 5);
  lamp_row->setSpacing(6);
  lamp_sign_ = new QLabel;
  light_ = label({});
  lamp_row->addWidget(lamp_sign_);
  lamp_row->addWidget(light_);
  light_->setAccessibleName(tr("录制灯"));
  stamp_sign_ = new QLabel;
  stamp_ = label({});
  stamp_->setAccessibleName(tr("时间戳状态"));
  officers_ = new ElidedLabel;
  officers_->setAccessibleName(tr("当前人员"));
  person_ = new QLabel;
  person_->setPixmap(tinted("user", colour::quiet, 16, devicePixelRatioF()));
  row->addWidget(title_);
  row->addWidget(badge_, 0, Qt::AlignVCenter);
  row->addStretch(1);
  row->addWidget(lamp_, 0, Qt::AlignVCenter);
  row->addWidget(stamp_sign_);
  row->addWidget(stamp_);
  row->addWidget(person_);
  row->addWidget(officers_);
  lock_ = button(tr("锁定"), "lock");
  lock_->setAccessibleName(tr("锁定工作站"));
  lock_->setToolTip(tr("Ctrl+L：盖住页面，把密钥从内存清除；正在进行的取证继续录制"));
  log_out_ = button(tr("退出登录"));
  log_out_->setToolTip(tr("清除密钥；取证进行中不能退出，只能锁定"));
  row->addWidget(lock_);
  row->addWidget(log_out_);
  if (officers_desk_) {
    connect(lock_, &QPushButton::clicked, officers_desk_, &OfficerDesk::lock);
    connect(log_out_, &QPushButton::clicked, officers_desk_, &OfficerDesk::log_out);
    connect(officers_desk_, &OfficerDesk::door_changed, this, &TopBar::refresh);
  }
  connect(&station_, &StationDesk::opened, this, &TopBar::refresh);
  connect(&station_, &StationDesk::seated, this, &TopBar::refresh);
  connect(&live_, &LiveDesk::status_changed, this, &TopBar::refresh);
  connect(&live_, &LiveDesk::stage_changed, this, &TopBar::refresh);
  refresh();
}

void TopBar::set_title(const QString& title) {
  title_->set_full_text(title);
  title_->setAccessibleDescription(title);
}

// Red while the film grows; amber with another sign while it does not, with the clock of the film standing.
void TopBar::refresh_light() {
  const auto light = live_.light();
  lamp_->setVisible(light != Light::Off);
  set_role(lamp_, "interrupted", light == Light::Interrupted);
  set_role(light_, "interrupted", light == Light::Interrupted);
  if (light == Light::Interrupted) {
    lamp_sign_->setPixmap(tinted("alert", colour::amber, 16, devicePixelRatioF()));
  } else if (light == Light::Paused) {
    lamp_sign_->setPixmap(tinted("pause", colour::red, 16, devicePixelRatioF()));
  } else {
    lamp_sign_->setText(QStringLiteral("●"));
  }
  const auto words = Words::light(light) + ' ' + span_text(live_.status().recorded_ms);
  light_->setText(words);
  light_->setAccessibleDescription(words);
}

void TopBar::refresh_door() {
  const bool open = officers_desk_ && officers_desk_->has_login() && officers_desk_->door() == Door::Open;
  lock_->setVisible(open);
  log_out_->setVisible(open && !live_.busy());
}

void TopBar::refresh() {
  const auto& card = station_.card();
  badge_->setVisible(card.practice || (!station_.is_open() && !station_.wants_policy()));
  refresh_door();
  QStringList people;
  for (const auto& officer : card.officers) people << qs(officer.name) + " " + qs(officer.badge);
  officers_->set_full_text(people.join(" · "));
  person_->setVisible(!people.isEmpty());
  const auto stage = live_.stage();
  const auto& status = live_.status();
  const bool running = stage == LiveDesk::Stage::Running || stage == LiveDesk::Stage::Ending || (stage == LiveDesk::Stage::Idle && live_.busy());
  refresh_light();
  stamp_->setVisible(running);
  stamp_sign_->setVisible(running);
  if (!running) return;
  const bool stamped = status.last_anchor.ms > 0;
  const bool good = stamped && !status.anchors_late;
  stamp_sign_->setPixmap(tinted(good ? "clock" : "alert", good ? colour::green : colour::amber, 16, devicePixelRatioF()));
  stamp_->setText(stamped ? tr("时间戳 %1 · 手机偏差 %2 ms").arg(clock_text(status.last_anchor)).arg((status.clock_offset_ms > 0 ? "+" : "") + QString::number(status.clock_offset_ms))
                          : tr("还没有时间戳"));
}

StatusStrip::StatusStrip(StationDesk& station, LiveDesk& live, SyncDesk& sync, QWidget* parent) : QWidget(parent), station_(station), live_(live), sync_(sync) {
  setObjectName("statusStrip");
  setAttribute(Qt::WA_StyledBackground);
  setFixedHeight(28);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(16, 0, 16, 0);
  row->setSpacing(6);
  const auto add = [&](const QString& icon_name, const QString& name) {
    auto* sign = new QLabel;
    sign->setPixmap(tinted(icon_name, colour::green, 14, devicePixelRatioF()));
    auto* text = label({});
    text->setAccessibleName(name);
    row->addWidget(sign);
    row->addWidget(text);
    row->addSpacing(16);
    return std::pair{sign, text};
  };
  std::tie(link_sign_, link_) = add("link", tr("连接状态"));
  vault_ = add("disk", tr("证据库状态")).second;
  sync_sign_ = new QLabel;
  sync_words_ = link_button({});
  sync_words_->setAccessibleName(tr("同步状态"));
  sync_words_->setToolTip(tr("打开“同步”"));
  sync_words_->setStyleSheet("font-size: 12px; padding: 0px 2px; min-height: 16px;");
  row->addWidget(sync_sign_);
  row->addWidget(sync_words_);
  row->addSpacing(16);
  connect(sync_words_, &QPushButton::clicked, this, &StatusStrip::sync_wanted);
  connect(&sync_, &SyncDesk::changed, this, &StatusStrip::refresh_sync);
  chain_ = add("chain", tr("链头状态")).second;
  row->addStretch(1);
  row->addWidget(label(tr("F1 帮助")));
  connect(&station_, &StationDesk::opened, this, &StatusStrip::refresh);
  connect(&live_, &LiveDesk::status_changed, this, &StatusStrip::refresh);
  connect(&live_, &LiveDesk::stage_changed, this, &StatusStrip::refresh);
  connect(&live_.phones(), &PhoneList::changed, this, &StatusStrip::refresh);
  refresh();
  refresh_sync();
}

// Sign and words; colour beside them says no more than they do.
void StatusStrip::refresh_sync() {
  const auto words = SyncWords::strip(sync_);
  const auto& status = sync_.status();
  const bool bad = sync_.mistake() || std::any_of(status.items.begin(), status.items.end(), [](const SyncItem& one) { return one.phase == SyncPhase::Refused || one.phase == SyncPhase::Distrusted; });
  const bool quiet = SyncWords::open_count(status) == 0;
  sync_sign_->setVisible(!words.isEmpty());
  sync_words_->setVisible(!words.isEmpty());
  sync_sign_->setPixmap(bad ? tinted("cross-circle", colour::red, 14, devicePixelRatioF()) : status.away ? tinted("alert", colour::amber, 14, devicePixelRatioF()) : status.paused ? tinted("pause", colour::amber, 14, devicePixelRatioF()) : quiet ? tinted("cloud", colour::green, 14, devicePixelRatioF()) : tinted("upload", colour::blue, 14, devicePixelRatioF()));
  sync_words_->setText(words);
  sync_words_->setAccessibleDescription(words);
}

void StatusStrip::refresh() {
  int usable = 0;
  for (const auto& phone : live_.phones().phones()) usable += phone.usable();
  link_sign_->setPixmap(tinted(usable ? "check-circle" : "alert", usable ? colour::green : colour::amber, 14, devicePixelRatioF()));
  link_->setText(usable ? tr("已连接手机 %1 台").arg(usable) : tr("没有可用的手机"));
  const auto& card = station_.card();
  vault_->setText(station_.is_open() ? tr("证据库剩余 %1").arg(bytes_text(card.free_bytes)) : tr("正在打开证据库…"));
  vault_->setToolTip(qs(card.vault.string()));
  const auto& status = live_.status();
  const bool live = live_.busy();
  chain_->setText(live && status.last_anchor.ms ? tr("链头已固化 %1 · 日志 %2 条 · 录像 %3").arg(clock_text(status.last_anchor)).arg(status.journal_lines).arg(bytes_text(status.recorded_bytes))
                                               : tr("没有进行中的取证"));
}

}  // namespace guzheng::ui
