// Room session. A capture script out of a sealed session (A-8.3f): what the journal says was done, by text where the layouts of the package tell
// what lay under the finger.
#pragma once

#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/seal/package_reader.h"

namespace guzheng {

struct DerivedScript {
  Json script;                               // in the script's form; session/script_write.h writes it
  int by_text = 0, by_place = 0;             // taps
  std::vector<std::string> left_out;         // acts that no step can do, in Chinese, each with its line of the journal
};
// A tap whose journal line names the element under it (FORMAT.md 5.3), or on a page whose layout was taken (each captured page has one) and that nothing has
// changed since, is a tap on its text, when the text leads to
// that element alone; every other one stays at its place, in thousandths of the screen, and its "remark" says why. What was typed in 密码输入 mode
// becomes a named secret. Before a capture the script waits for a text that its page has and the page before had not.
// Reading is not judging (verify does). Blocks; errors as PackageReader. Invalid: a package without a phone's session, or without a single act.
Result<DerivedScript> script_from_package(const PackageReader& package);

}  // namespace guzheng
