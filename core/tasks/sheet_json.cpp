// The sheet as the book keeps it.
#include "core/tasks/sheet.h"

namespace guzheng {

namespace {

Json documents_json(const std::vector<Document>& list) {
  Json out = Json::array();
  for (const auto& one : list) out.push_back(Json{{"name", one.name}, {"sha256", one.sha256}});
  return out;
}

template <typename Enum>
Json set_json(const std::set<Enum>& values) {
  Json out = Json::array();
  for (const auto value : values) out.push_back(to_string(value));
  return out;
}

// Collects what is not as it should be, so that one check at the end is enough.
class SheetParser {
 public:
  explicit SheetParser(const Json& json) : json_(json), good_(json.is_object()) {}
  [[nodiscard]] bool good() const { return good_; }

  std::string text(const char* key) {
    const auto found = json_.is_object() ? json_.find(key) : json_.end();
    if (!json_.is_object() || found == json_.end() || !found->is_string()) {
      good_ = false;
      return {};
    }
    return found->get<std::string>();
  }
  template <typename Parse>
  auto one(const char* key, Parse parse) -> decltype(parse(std::string_view())) {
    const auto value = text(key);
    if (value.empty()) return {};
    auto out = parse(value);
    good_ = good_ && out.has_value();
    return out;
  }
  template <typename Enum, typename Parse>
  std::set<Enum> many(const char* key, Parse parse) {
    std::set<Enum> out;
    for (const auto& entry : words(key)) {
      const auto value = parse(std::string_view(entry));
      if (value) out.insert(*value);
      else good_ = false;
    }
    return out;
  }
  std::vector<std::string> words(const char* key) {
    std::vector<std::string> out;
    for (const auto& entry : list(key)) {
      if (entry.is_string()) out.push_back(entry.get<std::string>());
      else good_ = false;
    }
    return out;
  }
  std::vector<Document> documents(const char* key) {
    std::vector<Document> out;
    for (const auto& entry : list(key)) {
      if (entry.is_object()) out.push_back({text_at(entry, "name"), text_at(entry, "sha256")});
      else good_ = false;
    }
    return out;
  }
  std::optional<int> number(const char* key) {
    const auto value = json_.is_object() ? json_.value(key, Json()) : Json();
    if (value.is_null()) return {};
    if (!value.is_number_integer() || value.get<std::int64_t>() < -1'000'000'000 || value.get<std::int64_t>() > 1'000'000'000) {
      good_ = false;
      return {};
    }
    return value.get<int>();
  }

 private:
  Json list(const char* key) {
    auto value = json_.is_object() ? json_.value(key, Json()) : Json();
    if (value.is_array()) return value;
    good_ = false;
    return Json::array();
  }

  const Json& json_;
  bool good_;
};

Json optional_number(const std::optional<int>& value) { return value ? Json(*value) : Json(); }

}  // namespace

Json to_json(const TaskSheet& sheet) {
  return Json{{"issuer", sheet.issuer},
              {"name", sheet.name},
              {"source", sheet.source},
              {"category", sheet.category ? std::string(to_string(*sheet.category)) : std::string()},
              {"methods", set_json(sheet.methods)},
              {"third_party", sheet.third_party},
              {"from", sheet.from ? day_text(*sheet.from) : std::string()},
              {"until", sheet.until ? day_text(*sheet.until) : std::string()},
              {"range", sheet.range},
              {"targets", set_json(sheet.targets)},
              {"other_target", sheet.other_target},
              {"content", sheet.content},
              {"keywords", sheet.features.keywords},
              {"trade_terms", sheet.features.trade_terms},
              {"code_words", sheet.features.code_words},
              {"pictures", documents_json(sheet.features.pictures)},
              {"sounds", documents_json(sheet.features.sounds)},
              {"feedback", set_json(sheet.feedback)},
              {"platforms", optional_number(sheet.platforms)},
              {"rounds", optional_number(sheet.rounds)}};
}

Result<TaskSheet> sheet_from_json(const Json& json) {
  SheetParser in(json);
  TaskSheet sheet;
  sheet.issuer = in.text("issuer");
  sheet.name = in.text("name");
  sheet.source = in.text("source");
  sheet.category = in.one("category", task_category);
  sheet.methods = in.many<TaskMethod>("methods", task_method);
  sheet.third_party = in.text("third_party");
  sheet.from = in.one("from", day_from);
  sheet.until = in.one("until", day_from);
  sheet.range = in.text("range");
  sheet.targets = in.many<TargetKind>("targets", target_kind);
  sheet.other_target = in.text("other_target");
  sheet.content = in.text("content");
  sheet.features.keywords = in.words("keywords");
  sheet.features.trade_terms = in.words("trade_terms");
  sheet.features.code_words = in.words("code_words");
  sheet.features.pictures = in.documents("pictures");
  sheet.features.sounds = in.documents("sounds");
  sheet.feedback = in.many<FeedbackKind>("feedback", feedback_kind);
  sheet.platforms = in.number("platforms");
  sheet.rounds = in.number("rounds");
  if (!in.good()) return fail(ErrorKind::Invalid, "this is no task sheet as the program writes it");
  return sheet;
}

}  // namespace guzheng
