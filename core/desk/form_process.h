// Room desk, private. Draws a paper by a process of its own (guzheng-evidence), so that the window never loads the web engine: a form of monitoring tasks, which is
// given packed values (report/task_forms.h), or a report, which asks this process to open what is encrypted. Neither has book or key. GUI thread. One paper
// at a time for each object.
#pragma once

#include <QProcess>
#include <QStringList>
#include <cstdint>
#include <filesystem>
#include <functional>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace guzheng {

class FormProcess : public QObject {
 public:
  using Done = std::function<void(const Status&)>;
  // `programs`: folder of guzheng-evidence.
  FormProcess(std::filesystem::path programs, QObject* parent) : QObject(parent), programs_(std::move(programs)) {}
  ~FormProcess() override { stop(); }

  [[nodiscard]] bool is_drawing() const { return process_ != nullptr; }
  // `values`: file with packed values, the caller's to remove. `done` once, never from within this call. Exists: it is drawing; NotFound: the program
  // cannot be started; Io: what it said.
  void draw(const std::filesystem::path& values, const std::filesystem::path& pdf, Done done);
  // Likewise any subcommand. `said`: what it writes to its standard output, as it comes; then its standard input is open for answer(). Without it both are nowhere.
  void run(const QStringList& arguments, Done done, std::function<void(const QByteArray&)> said = {});
  [[nodiscard]] std::uint64_t number() const { return number_; }         // of the process that runs, or ran last
  void answer(std::uint64_t number, ByteView bytes);       // to the process of that number, nothing when it has ended
  void kill();                             // it ends as one that failed: `done` is told
  void stop();                             // ends the process; its `done` is dropped

 private:
  void ended(bool good, bool started);

  const std::filesystem::path programs_;
  QProcess* process_ = nullptr;            // child
  Done done_;
  std::uint64_t number_ = 0;
};

}  // namespace guzheng
