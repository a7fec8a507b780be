#include "tests/crash/crash_case.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "core/base/digest.h"

namespace guzheng::test {

namespace fs = std::filesystem;

CaseFolder::CaseFolder() {
  const bool memory = ::access("/dev/shm", W_OK) == 0;
  std::string pattern = ((memory ? fs::path("/dev/shm") : fs::temp_directory_path()) / "guzheng-crash-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) std::abort();
  path_ = pattern;
  fs::create_directory(disk());
}

CaseFolder::~CaseFolder() {
  std::error_code ec;
  for (fs::recursive_directory_iterator it(path_, ec), end; !ec && it != end; it.increment(ec))
    if (it->is_directory()) ::chmod(it->path().c_str(), 0700);
  fs::remove_all(path_, ec);
}

std::string text_of(const Order& order) {
  static constexpr const char* kNames[] = {"off", "count", "once", "from", "short", "kill", "plug", "sync"};
  return std::string(kNames[order.mode]) + " at operation " + std::to_string(order.at) +
         (order.error != 0 ? std::string(" ") + std::strerror(order.error) : "") + " seed " + std::to_string(order.seed) + (order.sync_of != nullptr ? std::string(" of ") + order.sync_of : "");
}

Desk& shared_desk() {
  static const CaseFolder folder;
  static Desk* const desk = [] {
    auto* made = new Desk(folder.disk());
    const Bytes text = to_bytes("unlock");
    EXPECT_TRUE(made->bureau.station_signer->sign_detached(text));
    for (const auto& officer : made->bureau.officers) EXPECT_TRUE(officer->sign_detached(text));
    EXPECT_TRUE(made->bureau.authorities.at(0)->stamp(sha256(text)));
    return made;
  }();
  return *desk;
}

Child::Child()
    : told_(new (::mmap(nullptr, sizeof(Told), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) Told) {}
Child::~Child() { ::munmap(told_, sizeof(Told)); }

void Child::run(const CaseFolder& folder, const Order& order, const std::function<void(Told&)>& work,
                std::optional<unsigned> kill_after_us) {
  shared_desk();
  ::fflush(nullptr);
  const pid_t pid = ::fork();
  ASSERT_GE(pid, 0);
  if (pid == 0) {
    ::alarm(300);                            // a child that hangs is a finding, not a hung test; slow machines make keys slowly
    const std::string disk = folder.disk().string(), witness = folder.witness().string();
    const FailingDiskOrder armed{disk.c_str(), order.mode, order.at, order.error, order.seed, "journal.log", witness.c_str(), order.sync_of};
    failing_disk_arm(&armed);
    work(*told_);
    told_->operations = failing_disk_operations();
    told_->struck = failing_disk_struck() != 0;
    told_->dropped = failing_disk_dropped() != 0;
    ::_exit(0);
  }
  if (kill_after_us) {
    ::usleep(*kill_after_us);
    ::kill(pid, SIGKILL);
  }
  ASSERT_EQ(::waitpid(pid, &status_, 0), pid);
}

namespace {

void tell(Told& told, Outcome outcome, const std::string& why) {
  std::snprintf(told.why, sizeof told.why, "%s", why.c_str());
  told.outcome = outcome;
}

// Counts pictures as the kernel takes them: a segment's first write is its header.
class CountingSink final : public ByteSink {
 public:
  CountingSink(std::unique_ptr<ByteSink> inner, Told& told) : inner_(std::move(inner)), told_(told) {}
  Status write(ByteView bytes) override {
    GZ_TRY(inner_->write(bytes));
    if (header_) ++told_.fragments;
    header_ = true;
    return ok();
  }
  Status sync() override {
    const long seen = told_.fragments;
    GZ_TRY(inner_->sync());
    told_.safe_fragments = std::max<long>(told_.safe_fragments, seen);
    return ok();
  }
  Status close() override {
    GZ_TRY(inner_->close());
    told_.safe_fragments = told_.fragments.load();
    return ok();
  }

 private:
  std::unique_ptr<ByteSink> inner_;
  Told& told_;
  std::atomic<bool> header_{false};
};

FakePhone small_phone() {
  FakePhone phone = training_phone();
  phone.width = 96;
  phone.height = 192;
  phone.fps = 60;
  phone.key_every = 12;
  return phone;
}

}  // namespace

void short_session(const CaseFolder& folder, Told& told) {
  Desk& desk = shared_desk();
  auto vault = Vault::open(folder.vault(), desk.clock());
  if (!vault) return tell(told, Outcome::CouldNotStart, vault.error().what);
  desk.vault = std::move(*vault);
  auto setup = desk.setup(std::make_shared<FakeLink>(small_phone()));
  setup.limits.segment_us = 200'000;
  setup.recording_files = [&told, make = append_files()](const fs::path& path) -> Result<std::unique_ptr<ByteSink>> {
    GZ_TRY_ASSIGN(auto inner, make(path));
    return std::unique_ptr<ByteSink>(std::make_unique<CountingSink>(std::move(inner), told));
  };
  auto started = CaptureSession::start(std::move(setup));
  if (!started) return tell(told, Outcome::CouldNotStart, started.error().what);
  told.started = true;
  auto& session = **started;
  session.set_secret_mode(true);
  session.input(TextEvent{"secret-of-the-child"});
  session.set_secret_mode(false);
  session.capture(page(ItemKind::ShopHome, "店铺"));
  session.input(touch(TouchAction::Down, 5, 5));
  session.input(touch(TouchAction::Up, 5, 5));
  session.wait_captures();
  bool said = !session.note("一次暂停") || !session.pause("休息") || !session.resume();
  session.capture(page(ItemKind::Licence, "证照"));
  session.wait_captures();
  ::usleep(250'000);
  const auto sealed = session.end("短会话");
  const auto events = desk.memory.events();
  const bool failed = std::any_of(events.begin(), events.end(), [](const auto& event) { return event.type == TimelineEvent::Type::CaptureFailed; });
  told.trouble = said || failed || !desk.memory.troubles().empty();
  if (!sealed) return tell(told, Outcome::CouldNotEnd, sealed.error().what);
  told.complete = desk.vault->find(sealed->id)->values["items"].size() == 2;
  tell(told, Outcome::Sealed, "");
}

void recover_all(const CaseFolder& folder, Told& told) {
  Desk& desk = shared_desk();
  auto vault = Vault::open(folder.vault(), desk.clock());
  if (!vault) return tell(told, Outcome::CouldNotStart, vault.error().what);
  desk.vault = std::move(*vault);
  auto bags = desk.vault->unfinished();
  if (!bags) return tell(told, Outcome::CouldNotStart, bags.error().what);
  for (auto& bag : *bags) {
    const auto recovered = recover(std::move(bag), desk.setup(nullptr));
    if (!recovered && recovered.error().kind != ErrorKind::NotFound) return tell(told, Outcome::CouldNotEnd, recovered.error().what);
  }
  tell(told, Outcome::Sealed, "");
}

std::string acknowledged(const CaseFolder& folder, bool plug) {
  std::string text = read_text(folder.witness(), 1u << 30).value_or("");
  if (plug) text.resize(std::min<std::size_t>(text.size(), std::strtoul(read_text(folder.witness().string() + ".synced").value_or("0").c_str(), nullptr, 10)));
  const auto end = text.rfind('\n');
  text.resize(end == text.npos ? 0 : end + 1);
  return text;
}

namespace {

bool held_a_film(const std::string& journal) {
  return journal.find(" seg.close ") != journal.npos || journal.find(" shot ") != journal.npos;
}

void check_package(const fs::path& bag, const std::string& journal, long fragments, const std::string& what) {
  const auto verification = verify(bag, shared_desk());
  EXPECT_EQ(verification.verdict, Verdict::Practice) << what << "\n" << damage_of(verification);
  const auto now = read_text(bag / "data/attach/journal.log").value_or("");
  EXPECT_TRUE(now.starts_with(journal)) << what << ": a journal line that stood is gone or changed";
  EXPECT_GE(static_cast<long>(verification.packets), fragments) << what << ": pictures that stood are gone";
  // the salt of a secret: the next input's line came after it was kept
  const auto secret = journal.find("\"salted\"");
  const bool kept = secret != journal.npos && journal.find(" input ", secret) != journal.npos;
  EXPECT_TRUE(!kept || fs::exists(bag / "data/attach/salts.p7m")) << what << ": a secret's salt is lost";
  EXPECT_THAT(files_holding(bag, "secret-of-the-child"), testing::IsEmpty()) << what;
}

}  // namespace

void check_all(const CaseFolder& folder, const std::string& journal, long fragments, const std::string& what) {
  int sealed = 0;
  std::error_code ec;
  for (const auto& entry : fs::directory_iterator(folder.vault() / "sealed", ec)) {
    if (entry.path().extension() == ".after" || entry.path().filename().string().starts_with('.')) continue;    // a probe that was cut off
    ++sealed;
    check_package(entry.path(), journal, fragments, what);
  }
  EXPECT_LE(sealed, 1) << what;
  EXPECT_TRUE(sealed == 1 || !held_a_film(journal)) << what << ": what held a film or a shot was not sealed";
  for (const auto& entry : fs::directory_iterator(folder.vault() / "open", ec))
    EXPECT_TRUE(sealed == 0 || entry.path().filename().string().starts_with('.')) << what << ": stays behind: " << entry.path();
  if (sealed > 0 || journal.empty()) return;
  for (const auto& entry : fs::directory_iterator(folder.vault() / "open", ec))
    EXPECT_TRUE(entry.path().extension() != ".abandoned" ||
                read_text(entry.path() / "data/attach/journal.log").value_or("").starts_with(journal))
        << what << ": put aside, and not whole";
}

bool long_form() {
  const char* text = std::getenv("GUZHENG_LONG");
  return text != nullptr && *text != '\0' && std::string_view(text) != "0";
}

unsigned first_seed() {
  const char* text = std::getenv("GUZHENG_SEED");
  return text != nullptr ? static_cast<unsigned>(std::strtoul(text, nullptr, 10)) : 1;
}

}  // namespace guzheng::test
