// What a node says of itself is foreign text: values or a refusal, never a guess. A-8.4
#include <gtest/gtest.h>

#include "core/device/node.h"

namespace guzheng {
namespace {

constexpr std::string_view kWhole =
    R"({"format":1,"host":"node-7","clock":{"ms":1795704645241,"synchronised":true},"uptime_s":29629,"milli_celsius":41500,)"
    R"("temperatures":[{"sensor":"coretemp/Package id 0","milli_celsius":41500}],"power":{"source":"battery","charge":87,"by":"nut"},)"
    R"("links":[{"name":"eth0","up":true,"mbit":1000},{"name":"eth1","up":false,"mbit":null}],"disk":{"path":"/","free":10,"total":20},)"
    R"("adb":{"port":5037,"protocol":41,"file":"/usr/bin/adb","sha256":"0c"},"leases":[{"serial":"A1","holder":"张三","since_ms":5}]})";

TEST(NodeState, every_value_of_a_whole_answer) {
  const auto state = parse_node_state(kWhole);
  ASSERT_TRUE(state) << state.error().what;
  EXPECT_EQ(state->host, "node-7");
  EXPECT_EQ(state->clock_ms, 1795704645241);
  EXPECT_EQ(state->clock_kept, true);
  EXPECT_EQ(state->uptime_s, 29629);
  EXPECT_EQ(state->milli_celsius, 41500);
  EXPECT_EQ(state->on_mains, false);
  EXPECT_EQ(state->charge, 87);
  ASSERT_EQ(state->links.size(), 2u);
  EXPECT_EQ(state->links[0].mbit, 1000);
  EXPECT_EQ(state->links[1].mbit, std::nullopt);
  EXPECT_EQ(state->disk_free, 10u);
  EXPECT_EQ(state->adb_protocol, 41);
  ASSERT_EQ(state->leases.size(), 1u);
  EXPECT_EQ(state->leases[0].holder, "张三");
  EXPECT_EQ(state->raw, kWhole);
}

// What the node could not read is unknown here, not zero and not good.
TEST(NodeState, what_is_not_known_stays_unknown) {
  const auto state = parse_node_state(R"({"format":1,"host":"n","clock":{"ms":1,"synchronised":null},"milli_celsius":null,"power":{"source":null}})");
  ASSERT_TRUE(state) << state.error().what;
  EXPECT_EQ(state->clock_kept, std::nullopt);
  EXPECT_EQ(state->milli_celsius, std::nullopt);
  EXPECT_EQ(state->on_mains, std::nullopt);
  EXPECT_EQ(state->charge, std::nullopt);
  EXPECT_EQ(state->adb_protocol, std::nullopt);
}

TEST(NodeState, other_formats_and_no_json_are_refused) {
  for (const auto* text : {"", "{}", "[]", "null", "{\"format\":2,\"host\":\"n\",\"clock\":{\"ms\":1}}", "{\"format\":1,\"host\":\"n\"}",
                           "{\"format\":1,\"host\":\"\",\"clock\":{\"ms\":1}}", "{\"format\":1,\"host\":\"n\",\"clock\":[]}"})
    EXPECT_FALSE(parse_node_state(text)) << text;
  EXPECT_FALSE(parse_node_state(std::string(2u << 20, ' ')));
}

// Members of another type than promised are unknown; nothing is read as something else.
TEST(NodeState, wrong_types_are_unknown) {
  const auto state = parse_node_state(
      R"({"format":1,"host":"n","clock":{"ms":1,"synchronised":"yes"},"milli_celsius":"41","power":[],"links":{"a":1},"leases":[1,null,"x"],"adb":7})");
  ASSERT_TRUE(state) << state.error().what;
  EXPECT_EQ(state->clock_kept, std::nullopt);
  EXPECT_EQ(state->milli_celsius, std::nullopt);
  EXPECT_TRUE(state->links.empty());
  EXPECT_TRUE(state->leases.empty());
}

// Foreign bytes: a number that does not fit is no number of another size.
TEST(NodeState, numbers_that_do_not_fit_are_unknown) {
  const auto state = parse_node_state(
      R"({"format":1,"host":"n","clock":{"ms":5},"milli_celsius":4294987296,"disk":{"free":-1,"total":20},"power":{"source":"mains","charge":-9999999999}})");
  ASSERT_TRUE(state) << state.error().what;
  EXPECT_FALSE(state->milli_celsius);
  EXPECT_EQ(state->disk_free, 0u);
  EXPECT_FALSE(state->charge);
}

}  // namespace
}  // namespace guzheng
