#include "core/session/sealing.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

#include "core/base/cold_read.h"
#include "core/session/items.h"
#include "core/session/record_log.h"
#include "core/session/secrets.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

Status write_close(SealRequest& request) {
  const std::string path = std::string(kAttach) + "values.json";
  const ValuesContext context{request.bag.id,       request.people.officer1.subject_cn, request.practice,
                              request.opened_at,    request.setup.clock->wall(),        request.setup.clock->zone_minutes()};
  const Json values = request.values ? *request.values : values_json(context, request.items, request.record, request.gaps);
  if (auto put = request.ledger.put_json(path, values); !put) return Failure(std::move(put.error()));
  request.files.push_back(path);
  Json reasons = Json::array();
  for (const auto& reason : request.reasons) reasons.push_back(reason);
  const Json body{{"files", request.ledger.files(request.files)}, {"reasons", std::move(reasons)},
                  {"state", request.reasons.empty() ? "complete" : "incomplete"}};
  if (auto line = request.ledger.line("session.close", body); !line) return Failure(std::move(line.error()));
  return request.ledger.sync();
}

// A failed sync of the journal is told while a line can still tell it: session.close is the last one.
Status prove_journal(SealRequest& request) {
  GZ_TRY(request.ledger.sync());
  if (request.ledger.failed_sync().empty()) return ok();
  const std::string reason = unwritten_journal(request.ledger.failed_sync());
  if (std::find(request.reasons.begin(), request.reasons.end(), reason) == request.reasons.end()) request.reasons.push_back(reason);
  return ok();
}

// Reasons stand in one line of bag-info.txt.
std::string one_line(std::string text) {
  text = journal_text(text);
  std::replace_if(text.begin(), text.end(), [](unsigned char c) { return c < 0x20; }, ' ');
  return text;
}

constexpr std::uint32_t fourcc(const char (&name)[5]) {
  return static_cast<std::uint32_t>(name[0]) << 24 | static_cast<std::uint32_t>(name[1]) << 16 |
         static_cast<std::uint32_t>(name[2]) << 8 | static_cast<std::uint32_t>(name[3]);
}

// Base decode time of a fragment: moof/traf/tfdt; our segments hold one packet a fragment and no reordering.
std::int64_t decode_time(ByteView moof) {
  for (std::size_t at = 4; at + 16 <= moof.size(); ++at) {
    if (read_be<std::uint32_t>(&moof[at]) != fourcc("tfdt")) continue;
    const bool wide = moof[at + 4] == 1;
    return wide ? static_cast<std::int64_t>(read_be<std::uint64_t>(&moof[at + 8]))
                : static_cast<std::int64_t>(read_be<std::uint32_t>(&moof[at + 8]));
  }
  return 0;
}

}  // namespace

Result<SealedPackage> seal_session(SealRequest request) {
  if (!request.closed_already) GZ_TRY(prove_journal(request));
  for (auto& reason : request.reasons) reason = one_line(reason);
  if (!request.closed_already) GZ_TRY(write_close(request));
  GZ_TRY_ASSIGN([[maybe_unused]] const bool stamped, request.anchors.stamp_final());
  request.ledger.release_ballast();
  GZ_TRY_ASSIGN(const auto payload, request.ledger.close());
  const SessionSetup& setup = request.setup;
  BagInfo info;
  info.id = request.bag.id;
  info.owner_unit = setup.bureau->system_owner;
  info.capturing_unit = setup.bureau->name;
  info.station = setup.bureau->station;
  info.software_version = setup.software_version;
  info.bagging_time = setup.clock->wall();
  info.incomplete_reasons = request.reasons;
  info.practice = request.practice;
  const SealSigners signers{setup.bureau->station_signer, setup.officer1 ? setup.officer1 : setup.bureau->officers[0],
                            setup.officer2                             ? setup.officer2
                            : setup.officer2_certificate_pem.empty() ? setup.bureau->officers[1]
                                                                     : nullptr,
                            setup.officer2_certificate_pem};
  SealedPackage out;
  out.id = request.bag.id;
  GZ_TRY_ASSIGN(out.seal, seal_bag(request.bag.folder, info, payload, signers, *setup.bureau, *setup.clock, &request.anchors.stamps(),
                                   request.anchors.final_time()));
  GZ_TRY(setup.vault->store(request.bag));
  out.folder = request.bag.folder;
  out.incomplete = request.reasons;
  return out;
}

