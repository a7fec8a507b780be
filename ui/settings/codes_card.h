// ui. 设置 → 主体库, code tables: which are loaded, with their source; a file is read and shown with all that is wrong before it is imported.
#pragma once

#include <optional>

#include "core/desk/code_desk.h"
#include "ui/base/parts.h"

class QComboBox;

namespace guzheng::ui {

class MessageBar;
class RowList;

// The card: what is loaded.
class CodesCard : public Card {
  Q_OBJECT
 public:
  CodesCard(SubjectDesk& desk, CodeDesk& codes, MessageBar* messages, QWidget* parent = nullptr);

 private:
  void show_tables(const std::vector<CodeTableCard>& tables);
  void refresh();

  SubjectDesk& desk_;
  CodeDesk& codes_;
  std::vector<CodeTableCard> tables_;
  RowList* list_;
  QPushButton *import_, *remove_, *undo_;
};

// A window of its own: one file, looked at and imported.
class CodesWindow : public QWidget {
  Q_OBJECT
 public:
  CodesWindow(SubjectDesk& desk, CodeDesk& codes, QWidget* parent);
  static QString table_word(const std::string& name);            // "行业 GB/T 4754"

 private:
  QWidget* build_file();
  QWidget* build_seen();
  [[nodiscard]] std::string name() const;
  void read();
  void show_preview(const CodePreview& preview);
  void refresh();

  SubjectDesk& desk_;
  CodeDesk& codes_;
  MessageBar* messages_;
  QComboBox* which_ = nullptr;
  QLineEdit *other_ = nullptr, *path_ = nullptr;
  QLabel* state_ = nullptr;
  RowList* list_ = nullptr;
  QPushButton *read_ = nullptr, *import_ = nullptr;
  std::optional<CodePreview> preview_;
};

}  // namespace guzheng::ui
