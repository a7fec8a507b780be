#include "core/tables/xml_events.h"

#include <expat.h>

#include <string>

namespace guzheng {

namespace {

constexpr int kPiece = 64 << 10;

std::string_view plain_name(const char* name) {
  const std::string_view all(name);
  const auto colon = all.rfind(':');
  return colon == all.npos ? all : all.substr(colon + 1);
}

}  // namespace

std::string_view XmlAttributes::operator[](std::string_view name) const {
  std::string_view other;
  for (const char** at = list_; at[0]; at += 2) {
    if (name == at[0]) return at[1];
    if (plain_name(at[0]) == name) other = at[1];
  }
  return other;
}

struct XmlEvents::Callbacks {
  static void XMLCALL start(void* self, const XML_Char* name, const XML_Char** attributes) {
    static_cast<XmlEvents*>(self)->handler_.start(plain_name(name), XmlAttributes(attributes));
  }
  static void XMLCALL end(void* self, const XML_Char* name) { static_cast<XmlEvents*>(self)->handler_.end(plain_name(name)); }
  static void XMLCALL text(void* self, const XML_Char* text, int length) {
    static_cast<XmlEvents*>(self)->handler_.text({text, static_cast<std::size_t>(length)});
  }
  static void XMLCALL type(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    auto* events = static_cast<XmlEvents*>(self);
    events->has_type_ = true;
    XML_StopParser(events->parser_, XML_FALSE);
  }
};

XmlEvents::XmlEvents(std::unique_ptr<ZipPart> part, XmlHandler& handler) : part_(std::move(part)), handler_(handler), parser_(XML_ParserCreate(nullptr)) {
  XML_SetUserData(parser_, this);
  XML_SetElementHandler(parser_, &Callbacks::start, &Callbacks::end);
  XML_SetCharacterDataHandler(parser_, &Callbacks::text);
  XML_SetStartDoctypeDeclHandler(parser_, &Callbacks::type);
}
XmlEvents::~XmlEvents() { XML_ParserFree(parser_); }

void XmlEvents::pause() {
  paused_ = true;
  XML_StopParser(parser_, XML_TRUE);
}

Result<bool> XmlEvents::outcome(int status) {
  if (status == XML_STATUS_SUSPENDED) return true;
  if (status == XML_STATUS_OK) return false;
  if (has_type_) return fail(ErrorKind::Invalid, "the workbook declares a document type: refused");
  return fail(ErrorKind::Invalid, "the workbook is damaged: XML line " + std::to_string(XML_GetCurrentLineNumber(parser_)) + ": " + XML_ErrorString(XML_GetErrorCode(parser_)));
}

Result<bool> XmlEvents::run() {
  if (paused_) {
    paused_ = false;
    GZ_TRY_ASSIGN(const bool again, outcome(XML_ResumeParser(parser_)));
    if (again) return true;
  }
  while (!last_) {
    auto* buffer = static_cast<char*>(XML_GetBuffer(parser_, kPiece));
    if (!buffer) return fail(ErrorKind::Io, "no memory to read the workbook");
    GZ_TRY_ASSIGN(const std::size_t got, part_->read({buffer, static_cast<std::size_t>(kPiece)}));
    last_ = got == 0;
    GZ_TRY_ASSIGN(const bool paused, outcome(XML_ParseBuffer(parser_, static_cast<int>(got), last_)));
    if (paused) return true;
  }
  return false;
}

Status read_xml(std::unique_ptr<ZipPart> part, XmlHandler& handler) {
  XmlEvents events(std::move(part), handler);
  GZ_TRY_ASSIGN(const bool paused, events.run());
  return paused ? Status(fail(ErrorKind::Bug, "nobody pauses a whole part")) : ok();
}

}  // namespace guzheng
