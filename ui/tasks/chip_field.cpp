#include "ui/tasks/chip_field.h"

#include <QKeyEvent>
#include <algorithm>

#include "ui/base/flow_layout.h"
#include "ui/base/parts.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"

namespace guzheng::ui {

ChipField::ChipField(const QString& name, const QString& icon, bool files, QWidget* parent) : QWidget(parent), name_(name), icon_(icon) {
  flow_ = new FlowLayout(6);
  setLayout(flow_);
  auto policy = sizePolicy();
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
  typed_ = new QLineEdit;
  typed_->setAccessibleName(name);
  typed_->setPlaceholderText(tr("输入后回车"));
  typed_->setMaxLength(60);
  typed_->setProperty("inChips", true);
  typed_->setFixedWidth(132);
  typed_->installEventFilter(this);
  flow_->addWidget(typed_);
  if (files) {
    file_ = link_button(tr("选文件…"));
    file_->setAccessibleName(name + tr(" 选文件"));
    connect(file_, &QPushButton::clicked, this, &ChipField::file_wanted);
    flow_->addWidget(file_);
  }
  connect(typed_, &QLineEdit::editingFinished, this, &ChipField::take_typed);
}

void ChipField::set_words(std::vector<Document> words) {
  if (words == words_) return;
  words_ = std::move(words);
  show_words();
}

std::vector<std::string> ChipField::texts() const {
  std::vector<std::string> out;
  for (const auto& one : words_) out.push_back(one.name);
  return out;
}

void ChipField::add(const Document& word) {
  if (std::find(words_.begin(), words_.end(), word) == words_.end()) words_.push_back(word);
  show_words();
  emit edited();
}

void ChipField::take_typed() {
  const auto text = typed_->text().trimmed();
  if (text.isEmpty() || !editable_) return;
  typed_->clear();
  add({ss(text), {}});
}

void ChipField::set_editable(bool editable) {
  if (editable_ == editable) return;
  editable_ = editable;
  typed_->setVisible(editable);
  if (file_) file_->setVisible(editable);
  show_words();
}

void ChipField::show_words() {
  for (auto* chip : chips_) {
    flow_->removeWidget(chip);
    chip->hide();
    chip->deleteLater();
  }
  chips_.clear();
  for (std::size_t i = 0; i < words_.size(); ++i) {
    const auto word = qs(words_[i].name);
    auto* chip = button(editable_ ? word + QStringLiteral("  ×") : word);
    chip->setProperty("wordChip", true);
    if (!icon_.isEmpty()) chip->setIcon(icon(icon_, colour::blue));
    chip->setAccessibleName(name_ + QLatin1Char(' ') + word);
    const bool has_file = !words_[i].sha256.empty();
    chip->setAccessibleDescription(editable_ ? tr("点按去掉") : has_file ? tr("点按另存") : QString());
    chip->setToolTip(chip->accessibleDescription());
    chip->setEnabled(editable_ || has_file);
    connect(chip, &QPushButton::clicked, this, [this, i] {
      if (!editable_) return emit document_wanted(words_[i]);
      words_.erase(words_.begin() + static_cast<std::ptrdiff_t>(i));
      show_words();
      typed_->setFocus();
      emit edited();
    });
    chips_.push_back(chip);
    flow_->addWidget(chip);
    chip->show();
  }
  // what is typed stands behind the chips
  flow_->removeWidget(typed_);
  flow_->addWidget(typed_);
  if (file_) {
    flow_->removeWidget(file_);
    flow_->addWidget(file_);
  }
  for (std::size_t i = 1; i < chips_.size(); ++i) setTabOrder(chips_[i - 1], chips_[i]);
  if (!chips_.empty()) setTabOrder(chips_.back(), typed_);
  updateGeometry();
}

bool ChipField::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
  const auto key = static_cast<QKeyEvent*>(event);
  if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) && key->modifiers() == Qt::NoModifier) {
    take_typed();
    return true;
  }
  if (key->key() == Qt::Key_Backspace && typed_->text().isEmpty() && !words_.empty()) {
    words_.pop_back();
    show_words();
    emit edited();
    return true;
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace guzheng::ui
