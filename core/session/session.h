// Room session. One live capture, from connect to sealed (A-8.3g, A-AnD): drives the phone, records, captures pages, writes the
// journal line before each act, seals. Qt-free; threads are named in core/README.md.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/apk/baseline.h"
#include "core/custody/statements.h"
#include "core/custody/witness.h"
#include "core/device/link.h"
#include "core/device/node.h"
#include "core/identity/practice.h"
#include "core/media/decoder.h"
#include "core/media/live_sound.h"
#include "core/media/long_page.h"
#include "core/media/recorder.h"
#include "core/seal/seal.h"
#include "core/vault/vault.h"

namespace guzheng {

// The four compulsory kinds of main information (A-7.3c), and the rest.
enum class ItemKind { PlatformHome, ShopHome, Licence, Violation, Other };
std::string_view to_string(ItemKind kind);                     // "platform-home", "shop-home", "licence", "violation", "other"
std::optional<ItemKind> item_kind(std::string_view text);
inline constexpr ItemKind kItemKinds[] = {ItemKind::PlatformHome, ItemKind::ShopHome, ItemKind::Licence, ItemKind::Violation,
                                          ItemKind::Other};

// 取证指令 (A-7.3d): who wants what, of whom, why.
struct CaptureOrder {
  std::string order_no, task, case_no, reason, what, legal_basis;
  std::string subject_name, credit_code, shop, platform, link, ownership;
  bool by_script = false;
};

// What an officer says of an item; made_at, maker and method come from the session itself (行政诉讼证据规定 12).
struct ItemDescription {
  ItemKind kind = ItemKind::Other;
  std::string title, proves;
  std::string access = "公开", basis;      // 公开 / 登录可见 / 非公开; legal basis for the latter two
};

enum class SessionPhase { Connecting, Checking, Recording, Paused, Ending, Sealed, Failed };

// A row of the evidence timeline (证据时间线). Pure value; text for people is made in ui from these.
struct TimelineEvent {
  enum class Type { Order, EnvCheck, Challenge, Capture, CaptureFailed, SegmentClosed, GapBegin, GapEnd, Pause, Resume, Note, Anchor,
                    AnchorLate, Trouble, Sealed, AppAttest };
  Type type = Type::Note;
  WallTime at;
  std::int64_t position_ms = 0;            // in the recording
  int item = 0;                            // Capture…: number of the shot
  ItemKind kind = ItemKind::Other;
  std::string digest;                      // of the shot, segment, seal
  std::uint64_t bytes = 0;
  std::int64_t duration_ms = 0;            // segment, gap
  std::int64_t count = 0;                  // packets lost, items checked
  std::string text;                        // reason, code, note, error; AppAttest: what was found of the app's signature
  std::string verdict;                     // AppAttest: pass, note, fail, unknown
};

struct EnvItem {
  std::string id, where, title, expected, found, verdict, raw;      // FORMAT.md 6; verdict pass|note|fail|unknown
  bool compulsory = false;                 // core/session/compulsory.h: a session does not begin while it fails, unless …
  std::string overridden;                  // … an officer let it pass, for this reason
  bool operator==(const EnvItem&) const = default;
};
// 仍要取证: an officer lets one failed compulsory item pass, for this session and for this reason, which is journalled.
struct EnvOverride {
  std::string item, reason;                // id of the item; never empty
};

struct CaptureItem {
  int number = 0;
  ItemDescription description;
  WallTime made_at;
  std::string path, sha256, hierarchy;     // hierarchy: path or ""
  std::int64_t before_us = 0, after_us = 0, position_ms = 0;
  std::string segment;
  int long_page = 0;                       // number of the long page that it belongs to; 0: none
  bool black = false;                      // (nearly) all black: FLAG_SECURE is likely
};

// Where what is typed now would go, as the phone says. Unless it is Plain the journal holds length and salted digest only.
enum class Typing { Unknown, Plain, Password };

struct SessionStatus {
  SessionPhase phase = SessionPhase::Connecting;
  std::string package_id;
  std::int64_t recorded_ms = 0;
  std::uint64_t packets = 0, recorded_bytes = 0, journal_lines = 0;
  VideoFormat format;
  WallTime last_anchor;                    // time of the newest token; 0: none
  bool anchors_late = false;
  std::int64_t clock_offset_ms = 0;        // phone minus workstation
  std::string device_model, device_serial;
  std::vector<std::string> device_marks;   // training, emulator, rooted
  std::vector<EnvItem> environment;
  std::vector<CaptureItem> items;
  std::vector<std::string> incomplete;     // what still misses for 完整
  std::string challenge;
  bool secret_mode = false;                // 密码输入: switched on, or the focus is in a password field
  Typing typing = Typing::Unknown;
  bool recording_failed = false;           // the recording stands still for good (disk full, …)
  int sounds = 0;                          // stretches of sound so far (ScreenOptions::audio); the last may still be open
  std::vector<int> sounds_unwritten;       // of these, those without a text record
  bool sound_on = false;                   // packets of sound are coming
  bool sound_silent = false;               // the phone has stopped sending sound, though the film goes on
  std::uint64_t inputs_dropped = 0;        // so far: paused, not connected, not recordable, not sent
  bool in_gap = false;                     // nothing is recorded at present: link lost, queue full, no key frame, failed
};

// Called from the session's own threads, never under its locks; must not block and must not call end().
class SessionListener {
 public:
  virtual ~SessionListener() = default;
  virtual void on_event(const TimelineEvent& event) = 0;
  virtual void on_phase(SessionPhase phase) = 0;
  virtual void on_trouble(const Error& error) = 0;     // recording goes on unless the phase says otherwise
  virtual void on_clipboard(const std::string& text) { (void)text; }
  // What the look before the session found, before start() refuses or goes on; only items that can hold a session up. On the thread that called start().
  virtual void on_environment(const std::vector<EnvItem>& items) { (void)items; }
};

// A node beyond a network, as its program answered just before the session.
struct NodeFacts {
  std::string name, place;                 // as the station knows it
  WallTime asked, came;                    // workstation's clock around the answer
  std::optional<NodeState> state;          // none: it did not answer
  std::string why;                         // then: why not
  std::string host_key;                    // "ssh-ed25519 SHA256:…", of the key that is known and was shown; "": it could not be reached
};

// 并行取证 (A-7.3e): which member of a group a session is. Stands in its signed order, before anything is captured (FORMAT.md 6.4).
struct GroupPlace {
  std::string id;                          // 32 hex digits, of all members (seal/group.h, new_group)
  int member = 1;                          // from 1
  std::vector<std::string> phones;         // serials of all members, by number; all different
};

class AppProofs;                           // core/session/app_proof.h

struct SessionSetup {
  CaptureOrder order;
  std::optional<GroupPlace> group;         // none: it stands alone
  std::shared_ptr<DeviceLink> link;
  ScreenOptions screen;
  const Bureau* bureau = nullptr;          // signers, authorities; outlives the session
  Vault* vault = nullptr;
  const Clock* clock = nullptr;
  std::shared_ptr<Signer> officer1, officer2;
  std::string officer2_certificate_pem;    // the second officer signs later (待签, seal/seal.h sign_later); then officer2 is null
  std::vector<OpeningStatement> statements;                // in this order, before the recording; each with its own answer
  std::string software_name = "Guzheng", software_version;
  SessionListener* listener = nullptr;
  std::int64_t anchor_every_ms = 60'000;
  std::int64_t sound_patience_ms = 2'000;  // a phone that was heard and sends no sound for longer is told
  std::int64_t challenge_ms = 1'500;       // how long the code stays on the phone's screen
  int adb_version = 0;                     // of the node's adb server; 0: not known
  std::optional<NodeFacts> node;           // none: the phone hangs on this computer, or
  std::shared_future<NodeFacts> node_coming;               // … the node was asked and has not answered yet (node_way.h): waited for where it is needed
  [[nodiscard]] std::optional<NodeFacts> node_facts() const { return node || !node_coming.valid() ? node : std::optional(node_coming.get()); }
  std::shared_ptr<PhoneLease> lease;       // of a phone that other desks reach too; null: nobody else does
  std::vector<EnvOverride> overrides;      // of the officer who captures
  AppBaseline app_baseline;                // which certificates the bureau knows apps by (应用验真)
  std::shared_ptr<Witness> witness;        // told the journal's head every minute, at each capture and at the end; null: nobody
  std::shared_ptr<AppProofs> app_proofs;   // what was proven of apps already; null: the session keeps its own
  RecorderLimits limits;
  SinkFactory recording_files = append_files();          // tests give one that fails
};

// 长页: captured items, in order, that show one page scrolled between them.
struct LongPage {
  std::string title;
  std::vector<int> items;                  // two or more, ascending
  std::vector<Overlap> overlaps;           // one fewer
};

struct SealedPackage {
  std::string id;
  std::filesystem::path folder;            // VAULT/sealed/ID
  SealOutcome seal;
  std::vector<std::string> incomplete;     // empty: 完整
};

class CaptureSession {
 public:
  // Looks at the environment first: Invalid, with the items named, and nothing made on disk, when a compulsory one fails that nobody
  // let pass (`setup.overrides`). An override of an item that does not fail counts for nothing.
  // Blocks until the phone's picture is being recorded (environment check included, a few seconds): call it on a worker.
  // The challenge is shown after that, on the phone, while the caller goes on; captures wait for it, and so do end() and
  // wait_captures().
  static Result<std::unique_ptr<CaptureSession>> start(SessionSetup setup);
  virtual ~CaptureSession() = default;     // a session that was not ended is left for recover

