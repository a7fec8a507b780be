// Room desk. Notices of hits at the desk: how many nobody has read, the list, and reading them. GUI thread; the store is read and written on the
// subject desk's pools.
#pragma once

#include <optional>

#include "core/desk/subject_desk.h"

namespace guzheng {

class NoticeDesk : public QObject {
  Q_OBJECT
 public:
  static constexpr int kMostShown = 500;
  explicit NoticeDesk(SubjectDesk& desk);

  [[nodiscard]] std::int64_t unseen() const { return unseen_; }
  // Of one unit (0: of subjects without one), or of all. Answers with read(); asked again by itself when the library changed.
  void ask(std::optional<std::int64_t> unit, bool unseen_only);
  void see(const std::vector<std::int64_t>& ids);          // by the officer at the desk, now; cannot be undone

 signals:
  void counted();                          // unseen() is another
  void read(const std::vector<guzheng::SubjectStore::Notice>& notices);
  void failed(const guzheng::Error& error);

 private:
  void count();
  void ask_again();

  SubjectDesk& desk_;
  std::int64_t unseen_ = 0;
  std::optional<std::int64_t> unit_;
  bool unseen_only_ = true, asked_ = false;
};

}  // namespace guzheng
