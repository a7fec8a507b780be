// Room desk, private. Draws a form of monitoring tasks by a process of its own (guzheng-evidence tasks form), so that the window never loads the web
// engine. The process is given packed values (report/task_forms.h) and has neither book nor key. GUI thread. One form at a time for each object.
#pragma once

#include <QProcess>
#include <filesystem>
#include <functional>

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
  void stop();                             // ends the process; its `done` is dropped

 private:
  void ended(bool good, bool started);

  const std::filesystem::path programs_;
  QProcess* process_ = nullptr;            // child
  Done done_;
};

}  // namespace guzheng
