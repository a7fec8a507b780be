// Room desk. Tags of subjects: the library of tags with its groups; several tags on one subject, on those that were ticked, or on all that a
// search finds; and what is exported of them. GUI thread; answers as in subject_desk.h.
#pragma once

#include <QObject>

#include "core/desk/subject_desk.h"

namespace guzheng {

struct TagTurn {
  std::int64_t tag = 0;
  bool on = true;
};

// One tag for, or off, several subjects. A tag without id is found in the library by group and name, or made.
struct TagPlan {
  Tag tag;
  bool on = true;
  std::vector<SubjectId> subjects;
};

class TagDesk : public QObject {
  Q_OBJECT
 public:
  explicit TagDesk(SubjectDesk& desk) : desk_(desk) {}
  void put(const Tag& tag, QObject* to, Told<std::int64_t> told);
  void remove(const Tag& tag, QObject* to, Told<void> told);     // Denied while subjects carry it
  // All turns or, when one fails, those before it; undone together.
  void turn(const SubjectChoice& choice, const std::vector<TagTurn>& turns, QObject* to, Told<void> told);
  // Likewise. A tag that was made for it stays when it is undone.
  void apply(const std::vector<TagPlan>& plans, QObject* to, Told<void> told);

 private:
  // The turns as one act that can be undone, and is journalled with `what` of it.
  void turned(const Status& done, const std::vector<std::int64_t>& batches, Json what, const QPointer<QObject>& to, const Told<void>& told);

  SubjectDesk& desk_;
};

}  // namespace guzheng
