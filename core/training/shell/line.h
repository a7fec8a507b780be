// Room training, shell. A command line → lists of commands, as much of sh as checks and captures use. Pure.
//   words with '…', "…" and \ quoting, $NAME ${NAME} $?, NAME=value prefixes, ; newline && || |, < > >> 2> 2>&1 >&2
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace guzheng::training {

struct WordPiece {
  std::string text;            // literal text, or a variable's name
  bool variable = false;
};
using Word = std::vector<WordPiece>;

struct SimpleCommand {
  std::vector<std::pair<std::string, Word>> assignments;
  std::vector<Word> words;
  std::optional<Word> out_file, err_file;
  bool append = false, err_to_out = false, out_to_err = false;
};
enum class Joint { Always, IfOk, IfFailed };       // ; && ||: when a pipeline runs, seen from the one before
struct Pipeline {
  Joint joint = Joint::Always;
  std::vector<SimpleCommand> commands;
};

// Invalid with sh's words: "syntax error: unexpected …".
Result<std::vector<Pipeline>> parse_line(std::string_view line);
std::string expand(const Word& word, const std::map<std::string, std::string>& variables);

}  // namespace guzheng::training
