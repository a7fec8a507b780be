#include "ui/settings/script_run.h"

#include <QComboBox>
#include <QProgressBar>

#include "ui/base/text.h"
#include "ui/settings/script_words.h"

namespace guzheng::ui {

ScriptRunCard::ScriptRunCard(ScriptDesk& desk, QWidget* parent) : Card(tr("运行"), parent), desk_(desk) {
  phones_ = new QComboBox;
  phones_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  body()->addWidget(phones_);
  secrets_ = new QVBoxLayout;
  secrets_->setSpacing(8);
  body()->addLayout(secrets_);
  bar_ = new QProgressBar;
  bar_->setAccessibleName(tr("脚本进度"));
  bar_->setTextVisible(false);
  bar_->hide();
  body()->addWidget(bar_);
  state_ = wrapped(tr("运行是一次无人值守的取证：全程录像，结果封存后待复核。"), "small");
  state_->setAccessibleName(tr("脚本运行状态"));
  body()->addWidget(state_);
  auto* buttons = new QHBoxLayout;
  run_ = main_button(tr("运行脚本"), "play");
  stop_ = button(tr("停止"), "stop");
  stop_->setAccessibleName(tr("停止脚本"));
  buttons->addWidget(run_);
  buttons->addWidget(stop_);
  buttons->addStretch(1);
  body()->addLayout(buttons);
  connect(phones_, &QComboBox::currentIndexChanged, this, &ScriptRunCard::refresh_buttons);
  connect(run_, &QPushButton::clicked, this, &ScriptRunCard::run);
  connect(stop_, &QPushButton::clicked, this, [this] {
    say(tr("正在停止：这一步做完就封存…"));
    desk_.cancel();
  });
  connect(&desk_, &ScriptDesk::run_changed, this, &ScriptRunCard::refresh_buttons);
  connect(&desk_, &ScriptDesk::step_begun, this, [this](qint64 step, qint64 of) {
    bar_->setRange(0, static_cast<int>(of));
    bar_->setValue(static_cast<int>(step));
    say(tr("第 %1 步，共 %2 步").arg(step + 1).arg(of));
  });
  connect(&desk_, &ScriptDesk::run_ended, this, [this](const SealedPackage& package, const std::optional<ScriptStop>& stop) {
    const QString waits = tr("已封存 %1，自动取证，待复核：在“证据库”复核确认后才能作为证据，此前至少保存 30 天。").arg(qs(package.id));
    const QString text = stop ? tr("脚本停在%1。当时的页面已取证。").arg(qs(in_words(*stop, ScriptWords::language()))) + waits : tr("脚本执行完毕。") + waits;
    say(stop ? tr("没有执行完") : tr("执行完毕"), text);
    emit ended(stop.has_value(), text);
  });
  connect(&desk_.live().phones(), &PhoneList::changed, this, &ScriptRunCard::refresh_phones);
  connect(&desk_.live(), &LiveDesk::stage_changed, this, &ScriptRunCard::refresh_buttons);
  refresh_phones();
}

void ScriptRunCard::say(const QString& words, const QString& spoken) {
  state_->setText(words);
  state_->setAccessibleDescription(spoken.isEmpty() ? words : spoken);
}

void ScriptRunCard::show(const Json* script, const std::string& file, const QString& hindrance) {
  open_ = script != nullptr;
  file_ = file;
  hindrance_ = hindrance;
  refresh_secrets(script);
  refresh_buttons();
}

void ScriptRunCard::refresh_phones() {
  const QString before = phones_->currentData().toString();
  phones_->clear();
  offered_.clear();
  for (const auto& phone : desk_.live().phones().phones()) {
    if (!phone.free()) continue;
    offered_.push_back(phone);
    const auto& source = desk_.live().phones().sources()[phone.source];
    phones_->addItem(qs(phone.model.empty() ? phone.serial : phone.model + "  " + phone.serial) + (source.node ? QStringLiteral("  ") + qs(source.name) : QString()), qs(phone.serial));
  }
  if (offered_.empty()) phones_->addItem(tr("没有可用的手机"));
  if (const int at = phones_->findData(before); at >= 0 && !before.isEmpty()) phones_->setCurrentIndex(at);
  refresh_buttons();
}

void ScriptRunCard::refresh_secrets(const Json* script) {
  std::vector<std::string> names;
  if (script)
    for (const auto& step : (*script)["steps"])
      if (const auto name = text_at(step, "secret"); !name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  std::vector<std::string> shown;
  for (const auto& [name, unused] : fields_) shown.push_back(name);
  if (shown == names) return;
  clear_layout(secrets_);
  fields_.clear();
  for (const auto& name : names) {
    auto* field = new QLineEdit;
    field->setEchoMode(QLineEdit::Password);
    field->setPlaceholderText(tr("口令“%1”：不写入脚本和证据包").arg(qs(name)));
    field->setAccessibleName(tr("口令 ") + qs(name));
    connect(field, &QLineEdit::textChanged, this, &ScriptRunCard::refresh_buttons);
    secrets_->addWidget(field);
    fields_.emplace_back(name, field);
  }
}

void ScriptRunCard::refresh_buttons() {
  const bool running = desk_.running(), idle = !desk_.live().busy();
  const bool secrets = std::all_of(fields_.begin(), fields_.end(), [](const auto& one) { return !one.second->text().isEmpty(); });
  run_->setEnabled(open_ && hindrance_.isEmpty() && secrets && !offered_.empty() && idle && !running);
  run_->setToolTip(!hindrance_.isEmpty() ? hindrance_ : !secrets ? tr("先给出口令") : !idle ? tr("正在取证") : QString());
  stop_->setEnabled(running);
  bar_->setVisible(running);
}

void ScriptRunCard::run() {
  const int at = phones_->currentIndex();
  if (at < 0 || at >= static_cast<int>(offered_.size())) return;
  ScriptSecrets secrets;
  for (const auto& [name, field] : fields_) secrets.emplace(name, take_secret(field));
  emit began();
  say(tr("正在检测环境、开始录像…"));
  desk_.run(file_, offered_[static_cast<std::size_t>(at)], std::move(secrets));
}

}  // namespace guzheng::ui
