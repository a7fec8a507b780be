// Room desk. 设置 → 主体库, code tables: which are loaded and where they came from, a file looked at before it counts, importing, taking out, and undoing both.
// Rules are core/intake's (code_files.h). GUI thread; files are read on a worker of its own.
#pragma once

#include "core/desk/subject_desk.h"
#include "core/intake/code_files.h"

namespace guzheng {

struct CodePreview {
  std::string file, name;                  // name: of the table that it would become
  CodeFile read;
  CodeChanges changes;                     // against the one in force
  [[nodiscard]] bool good() const { return read.problem_count == 0; }
};

class CodeDesk : public QObject {
  Q_OBJECT
 public:
  explicit CodeDesk(SubjectDesk& desk);
  ~CodeDesk() override { stop(); }
  void stop() { working_.waitForDone(); }

  [[nodiscard]] bool busy() const { return busy_; }
  void ask_tables();                       // tables_read()
  void preview(const std::string& name, const std::string& file);        // previewed() or failed()
  void import(const std::string& name, const std::string& file);         // imported() or failed(): then nothing is changed
  void remove(const std::string& name);    // removed() or failed()

 signals:
  void tables_read(const std::vector<guzheng::CodeTableCard>& tables);
  void previewed(const guzheng::CodePreview& preview);
  void imported(const std::string& name, qint64 codes);
  void removed(const std::string& name);
  void busy_changed();
  void failed(const guzheng::Error& error);

 private:
  template <typename Work, typename Then>
  void work(Work work, Then then);
  void keep_undo(const std::string& name, WallTime at);

  SubjectDesk& desk_;
  bool busy_ = false;
  QThreadPool working_;
};

}  // namespace guzheng