Status cut_file(const fs::path& path, std::uint64_t size) {
  const UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!fd) return fail_errno("open " + path.string());
  if (::ftruncate(fd.get(), static_cast<off_t>(size)) != 0) return fail_errno("cut " + path.string());
  if (::fsync(fd.get()) != 0) return fail_errno("fsync " + path.string());
  return ok();
}

Result<StandingSegment> scan_segment(const fs::path& file, std::uint64_t proven) {
  GZ_TRY(drop_cached(file));
  const UniqueFd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!fd) return fail_errno("open " + file.string());
  const auto end = std::min(proven, static_cast<std::uint64_t>(::lseek(fd.get(), 0, SEEK_END)));
  StandingSegment out;
  std::int64_t time = 0;
  bool fragment = false;
  for (std::uint64_t at = 0; at + 8 <= end;) {
    std::uint8_t head[8];
    if (::pread(fd.get(), head, 8, static_cast<off_t>(at)) != 8) return fail_errno("read " + file.string());
    const std::uint64_t size = read_be<std::uint32_t>(head);
    const std::uint32_t type = read_be<std::uint32_t>(head + 4);
    if (size < 8 || at + size > end) break;
    if (type == fourcc("moof")) {
      Bytes box(static_cast<std::size_t>(std::min<std::uint64_t>(size, 1u << 16)));
      if (::pread(fd.get(), box.data(), box.size(), static_cast<off_t>(at)) != static_cast<ssize_t>(box.size()))
        return fail_errno("read " + file.string());
      time = decode_time(box);
      fragment = true;
    } else if (type == fourcc("mdat")) {
      if (!fragment) break;
      fragment = false;
      ++out.packets;
      out.last_us = time;
    }
    at += size;
    if (!fragment) out.bytes = at;
  }
  if (out.packets == 0) out.bytes = 0;       // a header alone shows nothing
  return out;
}

Result<TornSegment> end_torn_segment(Ledger& ledger, RecordBook& record, const SegmentFacts& open, std::uint64_t proven) {
  const fs::path file = ledger.bag() / open.path;
  std::error_code ec;
  if (!fs::exists(file, ec)) GZ_TRY(write_atomically(file, {}));         // opened in the journal, never made on disk
  GZ_TRY_ASSIGN(const StandingSegment standing, scan_segment(file, proven));
  TornSegment out;
  out.packets = standing.packets;
  out.torn_bytes = fs::file_size(file, ec) - standing.bytes;
  if (out.torn_bytes > 0) {
    Bytes tail;
    std::uint64_t at = 0;
    GZ_TRY(read_in_pieces(file, [&](ByteView piece) {
      const std::uint64_t skip = standing.bytes > at ? std::min<std::uint64_t>(standing.bytes - at, piece.size()) : 0;
      append(tail, piece.subspan(static_cast<std::size_t>(skip)));
      at += piece.size();
      return ok();
    }));
    out.kept = std::string(kRaw) + "torn-" + file.stem().string() + ".bin";
    if (auto put = ledger.put(out.kept, tail); !put) return Failure(std::move(put.error()));
    GZ_TRY(cut_file(file, standing.bytes));  // before the line that says how long it is
  }
  GZ_TRY_ASSIGN(const FileDigests digests, cold_digests(file));
  if (auto line = ledger.line("seg.close", seg_close_body(open.path, digests, standing.packets)); !line) return Failure(std::move(line.error()));
  ledger.add(open.path, digests);
  record.closed(open.path, digests, standing.packets, open.origin_us, open.origin_us + standing.last_us);
  return out;
}

}  // namespace guzheng
