#include "tests/support/fake_link.h"

#include "tests/device/link_contract.h"

namespace guzheng::test {
namespace {

std::unique_ptr<LinkUnderTest> make_fake() {
  FakePhone phone;
  phone.real_time = false;
  phone.shell["echo guzheng"] = {to_bytes("guzheng\n"), {}, 0};
  auto link = std::make_unique<FakeLink>(phone);
  auto under_test = std::make_unique<LinkUnderTest>();
  under_test->pull_cable = [fake = link.get()] { fake->cut(); };
  under_test->link = std::move(link);
  return under_test;
}

INSTANTIATE_TEST_SUITE_P(Fake, LinkContract, testing::Values(MakeLink(&make_fake)), one_link);

TEST(FakeLink, dies_after_the_packets_it_was_told) {
  FakePhone phone;
  phone.real_time = false;
  phone.die_after_packets = 5;
  FakeLink link(phone);
  const auto stream = link.start_screen({});
  ASSERT_TRUE(stream);
  int packets = 0;
  for (;;) {
    const auto event = (*stream)->next_video();
    if (!event) {
      EXPECT_EQ(event.error().kind, ErrorKind::Network);
      break;
    }
    packets += std::holds_alternative<StreamVideoPacket>(*event) ? 1 : 0;
  }
  EXPECT_EQ(packets, 5);
  EXPECT_EQ(link.delivered().size(), 5u);
  EXPECT_FALSE(link.screenshot(std::chrono::milliseconds(1000)));
}

TEST(FakeLink, a_slow_hierarchy_ends_with_the_limit) {
  FakePhone phone;
  phone.hierarchy_delay = std::chrono::milliseconds(60'000);
  FakeLink link(phone);
  const auto xml = link.hierarchy(std::chrono::milliseconds(20));
  ASSERT_FALSE(xml);
  EXPECT_EQ(xml.error().kind, ErrorKind::Timeout);
}

}  // namespace
}  // namespace guzheng::test
