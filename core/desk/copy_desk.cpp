#include "core/desk/copy_desk.h"

#include "core/desk/workers.h"
#include "core/report/picture.h"

namespace guzheng {
namespace {

constexpr std::uint64_t kMostPicture = 256u << 20;

}  // namespace

CopyDesk::CopyDesk(StationDesk& station, ReportDesk& reports) : station_(station), reports_(reports) {
  connect(&reports_, &ReportDesk::ready, this, [this](const std::string& id, const std::string&, bool fresh) {
    if (fresh) ended(id, nullptr);
  });
  connect(&reports_, &ReportDesk::failed, this, [this](const std::string& id, const Error& error) { ended(id, &error); });
}

void CopyDesk::load(const std::shared_ptr<const PackageView>& view, int item) {
  const auto shots = copyable(*view);
  const auto shot = std::find_if(shots.begin(), shots.end(), [&](const auto& one) { return one.number == item; });
  if (shot == shots.end()) {
    emit failed(view->entry.id, Error{ErrorKind::NotFound, "the package has no picture of item " + std::to_string(item)});
    return;
  }
  run_then(station_.quick(), this,
           [view, path = shot->path.string()]() -> Result<QImage> {
             GZ_TRY_ASSIGN(const Bytes bytes, view->files->whole(path, kMostPicture));
             QImage image = decode_picture(bytes);
             if (image.isNull()) return fail(ErrorKind::Invalid, path + " is no picture that can be drawn on");
             return image;
           },
           [this, id = view->entry.id, item](Result<QImage> image) {
             if (image) emit picture(id, item, *image);
             else emit failed(id, image.error());
           });
}

void CopyDesk::save(const std::string& id, const std::filesystem::path& package, const Marks& marks, const std::string& reason) {
  std::vector<CopyOrder> orders;
  for (const auto& [item, drawn] : marks)
    if (!drawn.empty()) orders.push_back({item, false, drawn});
  if (orders.empty()) {
    emit failed(id, Error{ErrorKind::Invalid, "no shot has a mark on it"});
    return;
  }
  if (busy() || reports_.busy()) {
    emit failed(id, Error{ErrorKind::Exists, "another report is being made"});
    return;
  }
  saving_ = id;
  reports_.make(id, package, reason, orders);
}

void CopyDesk::ended(const std::string& id, const Error* error) {
  if (saving_.empty() || id != saving_) return;
  saving_.clear();
  if (error) emit failed(id, *error);
  else emit saved(id);
}

std::vector<ShotView> copyable(const PackageView& view) {
  std::vector<ShotView> out;
  for (const auto& shot : view.shots)
    if (const auto kind = shot.path.extension(); kind == ".png" || kind == ".jpg") out.push_back(shot);
  return out;
}

QImage with_marks(const QImage& picture, const std::vector<CopyMark>& marks) {
  QImage image = picture.convertToFormat(QImage::Format_RGB32);
  for (const CopyMark& mark : marks)
    if (mark_lies_inside(mark, image.size())) draw_marks(image, {mark});
  return image;
}

}  // namespace guzheng
