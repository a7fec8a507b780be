// DER as the verifier reads it: one spelling.
#include "core/seal/verify_der.h"

#include <gtest/gtest.h>

namespace guzheng {
namespace {

TEST(DerReader, RefusesOtherSpellingsOfLength) {
  for (const Bytes& bad : {Bytes{0x30, 0x80, 0, 0}, Bytes{0x04, 0x81, 0x01, 0x00}, Bytes{0x04, 0x82, 0x00, 0x80}, Bytes{0x04, 0x05, 1},
                           Bytes{0x1f, 0x01, 0}, Bytes{0x30}, Bytes{0x04, 0x85, 1, 1, 1, 1, 1}}) {
    DerReader reader(bad);
    EXPECT_FALSE(reader.next());
    EXPECT_TRUE(reader.bad());
  }
  const Bytes good{0x04, 0x01, 0xaa, 0x05, 0x00};
  DerReader reader(good);
  EXPECT_EQ(reader.need(0x04).content.size(), 1u);
  EXPECT_FALSE(reader.next_if(0x04));
  EXPECT_TRUE(reader.next_if(0x05));
  EXPECT_TRUE(reader.at_end());
  EXPECT_FALSE(reader.bad());
}

TEST(DerReader, Values) {
  EXPECT_EQ(der_oid(Bytes{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02}), "1.2.840.113549.1.7.2");
  EXPECT_EQ(der_oid(Bytes{0x2a, 0x80, 0x01}), "");
  EXPECT_EQ(der_small_integer(Bytes{0x00, 0x80}), 128u);
  EXPECT_FALSE(der_small_integer(Bytes{0x00, 0x01}));
  EXPECT_FALSE(der_small_integer(Bytes{0x80}));
  const auto time = [](std::uint8_t tag, std::string_view text) { return der_time({tag, as_bytes(text), {}}); };
  EXPECT_EQ(time(0x18, "20261121063212Z"), parse_time("2026-11-21T06:32:12.000+00:00"));
  EXPECT_EQ(time(0x18, "20261121063212.5Z"), parse_time("2026-11-21T06:32:12.500+00:00"));
  EXPECT_EQ(time(0x17, "261121063212Z"), parse_time("2026-11-21T06:32:12.000+00:00"));
  for (const char* bad : {"20261121063212", "20261121063212.50Z", "20261121063212.Z", "20261321063212Z", "2026112106321xZ"})
    EXPECT_FALSE(time(0x18, bad)) << bad;
}

}  // namespace
}  // namespace guzheng
