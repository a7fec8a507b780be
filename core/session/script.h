// Room session. A capture by script (A-8.3f, A-AnC): readable steps, the same session underneath.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/session/session.h"

namespace guzheng {

// JSON: {"schema":"guzheng-script/1","name":"…","order":{…CaptureOrder fields…},"statements":[…],"steps":[…]}; "statements"
// (core/session/statements.h) may miss; steps are objects with "do":
//   {"do":"app","name":"cn.guzheng.mall"}           start an app
//   {"do":"tap","text":"店铺"} or {"do":"tap","x":360,"y":900}     text: found in the UI hierarchy, tapped in its middle
//   {"do":"swipe","from":[360,1000],"to":[360,300],"ms":300}
//   {"do":"key","key":"back|home|recents|enter"}    {"do":"text","text":"保健食品"} (pasted when not ASCII)
//   {"do":"wait","ms":500} or {"do":"wait","text":"证照信息","limit_ms":5000}
//   {"do":"capture","kind":"licence","title":"…","proves":"…","access":"公开"}
//   {"do":"long", …as capture…, "most":20}          a page longer than the screen (session/long_capture.h)
//   {"do":"scroll","until":"营业执照","to":"down|up","most":20}       until the text is on the page
//   {"do":"assert","text":"…","absent":"…"}         what the page must show now, what it must not; one of them or both
//   {"do":"note","text":"…"}
struct ScriptStep {
  std::string action;
  Json values;
};
struct Script {
  std::string name;
  CaptureOrder order;
  std::vector<OpeningStatement> statements;
  std::vector<ScriptStep> steps;
};
Result<CaptureOrder> parse_capture_order(const Json& json);    // {…CaptureOrder fields…}, each a text; no other field
Result<Script> parse_script(std::string_view json);            // names the step and field that is wrong

// Runs on the calling thread. A step that cannot be done (text not found, …) stops the run: that page is captured as
// "other" with the reason, and the error names the step.
Status run_script(const Script& script, CaptureSession& session, const Clock& clock,
                  const std::function<void(std::size_t step, const ScriptStep&)>& progress = {});

// One step, as run_script does it: for runs whose steps wait for each other (group_session.h). Number from 0.
Status run_step(const Script& script, std::size_t step, CaptureSession& session, const Clock& clock);

}  // namespace guzheng
