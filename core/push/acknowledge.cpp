#include "core/base/file.h"
#include "core/push/push_lines.h"

namespace guzheng {

Status write_acknowledgement(const PushTaken& taken, const Signer& signer, const Clock& clock, const std::filesystem::path& file) {
  std::error_code ec;
  if (std::filesystem::exists(file, ec)) return fail(ErrorKind::Exists, file.string() + " is there already: an acknowledgement is never replaced");
  GZ_TRY_ASSIGN(const std::string line, push_line({{"added", taken.added}, {"at", format_time(clock.wall(), 0)}, {"by", hand_json(hand_of(signer.info()))},
                                                   {"changed", taken.changed}, {"format", 1}, {"kind", "guzheng-push-ack"}, {"push", taken.seen.id},
                                                   {"same", taken.same}, {"sha256", taken.seen.sha256}}));
  GZ_TRY_ASSIGN(const std::string signature, signature_line(signer, line));
  return write_text(file, line + signature);
}

Result<PushAcknowledged> check_acknowledgement(const std::filesystem::path& file, const PushSeen& push, const PushTrust& trust) {
  GZ_TRY_ASSIGN(const std::string text, read_text(file, 2 * kMostPushLine));
  const auto first = text.find('\n');
  if (first == std::string::npos || !text.ends_with('\n') || text.find('\n', first + 1) != text.size() - 1) return fail(ErrorKind::Invalid, "this is no acknowledgement of a push: it has not two lines");
  const std::string_view line = std::string_view(text).substr(0, first + 1), last = std::string_view(text).substr(first + 1);
  GZ_TRY_ASSIGN(const Json json, parse_canonical_json(line.substr(0, first)));
  GZ_TRY_ASSIGN(const Json signature, parse_canonical_json(last.substr(0, last.size() - 1)));
  const bool form = has_keys(json, {"added", "at", "by", "changed", "format", "kind", "push", "same", "sha256"}) && text_at(json, "kind") == "guzheng-push-ack" && integer_at(json, "format") == 1 &&
                    has_keys(json["by"], {"badge", "certificate_sha256", "name", "unit"});
  const auto at = form ? parse_time(text_at(json, "at")) : std::nullopt;
  if (!at) return fail(ErrorKind::Invalid, "this is no acknowledgement of a push: it has not its form");
  const Json& by = json["by"];
  PushAcknowledged out{*at, {text_at(by, "name"), text_at(by, "badge"), text_at(by, "unit"), text_at(by, "certificate_sha256")},
                       integer_at(json, "added"), integer_at(json, "changed"), integer_at(json, "same")};
  GZ_TRY(check_hand(signature, line, out.by, trust));
  if (text_at(json, "push") != push.id) return fail(ErrorKind::NotFound, "this acknowledges another push, " + text_at(json, "push"));
  if (text_at(json, "sha256") != push.sha256) return fail(ErrorKind::Tampered, "what was received under this number is not what was sent");
  return out;
}

Json push_written_line(const PushSeen& push, const std::filesystem::path& file) {
  return {{"act", "write"}, {"file", file.filename().string()}, {"filter", push.note.filter}, {"push", push.id}, {"sha256", push.sha256}, {"subjects", push.subjects}, {"to", push.note.to}};
}

Json push_taken_line(const PushTaken& taken) {
  return {{"act", "take"}, {"added", taken.added}, {"batch", taken.batch}, {"by", taken.seen.by.name}, {"changed", taken.changed}, {"push", taken.seen.id}, {"sha256", taken.seen.sha256}};
}

Json push_acknowledged_line(const PushSeen& push, const PushAcknowledged& answer) {
  return {{"act", "acknowledged"}, {"by", answer.by.name}, {"push", push.id}, {"unit", answer.by.unit}};
}

}  // namespace guzheng
