// long PACKAGE --out DIR [--desk DIR | --policy FILE --officer BADGE] [--reason TEXT]
#include <cstdio>
#include <memory>

#include "app/guzheng-evidence/desk.h"
#include "app/guzheng-evidence/program.h"
#include "core/base/file.h"
#include "core/media/png.h"
#include "core/session/long_read.h"

namespace guzheng::evidence {

namespace fs = std::filesystem;

namespace {

struct LongArguments {
  std::string package, out, reason;
  DeskChoice desk;
};

Result<int> draw(const LongArguments& arguments, Program& program) {
  PolicyDesk desk;
  if (arguments.desk.named()) { GZ_TRY_ASSIGN(desk, open_for_reading(arguments.desk, arguments.package, "long", arguments.reason, program)); }
  GZ_TRY_ASSIGN(const auto package, open_package(arguments.package, desk.bureau.opener.get()));
  GZ_TRY_ASSIGN(const auto pages, long_pages(*package));
  std::error_code ec;
  fs::create_directories(arguments.out, ec);
  if (ec) return fail(error_from_errno(ec.value(), "make the folder " + arguments.out));
  for (const auto& page : pages) {
    GZ_TRY_ASSIGN(const Frame whole, draw_long_page(*package, page));
    GZ_TRY_ASSIGN(const Bytes png, encode_png(whole));
    char name[24];
    std::snprintf(name, sizeof name, "long-%04d.png", page.number);
    const fs::path place = fs::path(arguments.out) / name;
    if (fs::exists(place, ec)) return fail(ErrorKind::Exists, place.string() + " is there already");
    GZ_TRY(write_atomically(place, png));
    program.print(place.string() + "  " + page.title + "  " + std::to_string(page.paths.size()) + std::string(program.say(" 张截图，重叠处逐像素一致，", " screenshots, overlaps equal pixel by pixel, ")) +
                  std::to_string(whole.width) + "×" + std::to_string(whole.height));
  }
  return static_cast<int>(pages.size());
}

void run(const LongArguments& arguments, Program& program) {
  const auto drawn = draw(arguments, program);
  if (!drawn) return program.could_not("长页没有画完", "The long pages were not all drawn", drawn.error());
  if (*drawn == 0) program.print(program.say("这个证据包没有长页。", "This package has no long page."));
  else program.print(program.say("长页由证据包中的单张截图拼接而成，供阅看；证据是单张截图。", "Long pages are drawn from the package's screenshots, to be looked at; the evidence is the screenshots."));
}

}  // namespace

void add_long(CLI::App& app, Program& program) {
  auto* command = app.add_subcommand("long");
  const auto arguments = std::make_shared<LongArguments>();
  command->add_option("PACKAGE", arguments->package)->required();
  command->add_option("--out", arguments->out)->required();
  command->add_option("--reason", arguments->reason);
  add_desk_options(*command, arguments->desk);
  set_manual(*command, "long", program.language);
  command->callback([arguments, &program] { run(*arguments, program); });
}

}  // namespace guzheng::evidence
