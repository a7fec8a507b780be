#include "core/desk/import_desk.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>

#include "core/desk/practice_order.h"
#include "core/desk/workers.h"

namespace guzheng {
namespace {

struct Looked {
  std::vector<ImportItem> items;
  std::vector<std::pair<std::string, Error>> refused;
};

Result<ImportItem> looked_at(const std::filesystem::path& file, const std::string& collector, int zone_minutes) {
  struct stat st {};
  if (::lstat(file.c_str(), &st) != 0) return fail(error_from_errno(errno, file.string()));
  if (!S_ISREG(st.st_mode)) return fail(ErrorKind::Denied, file.string() + " is no plain file");
  ImportItem item;
  item.kind = import_kind_of(file);
  item.file = file;
  item.title = file.stem().string();
  item.collector = collector;
  item.made_at = format_time(WallTime{static_cast<std::int64_t>(st.st_mtim.tv_sec) * 1000 + st.st_mtim.tv_nsec / 1'000'000}, zone_minutes);
  return item;
}

}  // namespace

std::string import_kind_of(const std::filesystem::path& file) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kinds{{
      {"photo", " .jpg .jpeg .png .gif .bmp .tif .tiff .webp .heic "},
      {"audio", " .mp3 .m4a .wav .amr .ogg .flac .aac "},
      {"video", " .mp4 .mov .avi .mkv .3gp .webm "},
      {"document", " .pdf .docx .xlsx .pptx .doc .xls .ppt .txt .csv .htm .html "},
  }};
  std::string extension = file.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  for (const auto& [kind, extensions] : kinds)
    if (!extension.empty() && extensions.find(" " + extension + " ") != std::string_view::npos) return std::string(kind);
  return "file";
}

void ImportDesk::add(const std::vector<std::filesystem::path>& files) {
  std::string collector;
  if (!station_.card().officers.empty()) collector = station_.card().officers.front().name;
  run_then(station_.quick(), this,
           [files, collector, zone = station_.clock().zone_minutes()] {
             Looked out;
             for (const auto& file : files) {
               auto item = looked_at(file, collector, zone);
               if (item) out.items.push_back(std::move(*item));
               else out.refused.emplace_back(file.string(), item.error());
             }
             return out;
           },
           [this](const Looked& looked) {
             if (!looked.items.empty()) emit added(looked.items);
             for (const auto& [file, error] : looked.refused) emit refused(file, error);
           });
}

std::string ImportDesk::speaker() const {
  const auto& officers = station_.card().officers;
  return officers.empty() ? std::string() : officers.front().name + " " + officers.front().badge;
}

CaptureOrder ImportDesk::suggested_order() const {
  if (!station_.card().practice) return {};
  CaptureOrder order = practice_order();
  order.order_no = "练习-取证指令-0002";
  order.task = "练习任务 导入其他设备取得的材料";
  order.what = "现场照片、录音录像、当事人提供的文件";
  return order;
}

void ImportDesk::cancel() {
  if (stop_) stop_->store(true);
}

void ImportDesk::start(const ImportOrder& order, const std::string& incomplete_reason) {
  if (busy_) return;
  if (!station_.is_open() || station_.bureau().officers.empty()) {
    emit failed({ErrorKind::Denied, "nobody is logged in at this desk: there is no key to seal with"});
    return;
  }
  busy_ = true;
  stop_ = std::make_shared<std::atomic<bool>>(false);
  const auto bureau = std::make_shared<const Bureau>(station_.bureau());
  const auto with = station_.session_setup();
  ImportSetup setup;
  setup.bureau = bureau.get();
  setup.vault = with.vault;
  setup.clock = with.clock;
  setup.officer1 = with.officer1;
  setup.officer2 = with.officer2;
  setup.software_version = with.software_version;
  setup.progress = [this, stop = stop_, last = std::make_shared<std::uint64_t>(~0ull)](std::uint64_t done, std::uint64_t total) {
    const auto percent = total ? done * 100 / total : 0;
    if (percent != std::exchange(*last, percent))
      post(this, [this, done, total] { emit progress(static_cast<qint64>(done), static_cast<qint64>(total)); });
    return !stop->load();
  };
  run_then(station_.bulk(), this, [bureau, setup, order, incomplete_reason] { return import_evidence(order, setup, incomplete_reason); },
           [this, files = order.items.size(), number = order.order.order_no](Result<SealedPackage> done) {
             busy_ = false;
             if (!done) {
               station_.record("op.import", Json{{"order", number}, {"result", "failed"}, {"why", done.error().what}});
               emit failed(done.error());
               return;
             }
             station_.record("op.import", Json{{"files", files}, {"fingerprint", done->seal.fingerprint}, {"order", number}, {"package", done->id},
                                               {"result", done->incomplete.empty() ? "complete" : "incomplete"}});
             emit imported(*done);
             station_.encrypt_pending();
           });
}

}  // namespace guzheng
