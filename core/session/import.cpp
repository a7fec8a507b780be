#include "core/session/import.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <map>

#include "core/base/cold_read.h"
#include "core/seal/review.h"
#include "core/session/environment.h"
#include "core/session/import_values.h"
#include "core/session/sealing.h"
#include "core/session/statements.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kHead = 4096;                      // bytes that decide the extension
constexpr std::uint64_t kRoom = 512u << 20;              // beside the files themselves
constexpr const char* kMethod = "由其他设备制作的照片、录音录像、文件，复制导入，边复制边计算校验值，复制后与原件再次核对";

// What tells two states of one file apart without reading it.
struct FileState {
  std::uint64_t device = 0, inode = 0, size = 0;
  std::int64_t changed_ns = 0;
  bool operator==(const FileState&) const = default;
};

Result<FileState> state_of(const fs::path& file) {
  struct stat st {};
  if (::lstat(file.c_str(), &st) != 0) return fail_errno("look at " + file.string());
  if (S_ISLNK(st.st_mode)) return fail(ErrorKind::Denied, file.string() + " is a link: name the file itself");
  if (!S_ISREG(st.st_mode)) return fail(ErrorKind::Invalid, file.string() + " is no plain file");
  if (st.st_size == 0) return fail(ErrorKind::Invalid, file.string() + " is empty");
  return FileState{st.st_dev, st.st_ino, static_cast<std::uint64_t>(st.st_size), st.st_mtim.tv_sec * 1'000'000'000 + st.st_mtim.tv_nsec};
}

Result<Bytes> head_of(const fs::path& file) {
  const UniqueFd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!fd) return fail_errno("open " + file.string());
  Bytes head(kHead);
  const ssize_t got = ::pread(fd.get(), head.data(), head.size(), 0);
  if (got < 0) return fail_errno("read " + file.string());
  head.resize(static_cast<std::size_t>(got));
  return head;
}

std::string numbered(std::size_t number, const std::string& extension) {
  char name[32];
  std::snprintf(name, sizeof name, "import-%04zu.", number);
  return std::string(kMain) + name + extension;
}

class Import {
 public:
  Import(const ImportOrder& order, const ImportSetup& given) : order_(order), given_(given) {
    setup_.order = order.order;
    setup_.bureau = given.bureau;
    setup_.vault = given.vault;
    setup_.clock = given.clock;
    setup_.officer1 = given.officer1;
    setup_.officer2 = given.officer2;
    setup_.software_name = given.software_name;
    setup_.software_version = given.software_version;
    setup_.listener = given.listener;
  }

  Result<SealedPackage> run(std::vector<std::string> reasons) {
    GZ_TRY_ASSIGN(people_, people_of(setup_));
    GZ_TRY(look_at_files());
    GZ_TRY_ASSIGN(bag_, setup_.vault->begin(setup_.bureau->station, total_ / 2 + kRoom));
    auto sealed = fill(std::move(reasons));
    if (!sealed) take_away();
    return sealed;
  }

 private:
  Status look_at_files() {
    for (const ImportItem& item : order_.items) {
      GZ_TRY_ASSIGN(const FileState state, state_of(item.file));
      states_.push_back(state);
      total_ += 2 * state.size;              // read once to copy, once to compare
    }
    return ok();
  }

  // The originals lie where they came from: a package that was not finished holds nothing that could be lost.
  void take_away() {
    std::error_code ec;
    ledger_.reset();
    if (fs::exists(bag_.folder / "seal/seal.txt", ec)) return;      // sealed, only not moved: the vault goes on with it
    fs::remove_all(bag_.folder, ec);
    fs::remove_all(folder_beside(bag_.folder, "after"), ec);
  }

  Result<SealedPackage> fill(std::vector<std::string> reasons) {
    practice_ = setup_.bureau->practice;
    auto ballast = std::make_shared<Ballast>(bag_.folder);
    GZ_TRY(ballast->reserve());
    GZ_TRY_ASSIGN(ledger_, Ledger::create(bag_.folder, *setup_.clock));
    ledger_->set_ballast(std::move(ballast));
    RecordBook record;                       // stays empty: nothing is filmed
    const Reporter tell(setup_.listener, *setup_.clock, record);
    GapBook gaps(*ledger_);
    AnchorDesk anchors(*ledger_, gaps, *setup_.bureau, tell, setup_.anchor_every_ms, {});
    GZ_TRY(write_beacon(anchors, tell));
    GZ_TRY(write_opening());
    GZ_TRY(write_order());
    GZ_TRY(write_statements(*ledger_, order_.statements, people_.officer1.subject_cn + " " + people_.officer1.badge));
    GZ_TRY(write_environment());
    anchors.start();
    GZ_TRY(take_files(anchors, tell));
    anchors.request();
    anchors.stop();
    GZ_TRY(gaps.close_all());
    GZ_TRY(anchors.settle());
    if (!beacon_) reasons.insert(reasons.begin(), "开始时没有取得时间戳");
    if (anchors.pending()) reasons.emplace_back("过程中有时间戳尚未取得");
    SealRequest request{setup_, people_, bag_, *ledger_, record, gaps, anchors, {}, std::move(reasons), {}, opened_at_, practice_};
    request.values = import_values({bag_.id, people_.officer1.subject_cn, practice_, opened_at_, setup_.clock->wall(), setup_.clock->zone_minutes()},
                                   bodies_, gaps);
    return seal_session(std::move(request));
  }

