#include "ui/capture/session_card.h"

#include <QGridLayout>
#include <QLineEdit>
#include <algorithm>

#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/capture/sound_card.h"
#include "ui/capture/words.h"

namespace guzheng::ui {
namespace {

constexpr ItemKind kCompulsory[] = {ItemKind::PlatformHome, ItemKind::ShopHome, ItemKind::Licence, ItemKind::Violation};

QGridLayout* grid_in(QVBoxLayout* column) {
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(10);
  grid->setVerticalSpacing(6);
  grid->setColumnStretch(1, 1);
  column->addLayout(grid);
  return grid;
}

void set_sign(QLabel* sign, const QString& name, const QColor& ink) {
  sign->setPixmap(tinted(name, ink, 16, sign->devicePixelRatioF()));
}

}  // namespace

SessionCard::SessionCard(LiveDesk& desk, QWidget* parent) : Card(tr("本次取证"), parent), desk_(desk) {
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(0, 0, 4, 0);
  column->setSpacing(8);
  build_facts(grid_in(column));
  column->addSpacing(4);
  column->addWidget(label(tr("主证信息"), "section"));
  build_checklist(grid_in(column));
  column->addSpacing(4);
  column->addWidget(label(tr("取证环境"), "section"));
  environment_ = grid_in(column);
  column->addStretch(1);
  body()->addWidget(scroller(content), 1);
  sound_ = new SoundCard(desk, this);
  body()->addWidget(sound_);
  end_card_ = build_end_card();
  body()->addWidget(end_card_);
  pause_card_ = build_pause_card();
  body()->addWidget(pause_card_);
  acts_ = build_acts();
  body()->addWidget(acts_);
  refresh();
}

void SessionCard::build_facts(QGridLayout* grid) {
  const auto& order = desk_.order();
  int row = 0;
  const auto add = [&](const QString& name, const QString& value) {
    auto* text = wrapped(value);
    text->setAccessibleName(tr("本次取证 ") + name);
    text->setAccessibleDescription(value);
    grid->addWidget(label(name, "quiet"), row, 0, Qt::AlignTop);
    grid->addWidget(text, row++, 1);
    return text;
  };
  add(tr("主体"), qs(order.subject_name));
  add(tr("信用代码"), qs(order.credit_code));
  add(tr("店铺"), qs(order.platform) + " / " + qs(order.shop));
  add(tr("取证事由"), qs(order.reason));
  phone_ = add(tr("手机"), {});
  challenge_ = add(tr("挑战码"), {});
}

void SessionCard::build_checklist(QGridLayout* grid) {
  for (int i = 0; i < 4; ++i) {
    auto& check = checks_[static_cast<std::size_t>(i)];
    check.sign = new QLabel;
    check.count = label({});
    check.count->setAccessibleName(tr("主证 ") + Words::kind(kCompulsory[i]));
    grid->addWidget(check.sign, i, 0);
    grid->addWidget(label(Words::kind(kCompulsory[i]), "quiet"), i, 1);
    grid->addWidget(check.count, i, 2, Qt::AlignRight);
  }
}

void SessionCard::refresh_checklist() {
  for (std::size_t i = 0; i < 4; ++i) {
    const auto count = std::count_if(desk_.status().items.begin(), desk_.status().items.end(),
                                     [&](const auto& item) { return item.description.kind == kCompulsory[i]; });
    set_sign(checks_[i].sign, count ? "check" : "circle", count ? colour::green : colour::amber);
    const auto text = count ? tr("%1 张").arg(count) : tr("未取证");
    checks_[i].count->setText(text);
    checks_[i].count->setAccessibleDescription(text);
    set_role(checks_[i].count, "role", count ? "good" : "warn");
  }
}

void SessionCard::refresh_environment() {
  const auto& items = desk_.status().environment;
  if (items == environment_shown_) return;
  environment_shown_ = items;
  clear_layout(environment_);
  // trouble first: failed, unknown, noted, then what is in order
  std::vector<const EnvItem*> sorted;
  for (const auto& item : items) sorted.push_back(&item);
  const auto rank = [](const EnvItem* item) {
    return item->verdict == "fail" ? 0 : item->verdict == "unknown" ? 1 : item->verdict == "note" ? 2 : 3;
  };
  std::stable_sort(sorted.begin(), sorted.end(), [&](auto* a, auto* b) { return rank(a) < rank(b); });
  int row = 0;
  for (const auto* item : sorted) {
    auto* sign = new QLabel;
    const auto verdict = Words::verdict(item->verdict);
    const QString word = item->overridden.empty() ? verdict.text : tr("%1，仍要取证：%2").arg(verdict.text, qs(item->overridden));
    set_sign(sign, verdict.icon, verdict.colour);
    sign->setToolTip(word);
    auto* found = new ElidedLabel(item->found.empty() ? verdict.text : qs(item->found));
    found->setProperty("role", rank(item) == 3 ? "" : verdict.role);
    found->setToolTip(tr("%1：%2\n应为：%3").arg(word, qs(item->found), qs(item->expected)));
    auto* title = new ElidedLabel(qs(item->title));
    title->setProperty("role", "quiet");
    title->setMinimumWidth(72);
    environment_->addWidget(sign, row, 0);
    environment_->addWidget(title, row, 1);
    environment_->addWidget(found, row++, 2);
  }
  environment_->setColumnStretch(2, 1);
}

QWidget* SessionCard::build_acts() {
  auto* acts = new QWidget;
  auto* row = new QHBoxLayout(acts);
  row->setContentsMargins(0, 0, 0, 0);
  pause_ = button({}, "pause");
  pause_->setToolTip(tr("暂停后手机不接受操作，录制继续；暂停和原因记入日志"));
  connect(pause_, &QPushButton::clicked, this, &SessionCard::toggle_pause);
  end_ = button(tr("结束并封存"), "lock");
  end_->setIcon(icon("lock", colour::red));
  end_->setProperty("danger", true);
  end_->setToolTip("F10");
  connect(end_, &QPushButton::clicked, this, &SessionCard::ask_end);
  row->addWidget(pause_, 1);
  row->addWidget(end_, 1);
  return acts;
}

QFrame* SessionCard::build_pause_card() {
  auto* box = note_box("blue");
  auto* column = static_cast<QVBoxLayout*>(box->layout());
  pause_reason_ = new QLineEdit;
  pause_reason_->setMaxLength(200);
  pause_reason_->setAccessibleName(tr("暂停原因"));
  pause_reason_->setPlaceholderText(tr("暂停的原因（必填）"));
  confirm_pause_ = button(tr("暂停"), "pause");
  confirm_pause_->setAccessibleName(tr("确认暂停"));
  auto* stay = button(tr("不暂停"));
  auto* row = new QHBoxLayout;
  row->addWidget(confirm_pause_, 1);
  row->addWidget(stay, 1);
  column->addWidget(wrapped(tr("暂停期间手机不接受操作，录制继续。")));
  column->addWidget(pause_reason_);
  column->addLayout(row);
  connect(confirm_pause_, &QPushButton::clicked, this, &SessionCard::confirm_pause);
  connect(pause_reason_, &QLineEdit::returnPressed, this, &SessionCard::confirm_pause);
  connect(pause_reason_, &QLineEdit::textChanged, this, [this] { refresh_pause(); });
  connect(stay, &QPushButton::clicked, box, &QWidget::hide);
  box->hide();
  return box;
}

void SessionCard::toggle_pause() {
  if (desk_.status().phase == SessionPhase::Paused) return desk_.resume();
  pause_card_->setVisible(!pause_card_->isVisible());
  if (pause_card_->isVisible()) pause_reason_->setFocus();
}

void SessionCard::confirm_pause() {
  const auto reason = pause_reason_->text().trimmed();
  if (reason.isEmpty()) return pause_reason_->setFocus();
  pause_card_->hide();
  pause_reason_->clear();
  pause_->setFocus();
  desk_.pause(ss(reason));
}

void SessionCard::refresh_pause() {
  const bool paused = desk_.status().phase == SessionPhase::Paused;
  const auto words = paused ? tr("继续操作") : tr("暂停操作");
  pause_->setText(words);
  pause_->setAccessibleName(words);
  pause_->setIcon(icon(paused ? "play" : "pause"));
  pause_->setEnabled(desk_.stage() == LiveDesk::Stage::Running);
  confirm_pause_->setEnabled(!pause_reason_->text().trimmed().isEmpty());
}

QFrame* SessionCard::build_end_card() {
  auto* box = note_box("amber");
  box->setAccessibleName(tr("结束取证卡片"));
  auto* column = static_cast<QVBoxLayout*>(box->layout());
  end_words_ = wrapped({});
  end_words_->setAccessibleName(tr("结束前还缺"));
  reason_ = new QLineEdit;
  reason_->setAccessibleName(tr("不完整原因"));
  reason_->setPlaceholderText(tr("不完整的原因（必填）"));
  confirm_ = button(tr("确认封存"), "lock");
  auto* stay = button(tr("继续取证"));
  auto* row = new QHBoxLayout;
  row->addWidget(confirm_, 1);
  row->addWidget(stay, 1);
  column->addWidget(end_words_);
  column->addWidget(reason_);
  column->addLayout(row);
  connect(confirm_, &QPushButton::clicked, this, &SessionCard::confirm_end);
  connect(reason_, &QLineEdit::returnPressed, this, &SessionCard::confirm_end);
  connect(reason_, &QLineEdit::textChanged, this, [this] { refresh(); });
  connect(stay, &QPushButton::clicked, this, [this] { end_card_->hide(); refresh(); });
  box->hide();
  return box;
}

void SessionCard::ask_end() {
  if (desk_.stage() != LiveDesk::Stage::Running) return;
  if (end_card_->isVisible()) return confirm_end();
  pause_card_->hide();
  end_card_->show();
  refresh();
  if (desk_.status().incomplete.empty()) confirm_->setFocus();
  else reason_->setFocus();
}

void SessionCard::confirm_end() {
  const auto reason = reason_->text().trimmed();
  if (!desk_.status().incomplete.empty() && reason.isEmpty()) {
    reason_->setFocus();
    return;
  }
  desk_.end(desk_.status().incomplete.empty() ? std::string() : ss(reason));
}

void SessionCard::refresh() {
  const auto& status = desk_.status();
  QStringList marks;
  for (const auto& mark : status.device_marks) marks << Words::mark(mark);
  phone_->setText(qs(status.device_model) + " · " + qs(status.device_serial) + (marks.isEmpty() ? "" : "\n" + marks.join(" · ")));
  challenge_->setText(qs(status.challenge));
  sound_->refresh();
  refresh_checklist();
  refresh_environment();
  const bool ending = desk_.stage() == LiveDesk::Stage::Ending;
  acts_->setVisible(!end_card_->isVisibleTo(this));
  refresh_pause();
  end_->setEnabled(desk_.stage() == LiveDesk::Stage::Running);
  end_->setText(ending ? tr("正在封存…") : tr("结束并封存"));
  QStringList missing;
  for (const auto& item : status.incomplete) missing << "· " + qs(item);
  end_words_->setText(ending             ? tr("正在封存，请稍候…")
                      : missing.isEmpty() ? tr("证据完整，可以封存。封存后内容不能再改。")
                                          : tr("还缺以下内容，封存后会标为“不完整”，且不能再补：\n%1").arg(missing.join('\n')));
  end_words_->setAccessibleDescription(end_words_->text());
  reason_->setVisible(!missing.isEmpty() && !ending);
  confirm_->setEnabled(!ending && (missing.isEmpty() || !reason_->text().trimmed().isEmpty()));
}

}  // namespace guzheng::ui
