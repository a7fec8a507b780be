// Room search, inside. One Groonga over HTTP: commands with their arguments escaped, answers bounded and read strictly. Thread-safe, blocks.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "core/base/json.h"

namespace guzheng {

inline constexpr std::size_t kMostGroongaAnswer = 1u << 20;

// Where a Groonga is. Over plain HTTP only on this machine: whoever reads or writes on the way would read and write the index.
struct GroongaAddress {
  std::string url;                                               // http://127.0.0.1:10041, or https://HOST[:PORT] of something that ends TLS before it
  std::string roots_pem;                                         // whom to trust for https; empty: the system's own
};
// Invalid, with the reason.
Status check_groonga_url(std::string_view url);

// The body of an answer [[rc, …], body]. Protocol: it is no such answer, or longer than kMostGroongaAnswer; or the engine refused the command, with its word.
Result<Json> groonga_body(std::string_view answer);

class GroongaClient {
 public:
  using Arguments = std::vector<std::pair<std::string, std::string>>;
  static Result<std::unique_ptr<GroongaClient>> open(GroongaAddress address);
  ~GroongaClient();

  // Network, Timeout, Denied (TLS), Protocol.
  Result<Json> ask(const std::string& command, const Arguments& arguments, std::chrono::milliseconds patience);
  // `documents`: a JSON array. Gives how many were taken.
  Result<std::int64_t> load(const std::string& table, const std::string& documents, std::chrono::milliseconds patience);

 private:
  struct Line;
  explicit GroongaClient(GroongaAddress address);
  Result<Json> send(const std::string& path, const std::string& body, const char* type, std::chrono::milliseconds patience);

  const GroongaAddress address_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Line>> idle_;                      // under mutex_
};

}  // namespace guzheng
