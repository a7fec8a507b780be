// Room session. What a headless capture needs around a session: a phone that answers, the practice bureau, a script, a
// sealed package. Used by the command line and by the installer's first run.
#pragma once

#include <functional>
#include <optional>

#include "core/device/server_file.h"
#include "core/session/script_runner.h"

namespace guzheng {

struct PhoneChoice {
  std::string host = "127.0.0.1";
  std::uint16_t port = 5037;
  std::string serial;                        // "": the only phone there is
  std::shared_ptr<SshTransport> node;        // a node beyond a network, instead of host and port
};
struct Phone {
  std::shared_ptr<DeviceLink> link;
  std::string serial, model;
  int adb_version = 0;
  std::shared_ptr<AdbServer> server;
};
// Network: no adb server answers. NotFound: no phone, or not that one. Denied: it has not been authorised. Invalid: more
// than one and none named. The sentence says what to do.
Result<Phone> find_phone(const PhoneChoice& choice);

// SHA-256 of resources/training/scrcpy-server-practice.jar, the stand-in that training phones run: accepted beside
// upstream's own for practice, and no other file is.
inline constexpr std::string_view kPracticeServerSha256 = "6687dd5c816ecd22f3071fdd762330cde93ae6bd716780ba93f816ecdb8ef88e";

// For training phones `file`, which is to be that one; nothing else is pushed to them, and it to no other phone.
ServerOffer practice_offer(const std::filesystem::path& file);

// Which certificate the training phone's app is known by: resources/training/app-baseline.txt, beside which the package lies. For practice
// bureaus that were given no baseline.
AppBaseline practice_baseline();

struct PracticeRun {
  PhoneChoice phone;
  std::optional<NodeFacts> node;             // of phone.node
  std::shared_ptr<PhoneLease> lease;         // likewise
  Script script;
  std::filesystem::path desk;                // practice bureau, made when it is not there; not used with …
  std::optional<Bureau> bureau;              // … a bureau that the caller opened, whose officers are named here
  std::shared_ptr<Signer> officer1, officer2;
  std::string officer2_certificate_pem;      // the second officer signs later; then officer2 is null
  std::vector<EnvOverride> overrides;
  std::optional<AppBaseline> app_baseline;   // none: of a practice bureau practice_baseline(), else an empty one
  std::vector<std::string> server_digests;   // accepted beside upstream's own (policy)
  std::filesystem::path vault;
  std::optional<VaultLimits> limits;         // of the policy
  bool audio = false;                        // record what the phone plays
  std::function<Result<std::vector<std::string>>()> texts;   // asked for at the end: the text record of each stretch of sound, in order
  std::string server_file;                   // scrcpy server to push
  ScrcpyVersion version;
  std::string software_name = "Guzheng", software_version;
  const Clock* clock = nullptr;
  SessionListener* listener = nullptr;
  std::function<void(std::size_t step, const ScriptStep&)> progress;
  std::shared_ptr<const ScriptSecrets> secrets;   // what the script types and does not say; null: none
  std::shared_ptr<Witness> witness;          // as SessionSetup has it
  CalledOff cancelled;                       // the script then stops, and what was recorded is sealed
};
struct PracticeOutcome {
  SealedPackage package;
  std::string script_error;                  // not empty: the script stopped, the package is 不完整
  std::optional<ScriptStop> stop;            // where and why, when a step could not be done
  Bureau bureau;
};
// What a session of it needs, but for `group`. `run`, `bureau` and `vault` must outlive the session.
SessionSetup setup_of(const PracticeRun& run, const Phone& phone, const Bureau& bureau, Vault& vault);
Result<PracticeOutcome> run_practice(const PracticeRun& run);

}  // namespace guzheng
