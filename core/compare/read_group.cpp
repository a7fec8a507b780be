#include "core/compare/read_group.h"

#include "core/base/clock.h"
#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/seal/group.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kMostLayout = 16u << 20;

SeenPage read_page(const PackageReader& files, const Json& item) {
  SeenPage page{static_cast<int>(integer_at(item, "no")), text_at(item, "title"), text_at(item, "kind"), text_at(item, "made_at"), 0, {}, {}};
  if (const auto at = parse_time(page.made_at)) page.made_ms = at->ms;
  if (const auto path = text_at(item, "hierarchy"); !path.empty())
    if (const auto xml = files.text(path, kMostLayout))
      if (auto layout = read_layout(*xml)) page.layout = std::move(*layout);
  if (auto png = files.whole(text_at(item, "path"))) page.png = std::move(*png);
  return page;
}

Status read_pages(const fs::path& folder, const Opener* opener, const std::function<bool()>& go_on, SeenByMember& out) {
  GZ_TRY_ASSIGN(const auto files, open_package(folder, opener));
  GZ_TRY_ASSIGN(const auto text, files->text("data/attach/values.json"));
  GZ_TRY_ASSIGN(const Json values, parse_json(text));
  if (!values.is_object() || !values.contains("items") || !values["items"].is_array()) return fail(ErrorKind::Invalid, "values.json names no items");
  for (const auto& item : values["items"]) {
    if (go_on && !go_on()) return fail(ErrorKind::Cancelled, "comparing was stopped");
    out.pages.push_back(read_page(*files, item));
  }
  return ok();
}

bool is_sealed_as(const fs::path& folder, const std::string& fingerprint) {
  const auto seal = read_file(folder / "seal/seal.txt", 1u << 20);
  return seal && sha256_hex(*seal) == fingerprint;
}

}  // namespace

Result<std::vector<SeenByMember>> read_members(const fs::path& package, const Opener* opener, const std::function<bool()>& go_on) {
  std::error_code ec;
  const fs::path bag = fs::absolute(package, ec).lexically_normal();
  GZ_TRY_ASSIGN(const auto files, open_package(bag, opener));
  GZ_TRY_ASSIGN(const SeenGroup group, seen_group(*files));
  if (group.group.empty()) return fail(ErrorKind::Invalid, "the package is no member of a group");
  if (group.rows.empty()) return fail(ErrorKind::Invalid, "the group's record is not beside the package");
  std::vector<SeenByMember> out;
  for (const auto& row : group.rows) {
    const auto index = static_cast<std::size_t>(row.number - 1);
    SeenByMember member{row.number, index < group.phones.size() ? group.phones[index] : std::string(), row.package, {}, {}};
    const fs::path folder = bag.parent_path() / row.package;
    if (row.package.empty()) member.absent = "没有封存：" + row.reason;
    else if (!fs::exists(folder / "seal/seal.txt", ec)) member.absent = "证据包不在旁边";
    else if (!is_sealed_as(folder, row.fingerprint)) member.absent = "旁边的不是组记录所载的证据包";
    else if (const auto read = read_pages(folder, opener, go_on, member); !read) {
      if (read.error().kind == ErrorKind::Cancelled) return Failure(read.error());
      member.absent = "证据包没有读到：" + read.error().what;
      member.pages.clear();
    }
    out.push_back(std::move(member));
  }
  return out;
}

std::vector<SeenByMember> read_places(const std::vector<MemberPlace>& places, const Opener* opener) {
  std::vector<SeenByMember> out;
  for (const auto& place : places) {
    SeenByMember member{place.number, place.phone, place.folder.filename().string(), place.absent, {}};
    if (!place.folder.empty()) {
      if (const auto read = read_pages(place.folder, opener, {}, member); !read) {
        member.absent = "证据包没有读到：" + read.error().what;
        member.pages.clear();
      }
    }
    out.push_back(std::move(member));
  }
  return out;
}

std::vector<std::string> other_members(const fs::path& package, const Opener* opener) {
  std::error_code ec;
  const fs::path bag = fs::absolute(package, ec).lexically_normal();
  const auto files = open_package(bag, opener);
  const auto group = files ? seen_group(**files) : Result<SeenGroup>(SeenGroup{});
  std::vector<std::string> out;
  if (!group) return out;
  for (const auto& row : group->rows)
    if (!row.package.empty() && row.package != bag.filename().string() && fs::exists(bag.parent_path() / row.package / "seal/seal.txt", ec)) out.push_back(row.package);
  return out;
}

}  // namespace guzheng
