// Room desk. The analysis of monitoring tasks: by task, unit, violation, platform, field or month; the risk of subjects with the rule that gave
// it; what confirmations propose for tags, applied by a person and undone as any act on the library; tables to a file, the whole to a PDF, which another
// process draws. GUI thread; answers come there through `told`, and are dropped when `to` is gone. Reads run on a thread of its own.
#pragma once

#include <QObject>
#include <QPointer>
#include <QThreadPool>
#include <filesystem>
#include <functional>
#include <memory>

#include "core/desk/form_process.h"
#include "core/desk/subject_desk.h"
#include "core/desk/tag_desk.h"
#include "core/desk/tag_proposals.h"
#include "core/report/analysis_form.h"
#include "core/tasks/analysis_table.h"

namespace guzheng {

// What the filters can be set to.
struct AnalysisChoices {
  std::vector<std::pair<std::int64_t, std::string>> tasks;       // id; number and name. Due first, at most 1000
  std::vector<std::string> units;                                // that handle results
};

class AnalysisDesk : public QObject {
  Q_OBJECT
 public:
  using BookOf = std::function<std::shared_ptr<TaskBook>()>;     // null while it is not open
  AnalysisDesk(BookOf book, SubjectDesk& subjects);
  ~AnalysisDesk() override;
  void stop();                             // lets running work end; nothing is taken any more

  [[nodiscard]] bool is_open() const { return book_() != nullptr; }
  [[nodiscard]] bool may_tag() const { return is_open() && subjects_.may_change(); }
  [[nodiscard]] bool is_printing() const { return form_.is_drawing(); }
  [[nodiscard]] Day today() const { return day_of(subjects_.station().clock().wall()); }

  void choices(QObject* to, Told<AnalysisChoices> told);
  void analyse(AnalysisBy by, const AnalysisFilter& filter, QObject* to, Told<std::vector<AnalysisRow>> told);
  void risks(const RiskRule& rule, QObject* to, Told<std::vector<SubjectRisk>> told);
  void proposals(const RiskRule& rule, QObject* to, Told<TagProposals> told);
  // All of them, or those before the first that failed; undone together by SubjectDesk::undo.
  void apply(const std::vector<TagProposal>& proposals, QObject* to, Told<void> told);

  // CSV or XLSX by the file's name; a file that is there is replaced (whoever chose it was asked). Journalled (op.task-analysis).
  void export_table(const std::vector<ImportRow>& table, const std::filesystem::path& file, QObject* to, Told<void> told);
  // `made`, `made_by` and the practice mark are filled in here. One at a time (Exists). NotFound: the program that draws is missing. Journalled likewise.
  void print(AnalysisForm form, const std::filesystem::path& file, QObject* to, Told<void> told);

 private:
  template <typename Work, typename T>
  void read(Work work, QObject* to, Told<T> told);
  void note(const char* act, const std::filesystem::path& file);

  const BookOf book_;
  SubjectDesk& subjects_;
  TagDesk tags_;
  FormProcess form_;
  QThreadPool reads_;
  bool stopped_ = false;
};

}  // namespace guzheng
