#include "ui/tasks/document_row.h"

#include <QFileDialog>

#include "ui/base/parts.h"
#include "ui/base/text.h"

namespace guzheng::ui {

DocumentRow::DocumentRow(TaskDesk& desk, const QString& name, QWidget* parent) : QWidget(parent), desk_(desk) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  names_ = wrapped(tr("还没有"), "quiet");
  names_->setAccessibleName(name + tr(" 文书"));
  auto* more = button(tr("添加文书…"));
  more->setAccessibleName(name + tr(" 添加文书"));
  row->addWidget(names_, 1);
  row->addWidget(more);
  connect(more, &QPushButton::clicked, this, &DocumentRow::choose_files);
}

void DocumentRow::choose_files() {
  const auto files = QFileDialog::getOpenFileNames(this, tr("添加文书"), QDir::homePath(), {}, nullptr, QFileDialog::DontUseNativeDialog);
  for (const auto& file : files) {
    desk_.add_document(ss(file), this, [this](const Result<Document>& document) {
      if (!document) return emit refused(document.error());
      add(*document);
    });
  }
}

void DocumentRow::add(const Document& document) {
  documents_.push_back(document);
  QStringList names;
  for (const auto& one : documents_) names << qs(one.name);
  names_->setText(names.join(QStringLiteral("、")));
  names_->setAccessibleDescription(names_->text());
}

}  // namespace guzheng::ui
