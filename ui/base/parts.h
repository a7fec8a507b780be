// ui. Small parts that every page is made of. Each control gets its accessible name here: stable, unique in the window,
// the same in every language-independent test as in a screen reader.
#pragma once

#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "core/base/secret.h"

namespace guzheng::ui {

// A white card with a title row; add to body(), put things at the title's right with header().
class Card : public QFrame {
 public:
  explicit Card(const QString& title, QWidget* parent = nullptr);
  [[nodiscard]] QVBoxLayout* body() const { return body_; }
  [[nodiscard]] QHBoxLayout* header() const { return header_; }
  void set_title(const QString& title) { title_->setText(title); }

 private:
  QLabel* title_;
  QHBoxLayout* header_;
  QVBoxLayout* body_;
};

QLabel* label(const QString& text, const char* role = "", QWidget* parent = nullptr);
QLabel* wrapped(const QString& text, const char* role = "", QWidget* parent = nullptr);
void set_role(QWidget* widget, const char* property, const QVariant& value);      // and styles it anew
QPushButton* button(const QString& text, const QString& icon_name = {}, QWidget* parent = nullptr);
QPushButton* main_button(const QString& text, const QString& icon_name = {}, QWidget* parent = nullptr);
QPushButton* link_button(const QString& text, QWidget* parent = nullptr);
QPushButton* pill(const QString& text, QWidget* parent = nullptr);
QFrame* line();
// What was typed, for good: the field is emptied and forgets it, its buffer is overwritten (core/desk/secret_text.h says what cannot be helped).
Secret take_secret(QLineEdit* field);
// A coloured box ("red", "amber", "green", "blue", "grey") for words that must be seen.
QFrame* note_box(const char* colour, QWidget* parent = nullptr);
// An icon beside a word: colour never alone carries meaning.
QWidget* icon_text(const QString& icon_name, const QColor& colour, QLabel* text);
QScrollArea* scroller(QWidget* content);
void clear_layout(QLayout* layout);

// A label that shortens its text in the middle of a narrow place, and tells all of it in its tool tip.
class ElidedLabel : public QLabel {
 public:
  explicit ElidedLabel(const QString& text = {}, QWidget* parent = nullptr) : QLabel(parent) { set_full_text(text); }
  void set_full_text(const QString& text);
  [[nodiscard]] QSize minimumSizeHint() const override { return {24, QLabel::minimumSizeHint().height()}; }
  [[nodiscard]] QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QString full_;
};

}  // namespace guzheng::ui
