// ui. Page 主体: browsing and one subject's page, and what both say.
#pragma once

#include <QPointer>
#include <QStackedWidget>

#include "core/desk/code_desk.h"
#include "core/desk/mark_desk.h"
#include "core/desk/match_desk.h"
#include "core/desk/notice_desk.h"
#include "core/desk/patrol_desk.h"
#include "core/desk/push_desk.h"
#include "core/desk/subject_export.h"
#include "core/desk/subject_import.h"
#include "core/desk/subject_search.h"
#include "core/desk/tag_desk.h"

namespace guzheng::ui {

class BrowseView;
class ExportWindow;
class IntakeWindow;
class MarksWindow;
class MatchWindow;
class MessageBar;
class NoticeWindow;
class PatrolWindow;
class PushWindow;
class SubjectView;

struct SubjectDesks {
  SubjectDesk& subjects;
  SubjectSearch& search;
  TagDesk& tags;
  SubjectExport& exports;
  SubjectImport& imports;
  NoticeDesk& notices;
  MatchDesk& matches;
  PushDesk& push;
  PatrolDesk& patrol;
  MarkDesk& marks;
  CodeDesk& codes;
};

class SubjectsPage : public QWidget {
  Q_OBJECT
 public:
  explicit SubjectsPage(SubjectDesks desks, QWidget* parent = nullptr);
  void open_subject(SubjectId id);

 signals:
  void capture_wanted(const guzheng::CaptureOrder& order);       // 发起取证: what the subject fills in of it
  void package_wanted(const std::string& id);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void add_keys();
  void open_from_window(qint64 id);
  void back();
  void add_subject();
  void start_capture(SubjectId id, int entry);
  void tag(const std::vector<SubjectId>& ids);
  void undo();
  void export_table();
  void import_table();
  void show_notices();
  void show_patrol();
  void show_push();
  void show_marks();
  void show_matches(const QString& what);
  [[nodiscard]] QString found_words() const;

  SubjectDesks desks_;
  MessageBar* messages_;
  QStackedWidget* views_;
  BrowseView* browse_;
  SubjectView* subject_;
  QPointer<IntakeWindow> intake_;
  QPointer<NoticeWindow> notices_;
  QPointer<PatrolWindow> patrol_;
  QPointer<PushWindow> push_;
  QPointer<MarksWindow> marks_;
  QPointer<ExportWindow> export_;
  QPointer<MatchWindow> matches_;
};

}  // namespace guzheng::ui
