// Room desk. 标识 at the desk: which marks samples propose for data level and data region, what officers decided of them, rules of their own, and marking what has
// no mark yet, in one batch that can be undone. Rules are core/registry's (marks.h). GUI thread; surveys and marking are on a worker of their own.
#pragma once

#include "core/desk/subject_desk.h"
#include "core/registry/marks.h"

namespace guzheng {

class MarkDesk : public QObject {
  Q_OBJECT
 public:
  explicit MarkDesk(SubjectDesk& desk);
  ~MarkDesk() override { stop(); }
  void stop();

  [[nodiscard]] bool running() const { return running_; }
  [[nodiscard]] bool marking() const { return marking_; }        // running() and not only looking
  [[nodiscard]] std::int64_t done() const { return done_; }      // subjects, of survey().subjects
  [[nodiscard]] const MarkSurvey& survey() const { return survey_; }
  [[nodiscard]] std::int64_t to_mark() const;                    // at most so many subjects would be marked by what was agreed
  void look();                             // surveyed()
  // Remembered; can be undone. surveyed() with the same counts, or failed().
  enum class Decision { Agree, Refuse, Open };
  void decide(const MarkRule& rule, Decision decision);
  // By all that was agreed. marked(), or failed(): then nothing is. The batch can be undone.
  void mark();
  void cancel() { stop_->store(true); }

 signals:
  void running_changed();
  void progressed();
  void surveyed();
  void marked(qint64 subjects);
  void failed(const guzheng::Error& error);

 private:
  void begin(bool marking);
  [[nodiscard]] std::function<bool(std::int64_t)> progress();
  void decided(const MarkRule& rule, const std::vector<MarkChoice>& before, Decision decision);

  SubjectDesk& desk_;
  const std::shared_ptr<std::atomic<bool>> stop_ = std::make_shared<std::atomic<bool>>(false);
  MarkSurvey survey_;
  std::int64_t done_ = 0;
  bool running_ = false, marking_ = false;
  QThreadPool working_;
};

}  // namespace guzheng