  // Never block; journal line first, then the phone, in the order of the calls.
  virtual void input(const ControlMessage& message) = 0;
  // As input(), and recorded as in 密码输入 mode whether or not it is on: length and salted digest (FORMAT.md 5.4). Leaves the mode as it is.
  virtual void input_secret(const ControlMessage& message) = 0;
  // Blocks until the inputs asked for before have been carried out or dropped (status().inputs_dropped); false: some still wait after `patience`.
  virtual bool wait_inputs(std::chrono::milliseconds patience) = 0;
  // Opens a link through the phone's shell, in this app (ended first) or, where `package` is empty, in whichever the phone chooses; an act of the journal
  // like an input, behind those before it. Blocks some seconds. Invalid: no link, no app's name, paused; NotFound: no app opens it.
  virtual Status open_link(const std::string& url, const std::string& package) = 0;
  // The page's layout as DeviceLink::hierarchy(); a tap soon afterwards is journalled with the element under it (core/session/layout_book.h).
  virtual Result<std::string> hierarchy(std::chrono::milliseconds limit) = 0;
  // 取证当前页面: screenshot, hierarchy, position. Returns the item's number at once; on_event tells the outcome.
  virtual int capture(ItemDescription description) = 0;
  // The last one counts; each is journalled. Of a long page the others that nobody has described yet get it too, under their own titles.
  virtual Status describe(int item, ItemDescription description) = 0;
  virtual Status note(const std::string& text) = 0;
  virtual Status pause(const std::string& reason) = 0;                    // 暂停, 休会: recording goes on, inputs are refused; a gap; the reason is compulsory
                                                                          // waits up to 250 ms for inputs that are under way; later ones are dropped and told
  virtual Status resume() = 0;
  virtual void set_secret_mode(bool on) = 0;                              // 密码输入
  // 文字记录 (行政诉讼证据规定 12): what is heard in a stretch of sound, numbered from 0, as an officer writes it down; the last one counts. It is on the
  // disk within 200 ms, and put beside the sound when the session ends. Invalid: an empty text, one over 256 KiB or not UTF-8, or no such stretch yet.
  virtual Status transcribe(int stretch, const std::string& text) {
    static_cast<void>(stretch), static_cast<void>(text);
    return fail(ErrorKind::Unsupported, "this session records no sound");
  }
  virtual void wait_captures() = 0;                                       // until every capture asked for has ended
  virtual Result<Bytes> picture(int item) = 0;                            // a captured item's screenshot, as it lies in the package
  // Says in the journal that these items are one page, and where they overlap (FORMAT.md 6.3); the number of the long page, from 1.
  virtual Result<int> join(const LongPage& page) = 0;

  // Ends and seals (blocks under a second plus the last stamp; worker thread). When something misses for 完整,
  // `incomplete_reason` must not be empty: Invalid otherwise, and the session goes on.
  virtual Result<SealedPackage> end(const std::string& incomplete_reason = {}) = 0;

  [[nodiscard]] virtual SessionStatus status() const = 0;                 // any thread, cheap
  virtual LatestFrame& frames() = 0;
  // What the phone plays, for the ear; null: this session records no sound. May outlive the session.
  virtual std::shared_ptr<LiveSound> sound() { return nullptr; }
  virtual DeviceLink& link() = 0;
};

// After a crash: ends the open segment at its last whole fragment, keeps torn tails in attach/raw, appends crash.recover,
// seals what remains as 不完整. Older journal lines are never rewritten.
struct Recovered {
  SealedPackage package;
  std::string lost;                        // what was lost, in plain words for the log
};
Result<Recovered> recover(OpenBag bag, const SessionSetup& setup);

}  // namespace guzheng
