#include <algorithm>

#include "core/seal/check_content.h"

namespace guzheng {

namespace {

constexpr std::int64_t kSamplesASecond = 48'000;

class SoundCheck {
 public:
  SoundCheck(const Bag& bag, const JournalFacts& journal, VerifyReport& report) : bag_(bag), journal_(journal), report_(report) {}

  void run() {
    std::int64_t number = 0;
    for (const auto& segment : journal_.segments)
      if (segment.path.ends_with(".ogg")) check(segment, number++);
  }

 private:
  void check(const SegmentLines& segment, std::int64_t number) {
    const std::string& path = segment.path;
    if (path.size() != 22 || fixed_number(path.substr(14, 4), 4) != number) report_.broken("sound.order", path, "audio segments are not numbered from 0 by one");
    if (segment.codec != "opus" || segment.width != 0 || segment.height != 0) report_.broken("sound.format", path, "seg.open is not that of sound");
    const auto sound = bag_.sounds.find(path);
    const auto* file = bag_.find(path);
    if (sound == bag_.sounds.end() || file == nullptr) return;
    check_text(path);
    // cut off before its first packet came: nothing of it stands, and the journal says so
    if (segment.packets == 0 && file->digests.size == 0 && journal_.only("crash.recover")) return;
    for (const auto& problem : sound->second.problems) report_.broken("sound.form", path, problem);
    if (segment.closed != kNone && (sound->second.packets != segment.packets || file->digests.size != segment.bytes))
      report_.broken("sound.packets", path, "not as many packets or bytes as seg.close says");
    check_values(segment, sound->second);
  }

  void check_values(const SegmentLines& segment, const Sound& sound) {
    const Json values = bag_.attached("values");
    if (!values.is_object() || !values.contains("recordings") || !values["recordings"].is_array()) return;
    for (const auto& one : values["recordings"]) {
      if (text_at(one, "path") != segment.path) continue;
      if (integer_at(one, "first_us") != segment.origin_us || integer_at(one, "duration_us") != sound.samples * 1'000'000 / kSamplesASecond)
        report_.broken("values", "data/attach/values.json", segment.path + ": first_us or duration_us is not that of the sound");
      if (integer_at(one, "width") != 0 || integer_at(one, "height") != 0) report_.broken("values", "data/attach/values.json", segment.path + ": a sound has no size");
    }
  }

  // What is written is of this sound, and something is.
  void check_text(const std::string& sound) {
    const std::string path = sound.substr(0, sound.size() - 3) + "txt", name = sound.substr(sound.rfind('/') + 1);
    const auto* file = bag_.find(path);
    if (file == nullptr) return;             // 不完整, check_bindings
    const std::string_view text = file->content;
    static constexpr std::string_view kWhat = "\n内容：\n";
    const auto what = text.find(kWhat);
    const bool of_this = text.starts_with("录音：" + name + "\n") || text.find("\n录音：" + name + "\n") < what;
    if (!file->kept || what == text.npos || !of_this || text.find_first_not_of(" \t\r\n", what + kWhat.size()) == text.npos)
      report_.broken("sound.text", path, "not the text record of this sound: it names it, and says what is heard");
  }

  const Bag& bag_;
  const JournalFacts& journal_;
  VerifyReport& report_;
};

}  // namespace

void check_sound(const Bag& bag, const JournalFacts& journal, VerifyReport& report) { SoundCheck(bag, journal, report).run(); }

}  // namespace guzheng
