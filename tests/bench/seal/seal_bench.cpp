// Whole-process bench of sealing, verifying and encrypting. README.md says how to read it. Prints; judges nothing.
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <future>
#include <string>

#include "core/identity/envelope.h"
#include "core/seal/vault_form.h"
#include "core/seal/verify.h"
#include "tests/bench/seal/bulk_link.h"
#include "tests/session/session_fixture.h"

namespace guzheng::test {
namespace {

namespace fs = std::filesystem;
using Steady = std::chrono::steady_clock;

double since(Steady::time_point begin) { return std::chrono::duration<double>(Steady::now() - begin).count(); }

double cpu_seconds() {
  rusage use{};
  getrusage(RUSAGE_SELF, &use);
  const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
  return seconds(use.ru_utime) + seconds(use.ru_stime);
}

// Highest resident memory since the last reset, MiB.
void reset_peak() { std::ofstream("/proc/self/clear_refs") << 5; }
double peak_mib() {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);)
    if (line.starts_with("VmHWM:")) return std::strtod(line.c_str() + 6, nullptr) / 1024.0;
  return 0;
}

struct Took {
  double wall = 0, cpu = 0, peak = 0;
};
template <typename Work>
Took timed(Work work) {
  reset_peak();
  const double cpu = cpu_seconds();
  const auto begin = Steady::now();
  work();
  return {since(begin), cpu_seconds() - cpu, peak_mib()};
}

[[noreturn]] void give_up(const std::string& what) {
  std::fprintf(stderr, "seal_bench: %s\n", what.c_str());
  std::exit(1);
}
template <typename T>
T need(Result<T> result, const char* doing) {
  if (!result) give_up(std::string(doing) + ": " + result.error().what);
  return std::move(*result);
}

// The program's own files, counted.
class CountedSink final : public ByteSink {
 public:
  CountedSink(std::unique_ptr<ByteSink> file, std::atomic<std::uint64_t>& written) : file_(std::move(file)), written_(written) {}
  Status write(ByteView bytes) override {
    written_ += bytes.size();
    return file_->write(bytes);
  }
  Status sync() override { return file_->sync(); }
  Status close() override { return file_->close(); }

 private:
  std::unique_ptr<ByteSink> file_;
  std::atomic<std::uint64_t>& written_;
};
SinkFactory counted(std::atomic<std::uint64_t>& written) {
  return [&written, files = append_files()](const fs::path& path) -> Result<std::unique_ptr<ByteSink>> {
    GZ_TRY_ASSIGN(auto file, files(path));
    return std::unique_ptr<ByteSink>(std::make_unique<CountedSink>(std::move(file), written));
  };
}
bool settling(const std::atomic<std::uint64_t>& written) {
  const auto before = written.load();
  std::this_thread::sleep_for(std::chrono::milliseconds(400));
  return written.load() != before;
}

struct Sealed {
  std::string id;
  fs::path folder;
  double record_cpu = 0, record_wall = 0, end_ms = 0, peak = 0;
  std::uint64_t bytes = 0, lines = 0, packets = 0;
};

// A whole session: connect, four compulsory pages, `seconds` of recording, end. Only end() is timed.
Sealed session(Desk& desk, std::int64_t seconds, std::size_t packet_bytes) {
  std::atomic<std::uint64_t> written = 0;
  std::promise<void> delivered;
  BulkStream stream;
  stream.seconds = seconds;
  stream.packet_bytes = packet_bytes;
  stream.written = [&written] { return written.load(); };
  stream.delivered = [&delivered] { delivered.set_value(); };
  auto setup = desk.setup(bulk_link(training_phone(), stream));
  setup.limits = {};                                     // as the program has them
  setup.recording_files = counted(written);
  // the stream runs about a hundred times as fast as the phone would: the minute's time stamps come as often by the film's clock
  setup.anchor_every_ms = seconds > 600 ? 300 : 60'000;
  Sealed out;
  const double cpu = cpu_seconds();
  reset_peak();
  const auto begin = Steady::now();
  auto started = need(CaptureSession::start(setup), "start");
  capture_all(*started);
  delivered.get_future().wait();
  // a phone is never ahead of its recording: what is queued now is written before the end is timed
  while (settling(written)) std::this_thread::sleep_for(std::chrono::milliseconds(100));
  out.record_wall = since(begin);
  out.record_cpu = cpu_seconds() - cpu;
  out.peak = peak_mib();
  out.packets = started->status().packets;
  const auto end = Steady::now();
  const auto package = need(started->end(), "end");
  out.end_ms = since(end) * 1000;
  out.lines = started->status().journal_lines;
  out.id = package.id;
  out.folder = package.folder;
  for (const auto& entry : fs::recursive_directory_iterator(package.folder))
    if (entry.is_regular_file()) out.bytes += entry.file_size();
  return out;
}

void say_spread(const char* what, std::vector<double> values) {
  std::sort(values.begin(), values.end());
  std::printf("%-34s min %6.0f   median %6.0f   max %6.0f   (n=%zu)\n", what, values.front(), values[values.size() / 2], values.back(), values.size());
}

// The slowest single digest over the same files, read in the same pieces: what no verifier with this digest can beat.
Took one_digest(const fs::path& folder, DigestKind kind) {
  return timed([&] {
    Digester digester(kind);
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (!entry.is_regular_file()) continue;
      const auto read = read_in_pieces(entry.path(), [&](ByteView piece) { return digester.update(piece), ok(); });
      if (!read) give_up(read.error().what);
      (void)digester.finish();
    }
  });
}

