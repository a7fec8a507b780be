#include "ui/evidence/verdict_strip.h"

#include <QGridLayout>
#include <QProgressBar>

#include "ui/base/parts.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"

namespace guzheng::ui {

// What a verification lacks (Verification::missing), in words; a key names its certificates behind a colon.
QString VerdictStrip::missing_text(const std::string& thing) {
  if (thing == "org-root") return tr("缺单位根证书");
  if (thing == "tsa-root") return tr("缺时间戳机构根证书");
  if (thing == "renewal") return tr("时间戳机构的证书已过期，缺到期前的续期");
  if (thing == "crl") return tr("缺较新的吊销列表");
  if (thing == "signature-time") return tr("后来的签名缺时间");
  if (thing == "parts-stamp") return tr("加密块的清单由续发的证书签名，缺时间戳");
  if (thing.starts_with("content-key")) return tr("内容已加密，本机没有能打开它的私钥");
  return tr("缺 %1").arg(qs(thing));
}

VerdictStrip::VerdictStrip(QWidget* parent) : QFrame(parent) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(16, 10, 12, 10);
  row->setSpacing(14);
  sign_ = new QLabel;
  row->addWidget(sign_);
  auto* words = new QVBoxLayout;
  words->setSpacing(0);
  word_ = label({}, "big");
  word_->setAccessibleName(tr("校验结论"));
  below_ = label({}, "small");
  words->addStretch(1);
  words->addWidget(word_);
  words->addWidget(below_);
  words->addStretch(1);
  row->addLayout(words);
  auto* middle = new QVBoxLayout;
  proofs_ = new QGridLayout;
  proofs_->setHorizontalSpacing(18);
  proofs_->setVerticalSpacing(4);
  bar_ = new QProgressBar;
  bar_->setTextVisible(false);
  bar_->setAccessibleName(tr("校验进度"));
  middle->addLayout(proofs_);
  middle->addWidget(bar_);
  row->addLayout(middle, 1);
  act_ = main_button(tr("再次校验  F5"), "refresh");
  row->addWidget(act_);
  connect(act_, &QPushButton::clicked, this, [this] {
    if (running_) emit cancel_wanted();
    else emit verify_wanted();
  });
  show_nothing();
}

void VerdictStrip::set_word(const char* box, const QString& icon_name, const QColor& ink, const QString& word, const QString& below) {
  set_role(this, "note", box);
  sign_->setPixmap(tinted(icon_name, ink, 34, devicePixelRatioF()));
  word_->setText(word);
  word_->setStyleSheet(QString("color: %1").arg(ink.name()));
  word_->setAccessibleDescription(word);
  below_->setText(below);
  bar_->setVisible(running_);
  name_act();
  act_->setAccessibleName(running_ ? tr("取消校验") : tr("再次校验"));
  act_->setIcon(icon(running_ ? "cross" : "refresh", colour::white));
}

// In a narrow window the proofs need the room: the sign goes, the button keeps its key.
void VerdictStrip::name_act() {
  const bool narrow = width() < 640;
  sign_->setVisible(!narrow);
  below_->setVisible(!narrow);
  word_->setToolTip(below_->text());
  act_->setText(narrow ? (running_ ? tr("取消校验") : QStringLiteral("F5")) : running_ ? tr("取消校验") : tr("再次校验  F5"));
}

void VerdictStrip::resizeEvent(QResizeEvent* event) {
  QFrame::resizeEvent(event);
  name_act();
}

void VerdictStrip::set_proofs(const QStringList& proofs, const QString& icon_name, const QColor& ink) {
  clear_layout(proofs_);
  for (int i = 0; i < proofs.size(); ++i) {
    auto* text = new ElidedLabel(proofs[i]);
    text->setAccessibleName(tr("校验依据 %1").arg(i + 1));
    text->setAccessibleDescription(proofs[i]);
    proofs_->addWidget(icon_text(icon_name, ink, text), i / 2, i % 2);
  }
}

void VerdictStrip::show_nothing() {
  running_ = false;
  set_word("grey", "question", colour::quiet, tr("未校验"), tr("本次打开后还没有校验"));
  set_proofs({}, {}, colour::quiet);
}

void VerdictStrip::show_stopped() { show_nothing(); }

void VerdictStrip::show_progress(qint64 done, qint64 total) {
  const bool first = !running_;
  running_ = true;
  set_word("blue", "refresh", colour::blue, tr("校验中"),
           total ? tr("%1 / %2").arg(bytes_text(static_cast<std::uint64_t>(done)), bytes_text(static_cast<std::uint64_t>(total))) : QString());
  if (first) set_proofs({}, {}, colour::quiet);
  bar_->setRange(0, 1000);
  bar_->setValue(total ? static_cast<int>(done * 1000 / total) : 0);
}

void VerdictStrip::show_answer(const VerifyAnswer& answer) {
  running_ = false;
  const auto& said = answer.verification;
  const auto below = tr("%1 校验 · 用时 %2 秒").arg(clock_text(answer.at)).arg(static_cast<double>(answer.took_ms) / 1000.0, 0, 'f', 1);
  if (said.verdict == Verdict::Damaged) {
    set_word("red", "cross-circle", colour::red, tr("损坏"), below);
    QStringList findings;
    for (std::size_t i = 0; i < said.damage.size() && i < 3; ++i) {
      const auto& f = said.damage[i];
      findings << tr("%1 %2：%3").arg(qs(f.rule), qs(f.path), qs(f.what));
    }
    findings << (said.damage.size() > 3 ? tr("共 %1 处与封存时不符，不能再作为原物使用").arg(said.damage.size()) : tr("与封存时不符，不能再作为原物使用"));
    set_proofs(findings, "cross", colour::red);
    return;
  }
  if (said.verdict == Verdict::CannotTell) {
    QStringList missing;
    for (const auto& what : said.missing) missing << missing_text(what);
    set_word("grey", "question", colour::quiet, tr("无法判定"), below);
    set_proofs(missing, "question", colour::quiet);
    return;
  }
  if (said.verdict == Verdict::Incomplete) set_word("amber", "incomplete", colour::amber, tr("不完整"), below);
  else if (said.verdict == Verdict::Practice) set_word("amber", "cap", QColor("#7a4a00"), tr("练习"), below);
  else set_word("green", "shield", colour::green, tr("完整"), below);
  QStringList proofs = {tr("%1 个文件指纹一致").arg(said.files), tr("日志 %1 条成链").arg(said.journal_lines),
                        tr("时间戳 %1 枚有效").arg(said.stamps), tr("签名 %1 个有效").arg(said.signatures)};
  set_proofs(proofs, "check", colour::green);
  if (said.incomplete.empty()) return;
  QStringList reasons;
  for (const auto& reason : said.incomplete) reasons << qs(reason);
  auto* text = new ElidedLabel(tr("不完整：%1").arg(reasons.join("；")));
  text->setProperty("role", "warn");
  proofs_->addWidget(icon_text("alert", colour::amber, text), 2, 0, 1, 2);
}

}  // namespace guzheng::ui
