#include "ui/subjects/patrol_phone.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>

#include "ui/base/text.h"

namespace guzheng::ui {

PatrolPhoneRow::PatrolPhoneRow(PatrolDesk& patrol, QWidget* parent) : QWidget(parent), patrol_(patrol) {
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(0, 0, 0, 0);
  all->setSpacing(6);
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  phones_ = new QComboBox;
  phones_->setMinimumWidth(300);
  phones_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  import_ = button(tr("导入手机脚本…"), "in");
  row->addWidget(label(tr("没有网址的，在手机上看"), "quiet"));
  row->addWidget(phones_);
  row->addStretch(1);
  row->addWidget(import_);
  hint_ = wrapped({}, "small");
  hint_->setAccessibleName(tr("手机巡检说明"));
  all->addLayout(row);
  all->addWidget(hint_);
  connect(phones_, &QComboBox::currentIndexChanged, this, &PatrolPhoneRow::say);
  connect(import_, &QPushButton::clicked, this, &PatrolPhoneRow::name_file);
  connect(&patrol_, &PatrolDesk::phones_changed, this, &PatrolPhoneRow::refresh);
  connect(&patrol_, &PatrolDesk::running_changed, this, &PatrolPhoneRow::refresh);
  connect(&patrol_, &PatrolDesk::scripts_read, this, [this](const PhoneScripts& scripts) {
    scripts_ = scripts;
    read_ = true;
    refresh();
  });
  refresh();
  patrol_.ask_scripts();
}

void PatrolPhoneRow::name_file() {
  const auto file = QFileDialog::getOpenFileName(this, tr("导入手机脚本"), QDir::homePath(), tr("脚本 (*.json)"), nullptr, QFileDialog::DontUseNativeDialog);
  if (!file.isEmpty()) emit script_file_named(file);
}

void PatrolPhoneRow::refresh() {
  if (patrol_.running()) return phones_->setEnabled(false);          // what runs stays to be seen
  const QString before = phones_->currentData().toString();
  const QSignalBlocker quiet(phones_);
  phones_->clear();
  offered_.clear();
  phones_->addItem(tr("不用手机"));
  for (const auto& phone : patrol_.phones().phones()) {
    if (!phone.free()) continue;
    offered_.push_back(phone);
    const auto& source = patrol_.phones().sources()[phone.source];
    phones_->addItem(qs(phone.model.empty() ? phone.serial : phone.model + "  " + phone.serial).replace('_', ' ') + (source.node ? QStringLiteral("  ") + qs(source.name) : QString()), qs(phone.serial));
  }
  if (const int at = phones_->findData(before); at > 0 && !before.isEmpty()) phones_->setCurrentIndex(at);
  phones_->setEnabled(!offered_.empty() && !patrol_.phone_hindered() && !scripts_.platforms.empty());
  if (!phones_->isEnabled()) phones_->setCurrentIndex(0);
  say();
}

void PatrolPhoneRow::say() {
  QStringList words;
  if (not_web_ > 0) words << tr("到期的有 %1 个没有网址。").arg(QString::number(not_web_) + (capped_ ? "+" : ""));
  QStringList platforms;
  for (const auto& platform : scripts_.platforms) platforms << (platform.empty() ? tr("其他平台") : qs(platform));
  if (scripts_.error) words << tr("手机脚本读不出来，请重新导入：%1").arg(qs(scripts_.error->what));
  else if (read_ && platforms.isEmpty()) words << tr("还没有手机脚本，没有网址的只能列为到期；请导入管理员写好的脚本。");
  else if (read_) words << tr("手机脚本：%1。其他平台的仍列为到期。").arg(platforms.join(tr("、")));
  if (read_ && !platforms.isEmpty()) {
    if (patrol_.phone_hindered()) words << tr("正在取证，手机巡检要等取证结束。");
    else if (offered_.empty()) words << tr("没有可用的手机。");
    else if (chosen()) words << tr("巡检时这台手机由脚本操作，请不要动它，也不能用它取证。");
  }
  hint_->setText(words.join(QString()));
  hint_->setAccessibleDescription(hint_->text());
}

std::optional<PhoneEntry> PatrolPhoneRow::chosen() const {
  const int at = phones_->currentIndex() - 1;
  return at < 0 || at >= static_cast<int>(offered_.size()) ? std::nullopt : std::optional(offered_[static_cast<std::size_t>(at)]);
}

void PatrolPhoneRow::set_due(std::int64_t not_web, bool capped) {
  not_web_ = not_web;
  capped_ = capped;
  say();
}

void PatrolPhoneRow::set_may(bool may) { import_->setEnabled(may && !patrol_.running()); }

}  // namespace guzheng::ui
