// Room seal, private. What the checks have to say. One thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/seal/verify.h"

namespace guzheng {

class VerifyReport {
 public:
  // A rule of FORMAT.md is broken. Past the limit only the count grows: a hostile package must not fill memory.
  void broken(std::string_view rule, std::string_view path, std::string what) {
    ++broken_;
    if (damage_.size() < kMost) damage_.push_back({std::string(rule), std::string(path), std::move(what)});
  }
  void incomplete(std::string reason) { add(incomplete_, std::move(reason)); }
  void missing(std::string what) { add(missing_, std::move(what)); }
  void note(std::string_view rule, std::string_view path, std::string what) {
    if (notes_.size() < kMost) notes_.push_back({std::string(rule), std::string(path), std::move(what)});
  }

  void rests_on(ProofBasis basis) {
    for (const auto& known : rests_on_)
      if (known.role == basis.role && known.sha256 == basis.sha256) return;
    if (rests_on_.size() < kMost) rests_on_.push_back(std::move(basis));
  }

  [[nodiscard]] const std::vector<ProofBasis>& bases() const { return rests_on_; }
  [[nodiscard]] std::size_t broken_count() const { return broken_; }
  [[nodiscard]] const std::vector<Finding>& damage() const { return damage_; }
  [[nodiscard]] const std::vector<std::string>& incomplete_reasons() const { return incomplete_; }
  [[nodiscard]] const std::vector<std::string>& missing_things() const { return missing_; }
  [[nodiscard]] const std::vector<Finding>& notes() const { return notes_; }

 private:
  static constexpr std::size_t kMost = 200;
  static void add(std::vector<std::string>& to, std::string text) {
    for (const auto& known : to)
      if (known == text) return;
    if (to.size() < kMost) to.push_back(std::move(text));
  }
  std::vector<Finding> damage_, notes_;
  std::vector<ProofBasis> rests_on_;
  std::vector<std::string> incomplete_, missing_;
  std::size_t broken_ = 0;
};

}  // namespace guzheng
