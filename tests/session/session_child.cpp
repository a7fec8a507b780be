// Records (with any second argument sound too) against a scripted phone until it is killed. Prints a line for each capture that stands.
#include <cstdio>

#include "tests/session/session_fixture.h"

using namespace guzheng;
using namespace guzheng::test;

int main(int argc, char** argv) {
  if (argc != 2 && argc != 3) return 1;
  Desk desk(argv[1]);
  FakePhone phone = training_phone();
  if (argc == 3) phone.sound_packets = 200;
  SessionSetup setup = desk.setup(std::make_shared<FakeLink>(phone));
  setup.screen.audio = argc == 3;
  auto session = CaptureSession::start(std::move(setup));
  if (!session) {
    std::fprintf(stderr, "%s\n", session.error().what.c_str());
    return 2;
  }
  (*session)->set_secret_mode(true);
  (*session)->input(TextEvent{"secret-of-the-child"});
  (*session)->set_secret_mode(false);
  for (int n = 1;; ++n) {
    (*session)->capture(page(n % 2 == 0 ? ItemKind::Licence : ItemKind::ShopHome, "第" + std::to_string(n) + "页"));
    (*session)->wait_captures();
    (*session)->input(touch(n % 2 == 0 ? TouchAction::Up : TouchAction::Down, n, n));
    std::printf("captured %d\n", n);
    std::fflush(stdout);
  }
}
