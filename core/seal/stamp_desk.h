// Room seal. Time stamps from the bureau's authorities (A-7.4b): the first that gives a token our own verifier will take, and a
// second one where another answers. An authority that failed, lied or was slow is asked after the others, and again as one of
// them only when its pause (5 s, doubling up to 60 s) is over: a dead first one costs its time-out once, not at every capture.
// Thread-safe; requests run on the calling thread.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>

#include "core/seal/seal.h"

namespace guzheng {

// A granted TimeStampResp, held to everything that `verify` asks of it but its place in the journal: form down to the last byte,
// imprint, and the chain to `tsa_root_pem` at its own time ("": not asked). Denied, with what the verifier would say.
Result<StampInfo> accept_stamp(ByteView tsr, ByteView sha256_imprint, const std::string& tsa_root_pem);

// Where a token's time may lie (FORMAT.md 7).
struct StampBounds {
  WallTime line;                     // of what is stamped: at most 5 s after the token. 0: none
  WallTime before;                   // newest token of its series: not after this one. 0: none
};

struct Stamped {
  Bytes tsr;                         // whole TimeStampResp
  StampInfo info;
  std::size_t authority = 0;         // index into Bureau::authorities
};

class StampDesk {
 public:
  StampDesk(const Bureau& bureau, const Clock& clock);       // both outlive it

  // Asks one authority after the other until one gives a good token. The last error when none does.
  Result<Stamped> first(ByteView content, const StampBounds& bounds);
  // Asks the others that are not in a pause. NotFound: there is none, or none answers well; what is in hand is enough.
  Result<Stamped> second(const Stamped& first, ByteView content, const StampBounds& bounds);

  // A session ends. From now on each authority has one second at most (half a second for a second token), so that one that
  // hangs does not take the others' time; after `in` nobody is waited for any longer: Cancelled.
  void close_within(std::chrono::milliseconds in);
  // When asking again is worth it after a failure: the earliest end of a pause; empty: nobody is in one.
  [[nodiscard]] std::optional<MonotonicTime> worth_asking() const;

 private:
  struct Standing {
    int failures = 0;                // in a row; 0: answers well
    std::int64_t until_us = 0;       // end of its pause
  };
  [[nodiscard]] std::vector<std::size_t> order(bool paused_too) const;
  struct Question {
    ByteView content;
    StampBounds bounds;
    std::int64_t at_the_end_us = 0;  // how long one authority has when the session ends
  };
  Result<Stamped> ask(std::size_t which, const Question& question);
  Result<Stamped> ask_once(std::size_t which, const Question& question);
  Result<Stamped> ask_in(const std::vector<std::size_t>& order, std::optional<std::size_t> but, const Question& question);
  void judge(std::size_t which, const Error* error, std::int64_t took_us);
  [[nodiscard]] bool closed() const;

  const Bureau& bureau_;
  const Clock& clock_;
  std::atomic<std::int64_t> closing_us_, closes_us_;       // the session's end: its begin and its limit
  mutable std::mutex mutex_;
  std::vector<Standing> standing_;   // under mutex_
};

// Stamps a sealed bag's seal.txt into ID.after/: `.tsr`, and `.2.tsr` where a second authority answers; ok when it has both or
// nothing more can be had than the first. `bounds`: the journal's last line and its token in the bag.
Status stamp_seal(const std::filesystem::path& bag, StampDesk& desk, const StampBounds& bounds = {});

}  // namespace guzheng
