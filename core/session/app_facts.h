// Room session. What is asked of a phone about one app: what it says itself, and what its package proves (A-7.3a).
#pragma once

#include "core/session/app_proof.h"
#include "core/session/probe.h"

namespace guzheng {

struct AppFacts {
  Foreground app;                            // package "": no app is in front, or none that is looked at
  AppVersion version;
  std::vector<AppFile> files;                // its APKs with the digests that the phone says
  std::string base;                          // path of base.apk, "" when the phone did not say
  AppProof proof;
  std::string raw;                           // the commands with their answers
};

// Which app is in front; empty: the phone did not say, or in a form not known.
std::optional<Foreground> foreground_app(DeviceLink& link, std::chrono::milliseconds limit);

struct AppQuestion {
  std::uint32_t sdk = 0;                     // of the phone's Android; 0: not known
  std::filesystem::path spool;               // AppProofs::prove
  std::chrono::milliseconds limit{0};        // for fetching its package
  Cancel cancel;
};
// Blocks: shells of some seconds at most, then the package. A launcher is no app: nothing is asked.
AppFacts ask_app(DeviceLink& link, const Foreground& app, AppProofs& proofs, const AppQuestion& question);

}  // namespace guzheng
