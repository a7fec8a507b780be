// Room records. Subjects and tags of the station's library (registry/exchange.h).
#pragma once

#include "core/records/source.h"
#include "core/registry/exchange.h"

namespace guzheng {

class SubjectSource final : public RecordSource {
 public:
  explicit SubjectSource(SubjectStore& store) : exchange_(store) {}              // must outlive it
  [[nodiscard]] std::string name() const override { return "subjects"; }
  [[nodiscard]] std::vector<std::string> kinds() const override { return {"subject", "tag"}; }
  Result<Changed> changed_since(const std::string& mark) override;
  Result<Local> read(const RecordName& record) override;
  Result<Put> put(const RecordName& record, const std::string& expected, const std::string& wanted, const std::string& person, const std::string& why) override;
  Result<std::string> twin(const std::string& kind, const std::string& body) override;
  Status rename(const RecordName& from, const std::string& to) override;
  Status settle() override { return exchange_.settle(); }

 private:
  SubjectExchange exchange_;
};

}  // namespace guzheng
