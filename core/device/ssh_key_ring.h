// Room device. Passphrases of the station's ssh keys, given once by an officer while the program runs: in memory only (base/secret.h), wiped with the ring.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>

#include "core/base/secret.h"

namespace guzheng {

// Thread-safe.
class SshKeyRing {
 public:
  void give(const std::filesystem::path& key, Secret passphrase) {
    const std::lock_guard lock(mutex_);
    given_[key] = std::make_shared<const Secret>(std::move(passphrase));
  }
  [[nodiscard]] std::shared_ptr<const Secret> find(const std::filesystem::path& key) const {
    const std::lock_guard lock(mutex_);
    const auto it = given_.find(key);
    return it == given_.end() ? nullptr : it->second;
  }
  void clear() {
    const std::lock_guard lock(mutex_);
    given_.clear();
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::filesystem::path, std::shared_ptr<const Secret>> given_;     // under mutex_
};

}  // namespace guzheng
