// 移交 into a medium's folder that cannot take all of it: nothing of a hand-over that never happened stays there unsaid (A-7.4, B-5.4.4).
#include <gmock/gmock.h>

#include "core/vault/handover.h"
#include "tests/vault/care_fixture.h"

namespace guzheng {
namespace {

using namespace test;
using testing::AllOf;
using testing::HasSubstr;

class HandOverTest : public CareTest {
 protected:
  // `in_the_way` comes to stand on the medium while the hand-over is being made there.
  Result<HandedOver> hand_over_beside(const std::string& id, const std::string& in_the_way) {
    medium_ = root_ / "medium";
    fs::create_directories(medium_);
    return hand_over({{sealed(id)}, "法院", "U 盘"}, medium_, *bureau().officers[0], bureau(), clock_, [&, in_the_way](std::uint64_t, std::uint64_t) {
      fs::create_directories(medium_ / in_the_way / "something");
      return true;
    });
  }
  std::vector<std::string> left() {
    std::vector<std::string> out;
    for (const auto& entry : fs::directory_iterator(medium_)) out.push_back(entry.path().filename().string());
    std::sort(out.begin(), out.end());
    return out;
  }
  fs::path medium_;
};

TEST_F(HandOverTest, AMediumThatTakesNotAllKeepsNothing) {
  const auto id = package();
  const auto failed = hand_over_beside(id, "SHA256SUMS");
  ASSERT_FALSE(failed);
  EXPECT_THAT(failed.error().what, AllOf(HasSubstr("put SHA256SUMS into"), HasSubstr("nothing was handed over"), HasSubstr("was taken away again")));
  EXPECT_THAT(left(), testing::ElementsAre("SHA256SUMS")) << "what stood in the way, and no record of a hand-over";
  fs::remove_all(medium_ / "SHA256SUMS");
  const auto again = hand_over({{sealed(id)}, "法院", "U 盘"}, medium_, *bureau().officers[0], bureau(), clock_);
  ASSERT_TRUE(again) << again.error().what;
  EXPECT_THAT(left(), testing::ElementsAre(id + ".handover", id + ".zip", "SHA256SUMS", "VERIFY.txt", "verify.sh"));
}

}  // namespace
}  // namespace guzheng