  Status line(std::string_view kind, const Json& body) {
    auto written = ledger_->line(kind, body);
    if (!written) return fail(written.error());
    if (kind == "session.open") opened_at_ = written->time;
    return ok();
  }

  Status put_json(const std::string& path, const Json& value) {
    auto put = ledger_->put_json(path, value);
    return put ? ok() : Status(fail(put.error()));
  }

  Status write_beacon(AnchorDesk& anchors, const Reporter& tell) {
    station_.stamp_asked = setup_.clock->wall();
    GZ_TRY_ASSIGN(const auto written, guzheng::write_beacon(anchors, *ledger_, tell));
    station_.stamp_came = written ? anchors.newest().came : setup_.clock->wall();
    beacon_ = written.has_value();
    if (written) station_.stamp_time = written->time;
    return ok();
  }

  Status write_opening() {
    std::error_code unreadable;
    if (const auto program = digest_file(fs::read_symlink("/proc/self/exe", unreadable))) station_.program_sha256 = program->sha256;
    station_.software = setup_.software_name + " " + setup_.software_version;
    station_.vault = setup_.vault->folder();
    station_.org_root_pem = setup_.bureau->org_root_pem;
    station_.program = running_program();
    const std::string now = format_time(setup_.clock->wall(), setup_.clock->zone_minutes());
    return line("session.open", Json{{"format", 1}, {"package", bag_.id}, {"practice", practice_},
                                     {"software", {{"name", setup_.software_name}, {"sha256", station_.program_sha256}, {"version", setup_.software_version}}},
                                     {"station", setup_.bureau->station}, {"zone", now.substr(now.size() - 6)}});
  }

  Status write_order() {
    const std::string path = std::string(kAttach) + "order.json", people = std::string(kAttach) + "people.json";
    Json order = order_json({setup_, people_, practice_, setup_.clock->wall(), host_name(), host_name()});
    order["type"] = kImportOrder;
    order["method"] = kMethod;
    order["write_protection"] = journal_text(order_.write_protection);
    GZ_TRY_ASSIGN(const std::string text, canonical_json(order));
    if (auto put = ledger_->put(path, as_bytes(text + "\n")); !put) return fail(put.error());
    const auto signer = setup_.officer1 ? setup_.officer1 : setup_.bureau->officers[0];
    GZ_TRY_ASSIGN(const Bytes signature, signer->sign_detached(as_bytes(text + "\n")));
    if (auto put = ledger_->put(path + ".p7s", signature); !put) return fail(put.error());
    GZ_TRY(line("order.recv", Json{{"files", ledger_->files({path, path + ".p7s"})}, {"order_no", setup_.order.order_no}}));
    GZ_TRY(put_json(people, people_json(people_, practice_)));
    return line("people", Json{{"files", ledger_->files({people})}});
  }

  Status write_environment() {
    std::vector<std::string> files{std::string(kAttach) + "env.json"};
    std::vector<EnvItem> items;
    std::map<std::string, int> verdicts;
    for (const auto& checked : check_station(station_)) {
      items.push_back(checked.item);
      ++verdicts[checked.item.verdict];
      if (checked.raw.empty()) continue;
      if (auto put = ledger_->put(checked.item.raw, as_bytes(checked.raw)); !put) return fail(put.error());
      files.push_back(checked.item.raw);
    }
    GZ_TRY(put_json(files.front(), env_json(items, setup_.clock->wall(), setup_.clock->zone_minutes())));
    return line("env.check", Json{{"failed", verdicts["fail"]}, {"files", ledger_->files(files)}, {"noted", verdicts["note"]},
                                  {"passed", verdicts["pass"]}, {"unknown", verdicts["unknown"]}});
  }

  Status take_files(AnchorDesk& anchors, const Reporter& tell) {
    for (std::size_t i = 0; i < order_.items.size(); ++i) {
      GZ_TRY_ASSIGN(const ImportFile file, copy(i));
      Json body = import_body(order_.items[i], file);
      GZ_TRY(line("import", body));
      bodies_.push_back(std::move(body));
      anchors.request();
      TimelineEvent event;
      event.type = TimelineEvent::Type::Capture;
      event.item = static_cast<int>(i) + 1;
      event.digest = file.sha256;
      event.bytes = file.bytes;
      tell.event(std::move(event));
    }
    return ok();
  }

  Status advance(std::size_t bytes) {
    done_ += bytes;
    if (given_.progress && !given_.progress(done_, total_)) return fail(ErrorKind::Cancelled, "the import was stopped; nothing of it stays");
    return ok();
  }

