#include "core/training/shell/line.h"

#include <cctype>

namespace guzheng::training {

namespace {
bool name_char(char c, bool first) { return c == '_' || std::isalpha(static_cast<unsigned char>(c)) || (!first && std::isdigit(static_cast<unsigned char>(c))); }

class Parser {
 public:
  explicit Parser(std::string_view line) : line_(line) {}

  Result<std::vector<Pipeline>> run() {
    std::vector<Pipeline> out;
    Pipeline now;
    SimpleCommand command;
    for (;;) {
      skip_blanks();
      const bool end = done();
      const char c = end ? '\n' : line_[at_];
      if (c == '|' && peek(1) != '|') {
        if (empty(command)) return unexpected("|");
        at_ += 1;
        now.commands.push_back(std::exchange(command, {}));
      } else if (c == ';' || c == '\n' || c == '&' || c == '|') {
        const bool joined = c == '&' || c == '|';
        if (c == '&' && peek(1) != '&') return unexpected("&");
        if (!empty(command)) now.commands.push_back(std::exchange(command, {}));
        else if (joined || !now.commands.empty() || (end && now.joint != Joint::Always)) return unexpected(end ? "EOF" : std::string(1, c));
        if (!now.commands.empty()) out.push_back(std::exchange(now, {}));
        if (end) return out;
        now.joint = c == '&' ? Joint::IfOk : c == '|' ? Joint::IfFailed : now.joint;
        at_ += joined ? 2 : 1;
      } else if (auto status = part(command); !status) {
        return fail(status.error());
      }
    }
  }

 private:
  [[nodiscard]] bool done() const { return at_ >= line_.size(); }
  [[nodiscard]] char peek(std::size_t ahead) const { return at_ + ahead < line_.size() ? line_[at_ + ahead] : '\0'; }
  static bool empty(const SimpleCommand& c) { return c.words.empty() && c.assignments.empty() && !c.out_file && !c.err_file; }
  static Failure unexpected(const std::string& what) { return fail(ErrorKind::Invalid, "syntax error: unexpected '" + what + "'"); }

  void skip_blanks() {
    while (!done() && (line_[at_] == ' ' || line_[at_] == '\t' || line_[at_] == '\r')) ++at_;
    if (!done() && line_[at_] == '#') at_ = std::min(line_.find('\n', at_), line_.size());
  }

  Status part(SimpleCommand& command) {
    if (line_.substr(at_).starts_with("2>&1")) {
      command.err_to_out = true;
      at_ += 4;
      return ok();
    }
    for (const std::string_view spelled : {">&2", "1>&2"}) {
      if (!line_.substr(at_).starts_with(spelled)) continue;
      command.out_to_err = true;
      at_ += spelled.size();
      return ok();
    }
    const bool err = line_[at_] == '2' && peek(1) == '>';
    if (err || line_[at_] == '>') {
      at_ += err ? 2 : 1;
      const bool append = !done() && line_[at_] == '>';
      if (append) ++at_;
      skip_blanks();
      GZ_TRY_ASSIGN(auto target, word());
      if (target.empty()) return unexpected("newline");
      command.append = append && !err;
      (err ? command.err_file : command.out_file) = std::move(target);
      return ok();
    }
    if (line_[at_] == '<') return unexpected("<");
    if (line_[at_] == '(' || line_[at_] == ')') return unexpected(std::string(1, line_[at_]));
    if (command.words.empty()) {
      if (const auto name = assignment(); !name.empty()) {
        GZ_TRY_ASSIGN(auto value, word());
        command.assignments.emplace_back(name, std::move(value));
        return ok();
      }
    }
    GZ_TRY_ASSIGN(auto text, word());
    command.words.push_back(std::move(text));
    return ok();
  }

  std::string assignment() {
    std::size_t end = at_;
    while (end < line_.size() && name_char(line_[end], end == at_)) ++end;
    if (end == at_ || end >= line_.size() || line_[end] != '=') return {};
    std::string name(line_.substr(at_, end - at_));
    at_ = end + 1;
    return name;
  }

  static void add(Word& word, char c) {
    if (word.empty() || word.back().variable) word.push_back({});
    word.back().text += c;
  }

  Status dollar(Word& word) {
    ++at_;
    if (!done() && line_[at_] == '(') return unexpected("$(");
    const bool braced = !done() && line_[at_] == '{';
    if (braced) ++at_;
    std::string name;
    if (!done() && line_[at_] == '?') name = line_[at_++];
    else
      while (!done() && name_char(line_[at_], name.empty())) name += line_[at_++];
    if (braced) {
      if (done() || line_[at_] != '}') return fail(ErrorKind::Invalid, "syntax error: bad substitution");
      ++at_;
    }
    if (name.empty()) add(word, '$');
    else word.push_back({name, true});
    return ok();
  }

  Status double_quoted(Word& word) {
    for (++at_; !done() && line_[at_] != '"';) {
      if (line_[at_] == '$') {
        GZ_TRY(dollar(word));
        continue;
      }
      if (line_[at_] == '\\' && (peek(1) == '"' || peek(1) == '\\' || peek(1) == '$' || peek(1) == '`')) ++at_;
      add(word, line_[at_++]);
    }
    if (done()) return fail(ErrorKind::Invalid, "no closing quote");
    ++at_;
    return ok();
  }

  Status single_quoted(Word& word) {
    const auto end = line_.find('\'', at_ + 1);
    if (end == std::string_view::npos) return fail(ErrorKind::Invalid, "no closing quote");
    for (++at_; at_ < end; ++at_) add(word, line_[at_]);
    ++at_;
    return ok();
  }

  Result<Word> word() {
    Word out;
    while (!done()) {
      const char c = line_[at_];
      if (std::string_view(" \t\r\n;|&<>()").find(c) != std::string_view::npos) break;
      if (c == '\'' || c == '"') {
        if (out.empty() || out.back().variable) out.push_back({});       // '' is a word too
        GZ_TRY(c == '"' ? double_quoted(out) : single_quoted(out));
      } else if (c == '$') {
        GZ_TRY(dollar(out));
      } else {
        if (c == '\\' && at_ + 1 < line_.size()) ++at_;
        add(out, line_[at_++]);
      }
    }
    return out;
  }

  std::string_view line_;
  std::size_t at_ = 0;
};
}  // namespace

Result<std::vector<Pipeline>> parse_line(std::string_view line) { return Parser(line).run(); }

std::string expand(const Word& word, const std::map<std::string, std::string>& variables) {
  std::string out;
  for (const auto& piece : word) {
    const auto it = piece.variable ? variables.find(piece.text) : variables.end();
    if (!piece.variable) out += piece.text;
    else if (it != variables.end()) out += it->second;
  }
  return out;
}

}  // namespace guzheng::training
