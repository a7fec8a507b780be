// Room session. A capture by script (A-8.3f, A-AnC): readable steps, the same session underneath.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/base/secret.h"
#include "core/seal/proof_words.h"
#include "core/session/session.h"

namespace guzheng {

// JSON, described by resources/scripts/guzheng-script.schema.json: {"schema":"guzheng-script/1","name":"…","target":{"app","url","mark"},
// "order":{…CaptureOrder fields…},"statements":[…],"steps":[…]}. "statements" (core/session/statements.h) and "target" may miss; steps are
// objects with "do", and a "remark" for who reads them:
//   {"do":"app","name":"cn.guzheng.mall"}           start an app
//   {"do":"url","url":"https://…"}                  open a link
//   {"do":"tap","text":"店铺"}                       found in the UI hierarchy, tapped in its middle; waited for ("limit_ms")
//            or "picture":"cart.png" (media/find_picture.h), or "at":[500,700] (thousandths of the screen), or "x":360,"y":900 (video pixels)
//   {"do":"swipe","from_at":[500,800],"to_at":[500,300],"ms":300}     or "from","to" in video pixels
//   {"do":"key","key":"back|home|recents|enter"}    {"do":"text","text":"保健食品"} (pasted when not ASCII)
//   {"do":"text","secret":"登录口令"}                typed into a password field, or while the officer's 密码输入 mode is on, and nowhere else; what it is, is
//                                                  given when the script is run, never written down
//   {"do":"wait","ms":500} or "text":"证照信息" or "gone":"加载中" or "picture":"…", each of the three with "limit_ms"
//   {"do":"capture","kind":"licence","title":"…","proves":"…","access":"公开","basis":"…"}
//   {"do":"long", …as capture…, "most":20}          a page longer than the screen (session/long_capture.h)
//   {"do":"scroll","until":"营业执照","to":"down|up","most":20}       until the text, or the "picture", is on the page
//   {"do":"assert","text":"…","absent":"…","picture":"…","app":"…"}   what the page must show now, what it must not, whose it must be
//   {"do":"note","text":"…"}
struct ScriptStep {
  std::string action;
  Json values;
};
// What the script is about (应用、网址或其他标识); the app is ended and started anew, or the link opened in it, before the
// first step, so that each run begins on the same page.
struct ScriptTarget {
  std::string app, url, mark;
};
struct Script {
  std::string name;
  ScriptTarget target;
  CaptureOrder order;
  std::vector<OpeningStatement> statements;
  std::vector<ScriptStep> steps;
  std::string sha256;                                            // of the text it was read from
  std::map<std::string, Frame> pictures;                         // by their names; filled by read_script()
};

// What is wrong with a script, in words for an officer.
struct ScriptProblem {
  int line = 0;                                                  // of the text, from 1; 0: of no line
  std::size_t step = 0;                                          // from 1; 0: not about a step
  std::string field;                                             // "" : about the step, or the script, as a whole
  std::string chinese, english;
};
// "第 12 行，第 3 步：…"
std::string in_words(const ScriptProblem& problem, Language language);

Result<CaptureOrder> parse_capture_order(const Json& json);    // {…CaptureOrder fields…}, each a text; no other field
// Everything that is wrong, in the order of the text; empty when it can be run. Pictures are not looked at.
std::vector<ScriptProblem> check_script(std::string_view json);
Result<Script> parse_script(std::string_view json);            // Invalid names the first problem
// With its pictures, which lie beside it. Invalid: it, or a picture, is wrong. `problems`: all of them, also of the pictures.
Result<Script> read_script(const std::filesystem::path& file, std::vector<ScriptProblem>* problems = nullptr);
std::set<std::string> pictures_in(const Script& script);       // the names of the files that it needs
std::set<std::string> secrets_in(const Script& script);        // of what must be given when it is run

// What {"do":"text","secret":NAME} types, by name. Printable ASCII: it is typed, not pasted, so that it never lies on the phone's clipboard.
using ScriptSecrets = std::map<std::string, Secret>;
Status check_secrets(const Script& script, const ScriptSecrets* secrets);      // null: none; Invalid: one misses, or cannot be typed

// Runs on the calling thread, all steps (session/script_runner.h: one at a time). A step that cannot be done (text not found, …) stops the
// run: that page is captured as "other" with the reason, the journal says where, and the error names the step. `secrets` may be null.
Status run_script(const Script& script, CaptureSession& session, const Clock& clock,
                  const std::function<void(std::size_t step, const ScriptStep&)>& progress = {}, const ScriptSecrets* secrets = nullptr);


}  // namespace guzheng
