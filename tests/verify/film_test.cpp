// The recording's boxes, made by hand: what a recorder writes, and each way in which it may be wrong.
#include "core/seal/verify_film.h"

#include <gtest/gtest.h>

namespace guzheng {
namespace {

Bytes box(const char* type, const Bytes& payload) {
  Bytes out;
  put_be<std::uint32_t>(out, static_cast<std::uint32_t>(payload.size() + 8));
  append(out, as_bytes(type));
  append(out, payload);
  return out;
}
Bytes join(std::initializer_list<Bytes> parts) {
  Bytes out;
  for (const auto& part : parts) append(out, part);
  return out;
}
Bytes words(std::initializer_list<std::uint32_t> values) {
  Bytes out;
  for (const auto value : values) put_be<std::uint32_t>(out, value);
  return out;
}

Bytes head(std::uint32_t scale = 1'000'000) {
  Bytes entry = words({1, 0, 0, 0, 0, 0, 0});
  Bytes visual = Bytes(24, 0);
  put_be<std::uint16_t>(visual, 96);
  put_be<std::uint16_t>(visual, 160);
  Bytes stsd = words({0, 1});
  append(stsd, box("avc1", visual));
  Bytes handler = words({0, 0});
  append(handler, as_bytes("vide"));
  const Bytes mdia = join({box("mdhd", words({0, 0, 0, scale, 0, 0})), box("hdlr", handler), box("minf", box("stbl", box("stsd", stsd)))});
  const Bytes moov = join({box("trak", join({box("tkhd", words({0, 0, 0, 1, 0})), box("mdia", mdia)})),
                           box("mvex", box("trex", words({0, 1, 1, 0, 0, 0})))});
  return join({box("ftyp", words({0, 0})), box("moov", moov)});
}

Bytes fragment(std::uint32_t sequence, std::uint32_t time, bool key, std::uint32_t size = 5, std::uint32_t samples = 1) {
  const auto traf = [&](std::uint32_t offset) {
    return box("traf", join({box("tfhd", words({0x20000, 1})), box("tfdt", words({0, time})),
                             box("trun", words({0x205, samples, offset, key ? 0x2000000u : 0x1010000u, size}))}));
  };
  const Bytes mfhd = box("mfhd", words({0, sequence}));
  const auto length = static_cast<std::uint32_t>(8 + mfhd.size() + traf(0).size() + 8);
  return join({box("moof", join({mfhd, traf(length)})), box("mdat", Bytes(size, 7))});
}

Film read(const Bytes& bytes, std::size_t piece = 1000) {
  FilmReader reader;
  for (std::size_t at = 0; at < bytes.size(); at += piece) reader.feed(ByteView(bytes).subspan(at, std::min(piece, bytes.size() - at)));
  return reader.finish();
}

TEST(FilmReader, ReadsPacketsInPiecesOfAnySize) {                     // A-7.3b
  const Bytes film = join({head(), fragment(1, 0, true), fragment(2, 33'333, false), fragment(3, 66'666, false)});
  for (const std::size_t piece : {1u, 3u, 100u, 5000u}) {
    const Film read_film = read(film, piece);
    EXPECT_TRUE(read_film.problems.empty()) << read_film.problems.front();
    EXPECT_EQ(read_film.pts_us, (std::vector<std::int64_t>{0, 33'333, 66'666}));
    EXPECT_EQ(read_film.codec, "avc1");
    EXPECT_EQ(read_film.width, 96u);
    EXPECT_EQ(read_film.height, 160u);
  }
}

TEST(FilmReader, WrongFormsAreFound) {
  const auto problems = [](const Bytes& film) { return read(film).problems.size(); };
  const Bytes first = fragment(1, 0, true);
  EXPECT_GT(problems(join({head(90'000), first})), 0u);
  EXPECT_GT(problems(join({head(), fragment(1, 0, false)})), 0u) << "no key frame first";
  EXPECT_GT(problems(join({head(), fragment(1, 5, true)})), 0u) << "not from 0";
  EXPECT_GT(problems(join({head(), first, fragment(2, 0, false)})), 0u) << "does not rise";
  EXPECT_GT(problems(join({head(), first, fragment(3, 9, false)})), 0u) << "number left out";
  EXPECT_GT(problems(join({head(), fragment(1, 0, true, 5, 2)})), 0u) << "two packets in a fragment";
  EXPECT_GT(problems(join({first, head()})), 0u) << "fragment before header";
  EXPECT_GT(problems(join({head(), first, box("free", Bytes(9, 1))})), 0u) << "a foreign box";
  EXPECT_GT(problems(join({head(), first, box("mdat", Bytes(9, 1))})), 0u) << "data of no fragment";
  EXPECT_GT(problems({}), 0u);
}

TEST(FilmReader, EveryTruncationIsFound) {
  const Bytes film = join({head(), fragment(1, 0, true)});
  const std::size_t header = head().size();
  for (std::size_t size = 0; size < film.size(); ++size) {
    if (size == header) continue;                       // a header alone is whole; the journal's packet count tells
    EXPECT_FALSE(read(Bytes(film.begin(), film.begin() + static_cast<std::ptrdiff_t>(size))).problems.empty()) << size;
  }
}

}  // namespace
}  // namespace guzheng
