// Test support. A practice desk with a task in its book, signed by its officers: sample_task_book DESK
#include <cstdio>

#include "core/identity/practice.h"
#include "tests/tasks/task_folder.h"

using namespace guzheng;

namespace {

Status make_book(const std::filesystem::path& desk) {
  const SystemClock clock;
  GZ_TRY(make_private_folder(desk));
  GZ_TRY_ASSIGN(const auto bureau, open_practice_bureau(desk / "bureau", clock));
  GZ_TRY_ASSIGN(const auto log, OperationLog::open(desk / "operations.log", clock));
  GZ_TRY_ASSIGN(const auto book, TaskBook::open(desk, clock, *log, {"练习-{年}-{序号4}"}));
  const auto signer = bureau.officers.at(0);
  const SigningHand hand{{signer->info().badge, signer->info().subject_cn, "练习一科", {Duty::Issuer, Duty::Monitor, Duty::Judge, Duty::Dispatcher, Duty::Handler, Duty::Leader}}, signer};
  GZ_TRY_ASSIGN(const auto task, book->draft(test::good_sheet(), hand));
  auto submit = test::order_of(FlowMove::Submit);
  submit.unit = hand.actor.unit;
  GZ_TRY(book->move(FlowKind::Sheet, task, submit, hand));
  GZ_TRY(book->move(FlowKind::Sheet, task, test::order_of(FlowMove::Accept), hand));
  const auto result = test::good_result();
  GZ_TRY_ASSIGN(const auto ids, book->add_results(task, std::span(&result, 1), hand));
  auto confirm = test::order_of(FlowMove::ConfirmClue);
  confirm.basis = "食品安全法";
  GZ_TRY(book->move(FlowKind::Result, ids[0], confirm, hand));
  auto assign = test::order_of(FlowMove::Assign);
  assign.unit = "练习二科";
  GZ_TRY(book->move(FlowKind::Result, ids[0], assign, hand));
  return ok();
}

}  // namespace

int main(int argc, char** argv) {
  const Status made = argc == 2 ? make_book(argv[1]) : Status(fail(ErrorKind::Invalid, "sample_task_book DESK"));
  if (!made) std::fprintf(stderr, "%s\n", made.error().what.c_str());
  return made ? 0 : 1;
}
