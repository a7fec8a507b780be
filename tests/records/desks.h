// Test support. A central system's book of records without HTTP between, and desks that keep things in common over it.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <random>

#include "core/central/records.h"
#include "core/central/schema.h"
#include "core/records/record_sync.h"

namespace guzheng::test {

// The value itself, which lives as long as a loop over it.
template <typename T>
T taken(Result<T> result) { return std::move(result).value(); }

// In memory where there is such a place: each step of a book is synced, and a disk would be all that is waited for.
class Folder {
 public:
  Folder() {
    const bool memory = ::access("/dev/shm", W_OK) == 0;
    std::string pattern = ((memory ? std::filesystem::path("/dev/shm") : std::filesystem::temp_directory_path()) / "gz-common-XXXXXX").string();
    path = ::mkdtemp(pattern.data());
  }
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::filesystem::path path;
};

struct Central {
  explicit Central(const Clock& clock) : database(Database::open(folder.path / "central.sqlite", central_schema()).value()), book(*database, clock) {}
  Folder folder;
  std::unique_ptr<Database> database;
  CommonRecords book;
};

// What the wire would carry is written and read on the way. `cut`: asked before and after each question reaches the system; true: the line is away.
class LinkToBook final : public CentralLink {
 public:
  LinkToBook(CommonRecords& book, std::string station, std::string unit) : book_(book), station_(std::move(station)), unit_(std::move(unit)) {}
  std::function<bool()> cut;

  Result<RecordPage> records(std::int64_t since) override {
    GZ_TRY(line());
    GZ_TRY_ASSIGN(const auto page, book_.page(unit_, since, {}, 7));
    GZ_TRY(line());
    GZ_TRY_ASSIGN(const auto text, write_record_page(page));
    return parse_record_page(text);
  }
  Result<std::vector<RecordOutcome>> tell_records(const std::vector<RecordChange>& changes) override {
    GZ_TRY(line());
    GZ_TRY_ASSIGN(const auto text, write_record_changes(changes));
    GZ_TRY_ASSIGN(const auto read, parse_record_changes(text));
    GZ_TRY_ASSIGN(const auto taken, book_.take(read, station_, unit_));
    GZ_TRY(line());
    GZ_TRY_ASSIGN(const auto answer, write_record_outcomes(taken.outcomes));
    return parse_record_outcomes(answer);
  }
  Result<std::string> create(const std::string&, const std::string&, std::uint64_t) override { return fail(ErrorKind::Bug, "no uploads here"); }
  Result<std::uint64_t> offset(const std::string&) override { return fail(ErrorKind::Bug, "no uploads here"); }
  Result<std::uint64_t> send(const std::string&, std::uint64_t, ByteView, const SendValve&) override { return fail(ErrorKind::Bug, "no uploads here"); }
  Result<CentralOutcome> outcome(const std::string&, const std::string&) override { return fail(ErrorKind::Bug, "no uploads here"); }

 private:
  Status line() const { return cut && cut() ? Status(fail(ErrorKind::Network, "the line is away")) : ok(); }
  CommonRecords& book_;
  const std::string station_, unit_;
};

// Things that lie in memory. `weak`: asked before and after each put(); true: the program is killed there.
class MemorySource final : public RecordSource {
 public:
  std::map<RecordName, std::string> here;          // bodies; without one: gone
  std::function<bool()> weak;

  void edit(const RecordName& name, const std::string& body) {
    if (body.empty()) here.erase(name);
    else here[name] = body;
    changed_.push_back(name);
  }
  [[nodiscard]] std::string body(const RecordName& name) const { return here.contains(name) ? here.at(name) : std::string(); }
  [[nodiscard]] std::string name() const override { return "memory"; }
  [[nodiscard]] std::vector<std::string> kinds() const override { return {"task", "result"}; }
  Result<Changed> changed_since(const std::string& mark) override {
    const std::size_t from = mark.empty() ? 0 : std::stoull(mark), to = std::min(changed_.size(), from + 3);
    return Changed{{changed_.begin() + static_cast<std::ptrdiff_t>(from), changed_.begin() + static_cast<std::ptrdiff_t>(to)}, std::to_string(to), to < changed_.size()};
  }
  Result<Local> read(const RecordName& name) override { return Local{body(name), "", {1}}; }
  Result<Put> put(const RecordName& name, const std::string& expected, const std::string& wanted, const std::string&, const std::string&) override {
    if (weak && weak()) return fail(ErrorKind::Io, "killed before");
    if (body(name) == wanted) return Put::Done;
    if (body(name) != expected) return Put::Differs;
    if (wanted == R"({"unreadable":true})") return fail(ErrorKind::Invalid, "of a later version");
    edit(name, wanted);
    if (weak && weak()) return fail(ErrorKind::Io, "killed afterwards");
    return Put::Done;
  }

 private:
  std::vector<RecordName> changed_;
};

inline constexpr const char* kUnit = "网监一科";

class Desk {
 public:
  Desk(Central& central, const std::string& station, const Clock& clock, std::vector<RecordSource*> sources) : link(central.book, station, kUnit), station_(station), clock_(clock), sources_(std::move(sources)) {
    log = OperationLog::open(folder.path / "operations.log", clock).value();
    open();
  }
  void open() {                                    // as after a kill
    sync.reset();
    book.reset();
    book = RecordDeskBook::open(folder.path).value();
    sync = std::make_unique<RecordSync>(*book, sources_, *log, clock_);
  }
  Result<RecordRun> run() { return sync->run(link, station_); }
  RecordRun ran() {
    auto out = run();
    EXPECT_TRUE(out) << out.error().what;
    return out ? *out : RecordRun{};
  }
  RecordConflict only_conflict() {
    auto open_ones = sync->conflicts().value();
    EXPECT_EQ(open_ones.size(), 1u);
    return open_ones.empty() ? RecordConflict{} : open_ones[0];
  }

  Folder folder;
  LinkToBook link;
  std::unique_ptr<OperationLog> log;
  std::unique_ptr<RecordDeskBook> book;
  std::unique_ptr<RecordSync> sync;

 private:
  const std::string station_;
  const Clock& clock_;
  const std::vector<RecordSource*> sources_;
};

using Side = RecordSync::Decision::Side;

}  // namespace guzheng::test
