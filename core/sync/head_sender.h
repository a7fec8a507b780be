// Room sync. Tells the central system the heads of journals while they are written (custody/witness.h), keeps what it answers, and puts that beside the sealed bag.
//   FOLDER/heads.sqlite    heads that were told or wait to be, with the system's signed statements
//   ID.witness/heads.jsonl beside the bag: the statements about it (wire/witness.h), one a line, by line number
// A head that could not be told when it was fresh is told later, by whichever program of the station runs next, and says that it is late. Nothing ever waits for any of this.
#pragma once

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "core/base/clock.h"
#include "core/custody/witness.h"
#include "core/sql/database.h"
#include "core/sync/central_link.h"
#include "core/wire/witness.h"

namespace guzheng {

// Where the central system is and whom of it to believe: of --server, or of a policy.
struct WitnessPlace {
  CentralAddress address;
  std::string central_pem, org_roots_pem, org_crl_pem;           // as wire/receipt.h's ReceiptTrust
};

struct HeadCounts {
  std::int64_t told = 0, waiting = 0, refused = 0;
};

class HeadSender final : public Witness {
 public:
  using LinkMaker = std::function<Result<std::unique_ptr<CentralLink>>(CentralAddress)>;
  // Makes the folder (0700). `clock` must outlive it. Begins at once with what earlier programs left.
  static Result<std::shared_ptr<HeadSender>> start(const std::filesystem::path& folder, WitnessPlace place, const Clock& clock, const LinkMaker& link = CentralLink::open);
  ~HeadSender() override;                          // what was told is on the disk; what is not sent stays for later
  HeadSender(const HeadSender&) = delete;
  HeadSender& operator=(const HeadSender&) = delete;

  void told(const std::string& package, const JournalHead& head) override;

  // Until nothing waits to be sent, an attempt after this call has failed, or `patience` is over; then the statements about that package lie beside its bag (…/ID). Not on a thread
  // that captures. The counts are of that package.
  Result<HeadCounts> settle(const std::filesystem::path& bag, std::chrono::milliseconds patience);
  // Puts what is there beside the bag, without asking anybody. Nothing was told of it: ok, and no file.
  Status put_beside(const std::filesystem::path& bag);
  // What hindered the last attempt; "" when it went well.
  [[nodiscard]] std::string trouble() const;

  static constexpr std::int64_t kLateMs = 30'000;  // a head that is sent so long after it was told is late: the line itself may be a minute old where nothing happens
  static constexpr std::size_t kMostInMemory = 10'000;

 private:
  struct Told {
    std::string package;
    JournalHead head;
    WallTime at;                                   // when it was told
  };
  HeadSender(WitnessPlace place, const Clock& clock) : place_(std::move(place)), clock_(clock) {}
  void run();                                      // thread "heads"
  Status keep(const Told& one);
  Status send_waiting();
  Status send_one(const HeadReport& report);
  Result<HeadCounts> counts(const std::string& package);

  WitnessPlace place_;                             // its address goes to the link
  const Clock& clock_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<CentralLink> link_;              // thread "heads" alone
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Told> told_;                          // all below under mutex_
  bool stopping_ = false, now_ = false, busy_ = false;
  std::uint64_t attempts_ = 0;
  std::string trouble_;
  std::thread thread_;
};

// ID.witness/heads.jsonl of the bag …/ID.
std::filesystem::path witness_file(const std::filesystem::path& bag);

}  // namespace guzheng
