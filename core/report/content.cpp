#include "core/report/content.h"

#include "core/base/file.h"
#include "core/report/qr.h"
#include "core/report/template.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t form_limit = 4u << 20;

Result<std::string> render_form(const fs::path& forms, const char* name, const Json& values) {
  GZ_TRY_ASSIGN(const std::string form, read_text(forms / name, form_limit));
  auto html = render_template(form, values);
  if (!html) return fail(html.error().in(name));
  return html;
}

}  // namespace

Result<ReportContent> make_report_content(const ReportValues& values, const PictureFolders& folders, const fs::path& forms) {
  ReportContent content;
  GZ_TRY_ASSIGN(content.body, render_form(forms, "report.html", to_json(values)));
  GZ_TRY_ASSIGN(content.css, read_text(forms / "report.css", form_limit));
  GZ_TRY_ASSIGN(content.qr_svg, qr_svg(values.fingerprint));
  for (const auto& pair : values.shot_pairs) {
    for (const ReportShot& shot : pair) {
      // values.json comes from the package: a path that leaves it is not followed
      const bool inside = is_inner_path(shot.path) && shot.path.starts_with("data/main/");
      if (!shot.copy.empty()) content.pictures.push_back(folders.copies / shot.copy);
      else content.pictures.push_back(inside ? folders.package / shot.path : fs::path());
    }
  }
  content.title = "互联网电子数据证据报告 " + values.report_no;
  content.subject = "Guzheng package " + values.id + " seal " + values.fingerprint;
  content.practice_mark = values.practice_mark;
  return content;
}

Result<std::string> make_report_overlay(const ReportValues& values, const fs::path& forms, int pages) {
  Json json{{"report_no", values.report_no},
            {"fingerprint_short", values.fingerprint_short},
            {"practice_mark", values.practice_mark},
            {"count", pages},
            {"pages", Json::array()}};
  for (int number = 1; number <= pages; ++number) json["pages"].push_back({{"number", number}, {"first", number == 1}});
  return render_form(forms, "overlay.html", json);
}

}  // namespace guzheng
