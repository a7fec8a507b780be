// ui. Words as chips: Enter adds what is typed, Backspace in the empty field takes the last one away, a click takes its own. Where nothing may be
// changed a click on one with a file asks for that file.
#pragma once

#include <QLineEdit>
#include <QWidget>
#include <vector>

#include "core/desk/task_desk.h"

class QPushButton;

namespace guzheng::ui {

class FlowLayout;

class ChipField : public QWidget {
  Q_OBJECT
 public:
  // `icon`: of each chip; "": none. `files`: with a button for files from the disk.
  ChipField(const QString& name, const QString& icon, bool files, QWidget* parent = nullptr);
  void set_words(std::vector<Document> words);
  [[nodiscard]] const std::vector<Document>& words() const { return words_; }
  [[nodiscard]] std::vector<std::string> texts() const;
  void add(const Document& word);
  void set_editable(bool editable);

 signals:
  void edited();
  void file_wanted();
  void document_wanted(const guzheng::Document& document);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void show_words();
  void take_typed();

  const QString name_, icon_;
  std::vector<Document> words_;
  std::vector<QPushButton*> chips_;
  FlowLayout* flow_;
  QLineEdit* typed_;
  QPushButton* file_ = nullptr;
  bool editable_ = true;
};

}  // namespace guzheng::ui
