#include "core/wire/receipt.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>
#include <set>

#include "core/base/digest.h"
#include "core/identity/signer.h"
#include "core/identity/trust.h"
#include "core/wire/signed_by.h"

namespace guzheng {

namespace {

constexpr std::size_t kMostReceipt = 4u << 20, kMostProof = 64, kMostStores = 16;

Failure no_receipt(const std::string& what) { return fail(ErrorKind::Invalid, "no receipt: " + what); }

bool has_members(const Json& object, std::initializer_list<const char*> names) {
  return object.is_object() && object.size() == names.size() && std::all_of(names.begin(), names.end(), [&](const char* name) { return object.contains(name); });
}

bool is_sha256_hex(std::string_view text) { return tree_from_hex(text).has_value(); }

Result<std::string> text_member(const Json& object, const char* name) {
  if (!object.at(name).is_string()) return no_receipt(std::string(name) + " is no text");
  return object.at(name).get<std::string>();
}

Result<std::string> digest_member(const Json& object, const char* name) {
  GZ_TRY_ASSIGN(auto text, text_member(object, name));
  if (!is_sha256_hex(text)) return no_receipt(std::string(name) + " is no digest");
  return text;
}

Result<std::uint64_t> count_member(const Json& object, const char* name) {
  if (!object.at(name).is_number_integer() || object.at(name).get<std::int64_t>() < 0) return no_receipt(std::string(name) + " is no count");
  return object.at(name).get<std::uint64_t>();
}

Result<WallTime> time_member(const Json& object, const char* name) {
  GZ_TRY_ASSIGN(const auto text, text_member(object, name));
  const auto at = parse_time(text);
  if (!at) return no_receipt(std::string(name) + " is no time");
  return *at;
}

Result<Bytes> base64_member(const Json& object, const char* name) {
  GZ_TRY_ASSIGN(const auto text, text_member(object, name));
  Bytes out;
  if (!from_base64(text, out) || to_base64(out) != text) return no_receipt(std::string(name) + " is no base64");
  return out;
}

bool named_by_a_list(X509* certificate, const std::string& lists_pem) {
  const ssl::Bio lists = ssl::memory(as_bytes(lists_pem));
  bool named = false;
  while (const ssl::Crl list{PEM_read_bio_X509_CRL(lists.get(), nullptr, nullptr, nullptr)}) {
    X509_REVOKED* entry = nullptr;
    named = named || X509_CRL_get0_by_cert(list.get(), &entry, certificate) == 1;
  }
  ERR_clear_error();                               // where the text ends is no error
  return named;
}

}  // namespace

Result<std::string> write_log_entry(const LogEntry& e) {
  Json stores = Json::array();
  for (const auto& store : e.stores) stores.push_back({{"name", store.name}, {"retain_until", format_time(store.retain_until)}});
  GZ_TRY_ASSIGN(auto text, canonical_json({{"bytes", e.bytes}, {"event", "received"}, {"fingerprint", e.fingerprint}, {"format", 1}, {"package", e.package},
                                           {"receipt_sha256", e.receipt_sha256}, {"received_at", format_time(e.received_at)}, {"station", e.station},
                                           {"stores", stores}, {"verdict", e.verdict}, {"zip_sha256", e.zip_sha256}}));
  GZ_TRY_ASSIGN([[maybe_unused]] const auto again, parse_log_entry(text));
  return text;
}

Result<LogEntry> parse_log_entry(std::string_view text) {
  GZ_TRY_ASSIGN(const auto json, parse_canonical_json(text));
  if (!has_members(json, {"bytes", "event", "fingerprint", "format", "package", "receipt_sha256", "received_at", "station", "stores", "verdict", "zip_sha256"}))
    return no_receipt("not the members of an entry of the log");
  if (json.at("format") != 1 || json.at("event") != "received") return no_receipt("the entry is of another format or event");
  LogEntry e;
  GZ_TRY_ASSIGN(e.bytes, count_member(json, "bytes"));
  GZ_TRY_ASSIGN(e.fingerprint, digest_member(json, "fingerprint"));
  GZ_TRY_ASSIGN(e.package, text_member(json, "package"));
  GZ_TRY_ASSIGN(e.receipt_sha256, digest_member(json, "receipt_sha256"));
  GZ_TRY_ASSIGN(e.received_at, time_member(json, "received_at"));
  GZ_TRY_ASSIGN(e.station, text_member(json, "station"));
  GZ_TRY_ASSIGN(e.verdict, text_member(json, "verdict"));
  GZ_TRY_ASSIGN(e.zip_sha256, digest_member(json, "zip_sha256"));
  const auto& stores = json.at("stores");
  if (!stores.is_array() || stores.empty() || stores.size() > kMostStores) return no_receipt("the entry names no stores");
  std::set<std::string> names;
  for (const auto& one : stores) {
    if (!has_members(one, {"name", "retain_until"})) return no_receipt("not the members of a store");
    ReceiptStore store;
    GZ_TRY_ASSIGN(store.name, text_member(one, "name"));
    GZ_TRY_ASSIGN(store.retain_until, time_member(one, "retain_until"));
    if (store.name.empty() || !names.insert(store.name).second) return no_receipt("a store is named twice");      // two copies in one place are one
    e.stores.push_back(std::move(store));
  }
  return e;
}

Result<std::string> write_receipt(const PackageReceipt& r) {
  Json proof = Json::array();
  for (const auto& hash : r.proof) proof.push_back(tree_hex(hash));
  return canonical_json({{"checkpoint", r.checkpoint.text}, {"checkpoint_p7s", to_base64(r.checkpoint.signature)}, {"entry", r.entry}, {"format", 1},
                         {"index", r.index}, {"proof", proof}, {"receipt", r.text}, {"receipt_p7s", to_base64(r.text_signature)}});
}

Result<PackageReceipt> parse_receipt(std::string_view text) {
  if (text.size() > kMostReceipt) return no_receipt("it is larger than one can be");
  GZ_TRY_ASSIGN(const auto json, parse_canonical_json(text));
  if (!has_members(json, {"checkpoint", "checkpoint_p7s", "entry", "format", "index", "proof", "receipt", "receipt_p7s"})) return no_receipt("not the members of a receipt");
  if (json.at("format") != 1) return no_receipt("it is of another format");
  PackageReceipt r;
  GZ_TRY_ASSIGN(r.checkpoint.text, text_member(json, "checkpoint"));
  GZ_TRY_ASSIGN(r.checkpoint.signature, base64_member(json, "checkpoint_p7s"));
  GZ_TRY_ASSIGN(r.entry, text_member(json, "entry"));
  GZ_TRY_ASSIGN(r.index, count_member(json, "index"));
  GZ_TRY_ASSIGN(r.text, text_member(json, "receipt"));
  GZ_TRY_ASSIGN(r.text_signature, base64_member(json, "receipt_p7s"));
  const auto& proof = json.at("proof");
  if (!proof.is_array() || proof.size() > kMostProof) return no_receipt("its proof is none");
  for (const auto& one : proof) {
    const auto hash = one.is_string() ? tree_from_hex(one.get<std::string>()) : std::nullopt;
    if (!hash) return no_receipt("its proof is none");
    r.proof.push_back(*hash);
  }
  return r;
}

Status signed_by_central(ByteView signature, std::string_view content, const ReceiptTrust& trust, std::optional<WallTime> said_at) {
  GZ_TRY_ASSIGN(const auto pem, detached_signer(signature, as_bytes(content), trust.org_roots_pem));
  GZ_TRY_ASSIGN(const auto signer, ssl::read_cert(as_bytes(pem)));
  GZ_TRY_ASSIGN(const auto known, ssl::read_certs(trust.central_pem));
  const auto der = ssl::cert_der(signer.get());
  bool central = false;
  for (int i = 0; i < sk_X509_num(known.get()); ++i) central = central || ssl::cert_der(sk_X509_value(known.get(), i)) == der;
  if (!central) return fail(ErrorKind::Denied, "'" + subject_field(signer.get(), NID_commonName) + "' signed it, who is not the central system");
  if (said_at) {
    if (named_by_a_list(signer.get(), trust.org_crl_pem)) return fail(ErrorKind::Denied, "the central system's certificate is revoked");
    const bool stood = begins(signer.get()) <= *said_at && *said_at <= ends(signer.get());
    return stood ? ok() : Status(fail(ErrorKind::Denied, "the central system's certificate did not stand at the time that it gives"));
  }
  GZ_TRY_ASSIGN(const auto standing, standing_of(signer.get(), trust.org_roots_pem, trust.org_crl_pem, trust.now));
  if (standing == Standing::Good) return ok();
  return fail(ErrorKind::Denied, standing == Standing::Revoked ? "the central system's certificate is revoked" : "the central system's certificate does not stand now");
}

Result<Checkpoint> check_checkpoint(const SignedCheckpoint& checkpoint, const ReceiptTrust& trust) {
  GZ_TRY_ASSIGN(auto read, parse_checkpoint(checkpoint.text));
  GZ_TRY(signed_by_central(checkpoint.signature, checkpoint.text, trust));
  return read;
}

Result<CheckedReceipt> check_package_receipt(const PackageReceipt& r, const SentPackage& sent, const ReceiptTrust& trust) {
  const auto differs = [](const char* what) { return fail(ErrorKind::Tampered, std::string("the receipt does not hold: ") + what); };
  CheckedReceipt out;
  GZ_TRY_ASSIGN(out.text, parse_receipt_text(r.text));
  GZ_TRY_ASSIGN(out.entry, parse_log_entry(r.entry));
  GZ_TRY_ASSIGN(out.checkpoint, check_checkpoint(r.checkpoint, trust));
  GZ_TRY(signed_by_central(r.text_signature, r.text, trust));
  if (out.text.package != sent.package || out.text.fingerprint != sent.fingerprint || out.text.zip_sha256 != sent.zip_sha256)
    return differs("it is about another package than the one that was sent");
  if (out.entry.package != out.text.package || out.entry.fingerprint != out.text.fingerprint || out.entry.zip_sha256 != out.text.zip_sha256 ||
      out.entry.received_at != out.text.received_at || out.entry.receipt_sha256 != sha256_hex(as_bytes(r.text)))
    return differs("the log's entry is about something else");
  if (out.checkpoint.log != out.text.received_by) return differs("the checkpoint is another system's");
  if (!proves_inclusion(tree_leaf(as_bytes(r.entry)), r.index, out.checkpoint.size, r.proof, out.checkpoint.root))
    return differs("its entry is not in the log that the checkpoint is of");
  return out;
}

}  // namespace guzheng
