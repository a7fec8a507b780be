#include "core/sql/bigrams.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstdint>
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

// A number of Bits bits to one of as many bits and back: nothing is lost, but every bit of what comes out depends on most of what went in.
template <unsigned Bits>
std::uint64_t mixed_bits(std::uint64_t value) {
  constexpr std::uint64_t kMask = (std::uint64_t{1} << Bits) - 1;
  for (int round = 0; round < 2; ++round) {
    value = (value * 0x9e3779b97f4a7c15ull) & kMask;
    value ^= value >> (Bits / 2);
  }
  return value;
}

// Seven bits a byte, the eighth set: no token of a text looks like one of a mark, and none has a NUL, at which FTS5 would end it.
template <std::size_t Size>
void put_number(std::uint64_t value, bool same_place, TokenOut& out) {
  std::array<char, Size> token;
  for (auto& c : token) c = static_cast<char>(0x80 | (value & 0x7f)), value >>= 7;
  out.put({token.data(), Size}, same_place);
}

std::uint64_t code_point_of(std::string_view one) {
  const auto at = [&](std::size_t i) { return static_cast<std::uint64_t>(static_cast<unsigned char>(one[i])); };
  switch (one.size()) {
    case 1: return at(0);
    case 2: return (at(0) & 0x1f) << 6 | (at(1) & 0x3f);
    case 3: return (at(0) & 0x0f) << 12 | (at(1) & 0x3f) << 6 | (at(2) & 0x3f);
    default: return (at(0) & 0x07) << 18 | (at(1) & 0x3f) << 12 | (at(2) & 0x3f) << 6 | (at(3) & 0x3f);
  }
}

constexpr std::uint64_t kOfInitials = std::uint64_t{1} << 27;    // above all code points: what is a letter is no character alone
void put_pair(std::string_view first, std::string_view second, TokenOut& out) { put_number<6>(mixed_bits<42>(code_point_of(first) << 21 | code_point_of(second)), false, out); }
void put_alone(std::string_view one, bool same_place, TokenOut& out) { put_number<4>(mixed_bits<28>(code_point_of(one)), same_place, out); }
void put_letters(char a, char b, char c, bool same_place, TokenOut& out) {
  const auto bits = [](char letter) { return static_cast<std::uint64_t>(letter & 0x7f); };
  put_number<4>(mixed_bits<28>(kOfInitials | bits(a) << 14 | bits(b) << 7 | bits(c)), same_place, out);
}

constexpr std::uint64_t kOfFours = std::uint64_t{0x110000} << 21;  // no pair begins with what is above all code points
constexpr std::size_t kFour = 4;
bool is_four(std::string_view part, std::size_t at) {
  const auto four = part.substr(at, kFour);
  return four.size() == kFour && std::all_of(four.begin(), four.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}
void put_four(std::string_view four, bool same_place, TokenOut& out) {
  std::uint64_t bits = 0;
  for (const char c : four) bits = bits << 7 | static_cast<std::uint64_t>(c);
  put_number<6>(mixed_bits<42>(kOfFours + bits), same_place, out);
}

// In a document a last token keeps phrases from reaching over the end. A query asks for fours where it can, and ends with the first that reaches its end.
void put_pairs(std::string_view part, bool alone_too, bool query, TokenOut& out) {
  std::size_t at = 0;
  while (at < part.size() && out.rc == SQLITE_OK) {
    const auto here = next_character(part, at);
    const std::size_t next = at + here.size();
    const bool four = is_four(part, at);
    if (four && query) {
      put_four(part.substr(at, kFour), false, out);
      if (at + kFour == part.size()) return;
    } else if (next < part.size()) {
      put_pair(here, next_character(part, next), out);
      if (alone_too && !query) put_alone(here, true, out);
      if (four) put_four(part.substr(at, kFour), true, out);
    } else if (query ? at == 0 : alone_too) {
      put_alone(here, false, out);
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
  bool first = true;
  for (const char a : choices[at])
    for (const char b : choices[at + 1]) {
      if (length == 2) {
        put_letters(a, b, 0, !first, out);
        first = false;
        continue;
      }
      for (const char c : choices[at + 2]) {
        put_letters(a, b, c, !first, out);
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

std::uint64_t hash_of_mark(std::string_view word) {
  std::uint64_t hash = 0xcbf29ce484222325ull;
  for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
  return (hash ^ hash >> 32) * 0xd6e8feb86659fd93ull >> 36;
}

void put_marks(std::string_view part, TokenOut& out) {
  std::array<char, 256> token{kMarks};
  bool first = true;
  while (!part.empty() && out.rc == SQLITE_OK) {
    const auto end = std::min(part.find(' '), part.size());
    const auto word = part.substr(0, std::min(end, token.size() - 5));
    std::size_t size = 1;
    if (word.size() <= kShortMark)
      for (std::uint64_t hash = hash_of_mark(word); size < 5; hash >>= 7) token[size++] = static_cast<char>(0x80 | (hash & 0x7f));
    std::copy(word.begin(), word.end(), token.begin() + static_cast<std::ptrdiff_t>(size));
    if (!word.empty()) out.put({token.data(), size + word.size()}, !first);
    first = first && word.empty();
    part.remove_prefix(std::min(end + 1, part.size()));
  }
}

int bigrams_create(void*, const char**, int, Fts5Tokenizer** out) {
  *out = reinterpret_cast<Fts5Tokenizer*>(out);                  // it has no state, but must not be null
  return SQLITE_OK;
}
void bigrams_delete(Fts5Tokenizer*) {}

void tokenize(std::string_view rest, bool query, TokenOut& out) {
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
}

int bigrams_tokenize(Fts5Tokenizer*, void* context, int flags, const char* data, int size, TokenSink sink) {
  if (data == nullptr) return SQLITE_OK;
  TokenOut out{context, sink};
  tokenize({data, static_cast<std::size_t>(size)}, (flags & FTS5_TOKENIZE_QUERY) != 0, out);
  return out.rc;
}

struct TokenTaker {
  void* context;
  void (*take)(void*, std::string_view, bool);
};

int give_token(void* taker, int flags, const char* token, int size, int, int) {
  const auto& to = *static_cast<const TokenTaker*>(taker);
  to.take(to.context, {token, static_cast<std::size_t>(size)}, (flags & FTS5_TOKEN_COLOCATED) != 0);
  return SQLITE_OK;
}

}  // namespace

void each_token_of(std::string_view document, void* context, void (*take)(void* context, std::string_view token, bool same_place)) {
  TokenTaker taker{context, take};
  TokenOut out{&taker, give_token};
  tokenize(document, false, out);
}

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
