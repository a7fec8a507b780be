#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/push/push_file.h"

namespace guzheng {

namespace {

// A line is understood when the next two are known not to be the end: the last two lines are the closing one and the signature.
class Reading {
 public:
  Reading(const PushTrust& trust, const std::function<Status(std::int64_t, PushRow&&)>& use) : trust_(trust), use_(use) {}

  Status piece(ByteView bytes) {
    std::string_view text = as_text(bytes);
    while (!text.empty()) {
      const auto end = text.find('\n');
      rest_ += text.substr(0, end == std::string_view::npos ? end : end + 1);
      if (rest_.size() > kMostPushLine) return wrong(lines_ + 1, "it is longer than 1 MiB");
      if (end == std::string_view::npos) return ok();
      text.remove_prefix(end + 1);
      GZ_TRY(line(std::exchange(rest_, {})));
    }
    return ok();
  }

  Result<PushSeen> finish() {
    if (!rest_.empty() || lines_ < 4) return fail(ErrorKind::Invalid, "this push ends too early: it was cut off, or is none");
    GZ_TRY_ASSIGN(const Json closing, parse(lines_ - 1, before_last_));
    GZ_TRY_ASSIGN(const Json signature, parse(lines_, last_));
    if (!has_keys(closing, {"count", "end", "sha256"})) return fail(ErrorKind::Invalid, "this push ends too early: its closing line is missing");
    out_.sha256 = to_hex(digest_.finish());
    if (text_at(closing, "end") != out_.id || integer_at(closing, "count") != out_.subjects || text_at(closing, "sha256") != out_.sha256)
      return fail(ErrorKind::Tampered, "the push was changed after it was signed: its content is not what its closing line says");
    GZ_TRY(check_hand(signature, before_last_, out_.by, trust_));
    return out_;
  }

 private:
  static Failure wrong(std::int64_t line, const std::string& what) { return fail(ErrorKind::Invalid, "line " + std::to_string(line) + " of the push: " + what); }

  static Result<Json> parse(std::int64_t number, std::string_view text) {
    text.remove_suffix(1);
    auto json = parse_canonical_json(text);
    if (!json) return wrong(number, json.error().what);
    return json;
  }

  Status line(std::string text) {
    ++lines_;
    if (lines_ > 2) GZ_TRY(understood(lines_ - 2, before_last_));
    before_last_ = std::exchange(last_, std::move(text));
    return ok();
  }

  // Line `number`, which is neither of the last two.
  Status understood(std::int64_t number, const std::string& text) {
    digest_.update(as_bytes(text));
    GZ_TRY_ASSIGN(const Json json, parse(number, text));
    if (number == 1) {
      GZ_TRY_ASSIGN(out_, head_of(json));
      return ok();
    }
    auto row = push_row(json);
    if (!row) return wrong(number, row.error().what);
    ++out_.subjects;
    return use_ ? use_(out_.subjects, std::move(*row)) : ok();
  }

  const PushTrust& trust_;
  const std::function<Status(std::int64_t, PushRow&&)>& use_;
  Digester digest_{DigestKind::Sha256};
  std::string rest_, last_, before_last_;
  std::int64_t lines_ = 0;
  PushSeen out_;
};

}  // namespace

Result<PushSeen> read_push(const std::filesystem::path& file, const PushTrust& trust, const std::function<Status(std::int64_t, PushRow&&)>& use) {
  Reading reading(trust, use);
  GZ_TRY(read_in_pieces(file, [&](ByteView bytes) { return reading.piece(bytes); }));
  return reading.finish();
}

Result<PushSeen> read_push_bytes(ByteView bytes, const PushTrust& trust, const std::function<Status(std::int64_t, PushRow&&)>& use) {
  Reading reading(trust, use);
  GZ_TRY(reading.piece(bytes));
  return reading.finish();
}

Result<PushSeen> check_push(const std::filesystem::path& file, const PushTrust& trust) { return read_push(file, trust, {}); }

}  // namespace guzheng
