// ui. Forms of the subject library, each in a window of its own that stops nobody: a subject, an entry (网店, 小程序 …), a record, a reason.
#pragma once

#include <QComboBox>
#include <QDateEdit>
#include <QLineEdit>
#include <QPlainTextEdit>

#include "core/desk/subject_desk.h"
#include "ui/base/errors.h"
#include "ui/base/parts.h"

class QGridLayout;

namespace guzheng::ui {

class MessageBar;

// What they share: a grid, a line that says what misses, 保存 and 取消. Deletes itself when it is closed.
class FormWindow : public QWidget {
  Q_OBJECT
 public:
  FormWindow(const QString& title, const QString& save, QWidget* parent);
  void show_error(const Error& error);
  void show_text(const char* colour, const QString& text);
  void set_busy(bool busy);                // nothing can be pressed meanwhile but 取消

 signals:
  void saved();                            // the button was pressed and nothing misses

 protected:
  QLineEdit* text(const QString& name, const QString& hint, const std::string& value, int most = 300);
  QPlainTextEdit* lines(const QString& name, const std::string& value);
  QComboBox* choice(const QString& name);
  void must(QLineEdit* field) { needed_.push_back(field); }
  void set_doing(Doing doing) { doing_ = doing; }        // whose words errors get
  void refresh();
  void keyPressEvent(QKeyEvent* event) override;
  void add_row(const QString& name, QWidget* field);

 private:
  const QString title_;
  Doing doing_ = Doing::KeepSubjects;
  QGridLayout* grid_;
  MessageBar* messages_;
  QPushButton* save_;
  bool busy_ = false;
  std::vector<QLineEdit*> needed_;
};

class SubjectForm : public FormWindow {
  Q_OBJECT
 public:
  SubjectForm(SubjectDesk& desk, const Subject& subject, QWidget* parent);
  [[nodiscard]] Subject subject() const;
  [[nodiscard]] std::string why() const { return why_->text().trimmed().toStdString(); }

 private:
  SubjectDesk& desk_;
  const Subject before_;
  QLineEdit *name_, *short_name_, *credit_code_, *number_, *address_, *region_, *industry_, *category_, *data_region_, *why_;
  QPlainTextEdit* licences_;
  QComboBox *kind_, *state_, *sensitivity_, *unit_;
  QLabel* proposal_;
};

class EntryForm : public FormWindow {
  Q_OBJECT
 public:
  EntryForm(SubjectDesk& desk, const Subject& subject, const Entry& entry, QWidget* parent);
  [[nodiscard]] Entry entry() const;

 private:
  SubjectDesk& desk_;
  const Subject subject_;
  const Entry before_;
  QComboBox *kind_, *unit_;
  QLineEdit *name_, *platform_, *link_, *category_;
  QLabel* proposal_;
};

class RecordForm : public FormWindow {
  Q_OBJECT
 public:
  RecordForm(WallTime now, QWidget* parent);
  [[nodiscard]] Record record() const;

 private:
  const WallTime now_;
  QComboBox* kind_;
  QDateEdit* day_;
  QLineEdit *title_, *source_, *reference_;
  QPlainTextEdit* text_;
};

class SensitiveForm : public FormWindow {
  Q_OBJECT
 public:
  SensitiveForm(const std::vector<SensitiveValue>& values, QWidget* parent);
  [[nodiscard]] std::vector<SensitiveValue> values() const;
  [[nodiscard]] std::string why() const { return why_->text().trimmed().toStdString(); }

 private:
  QPlainTextEdit *phones_, *identities_;
  QLineEdit* why_;
};

// Asks why: moving into the abnormal library and back, removing, reading what is hidden.
class ReasonForm : public FormWindow {
  Q_OBJECT
 public:
  ReasonForm(const QString& title, const QString& explanation, const QString& save, QWidget* parent);
  [[nodiscard]] std::string why() const { return why_->text().trimmed().toStdString(); }

 private:
  QLineEdit* why_;
};

}  // namespace guzheng::ui
