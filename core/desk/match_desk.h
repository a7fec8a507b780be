// Room desk. Subjects of the library that may be one and the same: proposals for one subject or for what an import added, side by side, for an
// officer to confirm or to reject. What was decided is remembered and can be undone. GUI thread; looking for them is on a worker of its own.
#pragma once

#include <atomic>
#include <memory>

#include "core/desk/subject_desk.h"

namespace guzheng {

struct AlikePair {
  SubjectSheet one, other;                 // asked about; proposed
  int likeness = 0;                        // 0–1000, core/registry/match.h
};

class MatchDesk : public QObject {
  Q_OBJECT
 public:
  static constexpr int kMostAsked = 2000, kMostPairs = 500;        // subjects of an import that are asked about; pairs
  explicit MatchDesk(SubjectDesk& desk);
  ~MatchDesk() override { stop(); }
  void stop();

  void ask(SubjectId subject);             // found()
  void ask_import(std::int64_t batch);     // of those that the import added; progressed(), then found()
  void again();                            // the same question
  void reject(const AlikePair& pair, QObject* to, Told<void> told);                // they are two
  void merge(SubjectId from, SubjectId into, QObject* to, Told<void> told);        // they are one: `into` stays

 signals:
  void progressed(int asked, int of);
  void found(const std::vector<guzheng::AlikePair>& pairs, bool all);
  void failed(const guzheng::Error& error);

 private:
  using Number = std::uint64_t;
  void run(std::function<Result<std::vector<SubjectId>>(SubjectStore&)> which);
  template <typename Work>
  void decide(Work work, QObject* to, Told<void> told);

  SubjectDesk& desk_;
  const std::shared_ptr<std::atomic<Number>> newest_ = std::make_shared<std::atomic<Number>>(0);
  std::function<Result<std::vector<SubjectId>>(SubjectStore&)> which_;
  QThreadPool looking_;
};

}  // namespace guzheng
