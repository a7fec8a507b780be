// sample_bag_tool DIR [--late | --case NAME]: a practice bureau in DIR/bureau, a sample package DIR/ID, its export DIR/package.zip and
// the roots DIR/roots/{org,tsa}.pem. --late leaves out the second signature and the seal's stamp;
// --case makes a package of a bureau that is not for practice whose makers break a rule, or stay just within it: see bend() and
// certify(); DIR/roots/newer.crl is then a revocation list issued later.
#include <cstdio>
#include <optional>
#include <string_view>

#include "core/base/file.h"
#include "core/media/opus_pages.h"
#include "tests/support/sample_bag.h"
#include "tests/support/sample_bureau.h"

namespace fs = std::filesystem;
using namespace guzheng;

namespace {

// The system's clock, some minutes slow until it is put right: so time passes without waiting, and no stamp lies in the future.
class LateClock final : public Clock {
 public:
  [[nodiscard]] WallTime wall() const override { return {system_.wall().ms - behind_ms}; }
  [[nodiscard]] MonotonicTime monotonic() const override { return system_.monotonic(); }
  [[nodiscard]] int zone_minutes() const override { return system_.zone_minutes(); }
  std::int64_t behind_ms = 0;

 private:
  SystemClock system_;
};

constexpr std::int64_t kDay = 86'400'000;

// What a case is made of: a bureau (nothing: the practice bureau), a time, and how its package is bent.
struct Shape {
  LateClock& clock;
  test::SampleOptions& options;
  std::optional<test::BureauPlan> plan;

