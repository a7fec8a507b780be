// Test support: a practice desk of the test's own with what the page 证据库 uses.
#pragma once

#include <gtest/gtest.h>

#include <QTemporaryDir>
#include <QTest>

#include "core/desk/care_desk.h"
#include "core/desk/import_desk.h"
#include "core/desk/proof_desk.h"
#include "core/desk/review_desk.h"
#include "tests/support/sample_bag.h"

namespace guzheng::test {

inline constexpr int kShelfPatience = 120'000;

class Shelf : public testing::Test {
 protected:
  Shelf() : station_(options(home_)), vault_(station_), review_(station_, vault_), proof_(station_, vault_), care_(station_), imports_(station_) {
    const auto note = [this](const std::string& act, const std::string&, const Error& error) { failures_.emplace_back(act, error.kind); };
    QObject::connect(&vault_, &VaultDesk::failed, note);
    QObject::connect(&review_, &ReviewDesk::failed, note);
    QObject::connect(&proof_, &ProofDesk::failed, [this](const std::string&, const Error& error) { failures_.emplace_back("proof", error.kind); });
    QObject::connect(&imports_, &ImportDesk::failed, [this](const Error& error) { failures_.emplace_back("import", error.kind); });
    QObject::connect(&care_, &CareDesk::failed, [this](const std::string& act, const Error& error) { failures_.emplace_back(act, error.kind); });
    QObject::connect(&vault_, &VaultDesk::listed, [this] { ++listed_; });
    station_.open();
    EXPECT_TRUE(wait([this] { return station_.is_open(); }));
  }
  ~Shelf() override {
    station_.drain();
    std::error_code ec;                    // sealed packages are read-only
    for (std::filesystem::recursive_directory_iterator it(root(), ec), end; !ec && it != end; it.increment(ec))
      if (it->is_directory(ec)) std::filesystem::permissions(it->path(), std::filesystem::perms::owner_all, std::filesystem::perm_options::add, ec);
  }

  static DeskOptions options(const QTemporaryDir& home) {
    DeskOptions out;
    out.home = home.path().toStdString();
    out.version = "test";
    return out;
  }
  template <typename Probe>
  static bool wait(Probe probe) { return QTest::qWaitFor(probe, kShelfPatience); }
  [[nodiscard]] std::filesystem::path root() const { return home_.path().toStdString(); }

  void list() {
    const int before = listed_;
    vault_.refresh();
    ASSERT_TRUE(wait([&] { return listed_ > before; }));
  }
  std::string lay(SampleOptions shape) {
    const auto made = make_sample_bag(root() / "vault/sealed", station_.bureau(), station_.clock(), shape);
    list();
    return made.bag.filename().string();
  }
  PackageStanding look(const std::string& id) {
    std::optional<PackageStanding> out;
    const auto heard = QObject::connect(&review_, &ReviewDesk::stands, [&](const PackageStanding& one) { out = one; });
    review_.look(id);
    EXPECT_TRUE(wait([&] { return out.has_value(); }));
    QObject::disconnect(heard);
    return out.value_or(PackageStanding{});
  }
  const Verification* verify(const std::string& id) {
    bool done = false;
    const auto heard = QObject::connect(&vault_, &VaultDesk::verified, [&](const std::string&) { done = true; });
    vault_.verify(id, "test");
    EXPECT_TRUE(wait([&] { return done; }));
    QObject::disconnect(heard);
    return vault_.answer(id) ? &vault_.answer(id)->verification : nullptr;
  }
  // Bodies of that kind; the log is written behind the answers, in order.
  std::vector<Json> log(const std::string& kind) {
    station_.record("op.test", Json::object());
    bool caught_up = false;
    OperationLogReading reading;
    (void)wait([&] {
      if (auto read = read_operation_log(station_.log_path())) reading = std::move(*read);
      for (const auto& line : reading.lines) caught_up = line.kind == "op.test";
      return caught_up;
    });
    std::vector<Json> out;
    for (const auto& line : reading.lines)
      if (line.kind == kind) out.push_back(*parse_json(line.body));
    return out;
  }

  QTemporaryDir home_;
  StationDesk station_;
  VaultDesk vault_;
  ReviewDesk review_;
  ProofDesk proof_;
  CareDesk care_;
  ImportDesk imports_;
  std::vector<std::pair<std::string, ErrorKind>> failures_;
  int listed_ = 0;
};

}  // namespace guzheng::test
