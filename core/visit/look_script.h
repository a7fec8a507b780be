// Room visit. Scripts by which an entry that has no web address (an app, a mini-program, an account) is found and read on a phone (A-5.2b). They are data:
//   {"format":1,"scripts":[{"platform":"练习商城","app":"cn.guzheng.mall","steps":[{"tap":"搜索"},{"type":"{name}"},{"tap":"搜索"},{"absent":"没有找到"},
//   {"tap":"{name}"},{"wait":"进店逛逛"}]}]}
// The script of an entry's platform, else the one whose platform is "", is run: the app is ended and started anew; "tap" waits for the text and taps it, "wait"
// waits for it, "scroll" swipes up until it is there, "type" types into the field that has the focus, "key" presses "enter" or "back"; {name} is the entry's name,
// {platform} its platform. What stands in a field does not count as {name} found. The page that is reached is judged by the rules of the check. A text with {name}
// that does not come, or the text of "absent" that does: the entry was not found. Another one that does not come: the script does not fit the app, nothing is said
// of the entry, and it stays due. Pure but for the two that read and write the file.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/registry/subject.h"

namespace guzheng {

struct PhoneLookStep {
  enum class Act { Tap, Wait, Scroll, Type, Key, Absent } act = Act::Wait;
  std::string text;
  bool operator==(const PhoneLookStep&) const = default;
};
struct PhoneLookScript {
  std::string platform, app;
  std::vector<PhoneLookStep> steps;
  bool operator==(const PhoneLookScript&) const = default;
};
// Strict: an unknown key or act, no app's name, no step is Invalid and named.
Result<std::vector<PhoneLookScript>> parse_phone_looks(std::string_view text);
Result<std::vector<PhoneLookScript>> read_phone_looks(const std::filesystem::path& file);          // errors name the file

// Where the bureau's scripts lie: LIBRARY/patrol-phone.json.
std::filesystem::path phone_looks_file(const std::filesystem::path& library);
// Those of the library; empty when it has none. Blocks for the disk.
Result<std::vector<PhoneLookScript>> library_phone_looks(const std::filesystem::path& library);
// `file` in place of those that the library has, byte for byte, once it was read without an error. Blocks for the disk.
Result<std::vector<PhoneLookScript>> import_phone_looks(const std::filesystem::path& library, const std::filesystem::path& file);

// Null: none is for it.
const PhoneLookScript* look_script_for(const std::vector<PhoneLookScript>& scripts, const Entry& entry);
bool types_text(const std::vector<PhoneLookScript>& scripts);                // one of them types: the phone has to run the screen server
bool looks_for_name(const PhoneLookStep& step);                              // its text holds {name}

}  // namespace guzheng
