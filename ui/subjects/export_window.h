// ui. 主体, export: what is ticked or all that is found, as a table for other programs. A window of its own that stops nobody.
#pragma once

#include <QRadioButton>

#include "core/desk/subject_export.h"
#include "ui/base/parts.h"

class QComboBox;

namespace guzheng::ui {

class MessageBar;

class ExportWindow : public QWidget {
  Q_OBJECT
 public:
  // What is ticked and what is found now; `found` in words.
  ExportWindow(SubjectDesk& desk, SubjectExport& exports, std::vector<SubjectId> ids, const SubjectQuery& query, const QString& found, QWidget* parent);

 private:
  void build_choice(QVBoxLayout* into, const QString& found);
  void build_file(QVBoxLayout* into);
  void browse();
  void begin();
  void refresh();

  SubjectExport& exports_;
  const std::vector<SubjectId> ids_;
  const SubjectQuery query_;
  MessageBar* messages_;
  QRadioButton *these_ = nullptr, *every_ = nullptr;
  QComboBox* kind_ = nullptr;
  QLineEdit* path_ = nullptr;
  QPushButton *export_ = nullptr, *cancel_ = nullptr;
};

}  // namespace guzheng::ui
