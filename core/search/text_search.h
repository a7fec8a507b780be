// Room search. The seam of full-text search over documents that are kept elsewhere (issue 7, A-5.2a on the central server): an index that follows a numbered table and can be thrown
// away and made anew at any time. Two engines stand behind it: FTS5 in a file of our own (search/fts_search.h) and Groonga (search/groonga_search.h).
// tests/search/contract.h is what both pass, and search/text_scan.h says by plain reading what they must find.
//
// How it follows: every change of a document has a place, a number that rises with every change of any document. Batches come in the order of places. The index keeps how far it came
// (`applied`) together with the documents, so that whoever follows asks it and goes on from there, also after a kill.
//
// Threads: one caller of apply() and clear() at a time, search() and state() from any thread meanwhile; a search sees whole batches. All block.
// Errors: Invalid (a document, batch or question beyond the bounds: nothing was done); Network, Timeout, Denied (an engine elsewhere is away: come again); NoSpace; Protocol (it answers
// what it should not); Tampered (the index is damaged or was left in the middle of a batch: clear() it and follow from the beginning).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/search/words.h"

namespace guzheng {

inline constexpr std::int64_t kTextCountCap = 1000;              // counts beyond are "1,000 and more"
inline constexpr int kMostTextHits = 200;                        // of one page
inline constexpr std::size_t kMostTextBatch = 50'000;            // documents and ids of one batch
inline constexpr std::size_t kMostTextId = 200, kMostTextMark = 100, kMostTextCode = 64, kMostTextQuestion = 400;          // bytes
inline constexpr std::size_t kMostTextField = 4096, kMostTextFields = 256;                     // bytes of one; names, others, codes and marks together
inline constexpr std::size_t kMostMarkGroups = 16, kMostMarksOfGroup = 400;

struct TextDocument {
  std::string id;                                                // replaces what has the same; printable UTF-8
  std::int64_t place = 0;                                        // from 1
  std::vector<std::string> names;                                // found from one character on
  std::vector<std::string> others;                               // from two characters on
  std::vector<std::string> codes;                                // by their beginnings, from two letters or digits on
  std::vector<std::string> marks;                                // whole, by a question's groups: printable UTF-8 without spaces and quotation marks
  bool fresh = false;                                            // no document of this id was ever put: none need be looked for, which is most of the work of a first following
};

// Places rise within it, all above what was applied and at most `applied`. No id twice.
struct TextBatch {
  std::vector<TextDocument> put;
  std::vector<std::string> gone;                                 // those that are there are taken out
  std::int64_t applied = 0;                                      // the index has come this far afterwards
};

enum class TextOrder : std::uint8_t { OldestFirst, NewestFirst };                              // by place

struct TextQuestion {
  std::string words;                                             // every one must be found somewhere (search/words.h); "" asks for everything
  std::vector<std::vector<std::string>> marks;                   // of each group one at least must be there
  TextOrder order = TextOrder::OldestFirst;
  std::int64_t after = 0;                                        // the next page: the last place of the one before; 0: the first page
  int limit = 50;
  std::int64_t patience_us = 0;                                  // how long to go on counting once the page is full; 0: to the cap
};

struct TextHit {
  std::string id;
  std::int64_t place = 0;
  bool operator==(const TextHit&) const = default;
};

struct TextAnswer {
  std::vector<TextHit> hits;
  std::int64_t count = 0;                                        // of all pages, at most kTextCountCap
  bool capped = false;                                           // there are more than `count`
  std::int64_t applied = 0;                                      // what it was asked of
};

struct TextState {
  std::int64_t applied = 0, documents = 0;
  std::int64_t dead = 0;                                         // rows that changes left behind; when they are many the index is better made anew
  std::int64_t bytes = 0;                                        // on disk; 0: it does not say
};

class TextSearch {
 public:
  virtual ~TextSearch() = default;
  virtual Status apply(const TextBatch& batch) = 0;              // whole or not at all (Groonga: search/groonga_search.h); on the disk when it returns
  virtual Status clear() = 0;                                    // nothing is in it, and nothing was applied
  virtual Result<TextAnswer> search(const TextQuestion& question) = 0;
  virtual Result<TextState> state() = 0;
  // Once much was put: merges what is merged best at leisure. May take minutes; `go_on` false ends it sooner.
  virtual Status settle(const std::function<bool()>& go_on) = 0;
};

// Pure. What every engine asks before anything else.
Status check_text_batch(const TextBatch& batch, std::int64_t applied);
Result<std::vector<QueryWord>> check_text_question(const TextQuestion& question);              // its words; their `letters` are empty
// A code as it is found, or "" when it is none: letters and digits in upper case.
std::string text_code(std::string_view raw);

}  // namespace guzheng
