#include "core/records/subject_source.h"

namespace guzheng {

namespace {

std::optional<std::string> subject_text(const std::string& body) { return body.empty() ? std::optional<std::string>() : std::optional<std::string>(body); }

}  // namespace

Result<RecordSource::Changed> SubjectSource::changed_since(const std::string& mark) {
  GZ_TRY_ASSIGN(auto changed, exchange_.changed_since(mark));
  Changed out;
  for (auto& [kind, id] : changed.names) out.names.push_back({std::move(kind), std::move(id)});
  out.mark = std::move(changed.mark);
  out.more = changed.more;
  return out;
}

Result<RecordSource::Local> SubjectSource::read(const RecordName& record) {
  GZ_TRY_ASSIGN(auto text, exchange_.read(record.kind, record.id));
  GZ_TRY_ASSIGN(auto act, exchange_.last_act(record.kind, record.id));
  return Local{std::move(text).value_or(std::string()), std::move(act.first), act.second};
}

Result<RecordSource::Put> SubjectSource::put(const RecordName& record, const std::string& expected, const std::string& wanted, const std::string& person, const std::string& why) {
  GZ_TRY_ASSIGN(const auto done, exchange_.put(record.kind, record.id, subject_text(expected), subject_text(wanted), {person, why}));
  switch (done) {
    case SubjectExchange::Put::Done: return Put::Done;
    case SubjectExchange::Put::Differs: return Put::Differs;
    case SubjectExchange::Put::Kept: return Put::Kept;
  }
  return Put::Done;
}

Result<std::string> SubjectSource::twin(const std::string& kind, const std::string& body) {
  if (kind != "subject" || body.empty()) return std::string();
  return exchange_.twin(body);
}

Status SubjectSource::rename(const RecordName& from, const std::string& to) { return exchange_.rename(from.id, to); }

}  // namespace guzheng
