// The help of every subcommand as a manual page. The pages are text files: manual/zh/NAME.txt and manual/en/NAME.txt, embedded when
// built; a line %exits, %people or %second stands for a section that many pages share. tests/cli holds every option against them.
#include "app/guzheng-evidence/manual_pages.h"
#include "app/guzheng-evidence/program.h"

namespace guzheng::evidence {

namespace {

class ManualFormatter final : public CLI::Formatter {
 public:
  explicit ManualFormatter(std::string text) : text_(std::move(text)) {}
  std::string make_help(const CLI::App*, std::string, CLI::AppFormatMode) const override { return text_; }

 private:
  std::string text_;
};

std::string manual(std::string_view subcommand, std::string_view language) {
  std::string out;
  std::string_view page = manual_page(language, subcommand.empty() ? "program" : subcommand);
  while (!page.empty()) {
    const auto end = page.find('\n');
    const std::string_view line = page.substr(0, end);
    if (line.starts_with('%')) out.append(manual_page(language, line.substr(1)));
    else out.append(line).push_back('\n');
    page = end == page.npos ? std::string_view{} : page.substr(end + 1);
  }
  return out;
}

}  // namespace

void set_manual(CLI::App& app, std::string_view subcommand, Language language) {
  app.formatter(std::make_shared<ManualFormatter>(manual(subcommand, language == Language::Chinese ? "zh" : "en")));
}

}  // namespace guzheng::evidence
