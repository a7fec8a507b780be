#include "core/vault/numbers.h"

#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>
#include <charconv>

#include "core/base/file.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

// `pattern`: A an upper-case letter, 9 a digit, anything else itself.
bool has_form(std::string_view text, std::string_view pattern) {
  if (text.size() != pattern.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool fits = pattern[i] == 'A' ? c >= 'A' && c <= 'Z' : pattern[i] == '9' ? c >= '0' && c <= '9' : c == pattern[i];
    if (!fits) return false;
  }
  return true;
}

int number_of(std::string_view digits) {
  int value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc{} && end == digits.data() + digits.size() ? value : 0;
}

// Highest number among the folders of `folder` that start with `prefix`; what lies beside a bag (ID.after) counts too.
int highest_in(const fs::path& folder, const std::string& prefix) {
  int highest = 0;
  std::error_code ec;
  for (fs::directory_iterator it(folder, ec), end; !ec && it != end; it.increment(ec)) {
    const std::string name = it->path().filename().string().substr(0, prefix.size() + 4);
    if (name.starts_with(prefix) && is_bag_name(name)) highest = std::max(highest, number_of(name.substr(prefix.size())));
  }
  return highest;
}

Result<UniqueFd> lock_counter(const fs::path& folder) {
  UniqueFd fd(::open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!fd) return fail_errno("open " + (folder / "lock").string());
  while (::flock(fd.get(), LOCK_EX) != 0)
    if (errno != EINTR) return fail_errno("lock " + (folder / "lock").string());
  return fd;
}

}  // namespace

bool is_station(std::string_view text) { return has_form(text, "AA-99"); }
bool is_bag_name(std::string_view text) { return has_form(text, "AA-99-99999999-9999"); }

Result<std::string> take_package_id(const fs::path& vault, const std::string& station, const std::string& day) {
  if (!is_station(station)) return fail(ErrorKind::Invalid, "station '" + station + "' is not of the form AA-99");
  const fs::path folder = vault / "counter";
  GZ_TRY_ASSIGN(const UniqueFd lock, lock_counter(folder));
  const std::string prefix = station + "-" + day + "-";
  const fs::path file = folder / (station + "-" + day);
  int last = std::max(highest_in(vault / "open", prefix), highest_in(vault / "sealed", prefix));
  if (const auto text = read_text(file, 64)) last = std::max(last, number_of(text->substr(0, text->find('\n'))));
  if (last >= 9999) return fail(ErrorKind::NoSpace, "the 9999 numbers of " + prefix + " are used up");
  const std::string number = std::to_string(last + 1);
  GZ_TRY(write_atomically(file, as_bytes(number + "\n")));
  return prefix + std::string(4 - number.size(), '0') + number;
}

}  // namespace guzheng
