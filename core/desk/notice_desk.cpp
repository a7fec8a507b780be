#include "core/desk/notice_desk.h"

namespace guzheng {

NoticeDesk::NoticeDesk(SubjectDesk& desk) : desk_(desk) {
  connect(&desk_, &SubjectDesk::opened, this, &NoticeDesk::count);
  connect(&desk_, &SubjectDesk::changed, this, [this] {
    count();
    ask_again();
  });
}

void NoticeDesk::count() {
  desk_.hop(SubjectDesk::Pool::Read, [](SubjectStore& store) { return store.unseen_notices(); }, this, std::function<void(const Result<std::int64_t>&)>([this](const Result<std::int64_t>& count) {
    if (!count) return emit failed(count.error());
    unseen_ = *count;
    emit counted();
  }));
}

void NoticeDesk::ask(std::optional<std::int64_t> unit, bool unseen_only) {
  unit_ = unit;
  unseen_only_ = unseen_only;
  asked_ = true;
  ask_again();
}

void NoticeDesk::ask_again() {
  if (!asked_) return;
  using Found = Result<std::vector<SubjectStore::Notice>>;
  desk_.hop(SubjectDesk::Pool::Read, [unit = unit_, unseen = unseen_only_](SubjectStore& store) { return store.notices(unit, unseen, kMostShown); }, this,
            std::function<void(const Found&)>([this](const Found& found) {
              if (found) emit read(*found);
              else emit failed(found.error());
            }));
}

void NoticeDesk::see(const std::vector<std::int64_t>& ids) {
  if (!desk_.may_change()) return emit failed({ErrorKind::Denied, "nobody is logged in"});
  if (ids.empty()) return;
  desk_.hop(SubjectDesk::Pool::Write, [ids, act = desk_.act("")](SubjectStore& store) { return store.see_notices(ids, act); }, this, std::function<void(const Status&)>([this](const Status& done) {
    if (!done) emit failed(done.error());
    count();
    ask_again();
  }));
}

}  // namespace guzheng