  // Digests are taken of the bytes as they are written; then the original is read again, and must still be what was copied.
  Result<ImportFile> copy(std::size_t index) {
    const fs::path& from = order_.items[index].file;
    GZ_TRY_ASSIGN(const Bytes head, head_of(from));
    ImportFile out;
    out.name = journal_text(from.filename().string());
    out.path = numbered(index + 1, import_extension(head, out.name));
    GZ_TRY_ASSIGN(AppendFile to, AppendFile::create(bag_.folder / out.path));
    TripleDigester digester;
    GZ_TRY(read_in_pieces(from, [&](ByteView piece) -> Status {
      digester.update(piece);
      if (auto written = to.write(piece); !written) return written;
      return advance(piece.size());
    }));
    GZ_TRY(to.close());
    const FileDigests digests = digester.finish();
    GZ_TRY_ASSIGN(const auto stored, cold_sha256(bag_.folder / out.path));
    if (stored != digests.sha256) return fail(ErrorKind::Io, "the copy of " + from.string() + " reads otherwise than it was written: the vault's disk is bad");
    GZ_TRY(compare(index, digests));
    ledger_->add(out.path, digests);
    out.sha256 = digests.sha256;
    out.bytes = digests.size;
    return out;
  }

  Status compare(std::size_t index, const FileDigests& copied) {
    const fs::path& from = order_.items[index].file;
    Digester again(DigestKind::Sha256);
    GZ_TRY(read_cold(from, [&](ByteView piece) -> Status {       // as its medium gives it, not as memory still holds it
      again.update(piece);
      return advance(piece.size());
    }));
    GZ_TRY_ASSIGN(const FileState state, state_of(from));
    if (to_hex(again.finish()) != copied.sha256 || !(state == states_[index]) || copied.size != state.size)
      return fail(ErrorKind::Tampered, from.string() + " changed while it was imported: close what writes to it and import again");
    return ok();
  }

  const ImportOrder& order_;
  const ImportSetup& given_;
  SessionSetup setup_;
  People people_;
  OpenBag bag_;
  std::unique_ptr<Ledger> ledger_;
  StationFacts station_;
  std::vector<FileState> states_;
  std::vector<Json> bodies_;
  WallTime opened_at_;
  std::uint64_t total_ = 0, done_ = 0;
  bool practice_ = false, beacon_ = false;
};

std::string listed(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& part : parts) out += (out.empty() ? "" : "；") + part;
  return out;
}

}  // namespace

Json import_body(const ImportItem& item, const ImportFile& file) {
  Json body{{"access", item.access},   {"basis", item.basis},   {"bytes", file.bytes},   {"collector", item.collector},
            {"device", item.device},   {"kind", item.kind},     {"made_at", item.made_at}, {"method", item.method},
            {"name", file.name},       {"path", file.path},     {"proves", item.proves}, {"sha256", file.sha256},
            {"source", item.source},   {"title", item.title}};
  if (is_sealing_photo(item.kind)) {
    body["seal_no"] = item.seal_no;
    body["seal_state"] = item.seal_state;
    body["shielding"] = item.shielding;
  }
  return body;
}

Json import_values(const ImportValues& context, const std::vector<Json>& bodies, const GapBook& gaps) {
  Json items = Json::array(), checklist = Json::object();
  for (const auto kind : import_kinds()) checklist[std::string(kind)] = 0;
  for (const Json& body : bodies) {
    Json item = body;
    item.erase("sha256");
    item["no"] = items.size() + 1;
    item["maker"] = context.maker;
    const std::string kind = text_at(body, "kind");
    checklist[kind] = integer_at(checklist, kind) + 1;
    items.push_back(std::move(item));
  }
  Json out{{"checklist", checklist}, {"closed_at", format_time(context.closed_at, context.zone_minutes)}, {"gaps", gaps.values()}, {"items", items},
           {"opened_at", format_time(context.opened_at, context.zone_minutes)}, {"package", context.package}, {"recordings", Json::array()}};
  if (context.practice) out["practice"] = true;
  return out;
}

Result<SealedPackage> import_evidence(const ImportOrder& order, const ImportSetup& setup, const std::string& incomplete_reason) {
  if (setup.bureau == nullptr || setup.vault == nullptr || setup.clock == nullptr)
    return fail(ErrorKind::Bug, "an import needs a bureau, a vault and a clock");
  if (order.items.empty()) return fail(ErrorKind::Invalid, "nothing to import");
  GZ_TRY(check_statements(order.statements));
  auto reasons = missing_for_import(order);
  if (!reasons.empty() && incomplete_reason.empty())
    return fail(ErrorKind::Invalid, "a reason is needed, since the package would not be complete: " + listed(reasons));
  if (!incomplete_reason.empty()) reasons.push_back(incomplete_reason);
  return Import(order, setup).run(std::move(reasons));
}

}  // namespace guzheng
