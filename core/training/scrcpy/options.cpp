#include "core/training/scrcpy/options.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <map>

namespace guzheng::training {

namespace {
struct Served {
  const char* text;
  ScrcpyVersion version;
};
constexpr std::array<Served, 11> kServed = {{{"3.0", {3, 0, 0}}, {"3.0.1", {3, 0, 1}}, {"3.0.2", {3, 0, 2}}, {"3.1", {3, 1, 0}},
                                             {"3.2", {3, 2, 0}}, {"3.3", {3, 3, 0}}, {"3.3.1", {3, 3, 1}}, {"3.3.2", {3, 3, 2}},
                                             {"3.3.3", {3, 3, 3}}, {"3.3.4", {3, 3, 4}}, {"4.0", {4, 0, 0}}}};
constexpr Served kNewest = {"4.1", {4, 1, 0}};

template <typename T>
Result<T> number(std::string_view key, std::string_view text, T low, T high, int base = 10) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc() || end != text.data() + text.size() || value < low || value > high)
    return fail(ErrorKind::Invalid, fmt::format("Invalid value for {}: \"{}\"", key, text));
  return value;
}

Result<double> real(std::string_view key, std::string_view text, double high) {
  double value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !(value >= 0 && value <= high))
    return fail(ErrorKind::Invalid, fmt::format("Invalid value for {}: \"{}\"", key, text));
  return value;
}

// "i-frame-interval=2,profile:int=8": of these only the first is honoured.
Status take_codec_options(ServerOptions& out, std::string_view text) {
  while (!text.empty()) {
    const auto end = std::min(text.find(','), text.size());
    const auto item = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto equals = item.find('=');
    const auto key = item.substr(0, std::min(item.find(':'), equals));
    if (equals == std::string_view::npos) return fail(ErrorKind::Invalid, fmt::format("'=' expected in codec option \"{}\"", item));
    if (key != "i-frame-interval") {
      out.warnings.push_back(fmt::format("Codec option not honoured: {}", item));
      continue;
    }
    GZ_TRY_ASSIGN(out.i_frame_interval_s, real(key, item.substr(equals + 1), 3600));
  }
  return ok();
}

bool* flag_of(ServerOptions& out, std::string_view key) {
  if (key == "tunnel_forward") return &out.tunnel_forward;
  if (key == "video") return &out.video;
  if (key == "audio") return &out.audio;
  if (key == "control") return &out.control;
  if (key == "send_dummy_byte") return &out.send_dummy_byte;
  if (key == "send_device_meta") return &out.send_device_meta;
  if (key == "send_codec_meta") return &out.send_codec_meta;
  if (key == "send_stream_meta") return &out.send_codec_meta;      // its name since 4.0
  if (key == "send_frame_meta") return &out.send_frame_meta;
  if (key.starts_with("list_")) return &out.list_only;
  return nullptr;
}

// Keys of upstream's server that mean nothing on this phone.
bool without_effect(std::string_view key) {
  static const std::array keys = {"log_level", "cleanup", "audio_codec", "audio_bit_rate", "audio_source", "audio_codec_options",
                                  "audio_encoder", "audio_dup", "clipboard_autosync", "downsize_on_error", "power_on",
                                  "power_off_on_close", "stay_awake", "show_touches", "screen_off_timeout", "video_encoder",
                                  "display_ime_policy", "vd_destroy_content", "vd_system_decorations", "keep_active"};
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

Status take(ServerOptions& out, std::string_view key, std::string_view value) {
  if (auto* flag = flag_of(out, key)) {
    *flag = value == "true";
    return ok();
  }
  if (key == "scid") {
    if (value == "-1") return ok();
    GZ_TRY_ASSIGN(out.scid, number<std::uint32_t>(key, value, 0, 0x7fffffff, 16));
  } else if (key == "max_size") {
    GZ_TRY_ASSIGN(out.max_size, number<std::uint32_t>(key, value, 0, 65535));
    out.max_size &= ~7u;
  } else if (key == "max_fps") {
    GZ_TRY_ASSIGN(out.max_fps, real(key, value, 1000));
  } else if (key == "video_bit_rate") {
    GZ_TRY_ASSIGN(out.bit_rate, number<std::uint32_t>(key, value, 1, 1'000'000'000));
  } else if (key == "video_codec_options") {
    return take_codec_options(out, value);
  } else if (key == "video_codec") {
    if (value != "h264") return fail(ErrorKind::Unsupported, fmt::format("Video codec {} not supported", value));
  } else if (key == "video_source") {
    if (value != "display") return fail(ErrorKind::Unsupported, fmt::format("Video source {} not supported", value));
  } else if (key == "raw_stream") {
    if (value == "true") out.send_device_meta = out.send_codec_meta = out.send_frame_meta = out.send_dummy_byte = false;
  } else if (!without_effect(key)) {
    out.warnings.push_back(fmt::format("Unknown server option: {}", key));
  }
  return ok();
}
}  // namespace

std::string ServerOptions::socket_name() const { return scid ? fmt::format("scrcpy_{:08x}", *scid) : "scrcpy"; }

std::optional<ScrcpyVersion> served_version(std::string_view text) {
  if (text == kNewest.text) return kNewest.version;
  for (const auto& served : kServed)
    if (text == served.text) return served.version;
  return std::nullopt;
}

Result<ServerOptions> parse_server_options(const std::vector<std::string>& arguments) {
  if (arguments.empty()) return fail(ErrorKind::Invalid, "Missing client version");
  const auto version = served_version(arguments.front());
  if (!version)
    return fail(ErrorKind::Unsupported, fmt::format("The server version ({}) does not match the client ({})", kNewest.text,
                                                    arguments.front()));
  ServerOptions out;
  out.version = *version;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    const auto equals = argument.find('=');
    if (equals == std::string_view::npos)
      return fail(ErrorKind::Invalid, fmt::format("Invalid key=value pair: \"{}\"", argument));
    GZ_TRY(take(out, argument.substr(0, equals), argument.substr(equals + 1)));
  }
  return out;
}

}  // namespace guzheng::training
