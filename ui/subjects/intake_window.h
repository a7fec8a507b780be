// ui. 导入主体, in a window of its own that stops nobody: the file, which column goes where, what cleaning does to the first rows, the
// run with rows and time left, and the result: every row that was dropped, merged or corrected, with its reason; taken back as a whole.
#pragma once

#include <QComboBox>

#include "core/desk/subject_import.h"
#include "ui/base/parts.h"
#include "ui/base/row_list.h"

class QLineEdit;
class QMimeData;
class QProgressBar;
class QStackedWidget;
class QGridLayout;

namespace guzheng::ui {

class MessageBar;

class IntakeWindow : public QWidget {
  Q_OBJECT
 public:
  IntakeWindow(SubjectDesk& desk, SubjectImport& imports, QWidget* parent);
  void choose(const QString& file);

 signals:
  void alike_wanted(qint64 batch);         // among those that it added: which may be known under another name?

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  enum Step { File, Mapping, Running, Outcome, kSteps };
  QWidget* build_file();
  QWidget* build_mapping();
  QWidget* build_running();
  QWidget* build_outcome();
  void connect_desk();
  void show_step(Step step);
  void take_preview(const std::filesystem::path& file, const ImportPreview& preview);
  void show_columns();
  void show_rows();
  [[nodiscard]] MappingProfile profile() const;
  void preview_again();
  void show_progress(const ImportProgress& progress);
  void show_result(std::int64_t batch, const ImportCounts& counts);
  void show_notes();
  void show_batches(const std::vector<Batch>& batches);
  void export_result();

  SubjectDesk& desk_;
  SubjectImport& imports_;
  MessageBar* messages_;
  QStackedWidget* steps_;
  QLabel* titles_[kSteps]{};
  // file
  QLineEdit* path_ = nullptr;
  QComboBox* profiles_ = nullptr;
  QPushButton *read_ = nullptr, *open_batch_ = nullptr, *resume_ = nullptr;
  RowList* batches_ = nullptr;
  std::vector<MappingProfile> known_;
  std::vector<Batch> past_;
  // mapping
  std::filesystem::path file_;
  ImportPreview preview_;
  QLabel *facts_ = nullptr, *mapped_ = nullptr;
  QGridLayout* columns_ = nullptr;
  std::vector<QComboBox*> fields_;
  QComboBox* on_match_ = nullptr;
  QLineEdit* profile_name_ = nullptr;
  RowList* rows_ = nullptr;
  QPushButton *start_ = nullptr, *again_ = nullptr;
  // running
  QProgressBar* bar_ = nullptr;
  QLabel* state_ = nullptr;
  QPushButton* cancel_ = nullptr;
  // outcome
  std::int64_t batch_ = 0;
  std::vector<RowNote> notes_;
  QLabel *counts_ = nullptr, *shown_ = nullptr;
  RowList* note_list_ = nullptr;
  std::vector<QPushButton*> outcomes_;
  int outcome_ = 0;
  QPushButton *undo_ = nullptr, *alike_ = nullptr;
};

}  // namespace guzheng::ui
