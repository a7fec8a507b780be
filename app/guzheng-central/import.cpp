#include "app/guzheng-central/import.h"

#include <csignal>

#include "core/base/file.h"
#include "core/central/take_in.h"

namespace guzheng::central {

namespace {

volatile std::sig_atomic_t import_called_off = 0;
void call_off_import(int) { import_called_off = 1; }

Status keep_receipt(const ImportCommand& command, const TakenIn& one) {
  if (command.receipts.empty() || one.receipt.empty()) return ok();
  GZ_TRY(make_private_folder(command.receipts));
  return write_text(command.receipts / (one.package + ".receipt.json"), one.receipt + "\n");
}

void tell(const TakenIn& one, const Program& program) {
  if (!one.receipt.empty()) return Program::print(one.package + program.say("  已收存，存证日志第 ", "  received, number ") + std::to_string(one.index) + program.say(" 条", " of the evidence log"));
  const std::string what = one.from.filename().string() + (one.package.empty() ? "" : "  " + one.package);
  Program::complain(what + (one.refused ? program.say("  拒收：", "  refused: ") : program.say("  现在不能判断，可再试：", "  could not be decided now, try again: ")) + one.why);
}

}  // namespace

Status import_packages(const ImportCommand& command, Program& program) {
  GZ_TRY_ASSIGN(const auto config, read_central_config(command.config));
  std::signal(SIGINT, call_off_import);
  std::signal(SIGTERM, call_off_import);
  Status kept = ok();
  const auto done = take_in(config, command.folder, program.clock, [] { return import_called_off == 0; }, [&](const TakenIn& one) {
    tell(one, program);
    if (auto put = keep_receipt(command, one); !put) kept = std::move(put);
  });
  if (!done) return fail(done.error());
  std::size_t received = 0, refused = 0;
  for (const auto& one : *done) {
    if (!one.receipt.empty()) ++received;
    else if (one.refused) ++refused;
  }
  Program::print(program.say("导入完成：收存 ", "Imported: received ") + std::to_string(received) + program.say("，拒收 ", ", refused ") + std::to_string(refused) + program.say("，未能判断 ", ", not decided ") + std::to_string(done->size() - received - refused));
  if (refused > 0) program.exit_code = kDamaged;
  else if (received < done->size()) program.exit_code = kIncomplete;
  return kept;
}

}  // namespace guzheng::central
