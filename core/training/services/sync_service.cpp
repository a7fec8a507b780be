// adb's file transfer: requests of 4 letters and a u32 length, all little-endian.
#include <algorithm>
#include <charconv>

#include "core/training/services/services.h"

namespace guzheng::training {

namespace {
constexpr std::uint32_t kMaxPath = 1024, kMaxData = 64 * 1024;
constexpr std::uint32_t kNoEntry = 2, kDenied = 13, kIo = 5;         // errno as Android's STA2 carries it

std::uint32_t errno_of(const Error& error) {
  return error.kind == ErrorKind::NotFound ? kNoEntry : error.kind == ErrorKind::Denied ? kDenied : kIo;
}

class SyncSession {
 public:
  SyncSession(Phone& phone, AdbStream& stream) : phone_(phone), stream_(stream) {}

  Status run() {
    for (;;) {
      GZ_TRY(read_head());
      if (id_ == "QUIT") return ok();
      if (length_ > kMaxPath) return refuse("path too long");
      std::string path(length_, '\0');
      GZ_TRY(stream_.read_exactly({reinterpret_cast<std::uint8_t*>(path.data()), path.size()}));
      if (id_ == "STAT") GZ_TRY(stat(path));
      else if (id_ == "STA2" || id_ == "LST2") GZ_TRY(stat2(path));
      else if (id_ == "LIST" || id_ == "LIS2") GZ_TRY(list(path));
      else if (id_ == "RECV") GZ_TRY(receive(path));
      else if (id_ == "SEND") GZ_TRY(send(path));
      else return refuse("unknown command " + id_);
    }
  }

 private:
  Status read_head() {
    std::array<std::uint8_t, 8> head{};
    GZ_TRY(stream_.read_exactly(head));
    id_ = std::string(as_text(ByteView(head).first(4)));
    length_ = read_le<std::uint32_t>(&head[4]);
    return ok();
  }
  static Bytes named(std::string_view id) { return to_bytes(id); }

  Status answer_fail(std::string_view text) {
    Bytes out = named("FAIL");
    put_le(out, static_cast<std::uint32_t>(text.size()));
    append(out, as_bytes(text));
    return stream_.write_all(out);
  }
  Status refuse(const std::string& text) {
    GZ_TRY(answer_fail(text));
    return fail(ErrorKind::Protocol, text);
  }

  Status stat(const std::string& path) {
    const auto found = phone_.files.stat(path);
    Bytes out = named("STAT");
    put_le(out, found ? found->mode : 0u);
    put_le(out, found ? static_cast<std::uint32_t>(found->size) : 0u);
    put_le(out, found ? static_cast<std::uint32_t>(found->mtime) : 0u);
    return stream_.write_all(out);
  }

  // What STA2, LST2 and DNT2 share after their name: 68 bytes, all zero but the error when there is no such file.
  static void put_stat2(Bytes& out, const Result<FileStat>& found) {
    put_le(out, found ? 0u : errno_of(found.error()));
    put_le(out, std::uint64_t{1});                                    // dev
    put_le(out, found ? std::uint64_t{100} : std::uint64_t{0});       // ino
    put_le(out, found ? found->mode : 0u);
    put_le(out, std::uint32_t{1});                                    // nlink
    put_le(out, std::uint32_t{2000});                                 // uid
    put_le(out, std::uint32_t{2000});                                 // gid
    put_le(out, found ? found->size : std::uint64_t{0});
    for (int i = 0; i < 3; ++i) put_le(out, found ? static_cast<std::uint64_t>(found->mtime) : std::uint64_t{0});
  }

  Status stat2(const std::string& path) {
    Bytes out = named(id_);
    put_stat2(out, phone_.files.stat(path));
    return stream_.write_all(out);
  }

  static Bytes entry_v1(const FileEntry& entry) {
    Bytes out = named("DENT");
    put_le(out, entry.stat.mode);
    put_le(out, static_cast<std::uint32_t>(entry.stat.size));
    put_le(out, static_cast<std::uint32_t>(entry.stat.mtime));
    return out;
  }
  static Bytes entry_v2(const FileEntry& entry) {
    Bytes out = named("DNT2");
    put_stat2(out, entry.stat);
    return out;
  }

  Status list(const std::string& path) {
    const bool v2 = id_ == "LIS2";
    if (const auto entries = phone_.files.list(path)) {
      for (const auto& entry : *entries) {
        Bytes out = v2 ? entry_v2(entry) : entry_v1(entry);
        put_le(out, static_cast<std::uint32_t>(entry.name.size()));
        append(out, as_bytes(entry.name));
        GZ_TRY(stream_.write_all(out));
      }
    }
    Bytes done = named("DONE");
    done.resize(v2 ? 76 : 20, 0);                                     // as long as an entry's fixed part
    return stream_.write_all(done);
  }

  Status receive(const std::string& path) {
    const auto content = phone_.files.read(path);
    if (!content) return answer_fail("open failed: " + to_text(content.error()));
    for (ByteView left = **content; !left.empty();) {
      const auto piece = left.first(std::min<std::size_t>(left.size(), kMaxData));
      left = left.subspan(piece.size());
      Bytes out = named("DATA");
      put_le(out, static_cast<std::uint32_t>(piece.size()));
      append(out, piece);
      GZ_TRY(stream_.write_all(out));
    }
    Bytes done = named("DONE");
    put_le(done, std::uint32_t{0});
    return stream_.write_all(done);
  }

  Status send(const std::string& target) {
    const auto comma = target.rfind(',');
    if (comma == std::string::npos) return refuse("missing , in ID_SEND");
    unsigned mode = 0;
    std::from_chars(target.data() + comma + 1, target.data() + target.size(), mode);
    Bytes content;
    for (;;) {
      GZ_TRY(read_head());
      if (id_ == "DONE") break;
      if (id_ != "DATA") return refuse("invalid data message");
      if (length_ > kMaxData) return refuse("oversize data message");
      if (content.size() + length_ > (512u << 20)) return refuse("No space left on device");
      const auto at = content.size();
      content.resize(at + length_);
      GZ_TRY(stream_.read_exactly(std::span(content).subspan(at)));
    }
    const auto status = phone_.files.write(target.substr(0, comma), std::move(content), mode, length_);
    if (!status) return answer_fail("couldn't create file: " + to_text(status.error()));
    Bytes okay = named("OKAY");
    put_le(okay, std::uint32_t{0});
    return stream_.write_all(okay);
  }

  Phone& phone_;
  AdbStream& stream_;
  std::string id_;
  std::uint32_t length_ = 0;
};
}  // namespace

void run_sync(Phone& phone, AdbStream& stream) {
  (void)SyncSession(phone, stream).run().has_value();       // how it ended is between the two sides
  stream.close();
}

}  // namespace guzheng::training
