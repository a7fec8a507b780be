#include "core/store/s3_answers.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <pugixml.hpp>

namespace guzheng {

namespace {

constexpr std::size_t kMostEntries = 10'000, kLongest = 2'000;

Failure other(const char* expected) { return fail(ErrorKind::Protocol, std::string("the object store's answer is no ") + expected); }

// Namespaces differ between services: names are compared without them. Entities of a DTD are not read (pugixml knows none).
bool is_named(const pugi::xml_node& node, const char* name) {
  const char* colon = std::strchr(node.name(), ':');
  return std::strcmp(colon != nullptr ? colon + 1 : node.name(), name) == 0;
}

class Answer {
 public:
  explicit Answer(std::string_view xml) {
    if (xml.size() <= kMostS3Answer) read_ = document_.load_buffer(xml.data(), xml.size(), pugi::parse_default, pugi::encoding_utf8);
  }
  [[nodiscard]] pugi::xml_node root(const char* name) const {
    const auto root = read_ ? document_.document_element() : pugi::xml_node();
    return root && is_named(root, name) ? root : pugi::xml_node();
  }

 private:
  pugi::xml_document document_;
  pugi::xml_parse_result read_;
};

pugi::xml_node child(const pugi::xml_node& node, const char* name) {
  for (const auto& one : node.children())
    if (is_named(one, name)) return one;
  return {};
}
std::string text(const pugi::xml_node& node, const char* name) {
  std::string out = child(node, name).text().get();
  return out.size() <= kLongest ? out : std::string();
}
template <typename T>
bool number(const std::string& from, T& out) {
  const auto read = std::from_chars(from.data(), from.data() + from.size(), out);
  return !from.empty() && read.ec == std::errc() && read.ptr == from.data() + from.size();
}
bool is_true(const pugi::xml_node& node, const char* name) { return text(node, name) == "true"; }

template <typename Take>
Status each(const pugi::xml_node& root, const char* name, const char* expected, Take take) {
  std::size_t count = 0;
  for (const auto& one : root.children()) {
    if (!is_named(one, name)) continue;
    if (++count > kMostEntries || !take(one)) return other(expected);
  }
  return ok();
}

}  // namespace

Result<S3Listing> parse_s3_listing(std::string_view xml) {
  const Answer answer(xml);
  const auto root = answer.root("ListBucketResult");
  if (!root) return other("listing");
  S3Listing out;
  out.more = is_true(root, "IsTruncated");
  GZ_TRY(each(root, "Contents", "listing", [&](const pugi::xml_node& one) {
    S3Entry entry{text(one, "Key"), 0, ""};
    if (entry.key.empty() || !number(text(one, "Size"), entry.size)) return false;
    return out.entries.push_back(std::move(entry)), true;
  }));
  if (out.more && out.entries.empty()) return other("listing");           // it would never end
  return out;
}

Result<S3Listing> parse_s3_versions(std::string_view xml) {
  const Answer answer(xml);
  const auto root = answer.root("ListVersionsResult");
  if (!root) return other("listing of versions");
  S3Listing out;
  out.more = is_true(root, "IsTruncated");
  out.next_key = text(root, "NextKeyMarker");
  out.next_version = text(root, "NextVersionIdMarker");
  const auto take = [&](bool marker) {
    return [&out, marker](const pugi::xml_node& one) {
      S3Entry entry{text(one, "Key"), 0, text(one, "VersionId"), marker};
      (void)number(text(one, "Size"), entry.size); // a delete marker has none
      if (entry.key.empty()) return false;
      return out.entries.push_back(std::move(entry)), true;
    };
  };
  GZ_TRY(each(root, "Version", "listing of versions", take(false)));
  GZ_TRY(each(root, "DeleteMarker", "listing of versions", take(true)));
  if (out.more && out.next_key.empty()) return other("listing of versions");
  return out;
}

Result<std::vector<S3Upload>> parse_s3_uploads(std::string_view xml) {
  const Answer answer(xml);
  const auto root = answer.root("ListMultipartUploadsResult");
  if (!root) return other("listing of uploads");
  std::vector<S3Upload> out;
  GZ_TRY(each(root, "Upload", "listing of uploads", [&](const pugi::xml_node& one) {
    S3Upload upload{text(one, "Key"), text(one, "UploadId")};
    if (upload.key.empty() || upload.id.empty()) return false;
    return out.push_back(std::move(upload)), true;
  }));
  return out;
}

Result<S3Parts> parse_s3_parts(std::string_view xml) {
  const Answer answer(xml);
  const auto root = answer.root("ListPartsResult");
  if (!root) return other("listing of parts");
  S3Parts out;
  out.more = is_true(root, "IsTruncated");
  GZ_TRY(each(root, "Part", "listing of parts", [&](const pugi::xml_node& one) {
    S3Part part{0, 0, text(one, "ETag")};
    if (part.etag.empty() || !number(text(one, "PartNumber"), part.number) || !number(text(one, "Size"), part.size)) return false;
    if (part.number < 1 || part.number > 10'000 || part.size > (std::uint64_t{1} << 40)) return false;
    if (!out.parts.empty() && part.number <= out.parts.back().number) return false;
    return out.parts.push_back(std::move(part)), true;
  }));
  if (out.more) {
    if (out.parts.empty()) return other("listing of parts");
    out.next = out.parts.back().number;
  }
  return out;
}

Result<std::string> parse_s3_upload_id(std::string_view xml) {
  const Answer answer(xml);
  const auto root = answer.root("InitiateMultipartUploadResult");
  std::string id = root ? text(root, "UploadId") : "";
  if (id.empty()) return other("begin of an upload");
  return id;
}

Result<std::string> parse_s3_part_copied(std::string_view xml) {
  const Answer answer(xml);
  for (const char* name : {"CopyPartResult", "CopyObjectResult", "CompleteMultipartUploadResult"})
    if (const auto root = answer.root(name)) return text(root, "ETag");
  return other("end of a copy or an upload");
}

S3Trouble parse_s3_error(std::string_view xml) {
  const Answer answer(xml);
  const auto root = answer.root("Error");
  if (!root) return {};
  S3Trouble out{text(root, "Code"), text(root, "Message").substr(0, 300)};
  for (auto* one : {&out.code, &out.message})
    std::replace_if(one->begin(), one->end(), [](unsigned char c) { return c < 0x20 || c >= 0x7f; }, '?');
  return out;
}

Result<S3Lock> parse_s3_lock(std::string_view xml) {
  const Answer answer(xml);
  const auto root = answer.root("ObjectLockConfiguration");
  if (!root) return other("object lock configuration");
  const auto rule = child(root, "Rule");
  return S3Lock{text(root, "ObjectLockEnabled") == "Enabled", static_cast<bool>(child(rule, "DefaultRetention"))};
}

std::string s3_complete_xml(const std::vector<S3Part>& parts) {
  pugi::xml_document document;
  auto root = document.append_child("CompleteMultipartUpload");
  for (const auto& part : parts) {
    auto one = root.append_child("Part");
    one.append_child("PartNumber").text().set(part.number);
    one.append_child("ETag").text().set(part.etag.c_str());
  }
  struct Out final : pugi::xml_writer {
    std::string text;
    void write(const void* data, std::size_t size) override { text.append(static_cast<const char*>(data), size); }
  } out;
  document.save(out, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
  return out.text;
}

std::string s3_retention_xml(std::string_view until) {
  return "<Retention xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Mode>COMPLIANCE</Mode><RetainUntilDate>" + std::string(until) + "</RetainUntilDate></Retention>";
}

}  // namespace guzheng
