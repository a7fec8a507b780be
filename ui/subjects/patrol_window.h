// ui. 巡检 (A-5.2b, A-5.2c): what is due by the cycles, a run by button, on a phone for what has no web address, with its progress and findings, and how to call it off. A window of its own that stops nobody.
#pragma once

#include <QCheckBox>
#include <QProgressBar>
#include <QSpinBox>
#include <QTimer>

#include "core/desk/patrol_desk.h"
#include "ui/base/parts.h"

namespace guzheng::ui {

class MessageBar;
class PatrolPhoneRow;
class RowList;
struct Row;

// Whether this window's account wants a check a day (PatrolDesk::keep_daily), kept over restarts.
struct PatrolDaily {
  static bool wanted();
  static void begin(PatrolDesk& patrol, QObject* page);    // once for a page
  static void set(PatrolDesk& patrol, bool on);
};

class PatrolWindow : public QWidget {
  Q_OBJECT
 public:
  PatrolWindow(SubjectDesk& desk, PatrolDesk& patrol, QWidget* parent);

 signals:
  void open_wanted(qint64 subject);

 private:
  QWidget* build_due();
  QWidget* build_found();
  void start();
  void show_due(const PatrolDue& due);
  void show_progress();
  void show_rows();
  void say_finished(bool called_off);
  void say_taken_in(const SpoolTaken& taken);
  void refresh();

  SubjectDesk& desk_;
  PatrolDesk& patrol_;
  MessageBar* messages_;
  QLabel *due_, *cycle_, *counts_;
  QCheckBox *ordinary_, *abnormal_, *daily_;
  QSpinBox* most_;
  PatrolPhoneRow* phone_;
  QProgressBar* bar_;
  RowList* list_;
  QTimer soon_;                            // findings come by the hundred: the list is made anew a few times a second
  std::size_t listed_ = 0;
  QPushButton *start_, *cancel_, *open_;
};

}  // namespace guzheng::ui
