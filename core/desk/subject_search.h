// Room desk. Searching and browsing the subject library (A-5.2a, ui.md): results while typing, where only the newest question is answered; the rows of
// the table by pieces of kPiece, found by where each piece begins, so that millions of rows are scrolled with a few kilobytes; counts of the filters.
// GUI thread; answers are signals and always of the newest question.
#pragma once

#include <QObject>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "core/desk/subject_desk.h"
#include "core/desk/subject_facets.h"

namespace guzheng {

class SubjectSearch : public QObject {
  Q_OBJECT
 public:
  static constexpr int kPiece = 64;        // rows

  explicit SubjectSearch(SubjectDesk& desk);
  ~SubjectSearch() override;
  void stop();

  void ask(const SubjectQuery& query);     // answered(), then counted() and facets_counted()
  void again() { ask(query_); }            // the same, after something changed
  [[nodiscard]] const SubjectQuery& query() const { return query_; }
  // Of the newest answer. Rows are known as far as they have been counted; `all_counted` when that is all of them.
  [[nodiscard]] std::int64_t rows() const { return rows_; }
  [[nodiscard]] std::int64_t matches() const { return rows_ - pinned_; }        // a whole code or name stands first, and again in its place
  [[nodiscard]] bool all_counted() const { return all_counted_; }
  [[nodiscard]] std::int64_t count() const { return count_; }    // as the search told it, capped
  [[nodiscard]] bool capped() const { return capped_; }
  [[nodiscard]] std::int64_t took_ms() const { return took_ms_; }
  [[nodiscard]] const std::vector<Facet>& facets() const { return facets_; }
  void want(std::int64_t piece);           // rows piece × kPiece …: piece_ready()

  void save_filter(const std::string& name);
  void forget_filter(const std::string& name);

 signals:
  void answered();                         // rows are others now; piece 0 follows at once
  void piece_ready(qint64 piece, const std::vector<guzheng::SubjectLine>& lines);
  void counted();                          // rows() grew
  void facets_counted();
  void failed(const guzheng::Error& error);
  void filters_changed();

 private:
  struct Answer {
    SearchAnswer found;
    std::vector<SubjectLine> lines;
    std::int64_t took_ms = 0;
  };
  using Number = std::uint64_t;            // of the question
  void run();
  void take(Number number, Result<Answer> answer);
  void count_rows(Number number);
  void count_facets(Number number);
  [[nodiscard]] bool current(Number number) const { return number == *newest_; }

  SubjectDesk& desk_;
  SubjectQuery query_;
  const std::shared_ptr<std::atomic<Number>> newest_ = std::make_shared<std::atomic<Number>>(0);
  Number answered_ = 0;
  bool running_ = false;
  std::vector<SubjectId> begins_;          // the id before piece i + 1
  std::set<std::int64_t> wanted_;
  std::int64_t rows_ = 0, count_ = 0, took_ms_ = 0, pinned_ = 0;
  bool all_counted_ = false, capped_ = false;
  std::vector<Facet> facets_;
  QThreadPool counting_;                   // two: rows and filters
};

}  // namespace guzheng
