// Room seal. The certificate of verification (核验证明): one page in plain language of what was checked, what each proof rests on and
// what cannot be proved (B-5.4.4a). Pure: values in, page out; any thread.
#pragma once

#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/seal/proof_words.h"
#include "core/seal/verify.h"

namespace guzheng {

struct CertificateSection {
  std::string heading;
  std::vector<std::string> lines;
};

struct CertificatePage {
  std::string title, verdict;                    // verdict: one sentence
  std::vector<CertificateSection> sections;
};

struct CertificateFacts {
  const Verification& verification;
  std::string file, version;                     // what was verified, as named; of the program below
  WallTime at;                                   // when
  int zone_minutes = 480;
  std::string program = "guzheng-evidence";      // that verified
};

CertificatePage make_certificate(const CertificateFacts& facts, Language language);

// Chinese first, English second. Plain text, UTF-8.
std::string certificate_text(const CertificateFacts& facts);
// The same as one self-contained page of HTML, A4 when printed: no script, nothing loaded from elsewhere.
std::string certificate_html(const CertificateFacts& facts);

}  // namespace guzheng
