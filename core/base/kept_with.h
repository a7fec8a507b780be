// Room base. Shared ownership for what speaks to others until its very end: a session to its listener, whoever holds the last reference.
#pragma once

#include <memory>
#include <utility>

namespace guzheng {

// `needs` live as long as any reference to `what`, and die after it, on the thread that lets go of the last one.
template <typename T, typename Needs>
std::shared_ptr<T> kept_with(std::unique_ptr<T> what, Needs needs) {
  struct Both {
    Needs needs;
    std::unique_ptr<T> what;               // goes first
  };
  auto both = std::make_shared<Both>(Both{std::move(needs), std::move(what)});
  T* const raw = both->what.get();
  return std::shared_ptr<T>(std::move(both), raw);
}

}  // namespace guzheng
