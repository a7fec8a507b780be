// Room device, private. Making a TCP connection.
#pragma once

#include <chrono>
#include <string>

#include "core/base/file.h"
#include "core/base/result.h"

namespace guzheng {

// A connected, non-blocking socket with TCP_NODELAY. Blocks for at most `limit`. While nobody answers, a further try begins each second
// beside the earlier ones and the first that is answered counts: the kernel repeats a lost SYN only after 1, 3, 7 s, so a line that
// comes back in between would be found late (A-7.3b). Network: refused by every address of the host, or no answer in time.
Result<UniqueFd> tcp_connect(const std::string& host, std::uint16_t port, std::chrono::milliseconds limit);

}  // namespace guzheng
