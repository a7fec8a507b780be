// Room desk. 推送 at the desk: a selection packed and signed for another station, one that came in checked and imported, and the acknowledgement that
// came back. Rules and form are core/push. GUI thread; the work is on a worker of its own, one at a time.
#pragma once

#include <filesystem>

#include "core/desk/subject_desk.h"
#include "core/push/push.h"

namespace guzheng {

class PushDesk : public QObject {
  Q_OBJECT
 public:
  explicit PushDesk(SubjectDesk& desk);
  ~PushDesk() override { stop(); }
  void stop();                             // what is not whole is not written; an import that was stopped goes on when it is asked for again

  [[nodiscard]] bool running() const { return running_; }
  void cancel() { stop_->store(true); }
  void write(const SubjectChoice& choice, const PushNote& note, const std::filesystem::path& file);        // written()
  void check(const std::filesystem::path& file);                                                          // seen(): imports nothing
  // taken(); `answer`, when it is named: our signed acknowledgement goes there.
  void take(const std::filesystem::path& file, const std::filesystem::path& answer, PushNoticeWords words);
  void undo(std::int64_t batch);                                                                          // taken_back()
  void check_answer(const std::filesystem::path& push, const std::filesystem::path& answer);               // acknowledged()

 signals:
  void running_changed();
  void progressed(qint64 done, qint64 of);
  void written(const guzheng::PushSeen& push, const std::filesystem::path& file);
  void seen(const guzheng::PushSeen& push);
  void taken(const guzheng::PushTaken& taken);
  void taken_back(const guzheng::UndoReport& report);
  void acknowledged(const guzheng::PushAcknowledged& answer);
  void failed(const guzheng::Error& error);

 private:
  [[nodiscard]] PushTrust trust() const;
  [[nodiscard]] PushProgress watch();
  template <typename T>
  void run(std::function<Result<T>(SubjectStore&)> work, std::function<void(const T&)> done);

  SubjectDesk& desk_;
  const std::shared_ptr<std::atomic<bool>> stop_ = std::make_shared<std::atomic<bool>>(false);
  bool running_ = false;
  QThreadPool working_;
};

}  // namespace guzheng
