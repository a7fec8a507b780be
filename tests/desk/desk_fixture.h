// Test support. A practice station in a folder of its own, and answers of desks waited for.
#pragma once

#include <gtest/gtest.h>

#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "core/desk/station_desk.h"

namespace guzheng::test {

class DeskTest : public testing::Test {
 protected:
  DeskTest() {
    options_.home = folder_.path().toStdString();
    options_.version = "test";
  }
  static bool until(const std::function<bool()>& is) { return QTest::qWaitFor(is, kPatience); }
  // What `act` hears: it is given the function that a desk tells its answer to.
  template <typename T, typename Act>
  Result<T> told(Act act) {
    std::optional<Result<T>> out;
    act([&](const Result<T>& value) { out = value; });
    EXPECT_TRUE(until([&] { return out.has_value(); }));
    return out ? *out : Result<T>(fail(ErrorKind::Timeout, "no answer"));
  }
  [[nodiscard]] std::filesystem::path file(const std::string& name) const { return std::filesystem::path(folder_.path().toStdString()) / name; }

  static constexpr int kPatience = 120'000;
  QTemporaryDir folder_;
  DeskOptions options_;
  std::unique_ptr<StationDesk> station_;
};

}  // namespace guzheng::test
