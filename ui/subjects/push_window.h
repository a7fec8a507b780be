// ui. 推送: a selection packed and signed for another station; one that came in checked, imported and acknowledged; the acknowledgement that came back. A window of
// its own that stops nobody.
#pragma once

#include <QProgressBar>
#include <QRadioButton>
#include <QTabWidget>

#include "core/desk/push_desk.h"
#include "ui/base/parts.h"

namespace guzheng::ui {

class MessageBar;

class PushWindow : public QWidget {
  Q_OBJECT
 public:
  // What is ticked and what is found now; `found` in words. `filter`: what was asked, in words.
  PushWindow(SubjectDesk& desk, PushDesk& push, std::vector<SubjectId> ids, const SubjectQuery& query, const QString& found, const QString& filter, QWidget* parent);

 private:
  QWidget* build_out(const QString& found);
  QWidget* build_in();
  QWidget* build_answer();
  QLineEdit* path_row(QVBoxLayout* into, const QString& name, const QString& hint, bool save);
  void connect_desk();
  void write();
  void take();
  void show_seen(const PushSeen& push);
  void refresh();

  SubjectDesk& desk_;
  PushDesk& push_;
  const std::vector<SubjectId> ids_;
  const SubjectQuery query_;
  const QString filter_;
  const std::vector<SavedFilter> filters_;
  MessageBar* messages_;
  QProgressBar* bar_;
  QPushButton* cancel_;
  // out
  QRadioButton *these_ = nullptr, *every_ = nullptr;
  std::vector<QRadioButton*> saved_;
  QLineEdit *to_ = nullptr, *note_ = nullptr, *out_file_ = nullptr;
  QPushButton* write_ = nullptr;
  // in
  QLineEdit *in_file_ = nullptr, *answer_file_ = nullptr;
  QLabel *seen_ = nullptr, *taken_ = nullptr;
  QPushButton *check_ = nullptr, *take_ = nullptr, *undo_ = nullptr;
  std::int64_t batch_ = 0;
  // answer
  QLineEdit *sent_file_ = nullptr, *came_file_ = nullptr;
  QPushButton* compare_ = nullptr;
  QLabel* answer_ = nullptr;
};

}  // namespace guzheng::ui
