// Room session. The last steps of a bag, the same after a session and after a crash: values.json, session.close, the last
// head's stamp, seal, store. And how a segment that was not closed is ended.
#pragma once

#include "core/session/anchor_desk.h"
#include "core/session/attachments.h"

namespace guzheng {

struct SealRequest {
  const SessionSetup& setup;
  const People& people;
  OpenBag& bag;
  Ledger& ledger;
  const RecordBook& record;
  const GapBook& gaps;
  AnchorDesk& anchors;                       // stopped
  std::vector<CaptureItem> items;
  std::vector<std::string> reasons;          // empty: 完整
  std::vector<std::string> files;            // named by session.close beside values.json
  WallTime opened_at;
  bool practice = false;
  bool closed_already = false;               // session.close stands in the journal
  std::optional<Json> values{};              // values.json of an import; none: made from the items
};
Result<SealedPackage> seal_session(SealRequest request);

// Cuts a torn end off for good: synced, before any line says how long the file is.
Status cut_file(const std::filesystem::path& path, std::uint64_t size);

// What stands of a segment whose writer was cut off.
struct StandingSegment {
  std::uint64_t bytes = 0;                   // up to the end of the last whole fragment
  std::uint64_t packets = 0;
  std::int64_t last_us = 0;                  // PTS of the last packet in the file
};
// Reads box headers only, from the medium (base/cold_read.h), and no further than `proven` bytes. Of a file without a whole fragment nothing stands: 0 bytes, 0 packets.
inline constexpr std::uint64_t kAllBytes = ~std::uint64_t{0};
Result<StandingSegment> scan_segment(const std::filesystem::path& file, std::uint64_t proven = kAllBytes);

// Ends an open segment at its last whole fragment within the first `proven` bytes: keeps the torn tail as attach/raw/torn-rec-NNNN.bin, cuts it off, writes
// seg.close. The path of the kept tail ("" when nothing was torn) and its size are for a crash.recover line.
struct TornSegment {
  std::string kept;
  std::uint64_t torn_bytes = 0, packets = 0;
};
Result<TornSegment> end_torn_segment(Ledger& ledger, RecordBook& record, const SegmentFacts& open, std::uint64_t proven = kAllBytes);

}  // namespace guzheng
