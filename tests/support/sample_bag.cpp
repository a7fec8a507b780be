#include "tests/support/sample_bag.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "core/base/file.h"
#include "core/custody/journal.h"
#include "core/media/recorder.h"
#include "tests/support/pictures.h"
#include "tests/support/sounds.h"

namespace guzheng::test {

namespace fs = std::filesystem;

namespace {

constexpr int kWidth = 96, kHeight = 160;
constexpr std::int64_t kDeviceStart = 7'000'000'123;       // the phone's clock counts from its own start
constexpr std::int64_t kFrame = 33'333;
constexpr std::string_view kAttach = "data/attach/";

template <typename T>
T must(Result<T> result, std::string_view step) {
  if (!result) {
    std::fprintf(stderr, "sample bag: %s: %s\n", std::string(step).c_str(), result.error().what.c_str());
    std::abort();
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

class Maker final : public RecorderListener {
 public:
  Maker(const fs::path& parent, const Bureau& bureau, const Clock& clock, const SampleOptions& options)
      : bag_(parent / options.id), bureau_(bureau), clock_(clock), options_(options) {
    for (const char* folder : {"data/main", "data/attach/tst", "data/attach/raw"})
      must(make_private_folder(bag_ / folder), folder);
  }

  SampleBag run() {
    begin();
    attest();
    record();
    hear();
    wait_a_while();
    finish();
    if (options_.before_seal) options_.before_seal(bag_);
    return seal();
  }

 private:
  // ---- small steps
  static Json only(Json entry) { return Json::array({std::move(entry)}); }
  void write(const std::string& path, ByteView bytes) { must(write_atomically(bag_ / path, bytes), path); }
  JournalHead line(std::string_view kind, const Json& body) {
    const std::lock_guard lock(mutex_);
    return must(journal_->append(kind, body), kind);
  }
  JournalHead text_line(std::string_view kind, const std::string& body) {
    const std::lock_guard lock(mutex_);
    return must(journal_->append(kind, body), kind);
  }
  std::string now() const { return format_time(clock_.wall(), clock_.zone_minutes()); }

  Json file_entry(const std::string& path) {
    return {{"path", path}, {"sha256", sha256_hex(must(read_file(bag_ / path), path))}};
  }
  Json attached(const std::string& name, Json value) {
    if (options_.change) options_.change(name, value);
    const std::string path = std::string(kAttach) + name;
    write(path, as_bytes(must(canonical_json(value), name) + "\n"));
    return file_entry(path);
  }
  Json raw(const std::string& name, std::string_view text) {
    const std::string path = std::string(kAttach) + "raw/" + name;
    write(path, as_bytes(text));
    return file_entry(path);
  }
  Bytes stamp(const std::string& path, ByteView content) {
    write(path, content);
    const Bytes token = must(bureau_.authorities.at(0)->stamp(sha256(content)), "stamp");
    write(path + ".tsr", token);
    return token;
  }
  void anchor(const JournalHead& head) {
    char number[16];
    std::snprintf(number, sizeof number, "%08llu", static_cast<unsigned long long>(head.seq));
    const Bytes token = stamp(std::string(kAttach) + "tst/" + number + ".head", as_bytes(head.digest + "\n"));
    text_line("tsa.anchor", std::string(number) + " sha256:" + sha256_hex(token));
  }

  // ---- line 0 and 1
  void begin() {
    Bytes token;
    if (options_.beacon) token = stamp(std::string(kAttach) + "tst/beacon", as_bytes(make_beacon()));
    journal_ = must(Journal::create(bag_ / "data/attach/journal.log", clock_), "journal");
    if (options_.beacon) text_line("tsa.beacon", "sha256:" + sha256_hex(token));
    else line("tsa.none", Json{{"reason", "时间戳机构没有应答"}});
    challenge_ = options_.beacon ? sha256_hex(token).substr(0, 8) : "00000000";
    opened_at_ = now();
    line("session.open", Json{{"format", 1},
                              {"package", options_.id},
                              {"practice", bureau_.practice},
                              {"software", {{"name", "guzheng"}, {"sha256", sha256_hex(as_bytes("sample"))}, {"version", "0.1.0"}}},
                              {"station", bureau_.station},
                              {"zone", now().substr(23)}});
  }

  Json marked(Json value) const {
    if (bureau_.practice) value["practice"] = true;
    return value;
  }

  // ---- order, people, environment, phone, app
  void attest() {
    order();
    Json officers = Json::array();
    for (std::size_t i = 0; i < 2; ++i) {
      const auto info = bureau_.officers.at(i)->info();
      officers.push_back({{"badge", info.badge}, {"certificate_sha256", info.sha256}, {"name", info.subject_cn},
                          {"role", "officer" + std::to_string(i + 1)}, {"unit", info.unit}});
    }
    const auto station = bureau_.station_signer->info();
    line("people", Json{{"files", only(attached("people.json", marked({{"officers", officers},
                                                                      {"station", {{"certificate_sha256", station.sha256}, {"name", station.subject_cn}}}})))}});
    for (const Json& said : options_.statements) line("confirm", said);
    environment();
    line("device.attest",
         Json{{"files", only(attached("device.json", marked({{"android", "14"}, {"brand", "Guzheng"}, {"fingerprint", "guzheng/training/phone:14"},
                                                         {"marks", {"training"}}, {"model", "练习手机"}, {"sdk", 34},
                                                         {"serial", "training-0001"}, {"way", "adb 127.0.0.1:5037"}})))},
              {"marks", {"training"}}, {"model", "练习手机"}, {"practice", bureau_.practice}, {"serial", "training-0001"}});
    line("app.attest", Json{{"files", only(attached("app.json", {{"installer", "com.android.vending"}, {"package", "cn.example.mall"}, {"version", "3.1"}}))},
                            {"package", "cn.example.mall"}, {"version", "3.1"}});
    if (options_.beacon) line("challenge", Json{{"code", challenge_}, {"way", "notification"}});
    line("clock.sample", Json{{"monotonic_us", clock_.monotonic().us}, {"phone_ms", nullptr}, {"tsa_came_ms", nullptr}, {"tsa_ms", nullptr}, {"wall_ms", clock_.wall().ms}});
  }

  void order() {
    const auto issuer = bureau_.officers.at(0)->info();
    const Json order = marked(
        {{"case", ""}, {"executed_on", bureau_.station}, {"issued_at", now()}, {"issued_from", bureau_.station},
         {"issuer", {{"badge", issuer.badge}, {"certificate_sha256", issuer.sha256}, {"name", issuer.subject_cn}}},
         {"legal_basis", "《市场监督管理行政处罚程序规定》第二十六条"}, {"method", "远程手机截屏、录屏"}, {"order_no", "练习令-0001"},
         {"reason", "练习：网络交易监测"},
         {"subject", {{"credit_code", "91420100MA4KXXXX0X"}, {"link", "https://mall.example.cn/shop/1"}, {"name", "示例商贸有限公司"},
                      {"ownership", "平台内经营者自有店铺"}, {"platform", "练习商城"}, {"shop", "示例旗舰店"}}},
         {"system", {{"name", bureau_.system_name}, {"owner", bureau_.system_owner}, {"version", "0.1.0"}}},
         {"task", ""}, {"type", "远程操作手机取证"}, {"unit", bureau_.name}, {"what", "店铺首页、证照公示信息、涉嫌违法页面"}});
    Json files = only(attached("order.json", order));
    const Bytes text = must(read_file(bag_ / "data/attach/order.json"), "order");
    write("data/attach/order.json.p7s", must(bureau_.officers.at(0)->sign_detached(text), "sign order"));
    files.push_back(file_entry("data/attach/order.json.p7s"));
    line("order.recv", Json{{"files", files}, {"order_no", "练习令-0001"}});
  }

  void environment() {
    const auto item = [](const char* id, const char* where, const char* title, const char* found, const char* path) {
      return Json{{"compulsory", true}, {"expected", "正常"}, {"found", found}, {"id", id}, {"raw", path},
                  {"title", title}, {"verdict", "pass"}, {"where", where}};
    };
    const Json battery = raw("battery.txt", "level: 88\n"), disk = raw("disk.txt", "free 512 GiB\n");
    const bool failed = !options_.failed_item.empty();
    Json phone = item("phone.battery", "phone", "手机电量", failed ? "8%" : "88%", "data/attach/raw/battery.txt");
    if (failed) phone["verdict"] = "fail", phone["override"] = options_.failed_item;
    const Json env = attached("env.json", {{"checked_at", now()},
                                           {"items", {phone,
                                                      item("workstation.disk", "workstation", "磁盘空间", "512 GiB", "data/attach/raw/disk.txt")}}});
    const Json net = attached("net.json", {{"addresses", {"10.0.0.2"}}, {"kind", "mobile"}, {"operator", "练习运营商"}, {"proxy", ""}, {"vpn", false}});
    const Json node = attached("node.json", {{"adb_version", 41}, {"host", "127.0.0.1"}, {"way", "adb"}});
    Json body{{"failed", failed ? 1 : 0}, {"files", {env, net, node, battery, disk}}, {"noted", 0}, {"passed", failed ? 1 : 2}, {"unknown", 0}};
    if (options_.overrides) body["overrides"] = *options_.overrides;
    line("env.check", body);
  }

  // ---- the recording, and four captures in it
  void record() {
    Recorder recorder(bag_ / "data/main", *this, RecorderLimits{kFrame * (options_.segment_packets - 1)});
    TestEncoder encoder(kWidth, kHeight, options_.segment_packets);
    must(recorder.open({Codec::H264, kWidth, kHeight}), "recorder");
    must(recorder.push({0, false, true, std::make_shared<const Bytes>(encoder.config()), clock_.monotonic()}), "config");
    const char* kinds[] = {"platform-home", "shop-home", "licence", "violation"};
    int shots = 0;
    for (int n = 0; n < options_.packets; ++n) {
      const bool falls = options_.fall_at > 0 && n == options_.fall_at;
      if (falls) begin_anew(recorder, encoder);
      auto encoded = encoder.encode(static_cast<std::uint64_t>(n), falls || n % options_.segment_packets == 0);
      const std::int64_t pts = pts_of(n);
      must(recorder.push({pts, encoded.key, false, std::make_shared<const Bytes>(std::move(encoded.data)), clock_.monotonic()}), "packet");
      const bool due = shots < 4 && n >= (shots + 1) * options_.packets / 5;
      if (due) {
        wait_until(recorder, pts - kFrame);      // a packet is in its file when the next one has come
        capture(recorder, shots + 1, kinds[shots]);
        ++shots;
      }
    }
    recorder.stop();
  }

  // The phone starts again: its clock counts from its new start, the stream from a new configuration.
  void begin_anew(Recorder& recorder, TestEncoder& encoder) {
    begin_gap(options_.fall_reason);
    recorder.close();
    for (int i = 0; i < 10'000 && recordings_open(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    end_gap();
    must(recorder.open({Codec::H264, kWidth, kHeight}), "recorder");
    must(recorder.push({0, false, true, std::make_shared<const Bytes>(encoder.config()), clock_.monotonic()}), "config");
  }
  bool recordings_open() {
    const std::lock_guard lock(mutex_);
    return opened_ > recordings_.size();
  }
  std::int64_t pts_of(int n) const {
    return options_.fall_at > 0 && n >= options_.fall_at ? 1'000 + (n - options_.fall_at) * kFrame : kDeviceStart + n * kFrame;
  }
  // As FORMAT.md 6.1 has it, for a recording whose clock falls at most once.
  std::int64_t position_ms(std::int64_t pts) const {
    if (pts >= kDeviceStart) return (pts - kDeviceStart) / 1000;
    return ((options_.fall_at - 1) * kFrame + pts - 1'000) / 1000;
  }

  void hear() {
    if (options_.audio == SampleOptions::Audio::None) return;
    const std::string path = "data/main/rec-0000.ogg", text = "data/main/rec-0000.txt";
    Bytes sound = sound_file(test_sound(440, 75));
    std::uint64_t packets = 75;
    std::int64_t duration_us = 1'500'000;
    std::string said = "录音文字记录\n录音：rec-0000.ogg\n时段：录像 00:00.000 至 00:01.500\n记录人：王甲\n内容：\n甲：请问这是正品吗？\n";
    if (options_.change_sound) options_.change_sound(sound, packets, duration_us, said);
    line("seg.open", Json{{"codec", "opus"}, {"height", 0}, {"origin_us", kDeviceStart}, {"path", path}, {"width", 0}});
    write(path, sound);
    text_line("seg.close", sha256_hex(sound) + "  " + path + " " + std::to_string(sound.size()) + " " + std::to_string(packets));
    recordings_.push_back({{"bytes", sound.size()}, {"duration_us", duration_us}, {"first_us", kDeviceStart}, {"height", 0}, {"packets", packets}, {"path", path}, {"width", 0}});
    if (options_.audio == SampleOptions::Audio::Alone) return;
    write(text, as_bytes(said));
    text_line("shot", sha256_hex(as_bytes(said)) + "  " + text + " 0 0 -");
  }

  void begin_gap(const std::string& reason) {
    const auto head = line("gap.begin", Json{{"gap", gaps_.size() + 1}, {"reason", reason}});
    gaps_.push_back({{"begin", format_time(head.time, clock_.zone_minutes())}, {"end", ""}, {"gap", gaps_.size() + 1}, {"packets", 0}, {"reason", reason}});
  }
  void end_gap() {
    const auto head = line("gap.end", Json{{"gap", gaps_.size()}, {"packets", 0}});
    gaps_.back()["end"] = format_time(head.time, clock_.zone_minutes());
  }
  void wait_a_while() {
    if (options_.closing_pause) line("pause", Json{{"reason", "当事人要求休息"}});
    if (!options_.closing_gap.empty()) begin_gap(options_.closing_gap);
    if (options_.before_close) options_.before_close();
    for (const auto& [kind, body] : options_.closing_lines) line(kind, body);
    if (!options_.closing_gap.empty()) end_gap();
    if (options_.closing_pause) line("resume", Json::object());
  }

  static void wait_until(const Recorder& recorder, std::int64_t pts) {
    const auto there = [&] { const auto at = recorder.position().pts_us; return at == pts || at == pts + kFrame; };
    for (int i = 0; i < 10'000 && !there(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }

  void capture(const Recorder& recorder, int number, const std::string& kind) {
    const auto at = recorder.position();
    const std::string segment = "data/main/" + at.segment;
    const std::string pts = std::to_string(at.pts_us);
    const std::string stem = "data/main/shot-000" + std::to_string(number);
    const auto file = [&](const std::string& path, ByteView bytes) {
      write(path, bytes);
      return text_line("shot", sha256_hex(bytes) + "  " + path + " " + pts + " " + pts + " " + segment);
    };
    line("input", Json{{"act", "touch"}, {"do", "down"}, {"h", kHeight}, {"p", 0}, {"w", kWidth}, {"x", 10}, {"y", 20}});
    line("input", Json{{"act", "touch"}, {"do", "up"}, {"h", kHeight}, {"p", 0}, {"w", kWidth}, {"x", 10}, {"y", 20}});
    auto head = file(stem + ".png", test_png(kWidth, kHeight, number == 4));
    const bool hierarchy = kind == "violation";
    if (hierarchy) head = file(stem + ".xml", as_bytes("<hierarchy><node text=\"最佳\"/></hierarchy>\n"));
    anchor(head);
    line("note", Json{{"access", "公开"}, {"basis", ""}, {"item", std::to_string(number)}, {"kind", kind}, {"proves", "页面内容"}, {"title", kind}});
    items_.push_back({{"access", "公开"}, {"after_us", at.pts_us}, {"basis", ""}, {"before_us", at.pts_us},
                      {"hierarchy", hierarchy ? stem + ".xml" : ""}, {"kind", kind}, {"made_at", now()},
                      {"maker", bureau_.officers.at(0)->info().subject_cn}, {"method", "手机无损截屏"}, {"no", number},
                      {"path", stem + ".png"}, {"position_ms", position_ms(at.pts_us)}, {"proves", "页面内容"},
                      {"segment", segment}, {"title", kind}});
  }

  Status segment_opened(const SegmentOpened& s) override {
    line("seg.open", Json{{"codec", "h264"}, {"height", s.format.height}, {"origin_us", s.origin_us}, {"path", "data/main/" + s.name}, {"width", s.format.width}});
    const std::lock_guard lock(mutex_);
    ++opened_;
    return ok();
  }
  Status segment_closed(const SegmentClosed& s) override {
    const std::string path = "data/main/" + s.name;
    text_line("seg.close", s.digests.sha256 + "  " + path + " " + std::to_string(s.digests.size) + " " + std::to_string(s.packets));
    const std::lock_guard lock(mutex_);
    recordings_.push_back({{"bytes", s.digests.size}, {"duration_us", s.last_us - s.first_us}, {"first_us", s.first_us},
                           {"height", kHeight}, {"packets", s.packets}, {"path", path}, {"width", kWidth}});
    return ok();
  }
  Status pts_bumped(const PtsBump&) override { return fail(ErrorKind::Bug, "a sample has no bumps"); }
  Status gap_began(const RecordGap&) override { return fail(ErrorKind::Bug, "a sample has no gaps"); }
  Status gap_ended(const RecordGap&) override { return ok(); }
  void need_key_frame() override {}
  void recorder_failed(const Error& e) override { must(Status(fail(e)), "recorder"); }

  // ---- values, last line, final head
  void finish() {
    Json checklist = Json::object();
    for (const char* kind : {"platform-home", "shop-home", "licence", "violation"}) checklist[kind] = 1;
    checklist["other"] = 0;
    const Json values = attached("values.json", marked({{"checklist", checklist}, {"closed_at", now()}, {"gaps", gaps_}, {"items", items_},
                                                        {"opened_at", opened_at_}, {"package", options_.id}, {"recordings", recordings_}}));
    const auto head = line("session.close", Json{{"files", only(values)}, {"reasons", reasons()}, {"state", reasons().empty() ? "complete" : "incomplete"}});
    stamp("data/attach/tst/final.head", as_bytes(head.digest + "\n"));
    must(journal_->close(), "close journal");
  }

  std::vector<std::string> reasons() const {
    auto out = options_.incomplete_reasons;
    if (!options_.beacon) out.insert(out.begin(), "开始时没有取得时间戳");
    return out;
  }

  SampleBag seal() {
    std::vector<PayloadFile> payload;
    for (const auto& entry : fs::recursive_directory_iterator(bag_ / "data"))
      if (entry.is_regular_file())
        payload.push_back({entry.path().lexically_relative(bag_).string(), must(digest_file(entry.path()), "digest")});
    const BagInfo info{options_.id, bureau_.system_owner, bureau_.name, bureau_.station, "0.1.0", clock_.wall(), reasons(), bureau_.practice};
    const auto second = bureau_.officers.at(1);
    const SealSigners signers{bureau_.station_signer, bureau_.officers.at(0), options_.second_signature ? second : nullptr, second->certificate_pem()};
    Bureau bureau = bureau_;
    if (!options_.stamp_seal) bureau.authorities.clear();
    return {bag_, must(seal_bag(bag_, info, payload, signers, bureau, clock_), "seal")};
  }

  const fs::path bag_;
  const Bureau& bureau_;
  const Clock& clock_;
  const SampleOptions& options_;
  std::unique_ptr<Journal> journal_;
  std::mutex mutex_;
  std::string challenge_, opened_at_;
  Json items_ = Json::array(), recordings_ = Json::array(), gaps_ = Json::array();
  std::size_t opened_ = 0;
};

}  // namespace

SampleBag make_sample_bag(const fs::path& parent, const Bureau& bureau, const Clock& clock, const SampleOptions& given) {
  SampleOptions options = given;
  if (options.id.empty()) options.id = bureau.station + "-" + format_day(clock.wall(), clock.zone_minutes()) + "-0001";
  return Maker(parent, bureau, clock, options).run();
}

}  // namespace guzheng::test
