// apk_tool FILE SDK: one line of JSON, {"scheme","certificates"} or {"error","what"}; the file is spooled as one from a phone is.
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "core/apk/verify.h"

int main(int argc, char** argv) {
  using namespace guzheng;
  if (argc != 3) return 2;
  const auto print = [](const nlohmann::json& out) { return std::puts(out.dump().c_str()), 0; };
  auto spool = SpoolApk::create(std::filesystem::temp_directory_path());
  if (!spool) return 2;
  if (const auto read = read_in_pieces(argv[1], [&](ByteView piece) { return spool->write(piece); }); !read) return 2;
  const auto found = verify_apk(*spool, static_cast<std::uint32_t>(std::atoi(argv[2])));
  if (found) return print({{"scheme", found->scheme}, {"certificates", found->sha256()}});
  return print({{"error", std::string(to_string(found.error().kind))}, {"what", found.error().what}});
}
