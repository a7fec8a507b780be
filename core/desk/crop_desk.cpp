#include "core/desk/crop_desk.h"

#include "core/base/file.h"
#include "core/desk/script_files.h"
#include "core/desk/workers.h"
#include "core/media/find_picture.h"
#include "core/report/picture.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kMostShotBytes = 64u << 20, kMostValues = 64u << 20;

struct OpenedShots {
  std::shared_ptr<const PackageReader> files;
  std::vector<ShotChoice> shots;
};

Result<OpenedShots> open_shots(const fs::path& place, const Opener* opener) {
  GZ_TRY_ASSIGN(auto files, open_package(place, opener));
  GZ_TRY_ASSIGN(const auto text, files->text("data/attach/values.json", kMostValues));
  GZ_TRY_ASSIGN(const Json values, parse_json(text));
  OpenedShots out{std::move(files), {}};
  if (values.is_object() && values.contains("items") && values["items"].is_array())
    for (const auto& item : values["items"])
      if (const auto path = text_at(item, "path"); path.ends_with(".png")) out.shots.push_back({static_cast<int>(integer_at(item, "no")), text_at(item, "title"), path});
  if (out.shots.empty()) return fail(ErrorKind::NotFound, place.filename().string() + " has no screenshot");
  return out;
}

}  // namespace

void CropDesk::open(const std::string& package, const std::string& reason) {
  station_.record_opening(package, "script", reason);
  run_then(station_.quick(), this, [place = station_.vault().folder() / "sealed" / package, opener = station_.opener()] { return open_shots(place, opener); },
           [this, package, number = ++asked_](Result<OpenedShots> found) {
             if (number != asked_) return;
             png_.clear();
             if (!found) {
               emit failed(found.error());
               return;
             }
             package_ = package;
             files_ = std::move(found->files);
             shots_ = std::move(found->shots);
             emit opened();
           });
}

void CropDesk::load(int number) {
  const auto shot = std::find_if(shots_.begin(), shots_.end(), [&](const auto& one) { return one.number == number; });
  if (shot == shots_.end()) return emit failed({ErrorKind::NotFound, "there is no screenshot " + std::to_string(number)});
  struct Loaded {
    Bytes png;
    QImage image;
  };
  run_then(station_.quick(), this,
           [files = files_, path = shot->path]() -> Result<Loaded> {
             Loaded out;
             GZ_TRY_ASSIGN(out.png, files->whole(path, kMostShotBytes));
             out.image = decode_picture(out.png);
             if (out.image.isNull()) return fail(ErrorKind::Invalid, path + " is no picture");
             return out;
           },
           [this, number, asked = ++asked_](Result<Loaded> loaded) {
             if (asked != asked_) return;
             if (!loaded) {
               emit failed(loaded.error());
               return;
             }
             png_ = std::move(loaded->png);
             emit picture(number, loaded->image);
           });
}

void CropDesk::keep(const QRect& part, const std::string& name) {
  run_then(station_.quick(), this,
           [png = png_, part, name, folder = station_.private_folder() / "scripts"]() -> Result<std::string> {
             if (part.x() < 0 || part.y() < 0 || part.width() <= 0 || part.height() <= 0) return fail(ErrorKind::Invalid, "no part of the picture was marked");
             GZ_TRY_ASSIGN(const Bytes cut, cut_wanted(png, static_cast<std::uint32_t>(part.x()), static_cast<std::uint32_t>(part.y()), static_cast<std::uint32_t>(part.width()), static_cast<std::uint32_t>(part.height())));
             GZ_TRY(make_private_folder(folder));
             const std::string file = file_name_for(folder, name.empty() ? "图片" : name, ".png");
             GZ_TRY(write_atomically(folder / file, cut));
             return file;
           },
           [this](const Result<std::string>& file) {
             if (!file) {
               emit failed(file.error());
               return;
             }
             station_.record("op.script", Json{{"act", "picture"}, {"file", *file}, {"package", package_}});
             emit kept(*file);
           });
}

}  // namespace guzheng
