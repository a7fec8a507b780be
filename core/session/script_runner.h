// Room session. A capture script one step at a time (A-8.3f): what run_script does, for who keeps several sessions in step.
#pragma once

#include <memory>
#include <optional>

#include "core/session/script.h"

namespace guzheng {

// Where and why a script stopped.
struct ScriptStop {
  std::size_t step = 0;                      // from 1; 0: before the first
  std::string action;
  std::string chinese, english;              // what was awaited and did not come; without the step's number
};
std::string in_words(const ScriptStop& stop, Language language);         // "第 3 步（等待）：…"

// Asked often, also within a step that waits: true ends the script as soon as may be.
using CalledOff = std::function<bool()>;

// One thread at a time, which may be another for each call; script, session, clock and secrets (may be null) outlive it.
class ScriptRunner {
 public:
  ScriptRunner(const Script& script, CaptureSession& session, const Clock& clock, const ScriptSecrets* secrets = nullptr, CalledOff off = {});
  ~ScriptRunner();
  ScriptRunner(ScriptRunner&&) noexcept;

  // Journals which script is run, waits until the challenge is off the screen, starts the script's app or opens its link. Once, before the first
  // step; Invalid without having done anything when a secret misses.
  Status begin();
  [[nodiscard]] std::size_t next() const;                        // number of the step that step() would do, from 0
  [[nodiscard]] bool ended() const;                              // all steps done, or one could not be
  // Does the next step and blocks as long as it takes. A step that cannot be done (text not found, assert not met, another app in front, …)
  // ends the script: the page is captured as it stands, with the reason, the journal says where, and the error names the step.
  Status step();
  // Ends the script for a reason from outside, in the same way (another phone of the group stopped, the officer called it off).
  void stop(const std::string& chinese, const std::string& english);
  [[nodiscard]] const std::optional<ScriptStop>& stopped() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace guzheng
