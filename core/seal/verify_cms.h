// Room seal, private. CMS SignedData and RFC 3161 responses, taken apart strictly: every field of the container is
// either signed, fixed or refused, so that no byte of a signature or token is free. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/seal/verify_x509.h"

namespace guzheng {

struct SignedMessage {
  CertificatePtr signer;
  std::vector<CertificatePtr> others;      // further certificates inside
  Bytes content;                           // encapsulated; empty when detached
  bool detached = true;
  std::string content_type;
  Bytes message_digest;                    // of the content, as signed
  std::string digest_oid;
  std::optional<WallTime> signing_time;
};

// One signer, SHA-256 or better, its certificate inside, signed attributes with content type and message digest, no unsigned ones,
// DER that re-encodes to itself, and a signature that fits. Says nothing about trust, and does not see a detached content:
// the caller compares `message_digest` with a digest of digest_oid's kind.
Result<SignedMessage> read_signed_message(ByteView der);

// SHA-256, -384 or -512 by their object identifier; empty for any other.
Bytes digest_by_oid(std::string_view oid, ByteView bytes);

struct StampToken {
  SignedMessage message;
  WallTime time;
  Bytes imprint;                           // SHA-256
  std::string policy, serial;
};

// What a token says, from its TSTInfo in DER: time, imprint, policy, serial. read_stamp_response does it after the signature fitted.
Status read_tst_info(ByteView der, StampToken& into);

// A granted TimeStampResp with nothing but the token.
Result<StampToken> read_stamp_response(ByteView tsr);

}  // namespace guzheng
