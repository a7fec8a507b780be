// What imported files are: kinds, and extensions by content. Pure; no parser of a format, only the first bytes.
#include <algorithm>
#include <array>

#include "core/session/import.h"

namespace guzheng {

namespace {

struct Magic {
  std::size_t at;
  std::string_view bytes, extension;
};

using namespace std::string_view_literals;

constexpr std::array kMagic{
    Magic{0, "\xFF\xD8\xFF"sv, "jpg"},        Magic{0, "\x89PNG\r\n\x1A\n"sv, "png"}, Magic{0, "GIF8"sv, "gif"},
    Magic{0, "BM"sv, "bmp"},                  Magic{0, "II*\0"sv, "tif"},             Magic{0, "MM\0*"sv, "tif"},
    Magic{8, "WEBP"sv, "webp"},               Magic{8, "AVI "sv, "avi"},              Magic{8, "WAVE"sv, "wav"},
    Magic{4, "ftypheic"sv, "heic"},           Magic{4, "ftypheix"sv, "heic"},         Magic{4, "ftypmif1"sv, "heic"},
    Magic{4, "ftypqt"sv, "mov"},              Magic{4, "ftyp3g"sv, "3gp"},            Magic{4, "ftypM4A"sv, "m4a"},
    Magic{4, "ftyp"sv, "mp4"},                Magic{0, "\x1A\x45\xDF\xA3"sv, "mkv"},  Magic{0, "ID3"sv, "mp3"},
    Magic{0, "\xFF\xFB"sv, "mp3"},            Magic{0, "\xFF\xF3"sv, "mp3"},          Magic{0, "#!AMR"sv, "amr"},
    Magic{0, "OggS"sv, "ogg"},                Magic{0, "fLaC"sv, "flac"},             Magic{0, "%PDF-"sv, "pdf"},
    Magic{0, "PK\x03\x04"sv, "zip"}};

bool is_riff(std::string_view extension) { return extension == "webp" || extension == "avi" || extension == "wav"; }

std::string lower_extension(std::string_view name) {
  const auto dot = name.rfind('.');
  std::string out(dot == name.npos ? std::string_view{} : name.substr(dot + 1));
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

// Text without control characters; the head may end within a character.
bool is_text(ByteView head) {
  if (head.empty()) return false;
  std::string_view text = as_text(head);
  const bool controls = std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 && c != '\n' && c != '\r' && c != '\t'; });
  if (controls) return false;
  for (int cut = 0; cut < 4 && !text.empty(); ++cut, text.remove_suffix(1))
    if (is_utf8(text)) return true;
  return false;
}

}  // namespace

std::string import_extension(ByteView head, std::string_view original_name) {
  const std::string_view text = as_text(head);
  for (const Magic& magic : kMagic) {
    if (text.size() < magic.at + magic.bytes.size() || text.substr(magic.at, magic.bytes.size()) != magic.bytes) continue;
    if (is_riff(magic.extension) && !text.starts_with("RIFF")) continue;
    const std::string named = lower_extension(original_name);
    if (magic.extension == "zip" && (named == "docx" || named == "xlsx" || named == "pptx")) return named;
    return std::string(magic.extension);
  }
  return is_text(head) ? "txt" : "bin";
}

}  // namespace guzheng
