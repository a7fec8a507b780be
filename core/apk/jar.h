// Room apk, private. The oldest scheme, v1: JAR signing. META-INF/MANIFEST.MF holds a digest of each entry, META-INF/X.SF digests of
// the manifest, META-INF/X.RSA (.DSA, .EC) a PKCS#7 signature over X.SF.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/apk/layout.h"

namespace guzheng {

// A part of a manifest or .SF file, from its first line to the empty line behind it.
struct JarSection {
  std::string name;                          // "" of the main section
  std::map<std::string, std::string> values; // by attribute name in lower case
  std::string_view raw;                      // with the empty line; into the text that was parsed
};
// Pure. Invalid: a line without a colon, a section without a name, too much of something. The first section is the main one.
Result<std::vector<JarSection>> parse_jar_text(std::string_view text);

// Certificate (DER) of each signer. NotFound: not signed so. Tampered: signed, and something does not fit, or the signer
// says that newer schemes were there too which this Android knows (`knows_v2`, `knows_v3`).
Result<std::vector<Bytes>> verify_v1(const ApkSource& apk, const ApkLayout& layout, bool knows_v2, bool knows_v3);

}  // namespace guzheng
