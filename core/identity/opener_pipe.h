// Room identity. An Opener whose key stays in another process: envelopes go out and contents come back over two file descriptors.
// The workstation's helper (guzheng-evidence report --key-pipe) has its parent open evidence so; no key and no plain byte of it
// goes to a disk.
//   frame = 4 bytes length (big endian, of what follows), 1 byte kind, rest; at most kMostPipeFrame
//   parent → helper   'K' certificate (PEM, empty: nobody), once, first
//   helper → parent   'O' envelope                            one at a time
//   parent → helper   'C' content    or    'R' error kind (1 byte), what (UTF-8)
#pragma once

#include <memory>
#include <optional>

#include "core/base/file.h"
#include "core/identity/bureau.h"

namespace guzheng {

inline constexpr std::uint32_t kMostPipeFrame = 80u << 20;           // envelopes hold 64 MiB; and their own bytes

struct PipeFrame {
  char kind = 0;
  Bytes body;
};
// Pure. The body must fit (Invalid).
Result<Bytes> pipe_frame(char kind, ByteView body);

// Puts frames together from pieces as they come. Foreign bytes: a length of 0 or beyond the limit is Protocol, for good. Keeps at
// most one frame and what came behind it. One thread.
class PipeReader {
 public:
  void add(ByteView bytes) { append(waiting_, bytes); }
  // Nothing: not whole yet.
  Result<std::optional<PipeFrame>> next();

 private:
  Bytes waiting_;
};

// The parent's side: what to write back for one frame. Blocks for the opening. Pure but for the key. `opener` null: refused.
Bytes answer_frame(const PipeFrame& frame, const Opener* opener);
Bytes hello_frame(const Opener* opener);

// The helper's side. Blocks until the parent has said whose key it is (Network: the pipe is closed; Protocol: it speaks otherwise).
// Thread-safe: openings wait for each other. After a broken pipe every opening fails.
Result<std::shared_ptr<Opener>> open_pipe(UniqueFd from_parent, UniqueFd to_parent);

}  // namespace guzheng
