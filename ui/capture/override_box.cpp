#include "ui/capture/override_box.h"

#include <QCoreApplication>
#include <QLineEdit>

#include "ui/base/parts.h"
#include "ui/base/text.h"

namespace guzheng::ui {
namespace {

constexpr int kMostReason = 100;           // characters; core takes 400 bytes

QString check_text(const char* text) { return QCoreApplication::translate("guzheng::ui::CheckView", text); }

// Not given yet: a line for it.
void ask_reason(CheckDesk& desk, const EnvItem& item, const QString& name, QHBoxLayout* line) {
  auto* reason = new QLineEdit;
  reason->setAccessibleName(check_text(QT_TRANSLATE_NOOP("guzheng::ui::CheckView", "仍要取证的理由 ")) + name);
  reason->setPlaceholderText(check_text(QT_TRANSLATE_NOOP("guzheng::ui::CheckView", "仍要取证的理由（记入日志，印在报告首页）")));
  reason->setMaxLength(kMostReason);
  auto* go = button(check_text(QT_TRANSLATE_NOOP("guzheng::ui::CheckView", "仍要取证")));
  go->setAccessibleName(check_text(QT_TRANSLATE_NOOP("guzheng::ui::CheckView", "仍要取证 ")) + name);
  go->setEnabled(false);
  const auto pass = [&desk, reason, id = item.id] {
    if (const auto text = reason->text().simplified(); !text.isEmpty()) desk.let_pass(id, ss(text));
  };
  QObject::connect(reason, &QLineEdit::textChanged, go, [go](const QString& text) { go->setEnabled(!text.simplified().isEmpty()); });
  QObject::connect(reason, &QLineEdit::returnPressed, reason, pass);
  QObject::connect(go, &QPushButton::clicked, reason, pass);
  line->addWidget(reason, 1);
  line->addWidget(go);
}

}  // namespace

bool holds_up(const EnvItem& item) { return item.compulsory && item.verdict == "fail"; }

QFrame* override_box(CheckDesk& desk, const EnvItem& item, const QString& phone) {
  auto* box = note_box(item.overridden.empty() ? "red" : "amber");
  auto* column = static_cast<QVBoxLayout*>(box->layout());
  column->addWidget(label(check_text(QT_TRANSLATE_NOOP("guzheng::ui::CheckView", "%1：%2，应为：%3")).arg(qs(item.title), qs(item.found), qs(item.expected)), "section"));
  column->addWidget(wrapped(qs(CheckDesk::why(item.id)) + check_text(QT_TRANSLATE_NOOP("guzheng::ui::CheckView", "。"))));
  auto* line = new QHBoxLayout;
  const auto name = qs(item.title) + (phone.isEmpty() ? QString() : " " + phone);
  if (item.overridden.empty()) {
    ask_reason(desk, item, name, line);
  } else {
    line->addWidget(wrapped(check_text(QT_TRANSLATE_NOOP("guzheng::ui::CheckView", "仍要取证，理由：%1")).arg(qs(item.overridden)), "warn"), 1);
    auto* back = button(check_text(QT_TRANSLATE_NOOP("guzheng::ui::CheckView", "撤回")));
    back->setAccessibleName(check_text(QT_TRANSLATE_NOOP("guzheng::ui::CheckView", "撤回 ")) + name);
    QObject::connect(back, &QPushButton::clicked, back, [&desk, id = item.id] { desk.let_pass(id, {}); });
    line->addWidget(back);
  }
  column->addLayout(line);
  return box;
}

}  // namespace guzheng::ui
