#include "core/sql/bigrams.h"

#include <sqlite3.h>

#include <array>
#include <string_view>

namespace guzheng {

namespace {

using TokenSink = int (*)(void*, int, const char*, int, int, int);

// Where tokens go: FTS5's callback, stopped by its first error.
struct TokenOut {
  void* context;
  TokenSink sink;
  int rc = SQLITE_OK;
  void put(std::string_view token, bool same_place) {
    if (rc == SQLITE_OK) rc = sink(context, same_place ? FTS5_TOKEN_COLOCATED : 0, token.data(), static_cast<int>(token.size()), 0, 0);
  }
};

std::size_t character_bytes(unsigned char lead) { return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4; }

std::string_view next_character(std::string_view text, std::size_t at) {
  return text.substr(at, character_bytes(static_cast<unsigned char>(text[at])));
}

// Pairs lie side by side in the text, so a token is a view of it. In a document a last token keeps phrases from reaching over the end.
void put_pairs(std::string_view part, bool alone_too, bool query, TokenOut& out) {
  std::size_t at = 0;
  while (at < part.size() && out.rc == SQLITE_OK) {
    const auto here = next_character(part, at);
    const std::size_t next = at + here.size();
    if (next < part.size()) {
      out.put(part.substr(at, here.size() + next_character(part, next).size()), false);
      if (alone_too && !query) out.put(here, true);
    } else if (query ? at == 0 : alone_too) {
      out.put(here, false);
    } else if (!query) {
      out.put({&kOtherText, 1}, false);
    }
    at = next;
  }
}

// One letter, or "[cz]": any of these.
std::string_view next_choice(std::string_view part, std::size_t& at) {
  if (part[at] != '[') return part.substr(at++, 1);
  const auto end = part.find(']', at);
  if (end == std::string_view::npos) return part.substr(at++, 1);
  const auto choice = part.substr(at + 1, end - at - 1);
  at = end + 1;
  return choice;
}

constexpr std::size_t kMostInitials = 160;

void put_combinations(const std::array<std::string_view, kMostInitials>& choices, std::size_t at, std::size_t length, TokenOut& out) {
  std::array<char, 4> token{kInitials};
  bool first = true;
  for (const char a : choices[at])
    for (const char b : choices[at + 1]) {
      token[1] = a, token[2] = b;
      if (length == 2) {
        out.put({token.data(), 3}, !first);
        first = false;
        continue;
      }
      for (const char c : choices[at + 2]) {
        token[3] = c;
        out.put({token.data(), 4}, !first);
        first = false;
      }
    }
}

void put_initials(std::string_view part, bool query, TokenOut& out) {
  std::array<std::string_view, kMostInitials> choices;
  std::size_t count = 0;
  for (std::size_t at = 0; at < part.size() && count < kMostInitials;) choices[count++] = next_choice(part, at);
  if (count < 2) return;
  for (std::size_t at = 0; at + 2 < count; ++at) put_combinations(choices, at, 3, out);
  if (!query || count == 2) put_combinations(choices, count - 2, 2, out);
}

void put_marks(std::string_view part, TokenOut& out) {
  std::array<char, 256> token{kMarks};
  bool first = true;
  while (!part.empty() && out.rc == SQLITE_OK) {
    const auto end = std::min(part.find(' '), part.size());
    const auto word = part.substr(0, std::min(end, token.size() - 1));
    std::copy(word.begin(), word.end(), token.begin() + 1);
    if (!word.empty()) out.put({token.data(), word.size() + 1}, !first);
    first = first && word.empty();
    part.remove_prefix(std::min(end + 1, part.size()));
  }
}

int bigrams_create(void*, const char**, int, Fts5Tokenizer** out) {
  *out = reinterpret_cast<Fts5Tokenizer*>(out);                  // it has no state, but must not be null
  return SQLITE_OK;
}
void bigrams_delete(Fts5Tokenizer*) {}

int bigrams_tokenize(Fts5Tokenizer*, void* context, int flags, const char* data, int size, TokenSink sink) {
  if (data == nullptr) return SQLITE_OK;
  TokenOut out{context, sink};
  std::string_view rest(data, static_cast<std::size_t>(size));
  const bool query = (flags & FTS5_TOKENIZE_QUERY) != 0;
  char kind = 0;
  while (!rest.empty() && out.rc == SQLITE_OK) {
    if (rest.front() >= kOtherText && rest.front() <= kMarks) {
      kind = rest.front();
      rest.remove_prefix(1);
    }
    const auto end = std::min(rest.find_first_of("\x1c\x1d\x1e\x1f"), rest.size());
    const auto part = rest.substr(0, end);
    if (kind == kMarks) put_marks(part, out);
    else if (kind == kInitials) put_initials(part, query, out);
    else put_pairs(part, kind == 0, query, out);
    rest.remove_prefix(end < rest.size() && rest[end] == kPart ? end + 1 : end);
  }
  return out.rc;
}

}  // namespace

Status register_bigrams(sqlite3* db) {
  fts5_api* api = nullptr;
  sqlite3_stmt* ask = nullptr;
  if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &ask, nullptr) == SQLITE_OK) {
    sqlite3_bind_pointer(ask, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
    sqlite3_step(ask);
  }
  sqlite3_finalize(ask);
  if (api == nullptr) return fail(ErrorKind::Unsupported, "this SQLite has no full-text search (FTS5)");
  fts5_tokenizer tokenizer{bigrams_create, bigrams_delete, bigrams_tokenize};
  if (api->xCreateTokenizer(api, "gz_bigrams", nullptr, &tokenizer, nullptr) != SQLITE_OK) return fail(ErrorKind::Bug, "the tokenizer could not be registered");
  return ok();
}

}  // namespace guzheng
