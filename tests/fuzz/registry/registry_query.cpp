// What is typed and what is stored, however odd: the first line is a subject's name, the second an entry's, the third an address, the rest the query.
// The index takes any question without an error, and finds the subject exactly when a look at its fields does.
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "core/registry/document.h"
#include "core/search/fold.h"
#include "core/registry/schema.h"
#include "core/registry/words_of_query.h"
#include "core/sql/connection.h"

namespace {

using namespace guzheng;

SqlConnection& index_of_one() {
  static const auto made = [] {
    const auto file = std::filesystem::temp_directory_path() / ("gz-fuzz-registry-" + std::to_string(::getpid()) + ".sqlite");
    auto opened = SqlConnection::open(file, registry_index_migrations());
    for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + suffix);      // it lives as long as it is open
    if (!opened) std::abort();
    return std::move(*opened);
  }();
  return *made;
}

std::string line_from(std::string_view& rest) {
  const auto end = std::min(rest.find('\n'), rest.size());
  std::string out(rest.substr(0, end));
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest = as_text(ByteView(data, size));
  if (size > 4096 || !is_utf8(rest) || rest.find('\0') != rest.npos) return 0;          // the store and search() refuse these before
  Subject subject;
  subject.name = line_from(rest);
  Entry entry;
  entry.name = line_from(rest);
  subject.address = line_from(rest);
  subject.credit_code = subject.name.substr(0, 18);
  const auto words = query_words(rest);
  if (words.empty()) return 0;
  bool expected = true;
  for (const auto& word : words) {
    const auto found = find_word(word, subject, {entry});
    expected = expected && found;
    if (found && (found->begin > found->end || found->end > found->text.size())) std::abort();
  }
  auto& index = index_of_one();
  if (!index.begin()) std::abort();
  auto put = index.prepare("INSERT INTO find(rowid,doc) VALUES(1,?)");
  if (!put || !put->bind(1, std::string_view(index_document(subject, {entry}))).run()) std::abort();
  auto ask = index.prepare("SELECT rowid FROM find WHERE find MATCH ?");
  const auto found = ask->bind(1, std::string_view(index_expression(words, {}))).step();
  if (!found || *found != expected) std::abort();
  ask->reset();
  index.rollback();
  return 0;
}
