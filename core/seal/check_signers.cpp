#include <openssl/objects.h>

#include <algorithm>
#include <set>

#include "core/seal/check_trust.h"

namespace guzheng {

namespace {

constexpr const char* kPeople = "data/attach/people.json";
constexpr const char* kUnsigned = "待签";

struct Named {                       // what people.json says of one signer
  std::string role, name, badge, sha256;
};

std::vector<Named> read_people(const Bag& bag, VerifyReport& report) {
  std::vector<Named> out;
  const Json people = bag.attached("people");
  if (!people.is_object() || !people.contains("officers") || !people["officers"].is_array() || !people.contains("station")) {
    report.broken("signer.people", kPeople, "it does not name officers and station");
    return out;
  }
  out.push_back({"station", text_at(people["station"], "name"), "", text_at(people["station"], "certificate_sha256")});
  for (const auto& officer : people["officers"])
    out.push_back({text_at(officer, "role"), text_at(officer, "name"), text_at(officer, "badge"), text_at(officer, "certificate_sha256")});
  if (out.size() != 3 || out[1].role != "officer1" || out[2].role != "officer2")
    report.broken("signer.people", kPeople, "not officer1 and officer2, in this order");
  return out;
}

void check_distinct(const std::vector<Named>& people, const std::vector<CertificatePtr>& keys, VerifyReport& report) {
  std::set<std::string> certificates, badges;
  std::set<Bytes> public_keys;
  for (const auto& one : people) {
    if (!is_hex_digest(one.sha256)) report.broken("signer.people", kPeople, one.role + " has no certificate digest");
    if (!certificates.insert(one.sha256).second) report.broken("signer.distinct", kPeople, "two signers have one certificate");
    if (one.role == "station") continue;
    if (one.badge.empty() || !badges.insert(one.badge).second)
      report.broken("signer.distinct", kPeople, "the officers' badges are not two");
  }
  for (const auto& certificate : keys) {
    unsigned char* der = nullptr;
    const int length = i2d_PUBKEY(X509_get0_pubkey(certificate.get()), &der);
    if (length > 0 && !public_keys.insert(Bytes(der, der + length)).second)
      report.broken("signer.distinct", "seal/certs", "two signers have one key");
    OPENSSL_free(der);
  }
}

void tell_trust(const TrustAnswer& trust, const std::string& path, VerifyReport& report) {
  switch (trust.problem) {
    case TrustProblem::None: return;
    case TrustProblem::Revoked: return report.broken("signer.revoked", path, "the certificate had been revoked");
    case TrustProblem::Expired: return report.broken("signer.expired", path, "the certificate had expired when it was sealed");
    case TrustProblem::NotYetValid: return report.broken("signer.expired", path, "the certificate was not valid yet when it was sealed");
    case TrustProblem::NoCrl:
    case TrustProblem::Crl: return report.broken("signer.crl", "seal/certs/org.crl", "no revocation list that was valid then: " + trust.text);
    case TrustProblem::Chain: break;
  }
  report.broken("signer.chain", path, "the certificate is not vouched for by the given root: " + trust.text);
}

bool a_newer_list_reaches(const RootsGiven& roots, WallTime at) {
  return std::any_of(roots.crls.begin(), roots.crls.end(), [&](const auto& crl) {
    const auto issued = crl_issued(crl.get());
    return issued && *issued >= at;
  });
}

void tell_revoked_later(const std::string& path, WallTime when, VerifyReport& report) {
  report.note("signer.revoked-later", path, "the certificate was revoked at " + format_time(when) + ", after this signature: the signature stands");
}

void check_person(X509* certificate, const std::string& path, const Bag& bag, const RootsGiven& roots, SignedWhen when, VerifyReport& report) {
  if (!may_sign_evidence(certificate)) report.broken("signer.usage", path, "the certificate's key usage has no nonRepudiation");
  if (roots.org.empty()) return report.missing("org-root");
  const auto crls = crls_from_pem(bag.text("seal/certs/org.crl"));
  auto trust = check_trust(certificate, roots.org, {}, &crls, when.at);
  const auto no_list = [&] { return trust.problem == TrustProblem::Crl || trust.problem == TrustProblem::NoCrl; };
  if (when.later && no_list()) {
    // `now` no list can have been issued after: there the newest list that is valid now decides
    if (when.stamped && !a_newer_list_reaches(roots, when.at)) return report.missing("crl");
    trust = check_trust(certificate, roots.org, {}, when.stamped ? nullptr : &roots.crls, when.at);
    if (no_list()) return report.missing("crl");
  }
  if (trust.problem == TrustProblem::Expired && !when.stamped) return report.missing("signature-time");
  tell_trust(trust, path, report);
  if (trust.revoked_later) tell_revoked_later(path, *trust.revoked_later, report);
  const auto newer = revoked_at(certificate, roots.crls);
  if (newer && *newer <= when.at) report.broken("signer.revoked", path, "the certificate had been revoked, as a newer list says");
  else if (newer && !trust.revoked_later) tell_revoked_later(path, *newer, report);
}

}  // namespace

ProofBasis basis_of(std::string role, X509* certificate) {
  return {std::move(role), subject_text(certificate, NID_commonName), subject_text(certificate, NID_serialNumber), certificate_sha256(certificate),
          valid_until(certificate)};
}

SignedWhen signed_when(const Bag& bag, const std::string& signature, const RootsGiven& roots) {
  if (const auto stamp = read_stamp_response(as_bytes(bag.beside_text(signature + ".tsr")))) return {stamp->time, true};
  const auto renewed = roots.renewed.find(bag.id + "." + signature);
  return renewed != roots.renewed.end() ? SignedWhen{renewed->second, true} : SignedWhen{roots.now, true, false};
}

bool check_detached(const Bag& bag, std::string_view p7s, const std::string& path, const std::string& content_sha256,
                    const std::string& certificate, const RootsGiven& roots, SignedWhen when, VerifyReport& report) {
  auto message = read_signed_message(as_bytes(p7s));
  if (!message) {
    report.broken("signer.form", path, message.error().what);
    return false;
  }
  bool good = true;
  const auto wrong = [&](std::string_view rule, const char* what) {
    report.broken(rule, path, what);
    good = false;
  };
  if (!message->detached) wrong("signer.form", "the signature is not detached");
  if (message->content_type != "1.2.840.113549.1.7.1") wrong("signer.form", "the signature is not over plain data");
  if (!message->signing_time) wrong("signer.form", "no signing time among the signed attributes");
  if (message->digest_oid != "2.16.840.1.101.3.4.2.1") wrong("signer.form", "the digest is not SHA-256");
  if (to_hex(message->message_digest) != content_sha256) wrong("signer.content", "the signature is over other bytes");
  if (!certificate.empty() && certificate_sha256(message->signer.get()) != certificate)
    wrong("signer.people", "signed by another certificate than people.json names");
  check_person(message->signer.get(), path, bag, roots, when, report);
  return good;
}

SignerFacts check_signers(const Bag& bag, const RootsGiven& roots, WallTime at, const StampFacts& stamps, VerifyReport& report) {
  SignerFacts facts;
  std::vector<CertificatePtr> certificates;
  const auto people = read_people(bag, report);
  const std::string tag = bag.sha256("tagmanifest-sha256.txt");
  for (const auto& one : people) {
    if (one.role != "station" && one.role != "officer1" && one.role != "officer2") continue;
    const std::string crt = "seal/certs/" + one.role + ".crt", sig = "seal/sig-" + one.role + ".p7s";
    auto found = certificates_from_pem(bag.text(crt));
    if (found.size() != 1 || certificate_sha256(found[0].get()) != one.sha256)
      report.broken("signer.people", crt, "not the certificate that people.json names");
    if (found.size() == 1) {
      const auto badge = subject_text(found[0].get(), NID_serialNumber);
      if (one.role != "station" && badge != one.badge)
        report.broken("signer.people", crt, "its badge is not the one in people.json");
      if (one.role != "station" && subject_text(found[0].get(), NID_commonName) != one.name)
        report.broken("signer.people", crt, "its name is not the one in people.json");
      report.rests_on(basis_of(one.role, found[0].get()));
      certificates.push_back(std::move(found[0]));
    }
    const bool later = one.role == "officer2" && bag.find_beside("after/sig-officer2.p7s");
    if (bag.has(sig)) {
      const bool good = check_detached(bag, bag.text(sig), sig, tag, one.sha256, roots, {at}, report);
      facts.good += good;
      if (later) report.broken("signer.form", bag.id + ".after/sig-officer2.p7s", "a second signature where there is one already");
      if (one.role == "officer2") facts.second_signature = true;
    } else if (later) {
      const std::string path = "after/sig-officer2.p7s", shown = bag.id + "." + path;
      std::optional<WallTime> signed_at;
      if (!bag.find_beside(path + ".tsr")) report.incomplete("待时间戳");
      else signed_at = check_stamp(bag.beside_text(path + ".tsr"), shown + ".tsr", bag.find_beside(path)->digests.sha256, roots, report);
      if (signed_at && stamps.seal && *signed_at < *stamps.seal)
        report.broken("stamp.time", shown + ".tsr", "the later signature's stamp is older than the seal's");
      facts.good += check_detached(bag, bag.beside_text(path), shown, tag, one.sha256, roots,
                                   signed_when(bag, path, roots), report);
      facts.second_signature = true;
    } else if (one.role == "officer2") {
      report.incomplete(kUnsigned);
    } else {
      report.broken("signer.missing", sig, "the signature is missing");
    }
  }
  check_distinct(people, certificates, report);
  return facts;
}

}  // namespace guzheng
