// Room desk. 设置 → 脚本 (A-8.3f): the station's capture scripts, made by hand or out of a session, and one run of one of them on a phone. A run is a
// session of the page 远程取证, driven by the script: what it took is sealed as an automatic capture and waits for its review (待复核).
// GUI thread; answers are signals.
#pragma once

#include <QObject>
#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "core/desk/crop_desk.h"
#include "core/desk/live_desk.h"
#include "core/session/script_actions.h"
#include "core/session/script_runner.h"

namespace guzheng {

struct ScriptCard {
  std::string file;                        // name in the folder, "网店.json"
  std::string name;                        // as it says, or the file's
  int steps = 0;
  int problems = 0;                        // not 0: it cannot be run
};

class ScriptDesk : public QObject {
  Q_OBJECT
 public:
  ScriptDesk(StationDesk& station, LiveDesk& live);
  ~ScriptDesk() override;

  [[nodiscard]] std::filesystem::path folder() const { return station_.private_folder() / "scripts"; }
  [[nodiscard]] bool is_open() const { return station_.is_open(); }
  [[nodiscard]] const std::vector<ScriptCard>& scripts() const { return scripts_; }
  void refresh();                          // listed() or failed()
  void open(const std::string& file);      // opened() or failed(); what is no JSON is not opened: Invalid, with the line
  // Written whole or not at all. kept() or failed(). `file` empty: a new one, named after the script.
  void save(const std::string& file, const Json& script);
  // Moved into the folder's "removed", from where it can be taken back by hand.
  void remove(const std::string& file);    // removed() or failed()
  // Out of a package of this vault, which may lie encrypted: the script does not. It stays a readable file (0600 in a folder of 0700), since an unattended run
  // has no officer's key to open it with; the window says so. `reason`: why evidence is opened, for the operation log. kept(), then derived(); or failed().
  void derive(const std::string& package, const std::string& reason);
  // All that is wrong with it, its pictures included; checked(). The newest question counts.
  void check(const Json& script);

  // One run at a time, and only while no session runs: started by the live desk, driven on a worker, ended and sealed. step_begun() for each step, then
  // run_ended(); run_failed() when no session began. Secrets by name (session/script.h).
  void run(const std::string& file, const PhoneEntry& phone, ScriptSecrets secrets);
  void cancel();                           // soon, also within a wait: what was recorded is sealed
  [[nodiscard]] bool running() const { return run_ != nullptr; }
  [[nodiscard]] LiveDesk& live() const { return live_; }
  [[nodiscard]] CropDesk& crops() { return crops_; }       // pictures for steps

 signals:
  void listed();
  void opened(const std::string& file, const guzheng::Json& script);
  void kept(const std::string& file);
  void removed(const std::string& file);
  void derived(const std::string& file, int by_text, int by_place, const std::vector<std::string>& left_out);
  void checked(const guzheng::Json& script, const std::vector<guzheng::ScriptProblem>& problems);
  void failed(const std::string& file, const guzheng::Error& error);
  void run_changed();
  void step_begun(qint64 step, qint64 of); // from 0
  // `stop`: where and why it stopped, none when all steps were done.
  void run_ended(const guzheng::SealedPackage& package, const std::optional<guzheng::ScriptStop>& stop);
  void run_failed(const guzheng::Error& error);

 private:
  struct Run;
  void drive();
  void finish();
  StationDesk& station_;
  LiveDesk& live_;
  CropDesk crops_;
  std::vector<ScriptCard> scripts_;
  std::shared_ptr<Run> run_;
  std::uint64_t checks_ = 0;
};

}  // namespace guzheng
