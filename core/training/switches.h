// Room training. What kind of phone this is: the program's switches, as values. Pure.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace guzheng::training {

enum class Scene { Mall, Counter, Taps, Scroll, Live };      // Taps: the counter's blocks, counting fingers put down
constexpr bool shows_counter(Scene scene) { return scene == Scene::Counter || scene == Scene::Taps; }
enum class Network { Wifi, Mobile };
enum class Persona { Newcomer, Regular };     // whom the mall takes its user for: a regular pays more and is shown the goods in another order

struct Switches {
  std::string serial = "PRACTICE0001";
  int width = 720, height = 1280;             // pixels, upright
  int fps = 30;                               // the display's refresh rate
  Scene scene = Scene::Mall;
  Network network = Network::Wifi;
  Persona persona = Persona::Newcomer;
  int battery = 86;                           // percent
  std::int64_t clock_offset_ms = 0;           // the phone's wall clock minus the true one
  bool rooted = false, vpn = false, proxy = false, foreign_ca = false, storage_full = false, fake_signature = false;
  bool offline = false, bad_hosts = false, emulator = false;
  bool wifi_proxy = false;                    // set for this one network, as the Wi-Fi dialog does: no global setting tells of it
  bool root_shell = false, root_manager = false;       // adbd runs as root; a program that hands out root is installed, and no su in sight
  bool manual_time = false, mock_location = false, resized = false, own_keys = false;
  bool secure_page = false;                   // FLAG_SECURE: black picture, hierarchy as usual
  bool landscape = false;                     // starts turned
  bool no_audio = false;                      // gives no sound, as Android before 11
  int hierarchy_delay_ms = 0, screencap_delay_ms = 0;
  bool hierarchy_fail = false;
  int repeat_frames = -1;                     // how often an unchanged frame is sent again; -1: without end
  std::filesystem::path paint_log, packet_log;  // empty: none
};

}  // namespace guzheng::training
