#include "core/identity/practice_tsa.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <mutex>

#include "core/base/file.h"
#include "core/identity/timestamp.h"

namespace guzheng {

namespace {

// A policy of our own under the documentation arc; real authorities name theirs.
constexpr const char* kPracticePolicy = "1.3.6.1.4.1.32473.1.1";      // 32473: reserved for examples (RFC 5612)

// Next token number, never given twice: counted in a file under its lock.
Result<std::uint64_t> next_serial(const std::filesystem::path& path) {
  const UniqueFd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!fd) return fail_errno("open " + path.string());
  while (::flock(fd.get(), LOCK_EX) != 0)                             // closing the file unlocks it
    if (errno != EINTR) return fail_errno("lock " + path.string());
  char text[32] = {};
  if (::pread(fd.get(), text, sizeof text - 1, 0) < 0) return fail_errno("read " + path.string());
  const std::uint64_t serial = std::strtoull(text, nullptr, 10) + 1;
  const std::string line = std::to_string(serial) + "\n";             // never shorter than the one before
  if (::pwrite(fd.get(), line.data(), line.size(), 0) != static_cast<ssize_t>(line.size()))
    return fail_errno("write " + path.string());
  return serial;
}

ASN1_INTEGER* give_serial(TS_RESP_CTX*, void* data) {
  ASN1_INTEGER* out = ASN1_INTEGER_new();
  if (out) ASN1_INTEGER_set_uint64(out, *static_cast<std::uint64_t*>(data));
  return out;
}

int give_time(TS_RESP_CTX*, void* data, long* seconds, long* microseconds) {
  const auto ms = static_cast<const Clock*>(data)->wall().ms;
  *seconds = static_cast<long>(ms / 1000);
  *microseconds = static_cast<long>(ms % 1000) * 1000;
  return 1;
}

class PracticeAuthority final : public TimestampAuthority {
 public:
  PracticeAuthority(std::string name, std::unique_ptr<LazyKey> key, std::filesystem::path serial_file, const Clock& clock)
      : name_(std::move(name)), key_(std::move(key)), serial_file_(std::move(serial_file)), clock_(clock) {}

  [[nodiscard]] std::string name() const override { return name_; }

  Result<Bytes> stamp(ByteView imprint) override {
    const Bytes nonce = make_nonce();
    GZ_TRY_ASSIGN(const auto request, build_timestamp_request(imprint, nonce));
    GZ_TRY_ASSIGN(auto response, answer(request));
    GZ_TRY(check_timestamp_response(response, imprint, nonce));
    return response;
  }

 private:
  // One token at a time: tokens leave in the order of their times (TS_ORDERING).
  Result<Bytes> answer(ByteView request) {
    const std::lock_guard lock(mutex_);
    GZ_TRY_ASSIGN(EVP_PKEY* const key, key_->get());
    GZ_TRY_ASSIGN(std::uint64_t serial, next_serial(serial_file_));
    const ssl::TsResponder responder(TS_RESP_CTX_new());
    const ssl::Object policy(OBJ_txt2obj(kPracticePolicy, 1));
    if (!responder || !policy || TS_RESP_CTX_set_signer_cert(responder.get(), key_->cert()) != 1 ||
        TS_RESP_CTX_set_signer_key(responder.get(), key) != 1 ||
        TS_RESP_CTX_set_signer_digest(responder.get(), EVP_sha256()) != 1 ||
        TS_RESP_CTX_set_ess_cert_id_digest(responder.get(), EVP_sha256()) != 1 ||
        TS_RESP_CTX_set_def_policy(responder.get(), policy.get()) != 1 ||
        TS_RESP_CTX_add_md(responder.get(), EVP_sha256()) != 1 || TS_RESP_CTX_set_accuracy(responder.get(), 1, 0, 0) != 1 ||
        TS_RESP_CTX_set_clock_precision_digits(responder.get(), 3) != 1)
      return ssl::failure("set up the practice authority");
    TS_RESP_CTX_add_flags(responder.get(), TS_ORDERING | TS_TSA_NAME);
    TS_RESP_CTX_set_serial_cb(responder.get(), give_serial, &serial);
    TS_RESP_CTX_set_time_cb(responder.get(), give_time, const_cast<Clock*>(&clock_));
    const ssl::Bio bio = ssl::memory(request);
    const ssl::TsResponse response(TS_RESP_create_response(responder.get(), bio.get()));
    if (!response) return ssl::failure("answer a time-stamp request");
    return ssl::to_der(response.get(), i2d_TS_RESP);
  }

  const std::string name_;
  const std::unique_ptr<LazyKey> key_;
  const std::filesystem::path serial_file_;
  const Clock& clock_;
  std::mutex mutex_;
};

}  // namespace

std::shared_ptr<TimestampAuthority> make_practice_authority(std::string name, std::unique_ptr<LazyKey> key,
                                                            std::filesystem::path serial_file, const Clock& clock) {
  return std::make_shared<PracticeAuthority>(std::move(name), std::move(key), std::move(serial_file), clock);
}

}  // namespace guzheng
