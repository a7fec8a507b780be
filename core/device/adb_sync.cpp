// push and pull over sync: (SEND, RECV, STA2); device.md "Device side" gives the forms.
#include <array>

#include "core/base/clock.h"
#include "core/device/adb.h"
#include "core/device/adb_wire.h"
#include "core/device/deadline.h"

namespace guzheng {

namespace {

constexpr std::chrono::milliseconds kSyncPatience{30'000};   // a phone's flash may pause for long

Result<SyncHeader> read_header(Stream& stream, std::chrono::milliseconds patience = kSyncPatience) {
  std::array<std::uint8_t, 8> bytes{};
  GZ_TRY(read_exactly(stream, bytes, patience));
  return parse_sync_header(bytes);
}

Failure sync_failure(Stream& stream, std::uint32_t length, const std::string& path) {
  if (length > (64u << 10)) return fail(ErrorKind::Protocol, path + ": FAIL of impossible length");
  std::string text(length, '\0');
  const auto read = read_exactly(stream, {reinterpret_cast<std::uint8_t*>(text.data()), length}, kSyncPatience);
  if (!read) return fail(read.error());
  const auto has = [&](std::string_view part) { return text.find(part) != std::string::npos; };
  ErrorKind kind = ErrorKind::Io;
  if (has("No such file")) kind = ErrorKind::NotFound;
  else if (has("ermission denied") || has("Read-only")) kind = ErrorKind::Denied;
  else if (has("No space")) kind = ErrorKind::NoSpace;
  return fail(kind, "phone: " + path + ": " + text);
}

Status send_file(Stream& stream, ByteView file, const std::string& target) {
  GZ_TRY(stream.write_all(sync_request("SEND", as_bytes(target))));
  while (!file.empty()) {
    const auto piece = file.first(std::min(kSyncPiece, file.size()));
    GZ_TRY(stream.write_all(sync_request("DATA", piece)));
    file = file.subspan(piece.size());
  }
  Bytes done = to_bytes("DONE");
  put_le<std::uint32_t>(done, static_cast<std::uint32_t>(SystemClock().wall().ms / 1000));
  return stream.write_all(done);
}

// STA2 answer: [id ×4][u32 error][u64 dev][u64 ino][u32 mode][u32 nlink][u32 uid][u32 gid][u64 size][3 × i64 times]
Result<std::uint64_t> remote_size(Stream& stream, const std::string& path) {
  GZ_TRY(stream.write_all(sync_request("STA2", as_bytes(path))));
  std::array<std::uint8_t, 72> answer{};
  GZ_TRY(read_exactly(stream, answer, kSyncPatience));
  if (as_text(answer).substr(0, 4) != "STA2") return fail(ErrorKind::Protocol, path + ": no answer to STA2");
  if (read_le<std::uint32_t>(answer.data() + 4) != 0) return fail(ErrorKind::NotFound, "phone: no file " + path);
  return read_le<std::uint64_t>(answer.data() + 40);
}

}  // namespace

Status AdbServer::push(const std::string& serial, ByteView file, const std::string& remote_path, unsigned mode) {
  GZ_TRY_ASSIGN(const auto stream, open(serial, "sync:"));
  const auto sent = send_file(*stream, file, remote_path + "," + std::to_string(0100000u | mode));
  if (!sent && sent.error().kind == ErrorKind::Cancelled) return sent;
  auto answer = read_header(*stream);      // also after a failed write: the phone's FAIL says why it hung up
  if (!answer) return fail((sent ? answer.error() : sent.error()).in("push " + remote_path));
  if (answer->id == "FAIL") return sync_failure(*stream, answer->value, remote_path);
  if (answer->id != "OKAY") return fail(ErrorKind::Protocol, "push " + remote_path + ": unknown answer");
  GZ_TRY_ASSIGN(const std::uint64_t size, remote_size(*stream, remote_path));
  if (size != file.size()) return fail(ErrorKind::Io, "phone: " + remote_path + " is shorter than what was pushed");
  return ok();
}

Result<Bytes> AdbServer::pull(const std::string& serial, const std::string& remote_path, std::size_t max_bytes) {
  Bytes out;
  GZ_TRY(pull(serial, remote_path, max_bytes, std::chrono::minutes(10), [&](ByteView piece) -> Status { return append(out, piece), ok(); }));
  return out;
}

Status AdbServer::pull(const std::string& serial, const std::string& remote_path, std::uint64_t max_bytes, std::chrono::milliseconds limit,
                       const std::function<Status(ByteView)>& use, const Cancel& cancel) {
  const Deadline deadline(limit);
  if (cancel.cancelled()) return fail(ErrorKind::Cancelled, "called off");
  GZ_TRY_ASSIGN(const auto stream, open(serial, "sync:"));
  const Cancel::Watch watch(cancel, [&stream] { stream->cancel(); });
  const auto patience = [&] { return std::min(kSyncPatience, deadline.left()); };
  GZ_TRY(stream->write_all(sync_request("RECV", as_bytes(remote_path))));
  Bytes piece;
  for (std::uint64_t got = 0;;) {
    GZ_TRY_ASSIGN(const SyncHeader header, read_header(*stream, patience()));
    if (header.id == "DONE") return ok();
    if (header.id == "FAIL") return sync_failure(*stream, header.value, remote_path);
    if (header.id != "DATA" || header.value > kSyncPiece)
      return fail(ErrorKind::Protocol, "pull " + remote_path + ": unknown answer");
    got += header.value;
    if (got > max_bytes) return fail(ErrorKind::Invalid, remote_path + " is too large");
    piece.resize(header.value);
    GZ_TRY(read_exactly(*stream, piece, patience()));
    GZ_TRY(use(piece));
  }
}

}  // namespace guzheng
