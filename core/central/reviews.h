// Room central. Automatic captures that wait for their review 待复核 (行政处罚法 41, A-8.3e, A-AnC): what came in, who confirmed or refused it, when it became long-term and when nobody cared.
// A review is not made here: it is the signed record that an officer writes beside the package (seal/review.h), and comes with the next edition of the package; the ingest verifies it.
// Confirmed with a case number: everything of the package is kept as case evidence, from then on. Neither confirmed nor refused when its time is over: expired, with a line in the chained
// access log; the bytes stay until somebody removes them, and a review that comes later still counts.
// Thread-safe. Blocks for database and stores.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/central/ingest.h"
#include "core/central/triggers.h"

namespace guzheng {

enum class CaptureState { Review, Confirmed, Refused, Expired };           // 待复核, 已确认, 不予确认, 已过期
std::string_view to_string(CaptureState state);                            // "review", "confirmed", "refused", "expired"

struct AutomaticCapture {
  std::string package, station, fingerprint;
  WallTime received_at, until;                     // until: it expires then, unless it is reviewed
  CaptureState state = CaptureState::Review;
  int review = 0;                                  // number of the newest; 0: none
  std::string reviewed_by, reviewed_at, why;       // name（badge）; as the record says
  std::string case_no, case_by;                    // "" : no case yet; case_by "": the order itself named it
  WallTime case_at, kept_until;                    // kept_until: as case evidence; 0: not yet
};

// All must outlive it.
struct ReviewParts {
  Database* database = nullptr;
  ObjectStore *first = nullptr, *second = nullptr;
  const Clock* clock = nullptr;
  KeepTimes keep;
  CentralNote note;                                // may be null
};

class ReviewInbox {
 public:
  static constexpr int kPage = 50;
  static constexpr std::size_t kLongestCase = 200;
  explicit ReviewInbox(ReviewParts parts) : parts_(std::move(parts)) {}

  // Within the transaction that enters the package (IngestParts::received); `until`: of its retention.
  Status received_within(const ReceivedPackage& package, const std::string& station, WallTime until);
  // Of these stations (nothing: of all), newest received first, below that time (0: from the newest on). `state`: of that state only.
  Result<std::vector<AutomaticCapture>> list(const std::optional<std::vector<std::string>>& stations, std::optional<CaptureState> state, WallTime below);
  Result<AutomaticCapture> read(const std::string& package);               // NotFound
  // 立案: an officer or leader of `unit`, which is the station's, names the case. What is confirmed is then kept as case evidence; what is not, as soon as it is.
  // Denied. Invalid: no case number. Exists: it has another case. NotFound.
  Result<AutomaticCapture> file_case(const std::string& package, const CentralPerson& person, const std::string& unit, const std::string& case_no);
  // What is due: retention of what has a case, and what nobody reviewed in time. Answers how many expired. What fails is tried again the next time.
  Result<int> care();

 private:
  Status keep_long(const AutomaticCapture& capture);
  Status expire(const AutomaticCapture& capture);
  Result<std::vector<AutomaticCapture>> rows(const std::string& where, const std::vector<SqlValue>& values);
  Status event(const std::string& package, const std::string& what, const std::string& who, const std::string& why);

  const ReviewParts parts_;
};

}  // namespace guzheng