Took verified(const fs::path& folder, const Desk& desk, const Opener* opener) {
  return timed([&] {
    VerifyOptions options;
    options.roots = {desk.bureau.org_root_pem, desk.bureau.tsa_root_pem, {}};
    options.clock = &desk.clock();
    options.opener = opener;
    const auto answer = need(verify_package(folder, options), "verify");
    if (answer.verdict == Verdict::Damaged) give_up("the package is damaged: " + damage_of(answer));
  });
}

// Whole parts of 64 MiB, as many as `bytes` hold.
template <typename Work>
Took over_parts(std::uint64_t bytes, Work work) {
  const Bytes part(64u << 20, 0x5A);
  return timed([&] {
    for (std::uint64_t done = 0; done < bytes; done += part.size()) work(part);
  });
}
Took envelopes_alone(const Desk& desk, std::uint64_t bytes) {
  const auto recipients = need(vault_recipients(desk.bureau), "recipients");
  Bytes sealed;
  return over_parts(bytes, [&](ByteView part) {
    if (const auto made = seal_envelope_into(sealed, recipients, part); !made) give_up(made.error().what);
  });
}
Took digests_alone(std::uint64_t bytes) {
  TripleDigester digester;
  return over_parts(bytes, [&](ByteView part) { digester.update(part); });
}

void say(const char* what, const Took& took, std::uint64_t bytes) {
  const double mib = static_cast<double>(bytes) / (1 << 20);
  std::printf("%-34s %7.2f s  %7.0f MiB/s   cpu %7.2f s   peak %5.0f MiB\n", what, took.wall, mib / took.wall, took.cpu, took.peak);
  std::fflush(stdout);
}

int run(const fs::path& root, int rounds, std::int64_t long_seconds, std::size_t packet_bytes) {
  Desk desk(root);
  desk.vault->serve(&desk.bureau);
  std::vector<double> brief, lengthy;
  Sealed small, large;
  for (int i = 0; i < rounds; ++i) {
    small = session(desk, 10, packet_bytes);
    brief.push_back(small.end_ms);
    if (i > 0) fs::remove_all(large.folder);             // the disk holds one of the long ones at a time
    large = session(desk, long_seconds, packet_bytes);
    lengthy.push_back(large.end_ms);
    std::printf("round %d: 10 s: %.0f ms, %llu lines; %lld s: %.0f ms, %.2f GiB, %llu packets, %llu lines, recorded in %.0f s, peak %.0f MiB\n", i + 1,
                small.end_ms, static_cast<unsigned long long>(small.lines), static_cast<long long>(long_seconds), large.end_ms,
                static_cast<double>(large.bytes) / (1u << 30), static_cast<unsigned long long>(large.packets),
                static_cast<unsigned long long>(large.lines), large.record_wall, large.peak);
    std::fflush(stdout);
  }
  std::printf("\nend to sealed, ms\n");
  say_spread("  10 s of recording", brief);
  say_spread("  long recording", lengthy);

  std::printf("\nverification, the long package\n");
  const auto sm3_before = one_digest(large.folder, DigestKind::Sm3);
  say("  SM3 alone, before", sm3_before, large.bytes);
  say("  SHA-256 alone", one_digest(large.folder, DigestKind::Sha256), large.bytes);
  say("  MD5 alone", one_digest(large.folder, DigestKind::Md5), large.bytes);
  const auto plain = verified(large.folder, desk, nullptr);
  say("  verify", plain, large.bytes);
  const auto sm3_after = one_digest(large.folder, DigestKind::Sm3);
  say("  SM3 alone, after", sm3_after, large.bytes);
  const double slowest = (sm3_before.wall + sm3_after.wall) / 2;
  std::printf("  verify at %.2f of the slowest single digest's rate\n", slowest / plain.wall);
  say("  verify, the short package", verified(small.folder, desk, nullptr), small.bytes);

  std::printf("\nencryption, the long package\n");
  const auto envelopes = envelopes_alone(desk, large.bytes);
  say("  envelopes alone, in memory", envelopes, large.bytes);
  const auto digests = digests_alone(large.bytes);
  say("  three digests alone, in memory", digests, large.bytes);
  std::printf("  envelopes: %.1f %% of what the digests cost\n", 100 * envelopes.cpu / digests.cpu);
  const auto encrypted = timed([&] { need(desk.vault->encrypt(large.id), "encrypt"); });
  say("  plain to vault form", encrypted, large.bytes);
  const auto opened = verified(large.folder, desk, desk.bureau.opener.get());
  say("  verify out of the vault form", opened, large.bytes);
  std::printf("  taking it into the vault form: %.1f %% of the recording's CPU (%.1f s)\n", 100 * encrypted.cpu / large.record_cpu, large.record_cpu);
  std::printf("  verifying it there: %+.1f %% wall, %+.1f %% CPU against plain\n", 100 * (opened.wall / plain.wall - 1), 100 * (opened.cpu / plain.cpu - 1));
  return 0;
}

}  // namespace
}  // namespace guzheng::test

// seal_bench FOLDER [ROUNDS [SECONDS [PACKET-BYTES]]]
int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: seal_bench EMPTY-FOLDER [ROUNDS=3 [SECONDS=7200 [PACKET-BYTES=40000]]]\n");
    return 1;
  }
  const auto number = [&](int i, long long otherwise) { return argc > i ? std::atoll(argv[i]) : otherwise; };
  return guzheng::test::run(argv[1], static_cast<int>(number(2, 3)), number(3, 7200), static_cast<std::size_t>(number(4, 40'000)));
}