  // Packages of a bureau whose certificates are real, made `days` ago.
  test::BureauPlan& bureau(std::int64_t days = 0) {
    clock.behind_ms = days * kDay;
    plan = test::BureauPlan{clock.wall(), {}, {}, {}};
    return *plan;
  }
  [[nodiscard]] WallTime days(std::int64_t from_now) const { return {SystemClock().wall().ms + from_now * kDay}; }
};

// Bodies of opening statements (FORMAT.md 5.6): right ones, those of earlier versions, and wrong ones.
std::vector<Json> statements_of(std::string_view name) {
  const auto say = [](int no) { return Json{{"act", "say"}, {"no", no}, {"text", "你有权申请回避"}, {"title", "回避告知"}, {"who", "officer1"}}; };
  const auto answer = [](int no, const char* result, const char* text, const char* who) {
    return Json{{"act", "answer"}, {"no", no}, {"result", result}, {"text", text}, {"who", who}};
  };
  Json refusal = answer(2, "refuses", "申请回避", "店长");
  const Json old{{"text", "不申请回避"}, {"who", "店长"}}, consent = answer(1, "consents", "不申请", "店长");
  if (name == "statements-old") return {old, old, old};
  if (name == "statements-mixed") return {say(1), consent, old};
  if (name == "statements-unanswered") return {say(1), consent, say(2)};
  if (name == "statements-one-answer") return {say(1), say(2), answer(2, "absent", "", "")};
  if (name == "statements-answer-twice") return {say(1), consent, consent};
  if (name == "statements-no-reason") return {say(1), consent, say(2), refusal};
  if (name == "statements-absent-answers") return {say(1), answer(1, "absent", "", "店长")};
  refusal["reason"] = "系亲属";
  if (name == "statements") return {say(1), consent, say(2), refusal, say(3), answer(3, "silent", "", "店长"), say(4), answer(4, "absent", "", "")};
  return {};
}

// Of the Ogg file: where page `number` begins, and the next one.
std::pair<std::size_t, std::size_t> page_of(const Bytes& file, std::uint64_t number) {
  std::size_t from = 0, to = file.size();
  (void)scan_opus_pages(file, [&](std::size_t at, std::uint64_t n) {
    if (n == number) from = at;
    if (n == number + 1) to = at;
  });
  return {from, to};
}

void remove_page(Bytes& file, std::uint64_t number) {
  const auto [from, to] = page_of(file, number);
  file.erase(file.begin() + static_cast<std::ptrdiff_t>(from), file.begin() + static_cast<std::ptrdiff_t>(to));
}

// Sound whose maker broke a rule: everything else agrees.
bool bend_sound(std::string_view name, Shape& shape) {
  auto& options = shape.options;
  shape.bureau();
  options.audio = test::SampleOptions::Audio::WithText;
  using Packets = std::uint64_t&;
  using Length = std::int64_t&;
  if (name == "sound-page-removed") options.change_sound = [](Bytes& file, Packets, Length, std::string&) { remove_page(file, 20); };
  else if (name == "sound-page-removed-and-counted")
    options.change_sound = [](Bytes& file, Packets packets, Length duration_us, std::string&) {
      remove_page(file, 20);
      packets -= 1;
      duration_us -= 20'000;
    };
  else if (name == "sound-cut-short")
    options.change_sound = [](Bytes& file, Packets, Length, std::string&) { file.resize(page_of(file, 60).first); };
  else if (name == "sound-longer-than-it-is") options.change_sound = [](Bytes&, Packets, Length duration_us, std::string&) { duration_us += 1'000'000; };
  else if (name == "sound-torn-page") options.change_sound = [](Bytes& file, Packets, Length, std::string&) { file.resize(file.size() - 7); };
  else if (name == "sound-that-is-none") options.change_sound = [](Bytes& file, Packets packets, Length duration_us, std::string&) {
    file = to_bytes("OggS, a sample");
    packets = 1;
    duration_us = 0;
  };
  else if (name == "sound-with-anothers-text")
    options.change_sound = [](Bytes&, Packets, Length, std::string& text) { text.replace(text.find("rec-0000"), 8, "rec-0007"); };
  else if (name == "sound-with-an-empty-text") options.change_sound = [](Bytes&, Packets, Length, std::string& text) { text.resize(text.find("甲：")); };
  else return false;
  return true;
}

bool bend(std::string_view name, Shape& shape) {
  auto& options = shape.options;
  const auto three_minutes = [&](const char* gap) {
    shape.bureau();
    shape.clock.behind_ms = 180'000;
    options.closing_gap = gap;
    options.before_close = [&clock = shape.clock] { clock.behind_ms = 0; };
    return true;
  };
  const auto fall = [&](const char* reason) {
    shape.bureau();
    options.fall_at = 30;
    options.fall_reason = reason;
    return true;
  };
  if (name == "no-heads") return three_minutes("");
  if (name == "no-heads-stamp-late") return three_minutes("stamp-late");
  if (name == "no-heads-link-lost") return three_minutes("link-lost: unplugged");
  if (name == "phone-started-again") return fall("link-lost: unplugged");
  if (name == "clock-falls") return fall("queue-full");
  if (name == "unknown-gap") return shape.bureau(), options.closing_gap = "bad-weather", true;
  if (name == "audio-alone") return shape.bureau(), options.audio = test::SampleOptions::Audio::Alone, true;
  if (name == "audio-with-text") return shape.bureau(), options.audio = test::SampleOptions::Audio::WithText, true;
  if (name == "audio-falls-silent")
    return shape.bureau(), options.audio = test::SampleOptions::Audio::WithText, options.closing_gap = "no-sound: no packet of sound for 2100 ms", true;
  if (name.starts_with("sound-")) return bend_sound(name, shape);
  if (name == "black-and-locked") return shape.bureau(), options.closing_gap = "black-page: film", true;
  const auto paused = [&](const char* gap, std::vector<std::pair<std::string, Json>> lines) {
    shape.bureau();
    options.closing_pause = true;
    options.closing_gap = gap;
    options.closing_lines = std::move(lines);
    return true;
  };
  if (name == "paused")
    return paused("pause", {{"input", Json{{"act", "reset-video"}, {"by", "recorder"}}},
                            {"input", Json{{"act", "clipboard"}, {"bytes", 3}, {"salted", std::string(64, 'a')}}}});
  if (name == "paused-input") return paused("pause", {{"input", Json{{"act", "back"}}}});
  if (name == "paused-reset") return paused("pause", {{"input", Json{{"act", "reset-video"}, {"by", "officer"}}}});
  if (name == "paused-no-gap") return paused("", {});
  if (name == "pause-gap-alone") return shape.bureau(), options.closing_gap = "pause", true;
  if (name.starts_with("element")) {
    Json on{{"age_ms", name == "element-old" ? 10'001 : 1'200}, {"alone", true}, {"bounds", {20, 120, 300, 160}}, {"class", "android.widget.TextView"}, {"id", "cn.shop:id/name"}, {"screen", {720, 1280}}, {"text", "降糖茶"}};
    if (name == "element-no-text") on["text"] = "";
    if (name == "element-no-screen") on.erase("screen");
    const Json touch{{"act", "touch"}, {"do", name == "element-lifted" ? "up" : "down"}, {"h", 1280}, {"on", on}, {"p", 0}, {"w", 720}, {"x", 100}, {"y", 140}};
    return shape.bureau(), options.closing_lines = {{"input", touch}, {"input", Json{{"act", "link"}, {"package", ""}, {"url", "https://example.com/1"}}}}, true;
  }
  if (name.starts_with("statements")) return shape.bureau(), !(options.statements = statements_of(name)).empty();
  if (name == "confirm-late") return shape.bureau(), options.closing_lines = {{"confirm", Json{{"text", "已出示执法证"}, {"who", "officer1"}}}}, true;
  if (name.starts_with("let-pass")) {
    shape.bureau();
    options.failed_item = name == "let-pass-nothing" ? "" : "当事人将撤店";
    const Json let{{"by", "示例 001"}, {"item", "phone.battery"}, {"reason", "当事人将撤店"}};
    options.overrides = name == "let-pass-unsaid" ? Json::array() : Json::array({let});
    if (name == "let-pass-twice") options.overrides->push_back(let);
    if (name == "let-pass-no-reason") options.failed_item = " ", (*options.overrides)[0]["reason"] = "";
    if (name == "let-pass-other-reason") (*options.overrides)[0]["reason"] = "另一个理由";
    return true;
  }
  if (name == "automatic") {
    options.change = [](const std::string& file, Json& value) {
      if (file == "order.json") value["type"] = "自动取证";
    };
    return true;
  }
  if (name != "wrong-position") return false;
  shape.bureau();
  options.change = [](const std::string& file, Json& value) {
    if (file == "values.json") value["items"][1]["position_ms"] = integer_at(value["items"][1], "position_ms") + 1;
  };
  return true;
}

// Certificates as they may be when a package is sealed, and when it is looked at later.
bool certify(std::string_view name, Shape& shape) {
  if (name == "whole") return shape.bureau(), true;
  if (name == "unsigned") return shape.bureau(), shape.options.second_signature = false, true;
  if (name == "unstamped") return shape.bureau(), shape.options.stamp_seal = false, true;
  if (name == "incomplete") return shape.bureau(), shape.options.incomplete_reasons = {"缺少证照公示信息"}, true;
  if (name == "no-beacon") return shape.bureau(), shape.options.beacon = false, true;
  if (name == "crl-stale") return shape.bureau().validity["crl"] = {shape.days(-60), shape.days(-30)}, true;
  if (name == "crl-not-yet") return shape.bureau().validity["crl"] = {shape.days(30), shape.days(60)}, true;
  if (name == "signer-expired") return shape.bureau().validity["officer1"] = {shape.days(-400), shape.days(-1)}, true;
  if (name == "signer-not-yet") return shape.bureau().validity["officer1"] = {shape.days(1), shape.days(400)}, true;
  if (name == "signer-revoked") return shape.bureau().revoked["officer1"] = shape.days(-1), true;
  if (name == "signer-revoked-later") return shape.bureau().revoked["officer1"] = shape.days(1), true;
  if (name == "station-renewed-revoked") return shape.bureau().revoked["station-renewed"] = {SystemClock().wall().ms - kDay / 4}, true;
  if (name == "station-renewed-revoked-later") return shape.bureau().revoked["station-renewed"] = shape.days(1), true;
  if (name == "station-renewed-lapsed") {           // sealed 100 days ago; its renewed certificate has expired since
    return shape.bureau(100).validity["station-renewed"] = {shape.days(-99), shape.days(-50)}, true;
  }
  if (name == "officer2-expired") {                 // sealed 100 days ago; since then officer 2 has expired, the list has not
    shape.options.second_signature = false;
    return shape.bureau(100).validity["officer2"] = {shape.days(-101), shape.days(-50)}, true;
  }
  if (name == "future") {                           // an authority whose clock is 400 days ahead stamps all there is
    shape.options.stamp_seal = false;
    shape.bureau(-400);
    return true;
  }
  if (name == "newer-list") {                       // sealed 100 days ago; a newer list: officer 1 revoked after that, officer 2 before
    auto& plan = shape.bureau(100);
    plan.revoked_newer = {{"officer1", shape.days(-50)}};
    plan.validity["newer-crl"] = {shape.days(-10), shape.days(20)};
    return true;
  }
  if (name == "short-list") {                       // sealed 30 days ago with a list of ten days; a newer list is there
    auto& plan = shape.bureau(30);
    plan.validity["crl"] = {shape.days(-31), shape.days(-20)};
    plan.validity["newer-crl"] = {shape.days(-1), shape.days(20)};
    return true;
  }
  if (name == "newer-list-before") {
    shape.bureau(100).revoked_newer = {{"officer2", shape.days(-150)}};
    shape.plan->validity["newer-crl"] = {shape.days(-10), shape.days(20)};
    return true;
  }
  if (name != "old") return false;
  // sealed 400 days ago; since then officers, the list and two of three authorities have expired
  auto& plan = shape.bureau(400);
  plan.validity["officer1"] = plan.validity["officer2"] = {shape.days(-401), shape.days(-150)};
  plan.validity["crl"] = {shape.days(-401), shape.days(-370)};
  plan.validity["tsa"] = plan.validity["tsa-root"] = {shape.days(-401), shape.days(-100)};
  plan.validity["tsa2"] = plan.validity["tsa2-root"] = {shape.days(-401), shape.days(-20)};
  return true;
}

Status make(const fs::path& folder, Shape& shape) {
  const auto& clock = shape.clock;
  GZ_TRY(make_private_folder(folder / "roots"));
  if (shape.plan) GZ_TRY(test::make_sample_bureau(folder / "bureau", *shape.plan));
  GZ_TRY_ASSIGN(const auto bureau, test::open_sample_bureau(folder / "bureau", clock));
  const auto sample = test::make_sample_bag(folder, bureau, clock, shape.options);
  std::string tsa = bureau.tsa_root_pem;
  if (shape.plan) {
    GZ_TRY_ASSIGN(tsa, read_text(folder / "bureau/tsa-roots.pem"));
    GZ_TRY_ASSIGN(const auto newer, read_text(folder / "bureau/newer.crl"));
    GZ_TRY(write_atomically(folder / "roots/newer.crl", as_bytes(newer)));
  }
  GZ_TRY(write_atomically(folder / "roots/org.pem", as_bytes(bureau.org_root_pem)));
  GZ_TRY(write_atomically(folder / "roots/tsa.pem", as_bytes(tsa)));
  GZ_TRY_ASSIGN(const auto digest, export_package(sample.bag, folder / "package.zip"));
  const ExportRecord record{"示例市市场监督管理局法制科", "光盘", digest};
  GZ_TRY_ASSIGN(const auto written, write_export_record(record, sample.bag, folder / "package.zip", *bureau.officers[0], bureau, clock));
  std::printf("%s\n%s\n", sample.bag.c_str(), sample.outcome.fingerprint.c_str());
  return ok();
}
}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 1;
  test::SampleOptions options;
  LateClock clock;
  Shape shape{clock, options, {}};
  if (argc > 2 && std::string_view(argv[2]) == "--late") options.second_signature = options.stamp_seal = false;
  if (argc > 3 && std::string_view(argv[2]) == "--case" && !bend(argv[3], shape) && !certify(argv[3], shape)) return 1;
  const auto made = make(argv[1], shape);
  if (!made) std::fprintf(stderr, "%s\n", made.error().what.c_str());
  return made ? 0 : 2;
}
