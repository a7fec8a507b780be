#include "ui/settings/crop_dialog.h"

#include <QComboBox>
#include <QLineEdit>

#include "ui/base/message_bar.h"
#include "ui/base/parts.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/evidence/copy_canvas.h"

namespace guzheng::ui {

CropDialog::CropDialog(CropDesk& desk, VaultDesk& vault, QWidget* parent) : QDialog(parent), desk_(desk) {
  setWindowTitle(tr("裁取图片"));
  resize(900, 640);
  auto* columns = new QHBoxLayout(this);
  columns->setContentsMargins(16, 16, 16, 16);
  columns->setSpacing(16);
  canvas_ = new CopyCanvas;
  canvas_->setAccessibleName(tr("裁取画面"));
  columns->addWidget(canvas_, 1);
  auto* side = new QVBoxLayout;
  side->setSpacing(8);
  messages_ = new MessageBar(tr("裁取消息"));
  side->addWidget(messages_);
  packages_ = new QComboBox;
  packages_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  packages_->setMinimumContentsLength(24);
  for (const auto& entry : vault.packages())
    packages_->addItem(qs(entry.id) + QStringLiteral("  ") + qs(entry.order.is_object() ? text_at(entry.order, "reason") : std::string()), qs(entry.id));
  reason_ = new QLineEdit;
  reason_->setAccessibleName(tr("裁取图片的理由"));
  reason_->setPlaceholderText(tr("打开这份证据的理由，记入操作日志"));
  open_ = button(tr("打开截图"), "search");
  shots_ = new QComboBox;
  shots_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  words_ = wrapped({}, "small");
  words_->setAccessibleName(tr("裁取说明"));
  name_ = new QLineEdit;
  name_->setAccessibleName(tr("图片名称"));
  name_->setPlaceholderText(tr("图片名称，如：购物车图标"));
  name_->setMaxLength(60);
  keep_ = main_button(tr("用作这一步的图片"), "check");
  keep_->setAccessibleName(tr("用作这一步的图片"));
  auto* cancel = button(tr("取消"));
  for (auto* one : {static_cast<QWidget*>(packages_), static_cast<QWidget*>(reason_), static_cast<QWidget*>(open_), static_cast<QWidget*>(shots_), static_cast<QWidget*>(words_), static_cast<QWidget*>(name_)})
    side->addWidget(one);
  side->addWidget(icon_text("alert", colour::amber, wrapped(tr("裁下的图片是明文文件，不随证据包加密，只有本机的本用户可读。"), "warn")));
  side->addStretch(1);
  side->addWidget(keep_);
  side->addWidget(cancel);
  columns->addLayout(side);
  connect(reason_, &QLineEdit::textChanged, this, &CropDialog::refresh);
  connect(canvas_, &CopyCanvas::marks_changed, this, &CropDialog::refresh);
  connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
  connect(keep_, &QPushButton::clicked, this, &CropDialog::take);
  connect(open_, &QPushButton::clicked, this, [this] {
    messages_->clear();
    desk_.open(ss(packages_->currentData().toString()), ss(reason_->text().trimmed()));
  });
  connect(shots_, &QComboBox::activated, this, [this] { desk_.load(shots_->currentData().toInt()); });
  connect(&desk_, &CropDesk::opened, this, [this] {
    shots_->clear();
    for (const auto& shot : desk_.shots()) shots_->addItem(tr("截图 %1　%2").arg(shot.number).arg(qs(shot.title)), shot.number);
    desk_.load(desk_.shots().front().number);
  });
  connect(&desk_, &CropDesk::picture, this, [this](int, const QImage& image) {
    canvas_->show_picture(image, {});
    canvas_->setFocus();
    refresh();
  });
  connect(&desk_, &CropDesk::failed, this, [this](const Error& error) { messages_->show_error(Doing::KeepScripts, error); });
  connect(&desk_, &CropDesk::kept, this, [this](const std::string& file) {
    file_ = file;
    accept();
  });
  refresh();
}

QRect CropDialog::part() const {
  const auto& marks = canvas_->marks();
  if (marks.empty()) return {};
  const auto& mark = marks.back();
  return {mark.x, mark.y, mark.w, mark.h};
}

void CropDialog::refresh() {
  const QRect marked = part();
  open_->setEnabled(packages_->count() > 0 && !reason_->text().trimmed().isEmpty());
  shots_->setVisible(shots_->count() > 0);
  words_->setText(marked.isNull() ? tr("在画面上框出要找的部分：鼠标拖动，或方向键移动光标、Enter 定起点和终点。取小而有特征的图形，不要带价格和数字。")
                                  : tr("框出 %1×%2 像素；再框一次以新的为准。").arg(marked.width()).arg(marked.height()));
  words_->setAccessibleDescription(words_->text());
  keep_->setEnabled(!marked.isNull());
}

void CropDialog::take() { desk_.keep(part(), ss(name_->text().trimmed())); }

}  // namespace guzheng::ui
