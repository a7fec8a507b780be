// ui. Documents that come with a move or a clue: their names, and a button that takes files from the disk into the book.
#pragma once

#include <QLabel>
#include <QWidget>
#include <vector>

#include "core/desk/task_desk.h"

namespace guzheng::ui {

class DocumentRow : public QWidget {
  Q_OBJECT
 public:
  // `name`: of the form it stands in, for screen readers.
  DocumentRow(TaskDesk& desk, const QString& name, QWidget* parent = nullptr);
  void add(const Document& document);      // in the book already
  [[nodiscard]] const std::vector<Document>& documents() const { return documents_; }

 signals:
  void refused(const guzheng::Error& error);

 private:
  void choose_files();

  TaskDesk& desk_;
  QLabel* names_;
  std::vector<Document> documents_;
};

}  // namespace guzheng::ui
