#include "core/search/groonga_search.h"

#include <algorithm>

#include "core/search/groonga_words.h"

namespace guzheng {

namespace {

constexpr std::size_t kMostOfLoad = 4u << 20, kIdsAtOnce = 50;                                 // bytes of one message; ids of one command
constexpr std::chrono::milliseconds kToSearch{5'000}, kToLoad{120'000}, kToMake{60'000};
constexpr const char *kDocs = "GuzhengText", *kPairs = "GuzhengTextPair", *kChars = "GuzhengTextChar", *kCodes = "GuzhengTextCode", *kMarksOf = "GuzhengTextMark", *kStates = "GuzhengTextState";

// How far it came, and in which life of the engine (its start, in seconds since 1970).
struct Standing {
  std::int64_t shape = 0, applied = 0, settled = 0, busy = 0, life = 0;
  bool there = false;
};

class GroongaSearch final : public TextSearch {
 public:
  GroongaSearch(std::unique_ptr<GroongaClient> client, std::int64_t shape) : client_(std::move(client)), shape_(shape) {}

  Status apply(const TextBatch& batch) override {
    GZ_TRY_ASSIGN(auto now, standing());
    if (!now.there) {
      GZ_TRY(make_tables());
      now = {shape_, 0, 0, 0, 0, true};
    }
    GZ_TRY_ASSIGN(const auto life, life_now());
    GZ_TRY(is_sound(now, life));
    GZ_TRY(check_text_batch(batch, now.applied));
    now.busy = 1;
    now.life = life;
    GZ_TRY(put_standing(now));
    GZ_TRY(load_documents(batch));
    for (std::size_t at = 0; at < batch.gone.size(); at += kIdsAtOnce)
      GZ_TRY(client_->ask("delete", {{"table", kDocs}, {"filter", groonga_id_filter(batch.gone, at, at + kIdsAtOnce)}}, kToLoad));
    now.busy = 0;
    now.applied = batch.applied;
    return put_standing(now);
  }

  Status clear() override {
    GZ_TRY(client_->ask("lock_clear", {}, kToMake));             // what an engine that was killed held
    for (const char* table : {kStates, kPairs, kChars, kDocs, kCodes, kMarksOf})
      GZ_TRY(remove_table(table));
    return make_tables();
  }

  Result<TextAnswer> search(const TextQuestion& question) override {
    GZ_TRY_ASSIGN(const auto words, check_text_question(question));
    GZ_TRY_ASSIGN(const auto now, standing());
    if (!now.there) return TextAnswer{};
    const std::string filter = groonga_filter(words, question.marks);
    const bool newest = question.order == TextOrder::NewestFirst;
    TextAnswer out;
    out.applied = now.applied;
    std::string page = filter;
    if (question.after > 0) {
      GZ_TRY_ASSIGN(const auto all, select(filter, newest, 0));
      out.count = all.count;
      page = (filter.empty() ? "" : '(' + filter + ") && ") + "place " + (newest ? "< " : "> ") + std::to_string(question.after);
    }
    GZ_TRY_ASSIGN(auto found, select(page, newest, question.limit));
    out.hits = std::move(found.hits);
    if (question.after == 0) out.count = found.count;
    out.capped = out.count > kTextCountCap;
    out.count = std::min(out.count, kTextCountCap);
    return out;
  }

  Result<TextState> state() override {
    GZ_TRY_ASSIGN(const auto now, standing());
    if (!now.there) return TextState{};
    GZ_TRY_ASSIGN(const auto life, life_now());
    GZ_TRY(is_sound(now, life));
    GZ_TRY_ASSIGN(const auto all, select("", false, 0));
    return TextState{now.applied, all.count, 0, 0};
  }

  Status settle(const std::function<bool()>& go_on) override {
    if (!go_on()) return ok();
    GZ_TRY_ASSIGN(auto now, standing());
    if (!now.there || now.settled == now.applied) return ok();
    GZ_TRY_ASSIGN(const auto life, life_now());
    GZ_TRY(is_sound(now, life));
    GZ_TRY(client_->ask("io_flush", {}, kToLoad));
    now.settled = now.applied;
    now.life = life;
    GZ_TRY(put_standing(now));
    return tell("io_flush", {{"target_name", kStates}, {"recursive", "yes"}}, kToLoad);
  }

 private:
  struct Found {
    std::int64_t count = 0;
    std::vector<TextHit> hits;
  };

  Status tell(const char* command, const GroongaClient::Arguments& arguments, std::chrono::milliseconds patience) {
    GZ_TRY(client_->ask(command, arguments, patience));
    return ok();
  }

  static Failure strange(const std::string& what) { return fail(ErrorKind::Protocol, "the search engine " + what); }

  Status is_sound(const Standing& now, std::int64_t life) const {
    if (now.shape != shape_) return fail(ErrorKind::Tampered, "the index was made for other fields");
    if (now.life != 0 && now.life != life && (now.busy != 0 || now.settled != now.applied)) return fail(ErrorKind::Tampered, "the search engine ended before what it was given was on its disk");
    return ok();
  }

  // Its start, which differs in another life.
  Result<std::int64_t> life_now() {
    GZ_TRY_ASSIGN(const auto status, client_->ask("status", {}, kToSearch));
    const auto out = integer_at(status, "start_time");
    if (out <= 0) return strange("does not say since when it runs");
    return out;
  }

  Result<Standing> standing() {
    GZ_TRY_ASSIGN(const auto known, client_->ask("object_exist", {{"name", kStates}}, kToSearch));
    if (!known.is_boolean()) return strange("does not say whether it has a table");
    if (!known.get<bool>()) return Standing{};
    GZ_TRY_ASSIGN(const auto body, client_->ask("select", {{"table", kStates}, {"output_columns", "shape,applied,settled,busy,life"}, {"cache", "no"}, {"limit", "2"}}, kToSearch));
    const Json* const set = body.is_array() && body.size() == 1 && body[0].is_array() && body[0].size() >= 2 ? &body[0] : nullptr;
    if (set == nullptr || set->size() > 3) return strange("answers otherwise than was asked");
    if (set->size() == 2) return Standing{};                     // its only row was not written yet
    const Json& row = (*set)[2];
    if (!row.is_array() || row.size() != 5 || !std::all_of(row.begin(), row.end(), [](const Json& value) { return value.is_number_integer(); })) return strange("answers otherwise than was asked");
    return Standing{row[0], row[1], row[2], row[3], row[4], true};
  }

  Status put_standing(const Standing& now) {
    const Json row{{"_key", "state"}, {"shape", now.shape}, {"applied", now.applied}, {"settled", now.settled}, {"busy", now.busy}, {"life", now.life}};
    return load_all(kStates, '[' + row.dump() + ']', 1);
  }

  Status load_all(const char* table, const std::string& documents, std::int64_t count) {
    GZ_TRY_ASSIGN(const auto taken, client_->load(table, documents, kToLoad));
    return taken == count ? ok() : Status(strange("took " + std::to_string(taken) + " of " + std::to_string(count) + " documents"));
  }

  Status load_documents(const TextBatch& batch) {
    std::string message;
    std::int64_t count = 0;
    const auto send = [&]() -> Status {
      if (count == 0) return ok();
      GZ_TRY(load_all(kDocs, message + ']', count));
      message.clear();
      count = 0;
      return ok();
    };
    for (const auto& document : batch.put) {
      message += (count++ == 0 ? '[' : ',') + groonga_document(document);
      if (message.size() > kMostOfLoad) GZ_TRY(send());
    }
    return send();
  }

  Status remove_table(const char* table) {
    GZ_TRY_ASSIGN(const auto known, client_->ask("object_exist", {{"name", table}}, kToSearch));
    if (!known.is_boolean() || !known.get<bool>()) return ok();
    return tell("table_remove", {{"name", table}, {"dependent", "yes"}}, kToMake);
  }

  // The row of its state comes last: without it nothing is there.
  Status make_tables() {
    const auto make = [&](const char* command, const GroongaClient::Arguments& arguments) { return tell(command, arguments, kToMake); };
    const auto table = [&](const char* name, const char* flags, const char* tokenizer) {
      GroongaClient::Arguments arguments{{"name", name}, {"flags", flags}, {"key_type", "ShortText"}};
      if (tokenizer != nullptr) arguments.emplace_back("default_tokenizer", tokenizer);
      return make("table_create", arguments);
    };
    const auto column = [&](const char* of, const char* name, const char* flags, const char* type, const char* source = nullptr) {
      GroongaClient::Arguments arguments{{"table", of}, {"name", name}, {"flags", flags}, {"type", type}};
      if (source != nullptr) arguments.emplace_back("source", source);
      return make("column_create", arguments);
    };
    for (const char* old : {kStates, kPairs, kChars, kDocs, kCodes, kMarksOf}) GZ_TRY(remove_table(old));
    GZ_TRY(table(kDocs, "TABLE_HASH_KEY", nullptr));
    GZ_TRY(table(kPairs, "TABLE_PAT_KEY", "TokenBigramSplitSymbolAlphaDigit"));
    GZ_TRY(table(kChars, "TABLE_HASH_KEY", "TokenUnigram"));
    GZ_TRY(table(kCodes, "TABLE_PAT_KEY", nullptr));
    GZ_TRY(table(kMarksOf, "TABLE_HASH_KEY", nullptr));
    GZ_TRY(column(kDocs, "place", "COLUMN_SCALAR", "Int64"));
    GZ_TRY(column(kDocs, "names", "COLUMN_VECTOR", "Text"));
    GZ_TRY(column(kDocs, "others", "COLUMN_VECTOR", "Text"));
    GZ_TRY(column(kDocs, "codes", "COLUMN_VECTOR", kCodes));
    GZ_TRY(column(kDocs, "marks", "COLUMN_VECTOR", kMarksOf));
    GZ_TRY(column(kPairs, "names", "COLUMN_INDEX|WITH_POSITION|WITH_SECTION", kDocs, "names"));
    GZ_TRY(column(kPairs, "others", "COLUMN_INDEX|WITH_POSITION|WITH_SECTION", kDocs, "others"));
    GZ_TRY(column(kChars, "names", "COLUMN_INDEX|WITH_SECTION", kDocs, "names"));
    GZ_TRY(column(kCodes, "docs", "COLUMN_INDEX", kDocs, "codes"));
    GZ_TRY(column(kMarksOf, "docs", "COLUMN_INDEX", kDocs, "marks"));
    GZ_TRY(table(kStates, "TABLE_HASH_KEY", nullptr));
    for (const char* name : {"shape", "applied", "settled", "busy", "life"}) GZ_TRY(column(kStates, name, "COLUMN_SCALAR", "Int64"));
    return put_standing({shape_, 0, 0, 0, 0, true});
  }

  Result<Found> select(const std::string& filter, bool newest, int limit) {
    GroongaClient::Arguments arguments{{"table", kDocs}, {"output_columns", "_key,place"}, {"limit", std::to_string(limit)}, {"cache", "no"}, {"match_escalation", "no"}};
    if (!filter.empty()) arguments.emplace_back("filter", filter);
    if (limit > 0) arguments.emplace_back("sort_keys", newest ? "-place" : "place");
    GZ_TRY_ASSIGN(const auto body, client_->ask("select", arguments, kToSearch));
    if (!body.is_array() || body.size() != 1 || !body[0].is_array() || body[0].size() < 2) return strange("answers otherwise than was asked");
    const Json& set = body[0];
    if (!set[0].is_array() || set[0].size() != 1 || !set[0][0].is_number_integer() || set.size() > 2 + static_cast<std::size_t>(limit)) return strange("answers otherwise than was asked");
    Found out;
    out.count = set[0][0].get<std::int64_t>();
    for (std::size_t at = 2; at < set.size(); ++at) {
      const Json& row = set[at];
      if (!row.is_array() || row.size() != 2 || !row[0].is_string() || !row[1].is_number_integer()) return strange("answers otherwise than was asked");
      out.hits.push_back({row[0].get<std::string>(), row[1].get<std::int64_t>()});
    }
    return out;
  }

  const std::unique_ptr<GroongaClient> client_;
  const std::int64_t shape_;
};

}  // namespace

Result<std::unique_ptr<TextSearch>> open_groonga_search(GroongaAddress address, std::int64_t shape) {
  GZ_TRY_ASSIGN(auto client, GroongaClient::open(std::move(address)));
  return std::make_unique<GroongaSearch>(std::move(client), shape);
}

}  // namespace guzheng
