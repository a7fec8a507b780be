// Bench. The same names in SQLite as it comes: a plain table asked with LIKE, and FTS5 with its own trigram tokenizer.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

struct sqlite3;

namespace guzheng::bench {

class PlainPeers {
 public:
  explicit PlainPeers(const std::filesystem::path& file);
  ~PlainPeers();
  PlainPeers(const PlainPeers&) = delete;
  PlainPeers& operator=(const PlainPeers&) = delete;
  void begin();
  void add(std::int64_t id, const std::string& region, const std::string& name, const std::string& short_name, const std::string& credit, const std::string& address);
  void commit();
  double build_trigram();                                        // seconds
  // The first 50 ids and a count capped at 1,000, as the library does; the number counted.
  int by_like(const std::string& text, const std::string& region);
  int by_trigram(const std::string& text, const std::string& region);

 private:
  int ask(const char* sql, const std::string& first, const std::string& second);
  sqlite3* db_ = nullptr;
};

}  // namespace guzheng::bench
