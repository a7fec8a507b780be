// guzheng-phone: wires the training phone's parts and waits for the end.
#include <QGuiApplication>
#include <csignal>
#include <ctime>
#include <iostream>

#include "core/base/file.h"
#include "core/base/log.h"
#include "core/base/random.h"
#include "core/training/adb/listener.h"
#include "core/training/phone.h"
#include "core/training/services/services.h"
#include "options.h"

using namespace guzheng;
using namespace guzheng::training;

namespace {
// Blocks until SIGINT or SIGTERM; false after `seconds` (0: no limit) without one.
bool wait_for_signal(const sigset_t& signals, double seconds) {
  if (seconds <= 0) {
    int which = 0;
    return sigwait(&signals, &which) == 0;
  }
  timespec limit{};
  limit.tv_sec = static_cast<time_t>(seconds);
  limit.tv_nsec = static_cast<long>((seconds - static_cast<double>(limit.tv_sec)) * 1e9);
  return sigtimedwait(&signals, nullptr, &limit) >= 0;
}

// Sleeps through the phone's planned life: a cut, its mending, the end.
void live(const PhoneOptions& options, const sigset_t& signals, const Clock& clock, AdbListener& listener) {
  const auto start = clock.monotonic().us;
  const auto passed = [&] { return static_cast<double>(clock.monotonic().us - start) / 1e6; };
  const auto wait_until = [&](double when) {       // true when it is over
    const bool ends_first = options.stop_after_s > 0 && options.stop_after_s <= when;
    const double left = (ends_first ? options.stop_after_s : when) - passed();
    return wait_for_signal(signals, std::max(left, 0.001)) || ends_first;
  };
  if (options.cut_after_s > 0) {
    if (wait_until(options.cut_after_s)) return;
    listener.unplug();
    if (options.cut_for_s > 0) {
      if (wait_until(options.cut_after_s + options.cut_for_s)) return;
      listener.plug_in();
    }
  }
  wait_for_signal(signals, options.stop_after_s > 0 ? std::max(options.stop_after_s - passed(), 0.001) : 0);
}

int failed(const Error& error) {
  std::cerr << "guzheng-phone: " << error.what << "\n";
  return 2;
}

int run(const PhoneOptions& options, const sigset_t& signals) {
  const SystemClock clock;
  if (!options.state.empty())
    if (const auto made = make_private_folder(options.state); !made) return failed(made.error());
  const auto remembered = options.state.empty() ? std::filesystem::path() : options.state / "adb_keys";
  KeyRing keys(options.auth, remembered);
  if (options.auth == AuthMode::Keys) {
    if (const auto loaded = keys.load(options.auth_keys); !loaded) return failed(loaded.error());
  } else if (!remembered.empty() && std::filesystem::exists(remembered)) {
    if (const auto loaded = keys.load(remembered); !loaded) return failed(loaded.error());
  }
  Phone phone(options.switches, clock);
  if (const auto started = phone.screen.start(); !started) return failed(started.error());

  ConnectionSetup setup;
  setup.banner = make_banner(options.switches);
  setup.keys = &keys;
  setup.random = random_bytes;
  setup.open = make_services(phone);
  setup.gone = [&phone](AdbConnection& host) { phone.sockets.remove_reverses_of(host.name()); };
  setup.bytes_per_second = options.bytes_per_second;
  AdbListener listener(std::move(setup));
  const auto port = listener.start(options.port);
  if (!port) return failed(port.error());
  std::cout << "listening 127.0.0.1:" << *port << " serial " << options.switches.serial << std::endl;
  live(options, signals, clock, listener);
  listener.stop();
  phone.screen.stop();
  return 0;
}

void quiet(QtMsgType, const QMessageLogContext&, const QString& text) { log_debug("qt", text.toStdString()); }
}  // namespace

int main(int argc, char** argv) {
  int code = 0;
  const auto options = read_options(argc, argv, code);
  if (!options) return code;
  sigset_t signals;                       // blocked before any thread starts, so that only wait_for_signal sees them
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  qputenv("QT_QPA_PLATFORM", "offscreen");   // it paints into memory: no display is needed or touched
  qInstallMessageHandler(quiet);
  QGuiApplication application(argc, argv);
  return run(*options, signals);
}
