// Test support. A station with a book and its operation log, and people at desks of three units.
#pragma once

#include <stdlib.h>

#include <filesystem>

#include "core/base/digest.h"
#include "core/tasks/task_book.h"

namespace guzheng::test {

// Signs with its badge: enough to tell whose signature it is and over what. Real signatures: book_test.cpp, SignedByTheOfficer.
class BadgeSigner final : public Signer {
 public:
  explicit BadgeSigner(std::string badge) : badge_(std::move(badge)) {}
  [[nodiscard]] std::string certificate_pem() const override { return {}; }
  [[nodiscard]] CertificateInfo info() const override {
    CertificateInfo out;
    out.badge = badge_;
    return out;
  }
  Result<Bytes> sign_detached(ByteView content) const override { return signature(badge_, content); }
  static Bytes signature(const std::string& badge, ByteView content) { return sha256(as_bytes(badge + sha256_hex(content))); }

 private:
  std::string badge_;
};

inline Status signed_by_badge(ByteView signature, ByteView act, const std::string& badge) {
  const auto right = BadgeSigner::signature(badge, act);
  return std::equal(right.begin(), right.end(), signature.begin(), signature.end()) ? ok() : Status(fail(ErrorKind::Tampered, "not this badge"));
}

inline TaskHand hand_of(const std::string& badge, const std::string& unit, std::set<Duty> duties) { return {{badge, "人" + badge, unit, std::move(duties)}, std::make_shared<BadgeSigner>(badge)}; }

inline constexpr const char* kOrg = "食品科";
inline constexpr const char* kMonitoring = "网监分局";
inline constexpr const char* kFirst = "城东分局";
inline constexpr const char* kSecond = "城西分局";

inline const std::vector<TaskHand>& people() {
  static const std::vector<TaskHand> all{hand_of("01", kOrg, {Duty::Issuer}),         hand_of("02", kMonitoring, {Duty::Monitor}), hand_of("03", kOrg, {Duty::Judge}),
                                     hand_of("04", kOrg, {Duty::Dispatcher}),     hand_of("05", kFirst, {Duty::Handler}),      hand_of("06", kSecond, {Duty::Handler}),
                                     hand_of("07", kOrg, {Duty::Leader}),         hand_of("08", kFirst, {Duty::Leader})};
  return all;
}
inline const TaskHand& issuer() { return people()[0]; }
inline const TaskHand& monitor() { return people()[1]; }
inline const TaskHand& judge() { return people()[2]; }
inline const TaskHand& dispatcher() { return people()[3]; }
inline const TaskHand& handler() { return people()[4]; }
inline const TaskHand& other_handler() { return people()[5]; }
inline const TaskHand& leader() { return people()[6]; }

inline TaskSheet good_sheet() {
  TaskSheet sheet;
  sheet.issuer = "示例市市场监督管理局食品科（练习）";
  sheet.name = "普通食品宣称疾病治疗功能专项监测";
  sheet.source = "投诉举报集中反映";
  sheet.category = TaskCategory::Special;
  sheet.methods = {TaskMethod::Own};
  sheet.from = day_from("2026-08-17");
  sheet.until = day_from("2026-12-31");
  sheet.range = "登记住所在示例市的网络食品经营者";
  sheet.targets = {TargetKind::Shop, TargetKind::MiniProgram};
  sheet.content = "1. 明示或者暗示疾病治疗功能。\n2. 以暗语代替。";
  sheet.features.keywords = {"降血糖", "根治"};
  sheet.feedback = {FeedbackKind::Report};
  return sheet;
}

inline MonitorResult good_result(int number = 1) {
  MonitorResult out;
  out.link = "https://shop.example/item/" + std::to_string(number);
  out.operator_name = "示例甲生物科技有限公司";
  out.platform = "练习商城";
  out.violation = "普通食品宣传疾病治疗功能";
  out.field = "广告、食品";
  return out;
}

inline MoveOrder order_of(FlowMove move) {
  MoveOrder out;
  out.move = move;
  return out;
}

inline std::int64_t noon_of(const char* day) { return day_number(*day_from(day)) * 86'400'000 + 4 * 3'600'000; }     // 12:00 +08:00

struct TaskFolder {
  TaskFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "gz-tasks-XXXXXX").string();
    path = ::mkdtemp(pattern.data());
    clock.wall_now = {noon_of("2026-09-16")};
    log = OperationLog::open(path / "operations.log", clock).value();
    book = TaskBook::open(path, clock, *log, {"练习-{年}-{序号4}"}).value();
  }
  ~TaskFolder() {
    book.reset();
    log.reset();
    std::filesystem::remove_all(path);
  }
  TaskFolder(const TaskFolder&) = delete;
  TaskFolder& operator=(const TaskFolder&) = delete;

  void today(const char* day) { clock.wall_now = {noon_of(day)}; }
  Document document() const { return book->add_document("文书.pdf", as_bytes("%PDF-1.4")).value(); }

  // A running task, and results in it.
  std::int64_t running_task() const {
    const auto id = book->draft(good_sheet(), issuer()).value();
    auto submit = order_of(FlowMove::Submit);
    submit.unit = kMonitoring;
    (void)book->move(FlowKind::Sheet, id, submit, issuer()).value();
    (void)book->move(FlowKind::Sheet, id, order_of(FlowMove::Accept), monitor()).value();
    return id;
  }
  std::int64_t found(std::int64_t task, int number = 1) const {
    const auto one = good_result(number);
    return book->add_results(task, std::span(&one, 1), monitor()).value().at(0);
  }
  // … judged and dispatched to the first unit
  std::int64_t dispatched(std::int64_t task, int number = 1) const {
    const auto id = found(task, number);
    auto confirm = order_of(FlowMove::ConfirmClue);
    confirm.basis = "食品安全法";
    (void)book->move(FlowKind::Result, id, confirm, judge()).value();
    auto assign = order_of(FlowMove::Assign);
    assign.unit = kFirst;
    (void)book->move(FlowKind::Result, id, assign, dispatcher()).value();
    return id;
  }

  std::filesystem::path path;
  ManualClock clock;
  std::unique_ptr<OperationLog> log;
  std::unique_ptr<TaskBook> book;
};

}  // namespace guzheng::test
